//! From typed text to a tree.
//!
//! Precedence, loosest first: `+ −`; `· :`; the fraction bar `/`; implied multiplication; powers.
//! So `12:3/4` divides by three quarters and `a/bc` has the denominator `bc`. One exception follows
//! what people mean: in `1/2x` and `1/2(x+3)`, a fraction of two plain numbers is a coefficient.

mod lexer;
mod parser;

pub(crate) use lexer::is_word;

use crate::exact;
use crate::tree::Statement;
use crate::unreadable::{Missing, Place, Unreadable};

/// The most characters a line may have.
pub const MAX_LENGTH: usize = 500;

/// Reads a typed line.
///
/// # Errors
/// The place and the reason, if the line is not a whole statement, divides by zero or is too large
/// to be worked out.
pub fn read(text: &str) -> Result<Statement, Unreadable> {
    let statement = parse(text)?;
    for side in statement.sides() {
        match exact::normal(side) {
            Err(why) if matches!(why.missing, Missing::Undecided) => {}
            other => drop(other?),
        }
    }
    Ok(statement)
}

/// Reads the grammar only, without looking at the values.
pub(crate) fn parse(text: &str) -> Result<Statement, Unreadable> {
    if let Some((index, _)) = text.char_indices().nth(MAX_LENGTH) {
        let end = MAX_LENGTH + text[index..].chars().count();
        return Err(Unreadable::new(Place::new(MAX_LENGTH, end), Missing::TooLong));
    }
    parser::parse(&lexer::split(text)?, text.chars().count())
}
