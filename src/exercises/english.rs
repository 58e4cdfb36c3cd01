//! How a text of the bank writes mathematics in English: the files have numbers and signs as in a Swedish book in both
//! languages.

/// The text with decimal points for commas, `×` for `·` between numbers and `÷` for ` : `; ratios (`1:50`), times of day
/// and products with letters stay.
pub(super) fn in_english(text: &str) -> String {
    let signs: Vec<char> = text.chars().collect();
    let near = |at: Option<usize>| at.and_then(|at| signs.get(at)).copied();
    let is_number = |sign: Option<char>| sign.is_some_and(|sign| sign.is_ascii_digit() || sign == '□');
    let mut english = String::with_capacity(text.len());
    for (at, sign) in signs.iter().enumerate() {
        let (before, after) = (near(at.checked_sub(1)), near(at.checked_add(1)));
        // On the other side of the spaces that stand around a sign.
        let beyond = || (near(at.checked_sub(2)), near(at.checked_add(2)));
        let is_spaced = before == Some(' ') && after == Some(' ');
        english.push(match sign {
            ',' if is_number(before) && is_number(after) => '.',
            ':' if is_spaced => '÷',
            '·' if is_spaced && is_number(beyond().0) && is_number(beyond().1) => '×',
            other => *other,
        });
    }
    english
}

/// The same text with the numbers and signs of the files, so that it can be looked through for them.
pub(super) fn as_written(english: &str) -> String {
    let signs: Vec<char> = english.chars().collect();
    let is_digit = |at: Option<usize>| at.and_then(|at| signs.get(at)).is_some_and(char::is_ascii_digit);
    let written = |(at, sign): (usize, &char)| match sign {
        '.' if is_digit(at.checked_sub(1)) && is_digit(at.checked_add(1)) => ',',
        '÷' => ':',
        '×' => '·',
        other => *other,
    };
    signs.iter().enumerate().map(written).collect()
}

#[cfg(test)]
mod tests {
    use super::{as_written, in_english};

    #[test]
    fn numbers_and_signs_are_those_of_an_english_book() {
        for (written, english) in [
            ("22,5 cm and 1 000,25 kr", "22.5 cm and 1 000.25 kr"),
            ("Use π ≈ 3,14.", "Use π ≈ 3.14."),
            ("0,111… = 1 · 0,111…", "0.111… = 1 × 0.111…"),
            ("Work out 84 : 4.", "Work out 84 ÷ 4."),
            ("the points (3, 5) and (4, 1)", "the points (3, 5) and (4, 1)"),
            ("1:50, 12:30 and x · x", "1:50, 12:30 and x · x"),
            ("5 · □ = 15", "5 × □ = 15"),
            (": ·,", ": ·,"),
        ] {
            assert_eq!(in_english(written), english);
            assert_eq!(as_written(english), written);
        }
    }
}
