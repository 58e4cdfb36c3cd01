//! A student hands in what a watch wrote. How far, how long and which day are read out of it in memory; the file is
//! gone before anything is stored, and with it where somebody was.

use std::time::Duration;

use tokio::{sync::SemaphorePermit, time::timeout};
use track::{Track, TrackError};
use vault::{Fault, IdempotencyKey, Me, Millis, rows::maraton::Source};

use super::{
    LONGEST_METRES, MaratonError, Reported,
    report::{Counted, When, store},
};
use crate::app::App;

/// Files that are taken in and read at the same time, each of [`track::LARGEST`] bytes at most.
pub const UPLOADS_AT_ONCE: usize = 8;
/// How long the next one waits for its turn.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a student hands in.
pub struct Upload<'a> {
    /// A GPX, TCX or FIT file.
    pub file: Vec<u8>,
    /// ISO date; empty means the day on which the file begins.
    pub day: &'a str,
    pub key: IdempotencyKey,
}

/// Room for one file, until it is dropped.
pub struct Room<'a> {
    _permit: SemaphorePermit<'a>,
}

/// Waits for room before a file is taken in: there is memory for a few at once, and a student sends so many an hour.
///
/// # Errors
/// [`MaratonError::Wait`], and [`MaratonError::Busy`] if none comes free in ten seconds.
pub async fn make_room<'a>(app: &'a App, me: &Me) -> Result<Room<'a>, MaratonError> {
    app.limits.upload(me.person()).map_err(MaratonError::Wait)?;
    match timeout(PATIENCE, app.uploads.acquire()).await {
        Ok(Ok(permit)) => Ok(Room { _permit: permit }),
        _ => Err(MaratonError::Busy),
    }
}

/// Reads a file and stores its distance as one's own, once for each key. It waits for a teacher.
///
/// # Errors
/// As for [`report`](super::report), and whatever keeps the file from being a distance.
pub async fn report_track(app: &App, me: &Me, upload: Upload<'_>, room: Room<'_>) -> Result<Reported, MaratonError> {
    let Upload { file, day, key } = upload;
    if file.is_empty() {
        return Err(MaratonError::NoFile);
    }
    // The file is moved there and dropped there.
    let read = tokio::task::spawn_blocking(move || track::read(&file)).await;
    drop(room);
    let track = read.map_err(|_| Fault::Panicked)??;
    let began = track.began.map(|began| Millis(began.as_millisecond()));
    store(app, me, key, counted(&track)?, When { typed: day.trim().to_owned(), began }).await
}

fn counted(track: &Track) -> Result<Counted, TrackError> {
    let metres = i32::try_from(track.metres).ok().filter(|metres| *metres <= LONGEST_METRES);
    let seconds = track.seconds.and_then(|seconds| i32::try_from(seconds).ok()).filter(|seconds| *seconds > 0);
    Ok(Counted { metres: metres.ok_or(TrackError::TooFar)?, seconds, source: Source::Track })
}
