//! Powers and roots.

use super::trail::Trail;
use super::written::{alike, bare, digits, is_sum, open_factors, open_terms, simple_fraction, whole};
use crate::account::StepKind;
use crate::exact::Exact;
use crate::rewrite::{negated, number, product_of, sum_of};
use crate::tree::{Expr, Node};

/// One of the rules for powers and roots.
pub(super) fn rule(trail: &mut Trail, a: &Expr, b: &Expr) -> bool {
    let (a, b) = (bare(a), bare(b));
    if has_root_below(a) && !has_root_below(b) && trail.values.same(a, b) {
        if b.any(&|part| root(part).is_some()) || !is_root_over_root(a) {
            trail.note(StepKind::RationaliseDenominator);
        } else {
            trail.note_all(&[StepKind::RootOfQuotient, StepKind::WorkOutRoot]);
        }
        return true;
    }
    let kinds = of_power(trail, a, b)
        .or_else(|| multiplied(trail, a, b))
        .or_else(|| divided(trail, a, b))
        .or_else(|| of_root(trail, a, b));
    let Some(kinds) = kinds else { return false };
    trail.note_all(&kinds);
    true
}

fn power(expr: &Expr) -> Option<(&Expr, &Expr)> {
    match &bare(expr).node {
        Node::Power(base, exponent) => Some((bare(base), bare(exponent))),
        _ => None,
    }
}

fn root(expr: &Expr) -> Option<(i64, &Expr)> {
    match &bare(expr).node {
        Node::Root { degree, radicand } => {
            Some((degree.as_ref().map_or(Some(2), |degree| whole(degree))?, bare(radicand)))
        }
        _ => None,
    }
}

/// What one power became.
fn of_power(trail: &mut Trail, a: &Expr, b: &Expr) -> Option<Vec<StepKind>> {
    use StepKind as K;
    if let Some((base, exponent)) = power(b)
        && whole(exponent) == Some(1)
        && alike(base, a)
    {
        return Some(vec![K::FirstPower]);
    }
    if let (Some((degree, radicand)), Some((base, exponent))) = (root(a), power(b))
        && alike(radicand, base)
        && simple_fraction(exponent) == Some((1, degree))
    {
        return Some(vec![K::RootAsPower]);
    }
    let (base, exponent) = power(a)?;
    let size = whole(exponent);
    match size {
        Some(1) if alike(base, b) => return Some(vec![K::FirstPower]),
        Some(0) if whole(b) == Some(1) => return Some(vec![K::ZeroExponent]),
        Some(size) if size < 0 => {
            if let Node::Quotient(top, _, bottom) = &b.node
                && whole(top) == Some(1)
                && is_power_of(bottom, base, -size)
            {
                return Some(vec![K::NegativeExponent]);
            }
        }
        _ => {}
    }
    if let Some((degree, radicand)) = root(b)
        && alike(radicand, base)
        && simple_fraction(exponent) == Some((1, degree))
    {
        return Some(vec![K::RootAsPower]);
    }
    if let (Node::Negative(inner), Some((other, same))) = (&base.node, power(b))
        && alike(inner, other)
        && alike(same, exponent)
        && size.is_some_and(|size| size % 2 == 0)
    {
        return Some(vec![K::EvenPowerOfNegative]);
    }
    let (minus, factors) = open_factors(b);
    if !minus
        && factors.len() > 1
        && size == i64::try_from(factors.len()).ok()
        && factors.iter().all(|one| alike(one, base))
    {
        return Some(vec![K::PowerAsProduct]);
    }
    if let (Some((inner, first)), Some((other, sum))) = (power(base), power(b))
        && alike(inner, other)
    {
        let product = product_of([first.clone(), exponent.clone()]);
        return trail.values.same(&product, sum).then(|| vec![K::PowerOfPower]);
    }
    of_parts(trail, base, exponent, b)
}

/// The power of a product or quotient.
fn of_parts(trail: &mut Trail, base: &Expr, exponent: &Expr, b: &Expr) -> Option<Vec<StepKind>> {
    use StepKind as K;
    let gone = !b.any(&|part| power(part).is_some_and(|(other, _)| alike(other, base)));
    let has_power = b.any(&|part| power(part).is_some());
    match (&base.node, &b.node) {
        (Node::Quotient(..), Node::Quotient(..)) if gone && has_power => Some(vec![K::PowerOfQuotient]),
        (Node::Product(..), Node::Product(..)) if gone => {
            let raised = |factor: &&Expr| digits(factor).is_some();
            let (_, parts) = open_factors(b);
            let (_, own) = open_factors(base);
            let numeric = own.iter().any(raised) && parts.iter().any(raised);
            let whole_size = whole(exponent).is_some_and(|size| size > 1);
            if !whole_size || parts.len() != own.len() || !parts_match(trail, &own, exponent, &parts) {
                return None;
            }
            Some(if numeric { vec![K::PowerOfProduct, K::WorkOutPower] } else { vec![K::PowerOfProduct] })
        }
        _ => None,
    }
}

/// True if every factor was raised.
fn parts_match(trail: &mut Trail, own: &[&Expr], exponent: &Expr, parts: &[&Expr]) -> bool {
    own.iter().zip(parts).all(|(own, part)| {
        let raised = Expr::new(own.place, Node::Power(Box::new((*own).clone()), Box::new(exponent.clone())));
        trail.values.same(&raised, part)
    })
}

fn is_power_of(expr: &Expr, base: &Expr, size: i64) -> bool {
    (size == 1 && alike(expr, base))
        || power(expr).is_some_and(|(other, exponent)| alike(other, base) && whole(exponent) == Some(size))
}

/// The base and the exponent of a factor, 1 if none is written.
fn as_power(expr: &Expr) -> (&Expr, Expr) {
    match power(expr) {
        Some((base, exponent)) => (base, exponent.clone()),
        None => (bare(expr), number(&Exact::ONE.to_rational())),
    }
}

/// Powers of one base, or the same factor several times.
fn multiplied(trail: &mut Trail, a: &Expr, b: &Expr) -> Option<Vec<StepKind>> {
    use StepKind as K;
    let (minus, factors) = open_factors(a);
    let (first, rest) = factors.split_first()?;
    if minus || rest.is_empty() {
        return None;
    }
    if let Some((base, exponent)) = power(b)
        && factors.iter().all(|factor| alike(factor, base))
        && whole(exponent) == i64::try_from(factors.len()).ok()
    {
        return Some(vec![if base.is_numeric() { K::ProductAsPower } else { K::MultiplyFactors }]);
    }
    let (base, _) = as_power(first);
    let (other, sum) = as_power(b);
    if whole(b) == Some(1) && !base.is_numeric() {
        let exponents: Vec<(&Expr, Expr)> = factors.iter().map(|factor| as_power(factor)).collect();
        let total = sum_of(exponents.iter().map(|(_, exponent)| exponent.clone()));
        let gone = exponents.iter().all(|(own, _)| alike(own, base))
            && trail.values.number(&total).is_some_and(|sum| sum.is_zero());
        return gone.then(|| vec![K::MultiplyPowers, K::ZeroExponent]);
    }
    if !alike(base, other) || !factors.iter().any(|factor| power(factor).is_some()) {
        return None;
    }
    let exponents: Vec<(&Expr, Expr)> = factors.iter().map(|factor| as_power(factor)).collect();
    let total = sum_of(exponents.iter().map(|(_, exponent)| exponent.clone()));
    let one_base = exponents.iter().all(|(own, _)| alike(own, base));
    (one_base && trail.values.same(&total, &sum)).then(|| vec![K::MultiplyPowers])
}

/// `x⁵/x²`
fn divided(trail: &mut Trail, a: &Expr, b: &Expr) -> Option<Vec<StepKind>> {
    let Node::Quotient(top, _, bottom) = &a.node else { return None };
    if power(top).is_none() && power(bottom).is_none() {
        return None;
    }
    let ((base, above), (other, below)) = (as_power(top), as_power(bottom));
    let (result, size) = as_power(b);
    if !alike(base, other) || !alike(base, result) {
        return None;
    }
    let difference = sum_of([above, negated(below)]);
    trail.values.same(&difference, &size).then(|| vec![StepKind::DividePowers])
}

/// What one root, or a product of roots, became.
fn of_root(trail: &mut Trail, a: &Expr, b: &Expr) -> Option<Vec<StepKind>> {
    use StepKind as K;
    let all_roots = |expr: &Expr| {
        let (_, factors) = open_factors(expr);
        factors.len() > 1 && factors.iter().all(|factor| root(factor).is_some())
    };
    let is_quotient =
        |expr: &Expr| matches!(&expr.node, Node::Quotient(a, _, b) if root(a).is_some() && root(b).is_some());
    if let Some((_, radicand)) = root(a) {
        if all_roots(b) {
            return Some(vec![K::RootOfProduct]);
        }
        if is_quotient(b) && matches!(radicand.node, Node::Quotient(..)) {
            return Some(vec![K::RootOfQuotient]);
        }
        let plain = !b.any(&|part| root(part).is_some());
        let broken = b.any(&|part| power(part).is_some_and(|(_, exponent)| whole(exponent).is_none()));
        if plain && broken && trail.values.same(a, b) {
            return Some(vec![K::RootAsPower]);
        }
        if plain && matches!(power(radicand), Some((base, _)) if alike(base, b)) {
            return Some(vec![K::WorkOutRoot]);
        }
    }
    if root(b).is_some() {
        if all_roots(a) {
            return Some(vec![K::MultiplyRoots]);
        }
        if is_quotient(a) {
            return Some(vec![K::RootOfQuotient]);
        }
    }
    if all_roots(a) && !b.any(&|part| root(part).is_some()) && trail.values.same(a, b) {
        return Some(vec![K::MultiplyRoots, K::WorkOutRoot]);
    }
    None
}

/// Expressions with roots in which more than one thing was done.
pub(super) fn simplified(trail: &mut Trail, a: &Expr, b: &Expr) -> bool {
    use StepKind as K;
    if !a.any(&|part| root(part).is_some()) || !trail.values.same(a, b) {
        return false;
    }
    let mut brackets = Vec::new();
    super::polynomials::gather_brackets(a, &mut trail.values, &mut brackets);
    if !brackets.is_empty() {
        return false;
    }
    let mut roots = (Vec::new(), Vec::new());
    gather_roots(a, &mut roots.0);
    gather_roots(b, &mut roots.1);
    let gone: Vec<&Expr> =
        roots.0.iter().copied().filter(|own| !roots.1.iter().any(|other| alike(own, other))).collect();
    if gone.is_empty() {
        return false;
    }
    // What was taken out stands before a root: that is not so of a root of a root.
    let outside =
        open_terms(b).iter().any(|term| open_factors(term.body).1.iter().any(|factor| root(factor).is_none()));
    let negative = open_terms(b).iter().any(|term| term.negative);
    if !outside && !negative && open_terms(a).len() == 1 {
        return false;
    }
    let (_, factors) = open_factors(a);
    let several = factors.iter().filter(|factor| root(factor).is_some()).count() > 1;
    if several {
        trail.note(K::MultiplyRoots);
    }
    let works_out = gone.iter().any(|gone| trail.values.number(gone).is_some() || is_square(gone));
    if roots.1.is_empty() || works_out {
        trail.note(K::WorkOutRoot);
    }
    if !roots.1.is_empty() && (!works_out || gone.len() > 1) && !several {
        trail.note(K::TakeOutOfRoot);
    }
    let (above, below) = (open_terms(a).len(), open_terms(b).len());
    if above > below {
        trail.note(if roots.1.is_empty() { K::AddNumbers } else { K::CollectTerms });
    } else if !is_sum(a) && factors.len() > 1 && !several {
        trail.note(K::MultiplyFactors);
    }
    true
}

fn is_square(expr: &Expr) -> bool {
    let Some((degree, radicand)) = root(expr) else { return false };
    let value = digits(radicand).map(|number| Exact::from(&number.value));
    let degree = u32::try_from(degree).ok().filter(|degree| (2..=20).contains(degree));
    value.zip(degree).is_some_and(|(value, degree)| value.exact_root(degree).is_some())
}

fn is_root_over_root(expr: &Expr) -> bool {
    matches!(&expr.node, Node::Quotient(top, _, bottom) if root(top).is_some() && root(bottom).is_some())
}

fn has_root_below(expr: &Expr) -> bool {
    expr.any(&|part| matches!(&part.node, Node::Quotient(_, _, bottom) if bottom.any(&|part| root(part).is_some())))
}

fn gather_roots<'e>(expr: &'e Expr, found: &mut Vec<&'e Expr>) {
    if root(expr).is_some() {
        found.push(expr);
    }
    expr.each_part().for_each(|part| gather_roots(part, found));
}
