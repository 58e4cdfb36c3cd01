//! Completing the square.

use num_traits::{One, Zero};

use super::change::Change;
use super::equation::holds;
use super::expanding;
use super::expression::{self, Aim};
use super::number::{has_decimals, nowhere, small, written};
use super::quadratic::coefficients;
use crate::account::StepKind;
use crate::exact::Rational;
use crate::forms;
use crate::print::{Notation, expression_text};
use crate::rewrite::{factors, negated, product_of, sum_of, terms};
use crate::tree::{Expr, Name, Node};

/// The next step towards a square and a number.
pub(super) fn next(expr: &Expr, variable: Name) -> Option<Change> {
    let all = terms(expr);
    let bound: Vec<_> = all.iter().filter(|term| holds(term.body, variable)).collect();
    if let [term] = bound.as_slice() {
        let parts = factors(term.body);
        let (last, before) = parts.split_last()?;
        if before.iter().all(|part| part.is_numeric()) {
            if is_square(last, variable) {
                return expression::step(expr, Aim::side(false));
            }
            if let Node::Bracket(inner) = &last.node
                && let Some(found) = in_bracket(expr, inner, variable)
            {
                return Some(found);
            }
        }
    }
    if let Some(found) = expression::step(expr, Aim::side(false)).or_else(|| expression::step(expr, Aim::side(true))) {
        return Some(found);
    }
    let worths = coefficients(expr, variable)?;
    let [_, _, leading] = worths.as_slice() else { return None };
    if leading.is_one() { completed(expr, variable, false) } else { leading_out(expr, &worths, variable) }
}

fn is_square(factor: &Expr, variable: Name) -> bool {
    matches!(&factor.node, Node::Power(base, exponent)
        if forms::whole(exponent) == Some(2) && coefficients(base, variable).is_some_and(|worths| worths.len() == 2))
}

/// `2(x²+4x)+1` → `2((x+2)²−4)+1`, `2((x+2)²−4)+1` → `2(x+2)²−8+1`
fn in_bracket(expr: &Expr, inner: &Expr, variable: Name) -> Option<Change> {
    let own = terms(inner);
    let mut bound = own.iter().filter(|term| holds(term.body, variable));
    if let (Some(term), None) = (bound.next(), bound.next()) {
        return if is_square(term.body, variable) { expanding::next(expr, false) } else { None };
    }
    let found = completed(inner, variable, true)?;
    Some(found.map(|new| with_inner(expr, inner, &new)))
}

/// `expr` with `new` for the part `inner` of it.
fn with_inner(expr: &Expr, inner: &Expr, new: &Expr) -> Expr {
    if std::ptr::eq(expr, inner) {
        return new.clone();
    }
    let mut parts = expr.each_part();
    expr.map_parts(&mut |part| parts.next().map_or_else(|| part.clone(), |own| with_inner(own, inner, new)))
}

/// `x²+6x+5` → `(x+3)²−9+5`, or `(x+3)²−4` if the numbers are put `together`. `None` unless it begins with a whole square
/// and has a term of the first degree.
pub(super) fn completed(expr: &Expr, variable: Name, together: bool) -> Option<Change> {
    let worths = coefficients(expr, variable)?;
    let [constant, middle, leading] = worths.as_slice() else { return None };
    if !leading.is_one() || middle.is_zero() {
        return None;
    }
    let number = |value: &Rational| written(value, has_decimals(expr));
    let half = middle / Rational::from_integer(2.into());
    let base = sum_of([nowhere(Node::Name(variable)), number(&half)]);
    let square = Node::Power(Box::new(nowhere(Node::Bracket(Box::new(base)))), Box::new(small(2)));
    let taken = -(&half * &half);
    let rest = if together { vec![taken + constant] } else { vec![taken, constant.clone()] };
    let rest = rest.iter().filter(|value| !value.is_zero()).map(number);
    let new = sum_of(std::iter::once(nowhere(square)).chain(rest));
    Some(Change::new(StepKind::CompleteSquare, expr.place, new))
}

/// `2x²+8x+1` → `2(x²+4x)+1`
fn leading_out(expr: &Expr, worths: &[Rational], variable: Name) -> Option<Change> {
    let [constant, middle, leading] = worths else { return None };
    if middle.is_zero() {
        return None;
    }
    let number = |value: &Rational| written(value, has_decimals(expr));
    let unknown = || nowhere(Node::Name(variable));
    let square = nowhere(Node::Power(Box::new(unknown()), Box::new(small(2))));
    let ratio = middle / leading;
    let linear = super::monomial::Monomial::of(&product_of([super::number::later_factor(number(&ratio)), unknown()]))?;
    let inner = nowhere(Node::Bracket(Box::new(sum_of([square, linear.to_expr()]))));
    let front = if *leading == -Rational::one() { negated(inner) } else { product_of([number(leading), inner]) };
    let rest = (!constant.is_zero()).then(|| number(constant));
    let with = expression_text(&number(leading), Notation::Swedish);
    Some(Change::with(StepKind::FactorOut, with, expr.place, sum_of(std::iter::once(front).chain(rest))))
}
