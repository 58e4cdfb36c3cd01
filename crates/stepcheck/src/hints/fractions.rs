//! Fractions with letters below: brought to one denominator, added, and cleared from an equation.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed as _};

use super::change::Change;
use super::equation::{Relation, holds};
use super::monomial::Monomial;
use super::number::{Form, Num, nowhere, small, whole};
use super::{cancelling, change, collecting, factoring};
use crate::account::StepKind;
use crate::exact::Rational;
use crate::forms;
use crate::print::{Notation, expression_text};
use crate::rewrite::{factors, negated, product_of, quotient, sum_of, terms};
use crate::tree::{Expr, Name, Node, Over};

/// Sums of more terms are left alone.
const MOST_TERMS: usize = 6;
/// So are higher powers below a fraction bar.
const MOST_POWER: i64 = 20;
/// A polynomial is factored in so many steps at most.
const MOST_FACTORING: usize = 4;

/// A number and powers of what stands in a denominator.
#[derive(Debug, Clone, PartialEq)]
struct Bottom {
    number: BigInt,
    bases: Vec<(Expr, i64)>,
}

impl Bottom {
    fn one() -> Self {
        Self { number: BigInt::one(), bases: Vec::new() }
    }

    /// `None` for a number that is not whole, and for powers that are not.
    fn of(expr: &Expr) -> Option<Self> {
        let mut found = Self::one();
        for factor in factors(expr.unwrapped()) {
            if let Some(number) = Num::of(factor) {
                let positive = number.form == Form::Whole && number.value.is_positive();
                found.number *= positive.then(|| number.value.to_integer())?;
                continue;
            }
            let (base, exponent) = match &factor.unwrapped().node {
                Node::Power(base, exponent) => {
                    let size = forms::whole(exponent).filter(|size| (1..=MOST_POWER).contains(size))?;
                    (base.unwrapped(), size)
                }
                _ => (factor.unwrapped(), 1),
            };
            match found.bases.iter_mut().find(|(known, _)| known == base) {
                Some((_, own)) => *own += exponent,
                None => found.bases.push((base.clone(), exponent)),
            }
        }
        Some(found)
    }

    /// The least that both divide.
    fn common(mut self, other: &Self) -> Self {
        self.number = self.number.lcm(&other.number);
        for (base, exponent) in &other.bases {
            match self.bases.iter_mut().find(|(known, _)| known == base) {
                Some((_, own)) => *own = (*own).max(*exponent),
                None => self.bases.push((base.clone(), *exponent)),
            }
        }
        self
    }

    /// What `self` is multiplied by to be `common`.
    fn missing(&self, common: &Self) -> Self {
        let rest = common.bases.iter().map(|(base, exponent)| {
            let own = self.bases.iter().find(|(known, _)| known == base).map_or(0, |(_, own)| *own);
            (base.clone(), exponent - own)
        });
        Self { number: &common.number / &self.number, bases: rest.filter(|(_, exponent)| *exponent > 0).collect() }
    }

    fn is_one(&self) -> bool {
        self.number.is_one() && self.bases.is_empty()
    }

    /// The factors as they are written, number first, then letters, then brackets.
    fn to_factors(&self) -> Vec<Expr> {
        let is_letter = |base: &Expr| matches!(base.node, Node::Name(_));
        let (letters, sums): (Vec<_>, Vec<_>) = self.bases.iter().partition(|(base, _)| is_letter(base));
        let number = (!self.number.is_one()).then(|| whole(&self.number));
        let bases = letters.into_iter().chain(sums).map(|(base, exponent)| {
            let base = if is_letter(base) { base.clone() } else { nowhere(Node::Bracket(Box::new(base.clone()))) };
            match exponent {
                1 => base,
                size => nowhere(Node::Power(Box::new(base), Box::new(small(*size)))),
            }
        });
        number.into_iter().chain(bases).collect()
    }

    /// As it stands below a fraction bar: several factors in a bracket.
    fn to_expr(&self) -> Expr {
        wrapped(&product_of(self.to_factors()))
    }
}

/// A term of a sum as a fraction.
struct Part {
    negative: bool,
    top: Expr,
    bottom: Bottom,
}

impl Part {
    fn all(expr: &Expr) -> Option<Vec<Self>> {
        let all = terms(expr);
        if all.len() > MOST_TERMS {
            return None;
        }
        let divides = |part: &Expr| part.any(&|inner| matches!(inner.node, Node::Quotient(..) | Node::Mixed { .. }));
        let part = |term: &crate::rewrite::Signed<'_>| {
            let body = term.body.unwrapped();
            let parts = factors(body);
            let over = parts.iter().position(|part| matches!(part.unwrapped().node, Node::Quotient(..)));
            let (top, bottom) = match over.and_then(|at| Some((at, &parts.get(at)?.unwrapped().node))) {
                Some((at, Node::Quotient(top, Over::Bar, bottom))) if !divides(bottom) => {
                    let top = if parts.len() > 1 { factor(top.unwrapped()) } else { top.unwrapped().clone() };
                    let others = parts.iter().enumerate().map(
                        |(index, other)| {
                            if index == at { top.clone() } else { (*other).clone() }
                        },
                    );
                    (product_of(others), Bottom::of(bottom)?)
                }
                _ => (body.clone(), Bottom::one()),
            };
            (!divides(&top)).then_some(Self { negative: term.negative, top, bottom })
        };
        all.iter().map(part).collect()
    }

    /// The numerator over the common denominator.
    fn over(&self, common: &Bottom) -> Expr {
        let missing = self.bottom.missing(common);
        if missing.is_one() {
            return self.top.clone();
        }
        let factors = missing.to_factors();
        let (plain, sums): (Vec<Expr>, Vec<Expr>) =
            factors.into_iter().partition(|factor| !matches!(factor.node, Node::Bracket(_) | Node::Power(..)));
        let plain = product_of(plain);
        let own = (Monomial::of(&plain), Monomial::of(&self.top));
        let front = match own {
            (Some(a), Some(b)) => match a.times(&b) {
                Some(product) => vec![product.to_expr()],
                None => vec![plain, self.top.clone()],
            },
            _ => vec![plain, factor(&self.top)],
        };
        let is_one = |factor: &Expr| Num::of(factor).is_some_and(|number| number.value.is_one());
        let all: Vec<Expr> = front.into_iter().chain(sums).filter(|factor| !is_one(factor)).collect();
        match all.as_slice() {
            [only] => only.unwrapped().clone(),
            _ => product_of(all),
        }
    }

    /// The numerator over the common denominator with its sign, in a bracket if it is a sum after a minus.
    fn signed_over(&self, common: &Bottom) -> Expr {
        let new = self.over(common);
        let several = self.negative && terms(&new).len() > 1;
        self.signed(if several { nowhere(Node::Bracket(Box::new(new))) } else { new })
    }

    fn signed(&self, new: Expr) -> Expr {
        if self.negative { negated(new) } else { new }
    }
}

fn common_of(parts: &[Part]) -> Bottom {
    parts.iter().fold(Bottom::one(), |so_far, part| so_far.common(&part.bottom))
}

/// The next step towards one fraction: a common denominator, then one fraction bar.
pub(super) fn one_fraction(expr: &Expr) -> Option<Change> {
    let parts = Part::all(expr).filter(|parts| parts.len() > 1)?;
    let common = common_of(&parts);
    if common.is_one() {
        return None;
    }
    if parts.iter().all(|part| part.bottom == common) {
        return Some(Change::new(StepKind::SingleFraction, expr.place, joined(&parts, &common)));
    }
    let over = |part: &Part| part.signed(quotient(factor(&part.over(&common)), common.to_expr()));
    Some(Change::new(StepKind::CommonDenominator, expr.place, sum_of(parts.iter().map(over))))
}

/// All over one fraction bar, like terms collected.
fn joined(parts: &[Part], bottom: &Bottom) -> Expr {
    let top = sum_of(parts.iter().map(|part| part.signed_over(bottom)));
    let top = collecting::next(&top, false, false).map_or(top, |found| found.new);
    match top.node {
        Node::Negative(size) => negated(quotient(wrapped(&size), bottom.to_expr())),
        _ => quotient(wrapped(&top), bottom.to_expr()),
    }
}

/// Fractions with the same letters below and like terms above.
fn alike(expr: &Expr) -> Option<(Vec<Part>, Vec<Monomial>)> {
    if !expr.any(&|part| matches!(part.node, Node::Quotient(..))) {
        return None;
    }
    let parts = Part::all(expr).filter(|parts| parts.len() > 1)?;
    let bases = &parts.first()?.bottom.bases;
    if bases.is_empty() || parts.iter().any(|part| part.bottom.bases != *bases) {
        return None;
    }
    let worths: Vec<Monomial> = parts.iter().map(|part| Monomial::of(&part.top)).collect::<Option<_>>()?;
    let letters = worths.first()?.letters.clone();
    worths.iter().all(|worth| worth.letters == letters).then_some((parts, worths))
}

/// `2/(3x)+1/x` → `2/(3x)+3/(3x)`
pub(super) fn made_alike(expr: &Expr) -> Option<Change> {
    alike(expr).and_then(|_| one_fraction(expr))
}

/// `2/x+3/x` → `5/x`
pub(super) fn like(expr: &Expr) -> Option<Change> {
    let (parts, worths) = alike(expr)?;
    let first = &parts.first()?.bottom;
    if parts.iter().any(|part| part.bottom != *first) {
        return None;
    }
    let letters = &worths.first()?.letters;
    let total = worths.iter().zip(&parts).fold(Monomial::number(Default::default()), |so_far, (worth, part)| {
        let own = if part.negative { -&worth.coefficient } else { worth.coefficient.clone() };
        Monomial { coefficient: so_far.coefficient + own, letters: letters.clone(), style: worth.style }
    });
    let minus = parts.iter().skip(1).all(|part| part.negative);
    let kind = if minus { StepKind::SubtractFractions } else { StepKind::AddFractions };
    let (negative, top) = match total.to_expr().node {
        Node::Negative(size) => (true, *size),
        node => (false, nowhere(node)),
    };
    let new = quotient(top, first.to_expr());
    Some(Change::new(kind, expr.place, if negative { negated(new) } else { new }))
}

/// `6/(4x)` → `3/(2x)`, `2x/(4xy)` → `1/(2y)`: a number, or letters, above and below.
pub(super) fn shortened(body: &Expr) -> Option<Change> {
    let Node::Quotient(top, Over::Bar, bottom) = &body.node else { return None };
    let (worth, below) = (Monomial::of(top)?, Bottom::of(bottom)?);
    if !worth.coefficient.is_integer() || worth.coefficient.is_negative() || below.bases.is_empty() {
        return None;
    }
    let shared = worth.coefficient.numer().gcd(&below.number);
    let mut rest = worth.clone();
    let mut left = Bottom { number: &below.number / &shared, bases: Vec::new() };
    rest.coefficient /= Rational::from_integer(shared);
    for (base, exponent) in &below.bases {
        let own = rest.letters.iter_mut().find(|(name, _)| base.node == Node::Name(*name));
        let gone = own.map_or(0, |(_, power)| {
            let gone = (*power).min(u32::try_from(*exponent).unwrap_or(0));
            *power -= gone;
            i64::from(gone)
        });
        if exponent > &gone {
            left.bases.push((base.clone(), exponent - gone));
        }
    }
    rest.letters.retain(|(_, power)| *power > 0);
    if left == below {
        return None;
    }
    let kind = if left.bases == below.bases { StepKind::ShortenFraction } else { StepKind::CancelFactor };
    let above = rest.to_expr();
    let new = if left.is_one() { above } else { quotient(above, left.to_expr()) };
    Some(Change::new(kind, body.place, new))
}

/// The first step of factoring above or below a fraction bar, if what comes of it can be shortened:
/// `(x²−9)/(x−3)` → `(x+3)(x−3)/(x−3)`.
pub(super) fn to_shorten(expr: &Expr) -> Option<Change> {
    let Node::Quotient(top, Over::Bar, bottom) = &expr.node else {
        return change::in_parts(expr, &mut to_shorten);
    };
    let is_sum = |part: &Expr| part.any(&|inner| matches!(inner.node, Node::Sum(..) | Node::Difference(..)));
    let name = bottom.names().into_iter().find(|name| holds(top, *name)).filter(|_| is_sum(top) || is_sum(bottom))?;
    let (above, below) = (factored(top, name), factored(bottom, name));
    let factors_found = quotient(wrapped(&above), wrapped(&below));
    cancelling::next(&factors_found)?;
    let step = |part: &Expr| factoring::next(part.unwrapped(), name);
    if let Some(found) = step(top).filter(|_| above != *top.unwrapped()) {
        return Some(found.map(|new| quotient(wrapped(&new), (**bottom).clone())));
    }
    let found = step(bottom)?;
    Some(found.map(|new| quotient((**top).clone(), wrapped(new.unwrapped()))))
}

/// As a factor: in a bracket if it is a sum.
fn factor(expr: &Expr) -> Expr {
    if terms(expr).len() > 1 { wrapped(expr) } else { expr.clone() }
}

/// In a bracket if it is a sum or a product, as below a fraction bar.
fn wrapped(part: &Expr) -> Expr {
    match part.node {
        Node::Sum(..) | Node::Difference(..) | Node::Product(..) => nowhere(Node::Bracket(Box::new(part.clone()))),
        _ => part.clone(),
    }
}

fn factored(expr: &Expr, name: Name) -> Expr {
    let mut new = expr.unwrapped().clone();
    for _ in 0..MOST_FACTORING {
        match factoring::next(&new, name) {
            Some(found) => new = found.new,
            None => break,
        }
    }
    new
}

/// Both sides times the common denominator, if the unknown stands below a fraction bar and elsewhere too:
/// `1/x+x = 2` → `1+x² = 2x`.
pub(super) fn cleared(relation: &Relation, variable: Name) -> Option<change::Move> {
    if !relation.is_equation() || relation.sides.len() != 2 {
        return None;
    }
    let sides: Vec<Vec<Part>> = relation.sides.iter().map(Part::all).collect::<Option<_>>()?;
    let below = |part: &Part| part.bottom.bases.iter().any(|(base, _)| holds(base, variable));
    let at = relation.sides.iter().flat_map(terms).zip(sides.iter().flatten()).find(|(_, part)| below(part));
    let (first, _) = at?;
    let common = sides.iter().flatten().fold(Bottom::one(), |so_far, part| so_far.common(&part.bottom));
    let new = relation.map(|(at, _)| {
        let parts = sides.get(at).map(Vec::as_slice).unwrap_or_default();
        sum_of(parts.iter().map(|part| part.signed_over(&common)))
    });
    let with = expression_text(common.to_expr().unwrapped(), Notation::Swedish);
    Some(change::Move::with(StepKind::MultiplyBothSides, with, first.body.place, new.into_statement()))
}
