//! The exact normal form of a value: a quotient of polynomials in names and kernels.
//!
//! A kernel stands for something that is not rational in the names: a root of a prime number, a
//! root or the size of a polynomial, a logarithm, an exponential, sine and cosine of an angle. What
//! is known of it is a rule `kernel^n = …` by which every power is reduced, so that equal values
//! often become equal quotients (J. Moses, «Algebraic simplification», Comm. ACM 14, 1971).
//!
//! Equal normal forms prove equality wherever both values exist. Different ones prove a difference
//! only if no kernel is left.

mod exponential;
mod logarithm;
mod radical;
mod trigonometry;

use crate::exact::{Exact, Fraction, Monomial, Polynomial, Refusal, Work};
use crate::tree::Name;
use crate::value::{Function, Term};

/// The private-use characters from here on stand for kernels.
const FIRST_KERNEL: u32 = 0x000F_0000;
/// The finest root of a prime number or a name, and the finest part of an angle or an exponent.
const MAX_ORDER: u32 = 48;
/// How often it is begun again with finer parts.
const MAX_RESTARTS: usize = 8;
const MAX_KERNELS: usize = 40;

/// Why there is no normal form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stop {
    /// A coarser part of something was met that is known as finer now: begin again.
    Restart,
    Refused(Refusal),
    /// Nothing exact is known of it.
    Beyond,
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

pub(crate) type Normal<T = Fraction> = Result<T, Stop>;

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kernel {
    Pi,
    E,
    /// `prime^(1/order)`
    Prime(i64),
    /// `name^(1/order)` of a name that is not negative.
    Fine(Name),
    /// The real root of this degree.
    Root(Box<Quotient>, u32),
    Size(Box<Quotient>),
    /// The logarithm of the size of a polynomial.
    Log(Polynomial),
    /// e to the power of this product, divided by its scale.
    Exp(Monomial),
    /// Sine and cosine of this product, divided by its scale.
    Sin(Monomial),
    Cos(Monomial),
    /// A constant that is known by its value only.
    Constant(Box<Term>),
    /// Anything else of which nothing is known.
    Opaque(Function, Box<Quotient>),
}

/// A quotient that is compared part by part.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Quotient {
    pub(crate) top: Polynomial,
    pub(crate) bottom: Polynomial,
}

/// What two values are brought to normal form with.
#[derive(Debug, Default)]
pub(crate) struct Normalizer {
    kernels: Vec<Kernel>,
    /// What the power `kernel^n` is, for those of which it is known.
    rules: Vec<Option<(u32, Fraction)>>,
    /// Roots of primes and names are powers of the root of this degree.
    order: u32,
    /// Products under sine, cosine and exponential are multiples of this part of them.
    scales: Vec<(Monomial, u32)>,
    /// Names that are not negative wherever both values exist.
    positive: Vec<Name>,
    /// Constants that are too much are kept as they are.
    keeps_constants: bool,
    work: Work,
}

/// What the normal forms say of two values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Relation {
    /// Equal wherever both exist; certainly so if there was no kernel.
    Equal { rational: bool },
    /// Not equal; proven.
    Different,
    /// Not known.
    Open,
}

/// Compares two values by their normal forms.
///
/// # Errors
/// [`Refusal`] if a rational value divides by zero or grows too large.
pub(crate) fn compare(a: &Term, b: &Term) -> Result<Relation, Refusal> {
    let mut normalizer = Normalizer { order: 1, ..Normalizer::default() };
    for term in [a, b] {
        normalizer.note_positive(term);
    }
    for _ in 0..MAX_RESTARTS {
        match normalizer.equal(a, b) {
            Ok(equal) => {
                let rational = normalizer.kernels.is_empty();
                return Ok(match (equal, rational) {
                    (true, _) => Relation::Equal { rational },
                    (false, true) => Relation::Different,
                    (false, false) => Relation::Open,
                });
            }
            Err(Stop::Restart) => normalizer.forget(),
            Err(Stop::Beyond) => break,
            Err(Stop::Refused(refusal)) => return Err(refusal),
        }
    }
    Ok(Relation::Open)
}

/// The number that `a` is `b` times, if their normal forms say so; none if both are zero.
pub(crate) fn ratio(a: &Term, b: &Term) -> Option<Exact> {
    let mut normalizer = Normalizer { order: 1, ..Normalizer::default() };
    for _ in 0..MAX_RESTARTS {
        match normalizer.normal(a).and_then(|a| Ok((a, normalizer.normal(b)?))) {
            Ok((a, b)) => {
                let left = a.top.times(&b.bottom, &mut normalizer.work).ok()?;
                let right = b.top.times(&a.bottom, &mut normalizer.work).ok()?;
                let ((_, above), (_, below)) = (left.terms().first()?, right.terms().first()?);
                return left.is_multiple_of(&right).then(|| above / below);
            }
            Err(Stop::Restart) => normalizer.forget(),
            Err(_) => return None,
        }
    }
    None
}

impl Normalizer {
    fn forget(&mut self) {
        self.kernels.clear();
        self.rules.clear();
        self.work = Work::new();
    }

    fn equal(&mut self, a: &Term, b: &Term) -> Normal<bool> {
        let (a, b) = (self.normal(a)?, self.normal(b)?);
        if a.top == b.top && a.bottom == b.bottom {
            return Ok(true);
        }
        let left = a.top.times(&b.bottom, &mut self.work)?;
        let right = b.top.times(&a.bottom, &mut self.work)?;
        let difference = left.plus(right.negated())?;
        let rest = self.reduced(&difference)?;
        Ok(rest.map_or(difference.is_zero(), |rest| rest.top.is_zero()))
    }

    /// For equations in one unknown: constants need no normal form of their own.
    pub(crate) fn solving() -> Self {
        Self { order: 1, keeps_constants: true, ..Self::default() }
    }

    /// The normal form of `term`, begun again where finer parts are needed.
    pub(crate) fn settled(&mut self, term: &Term) -> Normal {
        for _ in 0..MAX_RESTARTS {
            match self.normal(term) {
                Err(Stop::Restart) => self.forget(),
                found => return found,
            }
        }
        Err(Stop::Beyond)
    }

    pub(crate) fn order(&self) -> u32 {
        self.order
    }

    pub(crate) fn work(&mut self) -> &mut Work {
        &mut self.work
    }

    /// By what the kernels of this product divide it.
    pub(crate) fn scale_of(&self, monomial: &Monomial) -> u32 {
        self.scales.iter().find(|(own, _)| own == monomial).map_or(1, |(_, scale)| *scale)
    }

    fn normal(&mut self, term: &Term) -> Normal {
        match self.worked_out(term) {
            Err(Stop::Beyond | Stop::Refused(Refusal::TooLarge)) if self.keeps_constants && term.is_constant() => {
                self.kernel(Kernel::Constant(Box::new(term.clone())))
            }
            found => found,
        }
    }

    fn worked_out(&mut self, term: &Term) -> Normal {
        match term {
            Term::Number(value) => Ok(Fraction::constant(value.clone())),
            Term::Name(name) => Ok(Fraction::whole(Polynomial::letter(*name))),
            Term::Real(_) => self.kernel(Kernel::Constant(Box::new(term.clone()))),
            Term::Pi => self.kernel(Kernel::Pi),
            Term::E => self.kernel(Kernel::E),
            Term::Sum(parts) => {
                let mut sum = Fraction::constant(Exact::ZERO);
                for part in parts {
                    let part = self.normal(part)?;
                    sum = sum.plus(part, &mut self.work)?;
                }
                self.tidy(sum)
            }
            Term::Product(parts) => {
                let mut product = Fraction::constant(Exact::ONE);
                for part in parts {
                    let part = self.normal(part)?;
                    product = self.times(&product, &part)?;
                }
                Ok(product)
            }
            Term::Power(base, exponent) => self.power(base, exponent),
            Term::Raised(base, exponent) => self.exponential(base, exponent),
            Term::Apply(Function::Abs, of) => self.size(of),
            Term::Apply(Function::Ln, of) => self.logarithm(of),
            Term::Apply(function @ (Function::Sin | Function::Cos), of) => self.sine_or_cosine(*function, of),
            Term::Apply(function, of) => {
                let of = Box::new(Quotient::from(self.normal(of)?));
                self.kernel(Kernel::Opaque(*function, of))
            }
        }
    }

    fn times(&mut self, a: &Fraction, b: &Fraction) -> Normal {
        let product = a.times(b, &mut self.work)?;
        self.tidy(product)
    }

    fn over(&mut self, a: &Fraction, b: &Fraction) -> Normal {
        let quotient = a.over(b, &mut self.work)?;
        self.tidy(quotient)
    }

    /// The whole power `exponent`.
    fn whole_power(&mut self, base: &Fraction, exponent: i64) -> Normal {
        if self.kernels.is_empty() {
            return Ok(base.raised(exponent, &mut self.work)?);
        }
        if exponent < 0 {
            let power = self.whole_power(base, -exponent)?;
            return self.over(&Fraction::constant(Exact::ONE), &power);
        }
        if exponent > 128 {
            return Err(Refusal::TooLarge.into());
        }
        let (mut power, mut square, mut left) = (Fraction::constant(Exact::ONE), base.clone(), exponent);
        while left > 0 {
            if left & 1 == 1 {
                power = self.times(&power, &square)?;
            }
            left >>= 1;
            if left > 0 {
                square = self.times(&square, &square)?;
            }
        }
        Ok(power)
    }

    /// The kernel as a normal form.
    fn kernel(&mut self, kernel: Kernel) -> Normal {
        let name = self.name_of(kernel)?;
        Ok(Fraction::whole(Polynomial::letter(name)))
    }

    pub(crate) fn name_of(&mut self, kernel: Kernel) -> Normal<Name> {
        let at = match self.kernels.iter().position(|known| *known == kernel) {
            Some(at) => at,
            None => {
                if self.kernels.len() == MAX_KERNELS {
                    return Err(Stop::Beyond);
                }
                let rule = self.rule(&kernel)?;
                // The rule may have brought kernels of its own.
                self.kernels.push(kernel);
                self.rules.push(rule);
                self.kernels.len() - 1
            }
        };
        let code = FIRST_KERNEL + u32::try_from(at).map_err(|_| Stop::Beyond)?;
        char::from_u32(code).map(Name::from).ok_or(Stop::Beyond)
    }

    fn rule(&mut self, kernel: &Kernel) -> Normal<Option<(u32, Fraction)>> {
        Ok(match kernel {
            Kernel::Prime(prime) => Some((self.order, Fraction::constant(Exact::Small(*prime, 1)))),
            Kernel::Fine(name) => Some((self.order, Fraction::whole(Polynomial::letter(*name)))),
            Kernel::Root(of, degree) => Some((*degree, of.fraction())),
            Kernel::Size(of) => {
                let of = of.fraction();
                Some((2, self.times(&of, &of)?))
            }
            Kernel::Sin(angle) => {
                let cosine = self.kernel(Kernel::Cos(angle.clone()))?;
                let square = cosine.times(&cosine, &mut self.work)?;
                let one = Fraction::constant(Exact::ONE);
                Some((2, one.plus(square.negated(), &mut self.work)?))
            }
            _ => None,
        })
    }

    fn index(name: Name) -> Option<usize> {
        let code = u32::from(name.letter()?);
        code.checked_sub(FIRST_KERNEL).and_then(|at| usize::try_from(at).ok())
    }

    pub(crate) fn kernel_named(&self, name: Name) -> Option<&Kernel> {
        self.kernels.get(Self::index(name)?)
    }

    /// The same value with every power of a kernel reduced by its rule.
    fn tidy(&mut self, value: Fraction) -> Normal {
        if self.kernels.is_empty() {
            return Ok(value);
        }
        let (top, bottom) = (self.reduced(&value.top)?, self.reduced(&value.bottom)?);
        if top.is_none() && bottom.is_none() {
            return Ok(value);
        }
        let top = top.unwrap_or_else(|| Fraction::whole(value.top));
        let bottom = bottom.unwrap_or_else(|| Fraction::whole(value.bottom));
        if bottom.bottom.is_one() && bottom.top.is_one() {
            return Ok(top);
        }
        let quotient = top.over(&bottom, &mut self.work)?;
        self.tidy(quotient)
    }

    /// `polynomial` with its kernels reduced; `None` if nothing is to do.
    pub(crate) fn reduced(&mut self, polynomial: &Polynomial) -> Normal<Option<Fraction>> {
        let too_high = |name: Name, exponent: u32| {
            self.rules.get(Self::index(name)?)?.as_ref().filter(|(period, _)| exponent >= *period)
        };
        let mut powers = polynomial.terms().iter().flat_map(|(monomial, _)| monomial);
        if !powers.any(|(name, exponent)| too_high(*name, *exponent).is_some()) {
            return Ok(None);
        }
        let mut sum: Option<Fraction> = None;
        let mut untouched = Vec::new();
        let mut touched = Vec::new();
        for (monomial, value) in polynomial.terms() {
            let rules: Vec<_> = monomial.iter().map(|(name, exponent)| too_high(*name, *exponent).cloned()).collect();
            if rules.iter().all(Option::is_none) {
                untouched.push((monomial.clone(), value.clone()));
            } else {
                touched.push((monomial, value, rules));
            }
        }
        for (monomial, value, rules) in touched {
            let mut product = Fraction::constant(value.clone());
            for ((name, exponent), rule) in monomial.iter().zip(rules) {
                let rest = rule.as_ref().map_or(*exponent, |(period, _)| exponent % period);
                let power = Polynomial::power_of(*name, rest);
                product = product.times(&Fraction::whole(power), &mut self.work)?;
                if let Some((period, of)) = rule {
                    let power = self.whole_power(&of, i64::from(exponent / period))?;
                    product = product.times(&power, &mut self.work)?;
                }
            }
            sum = Some(match sum {
                None => product,
                Some(sum) => sum.plus(product, &mut self.work)?,
            });
        }
        let rest = Fraction::whole(Polynomial::from_terms(untouched)?);
        let sum = sum.map_or(Ok(rest.clone()), |sum| sum.plus(rest, &mut self.work))?;
        // The rules can have brought new powers to reduce.
        self.tidy(sum).map(Some)
    }
}

impl From<Fraction> for Quotient {
    fn from(value: Fraction) -> Self {
        Self { top: value.top, bottom: value.bottom }
    }
}

impl Quotient {
    fn fraction(&self) -> Fraction {
        Fraction { top: self.top.clone(), bottom: self.bottom.clone() }
    }
}
