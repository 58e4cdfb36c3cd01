//! From a tree to text and MathML. Brackets that the tree lacks are added where the meaning
//! needs them; a tree that was read is printed so that reading it again gives the same tree.

mod level;
mod mathml;
mod number;
mod text;

pub use mathml::{expression_mathml, mathml};
pub(crate) use number::decimals_needed;
pub use number::number_text;
pub use text::{expression_text, text};

/// How numbers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Notation {
    /// `3,5`
    #[default]
    Comma,
    /// `3.5`
    Point,
}
