//! Terms that were moved to the other side, and what both sides were multiplied or divided by.
//!
//! Of sides `l` and `r` that became `c(l+d)` and `c(r+d)` the difference became `c(l−r)`: that gives `c`, then `d`.

use super::polynomials::{gather_brackets, loose};
use super::relations::{Sides, has_sum, number_text, scaled};
use super::trail::Trail;
use super::values::{is_zero, minus, number_between, reduced};
use super::written::{bare, expression, expression_in, is_sum, open_factors, text};
use crate::account::StepKind;
use crate::exact::{Exact, Fraction, Polynomial};
use crate::tree::{Expr, Node, Sign};

/// Sides that became `factor` times themselves and `moved`.
struct Change {
    factor: Exact,
    moved: Fraction,
    swapped: bool,
}

impl Change {
    /// How much there is to tell.
    fn cost(&self) -> usize {
        let terms = self.moved.top.terms().len();
        2 * terms + usize::from(!self.factor.is_one()) + usize::from(self.swapped)
    }
}

/// Terms that were moved and a number that both sides were multiplied or divided by.
pub(super) fn by_numbers(trail: &mut Trail, from: &Sides<'_>, to: &Sides<'_>) -> bool {
    let straight = change(trail, from, to, false);
    let crossed = change(trail, from, &to.swapped(), true);
    let best = [straight, crossed].into_iter().flatten().min_by_key(Change::cost);
    let Some(change) = best else { return false };
    tell(trail, from, to, &change);
    true
}

fn change(trail: &mut Trail, from: &Sides<'_>, to: &Sides<'_>, swapped: bool) -> Option<Change> {
    let (before, after) = (from.difference(trail)?, to.difference(trail)?);
    let factor = number_between(&before, &after)?;
    let turned = !factor.is_positive();
    let signs = from.signs.iter().map(|sign| if turned { sign.flipped() } else { *sign });
    if !signs.eq(to.signs.iter().copied()) {
        return None;
    }
    let back = &Exact::ONE / &factor;
    let mut moved: Option<Fraction> = None;
    for (one, two) in from.sides.iter().zip(&to.sides) {
        let (one, two) = (trail.values.fraction(one)?, trail.values.fraction(two)?);
        let added = minus(scaled(&two, &back)?, one)?;
        match &moved {
            Some(known) if known.equals(&added) != Ok(true) => return None,
            _ => moved = Some(added),
        }
    }
    let moved = reduced(moved?)?;
    Some(Change { factor, moved, swapped })
}

fn tell(trail: &mut Trail, from: &Sides<'_>, to: &Sides<'_>, change: &Change) {
    let equation = from.signs.iter().all(|sign| matches!(sign, Sign::Equal | Sign::NotEqual));
    let scale_first = scales_first(trail, from, change);
    multiplied_out(trail, from, to, scale_first.then_some(&change.factor));
    if scale_first {
        scale(trail, from, &change.factor, equation);
        if let Some(moved) = scaled(&change.moved, &change.factor) {
            moved_terms(trail, from, to, &moved);
        }
    } else {
        moved_terms(trail, from, to, &change.moved);
        scale(trail, from, &change.factor, equation);
    }
    factored(trail, from, to);
    if change.swapped {
        trail.note_as(if equation { StepKind::SwapSides } else { StepKind::ReadFromTheOtherSide }, 0);
    }
}

/// True if both sides were multiplied before anything was moved: that makes whole numbers of fractions, or takes away
/// the number before a bracket.
fn scales_first(trail: &mut Trail, from: &Sides<'_>, change: &Change) -> bool {
    if is_zero(&change.moved) {
        return false;
    }
    let divisor = &Exact::ONE / &change.factor;
    let before_bracket = from.sides.iter().any(|side| {
        let (negative, factors) = open_factors(side);
        let numbers: Vec<Exact> = factors.iter().filter_map(|factor| trail.values.number(factor)).collect();
        let product = numbers.iter().fold(Exact::ONE, |product, number| &product * number);
        let product = if negative { -&product } else { product };
        !numbers.is_empty()
            && factors.iter().any(|factor| is_sum(factor))
            && factors.len() == numbers.len() + 1
            && product == divisor
    });
    let whole = |value: &Fraction| value.top.terms().iter().all(|(_, number)| number.is_whole());
    let cleared = change.factor.is_whole()
        && !whole(&change.moved)
        && scaled(&change.moved, &change.factor).is_some_and(|moved| whole(&moved));
    let over_sum = change.factor.is_whole()
        && from.sides.iter().any(|side| matches!(&bare(side).node, Node::Quotient(top, ..) if is_sum(bare(top))));
    before_bracket || cleared || over_sum
}

/// The brackets that are gone, and the like terms of one side that are collected.
pub(super) fn multiplied_out(trail: &mut Trail, from: &Sides<'_>, to: &Sides<'_>, divided: Option<&Exact>) {
    let mut gone = Vec::new();
    for side in &from.sides {
        let factors = open_factors(side).1;
        let is_whole_product = divided.is_some() && factors.len() > 1 && factors.iter().any(|factor| is_sum(factor));
        if !is_whole_product {
            gather_gone(trail, side, &to.sides, &mut gone);
        }
    }
    trail.note_all(&gone);
    let repeated = |trail: &mut Trail, sides: &[&Expr]| {
        sides.iter().filter_map(|side| loose(side, &mut trail.values)).any(|terms| {
            terms.iter().enumerate().any(|(at, (monomial, _))| {
                !monomial.is_empty() && terms.iter().skip(at + 1).any(|(other, _)| other == monomial)
            })
        })
    };
    if repeated(trail, &from.sides) && !repeated(trail, &to.sides) {
        trail.note(StepKind::CollectTerms);
    }
}

/// The outermost brackets whose sums are no longer there.
fn gather_gone(trail: &mut Trail, expr: &Expr, to: &[&Expr], gone: &mut Vec<StepKind>) {
    let sums: Vec<&Expr> = match &expr.node {
        Node::Product(..) => open_factors(expr).1.into_iter().filter(|factor| is_sum(factor)).collect(),
        Node::Power(base, _) if is_sum(bare(base)) => vec![bare(base)],
        Node::Negative(inner) | Node::Difference(_, inner)
            if matches!(inner.node, Node::Bracket(_)) && is_sum(bare(inner)) =>
        {
            vec![bare(inner)]
        }
        _ => Vec::new(),
    };
    let lost = sums.iter().any(|sum| {
        let value = trail.values.fraction(sum);
        value.is_some_and(|value| !to.iter().any(|side| has_sum(trail, side, &value)))
    });
    if lost {
        if let Node::Difference(first, _) = &expr.node {
            gather_gone(trail, first, to, gone);
            gone.push(StepKind::MinusBracket);
        } else {
            gather_brackets(expr, &mut trail.values, gone);
        }
        return;
    }
    expr.each_part().for_each(|part| gather_gone(trail, part, to, gone));
}

/// One step for each term that was moved, or one for all.
pub(super) fn moved_terms(trail: &mut Trail, from: &Sides<'_>, to: &Sides<'_>, moved: &Fraction) {
    use StepKind as K;
    if is_zero(moved) {
        return;
    }
    let zero = |trail: &mut Trail, sides: &Sides<'_>| {
        sides.sides.iter().any(|side| trail.values.fraction(side).is_some_and(|value| is_zero(&value)))
    };
    let terms = moved.top.terms();
    let lettered = terms.iter().any(|(monomial, _)| !monomial.is_empty());
    let letters = to.sides.iter().any(|side| !side.is_numeric());
    if lettered && letters && zero(trail, to) && !zero(trail, from) {
        return trail.note(K::CollectOnOneSide);
    }
    let mut each: Vec<Fraction> = if moved.bottom.is_one() {
        let single = |(monomial, value): &(crate::exact::Monomial, Exact)| {
            Polynomial::from_terms([(monomial.clone(), value.clone())]).ok().map(Fraction::whole)
        };
        terms.iter().filter_map(single).collect()
    } else {
        vec![moved.clone()]
    };
    // Letters before numbers.
    each.sort_by_key(|term| term.top.as_constant().is_some());
    for term in each {
        let positive = term.top.terms().first().is_some_and(|(_, value)| value.is_positive());
        let size = if positive { term } else { term.negated() };
        let with = text(&expression_in(&trail.values, &size, has_decimals(from)));
        trail.note_with(if positive { K::AddToBothSides } else { K::SubtractFromBothSides }, Some(with));
    }
}

/// Both sides times a number.
pub(super) fn scale(trail: &mut Trail, from: &Sides<'_>, factor: &Exact, equation: bool) {
    use StepKind as K;
    if factor.is_one() {
        return;
    }
    let (multiply, divide) = if equation || factor.is_positive() {
        (K::MultiplyBothSides, K::DivideBothSides)
    } else {
        (K::MultiplyAndTurn, K::DivideAndTurn)
    };
    if equation && *factor == -&Exact::ONE {
        return trail.note(K::ChangeSigns);
    }
    let divisor = &Exact::ONE / factor;
    let written = |value: &Exact| {
        let is = |part: &Expr| matches!(&part.node, Node::Number(number) if Exact::from(&number.value) == *value);
        from.sides.iter().any(|side| side.any(&is))
    };
    if has_decimals(from) && is_decimal(&divisor) && (!factor.is_whole() || written(&divisor.abs())) {
        return trail.note_with(divide, Some(decimal_text(&divisor)));
    }
    match (factor.is_whole(), divisor.is_whole()) {
        (_, true) => trail.note_with(divide, Some(number_text(&divisor))),
        (true, _) => trail.note_with(multiply, Some(number_text(factor))),
        _ => {
            let Exact::Small(top, bottom) = factor else { return trail.note_with(multiply, Some(number_text(factor))) };
            // The sign is turned where it is divided.
            let (top, bottom) = if *top < 0 { (top.saturating_neg(), -bottom) } else { (*top, *bottom) };
            trail.note_with(K::MultiplyBothSides, Some(number_text(&Exact::Small(top, 1))));
            trail.note_with(divide, Some(number_text(&Exact::from_ratio(bottom, 1))));
        }
    }
}

fn has_decimals(sides: &Sides<'_>) -> bool {
    sides.sides.iter().any(|side| side.any(&|part| matches!(&part.node, Node::Number(number) if !number.is_whole())))
}

/// True if it has finitely many decimals, some.
fn is_decimal(value: &Exact) -> bool {
    let &Exact::Small(_, mut bottom) = value else { return false };
    for prime in [2, 5] {
        while bottom % prime == 0 {
            bottom /= prime;
        }
    }
    bottom == 1 && !value.is_whole()
}

fn decimal_text(value: &Exact) -> String {
    crate::print::number_text(&value.to_rational(), crate::print::Notation::Swedish)
}

/// The brackets that were not there: what they were made of is the side multiplied out.
pub(super) fn factored(trail: &mut Trail, from: &Sides<'_>, to: &Sides<'_>) {
    for side in &to.sides {
        let mut brackets = Vec::new();
        gather_brackets(side, &mut trail.values, &mut brackets);
        let Some(value) = trail.values.fraction(side).filter(|value| !brackets.is_empty() && value.bottom.is_one())
        else {
            continue;
        };
        if !has_new_sum(trail, side, &from.sides) {
            continue;
        }
        let plain = expression(&trail.values, &value);
        let mut branch = trail.branch();
        super::align::inside(&mut branch, &plain, side);
        if branch.is_named() {
            trail.take(branch, None);
        } else {
            trail.leave(&mut branch);
        }
    }
}

/// True if there is a factor or a squared sum in it that was not there before.
fn has_new_sum(trail: &mut Trail, expr: &Expr, from: &[&Expr]) -> bool {
    let sums: Vec<&Expr> = match &expr.node {
        Node::Product(..) => open_factors(expr).1.into_iter().filter(|factor| is_sum(factor)).collect(),
        Node::Power(base, _) if is_sum(bare(base)) => vec![bare(base)],
        _ => Vec::new(),
    };
    let new = sums.iter().any(|sum| {
        let value = trail.values.fraction(sum);
        value.is_some_and(|value| !from.iter().any(|side| has_sum(trail, side, &value)))
    });
    new || expr.each_part().any(|part| has_new_sum(trail, part, from))
}
