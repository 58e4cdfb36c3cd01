//! Splits machine notation: plain ASCII, decimal point, words of letters, digits and `_`.

use num_bigint::BigInt;

use crate::read::digits;
use crate::tree::{Number, Sign};
use crate::unreadable::{Missing, Place, Unreadable};

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    Number(Number),
    /// `1.5e-3`: the digits before the `e` and the exponent after it.
    Scaled(Number, i64),
    Word(String),
    Relation(Sign),
    /// One of `+ - * / ^ ( ) ,`
    Sign(char),
}

pub(super) struct Token {
    pub(super) piece: Piece,
    pub(super) place: Place,
}

pub(super) fn split(text: &str) -> Result<Vec<Token>, Unreadable> {
    let signs: Vec<char> = text.chars().collect();
    let mut tokens = Vec::with_capacity(signs.len());
    let mut at = 0;
    while let Some(&sign) = signs.get(at) {
        let start = at;
        let piece = if sign.is_whitespace() {
            at += 1;
            continue;
        } else if sign.is_ascii_digit() || (sign == '.' && signs.get(at + 1).is_some_and(char::is_ascii_digit)) {
            number(&signs, &mut at)?
        } else if sign.is_alphabetic() {
            let word = signs.iter().skip(at).take_while(|sign| sign.is_alphanumeric() || **sign == '_');
            let word: String = word.collect();
            at += word.chars().count();
            Piece::Word(word)
        } else {
            let (piece, length) = other(sign, signs.get(at + 1).copied())
                .ok_or_else(|| Unreadable::new(Place::new(at, at + 1), Missing::Sign(sign)))?;
            at += length;
            piece
        };
        tokens.push(Token { piece, place: Place::new(start, at) });
    }
    Ok(tokens)
}

fn other(sign: char, next: Option<char>) -> Option<(Piece, usize)> {
    Some(match (sign, next) {
        ('<', Some('=')) => (Piece::Relation(Sign::LessOrEqual), 2),
        ('>', Some('=')) => (Piece::Relation(Sign::GreaterOrEqual), 2),
        ('!', Some('=')) => (Piece::Relation(Sign::NotEqual), 2),
        ('<', _) => (Piece::Relation(Sign::Less), 1),
        ('>', _) => (Piece::Relation(Sign::Greater), 1),
        ('=', _) => (Piece::Relation(Sign::Equal), 1),
        ('+' | '-' | '*' | '/' | '^' | '(' | ')' | ',', _) => (Piece::Sign(sign), 1),
        ('[', _) => (Piece::Sign('('), 1),
        (']', _) => (Piece::Sign(')'), 1),
        _ => return None,
    })
}

fn number(signs: &[char], at: &mut usize) -> Result<Piece, Unreadable> {
    let start = *at;
    let count = |from: usize| signs.iter().skip(from).take_while(|sign| sign.is_ascii_digit()).count();
    *at += count(*at);
    let mut decimals = 0;
    if signs.get(*at) == Some(&'.') {
        // Programs write `100.` and `.5` as well.
        decimals = count(*at + 1);
        *at += 1 + decimals;
    }
    let number = digits::of(signs.get(start..*at).unwrap_or_default(), decimals);
    let signed = matches!(signs.get(*at + 1), Some('+' | '-'));
    let first = *at + 1 + usize::from(signed);
    let size = count(first);
    if !matches!(signs.get(*at), Some('e' | 'E')) || size == 0 {
        return Ok(Piece::Number(number));
    }
    let negative = signs.get(*at + 1) == Some(&'-');
    let exponent = digits::of(signs.get(first..first + size).unwrap_or_default(), 0).value.to_integer();
    let too_large = || Unreadable::new(Place::new(start, first + size), Missing::TooLarge);
    let exponent = i64::try_from(exponent.min(BigInt::from(i64::MAX))).map_err(|_| too_large())?;
    *at = first + size;
    Ok(Piece::Scaled(number, if negative { -exponent } else { exponent }))
}
