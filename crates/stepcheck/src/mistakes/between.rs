//! Right steps that may be left out before a wrong one.

use super::monomial::{Monomial, exact, integer, literal, power, signed};
use super::rules::{Sides, pure};
use crate::exact::{Exact, Fraction, Polynomial, evaluate, normal};
use crate::rewrite::{factors, negated, number, product_of, sum_of, terms};
use crate::tree::{Expr, Name, Node};
use crate::unreadable::Place;

/// Sums with more terms are not put down.
const MAX_TERMS: usize = 12;

/// What `expr` may have been made to by one right step, each time throughout: brackets worked out, products worked out,
/// multiplied out, like terms collected.
pub(super) fn of_value(expr: &Expr) -> Vec<Expr> {
    let steps: [fn(&Expr) -> Option<Expr>; 4] = [brackets_worked_out, products_worked_out, multiplied_out, collected];
    let mut found: Vec<Expr> = Vec::new();
    for new in steps.iter().filter_map(|step| step(expr)) {
        if new != *expr && !found.contains(&new) {
            found.push(new);
        }
    }
    found
}

/// The same for two sides; also the letter with its factor alone on one side, and a square.
pub(super) fn of_sides(sides: &Sides, name: Option<Name>) -> Vec<Sides> {
    let mut found = Vec::new();
    for step in [multiplied_out, collected] {
        let side = |side: &Expr| step(side).unwrap_or_else(|| side.clone());
        let new = Sides { left: side(&sides.left), sign: sides.sign, right: side(&sides.right) };
        if new.left != sides.left || new.right != sides.right {
            found.push(new);
        }
    }
    let Some(name) = name else { return found };
    found.extend(separated(sides, name).filter(|new| new.left.unwrapped() != sides.left.unwrapped()));
    found.extend(pure(sides, name));
    found
}

/// `ax = b`, `a` positive if it can be on either side; and with the factor of the side on which the letter stands.
pub(super) fn separated(sides: &Sides, name: Name) -> impl Iterator<Item = Sides> + use<> {
    let coefficients = |side: &Expr| {
        let value = normal(side).ok().filter(|value| value.bottom.is_one())?;
        let parts: Option<Vec<Exact>> = value.top.by_powers_of(name).iter().map(Polynomial::as_constant).collect();
        let parts = parts.filter(|parts| parts.len() <= 2)?;
        let part = |at: usize| parts.get(at).cloned().unwrap_or(Exact::ZERO);
        Some((part(0), part(1)))
    };
    let both = coefficients(&sides.left).zip(coefficients(&sides.right));
    let found = both.filter(|((_, a), (_, b))| a != b).map(|((b, a), (d, c))| {
        let term = |value: &Exact| product_of([exact(value), Expr::new(Place::before(0), Node::Name(name))]);
        let (factor, rest) = (&a - &c, &d - &b);
        let left = Sides { left: term(&factor), sign: sides.sign, right: exact(&rest) };
        let right = Sides { left: exact(&-&rest), sign: sides.sign, right: term(&-&factor) };
        if c.is_zero() { [Some(left), None] } else { [Some(left), Some(right)] }
    });
    found.into_iter().flatten().flatten()
}

/// `2·(3+4)` → `2·7`
fn brackets_worked_out(expr: &Expr) -> Option<Expr> {
    let is_open = |part: &Expr| matches!(part.node, Node::Bracket(_)) && literal(part).is_none() && part.is_numeric();
    expr.any(&is_open).then(|| replaced(expr, &|part| is_open(part).then(|| evaluated(part)).flatten()))
}

/// `5−4·2` → `5−8`
fn products_worked_out(expr: &Expr) -> Option<Expr> {
    let is_open = |part: &Expr| matches!(part.node, Node::Product(..) | Node::Power(..)) && part.is_numeric();
    expr.any(&is_open).then(|| replaced(expr, &|part| is_open(part).then(|| evaluated(part)).flatten()))
}

/// `expr` with what `new` makes of its outermost parts.
fn replaced(expr: &Expr, new: &impl Fn(&Expr) -> Option<Expr>) -> Expr {
    new(expr).unwrap_or_else(|| expr.map_parts(&mut |part| replaced(part, new)))
}

/// A number, in brackets if it is negative, so that `3−(−8)` is what is left of `3−2·(−4)`.
fn evaluated(expr: &Expr) -> Option<Expr> {
    let value = number(&evaluate::<Name>(expr, &[])?);
    let negative = matches!(value.node, Node::Negative(_));
    Some(if negative { Expr::new(expr.place, Node::Bracket(Box::new(value))) } else { value })
}

/// Every product of a number and a bracket, every bracket after a sign and every product of two brackets multiplied out;
/// nothing is collected.
fn multiplied_out(expr: &Expr) -> Option<Expr> {
    let all = terms(expr);
    let is_open = |body: &Expr| expanded(body).is_some();
    if all.len() > MAX_TERMS || !all.iter().any(|term| is_open(term.body)) {
        return None;
    }
    Some(sum_of(all.iter().flat_map(|term| match expanded(term.body) {
        Some(parts) => parts.into_iter().map(|part| signed(term.negative, part)).collect(),
        None => vec![term.to_expr()],
    })))
}

/// The terms of a product of sums multiplied out; `None` if there is no sum in it.
fn expanded(body: &Expr) -> Option<Vec<Expr>> {
    let parts = factors(body);
    let is_sum = |factor: &&Expr| matches!(factor.node, Node::Bracket(_)) && terms(factor.unwrapped()).len() > 1;
    if !parts.iter().any(is_sum) {
        return None;
    }
    let mut found = vec![Vec::new()];
    for factor in &parts {
        let own = if is_sum(factor) { terms(factor.unwrapped()) } else { terms(factor) };
        if found.len() * own.len() > MAX_TERMS {
            return None;
        }
        found = found
            .into_iter()
            .flat_map(|so_far: Vec<Expr>| {
                own.iter().map(move |term| so_far.iter().cloned().chain([term.to_expr()]).collect::<Vec<_>>())
            })
            .collect();
    }
    Some(found.into_iter().map(|product| tidy(&product_of(product))).collect())
}

/// A product with its number in front.
fn tidy(product: &Expr) -> Expr {
    let made = Monomial::of(false, product);
    let expr = made.with(&made.coefficient.abs());
    if made.coefficient.is_positive() || made.coefficient.is_zero() { expr } else { negated(expr) }
}

/// Everything multiplied out and collected, if that is a sum of powers.
pub(super) fn collected(expr: &Expr) -> Option<Expr> {
    let value: Fraction = normal(expr).ok()?;
    if !value.bottom.is_one() || value.top.terms().len() > MAX_TERMS {
        return None;
    }
    // Highest powers first, as it is written.
    Some(sum_of(value.top.terms().iter().rev().map(|(names, coefficient)| {
        let powers = names
            .iter()
            .map(|(name, exponent)| power(Expr::new(Place::before(0), Node::Name(*name)), i64::from(*exponent)));
        let size = coefficient.abs();
        let number = if size.is_one() && !names.is_empty() { None } else { Some(fraction(&size)) };
        signed(!coefficient.is_positive(), product_of(number.into_iter().chain(powers)))
    })))
}

fn fraction(value: &Exact) -> Expr {
    match value.to_whole() {
        Some(whole) => integer(whole),
        None => exact(value),
    }
}
