//! What holds of any bytes and of any way.

use proptest::{collection::vec, prelude::*};
use track::{Format, LARGEST, LONGEST_METRES, LONGEST_SECONDS, Track, TrackError, read};

use crate::{
    files,
    fit_file::{BEGAN, Field, FitFile, RECORD, STAMP, sealed, semicircles},
    gpx,
};

/// A point: latitude, longitude, seconds.
type Point = (f64, f64, u32);

fn gpx_of(points: &[Point]) -> String {
    let point = |(latitude, longitude, seconds): &Point| {
        let (hour, minute, second) = (8 + seconds / 3_600, seconds / 60 % 60, seconds % 60);
        let time = format!("<time>2027-05-01T{hour:02}:{minute:02}:{second:02}Z</time>");
        format!("<trkpt lat=\"{latitude}\" lon=\"{longitude}\">{time}</trkpt>")
    };
    gpx::file(&format!("<trk><trkseg>{}</trkseg></trk>", points.iter().map(point).collect::<String>()))
}

fn tcx_of(points: &[Point]) -> String {
    let text = gpx_of(points).replace("lon=\"", "").replace("<trkpt lat=\"", "<Trackpoint><Position><LatitudeDegrees>");
    let text = text.replace("\" ", "</LatitudeDegrees><LongitudeDegrees>");
    let text = text.replace("\"><time>", "</LongitudeDegrees></Position><Time>").replace("time>", "Time>");
    let (_, points) = text.split_once("<trkseg>").unwrap_or_default();
    let points = points.replace("</trkpt>", "</Trackpoint>").replace("</trkseg></trk></gpx>", "");
    let lap = format!("<Activity><Lap><Track>{points}</Track></Lap></Activity>");
    format!("<TrainingCenterDatabase><Activities>{lap}</Activities></TrainingCenterDatabase>")
}

fn fit_of(points: &[Point]) -> Vec<u8> {
    let mut file = FitFile::activity();
    for (latitude, longitude, seconds) in points {
        let place = [Field::Four(0, semicircles(*latitude)), Field::Four(1, semicircles(*longitude))];
        let [north, east] = place;
        file.message(RECORD, &[Field::Four(STAMP, BEGAN + seconds), north, east]);
    }
    file.bytes()
}

fn in_all_formats(points: &[Point]) -> [Vec<u8>; 3] {
    [gpx_of(points).into_bytes(), tcx_of(points).into_bytes(), fit_of(points)]
}

/// The range of what is read, and that it is always the same.
fn holds(bytes: &[u8]) -> Result<Track, TrackError> {
    let first = read(bytes);
    assert_eq!(first, read(bytes));
    match first {
        Ok(track) => {
            assert!((1..=LONGEST_METRES).contains(&track.metres));
            assert!(track.seconds.is_none_or(|seconds| seconds <= LONGEST_SECONDS));
        }
        Err(TrackError::BrokenAtLine { line }) => {
            assert!((1..=1 + bytes.iter().filter(|byte| **byte == b'\n').count()).contains(&line));
        }
        Err(TrackError::BrokenAtByte { byte }) => assert!(byte <= bytes.len()),
        Err(_) => {}
    }
    first
}

/// A way of 2 to 40 points, each up to some 300 m and 60 s from the one before, anywhere but at the poles.
fn way() -> impl Strategy<Value = Vec<Point>> {
    let step = (-0.002..0.002_f64, -0.002..0.002_f64, 30..60_u32);
    (-80.0..80.0_f64, -179.0..179.0_f64, vec(step, 1..40)).prop_map(|(latitude, longitude, steps)| {
        let mut points = vec![(latitude, longitude, 0)];
        for (north, east, seconds) in steps {
            let (latitude, longitude, moment) = points[points.len() - 1];
            points.push((latitude + north, longitude + east, moment + seconds));
        }
        points
    })
}

fn halves(points: &[Point]) -> Vec<Point> {
    let middle = |pair: &[Point]| {
        let ((one, two, three), (north, east, later)) = (pair[0], pair[1]);
        [(f64::midpoint(one, north), f64::midpoint(two, east), three.midpoint(later)), pair[1]]
    };
    std::iter::once(points[0]).chain(points.windows(2).flat_map(middle)).collect()
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in vec(any::<u8>(), 0..2_000)) {
        let _any = holds(&bytes);
    }

    #[test]
    fn any_records_after_a_good_header_are_read_or_refused(records in vec(any::<u8>(), 0..2_000)) {
        let mut file = FitFile::activity();
        file.raw(&records);
        let _any = holds(&file.bytes());
    }

    #[test]
    fn changed_files_are_read_or_refused(
        which in 0..files::ALL.len(),
        changes in vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
    ) {
        let mut bytes = files::ALL[which].to_vec();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _any = holds(&bytes);
        // With a checksum that fits, changes reach the records.
        bytes.truncate(bytes.len() - 2);
        let _any = holds(&sealed(bytes));
    }

    #[test]
    fn tags_in_any_order_are_read_or_refused(tags in vec("</?(gpx|trk|trkseg|trkpt lat='1' lon='2'|time|Lap|Track|Activity|Trackpoint|Position|LatitudeDegrees|TrainingCenterDatabase)/?>|&[a-z#0-9]{0,4};|<!\\[CDATA\\[|\\]\\]>|<!--|-->|[0-9.]{1,9}", 0..60)) {
        let _any = holds(tags.concat().as_bytes());
        let _any = holds(format!("<gpx>{}", tags.concat()).as_bytes());
    }

    #[test]
    fn a_way_is_as_long_in_every_format(points in way()) {
        let [gpx, tcx, fit] = in_all_formats(&points).map(|bytes| holds(&bytes));
        let (Ok(gpx), Ok(tcx), Ok(fit)) = (gpx, tcx, fit) else { return Err(TestCaseError::reject("no metre")) };
        prop_assert_eq!(gpx, Track { format: Format::Gpx, ..tcx });
        prop_assert_eq!(gpx.seconds, Some(points[points.len() - 1].2));
        prop_assert_eq!((gpx.seconds, gpx.began, gpx.jumps), (fit.seconds, fit.began, fit.jumps));
        // Semicircles are 9 mm wide.
        prop_assert!(gpx.metres.abs_diff(fit.metres) <= 1 + points.len() as u32 / 50, "{gpx:?} {fit:?}");
    }

    #[test]
    fn more_points_on_the_same_way_do_not_change_its_length(points in way()) {
        let (Ok(few), Ok(many)) = (holds(gpx_of(&points).as_bytes()), holds(gpx_of(&halves(&halves(&points))).as_bytes())) else {
            return Err(TestCaseError::reject("no metre"));
        };
        prop_assert!(few.metres.abs_diff(many.metres) <= 1 + few.metres / 10_000, "{few:?} {many:?}");
        prop_assert_eq!((few.seconds, few.began), (many.seconds, many.began));
    }

    #[test]
    fn the_way_back_is_as_long(points in way()) {
        let moments = points.iter().map(|point| point.2);
        let back: Vec<Point> = points.iter().rev().zip(moments).map(|(point, moment)| (point.0, point.1, moment)).collect();
        let one = |points: &[Point]| holds(gpx_of(points).as_bytes()).map(|track| track.metres + track.jumps * LARGEST as u32);
        // Stamps change hands, so that only a way without jumps is compared.
        if let (Ok(there), Ok(back)) = (one(&points), one(&back)) && there.max(back) < LARGEST as u32 {
            prop_assert!(there.abs_diff(back) <= 1, "{there} {back}");
        }
    }

    #[test]
    fn nothing_that_is_told_has_a_coordinate_in_it(points in way(), cut in any::<prop::sample::Index>(), far in 200.0..900.0_f64) {
        let mut outside = points.clone();
        outside.push((far, far, 9_000));
        for (which, bytes) in in_all_formats(&points).into_iter().chain(in_all_formats(&outside)).enumerate() {
            for length in [bytes.len(), cut.index(bytes.len())] {
                let told = match read(&bytes[..length]) {
                    Ok(track) => format!("{track:?} {track:#?} {}", track.format),
                    Err(error) => format!("{error:?} {error} {:?}", std::error::Error::source(&error).map(ToString::to_string)),
                };
                for (latitude, longitude, _) in &outside {
                    for degrees in [latitude, longitude] {
                        for digits in digits(*degrees) {
                            prop_assert!(!told.contains(&digits), "{digits} of file {which} is in {told}");
                        }
                    }
                }
            }
        }
    }
}

/// How a coordinate could be told: its degrees with two decimals, its decimals alone, its semicircles.
fn digits(degrees: f64) -> [String; 3] {
    let text = format!("{:.9}", degrees.abs());
    let decimals = text.split_once('.').map(|(_, decimals)| decimals.to_owned()).unwrap_or_default();
    [text[..text.len() - 7].to_owned(), decimals, (semicircles(degrees) as i32).unsigned_abs().to_string()]
}
