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
fn is_standard(expr: &Expr) -> bool {
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

/// Numbers that were worked out.
pub(super) fn worked_out(trail: &mut Trail, a: &Expr, b: &Expr) -> bool {
    let standard = is_standard(b) && !a.any(&|part| matches!(part.node, Node::Power(..)));
    let Some(to) = form(b)
        .or(standard.then_some(Form::Whole))
        .filter(|_| a.is_numeric() && form(a).is_none_or(|form| matches!(form, Form::Fraction(..))))
    else {
        return false;
    };
    let mut done = Vec::new();
    let Some(worked) = Worked::of(a, &mut done) else { return false };
    match to {
        Form::Fraction(_, bottom) | Form::Mixed(bottom) if !worked.value.is_whole() => {
            if matches!(to, Form::Mixed(_)) {
                done.push(StepKind::ImproperToMixed);
            }
            if worked.bottom.checked_abs().is_some_and(|own| Some(own) != bottom.checked_abs()) && worked.bottom != 1 {
                done.push(StepKind::ShortenFraction);
            }
        }
        Form::Decimal if worked.bottom != 1 => done.push(StepKind::FractionToDecimal),
        Form::Percent => done.push(StepKind::WriteAsPercent),
        Form::Whole if worked.bottom != 1 && done.last() != Some(&StepKind::DivideNumbers) => {
            done.push(StepKind::ShortenFraction);
        }
        _ => {}
    }
    if standard {
        done.push(StepKind::StandardForm);
    }
    done.dedup();
    let named = !done.is_empty();
    for (at, kind) in done.iter().enumerate() {
        let again = done.iter().take(at).any(|before| before == kind);
        let belongs = matches!(kind, StepKind::MultiplyNegatives | StepKind::AddNegative | StepKind::SubtractNegative);
        trail.note_as(*kind, u32::from(!again && !belongs));
    }
    named
}

/// A number on its way: its value, and the denominator as long as it is a fraction.
struct Worked {
    value: Exact,
    bottom: i64,
    decimal: bool,
}

impl Worked {
    /// Works `expr` out and adds what is done to `done`, in order.
    fn of(expr: &Expr, done: &mut Vec<StepKind>) -> Option<Self> {
        use StepKind as K;
        match &expr.node {
            Node::Number(number) => {
                Some(Self { value: Exact::from(&number.value), bottom: 1, decimal: !number.is_whole() })
            }
            Node::Mixed { whole, top, bottom } => {
                done.push(K::MixedToImproper);
                let under = Exact::from(&bottom.value);
                let value = &Exact::from(&whole.value) + &(&Exact::from(&top.value) / &nonzero(&under)?);
                Some(Self { value, bottom: under.to_whole()?, decimal: false })
            }
            Node::Bracket(inner) => {
                let from = done.len();
                let worked = Self::of(inner, done)?;
                let plain = |kind: &K| matches!(kind, K::AddNumbers | K::SubtractNumbers);
                if done.len() > from && done.iter().skip(from).all(plain) {
                    done.truncate(from);
                    done.push(K::WorkOutBracket);
                }
                Some(worked)
            }
            Node::Positive(inner) => Self::of(inner, done),
            Node::Negative(inner) => {
                let worked = Self::of(inner, done)?;
                if matches!(&bare(inner).node, Node::Negative(_)) {
                    done.push(K::SubtractNegative);
                }
                Some(Self { value: -&worked.value, ..worked })
            }
            Node::Percent(inner) => {
                let worked = Self::of(inner, done)?;
                done.push(K::PercentToDecimal);
                Some(Self { value: &worked.value / &Exact::Small(100, 1), bottom: 1, decimal: true })
            }
            Node::Sum(a, b) => Self::sum(a, b, false, done),
            Node::Difference(a, b) => Self::sum(a, b, true, done),
            Node::Product(a, _, b) => Self::product(a, b, done),
            Node::Quotient(a, _, b) => Self::quotient(a, b, done),
            Node::Power(base, exponent) => Self::power(base, exponent, done),
            Node::Abs(inner) => {
                let worked = Self::of(inner, done)?;
                done.push(K::WorkOutSize);
                Some(Self { value: worked.value.abs(), ..worked })
            }
            Node::Root { degree, radicand } => {
                let degree = degree.as_ref().map_or(Some(2), |degree| whole(degree))?;
                let worked = Self::of(radicand, done)?;
                let degree = u32::try_from(degree).ok().filter(|degree| (2..=20).contains(degree))?;
                done.push(K::WorkOutRoot);
                let value = worked.value.exact_root(degree)?;
                let bottom = if worked.bottom == 1 { 1 } else { denominator(&value)? };
                Some(Self { value, bottom, decimal: worked.decimal })
            }
            _ => None,
        }
    }

    fn sum(a: &Expr, b: &Expr, minus: bool, done: &mut Vec<StepKind>) -> Option<Self> {
        use StepKind as K;
        let (one, two) = (Self::of(a, done)?, Self::of(b, done)?);
        let value = if minus { &one.value - &two.value } else { &one.value + &two.value };
        let decimal = one.decimal || two.decimal;
        if one.bottom == 1 && two.bottom == 1 {
            let bracket = matches!(b.node, Node::Bracket(_)) && matches!(bare(b).node, Node::Negative(_));
            match (minus, bracket) {
                (true, true) => done.extend([K::SubtractNegative, K::AddNumbers]),
                (false, true) => done.extend([K::AddNegative, K::SubtractNumbers]),
                (true, false) => done.push(K::SubtractNumbers),
                (false, false) => done.push(K::AddNumbers),
            }
            return Some(Self { value, bottom: 1, decimal });
        }
        if decimal {
            done.push(K::DecimalToFraction);
        }
        if one.bottom != two.bottom {
            done.push(K::CommonDenominator);
        }
        done.push(if minus { K::SubtractFractions } else { K::AddFractions });
        let bottom = one.bottom.checked_mul(two.bottom / one.bottom.gcd(&two.bottom))?;
        Some(Self { value, bottom, decimal: false })
    }

    fn product(a: &Expr, b: &Expr, done: &mut Vec<StepKind>) -> Option<Self> {
        use StepKind as K;
        let (one, two) = (Self::of(a, done)?, Self::of(b, done)?);
        if !one.value.is_positive() && !two.value.is_positive() && !one.value.is_zero() && !two.value.is_zero() {
            done.push(K::MultiplyNegatives);
        }
        done.push(match (one.bottom == 1, two.bottom == 1) {
            (true, true) => K::MultiplyNumbers,
            (false, false) => K::MultiplyFractions,
            _ => K::WholeTimesFraction,
        });
        let bottom = one.bottom.checked_mul(two.bottom)?;
        Some(Self { value: &one.value * &two.value, bottom, decimal: one.decimal || two.decimal })
    }

    fn quotient(a: &Expr, b: &Expr, done: &mut Vec<StepKind>) -> Option<Self> {
        use StepKind as K;
        let (one, two) = (Self::of(a, done)?, Self::of(b, done)?);
        let value = &one.value / &nonzero(&two.value)?;
        if one.bottom == 1 && two.bottom == 1 {
            let decimal = one.decimal || two.decimal;
            if value.is_whole() || decimal {
                done.push(K::DivideNumbers);
                return Some(Self { decimal: !value.is_whole(), value, bottom: 1 });
            }
            return Some(Self { value, bottom: two.value.abs().to_whole()?, decimal: false });
        }
        done.extend([K::InvertAndMultiply, if one.bottom == 1 { K::WholeTimesFraction } else { K::MultiplyFractions }]);
        let under = if two.bottom == 1 {
            two.value.to_whole()?
        } else {
            (&two.value * &Exact::Small(two.bottom, 1)).to_whole()?
        };
        let bottom = one.bottom.checked_mul(under)?.checked_abs()?;
        Some(Self { value, bottom, decimal: false })
    }

    fn power(base: &Expr, exponent: &Expr, done: &mut Vec<StepKind>) -> Option<Self> {
        use StepKind as K;
        let under = Self::of(base, done)?;
        let mut exponents = Vec::new();
        let size = Self::of(exponent, &mut exponents)?.value;
        let Exact::Small(top, degree) = size else { return None };
        let size = i32::try_from(top).ok()?;
        done.extend(exponents);
        let mut under = under;
        if degree != 1 {
            let degree = u32::try_from(degree).ok().filter(|degree| *degree <= 20)?;
            under.value = under.value.exact_root(degree)?;
            done.extend([K::RootAsPower, K::WorkOutRoot]);
        }
        if size.unsigned_abs() > 64 || u64::from(size.unsigned_abs()) * under.value.bits() > 512 {
            return None;
        }
        if size < 0 {
            nonzero(&under.value)?;
            done.push(K::NegativeExponent);
        }
        if size == 0 {
            done.push(K::ZeroExponent);
        } else {
            let negative = !under.value.is_positive() && !under.value.is_zero();
            if negative && size % 2 == 0 {
                done.push(K::EvenPowerOfNegative);
            }
            if size != -1 && size != 1 {
                done.push(K::WorkOutPower);
            }
        }
        let value = under.value.raised(size);
        let bottom = if under.bottom == 1 && size >= 0 { 1 } else { denominator(&value)? };
        Some(Self { decimal: under.decimal && bottom == 1, value, bottom })
    }
}

fn nonzero(value: &Exact) -> Option<Exact> {
    (!value.is_zero()).then(|| value.clone())
}

fn denominator(value: &Exact) -> Option<i64> {
    match value {
        Exact::Small(_, bottom) => Some(*bottom),
        Exact::Big(_) => None,
    }
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
