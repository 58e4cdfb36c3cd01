//! Polynomials in any number of letters with rational coefficients.

use num_integer::Integer;
use smallvec::{SmallVec, smallvec};

use super::{Exact, MAX_BITS, MAX_DEGREE, MAX_TERMS, Refusal};
use crate::budget;
use crate::tree::Name;

/// A product of letters: each letter once, in alphabetical order, with its exponent (never 0).
/// Two of them need no memory of their own.
pub(crate) type Monomial = SmallVec<[(Name, u32); 2]>;
/// Most polynomials on the way are a number or a name: one term needs no memory of its own.
type Terms = SmallVec<[(Monomial, Exact); 1]>;

/// A sum of terms, sorted by monomial, no coefficient zero; so two polynomials are equal exactly
/// when their terms are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Polynomial {
    terms: Terms,
}

/// What may still be spent on multiplications before an expression is refused as too large.
#[derive(Debug)]
pub(crate) struct Work(u64);

impl Work {
    pub(crate) const fn new() -> Self {
        Self(40_000)
    }

    /// Counts one multiplication of coefficients; long numbers cost by the square of their length.
    fn spend(&mut self, a: &Exact, b: &Exact) -> Result<(), Refusal> {
        let steps = a.steps_with(b);
        self.0 = self.0.checked_sub(steps).ok_or(Refusal::TooLarge)?;
        if budget::spend(steps) { Ok(()) } else { Err(Refusal::TooLarge) }
    }
}

impl Default for Work {
    fn default() -> Self {
        Self::new()
    }
}

impl Polynomial {
    pub(crate) fn zero() -> Self {
        Self { terms: Terms::new() }
    }

    pub(crate) fn constant(value: Exact) -> Self {
        if value.is_zero() {
            return Self::zero();
        }
        Self { terms: smallvec![(Monomial::new(), value)] }
    }

    pub(crate) fn letter(letter: Name) -> Self {
        Self::single(smallvec![(letter, 1)])
    }

    /// The names in it, some perhaps several times.
    pub(crate) fn names(&self) -> impl Iterator<Item = Name> {
        self.terms.iter().flat_map(|(monomial, _)| monomial.iter().map(|(name, _)| *name))
    }

    /// The coefficients of the powers of `name`, from the constant upwards.
    pub(crate) fn by_powers_of(&self, name: Name) -> Vec<Self> {
        let mut parts: Vec<Self> = Vec::new();
        for (monomial, value) in &self.terms {
            let power = monomial.iter().find(|(own, _)| *own == name).map_or(0, |(_, power)| *power as usize);
            let rest: Monomial = monomial.iter().filter(|(own, _)| *own != name).copied().collect();
            if parts.len() <= power {
                parts.resize(power + 1, Self::zero());
            }
            if let Some(part) = parts.get_mut(power) {
                part.terms.push((rest, value.clone()));
            }
        }
        for part in &mut parts {
            part.terms.sort_by(|a, b| a.0.cmp(&b.0));
        }
        parts
    }

    /// One product of names with the factor 1; the names sorted, the exponents not 0.
    pub(crate) fn single(monomial: Monomial) -> Self {
        Self { terms: smallvec![(monomial, Exact::ONE)] }
    }

    /// From sorted terms without zeros.
    pub(crate) fn from_terms(terms: impl IntoIterator<Item = (Monomial, Exact)>) -> Result<Self, Refusal> {
        Self::checked(terms.into_iter().collect())
    }

    /// The positive rational number by which it can be divided so that its coefficients become whole
    /// numbers without a common divisor; 1 for zero and for very long numbers.
    pub(crate) fn content(&self) -> Exact {
        let (mut top, mut bottom) = (0_i64, 1_i64);
        for (_, value) in &self.terms {
            let Exact::Small(a, b) = value else {
                return Exact::ONE;
            };
            top = top.gcd(a);
            bottom = match bottom.checked_mul(b / bottom.gcd(b)) {
                Some(bottom) => bottom,
                None => return Exact::ONE,
            };
        }
        if top == 0 { Exact::ONE } else { Exact::Small(top, bottom) }
    }

    /// The product of names that divides every term, and what is left.
    pub(crate) fn without_common_names(&self) -> (Monomial, Self) {
        let mut common: Monomial = self.terms.first().map(|(monomial, _)| monomial.clone()).unwrap_or_default();
        for (monomial, _) in &self.terms {
            for (name, exponent) in &mut common {
                let own = monomial.iter().find(|(other, _)| other == name).map_or(0, |(_, own)| *own);
                *exponent = (*exponent).min(own);
            }
        }
        common.retain(|(_, exponent)| *exponent > 0);
        if common.is_empty() {
            return (common, self.clone());
        }
        let less = |monomial: &Monomial| {
            let rest = monomial.iter().map(|(name, exponent)| {
                let taken = common.iter().find(|(other, _)| other == name).map_or(0, |(_, taken)| *taken);
                (*name, exponent - taken)
            });
            rest.filter(|(_, exponent)| *exponent > 0).collect::<Monomial>()
        };
        let mut terms: Terms = self.terms.iter().map(|(monomial, value)| (less(monomial), value.clone())).collect();
        terms.sort_by(|a, b| a.0.cmp(&b.0));
        (common, Self { terms })
    }

    pub(crate) fn terms(&self) -> &[(Monomial, Exact)] {
        &self.terms
    }

    pub(crate) fn is_zero(&self) -> bool {
        self.terms.is_empty()
    }

    pub(crate) fn is_one(&self) -> bool {
        matches!(self.terms.as_slice(), [(monomial, value)] if monomial.is_empty() && value.is_one())
    }

    /// Its value, if there is no letter in it.
    pub(crate) fn as_constant(&self) -> Option<Exact> {
        match self.terms.as_slice() {
            [] => Some(Exact::ZERO),
            [(monomial, value)] if monomial.is_empty() => Some(value.clone()),
            _ => None,
        }
    }

    pub(crate) fn negated(mut self) -> Self {
        for (_, value) in &mut self.terms {
            *value = -&*value;
        }
        self
    }

    pub(crate) fn plus(self, other: Self) -> Result<Self, Refusal> {
        if self.is_zero() || other.is_zero() {
            return Ok(if self.is_zero() { other } else { self });
        }
        let mut sum = Terms::with_capacity(self.terms.len() + other.terms.len());
        let mut left = self.terms.into_iter().peekable();
        let mut right = other.terms.into_iter().peekable();
        loop {
            let order = match (left.peek(), right.peek()) {
                (Some(a), Some(b)) => a.0.cmp(&b.0),
                (Some(_), None) => std::cmp::Ordering::Less,
                (None, Some(_)) => std::cmp::Ordering::Greater,
                (None, None) => break,
            };
            match order {
                std::cmp::Ordering::Less => sum.extend(left.next()),
                std::cmp::Ordering::Greater => sum.extend(right.next()),
                std::cmp::Ordering::Equal => {
                    if let (Some((monomial, a)), Some((_, b))) = (left.next(), right.next()) {
                        sum.push((monomial, &a + &b));
                    }
                }
            }
        }
        Self::checked(sum)
    }

    pub(crate) fn times(&self, other: &Self, work: &mut Work) -> Result<Self, Refusal> {
        if other.is_one() {
            return Ok(self.clone());
        }
        if self.is_one() {
            return Ok(other.clone());
        }
        if let [(monomial, value)] = other.terms.as_slice() {
            return self.times_term(monomial, value, work);
        }
        if self.terms.len() == 1 {
            return other.times(self, work);
        }
        let mut product = Terms::with_capacity((self.terms.len() * other.terms.len()).min(64));
        for (a_monomial, a) in &self.terms {
            for (b_monomial, b) in &other.terms {
                work.spend(a, b)?;
                let monomial = multiply(a_monomial, b_monomial)?;
                let value = a * b;
                match product.binary_search_by(|(own, _)| own.cmp(&monomial)) {
                    Ok(at) => product[at].1 = &product[at].1 + &value,
                    Err(at) => product.insert(at, (monomial, value)),
                }
            }
            if product.len() > MAX_TERMS {
                return Err(Refusal::TooLarge);
            }
        }
        Self::checked(product)
    }

    fn times_term(&self, monomial: &[(Name, u32)], value: &Exact, work: &mut Work) -> Result<Self, Refusal> {
        let mut product = Terms::with_capacity(self.terms.len());
        for (own, coefficient) in &self.terms {
            work.spend(coefficient, value)?;
            let coefficient = if value.is_one() { coefficient.clone() } else { coefficient * value };
            product.push((multiply(own, monomial)?, coefficient));
        }
        // Multiplying by letters can change the alphabetical order of the monomials.
        if !monomial.is_empty() {
            product.sort_by(|a, b| a.0.cmp(&b.0));
        }
        Self::checked(product)
    }

    /// The `exponent`-th power, by squaring.
    pub(crate) fn raised(&self, mut exponent: u32, work: &mut Work) -> Result<Self, Refusal> {
        let highest = self.terms.iter().flat_map(|(monomial, _)| monomial);
        let highest = highest.map(|(_, size)| *size).max().unwrap_or(0);
        if highest.saturating_mul(exponent) > MAX_DEGREE {
            return Err(Refusal::TooLarge);
        }
        let mut square = self.clone();
        let mut power = Self::constant(Exact::ONE);
        while exponent > 0 {
            if exponent % 2 == 1 {
                power = power.times(&square, work)?;
            }
            exponent /= 2;
            if exponent > 0 {
                square = square.times(&square, work)?;
            }
        }
        Ok(power)
    }

    /// The letters in it, in alphabetical order.
    pub(crate) fn letters(&self) -> Vec<Name> {
        let mut letters: Vec<Name> =
            self.terms.iter().flat_map(|(monomial, _)| monomial.iter().map(|(letter, _)| *letter)).collect();
        letters.sort_unstable();
        letters.dedup();
        letters
    }

    /// True if one is the other times a number that is not zero, or both are zero.
    pub(crate) fn is_multiple_of(&self, other: &Self) -> bool {
        let (Some((_, a)), Some((_, b))) = (self.terms.first(), other.terms.first()) else {
            return self.is_zero() && other.is_zero();
        };
        self.terms.len() == other.terms.len()
            && self.terms.iter().zip(&other.terms).all(|(own, its)| own.0 == its.0 && &own.1 * b == &its.1 * a)
    }

    fn checked(mut terms: Terms) -> Result<Self, Refusal> {
        terms.retain(|(_, value)| !value.is_zero());
        let fits = terms.len() <= MAX_TERMS && terms.iter().all(|(_, value)| value.fits(MAX_BITS));
        fits.then_some(Self { terms }).ok_or(Refusal::TooLarge)
    }
}

/// The product of two monomials.
fn multiply(a: &[(Name, u32)], b: &[(Name, u32)]) -> Result<Monomial, Refusal> {
    let mut product = Monomial::from_slice(a);
    for &(letter, exponent) in b {
        match product.binary_search_by_key(&letter, |(own, _)| *own) {
            Ok(at) => product[at].1 += exponent,
            Err(at) => product.insert(at, (letter, exponent)),
        }
    }
    if product.iter().any(|(_, exponent)| *exponent > MAX_DEGREE) {
        return Err(Refusal::TooLarge);
    }
    Ok(product)
}
