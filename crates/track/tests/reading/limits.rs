//! How much is read, and what is not read at all.

use track::{LARGEST, MOST_POINTS, TrackError, read};

use crate::{
    fit_file::{FitFile, RECORD},
    gpx::file,
};

fn points(number: u32) -> String {
    let points = "<trkpt lat=\"0\" lon=\"0\"/><trkpt lat=\"0\" lon=\"1e-5\"/>".repeat(number as usize / 2);
    file(&format!("<trk><trkseg>{points}</trkseg></trk>"))
}

#[test]
fn as_many_points_as_are_allowed_are_read_and_not_one_more() {
    let most = points(MOST_POINTS);
    assert!(most.len() < LARGEST);
    assert!(read(most.as_bytes()).is_ok());
    let more = most.replacen("<trkpt", "<trkpt lat=\"0\" lon=\"0\"/><trkpt", 1);
    assert_eq!(read(more.as_bytes()), Err(TrackError::TooManyPoints));
    // Indoors they have no places.
    let mut records = FitFile::activity();
    records.define(RECORD, &[]);
    records.raw(&vec![0; MOST_POINTS as usize]);
    assert_eq!(read(&records.bytes()), Err(TrackError::NoDistance));
    let mut records = FitFile::activity();
    records.define(RECORD, &[]);
    records.raw(&vec![0; MOST_POINTS as usize + 1]);
    assert_eq!(read(&records.bytes()), Err(TrackError::TooManyPoints));
}

#[test]
fn ten_mebibytes_are_read_and_a_byte_more_is_not() {
    let mut bytes = points(2).into_bytes();
    bytes.resize(LARGEST, b' ');
    assert_eq!(read(&bytes).map(|track| track.metres), Ok(1));
    bytes.push(b' ');
    assert_eq!(read(&bytes), Err(TrackError::TooLarge));
}

#[test]
fn more_than_a_thousand_kilometres_are_too_far() {
    let to = |degrees: f64| {
        let points = format!("<trkpt lat=\"0\" lon=\"0\"/><trkpt lat=\"0\" lon=\"{degrees}\"/>");
        read(file(&format!("<trk><trkseg>{points}</trkseg></trk>")).as_bytes()).map(|track| track.metres)
    };
    // 1,000 km are 8.983° of the equator.
    assert!(to(8.97).is_ok_and(|metres| metres.abs_diff(998_536) < 100), "{:?}", to(8.97));
    assert_eq!(to(9.0), Err(TrackError::TooFar));
    assert_eq!(to(179.0), Err(TrackError::TooFar));
}

#[test]
fn nothing_is_declared_expanded_or_fetched() {
    let bomb = "<!DOCTYPE gpx [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]>";
    let outside = "<!DOCTYPE gpx SYSTEM \"file:///etc/hostname\">";
    for declared in [bomb, outside, "<!DOCTYPE gpx>"] {
        let text = points(2).replace("<gpx", &format!("{declared}\n<gpx"));
        assert_eq!(read(text.as_bytes()), Err(TrackError::BrokenAtLine { line: 2 }), "{declared}");
    }
    // A reference that nobody declared stands for nothing; in a name it is not looked at, in a time there is none.
    let named = points(2).replace("<trk>", "<trk><name>&a;&#229;</name>");
    assert_eq!(read(named.as_bytes()), read(points(2).as_bytes()));
    let timed = points(2).replace("lon=\"0\"/>", "lon=\"0\"><time>2027-05-01T08:00:00&z;</time></trkpt>");
    assert_eq!(read(timed.as_bytes()).map(|track| track.began), Ok(None));
}

#[test]
fn sixty_four_levels_are_read_and_no_deeper() {
    let deep = |levels: usize| file(&format!("{}{}", "<a>".repeat(levels), "</a>".repeat(levels)));
    assert_eq!(read(deep(63).as_bytes()), Err(TrackError::NoPoints));
    assert_eq!(read(deep(64).as_bytes()), Err(TrackError::BrokenAtLine { line: 2 }));
    assert_eq!(read(file(&"<a>".repeat(1_000_000)).as_bytes()), Err(TrackError::BrokenAtLine { line: 2 }));
}

#[test]
fn no_large_file_takes_the_square_of_its_length() {
    let many = LARGEST / 16;
    let texts = [
        file(&format!("<trk {}/>", "a=\"\" ".repeat(many))),
        file(&format!("<trk><trkseg><trkpt {} lat=\"0\" lon=\"0\"/></trkseg></trk>", "a=\"\" ".repeat(many))),
        file(&format!("<time>{}</time>", "1".repeat(LARGEST - 200))),
        file(&format!("<trk><trkseg><trkpt lat=\"{}\" lon=\"0\"/></trkseg></trk>", "1".repeat(LARGEST - 200))),
        file(&"&a;".repeat(many)),
        file(&"<!-- - -->".repeat(many)),
        format!("<!DOCTYPE {}", "[".repeat(LARGEST - 100)),
        "<".repeat(LARGEST),
    ];
    for text in texts {
        assert!(read(text.as_bytes()).is_err(), "{text:.60}");
    }
    // As many attributes as there is room for, each of another name.
    let attributes: String = (0..LARGEST / 16).map(|number| format!(" a{number:x}=\"\"")).collect();
    let text = points(2).replacen("<trkpt", &format!("<trkpt {attributes}"), 1);
    assert_eq!(read(text.as_bytes()).map(|track| track.metres), Ok(1));
    let mut empty = FitFile::activity();
    empty.raw(&[0x40, 0, 0, 99, 0, 0]);
    empty.raw(&vec![0; LARGEST - 100]);
    assert_eq!(read(&empty.bytes()), Err(TrackError::NoPoints));
}

#[test]
fn what_is_no_track_is_told_as_what_it_is() {
    for (bytes, error) in [
        (&b""[..], TrackError::NotATrack),
        (b"lat;lon\n57,7;11,9\n", TrackError::NotATrack),
        (b"{\"type\":\"LineString\"}", TrackError::NotATrack),
        (b"<!DOCTYPE html><html></html>", TrackError::NotATrack),
        (b"<kml/>", TrackError::NotATrack),
        (b"<", TrackError::NotATrack),
        (b"PK\x03\x04\x14\0\0\0", TrackError::Packed),
        (b"\x1f\x8b\x08\0", TrackError::Packed),
        (b"<gpx/>", TrackError::NoPoints),
        (b"\n\n<gpx>\n", TrackError::BrokenAtLine { line: 4 }),
        (b"<gpx>\n<trk>\n</gpx>", TrackError::BrokenAtLine { line: 3 }),
        (b"\x0e\x20\0\0\0\0\0\0.FIT\0\0", TrackError::BrokenAtByte { byte: 14 }),
    ] {
        assert_eq!(read(bytes), Err(error), "{}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn errors_are_told_as_fragments() {
    for (error, text) in [
        (TrackError::NotATrack, "not a GPX, TCX or FIT file of an activity"),
        (TrackError::TooLarge, "too large: at most 10 MiB"),
        (TrackError::TooManyPoints, "too many points: at most 200000"),
        (TrackError::TooFar, "too far: at most 1000 km"),
        (TrackError::BrokenAtLine { line: 7 }, "broken at line 7"),
        (TrackError::BrokenAtByte { byte: 7 }, "broken at byte 7"),
    ] {
        assert_eq!(error.to_string(), text);
    }
}
