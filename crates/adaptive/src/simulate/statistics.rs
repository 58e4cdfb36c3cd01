//! Means with intervals over students, by resampling them.

use serde::{Deserialize, Serialize};

use crate::chance::Dice;

const RESAMPLES: usize = 2000;

/// A figure with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    pub value: f64,
    pub low: f64,
    pub high: f64,
}

impl Interval {
    /// Whether all of it lies above 0.
    pub fn is_above_zero(&self) -> bool {
        self.low > 0.0
    }

    /// Whether all of it lies below 0.
    pub fn is_below_zero(&self) -> bool {
        self.high < 0.0
    }
}

/// A mean over students (percentile bootstrap, Efron 1979). Nothing but 0 without students.
pub fn mean(values: &[f64], seed: u64) -> Interval {
    let pairs: Vec<(f64, f64)> = values.iter().map(|&v| (v, 0.0)).collect();
    resampled(&pairs, seed, |ours, _| ours)
}

/// The mean difference between two ways met by the same students, first less second: students are resampled with both
/// their figures, so that what students have in common falls out.
pub fn difference(pairs: &[(f64, f64)], seed: u64) -> Interval {
    resampled(pairs, seed, |ours, other| ours - other)
}

/// How much larger the first mean is than the second, in per cent of the second.
pub fn per_cent_more(pairs: &[(f64, f64)], seed: u64) -> Interval {
    resampled(pairs, seed, |ours, other| if other > 0.0 { 100.0 * (ours / other - 1.0) } else { 0.0 })
}

fn resampled(pairs: &[(f64, f64)], seed: u64, of_means: impl Fn(f64, f64) -> f64) -> Interval {
    if pairs.is_empty() {
        return Interval { value: 0.0, low: 0.0, high: 0.0 };
    }
    let many = pairs.len() as f64;
    let of = |sums: (f64, f64)| of_means(sums.0 / many, sums.1 / many);
    let add = |sums: (f64, f64), pair: &(f64, f64)| (sums.0 + pair.0, sums.1 + pair.1);
    let mut chance = Dice::new(seed);
    let mut drawn: Vec<f64> = (0..RESAMPLES)
        .map(|_| of((0..pairs.len()).fold((0.0, 0.0), |sums, _| add(sums, &pairs[chance.below(pairs.len())]))))
        .collect();
    drawn.sort_by(f64::total_cmp);
    let at = |share: f64| drawn[(share * (RESAMPLES - 1) as f64) as usize];
    Interval { value: of(pairs.iter().fold((0.0, 0.0), add)), low: at(0.025), high: at(0.975) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::Chance;

    #[test]
    fn the_interval_of_a_mean_is_as_wide_as_theory_says() {
        let mut chance = Chance::new(3);
        let values: Vec<f64> = (0..400).map(|_| 5.0 + 2.0 * chance.normal()).collect();
        let Interval { value, low, high } = mean(&values, 1);
        assert!(low < value && value < high);
        // 2 · 1.96 · 2 / √400 = 0.392.
        assert!((high - low - 0.392).abs() < 0.06, "{low} {high}");
        assert!((value - 5.0).abs() < 0.3);
    }

    #[test]
    fn pairs_take_out_what_students_have_in_common() {
        let mut chance = Chance::new(4);
        let pairs: Vec<(f64, f64)> = (0..200)
            .map(|_| {
                let both = 10.0 + 5.0 * chance.normal();
                (both + 1.0 + 0.1 * chance.normal(), both)
            })
            .collect();
        let paired = difference(&pairs, 1);
        assert!(paired.is_above_zero() && paired.high - paired.low < 0.05, "{paired:?}");
        assert!((per_cent_more(&pairs, 1).value - 10.0).abs() < 1.5);
        let turned: Vec<_> = pairs.iter().map(|&(a, b)| (b, a)).collect();
        assert!(difference(&turned, 1).is_below_zero());
    }

    #[test]
    fn nothing_comes_of_nobody() {
        assert_eq!(mean(&[], 1), Interval { value: 0.0, low: 0.0, high: 0.0 });
    }
}
