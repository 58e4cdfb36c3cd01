//! A wrong line as the search sees it: what it is worth at fixed points.

use super::rules::Sides;
use crate::rewrite::{At, Probe, is_near, near};
use crate::tree::{Name, Node, Sign, Statement};

/// More alternatives are not looked at.
const MAX_VALUES: usize = 8;

/// How well a candidate fits, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// Every side is worth the same.
    Sides,
    /// It claims the same up to a factor on both sides.
    Claim,
    /// It has the same solutions.
    Solutions,
}

/// A line that claims something.
pub(super) struct Seen<'s> {
    pub(super) statement: &'s Statement,
    relation: Option<Relation>,
    /// The values that it gives a name, if that is all it says.
    values: Option<(Name, Vec<f64>)>,
}

struct Relation {
    sides: Vec<Probe>,
    signs: Vec<Sign>,
    /// First side minus second, if there are two.
    difference: Option<Probe>,
}

impl<'s> Seen<'s> {
    pub(super) fn of(statement: &'s Statement) -> Self {
        Self { statement, relation: relation(statement), values: values(statement) }
    }

    /// How well two sides fit, if they do at all.
    pub(super) fn fit(&self, candidate: &Sides) -> Option<Fit> {
        let (left, right) = (Probe::of(&candidate.left), Probe::of(&candidate.right));
        let (Some(left), Some(right)) = (left, right) else { return self.fit_by_values(candidate) };
        self.fit_of(&left, candidate.sign, &right).or_else(|| self.fit_by_values(candidate))
    }

    pub(super) fn fit_of(&self, left: &Probe, sign: Sign, right: &Probe) -> Option<Fit> {
        let own = self.relation.as_ref()?;
        let ([first, second], [own_sign]) = (own.sides.as_slice(), own.signs.as_slice()) else { return None };
        let same = |sign: Sign, a: &Probe, b: &Probe| sign == *own_sign && a.agrees(first) && b.agrees(second);
        if same(sign, left, right) || same(sign.flipped(), right, left) {
            return Some(Fit::Sides);
        }
        let ratio = left.minus(right).ratio(own.difference.as_ref()?)?;
        let sign = if ratio > 0.0 { sign } else { sign.flipped() };
        (sign == *own_sign).then_some(Fit::Claim)
    }

    pub(super) const fn has_values(&self) -> bool {
        self.values.is_some()
    }

    /// True if every value that the line gives is one of the candidate; there may be more.
    pub(super) fn fit_by_values(&self, candidate: &Sides) -> Option<Fit> {
        let (name, values) = self.values.as_ref().filter(|_| candidate.sign == Sign::Equal)?;
        values.iter().all(|value| solves(candidate, *name, *value)).then_some(Fit::Solutions)
    }

    /// How well several claims of which one holds fit.
    pub(super) fn fit_any(&self, parts: &[Statement]) -> Option<Fit> {
        if let Some((name, values)) = &self.values {
            let solved =
                |value: &f64| parts.iter().any(|part| sides_of(part).is_some_and(|own| solves(&own, *name, *value)));
            if values.iter().all(solved) {
                return Some(Fit::Solutions);
            }
        }
        let own = self.statement.joined();
        let fits = own.len() == parts.len()
            && own.iter().zip(parts).all(|(own, part)| {
                sides_of(part).is_some_and(|part| Seen::of(own).fit(&part).is_some_and(|fit| fit <= Fit::Claim))
            });
        fits.then_some(Fit::Sides)
    }

    /// True if it has as many sides with these signs, and each but number `at` is worth the same.
    pub(super) fn same_but(&self, sides: &[Probe], signs: &[Sign], at: usize) -> Option<&Probe> {
        let own = self.relation.as_ref()?;
        let others = |(index, (a, b)): (usize, (&Probe, &Probe))| index == at || a.agrees(b);
        let same = own.signs == signs && own.sides.iter().zip(sides).enumerate().all(others);
        own.sides.get(at).filter(|_| same)
    }

    /// The number by which what is claimed above is multiplied to be what is claimed here, if the signs are `sign` in both.
    pub(super) fn factor_from(&self, left: &Probe, sign: Sign, right: &Probe) -> Option<f64> {
        let own = self.relation.as_ref().filter(|own| own.signs == [sign])?;
        let [first, second] = own.sides.as_slice() else { return None };
        // The sides may have been turned around, and the sign left.
        let turned = left.agrees(second) && right.agrees(first);
        left.minus(right).ratio(own.difference.as_ref()?).filter(|_| !turned)
    }
}

/// The two sides of a relation with one sign.
pub(super) fn sides_of(statement: &Statement) -> Option<Sides> {
    let Statement::Relation { first, rest } = statement else { return None };
    let [(sign, second)] = rest.as_slice() else { return None };
    Some(Sides { left: first.clone(), sign: *sign, right: second.clone() })
}

/// True if the sides meet at this value, with the upper or the lower signs of `±`.
pub(super) fn solves(candidate: &Sides, name: Name, value: f64) -> bool {
    [true, false].into_iter().any(|upper| {
        let at = At::given(name, value).with_signs(upper);
        let (left, right) = (near(&candidate.left, at), near(&candidate.right, at));
        !left.is_nan() && is_near(left, right)
    })
}

fn relation(statement: &Statement) -> Option<Relation> {
    let Statement::Relation { first, rest } = statement else { return None };
    let sides: Vec<Probe> =
        std::iter::once(first).chain(rest.iter().map(|(_, side)| side)).map(Probe::of).collect::<Option<_>>()?;
    let difference = if let [a, b] = sides.as_slice() { Some(a.minus(b)) } else { None };
    Some(Relation { sides, signs: rest.iter().map(|(sign, _)| *sign).collect(), difference })
}

fn values(statement: &Statement) -> Option<(Name, Vec<f64>)> {
    let mut found = Vec::new();
    let mut name = None;
    for part in statement.joined() {
        let sides = sides_of(part).filter(|sides| sides.sign == Sign::Equal)?;
        let (own, value) = match (&sides.left.unwrapped().node, &sides.right.unwrapped().node) {
            (Node::Name(own), _) if sides.right.is_numeric() => (*own, &sides.right),
            (_, Node::Name(own)) if sides.left.is_numeric() => (*own, &sides.left),
            _ => return None,
        };
        if *name.get_or_insert(own) != own || found.len() > MAX_VALUES {
            return None;
        }
        for upper in [true, false] {
            let value = near(value, At::signs(upper));
            if value.is_nan() {
                return None;
            }
            if !found.contains(&value) {
                found.push(value);
            }
        }
    }
    Some((name?, found))
}

/// True if the line gives values to a letter and all of them are solutions of `sides`.
pub(super) fn solves_all(sides: &Sides, line: &Statement) -> bool {
    values(line).is_some_and(|(name, values)| values.iter().all(|value| solves(sides, name, *value)))
}
