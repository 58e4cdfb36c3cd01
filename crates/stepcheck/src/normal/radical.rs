//! Roots, rational powers and sizes.

use super::{Kernel, MAX_ORDER, Normal, Normalizer, Quotient, Stop};
use crate::exact::{Exact, Fraction, Monomial, Polynomial, Refusal};
use crate::tree::Name;
use crate::value::{Function, Point, Term};
use num_integer::Integer;
use std::cmp::Ordering;

/// Prime factors up to here are looked for; what is left below its square is prime.
const MAX_DIVISOR: i64 = 2_000;

impl Normalizer {
    /// Notes the names that cannot be negative where `term` has a value.
    pub(super) fn note_positive(&mut self, term: &Term) {
        term.visit(&mut |part| {
            let of = match part {
                Term::Power(base, Exact::Small(_, degree)) if degree % 2 == 0 => base,
                Term::Apply(Function::Ln, of) => of,
                Term::Raised(base, exponent) if !exponent.is_constant() => base,
                _ => return,
            };
            if let Some(name) = odd_in(of)
                && !self.positive.contains(&name)
            {
                self.positive.push(name);
            }
        });
    }

    pub(super) fn power(&mut self, base: &Term, exponent: &Exact) -> Normal {
        let Exact::Small(size, degree) = *exponent else {
            return Err(Stop::Refused(Refusal::TooLarge));
        };
        let base = self.normal(base)?;
        if degree == 1 {
            return self.whole_power(&base, size);
        }
        let degree = u32::try_from(degree).ok().filter(|d| *d <= MAX_ORDER).ok_or(Stop::Beyond)?;
        let root = self.root(&base, degree)?;
        self.whole_power(&root, size)
    }

    /// The real root of degree `degree`.
    pub(super) fn root(&mut self, of: &Fraction, degree: u32) -> Normal {
        if let Some(value) = of.as_constant() {
            return self.root_of_number(&value, degree);
        }
        let single = |polynomial: &Polynomial| match polynomial.terms() {
            [(monomial, value)] => Some((monomial.clone(), value.clone())),
            _ => None,
        };
        if let (Some((above, c)), Some((below, d))) = (single(&of.top), single(&of.bottom))
            && let Some(root) = self.root_of_product(&above, &below, &(&c / &d), degree)?
        {
            return Ok(root);
        }
        // A positive rational factor goes out of it.
        let content = of.top.content();
        let rest = of.times(&Fraction::constant(&Exact::ONE / &content), &mut self.work)?;
        let root = self.kernel(Kernel::Root(Box::new(Quotient::from(rest)), degree))?;
        let factor = self.root_of_number(&content, degree)?;
        self.times(&factor, &root)
    }

    fn root_of_number(&mut self, value: &Exact, degree: u32) -> Normal {
        if value.is_zero() {
            return Ok(Fraction::constant(Exact::ZERO));
        }
        if !value.is_positive() {
            if degree.is_multiple_of(2) {
                return Err(Stop::Beyond);
            }
            return Ok(self.root_of_number(&-value, degree)?.negated());
        }
        if let Some(root) = value.exact_root(degree) {
            return Ok(Fraction::constant(root));
        }
        let Exact::Small(top, bottom) = *value else {
            return Err(Stop::Beyond);
        };
        let mut root = Fraction::constant(Exact::ONE);
        for (number, sign) in [(top, 1), (bottom, -1)] {
            for (prime, times) in prime_factors(number).ok_or(Stop::Beyond)? {
                let power = self.prime_power(prime, sign * i64::from(times), degree)?;
                root = self.times(&root, &power)?;
            }
        }
        Ok(root)
    }

    /// `prime^(size/degree)`
    pub(super) fn prime_power(&mut self, prime: i64, size: i64, degree: u32) -> Normal {
        let common = u32::try_from(size.unsigned_abs().gcd(&u64::from(degree))).map_err(|_| Stop::Beyond)?;
        let (size, degree) = (size / i64::from(common), degree / common);
        self.need_order(degree)?;
        let steps = size * i64::from(self.order / degree);
        let order = i64::from(self.order);
        let (whole, rest) = (steps.div_euclid(order), steps.rem_euclid(order));
        let factor = Fraction::constant(Exact::Small(prime, 1)).raised(whole, &mut self.work)?;
        if rest == 0 {
            return Ok(factor);
        }
        let name = self.name_of(Kernel::Prime(prime))?;
        let rest = u32::try_from(rest).map_err(|_| Stop::Beyond)?;
        Ok(factor.times(&Fraction::whole(Polynomial::power_of(name, rest)), &mut self.work)?)
    }

    fn need_order(&mut self, degree: u32) -> Normal<()> {
        if self.order.is_multiple_of(degree) {
            return Ok(());
        }
        let order = self.order.lcm(&degree);
        if order > MAX_ORDER {
            return Err(Stop::Beyond);
        }
        self.order = order;
        Err(Stop::Restart)
    }

    /// The root of `factor·above/below`; `None` if it cannot be taken factor by factor.
    fn root_of_product(
        &mut self,
        above: &Monomial,
        below: &Monomial,
        factor: &Exact,
        degree: u32,
    ) -> Normal<Option<Fraction>> {
        let signed = |(part, sign): (&(Name, u32), i64)| (part.0, sign * i64::from(part.1));
        let parts: Vec<(Name, i64)> =
            above.iter().map(|part| (part, 1)).chain(below.iter().map(|part| (part, -1))).map(signed).collect();
        let even = degree.is_multiple_of(2);
        if even && !factor.is_positive() {
            return Ok(None);
        }
        let splits = |own: &Self, (name, size): &(Name, i64)| {
            !even || own.is_positive(*name) || (size % 2 == 0 && size % i64::from(degree) == 0)
        };
        if !parts.iter().all(|part| splits(self, part)) {
            return Ok(None);
        }
        let mut root = self.root_of_number(factor, degree)?;
        for (name, size) in parts {
            let part = self.root_of_name(name, size, degree)?;
            root = self.times(&root, &part)?;
        }
        Ok(Some(root))
    }

    /// `name^(size/degree)`, of the size of it for an even degree.
    fn root_of_name(&mut self, name: Name, size: i64, degree: u32) -> Normal {
        if let Some(Kernel::Prime(prime)) = self.kernel_named(name) {
            let finer = degree.checked_mul(self.order).filter(|order| *order <= MAX_ORDER * 4).ok_or(Stop::Beyond)?;
            return self.prime_power(*prime, size, finer);
        }
        let whole = Fraction::whole(Polynomial::letter(name));
        if size % i64::from(degree) == 0 {
            let size = size / i64::from(degree);
            let known = degree % 2 == 1 || self.is_positive(name) || size % 2 == 0;
            let base = if known { whole } else { self.size_of_name(name)? };
            return self.whole_power(&base, size);
        }
        let (size, degree) = {
            let common = size.unsigned_abs().gcd(&u64::from(degree));
            (size / common.cast_signed(), degree / u32::try_from(common).map_err(|_| Stop::Beyond)?)
        };
        if self.positive.contains(&name) {
            self.need_order(degree)?;
            let fine = self.kernel(Kernel::Fine(name))?;
            return self.whole_power(&fine, size * i64::from(self.order / degree));
        }
        let root = self.kernel(Kernel::Root(Box::new(Quotient::from(whole)), degree))?;
        self.whole_power(&root, size)
    }

    /// True if the name or kernel is known not to be negative.
    pub(super) fn is_positive(&self, name: Name) -> bool {
        match self.kernel_named(name) {
            None => self.positive.contains(&name),
            Some(Kernel::Root(_, degree)) => degree % 2 == 0,
            Some(kernel) => matches!(
                kernel,
                Kernel::Pi | Kernel::E | Kernel::Prime(_) | Kernel::Fine(_) | Kernel::Size(_) | Kernel::Exp(_)
            ),
        }
    }

    fn size_of_name(&mut self, name: Name) -> Normal {
        let whole = Fraction::whole(Polynomial::letter(name));
        if self.is_positive(name) {
            return Ok(whole);
        }
        self.kernel(Kernel::Size(Box::new(Quotient::from(whole))))
    }

    pub(super) fn size(&mut self, of: &Term) -> Normal {
        if of.is_constant() {
            let sign = of.at(&Point::new(Vec::new())).ok().and_then(|value| value.sign());
            let value = self.normal(of)?;
            return match sign {
                Some(Ordering::Less) => Ok(value.negated()),
                Some(_) => Ok(value),
                None => Err(Stop::Beyond),
            };
        }
        let value = self.normal(of)?;
        self.size_of(&value)
    }

    pub(super) fn size_of(&mut self, value: &Fraction) -> Normal {
        let top = self.size_of_polynomial(&value.top)?;
        let bottom = self.size_of_polynomial(&value.bottom)?;
        self.over(&top, &bottom)
    }

    fn size_of_polynomial(&mut self, value: &Polynomial) -> Normal {
        if let Some(constant) = value.as_constant() {
            return Ok(Fraction::constant(constant.abs()));
        }
        if let [(monomial, factor)] = value.terms() {
            let mut product = Fraction::constant(factor.abs());
            for (name, exponent) in monomial {
                let base = if exponent % 2 == 0 {
                    Fraction::whole(Polynomial::letter(*name))
                } else {
                    self.size_of_name(*name)?
                };
                let power = self.whole_power(&base, i64::from(*exponent))?;
                product = self.times(&product, &power)?;
            }
            return Ok(product);
        }
        let leading = value.terms().last().is_some_and(|(_, value)| value.is_positive());
        let content = if leading { value.content() } else { -&value.content() };
        let rest = value.times(&Polynomial::constant(&Exact::ONE / &content), &mut self.work)?;
        let size = self.kernel(Kernel::Size(Box::new(Quotient::from(Fraction::whole(rest)))))?;
        self.times(&Fraction::constant(content.abs()), &size)
    }
}

/// The name of which `term` is a positive multiple or an odd power.
fn odd_in(term: &Term) -> Option<Name> {
    match term {
        Term::Name(name) => Some(*name),
        Term::Product(parts) => {
            let mut others = parts.iter().filter(|part| !matches!(part, Term::Number(value) if value.is_positive()));
            match (others.next(), others.next()) {
                (Some(only), None) => odd_in(only),
                _ => None,
            }
        }
        Term::Power(base, Exact::Small(size, 1)) if size % 2 != 0 => odd_in(base),
        _ => None,
    }
}

/// The prime factors of a positive number with their exponents; `None` if it has two large ones.
pub(super) fn prime_factors(mut number: i64) -> Option<Vec<(i64, u32)>> {
    let mut factors = Vec::new();
    let mut divisor = 2;
    while divisor * divisor <= number && divisor < MAX_DIVISOR {
        let mut times = 0;
        while number % divisor == 0 {
            number /= divisor;
            times += 1;
        }
        if times > 0 {
            factors.push((divisor, times));
        }
        divisor += if divisor == 2 { 1 } else { 2 };
    }
    if number > 1 {
        if number >= MAX_DIVISOR * MAX_DIVISOR {
            return None;
        }
        factors.push((number, 1));
    }
    Some(factors)
}
