//! What somebody can, as people see it: so many of ten, and a band as wide as the doubt.

use adaptive::Mastery;

use super::{frame::Html, speech::Language};

/// From here on a skill counts as held, in its colour.
const HELD: f64 = 0.75;
/// Below this there is much left to learn, in its colour.
const EARLY: f64 = 0.45;

/// An estimate that enough is known to show.
pub struct Estimate {
    /// 0-10
    pub of_ten: u8,
    /// The ends of the 90 % interval, 0-10.
    pub low: u8,
    pub high: u8,
    /// can, early or nothing: the class that shades a cell.
    pub shade: &'static str,
    /// The band on a line from 0 to 10, drawn.
    pub band: Html,
}

impl Estimate {
    /// Nothing where too little is known.
    #[must_use]
    pub fn of(mastery: &Mastery) -> Option<Self> {
        let Mastery { probability, low, high, enough } = *mastery;
        enough.then(|| Self {
            of_ten: tenths(probability),
            low: tenths(low),
            high: tenths(high),
            shade: shade(probability),
            band: band(probability, low, high),
        })
    }
}

fn tenths(probability: f64) -> u8 {
    let known = (probability * 10.0).round().clamp(0.0, 10.0);
    (0_u8..=10).find(|whole| f64::from(*whole) >= known).unwrap_or(10)
}

fn shade(probability: f64) -> &'static str {
    match probability {
        p if p >= HELD => "can",
        p if p < EARLY => "early",
        _ => "",
    }
}

fn band(probability: f64, low: f64, high: f64) -> Html {
    let (from, wide) = (low * 10.0, (high - low) * 10.0);
    let dot = (probability * 10.0 - 0.14).clamp(0.0, 9.72);
    Html(format!(
        "<svg class=\"span\" viewBox=\"0 0 10 1\" preserveAspectRatio=\"none\" aria-hidden=\"true\">\
         <path class=\"base\" d=\"M0 .5h10\"/><rect class=\"band\" x=\"{from:.2}\" y=\".1\" width=\"{wide:.2}\" height=\".8\"/>\
         <rect class=\"dot\" x=\"{dot:.2}\" y=\"0\" width=\".28\" height=\"1\"/></svg>"
    ))
}

/// A number with one decimal, «8,6» in Swedish.
#[must_use]
pub fn one_decimal(language: Language, number: f64) -> String {
    let text = format!("{number:.1}");
    match language {
        Language::Swedish => text.replace('.', ","),
        Language::English => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mastery(probability: f64, low: f64, high: f64) -> Mastery {
        Mastery { probability, low, high, enough: true }
    }

    #[test]
    fn an_estimate_is_told_in_tenths_with_its_doubt() {
        let estimate = Estimate::of(&mastery(0.68, 0.46, 0.84)).map(|e| (e.of_ten, e.low, e.high, e.shade));
        assert_eq!(estimate, Some((7, 5, 8, "")));
        assert_eq!(Estimate::of(&mastery(0.75, 0.6, 0.9)).map(|e| (e.of_ten, e.shade)), Some((8, "can")));
        assert_eq!(Estimate::of(&mastery(0.44, 0.2, 0.7)).map(|e| (e.of_ten, e.shade)), Some((4, "early")));
    }

    #[test]
    fn what_is_not_known_is_not_shown() {
        assert!(Estimate::of(&Mastery { enough: false, ..mastery(0.9, 0.1, 1.0) }).is_none());
    }

    #[test]
    fn the_band_stays_on_its_line() {
        let drawn = band(0.999, 0.8, 1.0).0;
        assert!(drawn.contains(r#"class="band" x="8.00" y=".1" width="2.00""#), "{drawn}");
        assert!(drawn.contains(r#"class="dot" x="9.72""#), "{drawn}");
    }

    #[test]
    fn decimals_have_a_comma_in_swedish() {
        assert_eq!(one_decimal(Language::Swedish, 8.64), "8,6");
        assert_eq!(one_decimal(Language::English, 8.64), "8.6");
    }
}
