//! Scales with ticks, as on a number line and on the axes of a coordinate system or a chart.

use stepcheck::Rational;

use super::label::Label;
use super::source::{Number, both, mixed, printed, real};
use crate::exercises::formula::Values;

/// More ticks can't be told apart.
const MOST_TICKS: usize = 200;

/// From where to where, and the ticks between.
#[derive(Clone, Debug)]
pub(super) struct Scale {
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) ticks: Vec<Tick>,
}

/// One tick: where it is, and the number that may stand there.
#[derive(Clone, Debug)]
pub(super) struct Tick {
    pub(super) at: f64,
    value: Rational,
    pub(super) label: Label,
}

impl Scale {
    /// Ticks at `from`, then a `step` apart, none beyond `to`.
    pub(super) fn read(from: &Number, to: &Number, step: &Number, values: &Values) -> Result<Self, String> {
        Self::of(&from.exact(values)?, &to.exact(values)?, &step.exact(values)?)
    }

    pub(super) fn of(from: &Rational, to: &Rational, step: &Rational) -> Result<Self, String> {
        if *step <= Rational::from_integer(0.into()) {
            return Err(format!("step is {step}; write a step above 0"));
        }
        if from >= to {
            return Err(format!("it goes from {from} to {to}; «from» must be the smaller one"));
        }
        if (real(to) - real(from)) / real(step) > MOST_TICKS as f64 {
            return Err(format!("from {from} to {to} by {step} are more than {MOST_TICKS} steps; write a larger step"));
        }
        let mut ticks = Vec::new();
        let mut value = from.clone();
        while value <= *to {
            ticks.push(Tick { at: real(&value), value: value.clone(), label: Label::new(&both(printed(&value))) });
            value += step;
        }
        Ok(Self { from: real(from), to: real(to), ticks })
    }

    /// With fractions instead of decimals.
    pub(super) fn in_fractions(mut self) -> Self {
        for tick in &mut self.ticks {
            tick.label = Label::new(&both(mixed(&tick.value)));
        }
        self
    }

    /// Where `value` is on a line of the length `long` that begins at 0.
    pub(super) fn place(&self, value: f64, long: f64) -> f64 {
        (value - self.from) / (self.to - self.from) * long
    }

    /// Says so when `value` is not on it.
    pub(super) fn holds(&self, what: &str, value: f64) -> Result<(), String> {
        // Half a pixel's worth of floating point is not a slip.
        let slack = (self.to - self.from) * 1e-9;
        match (self.from - slack..=self.to + slack).contains(&value) {
            true => Ok(()),
            false => {
                Err(format!("{what} is at {value}, outside {} to {}; let the scale go farther", self.from, self.to))
            }
        }
    }

    /// Which ticks get their numbers: every `every`-th counted from 0 (or from the first, where 0 is none of them), or
    /// fewer where they would stand too close on a line of the length `long`. `takes` says how much of it a number takes.
    pub(super) fn numbered(&self, every: usize, long: f64, takes: impl Fn(&Label) -> f64) -> Vec<usize> {
        let zero = self.ticks.iter().position(|tick| tick.at == 0.0).unwrap_or(0);
        let apart = self.ticks.get(1).map_or(long, |second| self.place(second.at, long));
        let widest = self.ticks.iter().map(|tick| takes(&tick.label)).fold(0.0, f64::max);
        let every = every.max(1);
        let fits = |factor: &&usize| apart * (every * **factor) as f64 >= widest;
        let factor = [1, 2, 5, 10, 20, 50, 100, 200].iter().find(fits).copied().unwrap_or(MOST_TICKS);
        (0..self.ticks.len()).filter(|i| i.abs_diff(zero).is_multiple_of(every * factor)).collect()
    }
}
