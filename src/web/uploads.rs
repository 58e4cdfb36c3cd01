//! Taking in a file: in memory, never in a temporary file, and never more of it than is read.

use std::{future::poll_fn, pin::Pin};

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::web::{Bytes, Payload};
use futures_core::Stream;
use track::{LARGEST, TrackError};

use super::{problem::Problem, slow::is_too_slow};

/// More than this is not listened to, in bytes. Up to here a file that is too large is thrown away piece by piece, so that
/// whoever sent it is still there for the answer.
const LONGEST_HEARD: usize = 4 * LARGEST;
/// No other field of such a form is longer, in bytes.
const LONGEST_FIELD: usize = 256;
/// No such form has more parts.
const MOST_PARTS: usize = 8;

/// What a form with a file sends.
pub struct SentForm {
    /// Empty if none was chosen; an error if it is too large.
    pub file: Result<Vec<u8>, TrackError>,
    pub day: String,
    pub key: String,
}

/// Reads a form with a file (RFC 7578). What the file is called is not looked at.
///
/// # Errors
/// What is no such form, is far too large, or does not come in time.
pub async fn form(mut parts: Multipart) -> Result<SentForm, Problem> {
    let mut sent = SentForm { file: Ok(Vec::new()), day: String::new(), key: String::new() };
    let mut number = 0;
    while let Some(part) = next(&mut parts).await {
        let mut part = part.map_err(|error| unreadable(&error))?;
        number += 1;
        if number > MOST_PARTS {
            return Err(Problem::FormUnreadable);
        }
        match part.name().map(str::to_owned).as_deref() {
            Some("file") => match whole(&mut part).await.map_err(|error| unreadable(&error))? {
                Whole::File(file) => sent.file = Ok(file),
                Whole::TooLarge => sent.file = Err(TrackError::TooLarge),
                Whole::Endless => return Err(Problem::Track(TrackError::TooLarge)),
            },
            Some("day") => sent.day = text(&mut part).await?,
            Some("key") => sent.key = text(&mut part).await?,
            _ => drop(text(&mut part).await?),
        }
    }
    Ok(sent)
}

/// Reads a body that is a file.
///
/// # Errors
/// What is too large, or does not come in time.
pub async fn body(mut sent: Payload) -> Result<Vec<u8>, Problem> {
    let read = whole(&mut sent).await;
    let read = read.map_err(|error| if is_too_slow(&error) { Problem::TooSlow } else { Problem::FormUnreadable })?;
    match read {
        Whole::File(file) => Ok(file),
        Whole::TooLarge | Whole::Endless => Err(Problem::Track(TrackError::TooLarge)),
    }
}

/// What came.
enum Whole {
    File(Vec<u8>),
    /// It was heard to its end, and is gone.
    TooLarge,
    /// There is more to come, which is not listened to.
    Endless,
}

async fn whole<E>(pieces: &mut (impl Stream<Item = Result<Bytes, E>> + Unpin)) -> Result<Whole, E> {
    let (mut bytes, mut length) = (Vec::new(), 0);
    while let Some(piece) = next(pieces).await {
        let piece = piece?;
        length += piece.len();
        if length <= LARGEST {
            bytes.extend_from_slice(&piece);
        } else {
            bytes = Vec::new();
        }
        if length > LONGEST_HEARD {
            return Ok(Whole::Endless);
        }
    }
    Ok(if length > LARGEST { Whole::TooLarge } else { Whole::File(bytes) })
}

async fn text(part: &mut Field) -> Result<String, Problem> {
    let mut bytes = Vec::new();
    while let Some(piece) = next(part).await {
        bytes.extend_from_slice(&piece.map_err(|error| unreadable(&error))?);
        if bytes.len() > LONGEST_FIELD {
            return Err(Problem::FormUnreadable);
        }
    }
    String::from_utf8(bytes).map_err(|_| Problem::FormUnreadable)
}

async fn next<S: Stream + Unpin>(stream: &mut S) -> Option<S::Item> {
    poll_fn(|context| Pin::new(&mut *stream).poll_next(context)).await
}

fn unreadable(error: &MultipartError) -> Problem {
    match error {
        MultipartError::Payload(error) if is_too_slow(error) => Problem::TooSlow,
        _ => Problem::FormUnreadable,
    }
}
