//! Real roots of polynomials in one unknown.
//!
//! Between two neighbouring roots of its derivative a polynomial has at most one root, so the roots
//! are found from those of the derivative, in turn. Each is refined by Newton's method and enclosed
//! by a change of sign. Rational roots are found again as such.

use std::cmp::Ordering;

use super::Coordinate;
use super::Unsolved;
use crate::ball::{Ball, Radius};
use crate::budget;
use crate::exact::{Exact, Univariate};

/// The highest degree that is solved.
const MAX_DEGREE: usize = 24;

/// The real roots of a polynomial with rational coefficients that is not zero.
pub(crate) fn rational_roots(polynomial: &Univariate) -> Result<Vec<Coordinate>, Unsolved> {
    let coefficients = polynomial.coefficients();
    let zeros = coefficients.iter().take_while(|value| value.is_zero()).count();
    let rest = coefficients.get(zeros..).unwrap_or_default();
    let mut roots = match rest {
        [] | [_] => Vec::new(),
        [constant, slope] => vec![Coordinate::Rational(-&(constant / slope))],
        [c, b, a] => quadratic(a, b, c),
        _ => higher(&Univariate::from_coefficients(rest.to_vec()))?,
    };
    if zeros > 0 {
        roots.push(Coordinate::Rational(Exact::ZERO));
    }
    Ok(roots)
}

fn quadratic(a: &Exact, b: &Exact, c: &Exact) -> Vec<Coordinate> {
    let four = Exact::Small(4, 1);
    let discriminant = &(b * b) - &(&four * &(a * c));
    let double = a + a;
    if discriminant.is_zero() {
        return vec![Coordinate::Rational(-&(b / &double))];
    }
    if !discriminant.is_positive() {
        return Vec::new();
    }
    if let Some(root) = discriminant.exact_root(2) {
        let at = |root: &Exact| Coordinate::Rational(&(root - b) / &double);
        return vec![at(&root), at(&-&root)];
    }
    let Ok(root) = Ball::from_exact(&discriminant).root(2) else { return Vec::new() };
    let (b, double) = (Ball::from_exact(b), Ball::from_exact(&double));
    let at = |root: Ball| root.minus(&b).over(&double).map(Coordinate::Real);
    [at(root.clone()), at(root.negated())].into_iter().flatten().collect()
}

fn higher(polynomial: &Univariate) -> Result<Vec<Coordinate>, Unsolved> {
    let simple = polynomial.square_free();
    let left = || if budget::is_spent() { Err(Unsolved::TooLarge) } else { Ok(()) };
    left()?;
    if simple.coefficients().len() <= 3 {
        return rational_roots(&simple);
    }
    let balls: Vec<Ball> = simple.coefficients().iter().map(Ball::from_exact).collect();
    let found = real_roots(&balls)?;
    let known = found.into_iter().map(|root| rational_if_it_is(&simple, root)).collect();
    left().map(|()| known)
}

/// The root as a rational number, if a short one near it is a root.
fn rational_if_it_is(polynomial: &Univariate, root: Ball) -> Coordinate {
    let near = root.to_f64();
    let candidate = simplest_near(near);
    match candidate {
        Some(value) if polynomial.at(&value).is_zero() => Coordinate::Rational(value),
        _ => Coordinate::Real(root),
    }
}

/// The fraction with a small denominator that is nearly `value`, by its continued fraction.
fn simplest_near(value: f64) -> Option<Exact> {
    let (mut a, mut b, mut c, mut d) = (0_i64, 1_i64, 1_i64, 0_i64);
    let mut rest = value;
    for _ in 0..24 {
        if rest.abs() > 1e12 {
            return None;
        }
        #[expect(clippy::cast_possible_truncation, reason = "it is below 10^12")]
        let whole = rest.floor() as i64;
        let (top, bottom) = (whole.checked_mul(c)?.checked_add(a)?, whole.checked_mul(d)?.checked_add(b)?);
        (a, b, c, d) = (c, d, top, bottom);
        let found = Exact::Small(top, bottom);
        if (found.to_f64() - value).abs() <= 1e-13 * value.abs().max(1.0) {
            return Some(if bottom < 0 { Exact::Small(-top, -bottom) } else { found });
        }
        rest = 1.0 / rest.fract().rem_euclid(1.0);
    }
    None
}

/// The real roots of a polynomial, coefficients from the constant upwards. A place where it only
/// touches zero counts if it cannot be told from zero there.
pub(crate) fn real_roots(coefficients: &[Ball]) -> Result<Vec<Ball>, Unsolved> {
    let mut coefficients = coefficients.to_vec();
    while coefficients.last().is_some_and(|value| value.settled_sign() == Some(Ordering::Equal)) {
        coefficients.pop();
    }
    if coefficients.len() > MAX_DEGREE + 1 || !budget::spend(20) {
        return Err(Unsolved::TooLarge);
    }
    match coefficients.as_slice() {
        [] | [_] => Ok(Vec::new()),
        [constant, slope] => Ok(vec![constant.clone().negated().over(slope).map_err(|_| Unsolved::NoMethod)?]),
        _ => {
            let slope: Vec<Ball> = derivative(&coefficients);
            let turns = real_roots(&slope)?;
            between(&coefficients, &slope, &turns)
        }
    }
}

fn derivative(coefficients: &[Ball]) -> Vec<Ball> {
    let terms = coefficients.iter().zip(0_i64..).skip(1);
    terms.map(|(value, degree)| value.times(&Ball::whole(degree))).collect()
}

fn at(coefficients: &[Ball], x: &Ball) -> Ball {
    budget::spend(4 * coefficients.len() as u64);
    coefficients.iter().rev().fold(Ball::zero(), |sum, value| sum.times(x).plus(value))
}

/// The roots between the places where the polynomial turns.
fn between(coefficients: &[Ball], slope: &[Ball], turns: &[Ball]) -> Result<Vec<Ball>, Unsolved> {
    let bound = bound(coefficients).ok_or(Unsolved::TooLarge)?;
    let mut ends = vec![Ball::from_f64(-bound)];
    ends.extend(turns.iter().cloned());
    ends.push(Ball::from_f64(bound));
    let mut signs = Vec::with_capacity(ends.len());
    for end in &ends {
        if budget::is_spent() {
            return Err(Unsolved::TooLarge);
        }
        signs.push(at(coefficients, end).settled_sign().ok_or(Unsolved::NoMethod)?);
    }
    let mut found = Vec::new();
    for index in 0..ends.len() - 1 {
        if budget::is_spent() {
            return Err(Unsolved::TooLarge);
        }
        let (left, right) = (&ends[index], &ends[index + 1]);
        if signs[index].is_eq() {
            found.push(left.clone());
        }
        if signs[index].is_ne() && signs[index + 1].is_ne() && signs[index] != signs[index + 1] {
            found.push(refined(coefficients, slope, left, right, signs[index])?);
        }
    }
    Ok(found)
}

/// A bound of the roots (A.-L. Cauchy): 1 and the largest coefficient divided by the leading one.
fn bound(coefficients: &[Ball]) -> Option<f64> {
    let leading = coefficients.last()?.to_f64().abs();
    let largest = coefficients.iter().map(|value| value.to_f64().abs()).fold(0.0, f64::max);
    let bound = (2.0 + largest / leading) * 1.5;
    bound.is_finite().then_some(bound)
}

/// The one root between `left` and `right`; `sign` is the sign at the left.
fn refined(coefficients: &[Ball], slope: &[Ball], left: &Ball, right: &Ball, sign: Ordering) -> Result<Ball, Unsolved> {
    let doubles: Vec<f64> = coefficients.iter().map(Ball::to_f64).collect();
    let near = |x: f64| doubles.iter().rev().fold(0.0, |sum, value| sum * x + value);
    let (mut low, mut high) = (left.to_f64(), right.to_f64());
    for _ in 0..200 {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            break;
        }
        if (near(middle) < 0.0) == sign.is_lt() { low = middle } else { high = middle }
    }
    let mut root = Ball::from_f64(f64::midpoint(low, high));
    for _ in 0..5 {
        let Ok(step) = at(coefficients, &root).over(&at(slope, &root)) else { break };
        root = root.minus(&step).midpoint();
        if step.most().is_zero() || step.most().exponent() < -230 {
            break;
        }
    }
    let inside =
        |root: &Ball| left.order(root) != Some(Ordering::Greater) && root.order(right) != Some(Ordering::Greater);
    if inside(&root)
        && let Some(enclosed) = enclosed(coefficients, &root, sign)
    {
        return Ok(enclosed);
    }
    bisected(coefficients, left, right, sign)
}

/// `root` with a radius at whose ends the polynomial has different signs.
fn enclosed(coefficients: &[Ball], root: &Ball, sign: Ordering) -> Option<Ball> {
    let size = root.most().exponent().max(0);
    [-220, -180, -140].into_iter().find_map(|e| {
        let radius = Ball::binary(1.into(), size + e);
        let before = at(coefficients, &root.minus(&radius)).sign()?;
        let after = at(coefficients, &root.plus(&radius)).sign()?;
        (before == sign && after == sign.reverse()).then(|| root.clone().widened(Radius::power_of_two(size + e)))
    })
}

/// The slow way, which needs nothing but signs.
fn bisected(coefficients: &[Ball], left: &Ball, right: &Ball, sign: Ordering) -> Result<Ball, Unsolved> {
    let half = Ball::binary(1.into(), -1);
    let (mut low, mut high) = (left.midpoint(), right.midpoint());
    for _ in 0..240 {
        if budget::is_spent() {
            return Err(Unsolved::TooLarge);
        }
        let middle = low.plus(&high).times(&half).midpoint();
        match at(coefficients, &middle).sign() {
            Some(found) if found == sign => low = middle,
            Some(Ordering::Equal) => return Ok(middle),
            Some(_) => high = middle,
            None => break,
        }
    }
    let width = high.minus(&low).most();
    if !width.is_zero() && width.exponent() > -80 {
        return Err(Unsolved::NoMethod);
    }
    Ok(low.plus(&high).times(&half).midpoint().widened(width))
}
