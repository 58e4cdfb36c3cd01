//! The scale everything is measured on: natural log odds.

/// Log odds: 0 is even chance, +1 about 73 %, +2 about 88 %. Abilities and difficulties share the scale, and
/// `ability − difficulty` is the log odds of solving (Rasch 1960).
pub type Logit = f64;

/// No ability or difficulty is taken to be further from 0 than this, so that no probability rounds to 0 or 1.
pub(crate) const LIMIT: Logit = 8.0;

/// The probability of the log odds `z`: `1 / (1 + e^−z)`.
pub fn logistic(z: Logit) -> f64 {
    1.0 / (1.0 + libm::exp(-z))
}

/// The log odds of a probability, which must lie strictly between 0 and 1.
pub fn logit(probability: f64) -> Logit {
    libm::log(probability / (1.0 - probability))
}

/// Keeps a logit within ±[`LIMIT`]; what is not a number counts as 0, the typical.
pub(crate) fn bounded(value: Logit) -> Logit {
    if value.is_nan() { 0.0 } else { value.clamp(-LIMIT, LIMIT) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logit_undoes_logistic() {
        for z in [-5.0, -0.3, 0.0, 1.1, 4.0] {
            assert!((logit(logistic(z)) - z).abs() < 1e-12);
        }
    }

    #[test]
    fn what_is_no_number_is_typical() {
        assert_eq!(bounded(f64::NAN), 0.0);
        assert_eq!(bounded(f64::INFINITY), LIMIT);
    }
}
