//! Functions with a name.

use super::Expr;

/// A function and what it is taken of.
///
/// The argument keeps its bracket: that of `sin(x)` is a bracket, that of `sin x` is not.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    pub function: Function,
    /// The base of a logarithm, as in `log_2(8)`; only [`Function::Log`] has one.
    pub base: Option<Box<Expr>>,
    /// The exponent between the name and the argument, as in `sin² x`. It belongs to the value:
    /// `sin² x` is `(sin x)²`. With −1 the school means the inverse function: `sin⁻¹ x` is `arcsin x`.
    pub exponent: Option<Box<Expr>>,
    pub argument: Box<Expr>,
}

impl Call {
    /// `function argument`, with neither base nor exponent.
    #[must_use]
    pub fn plain(function: Function, argument: Expr) -> Self {
        Self { function, base: None, exponent: None, argument: Box::new(argument) }
    }
}

/// The functions that are known by name. Angles without `°` are in radians.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Function {
    /// The natural logarithm, base e.
    Ln,
    /// The logarithm with base 10 as Nordic schools write it.
    Lg,
    /// With a base that base, without one base 10.
    Log,
    /// `exp(x)`, the same as `e^x`.
    Exp,
    Sin,
    Cos,
    Tan,
    /// `cos x/sin x`
    Cot,
    /// `1/cos x`
    Sec,
    /// `1/sin x`
    Csc,
    /// Values from −π/2 to π/2.
    Arcsin,
    /// Values from 0 to π.
    Arccos,
    /// Values between −π/2 and π/2.
    Arctan,
}

impl Function {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::Ln,
        Self::Lg,
        Self::Log,
        Self::Exp,
        Self::Sin,
        Self::Cos,
        Self::Tan,
        Self::Cot,
        Self::Sec,
        Self::Csc,
        Self::Arcsin,
        Self::Arccos,
        Self::Arctan,
    ];

    /// The name it is printed with.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ln => "ln",
            Self::Lg => "lg",
            Self::Log => "log",
            Self::Exp => "exp",
            Self::Sin => "sin",
            Self::Cos => "cos",
            Self::Tan => "tan",
            Self::Cot => "cot",
            Self::Sec => "sec",
            Self::Csc => "csc",
            Self::Arcsin => "arcsin",
            Self::Arccos => "arccos",
            Self::Arctan => "arctan",
        }
    }
}
