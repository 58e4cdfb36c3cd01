//! What was written, as a tree: nothing is simplified and every node knows its place.

use crate::exact::Rational;
use crate::unreadable::Place;

/// One typed line.
#[derive(Debug, Clone, PartialEq)]
pub enum Statement {
    Expression(Expr),
    /// `first sign expr sign expr …`, at least one sign.
    Relation {
        first: Expr,
        rest: Vec<(Sign, Expr)>,
    },
}

/// The sign of a relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    Equal,
}

/// A written expression.
///
/// Two expressions are equal (`==`) when they are written the same way, wherever they stand:
/// the place is not compared, nor how the spaces were set.
#[derive(Debug, Clone)]
pub struct Expr {
    pub place: Place,
    pub node: Node,
}

impl PartialEq for Expr {
    fn eq(&self, other: &Self) -> bool {
        self.node == other.node
    }
}

/// The kinds of written expressions.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    Number(Number),
    /// `2 1/2`: a whole number followed by a fraction of whole numbers.
    Mixed {
        whole: Number,
        top: Number,
        bottom: Number,
    },
    Letter(char),
    /// `(a)`, kept because brackets are part of what a student writes.
    Bracket(Box<Expr>),
    /// `+a`
    Positive(Box<Expr>),
    /// `−a`
    Negative(Box<Expr>),
    /// `a %`
    Percent(Box<Expr>),
    Sum(Box<Expr>, Box<Expr>),
    Difference(Box<Expr>, Box<Expr>),
    Product(Box<Expr>, Times, Box<Expr>),
    Quotient(Box<Expr>, Over, Box<Expr>),
    Power(Box<Expr>, Box<Expr>),
}

/// How a product was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Times {
    /// `2·3`, also typed `2*3`
    Dot,
    /// `2×3`
    Cross,
    /// `2x`
    Implied,
}

/// How a quotient was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// `1/2`, shown with a fraction bar
    Bar,
    /// `1:2`
    Colon,
    /// `1÷2`
    Obelus,
}

/// A number without sign: its value and how many decimals were written (0 for a whole number).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    pub value: Rational,
    pub decimals: usize,
}

impl Number {
    /// True if it was written without decimals.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.decimals == 0
    }
}

impl Statement {
    /// The sides in written order; one for an expression.
    pub fn sides(&self) -> impl Iterator<Item = &Expr> {
        let (first, rest) = match self {
            Self::Expression(only) => (only, &[][..]),
            Self::Relation { first, rest } => (first, &rest[..]),
        };
        std::iter::once(first).chain(rest.iter().map(|(_, side)| side))
    }

    /// The side that was written last: the result of a chain.
    #[must_use]
    pub fn last(&self) -> &Expr {
        match self {
            Self::Expression(only) => only,
            Self::Relation { first, rest } => rest.last().map_or(first, |(_, side)| side),
        }
    }

    /// The different letters in it, in alphabetical order.
    #[must_use]
    pub fn letters(&self) -> Vec<char> {
        let mut found = Vec::new();
        for side in self.sides() {
            side.gather_letters(&mut found);
        }
        found.sort_unstable();
        found
    }
}

impl Expr {
    pub(crate) const fn new(place: Place, node: Node) -> Self {
        Self { place, node }
    }

    /// The parts it is made of, from left to right.
    #[must_use]
    pub fn parts(&self) -> Vec<&Self> {
        match &self.node {
            Node::Number(_) | Node::Mixed { .. } | Node::Letter(_) => Vec::new(),
            Node::Bracket(a) | Node::Positive(a) | Node::Negative(a) | Node::Percent(a) => vec![a],
            Node::Sum(a, b)
            | Node::Difference(a, b)
            | Node::Product(a, _, b)
            | Node::Quotient(a, _, b)
            | Node::Power(a, b) => vec![a, b],
        }
    }

    /// The expression without the brackets around all of it.
    #[must_use]
    pub fn unwrapped(&self) -> &Self {
        match &self.node {
            Node::Bracket(inner) => inner.unwrapped(),
            _ => self,
        }
    }

    /// True if `test` holds for it or for any part of it.
    pub fn any(&self, test: &impl Fn(&Self) -> bool) -> bool {
        test(self) || self.parts().into_iter().any(|part| part.any(test))
    }

    /// True if there is no letter in it.
    #[must_use]
    pub fn is_numeric(&self) -> bool {
        !self.any(&|part| matches!(part.node, Node::Letter(_)))
    }

    fn gather_letters(&self, found: &mut Vec<char>) {
        if let Node::Letter(letter) = self.node
            && !found.contains(&letter)
        {
            found.push(letter);
        }
        for part in self.parts() {
            part.gather_letters(found);
        }
    }
}
