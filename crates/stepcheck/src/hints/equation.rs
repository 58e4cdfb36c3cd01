//! One step in an equation, inequality or chain.

use super::change::{Change, Move};
use super::expression::{self, Aim};
use super::number::Num;
use super::{cases, denominators, fractions, moving, quadratic, roots, signs};
use crate::account::StepKind;
use crate::exact::normal;
use crate::forms::Form;
use crate::judge::reached;
use crate::rewrite::{factors, terms};
use crate::tree::{Expr, Name, Node, Sign, Statement};
use crate::unreadable::Place;
use crate::verdict::{Demand, Task};

/// The sides of a relation with the signs between them.
#[derive(Debug, Clone)]
pub(super) struct Relation {
    pub(super) sides: Vec<Expr>,
    pub(super) signs: Vec<Sign>,
}

impl Relation {
    pub(super) fn of(line: &Statement) -> Option<Self> {
        let Statement::Relation { first, rest } = line else { return None };
        let sides = std::iter::once(first).chain(rest.iter().map(|(_, side)| side)).cloned().collect();
        Some(Self { sides, signs: rest.iter().map(|(sign, _)| *sign).collect() })
    }

    pub(super) fn equation(left: Expr, right: Expr) -> Self {
        Self { sides: vec![left, right], signs: vec![Sign::Equal] }
    }

    pub(super) fn into_statement(self) -> Statement {
        let mut sides = self.sides.into_iter();
        let first = sides.next().unwrap_or_else(|| super::number::small(0));
        Statement::Relation { first, rest: self.signs.into_iter().zip(sides).collect() }
    }

    pub(super) fn is_equation(&self) -> bool {
        self.signs.iter().all(|sign| *sign == Sign::Equal)
    }

    /// The relation with the sides that `side` makes of them.
    pub(super) fn map(&self, side: impl FnMut((usize, &Expr)) -> Expr) -> Self {
        Self { sides: self.sides.iter().enumerate().map(side).collect(), signs: self.signs.clone() }
    }

    /// The same with every sign turned: after both sides were multiplied by a negative number.
    pub(super) fn turned(self) -> Self {
        Self { signs: self.signs.into_iter().map(Sign::flipped).collect(), ..self }
    }

    pub(super) fn with_side(&self, at: usize, new: &Expr) -> Self {
        self.map(|(index, side)| if index == at { new.clone() } else { side.clone() })
    }

    /// `x = 5` for `5 = x`, `x > 5` for `5 < x`, and `1 < x < 3` for `3 > x > 1`: as an answer is written.
    pub(super) fn unknown_first(self, variable: Name) -> Self {
        let is_unknown = |side: &Expr| matches!(side.unwrapped().node, Node::Name(name) if name == variable);
        let falls = self.signs.iter().all(|sign| matches!(sign, Sign::Greater | Sign::GreaterOrEqual));
        match self.sides.as_slice() {
            [left, right] if is_unknown(right) && !is_unknown(left) => self.mirrored(),
            [_, middle, _] if is_unknown(middle) && falls => self.mirrored(),
            _ => self,
        }
    }

    /// The same read from right to left: `1 < x` for `x > 1`.
    fn mirrored(self) -> Self {
        let Self { mut sides, mut signs } = self;
        sides.reverse();
        signs.reverse();
        Self { sides, signs }.turned()
    }
}

pub(super) fn holds(expr: &Expr, variable: Name) -> bool {
    expr.any(&|part| matches!(part.node, Node::Name(name) if name == variable))
}

/// The only term of a side that holds the unknown: numbers times something that holds it, perhaps by a number.
pub(super) struct OnlyTerm<'e> {
    /// What the numbers stand before.
    pub(super) last: &'e Expr,
    pub(super) place: Place,
    /// True if nothing else stands on the side, neither numbers nor a minus.
    pub(super) is_alone: bool,
}

impl<'e> OnlyTerm<'e> {
    pub(super) fn of(side: &'e Expr, variable: Name) -> Option<Self> {
        let all = terms(side);
        let bound: Vec<_> = all.iter().filter(|term| holds(term.body, variable)).collect();
        let [term] = bound.as_slice() else { return None };
        let body = match &term.body.node {
            Node::Quotient(top, ..) => top.unwrapped(),
            _ => term.body,
        };
        let parts = factors(body);
        let (last, before) = parts.split_last()?;
        if before.iter().any(|part| Num::of(part).is_none()) {
            return None;
        }
        let is_alone = all.len() == 1 && before.is_empty() && !term.negative && std::ptr::eq(body, term.body);
        Some(Self { last, place: term.body.place, is_alone })
    }
}

/// True if the line is an answer in `variable`.
pub(super) fn is_solved(line: &Statement, variable: Name, demand: Demand) -> bool {
    reached(demand, &[variable], line) == Some(Form::Finished)
}

/// The next step in a line of a task in one unknown.
pub(super) fn next(task: &Task, variable: Name, line: &Statement) -> Option<Move> {
    match line {
        Statement::Expression(value) => {
            let name = Expr::new(Place::before(0), Node::Name(variable));
            let line = Relation::equation(name, value.clone()).into_statement();
            Some(Move::new(StepKind::Rewrite, value.place, line))
        }
        Statement::Relation { .. } => {
            relation(&Relation::of(line)?, variable, task.demand).or_else(|| roots::tested(task, line, variable))
        }
        Statement::Or(_) | Statement::And(_) | Statement::List(_) => {
            cases::next(line, variable, task.demand).or_else(|| roots::tested(task, line, variable))
        }
        Statement::All(_) | Statement::None(_) => None,
    }
}

/// The next step in one relation.
pub(super) fn relation(relation: &Relation, variable: Name, demand: Demand) -> Option<Move> {
    if relation.signs.iter().any(|sign| matches!(sign, Sign::NotEqual | Sign::Approximately)) {
        return None;
    }
    if let Some(found) = in_side(relation, &mut |side| {
        let aim = Aim { collect: !holds(side, variable), ..Aim::side(false) };
        expression::step(side, aim).or_else(|| quadratic::signs_gathered(side))
    }) {
        return Some(found);
    }
    let by_form = quadratic::by_form(relation, variable)
        .or_else(|| signs::by_form(relation, variable))
        .or_else(|| roots::by_form(relation, variable));
    if let Some(found) = by_form {
        return Some(found);
    }
    let below = denominators::unknown_below(relation, variable).or_else(|| fractions::cleared(relation, variable));
    if let Some(found) = below {
        return Some(found);
    }
    if let Some(found) = rounded(relation, variable, demand) {
        return Some(found);
    }
    if !quadratic::is_normal(relation, variable)
        && let Some(found) = denominators::common(relation, variable, false)
    {
        return Some(found);
    }
    if let Some(found) =
        in_side(relation, &mut |side| expression::step(side, Aim::side(!moving::is_factored_out(side, variable))))
    {
        return Some(found);
    }
    match degree(relation, variable)? {
        0 | 1 => moving::next(relation, variable),
        _ if relation.is_equation() => quadratic::next(relation, variable),
        _ => signs::next(relation, variable),
    }
}

/// The first step in one of the sides.
pub(super) fn in_side(relation: &Relation, step: &mut impl FnMut(&Expr) -> Option<Change>) -> Option<Move> {
    let (at, found) = relation.sides.iter().enumerate().find_map(|(at, side)| Some((at, step(side)?)))?;
    Some(found.into_move(|new| relation.with_side(at, &new).into_statement()))
}

/// A value beside the unknown, in the form that is asked for.
fn rounded(relation: &Relation, variable: Name, demand: Demand) -> Option<Move> {
    let is_unknown = |side: &Expr| matches!(side.unwrapped().node, Node::Name(name) if name == variable);
    if !relation.sides.iter().any(is_unknown) {
        return None;
    }
    if matches!(demand, Demand::Decimals { .. } | Demand::Significant { .. })
        && let Some(found) = quadratic::both_signs(relation)
    {
        return Some(found);
    }
    let found = in_side(relation, &mut |side| {
        if is_unknown(side) { None } else { super::answer::next(side, demand) }
    })?;
    Some(if found.step.kind == StepKind::Round { found.map(about) } else { found })
}

/// `x ≈ 1,41` for `x = 1,41`
fn about(line: Statement) -> Statement {
    let Statement::Relation { first, rest } = line else { return line };
    let about = |sign| if sign == Sign::Equal { Sign::Approximately } else { sign };
    Statement::Relation { first, rest: rest.into_iter().map(|(sign, side)| (about(sign), side)).collect() }
}

/// The degree of the relation in the unknown: of the difference of its first two sides, or of the highest side of a chain.
fn degree(relation: &Relation, variable: Name) -> Option<usize> {
    let of = |side: &Expr| {
        if !holds(side, variable) {
            return Some(Vec::new());
        }
        let value = normal(side).ok().filter(|value| !value.bottom.letters().contains(&variable))?;
        Some(value.top.by_powers_of(variable))
    };
    let parts: Vec<_> = relation.sides.iter().map(of).collect::<Option<_>>()?;
    match parts.as_slice() {
        [left, right] => {
            let powers = left.len().max(right.len());
            let differ = |power: &usize| left.get(*power) != right.get(*power);
            Some((1..powers).rev().find(differ).unwrap_or(0))
        }
        several => several.iter().map(|powers| powers.len().saturating_sub(1)).max(),
    }
}
