//! Groups: braces, the arguments of commands, exponents.

use super::{Lexer, Split};
use crate::read::token::{Piece, Token};
use crate::unreadable::{Missing, Place, Unreadable};

impl<'l> Lexer<'l> {
    /// `{…}` as an invisible bracket; the `{,}` of a number is taken with it.
    pub(super) fn group(&mut self) -> Split<()> {
        let start = self.at;
        self.at += 1;
        self.push(Piece::SoftOpen, start);
        let first = self.tokens.len();
        self.until_brace()?;
        if self.tokens.len() == first {
            // Nothing stands there: an editor leaves `{}` where something is to be filled in.
            return Err(Unreadable::new(Place::new(start, self.at), Missing::Operand));
        }
        let close = self.at - 1;
        self.push(Piece::SoftClose, close);
        Ok(())
    }

    /// Everything up to the closing brace, which is taken.
    fn until_brace(&mut self) -> Split<()> {
        loop {
            match self.sign() {
                None => return Err(Unreadable::new(Place::before(self.at), Missing::ClosingBracket)),
                Some('}') => break,
                Some(_) => self.step()?,
            }
        }
        self.at += 1;
        Ok(())
    }

    /// The argument of a command or of `^` and `_`: a group, or one digit, letter or command.
    pub(super) fn argument(&mut self) -> Split<()> {
        self.skip_spaces();
        let start = self.at;
        match self.sign() {
            Some('{') => self.group(),
            Some('}') | None => Err(Unreadable::new(Place::before(start), Missing::Operand)),
            Some(sign) => {
                self.tokens.push(Token { piece: Piece::SoftOpen, place: Place::before(start) });
                let first = self.tokens.len();
                if sign.is_ascii_digit() {
                    self.at += 1;
                    self.push(Piece::Number(crate::read::digits::of(&[sign], 0)), start);
                } else if sign.is_alphabetic() {
                    self.at += 1;
                    self.push(crate::read::words::letter(sign), start);
                } else {
                    self.step()?;
                }
                if self.tokens.len() == first {
                    return Err(Unreadable::new(Place::before(self.at), Missing::Operand));
                }
                let end = self.at;
                self.push(Piece::SoftClose, end);
                Ok(())
            }
        }
    }

    pub(super) fn skip_spaces(&mut self) {
        while self.sign().is_some_and(crate::read::digits::is_space) {
            self.at += 1;
        }
    }

    /// `^{…}`: an exponent, or the sign of degrees.
    pub(super) fn raised(&mut self) -> Split<()> {
        let start = self.at;
        for degrees in ["^\\circ", "^{\\circ}", "^{\\circ }", "^°"] {
            if self.looking_at(degrees) {
                self.at += degrees.chars().count();
                if self.celsius(start) {
                    return Ok(());
                }
                self.push(Piece::Degree, start);
                return Ok(());
            }
        }
        self.at += 1;
        self.push(Piece::Caret, start);
        self.argument()?;
        self.raise_unit();
        Ok(())
    }

    /// The characters between the braces that are next, which are taken.
    pub(super) fn raw_group(&mut self) -> Split<&'l [char]> {
        self.skip_spaces();
        let start = self.at;
        if self.sign() != Some('{') {
            return Err(Unreadable::new(Place::before(start), Missing::Operand));
        }
        let mut open = 0_usize;
        for (length, sign) in self.rest().iter().enumerate() {
            match sign {
                '{' => open += 1,
                '}' => open -= 1,
                _ => {}
            }
            if open == 0 {
                let inner = self.rest().get(1..length).unwrap_or_default();
                self.at += length + 1;
                return Ok(inner);
            }
        }
        Err(Unreadable::new(Place::before(self.signs.len()), Missing::ClosingBracket))
    }
}
