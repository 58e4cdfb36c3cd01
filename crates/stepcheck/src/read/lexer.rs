//! Splits a typed line into numbers, letters, words and signs, each with its place.

use super::digits::{self, is_decimal, is_space, lowered, raised};
use super::token::{Piece, Token};
use super::units;
use super::words::{self, Run};
use crate::tree::{Name, Number, Over, PlusMinus, Sign, Times};
use crate::unreadable::{Missing, Place, Unreadable};

/// Splits `text` into tokens; `names` are letters even where they could be units.
///
/// # Errors
/// At the first unknown sign or word, or number without its digits.
pub(super) fn split(text: &str, names: &[Name]) -> Result<Vec<Token>, Unreadable> {
    let signs: Vec<char> = text.chars().collect();
    let mut lexer = Lexer { signs: &signs, names, tokens: Vec::with_capacity(signs.len()) };
    let mut at = 0;
    while at < signs.len() {
        at = lexer.step(at)?;
    }
    Ok(lexer.tokens)
}

/// Splits a few letters that stand inside LaTeX as text, such as `\text{ eller }`.
///
/// `tokens` are the ones before them. The new ones are put after them and all stand at `place`.
pub(super) fn split_words(
    inner: &[char],
    place: Place,
    names: &[Name],
    tokens: Vec<Token>,
) -> Result<Vec<Token>, Unreadable> {
    let known = tokens.len();
    let mut lexer = Lexer { signs: inner, names, tokens };
    let mut at = 0;
    while at < inner.len() {
        at = lexer.step(at).map_err(|why| Unreadable::new(place, why.missing))?;
    }
    let mut tokens = lexer.tokens;
    tokens.iter_mut().skip(known).for_each(|token| token.place = place);
    Ok(tokens)
}

struct Lexer<'l> {
    signs: &'l [char],
    names: &'l [Name],
    tokens: Vec<Token>,
}

impl Lexer<'_> {
    fn sign(&self, at: usize) -> Option<char> {
        self.signs.get(at).copied()
    }

    fn push(&mut self, piece: Piece, start: usize, end: usize) {
        self.tokens.push(Token { piece, place: Place::new(start, end) });
    }

    /// Takes what stands at `at`; returns where it ends.
    fn step(&mut self, at: usize) -> Result<usize, Unreadable> {
        let Some(sign) = self.sign(at) else { return Ok(at + 1) };
        if self.is_invisible_plus(at) {
            self.push(Piece::InvisiblePlus, at, at + 1);
            return Ok(at + 1);
        }
        if is_space(sign) {
            return Ok(at + 1);
        }
        if sign.is_ascii_digit() {
            let (number, end) = digits::take(self.signs, at)?;
            self.push(Piece::Number(number), at, end);
            return Ok(end);
        }
        if let Some((top, bottom)) = digits::vulgar(sign) {
            self.push_fraction(top, bottom, at);
            return Ok(at + 1);
        }
        if let Some(end) = self.take_unit(at) {
            return Ok(end);
        }
        if let Some((piece, length)) = words::phrase(self.signs.get(at..).unwrap_or_default()) {
            self.push(piece, at, at + length);
            return Ok(at + length);
        }
        if sign.is_alphabetic() {
            return self.take_letters(at);
        }
        if raised(sign).is_some() {
            return self.take_raised(at);
        }
        if self.is_second_comma(at) {
            return Err(Unreadable::new(Place::before(at + 1), Missing::Digits));
        }
        let (piece, length) = simple(sign, self.sign(at + 1), self.sign(at + 2)).ok_or_else(|| self.unknown(at))?;
        self.push(piece, at, at + length);
        Ok(at + length)
    }

    /// True at the invisible plus (U+2064) within a mixed number. Elsewhere it is a space.
    fn is_invisible_plus(&self, at: usize) -> bool {
        let after_number = matches!(self.tokens.last(), Some(Token { piece: Piece::Number(_), .. }));
        let before_digit = self.sign(at + 1).is_some_and(|next| next.is_ascii_digit());
        self.sign(at) == Some('\u{2064}') && after_number && before_digit
    }

    /// True at the second comma of `(1,5, 2)`, which could be two numbers or three. A semicolon
    /// would say.
    fn is_second_comma(&self, at: usize) -> bool {
        let rest = self.signs.get(at + 1..).unwrap_or_default();
        let digit_follows = rest.iter().find(|sign| !is_space(**sign)).is_some_and(char::is_ascii_digit);
        let decimal = self.tokens.last().filter(|token| matches!(token.piece, Piece::Number(_)));
        let written = decimal.and_then(|token| self.signs.get(token.place.start..token.place.end));
        let torn = self.sign(at) == Some(',') && digit_follows && !digits::joins_equations(self.signs, at);
        torn && written.is_some_and(|written| written.contains(&','))
    }

    /// `½` as the fraction that LaTeX writes: whole in itself, a mixed number after a number.
    fn push_fraction(&mut self, top: u64, bottom: u64, at: usize) {
        let number = |size| Piece::Number(Number::whole(size));
        let pieces = [
            Piece::SoftOpen,
            Piece::SoftOpen,
            number(top),
            Piece::SoftClose,
            Piece::Over(Over::Bar),
            Piece::SoftOpen,
            number(bottom),
            Piece::SoftClose,
            Piece::SoftClose,
        ];
        for piece in pieces {
            self.push(piece, at, at + 1);
        }
    }

    fn unknown(&self, at: usize) -> Unreadable {
        let sign = self.sign(at).unwrap_or_default();
        if is_decimal(sign) {
            return Unreadable::new(Place::before(at), Missing::Digits);
        }
        Unreadable::new(Place::new(at, at + 1), Missing::Sign(sign))
    }

    /// Takes a unit with everything that belongs to it, if one stands here.
    fn take_unit(&mut self, at: usize) -> Option<usize> {
        let spaced = at.checked_sub(1).and_then(|before| self.sign(before)).is_some_and(is_space);
        let before = units::Before { tokens: &self.tokens, spaced };
        let unit = units::take(self.signs, self.names, &before, at)?;
        let end = unit.place.end;
        self.push(Piece::Unit(unit), at, end);
        Some(end)
    }

    /// Takes a run of letters: a word that is known, or each a variable.
    fn take_letters(&mut self, start: usize) -> Result<usize, Unreadable> {
        // π is alphabetic, but never part of a word.
        let length = self.run(start).len();
        let run = self.signs.get(start..start + length).unwrap_or_default();
        let end = start + length;
        if let Some(piece) = words::keyword(run) {
            let is_function = matches!(piece, Piece::Function(_));
            self.push(piece, start, end);
            return if is_function { self.take_base(end) } else { Ok(end) };
        }
        match words::run(run) {
            Run::Letters => self.push_letters(start, end),
            Run::Around(before, function, length) => {
                let (from, to) = (start + before, start + before + length);
                if before > 0 {
                    self.push_letters(start, from)?;
                }
                self.push(Piece::Function(function), from, to);
                if to == end { self.take_base(end) } else { self.push_letters(to, end) }
            }
            Run::Ambiguous => Err(Unreadable::new(Place::new(start, end), Missing::Brackets)),
            Run::Unknown => Err(Unreadable::new(Place::new(start, end), Missing::Name(run.iter().collect()))),
        }
    }

    /// The letters from `start`; π by itself.
    fn run(&self, start: usize) -> &[char] {
        let rest = self.signs.get(start..).unwrap_or_default();
        let length = rest.iter().take_while(|sign| sign.is_alphabetic() && !is_lone(**sign)).count();
        rest.get(..length.max(1)).unwrap_or_default()
    }

    /// Each letter for itself; a subscript belongs to the last. Returns where that ends.
    fn push_letters(&mut self, start: usize, end: usize) -> Result<usize, Unreadable> {
        let last = end.saturating_sub(1);
        for at in start..end {
            let Some(letter) = self.sign(at) else { continue };
            if at == last
                && let Some((name, to)) = self.primed(letter, end)
            {
                self.push(Piece::Name(name), at, to);
                return Ok(to);
            }
            if at == last
                && let Some((subscript, to)) = self.subscript(end)?
            {
                let name = Name::new(&format!("{letter}_{subscript}"));
                let written = || self.signs.get(at..to).unwrap_or_default().iter().collect();
                let name = name.ok_or_else(|| Unreadable::new(Place::new(at, to), Missing::Name(written())))?;
                self.push(Piece::Name(name), at, to);
                return Ok(to);
            }
            self.push(words::letter(letter), at, at + 1);
        }
        Ok(end)
    }

    /// The name of `letter` with the primes that begin at `at`, as in `f'(x)`, and where they end.
    fn primed(&self, letter: char, at: usize) -> Option<(Name, usize)> {
        let primes = self.signs.iter().skip(at).take_while(|sign| is_prime(**sign)).count();
        let name = (primes > 0).then(|| Name::new(&format!("{letter}{}", "'".repeat(primes))))?;
        Some((name?, at + primes))
    }

    /// The subscript that begins at `at`, `_1`, `_max` or `₁`, and where it ends.
    fn subscript(&self, at: usize) -> Result<Option<(String, usize)>, Unreadable> {
        let rest = |from: usize| self.signs.iter().skip(from);
        let small: String = rest(at).map_while(|sign| lowered(*sign)).collect();
        if !small.is_empty() {
            let end = at + small.len();
            return Ok(Some((small, end)));
        }
        if self.sign(at) != Some('_') {
            return Ok(None);
        }
        let mut found: String = rest(at + 1).take_while(|sign| sign.is_ascii_digit()).collect();
        if found.is_empty() {
            found = rest(at + 1).take_while(|sign| sign.is_alphabetic()).collect();
        }
        if found.is_empty() {
            return Err(Unreadable::new(Place::before(at + 1), Missing::Operand));
        }
        let end = at + 1 + found.chars().count();
        Ok(Some((found, end)))
    }

    /// Takes the base after a logarithm: `_2`, `₂`, `_a`, or only the `_` of `_(a+1)`.
    fn take_base(&mut self, at: usize) -> Result<usize, Unreadable> {
        let small: Vec<char> = self.signs.iter().skip(at).map_while(|sign| lowered(*sign)).collect();
        if !small.is_empty() {
            let end = at + small.len();
            self.push(Piece::Underscore, at, at);
            self.push(Piece::Number(digits::of(&small, 0)), at, end);
            return Ok(end);
        }
        if self.sign(at) != Some('_') {
            return Ok(at);
        }
        self.push(Piece::Underscore, at, at + 1);
        match self.sign(at + 1) {
            Some(digit) if digit.is_ascii_digit() => {
                let (number, end) = digits::take_plain(self.signs, at + 1)?;
                self.push(Piece::Number(number), at + 1, end);
                Ok(end)
            }
            Some(letter) if letter.is_alphabetic() => {
                self.push(words::letter(letter), at + 1, at + 2);
                Ok(at + 2)
            }
            _ => Ok(at + 1),
        }
    }

    fn take_raised(&mut self, start: usize) -> Result<usize, Unreadable> {
        let negative = self.sign(start) == Some('⁻');
        let first = start + usize::from(negative);
        let rest = self.signs.iter().skip(first);
        let digits: Vec<char> = rest.map_while(|s| raised(*s)).take_while(char::is_ascii_digit).collect();
        let end = first + digits.len();
        if digits.is_empty() {
            return Err(Unreadable::new(Place::before(end), Missing::Digits));
        }
        self.push(Piece::Raised(digits::of(&digits, 0), negative), start, end);
        Ok(end)
    }
}

/// The prime of a derivative, and what keyboards write for it.
pub(super) const fn is_prime(sign: char) -> bool {
    matches!(sign, '\'' | '′' | '’' | '´')
}

/// Letters that are never part of a word.
pub(crate) const fn is_lone(sign: char) -> bool {
    matches!(sign, 'π' | 'ℝ')
}

/// The sign that begins with `sign`, and how many characters it has.
pub(super) fn simple(sign: char, next: Option<char>, third: Option<char>) -> Option<(Piece, usize)> {
    let long = |piece| Some((piece, 2));
    match (sign, next, third) {
        ('+', Some('/'), Some('-' | '−' | '–')) => return Some((Piece::PlusMinus(PlusMinus::Plus), 3)),
        ('<', Some('='), _) | ('=', Some('<'), _) => return long(Piece::Relation(Sign::LessOrEqual)),
        ('>', Some('='), _) => return long(Piece::Relation(Sign::GreaterOrEqual)),
        ('!', Some('='), _) | ('<', Some('>'), _) => return long(Piece::Relation(Sign::NotEqual)),
        ('~', Some('='), _) => return long(Piece::Relation(Sign::Approximately)),
        _ => {}
    }
    let piece = match sign {
        '+' => Piece::Plus,
        '-' | '−' | '–' | '‐' | '‑' => Piece::Minus,
        '±' => Piece::PlusMinus(PlusMinus::Plus),
        '∓' => Piece::PlusMinus(PlusMinus::Minus),
        '·' | '*' | '⋅' | '∙' | '•' => Piece::Times(Times::Dot),
        '×' => Piece::Times(Times::Cross),
        '/' | '∕' | '⁄' => Piece::Over(Over::Bar),
        ':' => Piece::Over(Over::Colon),
        '÷' => Piece::Over(Over::Obelus),
        '^' => Piece::Caret,
        '%' => Piece::Percent,
        '‰' => Piece::Permille,
        '°' | 'º' => Piece::Degree,
        '(' | '[' => Piece::Open,
        ')' | ']' => Piece::Close,
        '|' | '∣' | '❘' => Piece::Bar,
        '√' => Piece::Root(None),
        '∛' => Piece::Root(Some(3)),
        '∜' => Piece::Root(Some(4)),
        '=' => Piece::Relation(Sign::Equal),
        '≠' => Piece::Relation(Sign::NotEqual),
        '<' => Piece::Relation(Sign::Less),
        '>' => Piece::Relation(Sign::Greater),
        '≤' | '⩽' => Piece::Relation(Sign::LessOrEqual),
        '≥' | '⩾' => Piece::Relation(Sign::GreaterOrEqual),
        '≈' => Piece::Relation(Sign::Approximately),
        '∧' => Piece::And,
        '∨' => Piece::Or,
        ',' | ';' => Piece::Separator,
        '∞' => Piece::Constant(crate::tree::Constant::Infinity),
        '∈' => Piece::Element,
        '∅' => Piece::None,
        _ => return None,
    };
    // A comma right before a digit is a decimal sign whose number is missing.
    let is_torn = sign == ',' && next.is_some_and(|next| next.is_ascii_digit());
    (!is_torn).then_some((piece, 1))
}
