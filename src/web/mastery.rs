//! A mastery as people read it: a number out of ten with a band, never a per cent with decimals.

use adaptive::Mastery;

/// What a band shows: whole tenths, `low <= value <= high`.
pub struct Band {
    pub value: u8,
    pub low: u8,
    pub high: u8,
    /// Enough is known to say a number.
    pub enough: bool,
    /// Edges of the band on a line from 0 to 10, for SVG.
    pub from: String,
    pub width: String,
    pub dot: String,
}

/// The band of a mastery.
#[must_use]
pub fn band(mastery: &Mastery) -> Band {
    let value = tenths(mastery.probability);
    Band {
        value,
        low: tenths(mastery.low).min(value),
        high: tenths(mastery.high).max(value),
        enough: mastery.enough,
        from: format!("{:.2}", mastery.low * 10.0),
        width: format!("{:.2}", (mastery.high - mastery.low).max(0.02) * 10.0),
        dot: format!("{:.2}", (mastery.probability * 10.0 - 0.14).clamp(0.0, 9.72)),
    }
}

fn tenths(probability: f64) -> u8 {
    (0..=10).min_by_key(|n| ((f64::from(*n) - probability * 10.0).abs() * 1_000.0).round() as u32).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_band_holds_its_value() {
        let band = band(&Mastery { probability: 0.72, low: 0.5, high: 0.84, enough: true });
        assert_eq!((band.low, band.value, band.high), (5, 7, 8));
    }
}
