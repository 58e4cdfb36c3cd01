//! Whole lines.

use super::{Expr, Name};
use crate::unreadable::Place;

/// One typed line.
///
/// Equal (`==`) when written the same way, wherever it stands.
#[derive(Debug, Clone)]
pub enum Statement {
    Expression(Expr),
    /// `first sign expr sign expr …`, at least one sign: `2x = 8`, `1 < x ≤ 3`.
    Relation {
        first: Expr,
        rest: Vec<(Sign, Expr)>,
    },
    /// `x > 1 och x < 3`: at least two, none of them an `And`. Binds tighter than a comma and
    /// `eller`, which stand in brackets inside it: `(x < 0 eller x > 2) och x < 3`.
    And(Vec<Statement>),
    /// `x = 2 eller x = 3`: at least two, none of them an `Or`.
    Or(Vec<Statement>),
    /// `x = 2, y = 3` or `x = 2; x = 3`: at least two, none of them a `List`, separated by comma or semicolon, or the lines
    /// of a system. The sign alone doesn't say «and» or «or»: several values of one name are «or»,
    /// everything else is «and».
    List(Vec<Statement>),
    /// «alla tal», `x ∈ ℝ`: every number is a solution.
    All(Place),
    /// «saknar lösning», `∅`: no number is a solution.
    None(Place),
}

impl PartialEq for Statement {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Expression(a), Self::Expression(b)) => a == b,
            (Self::Relation { first: a, rest: more }, Self::Relation { first: b, rest: others }) => {
                a == b && more == others
            }
            (Self::And(a), Self::And(b)) | (Self::Or(a), Self::Or(b)) | (Self::List(a), Self::List(b)) => a == b,
            (Self::All(_), Self::All(_)) | (Self::None(_), Self::None(_)) => true,
            _ => false,
        }
    }
}

/// The sign of a relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sign {
    /// `=`
    Equal,
    /// `≠`
    NotEqual,
    /// `<`
    Less,
    /// `>`
    Greater,
    /// `≤`
    LessOrEqual,
    /// `≥`
    GreaterOrEqual,
    /// `≈`: a rounded value.
    Approximately,
}

impl Sign {
    /// The sign as it is printed.
    #[must_use]
    pub const fn symbol(self) -> char {
        match self {
            Self::Equal => '=',
            Self::NotEqual => '≠',
            Self::Less => '<',
            Self::Greater => '>',
            Self::LessOrEqual => '≤',
            Self::GreaterOrEqual => '≥',
            Self::Approximately => '≈',
        }
    }

    /// The sign of the same relation read from right to left, or with both sides times a negative number: `>` for `<`.
    #[must_use]
    pub const fn flipped(self) -> Self {
        match self {
            Self::Less => Self::Greater,
            Self::Greater => Self::Less,
            Self::LessOrEqual => Self::GreaterOrEqual,
            Self::GreaterOrEqual => Self::LessOrEqual,
            Self::Equal | Self::NotEqual | Self::Approximately => self,
        }
    }
}

impl Statement {
    /// The sides in written order, through `och` and `eller` as well: one for an expression, none for
    /// [`Statement::All`] and [`Statement::None`].
    pub fn sides(&self) -> impl Iterator<Item = &Expr> {
        let mut sides = Vec::new();
        self.gather_sides(&mut sides);
        sides.into_iter()
    }

    fn gather_sides<'s>(&'s self, sides: &mut Vec<&'s Expr>) {
        match self {
            Self::Expression(only) => sides.push(only),
            Self::Relation { first, rest } => {
                sides.push(first);
                sides.extend(rest.iter().map(|(_, side)| side));
            }
            Self::And(parts) | Self::Or(parts) | Self::List(parts) => {
                parts.iter().for_each(|part| part.gather_sides(sides));
            }
            Self::All(_) | Self::None(_) => {}
        }
    }

    /// The side that was written last: the result of a chain. `None` if there is no side.
    #[must_use]
    pub fn last(&self) -> Option<&Expr> {
        self.sides().last()
    }

    /// The parts joined by «och»; the only one if it is one. Parts that are «och» are taken apart.
    #[must_use]
    pub fn all_of(parts: Vec<Self>) -> Self {
        joined(parts, Self::And, |part| match part {
            Self::And(inner) => Ok(inner),
            other => Err(other),
        })
    }

    /// The parts joined by «eller»; the only one if it is one. Parts that are «eller» are taken apart.
    #[must_use]
    pub fn any_of(parts: Vec<Self>) -> Self {
        joined(parts, Self::Or, |part| match part {
            Self::Or(inner) => Ok(inner),
            other => Err(other),
        })
    }

    /// The parts side by side; the only one if it is one. Parts that are lists are taken apart.
    #[must_use]
    pub fn list_of(parts: Vec<Self>) -> Self {
        joined(parts, Self::List, |part| match part {
            Self::List(inner) => Ok(inner),
            other => Err(other),
        })
    }

    /// The statements it joins; itself if it joins none.
    #[must_use]
    pub fn joined(&self) -> &[Self] {
        match self {
            Self::And(parts) | Self::Or(parts) | Self::List(parts) => parts,
            _ => std::slice::from_ref(self),
        }
    }

    /// True if something is claimed, not only an expression or a point given.
    #[must_use]
    pub fn is_claim(&self) -> bool {
        match self {
            Self::Expression(_) => false,
            Self::Relation { .. } | Self::All(_) | Self::None(_) => true,
            Self::And(parts) | Self::Or(parts) | Self::List(parts) => parts.iter().any(Self::is_claim),
        }
    }

    /// The different names in it, in alphabetical order.
    #[must_use]
    pub fn names(&self) -> Vec<Name> {
        let mut found: Vec<Name> = self.sides().flat_map(Expr::names).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The shortest stretch of the text that holds all of it.
    #[must_use]
    pub fn place(&self) -> Place {
        match self {
            Self::Expression(only) => only.place,
            Self::Relation { first, rest } => rest.iter().fold(first.place, |place, (_, side)| place.to(side.place)),
            Self::And(parts) | Self::Or(parts) | Self::List(parts) => {
                parts.iter().map(Self::place).reduce(Place::to).unwrap_or(Place::before(0))
            }
            Self::All(place) | Self::None(place) => *place,
        }
    }

    /// The same with `side` in place of each side.
    #[must_use]
    pub fn map_sides(&self, side: &mut impl FnMut(&Expr) -> Expr) -> Self {
        match self {
            Self::Expression(only) => Self::Expression(side(only)),
            Self::Relation { first, rest } => {
                let first = side(first);
                let rest = rest.iter().map(|(sign, other)| (*sign, side(other))).collect();
                Self::Relation { first, rest }
            }
            Self::And(parts) => Self::And(map_all(parts, side)),
            Self::Or(parts) => Self::Or(map_all(parts, side)),
            Self::List(parts) => Self::List(map_all(parts, side)),
            Self::All(_) | Self::None(_) => self.clone(),
        }
    }

    /// The same with every place changed by `place`.
    #[must_use]
    pub fn map_places(&self, place: &impl Fn(Place) -> Place) -> Self {
        match self {
            Self::All(at) => Self::All(place(*at)),
            Self::None(at) => Self::None(place(*at)),
            Self::And(parts) => Self::And(parts.iter().map(|part| part.map_places(place)).collect()),
            Self::Or(parts) => Self::Or(parts.iter().map(|part| part.map_places(place)).collect()),
            Self::List(parts) => Self::List(parts.iter().map(|part| part.map_places(place)).collect()),
            Self::Expression(_) | Self::Relation { .. } => self.map_sides(&mut |side| side.map_places(place)),
        }
    }
}

/// Joins the parts, those of which `inner` gives the parts being taken apart; the only one if it is one.
fn joined(
    parts: Vec<Statement>,
    join: fn(Vec<Statement>) -> Statement,
    inner: fn(Statement) -> Result<Vec<Statement>, Statement>,
) -> Statement {
    let mut flat = Vec::with_capacity(parts.len());
    for part in parts {
        match inner(part) {
            Ok(inner) => flat.extend(inner),
            Err(single) => flat.push(single),
        }
    }
    if flat.len() == 1 { flat.remove(0) } else { join(flat) }
}

fn map_all(parts: &[Statement], side: &mut impl FnMut(&Expr) -> Expr) -> Vec<Statement> {
    parts.iter().map(|part| part.map_sides(side)).collect()
}
