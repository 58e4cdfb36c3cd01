//! How tightly written parts hold together in text, after the grammar in `read`.

use crate::read::{is_word, reserved_unit};
use crate::tree::{Call, Constant, Expr, Node, Number, Over, Times, Unit};
use crate::units;

/// How tightly an expression holds together, loosest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    Sum,
    Product,
    Signed,
    Fraction,
    Quantity,
    Implied,
    /// A function without a bracket: `sin x`.
    Call,
    Power,
    Primary,
    Atom,
}

/// A position: the loosest level that fits there, and whether a prefix sign may begin it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Slot {
    level: Level,
    sign: bool,
}

impl Slot {
    pub(crate) const fn signed(level: Level) -> Self {
        Self { level, sign: true }
    }

    pub(crate) const fn plain(level: Level) -> Self {
        Self { level, sign: false }
    }

    /// The slot after a prefix sign in this one.
    fn after_sign(self) -> Self {
        Self::signed(self.level.max(Level::Fraction))
    }

    /// True if `expr` can stand here as it is.
    pub(crate) fn fits(self, expr: &Expr) -> bool {
        match &expr.node {
            Node::Negative(inner) | Node::Positive(inner) | Node::EitherSign(_, inner) => {
                self.sign && (self.level <= Level::Signed || self.after_sign().fits(inner))
            }
            _ => level(expr) >= self.level,
        }
    }
}

fn level(expr: &Expr) -> Level {
    match &expr.node {
        Node::Sum(..) | Node::Difference(..) | Node::SumOrDifference(..) => Level::Sum,
        Node::Product(_, Times::Dot | Times::Cross, _) | Node::Quotient(_, Over::Colon | Over::Obelus, _) => {
            Level::Product
        }
        Node::Product(a, Times::Implied, _) if begins_with_coefficient(a) => Level::Fraction,
        Node::Product(..) => Level::Implied,
        Node::Quotient(_, Over::Bar, _) => Level::Fraction,
        Node::Negative(_) | Node::Positive(_) | Node::EitherSign(..) => Level::Signed,
        Node::Quantity(a, _) | Node::Compound(a, _) if begins_with_coefficient(a) => Level::Fraction,
        Node::Quantity(..) | Node::Compound(..) => Level::Quantity,
        Node::Call(call) if !is_closed_call(call) => Level::Call,
        Node::Root { degree, .. } if radical(degree.as_deref()).is_some() => Level::Power,
        Node::Power(..) => Level::Power,
        Node::Percent(_) | Node::Permille(_) | Node::Degrees(_) => Level::Primary,
        Node::Number(_)
        | Node::Mixed { .. }
        | Node::Name(_)
        | Node::Constant(_)
        | Node::Bracket(_)
        | Node::Abs(_)
        | Node::Root { .. }
        | Node::Call(_) => Level::Atom,
    }
}

/// True if the argument stands in a bracket or between bars, so that nothing after it belongs to it.
pub(crate) fn is_closed_call(call: &Call) -> bool {
    matches!(call.argument.node, Node::Bracket(_) | Node::Abs(_))
}

/// The sign of a root that has one of its own: `√`, `∛`, `∜`.
pub(crate) fn radical(degree: Option<&Expr>) -> Option<char> {
    let Some(degree) = degree else { return Some('√') };
    match &degree.node {
        Node::Number(number) if *number == Number::whole(3) => Some('∛'),
        Node::Number(number) if *number == Number::whole(4) => Some('∜'),
        _ => None,
    }
}

/// True if what is written after it could belong to the argument of a function at its end.
pub(crate) fn ends_open(expr: &Expr) -> bool {
    match &expr.node {
        Node::Call(call) => !is_closed_call(call),
        Node::Product(_, _, b) | Node::Quotient(_, _, b) => ends_open(b),
        Node::Negative(inner) | Node::Positive(inner) | Node::EitherSign(_, inner) => ends_open(inner),
        _ => false,
    }
}

/// The part that is printed first.
fn first_part(expr: &Expr) -> &Expr {
    match &expr.node {
        Node::Sum(a, _)
        | Node::Difference(a, _)
        | Node::SumOrDifference(a, _, _)
        | Node::Product(a, _, _)
        | Node::Quotient(a, _, _)
        | Node::Power(a, _)
        | Node::Percent(a)
        | Node::Permille(a)
        | Node::Degrees(a)
        | Node::Quantity(a, _)
        | Node::Compound(a, _) => first_part(a),
        _ => expr,
    }
}

/// The part that is printed last; `None` if that is an exponent.
fn last_part(expr: &Expr) -> Option<&Expr> {
    match &expr.node {
        Node::Product(_, _, b) | Node::Quotient(_, _, b) => last_part(b),
        Node::Negative(inner) | Node::Positive(inner) | Node::EitherSign(_, inner) => last_part(inner),
        Node::Power(..) => None,
        Node::Root { degree, radicand } if radical(degree.as_deref()).is_some() => last_part(radicand),
        Node::Call(call) => last_part(&call.argument),
        _ => Some(expr),
    }
}

/// An exponent that is written with raised digits: the number, and whether it is negative.
pub(crate) fn raised_digits(exponent: &Expr) -> Option<(&Number, bool)> {
    match &exponent.node {
        Node::Number(number) if number.is_whole() => Some((number, false)),
        Node::Negative(inner) => match &inner.node {
            Node::Number(number) if number.is_whole() => Some((number, true)),
            _ => None,
        },
        _ => None,
    }
}

pub(crate) fn begins_with_digit(expr: &Expr) -> bool {
    matches!(first_part(expr).node, Node::Number(_) | Node::Mixed { .. })
}

pub(crate) fn begins_with_function(expr: &Expr) -> bool {
    matches!(first_part(expr).node, Node::Call(_))
}

/// True if it can follow a coefficient without a sign.
fn begins_as_factor(expr: &Expr) -> bool {
    matches!(
        first_part(expr).node,
        Node::Name(_) | Node::Constant(_) | Node::Bracket(_) | Node::Abs(_) | Node::Root { .. } | Node::Call(_)
    )
}

pub(crate) fn is_coefficient(expr: &Expr) -> bool {
    matches!(&expr.node, Node::Quotient(a, Over::Bar, b)
        if matches!(a.node, Node::Number(_)) && matches!(b.node, Node::Number(_)))
}

/// True for `1/2x…`, the coefficient and at least one factor, and for the coefficient itself.
pub(crate) fn begins_with_coefficient(expr: &Expr) -> bool {
    match &expr.node {
        Node::Product(a, Times::Implied, b) => (is_coefficient(a) && begins_as_factor(b)) || begins_with_coefficient(a),
        Node::Quantity(a, _) | Node::Compound(a, _) => begins_with_coefficient(a),
        _ => is_coefficient(expr),
    }
}

/// True for `2x` and `2 kg`, whose 2 would belong to the fraction when a number and `/` stand before.
pub(crate) fn begins_as_number_times(expr: &Expr) -> bool {
    match &expr.node {
        Node::Product(a, Times::Implied, b) => {
            begins_as_number_times(a) || (matches!(a.node, Node::Number(_)) && begins_as_factor(b))
        }
        Node::Quantity(a, _) | Node::Compound(a, _) => matches!(a.node, Node::Number(_)) || begins_as_number_times(a),
        _ => false,
    }
}

/// True if the first factor of an implied product may be looser than its other factors.
pub(crate) fn is_coefficient_of(left: &Expr, right: &Expr) -> bool {
    (is_coefficient(left) && begins_as_factor(right)) || begins_with_coefficient_product(left)
}

fn begins_with_coefficient_product(expr: &Expr) -> bool {
    matches!(expr.node, Node::Product(..)) && begins_with_coefficient(expr)
}

/// True if a unit is the last that is printed, one without `/` that another unit could go on.
pub(crate) fn ends_with_unit(expr: &Expr) -> bool {
    match last_part(expr).map(|part| &part.node) {
        Some(Node::Quantity(_, unit)) => unit.below.is_empty(),
        Some(Node::Compound(_, last)) => ends_with_unit(last),
        _ => false,
    }
}

/// True if the letters it begins with would go on a unit that stands before.
pub(crate) fn begins_as_unit(expr: &Expr) -> bool {
    let mut letters = Vec::new();
    leading_letters(expr, &mut letters);
    let single = match letters.as_slice() {
        [] => return false,
        [_] => true,
        // The printer leaves as many letters together as are no word.
        run => (2..=run.len()).all(|length| run.get(..length).is_some_and(is_word)),
    };
    single && letters.first().is_some_and(|first| units::find(&first.to_string()).is_some())
}

/// True for a bracket such as `(s·l)`, which would be read as units after a unit and `/`.
pub(crate) fn is_unit_bracket(expr: &Expr) -> bool {
    matches!(&expr.node, Node::Bracket(inner) if is_unit_product(inner))
}

fn is_unit_product(expr: &Expr) -> bool {
    let Node::Product(a, Times::Dot | Times::Cross, b) = &expr.node else { return false };
    (is_unit_product(a) || is_unit_factor(a)) && is_unit_factor(b)
}

fn is_unit_factor(expr: &Expr) -> bool {
    match &expr.node {
        Node::Name(name) => units::find(name.as_str()).is_some(),
        Node::Power(base, exponent) => is_unit_factor(base) && raised_digits(exponent).is_some(),
        _ => false,
    }
}

/// Gathers the plain letters at the beginning; false if something else than a letter was met.
fn leading_letters(expr: &Expr, letters: &mut Vec<char>) -> bool {
    match &expr.node {
        Node::Product(a, Times::Implied, b) => leading_letters(a, letters) && leading_letters(b, letters),
        // A first letter with a subscript is never a unit; a later one still belongs to the run.
        Node::Name(name) if name.letter().is_none() && letters.is_empty() => false,
        Node::Name(name) => {
            letters.extend(name.letters().chars());
            name.letter().is_some()
        }
        Node::Constant(Constant::E) if !letters.is_empty() => {
            letters.push('e');
            true
        }
        // All letters of the first factor or term, not the first alone: `sx` of `sx/2`.
        Node::Quantity(first, _)
        | Node::Compound(first, _)
        | Node::Quotient(first, ..)
        | Node::Product(first, ..)
        | Node::Sum(first, _)
        | Node::Difference(first, _)
        | Node::SumOrDifference(first, ..) => {
            leading_letters(first, letters);
            false
        }
        _ => {
            let first = first_part(expr);
            if !std::ptr::eq(first, expr) {
                leading_letters(first, letters);
            }
            false
        }
    }
}

/// True if `√` can stand before it without a bracket.
pub(crate) fn is_radicand(expr: &Expr) -> bool {
    match &expr.node {
        Node::Call(_) => false,
        Node::Root { .. } => true,
        _ => level(expr) == Level::Atom,
    }
}

/// True if it can be the base of a logarithm, or the exponent of a function name, without a bracket.
pub(crate) fn is_small(expr: &Expr) -> bool {
    match &expr.node {
        Node::Name(name) => name.letter().is_some(),
        Node::Number(_) | Node::Constant(_) | Node::Bracket(_) => true,
        _ => false,
    }
}

/// True if it can be the argument of a function without a bracket.
pub(crate) fn is_open_argument(expr: &Expr) -> bool {
    match &expr.node {
        Node::Negative(inner) | Node::Positive(inner) | Node::EitherSign(_, inner) => is_signed_argument(inner),
        _ => !matches!(first_part(expr).node, Node::Bracket(_) | Node::Abs(_)) && is_factors(expr),
    }
}

fn is_signed_argument(expr: &Expr) -> bool {
    match &expr.node {
        Node::Negative(inner) | Node::Positive(inner) | Node::EitherSign(_, inner) => is_signed_argument(inner),
        _ => is_factors(expr),
    }
}

/// True for numbers and letters side by side, or a function.
fn is_factors(expr: &Expr) -> bool {
    match &expr.node {
        Node::Product(a, Times::Implied, b) => {
            let follows = matches!(first_part(b).node, Node::Name(_) | Node::Constant(_));
            let is_plain = |part: &Expr| level(part) >= Level::Power && !matches!(part.node, Node::Call(_));
            let left = match &a.node {
                Node::Product(..) => is_factors(a),
                _ => is_plain(a),
            };
            follows && left && !ends_open(a) && is_plain(b)
        }
        _ => level(expr) >= Level::Call,
    }
}

/// True if `unit` can follow `value` without a bracket around it.
pub(crate) fn takes_unit(value: &Expr, unit: &Unit) -> bool {
    let coefficient = matches!(value.node, Node::Product(..) | Node::Quotient(..)) && begins_with_coefficient(value);
    let fits = coefficient || Slot::plain(Level::Implied).fits(value);
    let first = unit.above.first().map(|one| one.word.as_str()).unwrap_or_default();
    let closes = matches!(
        last_part(value).map(|part| &part.node),
        Some(Node::Number(_) | Node::Mixed { .. } | Node::Bracket(_) | Node::Constant(Constant::Pi))
    );
    fits && (closes || reserved_unit(first))
}
