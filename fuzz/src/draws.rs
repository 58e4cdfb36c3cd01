//! What is told of a draw, as it lies in a file.

use serde_json::{Value, from_str, json, to_value};
use sha2::{Digest, Sha256};
use stegvis::maraton::{Told, ToldOutcome, hex, verify};
use vault::{EventId, Ticket};

use crate::edits::edited;

/// One that holds.
const GOOD: &str = r#"{
"event": "07070707070707070707070707070707",
"commitment": "630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd",
"outcome": {
"drawn_at": 1796000000000,
"seed": "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
"entries": ["0670f238bcda94b860591d0173b00097", "24d2c227ca0206afff19e290979b5ad8",
"3a1b897888a1927bb82641893311985d", "77e0e4b7dda814354f42c5f44b925dba", "9c62225442b089dc789e7e01349bb134",
"d71730c724932d912e7a9f1351069c75", "ef5d9d4e6fa0791f144214595489cf9b"],
"winners": ["ef5d9d4e6fa0791f144214595489cf9b", "3a1b897888a1927bb82641893311985d"]
}}"#;

/// Bytes of a block of SHA-256.
const BLOCK: usize = 64;

/// What is told of a draw as JSON: the bytes as they are, and as changes of a good one; and a draw by the seed and the
/// tickets that the bytes are.
///
/// Oracle: what is read says what was written; it holds if and only if the order reckoned another way says so; one slip in
/// a good one leaves commitment, seed and winners as they were, or it does not hold; a draw that was done right holds, and
/// with two winners exchanged or one taken from those who lost it does not.
pub fn draw(data: &[u8]) {
    read(&String::from_utf8_lossy(data));
    let good = read(GOOD).unwrap_or_else(|| panic!("the good one holds"));
    read(&edited(GOOD, data));
    let one = edited(GOOD, data.get(..4).unwrap_or_default());
    if let Some(told) = read(&one) {
        assert_eq!(what_decides(&told), what_decides(&good), "{one} holds as well");
    }
    drawn(data);
}

/// What is told, if it holds.
fn read(text: &str) -> Option<Told> {
    let told: Told = from_str(text).ok()?;
    let written: Value = from_str(text).unwrap_or_else(|error| panic!("{text:?} is read, and is no JSON: {error}"));
    let as_read = to_value(&told).unwrap_or_else(|error| panic!("{told:?} cannot be written: {error}"));
    assert_eq!(plain(&as_read), plain(&written), "{text:?} is read as another draw");
    let holds = verify(&told).is_ok();
    assert_eq!(holds, is_right(&told), "{told:?}");
    holds.then_some(told)
}

/// All that is said of a draw, in small letters and without hyphens in an id; fields by name or by place.
fn plain(draw: &Value) -> Value {
    let field = |of: &Value, name: &str, at: usize| of.get(name).or_else(|| of.get(at)).cloned().unwrap_or_default();
    let small = |text: &Value| text.as_str().map(str::to_ascii_lowercase);
    let id = |text: &Value| small(text).map(|text| text.replace('-', ""));
    let ids = |all: Value| all.as_array().map(|all| all.iter().map(id).collect::<Vec<_>>());
    let outcome = field(draw, "outcome", 2);
    let of_outcome = |name, at| field(&outcome, name, at);
    json!([
        id(&field(draw, "event", 0)),
        small(&field(draw, "commitment", 1)),
        of_outcome("drawn_at", 0),
        small(&of_outcome("seed", 1)),
        ids(of_outcome("entries", 2)),
        ids(of_outcome("winners", 3)),
    ])
}

/// Commitment, seed and winners.
fn what_decides(told: &Told) -> Option<(String, String, &[Ticket])> {
    let outcome = told.outcome.as_ref()?;
    Some((told.commitment.to_ascii_lowercase(), outcome.seed.to_ascii_lowercase(), &outcome.winners))
}

/// Whether it holds, reckoned another way.
fn is_right(told: &Told) -> bool {
    let Some(outcome) = &told.outcome else { return false };
    let digits = outcome.seed.to_ascii_lowercase();
    let pairs = (0..32).map(|at| digits.get(2 * at..2 * at + 2));
    let read: Option<Vec<u8>> = pairs.map(|pair| u8::from_str_radix(pair?, 16).ok()).collect();
    let Some(seed) = read.filter(|seed| hex(seed) == digits) else { return false };
    let mut ascending = outcome.entries.clone();
    ascending.sort_unstable();
    ascending.dedup();
    ascending == outcome.entries
        && hex(&Sha256::digest(&seed)) == told.commitment.to_ascii_lowercase()
        && !outcome.winners.is_empty()
        && in_order(&seed, &outcome.entries).starts_with(&outcome.winners)
}

/// The tickets in the order of their codes.
fn in_order(seed: &[u8], tickets: &[Ticket]) -> Vec<Ticket> {
    let mut codes: Vec<_> = tickets.iter().map(|ticket| (code(seed, ticket.as_bytes()), *ticket)).collect();
    codes.sort_unstable();
    codes.into_iter().map(|(_, ticket)| ticket).collect()
}

/// HMAC-SHA-256 as RFC 2104 writes it, for keys that are no longer than a block.
fn code(key: &[u8], message: &[u8]) -> [u8; 32] {
    let padded = |pad: u8| -> Vec<u8> { (0..BLOCK).map(|at| key.get(at).copied().unwrap_or_default() ^ pad).collect() };
    let inner = Sha256::digest([&padded(0x36), message].concat());
    Sha256::digest([padded(0x5c), inner.to_vec()].concat()).into()
}

/// A draw by a seed (32 bytes), a number of winners (one) and tickets (16 each), as it is and with other winners.
fn drawn(data: &[u8]) {
    let Some((seed, rest)) = data.split_first_chunk::<32>() else { return };
    let Some((number, tickets)) = rest.split_first() else { return };
    let mut entries: Vec<Ticket> = tickets.as_chunks::<16>().0.iter().copied().map(Ticket::from_bytes).collect();
    entries.sort_unstable();
    entries.dedup();
    if entries.is_empty() {
        return;
    }
    let order = in_order(seed, &entries);
    let (winners, losers) = order.split_at(1 + usize::from(*number) % order.len());
    let holds = |winners: Vec<Ticket>| {
        let outcome = ToldOutcome { drawn_at: 0, seed: hex(seed), entries: entries.clone(), winners };
        let commitment = hex(&Sha256::digest(seed));
        verify(&Told { event: EventId::from_bytes([7; 16]), commitment, outcome: Some(outcome) }).is_ok()
    };
    assert!(holds(winners.to_vec()), "{order:?} was done right");
    let last = winners.len() - 1;
    let mut others = winners.to_vec();
    others.swap(0, last);
    assert!(last == 0 || !holds(others), "{order:?} with two exchanged");
    let mut others = winners.to_vec();
    if let Some(loser) = losers.first() {
        others[last] = *loser;
        assert!(!holds(others), "{order:?} with one who lost");
    }
}
