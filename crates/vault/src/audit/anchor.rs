//! The ends of the chains, kept in a second place. A chain alone cannot tell that its last links were cut off, or that
//! all of it was written anew; an end that was carried away before can.

use std::{fmt, str::FromStr};

use diesel::prelude::*;

use super::{chain::Hash, note::Chain};
use crate::{
    connection::Tx,
    fault::Fault,
    ids::ControllerId,
    schema::{audit_event, audit_head},
};

/// Where a chain ended once. As a line: the chain, the number of its last link, and that link's hash.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Anchor {
    /// None for the operator's part.
    pub controller: Option<ControllerId>,
    pub seq: i64,
    pub hash: Hash,
}

/// How the operator's part is named in a line.
const OPERATOR: &str = "operator";

impl fmt::Display for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.controller {
            Some(controller) => write!(f, "{controller} {} ", self.seq)?,
            None => write!(f, "{OPERATOR} {} ", self.seq)?,
        }
        self.hash.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// A line that is no anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an anchor is a chain, a number and 64 hexadecimal digits")]
pub struct NotAnAnchor;

impl FromStr for Anchor {
    type Err = NotAnAnchor;

    fn from_str(line: &str) -> Result<Self, NotAnAnchor> {
        let mut words = line.split_ascii_whitespace();
        let mut next = || words.next().ok_or(NotAnAnchor);
        let (chain, seq, hash) = (next()?, next()?, next()?);
        // Rust's own readers would take a plus sign before either number.
        if next().is_ok() || hash.len() != 64 || !hash.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(NotAnAnchor);
        }
        let mut bytes = [0; 32];
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&hash[2 * at..2 * at + 2], 16).map_err(|_| NotAnAnchor)?;
        }
        let controller = match chain {
            OPERATOR => None,
            id => Some(id.parse().map_err(|_| NotAnAnchor)?),
        };
        let number: i64 = seq.parse().map_err(|_| NotAnAnchor)?;
        if number.to_string() != seq {
            return Err(NotAnAnchor);
        }
        Ok(Self { controller, seq: number, hash: bytes })
    }
}

/// Where every chain ends now.
pub fn heads(tx: &mut Tx) -> Result<Vec<Anchor>, Fault> {
    let rows: Vec<(ControllerId, i64, Vec<u8>)> = audit_head::table
        .select((audit_head::controller_id, audit_head::seq, audit_head::hash))
        .order(audit_head::controller_id)
        .load(tx.connection())?;
    let anchor = |(chain, seq, hash): (ControllerId, i64, Vec<u8>)| {
        let controller = (Chain(chain) != Chain::OPERATOR).then_some(chain);
        Ok(Anchor { controller, seq, hash: hash.try_into().map_err(|_| Fault::Chain)? })
    };
    rows.into_iter().filter(|(_, seq, _)| *seq > 0).map(anchor).collect()
}

/// What became of the link that an anchor tells of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Moved {
    /// It is not there any more: the chain was cut off before it.
    Gone,
    /// Another stands in its place: the chain was written anew.
    Another,
}

/// Whether the link that an anchor tells of still stands there; nothing if it does.
pub fn moved(tx: &mut Tx, anchor: &Anchor) -> Result<Option<Moved>, Fault> {
    let chain = anchor.controller.map_or(Chain::OPERATOR, Chain);
    let hash: Option<Vec<u8>> = audit_event::table
        .filter(audit_event::controller_id.eq(chain.0))
        .filter(audit_event::seq.eq(anchor.seq))
        .select(audit_event::hash)
        .first(tx.connection())
        .optional()?;
    Ok(match hash {
        Some(hash) if hash == anchor.hash => None,
        Some(_) => Some(Moved::Another),
        None => Some(Moved::Gone),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_anchor_reads_back_what_it_shows() {
        for controller in [None, Some(ControllerId::from_bytes([7; 16]))] {
            let anchor = Anchor { controller, seq: 42, hash: [0xa5; 32] };
            assert_eq!(anchor.to_string().parse(), Ok(anchor));
        }
        let hash = "a5".repeat(32);
        for line in [
            "",
            "operator 1",
            "operator x a5",
            "å ä ö",
            &format!("operator 1 {}", "zz".repeat(32)),
            &format!("operator 1 {}", "+f".repeat(32)),
            &format!("operator +1 {hash}"),
            &format!("operator 01 {hash}"),
        ] {
            assert_eq!(line.parse::<Anchor>(), Err(NotAnAnchor), "{line}");
        }
    }
}
