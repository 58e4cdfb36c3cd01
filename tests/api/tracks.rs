//! A distance out of a watch's file: what is read, what is refused and how that is said, and that nothing else is kept.

use std::fmt::Write;

use crate::{
    app::{TestApp, on_both},
    client::{Answer, Client, OWN_PAGE, key},
    v1::must_be_problem,
    world,
};

on_both!(
    every_writer_s_file_is_read,
    the_day_is_the_file_s_where_the_school_is,
    what_is_no_distance_is_told_kindly_and_the_day_is_kept,
    what_is_too_large_is_told_and_not_kept,
    programs_send_the_file_as_it_is,
    a_file_comes_from_our_own_page,
    who_sends_file_after_file_waits,
    only_students_send_files,
);

/// One walk in the files of several writers, with its metres: `crates/track/tests/files/README.md`.
const FILES: [(&str, &[u8], Option<u32>); 8] = [
    ("GPX 1.0", include_bytes!("../../crates/track/tests/files/gpsbabel-1.0.gpx"), Some(5_000)),
    ("GPX 1.1", include_bytes!("../../crates/track/tests/files/gpsbabel-1.1.gpx"), Some(5_000)),
    ("TCX", include_bytes!("../../crates/track/tests/files/gpsbabel.tcx"), Some(4_992)),
    ("FIT of a course", include_bytes!("../../crates/track/tests/files/gpsbabel-course.fit"), None),
    ("FIT", include_bytes!("../../crates/track/tests/files/fit-tool.fit"), Some(5_000)),
    ("FIT of a treadmill", include_bytes!("../../crates/track/tests/files/fit-tool-treadmill.fit"), Some(5_000)),
    ("FIT, big-endian", include_bytes!("../../crates/track/tests/files/fit-tool-big-endian.fit"), Some(5_000)),
    ("FIT with fields of others", include_bytes!("../../crates/track/tests/files/garmin-sdk.fit"), Some(5_000)),
];

/// A walk along the equator: a point a minute, each 111 m from the last.
pub fn gpx(began: &str, points: u32) -> String {
    let began: jiff::Timestamp = began.parse().unwrap();
    let mut file = "<gpx version=\"1.1\" xmlns=\"http://www.topografix.com/GPX/1/1\"><trk><trkseg>".to_owned();
    for number in 0..points {
        let at = began + jiff::SignedDuration::from_mins(number.into());
        write!(file, "<trkpt lat=\"0\" lon=\"-30.{number:03}\"><time>{at}</time></trkpt>").unwrap();
    }
    file + "</trkseg></trk></gpx>"
}

fn send(who: &Client, day: &str, number: u32, file: &[u8]) -> Answer {
    who.post_file("/maraton/tracks", &[OWN_PAGE], &[("key", &key(number)), ("day", day)], file)
}

/// What a student has reported, as programs read it.
fn distances(who: &Client) -> Vec<serde_json::Value> {
    who.page("/api/v1/maraton/distances").json()["items"].as_array().unwrap().clone()
}

fn every_writer_s_file_is_read(app: &mut TestApp) {
    let alva = app.alva();
    for (number, (name, file, metres)) in (1..).zip(FILES) {
        let before = distances(&alva).len();
        let answer = send(&alva, "2026-11-23", number, file);
        let Some(metres) = metres else {
            assert_eq!(answer.status, 422, "{name}");
            answer.must_show("Filen är en plan, inte något som du har gjort. Välj filen som klockan sparade");
            assert_eq!(distances(&alva).len(), before, "{name}");
            continue;
        };
        assert_eq!((answer.status, answer.location()), (303, "/maraton#distances"), "{name}: {}", answer.body);
        let (all, new) = (distances(&alva), &distances(&alva)[0]);
        assert_eq!((all.len(), &new["metres"], &new["minutes"]), (before + 1, &metres.into(), &60.into()), "{name}");
        assert_eq!((&new["source"], &new["day"]), (&"track".into(), &"2026-11-23".into()), "{name}");
        app.clock.pass(1_000);
    }
    alva.page("/maraton").must_show("5\u{a0}km på 60 minuter, ur en fil");
    app.maria().page("/maraton").must_show("4,992\u{a0}km på 60 minuter, ur en fil");
}

fn the_day_is_the_file_s_where_the_school_is(app: &mut TestApp) {
    let alva = app.alva();
    // Half past midnight in Stockholm.
    assert_eq!(send(&alva, "", 1, gpx("2026-11-22T23:30:00Z", 11).as_bytes()).status, 303);
    let all = distances(&alva);
    assert_eq!((&all[0]["day"], &all[0]["minutes"]), (&"2026-11-23".into(), &10.into()));
    assert!((1_100..1_120).contains(&all[0]["metres"].as_i64().unwrap()), "{all:?}");
    for (began, day) in
        [("2026-11-16T12:00:00Z", ""), ("2026-11-24T23:30:00Z", ""), ("2026-11-23T12:00:00Z", "2026-11-25")]
    {
        let answer = send(&alva, day, 2, gpx(began, 11).as_bytes());
        assert_eq!(answer.status, 422, "{began} {day}");
        answer.must_show("Dagen går inte att använda.");
    }
    // What is typed goes before what the watch says.
    assert_eq!(send(&alva, "2026-11-20", 2, gpx("2020-01-01T12:00:00Z", 11).as_bytes()).status, 303);
    assert!(distances(&alva).iter().any(|one| one["day"] == "2026-11-20"));
    // Without stamps it is today.
    let silent = gpx("2026-11-23T12:00:00Z", 11).replace("time>", "name>");
    assert_eq!(send(&alva, "", 3, silent.as_bytes()).status, 303);
    assert!(distances(&alva).iter().any(|one| one["day"] == "2026-11-24" && one["minutes"].is_null()));
    alva.page("/maraton").must_show("1,113\u{a0}km, ur en fil");
    // The same key is the same distance.
    assert_eq!(send(&alva, "", 3, silent.as_bytes()).status, 303);
    assert_eq!(distances(&alva).len(), 3);
}

/// Files without a distance, with the code of what is said of them.
fn refused() -> Vec<(Vec<u8>, &'static str, &'static str)> {
    let good = gpx("2026-11-23T12:00:00Z", 11);
    let far = "<trkpt lat=\"0\" lon=\"10\"/><trkpt lat=\"0\" lon=\"13\"/>";
    let in_gpx = |inside: &str| format!("<gpx version=\"1.1\">{inside}</gpx>").into_bytes();
    let text = |text: &str| text.as_bytes().to_vec();
    vec![
        (Vec::new(), "track-missing", "Ingen fil är vald än."),
        (text("57.0, -30.0"), "track-unknown", "Det är ingen träning från en klocka."),
        (text("PK\u{3}\u{4}rest"), "track-packed", "Filen är packad."),
        (in_gpx("<rte><rtept lat=\"1\" lon=\"1\"/></rte>"), "track-planned", "Filen är en plan"),
        (in_gpx("<trk><trkseg></trkseg></trk>"), "track-empty", "Det finns inget inspelat i filen."),
        (
            in_gpx("<trk><trkseg><trkpt lat=\"1\" lon=\"1\"/></trkseg></trk>"),
            "track-without-distance",
            "ingen sträcka i filen",
        ),
        (in_gpx(&format!("<trk><trkseg>{far}</trkseg></trk>")), "track-too-far", "Högst 200 km på en gång"),
        (text(&good[..good.len() / 2]), "track-broken", "Filen är inte hel."),
        (FILES[4].1[..300].to_vec(), "track-broken", "Filen är inte hel."),
    ]
}

fn what_is_no_distance_is_told_kindly_and_the_day_is_kept(app: &mut TestApp) {
    let alva = app.alva();
    for (file, code, says) in refused() {
        let page = send(&alva, "2026-11-23", 1, &file);
        assert_eq!(page.status, 422, "{code}");
        page.must_show(says);
        page.must_show("aria-invalid=\"true\" autofocus");
        page.must_show("id=\"track-day\" name=\"day\" type=\"date\" value=\"2026-11-23\"");
        page.must_not_show("Runda hemma");
        let path = format!("/api/v1/maraton/tracks?key={}&day=2026-11-23", key(1));
        let answer = alva.post_bytes(&path, &[OWN_PAGE, ("content-type", "application/octet-stream")], &file);
        must_be_problem(&answer, 422, code);
    }
    let in_english = send(&app.signed_in("bo"), "", 1, b"no");
    in_english
        .must_show("It is no activity from a watch. Save the activity as GPX, TCX or FIT in the app of the watch");
    assert!(distances(&alva).is_empty());
    let bad = alva.post_file("/maraton/tracks", &[OWN_PAGE], &[("key", "none")], b"");
    assert_eq!((bad.status, bad.problem().as_str()), (400, "form-unreadable"));
    let no_form = alva.post("/maraton/tracks", &[("key", &key(1))]);
    assert_eq!((no_form.status, no_form.problem().as_str()), (400, "form-unreadable"));
    let long = "9".repeat(300);
    assert_eq!(alva.post_file("/maraton/tracks", &[OWN_PAGE], &[("day", &long)], b"").status, 400);
    let many = [("other", "1"); 9];
    assert_eq!(alva.post_file("/maraton/tracks", &[OWN_PAGE], &many, b"").status, 400);
}

fn what_is_too_large_is_told_and_not_kept(app: &mut TestApp) {
    let alva = app.alva();
    let mut file = gpx("2026-11-23T12:00:00Z", 11).into_bytes();
    file.resize(track::LARGEST, b'\n');
    assert_eq!(send(&alva, "", 1, &file).status, 303, "as large as may be");
    file.push(b'\n');
    let page = send(&alva, "2026-11-23", 2, &file);
    assert_eq!(page.status, 413);
    page.must_show("Filen är för stor. Högst 10 MB går att läsa.");
    page.must_show("type=\"date\" value=\"2026-11-23\"");
    let path = format!("/api/v1/maraton/tracks?key={}", key(3));
    let answer = alva.post_bytes(&path, &[OWN_PAGE, ("content-type", "application/gpx+xml")], &file);
    must_be_problem(&answer, 413, "track-too-large");
    assert_eq!(distances(&alva).len(), 1);
}

fn programs_send_the_file_as_it_is(app: &mut TestApp) {
    let alva = app.alva();
    let (file, other) = (gpx("2026-11-23T12:00:00Z", 11), gpx("2026-11-23T12:00:00Z", 12));
    let post = |query: &str, kind: &str, file: &str| {
        let path = format!("/api/v1/maraton/tracks{query}");
        alva.post_bytes(&path, &[OWN_PAGE, ("content-type", kind)], file.as_bytes())
    };
    let query = format!("?key={}", key(1));
    let first = post(&query, "application/gpx+xml", &file);
    assert_eq!(first.status, 201, "{}", first.body);
    let body = first.json();
    assert_eq!(
        (&body["source"], &body["day"], &body["approved_at"]),
        (&"track".into(), &"2026-11-23".into(), &().into())
    );
    let again = post(&query, "application/octet-stream", &file);
    assert_eq!((again.status, again.body), (200, first.body));
    must_be_problem(&post(&query, "application/gpx+xml", &other), 409, "key-used");
    must_be_problem(&post(&format!("{query}&day=2026-11-22"), "application/gpx+xml", &file), 409, "key-used");
    must_be_problem(&post(&query, "application/json", &file), 415, "type-not-taken");
    must_be_problem(&post("", "application/gpx+xml", &file), 400, "query-unreadable");
    must_be_problem(&post(&format!("{query}&where=1"), "application/gpx+xml", &file), 400, "query-unreadable");
    let late = format!("?key={}&day=2026-11-25", key(2));
    must_be_problem(&post(&late, "application/gpx+xml", &file), 422, "day-unusable");
    assert_eq!(distances(&alva).len(), 1);
}

fn a_file_comes_from_our_own_page(app: &mut TestApp) {
    let alva = app.alva();
    let file = gpx("2026-11-23T12:00:00Z", 11);
    for site in ["cross-site", "same-site"] {
        let headers = [("sec-fetch-site", site)];
        let answer = alva.post_file("/maraton/tracks", &headers, &[("key", &key(1))], file.as_bytes());
        assert_eq!((answer.status, answer.problem().as_str()), (403, "cross-site"), "{site}");
    }
    let elsewhere = [("origin", "https://elsewhere.example")];
    assert_eq!(alva.post_file("/maraton/tracks", &elsewhere, &[("key", &key(1))], file.as_bytes()).status, 403);
    assert!(distances(&alva).is_empty());
}

fn who_sends_file_after_file_waits(app: &mut TestApp) {
    let (alva, bo) = (app.alva(), app.signed_in("bo"));
    for number in 0..30 {
        assert_eq!(send(&alva, "", number, b"").status, 422, "{number}");
    }
    let answer = send(&alva, "", 31, b"");
    assert_eq!((answer.status, answer.problem().as_str()), (429, "wait"));
    assert!(answer.header("retry-after").parse::<u32>().is_ok_and(|seconds| (1..=120).contains(&seconds)));
    assert_eq!(send(&bo, "", 1, b"").status, 422, "others are not kept waiting");
    app.clock.pass(world::HOUR);
    assert_eq!(send(&app.alva(), "", 31, b"").status, 422);
}

fn only_students_send_files(app: &mut TestApp) {
    let file = gpx("2026-11-23T12:00:00Z", 11);
    for who in ["maria", "rut", "orvar", "ines"] {
        assert_eq!(send(&app.signed_in(who), "", 1, file.as_bytes()).status, 404, "{who}");
    }
    app.maria().page("/maraton").must_not_show("type=\"file\"");
    app.clock.pass(30 * world::DAY);
    let alva = app.alva();
    alva.page("/maraton").must_not_show("type=\"file\"");
    assert_eq!(send(&alva, "", 1, file.as_bytes()).problem(), "no-event");
}
