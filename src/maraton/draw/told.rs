//! What is told of a draw, as it lies in a file, and whether it is true. Needs nothing of the server.

use serde::{Deserialize, Serialize};
use vault::{EventId, Ticket, rows::maraton::Draw};

use super::order::{commitment, winners};

/// What is told of a draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    pub event: EventId,
    /// SHA-256 of the seed, as hexadecimal digits.
    pub commitment: String,
    /// None before it is drawn.
    pub outcome: Option<ToldOutcome>,
}

/// What is told of a draw when it is drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToldOutcome {
    /// Milliseconds since 1970, UTC.
    pub drawn_at: i64,
    /// 32 bytes, as hexadecimal digits.
    pub seed: String,
    /// Ascending.
    pub entries: Vec<Ticket>,
    /// The first first.
    pub winners: Vec<Ticket>,
}

impl Told {
    /// What the vault has, as it is told.
    #[must_use]
    pub fn of(event: EventId, draw: Draw, entries: Vec<Ticket>) -> Self {
        let outcome = draw.outcome.map(|outcome| ToldOutcome {
            drawn_at: outcome.at.0,
            seed: hex(&outcome.seed),
            entries,
            winners: outcome.winners,
        });
        Self { event, commitment: hex(&draw.commitment), outcome }
    }
}

/// Bytes as hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What was found to be true.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified {
    pub entries: usize,
    pub winners: usize,
}

/// Why what is told of a draw is not true.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ToldFault {
    #[error("it has not been drawn yet")]
    NotDrawn,
    #[error("the seed is not 64 hexadecimal digits")]
    Seed,
    #[error("the commitment is not SHA-256 of the seed: it was drawn by another seed than was fixed before")]
    Commitment,
    #[error("the entries are not in ascending order, each once")]
    Entries,
    #[error("there are no winners, or more than entries")]
    Number,
    #[error("the winner in place {0} is another one than the seed gives")]
    Winner(usize),
}

/// Verifies that the seed is the one that was fixed before, and that the winners are those that it gives.
///
/// # Errors
/// The first thing that is not true.
pub fn verify(told: &Told) -> Result<Verified, ToldFault> {
    let outcome = told.outcome.as_ref().ok_or(ToldFault::NotDrawn)?;
    let seed = bytes(&outcome.seed).ok_or(ToldFault::Seed)?;
    if hex(&commitment(&seed)) != told.commitment.to_ascii_lowercase() {
        return Err(ToldFault::Commitment);
    }
    let ToldOutcome { entries, winners: said, .. } = outcome;
    if entries.windows(2).any(|pair| pair[0] >= pair[1]) {
        return Err(ToldFault::Entries);
    }
    if said.is_empty() || said.len() > entries.len() {
        return Err(ToldFault::Number);
    }
    let given = winners(&seed, entries, said.len());
    match said.iter().zip(&given).position(|(said, given)| said != given) {
        Some(at) => Err(ToldFault::Winner(at + 1)),
        None => Ok(Verified { entries: entries.len(), winners: said.len() }),
    }
}

fn bytes(digits: &str) -> Option<[u8; 32]> {
    let digits = digits.as_bytes();
    let mut bytes = [0; 32];
    if digits.len() != 64 {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks(2)) {
        let digit = |at: usize| char::from(pair[at]).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        *byte = digit(0)? << 4 | digit(1)?;
    }
    Some(bytes)
}
