//! What time does to what is known.
//!
//! The part of a skill that lies above (or below) the student's general ability fades towards it as
//! `r(t) = 1 / (1 + t/h)`: a power curve with exponent −1, the form of FSRS 4 (open-spaced-repetition), in which
//! `h` is exactly the half-life. Power curves fit forgetting better than exponential ones (Wixted and Ebbesen
//! 1991). Every solved item makes the half-life longer, `h = h₀ √(1 + wins)`: spaced retrieval strengthens, with
//! diminishing return (the square roots of counts are the features of half-life regression, Settles and Meeder
//! 2016). `h₀` is about the mean of the simulated students; anything from 20 to 80 days predicts them equally well.

/// Half-life in days of what a student knows of a skill before the first solved item.
pub(crate) const FIRST_HALF_LIFE_DAYS: f64 = 30.0;

/// Half-life of what is known of a skill, in days, after `wins` solved items.
pub(crate) fn half_life_days(wins: u32) -> f64 {
    FIRST_HALF_LIFE_DAYS * (1.0 + f64::from(wins)).sqrt()
}

/// The share of what was known that is still there after `days` ≥ 0 without practice: in (0, 1].
pub(crate) fn retention(days: f64, wins: u32) -> f64 {
    1.0 / (1.0 + days / half_life_days(wins))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_is_left_after_the_half_life() {
        assert_eq!(retention(0.0, 3), 1.0);
        assert!((retention(FIRST_HALF_LIFE_DAYS, 0) - 0.5).abs() < 1e-12);
        assert!((retention(half_life_days(8), 8) - 0.5).abs() < 1e-12);
    }

    #[test]
    fn practice_makes_it_last() {
        assert!(retention(30.0, 9) > retention(30.0, 2));
        assert!(retention(60.0, 5) < retention(30.0, 5));
    }
}
