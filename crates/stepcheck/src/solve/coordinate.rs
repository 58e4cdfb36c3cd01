//! Places on the number line.

use std::cmp::Ordering;

use crate::ball::Ball;
use crate::compare::RealNumber;
use crate::exact::{Exact, Rational};
use crate::numeric::{CERTAIN_DIGITS, rounded, unit_of_digit};
use crate::value::Term;

/// A real number: rational, or so well known that it can be told from its neighbours.
#[derive(Debug, Clone)]
pub(crate) enum Coordinate {
    Rational(Exact),
    /// Two of them are taken for equal if their balls meet.
    Real(Ball),
}

impl Coordinate {
    pub(crate) fn ball(&self) -> Ball {
        match self {
            Self::Rational(value) => Ball::from_exact(value),
            Self::Real(ball) => ball.clone(),
        }
    }

    pub(crate) fn near(&self) -> f64 {
        match self {
            Self::Rational(value) => value.to_f64(),
            Self::Real(ball) => ball.to_f64(),
        }
    }

    /// Its value, to so many digits as are certain if it is not rational; `None` if it is far too large or small.
    pub(crate) fn to_rational(&self) -> Option<Rational> {
        match self {
            Self::Rational(value) => Some(value.to_rational()),
            Self::Real(ball) => {
                let middle = ball.to_rational()?;
                Some(unit_of_digit(&middle, CERTAIN_DIGITS).map_or(middle.clone(), |unit| rounded(&middle, &unit)))
            }
        }
    }

    pub(crate) fn term(&self) -> Term {
        match self {
            Self::Rational(value) => Term::Number(value.clone()),
            Self::Real(ball) => Term::Real(Box::new(ball.clone())),
        }
    }

    /// The order of the two; equal also if they cannot be told apart.
    pub(crate) fn order(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Rational(a), Self::Rational(b)) => a.order(b),
            _ => self.ball().order(&other.ball()).unwrap_or(Ordering::Equal),
        }
    }

    /// A number between two different ones, simple if there is one.
    pub(crate) fn between(&self, other: &Self) -> Self {
        let (low, high) = (self.near(), other.near());
        let middle = f64::midpoint(low, high);
        let simple = [middle.round(), (middle * 16.0).round() / 16.0, middle];
        let found = simple.into_iter().find(|value| {
            let place = Self::Rational(Exact::from_f64(*value));
            value.is_finite() && self.order(&place).is_lt() && place.order(other).is_lt()
        });
        match found {
            Some(value) => Self::Rational(Exact::from_f64(value)),
            None => Self::Real(self.ball().plus(&other.ball()).times(&Ball::binary(1.into(), -1)).midpoint()),
        }
    }

    /// A number beyond it, to the left or to the right.
    pub(crate) fn beyond(&self, right: bool) -> Self {
        let near = self.near();
        let step = 1.0 + near.abs().floor();
        let value = if right { (near + step).ceil() } else { (near - step).floor() };
        if value.is_finite() && value.abs() < 1e15 {
            return Self::Rational(Exact::from_f64(value));
        }
        let step = Ball::from_f64(1.0).plus(&self.ball().size());
        let ball = if right { self.ball().plus(&step) } else { self.ball().minus(&step) };
        Self::Real(ball.midpoint())
    }
}

impl From<&Coordinate> for RealNumber {
    fn from(place: &Coordinate) -> Self {
        match place {
            Coordinate::Rational(value) => Self::from(value),
            Coordinate::Real(ball) => Self { exact: None, near: ball.to_f64() },
        }
    }
}
