//! Numbers as they are written in the reader's language: decimal comma in Swedish, point in English, a thin no-break
//! space for thousands in both.

use super::speech::Language;

/// Between groups of three digits.
const THIN: char = '\u{202f}';

/// A whole number, «1 012».
#[must_use]
pub fn whole(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(THIN);
        }
        grouped.push(digit);
    }
    grouped
}

/// Metres as kilometres with one decimal, rounded half up: «24,2». For sums and means. Less than nothing is nothing.
#[must_use]
pub fn kilometres(metres: i64, language: Language) -> String {
    let tenths = (u64::try_from(metres).unwrap_or_default() + 50) / 100;
    format!("{}{}{}", whole(tenths / 10), decimal_sign(language), tenths % 10)
}

/// Metres as kilometres with all the decimals they have, at most three: «3,2», «0,04», «7». For what somebody reported.
#[must_use]
pub fn distance(metres: i64, language: Language) -> String {
    let metres = u64::try_from(metres).unwrap_or_default();
    let decimals = format!("{:03}", metres % 1000);
    match decimals.trim_end_matches('0') {
        "" => whole(metres / 1000),
        decimals => format!("{}{}{decimals}", whole(metres / 1000), decimal_sign(language)),
    }
}

/// A number with one decimal, «8,6».
#[must_use]
pub fn one_decimal(number: f64, language: Language) -> String {
    format!("{number:.1}").replace('.', &decimal_sign(language).to_string())
}

/// A share of one with four decimals, «0,4875».
#[must_use]
pub fn share(share: f64, language: Language) -> String {
    format!("{share:.4}").replace('.', &decimal_sign(language).to_string())
}

const fn decimal_sign(language: Language) -> char {
    match language {
        Language::Swedish => ',',
        Language::English => '.',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SV: Language = Language::Swedish;

    #[test]
    fn thousands_stand_in_groups_of_three() {
        for (number, written) in [
            (0, "0"),
            (7, "7"),
            (999, "999"),
            (1_000, "1\u{202f}000"),
            (12_345, "12\u{202f}345"),
            (100_000, "100\u{202f}000"),
            (1_234_567, "1\u{202f}234\u{202f}567"),
        ] {
            assert_eq!(whole(number), written);
        }
    }

    #[test]
    fn sums_have_one_decimal_rounded_half_up() {
        for (metres, written) in [
            (0, "0,0"),
            (49, "0,0"),
            (50, "0,1"),
            (3_200, "3,2"),
            (3_249, "3,2"),
            (3_250, "3,3"),
            (9_950, "10,0"),
            (42_195, "42,2"),
            (1_012_800, "1\u{202f}012,8"),
            (-5_000, "0,0"),
        ] {
            assert_eq!(kilometres(metres, SV), written, "{metres}");
        }
        assert_eq!(kilometres(1_012_800, Language::English), "1\u{202f}012.8");
    }

    #[test]
    fn one_decimal_has_the_sign_of_the_language() {
        assert_eq!(one_decimal(8.64, SV), "8,6");
        assert_eq!(one_decimal(8.64, Language::English), "8.6");
    }

    #[test]
    fn a_distance_keeps_what_was_reported() {
        for (metres, written) in
            [(3_200, "3,2"), (40, "0,04"), (7_000, "7"), (42_195, "42,195"), (500, "0,5"), (1_200_000, "1\u{202f}200")]
        {
            assert_eq!(distance(metres, SV), written, "{metres}");
        }
        assert_eq!(distance(3_050, Language::English), "3.05");
    }
}
