//! Whether a polynomial with rational coefficients can be split into factors with rational
//! coefficients.
//!
//! One letter: whole roots by formula up to degree 2, otherwise factors modulo the prime 2⁶¹−1
//! (D. G. Cantor and H. Zassenhaus, Math. Comp. 36, 1981), put together and tried; the prime is
//! larger than twice every coefficient a factor can have (M. Mignotte, Math. Comp. 28, 1974), so
//! nothing has to be lifted. Several letters: by the degree in one of them, by the discriminant, by
//! putting 1 for a letter of a homogeneous polynomial, or by numbers put in for all letters but one.

mod division;
mod modular;
mod univariate;

pub(crate) use division::{common, divide};
#[cfg(test)]
mod tests;

use crate::exact::{Exact, Monomial, Polynomial, Work};
use crate::tree::Name;

/// How often numbers are put in for all letters but one before it is given up.
const SPECIALIZATIONS: i64 = 6;

/// True if `polynomial` is no product of two that both have letters in them. Numbers may be taken
/// out of it: `2x+4` is irreducible. `None` for a number, and if it cannot be told within bounds.
pub(crate) fn is_irreducible(polynomial: &Polynomial) -> Option<bool> {
    let letters = polynomial.letters();
    let (shared, rest) = polynomial.without_common_names();
    if !shared.is_empty() {
        let single = matches!(shared.as_slice(), [(_, 1)]);
        return Some(single && rest.as_constant().is_some());
    }
    match letters.as_slice() {
        [] => None,
        [only] => univariate::is_irreducible(polynomial, *only),
        several => of_several(polynomial, several),
    }
}

/// More than one letter, none of which divides all of it.
fn of_several(polynomial: &Polynomial, letters: &[Name]) -> Option<bool> {
    let parts: Vec<(Name, Vec<Polynomial>)> =
        letters.iter().map(|letter| (*letter, polynomial.by_powers_of(*letter))).collect();
    let (letter, coefficients) = parts.iter().min_by_key(|(_, coefficients)| coefficients.len())?;
    if !content(coefficients)?.letters().is_empty() {
        return Some(false);
    }
    match coefficients.as_slice() {
        [_, _] => return Some(true),
        [c, b, a] => {
            let work = &mut Work::new();
            let four = Polynomial::constant(Exact::Small(-4, 1));
            let discriminant = b.times(b, work).ok()?.plus(a.times(c, work).ok()?.times(&four, work).ok()?).ok()?;
            return division::is_square(&discriminant).map(|square| !square);
        }
        _ => {}
    }
    if is_homogeneous(polynomial) {
        return is_irreducible(&with_value(polynomial, *letter, &Exact::ONE)?);
    }
    for (letter, coefficients) in &parts {
        if !content(coefficients)?.letters().is_empty() {
            return Some(false);
        }
        for number in 1..=SPECIALIZATIONS {
            let mut special = polynomial.clone();
            for (other, number) in letters.iter().filter(|other| *other != letter).zip(number..) {
                special = with_value(&special, *other, &Exact::Small(number, 1))?;
            }
            let keeps_degree = special.by_powers_of(*letter).len() == coefficients.len();
            if keeps_degree && univariate::is_irreducible(&special, *letter) == Some(true) {
                return Some(true);
            }
        }
    }
    None
}

/// The greatest common divisor of the coefficients.
pub(crate) fn content(coefficients: &[Polynomial]) -> Option<Polynomial> {
    let mut so_far = Polynomial::zero();
    for coefficient in coefficients {
        so_far = common(&so_far, coefficient)?;
        if so_far.as_constant().is_some_and(|value| !value.is_zero()) {
            break;
        }
    }
    Some(so_far)
}

fn is_homogeneous(polynomial: &Polynomial) -> bool {
    let degree = |monomial: &Monomial| monomial.iter().map(|(_, exponent)| exponent).sum::<u32>();
    let mut degrees = polynomial.terms().iter().map(|(monomial, _)| degree(monomial));
    let first = degrees.next();
    degrees.all(|degree| Some(degree) == first)
}

/// The polynomial with `value` for `letter`.
fn with_value(polynomial: &Polynomial, letter: Name, value: &Exact) -> Option<Polynomial> {
    let work = &mut Work::new();
    let value = Polynomial::constant(value.clone());
    let mut sum = Polynomial::zero();
    for coefficient in polynomial.by_powers_of(letter).iter().rev() {
        sum = sum.times(&value, work).ok()?.plus(coefficient.clone()).ok()?;
    }
    Some(sum)
}
