//! Where convention decides and not mathematics: one question a field, the recommended answer first.

use crate::exact::Rational;
use crate::tree::Name;

/// How lines are compared. [`Policy::default`] is what is recommended; a task may set it otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Policy {
    pub gaps: Gaps,
    pub letters: Letters,
    pub odd_roots: OddRoots,
    pub alternatives: Alternatives,
    /// Names that stand for whole numbers, as `n` in `x = π/6 + n·2π`. Beside an equation with sine or
    /// cosine such a name is recognised by itself.
    pub whole: Vec<Name>,
    pub implied: Implied,
    /// How far the value of an expression may be from the right one, relative to it. Without one
    /// `0,333` is not `1/3`. Solutions are compared exactly.
    pub tolerance: Option<Rational>,
}

/// May expressions be equal that have no value at different places: `x/x` and `1`, `2 ln x` and
/// `ln x²`? (In relations such a place is a lost or an extra solution, always.)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Gaps {
    /// They are equal if they are wherever both have a value.
    #[default]
    Accepted,
    /// They must also have values at the same places.
    Refused,
}

/// What letters stand for: is `√(x²)` the same as `x`, does `x = 3` say as much as `x² = 9`?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Letters {
    /// For any real number, so no to both.
    #[default]
    Real,
    /// For positive numbers, as lengths and masses do; yes to both.
    Positive,
}

/// Has `(−8)^(1/3)` a value?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OddRoots {
    /// Yes, −2, as `∛(−8)` has.
    #[default]
    Real,
    /// No: powers with fractions need a base that is not negative.
    Refused,
}

/// May `x = 2 and x = −2` be written for `x = 2 or x = −2`?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Alternatives {
    /// Yes: several values of one name are alternatives.
    #[default]
    EitherWord,
    /// No: no number is both.
    OnlyOr,
}

/// May an equation follow from the one above without having the same solutions, as `x+2 = x²` from
/// `√(x+2) = x`?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Implied {
    /// In a task with a root or a logarithm of a letter, whose way out brings new solutions; as accepted there, and as
    /// refused everywhere else.
    #[default]
    RootsAndLogarithms,
    /// No: a line has exactly the solutions of its task.
    Refused,
    /// Yes, if none is lost and finitely many are new; they are to be tried at the end. Values of the
    /// letter must still be those of the line above.
    Accepted,
}
