//! The words that show that a recovery sheet is kept.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::Key;

/// Easy to read aloud and to type, none like another.
const WORDS: [&str; 32] = [
    "apple", "basket", "candle", "donkey", "engine", "feather", "garden", "hammer", "island", "jacket", "kettle",
    "ladder", "meadow", "needle", "orchard", "paddle", "quarry", "ribbon", "saddle", "timber", "umbrella", "velvet",
    "window", "yellow", "zebra", "anchor", "bridge", "copper", "forest", "harbour", "lantern", "mirror",
];

/// Four words that go with a master key and tell nothing of it.
#[must_use]
pub fn check_words(master: &Key) -> [&'static str; 4] {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(master.as_bytes()) else { return [""; 4] };
    mac.update(b"the words of the recovery sheet");
    let bytes = mac.finalize().into_bytes();
    std::array::from_fn(|at| WORDS[usize::from(bytes[at] % 32)])
}

/// Whether what somebody typed from a recovery sheet are the four words of this master key, in their order. Capitals and
/// the space between words are nothing.
#[must_use]
pub fn words_go_with(typed: &str, master: &Key) -> bool {
    typed.split_whitespace().map(str::to_lowercase).eq(check_words(master).map(str::to_owned))
}
