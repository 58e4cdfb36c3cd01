//! Distance and time out of what a GPS watch wrote, and nothing of where it was. Pure: no I/O, clock or chance.
//!
//! [`read`] takes the bytes of a GPX 1.0 or 1.1, TCX or FIT file, knows the format by what is in it and gives a [`Track`]:
//! whole metres, seconds, when it began. Coordinates do not leave this crate: neither the result nor an error has room for
//! them, the types that hold them inside cannot be printed, and never more than two points are held at a time.
//!
//! - `xml`, `gpx`, `tcx`: elements as they go by; nothing is expanded, a document type is refused
//! - `fit`: messages as they go by, checksums first
//! - `place`: where a point is on the ellipsoid, and how far two of them are apart
//! - `tally`: what of it counts: pauses, jumps, what the watch itself has measured
//!
#![doc = include_str!("../README.md")]

mod error;
mod fit;
mod gpx;
mod place;
mod tally;
mod tcx;
mod xml;

use std::fmt;

use jiff::Timestamp;

pub use error::TrackError;
pub use tally::{FASTEST, LONGEST_METRES, LONGEST_SECONDS};

/// The largest file that is read, in bytes: 10 MiB. A day at one point a second is about half of it as TCX.
pub const LARGEST: usize = 10 * 1024 * 1024;
/// The most points that are read in a file: more than two days at one a second.
pub const MOST_POINTS: u32 = 200_000;

/// How far and how long somebody travelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Track {
    /// The distance in metres, rounded to whole ones: 1 to [`LONGEST_METRES`]. Heights are left out of it.
    pub metres: u32,
    /// The time on the way in seconds, rounded down, at most [`LONGEST_SECONDS`]: from the first to the last stamp of each
    /// segment, so that pauses of the watch are left out; where no points are stamped, what the watch says of it.
    /// None if the file does not tell it, or not of all its parts.
    pub seconds: Option<u32>,
    /// The first moment of it, by the clock of the watch. None if there are no stamps, or if the clock was never set (it
    /// stands before the year 2000). It says when, in UTC, and not where.
    pub began: Option<Timestamp>,
    /// What the file was.
    pub format: Format,
    /// Who measured the metres.
    pub measured: Measured,
    /// How many steps between two points were left out because nobody is that fast ([`FASTEST`]); 0 if the watch measured.
    pub jumps: u32,
}

/// The format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// GPS Exchange Format 1.0 or 1.1, by Topografix.
    Gpx,
    /// Training Center XML, by Garmin.
    Tcx,
    /// Flexible and Interoperable Data Transfer, by Garmin.
    Fit,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Gpx => "GPX",
            Self::Tcx => "TCX",
            Self::Fit => "FIT",
        })
    }
}

/// Where the metres come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Measured {
    /// The watch's own total, which also a treadmill has.
    Watch,
    /// The sum of the distances between points, at least in one part of the file.
    Points,
}

/// Reads a file of any of the three formats. Takes time and memory in proportion to its length at most.
///
/// # Errors
/// Each [`TrackError`] says when it is given. None of them has anything of the file in it.
pub fn read(bytes: &[u8]) -> Result<Track, TrackError> {
    if bytes.len() > LARGEST {
        return Err(TrackError::TooLarge);
    }
    if fit::is_fit(bytes) {
        return fit::read(bytes);
    }
    if [&b"PK\x03\x04"[..], b"\x1f\x8b"].iter().any(|packed| bytes.starts_with(packed)) {
        return Err(TrackError::Packed);
    }
    let text = xml::text(bytes);
    match xml::root(&text) {
        Some(xml::Name::Gpx) => gpx::read(&text),
        Some(xml::Name::Database) => tcx::read(&text),
        _ => Err(TrackError::NotATrack),
    }
}
