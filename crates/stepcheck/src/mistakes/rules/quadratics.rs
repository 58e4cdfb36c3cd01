//! Equations of higher degree: roots that are lost or have the wrong sign.

use super::super::monomial::{exact, integer, literal, root, whole};
use super::equations::Sides;
use crate::account::Misconception as M;
use crate::exact::{Exact, normal};
use crate::rewrite::{At, factors, is_near, near, negated, product_of, quotient, sum_of};
use crate::tree::{Expr, Name, Node, PlusMinus, Sign, Statement};
use crate::unreadable::Place;

/// Wrong claims.
pub(in super::super) type Claims = Vec<(M, Statement)>;

fn equal(left: Expr, right: Expr) -> Statement {
    Statement::Relation { first: left, rest: vec![(Sign::Equal, right)] }
}

fn at_place(node: Node) -> Expr {
    Expr::new(Place::before(0), node)
}

/// The wrong claims that come of an equation in one letter.
pub(in super::super) fn on_equation(sides: &Sides, name: Name, found: &mut Claims) {
    if sides.sign != Sign::Equal {
        return;
    }
    for sides in [sides.clone(), sides.mirrored()] {
        even_power(&sides, found);
        product(&sides, name, found);
    }
    divided_by(sides, name, found);
    formula(sides, name, found);
}

/// `x² = a → x = √a`, or `x = a/2`
fn even_power(sides: &Sides, found: &mut Claims) {
    let Node::Power(base, exponent) = &sides.left.unwrapped().node else { return };
    let Some(size) = whole(exponent).and_then(|size| u32::try_from(size).ok()) else { return };
    if size == 0 || size % 2 != 0 || size > 20 {
        return;
    }
    let base = base.unwrapped();
    found.push((M::MissingNegativeRoot, equal(base.clone(), root(&sides.right, size))));
    if size == 2 {
        let half = quotient(sides.right.clone(), integer(2));
        found.push((M::SqrtAsHalf, equal(base.clone(), half.clone())));
        let both = at_place(Node::EitherSign(PlusMinus::Plus, Box::new(half)));
        found.push((M::SqrtAsHalf, equal(base.clone(), both)));
    }
}

/// A product that is worth a number: other than 0 it says nothing of its factors.
fn product(sides: &Sides, name: Name, found: &mut Claims) {
    let left: Vec<&Expr> = factors(&sides.left);
    let parts: Vec<&Expr> = left.iter().copied().filter(|factor| !factor.is_numeric()).collect();
    let is_power =
        |factor: &&Expr| matches!(&factor.node, Node::Power(base, _) if matches!(base.node, Node::Bracket(_)));
    if parts.len() < 2 && !parts.iter().any(is_power) || parts.len() > super::MAX_PARTS || !sides.right.is_numeric() {
        return;
    }
    let zero = near(&sides.right, At::round(0)).abs() < 1e-12;
    if zero {
        let turned = equal(with_negative(&sides.left, name), sides.right.clone());
        found.push((M::RootSignFromFactor, turned));
        return;
    }
    if parts.len() < 2 {
        return;
    }
    for value in [sides.right.clone(), integer(0)] {
        let each = parts.iter().map(|factor| equal(factor.unwrapped().clone(), value.clone()));
        found.push((M::ZeroProductNonzero, Statement::any_of(each.collect())));
    }
}

/// `expr` with `−name` for `name`.
fn with_negative(expr: &Expr, name: Name) -> Expr {
    if expr.node == Node::Name(name) {
        return negated(expr.clone());
    }
    expr.map_parts(&mut |part| with_negative(part, name))
}

/// `x² = ax → x = a`: both sides are divided by what may be 0.
fn divided_by(sides: &Sides, name: Name, found: &mut Claims) {
    let vanishes = |side: &Expr| near(side, At::given(name, 0.0)).abs() < 1e-12;
    let letter = at_place(Node::Name(name));
    let by = |divisor: &Expr| {
        let over = |side: &Expr| quotient(side.clone(), divisor.clone());
        equal(over(&sides.left), over(&sides.right))
    };
    if vanishes(&sides.left) && vanishes(&sides.right) {
        found.push((M::DivideByVariable, by(&letter)));
        return;
    }
    let (left, right) = (factors(&sides.left), factors(&sides.right));
    let shared = left.iter().find(|factor| !factor.is_numeric() && right.iter().any(|other| other == *factor));
    if let Some(factor) = shared {
        found.push((M::DivideByVariable, by(factor)));
    }
}

/// `x² + px + q = 0` solved with a formula that is not right: the sign of p/2, the half, the sign of q, or the factor
/// of x².
fn formula(sides: &Sides, name: Name, found: &mut Claims) {
    let is_product = |side: &Expr| factors(side).iter().filter(|factor| !factor.is_numeric()).count() > 1;
    let is_zero = |side: &Expr| literal(side).is_some_and(|value| value.is_zero());
    if is_product(&sides.left) && is_zero(&sides.right) || is_product(&sides.right) && is_zero(&sides.left) {
        return;
    }
    let Some([c, b, a]) = quadratic(sides, name) else { return };
    if a.is_zero() || b.is_zero() {
        return;
    }
    let half = |value: &Exact| value * &Exact::Small(1, 2);
    let square = |value: &Exact| value * value;
    let (p, q) = (&b / &a, &c / &a);
    let inner = &square(&half(&p)) - &q;
    let mut add = |middle: Exact, radicand: Exact| {
        if !radicand.is_positive() && !radicand.is_zero() {
            return;
        }
        let root = Box::new(root(&exact(&radicand), 2));
        let both = at_place(Node::SumOrDifference(Box::new(exact(&middle)), PlusMinus::Plus, root));
        found.push((M::PqFormulaSign, equal(at_place(Node::Name(name)), both)));
    };
    add(half(&p), inner.clone());
    add(-&half(&p), &square(&half(&p)) + &q);
    add(half(&p), &square(&half(&p)) + &q);
    add(-&p, inner.clone());
    add(-&p, &square(&p) - &(&q * &Exact::Small(4, 1)));
    add(-&half(&p), &square(&p) - &q);
    add(-&half(&p), &half(&p) - &q);
    if !a.is_one() {
        add(-&half(&b), &square(&half(&b)) - &c);
    }
}

/// The coefficients of `left − right` from the constant up, if it is of the second degree.
pub(in super::super) fn quadratic(sides: &Sides, name: Name) -> Option<[Exact; 3]> {
    let difference = sum_of([sides.left.clone(), negated(sides.right.clone())]);
    let value = normal(&difference).ok()?;
    if !value.bottom.is_one() {
        return None;
    }
    let powers = value.top.by_powers_of(name);
    let constants: Option<Vec<Exact>> = powers.iter().map(crate::exact::Polynomial::as_constant).collect();
    constants?.try_into().ok()
}

/// `x² = c` for an equation without a term of the first degree.
pub(in super::super) fn pure(sides: &Sides, name: Name) -> Option<Sides> {
    let [c, b, a] = quadratic(sides, name)?;
    if !b.is_zero() || a.is_zero() || is_near(a.to_f64(), 0.0) {
        return None;
    }
    let left = at_place(Node::Power(Box::new(at_place(Node::Name(name))), Box::new(integer(2))));
    let right = product_of([exact(&-&(&c / &a))]);
    Some(Sides { left, sign: sides.sign, right })
}
