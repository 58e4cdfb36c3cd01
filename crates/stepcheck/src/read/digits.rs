//! Numbers as they are typed.

use num_bigint::BigInt;

use crate::exact::{Exact, Rational};
use crate::tree::Number;
use crate::unreadable::{Missing, Place, Unreadable};

/// So many digits always fit into a machine word.
const SMALL: usize = 18;

/// Reads `12`, `1 000 000`, `3,14` from `start`; returns it and where it ends.
///
/// # Errors
/// [`Missing::Digits`] if there are none after a decimal sign.
pub(super) fn take(signs: &[char], start: usize) -> Result<(Number, usize), Unreadable> {
    let mut at = start + count(signs, start);
    // A group after a space belongs to the number only if it has exactly three digits.
    if at - start <= 3 {
        while signs.get(at).copied().is_some_and(is_space) && count(signs, at + 1) == 3 {
            at += 4;
        }
    }
    decimals(signs, start, at)
}

/// The same without groups of three, for a base.
pub(super) fn take_plain(signs: &[char], start: usize) -> Result<(Number, usize), Unreadable> {
    decimals(signs, start, start + count(signs, start))
}

fn decimals(signs: &[char], start: usize, mut at: usize) -> Result<(Number, usize), Unreadable> {
    let mut decimals = 0;
    if let Some(&mark) = signs.get(at).filter(|mark| is_decimal(**mark)) {
        decimals = count(signs, at + 1);
        if decimals == 0 && !is_separator(signs, at, mark) {
            return Err(Unreadable::new(Place::before(at + 1), Missing::Digits));
        }
        if decimals > 0 {
            at += 1 + decimals;
        }
    }
    Ok((of(signs.get(start..at).unwrap_or_default(), decimals), at))
}

/// True if the comma at `at` stands between two statements: something follows that is no digit, or
/// a space does inside a bracket, as in the point `(3, 5)`, or between two equations, as in
/// `x+y = 5, 2x = y`.
fn is_separator(signs: &[char], at: usize, mark: char) -> bool {
    let mut after = signs.iter().skip(at + 1).filter(|sign| !is_space(**sign));
    let depth = signs.iter().take(at).fold(0_i32, |depth, sign| match sign {
        '(' | '[' => depth + 1,
        ')' | ']' => depth - 1,
        _ => depth,
    });
    let is_point = |next: &char| !next.is_ascii_digit() || depth > 0 || joins_equations(signs, at);
    mark == ',' && after.next().is_some_and(is_point)
}

/// True if a relation stands before the comma at `at` and another one after it.
pub(super) fn joins_equations(signs: &[char], at: usize) -> bool {
    let is_relation = |sign: &char| matches!(sign, '=' | '<' | '>' | '≤' | '≥' | '≠' | '≈');
    let mut next = signs.iter().skip(at + 1).take_while(|sign| !matches!(sign, ',' | ';'));
    signs.iter().take(at).any(is_relation) && next.any(is_relation)
}

fn count(signs: &[char], at: usize) -> usize {
    signs.iter().skip(at).take_while(|sign| sign.is_ascii_digit()).count()
}

/// The number written with these digits (other signs are skipped), the last `decimals` after the comma.
pub(super) fn of(signs: &[char], decimals: usize) -> Number {
    let digits = || signs.iter().filter_map(|sign| sign.to_digit(10));
    if digits().count() <= SMALL && decimals <= SMALL {
        let whole = digits().fold(0, |whole, digit| whole * 10 + i64::from(digit));
        let parts = (0..decimals).fold(1, |parts, _| parts * 10);
        return Number { value: Exact::from_ratio(whole, parts).to_rational(), decimals };
    }
    let digits: Vec<u8> = digits().filter_map(|digit| u8::try_from(digit).ok()).collect();
    let whole = BigInt::from_radix_be(num_bigint::Sign::Plus, &digits, 10).unwrap_or_default();
    Number { value: Rational::new(whole, num_traits::pow(BigInt::from(10), decimals)), decimals }
}

pub(super) const fn is_decimal(sign: char) -> bool {
    matches!(sign, ',' | '.')
}

/// Ordinary, no-break, thin and narrow spaces, and what editors leave behind.
pub(super) fn is_space(sign: char) -> bool {
    sign.is_whitespace() || matches!(sign, '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// The digit or sign that `sign` is when raised.
pub(super) fn raised(sign: char) -> Option<char> {
    Some(match sign {
        '⁰' => '0',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁴' => '4',
        '⁵' => '5',
        '⁶' => '6',
        '⁷' => '7',
        '⁸' => '8',
        '⁹' => '9',
        '⁻' => '-',
        _ => return None,
    })
}

/// Numerator and denominator of a fraction in one character, such as `½`.
pub(super) const fn vulgar(sign: char) -> Option<(u64, u64)> {
    Some(match sign {
        '½' => (1, 2),
        '⅓' => (1, 3),
        '⅔' => (2, 3),
        '¼' => (1, 4),
        '¾' => (3, 4),
        '⅕' => (1, 5),
        '⅖' => (2, 5),
        '⅗' => (3, 5),
        '⅘' => (4, 5),
        '⅙' => (1, 6),
        '⅚' => (5, 6),
        '⅐' => (1, 7),
        '⅛' => (1, 8),
        '⅜' => (3, 8),
        '⅝' => (5, 8),
        '⅞' => (7, 8),
        '⅑' => (1, 9),
        '⅒' => (1, 10),
        _ => return None,
    })
}

pub(super) const fn is_vulgar(sign: char) -> bool {
    vulgar(sign).is_some()
}

/// The digit that `sign` is when lowered.
pub(super) fn lowered(sign: char) -> Option<char> {
    ('₀'..='₉').contains(&sign).then(|| char::from_digit(u32::from(sign) - u32::from('₀'), 10)).flatten()
}
