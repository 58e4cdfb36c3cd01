//! TCX, written by hand.

use track::{Format, Measured, Track, TrackError, read};

fn file(inside: &str) -> String {
    format!("<?xml version=\"1.0\"?>\n<TrainingCenterDatabase>{inside}</TrainingCenterDatabase>")
}

fn activity(laps: &str) -> String {
    file(&format!("<Activities><Activity Sport=\"Running\"><Id>x</Id>{laps}</Activity></Activities>"))
}

/// A lap that begins at a minute after eight.
fn lap(minute: u32, totals: &str, points: &str) -> String {
    format!("<Lap StartTime=\"2027-05-01T08:{minute:02}:00Z\">{totals}<Track>{points}</Track></Lap>")
}

fn totals(metres: &str, seconds: &str) -> String {
    format!("<TotalTimeSeconds>{seconds}</TotalTimeSeconds><DistanceMeters>{metres}</DistanceMeters>")
}

/// A point at a minute after eight, on the meridian 0, with whatever else.
fn point(minute: u32, latitude: Option<f64>, more: &str) -> String {
    let position = latitude.map_or(String::new(), |latitude| {
        format!(
            "<Position><LatitudeDegrees>{latitude}</LatitudeDegrees><LongitudeDegrees>0</LongitudeDegrees></Position>"
        )
    });
    format!("<Trackpoint><Time>2027-05-01T08:{minute:02}:00Z</Time>{position}{more}</Trackpoint>")
}

fn told(text: &str) -> (u32, Option<u32>, Measured) {
    let track = read(text.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
    (track.metres, track.seconds, track.measured)
}

#[test]
fn laps_of_a_treadmill_are_added_up() {
    let laps = [lap(0, &totals("1500.4", "600.0"), ""), lap(10, &totals("1000.2", "420.5"), "")].concat();
    let began = "2027-05-01T08:00:00Z".parse().ok();
    let (format, measured) = (Format::Tcx, Measured::Watch);
    let expected = Track { metres: 2_501, seconds: Some(1_020), began, format, measured, jumps: 0 };
    assert_eq!(read(activity(&laps).as_bytes()), Ok(expected));
    let two = activity(&laps).replace("</Lap><Lap", "</Lap></Activity><Activity><Lap");
    assert_eq!(read(two.as_bytes()), Ok(expected), "as two activities");
}

#[test]
fn points_are_measured_when_laps_say_nothing() {
    let points =
        [point(0, Some(0.0), ""), point(1, None, ""), point(2, Some(0.004), ""), point(5, Some(0.01), "")].concat();
    assert_eq!(told(&activity(&lap(0, &totals("0", "0"), &points))), (1_106, Some(300), Measured::Points));
    assert_eq!(told(&activity(&lap(0, "", &points))), (1_106, Some(300), Measured::Points));
    // A pause within a lap is the end of a track.
    let paused = lap(
        0,
        "",
        &points.replacen("<Trackpoint><Time>2027-05-01T08:05", "</Track><Track><Trackpoint><Time>2027-05-01T08:05", 1),
    );
    assert_eq!(told(&activity(&paused)), (442, Some(120), Measured::Points));
}

#[test]
fn how_far_the_watch_had_come_is_taken_when_no_lap_tells() {
    let far = |metres: &str| format!("<DistanceMeters>{metres}</DistanceMeters>");
    let points =
        [point(0, None, &far("0")), point(10, None, &far("1800.5")), point(20, None, &far("3600.25"))].concat();
    assert_eq!(told(&activity(&lap(0, "", &points))), (3_600, Some(1_200), Measured::Watch));
    let laps = lap(0, &totals("3500", "1200"), &points);
    assert_eq!(told(&activity(&laps)), (3_500, Some(1_200), Measured::Watch));
}

#[test]
fn a_figure_that_is_none_is_passed_over() {
    for figure in ["INF", "NaN", "1e400", "far", "", "-5000"] {
        let laps = [lap(0, &totals("700", "300"), ""), lap(5, &totals(figure, figure), "")].concat();
        assert_eq!(told(&activity(&laps)), (700, Some(300), Measured::Watch), "{figure}");
    }
}

#[test]
fn several_sports_in_a_row_are_read() {
    let lap = lap(0, &totals("700", "300"), "");
    let sports = format!(
        "<Activities><MultiSportSession><FirstSport><Activity>{lap}</Activity></FirstSport>\
         <NextSport><Activity>{lap}</Activity></NextSport></MultiSportSession></Activities>"
    );
    assert_eq!(told(&file(&sports)), (1_400, Some(600), Measured::Watch));
}

#[test]
fn a_course_is_planned_and_beside_an_activity_it_is_not_counted() {
    let points = [point(0, Some(0.0), ""), point(5, Some(0.01), "")].concat();
    let course =
        format!("<Courses><Course><Lap>{}</Lap><Track>{points}</Track></Course></Courses>", totals("9000", "9000"));
    assert_eq!(read(file(&course).as_bytes()), Err(TrackError::Planned));
    let both = activity(&lap(0, "", &points)).replace("</Activities>", &format!("</Activities>{course}"));
    assert_eq!(told(&both), (1_106, Some(300), Measured::Points));
    // Nor is it looked at, not even one that is wrong.
    let wrong = course.replace("</Lap><Track>", "<Track>").replace("</Course>", "</Lap></Course>");
    let wrong = wrong.replace("<LatitudeDegrees>0<", "<LatitudeDegrees>north<");
    let both = activity(&lap(0, "", &points)).replace("</Activities>", &format!("</Activities>{wrong}"));
    assert_eq!(told(&both), (1_106, Some(300), Measured::Points));
    assert_eq!(read(file("<Workouts/>").as_bytes()), Err(TrackError::NoPoints));
    assert_eq!(read(activity("").as_bytes()), Err(TrackError::NoPoints));
}

#[test]
fn a_time_is_not_told_when_a_part_of_the_file_tells_none() {
    let timeless = "<Lap><DistanceMeters>800</DistanceMeters></Lap>";
    assert_eq!(told(&activity(timeless)), (800, None, Measured::Watch));
    let two = format!("{timeless}</Activity><Activity>{}", lap(0, &totals("700", "300"), ""));
    assert_eq!(told(&activity(&two)), (1_500, None, Measured::Watch));
}

#[test]
fn a_position_that_is_not_on_earth_is_broken() {
    for latitude in ["90.5", "north", "", "<b>1</b>", "5&#55;", "1e400"] {
        let points = point(0, Some(0.0), "").replace("<LatitudeDegrees>0", &format!("<LatitudeDegrees>{latitude}"));
        let error = read(activity(&lap(0, "", &points)).as_bytes());
        assert_eq!(error, Err(TrackError::BrokenAtLine { line: 2 }), "{latitude}");
    }
}
