//! LaTeX as a formula editor writes it, split into the same tokens as typed text.
//!
//! What LaTeX groups by place, a numerator or an exponent, stands between invisible brackets
//! ([`Piece::SoftOpen`]). The parser is the one of text; afterwards the tree gets the brackets that
//! text would need there, so that `\frac{x+1}{2}` and `(x+1)/2` are one tree.

mod commands;
mod group;

pub(crate) use commands::GREEK;

use super::digits::{self, is_space};
use super::lexer::{self, is_lone};
use super::token::{Piece, Token};
use super::units;
use super::words::{self, Run};
use crate::tree::{Constant, Name};
use crate::unreadable::{Missing, Place, Unreadable};

/// The deepest nesting of groups and commands.
const MAX_DEPTH: usize = 40;

type Split<T> = Result<T, Unreadable>;

/// Splits LaTeX into tokens; `names` are letters even where they could be units.
///
/// # Errors
/// At the first unknown command or word, empty group, or brace without its other one.
pub(super) fn split(latex: &str, names: &[Name]) -> Split<Vec<Token>> {
    let signs: Vec<char> = latex.chars().collect();
    let mut lexer = Lexer { signs: &signs, names, tokens: Vec::new(), at: 0, depth: 0 };
    while lexer.at < signs.len() {
        lexer.step()?;
    }
    Ok(lexer.tokens)
}

struct Lexer<'l> {
    signs: &'l [char],
    names: &'l [Name],
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
}

impl<'l> Lexer<'l> {
    fn sign(&self) -> Option<char> {
        self.signs.get(self.at).copied()
    }

    fn rest(&self) -> &'l [char] {
        self.signs.get(self.at..).unwrap_or_default()
    }

    fn looking_at(&self, text: &str) -> bool {
        let mut rest = self.rest().iter();
        text.chars().all(|sign| rest.next() == Some(&sign))
    }

    fn push(&mut self, piece: Piece, start: usize) {
        let place = Place::new(start, self.at);
        self.tokens.push(Token { piece, place });
    }

    fn refused<T>(&self, start: usize, missing: Missing) -> Split<T> {
        Err(Unreadable::new(Place::new(start, self.at), missing))
    }

    /// Takes what stands here, with everything in it.
    fn step(&mut self) -> Split<()> {
        if self.depth == MAX_DEPTH {
            return Err(Unreadable::new(Place::before(self.at), Missing::TooDeep));
        }
        self.depth += 1;
        let taken = self.piece();
        self.depth -= 1;
        taken
    }

    fn piece(&mut self) -> Split<()> {
        let start = self.at;
        let Some(sign) = self.sign() else { return Ok(()) };
        match sign {
            '\\' => self.command(),
            '{' => self.group(),
            '}' => {
                self.at += 1;
                self.refused(start, Missing::OpeningBracket)
            }
            '^' => self.raised(),
            '_' => {
                self.at += 1;
                self.push(Piece::Underscore, start);
                self.argument()
            }
            // A tie is a space; the columns of a system are of no use here.
            '~' | '&' => {
                self.at += 1;
                Ok(())
            }
            _ if is_space(sign) => {
                self.at += 1;
                Ok(())
            }
            _ if sign.is_ascii_digit() => self.number(),
            _ if sign.is_alphabetic() => self.letters(),
            _ => self.simple(),
        }
    }

    fn simple(&mut self) -> Split<()> {
        let start = self.at;
        let mut ahead = self.rest().iter().copied();
        let (sign, next, third) = (ahead.next().unwrap_or_default(), ahead.next(), ahead.next());
        match lexer::simple(sign, next, third) {
            Some((piece, length)) => {
                self.at += length;
                self.push(piece, start);
                Ok(())
            }
            None if digits::is_decimal(sign) => Err(Unreadable::new(Place::before(start), Missing::Digits)),
            None => {
                self.at += 1;
                self.refused(start, Missing::Sign(sign))
            }
        }
    }

    /// Digits with `{,}`, `,` or `.`, and groups of three after `\,` or a space.
    fn number(&mut self) -> Split<()> {
        let start = self.at;
        let (mut written, mut grouped) = (Vec::new(), false);
        self.take_digits(&mut written);
        // Groups of three after a thin space, a tie or a space, as in text.
        while written.len() <= 3 || grouped {
            let gap = ["\\,", "\\ ", "\\;", "~", " ", "\u{a0}"].into_iter().find(|gap| self.looking_at(gap));
            let Some(length) = gap.map(|gap| gap.chars().count()) else { break };
            let after = self.rest().iter().skip(length).take_while(|sign| sign.is_ascii_digit()).count();
            if after != 3 {
                break;
            }
            grouped = true;
            self.at += length;
            self.take_digits(&mut written);
        }
        let marks = ["{,}", "{.}", ",", "."];
        let mut decimals = 0;
        if let Some(mark) = marks.into_iter().find(|mark| self.looking_at(mark)) {
            let length = mark.chars().count();
            let follows = self.signs.get(self.at + length).is_some_and(char::is_ascii_digit);
            let separates = mark == "," && {
                let mut after = self.rest().iter().skip(1).filter(|sign| !is_space(**sign));
                after.next().is_some_and(|sign| !sign.is_ascii_digit())
            };
            if follows {
                self.at += length;
                let whole = written.len();
                self.take_digits(&mut written);
                decimals = written.len() - whole;
            } else if !separates {
                return Err(Unreadable::new(Place::before(self.at + length), Missing::Digits));
            }
        }
        self.push(Piece::Number(digits::of(&written, decimals)), start);
        Ok(())
    }

    fn take_digits(&mut self, written: &mut Vec<char>) {
        while let Some(digit) = self.sign().filter(char::is_ascii_digit) {
            written.push(digit);
            self.at += 1;
        }
    }

    /// A run of letters: a word that is known, or each a variable.
    fn letters(&mut self) -> Split<()> {
        let start = self.at;
        if let Some((piece, length)) = words::phrase(self.rest()) {
            self.at += length;
            self.push(piece, start);
            return Ok(());
        }
        let before = units::Before { tokens: &self.tokens, spaced: self.spaced() };
        if let Some(unit) = units::take(self.signs, self.names, &before, self.at) {
            self.at = unit.place.end;
            self.push(Piece::Unit(unit), start);
            return Ok(());
        }
        let length = self.rest().iter().take_while(|sign| sign.is_alphabetic() && !is_lone(**sign)).count().max(1);
        let run = self.rest().get(..length).unwrap_or_default();
        if let Some(piece) = words::keyword(run) {
            self.at += length;
            self.push(piece, start);
            return Ok(());
        }
        match words::run(run) {
            Run::Letters => self.each_letter(length),
            Run::Around(before, function, name) => {
                self.each_letter(before)?;
                let from = self.at;
                self.at += name;
                self.push(Piece::Function(function), from);
                self.each_letter(length - before - name)
            }
            Run::Ambiguous => {
                self.at += length;
                self.refused(start, Missing::Brackets)
            }
            Run::Unknown => {
                self.at += length;
                self.refused(start, Missing::Name(run.iter().collect()))
            }
        }
    }

    /// True after a space that is seen: an ordinary one only ends a command.
    fn spaced(&self) -> bool {
        let before: String = self.signs.iter().take(self.at).skip(self.at.saturating_sub(2)).collect();
        before.ends_with(['~', '\u{a0}']) || ["\\,", "\\;", "\\:", "\\ "].contains(&before.as_str())
    }

    fn each_letter(&mut self, count: usize) -> Split<()> {
        for _ in 0..count {
            let Some(letter) = self.sign() else { return Ok(()) };
            let start = self.at;
            self.at += 1;
            self.named(words::letter(letter), start)?;
        }
        Ok(())
    }

    /// Puts a letter down, with the subscript that may follow it.
    fn named(&mut self, piece: Piece, start: usize) -> Split<()> {
        let letter = match &piece {
            Piece::Name(name) => name.letter(),
            Piece::Constant(Constant::E) => Some('e'),
            _ => None,
        };
        let subscript = match letter {
            Some(_) => self.subscript()?,
            None => None,
        };
        let (Some(letter), Some(subscript)) = (letter, subscript) else {
            let primed = letter.and_then(|letter| self.primed(letter));
            self.push(primed.map_or(piece, Piece::Name), start);
            return Ok(());
        };
        match Name::new(&format!("{letter}_{subscript}")) {
            Some(name) => {
                self.push(Piece::Name(name), start);
                Ok(())
            }
            None => {
                let written = self.signs.get(start..self.at).unwrap_or_default().iter().collect();
                self.refused(start, Missing::Name(written))
            }
        }
    }

    /// The name of `letter` with the primes that follow it, `'` or `^{\prime}`.
    fn primed(&mut self, letter: char) -> Option<Name> {
        const RAISED: [&str; 2] = ["^{\\prime}", "^\\prime "];
        let begins = |prime: &str| self.rest().iter().copied().take(prime.len()).eq(prime.chars());
        let (primes, length) = match RAISED.into_iter().find(|prime| begins(prime)) {
            Some(prime) => (1, prime.len()),
            None => {
                let length = self.rest().iter().take_while(|sign| lexer::is_prime(**sign)).count();
                (length, length)
            }
        };
        let name = (primes > 0).then(|| Name::new(&format!("{letter}{}", "'".repeat(primes))))??;
        self.at += length;
        Some(name)
    }

    /// `_1`, `_{12}` or `_{\mathrm{max}}`.
    fn subscript(&mut self) -> Split<Option<String>> {
        if self.sign() != Some('_') {
            return Ok(None);
        }
        self.at += 1;
        let start = self.at;
        let written: String = match self.sign() {
            Some('{') => {
                let inner = self.raw_group()?;
                let inner: String = inner.iter().collect();
                let plain = ["\\mathrm{", "\\text{", "\\operatorname{"].into_iter().find_map(|command| {
                    inner.strip_prefix(command).and_then(|rest| rest.strip_suffix('}')).map(str::to_owned)
                });
                plain.unwrap_or(inner)
            }
            Some(sign) => {
                self.at += 1;
                sign.to_string()
            }
            None => return Err(Unreadable::new(Place::before(start), Missing::Operand)),
        };
        let subscript: String = written.chars().filter(|sign| !is_space(*sign)).collect();
        if subscript.is_empty() {
            return self.refused(start, Missing::Operand);
        }
        Ok(Some(subscript))
    }
}
