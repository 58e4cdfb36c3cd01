//! Exact numbers as they are written on a Swedish line: real minus, decimal comma.

use stepcheck::{Rational, rounded};

use super::functions::is_negative;

/// A decimal number in an exercise has at most so many decimals.
const MOST_DECIMALS: usize = 9;

/// How a template wants a number printed, as written after the colon: `{c}`, `{c:+}`, `{c:d}`…
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Form {
    /// How its digits are written.
    digits: Digits,
    /// What surrounds it.
    setting: Setting,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Digits {
    /// As a fraction unless it is whole.
    #[default]
    Fraction,
    /// As a decimal with comma.
    Decimal,
    /// As a decimal rounded to so many places, halves away from zero: `0,67`, `2,50`.
    Rounded(usize),
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Setting {
    /// Alone.
    #[default]
    Plain,
    /// As one more term: ` + 3`, ` − 3`.
    Term,
    /// In brackets when negative: `(−3)`.
    Bracketed,
}

impl Form {
    /// Reads what stands after the colon.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (setting, rest) = match text {
            _ if text.starts_with('+') => (Setting::Term, &text[1..]),
            _ if text.starts_with("()") => (Setting::Bracketed, &text[2..]),
            _ => (Setting::Plain, text),
        };
        let digits = match rest.strip_prefix('d') {
            None if rest.is_empty() && !text.is_empty() => Digits::Fraction,
            Some("") => Digits::Decimal,
            Some(places) => {
                let places = places.parse().ok().filter(|places| *places <= MOST_DECIMALS)?;
                Digits::Rounded(places)
            }
            None => return None,
        };
        Some(Self { digits, setting })
    }

    /// Prints `value` at the end of `line`. `None` when it has no finite decimal form but a
    /// decimal was wanted.
    pub(super) fn print(self, value: &Rational, line: &mut String) -> Option<()> {
        let negative = is_negative(value);
        let size = if negative { -value } else { value.clone() };
        let digits = match self.digits {
            Digits::Fraction => fraction(&size),
            Digits::Decimal => decimal(&size, 0)?,
            Digits::Rounded(places) => decimal(&to_places(&size, places), places)?,
        };
        match (self.setting, negative) {
            (Setting::Term, _) => {
                line.truncate(line.trim_end().len());
                line.push_str(if negative { " − " } else { " + " });
                line.push_str(&digits);
            }
            (Setting::Bracketed, true) => line.push_str(&format!("(−{digits})")),
            (_, true) => line.push_str(&format!("−{digits}")),
            (_, false) => line.push_str(&digits),
        }
        Some(())
    }
}

/// `7` or `7/2`, for a number that is not negative.
fn fraction(size: &Rational) -> String {
    if size.is_integer() { size.numer().to_string() } else { format!("{}/{}", size.numer(), size.denom()) }
}

fn to_places(size: &Rational, places: usize) -> Rational {
    let tenth = Rational::new(1.into(), 10.into());
    rounded(size, &(0..places).fold(Rational::from_integer(1.into()), |unit, _| unit * &tenth))
}

/// `3,25`, for a number that is not negative, with `least` decimals or more; `None` when the decimals never end or are
/// many.
fn decimal(size: &Rational, least: usize) -> Option<String> {
    let ten = Rational::from_integer(10.into());
    let mut scaled = size.clone();
    for places in 0..=MOST_DECIMALS {
        if scaled.is_integer() && places >= least {
            let digits = format!("{:0>width$}", scaled.numer().to_string(), width = places + 1);
            let (whole, part) = digits.split_at(digits.len() - places);
            return Some(match places {
                0 => whole.to_owned(),
                _ => format!("{whole},{part}"),
            });
        }
        scaled *= &ten;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::Form;
    use stepcheck::Rational;

    fn print(form: &str, over: i64, under: i64) -> Option<String> {
        let mut line = "x ".to_owned();
        let form = match form {
            "" => Form::default(),
            other => Form::read(other)?,
        };
        form.print(&Rational::new(over.into(), under.into()), &mut line)?;
        Some(line)
    }

    #[test]
    fn each_form_has_its_look() {
        for (form, over, under, look) in [
            ("", 6, 3, "x 2"),
            ("", -6, 4, "x −3/2"),
            ("+", 3, 1, "x + 3"),
            ("+", -3, 4, "x − 3/4"),
            ("()", -3, 1, "x (−3)"),
            ("()", 3, 1, "x 3"),
            ("d", 13, 4, "x 3,25"),
            ("d", -1, 200, "x −0,005"),
            ("d", 40, 4, "x 10"),
            ("d2", 2, 3, "x 0,67"),
            ("d2", 5, 2, "x 2,50"),
            ("d0", 5, 2, "x 3"),
            ("+d1", -1, 20, "x − 0,1"),
            ("+d", -5, 10, "x − 0,5"),
            ("()d", -5, 10, "x (−0,5)"),
        ] {
            assert_eq!(print(form, over, under).as_deref(), Some(look), "{form}");
        }
    }

    #[test]
    fn endless_decimals_and_unknown_forms_are_refused() {
        assert_eq!(print("d", 1, 3), None);
        for bad in ["x", "++", "d+", "b", "d10", "2"] {
            assert_eq!(Form::read(bad), None, "{bad}");
        }
        assert_eq!(Form::read(""), None);
    }
}
