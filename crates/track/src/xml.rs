//! Elements of an XML file as they go by, for GPX and TCX.
//!
//! Nothing is expanded: a document type, which alone could declare entities, is refused, and a reference inside a value
//! makes the value unreadable. Nothing is kept but the names of the elements that are open and the text of the innermost.

use std::borrow::Cow;

use jiff::{Timestamp, civil::DateTime, tz::Offset};
use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use crate::{TrackError, tally::Stamp};

/// Elements are nested no deeper; TCX with extensions needs about ten.
const DEEPEST: usize = 64;
/// No number and no date is longer, in bytes.
const LONGEST_VALUE: usize = 64;

/// An element that means something to the readers, without its namespace: what is foreign stands elsewhere in the tree.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Name {
    Gpx,
    Route,
    Trk,
    Segment,
    TrackPoint,
    Time,
    Database,
    Activity,
    Course,
    Lap,
    Track,
    Position,
    Latitude,
    Longitude,
    Distance,
    TotalTime,
    Other,
}

impl Name {
    fn of(element: &BytesStart) -> Self {
        match element.local_name().as_ref() {
            "gpx" => Self::Gpx,
            "rte" => Self::Route,
            "trk" => Self::Trk,
            "trkseg" => Self::Segment,
            "trkpt" | "Trackpoint" => Self::TrackPoint,
            "time" | "Time" => Self::Time,
            "TrainingCenterDatabase" => Self::Database,
            "Activity" => Self::Activity,
            "Course" => Self::Course,
            "Lap" => Self::Lap,
            "Track" => Self::Track,
            "Position" => Self::Position,
            "LatitudeDegrees" => Self::Latitude,
            "LongitudeDegrees" => Self::Longitude,
            "DistanceMeters" => Self::Distance,
            "TotalTimeSeconds" => Self::TotalTime,
            _ => Self::Other,
        }
    }
}

/// Why a listener hears no more.
pub enum Stop {
    /// Broken where the reader is now.
    Here,
    Because(TrackError),
}

impl From<TrackError> for Stop {
    fn from(error: TrackError) -> Self {
        Self::Because(error)
    }
}

/// Who is told of elements. A path is that of the element, from the root to itself.
pub trait Listener {
    fn opened(&mut self, path: &[Name], element: &BytesStart) -> Result<(), Stop>;
    /// With the text that stands in it, trimmed; empty if it is not a short plain one.
    fn closed(&mut self, path: &[Name], text: &str) -> Result<(), Stop>;
}

/// Bytes as text. All that is read of a file is ASCII, so that signs of an older encoding, as in names, may be lost.
pub fn text(bytes: &[u8]) -> Cow<'_, str> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => bytes.iter().map(|byte| if byte.is_ascii() { char::from(*byte) } else { '?' }).collect(),
    }
}

fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    reader
}

/// The first element, if there is one.
pub fn root(text: &str) -> Option<Name> {
    if !text.trim_ascii_start().starts_with('<') {
        return None;
    }
    let mut reader = reader(text);
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => return Some(Name::of(&element)),
            Ok(Event::Eof) | Err(_) => return None,
            Ok(_) => {}
        }
    }
}

/// Tells the listener of every element.
pub fn walk(text: &str, listener: &mut impl Listener) -> Result<(), TrackError> {
    let mut reader = reader(text);
    let mut walk = Walk { path: Vec::with_capacity(DEEPEST), value: String::with_capacity(LONGEST_VALUE), plain: true };
    loop {
        let Ok(event) = reader.read_event() else { return Err(broken(text, reader.error_position())) };
        match walk.step(&event, listener) {
            Ok(true) => {}
            Ok(false) => return Ok(()),
            Err(Stop::Because(error)) => return Err(error),
            Err(Stop::Here) => return Err(broken(text, reader.buffer_position())),
        }
    }
}

fn broken(text: &str, position: u64) -> TrackError {
    let read = usize::try_from(position).unwrap_or(usize::MAX).min(text.len());
    TrackError::BrokenAtLine { line: 1 + text.as_bytes()[..read].iter().filter(|byte| **byte == b'\n').count() }
}

struct Walk {
    path: Vec<Name>,
    /// The text of the innermost element so far.
    value: String,
    /// Whether it is short and has no references.
    plain: bool,
}

impl Walk {
    /// Whether there is more to come.
    fn step(&mut self, event: &Event, listener: &mut impl Listener) -> Result<bool, Stop> {
        match event {
            Event::Start(element) => {
                if self.path.len() == DEEPEST {
                    return Err(Stop::Here);
                }
                self.path.push(Name::of(element));
                self.forget();
                listener.opened(&self.path, element)?;
            }
            Event::End(_) => {
                let value = if self.plain { self.value.trim_ascii() } else { "" };
                listener.closed(&self.path, value)?;
                self.path.pop();
                self.forget();
            }
            Event::Text(text) => self.add(text.as_ref()),
            Event::CData(text) => self.add(text.as_ref()),
            Event::GeneralRef(_) => self.plain = false,
            Event::DocType(_) => return Err(Stop::Here),
            Event::Eof if self.path.is_empty() => return Ok(false),
            Event::Eof => return Err(Stop::Here),
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
        Ok(true)
    }

    fn add(&mut self, text: &str) {
        if self.path.last().is_none_or(|name| *name == Name::Other) {
            return;
        }
        self.plain &= self.value.len() + text.len() <= LONGEST_VALUE;
        if self.plain {
            self.value.push_str(text);
        }
    }

    fn forget(&mut self) {
        self.value.clear();
        self.plain = true;
    }
}

/// A number of `xsd:decimal` or `xsd:double`; infinities and what is not a number are none.
pub fn number(text: &str) -> Option<f64> {
    text.trim_ascii().parse().ok().filter(|number: &f64| number.is_finite())
}

/// A moment of `xsd:dateTime`; without an offset it is in UTC, as both formats say.
pub fn stamp(text: &str) -> Option<Stamp> {
    let with_offset = || text.parse::<Timestamp>().ok();
    let without = || Offset::UTC.to_timestamp(text.parse::<DateTime>().ok()?).ok();
    with_offset().or_else(without).map(Timestamp::as_millisecond)
}
