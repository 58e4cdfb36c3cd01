//! Where an expression can stand without brackets, after the precedence in `read`.

use crate::tree::{Expr, Node, Over, Times};

/// How tightly an expression holds together, loosest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    Sum,
    Product,
    Signed,
    Fraction,
    Implied,
    Power,
    Primary,
}

/// A position: the loosest level that fits there, and whether a prefix sign may begin it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    pub level: Level,
    pub sign: bool,
}

impl Slot {
    pub(super) const fn signed(level: Level) -> Self {
        Self { level, sign: true }
    }

    pub(super) const fn plain(level: Level) -> Self {
        Self { level, sign: false }
    }

    /// The slot after a prefix sign in this one.
    pub(super) fn after_sign(self) -> Self {
        Self::signed(self.level.max(Level::Fraction))
    }

    /// True if `expr` can stand here as it is.
    pub(super) fn fits(self, expr: &Expr) -> bool {
        match &expr.node {
            Node::Negative(inner) | Node::Positive(inner) => {
                self.sign && (self.level <= Level::Signed || self.after_sign().fits(inner))
            }
            _ => level(expr) >= self.level,
        }
    }
}

/// The level of `expr` as it is printed.
fn level(expr: &Expr) -> Level {
    match &expr.node {
        Node::Sum(..) | Node::Difference(..) => Level::Sum,
        Node::Product(a, times, b) => match shown(a, *times, b) {
            Times::Implied if begins_with_coefficient(a) => Level::Fraction,
            Times::Implied => Level::Implied,
            Times::Dot | Times::Cross => Level::Product,
        },
        Node::Quotient(_, Over::Bar, _) => Level::Fraction,
        Node::Quotient(..) => Level::Product,
        Node::Negative(_) | Node::Positive(_) => Level::Signed,
        Node::Power(..) => Level::Power,
        Node::SumOrDifference(..) | Node::Compound(..) => Level::Sum,
        Node::EitherSign(..) => Level::Signed,
        Node::Call(_) | Node::Quantity(..) => Level::Product,
        Node::Number(_)
        | Node::Mixed { .. }
        | Node::Name(_)
        | Node::Constant(_)
        | Node::Bracket(_)
        | Node::Abs(_)
        | Node::Root { .. }
        | Node::Degrees(_)
        | Node::Percent(_)
        | Node::Permille(_) => Level::Primary,
    }
}

/// The slots of the two factors of a product that is shown with `times`.
pub(super) fn factor_slots(left: &Expr, times: Times, right: &Expr) -> (Slot, Slot) {
    if times != Times::Implied {
        return (Slot::signed(Level::Product), Slot::signed(Level::Signed));
    }
    let coefficient = is_coefficient(left) && begins_as_factor(right);
    let first = if coefficient || begins_with_coefficient(left) { Level::Fraction } else { Level::Implied };
    (Slot::plain(first), Slot::plain(Level::Power))
}

/// The slots of the two parts of a quotient.
pub(super) fn quotient_slots(top: &Expr, over: Over, bottom: &Expr) -> (Slot, Slot) {
    if over != Over::Bar {
        return (Slot::signed(Level::Product), Slot::signed(Level::Signed));
    }
    // `1/2x` is read as a half of x, so a product below a plain number needs its brackets.
    let lower = if matches!(top.node, Node::Number(_)) && begins_as_number_times(bottom) {
        Level::Primary
    } else {
        Level::Implied
    };
    (Slot::plain(Level::Fraction), Slot::signed(lower))
}

/// The sign a product is shown with: factors that begin with a digit need one, but after a bracket.
pub(super) fn shown(left: &Expr, times: Times, right: &Expr) -> Times {
    let needs_sign = begins_with_digit(right) && !matches!(left.node, Node::Bracket(_));
    if times == Times::Implied && needs_sign { Times::Dot } else { times }
}

fn begins_with_digit(expr: &Expr) -> bool {
    matches!(first_part(expr).node, Node::Number(_) | Node::Mixed { .. })
}

/// The part that is printed first.
fn first_part(expr: &Expr) -> &Expr {
    match &expr.node {
        Node::Bracket(_) | Node::Negative(_) | Node::Positive(_) => expr,
        _ => expr.parts().first().map_or(expr, |part| first_part(part)),
    }
}

fn is_coefficient(expr: &Expr) -> bool {
    matches!(&expr.node, Node::Quotient(a, Over::Bar, b)
        if matches!(a.node, Node::Number(_)) && matches!(b.node, Node::Number(_)))
}

/// True for `1/2x…`, the coefficient and at least one factor.
fn begins_with_coefficient(expr: &Expr) -> bool {
    match &expr.node {
        Node::Product(a, Times::Implied, b) => (is_coefficient(a) && begins_as_factor(b)) || begins_with_coefficient(a),
        _ => is_coefficient(expr),
    }
}

fn begins_as_factor(expr: &Expr) -> bool {
    matches!(first_part(expr).node, Node::Name(_) | Node::Constant(_) | Node::Bracket(_))
}

fn begins_as_number_times(expr: &Expr) -> bool {
    match &expr.node {
        Node::Product(a, Times::Implied, b) => {
            begins_as_number_times(a) || (matches!(a.node, Node::Number(_)) && begins_as_factor(b))
        }
        Node::Negative(inner) | Node::Positive(inner) => begins_as_number_times(inner),
        _ => false,
    }
}
