//! From a tree to text, LaTeX and MathML. Reading what was printed as text or LaTeX gives the same
//! tree; a tree made by hand gets the brackets that it needs first.

mod joint;
mod latex;

mod mathml;
mod notation;
mod number;
mod text;

pub use latex::{expression_latex, latex};
pub use mathml::{expression_mathml, expression_mathml_in, mathml, mathml_in, mathml_marked};
pub use notation::Notation;
pub(crate) use number::decimals_needed;
pub use number::number_text;
pub use text::{expression_text, text};
