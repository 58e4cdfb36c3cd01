//! From an equation with kernels to polynomials that vanish wherever it holds.
//!
//! Roots and sizes are taken away by multiplying with the conjugates, logarithms and exponentials by
//! inversion. What comes out may vanish at other places too, so each place is tried in the equation.

use super::{Coordinate, Reach, Unknown, Unsolved, roots};
use crate::ball::Ball;
use crate::budget;
use crate::exact::{Exact, Fraction, Polynomial, Univariate};
use crate::normal::{Kernel, Normalizer, Quotient};
use crate::tree::Name;
use crate::value::Term;

const MAX_DEPTH: usize = 14;
/// The most polynomials that are looked at for one equation.
const MAX_POLYNOMIALS: usize = 60;

pub(super) type Solved<T> = Result<T, Unsolved>;

/// Finds where polynomials in one unknown and in kernels vanish.
pub(super) struct Eliminator {
    pub(super) normalizer: Normalizer,
    pub(super) unknown: Name,
    pub(super) reach: Option<Reach>,
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
    pub(super) fn depends(&self, name: Name) -> bool {
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

    pub(super) fn constant(&mut self, ball: Ball) -> Solved<Polynomial> {
        let kernel = Kernel::Constant(Box::new(Term::Real(Box::new(ball))));
        Ok(Polynomial::letter(self.normalizer.name_of(kernel)?))
    }

    /// Places among which are all where `polynomial` vanishes.
    pub(super) fn vanishing(&mut self, polynomial: &Polynomial, depth: usize) -> Solved<Vec<Coordinate>> {
        self.looked_at += 1;
        if depth > MAX_DEPTH || self.looked_at > MAX_POLYNOMIALS || !budget::spend(10) {
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
                // ln x vanishes at 1, where its inverse is taken at −1 too.
                self.loose = true;
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
}
