//! Writing a sum as a product.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed as _, Zero};

use super::cancelling;
use super::change::Change;
use super::expression::{self, Aim};
use super::monomial::Monomial;
use super::number::{nowhere, small};
use crate::account::StepKind;
use crate::exact::{Exact, Monomial as Letters, Rational};
use crate::print::{Notation, expression_text};
use crate::rewrite::{Signed, factors, negated, product_of, sum_of, terms};
use crate::tree::{Expr, Name, Node};

/// The next step towards a product.
pub(super) fn next(expr: &Expr, variable: Name) -> Option<Change> {
    let all = terms(expr);
    if let [only] = all.as_slice() {
        return in_factor(only, variable);
    }
    if let Some(found) = shared_bracket(expr, &all) {
        return Some(found);
    }
    if let Some(found) = expression::step(expr, Aim { exact: false, ..Aim::side(false) }) {
        return Some(found);
    }
    if let Some(found) = expression::step(expr, Aim { exact: false, ..Aim::side(true) }) {
        return Some(found);
    }
    let worths: Vec<Monomial> = all.iter().map(|term| Monomial::of(&term.to_expr())).collect::<Option<_>>()?;
    taken_out(expr, &worths)
        .or_else(|| squares_apart(expr, &worths))
        .or_else(|| two_brackets(expr, &worths))
        .or_else(|| by_halves(expr, &all))
        .or_else(|| leading_minus(expr, &worths))
}

/// One term: its factors are looked at one by one.
fn in_factor(term: &Signed<'_>, variable: Name) -> Option<Change> {
    let all = factors(term.body);
    let whole = |new: Expr| if term.negative { negated(new) } else { new };
    for (at, factor) in all.iter().enumerate() {
        let inner = factor.unwrapped();
        if terms(inner).len() < 2 {
            continue;
        }
        let Some(found) = next(inner, variable) else { continue };
        return Some(found.map(|new| {
            let new = if terms(&new).len() > 1 { nowhere(Node::Bracket(Box::new(new))) } else { new };
            let (negative, new) = match new.node {
                Node::Negative(size) => (true, *size),
                node => (false, nowhere(node)),
            };
            let parts = all.iter().enumerate().flat_map(|(index, other)| {
                let parts = if index == at { factors(&new) } else { vec![*other] };
                parts.into_iter().cloned().collect::<Vec<_>>()
            });
            let product = whole(product_of(parts));
            if negative { negated(product) } else { product }
        }));
    }
    if let [only] = all.as_slice()
        && let Node::Power(base, exponent) = &only.node
        && let Some(found) = next(base.unwrapped(), variable)
    {
        return Some(found.map(|new| {
            let base = nowhere(Node::Bracket(Box::new(new)));
            whole(nowhere(Node::Power(Box::new(base), exponent.clone())))
        }));
    }
    expression::step(term.body, Aim { exact: false, ..Aim::side(false) }).map(|found| found.map(whole))
}

fn bracket(expr: Expr) -> Expr {
    nowhere(Node::Bracket(Box::new(expr)))
}

/// `x(x+2)+3(x+2)` → `(x+2)(x+3)`
pub(super) fn shared_bracket(expr: &Expr, all: &[Signed<'_>]) -> Option<Change> {
    if all.len() < 2 {
        return None;
    }
    let first = factors(all.first()?.body);
    let shared = first.into_iter().find(|factor| {
        let is_sum = terms(factor.unwrapped()).len() > 1;
        let everywhere = all.iter().all(|term| position(term.body, factor).is_some());
        is_sum && everywhere
    })?;
    let rest = all.iter().map(|term| {
        let left = position(term.body, shared).and_then(|at| cancelling::without(term.body, &mut 0, at));
        let left = left.unwrap_or_else(|| small(1));
        if term.negative { negated(left) } else { left }
    });
    let with = expression_text(shared.unwrapped(), Notation::Swedish);
    let new = product_of([shared.clone(), bracket(sum_of(rest))]);
    Some(Change::with(StepKind::FactorOut, with, expr.place, new))
}

fn position(body: &Expr, factor: &Expr) -> Option<usize> {
    factors(body).iter().position(|other| other.unwrapped() == factor.unwrapped())
}

/// What all terms have in common: a whole number and letters. The sign of the first term goes with it.
fn taken_out(expr: &Expr, worths: &[Monomial]) -> Option<Change> {
    let (number, letters) = common(worths)?;
    if number.is_one() && letters.is_empty() {
        return None;
    }
    let sign = if worths.first()?.coefficient.is_negative() { -BigInt::one() } else { BigInt::one() };
    let factor = Monomial { coefficient: Rational::from_integer(number * sign), letters, style: Default::default() };
    Some(without(expr, worths, &factor))
}

/// The sum with `factor` before it and divided by it.
fn without(expr: &Expr, worths: &[Monomial], factor: &Monomial) -> Change {
    let rest = worths.iter().map(|worth| {
        let letters = worth.letters.iter().map(|(name, power)| (*name, power - power_of(&factor.letters, *name)));
        let letters: Letters = letters.filter(|(_, power)| *power > 0).collect();
        Monomial { coefficient: &worth.coefficient / &factor.coefficient, letters, style: worth.style }.to_expr()
    });
    let rest = bracket(sum_of(rest));
    let size = super::collecting::size_of(factor);
    let product = if super::expanding::is_one(&size) { rest } else { product_of([size.to_expr(), rest]) };
    let new = if factor.coefficient.is_negative() { negated(product) } else { product };
    let with = expression_text(&factor.to_expr(), Notation::Swedish);
    Change::with(StepKind::FactorOut, with, expr.place, new)
}

fn power_of(letters: &Letters, name: Name) -> u32 {
    letters.iter().find(|(own, _)| *own == name).map_or(0, |(_, power)| *power)
}

/// The largest whole number and the letters that divide all terms.
fn common(worths: &[Monomial]) -> Option<(BigInt, Letters)> {
    let whole = worths.iter().all(|worth| worth.coefficient.is_integer());
    let divisor = worths.iter().fold(BigInt::zero(), |so_far, worth| so_far.gcd(worth.coefficient.numer()));
    let number = if whole && !divisor.is_zero() { divisor } else { BigInt::one() };
    let first = worths.first()?;
    let shared = first.letters.iter().map(|(name, power)| {
        let least = worths.iter().map(|worth| power_of(&worth.letters, *name)).min().unwrap_or(0);
        (*name, least.min(*power))
    });
    Some((number, shared.filter(|(_, power)| *power > 0).collect()))
}

/// The letters whose square these are.
fn half(letters: &Letters) -> Option<Letters> {
    letters.iter().map(|(name, power)| (power % 2 == 0).then_some((*name, power / 2))).collect()
}

fn root(worth: &Monomial) -> Option<Monomial> {
    let value = Exact::from(&worth.coefficient).exact_root(2)?.to_rational();
    Some(Monomial { coefficient: value, letters: half(&worth.letters)?, style: worth.style })
}

/// `x²−9` → `(x+3)(x−3)`
fn squares_apart(expr: &Expr, worths: &[Monomial]) -> Option<Change> {
    let [first, second] = worths else { return None };
    let (plus, minus) = if second.coefficient.is_negative() { (first, second) } else { (second, first) };
    let (a, b) = (root(plus)?, root(&minus.negated())?);
    let side = |other: &Monomial| bracket(sum_of([a.to_expr(), other.to_expr()]));
    let new = product_of([side(&b), side(&b.negated())]);
    Some(Change::new(StepKind::FactorDifferenceOfSquares, expr.place, new))
}

/// `x²+5x+6` → `(x+2)(x+3)`, `x²+6x+9` → `(x+3)²`: three terms that are a quadratic in two monomials.
fn two_brackets(expr: &Expr, worths: &[Monomial]) -> Option<Change> {
    let [one, two, three] = worths else { return None };
    let orders = [
        [one, two, three],
        [one, three, two],
        [two, one, three],
        [two, three, one],
        [three, one, two],
        [three, two, one],
    ];
    orders.into_iter().find_map(|[a, b, c]| {
        let (first, last) = (half(&a.letters)?, half(&c.letters)?);
        let unit = |letters: Letters| Monomial { coefficient: Rational::one(), letters, style: a.style };
        let (first, last) = (unit(first), unit(last));
        let fits = first.times(&last)?.letters == b.letters && a.coefficient.is_positive();
        if fits { split(expr, [a, b, c], &first, &last) } else { None }
    })
}

/// `a·u²+b·uv+c·v²` with whole numbers, split if the discriminant is a square.
fn split(expr: &Expr, [a, b, c]: [&Monomial; 3], first: &Monomial, last: &Monomial) -> Option<Change> {
    if ![a, b, c].iter().all(|worth| worth.coefficient.is_integer()) {
        return None;
    }
    let two = Rational::from_integer(2.into());
    let discriminant = &b.coefficient * &b.coefficient - &two * &two * &a.coefficient * &c.coefficient;
    let root = Exact::from(&discriminant).exact_root(2)?.to_rational();
    let below = &two * &a.coefficient;
    // u/v = −b/2a ± …: with u/v = p/q the factor is qu−pv.
    let factor = |value: Rational| {
        let front = Monomial { coefficient: Rational::from_integer(value.denom().clone()), ..first.clone() };
        let back = Monomial { coefficient: Rational::from_integer(-value.numer()), ..last.clone() };
        bracket(sum_of([front.to_expr(), back.to_expr()]))
    };
    if root.is_zero() {
        let base = factor(-&b.coefficient / &below);
        let new = nowhere(Node::Power(Box::new(base), Box::new(small(2))));
        return Some(Change::new(StepKind::FactorSquare, expr.place, new));
    }
    let (larger, smaller) = ((&root - &b.coefficient) / &below, (-&root - &b.coefficient) / &below);
    let new = product_of([factor(larger), factor(smaller)]);
    Some(Change::new(StepKind::FactorPolynomial, expr.place, new))
}

/// `x³+2x²+3x+6` → `x²(x+2)+3(x+2)`, if both halves leave the same bracket.
fn by_halves(expr: &Expr, all: &[Signed<'_>]) -> Option<Change> {
    if all.len() != 4 {
        return None;
    }
    let half = |part: &[Signed<'_>]| -> Option<(Monomial, Vec<Monomial>)> {
        let worths: Vec<Monomial> = part.iter().map(|term| Monomial::of(&term.to_expr())).collect::<Option<_>>()?;
        let (number, letters) = common(&worths)?;
        let sign = if worths.first()?.coefficient.is_negative() { -BigInt::one() } else { BigInt::one() };
        let factor =
            Monomial { coefficient: Rational::from_integer(number * sign), letters, style: Default::default() };
        let rest = worths.iter().map(|worth| {
            let letters = worth.letters.iter().map(|(name, power)| (*name, power - power_of(&factor.letters, *name)));
            let letters: Letters = letters.filter(|(_, power)| *power > 0).collect();
            Monomial { coefficient: &worth.coefficient / &factor.coefficient, letters, style: worth.style }
        });
        let rest = rest.collect();
        Some((factor, rest))
    };
    let (left, right) = all.split_at(2);
    let ((a, first), (b, second)) = (half(left)?, half(right)?);
    if first != second {
        return None;
    }
    let inner = bracket(sum_of(first.iter().map(Monomial::to_expr)));
    let part = |factor: &Monomial| {
        let size = super::collecting::size_of(factor);
        let product =
            if super::expanding::is_one(&size) { inner.clone() } else { product_of([size.to_expr(), inner.clone()]) };
        if factor.coefficient.is_negative() { negated(product) } else { product }
    };
    Some(Change::new(StepKind::FactorOut, expr.place, sum_of([part(&a), part(&b)])))
}

/// `−x²+5x−6` → `−(x²−5x+6)`, if that can be split.
fn leading_minus(expr: &Expr, worths: &[Monomial]) -> Option<Change> {
    let factor = Monomial::number(-Rational::one());
    let turned: Vec<Monomial> = worths.iter().map(Monomial::negated).collect();
    two_brackets(expr, &turned).map(|_| without(expr, worths, &factor))
}

/// The letter taken out of all terms, with what else they have in common.
pub(super) fn out(side: &Expr, variable: Name) -> Option<Change> {
    let worths: Vec<Monomial> = terms(side).iter().map(|term| Monomial::of(&term.to_expr())).collect::<Option<_>>()?;
    let (_, letters) = common(&worths)?;
    if worths.len() < 2 || power_of(&letters, variable) == 0 {
        return None;
    }
    taken_out(side, &worths)
}
