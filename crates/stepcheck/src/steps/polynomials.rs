//! Brackets that are multiplied out, and terms that are collected.

use super::factoring;
use super::trail::Trail;
use super::values::{Values, number_between, times};
use super::written::{alike, bare, digits, is_sum, open_factors, open_terms};
use crate::account::StepKind;
use crate::exact::{Exact, Fraction, Monomial, Work};
use crate::tree::{Expr, Node};

/// Longer sums are not taken apart.
const MOST_TERMS: usize = 64;

/// What happened to sums and products of letters and numbers.
pub(super) fn rule(trail: &mut Trail, a: &Expr, b: &Expr) -> bool {
    if !trail.values.same(a, b) {
        return false;
    }
    if factoring::difference_of_squares(trail, a, b) {
        return true;
    }
    let (mut above, mut below) = (Vec::new(), Vec::new());
    gather_brackets(a, &mut trail.values, &mut above);
    gather_brackets(b, &mut trail.values, &mut below);
    match (above.is_empty(), below.is_empty()) {
        (false, true) => multiplied_out(trail, a, b, &above),
        (true, false) => factoring::factored(trail, b),
        (true, true) => collected(trail, a, b),
        (false, false) => {
            factoring::shared_bracket(a, b) && {
                trail.note(StepKind::Distribute);
                true
            } || factoring::common_bracket(trail, a, b)
                || regrouped(trail, a, b, &above, &below)
        }
    }
}

/// One step for each bracket that would have to be multiplied out to have none.
pub(super) fn gather_brackets(expr: &Expr, values: &mut Values, found: &mut Vec<StepKind>) {
    use StepKind as K;
    if found.len() > MOST_TERMS {
        return;
    }
    match &expr.node {
        Node::Product(..) => return of_product(expr, values, found),
        Node::Power(base, exponent) if is_sum(bare(base)) => {
            let size = crate::forms::whole(exponent).unwrap_or(0);
            if size >= 2 {
                gather_brackets(base, values, found);
                if size == 2 {
                    found.push(square_of(base));
                } else {
                    found.extend((1..size.min(8)).map(|_| K::MultiplyBrackets));
                }
                return;
            }
        }
        Node::Negative(inner) | Node::Difference(_, inner)
            if matches!(inner.node, Node::Bracket(_)) && is_sum(bare(inner)) =>
        {
            found.push(K::MinusBracket);
        }
        Node::Root { .. } | Node::Call(_) | Node::Abs(_) => return,
        _ => {}
    }
    expr.each_part().for_each(|part| gather_brackets(part, values, found));
}

/// Which rule squares this sum.
fn square_of(sum: &Expr) -> StepKind {
    match open_terms(sum).as_slice() {
        [one, two] if one.negative != two.negative => StepKind::SquareOfDifference,
        [_, _] => StepKind::SquareOfSum,
        _ => StepKind::MultiplyBrackets,
    }
}

fn of_product(expr: &Expr, values: &mut Values, found: &mut Vec<StepKind>) {
    use StepKind as K;
    let (_, factors) = open_factors(expr);
    let sums: Vec<&Expr> = factors.iter().copied().filter(|factor| is_sum(factor)).collect();
    factors.iter().for_each(|factor| gather_brackets(factor, values, found));
    let plain = factors.len() > sums.len();
    match sums.as_slice() {
        [] => {}
        [_] => found.push(K::Distribute),
        [one, two] => {
            let kind = if alike(one, two) { square_of(one) } else { K::MultiplyBrackets };
            found.push(if are_conjugates(one, two, values) { K::SumTimesDifference } else { kind });
            found.extend(plain.then_some(K::Distribute));
        }
        [_, rest @ ..] => {
            found.extend(rest.iter().map(|_| K::MultiplyBrackets));
            found.extend(plain.then_some(K::Distribute));
        }
    }
}

/// `x+3` and `x−3`
pub(super) fn are_conjugates(one: &Expr, two: &Expr, values: &mut Values) -> bool {
    let (first, second) = (open_terms(one), open_terms(two));
    let ([a, b], [c, d]) = (first.as_slice(), second.as_slice()) else { return false };
    let pairs = [(a, c, b, d), (a, d, b, c)];
    pairs.into_iter().any(|(a, same, b, turned)| {
        a.negative == same.negative
            && b.negative != turned.negative
            && values.same(a.body, same.body)
            && values.same(b.body, turned.body)
    })
}

/// A term without brackets: its letters and its number.
type Loose = (Monomial, Exact);

/// The terms after multiplying out, like ones not collected; those of the rules for squares are.
pub(super) fn loose(expr: &Expr, values: &mut Values) -> Option<Vec<Loose>> {
    let fits = |terms: Vec<Loose>| (terms.len() <= MOST_TERMS).then_some(terms);
    match &expr.node {
        Node::Bracket(inner) | Node::Positive(inner) => loose(inner, values),
        Node::Negative(inner) => Some(scaled(loose(inner, values)?, &-&Exact::ONE)),
        Node::Sum(a, b) => {
            let mut terms = loose(a, values)?;
            terms.extend(loose(b, values)?);
            fits(terms)
        }
        Node::Difference(a, b) => {
            let mut terms = loose(a, values)?;
            terms.extend(scaled(loose(b, values)?, &-&Exact::ONE));
            fits(terms)
        }
        Node::Product(..) => {
            let (minus, factors) = open_factors(expr);
            let conjugates = matches!(factors.as_slice(), [one, two] if is_sum(one) && is_sum(two) && (alike(one, two) || are_conjugates(one, two, values)));
            if conjugates {
                return worth(expr, values);
            }
            let mut product = vec![(Monomial::new(), if minus { -&Exact::ONE } else { Exact::ONE })];
            for factor in factors {
                product = fits(multiplied(&product, &loose(factor, values)?)?)?;
            }
            Some(product)
        }
        Node::Quotient(a, _, b) => {
            let under = values.number(b).filter(|value| !value.is_zero());
            match under {
                Some(under) => Some(scaled(loose(a, values)?, &(&Exact::ONE / &under))),
                None => None,
            }
        }
        _ => worth(expr, values),
    }
}

fn worth(expr: &Expr, values: &mut Values) -> Option<Vec<Loose>> {
    let value = values.fraction(expr).filter(|value| value.bottom.is_one())?;
    Some(value.top.terms().to_vec())
}

fn scaled(terms: Vec<Loose>, factor: &Exact) -> Vec<Loose> {
    terms.into_iter().map(|(monomial, value)| (monomial, &value * factor)).collect()
}

fn multiplied(first: &[Loose], second: &[Loose]) -> Option<Vec<Loose>> {
    use crate::exact::Polynomial;
    if first.len() * second.len() > MOST_TERMS {
        return None;
    }
    let work = &mut Work::new();
    let mut product = Vec::with_capacity(first.len() * second.len());
    for (one, a) in first {
        for (two, b) in second {
            let monomial = Polynomial::single(one.clone()).times(&Polynomial::single(two.clone()), work).ok()?;
            let (monomial, _) = monomial.terms().first()?.clone();
            product.push((monomial, a * b));
        }
    }
    Some(product)
}

fn multiplied_out(trail: &mut Trail, a: &Expr, b: &Expr, brackets: &[StepKind]) -> bool {
    let (Some(above), Some(below)) = (loose(a, &mut trail.values), loose(b, &mut trail.values)) else { return false };
    trail.note_all(brackets);
    if below.len() < above.len() {
        trail.note(StepKind::CollectTerms);
    }
    true
}

/// No brackets above or below.
fn collected(trail: &mut Trail, a: &Expr, b: &Expr) -> bool {
    use StepKind as K;
    let (Some(above), Some(below)) = (loose(a, &mut trail.values), loose(b, &mut trail.values)) else { return false };
    let kinds = gathered(&above, &below);
    if a.is_numeric()
        && a.any(&|part| matches!(part.node, Node::Quotient(..)))
        && above.iter().all(|(monomial, _)| monomial.is_empty())
    {
        return false;
    }
    if below.len() < above.len() {
        let angles =
            a.is_numeric() && open_terms(a).iter().all(|term| matches!(bare(term.body).node, Node::Degrees(_)));
        let only_numbers = angles || kinds.iter().all(|(monomial, ..)| monomial.is_empty());
        let minus =
            above.iter().filter(|(monomial, _)| angles || monomial.is_empty()).any(|(_, value)| !value.is_positive());
        let kind = match (only_numbers, minus) {
            (true, true) => K::SubtractNumbers,
            (true, false) => K::AddNumbers,
            (false, _) => K::CollectTerms,
        };
        trail.note(kind);
        return true;
    }
    let split = below.len() >= above.len();
    if split && [a, b].into_iter().all(|expr| open_terms(expr).iter().all(|term| digits(term.body).is_some())) {
        trail.note(K::SplitNumber);
        if below.len() == above.len() {
            // `2,4+2,2` → `4+0,6`: what was split off is added to what it fits.
            trail.note(K::AddNumbers);
        }
        return true;
    }
    if below.len() > above.len() {
        let cancels = below.iter().enumerate().any(|(at, (monomial, value))| {
            let turned = -value;
            below.iter().skip(at + 1).any(|(other, size)| other == monomial && *size == turned)
        });
        trail.note(if cancels { K::AddZero } else { K::SplitTerm });
        return true;
    }
    if !kinds.is_empty() {
        return false;
    }
    of_factors(trail, a, b)
}

/// The letters whose terms have become fewer, with how many there were and are.
fn gathered(above: &[Loose], below: &[Loose]) -> Vec<(Monomial, usize, usize)> {
    let mut found: Vec<(Monomial, usize, usize)> = Vec::new();
    for (monomial, _) in above {
        if !found.iter().any(|(own, ..)| own == monomial) {
            let count = |terms: &[Loose]| terms.iter().filter(|(own, _)| own == monomial).count();
            found.push((monomial.clone(), count(above), count(below)));
        }
    }
    found.retain(|(_, before, after)| before != after);
    found
}

/// The same terms, their factors written otherwise.
fn of_factors(trail: &mut Trail, a: &Expr, b: &Expr) -> bool {
    use StepKind as K;
    let count = |expr: &Expr| open_terms(expr).iter().map(|term| open_factors(term.body).1.len()).sum::<usize>();
    let is_power =
        |part: &Expr| matches!(&part.node, Node::Power(base, _) if matches!(bare(base).node, Node::Product(..)));
    if b.any(&is_power) && !a.any(&is_power) {
        trail.note(K::PowerOfProduct);
        return true;
    }
    let power_of_product = a.any(&|part| matches!(&part.node, Node::Power(base, _) if matches!(bare(base).node, Node::Product(..) | Node::Negative(_))));
    let left = b.any(&|part| matches!(&part.node, Node::Power(base, _) if matches!(bare(base).node, Node::Product(..) | Node::Negative(_))));
    if power_of_product && !left {
        trail.note(K::PowerOfProduct);
        return true;
    }
    match count(a).cmp(&count(b)) {
        std::cmp::Ordering::Greater => {
            let (_, factors) = open_factors(a);
            let numbers = factors.iter().filter(|factor| factor.is_numeric()).count();
            if shares_base(&factors) {
                trail.note(K::MultiplyPowers);
                if numbers > 1 {
                    trail.note(K::MultiplyFactors);
                }
            } else {
                trail.note(K::MultiplyFactors);
            }
        }
        std::cmp::Ordering::Less => {
            let numbers = |expr: &Expr| open_factors(expr).1.iter().filter(|factor| digits(factor).is_some()).count();
            trail.note(if numbers(b) > numbers(a) { K::SplitNumber } else { K::PowerAsProduct });
        }
        std::cmp::Ordering::Equal => {
            let minus = |expr: &Expr| {
                open_factors(expr).1.len() > 1 && expr.any(&|part| matches!(part.node, Node::Negative(_)))
            };
            if !minus(a) || minus(b) {
                return false;
            }
            trail.note(K::MultiplyNegatives);
        }
    }
    true
}

/// True if a power stands among the factors whose base is another factor as well.
fn shares_base(factors: &[&Expr]) -> bool {
    let base = |factor: &Expr| match &factor.node {
        Node::Power(base, _) => bare(base).clone(),
        _ => factor.clone(),
    };
    factors.iter().enumerate().any(|(at, one)| {
        matches!(one.node, Node::Power(..))
            && factors.iter().enumerate().any(|(other, two)| other != at && alike(&base(one), &base(two)))
    })
}

/// There are brackets above and below.
fn regrouped(trail: &mut Trail, a: &Expr, b: &Expr, above: &[StepKind], below: &[StepKind]) -> bool {
    use StepKind as K;
    let sums =
        |expr: &Expr| open_factors(expr).1.into_iter().filter(|factor| is_sum(factor)).cloned().collect::<Vec<_>>();
    if let ([one], [two]) = (sums(a).as_slice(), sums(b).as_slice())
        && let (Some(first), Some(second)) = (trail.values.fraction(one), trail.values.fraction(two))
        && let Some(ratio) = number_between(&first, &second)
    {
        if ratio.is_whole() {
            trail.note(K::Distribute);
        } else {
            let factor = &Exact::ONE / &ratio;
            let with = super::written::text(&crate::rewrite::number(&factor.to_rational()));
            trail.note_with(K::FactorOut, Some(with));
        }
        return true;
    }
    let mut gone = above.to_vec();
    let kept = below.iter().all(|kind| match gone.iter().position(|own| own == kind) {
        Some(at) => {
            gone.remove(at);
            true
        }
        None => false,
    });
    if !kept || gone.is_empty() {
        return false;
    }
    let (Some(before), Some(after)) = (loose(a, &mut trail.values), loose(b, &mut trail.values)) else { return false };
    trail.note_all(&gone);
    if after.len() < before.len() {
        trail.note(K::CollectTerms);
    }
    true
}

/// The product of two values, for those who look for squares.
pub(super) fn squared(value: &Fraction) -> Option<Fraction> {
    times(value, value)
}
