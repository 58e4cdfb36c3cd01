//! Numbers: how they are written, what is worked out, units and rounding.

use num_integer::Integer;

use super::trail::Trail;
use super::written::{bare, digits, is_sum, simple_fraction, whole};
use crate::account::StepKind;
use crate::exact::Exact;
use crate::tree::{Expr, Node};
use crate::units::{Measure, has_unit};

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Whole,
    Decimal,
    Percent,
    Fraction(i64, i64),
    /// The denominator of the fraction in it.
    Mixed(i64),
}

/// How it is written, if it is one number.
pub(super) fn form(expr: &Expr) -> Option<Form> {
    if let Some((top, bottom)) = simple_fraction(expr) {
        return Some(Form::Fraction(top, bottom));
    }
    match &bare(expr).node {
        Node::Number(number) => Some(if number.is_whole() { Form::Whole } else { Form::Decimal }),
        Node::Percent(inner) => digits(inner).map(|_| Form::Percent),
        Node::Mixed { bottom, .. } => Exact::from(&bottom.value).to_whole().map(Form::Mixed),
        Node::Negative(inner) => form(inner),
        _ => None,
    }
}

/// A number that is written in another way.
pub(super) fn written_otherwise(trail: &mut Trail, a: &Expr, b: &Expr) -> bool {
    let Some(from) = form(a) else { return split_number(trail, a, b) };
    if let Some(kinds) = form(b).and_then(|to| between_forms(from, to)) {
        trail.note_all(&kinds);
        return true;
    }
    if matches!(from, Form::Whole | Form::Decimal) && (is_standard(b) || is_written_power(b)) {
        let one = matches!(&bare(b).node, Node::Power(_, size) if whole(size) == Some(1));
        let kind = if is_standard(b) { StepKind::StandardForm } else { StepKind::WriteAsPower };
        trail.note(if one { StepKind::FirstPower } else { kind });
        return true;
    }
    split_number(trail, a, b)
}

fn between_forms(from: Form, to: Form) -> Option<Vec<StepKind>> {
    use StepKind as K;
    Some(match (from, to) {
        (Form::Percent, Form::Fraction(_, bottom)) if is_power_of_ten(bottom) => vec![K::PercentToFraction],
        (Form::Percent, Form::Fraction(..)) => vec![K::PercentToFraction, K::ShortenFraction],
        (Form::Percent, Form::Decimal | Form::Whole) => vec![K::PercentToDecimal],
        (Form::Fraction(..) | Form::Decimal | Form::Whole | Form::Mixed(_), Form::Percent) => vec![K::WriteAsPercent],
        (Form::Fraction(..) | Form::Mixed(_), Form::Decimal) => vec![K::FractionToDecimal],
        (Form::Decimal, Form::Fraction(_, bottom) | Form::Mixed(bottom)) if is_power_of_ten(bottom) => {
            vec![K::DecimalToFraction]
        }
        (Form::Decimal, Form::Fraction(..) | Form::Mixed(_)) => vec![K::DecimalToFraction, K::ShortenFraction],
        (Form::Mixed(own), Form::Fraction(_, bottom)) if own == bottom => vec![K::MixedToImproper],
        (Form::Mixed(own), Form::Fraction(_, bottom)) if own % bottom == 0 => {
            vec![K::MixedToImproper, K::ShortenFraction]
        }
        (Form::Mixed(own), Form::Fraction(_, bottom)) if bottom % own == 0 => {
            vec![K::MixedToImproper, K::ExtendFraction]
        }
        (Form::Fraction(_, bottom), Form::Mixed(own)) if own == bottom => vec![K::ImproperToMixed],
        (Form::Fraction(_, bottom), Form::Mixed(own)) if bottom % own == 0 => {
            vec![K::ImproperToMixed, K::ShortenFraction]
        }
        (Form::Mixed(own), Form::Mixed(bottom)) if own != bottom => {
            vec![if own % bottom == 0 { K::ShortenFraction } else { K::ExtendFraction }]
        }
        (Form::Fraction(_, own), Form::Fraction(_, bottom)) => {
            let (own, bottom) = (own.checked_abs()?, bottom.checked_abs()?);
            match (own == bottom, own.is_multiple_of(&bottom), bottom.is_multiple_of(&own)) {
                (true, ..) => return None,
                (_, true, _) => vec![K::ShortenFraction],
                (_, _, true) => vec![K::ExtendFraction],
                _ => vec![K::ShortenFraction, K::ExtendFraction],
            }
        }
        (Form::Whole, Form::Fraction(..)) => vec![K::ExtendFraction],
        (Form::Fraction(..), Form::Whole) => vec![K::DivideNumbers],
        _ => return None,
    })
}

fn is_power_of_ten(mut value: i64) -> bool {
    while value > 1 && value % 10 == 0 {
        value /= 10;
    }
    value == 1
}

/// `4,5·10⁴` or `10⁴`
pub(super) fn is_standard(expr: &Expr) -> bool {
    let is_power = |expr: &Expr| matches!(&bare(expr).node, Node::Power(base, size) if whole(base) == Some(10) && whole(size).is_some());
    match &bare(expr).node {
        Node::Product(a, _, b) => {
            let is_digit = |value: &Exact| (value - &Exact::ONE).is_positive() || value.is_one();
            let ten = |value: &Exact| (&Exact::Small(10, 1) - value).is_positive();
            digits(a).map(|number| Exact::from(&number.value)).is_some_and(|value| is_digit(&value) && ten(&value))
                && is_power(b)
        }
        Node::Negative(inner) => is_standard(inner),
        _ => is_power(expr),
    }
}

/// `2³`
fn is_written_power(expr: &Expr) -> bool {
    matches!(&bare(expr).node, Node::Power(base, size) if digits(base).is_some() && whole(size).is_some())
}

/// `24` → `20+4`, `25·12` → `25·10+25·2`, `12` → `3·4`
fn split_number(trail: &mut Trail, a: &Expr, b: &Expr) -> bool {
    let plain = |expr: &Expr| {
        !expr.any(&|part| {
            matches!(
                part.node,
                Node::Name(_) | Node::Quotient(..) | Node::Root { .. } | Node::Call(_) | Node::Power(..)
            )
        })
    };
    let from = bare(a);
    let short = match &from.node {
        Node::Number(_) => true,
        Node::Product(one, _, two) => digits(one).is_some() && digits(two).is_some(),
        _ => false,
    };
    let longer = is_sum(bare(b)) || matches!((&from.node, &bare(b).node), (Node::Number(_), Node::Product(..)));
    let found = short && longer && plain(b) && b.is_numeric();
    if found {
        trail.note(StepKind::SplitNumber);
    }
    found
}

/// `5−(−3)` → `5+3`: both have the sign and the bracket before one term.
pub(super) fn is_sign_of_bracket(trail: &mut Trail, a: &Expr, b: &Expr) -> bool {
    let Node::Negative(bracket) = &a.node else { return false };
    let Node::Negative(inner) = &bare(bracket).node else { return false };
    if matches!(bare(inner).node, Node::Sum(..) | Node::Difference(..)) || !super::written::alike(inner, b) {
        return false;
    }
    trail.note(if a.is_numeric() { StepKind::SubtractNegative } else { StepKind::MinusBracket });
    true
}

/// What stands after `≈`, or instead of an exact value where a rounded one is asked for.
pub(super) fn rounded(trail: &mut Trail, a: &Expr, b: &Expr) {
    if super::written::alike(a, b) {
        return;
    }
    let b = amount(b);
    if form(b) == Some(Form::Decimal) || form(b) == Some(Form::Whole) {
        match &amount(a).node {
            Node::Quotient(..) if simple_fraction(amount(a)).is_some() => trail.note(StepKind::FractionToDecimal),
            Node::Root { .. } => trail.note(StepKind::WorkOutRoot),
            _ => {}
        }
        return trail.note(StepKind::Round);
    }
    if trail.values.same(a, b) {
        return super::align::inside(trail, a, b);
    }
    // `π·2² ≈ 3,14·4`: a number in it is rounded.
    trail.note(StepKind::Round);
}

/// The number before a unit.
fn amount(expr: &Expr) -> &Expr {
    match &bare(expr).node {
        Node::Quantity(number, _) => bare(number),
        Node::Negative(inner) => amount(inner),
        _ => bare(expr),
    }
}

/// Quantities: another unit, or numbers with units that are worked out.
pub(super) fn units(trail: &mut Trail, a: &Expr, b: &Expr) -> bool {
    if !has_unit(a) && !has_unit(b) {
        return false;
    }
    let base = |expr: &Expr| Measure::of(expr).and_then(|measure| measure.in_base());
    if base(a).is_none_or(|value| Some(value) != base(b)) {
        return false;
    }
    let (above, below) = (unit_words(a), unit_words(b));
    let before = trail.is_empty();
    if above != below {
        trail.note(StepKind::ConvertUnit);
    }
    let node = |test: fn(&Node) -> bool| a.any(&|part| test(&part.node)) && !b.any(&|part| test(&part.node));
    if node(|node| matches!(node, Node::Sum(..))) {
        trail.note(StepKind::AddNumbers);
    }
    if node(|node| matches!(node, Node::Difference(..))) {
        trail.note(StepKind::SubtractNumbers);
    }
    if node(|node| matches!(node, Node::Product(..))) {
        trail.note(StepKind::MultiplyNumbers);
    }
    if node(|node| matches!(node, Node::Quotient(..))) {
        trail.note(StepKind::DivideNumbers);
    }
    !(before && trail.is_empty())
}

fn unit_words(expr: &Expr) -> Vec<String> {
    let mut words = Vec::new();
    gather_units(expr, &mut words);
    words.sort_unstable();
    words.dedup();
    words
}

fn gather_units(expr: &Expr, words: &mut Vec<String>) {
    if let Node::Quantity(_, unit) = &expr.node {
        words.extend(unit.above.iter().chain(&unit.below).map(|one| one.word.to_string()));
    }
    expr.each_part().for_each(|part| gather_units(part, words));
}
