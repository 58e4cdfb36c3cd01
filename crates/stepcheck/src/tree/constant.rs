//! Letters that are always the same number.

/// A named number, told apart from the letters that can have any value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Constant {
    /// `e`, the base of the natural logarithm.
    E,
    /// `π`, also typed `pi`
    Pi,
    /// `∞`: not a real number, so nothing can be worked out with it.
    Infinity,
}

impl Constant {
    /// `e`, `π` or `∞`
    #[must_use]
    pub const fn symbol(self) -> char {
        match self {
            Self::E => 'e',
            Self::Pi => 'π',
            Self::Infinity => '∞',
        }
    }
}
