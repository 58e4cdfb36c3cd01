//! Builds the tree from the tokens, one function a level of precedence.

use super::lexer::{Piece, Token};
use crate::tree::{Expr, Node, Number, Over, Sign, Statement, Times};
use crate::unreadable::{Missing, Place, Unreadable};

/// The deepest nesting of brackets, prefix signs and exponents.
const MAX_DEPTH: usize = 40;

type Read<T> = Result<T, Unreadable>;

/// Parses all tokens of a line that is `length` characters long.
pub(super) fn parse(tokens: &[Token], length: usize) -> Read<Statement> {
    if tokens.is_empty() {
        return Err(Unreadable::new(Place::new(0, length), Missing::Nothing));
    }
    let mut parser = Parser { tokens, at: 0, depth: 0 };
    let first = parser.sum()?;
    let mut rest = Vec::new();
    while let Some(token) = parser.next_if(|piece| *piece == Piece::Equal) {
        if let Some(second) = parser.next_if(|piece| *piece == Piece::Equal) {
            let place = token.place.to(second.place);
            return Err(Unreadable::new(place, Missing::Relation));
        }
        rest.push((Sign::Equal, parser.sum()?));
    }
    if let Some(token) = parser.tokens.get(parser.at) {
        return Err(parser.unexpected(token));
    }
    Ok(if rest.is_empty() { Statement::Expression(first) } else { Statement::Relation { first, rest } })
}

struct Parser<'t> {
    tokens: &'t [Token],
    at: usize,
    depth: usize,
}

impl<'t> Parser<'t> {
    fn peek(&self) -> Option<&'t Piece> {
        self.tokens.get(self.at).map(|token| &token.piece)
    }

    fn next_if(&mut self, test: impl Fn(&Piece) -> bool) -> Option<&'t Token> {
        let token = self.tokens.get(self.at)?;
        test(&token.piece).then(|| {
            self.at += 1;
            token
        })
    }

    /// The point just after the last token that was taken.
    fn here(&self) -> Place {
        let last = self.at.checked_sub(1).and_then(|i| self.tokens.get(i));
        Place::before(last.map_or(0, |token| token.place.end))
    }

    /// What is wrong with a token that cannot go on the expression before it.
    fn unexpected(&self, token: &Token) -> Unreadable {
        match token.piece {
            Piece::Close => Unreadable::new(token.place, Missing::OpeningBracket),
            _ => Unreadable::new(self.here(), Missing::Operator),
        }
    }

    /// Runs `inner` one level deeper.
    fn deeper<T>(&mut self, inner: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        if self.depth == MAX_DEPTH {
            let place = self.tokens.get(self.at).map_or(self.here(), |t| t.place);
            return Err(Unreadable::new(place, Missing::TooDeep));
        }
        self.depth += 1;
        let result = inner(self);
        self.depth -= 1;
        result
    }

    fn sum(&mut self) -> Read<Expr> {
        let mut left = self.product()?;
        while let Some(token) = self.next_if(|p| matches!(p, Piece::Plus | Piece::Minus)) {
            let right = self.product()?;
            left = if token.piece == Piece::Plus {
                pair(left, right, Node::Sum)
            } else {
                pair(left, right, Node::Difference)
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
    fn signed(&mut self, inner: fn(&mut Self) -> Read<Expr>) -> Read<Expr> {
        let Some(sign) = self.next_if(|p| matches!(p, Piece::Plus | Piece::Minus)) else {
            return inner(self);
        };
        let operand = Box::new(self.deeper(|parser| parser.signed(inner))?);
        let place = sign.place.to(operand.place);
        let node = match sign.piece {
            Piece::Minus => Node::Negative(operand),
            _ => Node::Positive(operand),
        };
        Ok(Expr::new(place, node))
    }

    fn fraction(&mut self) -> Read<Expr> {
        let mut left = self.implied()?;
        while self.next_if(|p| *p == Piece::Over(Over::Bar)).is_some() {
            let coefficient = matches!(left.node, Node::Number(_)) && self.number_before_factor();
            let right = if coefficient { self.primary()? } else { self.signed(Self::implied)? };
            left = pair(left, right, |a, b| Node::Quotient(a, Over::Bar, b));
            if coefficient {
                left = self.factors_after(left)?;
            }
        }
        Ok(left)
    }

    /// True at `2x` or `2(`: the 2 belongs to the fraction before it.
    fn number_before_factor(&self) -> bool {
        let next = |ahead: usize| self.tokens.get(self.at + ahead).map(|token| &token.piece);
        matches!(next(0), Some(Piece::Number(_)))
            && matches!(next(1), Some(Piece::Name(_) | Piece::Constant(_) | Piece::Open))
    }

    fn implied(&mut self) -> Read<Expr> {
        let first = self.power()?;
        self.factors_after(first)
    }

    /// Multiplies `left` by every factor that follows without a sign.
    fn factors_after(&mut self, mut left: Expr) -> Read<Expr> {
        loop {
            let follows = match self.peek() {
                Some(Piece::Name(_) | Piece::Constant(_) | Piece::Open) => true,
                Some(Piece::Number(_)) => matches!(left.node, Node::Bracket(_)),
                _ => false,
            };
            if !follows {
                return Ok(left);
            }
            let right = self.power()?;
            left = pair(left, right, |a, b| Node::Product(a, Times::Implied, b));
        }
    }

    fn power(&mut self) -> Read<Expr> {
        let base = self.primary()?;
        if let Some(token) = self.next_if(|p| matches!(p, Piece::Raised(..))) {
            if let Some(twice) = self.next_if(|p| matches!(p, Piece::Raised(..) | Piece::Caret)) {
                return Err(Unreadable::new(twice.place, Missing::Operator));
            }
            return Ok(raise(base, token));
        }
        if self.next_if(|p| *p == Piece::Caret).is_none() {
            return Ok(base);
        }
        let exponent = self.deeper(|parser| parser.signed(Self::power))?;
        Ok(pair(base, exponent, Node::Power))
    }

    fn primary(&mut self) -> Read<Expr> {
        let Some(token) = self.tokens.get(self.at) else {
            return Err(Unreadable::new(self.here(), Missing::Operand));
        };
        let mut found = match &token.piece {
            Piece::Number(number) => {
                self.at += 1;
                self.mixed(number, token.place)
            }
            Piece::Name(name) => {
                self.at += 1;
                Expr::new(token.place, Node::Name(*name))
            }
            Piece::Constant(constant) => {
                self.at += 1;
                Expr::new(token.place, Node::Constant(*constant))
            }
            Piece::Open => self.bracket(token.place)?,
            _ => return Err(Unreadable::new(self.here(), Missing::Operand)),
        };
        while let Some(percent) = self.next_if(|p| *p == Piece::Percent) {
            let place = found.place.to(percent.place);
            found = Expr::new(place, Node::Percent(Box::new(found)));
        }
        Ok(found)
    }

    fn bracket(&mut self, open: Place) -> Read<Expr> {
        self.at += 1;
        let inner = Box::new(self.deeper(Self::sum)?);
        match self.tokens.get(self.at) {
            Some(token) if token.piece == Piece::Close => {
                self.at += 1;
                let place = open.to(token.place);
                Ok(Expr::new(place, Node::Bracket(inner)))
            }
            None => Err(Unreadable::new(self.here(), Missing::ClosingBracket)),
            Some(token) if token.piece == Piece::Equal => Err(Unreadable::new(self.here(), Missing::ClosingBracket)),
            Some(token) => Err(self.unexpected(token)),
        }
    }

    /// `number`, or the mixed number that begins with it.
    fn mixed(&mut self, number: &Number, place: Place) -> Expr {
        if let [top, bar, bottom, ..] = &self.tokens[self.at..]
            && let (Piece::Number(top_number), Piece::Number(bottom_number)) =
                (&top.piece, &bottom.piece)
            && bar.piece == Piece::Over(Over::Bar)
            && [number, top_number, bottom_number]
                .iter()
                .all(|part| part.is_whole())
            // Three digits after a space look like thousands.
            && top.place.end - top.place.start != 3
        {
            self.at += 3;
            let node = Node::Mixed { whole: number.clone(), top: top_number.clone(), bottom: bottom_number.clone() };
            return Expr::new(place.to(bottom.place), node);
        }
        Expr::new(place, Node::Number(number.clone()))
    }
}

fn pair(left: Expr, right: Expr, node: impl FnOnce(Box<Expr>, Box<Expr>) -> Node) -> Expr {
    let place = left.place.to(right.place);
    Expr::new(place, node(Box::new(left), Box::new(right)))
}

/// `base` with the raised digits of `token` as exponent.
fn raise(base: Expr, token: &Token) -> Expr {
    let Piece::Raised(number, negative) = &token.piece else {
        return base;
    };
    let mut exponent = Expr::new(token.place, Node::Number(number.clone()));
    if *negative {
        exponent = Expr::new(token.place, Node::Negative(Box::new(exponent)));
    }
    pair(base, exponent, Node::Power)
}
