//! TCX: activities (`Activity`), their laps (`Lap`), tracks (`Track`) and points (`Trackpoint`).
//!
//! Source: Garmin, TrainingCenterDatabase v2 schema. Courses are plans and are not read, nor are extensions. A lap tells its
//! distance and its time on the way; a point may tell how far the watch had come by then, which is taken if no lap does.

use quick_xml::events::BytesStart;

use crate::{
    Format, Track, TrackError,
    place::Place,
    tally::{Stamp, Tally},
    xml::{self, Listener, Name, Stop},
};

#[derive(Default)]
struct Tcx {
    tally: Tally,
    has_activity: bool,
    has_course: bool,
    in_activity: bool,
    laps: Totals,
    /// The farthest that a point of the activity tells, in metres.
    farthest: f64,
    point: Point,
}

/// The sums over the laps of an activity, in metres and seconds.
#[derive(Default)]
struct Totals {
    metres: f64,
    seconds: f64,
}

#[derive(Default)]
struct Point {
    stamp: Option<Stamp>,
    latitude: Option<f64>,
    longitude: Option<f64>,
}

pub fn read(text: &str) -> Result<Track, TrackError> {
    let mut tcx = Tcx::default();
    xml::walk(text, &mut tcx)?;
    if tcx.has_course && !tcx.has_activity {
        return Err(TrackError::Planned);
    }
    tcx.tally.finish(Format::Tcx)
}

impl Listener for Tcx {
    fn opened(&mut self, path: &[Name], element: &BytesStart) -> Result<(), Stop> {
        match path {
            [.., Name::Activity] => (self.has_activity, self.in_activity) = (true, true),
            [.., Name::Course] => self.has_course = true,
            [.., Name::Activity, Name::Lap] => {
                if let Some(stamp) = start(element) {
                    self.tally.began(stamp);
                }
            }
            [.., Name::Lap, Name::Track, Name::TrackPoint] => self.point = Point::default(),
            _ => {}
        }
        Ok(())
    }

    fn closed(&mut self, path: &[Name], text: &str) -> Result<(), Stop> {
        if !self.in_activity {
            return Ok(());
        }
        match path {
            [.., Name::Lap, Name::Track, Name::TrackPoint] => self.end_point()?,
            [.., Name::TrackPoint, Name::Time] => self.point.stamp = xml::stamp(text),
            [.., Name::TrackPoint, Name::Position, Name::Latitude] => self.point.latitude = Some(degrees(text)?),
            [.., Name::TrackPoint, Name::Position, Name::Longitude] => self.point.longitude = Some(degrees(text)?),
            [.., Name::TrackPoint, Name::Distance] => self.farthest = self.farthest.max(figure(text)),
            [.., Name::Lap, Name::Track] => self.tally.pause(),
            [.., Name::Activity, Name::Lap, Name::Distance] => self.laps.metres += figure(text),
            [.., Name::Activity, Name::Lap, Name::TotalTime] => self.laps.seconds += figure(text),
            [.., Name::Activity] => self.end_activity(),
            _ => {}
        }
        Ok(())
    }
}

impl Tcx {
    fn end_point(&mut self) -> Result<(), Stop> {
        let point = std::mem::take(&mut self.point);
        // Indoors, or before the first fix, a point has no position.
        let place = match point.latitude.zip(point.longitude) {
            Some((latitude, longitude)) => Some(Place::new(latitude, longitude).ok_or(Stop::Here)?),
            None => None,
        };
        Ok(self.tally.point(place, point.stamp)?)
    }

    fn end_activity(&mut self) {
        let Totals { metres, seconds } = std::mem::take(&mut self.laps);
        let farthest = std::mem::take(&mut self.farthest);
        self.tally.by_watch(if metres > 0.0 { metres } else { farthest }, seconds);
        self.tally.end_activity();
        self.in_activity = false;
    }
}

fn degrees(text: &str) -> Result<f64, Stop> {
    xml::number(text).ok_or(Stop::Here)
}

/// A distance or a time, which a file can do without.
fn figure(text: &str) -> f64 {
    xml::number(text).filter(|figure| *figure > 0.0).unwrap_or_default()
}

/// When a lap began.
fn start(element: &BytesStart) -> Option<Stamp> {
    let mut attributes = element.attributes();
    let told = attributes.with_checks(false).flatten().find(|attribute| attribute.key.as_ref() == "StartTime")?;
    xml::stamp(told.value.trim_ascii())
}
