//! Brackets where text needs them.

use crate::precedence::{
    Level, Slot, begins_as_number_times, begins_as_unit, begins_with_digit, begins_with_function, ends_open,
    ends_with_unit, is_closed_call, is_coefficient_of, is_open_argument, is_radicand, is_small, is_unit_bracket,
    radical, takes_unit,
};
use crate::tree::{Call, Expr, Node, Over, Statement, Times};

impl Statement {
    /// The same with every side [`bracketed`](Expr::bracketed).
    #[must_use]
    pub fn bracketed(&self) -> Self {
        self.map_sides(&mut Expr::bracketed)
    }
}

impl Expr {
    /// The same expression with a bracket wherever text needs one to be read as this tree: a sum
    /// under a root, a product in an exponent.
    ///
    /// What was read has them already. Trees that were put together by hand may not.
    #[must_use]
    pub fn bracketed(&self) -> Self {
        let mut expr = self.map_parts(&mut Self::bracketed);
        set_brackets(&mut expr.node);
        expr
    }
}

fn wrap_unless(fits: bool, part: &mut Expr) {
    if !fits {
        let inner = std::mem::replace(part, Expr::new(part.place, Node::Name('x'.into())));
        *part = Expr::new(inner.place, Node::Bracket(Box::new(inner)));
    }
}

fn fit(slot: Slot, part: &mut Expr) {
    wrap_unless(slot.fits(part), part);
}

/// Puts brackets around those parts of `node` that need them.
pub(crate) fn set_brackets(node: &mut Node) {
    match node {
        Node::Positive(a) | Node::Negative(a) | Node::EitherSign(_, a) => fit(Slot::signed(Level::Fraction), a),
        Node::Percent(a) | Node::Permille(a) | Node::Degrees(a) => fit(Slot::plain(Level::Primary), a),
        Node::Sum(a, b) | Node::Difference(a, b) | Node::SumOrDifference(a, _, b) => {
            fit(Slot::signed(Level::Sum), a);
            fit(Slot::signed(Level::Product), b);
        }
        Node::Product(a, Times::Implied, b) => set_implied(a, b),
        Node::Product(a, _, b) => {
            fit(Slot::signed(Level::Product), a);
            fit(Slot::signed(Level::Signed), b);
            wrap_unless(!(ends_with_unit(a) && begins_as_unit(b)), b);
        }
        Node::Quotient(a, Over::Bar, b) => set_fraction(a, b),
        Node::Quotient(a, _, b) => {
            fit(Slot::signed(Level::Product), a);
            fit(Slot::signed(Level::Signed), b);
        }
        Node::Power(base, exponent) => {
            fit(Slot::plain(Level::Primary), base);
            fit(Slot::signed(Level::Power), exponent);
        }
        Node::Root { degree, radicand } => {
            let fits = radical(degree.as_deref()).is_none() || is_radicand(radicand);
            wrap_unless(fits, radicand);
        }
        Node::Call(call) => set_call(call),
        Node::Quantity(value, unit) => wrap_unless(takes_unit(value, unit), value),
        _ => {}
    }
}

fn set_implied(a: &mut Expr, b: &mut Expr) {
    let first = if is_coefficient_of(a, b) { Level::Fraction } else { Level::Implied };
    fit(Slot::plain(first), a);
    fit(Slot::plain(Level::Call), b);
    wrap_unless(!ends_open(a) || begins_with_function(b), a);
    wrap_unless(!begins_with_digit(b) || matches!(a.node, Node::Bracket(_)), b);
}

fn set_fraction(top: &mut Expr, bottom: &mut Expr) {
    fit(Slot::plain(Level::Fraction), top);
    // `1/2x` is read as a half of x, so a product below a plain number needs its brackets.
    let held = matches!(top.node, Node::Number(_)) && begins_as_number_times(bottom);
    fit(Slot::signed(if held { Level::Primary } else { Level::Quantity }), bottom);
    wrap_unless(!ends_open(top) || begins_with_function(bottom), top);
    wrap_unless(!(ends_with_unit(top) && (begins_as_unit(bottom) || is_unit_bracket(bottom))), bottom);
}

fn set_call(call: &mut Call) {
    if let Some(base) = &mut call.base {
        wrap_unless(is_small(base), base);
    }
    if let Some(exponent) = &mut call.exponent {
        wrap_unless(is_signed_small(exponent), exponent);
    }
    if !is_closed_call(call) {
        wrap_unless(is_open_argument(&call.argument), &mut call.argument);
    }
}

fn is_signed_small(expr: &Expr) -> bool {
    match &expr.node {
        Node::Negative(inner) => is_small(inner),
        _ => is_small(expr),
    }
}
