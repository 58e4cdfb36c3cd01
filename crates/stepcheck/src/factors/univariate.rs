//! Polynomials in one letter with whole coefficients.

use num_integer::{Integer, Roots};

use super::modular::{self, Residues};
use crate::exact::{Exact, Polynomial};
use crate::tree::Name;

const MAX_DEGREE: usize = 24;
/// So many factors modulo the prime are put together at most: 2^10 ways.
const MAX_MODULAR_FACTORS: usize = 11;

/// True if `polynomial`, in `letter` only, has no factor of a lower degree that is not a number.
pub(super) fn is_irreducible(polynomial: &Polynomial, letter: Name) -> Option<bool> {
    let whole = coefficients(polynomial, letter)?;
    match whole.as_slice() {
        [] | [_] => None,
        [_, _] => Some(true),
        [0, ..] => Some(false),
        [c, b, a] => {
            let discriminant = b.checked_mul(*b)?.checked_sub(a.checked_mul(*c)?.checked_mul(4)?)?;
            Some(discriminant < 0 || discriminant.sqrt().pow(2) != discriminant)
        }
        longer => of_higher_degree(longer),
    }
}

/// Whole coefficients without a common divisor, from the constant upwards.
fn coefficients(polynomial: &Polynomial, letter: Name) -> Option<Vec<i128>> {
    let content = polynomial.content();
    let parts = polynomial.by_powers_of(letter);
    if parts.len() > MAX_DEGREE + 1 {
        return None;
    }
    let whole = |part: &Polynomial| match &part.as_constant()? / &content {
        Exact::Small(value, 1) => Some(i128::from(value)),
        _ => None,
    };
    parts.iter().map(whole).collect()
}

fn of_higher_degree(whole: &[i128]) -> Option<bool> {
    let leading = *whole.last()?;
    let degree = u32::try_from(whole.len() - 1).ok()?;
    // Mignotte: a factor has no coefficient above 2^degree times the root of the sum of squares;
    // what is put together below has the leading coefficient multiplied in.
    let squares = whole.iter().try_fold(0_i128, |sum, value| sum.checked_add(value.checked_mul(*value)?))?;
    let bound = (squares.sqrt() + 1).checked_mul(1_i128.checked_shl(degree)?)?.checked_mul(leading.abs())?;
    if bound >= i128::from(modular::PRIME / 2) {
        return None;
    }
    let residues = modular::monic(whole.iter().map(|value| modular::residue(*value)).collect());
    if modular::common(&residues, &modular::derivative(&residues)).len() > 1 {
        return has_repeated_factor(whole).then_some(false);
    }
    let factors = modular::factors(&residues)?;
    if factors.len() > MAX_MODULAR_FACTORS {
        return None;
    }
    if factors.len() == 1 {
        return Some(true);
    }
    // The first factor is in one of two halves, so only the sets without it need to be tried.
    let others = factors.get(1..)?;
    for choice in 1_u32..(1 << others.len()) {
        let chosen = others.iter().enumerate().filter(|(at, _)| choice & (1 << at) != 0);
        let candidate =
            chosen.fold(vec![modular::residue(leading)], |product, (_, factor)| modular::product(&product, factor));
        if divides(&candidate, whole) {
            return Some(false);
        }
    }
    Some(true)
}

/// True if the polynomial with these residues, made primitive, divides `whole`.
fn divides(candidate: &Residues, whole: &[i128]) -> bool {
    let lifted: Vec<i128> = candidate.iter().map(|value| modular::nearest(*value)).collect();
    let content = lifted.iter().fold(0_i128, |so_far, value| so_far.gcd(value));
    if content == 0 {
        return false;
    }
    let divisor: Vec<i128> = lifted.iter().map(|value| value / content).collect();
    leaves_nothing(whole, &divisor).unwrap_or(false)
}

fn leaves_nothing(top: &[i128], divisor: &[i128]) -> Option<bool> {
    let leading = *divisor.last()?;
    let mut rest = top.to_vec();
    while rest.len() >= divisor.len() {
        let (factor, left) = rest.pop()?.div_rem(&leading);
        if left != 0 {
            return Some(false);
        }
        let shift = rest.len() + 1 - divisor.len();
        for (value, below) in rest.iter_mut().skip(shift).zip(divisor) {
            *value = value.checked_sub(factor.checked_mul(*below)?)?;
        }
    }
    Some(rest.iter().all(|value| *value == 0))
}

/// True if it and its derivative have a common divisor over the rational numbers, which the residues
/// alone do not prove.
fn has_repeated_factor(whole: &[i128]) -> bool {
    let exact = |value: i128| i64::try_from(value).map(|value| Exact::Small(value, 1)).unwrap_or_default();
    let own: Vec<Exact> = whole.iter().map(|value| exact(*value)).collect();
    let slope = whole.iter().zip(0_i128..).skip(1).map(|(value, power)| exact(value.saturating_mul(power)));
    let own = crate::exact::Univariate::from_coefficients(own);
    let slope = crate::exact::Univariate::from_coefficients(slope.collect());
    own.common(&slope).coefficients().len() > 1 || crate::budget::is_spent()
}
