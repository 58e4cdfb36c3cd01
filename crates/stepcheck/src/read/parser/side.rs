//! From sums down to powers.

use super::{Parser, Read, pair};
use crate::precedence::ends_open;
use crate::read::token::{Piece, Token};
use crate::tree::{Expr, Node, Over, Times};
use crate::unreadable::{Missing, Unreadable};

impl Parser<'_> {
    pub(super) fn sum(&mut self) -> Read<Expr> {
        let mut left = self.product()?;
        while let Some(token) = self.next_if(is_sign) {
            let right = self.product()?;
            left = match token.piece {
                Piece::Plus => pair(left, right, Node::Sum),
                Piece::PlusMinus(sign) => pair(left, right, |a, b| Node::SumOrDifference(a, sign, b)),
                _ => pair(left, right, Node::Difference),
            };
        }
        Ok(left)
    }

    fn product(&mut self) -> Read<Expr> {
        let mut left = self.signed(Self::fraction)?;
        loop {
            match self.peek() {
                Some(&Piece::Times(times)) => {
                    self.at += 1;
                    let right = self.signed(Self::fraction)?;
                    left = pair(left, right, |a, b| Node::Product(a, times, b));
                }
                Some(&Piece::Over(over)) if over != Over::Bar => {
                    self.at += 1;
                    let right = self.signed(Self::fraction)?;
                    left = pair(left, right, |a, b| Node::Quotient(a, over, b));
                }
                _ => return Ok(left),
            }
        }
    }

    /// Prefix signs before what `inner` reads.
    pub(super) fn signed(&mut self, inner: fn(&mut Self) -> Read<Expr>) -> Read<Expr> {
        let Some(sign) = self.next_if(is_sign) else {
            return inner(self);
        };
        let operand = Box::new(self.deeper(|parser| parser.signed(inner))?);
        let place = sign.place.to(operand.place);
        let node = match sign.piece {
            Piece::Minus => Node::Negative(operand),
            Piece::PlusMinus(sign) => Node::EitherSign(sign, operand),
            _ => Node::Positive(operand),
        };
        Ok(Expr::new(place, node))
    }

    fn fraction(&mut self) -> Read<Expr> {
        let mut left = self.quantity()?;
        while self.peek() == Some(&Piece::Over(Over::Bar)) {
            if ends_open(&left) && !self.after_soft() && !matches!(self.ahead(1), Some(Piece::Function(_))) {
                return Err(self.ambiguous());
            }
            self.at += 1;
            let coefficient = matches!(left.node, Node::Number(_)) && self.number_before_factor();
            let right = if coefficient { self.primary()? } else { self.signed(Self::quantity)? };
            left = pair(left, right, |a, b| Node::Quotient(a, Over::Bar, b));
            if coefficient {
                let value = self.factors_after(left)?;
                left = self.with_unit(value)?;
            }
        }
        Ok(left)
    }

    /// True at `2x`, `2(` or `2 kg`: the 2 belongs to the fraction before it.
    fn number_before_factor(&self) -> bool {
        matches!(self.peek(), Some(Piece::Number(_)))
            && (self.begins_factor(1) || matches!(self.ahead(1), Some(Piece::Unit(_))))
    }

    fn quantity(&mut self) -> Read<Expr> {
        let value = self.implied()?;
        self.with_unit(value)
    }

    /// The unit after `value`, if one stands there, and what is added to that: `2 h 30 min`.
    fn with_unit(&mut self, value: Expr) -> Read<Expr> {
        let mut whole = self.unit_after(value);
        while matches!(whole.node, Node::Quantity(..) | Node::Compound(..))
            && matches!(self.peek(), Some(Piece::Number(_)))
        {
            let number = self.primary()?;
            let part = self.unit_after(number);
            if !matches!(part.node, Node::Quantity(..)) {
                let place = crate::unreadable::Place::before(part.place.start);
                return Err(Unreadable::new(place, Missing::Operator));
            }
            whole = pair(whole, part, Node::Compound);
        }
        Ok(whole)
    }

    fn unit_after(&mut self, value: Expr) -> Expr {
        let Some(Piece::Unit(unit)) = self.peek() else { return value };
        self.at += 1;
        Expr::new(value.place.to(unit.place), Node::Quantity(Box::new(value), unit.clone()))
    }

    fn implied(&mut self) -> Read<Expr> {
        let first = self.power()?;
        self.factors_after(first)
    }

    /// Multiplies `left` by every factor that follows without a sign.
    fn factors_after(&mut self, mut left: Expr) -> Read<Expr> {
        loop {
            let follows = match self.peek() {
                Some(Piece::Number(_)) => matches!(left.node, Node::Bracket(_)),
                _ => self.begins_factor(0),
            };
            if !follows {
                return Ok(left);
            }
            let right = self.power()?;
            left = pair(left, right, |a, b| Node::Product(a, Times::Implied, b));
        }
    }

    /// True if a factor other than a number begins at the token that is `by` ahead.
    pub(super) fn begins_factor(&self, by: usize) -> bool {
        match self.ahead(by) {
            Some(Piece::Bar) => self.bars == 0,
            Some(piece) => begins_factor(piece),
            None => false,
        }
    }

    pub(super) fn power(&mut self) -> Read<Expr> {
        let base = self.primary()?;
        if ends_open(&base) || !matches!(self.peek(), Some(Piece::Raised(..) | Piece::Caret)) {
            return Ok(base);
        }
        if let Some(token) = self.next_if(|p| matches!(p, Piece::Raised(..))) {
            if let Some(twice) = self.next_if(|p| matches!(p, Piece::Raised(..) | Piece::Caret)) {
                return Err(Unreadable::new(twice.place, Missing::Operator));
            }
            return Ok(raise(base, token));
        }
        self.at += 1;
        let exponent = if self.peek() == Some(&Piece::SoftOpen) {
            self.soft()?
        } else {
            let start = self.token().map_or(self.here(), |token| token.place);
            let exponent = self.deeper(|parser| parser.signed(Self::power))?;
            if ends_open(&exponent) {
                return Err(Unreadable::new(start, Missing::Brackets));
            }
            exponent
        };
        Ok(pair(base, exponent, Node::Power))
    }
}

fn is_sign(piece: &Piece) -> bool {
    matches!(piece, Piece::Plus | Piece::Minus | Piece::PlusMinus(_))
}

fn begins_factor(piece: &Piece) -> bool {
    matches!(
        piece,
        Piece::Name(_)
            | Piece::Constant(_)
            | Piece::Open
            | Piece::SoftOpen
            | Piece::BarOpen
            | Piece::Root(_)
            | Piece::RootWord
            | Piece::NthRoot
            | Piece::AbsWord
            | Piece::Function(_)
    )
}

/// The exponent that raised digits are.
pub(super) fn exponent(token: &Token) -> Option<Expr> {
    let Piece::Raised(number, negative) = &token.piece else { return None };
    let size = Expr::new(token.place, Node::Number(number.clone()));
    Some(if *negative { Expr::new(token.place, Node::Negative(Box::new(size))) } else { size })
}

/// `base` with the raised digits of `token` as exponent.
fn raise(base: Expr, token: &Token) -> Expr {
    match exponent(token) {
        Some(exponent) => pair(base, exponent, Node::Power),
        None => base,
    }
}
