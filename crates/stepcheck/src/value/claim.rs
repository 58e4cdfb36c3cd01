//! What relations say of their names.

use super::Term;
use crate::tree::Name;

/// A line: a value, or something that is claimed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Line {
    Value(Term),
    Claim(Claim),
}

/// Something that holds for some values of its names and not for others.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Claim {
    All,
    None,
    /// Holds where both sides have a value and stand so to each other.
    Compare(Term, Comparator, Term),
    And(Vec<Self>),
    Or(Vec<Self>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comparator {
    Equal,
    Unequal,
    Less,
    AtMost,
    Greater,
    AtLeast,
}

impl Comparator {
    /// The same seen from the other side.
    pub(crate) fn flipped(self) -> Self {
        match self {
            Self::Less => Self::Greater,
            Self::AtMost => Self::AtLeast,
            Self::Greater => Self::Less,
            Self::AtLeast => Self::AtMost,
            same => same,
        }
    }

    /// True if a difference of this sign is what it asks for.
    pub(crate) fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::Unequal => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::AtMost => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::AtLeast => order.is_ge(),
        }
    }
}

impl Claim {
    pub(crate) fn visit<'c>(&'c self, visit: &mut impl FnMut(&'c Term, Comparator, &'c Term)) {
        match self {
            Self::All | Self::None => {}
            Self::Compare(left, comparator, right) => visit(left, *comparator, right),
            Self::And(claims) | Self::Or(claims) => claims.iter().for_each(|claim| claim.visit(visit)),
        }
    }

    pub(crate) fn gather_names(&self, found: &mut Vec<Name>) {
        self.visit(&mut |left, _, right| {
            left.gather_names(found);
            right.gather_names(found);
        });
    }

    pub(crate) fn is_constant(&self) -> bool {
        let mut constant = true;
        self.visit(&mut |left, _, right| constant &= left.is_constant() && right.is_constant());
        constant
    }

    /// Its name, if there is one and no other.
    pub(crate) fn only_name(&self) -> Option<Name> {
        let (mut found, mut several) = (None, false);
        let mut note = |part: &Term| {
            if let Term::Name(name) = part {
                several |= *found.get_or_insert(*name) != *name;
            }
        };
        self.visit(&mut |left, _, right| {
            left.visit(&mut note);
            right.visit(&mut note);
        });
        found.filter(|_| !several)
    }

    /// The claim with `value` in place of `name`.
    pub(crate) fn with(&self, name: Name, value: &Term) -> Self {
        let inner = |claims: &Vec<Self>| claims.iter().map(|claim| claim.with(name, value)).collect();
        match self {
            Self::All => Self::All,
            Self::None => Self::None,
            Self::Compare(left, comparator, right) => {
                Self::Compare(left.with(name, value), *comparator, right.with(name, value))
            }
            Self::And(claims) => Self::And(inner(claims)),
            Self::Or(claims) => Self::Or(inner(claims)),
        }
    }
}
