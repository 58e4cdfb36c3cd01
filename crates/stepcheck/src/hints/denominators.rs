//! Denominators multiplied away, on all sides.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed as _, Zero};

use super::change::{Move, place_with_sign};
use super::equation::{Relation, holds};
use super::monomial::{Monomial, ratio};
use super::moving::move_term;
use super::number::{Form, Num, is_zero, nowhere, small, whole, written};
use crate::account::StepKind;
use crate::exact::Rational;
use crate::print::{Notation, expression_text};
use crate::rewrite::{Signed, factors, negated, product_of, sum_of, terms};
use crate::tree::{Expr, Name, Node, Over, Times};

/// All sides times a whole number; signs turn if it is negative.
pub(super) fn multiplied(relation: &Relation, variable: Name, factor: &BigInt, term: &Signed<'_>) -> Move {
    let new = relation.map(|(_, side)| times_sum(side, factor));
    let turns = factor.is_negative() && !relation.is_equation();
    let kind = if turns { StepKind::MultiplyAndTurn } else { StepKind::MultiplyBothSides };
    let new = if turns { new.turned() } else { new };
    let with = expression_text(&whole(factor), Notation::Swedish);
    Move::with(kind, with, place_with_sign(term), new.unknown_first(variable).into_statement())
}

/// The denominator of a term, or of the number before it; `None` if there is none.
pub(super) fn bottom_of(body: &Expr) -> Option<BigInt> {
    match &body.node {
        Node::Bracket(inner) => bottom_of(inner),
        Node::Quotient(_, Over::Bar, bottom) => {
            let number = Num::of(bottom).filter(|number| number.form == Form::Whole)?;
            number.value.is_positive().then(|| number.value.to_integer())
        }
        Node::Product(a, ..) => bottom_of(a),
        _ => None,
    }
}

/// `6/x = 3` → `6 = 3x`: the unknown stands in the denominator of the only term of its side.
pub(super) fn unknown_below(relation: &Relation, variable: Name) -> Option<Move> {
    let bound: Vec<usize> = (0..relation.sides.len())
        .filter(|at| relation.sides.get(*at).is_some_and(|side| holds(side, variable)))
        .collect();
    let ([at], 2, true) = (bound.as_slice(), relation.sides.len(), relation.is_equation()) else { return None };
    let all = terms(relation.sides.get(*at)?);
    let index = all.iter().position(|term| holds(term.body, variable))?;
    let term = all.get(index)?;
    let Node::Quotient(top, Over::Bar, bottom) = &term.body.node else { return None };
    let elsewhere = all.iter().filter(|term| holds(term.body, variable)).count() > 1;
    if !holds(bottom, variable) || holds(top, variable) || elsewhere {
        return None;
    }
    if let Some(other) = all.iter().position(|term| !holds(term.body, variable)) {
        return move_term(relation, variable, *at, other);
    }
    let new = relation.map(|(index, side)| {
        if index == *at {
            return if term.negative { negated((**top).clone()) } else { (**top).clone() };
        }
        if let (Some(value), Some(factor)) = (Monomial::of(side), Monomial::of(bottom))
            && let Some(product) = value.times(&factor)
        {
            return product.to_expr();
        }
        let several = terms(side).len() > 1;
        let side = if several { nowhere(Node::Bracket(Box::new(side.clone()))) } else { side.clone() };
        product_of([side, (**bottom).clone()])
    });
    let with = expression_text(bottom.unwrapped(), Notation::Swedish);
    Some(Move::with(StepKind::MultiplyBothSides, with, term.body.place, new.into_statement()))
}

/// Several fractions, or one with the unknown among other things: all sides times the common denominator.
/// `always` if one fraction beside others is enough.
pub(super) fn common(relation: &Relation, variable: Name, always: bool) -> Option<Move> {
    let all: Vec<Signed<'_>> = relation.sides.iter().flat_map(terms).collect();
    let fractions: Vec<(&Signed<'_>, BigInt)> =
        all.iter().filter_map(|term| Some((term, bottom_of(term.body).filter(|bottom| !bottom.is_one())?))).collect();
    let bound: Vec<_> = fractions.iter().filter(|(term, _)| holds(term.body, variable)).collect();
    let (first, _) = bound.first()?;
    let unknowns = all.iter().filter(|term| holds(term.body, variable)).count();
    if bound.len() == 1 && unknowns == 1 && !always {
        return None;
    }
    let common = fractions.iter().fold(BigInt::one(), |so_far, (_, bottom)| so_far.lcm(bottom));
    Some(multiplied(relation, variable, &common, first))
}

/// A sum times a whole number.
pub(super) fn times_sum(side: &Expr, factor: &BigInt) -> Expr {
    if is_zero(side) {
        return side.clone();
    }
    sum_of(terms(side).into_iter().flat_map(|term| {
        let new = times(term.body, &factor.abs());
        let negative = term.negative != factor.is_negative();
        match &new.node {
            Node::Bracket(inner) if !negative => terms(inner).into_iter().map(|term| term.to_expr()).collect(),
            _ => vec![if negative { negated(new) } else { new }],
        }
    }))
}

/// A term times a positive whole number.
fn times(body: &Expr, factor: &BigInt) -> Expr {
    if factor.is_one() {
        return body.clone();
    }
    let scale = Rational::from_integer(factor.clone());
    let has_sum = body.any(&|part| matches!(part.node, Node::Sum(..) | Node::Difference(..)));
    if !has_sum && let Some(worth) = Monomial::of(body) {
        if let Some((top, bottom)) = ratio(body, &worth) {
            let top = top * factor;
            let shared = if (&top % &bottom).is_zero() { bottom.clone() } else { BigInt::one() };
            return worth.over(&(top / &shared), &(bottom / shared));
        }
        return Monomial { coefficient: &worth.coefficient * &scale, ..worth }.to_expr();
    }
    match &body.node {
        Node::EitherSign(signs, size) => nowhere(Node::EitherSign(*signs, Box::new(times(size, factor)))),
        Node::Quotient(top, Over::Bar, bottom) => match Num::of(bottom).filter(|bottom| bottom.form == Form::Whole) {
            Some(bottom) if (factor % bottom.value.to_integer()).is_zero() => {
                let rest = factor / bottom.value.to_integer();
                if rest.is_one() { (**top).clone() } else { before(&whole(&rest), top) }
            }
            _ => before(&whole(factor), body),
        },
        Node::Product(a, sign, b) => match Num::of(a) {
            Some(number) => {
                let number = written(&(&number.value * &scale), number.form == Form::Decimal);
                if number == small(1) {
                    (**b).clone()
                } else {
                    nowhere(Node::Product(Box::new(number), *sign, b.clone()))
                }
            }
            None => nowhere(Node::Product(Box::new(times(a, factor)), *sign, b.clone())),
        },
        _ => before(&whole(factor), body),
    }
}

fn before(number: &Expr, body: &Expr) -> Expr {
    if matches!(body.node, Node::Product(..)) {
        return product_of(std::iter::once(number.clone()).chain(factors(body).into_iter().cloned()));
    }
    nowhere(Node::Product(Box::new(number.clone()), Times::Implied, Box::new(body.clone())))
}
