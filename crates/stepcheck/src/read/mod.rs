//! From typed text and LaTeX to a tree.
//!
//! Precedence, loosest first: `+ − ±`; `· × : ÷`; prefix signs; the fraction bar `/`; a unit;
//! implied multiplication; functions without a bracket; powers; `% ‰ °`. So `12:3/4` divides by
//! three quarters and `a/bc` has the denominator `bc`. One exception follows what people mean: in
//! `1/2x`, `1/2(x+3)` and `1/2 kg`, a fraction of two plain numbers is a coefficient.
//!
//! `parser/call.rs` says what a function is taken of, `units.rs` when a letter is a unit.

mod digits;
mod latex;
mod lexer;
mod notation;
mod parser;
mod token;
mod units;
mod words;

pub(crate) use latex::GREEK;
pub(crate) use lexer::is_lone;
pub(crate) use words::{is_reserved as reserved_unit, is_word};

use crate::tree::{Name, Statement};
use crate::unreadable::{Missing, Place, Unreadable};
use crate::{budget, exact};

/// The most characters a line may have.
pub const MAX_LENGTH: usize = 500;

/// The most characters of LaTeX, where commands are long.
pub const MAX_LATEX_LENGTH: usize = 2000;

/// Reads a typed line.
///
/// # Errors
/// The place and the reason, if the line is not a whole statement, divides by zero or is too large
/// to be worked out.
pub fn read(text: &str) -> Result<Statement, Unreadable> {
    read_with_names(text, &[])
}

/// Reads a typed line whose letters `names` are known: they are letters even where they could be a
/// unit, as the `m` of `5 m`.
///
/// # Errors
/// As [`read`].
pub fn read_with_names(text: &str, names: &[Name]) -> Result<Statement, Unreadable> {
    let statement = parse(text, names)?;
    refuse_worthless(&statement)?;
    Ok(statement)
}

/// Reads LaTeX as a formula editor writes it; places count the characters of the LaTeX text.
///
/// # Errors
/// As [`read`]. An empty group or a `\placeholder{}` is a missing operand.
pub fn read_latex(latex: &str) -> Result<Statement, Unreadable> {
    read_latex_with_names(latex, &[])
}

/// Reads LaTeX whose letters `names` are known, as [`read_with_names`] does for text.
///
/// # Errors
/// As [`read_latex`].
pub fn read_latex_with_names(latex: &str, names: &[Name]) -> Result<Statement, Unreadable> {
    let length = latex.chars().count();
    if length > MAX_LATEX_LENGTH {
        return Err(Unreadable::new(Place::new(MAX_LATEX_LENGTH, length), Missing::TooLong));
    }
    let tokens = latex::split(latex, names)?;
    if let Some(token) = tokens.get(MAX_LENGTH) {
        return Err(Unreadable::new(Place::new(token.place.start, length), Missing::TooLong));
    }
    let statement = parser::parse(&tokens, length)?.bracketed();
    refuse_worthless(&statement)?;
    Ok(statement)
}

/// Reads the plain notation of case files and other machines: multiplication is always written
/// (`2*x`), names may have several letters, decimals have a point, `*` and `/` bind alike.
///
/// Nothing is looked at but the grammar: a division by zero is read.
///
/// ```
/// use stepcheck::{Notation, read_notation, text};
/// let statement = read_notation("sqrt(x+1) = 2 or logb(x,3) >= 0.5").expect("readable");
/// assert_eq!(text(&statement, Notation::Swedish), "√(x+1) = 2 eller log_3(x) ≥ 0,5");
/// ```
///
/// # Errors
/// The place and the reason, if it is not a whole statement.
pub fn read_notation(notation: &str) -> Result<Statement, Unreadable> {
    let length = notation.chars().count();
    if length > MAX_LATEX_LENGTH {
        return Err(Unreadable::new(Place::new(MAX_LATEX_LENGTH, length), Missing::TooLong));
    }
    notation::parse(notation)
}

/// Refuses what divides by zero or grows too large.
fn refuse_worthless(statement: &Statement) -> Result<(), Unreadable> {
    // What was read or compared before must not count.
    budget::begin();
    for side in statement.sides() {
        match exact::normal(side) {
            Err(why) if matches!(why.missing, Missing::TooLarge | Missing::DivisionByZero) => return Err(why),
            _ => {}
        }
    }
    Ok(())
}

/// Reads the grammar only, without looking at the values.
pub(crate) fn parse(text: &str, names: &[Name]) -> Result<Statement, Unreadable> {
    if let Some((index, _)) = text.char_indices().nth(MAX_LENGTH) {
        let rest = text.get(index..).unwrap_or_default();
        let end = MAX_LENGTH + rest.chars().count();
        return Err(Unreadable::new(Place::new(MAX_LENGTH, end), Missing::TooLong));
    }
    let tokens = lexer::split(text, names)?;
    let statement = parser::parse(&tokens, text.chars().count())?;
    // `½` and `sqrt(x)` are whole without a bracket; the tree has one where `1/2` and `√x` need it.
    let is_closed = |token: &token::Token| matches!(token.piece, token::Piece::RootWord | token::Piece::NthRoot);
    let changes = text.contains(digits::is_vulgar) || tokens.iter().any(is_closed);
    Ok(if changes { statement.bracketed() } else { statement })
}
