//! Numbers, names, brackets, bars and roots.

use super::{Parser, Read};
use crate::precedence::{is_closed_call, is_radicand, radical};
use crate::read::token::{Piece, Token};
use crate::tree::{Expr, Node, Number, Over};
use crate::unreadable::{Missing, Place, Unreadable};

impl Parser<'_> {
    /// Something whole, and the signs that are written after it: `25 %`, `30°`.
    pub(super) fn primary(&mut self) -> Read<Expr> {
        // `sqrt(x)²` is the square of the root: the bracket of the word ends what the root is taken of.
        let is_word = matches!(self.peek(), Some(Piece::RootWord | Piece::NthRoot));
        let ends = is_word && self.ahead(1) == Some(&Piece::Open);
        let mut found = self.atom()?;
        match &found.node {
            Node::Call(call) if !is_closed_call(call) => return Ok(found),
            Node::Root { degree, .. } if !ends && radical(degree.as_deref()).is_some() => {
                // `√x²` could be the root of x² or the square of √x.
                let raised = |piece: &Piece| {
                    matches!(piece, Piece::Raised(..) | Piece::Caret | Piece::Percent | Piece::Permille | Piece::Degree)
                };
                if self.peek().is_some_and(raised) && !self.after_soft() {
                    return Err(self.ambiguous());
                }
            }
            _ => {}
        }
        while let Some(sign) = self.next_if(|piece| matches!(piece, Piece::Percent | Piece::Permille | Piece::Degree)) {
            let place = found.place.to(sign.place);
            let inner = Box::new(found);
            let node = match sign.piece {
                Piece::Percent => Node::Percent(inner),
                Piece::Permille => Node::Permille(inner),
                _ => Node::Degrees(inner),
            };
            found = Expr::new(place, node);
        }
        Ok(found)
    }

    pub(super) fn atom(&mut self) -> Read<Expr> {
        let Some(token) = self.token() else {
            return Err(self.no_operand());
        };
        let place = token.place;
        match &token.piece {
            Piece::Number(number) => {
                self.at += 1;
                Ok(self.mixed(number, place))
            }
            Piece::Name(name) => {
                self.at += 1;
                Ok(Expr::new(place, Node::Name(*name)))
            }
            Piece::Constant(constant) => {
                self.at += 1;
                Ok(Expr::new(place, Node::Constant(*constant)))
            }
            Piece::Open => self.bracket(),
            Piece::SoftOpen => self.soft(),
            Piece::Bar | Piece::BarOpen => self.bars(),
            Piece::AbsWord => self.abs_word(),
            Piece::Root(_) | Piece::RootWord | Piece::NthRoot => self.root(),
            Piece::Function(function) => self.call(*function),
            _ => Err(self.no_operand()),
        }
    }

    /// `(…)` with the bracket kept.
    pub(super) fn bracket(&mut self) -> Read<Expr> {
        let (inner, place) = self.within(&Piece::Close)?;
        Ok(Expr::new(place, Node::Bracket(Box::new(inner))))
    }

    /// What stands in invisible brackets.
    pub(super) fn soft(&mut self) -> Read<Expr> {
        let (mut inner, place) = self.within(&Piece::SoftClose)?;
        inner.place = place;
        Ok(inner)
    }

    /// A sum between the bracket that is next and `close`, and the place of all of it.
    fn within(&mut self, close: &Piece) -> Read<(Expr, Place)> {
        let open = self.token().map_or(self.here(), |token| token.place);
        self.at += 1;
        let outer = std::mem::take(&mut self.bars);
        let inner = self.deeper(Self::sum)?;
        self.bars = outer;
        let end = self.close(close)?;
        Ok((inner, open.to(end)))
    }

    /// Takes the bracket that must come now.
    pub(super) fn close(&mut self, close: &Piece) -> Read<Place> {
        match self.token() {
            Some(token) if token.piece == *close => {
                self.at += 1;
                Ok(token.place)
            }
            Some(token) if !token.piece.ends_side() && !matches!(token.piece, Piece::SoftClose) => {
                Err(self.unexpected(token))
            }
            _ => Err(Unreadable::new(self.here(), Missing::ClosingBracket)),
        }
    }

    fn bars(&mut self) -> Read<Expr> {
        let Some(open) = self.token() else { return Err(self.no_operand()) };
        self.at += 1;
        self.bars += 1;
        let inner = Box::new(self.deeper(Self::sum)?);
        self.bars -= 1;
        let Some(close) = self.next_if(|piece| matches!(piece, Piece::Bar | Piece::BarClose)) else {
            return Err(match self.token() {
                Some(token) if !token.piece.ends_side() && token.piece != Piece::SoftClose => self.unexpected(token),
                _ => Unreadable::new(self.here(), Missing::ClosingBar),
            });
        };
        Ok(Expr::new(open.place.to(close.place), Node::Abs(inner)))
    }

    fn abs_word(&mut self) -> Read<Expr> {
        let word = self.here_token();
        self.at += 1;
        if self.peek() != Some(&Piece::Open) {
            return Err(self.no_operand());
        }
        let (inner, place) = self.within(&Piece::Close)?;
        Ok(Expr::new(word.to(place), Node::Abs(Box::new(inner))))
    }

    fn here_token(&self) -> Place {
        self.token().map_or(self.here(), |token| token.place)
    }

    fn root(&mut self) -> Read<Expr> {
        let start = self.here_token();
        let Some(token) = self.token() else { return Err(self.no_operand()) };
        self.at += 1;
        let (degree, radicand) = match &token.piece {
            Piece::NthRoot => self.nth_root()?,
            Piece::RootWord if self.peek() == Some(&Piece::Open) => (None, self.within(&Piece::Close)?.0),
            Piece::Root(Some(degree)) => {
                let number = Node::Number(Number::whole(u64::from(*degree)));
                (Some(Expr::new(token.place, number)), self.radicand()?)
            }
            _ => (None, self.radicand()?),
        };
        let place = start.to(self.here());
        let (degree, mut radicand) = (degree.map(Box::new), Box::new(radicand));
        if radical(degree.as_deref()).is_some() && !is_radicand(&radicand) {
            // `sqrt(x+1)` is the root of a bracket, just as `√(x+1)`.
            radicand = Box::new(Expr::new(radicand.place, Node::Bracket(radicand)));
        }
        Ok(Expr::new(place, Node::Root { degree, radicand }))
    }

    /// What `√` is taken of: one number, letter, bracket or root.
    fn radicand(&mut self) -> Read<Expr> {
        if let Some(Piece::Function(_)) = self.peek() {
            return Err(self.ambiguous());
        }
        match self.peek() {
            // A bracket counts by itself.
            Some(Piece::Open | Piece::SoftOpen) => self.atom(),
            _ => self.deeper(Self::atom),
        }
    }

    /// `(x; n)` after `root`, or the two invisible brackets of `\sqrt[n]{x}`.
    fn nth_root(&mut self) -> Read<(Option<Expr>, Expr)> {
        if self.peek() == Some(&Piece::SoftOpen) {
            let degree = self.soft()?;
            return Ok((Some(degree), self.radicand()?));
        }
        if self.peek() != Some(&Piece::Open) {
            return Err(self.no_operand());
        }
        self.at += 1;
        let outer = std::mem::take(&mut self.bars);
        let radicand = self.deeper(Self::sum)?;
        let degree = match self.take(&Piece::Separator) {
            Some(_) => Some(self.deeper(Self::sum)?),
            None => None,
        };
        self.bars = outer;
        self.close(&Piece::Close)?;
        Ok((degree, radicand))
    }

    /// `number`, or the mixed number that begins with it.
    fn mixed(&mut self, number: &Number, place: Place) -> Expr {
        let rest = self.tokens.get(self.at..).unwrap_or_default();
        let Some((top, bottom, length)) = plain_fraction(rest).or_else(|| soft_fraction(rest)) else {
            return Expr::new(place, Node::Number(number.clone()));
        };
        let end = rest.get(length - 1).map_or(place, |token| token.place);
        if ![number, top, bottom].iter().all(|part| part.is_whole()) {
            return Expr::new(place, Node::Number(number.clone()));
        }
        self.at += length;
        let [whole, top, bottom] = [number, top, bottom].map(|part| Box::new(part.clone()));
        let node = Node::Mixed { whole, top, bottom };
        Expr::new(place.to(end), node)
    }
}

/// `1/2` in three tokens, or four with the invisible plus that sets it apart from thousands.
fn plain_fraction(tokens: &[Token]) -> Option<(&Number, &Number, usize)> {
    if let Some((Token { piece: Piece::InvisiblePlus, .. }, rest)) = tokens.split_first() {
        return bare_fraction(rest).map(|(above, below)| (above, below, 4));
    }
    let [top, ..] = tokens else { return None };
    // Three digits after a space look like thousands.
    let is_apart = top.place.end - top.place.start != 3;
    bare_fraction(tokens).filter(|_| is_apart).map(|(above, below)| (above, below, 3))
}

/// `1/2` in three tokens.
fn bare_fraction(tokens: &[Token]) -> Option<(&Number, &Number)> {
    let [top, bar, bottom, ..] = tokens else { return None };
    let (Piece::Number(above), Piece::Over(Over::Bar), Piece::Number(below)) = (&top.piece, &bar.piece, &bottom.piece)
    else {
        return None;
    };
    Some((above, below))
}

/// `\frac{1}{2}` in the tokens that LaTeX gives.
fn soft_fraction(tokens: &[Token]) -> Option<(&Number, &Number, usize)> {
    let [a, b, top, c, bar, d, bottom, e, f, ..] = tokens else { return None };
    let opens = [a, b, d].iter().all(|token| token.piece == Piece::SoftOpen);
    let closes = [c, e, f].iter().all(|token| token.piece == Piece::SoftClose);
    match (&top.piece, &bar.piece, &bottom.piece) {
        (Piece::Number(above), Piece::Over(Over::Bar), Piece::Number(below)) if opens && closes => {
            Some((above, below, 9))
        }
        _ => None,
    }
}
