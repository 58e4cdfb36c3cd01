//! Logarithms, exponentials, trigonometry and absolute values.

use super::trail::Trail;
use super::written::{alike, bare, open_factors, open_terms};
use crate::account::StepKind;
use crate::tree::{Call, Expr, Function, Node};

/// One of the rules for logarithms, or a value that is known.
pub(super) fn rule(trail: &mut Trail, a: &Expr, b: &Expr) -> bool {
    let (a, b) = (bare(a), bare(b));
    if let (Node::Abs(inner), true) = (&a.node, a.is_numeric())
        && !b.any(&|part| matches!(part.node, Node::Abs(_)))
        && inner.each_part().count() <= 1
    {
        trail.note(StepKind::WorkOutSize);
        return true;
    }
    if is_known_value(a, b) && trail.values.same(a, b) {
        let terms = open_terms(a);
        let logarithms: Vec<_> = terms.iter().filter(|term| logarithm(term.body).is_some()).collect();
        if logarithms.len() > 1
            && logarithms.len() == terms.len()
            && !logarithms.iter().any(|term| is_simple(term.body))
        {
            let minus = logarithms.iter().any(|term| term.negative);
            trail.note(if minus { StepKind::LogarithmOfQuotient } else { StepKind::LogarithmOfProduct });
            trail.note(StepKind::KnownValue);
            return true;
        }
        trail.note(StepKind::KnownValue);
        if open_terms(a).len() > 1 {
            trail.note(StepKind::AddNumbers);
        }
        if a.any(&|part| matches!(part.node, Node::Product(..)))
            && !b.any(&|part| matches!(part.node, Node::Product(..)))
        {
            trail.note(StepKind::MultiplyNumbers);
        }
        return true;
    }
    let kinds = of_logarithms(a, b).or_else(|| of_logarithms(b, a));
    let Some(kinds) = kinds else { return false };
    trail.note_all(&kinds);
    true
}

/// True if its value is a whole number of twelfths, as far as a double shows.
fn is_simple(expr: &Expr) -> bool {
    let near = crate::numeric::real_value(expr).and_then(|value| num_traits::ToPrimitive::to_f64(&value));
    near.is_some_and(|value| (value * 12.0 - (value * 12.0).round()).abs() < 1e-9)
}

/// Values of functions that were worked out: none is left.
fn is_known_value(a: &Expr, b: &Expr) -> bool {
    let has_call = |expr: &Expr| expr.any(&|part| matches!(part.node, Node::Call(_)));
    a.is_numeric() && b.is_numeric() && has_call(a) && !has_call(b)
}

fn logarithm(expr: &Expr) -> Option<&Call> {
    match &bare(expr).node {
        Node::Call(call)
            if matches!(call.function, Function::Ln | Function::Lg | Function::Log) && call.exponent.is_none() =>
        {
            Some(call)
        }
        _ => None,
    }
}

fn one_base(a: &Call, b: &Call) -> bool {
    let base = |call: &Call| call.base.as_deref().cloned();
    a.function == b.function
        && match (base(a), base(b)) {
            (None, None) => true,
            (Some(a), Some(b)) => alike(&a, &b),
            _ => false,
        }
}

/// One logarithm, `whole`, that is a sum or a multiple of others.
fn of_logarithms(whole: &Expr, parts: &Expr) -> Option<Vec<StepKind>> {
    use StepKind as K;
    let own = logarithm(whole)?;
    let argument = bare(&own.argument);
    let terms = open_terms(parts);
    if terms.len() > 1 {
        let all = terms.iter().all(|term| logarithm(term.body).is_some_and(|call| one_base(call, own)));
        let (plus, minus) =
            (terms.iter().filter(|term| !term.negative).count(), terms.iter().any(|term| term.negative));
        let fits = matches!(
            argument.node,
            Node::Product(..) | Node::Quotient(..) | Node::Number(_) | Node::Name(_) | Node::Power(..)
        );
        let mut kinds = Vec::new();
        if plus > 1 {
            kinds.push(K::LogarithmOfProduct);
        }
        if minus {
            kinds.push(K::LogarithmOfQuotient);
        }
        return (all && fits).then_some(kinds);
    }
    let (_, factors) = open_factors(parts);
    let inner = factors.iter().find_map(|factor| logarithm(factor)).filter(|call| one_base(call, own))?;
    match &argument.node {
        Node::Power(base, _) if alike(base, &inner.argument) => Some(vec![K::LogarithmOfPower]),
        Node::Root { radicand, .. } if alike(radicand, &inner.argument) => Some(vec![K::LogarithmOfPower]),
        Node::Number(_) if factors.len() > 1 => Some(vec![K::LogarithmOfPower]),
        _ => None,
    }
}

/// An identity of trigonometric functions or of logarithms and powers.
pub(super) fn identity(trail: &mut Trail, a: &Expr, b: &Expr) -> bool {
    let trigonometric = |expr: &Expr| {
        expr.any(&|part| {
            matches!(&part.node, Node::Call(call) if !matches!(call.function, Function::Ln | Function::Lg | Function::Log | Function::Exp))
        })
    };
    let calls = |expr: &Expr| {
        let mut found = Vec::new();
        gather_calls(expr, &mut found);
        found.into_iter().cloned().collect::<Vec<Expr>>()
    };
    let (above, below) = (calls(a), calls(b));
    let changed = above.iter().any(|own| !below.iter().any(|other| alike(own, other)))
        || below.iter().any(|own| !above.iter().any(|other| alike(own, other)));
    if !changed {
        return false;
    }
    if trigonometric(a) || trigonometric(b) {
        trail.note(StepKind::TrigonometricIdentity);
        return true;
    }
    let has = |expr: &Expr| expr.any(&|part| logarithm(part).is_some());
    let inverse = |expr: &Expr| expr.any(&|part| matches!(&part.node, Node::Power(_, exponent) if has(exponent)));
    if (inverse(a) || inverse(b)) && trail.values.same(a, b) {
        trail.note(StepKind::LogarithmAsPower);
        return true;
    }
    if has(a) && has(b) && trail.values.same(a, b) {
        let (one, two) = if open_terms(a).len() > open_terms(b).len() { (b, a) } else { (a, b) };
        of_several(trail, one, two);
        if open_terms(a).len() > open_terms(b).len()
            && open_terms(b).len() == 1
            && !trail.has(StepKind::LogarithmOfProduct)
            && !trail.has(StepKind::LogarithmOfQuotient)
        {
            trail.note(StepKind::CollectTerms);
        }
        return true;
    }
    false
}

/// What was used between a logarithm, `whole`, and a sum of several.
fn of_several(trail: &mut Trail, whole: &Expr, parts: &Expr) {
    use StepKind as K;
    let arguments = |test: fn(&Node) -> bool| {
        whole.any(&|part| logarithm(part).is_some_and(|call| call.argument.any(&|part| test(&part.node))))
    };
    let terms = open_terms(parts);
    let all_logarithms = terms.iter().all(|term| logarithm(term.body).is_some());
    if terms.len() > 1 && arguments(|node| matches!(node, Node::Product(..))) {
        trail.note(K::LogarithmOfProduct);
    }
    if arguments(|node| matches!(node, Node::Quotient(..)))
        && !arguments(
            |node| matches!(node, Node::Power(_, exponent) if matches!(bare(exponent).node, Node::Quotient(..))),
        )
    {
        trail.note(K::LogarithmOfQuotient);
    }
    if terms.iter().any(|term| open_factors(term.body).1.len() > 1)
        || !trail.has(K::LogarithmOfProduct) && !trail.has(K::LogarithmOfQuotient)
    {
        trail.note(K::LogarithmOfPower);
    }
    if !all_logarithms && terms.iter().any(|term| !term.body.any(&|part| logarithm(part).is_some())) {
        trail.note(K::KnownValue);
    }
}

fn gather_calls<'e>(expr: &'e Expr, found: &mut Vec<&'e Expr>) {
    if matches!(expr.node, Node::Call(_)) {
        found.push(expr);
    }
    expr.each_part().for_each(|part| gather_calls(part, found));
}
