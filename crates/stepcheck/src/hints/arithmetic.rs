//! Working out numbers: powers, roots, percentages, products and quotients of two numbers.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

use super::change::{Change, in_parts};
use super::expression::Aim;
use super::monomial::{Monomial, is_root, largest_square};
use super::number::{Form, Num, decimals_of, fraction, later_factor, nowhere, small, whole, written};
use crate::account::StepKind;
use crate::exact::{Exact, Rational, raise};
use crate::forms;
use crate::rewrite::{product_of, quotient};
use crate::tree::{Expr, Node, Over, Times};

/// The highest power that is worked out.
const MOST_POWER: i64 = 20;

/// The next step in a term without letters; sums in it are worked out already.
pub(super) fn next(body: &Expr, aim: Aim) -> Option<Change> {
    roots(body).or_else(|| single(body, aim)).or_else(|| pair(body, aim))
}

/// `√2·√8` → `√16`, before one of them is made smaller.
fn roots(expr: &Expr) -> Option<Change> {
    let number = |part: &Expr| match &part.node {
        Node::Root { degree: None, radicand } => Num::of(radicand),
        _ => None,
    };
    if let Node::Product(a, _, b) = &expr.node
        && let (Some(left), Some(right)) = (number(a), number(b))
    {
        let value = written(&(left.value * right.value), true);
        let root = Node::Root { degree: None, radicand: Box::new(value) };
        return Some(Change::new(StepKind::MultiplyRoots, expr.place, nowhere(root)));
    }
    in_parts(expr, &mut roots)
}

/// The first power, root, size or percentage that can be worked out, the inner ones first.
fn single(expr: &Expr, aim: Aim) -> Option<Change> {
    if let Some(found) = in_parts(expr, &mut |part| single(part, aim)) {
        return Some(found);
    }
    let (kind, new) = match &expr.node {
        Node::Power(base, exponent) => power(base, exponent, aim)?,
        Node::Root { degree, radicand } => root(degree.as_deref(), radicand, aim)?,
        Node::Abs(inner) => (StepKind::WorkOutSize, unsigned_number(inner)?),
        Node::Percent(inner) if aim.fractions => {
            let size = Num::of(inner).filter(|number| number.form == Form::Whole)?;
            (StepKind::PercentToFraction, fraction(&size.value.to_integer(), &100.into()))
        }
        Node::Percent(inner) => {
            let value = Num::of(inner)?.value / Rational::from_integer(100.into());
            (StepKind::PercentToDecimal, written(&value, true))
        }
        _ => return None,
    };
    Some(Change::new(kind, expr.place, new))
}

fn unsigned_number(inner: &Expr) -> Option<Expr> {
    let number = Num::of(inner)?;
    Some(match &number.form {
        Form::Fraction(top, bottom) => fraction(&top.abs(), bottom),
        form => written(&number.value.abs(), *form == Form::Decimal),
    })
}

fn power(base: &Expr, exponent: &Expr, aim: Aim) -> Option<(StepKind, Expr)> {
    let (number, size) = (Num::of(base)?, forms::whole(exponent)?);
    if aim.powers_of_ten && number.value == Rational::from_integer(10.into()) {
        return None;
    }
    if size <= 0 && number.value.is_zero() || size.abs() > MOST_POWER {
        return None;
    }
    if size == 0 {
        return Some((StepKind::ZeroExponent, small(1)));
    }
    if size < 0 {
        let below = nowhere(Node::Power(Box::new(base.clone()), Box::new(small(-size))));
        let new = match number.as_fraction() {
            Some((top, bottom)) if number.is_fraction() => {
                let turned = nowhere(Node::Bracket(Box::new(fraction(&bottom, &top))));
                if size == -1 { turned } else { nowhere(Node::Power(Box::new(turned), Box::new(small(-size)))) }
            }
            _ if size == -1 => quotient(small(1), base.clone()),
            _ => quotient(small(1), below),
        };
        return Some((StepKind::NegativeExponent, new));
    }
    let value = raise(&number.value, size).ok().filter(|value| crate::exact::bits(value) <= 128)?;
    let new = match number.as_fraction() {
        Some((top, bottom)) if number.is_fraction() => {
            let size = u32::try_from(size).ok()?;
            fraction(&top.pow(size), &bottom.pow(size))
        }
        _ => written(&value, number.form == Form::Decimal),
    };
    Some((StepKind::WorkOutPower, new))
}

fn root(degree: Option<&Expr>, radicand: &Expr, aim: Aim) -> Option<(StepKind, Expr)> {
    let degree = u32::try_from(degree.map_or(Some(2), forms::whole)?).ok().filter(|degree| *degree >= 2)?;
    let number = Num::of(radicand)?;
    if let Some(value) = Exact::from(&number.value).exact_root(degree) {
        return Some((StepKind::WorkOutRoot, written(&value.to_rational(), number.form == Form::Decimal)));
    }
    if !aim.exact || degree != 2 || !number.value.is_positive() {
        return None;
    }
    let of = |value: &BigInt| nowhere(Node::Root { degree: None, radicand: Box::new(whole(value)) });
    let (top, bottom) = match &number.form {
        Form::Decimal => (number.value.numer().clone(), number.value.denom().clone()),
        _ => number.as_fraction()?,
    };
    if !bottom.is_one() {
        // The denominator is made a square first, so that no root is left below.
        let below = bottom.sqrt();
        if &below * &below == bottom {
            return Some((StepKind::RootOfQuotient, quotient(of(&top), whole(&below))));
        }
        return Some((StepKind::RationaliseDenominator, quotient(of(&(&top * &bottom)), whole(&bottom))));
    }
    let largest = largest_square(top.to_u32()?);
    if largest == 1 {
        return None;
    }
    let rest = &top / BigInt::from(largest).pow(2);
    let product = Node::Product(Box::new(small(i64::from(largest))), Times::Implied, Box::new(of(&rest)));
    Some((StepKind::TakeOutOfRoot, nowhere(product)))
}

/// The first product or quotient of two numbers, the left ones first.
fn pair(expr: &Expr, aim: Aim) -> Option<Change> {
    if let Some(found) = in_parts(expr, &mut |part| pair(part, aim)) {
        return Some(found);
    }
    match &expr.node {
        Node::Product(a, _, b) => product(expr, a, b),
        Node::Quotient(a, over, b) => division(expr, a, *over, b, aim),
        _ => None,
    }
}

/// What has to be done first with one of two numbers, as it is worked out with the other.
fn prepared(expr: &Expr, parts: [(&Expr, &Num); 2]) -> Option<Change> {
    let change = |at: usize, kind, new: Expr| {
        let place = parts.get(at).map_or(expr.place, |(part, _)| part.place);
        let mut index = 0;
        let new = expr.map_parts(&mut |part| {
            let here = index == at;
            index += 1;
            if here { later_factor(new.clone()) } else { part.clone() }
        });
        Some(Change::new(kind, place, new))
    };
    let decimals = parts.iter().any(|(_, number)| number.form == Form::Decimal);
    for (at, (_, number)) in parts.iter().enumerate() {
        match &number.form {
            Form::Mixed => {
                return change(at, StepKind::MixedToImproper, fraction(number.value.numer(), number.value.denom()));
            }
            Form::Fraction(..) if number.value.is_integer() => {
                return change(at, StepKind::DivideNumbers, whole(&number.value.to_integer()));
            }
            Form::Fraction(..) if decimals && decimals_of(&number.value).is_some() => {
                return change(at, StepKind::FractionToDecimal, written(&number.value, true));
            }
            Form::Decimal
                if parts.iter().any(|(_, other)| other.is_fraction() && decimals_of(&other.value).is_none()) =>
            {
                return change(at, StepKind::DecimalToFraction, written(&number.value, false));
            }
            _ => {}
        }
    }
    None
}

fn product(expr: &Expr, a: &Expr, b: &Expr) -> Option<Change> {
    if let (Some(number), Node::EitherSign(signs, size)) = (Num::of(a), &b.unwrapped().node) {
        let size = written(&(number.value.abs() * Num::of(size)?.value), true);
        let new = nowhere(Node::EitherSign(*signs, Box::new(size)));
        return Some(Change::new(StepKind::MultiplyNumbers, expr.place, new));
    }
    let (left, right) = (Num::of(a)?, Num::of(b)?);
    if let Some(found) = prepared(expr, [(a, &left), (b, &right)]) {
        return Some(found);
    }
    let (kind, new) = match (left.as_fraction(), right.as_fraction()) {
        (Some((top, bottom)), Some((other, below))) if left.is_fraction() || right.is_fraction() => {
            let both = left.is_fraction() && right.is_fraction();
            let kind = if both { StepKind::MultiplyFractions } else { StepKind::WholeTimesFraction };
            (kind, fraction(&(top * other), &(bottom * below)))
        }
        _ => (StepKind::MultiplyNumbers, written(&(&left.value * &right.value), true)),
    };
    Some(Change::new(kind, expr.place, new))
}

/// `6/√3` → `6√3/3`
fn without_root_below(expr: &Expr, a: &Expr, b: &Expr) -> Option<Change> {
    let below = Monomial::of(b).filter(|below| matches!(below.letters.as_slice(), [(name, 1)] if is_root(*name)))?;
    let root = Monomial { coefficient: Rational::one(), ..below.clone() };
    let bottom = Monomial::of(b)?.times(&root)?.to_expr();
    let top = match Monomial::of(a) {
        Some(above) => above.times(&root)?.to_expr(),
        None => product_of([root.to_expr(), nowhere(Node::Bracket(Box::new(a.unwrapped().clone())))]),
    };
    Some(Change::new(StepKind::RationaliseDenominator, expr.place, quotient(top, bottom)))
}

fn division(expr: &Expr, a: &Expr, over: Over, b: &Expr, aim: Aim) -> Option<Change> {
    if aim.exact
        && let Some(found) = without_root_below(expr, a, b)
    {
        return Some(found);
    }
    let (left, right) = (Num::of(a)?, Num::of(b)?);
    if right.value.is_zero() {
        return None;
    }
    let both_whole = left.form == Form::Whole && right.form == Form::Whole;
    if both_whole && over == Over::Bar {
        return None;
    }
    let value = &left.value / &right.value;
    if left.is_plain() && right.is_plain() {
        let decimals = aim.decimal || left.form == Form::Decimal || right.form == Form::Decimal;
        if value.is_integer() || decimals && decimals_of(&value).is_some_and(|count| count <= 4) {
            return Some(Change::new(StepKind::DivideNumbers, expr.place, written(&value, true)));
        }
        if both_whole {
            let new = quotient(a.clone(), b.clone());
            return Some(Change::new(StepKind::DivideNumbers, expr.place, new));
        }
        let scale = left.value.denom().lcm(right.value.denom());
        let scale = Rational::from_integer(scale);
        let times = |number: &Num| (&number.value * &scale).to_integer();
        return Some(Change::new(StepKind::ExtendFraction, expr.place, fraction(&times(&left), &times(&right))));
    }
    if let Some(found) = prepared(expr, [(a, &left), (b, &right)]) {
        return Some(found);
    }
    let (top, bottom) = right.as_fraction()?;
    let turned = later_factor(fraction(&bottom, &top));
    let dot = Node::Product(Box::new(a.unwrapped().clone()), Times::Dot, Box::new(turned));
    Some(Change::new(StepKind::InvertAndMultiply, expr.place, nowhere(dot)))
}

/// A fraction of whole numbers in lowest terms, or divided out.
pub(super) fn shortened(expr: &Expr) -> Option<Change> {
    let number = Num::of(expr)?;
    let Form::Fraction(_, bottom) = &number.form else { return None };
    if number.value.is_integer() {
        let new = whole(&number.value.to_integer());
        return Some(Change::new(StepKind::DivideNumbers, expr.place, new));
    }
    let by = bottom / number.value.denom();
    let new = fraction(number.value.numer(), number.value.denom());
    (!by.is_one()).then(|| Change::with(StepKind::ShortenFraction, by.to_string(), expr.place, new))
}
