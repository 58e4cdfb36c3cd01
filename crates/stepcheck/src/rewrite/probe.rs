//! Values at fixed points.

use super::near::{At, ROUNDS, is_near, near, near_with};
use crate::tree::Expr;

/// The values of an expression at three fixed points. Not a proof: what agrees is to be compared.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Probe([f64; ROUNDS]);

impl Probe {
    /// `None` if it has no value as a number, such as `±3`.
    pub(crate) fn of(expr: &Expr) -> Option<Self> {
        Self::known(std::array::from_fn(|round| near(expr, At::round(round))))
    }

    /// Of `expr` with `new` in place of the part at the end of `way`.
    pub(crate) fn with_part(expr: &Expr, way: &[u8], new: &Expr) -> Option<Self> {
        Self::known(std::array::from_fn(|round| with_part(expr, way, new, At::round(round))))
    }

    /// True if `expr` may be worth this with `new` in place of the part at the end of `way`.
    pub(crate) fn is_with_part(&self, expr: &Expr, way: &[u8], new: &Expr) -> bool {
        self.0.iter().enumerate().all(|(round, value)| is_near(*value, with_part(expr, way, new, At::round(round))))
    }

    fn known(values: [f64; ROUNDS]) -> Option<Self> {
        values.iter().any(|value| !value.is_nan()).then_some(Self(values))
    }

    /// True if both may be worth the same: they are at every point at which either has a value.
    pub(crate) fn agrees(&self, other: &Self) -> bool {
        self.0.iter().zip(other.0).all(|(a, b)| is_near(*a, b))
    }

    /// True if both may be worth the same, or one the other's opposite.
    pub(crate) fn agrees_but_for_sign(&self, other: &Self) -> bool {
        self.agrees(other) || self.agrees(&Self(other.0.map(|value| -value)))
    }

    /// The number by which the first is multiplied to be worth the second, if there may be one.
    pub(crate) fn ratio(&self, other: &Self) -> Option<f64> {
        let ratio = other.0[0] / self.0[0];
        (ratio.is_finite() && ratio != 0.0 && Self(self.0.map(|value| value * ratio)).agrees(other)).then_some(ratio)
    }

    pub(crate) fn minus(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|at| self.0[at] - other.0[at]))
    }

    pub(crate) fn values(&self) -> [f64; ROUNDS] {
        self.0
    }
}

fn with_part(expr: &Expr, way: &[u8], new: &Expr, at: At) -> f64 {
    near_with(expr, way, near(new, at), at)
}
