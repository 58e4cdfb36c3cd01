//! `3/4` in a text: found for those who set it with a bar.

/// A fraction of whole numbers in a text, and how many signs it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FractionInText {
    /// The numerator's digits.
    pub over: String,
    /// The denominator's digits.
    pub under: String,
    /// The signs of all of it, with the slash.
    pub length: usize,
}

/// The fraction that begins at `at`, with nothing but spaces, signs or words around it: dates and `km/h` are none.
#[must_use]
pub fn fraction_at(signs: &[char], at: usize) -> Option<FractionInText> {
    let joined = |sign: &char| sign.is_alphanumeric() || matches!(sign, ',' | '/');
    if at > 0 && joined(&signs[at - 1]) {
        return None;
    }
    let digits = |from: usize| signs[from..].iter().take_while(|sign| sign.is_ascii_digit()).count();
    let over = digits(at);
    let slash = at + over;
    if over == 0 || signs.get(slash) != Some(&'/') {
        return None;
    }
    let under = digits(slash + 1);
    let end = slash + 1 + under;
    let goes_on = signs.get(end).is_some_and(joined) && signs.get(end + 1).is_some_and(|sign| sign.is_ascii_digit());
    if under == 0 || goes_on {
        return None;
    }
    let text = |from: usize, to: usize| signs[from..to].iter().collect();
    Some(FractionInText { over: text(at, slash), under: text(slash + 1, end), length: end - at })
}
