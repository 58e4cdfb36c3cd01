//! Division, greatest common divisors and square roots of polynomials in several letters.

use crate::exact::{Exact, Polynomial, Work};
use crate::tree::Name;

/// `top / bottom` if that is a polynomial; `None` otherwise, and if it grows too large.
pub(crate) fn divide(top: &Polynomial, bottom: &Polynomial) -> Option<Polynomial> {
    quotient(top, bottom, &mut Work::new())
}

/// A greatest common divisor, up to a number; the other one if one is zero. `None` if it grows too
/// large.
pub(crate) fn common(a: &Polynomial, b: &Polynomial) -> Option<Polynomial> {
    divisor(a, b, &mut Work::new())
}

/// True if it is the square of a polynomial with rational coefficients.
pub(super) fn is_square(polynomial: &Polynomial) -> Option<bool> {
    let work = &mut Work::new();
    Some(root(polynomial, work).is_some())
}

fn monomial(letter: Name, power: usize) -> Polynomial {
    let power = u32::try_from(power).unwrap_or(u32::MAX);
    Polynomial::power_of(letter, power)
}

fn times_power(part: &Polynomial, letter: Name, power: usize, work: &mut Work) -> Option<Polynomial> {
    part.times(&monomial(letter, power), work).ok()
}

fn minus(a: Polynomial, b: Polynomial) -> Option<Polynomial> {
    a.plus(b.negated()).ok()
}

fn quotient(top: &Polynomial, bottom: &Polynomial, work: &mut Work) -> Option<Polynomial> {
    if let Some(value) = bottom.as_constant() {
        if value.is_zero() {
            return None;
        }
        return top.times(&Polynomial::constant(&Exact::ONE / &value), work).ok();
    }
    let letter = *bottom.letters().first()?;
    let below = bottom.by_powers_of(letter);
    let leading = below.last()?;
    let mut rest = top.clone();
    let mut found = Polynomial::zero();
    while !rest.is_zero() {
        let above = rest.by_powers_of(letter);
        let shift = above.len().checked_sub(below.len())?;
        let factor = times_power(&quotient(above.last()?, leading, work)?, letter, shift, work)?;
        rest = minus(rest, factor.times(bottom, work).ok()?)?;
        found = found.plus(factor).ok()?;
    }
    Some(found)
}

/// The polynomial divided by what all its numbers have in common.
fn scaled(polynomial: Polynomial, work: &mut Work) -> Option<Polynomial> {
    let content = polynomial.content();
    if content.is_one() || content.is_zero() {
        return Some(polynomial);
    }
    polynomial.times(&Polynomial::constant(&Exact::ONE / &content), work).ok()
}

fn divisor(a: &Polynomial, b: &Polynomial, work: &mut Work) -> Option<Polynomial> {
    if a.is_zero() || b.is_zero() {
        return scaled(if a.is_zero() { b.clone() } else { a.clone() }, work);
    }
    let one = || Some(Polynomial::constant(Exact::ONE));
    let (Some(letter), Some(other)) = (a.letters().first().copied(), b.letters().first().copied()) else {
        return one();
    };
    let letter = letter.min(other);
    let (above, below) = (a.by_powers_of(letter), b.by_powers_of(letter));
    let first = of_all(&above, work)?;
    let second = of_all(&below, work)?;
    let shared = divisor(&first, &second, work)?;
    if above.len() == 1 || below.len() == 1 {
        return Some(shared);
    }
    // Euclid's algorithm with pseudo-remainders, each made primitive.
    let (mut p, mut q) = (quotient(a, &first, work)?, quotient(b, &second, work)?);
    if p.by_powers_of(letter).len() < q.by_powers_of(letter).len() {
        std::mem::swap(&mut p, &mut q);
    }
    loop {
        let rest = remainder(&p, &q, letter, work)?;
        if rest.is_zero() {
            break;
        }
        let coefficients = rest.by_powers_of(letter);
        if coefficients.len() == 1 {
            return Some(shared);
        }
        let content = of_all(&coefficients, work)?;
        p = std::mem::replace(&mut q, scaled(quotient(&rest, &content, work)?, work)?);
    }
    q.times(&shared, work).ok()
}

fn of_all(coefficients: &[Polynomial], work: &mut Work) -> Option<Polynomial> {
    let mut so_far = Polynomial::zero();
    for coefficient in coefficients {
        so_far = divisor(&so_far, coefficient, work)?;
    }
    Some(so_far)
}

/// What is left when a multiple of `top` is divided by `bottom` in `letter`.
fn remainder(top: &Polynomial, bottom: &Polynomial, letter: Name, work: &mut Work) -> Option<Polynomial> {
    let below = bottom.by_powers_of(letter);
    let leading = below.last()?;
    let mut rest = top.clone();
    loop {
        let above = rest.by_powers_of(letter);
        let Some(shift) = above.len().checked_sub(below.len()) else { return Some(rest) };
        if rest.is_zero() {
            return Some(rest);
        }
        let factor = times_power(above.last()?, letter, shift, work)?;
        rest = minus(rest.times(leading, work).ok()?, factor.times(bottom, work).ok()?)?;
    }
}

/// A polynomial whose square it is.
fn root(polynomial: &Polynomial, work: &mut Work) -> Option<Polynomial> {
    if let Some(value) = polynomial.as_constant() {
        return value.exact_root(2).map(Polynomial::constant);
    }
    let letter = *polynomial.letters().first()?;
    let coefficients = polynomial.by_powers_of(letter);
    let degree = coefficients.len() - 1;
    if degree % 2 == 1 {
        return None;
    }
    let leading = root(coefficients.last()?, work)?;
    let double = leading.times(&Polynomial::constant(Exact::Small(2, 1)), work).ok()?;
    let mut found = times_power(&leading, letter, degree / 2, work)?;
    loop {
        let rest = minus(polynomial.clone(), found.times(&found, work).ok()?)?;
        if rest.is_zero() {
            return Some(found);
        }
        let above = rest.by_powers_of(letter);
        let power = (above.len() - 1).checked_sub(degree / 2)?;
        let next = times_power(&quotient(above.last()?, &double, work)?, letter, power, work)?;
        found = found.plus(next).ok()?;
    }
}
