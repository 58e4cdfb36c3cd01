//! Values at fixed points.

use crate::tree::{Expr, Name, Statement};
use crate::value::{Line, Point, lower};

const POINTS: usize = 3;
/// Two values that differ by less than so much of their size count as equal.
const NEAR: f64 = 1e-9;

/// The values of an expression at three fixed points. Not a proof: what agrees is to be compared.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Probe([f64; POINTS]);

impl Probe {
    /// `None` if it has no value as a number, such as `±3`.
    pub(crate) fn of(expr: &Expr) -> Option<Self> {
        let Ok(Line::Value(term)) = lower(&Statement::Expression(expr.clone())) else { return None };
        let names = expr.names();
        Some(Self(std::array::from_fn(|round| {
            let point: Point<f64> = Point::new(names.iter().map(|name| (*name, value(*name, round))).collect());
            term.near(&point)
        })))
    }

    /// True if both may be worth the same: they are at every point at which either has a value.
    pub(crate) fn agrees(&self, other: &Self) -> bool {
        let near = |a: f64, b: f64| (a.is_nan() && b.is_nan()) || (a - b).abs() <= NEAR * (1.0 + a.abs().max(b.abs()));
        self.0.iter().zip(other.0).all(|(a, b)| near(*a, b))
    }

    /// The number by which the first is multiplied to be worth the second, if there may be one.
    pub(crate) fn ratio(&self, other: &Self) -> Option<f64> {
        let ratio = other.0[0] / self.0[0];
        (ratio.is_finite() && ratio != 0.0 && Self(self.0.map(|value| value * ratio)).agrees(other)).then_some(ratio)
    }

    pub(crate) fn minus(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|at| self.0[at] - other.0[at]))
    }

    pub(crate) fn is_zero(&self) -> bool {
        self.0.iter().all(|value| value.abs() <= NEAR)
    }
}

/// The value of a name in a round: positive, so that roots have values, and different for each name.
fn value(name: Name, round: usize) -> f64 {
    let mut mixed = 0x51_7C_C1_B7_u32;
    for byte in name.as_str().bytes() {
        mixed = (mixed ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    let fraction = f64::from(mixed % 1009) / 1009.0;
    [0.71, 1.93, 5.37][round % POINTS] + fraction * [0.5, 1.0, 3.0][round % POINTS]
}
