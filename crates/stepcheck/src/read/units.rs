//! Units in a typed line, and when letters are one.
//!
//! - `kr`, `cm`, `kg` and other words that nobody takes for a product are always units.
//! - Other symbols of several letters (`kN`, `Pa`) are, right after a number.
//! - A single letter (`m`, `s`, `h`) is after a number **and a space**, if nothing follows that it
//!   could be multiplied with: `5 m` is a length, `5m` a product.
//! - A letter of the task is never a unit.

use super::digits::{is_space, is_vulgar, lowered, raised};
use super::lexer::{is_lone, is_prime};
use super::token::{Piece, Token};
use super::words::{self, Run};
use crate::tree::{Constant, Function, Name, Unit, UnitPower};
use crate::units;
use crate::unreadable::Place;

/// What stands before the letters that could be a unit.
pub(super) struct Before<'b> {
    pub(super) tokens: &'b [Token],
    /// True if a space does.
    pub(super) spaced: bool,
}

/// The unit at `at` with its powers, and the ones it is multiplied with or divided by.
pub(super) fn take(signs: &[char], names: &[Name], before: &Before<'_>, at: usize) -> Option<Unit> {
    let reader = Reader { signs, names };
    let length = reader.letters(at)?;
    let word = reader.text(at, length);
    // To look into the table takes longest.
    (begins(&reader, before, &word, at + length) && units::find(&word).is_some()).then(|| reader.unit(at, length))
}

/// The unit that all of `signs` is, wherever it stands; it gets this `place`.
pub(super) fn whole(signs: &[char], place: Place) -> Option<Unit> {
    let reader = Reader { signs, names: &[] };
    let at = reader.skip_spaces(0);
    let unit = reader.unit(at, reader.word(at)?);
    (reader.skip_spaces(unit.place.end) == signs.len()).then_some(Unit { place, ..unit })
}

/// True if `word`, which ends at `end`, is a unit here if it is in the table.
fn begins(reader: &Reader<'_>, before: &Before<'_>, word: &str, end: usize) -> bool {
    if words::is_reserved(word) {
        return true;
    }
    let follows = match before.tokens.last().map(|token| &token.piece) {
        Some(Piece::Number(_)) => before.spaced || word.chars().count() > 1,
        Some(Piece::Constant(Constant::Pi) | Piece::Close | Piece::BarClose) => before.spaced,
        // After `½`, which is one character.
        Some(Piece::SoftClose) => {
            before.spaced && before.tokens.last().and_then(|half| reader.sign(half.place.start)).is_some_and(is_vulgar)
        }
        _ => false,
    };
    let stands = follows && (word.chars().count() > 1 || reader.ends(end));
    stands && !reader.is_known(word) && !argument_follows(before.tokens)
}

/// True if the last of `tokens` is an exponent or the base of a logarithm, as in `x^2`, `log_2` and
/// `sin^(2)`: what follows is a factor or what the function is taken of.
fn argument_follows(tokens: &[Token]) -> bool {
    if let [.., log, number] = tokens
        && log.piece == Piece::Function(Function::Log)
        && matches!(number.piece, Piece::Number(_))
    {
        return log.place.end == number.place.start;
    }
    let piece = |end: usize| end.checked_sub(1).and_then(|at| tokens.get(at)).map(|token| &token.piece);
    let Some(mut end) = operand_start(tokens, tokens.len()) else { return false };
    loop {
        match piece(end) {
            Some(Piece::Underscore | Piece::Caret) => return true,
            Some(Piece::Plus | Piece::Minus | Piece::PlusMinus(_) | Piece::Root(_) | Piece::Function(_)) => end -= 1,
            Some(Piece::Raised(..)) => end -= 1,
            // The base or the exponent of a function that the last operand is the argument of.
            Some(_) => match operand_start(tokens, end) {
                Some(start) if piece(start) == Some(&Piece::Underscore) => end = start - 1,
                Some(start)
                    if piece(start) == Some(&Piece::Caret) && matches!(piece(start - 1), Some(Piece::Function(_))) =>
                {
                    end = start - 1;
                }
                _ => return false,
            },
            None => return false,
        }
    }
}

/// Where the single thing begins that ends just before token number `end`: a token or a bracket.
fn operand_start(tokens: &[Token], end: usize) -> Option<usize> {
    let mut open = 0;
    for at in (0..end).rev() {
        match tokens.get(at)?.piece {
            Piece::Close | Piece::SoftClose => open += 1,
            Piece::Open | Piece::SoftOpen => open -= 1,
            _ => {}
        }
        if open <= 0 {
            return Some(at);
        }
    }
    None
}

struct Reader<'r> {
    signs: &'r [char],
    names: &'r [Name],
}

impl Reader<'_> {
    fn sign(&self, at: usize) -> Option<char> {
        self.signs.get(at).copied()
    }

    fn text(&self, at: usize, length: usize) -> String {
        self.signs.iter().skip(at).take(length).collect()
    }

    /// The unit that begins with the word at `at`, `length` letters long.
    fn unit(&self, at: usize, length: usize) -> Unit {
        let (first, end) = self.power(&self.text(at, length), at + length);
        let (more, end) = self.times(end);
        let above: Vec<UnitPower> = std::iter::once(first).chain(more).collect();
        let (below, end) = self.below(end);
        Unit { place: Place::new(at, end), above, below }
    }

    fn skip_spaces(&self, at: usize) -> usize {
        at + self.signs.iter().skip(at).take_while(|sign| is_space(**sign)).count()
    }

    /// How long the unit word at `at` is, if one stands there.
    fn word(&self, at: usize) -> Option<usize> {
        self.letters(at).filter(|length| units::find(&self.text(at, *length)).is_some())
    }

    /// How many letters at `at` could be a unit word.
    fn letters(&self, at: usize) -> Option<usize> {
        let letters = |from: usize| {
            let rest = self.signs.iter().skip(from);
            rest.take_while(|sign| sign.is_alphabetic() && !is_lone(**sign)).count()
        };
        let mut length = if self.sign(at)? == '°' { 1 + letters(at + 1) } else { letters(at) };
        // The `s` of `ssinx`.
        let run = self.signs.get(at..at + length).filter(|run| run.len() > 2);
        if run.is_some_and(|run| matches!(words::run(run), Run::Around(1, ..))) {
            length = 1;
        }
        // `x_1` and `A'` are names, whatever their letter is alone.
        let goes_on =
            self.sign(at + length).is_some_and(|sign| sign == '_' || is_prime(sign) || lowered(sign).is_some());
        (length > 0 && !goes_on).then_some(length)
    }

    /// True if every letter of it is one of the task's.
    fn is_known(&self, word: &str) -> bool {
        word.chars().all(|letter| self.names.contains(&Name::from(letter)))
    }

    /// True if nothing that could be multiplied follows.
    fn ends(&self, end: usize) -> bool {
        let next = self.skip_spaces(end);
        match self.sign(next) {
            Some('(' | '[' | '√' | '∛' | '∜' | '_') => false,
            Some(sign) if sign.is_alphabetic() => {
                let length = self.signs.iter().skip(next).take_while(|sign| sign.is_alphabetic()).count();
                let run: Vec<char> = self.signs.iter().skip(next).take(length).copied().collect();
                matches!(words::keyword(&run), Some(Piece::And | Piece::Or)) || words::lower(&run) == "per"
            }
            _ => true,
        }
    }

    /// The word with the exponent after it: `²`, `^2`, `^-1`, and the 2 or 3 of `cm2`.
    fn power(&self, word: &str, end: usize) -> (UnitPower, usize) {
        let one = |power, length: usize| (UnitPower { word: word.to_owned(), power }, end + length);
        let digit = |sign: Option<char>| sign.and_then(|sign| sign.to_digit(10)).and_then(|d| i8::try_from(d).ok());
        let is_digit = |at: usize| self.sign(at).is_some_and(|sign| sign.is_ascii_digit() || raised(sign).is_some());
        match (self.sign(end), self.sign(end + 1)) {
            (Some('⁻'), Some(next)) if !is_digit(end + 2) => match digit(raised(next)) {
                Some(power) => one(-power, 2),
                None => one(1, 0),
            },
            (Some('^'), Some('-' | '−')) if !is_digit(end + 3) => match digit(self.sign(end + 2)) {
                Some(power) => one(-power, 3),
                None => one(1, 0),
            },
            (Some('^'), Some('{')) => self.braced(end + 2).map_or(one(1, 0), |(power, length)| one(power, length + 2)),
            (Some('^'), next) if !is_digit(end + 2) => digit(next).map_or(one(1, 0), |power| one(power, 2)),
            (Some('2' | '3'), _) if !is_digit(end + 1) => one(digit(self.sign(end)).unwrap_or(1), 1),
            (Some(sign), _) if !is_digit(end + 1) => digit(raised(sign)).map_or(one(1, 0), |power| one(power, 1)),
            _ => one(1, 0),
        }
    }

    /// The `2}` or `-1}` at `at`, as LaTeX has it, and how many characters that is.
    fn braced(&self, at: usize) -> Option<(i8, usize)> {
        let negative = matches!(self.sign(at), Some('-' | '−'));
        let digit = at + usize::from(negative);
        let size = self.sign(digit)?.to_digit(10).and_then(|size| i8::try_from(size).ok())?;
        (self.sign(digit + 1) == Some('}')).then_some((if negative { -size } else { size }, digit + 2 - at))
    }

    /// A unit word that goes on a unit; letters of the task don't.
    fn next(&self, at: usize) -> Option<(UnitPower, usize)> {
        let length = self.word(at)?;
        let word = self.text(at, length);
        let goes_on = words::is_reserved(&word) || !self.is_known(&word);
        goes_on.then(|| self.power(&word, at + length))
    }

    /// `·m·s` after a unit.
    fn times(&self, mut end: usize) -> (Vec<UnitPower>, usize) {
        let mut more = Vec::new();
        while let Some((next, to)) = self.after(end, &['·', '*', '⋅', '×']) {
            more.push(next);
            end = to;
        }
        (more, end)
    }

    fn after(&self, end: usize, signs: &[char]) -> Option<(UnitPower, usize)> {
        let at = self.skip_spaces(end);
        let sign = self.sign(at)?;
        signs.contains(&sign).then(|| self.next(self.skip_spaces(at + 1))).flatten()
    }

    /// `/s`, `/(kg·K)` or «per timme».
    fn below(&self, end: usize) -> (Vec<UnitPower>, usize) {
        let at = self.skip_spaces(end);
        let is_per = words::lower(&self.signs.iter().skip(at).take(4).copied().collect::<Vec<_>>()) == "per ";
        let start = match self.sign(at) {
            Some('/' | '∕') => self.skip_spaces(at + 1),
            _ if is_per => self.skip_spaces(at + 4),
            _ => return (Vec::new(), end),
        };
        if self.sign(start) == Some('(') {
            return self.below_in_brackets(self.skip_spaces(start + 1)).unwrap_or((Vec::new(), end));
        }
        self.next(start).map_or((Vec::new(), end), |(one, to)| (vec![one], to))
    }

    fn below_in_brackets(&self, start: usize) -> Option<(Vec<UnitPower>, usize)> {
        let (first, end) = self.next(start)?;
        let (more, end) = self.times(end);
        let end = self.skip_spaces(end);
        // `kr/(h)` is a division: brackets are for more than one unit.
        (self.sign(end) == Some(')') && !more.is_empty())
            .then(|| (std::iter::once(first).chain(more).collect(), end + 1))
    }
}
