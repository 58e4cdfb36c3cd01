//! What must stand between two parts that are multiplied without a sign, so that their letters are
//! not read as one word.

use crate::read::{is_lone, is_word};

/// True if `before` and `after` would be read differently when they stand together.
pub(super) fn needs_space(before: &str, after: &str) -> bool {
    let Some(next) = after.chars().next().filter(|next| next.is_alphanumeric()) else { return false };
    // A subscript of letters goes on as far as there are letters.
    let word = before.trim_end_matches(char::is_alphabetic);
    if word.len() < before.len() && word.ends_with('_') {
        return true;
    }
    let mut run: Vec<char> = before.chars().rev().take_while(|sign| is_part(*sign)).collect();
    run.reverse();
    let stem = before.len() - run.iter().map(|sign| sign.len_utf8()).sum::<usize>();
    let sign = before.get(..stem).and_then(|stem| stem.chars().next_back());
    if run.is_empty() {
        // `30°C` is a temperature.
        return sign == Some('°');
    }
    if !is_part(next) {
        return false;
    }
    run.extend(after.chars().take_while(|sign| is_part(*sign)));
    is_word(&run)
}

/// True for a letter that can be part of a word.
fn is_part(sign: char) -> bool {
    sign.is_alphabetic() && !is_lone(sign)
}
