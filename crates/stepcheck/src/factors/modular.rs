//! Polynomials modulo the prime 2⁶¹−1: coefficients from the constant upwards, the last not zero.

/// A Mersenne prime: what is above its 61 bits is added to what is below.
pub(super) const PRIME: u64 = (1 << 61) - 1;

/// How many polynomials are tried to split one that can be split.
const TRIES: u64 = 40;

pub(super) type Residues = Vec<u64>;

fn reduce(value: u128) -> u64 {
    let folded = (value & u128::from(PRIME)) + (value >> 61);
    let folded = (folded & u128::from(PRIME)) + (folded >> 61);
    let small = u64::try_from(folded).unwrap_or(0);
    if small >= PRIME { small - PRIME } else { small }
}

pub(super) fn times(a: u64, b: u64) -> u64 {
    reduce(u128::from(a) * u128::from(b))
}

fn minus(a: u64, b: u64) -> u64 {
    if a >= b { a - b } else { a + PRIME - b }
}

/// `base^exponent`
fn power(mut base: u64, mut exponent: u64) -> u64 {
    let mut result = 1;
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = times(result, base);
        }
        base = times(base, base);
        exponent >>= 1;
    }
    result
}

/// What `value` is modulo the prime.
pub(super) fn residue(value: i128) -> u64 {
    u64::try_from(value.rem_euclid(i128::from(PRIME))).unwrap_or(0)
}

/// The number nearest to zero that `value` is the residue of.
pub(super) fn nearest(value: u64) -> i128 {
    if value > PRIME / 2 { i128::from(value) - i128::from(PRIME) } else { i128::from(value) }
}

fn trimmed(mut polynomial: Residues) -> Residues {
    while polynomial.last() == Some(&0) {
        polynomial.pop();
    }
    polynomial
}

/// Divided by its leading coefficient.
pub(super) fn monic(polynomial: Residues) -> Residues {
    let inverse = polynomial.last().map_or(1, |leading| power(*leading, PRIME - 2));
    polynomial.into_iter().map(|value| times(value, inverse)).collect()
}

pub(super) fn product(a: &[u64], b: &[u64]) -> Residues {
    let mut sums = vec![0_u64; (a.len() + b.len()).saturating_sub(1)];
    for (i, x) in a.iter().enumerate() {
        for (j, y) in b.iter().enumerate() {
            if let Some(sum) = sums.get_mut(i + j) {
                *sum = reduce(u128::from(*sum) + u128::from(*x) * u128::from(*y));
            }
        }
    }
    trimmed(sums)
}

/// Quotient and remainder by `divisor`, which is monic.
fn divided(top: &[u64], divisor: &[u64]) -> (Residues, Residues) {
    let mut rest = top.to_vec();
    let mut quotient = Vec::new();
    while rest.len() >= divisor.len() {
        let factor = rest.pop().unwrap_or(0);
        let shift = rest.len() + 1 - divisor.len();
        for (value, below) in rest.iter_mut().skip(shift).zip(divisor) {
            *value = minus(*value, times(factor, *below));
        }
        quotient.push(factor);
    }
    quotient.reverse();
    (trimmed(quotient), trimmed(rest))
}

/// The greatest common divisor, monic.
pub(super) fn common(a: &[u64], b: &[u64]) -> Residues {
    let (mut a, mut b) = (a.to_vec(), b.to_vec());
    while !b.is_empty() {
        b = monic(b);
        let rest = divided(&a, &b).1;
        a = std::mem::replace(&mut b, rest);
    }
    monic(a)
}

pub(super) fn derivative(polynomial: &[u64]) -> Residues {
    trimmed(polynomial.iter().zip(0_u64..).skip(1).map(|(value, power)| times(*value, power)).collect())
}

fn times_modulo(a: &[u64], b: &[u64], modulus: &[u64]) -> Residues {
    divided(&product(a, b), modulus).1
}

fn power_modulo(base: &[u64], mut exponent: u64, modulus: &[u64]) -> Residues {
    let mut result = vec![1];
    let mut square = divided(base, modulus).1;
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = times_modulo(&result, &square, modulus);
        }
        exponent >>= 1;
        if exponent > 0 {
            square = times_modulo(&square, &square, modulus);
        }
    }
    result
}

fn difference(a: &[u64], b: &[u64]) -> Residues {
    let at = |side: &[u64], place: usize| side.get(place).copied().unwrap_or(0);
    trimmed((0..a.len().max(b.len())).map(|place| minus(at(a, place), at(b, place))).collect())
}

/// The irreducible factors of a monic polynomial without repeated ones.
pub(super) fn factors(polynomial: &[u64]) -> Option<Vec<Residues>> {
    let mut found = Vec::new();
    let mut rest = polynomial.to_vec();
    let mut frobenius = vec![0, 1];
    for degree in 1.. {
        if rest.len() <= 2 * degree {
            break;
        }
        frobenius = power_modulo(&frobenius, PRIME, &rest);
        let of_degree = common(&rest, &difference(&frobenius, &[0, 1]));
        if of_degree.len() > 1 {
            split(&of_degree, degree, &mut found)?;
            rest = divided(&rest, &of_degree).0;
            frobenius = divided(&frobenius, &rest).1;
        }
    }
    if rest.len() > 1 {
        found.push(rest);
    }
    Some(found)
}

/// Splits a product of irreducible factors that all have this degree.
fn split(polynomial: &[u64], degree: usize, found: &mut Vec<Residues>) -> Option<()> {
    if polynomial.len() == degree + 1 {
        found.push(polynomial.to_vec());
        return Some(());
    }
    for attempt in 1..=TRIES {
        // A fixed sequence serves as well as chance.
        let base: Residues = (0..2 * degree as u64)
            .map(|place| {
                times(attempt.wrapping_mul(81_985_529_216_486_895) % PRIME, power(7 + place, 3 * attempt + place))
            })
            .chain([1])
            .collect();
        let mut norm = vec![1];
        let mut conjugate = divided(&base, polynomial).1;
        for step in 0..degree {
            if step > 0 {
                conjugate = power_modulo(&conjugate, PRIME, polynomial);
            }
            norm = times_modulo(&norm, &conjugate, polynomial);
        }
        let sign = power_modulo(&norm, (PRIME - 1) / 2, polynomial);
        let part = common(polynomial, &difference(&sign, &[1]));
        if part.len() > 1 && part.len() < polynomial.len() {
            split(&part, degree, found)?;
            return split(&divided(polynomial, &part).0, degree, found);
        }
    }
    None
}
