//! From an equation with kernels to polynomials that vanish wherever it holds.
//!
//! Roots and sizes are taken away by multiplying with the conjugates, logarithms and exponentials by
//! inversion. What comes out may vanish at other places too, so each place is tried in the equation.

use super::{Coordinate, Unknown, Unsolved, roots};
use crate::ball::Ball;
use crate::exact::{Exact, Fraction, Monomial, Polynomial, Univariate};
use crate::normal::{Kernel, Normalizer, Quotient};
use crate::tree::Name;
use crate::value::{Function, Point, Term};

const MAX_DEPTH: usize = 14;
/// The most polynomials that are looked at for one equation.
const MAX_POLYNOMIALS: usize = 60;

pub(super) type Solved<T> = Result<T, Unsolved>;

/// Finds where polynomials in one unknown and in kernels vanish.
pub(super) struct Eliminator {
    pub(super) normalizer: Normalizer,
    pub(super) unknown: Name,
    pub(super) reach: Option<f64>,
    looked_at: usize,
    /// True once a polynomial was looked at that can vanish at more places.
    pub(super) loose: bool,
    /// True once a conjugate was zero: the equation can hold in whole stretches.
    pub(super) partly: bool,
    /// True once solutions were found that come again and again.
    pub(super) repeating: bool,
}

impl Eliminator {
    pub(super) fn new(unknown: Unknown) -> Self {
        let Unknown { name: unknown, reach, .. } = unknown;
        Self {
            normalizer: Normalizer::solving(),
            unknown,
            reach,
            looked_at: 0,
            loose: false,
            partly: false,
            repeating: false,
        }
    }

    /// The normal form of `term`, begun again where finer parts are needed.
    pub(super) fn normal(&mut self, term: &Term) -> Solved<Fraction> {
        Ok(self.normalizer.settled(term)?)
    }

    /// True if the kernel or name changes with the unknown.
    fn depends(&self, name: Name) -> bool {
        name == self.unknown
            || self.normalizer.kernel_named(name).is_some_and(|kernel| {
                let any = |polynomial: &Polynomial| polynomial.names().any(|name| self.depends(name));
                match kernel {
                    Kernel::Pi | Kernel::E | Kernel::Prime(_) | Kernel::Constant(_) => false,
                    Kernel::Fine(name) => self.depends(*name),
                    Kernel::Root(of, _) | Kernel::Size(of) | Kernel::Opaque(_, of) => any(&of.top) || any(&of.bottom),
                    Kernel::Log(of) => any(of),
                    Kernel::Exp(of) | Kernel::Sin(of) | Kernel::Cos(of) => {
                        of.iter().any(|(name, _)| self.depends(*name))
                    }
                }
            })
    }

    fn constant(&mut self, ball: Ball) -> Solved<Polynomial> {
        let kernel = Kernel::Constant(Box::new(Term::Real(Box::new(ball))));
        Ok(Polynomial::letter(self.normalizer.name_of(kernel)?))
    }

    /// Places among which are all where `polynomial` vanishes.
    pub(super) fn vanishing(&mut self, polynomial: &Polynomial, depth: usize) -> Solved<Vec<Coordinate>> {
        self.looked_at += 1;
        if depth > MAX_DEPTH || self.looked_at > MAX_POLYNOMIALS {
            return Err(Unsolved::TooLarge);
        }
        if polynomial.is_zero() {
            self.partly = true;
            return Ok(Vec::new());
        }
        let (common, rest) = polynomial.without_common_names();
        let mut found = Vec::new();
        for (name, _) in common {
            if name == self.unknown {
                found.push(Coordinate::Rational(Exact::ZERO));
            } else if self.depends(name) {
                found.extend(self.kernel_vanishing(name, depth)?);
            }
        }
        let mut kernels: Vec<Name> = rest.names().filter(|name| *name != self.unknown && self.depends(*name)).collect();
        kernels.sort_unstable();
        kernels.dedup();
        if kernels.is_empty() {
            found.extend(self.roots(&rest)?);
            return Ok(found);
        }
        self.loose = true;
        let radical =
            |name: &&Name| matches!(self.normalizer.kernel_named(**name), Some(Kernel::Root(..) | Kernel::Size(_)));
        let more = match kernels.iter().rev().find(radical) {
            Some(&name) => self.without_radical(&rest, name, depth)?,
            None => self.transcendental(&rest, &kernels, depth)?,
        };
        found.extend(more);
        Ok(found)
    }

    fn kernel_vanishing(&mut self, name: Name, depth: usize) -> Solved<Vec<Coordinate>> {
        match self.normalizer.kernel_named(name).cloned() {
            Some(Kernel::Root(of, _) | Kernel::Size(of)) => self.vanishing(&of.top, depth + 1),
            Some(Kernel::Exp(_)) => Ok(Vec::new()),
            Some(Kernel::Sin(of) | Kernel::Cos(of)) => self.periodic(&Polynomial::letter(name), &of),
            Some(_) => self.kernel_equal(name, &Ball::zero(), depth),
            None => Ok(Vec::new()),
        }
    }

    /// Multiplies with the conjugates in the root or size `name`.
    fn without_radical(&mut self, polynomial: &Polynomial, name: Name, depth: usize) -> Solved<Vec<Coordinate>> {
        let parts = polynomial.by_powers_of(name);
        let kernel = self.normalizer.kernel_named(name).cloned().ok_or(Unsolved::NoMethod)?;
        let products = match kernel {
            Kernel::Size(of) => self.size_conjugates(&parts, &of)?,
            Kernel::Root(of, degree) => vec![self.root_conjugates(&parts, &of, degree)?],
            _ => return Err(Unsolved::NoMethod),
        };
        let mut found = Vec::new();
        for product in products {
            let reduced = self.normalizer.reduced(&product)?;
            let product = reduced.map_or(product, |fraction| fraction.top);
            found.extend(self.vanishing(&product, depth + 1)?);
        }
        Ok(found)
    }

    /// `a + b·|T/B|` vanishes where `aB + bT` or `aB − bT` does.
    fn size_conjugates(&mut self, parts: &[Polynomial], of: &Quotient) -> Solved<Vec<Polynomial>> {
        let (Some(a), Some(b)) = (parts.first(), parts.get(1)) else {
            return Err(Unsolved::NoMethod);
        };
        let work = self.normalizer.work();
        let (a, b) = (a.times(&of.bottom, work)?, b.times(&of.top, work)?);
        Ok(vec![a.clone().plus(b.clone())?, a.plus(b.negated())?])
    }

    /// The product of `Σ cᵢ·kⁱ` over all `k` with `k^degree = T/B`, times a power of `B`.
    fn root_conjugates(&mut self, parts: &[Polynomial], of: &Quotient, degree: u32) -> Solved<Polynomial> {
        let work = self.normalizer.work();
        let present: Vec<(usize, &Polynomial)> = parts.iter().enumerate().filter(|(_, part)| !part.is_zero()).collect();
        if let [(0, first), (power, second)] = present.as_slice() {
            // c₀ + cⱼ·kʲ: the degree-th powers of both terms.
            let power = u32::try_from(*power).map_err(|_| Unsolved::TooLarge)?;
            let left = (*first).clone().negated().raised(degree, work)?.times(&of.bottom.raised(power, work)?, work)?;
            let right = second.raised(degree, work)?.times(&of.top.raised(power, work)?, work)?;
            return Ok(right.plus(left.negated())?);
        }
        if degree == 3
            && let [a, b, c] = parts
        {
            let (t, d) = (&of.top, &of.bottom);
            let a3 = a.raised(3, work)?.times(&d.raised(2, work)?, work)?;
            let b3 = b.raised(3, work)?.times(t, work)?.times(d, work)?;
            let c3 = c.raised(3, work)?.times(&t.raised(2, work)?, work)?;
            let abc = a.times(b, work)?.times(c, work)?.times(t, work)?.times(d, work)?;
            let three = Polynomial::constant(Exact::Small(-3, 1));
            return Ok(a3.plus(b3)?.plus(c3)?.plus(abc.times(&three, work)?)?);
        }
        if degree % 2 == 1 {
            return Err(Unsolved::NoMethod);
        }
        // With m = k²: (even part)² − m·(odd part)².
        let square = Kernel::Root(Box::new(of.clone()), degree / 2);
        let square = if degree == 2 { None } else { Some(self.normalizer.name_of(square)?) };
        let work = self.normalizer.work();
        let m = square.map(Polynomial::letter);
        let mut halves = [Polynomial::zero(), Polynomial::zero()];
        for (index, part) in parts.iter().enumerate() {
            let power = u32::try_from(index / 2).map_err(|_| Unsolved::TooLarge)?;
            let part = match &m {
                Some(m) => part.times(&m.raised(power, work)?, work)?,
                None => part.clone(),
            };
            if let Some(half) = halves.get_mut(index % 2) {
                *half = std::mem::replace(half, Polynomial::zero()).plus(part)?;
            }
        }
        let [even, odd] = halves;
        let (even, odd) = (even.raised(2, work)?, odd.raised(2, work)?);
        match m {
            Some(m) => Ok(even.plus(odd.times(&m, work)?.negated())?),
            None => Ok(even.times(&of.bottom, work)?.plus(odd.times(&of.top, work)?.negated())?),
        }
    }

    fn transcendental(&mut self, polynomial: &Polynomial, kernels: &[Name], depth: usize) -> Solved<Vec<Coordinate>> {
        let bare = polynomial.names().any(|name| name == self.unknown);
        if !bare && let Some(angle) = self.common_angle(kernels) {
            return self.periodic(polynomial, &angle);
        }
        if let [only] = kernels
            && !bare
        {
            let mut found = Vec::new();
            for value in self.values_of(polynomial, *only)? {
                found.extend(self.kernel_equal(*only, &value, depth)?);
            }
            return Ok(found);
        }
        let all = |test: fn(&Kernel) -> bool| {
            kernels.iter().all(|name| self.normalizer.kernel_named(*name).is_some_and(test))
        };
        if all(|kernel| matches!(kernel, Kernel::Exp(_))) && !bare && polynomial.terms().len() == 2 {
            return self.equal_powers(polynomial, depth);
        }
        if all(|kernel| matches!(kernel, Kernel::Log(_))) && !bare {
            return self.sum_of_logarithms(polynomial, kernels, depth);
        }
        Err(Unsolved::NoMethod)
    }

    /// The values of the kernel for which a polynomial in it alone vanishes.
    fn values_of(&mut self, polynomial: &Polynomial, kernel: Name) -> Solved<Vec<Ball>> {
        let found = self.roots_in(polynomial, kernel)?;
        Ok(found.iter().map(Coordinate::ball).collect())
    }

    /// Where a kernel has the value `value`.
    fn kernel_equal(&mut self, name: Name, value: &Ball, depth: usize) -> Solved<Vec<Coordinate>> {
        let lacking = |_| Unsolved::NoMethod;
        match self.normalizer.kernel_named(name).cloned() {
            Some(Kernel::Exp(of)) => {
                if value.settled_sign() != Some(std::cmp::Ordering::Greater) {
                    return Ok(Vec::new());
                }
                let scale = Ball::whole(self.normalizer.scale_of(&of).into());
                let constant = self.constant(value.ln().map_err(lacking)?.times(&scale))?;
                let left = Polynomial::single(of);
                self.vanishing(&left.plus(constant.negated())?, depth + 1)
            }
            Some(Kernel::Log(of)) => {
                let size = value.exp().map_err(lacking)?;
                self.size_equal(&of, &Polynomial::constant(Exact::ONE), size, depth)
            }
            Some(Kernel::Opaque(function, of)) => {
                let inner = match function {
                    Function::Arcsin => value.sin_cos().map_err(lacking)?.0,
                    Function::Arccos => value.sin_cos().map_err(lacking)?.1,
                    Function::Arctan => {
                        let (sine, cosine) = value.sin_cos().map_err(lacking)?;
                        sine.over(&cosine).map_err(lacking)?
                    }
                    _ => return Err(Unsolved::NoMethod),
                };
                let constant = self.constant(inner)?;
                let right = constant.times(&of.bottom, self.normalizer.work())?;
                self.vanishing(&of.top.plus(right.negated())?, depth + 1)
            }
            _ => Err(Unsolved::NoMethod),
        }
    }

    /// Where `|a| = size·|b|`.
    fn size_equal(&mut self, a: &Polynomial, b: &Polynomial, size: Ball, depth: usize) -> Solved<Vec<Coordinate>> {
        let size = match size.to_whole() {
            Some(size) => Polynomial::constant(Exact::Small(size, 1)),
            None => self.constant(size)?,
        };
        let right = b.times(&size, self.normalizer.work())?;
        let mut found = self.vanishing(&a.clone().plus(right.clone())?, depth + 1)?;
        found.extend(self.vanishing(&a.clone().plus(right.negated())?, depth + 1)?);
        Ok(found)
    }

    /// Two terms with powers of e: where their quotient is −1, by taking logarithms.
    fn equal_powers(&mut self, polynomial: &Polynomial, depth: usize) -> Solved<Vec<Coordinate>> {
        let mut sum = Polynomial::zero();
        let mut quotient = Ball::whole(-1);
        for ((monomial, factor), sign) in polynomial.terms().iter().zip([1, -1]) {
            let mut constant = Polynomial::constant(factor.clone());
            for (name, exponent) in monomial {
                match self.normalizer.kernel_named(*name).cloned() {
                    Some(Kernel::Exp(of)) if self.depends(*name) => {
                        let scale = i64::from(self.normalizer.scale_of(&of));
                        let factor = Exact::from_ratio(sign * i64::from(*exponent), scale);
                        let part =
                            Polynomial::single(of).times(&Polynomial::constant(factor), self.normalizer.work())?;
                        sum = sum.plus(part)?;
                    }
                    _ => {
                        let power = Polynomial::power_of(*name, *exponent);
                        constant = constant.times(&power, self.normalizer.work())?;
                    }
                }
            }
            let value = self.value_of(&constant)?;
            quotient = value.over(&quotient).map_err(|_| Unsolved::NoMethod)?;
        }
        // c₁·e^p = −c₂·e^q, so p − q = ln(−c₂/c₁).
        if quotient.settled_sign() != Some(std::cmp::Ordering::Greater) {
            return Ok(Vec::new());
        }
        let constant = self.constant(quotient.ln().map_err(|_| Unsolved::NoMethod)?)?;
        self.vanishing(&sum.plus(constant.negated())?, depth + 1)
    }

    /// `Σ aᵢ·ln|Pᵢ| + c = 0` with rational `aᵢ` in the same ratio as whole numbers `nᵢ`: a product of powers.
    fn sum_of_logarithms(
        &mut self,
        polynomial: &Polynomial,
        kernels: &[Name],
        depth: usize,
    ) -> Solved<Vec<Coordinate>> {
        let mut constant = Polynomial::zero();
        let mut factors: Vec<(Polynomial, Exact)> = Vec::new();
        for (monomial, factor) in polynomial.terms() {
            match monomial.as_slice() {
                [(name, 1)] if kernels.contains(name) => {
                    let Some(Kernel::Log(of)) = self.normalizer.kernel_named(*name).cloned() else {
                        return Err(Unsolved::NoMethod);
                    };
                    factors.push((of, factor.clone()));
                }
                own if own.iter().any(|(name, _)| kernels.contains(name)) => return Err(Unsolved::NoMethod),
                own => {
                    let term = Polynomial::from_terms(vec![(own.to_vec(), factor.clone())])?;
                    constant = constant.plus(term)?;
                }
            }
        }
        let unit = factors.iter().fold(Exact::ZERO, |unit, (_, factor)| unit.common(factor));
        let (mut above, mut below) = (Polynomial::constant(Exact::ONE), Polynomial::constant(Exact::ONE));
        for (of, factor) in factors {
            let times = (&factor / &unit).to_whole().filter(|n| n.abs() <= 6).ok_or(Unsolved::NoMethod)?;
            let size = u32::try_from(times.unsigned_abs()).map_err(|_| Unsolved::TooLarge)?;
            let power = of.raised(size, self.normalizer.work())?;
            let side = if times > 0 { &mut above } else { &mut below };
            *side = side.times(&power, self.normalizer.work())?;
        }
        // Whole values of e^(−c) come out as such, so that the polynomial stays rational.
        let value = self.value_of(&constant)?.over(&Ball::from_exact(&unit)).map_err(|_| Unsolved::NoMethod)?;
        let size = value.negated().exp().map_err(|_| Unsolved::NoMethod)?;
        match size.short() {
            Some(short) => {
                let right = below.times(&Polynomial::constant(short), self.normalizer.work())?;
                let mut found = self.vanishing(&above.clone().plus(right.clone())?, depth + 1)?;
                found.extend(self.vanishing(&above.plus(right.negated())?, depth + 1)?);
                Ok(found)
            }
            None => self.size_equal(&above, &below, size, depth),
        }
    }

    fn roots(&mut self, polynomial: &Polynomial) -> Solved<Vec<Coordinate>> {
        self.roots_in(polynomial, self.unknown)
    }

    /// The roots of a polynomial in `name` and constants.
    pub(super) fn roots_in(&mut self, polynomial: &Polynomial, name: Name) -> Solved<Vec<Coordinate>> {
        let parts = polynomial.by_powers_of(name);
        let exact: Option<Vec<Exact>> = parts.iter().map(Polynomial::as_constant).collect();
        if let Some(exact) = exact {
            return roots::rational_roots(&Univariate::from_coefficients(exact));
        }
        let mut balls = Vec::with_capacity(parts.len());
        for part in &parts {
            balls.push(self.value_of(part)?);
        }
        Ok(roots::real_roots(&balls)?.into_iter().map(Coordinate::Real).collect())
    }

    /// The value of a polynomial in constant kernels.
    pub(super) fn value_of(&self, polynomial: &Polynomial) -> Solved<Ball> {
        let mut sum = Ball::zero();
        for (monomial, factor) in polynomial.terms() {
            let mut product = Ball::from_exact(factor);
            product = product.times(&self.value_of_monomial(monomial)?);
            sum = sum.plus(&product);
        }
        Ok(sum)
    }

    pub(super) fn value_of_monomial(&self, monomial: &Monomial) -> Solved<Ball> {
        let mut product = Ball::whole(1);
        for (name, exponent) in monomial {
            let power = self.value_of_kernel(*name)?.raised(i64::from(*exponent));
            product = product.times(&power.map_err(|_| Unsolved::NoMethod)?);
        }
        Ok(product)
    }

    fn value_of_kernel(&self, name: Name) -> Solved<Ball> {
        let kernel = self.normalizer.kernel_named(name).ok_or(Unsolved::NoMethod)?;
        let quotient = |of: &Quotient| -> Solved<Ball> {
            self.value_of(&of.top)?.over(&self.value_of(&of.bottom)?).map_err(|_| Unsolved::NoMethod)
        };
        let scaled = |of: &Monomial| -> Solved<Ball> {
            let scale = Ball::whole(self.normalizer.scale_of(of).into());
            self.value_of_monomial(of)?.over(&scale).map_err(|_| Unsolved::NoMethod)
        };
        let value = match kernel {
            Kernel::Pi => Ok(Ball::pi()),
            Kernel::E => Ball::whole(1).exp(),
            Kernel::Prime(prime) => Ball::whole(*prime).root(self.normalizer.order()),
            Kernel::Root(of, degree) => quotient(of)?.root(*degree),
            Kernel::Size(of) => Ok(quotient(of)?.size()),
            Kernel::Log(of) => self.value_of(of)?.size().ln(),
            Kernel::Exp(of) => scaled(of)?.exp(),
            Kernel::Sin(of) => scaled(of)?.sin_cos().map(|pair| pair.0),
            Kernel::Cos(of) => scaled(of)?.sin_cos().map(|pair| pair.1),
            Kernel::Constant(term) => term.at(&Point::new(Vec::new())),
            Kernel::Opaque(function, of) => match function {
                Function::Arcsin => quotient(of)?.arcsin(),
                Function::Arccos => quotient(of)?.arccos(),
                _ => quotient(of)?.arctan(),
            },
            Kernel::Fine(_) => return Err(Unsolved::NoMethod),
        };
        value.map_err(|_| Unsolved::NoMethod)
    }
}
