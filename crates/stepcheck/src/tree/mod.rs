//! What was written, as a tree: nothing is simplified and every part knows its place.
//!
//! A [`Statement`] is a whole line, an [`Expr`] something with a value. `(x+1)/2` keeps its
//! [`Node::Bracket`], `2·3` its sign, `3,50` its two decimals.
//!
//! **Brackets.** Text needs brackets where LaTeX groups by place: `(x+1)/2` and `\frac{x+1}{2}` are
//! the same thing. Both give the same tree: wherever text needs a bracket, the tree has one.

mod constant;
mod function;
mod name;
mod number;
mod parts;
mod statement;
mod unit;

pub use constant::Constant;
pub use function::{Call, Function};
pub use name::Name;
pub use number::Number;
pub use statement::{Sign, Statement};
pub use unit::{Unit, UnitPower};

use crate::unreadable::Place;

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
    /// `2 1/2`: a whole number followed by a fraction of whole numbers. It is rare, and boxed so that
    /// all the others are small.
    Mixed {
        whole: Box<Number>,
        top: Box<Number>,
        bottom: Box<Number>,
    },
    /// `x`, `θ`, `v_0`: a letter that can have any value.
    Name(Name),
    /// `π`, `e`, `∞`
    Constant(Constant),
    /// `(a)`, kept because brackets are part of what a student writes.
    Bracket(Box<Expr>),
    /// `+a`
    Positive(Box<Expr>),
    /// `−a`
    Negative(Box<Expr>),
    /// `±a`, `∓a`: two values at once. All `±` of a line are taken with their upper signs, or all
    /// with their lower ones.
    EitherSign(PlusMinus, Box<Expr>),
    /// `a %`
    Percent(Box<Expr>),
    /// `a ‰`
    Permille(Box<Expr>),
    /// `a°`, an angle.
    Degrees(Box<Expr>),
    /// `|a|`, also typed `abs(a)`
    Abs(Box<Expr>),
    Sum(Box<Expr>, Box<Expr>),
    Difference(Box<Expr>, Box<Expr>),
    /// `a ± b`, `a ∓ b`
    SumOrDifference(Box<Expr>, PlusMinus, Box<Expr>),
    Product(Box<Expr>, Times, Box<Expr>),
    Quotient(Box<Expr>, Over, Box<Expr>),
    Power(Box<Expr>, Box<Expr>),
    /// `√a`, `∛a`, `ⁿ√a`
    Root {
        /// The `n` of an n-th root; `None` for a square root.
        degree: Option<Box<Expr>>,
        radicand: Box<Expr>,
    },
    /// `sin x`, `log_2(8)`
    Call(Call),
    /// `5 cm`, `12 m/s`: a value and its unit.
    Quantity(Box<Expr>, Unit),
    /// `2 h 30 min`: two quantities side by side, worth their sum. The first may be one as well.
    Compound(Box<Expr>, Box<Expr>),
}

/// How a product was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Times {
    /// `2·3`, also typed `2*3`
    Dot,
    /// `2×3`
    Cross,
    /// `2x`
    Implied,
}

/// How a quotient was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Over {
    /// `1/2`, shown with a fraction bar
    Bar,
    /// `1:2`
    Colon,
    /// `1÷2`
    Obelus,
}

/// Two signs at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlusMinus {
    /// `±`: plus above, minus below.
    Plus,
    /// `∓`: minus above, plus below.
    Minus,
}

impl PlusMinus {
    /// `±` or `∓`
    #[must_use]
    pub const fn symbol(self) -> char {
        match self {
            Self::Plus => '±',
            Self::Minus => '∓',
        }
    }
}
