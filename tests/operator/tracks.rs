//! A file of a watch says where somebody was. Of that nothing is left in any byte: not in what is stored, opened with
//! every key, not in the files, not in the log, not in what is given out, and no temporary file is ever made.

use std::fs;

use stegvis::clock::Clock;
use vault::{
    EventId, Millis, Tx,
    rows::{
        maraton::{self, Event},
        people,
    },
};

use crate::{
    client::{OWN_PAGE, key},
    forgotten::{ended, files, is_in, must_not_be_in, plane},
    site::{Site, on_both},
    students::{PASSWORD, add_students, in_vault},
};

on_both!(where_somebody_was_is_left_in_no_byte);

/// Digits that are in nothing but the file.
const LATITUDES: [&str; 2] = ["0.7319462851", "0.7329462853"];
const LONGITUDE: &str = "-31.4159826535";
const NAME: &str = "Rundan hem till Almgatan";
const DAY: i64 = 86_400_000;
/// Files that are sent.
const FILES: usize = 4;

/// A walk of a thousandth of a degree to the north, 111 m, in a minute and a half.
fn walk(began: Millis) -> String {
    let moment = |after: i64| jiff::Timestamp::from_millisecond(began.0 + after).unwrap();
    let point = |latitude, after| {
        format!(r#"<trkpt lat="{latitude}" lon="{LONGITUDE}"><time>{}</time></trkpt>"#, moment(after))
    };
    let points = point(LATITUDES[0], 0) + &point(LATITUDES[1], 90_000);
    format!(r#"<gpx version="1.1"><trk><name>{NAME}</name><trkseg>{points}</trkseg></trk></gpx>"#)
}

/// Opens an event.
fn open_event(site: &Site, now: Millis) {
    in_vault(site, async move |vault| {
        let add = move |tx: &mut Tx| {
            let event = Event {
                controller_id: people::controllers(tx)?[0],
                id: EventId::from_bytes([7; 16]),
                name: "Provkommunen springer".to_owned(),
                opens_at: now.plus(-7 * DAY),
                closes_at: now.plus(7 * DAY),
                goal_metres: 42_195,
                goal_items: 200,
                rules: String::new(),
                announcement: String::new(),
                host: people::controllers(tx)?[0],
                open_to: maraton::OpenTo::Own.name().to_owned(),
                invitation: String::new(),
                is_public: false,
            };
            maraton::add_event(tx, &event, &[])
        };
        vault.write(add).await.unwrap();
    });
}

/// A coordinate as it may stand in bytes: its digits, and the number that a program makes of them.
fn marks() -> (Vec<String>, Vec<[u8; 8]>) {
    let written = LATITUDES.into_iter().chain([LONGITUDE]);
    let decimals = written.clone().filter_map(|text| text.split_once('.')).map(|(_, decimals)| decimals.to_owned());
    let numbers = written.flat_map(|text| {
        let number: f64 = text.parse().unwrap();
        [number.to_le_bytes(), number.to_be_bytes()]
    });
    (decimals.chain([NAME.to_owned()]).collect(), numbers.collect())
}

fn where_somebody_was_is_left_in_no_byte(site: &Site) {
    site.set_up();
    add_students(site, &["alva"]);
    let now = Clock::System.now();
    open_event(site, now);
    fs::create_dir(site.path("scratch")).unwrap();
    let scratch = site.path("scratch");
    let before = fs::metadata(&scratch).unwrap().modified().unwrap();
    let serving = site.serve(&[("STEGVIS_LOG", "trace"), ("TMPDIR", scratch.to_str().unwrap())]);
    let alva = serving.sign_in("alva", PASSWORD).expect("a student signs in");
    let file = walk(now.plus(-2 * DAY));
    let (digits, numbers) = marks();
    assert!(digits.iter().all(|mark| is_in(file.as_bytes(), mark)), "the file has what is looked for");

    let sent = alva.post_file("/maraton/tracks", &[OWN_PAGE], &[("key", &key(1)), ("day", "")], file.as_bytes());
    assert_eq!(sent.status, 303, "{}", sent.body);
    let path = format!("/api/v1/maraton/tracks?key={}", key(2));
    let kind = ("content-type", "application/gpx+xml");
    assert_eq!(alva.post_bytes(&path, &[OWN_PAGE, kind], file.as_bytes()).status, 201);
    // What is broken is not told by what stands there.
    let torn = &file.as_bytes()[..file.len() - 20];
    let page = alva.post_file("/maraton/tracks", &[OWN_PAGE], &[("key", &key(3)), ("day", "")], torn);
    let problem = alva.post_bytes(&path, &[OWN_PAGE, kind], torn);
    assert_eq!((page.status, problem.status), (422, 422));
    let mut given_out = vec![page.body, problem.body];
    let ways = ["/maraton", "/my-data", "/my-data/copy", "/my-data/copy.csv", "/api/v1/maraton/distances", "/seen"];
    given_out.extend(ways.map(|way| alva.page(way).body));
    assert!(given_out[4].contains("111"), "the metres are there: {}", given_out[4]);
    let given_out = given_out.join("\n");

    let log = ended(serving);
    // Who signed in and every file are bodies that came.
    assert!(log.matches("Length read").count() > FILES, "a log that tells of what came: {log}");
    let stored: String = plane(site)
        .into_iter()
        .map(|row| format!("{} {}\n", row.table, serde_json::Value::Object(row.values)))
        .collect();
    assert!(stored.contains("\"metres\":111") && stored.contains("\"source\":\"track\""), "the metres are stored");
    let mut places = vec![
        ("what is given out".to_owned(), given_out.into_bytes()),
        ("the log".to_owned(), log.into_bytes()),
        ("what is stored".to_owned(), stored.into_bytes()),
    ];
    places.extend(files(&site.path("")).into_iter().map(|file| (file.display().to_string(), fs::read(&file).unwrap())));
    for (place, bytes) in &places {
        must_not_be_in(place, bytes, &digits);
        for number in &numbers {
            assert!(
                !bytes.windows(number.len()).any(|window| window == number),
                "a coordinate as a number is in {place}"
            );
        }
    }
    let after = fs::metadata(&scratch).unwrap().modified().unwrap();
    assert_eq!((before, fs::read_dir(&scratch).unwrap().count()), (after, 0), "no temporary file was made");
}
