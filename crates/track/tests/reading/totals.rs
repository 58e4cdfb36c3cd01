//! When the watch's own total is believed.

use track::{LONGEST_METRES, Measured, TrackError, read};

use crate::{
    fit_file::{Field, FitFile, SESSION},
    gpx::DEGREE,
};

/// A session of so many metres in so many seconds (0 if it tells none), and 1,106 m in 300 s by points if it has any.
fn session(metres: u32, seconds: u32, has_points: bool) -> Result<(u32, Measured), TrackError> {
    let mut file = FitFile::activity();
    if has_points {
        file.record(0, 0.0);
        file.record(300, 0.01);
    }
    file.message(SESSION, &[Field::Four(8, seconds * 1_000), Field::Four(9, metres * 100)]);
    read(&file.bytes()).map(|track| (track.metres, track.measured))
}

#[test]
fn it_may_be_more_than_the_points_say_and_not_less_than_half() {
    assert_eq!((DEGREE / 100.0).round(), 1_106.0);
    assert_eq!(session(5_000, 1_800, true), Ok((5_000, Measured::Watch)));
    assert_eq!(session(554, 300, true), Ok((554, Measured::Watch)));
    assert_eq!(session(552, 300, true), Ok((1_106, Measured::Points)));
    assert_eq!(session(0, 300, true), Ok((1_106, Measured::Points)));
}

#[test]
fn it_may_not_be_faster_than_anybody_is() {
    assert_eq!(session(9_000, 300, true), Ok((9_000, Measured::Watch)));
    assert_eq!(session(9_001, 300, true), Ok((1_106, Measured::Points)));
    assert_eq!(session(9_001, 300, false), Err(TrackError::NoDistance));
    assert_eq!(session(9_001, 0, false), Ok((9_001, Measured::Watch)), "no time is told");
}

#[test]
fn it_may_not_be_farther_than_anybody_travels() {
    assert_eq!(session(LONGEST_METRES, 2_000_000, false), Ok((LONGEST_METRES, Measured::Watch)));
    assert_eq!(session(LONGEST_METRES + 1, 2_000_000, false), Err(TrackError::NoDistance));
    assert_eq!(session(LONGEST_METRES + 1, 2_000_000, true), Ok((1_106, Measured::Points)));
}

#[test]
fn one_part_by_points_makes_it_measured_by_points() {
    let part = |metres: u32| {
        let mut file = FitFile::activity();
        file.record(0, 0.0);
        file.record(300, 0.01);
        file.message(SESSION, &[Field::Four(9, metres * 100)]);
        file.bytes()
    };
    let chained = |one, two| read(&[part(one), part(two)].concat()).map(|track| (track.metres, track.measured));
    assert_eq!(chained(1_000, 1_200), Ok((2_200, Measured::Watch)));
    assert_eq!(chained(1_000, 0), Ok((2_106, Measured::Points)));
}
