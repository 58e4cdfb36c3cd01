//! FIT: an activity's records, laps and sessions.
//!
//! Source: Garmin, Flexible and Interoperable Data Transfer (FIT) Protocol, and the message profile of its SDK. A file is a
//! header, records and a checksum, and files may be chained. Read are all of the protocol's two versions: both byte orders,
//! compressed time stamps, developer fields (which are skipped). Refused are a checksum that is wrong, a length that is, and
//! a record whose definition is missing: a watch that died while it wrote leaves such a file, and its own software mends it.

mod activity;
mod checksum;
mod definition;

use crate::{Format, Track, TrackError, tally::Tally};
use activity::Activity;
use checksum::checksum;
use definition::Definition;

/// The version of the protocol that the reader knows, in the upper half of the header's second byte.
const NEWEST_PROTOCOL: u8 = 2;
/// The parts of a header: up to its own checksum, and that.
const HEADER: usize = 12;
const CHECKSUM: usize = 2;

/// What a file of the chain is for: `file` of the profile.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Activity,
    Plan,
    Other,
}

impl From<u8> for Purpose {
    fn from(code: u8) -> Self {
        match code {
            4 => Self::Activity,
            // Workout, course, schedules, segment, list of segments.
            5 | 6 | 7 | 34 | 35 => Self::Plan,
            _ => Self::Other,
        }
    }
}

/// Whether the bytes begin as a FIT file does.
pub fn is_fit(bytes: &[u8]) -> bool {
    bytes.get(8..HEADER) == Some(b".FIT")
}

pub fn read(bytes: &[u8]) -> Result<Track, TrackError> {
    let mut tally = Tally::default();
    let mut at = 0;
    let (mut has_activity, mut has_plan) = (false, false);
    while at < bytes.len() {
        let file = file(bytes, at)?;
        let purpose = records(bytes, file.records, &mut tally)?;
        has_activity |= purpose == Purpose::Activity;
        has_plan |= purpose == Purpose::Plan;
        at = file.end;
    }
    match (has_activity, has_plan) {
        (true, _) => tally.finish(Format::Fit),
        (false, true) => Err(TrackError::Planned),
        (false, false) => Err(TrackError::NotATrack),
    }
}

/// One file of the chain.
struct File {
    /// From the first byte of its records to the one after the last.
    records: (usize, usize),
    end: usize,
}

/// The file that begins at a byte, once its header and its checksums hold.
fn file(bytes: &[u8], start: usize) -> Result<File, TrackError> {
    let broken = |byte| TrackError::BrokenAtByte { byte };
    let rest = &bytes[start..];
    if !is_fit(rest) {
        return Err(broken(start));
    }
    let header = usize::from(rest[0]);
    if header < HEADER || rest.len() < header {
        return Err(broken(start));
    }
    if rest[1] >> 4 > NEWEST_PROTOCOL {
        return Err(broken(start + 1));
    }
    // The header may have its own checksum; 0 says that it was not worked out.
    if let Some(told) = pair(rest, HEADER).filter(|told| header >= HEADER + CHECKSUM && *told != 0)
        && told != checksum(&rest[..HEADER])
    {
        return Err(broken(start + HEADER));
    }
    let length = u32::from_le_bytes([rest[4], rest[5], rest[6], rest[7]]) as usize;
    let end = header + length;
    let Some(told) = pair(rest, end) else { return Err(broken(bytes.len())) };
    if told != checksum(&rest[..end]) {
        return Err(broken(start + end));
    }
    Ok(File { records: (start + header, start + end), end: start + end + CHECKSUM })
}

fn pair(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(CHECKSUM)?)?.try_into().ok()?))
}

/// Tells the tally of the records of a file, if they are an activity's; what they are for is what the file id says.
fn records(bytes: &[u8], (mut at, end): (usize, usize), tally: &mut Tally) -> Result<Purpose, TrackError> {
    let bytes = &bytes[..end];
    let mut definitions: [Option<Definition>; 16] = [const { None }; 16];
    let mut activity = Activity::default();
    while let Some(&header) = bytes.get(at) {
        let broken = TrackError::BrokenAtByte { byte: at };
        at += 1;
        let local = usize::from(if is_compressed(header) { header >> 5 & 3 } else { header & 15 });
        if header & 0xc0 == 0x40 {
            let (definition, length) = Definition::read(&bytes[at..], header & 0x20 != 0).ok_or(broken)?;
            definitions[local] = Some(definition);
            at += length;
            continue;
        }
        let definition = definitions[local].as_ref().ok_or(broken)?;
        let message = bytes.get(at..at + definition.length).ok_or(broken)?;
        let offset = is_compressed(header).then_some(header & 0x1f);
        activity.message(&definition.message(message), offset, tally)?;
        at += definition.length;
    }
    activity.end(tally);
    Ok(activity.purpose())
}

fn is_compressed(header: u8) -> bool {
    header & 0x80 != 0
}
