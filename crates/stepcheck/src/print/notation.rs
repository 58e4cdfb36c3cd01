//! How schools of a country write.

use crate::tree::{Expr, Node, Over, Statement, Times};

/// The notation of a country's schools: its decimal sign, its words, its signs.
///
/// | | decimals | thousands | words | times, divided by |
/// |---|---|---|---|---|
/// | Swedish | `3,5` | `25 000` | och, eller | `·` and `:` |
/// | Norwegian | `3,5` | `25 000` | og, eller | `·` and `:` |
/// | English | `3.5` | `25 000` | and, or | `×` and `÷`, `·` beside a letter |
///
/// The space between thousands is a no-break space in all three: `25,000` would be read as a
/// number with decimals. The signs of a tree are printed as they were written;
/// [`Notation::with_signs`] changes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Notation {
    #[default]
    Swedish,
    Norwegian,
    English,
}

impl Notation {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Swedish, Self::Norwegian, Self::English];

    /// The decimal sign.
    #[must_use]
    pub const fn decimal_sign(self) -> char {
        match self {
            Self::Swedish | Self::Norwegian => ',',
            Self::English => '.',
        }
    }

    /// The statement with the times and division signs of this notation in place of those written.
    /// Fraction bars and implied products stay.
    #[must_use]
    pub fn with_signs(self, statement: &Statement) -> Statement {
        statement.map_sides(&mut |side| self.change_signs(side))
    }

    fn change_signs(self, expr: &Expr) -> Expr {
        let mut changed = expr.map_parts(&mut |part| self.change_signs(part));
        match &mut changed.node {
            Node::Product(a, times @ (Times::Dot | Times::Cross), b) => {
                // Beside x a cross would be taken for one.
                let is_of_numbers = a.is_numeric() && b.is_numeric();
                *times = if self == Self::English && is_of_numbers { Times::Cross } else { Times::Dot };
            }
            Node::Quotient(_, over @ (Over::Colon | Over::Obelus), _) => {
                *over = if self == Self::English { Over::Obelus } else { Over::Colon };
            }
            _ => {}
        }
        changed
    }

    pub(super) const fn and(self) -> &'static str {
        match self {
            Self::Swedish => "och",
            Self::Norwegian => "og",
            Self::English => "and",
        }
    }

    pub(super) const fn or(self) -> &'static str {
        match self {
            Self::Swedish | Self::Norwegian => "eller",
            Self::English => "or",
        }
    }

    pub(super) const fn all(self) -> &'static str {
        match self {
            Self::Swedish => "alla tal",
            Self::Norwegian => "alle tall",
            Self::English => "all numbers",
        }
    }

    pub(super) const fn none(self) -> &'static str {
        match self {
            Self::Swedish => "saknar lösning",
            Self::Norwegian => "ingen løsning",
            Self::English => "no solution",
        }
    }
}
