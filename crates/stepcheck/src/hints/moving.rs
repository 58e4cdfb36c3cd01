//! Doing the same with all sides: terms moved, coefficients divided away.

use num_bigint::BigInt;
use num_traits::{One, Signed as _, Zero};

use super::change::{Move, place_with_sign};
use super::denominators::{bottom_of, multiplied};
use super::equation::{Relation, holds};
use super::monomial::{Monomial, is_tidy};
use super::number::{Form, Num, fraction, is_zero, nowhere, written};
use crate::account::StepKind;
use crate::exact::Rational;
use crate::print::{Notation, expression_text};
use crate::rewrite::{Signed, factors, negated, quotient, sum_of, terms};
use crate::tree::{Expr, Name, Node, Statement};

/// The next step in a relation of the first degree with nothing left to do in its sides; also in one whose only term with
/// the unknown is a power.
pub(super) fn next(relation: &Relation, variable: Name) -> Option<Move> {
    let with: Vec<usize> = (0..relation.sides.len())
        .filter(|at| relation.sides.get(*at).is_some_and(|side| holds(side, variable)))
        .collect();
    match (with.as_slice(), relation.sides.len()) {
        ([left, right], 2) => from_both(relation, variable, *left, *right),
        ([only], _) => isolate(relation, variable, *only),
        ([_, ..], _) => Some(split_chain(relation)),
        _ => None,
    }
}

/// `1 < x+1 < 2x` → `1 < x+1 och x+1 < 2x`
fn split_chain(relation: &Relation) -> Move {
    let pairs = relation.sides.windows(2).zip(&relation.signs).filter_map(|(pair, sign)| {
        let [left, right] = pair else { return None };
        Some(Relation { sides: vec![left.clone(), right.clone()], signs: vec![*sign] }.into_statement())
    });
    let place = relation.clone().into_statement().place();
    Move::new(StepKind::SplitChain, place, Statement::all_of(pairs.collect()))
}

/// The unknown stands on both sides: the like term with the smaller coefficient is moved.
fn from_both(relation: &Relation, variable: Name, left: usize, right: usize) -> Option<Move> {
    let worths = |at: usize| -> Option<Vec<(usize, Monomial)>> {
        let all = terms(relation.sides.get(at)?);
        let all = all.iter().enumerate().filter(|(_, term)| holds(term.body, variable));
        Some(all.filter_map(|(index, term)| Some((index, Monomial::of(&term.to_expr())?))).collect())
    };
    let (own, other) = (worths(left)?, worths(right)?);
    let pair = own.iter().find_map(|(index, a)| {
        let (second, b) = other.iter().find(|(_, b)| b.letters == a.letters)?;
        Some(if a.coefficient < b.coefficient { (left, *index) } else { (right, *second) })
    });
    let (side, index) = match pair {
        Some(found) => found,
        None => {
            let all = terms(relation.sides.get(right)?);
            (right, all.iter().position(|term| holds(term.body, variable))?)
        }
    };
    move_term(relation, variable, side, index)
}

/// The unknown stands on one side: what stands beside it is moved, then its coefficient.
fn isolate(relation: &Relation, variable: Name, at: usize) -> Option<Move> {
    let side = relation.sides.get(at)?;
    let all = terms(side);
    let (bound, free): (Vec<_>, Vec<_>) = all.iter().enumerate().partition(|(_, term)| holds(term.body, variable));
    if let ([(index, term)], true, false) = (bound.as_slice(), relation.is_equation(), free.is_empty()) {
        let worth = Monomial::of(term.body);
        let negative = term.negative != worth.is_some_and(|worth| worth.coefficient.is_negative());
        let plain = relation.sides.iter().all(|side| side.is_numeric() || holds(side, variable));
        if negative && relation.sides.len() == 2 && plain && !has_two_signs(relation) {
            return move_term(relation, variable, at, *index);
        }
    }
    if let Some((index, _)) = free.iter().find(|(_, term)| !is_zero(term.body)) {
        return move_term(relation, variable, at, *index);
    }
    match bound.as_slice() {
        [(_, term)] => coefficient(relation, variable, at, term),
        _ => factor_out(relation, variable, at),
    }
}

fn has_two_signs(relation: &Relation) -> bool {
    let two = |part: &Expr| matches!(part.node, Node::EitherSign(..) | Node::SumOrDifference(..));
    relation.sides.iter().any(|side| side.any(&two))
}

/// `ax+bx = c` → `(a+b)x = c`
fn factor_out(relation: &Relation, variable: Name, at: usize) -> Option<Move> {
    let side = relation.sides.get(at)?;
    let found = super::factoring::out(side, variable)?;
    Some(found.into_move(|new| relation.with_side(at, &new).into_statement()))
}

/// Subtracts or adds term `index` of side `from`, on all sides.
pub(super) fn move_term(relation: &Relation, variable: Name, from: usize, index: usize) -> Option<Move> {
    let all = terms(relation.sides.get(from)?);
    let term = *all.get(index)?;
    let sides = relation.map(|(at, side)| {
        if at == from {
            sum_of(all.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, other)| other.to_expr()))
        } else {
            without(side, term)
        }
    });
    let kind = if term.negative { StepKind::AddToBothSides } else { StepKind::SubtractFromBothSides };
    let with = expression_text(term.body.unwrapped(), Notation::Swedish);
    Some(Move::with(kind, with, place_with_sign(&term), sides.unknown_first(variable).into_statement()))
}

/// `side − term`, collected with a like term if neither has a denominator.
pub(super) fn without(side: &Expr, term: Signed<'_>) -> Expr {
    let new = if term.negative { term.body.clone() } else { negated(term.body.clone()) };
    if is_zero(side) {
        return new;
    }
    if let Node::EitherSign(signs, size) = &side.node {
        return nowhere(Node::SumOrDifference(Box::new(new), *signs, size.clone()));
    }
    let plain = |expr: &Expr| {
        let worth = Monomial::of(expr).filter(|_| is_tidy(expr))?;
        let is_plain = worth.style.decimal || worth.coefficient.is_integer();
        is_plain.then_some(worth)
    };
    let all = terms(side);
    let like = plain(&new).and_then(|worth| {
        all.iter().enumerate().find_map(|(at, other)| {
            let own = plain(&other.to_expr()).filter(|own| own.letters == worth.letters)?;
            let style = own.style.or(worth.style);
            Some((at, Monomial { coefficient: &own.coefficient + &worth.coefficient, letters: own.letters, style }))
        })
    });
    match like {
        Some((at, together)) => {
            let gone = together.coefficient.is_zero();
            let kept = all.iter().enumerate().filter(|(index, _)| *index != at || !gone);
            sum_of(kept.map(|(index, other)| if index == at { together.to_expr() } else { other.to_expr() }))
        }
        None => {
            // 2+√3 rather than √3+2.
            let rational = |expr: &Expr| Num::of(expr).is_some();
            let first = side.is_numeric() && rational(&new) && !all.iter().any(|other| rational(other.body));
            let mut sum: Vec<Expr> = all.iter().map(|other| other.to_expr()).collect();
            sum.insert(if first { 0 } else { sum.len() }, new);
            sum_of(sum)
        }
    }
}

/// The unknown's only term stands alone on its side: its denominator or coefficient is taken away.
fn coefficient(relation: &Relation, variable: Name, at: usize, term: &Signed<'_>) -> Option<Move> {
    let worth = Monomial::of(&term.to_expr());
    if let Some(bottom) = bottom_of(term.body).filter(|bottom| !bottom.is_one()) {
        let top_is_minus_one = worth
            .as_ref()
            .is_some_and(|worth| &worth.coefficient * Rational::from_integer(bottom.clone()) == -Rational::one());
        let turns = top_is_minus_one && !relation.is_equation();
        return Some(multiplied(relation, variable, &if turns { -bottom } else { bottom }, term));
    }
    let Some(number) = worth.as_ref().map_or_else(|| number_before(term), |worth| Some(worth.coefficient.clone()))
    else {
        return by_sum(relation, variable, at, term);
    };
    if let Some(found) = worth.as_ref().and_then(|worth| by_letters(relation, variable, at, worth)) {
        return Some(found);
    }
    if number == -Rational::one() {
        return Some(if relation.is_equation() {
            let new = relation.map(|(_, side)| opposite(side));
            Move::new(StepKind::ChangeSigns, place_with_sign(term), new.unknown_first(variable).into_statement())
        } else {
            multiplied(relation, variable, &-BigInt::one(), term)
        });
    }
    if number.is_one() {
        return None;
    }
    let decimal = worth.as_ref().is_some_and(|worth| worth.style.decimal);
    let divisor = written(&number, decimal);
    let new = relation.map(
        |(index, side)| {
            if index == at { bare(term, worth.as_ref()) } else { divided(side, &number, &divisor) }
        },
    );
    let turns = number.is_negative() && !relation.is_equation();
    let kind = if turns { StepKind::DivideAndTurn } else { StepKind::DivideBothSides };
    let new = if turns { new.turned() } else { new };
    let with = expression_text(&divisor, Notation::Swedish);
    Some(Move::with(kind, with, place_with_sign(term), new.unknown_first(variable).into_statement()))
}

/// The number before a power of a sum, with the sign.
fn number_before(term: &Signed<'_>) -> Option<Rational> {
    let number = match factors(term.body).as_slice() {
        [_] => Rational::one(),
        [first, _] => Num::of(first)?.value,
        _ => return None,
    };
    Some(if term.negative { -number } else { number })
}

/// The term without its number and sign.
fn bare(term: &Signed<'_>, worth: Option<&Monomial>) -> Expr {
    match (worth, factors(term.body).as_slice()) {
        (Some(worth), _) => Monomial { coefficient: Rational::one(), ..worth.clone() }.to_expr(),
        (None, [_, last]) => (*last).clone(),
        _ => term.body.clone(),
    }
}

/// `2ax = c` → `x = c/(2a)` with letters in `a`.
fn by_letters(relation: &Relation, variable: Name, at: usize, worth: &Monomial) -> Option<Move> {
    let others: crate::exact::Monomial = worth.letters.iter().filter(|(name, _)| *name != variable).copied().collect();
    let is_single = worth.letters.iter().any(|(name, power)| *name == variable && *power == 1);
    if others.is_empty() || !is_single || !relation.is_equation() {
        return None;
    }
    let divisor = Monomial { letters: others, ..worth.clone() }.to_expr();
    let place = relation.sides.get(at)?.place;
    let new =
        relation.map(
            |(index, side)| {
                if index == at { nowhere(Node::Name(variable)) } else { quotient(side.clone(), divisor.clone()) }
            },
        );
    let with = expression_text(&divisor, Notation::Swedish);
    Some(Move::with(StepKind::DivideBothSides, with, place, new.unknown_first(variable).into_statement()))
}

/// True for `x(a+b)`, which is not to be multiplied out again.
pub(super) fn is_factored_out(side: &Expr, variable: Name) -> bool {
    let all = terms(side);
    let [term] = all.as_slice() else { return false };
    let (bound, free): (Vec<&Expr>, Vec<&Expr>) =
        factors(term.body).into_iter().partition(|part| holds(part, variable));
    let is_unknown = |part: &&Expr| matches!(part.node, Node::Name(_));
    bound.len() == 1 && bound.iter().all(is_unknown) && free.iter().any(|part| !part.is_numeric())
}

/// `x(a+b) = c` → `x = c/(a+b)`
fn by_sum(relation: &Relation, variable: Name, at: usize, term: &Signed<'_>) -> Option<Move> {
    let all = factors(term.body);
    let is_unknown = |part: &Expr| matches!(part.node, Node::Name(name) if name == variable);
    let index = all.iter().position(|part| is_unknown(part))?;
    let divisor = super::cancelling::without(term.body, &mut 0, index)?;
    if holds(&divisor, variable) || term.negative || !relation.is_equation() {
        return None;
    }
    let new =
        relation.map(
            |(other, side)| {
                if other == at { nowhere(Node::Name(variable)) } else { quotient(side.clone(), divisor.clone()) }
            },
        );
    let with = expression_text(divisor.unwrapped(), Notation::Swedish);
    let place = term.body.place;
    Some(Move::with(StepKind::DivideBothSides, with, place, new.unknown_first(variable).into_statement()))
}

pub(super) fn opposite(side: &Expr) -> Expr {
    if is_zero(side) || matches!(side.node, Node::EitherSign(..)) {
        return side.clone();
    }
    sum_of(terms(side).into_iter().map(|term| negated(term.to_expr())))
}

/// `side/number`, worked out if that is simple.
pub(super) fn divided(side: &Expr, number: &Rational, divisor: &Expr) -> Expr {
    if let Some(own) = Num::of(side) {
        let value = &own.value / number;
        let decimal = own.form == Form::Decimal || super::number::has_decimals(divisor);
        return match own.form {
            Form::Whole if number.is_integer() && !value.is_integer() => {
                fraction(&own.value.to_integer(), &number.to_integer())
            }
            _ => written(&value, decimal),
        };
    }
    match &side.node {
        Node::EitherSign(signs, size) => {
            let divisor = number.abs();
            let size = divided(size, &divisor, &written(&divisor, super::number::has_decimals(side)));
            nowhere(Node::EitherSign(*signs, Box::new(size)))
        }
        _ if number.is_negative() => negated(quotient(side.clone(), negated(divisor.clone()))),
        _ => quotient(side.clone(), divisor.clone()),
    }
}
