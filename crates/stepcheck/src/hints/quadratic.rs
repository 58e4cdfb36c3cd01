//! Equations of the second degree and others with several solutions.

use num_traits::{One, Signed as _, Zero};

use super::change::{Change, Move};
use super::equation::{OnlyTerm, Relation, holds};
use super::monomial::Monomial;
use super::moving;
use super::number::{Form, Num, has_decimals, is_zero, nowhere, small, written};
use crate::account::StepKind;
use crate::exact::{Exact, Rational, normal};
use crate::forms;
use crate::print::{Notation, expression_text};
use crate::rewrite::{Signed, factors, negated, sum_of, terms};
use crate::tree::{Expr, Name, Node, PlusMinus, Statement};
use crate::unreadable::Place;

/// What the form of an equation asks for before anything is multiplied out: a product that is zero, a power alone, `±`.
pub(super) fn by_form(relation: &Relation, variable: Name) -> Option<Move> {
    let [left, right] = relation.sides.as_slice() else { return None };
    if !relation.is_equation() {
        return None;
    }
    let ways = [(left, right, 0), (right, left, 1)];
    ways.into_iter().find_map(|(side, other, at)| {
        if !holds(side, variable) || holds(other, variable) {
            return None;
        }
        zero_product(side, other, variable)
            .or_else(|| begun_to_factor(relation, side, other, at))
            .or_else(|| power_alone(relation, side, other, variable))
            .or_else(|| split_signs(side, other))
    })
}

fn is_zero_equation(side: Expr) -> Statement {
    Relation::equation(side, small(0)).into_statement()
}

/// `x(x−5) = 0` → `x = 0 eller x−5 = 0`
fn zero_product(side: &Expr, other: &Expr, variable: Name) -> Option<Move> {
    let all = terms(side);
    let [term] = all.as_slice() else { return None };
    if !is_zero(other) {
        return None;
    }
    let bound: Vec<&Expr> = factors(term.body.unwrapped()).into_iter().filter(|part| holds(part, variable)).collect();
    let base = |part: &Expr| match &part.node {
        Node::Power(base, exponent) if forms::whole(exponent).is_some_and(|size| size > 0) => base.unwrapped().clone(),
        _ => part.unwrapped().clone(),
    };
    let is_power = |part: &Expr| matches!(part.node, Node::Power(..));
    match bound.as_slice() {
        [only] if is_power(only) => {
            Some(Move::new(StepKind::RootOfBothSides, only.place, is_zero_equation(base(only))))
        }
        [_, _, ..] if !bound.iter().any(|part| matches!(part.node, Node::Quotient(..))) => {
            let cases = bound.iter().map(|part| is_zero_equation(base(part))).collect();
            Some(Move::new(StepKind::ZeroProduct, side.place, Statement::any_of(cases)))
        }
        _ => None,
    }
}

/// `x(x−2)−3(x−2) = 0` → `(x−2)(x−3) = 0`
fn begun_to_factor(relation: &Relation, side: &Expr, other: &Expr, at: usize) -> Option<Move> {
    if !is_zero(other) {
        return None;
    }
    let found = super::factoring::shared_bracket(side, &terms(side))?;
    Some(found.into_move(|new| relation.with_side(at, &new).into_statement()))
}

/// A side whose only term with the unknown is a power.
pub(super) enum PowerAlone<'e> {
    /// The power has company or a number before it: this is done first.
    Step(Move),
    /// Nothing else stands on its side.
    Power { base: &'e Expr, degree: u32, place: Place },
}

/// `None` if the only term with the unknown is no power, times a number, or the other side no number.
pub(super) fn alone<'e>(relation: &Relation, side: &'e Expr, other: &Expr, variable: Name) -> Option<PowerAlone<'e>> {
    let OnlyTerm { last, place, is_alone } = OnlyTerm::of(side, variable)?;
    let Node::Power(base, exponent) = &last.node else { return None };
    let degree = forms::whole(exponent).and_then(|size| u32::try_from(size).ok()).filter(|size| *size >= 2)?;
    if !other.is_numeric() {
        return None;
    }
    if !is_alone {
        return moving::next(relation, variable).map(PowerAlone::Step);
    }
    Some(PowerAlone::Power { base: base.unwrapped(), degree, place })
}

/// The number that is written, and its root written as short as can be. Even degrees of negative numbers have none:
/// then what is written means nothing.
pub(super) fn root_of(expr: &Expr, degree: u32) -> Option<(Rational, Expr)> {
    let number = Num::of(expr)?;
    let root = match Exact::from(&number.value).exact_root(degree) {
        Some(root) => written(&root.to_rational(), number.form == Form::Decimal),
        None => {
            let degree = (degree > 2).then(|| Box::new(small(i64::from(degree))));
            nowhere(Node::Root { degree, radicand: Box::new(expr.clone()) })
        }
    };
    Some((number.value, root))
}

/// The only term with the unknown is a power: it is freed, then the root is taken.
fn power_alone(relation: &Relation, side: &Expr, other: &Expr, variable: Name) -> Option<Move> {
    let (base, degree, place) = match alone(relation, side, other, variable)? {
        PowerAlone::Step(found) => return Some(found),
        PowerAlone::Power { base, degree, place } => (base, degree, place),
    };
    let even = degree.is_multiple_of(2);
    let (value, root) = root_of(other, degree)?;
    if even && value.is_negative() {
        return Some(Move::new(StepKind::AllOrNone, Place::to(place, other.place), Statement::None(Place::before(0))));
    }
    let root = if even && !value.is_zero() { nowhere(Node::EitherSign(PlusMinus::Plus, Box::new(root))) } else { root };
    let new = Relation::equation(base.clone(), root);
    Some(Move::new(StepKind::RootOfBothSides, place, new.into_statement()))
}

/// `x = 3±4` → `x = 7 eller x = −1`
fn split_signs(side: &Expr, other: &Expr) -> Option<Move> {
    let (first, second) = match &other.node {
        Node::SumOrDifference(a, _, b) => (Num::of(a)?, Num::of(b)?),
        _ => return None,
    };
    let decimal = has_decimals(other);
    let values = [&first.value + &second.value, &first.value - &second.value];
    let mut cases: Vec<Statement> = Vec::new();
    for value in values {
        let case = Relation::equation(side.clone(), written(&value, decimal)).into_statement();
        if !cases.contains(&case) {
            cases.push(case);
        }
    }
    Some(Move::new(StepKind::SplitPlusMinus, other.place, Statement::any_of(cases)))
}

/// `±4+2` → `2±4`
pub(super) fn signs_gathered(side: &Expr) -> Option<Change> {
    let all = terms(side);
    let with_signs = |term: &Signed<'_>| match &term.body.unwrapped().node {
        Node::EitherSign(signs, size) => Some((None, *signs, size.clone())),
        Node::SumOrDifference(a, signs, b) if !term.negative => Some((Some((**a).clone()), *signs, b.clone())),
        _ => None,
    };
    let (at, (first, signs, size)) = all.iter().enumerate().find_map(|(at, term)| Some((at, with_signs(term)?)))?;
    let others = all.iter().enumerate().filter(|(index, _)| *index != at).map(|(_, term)| term.to_expr());
    let front: Vec<Expr> = first.into_iter().chain(others).collect();
    if all.len() < 2 || front.iter().any(|part| Num::of(part).is_none()) {
        return None;
    }
    let new = nowhere(Node::SumOrDifference(Box::new(sum_of(front)), signs, size));
    Some(Change::new(StepKind::Reorder, side.place, new))
}

/// `x = 2±√3` → `x = 2+√3 eller x = 2−√3`
pub(super) fn both_signs(relation: &Relation) -> Option<Move> {
    let [left, right] = relation.sides.as_slice() else { return None };
    let (upper, lower) = match &right.node {
        Node::SumOrDifference(a, PlusMinus::Plus, b) => {
            (nowhere(Node::Sum(a.clone(), b.clone())), nowhere(Node::Difference(a.clone(), b.clone())))
        }
        Node::EitherSign(PlusMinus::Plus, size) => ((**size).clone(), negated((**size).clone())),
        _ => return None,
    };
    let cases = [upper, lower].map(|value| Relation::equation(left.clone(), value).into_statement());
    Some(Move::new(StepKind::SplitPlusMinus, right.place, Statement::any_of(cases.to_vec())))
}

/// The next step in an equation of the second degree or above, its sides multiplied out and collected.
pub(super) fn next(relation: &Relation, variable: Name) -> Option<Move> {
    let [left, right] = relation.sides.as_slice() else { return None };
    if !relation.is_equation() {
        return None;
    }
    let zero_side = if is_zero(right) { Some((left, 0)) } else { is_zero(left).then_some((right, 1)) };
    let Some((side, at)) = zero_side else { return collect(relation, variable) };
    let coefficients = coefficients(side, variable)?;
    if coefficients.first()?.is_zero() {
        let found = super::factoring::out(side, variable)?;
        return Some(found.into_move(|new| relation.with_side(at, &new).into_statement()));
    }
    let [constant, middle, leading] = coefficients.as_slice() else { return by_factors(relation, side, at, variable) };
    if !leading.is_one() {
        return Some(divided(relation, leading, side, variable));
    }
    formula(side, middle, constant, variable)
}

fn by_factors(relation: &Relation, side: &Expr, at: usize, variable: Name) -> Option<Move> {
    let found = super::factoring::next(side, variable)?;
    Some(found.into_move(|new| relation.with_side(at, &new).into_statement()))
}

/// The numbers before the powers of the unknown, from the constant upwards.
pub(super) fn coefficients(side: &Expr, variable: Name) -> Option<Vec<Rational>> {
    let value = normal(side).ok().filter(|value| value.bottom.is_one())?;
    value.top.by_powers_of(variable).iter().map(|part| Some(part.as_constant()?.to_rational())).collect()
}

/// All terms on the side where the highest power becomes positive; pure powers on one side and the number on the other.
pub(super) fn collect(relation: &Relation, variable: Name) -> Option<Move> {
    let [left, right] = relation.sides.as_slice() else { return None };
    let (own, other) = (coefficients(left, variable)?, coefficients(right, variable)?);
    let length = own.len().max(other.len());
    let at = |parts: &[Rational], power: usize| parts.get(power).cloned().unwrap_or_default();
    let differences: Vec<Rational> = (0..length).map(|power| at(&own, power) - at(&other, power)).collect();
    let leading = differences.iter().rposition(|value| !value.is_zero())?;
    if differences.get(1..leading)?.iter().all(Rational::is_zero) && !differences.first()?.is_zero() {
        return moving::next(relation, variable);
    }
    let keeps_left = differences.get(leading)?.is_positive();
    let (kept, moved) = if keeps_left { (left, right) } else { (right, left) };
    let all = terms(moved);
    let new = falling(&all.iter().fold(kept.clone(), |so_far, term| moving::without(&so_far, *term)), variable);
    let sides = if keeps_left { vec![new, small(0)] } else { vec![small(0), new] };
    let new = Relation { sides, signs: relation.signs.clone() };
    Some(Move::new(StepKind::CollectOnOneSide, moved.place, new.into_statement()))
}

/// The terms with the highest power first.
fn falling(side: &Expr, variable: Name) -> Expr {
    let power = |term: &Signed<'_>| {
        let worth = Monomial::of(term.body);
        let of =
            |worth: Monomial| worth.letters.iter().find(|(name, _)| *name == variable).map_or(0, |(_, power)| *power);
        worth.map_or(0, of)
    };
    let mut all = terms(side);
    all.sort_by_key(|term| std::cmp::Reverse(power(term)));
    sum_of(all.into_iter().map(Signed::to_expr))
}

/// All terms divided by the number before the square.
pub(super) fn divided(relation: &Relation, leading: &Rational, side: &Expr, variable: Name) -> Move {
    let decimal = has_decimals(side);
    let new = relation.map(|(_, side)| {
        if is_zero(side) {
            return side.clone();
        }
        sum_of(terms(side).into_iter().map(|term| match Monomial::of(&term.to_expr()) {
            Some(worth) => Monomial { coefficient: &worth.coefficient / leading, ..worth }.to_expr(),
            None => term.to_expr(),
        }))
    });
    let first =
        terms(side).into_iter().find(|term| holds(term.body, variable)).map_or(side.place, |term| term.body.place);
    if *leading == -Rational::one() {
        return Move::new(StepKind::ChangeSigns, side.place, new.into_statement());
    }
    let with = expression_text(&written(leading, decimal), Notation::Swedish);
    Move::with(StepKind::DivideBothSides, with, first, new.into_statement())
}

/// `x²+px+q = 0` → `x = −p/2±√((p/2)²−q)`; no solution if there would be a negative number under the root.
fn formula(side: &Expr, p: &Rational, q: &Rational, variable: Name) -> Option<Move> {
    let half = p / Rational::from_integer(2.into());
    if (&half * &half - q).is_negative() {
        return Some(Move::new(StepKind::AllOrNone, side.place, Statement::None(Place::before(0))));
    }
    let decimal = has_decimals(side);
    let square = Node::Power(Box::new(written(&half.abs(), decimal)), Box::new(small(2)));
    let under = sum_of([nowhere(square), negated(written(q, decimal))]);
    let root = nowhere(Node::Root { degree: None, radicand: Box::new(under) });
    let front = written(&-half, decimal);
    let value = nowhere(Node::SumOrDifference(Box::new(front), PlusMinus::Plus, Box::new(root)));
    let new = Relation::equation(nowhere(Node::Name(variable)), value);
    Some(Move::new(StepKind::QuadraticFormula, side.place, new.into_statement()))
}

/// True for `x²+px+q = 0` with a fraction in it: that stays.
pub(super) fn is_normal(relation: &Relation, variable: Name) -> bool {
    let [left, right] = relation.sides.as_slice() else { return false };
    let side = if is_zero(right) { left } else { right };
    let zero = is_zero(right) || is_zero(left);
    let leading = || coefficients(side, variable).filter(|all| all.len() == 3).and_then(|all| all.last().cloned());
    let tidy = || terms(side).iter().all(|term| super::monomial::is_tidy(term.body));
    zero && tidy() && leading().is_some_and(|value| value.is_one())
}
