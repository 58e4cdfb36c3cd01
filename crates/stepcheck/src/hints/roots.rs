//! The unknown under a root or between the bars of a size: freed, then both sides squared or two cases.

use num_traits::{Signed as _, Zero};

use super::change::Move;
use super::equation::{OnlyTerm, Relation, holds};
use super::monomial::Monomial;
use super::number::{Form, Num, nowhere, small, written};
use super::{moving, quadratic, signs};
use crate::account::StepKind;
use crate::rewrite::{At, is_near, near, negated};
use crate::tree::{Expr, Name, Node, Statement};
use crate::unreadable::Place;
use crate::verdict::Task;

/// The next step if the only term with the unknown on one side is a root or a size, times a number.
pub(super) fn by_form(relation: &Relation, variable: Name) -> Option<Move> {
    let ([left, right], [sign]) = (relation.sides.as_slice(), relation.signs.as_slice()) else { return None };
    [(left, *sign, right), (right, sign.flipped(), left)].into_iter().find_map(|(side, sign, other)| {
        let OnlyTerm { last, is_alone, .. } = OnlyTerm::of(side, variable)?;
        let (is_root, inner) = match &last.node {
            Node::Root { degree: None, radicand } => (true, radicand.unwrapped()),
            Node::Abs(inner) => (false, inner.unwrapped()),
            _ => return None,
        };
        if !holds(inner, variable) {
            return None;
        }
        match is_alone {
            false if !holds(other, variable) => moving::next(relation, variable),
            false => None,
            true if is_root && relation.is_equation() => squared(inner, other, side.place),
            true if !is_root => split(relation, (inner, sign, other), side.place),
            true => None,
        }
    })
}

/// `√(x+1) = 4` → `x+1 = 16`; no solution if a root would be negative.
fn squared(inner: &Expr, other: &Expr, place: Place) -> Option<Move> {
    if let Node::Root { degree: None, radicand } = &other.node {
        let new = Relation::equation(inner.clone(), radicand.unwrapped().clone());
        return Some(Move::new(StepKind::SquareBothSides, place, new.into_statement()));
    }
    if let Some(number) = Num::of(other) {
        if number.value.is_negative() {
            let here = Statement::None(Place::before(0));
            return Some(Move::new(StepKind::AllOrNone, place.to(other.place), here));
        }
        let square = written(&(&number.value * &number.value), number.form == Form::Decimal);
        let new = Relation::equation(inner.clone(), square);
        return Some(Move::new(StepKind::SquareBothSides, place, new.into_statement()));
    }
    let square = match Monomial::of(other) {
        Some(worth) => worth.times(&worth)?.to_expr(),
        None => {
            let base = nowhere(Node::Bracket(Box::new(other.unwrapped().clone())));
            nowhere(Node::Power(Box::new(base), Box::new(small(2))))
        }
    };
    let new = Relation::equation(inner.clone(), square);
    Some(Move::new(StepKind::SquareBothSides, place, new.into_statement()))
}

/// `|x−2| = 5` → `x−2 = 5 eller x−2 = −5`, `|x| < 3` → `−3 < x < 3`
fn split(relation: &Relation, (inner, sign, other): (&Expr, crate::tree::Sign, &Expr), place: Place) -> Option<Move> {
    let number = Num::of(other)?;
    if signs::is_order(sign) {
        return Some(signs::by_size(StepKind::SplitSize, (inner, sign), (&number.value, other.clone()), place));
    }
    if !relation.is_equation() {
        return None;
    }
    if number.value.is_negative() {
        let here = Statement::None(Place::before(0));
        return Some(Move::new(StepKind::AllOrNone, place.to(other.place), here));
    }
    let case = |value| Relation::equation(inner.clone(), value).into_statement();
    let mut cases = vec![case(other.clone())];
    if !number.value.is_zero() {
        cases.push(case(negated(other.clone())));
    }
    Some(Move::new(StepKind::SplitSize, place, Statement::any_of(cases)))
}

/// Values that were found by squaring, without those that do not solve the task itself.
pub(super) fn tested(task: &Task, line: &Statement, variable: Name) -> Option<Move> {
    if !task.may_imply() {
        return None;
    }
    if let Some(found) = Relation::of(line).and_then(|relation| quadratic::both_signs(&relation)) {
        return Some(found);
    }
    let start = Relation::of(&task.start)?;
    let solves = |part: &Statement| {
        let value = match Relation::of(part)?.sides.as_slice() {
            [first, value] if first.unwrapped().node == Node::Name(variable) => near(value, At::round(0)),
            _ => return None,
        };
        let [left, right] = start.sides.as_slice() else { return None };
        let [left, right] = [left, right].map(|side| near(side, At::given(variable, value)));
        Some(!left.is_nan() && is_near(left, right))
    };
    let parts = line.joined();
    let fits: Vec<bool> = parts.iter().map(solves).collect::<Option<_>>()?;
    let place = parts.iter().zip(&fits).find(|(_, fits)| !**fits).map(|(part, _)| part.place())?;
    let kept: Vec<Statement> =
        parts.iter().zip(&fits).filter(|(_, fits)| **fits).map(|(part, _)| part.clone()).collect();
    let line = if kept.is_empty() { Statement::None(Place::before(0)) } else { Statement::any_of(kept) };
    Some(Move::new(StepKind::DropCase, place, line))
}
