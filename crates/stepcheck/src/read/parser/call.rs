//! Functions and what they are taken of.
//!
//! With a bracket that is what stands in it: `sin(x)y` is `sin(x)·y`. Without one it is the numbers
//! and letters that follow, `sin 2x`, up to the next sign, bracket or function. Where that could be
//! meant in two ways (`sin x/2`, `lg 2(x+1)`) brackets are asked for.

use super::side::exponent;
use super::{Parser, Read, pair};
use crate::precedence::ends_open;
use crate::read::token::{Piece, Token};
use crate::tree::{Call, Expr, Function, Node, Over, Times};

impl Parser<'_> {
    pub(super) fn call(&mut self, function: Function) -> Read<Expr> {
        let Some(name) = self.token() else { return Err(self.no_operand()) };
        self.at += 1;
        let mut base = None;
        if function == Function::Log {
            base = self.glued_base(name)?;
        }
        if base.is_none() && self.take(&Piece::Underscore).is_some() {
            base = Some(self.small()?);
        }
        let exponent = self.exponent_of_name()?;
        let argument = self.argument()?;
        let place = name.place.to(argument.place);
        // A base makes any logarithm one with a base; other functions have none.
        let function = match (base.is_some(), function) {
            (true, Function::Ln | Function::Lg | Function::Log) => Function::Log,
            (true, _) => return Err(self.ambiguous()),
            (false, other) => other,
        };
        let [base, exponent] = [base, exponent].map(|part| part.map(Box::new));
        let call = Call { function, base, exponent, argument: Box::new(argument) };
        Ok(Expr::new(place, Node::Call(call)))
    }

    /// The 2 of `log2(8)` and `log2 8`; that of `log2` alone is what the logarithm is taken of.
    fn glued_base(&mut self, name: &Token) -> Read<Option<Expr>> {
        let Some(Token { piece: Piece::Number(number), place }) = self.token() else { return Ok(None) };
        let glued = |before: usize, after: usize| before == after;
        // In LaTeX a base stands after `_`, and the name has a backslash.
        let is_text = name.place.end - name.place.start == Function::Log.name().len();
        if !is_text || !glued(name.place.end, place.start) {
            return Ok(None);
        }
        let Some(next) = self.tokens.get(self.at + 1) else { return Ok(None) };
        let begins = matches!(next.piece, Piece::Number(_) | Piece::Bar | Piece::BarOpen) || self.begins_factor(1);
        if !begins {
            return Ok(None);
        }
        if glued(place.end, next.place.start) && !matches!(next.piece, Piece::Open | Piece::SoftOpen) {
            // `log2x` could be the logarithm of 2x.
            self.at += 1;
            return Err(self.ambiguous());
        }
        self.at += 1;
        Ok(Some(Expr::new(*place, Node::Number(number.clone()))))
    }

    /// What stands after `_` or `^` at a name: a number, a letter or a bracket.
    fn small(&mut self) -> Read<Expr> {
        match self.token() {
            Some(Token { piece: Piece::Number(number), place }) => {
                self.at += 1;
                Ok(Expr::new(*place, Node::Number(number.clone())))
            }
            Some(Token { piece: Piece::Name(name), place }) if name.letter().is_none() => {
                // `sin^x_1 y`: what has a subscript of its own stands in a bracket.
                self.at += 1;
                let part = Box::new(Expr::new(*place, Node::Name(*name)));
                Ok(Expr::new(*place, Node::Bracket(part)))
            }
            Some(Token { piece: Piece::Name(_) | Piece::Constant(_) | Piece::Open | Piece::SoftOpen, .. }) => {
                self.atom()
            }
            _ => Err(self.no_operand()),
        }
    }

    /// The exponent between the name and the argument: `sin² x`, `sin^2 x`, `sin^(-1) x`.
    fn exponent_of_name(&mut self) -> Read<Option<Expr>> {
        if let Some(token) = self.next_if(|piece| matches!(piece, Piece::Raised(..))) {
            return Ok(exponent(token));
        }
        if self.take(&Piece::Caret).is_none() {
            return Ok(None);
        }
        let Some(minus) = self.take(&Piece::Minus) else {
            return self.small().map(Some);
        };
        let size = self.small()?;
        Ok(Some(Expr::new(minus.place.to(size.place), Node::Negative(Box::new(size)))))
    }

    fn argument(&mut self) -> Read<Expr> {
        match self.peek() {
            Some(Piece::Open) => self.bracket(),
            Some(Piece::SoftOpen) => {
                let inner = self.soft()?;
                Ok(Expr::new(inner.place, Node::Bracket(Box::new(inner))))
            }
            Some(Piece::Bar | Piece::BarOpen | Piece::AbsWord) => self.atom(),
            _ => {
                let open = self.deeper(|parser| parser.signed(Self::open_argument))?;
                self.refuse_more()?;
                Ok(open)
            }
        }
    }

    /// Numbers and letters side by side, or another function.
    fn open_argument(&mut self) -> Read<Expr> {
        let mut left = self.power()?;
        if ends_open(&left) || matches!(left.node, Node::Call(_)) {
            return Ok(left);
        }
        while matches!(self.peek(), Some(Piece::Name(_) | Piece::Constant(_))) {
            let right = self.power()?;
            left = pair(left, right, |a, b| Node::Product(a, Times::Implied, b));
            if ends_open(&left) {
                break;
            }
        }
        Ok(left)
    }

    /// Refuses what may or may not belong to the argument that was just read.
    fn refuse_more(&self) -> Read<()> {
        let refused = match self.peek() {
            Some(Piece::Over(Over::Bar)) => !matches!(self.ahead(1), Some(Piece::Function(_))),
            Some(Piece::Function(_)) => false,
            Some(Piece::Bar) => self.bars == 0,
            _ => self.begins_factor(0),
        };
        if refused { Err(self.ambiguous()) } else { Ok(()) }
    }
}
