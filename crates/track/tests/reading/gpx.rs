//! GPX, written by hand.

use track::{FASTEST, Format, Measured, Track, TrackError, read};

/// A degree along the meridian 0 from the equator, in metres (GeographicLib; `src/place.rs` has the table).
pub const DEGREE: f64 = 110_574.39;

pub fn file(inside: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gpx version=\"1.1\" creator=\"hand\">{inside}</gpx>\n")
}

/// A segment on the meridian 0: latitudes and the stamps, without their day.
fn segment(points: &[(f64, &str)]) -> String {
    let point = |(latitude, time): &(f64, &str)| {
        let stamp = if time.is_empty() { String::new() } else { format!("<time>2027-05-01T{time}</time>") };
        format!("<trkpt lat=\"{latitude}\" lon=\"0\">{stamp}</trkpt>\n")
    };
    format!("<trkseg>{}</trkseg>", points.iter().map(point).collect::<String>())
}

fn track(segments: &[String]) -> String {
    file(&format!("<trk><name>Tur</name>{}</trk>", segments.concat()))
}

fn metres(text: &str) -> u32 {
    read(text.as_bytes()).unwrap_or_else(|error| panic!("{error}")).metres
}

#[test]
fn a_hundredth_of_a_degree_of_latitude_is_a_hundredth_of_its_metres() {
    let text = track(&[segment(&[(0.0, "08:00:00Z"), (0.004, "08:05:00Z"), (0.01, "08:15:30.9Z")])]);
    let began = "2027-05-01T08:00:00Z".parse().ok();
    let (format, measured) = (Format::Gpx, Measured::Points);
    let expected = Track { metres: 1_106, seconds: Some(930), began, format, measured, jumps: 0 };
    assert_eq!(read(text.as_bytes()), Ok(expected));
    assert_eq!(f64::from(expected.metres), (DEGREE / 100.0).round());
}

#[test]
fn a_pause_is_bridged_neither_in_metres_nor_in_seconds() {
    let (one, two) = ([(0.0, "08:00:00Z"), (0.01, "08:10:00Z")], [(0.02, "09:00:00Z"), (0.03, "09:10:00Z")]);
    let all = read(track(&[segment(&one), segment(&two)]).as_bytes()).unwrap();
    assert_eq!((all.metres, all.seconds), ((DEGREE * 0.02).round() as u32, Some(1_200)));
    let two_tracks = file(&format!("<trk>{}</trk><trk>{}</trk>", segment(&one), segment(&two)));
    assert_eq!(read(two_tracks.as_bytes()), Ok(all));
    // A hole within a segment is.
    let bridged = read(track(&[segment(&[one, two].concat())]).as_bytes()).unwrap();
    assert_eq!((bridged.metres, bridged.seconds), ((DEGREE * 0.03).round() as u32, Some(4_200)));
}

#[test]
fn a_jump_is_left_out_and_the_way_goes_on_from_its_end() {
    // A fix that was lost: 1.1 km off within 10 s, there and back.
    let text = track(&[segment(&[
        (0.0, "08:00:00Z"),
        (0.001, "08:01:00Z"),
        (0.011, "08:01:10Z"),
        (0.001, "08:01:20Z"),
        (0.002, "08:02:20Z"),
    ])]);
    let read = read(text.as_bytes()).unwrap();
    assert_eq!((read.metres, read.jumps), ((DEGREE * 0.002).round() as u32, 2));
}

#[test]
fn the_limit_of_a_jump_is_thirty_metres_a_second_and_two_stamps_are_a_second_apart() {
    assert_eq!(FASTEST, 30.0);
    let degrees = |metres: f64| metres / DEGREE;
    for (distance, from, to, counts) in [
        (299.0, "08:00:00Z", "08:00:10Z", true),
        (301.0, "08:00:00Z", "08:00:10Z", false),
        (29.0, "08:00:00Z", "08:00:00Z", true),
        (31.0, "08:00:00Z", "08:00:00Z", false),
        // A clock that is set while it runs.
        (29.0, "08:00:00Z", "07:00:00Z", true),
        (31.0, "08:00:00Z", "07:00:00Z", false),
        // Without stamps nothing can be told.
        (3_000.0, "", "", true),
        (3_000.0, "08:00:00Z", "", true),
    ] {
        let text = track(&[segment(&[(0.0, from), (degrees(distance), to)])]);
        let expected = if counts { Ok(distance as u32) } else { Err(TrackError::NoDistance) };
        assert_eq!(read(text.as_bytes()).map(|track| track.metres), expected, "{distance} m, {from} to {to}");
    }
}

#[test]
fn stamps_are_read_with_offsets_with_parts_of_seconds_and_without_a_zone_as_utc() {
    let seconds = |from: &str, to: &str| {
        let text = track(&[segment(&[(0.0, from), (0.001, to)])]);
        let track = read(text.as_bytes()).unwrap();
        (track.seconds, track.began.map(|began| began.to_string()))
    };
    let at_eight = Some("2027-05-01T08:00:00Z".to_owned());
    assert_eq!(seconds("08:00:00Z", "08:01:00Z"), (Some(60), at_eight.clone()));
    assert_eq!(seconds("10:00:00+02:00", "08:01:00.25Z"), (Some(60), at_eight.clone()));
    assert_eq!(seconds("08:00:00", "08:01:00"), (Some(60), at_eight));
    assert_eq!(seconds("", ""), (None, None));
    assert_eq!(seconds("yesterday", "25:00:00Z"), (None, None));
}

#[test]
fn a_clock_that_was_never_set_tells_no_beginning_and_a_month_is_no_time() {
    let text = track(&[segment(&[(0.0, "08:00:00Z"), (0.001, "08:01:00Z")])]);
    let never = read(text.replace("2027-05-01", "1999-12-31").as_bytes()).unwrap();
    assert_eq!((never.seconds, never.began), (Some(60), None));
    let month = read(text.replacen("2027-05-01", "2027-03-01", 1).as_bytes()).unwrap();
    assert_eq!((month.metres, month.seconds), (111, None));
    let backwards = read(text.replacen("2027-05-01", "2027-06-01", 1).as_bytes());
    assert_eq!(backwards, Err(TrackError::NoDistance), "111 m in a second");
}

#[test]
fn what_was_not_travelled_is_not_counted() {
    let points = |name: &str| format!("<{name} lat=\"0\" lon=\"0\"/><{name} lat=\"0.01\" lon=\"0\"/>");
    let route = format!("<rte>{}</rte>", points("rtept"));
    let way = track(&[segment(&[(0.0, ""), (0.01, "")])]);
    assert_eq!(read(file(&route).as_bytes()), Err(TrackError::Planned));
    assert_eq!(read(file(&points("wpt")).as_bytes()), Err(TrackError::NoPoints));
    assert_eq!(read(file("").as_bytes()), Err(TrackError::NoPoints));
    assert_eq!(metres(&way.replace("<trk>", &format!("{}{route}<trk>", points("wpt")))), 1_106);
    assert_eq!(read(track(&[segment(&[(0.0, "")])]).as_bytes()), Err(TrackError::NoDistance));
}

#[test]
fn foreign_elements_and_prefixes_do_no_harm() {
    let text = track(&[segment(&[(0.0, "08:00:00Z"), (0.01, "08:10:00Z")])]);
    let foreign =
        "<extensions><x:time>2031-01-01T00:00:00Z</x:time><x:trkpt lat=\"9\" lon=\"9\"/></extensions></trkpt>";
    assert_eq!(read(text.replace("</trkpt>", foreign).as_bytes()), read(text.as_bytes()));
    let prefixed =
        text.replace("</", "</g:").replace("<trk", "<g:trk").replace("<gpx", "<g:gpx").replace("<time", "<g:time");
    assert_eq!(read(prefixed.replace("<name", "<g:name").as_bytes()), read(text.as_bytes()));
}

#[test]
fn a_name_in_an_older_encoding_and_a_byte_order_mark_do_no_harm() {
    let text = track(&[segment(&[(0.0, ""), (0.01, "")])]);
    let (before, after) = text.split_once("Tur").unwrap();
    let latin = [before.as_bytes(), b"G\xe5tur", after.as_bytes()].concat();
    assert_eq!(read(&latin), read(text.as_bytes()));
    assert_eq!(
        read(&[b"\xef\xbb\xbf\r\n", text.split_once('\n').unwrap().1.as_bytes()].concat()),
        read(text.as_bytes())
    );
    let late = format!("\n        {text}");
    assert_eq!(read(late.as_bytes()), read(text.as_bytes()), "a declaration after white space, as a service writes it");
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(read(&wide), Err(TrackError::NotATrack));
}

#[test]
fn a_place_that_is_not_on_earth_is_broken_at_its_line() {
    for point in [
        "lat=\"91\" lon=\"0\"",
        "lat=\"0\" lon=\"-180.5\"",
        "lat=\"57,7\" lon=\"0\"",
        "lat=\"NaN\" lon=\"0\"",
        "lat=\"\" lon=\"0\"",
        "lon=\"0\"",
        "lat=\"&#48;\" lon=\"0\"",
        "lat=0 lon=\"0\"",
    ] {
        let text = file(&format!("<trk><trkseg>\n\n<trkpt {point}/></trkseg></trk>"));
        assert_eq!(read(text.as_bytes()), Err(TrackError::BrokenAtLine { line: 4 }), "{point}");
    }
}
