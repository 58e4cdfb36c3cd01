//! FIT, written message by message.

use track::{Format, Measured, Track, TrackError, read};

use crate::{
    fit_file::{BEGAN, EVENT, FILE_ID, Field, FitFile, LAP, RECORD, SESSION, STAMP, sealed, semicircles},
    gpx::DEGREE,
};

fn metres(degrees: f64) -> u32 {
    (DEGREE * degrees).round() as u32
}

fn told(bytes: &[u8]) -> (u32, Option<u32>, Measured) {
    let track = read(bytes).unwrap_or_else(|error| panic!("{error}"));
    (track.metres, track.seconds, track.measured)
}

/// A file of records, on the meridian 0.
fn recorded(file: &mut FitFile, points: &[(u32, f64)]) {
    for (seconds, latitude) in points {
        file.record(*seconds, *latitude);
    }
}

#[test]
fn records_are_measured_in_either_byte_order() {
    for big_endian in [false, true] {
        let mut file = FitFile::of(4, big_endian);
        recorded(&mut file, &[(0, 0.0), (120, 0.004), (300, 0.01)]);
        let began = "2027-05-01T08:00:00Z".parse().ok();
        let (format, measured) = (Format::Fit, Measured::Points);
        let expected = Track { metres: 1_106, seconds: Some(300), began, format, measured, jumps: 0 };
        assert_eq!(read(&file.bytes()), Ok(expected), "big endian: {big_endian}");
    }
}

#[test]
fn a_stop_of_the_timer_is_a_pause_and_a_lap_is_not() {
    let way = |event: &dyn Fn(&mut FitFile)| {
        let mut file = FitFile::activity();
        recorded(&mut file, &[(0, 0.0), (100, 0.003)]);
        event(&mut file);
        recorded(&mut file, &[(400, 0.006), (500, 0.009)]);
        told(&file.bytes())
    };
    let event = |what, how| move |file: &mut FitFile| file.message(EVENT, &[Field::One(0, what), Field::One(1, how)]);
    for stop in [1, 4, 8, 9] {
        assert_eq!(way(&event(0, stop)), (metres(0.006), Some(200), Measured::Points), "{stop}");
    }
    let all = (metres(0.009), Some(500), Measured::Points);
    assert_eq!(way(&event(0, 0)), all, "a start");
    assert_eq!(way(&event(3, 4)), all, "the stop of something else");
    assert_eq!(way(&|file| file.message(LAP, &[Field::Four(STAMP, BEGAN + 100)])), all);
}

#[test]
fn sessions_go_before_laps_and_laps_before_records() {
    let total = |message, metres: u32| {
        move |file: &mut FitFile| {
            file.message(message, &[Field::Four(8, 1_800_000), Field::Four(9, metres * 100)]);
        }
    };
    let record = |file: &mut FitFile| file.message(RECORD, &[Field::Four(STAMP, BEGAN + 60), Field::Four(5, 300_000)]);
    let mut file = FitFile::activity();
    record(&mut file);
    assert_eq!(told(&file.bytes()), (3_000, None, Measured::Watch));
    let mut file = FitFile::activity();
    record(&mut file);
    total(LAP, 2_000)(&mut file);
    total(LAP, 2_100)(&mut file);
    assert_eq!(told(&file.bytes()), (4_100, Some(3_600), Measured::Watch));
    let mut file = FitFile::activity();
    record(&mut file);
    total(LAP, 2_000)(&mut file);
    total(SESSION, 5_000)(&mut file);
    assert_eq!(told(&file.bytes()), (5_000, Some(1_800), Measured::Watch));
}

#[test]
fn a_session_alone_tells_when_it_began() {
    let mut file = FitFile::activity();
    file.message(SESSION, &[Field::Four(2, BEGAN), Field::Four(8, 1_800_999), Field::Four(9, 512_345)]);
    let began = "2027-05-01T08:00:00Z".parse().ok();
    let (format, measured) = (Format::Fit, Measured::Watch);
    let expected = Track { metres: 5_123, seconds: Some(1_800), began, format, measured, jumps: 0 };
    assert_eq!(read(&file.bytes()), Ok(expected));
}

#[test]
fn what_is_said_to_be_unknown_is_unknown() {
    let mut file = FitFile::activity();
    let unknown = [
        Field::Four(STAMP, u32::MAX),
        Field::Four(0, 0x7fff_ffff),
        Field::Four(1, 0x7fff_ffff),
        Field::Four(5, u32::MAX),
    ];
    file.message(RECORD, &unknown);
    // Half a place is none: unknown semicircles are those of 180°.
    for (north, east) in [(0, 0x7fff_ffff), (0x7fff_ffff, 0)] {
        file.message(RECORD, &[Field::Four(0, north), Field::Four(1, east)]);
    }
    recorded(&mut file, &[(0, 0.0), (300, 0.01)]);
    file.message(RECORD, &unknown);
    file.message(SESSION, &[Field::Four(2, u32::MAX), Field::Four(8, u32::MAX), Field::Four(9, u32::MAX)]);
    assert_eq!(told(&file.bytes()), (1_106, Some(300), Measured::Points));
}

#[test]
fn compressed_stamps_count_from_the_last_one_and_roll_over() {
    let mut file = FitFile::activity();
    // 27 above a multiple of 32.
    let start = BEGAN - BEGAN % 32 + 27;
    file.message(RECORD, &[Field::Four(STAMP, start), Field::Four(0, 0), Field::Four(1, 0)]);
    let place = |latitude| [Field::Four(0, semicircles(latitude)), Field::Four(1, 0)];
    file.define(RECORD, &place(0.0));
    // Offsets 30, 3 (which is 35) and 3 again, the same second.
    for (offset, latitude) in [(30, 0.0002), (3, 0.0008), (3, 0.0009)] {
        file.raw(&[0x80 | offset]);
        file.values(&place(latitude));
    }
    assert_eq!(told(&file.bytes()), (metres(0.0009), Some(8), Measured::Points));
}

#[test]
fn developers_fields_are_skipped() {
    let mut file = FitFile::activity();
    // A record of a stamp, a latitude, a longitude, and of a developer three bytes and none.
    file.raw(&[0x61, 0, 0, 20, 0, 3, 253, 4, 0x86, 0, 4, 0x85, 1, 4, 0x85, 2, 0, 3, 0, 1, 0, 0]);
    for (seconds, latitude) in [(0, 0.0), (300, 0.01)] {
        file.raw(&[1]);
        file.values(&[Field::Four(STAMP, BEGAN + seconds), Field::Four(0, semicircles(latitude)), Field::Four(1, 0)]);
        file.raw(&[7, 7, 7]);
    }
    assert_eq!(told(&file.bytes()), (1_106, Some(300), Measured::Points));
}

#[test]
fn chained_files_are_added_up_and_what_is_no_activity_is_passed_over() {
    let part = |purpose| {
        let mut file = FitFile::of(purpose, false);
        recorded(&mut file, &[(0, 0.0), (300, 0.01)]);
        file.bytes()
    };
    assert_eq!(told(&[part(4), part(4)].concat()), (metres(0.02), Some(600), Measured::Points));
    assert_eq!(told(&[part(1), part(4), part(6)].concat()), (1_106, Some(300), Measured::Points));
    assert_eq!(read(&part(6)), Err(TrackError::Planned));
    assert_eq!(read(&part(5)), Err(TrackError::Planned));
    assert_eq!(read(&part(32)), Err(TrackError::NotATrack));
    assert_eq!(read(&part(255)), Err(TrackError::NotATrack));
    let whole = part(4);
    assert_eq!(read(&[&whole[..], b"and more"].concat()), Err(TrackError::BrokenAtByte { byte: whole.len() }));
}

#[test]
fn a_header_of_twelve_bytes_is_read_and_a_wrong_checksum_in_one_of_fourteen_is_not() {
    let mut file = FitFile::activity();
    recorded(&mut file, &[(0, 0.0), (300, 0.01)]);
    let whole = file.bytes();
    let unsealed = &whole[..whole.len() - 2];
    let mut short = [&unsealed[..12], &unsealed[14..]].concat();
    short[0] = 12;
    assert_eq!(told(&sealed(short)), (1_106, Some(300), Measured::Points));
    let good = &sealed(unsealed[..12].to_vec())[12..];
    assert_eq!(told(&sealed([&unsealed[..12], good, &unsealed[14..]].concat())).0, 1_106);
    let wrong = sealed([&unsealed[..12], &[good[0] ^ 1, good[1]], &unsealed[14..]].concat());
    assert_eq!(read(&wrong), Err(TrackError::BrokenAtByte { byte: 12 }));
}

#[test]
fn what_does_not_follow_the_protocol_is_refused_at_its_byte() {
    let after = |bytes: &[u8]| {
        let mut file = FitFile::activity();
        file.raw(bytes);
        read(&file.bytes())
    };
    // The header, and the definition and message of the file id.
    let start = 14 + 9 + 2;
    let broken = Err(TrackError::BrokenAtByte { byte: start });
    assert_eq!(after(&[5]), broken, "a message that was not defined");
    assert_eq!(after(&[0xc0 | 5]), broken, "the same with a compressed stamp");
    assert_eq!(after(&[0x41, 0, 2, 20, 0, 0]), broken, "no byte order");
    assert_eq!(after(&[0x41, 0, 0, 20, 0, 2, 1, 1, 0]), broken, "a torn definition");
    assert_eq!(after(&[0x61, 0, 0, 20, 0, 0, 9]), broken, "torn developers' fields");
    assert_eq!(
        after(&[0x41, 0, 0, 20, 0, 1, 1, 9, 0, 1, 1]),
        Err(TrackError::BrokenAtByte { byte: start + 9 }),
        "a torn message"
    );
    let mut newer = FitFile::activity().bytes();
    newer[1] = 0x30;
    assert_eq!(read(&newer), Err(TrackError::BrokenAtByte { byte: 1 }));
}

#[test]
fn a_file_without_an_id_or_without_anything_is_refused() {
    let mut file = FitFile::of(4, false);
    file.message(FILE_ID, &[]);
    recorded(&mut file, &[(0, 0.0), (300, 0.01)]);
    assert_eq!(read(&file.bytes()), Err(TrackError::NotATrack));
    assert_eq!(read(&FitFile::activity().bytes()), Err(TrackError::NoPoints));
}
