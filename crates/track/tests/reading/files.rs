//! Files by real writers, of one walk whose length is known by its construction (`tests/files/README.md`).

use track::{Format, Measured, Track, TrackError, read};

use crate::fit_file::sealed;

const GPX_1_0: &[u8] = include_bytes!("../files/gpsbabel-1.0.gpx");
const GPX_1_1: &[u8] = include_bytes!("../files/gpsbabel-1.1.gpx");
const TCX: &[u8] = include_bytes!("../files/gpsbabel.tcx");
const COURSE: &[u8] = include_bytes!("../files/gpsbabel-course.fit");
const FIT: &[u8] = include_bytes!("../files/fit-tool.fit");
const TREADMILL: &[u8] = include_bytes!("../files/fit-tool-treadmill.fit");
const BIG_ENDIAN: &[u8] = include_bytes!("../files/fit-tool-big-endian.fit");
const DEVELOPER: &[u8] = include_bytes!("../files/garmin-sdk.fit");

pub const ALL: [&[u8]; 8] = [GPX_1_0, GPX_1_1, TCX, COURSE, FIT, TREADMILL, BIG_ENDIAN, DEVELOPER];

/// The walk: 25 steps of 200 m and 144 s.
fn walk(format: Format, measured: Measured) -> Track {
    let began = "2027-05-01T08:00:00Z".parse().ok();
    Track { metres: 5_000, seconds: Some(3_600), began, format, measured, jumps: 0 }
}

#[test]
fn gpx_of_gpsbabel_is_the_walk_to_the_metre() {
    assert_eq!(read(GPX_1_0), Ok(walk(Format::Gpx, Measured::Points)));
    assert_eq!(read(GPX_1_1), Ok(walk(Format::Gpx, Measured::Points)));
}

#[test]
fn tcx_of_gpsbabel_is_what_it_says_itself_and_the_walk_to_the_metre_without() {
    let said = Track { metres: 4_992, ..walk(Format::Tcx, Measured::Watch) };
    assert_eq!(read(TCX), Ok(said));
    let silent = String::from_utf8_lossy(TCX).replace("DistanceMeters", "Untold");
    assert_eq!(read(silent.as_bytes()), Ok(walk(Format::Tcx, Measured::Points)));
}

#[test]
fn fit_is_the_walk_by_the_watch_or_by_points() {
    assert_eq!(read(FIT), Ok(walk(Format::Fit, Measured::Watch)));
    assert_eq!(read(TREADMILL), Ok(walk(Format::Fit, Measured::Watch)));
    assert_eq!(read(BIG_ENDIAN), Ok(walk(Format::Fit, Measured::Points)));
    assert_eq!(read(DEVELOPER), Ok(walk(Format::Fit, Measured::Points)));
}

#[test]
fn a_course_is_planned_and_the_same_records_as_an_activity_are_read() {
    assert_eq!(read(COURSE), Err(TrackError::Planned));
    // The file id's message: local type 0, the type of file (6, a course), the manufacturer (1).
    let mut activity = COURSE[..COURSE.len() - 2].to_vec();
    let at = activity.windows(4).position(|bytes| bytes == [0, 6, 1, 0]).unwrap();
    activity[at + 1] = 4;
    let read = read(&sealed(activity)).unwrap();
    // It stops no timer, and its lap's distance has the 250 m of the rest in it.
    assert_eq!((read.format, read.measured, read.seconds), (Format::Fit, Measured::Watch, Some(4_200)));
    assert!(read.metres.abs_diff(5_250) <= 10, "{} m", read.metres);
}

#[test]
fn a_file_that_is_cut_anywhere_is_refused() {
    for file in ALL {
        let written = file.len() - file.iter().rev().take_while(|byte| byte.is_ascii_whitespace()).count();
        for length in (0..written).step_by(1 + file.len() / 2_000) {
            let error = read(&file[..length]).expect_err("a torn file was read");
            match error {
                TrackError::NotATrack => {}
                TrackError::BrokenAtLine { line } => assert!(line <= 400, "{line}"),
                TrackError::BrokenAtByte { byte } => assert!(byte <= length, "{byte} of {length}"),
                other => panic!("{other:?} of {length} bytes"),
            }
        }
    }
}

#[test]
fn a_fit_file_with_one_byte_changed_is_refused() {
    for file in [FIT, TREADMILL, BIG_ENDIAN, DEVELOPER] {
        for at in 0..file.len() {
            let mut bytes = file.to_vec();
            bytes[at] ^= 0x10;
            assert!(read(&bytes).is_err(), "byte {at}");
        }
    }
}
