//! GPX 1.0 and 1.1: tracks (`trk`), their segments (`trkseg`) and points (`trkpt`).
//!
//! Source: Topografix, GPX 1.1 Schema Documentation; 1.0 has the same elements where they are read. Routes (`rte`) are
//! plans, waypoints (`wpt`) are places: neither was travelled. Extensions are not read.

use quick_xml::events::BytesStart;

use crate::{
    Format, Track, TrackError,
    place::Place,
    tally::{Stamp, Tally},
    xml::{self, Listener, Name, Stop},
};

#[derive(Default)]
struct Gpx {
    tally: Tally,
    has_points: bool,
    has_route: bool,
    place: Option<Place>,
    stamp: Option<Stamp>,
}

pub fn read(text: &str) -> Result<Track, TrackError> {
    let mut gpx = Gpx::default();
    xml::walk(text, &mut gpx)?;
    if gpx.has_route && !gpx.has_points {
        return Err(TrackError::Planned);
    }
    gpx.tally.finish(Format::Gpx)
}

impl Listener for Gpx {
    fn opened(&mut self, path: &[Name], element: &BytesStart) -> Result<(), Stop> {
        match path {
            [Name::Gpx, Name::Route] => self.has_route = true,
            [Name::Gpx, Name::Trk, Name::Segment, Name::TrackPoint] => {
                self.place = Some(place(element).ok_or(Stop::Here)?);
                self.stamp = None;
            }
            _ => {}
        }
        Ok(())
    }

    fn closed(&mut self, path: &[Name], text: &str) -> Result<(), Stop> {
        match path {
            [Name::Gpx, Name::Trk, Name::Segment, Name::TrackPoint, Name::Time] => self.stamp = xml::stamp(text),
            [Name::Gpx, Name::Trk, Name::Segment, Name::TrackPoint] => {
                self.has_points = true;
                self.tally.point(self.place.take(), self.stamp.take())?;
            }
            [Name::Gpx, Name::Trk, Name::Segment] => self.tally.pause(),
            _ => {}
        }
        Ok(())
    }
}

/// Where a point is; none if that is not told, or not on Earth.
fn place(element: &BytesStart) -> Option<Place> {
    let (mut latitude, mut longitude) = (None, None);
    // Names that stand twice are not looked for: all of them would have to be remembered.
    for attribute in element.attributes().with_checks(false) {
        let attribute = attribute.ok()?;
        match attribute.key.as_ref() {
            "lat" => latitude = xml::number(&attribute.value),
            "lon" => longitude = xml::number(&attribute.value),
            _ => {}
        }
    }
    Place::new(latitude?, longitude?)
}
