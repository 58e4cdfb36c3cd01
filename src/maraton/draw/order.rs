//! Who wins, by a seed and the tickets. Nothing else goes in, so whoever has both comes to the same.

use ring::hmac;
use sha2::{Digest, Sha256};
use vault::Ticket;

/// What is told of a seed before it is: SHA-256 of its 32 bytes.
#[must_use]
pub fn commitment(seed: &[u8; 32]) -> [u8; 32] {
    Sha256::digest(seed).into()
}

/// The tickets in the order in which they are drawn: ascending by HMAC-SHA-256 (RFC 2104) with the seed as its key and the
/// ticket's 16 bytes as its message.
#[must_use]
pub fn in_order(seed: &[u8; 32], tickets: &[Ticket]) -> Vec<Ticket> {
    let key = hmac::Key::new(hmac::HMAC_SHA256, seed);
    let mut order = tickets.to_vec();
    order.sort_by_cached_key(|ticket| hmac::sign(&key, ticket.as_bytes()).as_ref().to_vec());
    order
}

/// The first so many of the order; all of them if there are fewer.
#[must_use]
pub fn winners(seed: &[u8; 32], tickets: &[Ticket], number: usize) -> Vec<Ticket> {
    let mut order = in_order(seed, tickets);
    order.truncate(number);
    order
}
