//! Polynomials of the second degree in several names that are smallest at one point only, such as
//! `x²+y²`: by completing the squares, one name after the other.

use super::linear::Linear;
use super::system::polynomial;
use crate::exact::{Exact, Polynomial, Work};
use crate::tree::Name;
use crate::value::{Claim, Comparator, Term};

/// The claim, its comparisons of such polynomials with zero put as what they say: that `x²+y² = 0` is
/// `x = 0 and y = 0`, that `x²+y²+1 = 0` has no solution.
pub(crate) fn definite(claim: &Claim) -> Claim {
    match claim {
        Claim::And(parts) => Claim::And(parts.iter().map(definite).collect()),
        Claim::Or(parts) => Claim::Or(parts.iter().map(definite).collect()),
        Claim::Compare(left, comparator, right) => said(left, *comparator, right).unwrap_or_else(|| claim.clone()),
        other => other.clone(),
    }
}

fn said(left: &Term, comparator: Comparator, right: &Term) -> Option<Claim> {
    if Linear::difference(left, right).is_some() || !left.is_everywhere() || !right.is_everywhere() {
        return None;
    }
    let equation = Claim::Compare(left.clone(), Comparator::Equal, right.clone());
    let polynomial = polynomial(&equation)?;
    if polynomial.letters().len() < 2 {
        return None;
    }
    let (lowest, comparator) = match lowest(&polynomial) {
        Some(lowest) => (lowest, comparator),
        None => (lowest(&polynomial.negated())?, comparator.flipped()),
    };
    let point = || Claim::And(lowest.at.iter().map(|(name, value)| equal(*name, value)).collect());
    let sign = lowest.value.order(&Exact::ZERO);
    match comparator {
        Comparator::Equal | Comparator::AtMost if sign.is_eq() => Some(point()),
        Comparator::Equal | Comparator::AtMost | Comparator::Less if sign.is_gt() => Some(Claim::None),
        Comparator::Less if sign.is_eq() => Some(Claim::None),
        Comparator::AtLeast if sign.is_ge() => Some(Claim::All),
        Comparator::Unequal | Comparator::Greater if sign.is_gt() => Some(Claim::All),
        _ => None,
    }
}

fn equal(name: Name, value: &Exact) -> Claim {
    Claim::Compare(Term::Name(name), Comparator::Equal, Term::Number(value.clone()))
}

/// The smallest value of a polynomial and the only point at which it has it.
struct Lowest {
    value: Exact,
    at: Vec<(Name, Exact)>,
}

fn lowest(polynomial: &Polynomial) -> Option<Lowest> {
    let Some(&name) = polynomial.letters().first() else {
        return Some(Lowest { value: polynomial.as_constant()?, at: Vec::new() });
    };
    // a·x² + b·x + c is smallest where x is −b/(2a), and c − b²/(4a) there.
    let parts = polynomial.by_powers_of(name);
    let [c, b, a] = parts.as_slice() else { return None };
    let a = a.as_constant().filter(Exact::is_positive)?;
    let work = &mut Work::new();
    let scaled = |factor: Exact| Polynomial::constant(factor);
    let middle = b.times(&scaled(&Exact::Small(-1, 2) / &a), work).ok()?;
    let below = b.times(b, work).ok()?.times(&scaled(&Exact::Small(-1, 4) / &a), work).ok()?;
    let mut rest = lowest(&c.clone().plus(below).ok()?)?;
    // Names that dropped out with the rest would be free.
    let at = middle.terms().iter().try_fold(Exact::ZERO, |sum, (monomial, factor)| {
        let value = match monomial.as_slice() {
            [] => Exact::ONE,
            [(other, 1)] => rest.at.iter().find(|(known, _)| known == other).map(|(_, value)| value.clone())?,
            _ => return None,
        };
        Some(&sum + &(factor * &value))
    })?;
    rest.at.push((name, at));
    Some(rest)
}
