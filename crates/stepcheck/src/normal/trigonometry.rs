//! Sine and cosine of sums and multiples, and their exact values at multiples of π/12.

use super::{Kernel, Normal, Normalizer, Quotient, Stop};
use crate::exact::{Exact, Fraction, Monomial};
use crate::value::{Function, Term};

/// The largest multiple of an angle that is expanded.
const MAX_MULTIPLE: i64 = 24;

/// Sine and cosine of one angle.
type Pair = (Fraction, Fraction);

impl Normalizer {
    pub(super) fn sine_or_cosine(&mut self, function: Function, of: &Term) -> Normal {
        let angle = self.normal(of)?;
        if !angle.bottom.is_one() {
            return self.kernel(Kernel::Opaque(function, Box::new(Quotient::from(angle))));
        }
        let mut pair = (Fraction::constant(Exact::ZERO), Fraction::constant(Exact::ONE));
        for (monomial, factor) in angle.top.terms() {
            let part = self.angle(monomial, factor)?;
            pair = self.added(&pair, &part)?;
        }
        Ok(if function == Function::Sin { pair.0 } else { pair.1 })
    }

    /// sin(a+b) and cos(a+b)
    fn added(&mut self, a: &Pair, b: &Pair) -> Normal<Pair> {
        let (sin_cos, cos_sin) = (self.times(&a.0, &b.1)?, self.times(&a.1, &b.0)?);
        let (cos_cos, sin_sin) = (self.times(&a.1, &b.1)?, self.times(&a.0, &b.0)?);
        let sine = sin_cos.plus(cos_sin, &mut self.work)?;
        let cosine = cos_cos.plus(sin_sin.negated(), &mut self.work)?;
        Ok((self.tidy(sine)?, self.tidy(cosine)?))
    }

    /// Sine and cosine of `factor·monomial`.
    fn angle(&mut self, monomial: &Monomial, factor: &Exact) -> Normal<Pair> {
        let Exact::Small(size, degree) = *factor else {
            return Err(Stop::Beyond);
        };
        if let [(name, 1)] = monomial.as_slice()
            && self.kernel_named(*name) == Some(&Kernel::Pi)
            && 12 % degree == 0
        {
            return self.twelfths((size % (2 * degree)) * (12 / degree));
        }
        let degree = u32::try_from(degree).map_err(|_| Stop::Beyond)?;
        let scale = self.scale(monomial, degree)?;
        let sine = self.kernel(Kernel::Sin(monomial.clone()))?;
        let cosine = self.kernel(Kernel::Cos(monomial.clone()))?;
        let times = size.checked_mul(i64::from(scale / degree)).ok_or(Stop::Beyond)?;
        if times.abs() > MAX_MULTIPLE {
            return Err(Stop::Beyond);
        }
        let mut pair = (sine, cosine);
        let first = pair.clone();
        for _ in 1..times.abs() {
            pair = self.added(&pair, &first)?;
        }
        Ok(if times < 0 { (pair.0.negated(), pair.1) } else { pair })
    }

    /// Sine and cosine of `n·π/12`.
    fn twelfths(&mut self, n: i64) -> Normal<Pair> {
        Ok((self.sine_of_twelfths(n)?, self.sine_of_twelfths(n + 6)?))
    }

    fn sine_of_twelfths(&mut self, n: i64) -> Normal {
        let n = n.rem_euclid(24);
        let half = |value: &Fraction, own: &mut Self| own.times(value, &Fraction::constant(Exact::Small(1, 2)));
        let value = match n % 12 {
            0 => Fraction::constant(Exact::ZERO),
            2 | 10 => Fraction::constant(Exact::Small(1, 2)),
            3 | 9 => {
                let root = self.prime_power(2, 1, 2)?;
                half(&root, self)?
            }
            4 | 8 => {
                let root = self.prime_power(3, 1, 2)?;
                half(&root, self)?
            }
            6 => Fraction::constant(Exact::ONE),
            k => {
                // sin 15° = (√6−√2)/4, sin 75° = (√6+√2)/4
                let (two, three) = (self.prime_power(2, 1, 2)?, self.prime_power(3, 1, 2)?);
                let six = self.times(&two, &three)?;
                let two = if k == 1 || k == 11 { two.negated() } else { two };
                let sum = six.plus(two, &mut self.work)?;
                self.times(&sum, &Fraction::constant(Exact::Small(1, 4)))?
            }
        };
        Ok(if n >= 12 { value.negated() } else { value })
    }
}
