//! The value of a term at a point: as a ball, as a double, and exactly.

use std::cmp::Ordering;

use super::{Function, Term};
use crate::ball::{Ball, Lack, Real};
use crate::budget;
use crate::exact::Exact;
use crate::tree::Name;

/// How powers with names in the exponent are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    /// As exponential functions: the base has to be positive.
    Exponential,
    /// As powers with whole exponents: the base may be negative.
    Whole,
}

/// A value for each name.
#[derive(Debug, Clone)]
pub(crate) struct Point<V> {
    pub(crate) values: Vec<(Name, V)>,
    pub(crate) reading: Reading,
}

impl<V> Point<V> {
    pub(crate) fn new(values: Vec<(Name, V)>) -> Self {
        Self { values, reading: Reading::Exponential }
    }

    fn get(&self, name: Name) -> Option<&V> {
        self.values.iter().find(|(own, _)| *own == name).map(|(_, value)| value)
    }
}

impl Term {
    /// Its value at `point`.
    ///
    /// # Errors
    /// If there is none there, or if it cannot be told.
    pub(crate) fn at(&self, point: &Point<Ball>) -> Real {
        if !budget::spend(self.steps()) {
            return Err(Lack::Unknown);
        }
        match self {
            Self::Number(value) => Ok(Ball::from_exact(value)),
            Self::Real(ball) => Ok((**ball).clone()),
            Self::Pi => Ok(Ball::pi()),
            Self::E => Ball::whole(1).exp(),
            Self::Name(name) => point.get(*name).cloned().ok_or(Lack::Unknown),
            Self::Sum(parts) => {
                let mut sum = Ball::zero();
                for part in parts {
                    sum = sum.plus(&part.at(point)?);
                }
                Ok(sum)
            }
            Self::Product(parts) => {
                let mut product = Ball::whole(1);
                for part in parts {
                    product = match part {
                        Self::Power(base, Exact::Small(-1, 1)) => product.over(&base.at(point)?)?,
                        _ => product.times(&part.at(point)?),
                    };
                }
                Ok(product)
            }
            Self::Power(base, exponent) => power(&base.at(point)?, exponent),
            Self::Raised(base, exponent) => self.raised_at(base, exponent, point),
            Self::Apply(function, of) => apply(*function, &of.at(point)?),
        }
    }

    /// What its own operation costs at a point, its parts aside.
    fn steps(&self) -> u64 {
        match self {
            Self::Number(_) | Self::Real(_) | Self::Name(_) | Self::Apply(Function::Abs, _) => 1,
            Self::Sum(parts) | Self::Product(parts) => parts.len() as u64,
            Self::Power(_, Exact::Small(size, 1)) => 2 + u64::from(size.unsigned_abs().checked_ilog2().unwrap_or(0)),
            Self::Power(_, exponent) => 12 + exponent.bits(),
            Self::Pi => 2,
            Self::E => 40,
            Self::Apply(..) => 70,
            Self::Raised(..) => 110,
        }
    }

    fn raised_at(&self, base: &Self, exponent: &Self, point: &Point<Ball>) -> Real {
        let size = exponent.at(point)?;
        if *base == Self::E {
            return size.exp();
        }
        let value = base.at(point)?;
        match value.settled_sign() {
            Some(Ordering::Greater) => match size.to_whole() {
                Some(whole) if whole.abs() < 1000 => value.raised(whole),
                _ => size.times(&value.ln()?).exp(),
            },
            Some(Ordering::Equal) => match size.settled_sign() {
                Some(Ordering::Greater) => Ok(Ball::zero()),
                Some(_) => Err(Lack::Undefined),
                None => Err(Lack::Unknown),
            },
            Some(Ordering::Less) => {
                let read_as_whole = point.reading == Reading::Whole || exponent.is_constant();
                match size.to_whole().filter(|_| read_as_whole) {
                    Some(size) => value.raised(size),
                    None => Err(Lack::Undefined),
                }
            }
            None => Err(Lack::Unknown),
        }
    }

    /// Its approximate value; not a number where there is none.
    pub(crate) fn near(&self, point: &Point<f64>) -> f64 {
        let value = self.nearly(point);
        // Nothing goes on from an infinity: 2^(−1/0) is not 0.
        if value.is_finite() { value } else { f64::NAN }
    }

    fn nearly(&self, point: &Point<f64>) -> f64 {
        match self {
            Self::Number(value) => value.to_f64(),
            Self::Real(ball) => ball.to_f64(),
            Self::Pi => std::f64::consts::PI,
            Self::E => std::f64::consts::E,
            Self::Name(name) => point.get(*name).copied().unwrap_or(f64::NAN),
            Self::Sum(parts) => parts.iter().map(|part| part.near(point)).sum(),
            Self::Product(parts) => parts.iter().map(|part| part.near(point)).product(),
            Self::Power(base, exponent) => near_power(base.near(point), exponent),
            Self::Raised(base, exponent) => {
                let (base, exponent) = (base.near(point), exponent.near(point));
                let whole = point.reading == Reading::Whole && exponent.fract() == 0.0;
                if base >= 0.0 || whole { base.powf(exponent) } else { f64::NAN }
            }
            Self::Apply(function, of) => {
                let of = of.near(point);
                match function {
                    Function::Abs => of.abs(),
                    Function::Ln if of > 0.0 => of.ln(),
                    Function::Ln => f64::NAN,
                    Function::Sin => of.sin(),
                    Function::Cos => of.cos(),
                    Function::Arcsin => of.asin(),
                    Function::Arccos => of.acos(),
                    Function::Arctan => of.atan(),
                }
            }
        }
    }

    /// Its rational value at a rational point, if it can be had by the four operations, roots that
    /// come out even, and sizes, in steps that are left. `Some(None)` if there is no value there.
    pub(crate) fn exactly(&self, point: &Point<Exact>) -> Option<Option<Exact>> {
        Some(match self {
            Self::Number(value) => Some(value.clone()),
            Self::Name(name) => Some(point.get(*name)?.clone()),
            Self::Sum(parts) | Self::Product(parts) => {
                let sum = matches!(self, Self::Sum(_));
                let mut result = if sum { Exact::ZERO } else { Exact::ONE };
                let mut defined = true;
                for part in parts {
                    match part.exactly(point)? {
                        Some(_) if !defined => {}
                        Some(value) if budget::spend(result.steps_with(&value)) => {
                            result = if sum { &result + &value } else { &result * &value };
                        }
                        Some(_) => return None,
                        None => defined = false,
                    }
                    if !result.fits(2048) {
                        return None;
                    }
                }
                defined.then_some(result)
            }
            Self::Power(base, exponent) => match base.exactly(point)? {
                Some(base) => exact_power(&base, exponent)?,
                None => None,
            },
            Self::Apply(Function::Abs, of) => of.exactly(point)?.map(|value| value.abs()),
            _ => return None,
        })
    }
}

fn exact_power(base: &Exact, exponent: &Exact) -> Option<Option<Exact>> {
    let Exact::Small(size, degree) = *exponent else {
        return None;
    };
    if base.is_zero() {
        return Some((size > 0).then_some(Exact::ZERO));
    }
    let negative = !base.is_positive();
    if negative && degree % 2 == 0 {
        return Some(None);
    }
    let root = if degree == 1 { base.clone() } else { base.exact_root(u32::try_from(degree).ok()?)? };
    if size.unsigned_abs().saturating_mul(root.bits()) > 2048 {
        return None;
    }
    let power = crate::exact::raise(&root.to_rational(), size).ok()?;
    Some(Some(Exact::from(&power)))
}

fn power(base: &Ball, exponent: &Exact) -> Real {
    let Exact::Small(size, degree) = *exponent else {
        return Err(Lack::Unknown);
    };
    if degree == 1 {
        return base.raised(size);
    }
    let degree = u32::try_from(degree).ok().filter(|degree| *degree <= 1000).ok_or(Lack::Unknown)?;
    base.root(degree)?.raised(size)
}

fn apply(function: Function, of: &Ball) -> Real {
    match function {
        Function::Abs => Ok(of.clone().size()),
        Function::Ln => of.ln(),
        Function::Sin => of.sin_cos().map(|(sine, _)| sine),
        Function::Cos => of.sin_cos().map(|(_, cosine)| cosine),
        Function::Arcsin => of.arcsin(),
        Function::Arccos => of.arccos(),
        Function::Arctan => of.arctan(),
    }
}

fn near_power(base: f64, exponent: &Exact) -> f64 {
    let Exact::Small(size, degree) = *exponent else {
        return f64::NAN;
    };
    if degree == 1 {
        return match i32::try_from(size) {
            Ok(0) if base == 0.0 => f64::NAN,
            Ok(size) => base.powi(size),
            Err(_) => f64::NAN,
        };
    }
    let exponent = exponent.to_f64();
    match (base < 0.0, degree % 2 == 0) {
        (true, true) => f64::NAN,
        (true, false) => {
            let power = (-base).powf(exponent);
            if size % 2 == 0 { power } else { -power }
        }
        (false, _) => base.powf(exponent),
    }
}
