//! Numbers that are worked out, and in which operations.

use num_integer::Integer;

use super::arithmetic::{Form, form, is_standard};
use super::trail::Trail;
use super::written::{bare, whole};
use crate::account::StepKind;
use crate::exact::Exact;
use crate::tree::{Expr, Node};

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
    if matches!(to, Form::Fraction(..)) && worked.bottom == 1 && done.contains(&StepKind::PercentToDecimal) {
        // `20 %·60` → `60/5`
        for kind in &mut done {
            match kind {
                StepKind::PercentToDecimal => *kind = StepKind::PercentToFraction,
                StepKind::MultiplyNumbers => *kind = StepKind::WholeTimesFraction,
                _ => {}
            }
        }
        done.push(StepKind::ShortenFraction);
    }
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
                // What stands below a root needs no bracket to belong together.
                let worked = Self::of(bare(radicand), done)?;
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
