//! Splits a typed line into numbers, letters and signs, each with its place.

use num_bigint::BigInt;

use crate::exact::Rational;
use crate::tree::{Constant, Name, Number, Over, Times};
use crate::unreadable::{Missing, Place, Unreadable};

/// A piece of a line.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    Number(Number),
    Name(Name),
    Constant(Constant),
    /// Raised digits, as in `x²`; true if a raised minus stands before them.
    Raised(Number, bool),
    Plus,
    Minus,
    Times(Times),
    Over(Over),
    Caret,
    Percent,
    Open,
    Close,
    Equal,
}

#[derive(Debug, Clone)]
pub(super) struct Token {
    pub piece: Piece,
    pub place: Place,
}

/// Short words that are units or functions; otherwise up to three letters are a product of letters.
const WORDS: [&str; 37] = [
    "av", "kr", "st", "mm", "cm", "dm", "km", "mil", "mg", "hg", "kg", "ton", "ml", "cl", "dl", "min", "och", "sin",
    "cos", "tan", "log", "ln", "lg", "abs", "rot", "or", "ej", "ha", "tim", "sek", "dag", "mod", "pi", "sec", "csc",
    "cot", "exp",
];
const LONGEST_PRODUCT: usize = 3;

/// Splits `text` into tokens.
///
/// # Errors
/// At the first unknown sign or word, or number without its digits.
pub(super) fn split(text: &str) -> Result<Vec<Token>, Unreadable> {
    let signs: Vec<char> = text.chars().collect();
    let mut tokens = Vec::with_capacity(signs.len());
    let mut at = 0;
    while let Some(&sign) = signs.get(at) {
        let start = at;
        at = if is_space(sign) {
            at + 1
        } else if sign.is_ascii_digit() {
            take_number(&signs, at, &mut tokens)?
        } else if sign.is_alphabetic() {
            take_letters(&signs, at, &mut tokens)?
        } else if raised(sign).is_some() {
            take_raised(&signs, at, &mut tokens)?
        } else {
            let place = Place::new(start, start + 1);
            let piece = simple(sign).ok_or_else(|| unknown(&signs, at))?;
            tokens.push(Token { piece, place });
            at + 1
        };
    }
    Ok(tokens)
}

/// Ordinary, no-break, thin and narrow spaces, and what editors leave behind.
fn is_space(sign: char) -> bool {
    sign.is_whitespace() || matches!(sign, '\u{200b}' | '\u{2060}' | '\u{2062}' | '\u{feff}')
}

fn simple(sign: char) -> Option<Piece> {
    Some(match sign {
        '+' => Piece::Plus,
        '-' | '−' | '–' | '‐' | '‑' => Piece::Minus,
        '·' | '*' | '⋅' | '∙' | '•' => Piece::Times(Times::Dot),
        '×' => Piece::Times(Times::Cross),
        '/' | '∕' | '⁄' => Piece::Over(Over::Bar),
        ':' => Piece::Over(Over::Colon),
        '÷' => Piece::Over(Over::Obelus),
        '^' => Piece::Caret,
        '%' => Piece::Percent,
        '(' | '[' => Piece::Open,
        ')' | ']' => Piece::Close,
        '=' => Piece::Equal,
        _ => return None,
    })
}

fn unknown(signs: &[char], at: usize) -> Unreadable {
    let sign = signs[at];
    let decimal = is_decimal(sign) && signs.get(at + 1).is_some_and(char::is_ascii_digit);
    if decimal && !at.checked_sub(1).is_some_and(|i| signs[i].is_ascii_digit()) {
        return Unreadable::new(Place::before(at), Missing::Digits);
    }
    Unreadable::new(Place::new(at, at + 1), Missing::Sign(sign))
}

const fn is_decimal(sign: char) -> bool {
    matches!(sign, ',' | '.')
}

/// Takes `12`, `1 000 000`, `3,14`; returns where it ends.
fn take_number(signs: &[char], start: usize, tokens: &mut Vec<Token>) -> Result<usize, Unreadable> {
    let digits_from = |at: usize| {
        let more = signs[at..].iter().take_while(|s| s.is_ascii_digit());
        more.count()
    };
    let mut at = start + digits_from(start);
    // A group after a space belongs to the number only if it has exactly three digits.
    if at - start <= 3 {
        while signs.get(at).copied().is_some_and(is_space) && at + 1 < signs.len() && digits_from(at + 1) == 3 {
            at += 4;
        }
    }
    let mut decimals = 0;
    if signs.get(at).copied().is_some_and(is_decimal) {
        decimals = signs.get(at + 1).map_or(0, |_| digits_from(at + 1));
        if decimals == 0 {
            let place = Place::before(at + 1);
            return Err(Unreadable::new(place, Missing::Digits));
        }
        at += 1 + decimals;
    }
    let number = number(&signs[start..at], decimals);
    tokens.push(Token { piece: Piece::Number(number), place: Place::new(start, at) });
    Ok(at)
}

/// The number written with these digits (other signs are skipped), the last `decimals` after the comma.
fn number(signs: &[char], decimals: usize) -> Number {
    let digits: Vec<u8> = signs.iter().filter_map(|s| s.to_digit(10).and_then(|d| u8::try_from(d).ok())).collect();
    let whole = if digits.len() <= 18 {
        let small = digits.iter().fold(0_i64, |n, &d| n * 10 + i64::from(d));
        BigInt::from(small)
    } else {
        BigInt::from_radix_be(num_bigint::Sign::Plus, &digits, 10).unwrap_or_default()
    };
    let value = if decimals == 0 {
        Rational::from_integer(whole)
    } else {
        Rational::new(whole, num_traits::pow(BigInt::from(10), decimals))
    };
    Number { value, decimals }
}

/// Takes a run of letters: each a variable, or all of them an unknown word.
fn take_letters(signs: &[char], start: usize, tokens: &mut Vec<Token>) -> Result<usize, Unreadable> {
    let run: Vec<char> = signs[start..].iter().copied().take_while(|s| s.is_alphabetic()).collect();
    let end = start + run.len();
    if run == ['p', 'i'] {
        tokens.push(Token { piece: Piece::Constant(Constant::Pi), place: Place::new(start, end) });
        return Ok(end);
    }
    if is_word(&run) {
        return Err(Unreadable::new(Place::new(start, end), Missing::Name(run.into_iter().collect())));
    }
    tokens.extend(
        run.into_iter()
            .zip(start..)
            .map(|(letter, at)| Token { piece: letter_piece(letter), place: Place::new(at, at + 1) }),
    );
    Ok(end)
}

fn letter_piece(letter: char) -> Piece {
    match letter {
        'π' => Piece::Constant(Constant::Pi),
        'e' => Piece::Constant(Constant::E),
        _ => Piece::Name(Name::from(letter)),
    }
}

/// True if a run of letters is a word rather than a product of letters.
pub(crate) fn is_word(run: &[char]) -> bool {
    if run.len() <= 1 {
        return false;
    }
    let word: String = run.iter().flat_map(|c| c.to_lowercase()).collect();
    run.len() > LONGEST_PRODUCT || WORDS.contains(&word.as_str())
}

fn raised(sign: char) -> Option<char> {
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

fn take_raised(signs: &[char], start: usize, tokens: &mut Vec<Token>) -> Result<usize, Unreadable> {
    let negative = signs[start] == '⁻';
    let first = start + usize::from(negative);
    let digits: Vec<char> = signs[first..].iter().map_while(|s| raised(*s)).take_while(char::is_ascii_digit).collect();
    let end = first + digits.len();
    if digits.is_empty() {
        return Err(Unreadable::new(Place::before(end), Missing::Digits));
    }
    tokens.push(Token { piece: Piece::Raised(number(&digits, 0), negative), place: Place::new(start, end) });
    Ok(end)
}
