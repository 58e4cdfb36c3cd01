//! Builds the tree from the tokens, one function a level of precedence.

mod atom;
mod call;
mod side;
mod statement;

use super::token::{Piece, Token};
use crate::tree::{Expr, Node, Statement};
use crate::unreadable::{Missing, Place, Unreadable};

/// The deepest nesting of brackets, prefix signs, exponents, roots and functions.
const MAX_DEPTH: usize = 40;

type Read<T> = Result<T, Unreadable>;

/// Parses all tokens of a line that is `length` characters long.
pub(super) fn parse(tokens: &[Token], length: usize) -> Read<Statement> {
    if tokens.is_empty() {
        return Err(Unreadable::new(Place::new(0, length), Missing::Nothing));
    }
    let mut parser = Parser { tokens, at: 0, depth: 0, bars: 0 };
    let statement = parser.statement()?;
    match parser.token() {
        Some(token) => Err(parser.unexpected(token)),
        None => Ok(statement),
    }
}

struct Parser<'t> {
    tokens: &'t [Token],
    at: usize,
    depth: usize,
    /// How many `|` are open since the last bracket was opened.
    bars: usize,
}

impl<'t> Parser<'t> {
    fn token(&self) -> Option<&'t Token> {
        self.tokens.get(self.at)
    }

    fn peek(&self) -> Option<&'t Piece> {
        self.ahead(0)
    }

    fn ahead(&self, by: usize) -> Option<&'t Piece> {
        self.tokens.get(self.at + by).map(|token| &token.piece)
    }

    fn next_if(&mut self, test: impl Fn(&Piece) -> bool) -> Option<&'t Token> {
        let token = self.token()?;
        test(&token.piece).then(|| {
            self.at += 1;
            token
        })
    }

    fn take(&mut self, piece: &Piece) -> Option<&'t Token> {
        self.next_if(|next| next == piece)
    }

    /// The point just after the last token that was taken.
    fn here(&self) -> Place {
        let last = self.at.checked_sub(1).and_then(|i| self.tokens.get(i));
        Place::before(last.map_or(0, |token| token.place.end))
    }

    /// True right after an invisible bracket: what it holds ends there.
    fn after_soft(&self) -> bool {
        let last = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        last.is_some_and(|token| token.piece == Piece::SoftClose)
    }

    /// What is wrong with a token that cannot go on the expression before it.
    fn unexpected(&self, token: &Token) -> Unreadable {
        match token.piece {
            Piece::Close | Piece::BarClose => Unreadable::new(token.place, Missing::OpeningBracket),
            _ => Unreadable::new(self.here(), Missing::Operator),
        }
    }

    /// The refusal of something that can be read in two ways without brackets at the next token.
    fn ambiguous(&self) -> Unreadable {
        let place = self.token().map_or(self.here(), |token| token.place);
        Unreadable::new(place, Missing::Brackets)
    }

    fn no_operand(&self) -> Unreadable {
        Unreadable::new(self.here(), Missing::Operand)
    }

    /// Runs `inner` one level deeper.
    fn deeper<T>(&mut self, inner: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        if self.depth == MAX_DEPTH {
            let place = self.token().map_or(self.here(), |t| t.place);
            return Err(Unreadable::new(place, Missing::TooDeep));
        }
        self.depth += 1;
        let result = inner(self);
        self.depth -= 1;
        result
    }
}

fn pair(left: Expr, right: Expr, node: impl FnOnce(Box<Expr>, Box<Expr>) -> Node) -> Expr {
    let place = left.place.to(right.place);
    Expr::new(place, node(Box::new(left), Box::new(right)))
}
