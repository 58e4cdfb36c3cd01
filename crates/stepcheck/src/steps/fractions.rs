//! Fractions: of numbers and of expressions.

use super::trail::Trail;
use super::values::{minus, number_between, over, reduced, times};
use super::written::{bare, is_sum, open_factors, open_terms};
use super::{align, written};
use crate::account::StepKind;
use crate::exact::{Exact, Fraction};
use crate::rewrite::Signed;
use crate::tree::{Expr, Node};

/// Top and bottom of a fraction, a sign before it aside.
fn parts(expr: &Expr) -> Option<(&Expr, &Expr)> {
    match &bare(expr).node {
        Node::Quotient(top, _, bottom) => Some((bare(top), bare(bottom))),
        Node::Negative(inner) => parts(inner),
        _ => None,
    }
}

/// The denominator that is written in a term; none if there is none.
fn bottom(expr: &Expr) -> Option<&Expr> {
    parts(expr).map(|(_, bottom)| bottom).or_else(|| {
        let (_, factors) = open_factors(expr);
        factors.iter().find_map(|factor| parts(factor)).map(|(_, bottom)| bottom)
    })
}

fn bottoms(trail: &mut Trail, terms: &[Signed<'_>]) -> Option<Vec<Fraction>> {
    let one = || Fraction::constant(Exact::ONE);
    terms
        .iter()
        .map(|term| bottom(term.body).map_or_else(|| Some(one()), |bottom| trail.values.fraction(bottom)))
        .collect()
}

fn all_same(values: &[Fraction]) -> bool {
    values.windows(2).all(|pair| matches!(pair, [a, b] if a.equals(b) == Ok(true)))
}

/// The terms of a sum that got a common denominator: one by one they are worth the same as before.
pub(super) fn brought_together(trail: &mut Trail, above: &[Signed<'_>], below: &[Signed<'_>]) -> bool {
    if above.len() != below.len() || above.len() < 2 || !below.iter().all(|term| bottom(term.body).is_some()) {
        return false;
    }
    let (Some(before), Some(after)) = (bottoms(trail, above), bottoms(trail, below)) else { return false };
    if all_same(&before) || !all_same(&after) {
        return false;
    }
    let same =
        above.iter().zip(below).all(|(one, two)| one.negative == two.negative && trail.values.same(one.body, two.body));
    if same {
        trail.note(StepKind::CommonDenominator);
    }
    same
}

/// What happened to fractions.
pub(super) fn rule(trail: &mut Trail, a: &Expr, b: &Expr) -> bool {
    let has = |expr: &Expr| expr.any(&|part| matches!(part.node, Node::Quotient(..)));
    if !has(a) && !has(b) {
        return false;
    }
    let (a, b) = (bare(a), bare(b));
    match (is_sum(a), is_sum(b)) {
        (true, false) => added(trail, a, b),
        (false, true) => split(trail, a, b),
        (false, false) => match (parts(a), parts(b)) {
            (Some((_, below)), _) if parts(below).is_some() || has_quotient_factor(below) => inverted(trail, a, b),
            (Some((top, _)), _) if parts(top).is_some() => inverted(trail, a, b),
            (Some(_), Some(_)) => scaled(trail, a, b),
            (Some((top, below)), None) => cancelled(trail, a, b, top, below),
            (None, Some(_)) => multiplied(trail, a, b),
            (None, None) => multiplied_out(trail, a, b),
        },
        (true, true) => false,
    }
}

fn has_quotient_factor(expr: &Expr) -> bool {
    let (_, factors) = open_factors(expr);
    factors.len() > 1 && factors.iter().any(|factor| parts(factor).is_some())
}

/// A sum that became one fraction.
fn added(trail: &mut Trail, a: &Expr, b: &Expr) -> bool {
    use StepKind as K;
    let terms = open_terms(a);
    let Some((_, below)) = parts(b) else { return false };
    if !terms.iter().any(|term| bottom(term.body).is_some()) {
        return false;
    }
    let (Some(before), Some(after)) = (bottoms(trail, &terms), trail.values.fraction(below)) else { return false };
    let rest = terms.get(1..).unwrap_or_default();
    let mut kinds = Vec::new();
    if rest.iter().any(|term| !term.negative) {
        kinds.push(K::AddFractions);
    }
    if rest.iter().any(|term| term.negative) {
        kinds.push(K::SubtractFractions);
    }
    if all_same(&before) {
        trail.note(kinds.first().copied().unwrap_or(K::AddFractions));
        kinds.iter().skip(1).for_each(|kind| trail.note_as(*kind, 0));
        if before.first().is_some_and(|own| own.equals(&after) != Ok(true)) {
            trail.note(if a.is_numeric() { K::ShortenFraction } else { K::CancelFactor });
        }
        return true;
    }
    if before.iter().all(|bottom| bottom.as_constant().is_some()) {
        trail.note(K::CommonDenominator);
        kinds.iter().take(1).for_each(|kind| trail.note(*kind));
        kinds.iter().skip(1).for_each(|kind| trail.note_as(*kind, 0));
    } else {
        trail.note_as(K::SingleFraction, 2);
    }
    true
}

/// One fraction that became a sum.
fn split(trail: &mut Trail, a: &Expr, b: &Expr) -> bool {
    use StepKind as K;
    // `1/2·(x+4)` → `x/2+2` is for the rules for brackets.
    let Some((top, below)) = parts(a) else { return false };
    let negative = matches!(a.node, Node::Negative(_));
    let (above, terms) = (open_terms(top), open_terms(b));
    let Some(under) = trail.values.fraction(below) else { return false };
    if above.len() == terms.len() && above.len() > 1 && !negative {
        let mut shortened = false;
        let each = above.iter().zip(&terms).all(|(own, term)| {
            let (Some(one), Some(two)) = (trail.values.fraction(own.body), trail.values.fraction(term.body)) else {
                return false;
            };
            let kept = bottom(term.body).and_then(|bottom| trail.values.fraction(bottom));
            shortened |= kept.is_none_or(|kept| kept.equals(&under) != Ok(true));
            own.negative == term.negative && over(&one, &under).is_some_and(|one| one.equals(&two) == Ok(true))
        });
        if each {
            let kept = terms.iter().any(|term| bottom(term.body).is_some());
            if kept {
                trail.note(K::SplitFraction);
            }
            if shortened {
                trail.note(if below.is_numeric() { K::ShortenFraction } else { K::CancelFactor });
            }
            return true;
        }
    }
    let all_below = bottoms(trail, &terms).is_some_and(|own| own.iter().all(|own| own.equals(&under) == Ok(true)));
    if all_below && written::digits(top).is_some() && a.is_numeric() {
        // `84/4` → `80/4+4/4`
        trail.note_all(&[K::SplitNumber, K::SplitFraction]);
        return true;
    }
    let fractions = terms.iter().filter(|term| bottom(term.body).is_some_and(|bottom| !bottom.is_numeric())).count();
    if fractions > 0 && !below.is_numeric() {
        trail.note_as(K::PartialFractions, 3);
        return true;
    }
    if fractions == 0 && !terms.iter().any(|term| bottom(term.body).is_some()) {
        return cancelled(trail, a, b, top, below);
    }
    false
}

/// A fraction in a fraction.
fn inverted(trail: &mut Trail, a: &Expr, b: &Expr) -> bool {
    use StepKind as K;
    let Some((top, below)) = parts(a) else { return false };
    trail.note(K::InvertAndMultiply);
    let (_, factors) = open_factors(b);
    if factors.len() < 2 {
        let both = parts(top).is_some() && parts(below).is_some();
        trail.note(if both { K::MultiplyFractions } else { K::WholeTimesFraction });
    }
    true
}

/// True if they are the same quotient of polynomials, roots and functions taken as letters.
fn exactly_same(trail: &mut Trail, a: &Expr, b: &Expr) -> bool {
    let values = trail.values.fraction(a).zip(trail.values.fraction(b));
    values.is_some_and(|(a, b)| a.equals(&b) == Ok(true))
}

/// Both are one fraction.
fn scaled(trail: &mut Trail, a: &Expr, b: &Expr) -> bool {
    use StepKind as K;
    let (Some((above, own)), Some((top, below))) = (parts(a), parts(b)) else { return false };
    if !exactly_same(trail, a, b) {
        return false;
    }
    let (Some(before), Some(after)) = (trail.values.fraction(own), trail.values.fraction(below)) else { return false };
    let Some(ratio) = over(&before, &after).and_then(reduced) else { return false };
    let (up, down) = (ratio.top.as_constant(), ratio.bottom.as_constant());
    let minus_one = -&Exact::ONE;
    let kinds = match (up, down) {
        (Some(up), Some(down)) if up == minus_one && down.is_one() => {
            trail.note(K::ExtendFraction);
            let Some(other) = trail.values.fraction(top) else { return false };
            let turned = written::expression(&trail.values, &other.negated());
            let (one, two) = (above.clone(), turned);
            if trail.values.same(&one, &two) {
                align::inside(trail, &one, &two);
            }
            return true;
        }
        (Some(up), Some(down)) => {
            let ratio = &up / &down;
            let plain = own.is_numeric();
            let shorter = if plain { K::ShortenFraction } else { K::CancelFactor };
            if ratio.is_one() {
                return false;
            }
            match (ratio.is_whole(), (&Exact::ONE / &ratio).is_whole()) {
                (true, _) => vec![shorter],
                (_, true) => vec![K::ExtendFraction],
                _ => vec![shorter, K::ExtendFraction],
            }
        }
        (_, Some(_)) => vec![K::CancelFactor],
        (Some(_), _) => vec![K::ExtendFraction],
        _ => vec![K::CancelFactor, K::ExtendFraction],
    };
    let hidden = kinds.contains(&K::CancelFactor) && (is_sum(above) || is_sum(own)) && !own.is_numeric();
    if hidden {
        trail.note(K::FactorPolynomial);
    }
    trail.note_all(&kinds);
    true
}

/// A fraction that became something without one.
fn cancelled(trail: &mut Trail, a: &Expr, b: &Expr, top: &Expr, below: &Expr) -> bool {
    use StepKind as K;
    if a.is_numeric() && (super::values::is_rational(a) || super::values::is_rational(b)) {
        return false;
    }
    let (_, factors) = open_factors(b);
    if factors.iter().any(|factor| parts(factor).is_some()) {
        // `x/3` → `1/3·x`
        trail.note_slight(K::Reorder);
        return true;
    }
    if b.any(&|part| matches!(&part.node, Node::Number(number) if !number.is_whole())) && below.is_numeric() {
        trail.note(K::FractionToDecimal);
        return true;
    }
    if !trail.values.same(a, b) {
        return false;
    }
    if b.any(&negative_power) && !a.any(&negative_power) {
        trail.note(K::NegativeExponent);
        if is_sum(below) && super::align::is_squared_sum(b) {
            trail.note(K::FactorSquare);
        }
        return true;
    }
    if is_sum(top) && !below.is_numeric() {
        trail.note(K::FactorPolynomial);
    }
    trail.note(if below.is_numeric() { K::ShortenFraction } else { K::CancelFactor });
    true
}

/// A product, or something without a fraction, that became one fraction.
fn multiplied(trail: &mut Trail, a: &Expr, b: &Expr) -> bool {
    use StepKind as K;
    let (_, factors) = open_factors(a);
    let fractions: Vec<(&Expr, &Expr)> = factors.iter().filter_map(|factor| parts(factor)).collect();
    let Some((_, below)) = parts(b) else { return false };
    if fractions.is_empty() {
        if a.is_numeric() || !exactly_same(trail, a, b) {
            return false;
        }
        let decimal = a.any(&|part| matches!(&part.node, Node::Number(number) if !number.is_whole()));
        let kind = match (decimal && below.is_numeric(), a.any(&|part| negative_power(part))) {
            (true, _) => K::DecimalToFraction,
            (_, true) => K::NegativeExponent,
            _ => K::ExtendFraction,
        };
        if kind == K::NegativeExponent && factors.len() > open_factors(b).1.len() {
            trail.note(K::MultiplyPowers);
        }
        trail.note(kind);
        return true;
    }
    let several = fractions.len() > 1;
    if !several && !a.is_numeric() && above_the_bar(trail, &factors, b) {
        return true;
    }
    let mut product = Fraction::constant(Exact::ONE);
    for (_, bottom) in &fractions {
        let Some(next) = trail.values.fraction(bottom).and_then(|value| times(&product, &value)) else { return false };
        product = next;
    }
    let Some(after) = trail.values.fraction(below) else { return false };
    let plain = factors.iter().all(|factor| {
        parts(factor)
            .is_none_or(|(top, _)| matches!(top.node, Node::Number(_)) && crate::steps::written::whole(top) == Some(1))
    });
    if !several && plain && product.equals(&after) == Ok(true) {
        // `1/3·x` → `x/3`
        trail.note(K::WholeTimesFraction);
        return true;
    }
    trail.note(if several { K::MultiplyFractions } else { K::WholeTimesFraction });
    if minus(product, after).is_some_and(|rest| !rest.top.is_zero()) {
        trail.note(if below.is_numeric() { K::ShortenFraction } else { K::CancelFactor });
    }
    true
}

/// A factor that was multiplied into the top of a fraction, whose bottom is as before.
fn above_the_bar(trail: &mut Trail, factors: &[&Expr], b: &Expr) -> bool {
    let Some((top, below)) = parts(b) else { return false };
    let tops = factors.iter().map(|factor| parts(factor).map_or_else(|| (*factor).clone(), |(top, _)| top.clone()));
    let product = crate::rewrite::product_of(tops);
    let kept = factors.iter().filter_map(|factor| parts(factor)).all(|(_, own)| trail.values.same(own, below));
    if !kept || matches!(b.node, Node::Negative(_)) || !trail.values.same(&product, top) {
        return false;
    }
    let before = trail.size();
    align::inside(trail, &product, top);
    if trail.size() == before {
        trail.note(StepKind::WholeTimesFraction);
    }
    true
}

fn negative_power(expr: &Expr) -> bool {
    matches!(&expr.node, Node::Power(_, exponent) if matches!(bare(exponent).node, Node::Negative(_)))
}

/// A product with fractions that became one without.
fn multiplied_out(trail: &mut Trail, a: &Expr, b: &Expr) -> bool {
    use StepKind as K;
    let (_, factors) = open_factors(a);
    let count = |expr: &Expr| open_factors(expr).1.iter().filter(|factor| parts(factor).is_some()).count();
    let (before, after) = (count(a), count(b));
    if before <= after || (a.is_numeric() && super::values::is_rational(a)) || factors.len() < 2 {
        return false;
    }
    let (Some(first), Some(second)) = (trail.values.fraction(a), trail.values.fraction(b)) else { return false };
    if number_between(&first, &second).is_none_or(|ratio| !ratio.is_one()) || is_sum(b) {
        return false;
    }
    trail.note(if before > 1 { K::MultiplyFractions } else { K::WholeTimesFraction });
    if after == 0 {
        let numbers = factors.iter().filter_map(|factor| parts(factor)).all(|(_, bottom)| bottom.is_numeric());
        trail.note(if numbers { K::ShortenFraction } else { K::CancelFactor });
    }
    true
}
