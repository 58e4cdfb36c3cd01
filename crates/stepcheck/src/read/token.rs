//! The pieces of a line that the parser puts together.

use crate::tree::{Constant, Function, Name, Number, Over, PlusMinus, Sign, Times, Unit};
use crate::unreadable::Place;

/// A piece of a line.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    Number(Number),
    Name(Name),
    Constant(Constant),
    Unit(Unit),
    /// Raised digits, as in `x²`; true if a raised minus stands before them.
    Raised(Number, bool),
    Plus,
    /// U+2064, between a whole number and its fraction.
    InvisiblePlus,
    Minus,
    PlusMinus(PlusMinus),
    Times(Times),
    Over(Over),
    Caret,
    /// Before the base of a logarithm.
    Underscore,
    Percent,
    Permille,
    Degree,
    Open,
    Close,
    /// The invisible brackets of LaTeX, such as those around a numerator.
    SoftOpen,
    SoftClose,
    /// `|`, which opens or closes; LaTeX can say which.
    Bar,
    BarOpen,
    BarClose,
    /// `√`, `∛`: of the next single thing, or of the invisible bracket.
    Root(Option<u8>),
    /// `sqrt`, whose bracket belongs to the sign and not to what is under it.
    RootWord,
    /// `root(x; n)`, and with invisible brackets `\sqrt[n]{x}`.
    NthRoot,
    /// `abs(x)`
    AbsWord,
    Function(Function),
    Relation(Sign),
    And,
    Or,
    /// A comma or semicolon, or a new line of a system.
    Separator,
    /// «alla tal»
    All,
    /// «saknar lösning», `∅`
    None,
    /// `∈`
    Element,
    /// `ℝ`
    Reals,
}

#[derive(Debug, Clone)]
pub(super) struct Token {
    pub piece: Piece,
    pub place: Place,
}

impl Piece {
    /// True for what joins or compares, and so ends an expression.
    pub(super) fn ends_side(&self) -> bool {
        matches!(self, Self::Relation(_) | Self::And | Self::Or | Self::Separator | Self::Element)
    }
}
