//! The units of school mathematics: how they are written and what they measure.

mod comparing;
mod measure;
#[cfg(test)]
mod quantity_tests;
mod table;

use crate::exact::{Exact, Rational};
pub use comparing::{Conversion, Outcome, compare_measures};
pub use measure::{Measure, has_unit};
pub use table::TABLE;

/// What a unit measures, as the exponents of the base dimensions.
///
/// In the order of [`Base`]: `m/s²` is 1 for length and −2 for time.
pub type Dimension = [i8; 9];

/// The base dimensions: the seven of the SI, and two more that are counted in schools.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Base {
    /// metre
    Length,
    /// kilogram
    Mass,
    /// second
    Time,
    /// ampere
    Current,
    /// kelvin
    Temperature,
    /// mole
    Amount,
    /// candela
    Luminosity,
    /// krona; other currencies have no fixed value, so they are not here
    Money,
    /// degree: π is irrational, so a radian would have no exact factor
    Angle,
}

/// One row of the table.
#[derive(Debug, Clone, Copy)]
pub struct UnitEntry {
    /// The symbol, with capitals as the SI has them.
    pub symbol: &'static str,
    /// Other ways to write it, in small letters: words in Swedish, Norwegian and English.
    pub words: &'static [&'static str],
    pub dimension: Dimension,
    /// `factor.0/factor.1·10^factor.2` of the base units.
    factor: (u64, u64, i32),
    /// What zero of this unit is in base units, times 100: 27315 for °C.
    zero: u32,
    /// The prefixes it takes, by their symbols.
    prefixes: &'static str,
}

/// A unit word that is known: a row of the table and the power of ten of the prefix.
#[derive(Debug, Clone, Copy)]
pub struct Known {
    pub entry: &'static UnitEntry,
    /// 3 for kilo, 0 for no prefix.
    pub prefix: i32,
}

impl Known {
    /// How many base units (metre, kilogram, second, …) one of it is, exactly.
    #[must_use]
    pub fn factor(&self) -> Rational {
        self.exact_factor().to_rational()
    }

    fn exact_factor(&self) -> Exact {
        let (top, bottom, ten) = self.entry.factor;
        let whole = |value: u64| Exact::from(&Rational::from_integer(value.into()));
        &(&whole(top) / &whole(bottom)) * &power_of_ten(ten + self.prefix)
    }

    /// What its zero is in base units: 273.15 for °C, 0 for nearly all.
    #[must_use]
    pub fn zero(&self) -> Rational {
        Rational::new(self.entry.zero.into(), 100.into())
    }
}

fn power_of_ten(exponent: i32) -> Exact {
    Exact::from_ratio(10, 1).raised(exponent)
}

/// Prefixes with their symbols, the words they begin, and their powers of ten.
const PREFIXES: [(&str, &[&str], i32); 16] = [
    ("da", &["deka", "deca"], 1),
    ("h", &["hekto", "hecto"], 2),
    ("k", &["kilo"], 3),
    ("M", &["mega"], 6),
    ("G", &["giga"], 9),
    ("T", &["tera"], 12),
    ("P", &["peta"], 15),
    ("d", &["deci", "desi"], -1),
    ("c", &["centi"], -2),
    ("m", &["milli"], -3),
    ("µ", &["mikro", "micro"], -6),
    // The Greek letter looks the same as the micro sign, and u is what a keyboard without it has.
    ("μ", &[], -6),
    ("u", &[], -6),
    ("n", &["nano"], -9),
    ("p", &["piko", "pico"], -12),
    ("f", &["femto"], -15),
];

/// Finds what a unit word means: a symbol with its capitals (`kWh`), or a word in any (`Kilometer`).
///
/// ```
/// let known = stepcheck::units::find("km").expect("kilometre");
/// assert_eq!((known.entry.symbol, known.prefix), ("m", 3));
/// assert!(stepcheck::units::find("xyz").is_none());
/// ```
#[must_use]
pub fn find(word: &str) -> Option<Known> {
    let plain = |entry| Known { entry, prefix: 0 };
    if let Some(entry) = TABLE.iter().find(|entry| entry.symbol == word) {
        return Some(plain(entry));
    }
    if let Some(known) = with_prefix(word) {
        return Some(known);
    }
    let small = word.to_lowercase();
    if let Some(entry) = TABLE.iter().find(|entry| entry.words.contains(&small.as_str())) {
        return Some(plain(entry));
    }
    PREFIXES.iter().find_map(|(symbol, words, prefix)| {
        let rest = words.iter().find_map(|prefix| small.strip_prefix(prefix))?;
        let takes = |entry: &&UnitEntry| entry.words.contains(&rest) && entry.takes(symbol);
        TABLE.iter().find(takes).map(|entry| Known { entry, prefix: *prefix })
    })
}

fn with_prefix(word: &str) -> Option<Known> {
    PREFIXES.iter().find_map(|(symbol, _, prefix)| {
        let rest = word.strip_prefix(symbol)?;
        let takes = |entry: &&UnitEntry| entry.symbol == rest && entry.takes(symbol);
        TABLE.iter().find(takes).map(|entry| Known { entry, prefix: *prefix })
    })
}

impl UnitEntry {
    fn takes(&self, prefix: &str) -> bool {
        self.prefixes.split(' ').any(|one| one == prefix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn factor(word: &str) -> Rational {
        find(word).unwrap_or_else(|| panic!("{word} is in the table")).factor()
    }

    #[test]
    fn factors_are_exact() {
        let ratio = |top: i64, bottom: i64| Rational::new(top.into(), bottom.into());
        for (word, top, bottom) in [
            ("cm", 1, 100),
            ("mil", 10_000, 1),
            ("mm", 1, 1000),
            ("kg", 1, 1),
            ("g", 1, 1000),
            ("hg", 1, 10),
            ("ton", 1000, 1),
            ("dl", 1, 10_000),
            ("mL", 1, 1_000_000),
            ("min", 60, 1),
            ("timmar", 3600, 1),
            ("kWh", 3_600_000, 1),
            ("km/h", 0, 1),
            ("öre", 1, 100),
            ("Megawatt", 1_000_000, 1),
            ("kilometer", 1000, 1),
            ("ha", 10_000, 1),
            ("hPa", 100, 1),
        ] {
            if word.contains('/') {
                assert!(find(word).is_none(), "{word} is two units");
            } else {
                assert_eq!(factor(word), ratio(top, bottom), "{word}");
            }
        }
    }

    #[test]
    fn no_word_stands_twice() {
        let mut words: Vec<&str> =
            TABLE.iter().flat_map(|entry| entry.words.iter().copied().chain([entry.symbol])).collect();
        words.sort_unstable();
        assert!(words.windows(2).all(|pair| pair[0] != pair[1]), "{words:?}");
        for entry in &TABLE {
            assert!(entry.words.iter().all(|word| **word == word.to_lowercase()), "{}", entry.symbol);
        }
    }

    #[test]
    fn a_symbol_of_its_own_goes_before_a_prefix() {
        for (word, symbol) in
            [("min", "min"), ("Pa", "Pa"), ("cd", "cd"), ("ha", "ha"), ("dag", "dygn"), ("mol", "mol")]
        {
            assert_eq!(find(word).map(|known| known.entry.symbol), Some(symbol), "{word}");
        }
        assert!(find("Cm").is_none() && find("KG").is_none(), "capitals mean something in symbols");
    }
}
