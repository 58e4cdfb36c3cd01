//! What a watch wrote.

use track::{LARGEST, LONGEST_METRES, LONGEST_SECONDS, TrackError, read};

/// The header of a FIT file before its length, and after it; without a checksum of its own.
const HEADER: ([u8; 4], &[u8]) = ([14, 0x20, 0, 0], b".FIT\0\0");

/// A file of a watch: the bytes as they are; those after a FIT header, or all of them, as records of a FIT file whose length
/// and checksum are right, which chance would never find.
///
/// Oracle: reading it twice gives the same; what is read is within its bounds; what is broken is broken at a line or a byte
/// that the file has; nothing that is said of it is longer than its own words and figures are.
pub fn track(data: &[u8]) {
    holds(data);
    let records = if data.get(8..12) == Some(b".FIT") { data.get(14..).unwrap_or_default() } else { data };
    holds(&fit(records));
}

fn holds(file: &[u8]) {
    let first = read(file);
    assert_eq!(first, read(file), "reading it is not always the same");
    match first {
        Ok(track) => {
            assert!((1..=LONGEST_METRES).contains(&track.metres), "{track:?}");
            assert!(track.seconds.is_none_or(|seconds| seconds <= LONGEST_SECONDS), "{track:?}");
            assert!(format!("{track:?}").len() < 160, "{track:?} tells more than it has");
        }
        Err(error) => {
            let lines = 1 + file.iter().filter(|byte| **byte == b'\n').count();
            let is_inside = match error {
                TrackError::BrokenAtLine { line } => (1..=lines).contains(&line),
                TrackError::BrokenAtByte { byte } => byte <= file.len(),
                TrackError::TooLarge => file.len() > LARGEST,
                _ => true,
            };
            assert!(is_inside, "{error:?} of {} bytes in {lines} lines", file.len());
            assert!(error.to_string().len() < 60, "{error} tells more than it knows");
        }
    }
}

/// Records as a FIT file.
fn fit(records: &[u8]) -> Vec<u8> {
    let length = u32::try_from(records.len()).unwrap_or(u32::MAX);
    let mut file = [&HEADER.0[..], &length.to_le_bytes(), HEADER.1, records].concat();
    let checksum = file.iter().fold(0, |sum, byte| (0..8).fold(sum ^ u16::from(*byte), shifted));
    file.extend(checksum.to_le_bytes());
    file
}

/// One bit of CRC-16/ARC.
fn shifted(sum: u16, _bit: u8) -> u16 {
    if sum & 1 == 1 { (sum >> 1) ^ 0xa001 } else { sum >> 1 }
}
