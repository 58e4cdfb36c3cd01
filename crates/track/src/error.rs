//! Why a file is no track.

use thiserror::Error;

/// Why there is no distance. Says where, at most, and nothing of what stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TrackError {
    /// Neither GPX nor TCX nor a FIT file of an activity.
    #[error("not a GPX, TCX or FIT file of an activity")]
    NotATrack,
    /// A zip or gzip file, as some services hand out.
    #[error("packed: unpack it and take the file that is inside")]
    Packed,
    /// A route, course or workout: what somebody means to do.
    #[error("planned and not travelled: take the recorded activity")]
    Planned,
    /// No points, and no total of the watch's.
    #[error("no points in it")]
    NoPoints,
    /// Points or totals, but no metre that can be believed.
    #[error("no distance in it")]
    NoDistance,
    /// More than [`crate::LARGEST`] bytes.
    #[error("too large: at most {} MiB", crate::LARGEST / 1024 / 1024)]
    TooLarge,
    /// More than [`crate::MOST_POINTS`].
    #[error("too many points: at most {}", crate::MOST_POINTS)]
    TooManyPoints,
    /// More than [`crate::LONGEST_METRES`].
    #[error("too far: at most {} km", crate::LONGEST_METRES / 1000)]
    TooFar,
    /// GPX or TCX that is torn, not well-formed, too deep, has a document type or a place that is not on Earth. Lines
    /// count from 1.
    #[error("broken at line {line}")]
    BrokenAtLine { line: usize },
    /// A FIT file that is torn, has another checksum or does not follow the protocol. Bytes count from 0.
    #[error("broken at byte {byte}")]
    BrokenAtByte { byte: usize },
}
