//! Small things that people type or their browsers send.

use stegvis::{
    maraton::{LONGEST_METRES, read_kilometres, read_minutes},
    web::Language,
};

/// Kilometres, minutes, and the languages that a browser asks for.
///
/// Oracle: a distance is exactly what its digits say, cut to metres, and within its bounds; minutes likewise; a language
/// that is found stands in the header.
pub fn typed(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    if let Some(metres) = read_kilometres(text) {
        assert!((1..=LONGEST_METRES).contains(&metres), "{text:?} is read as {metres} m");
        let digits: String = text.chars().filter(|sign| sign.is_ascii_digit() || matches!(sign, ',' | '.')).collect();
        let (whole, part) = digits.split_once([',', '.']).unwrap_or((&digits, ""));
        let written = format!("{whole}{}", part.chars().chain("000".chars()).take(3).collect::<String>());
        assert_eq!(written.parse(), Ok(metres), "{text:?} is read as {metres} m");
    }
    if let Ok(Some(minutes)) = read_minutes(text) {
        assert!((1..=1440).contains(&minutes), "{text:?} is read as {minutes} minutes");
        assert_eq!(text.trim().trim_start_matches(['+', '0']), minutes.to_string(), "{text:?} is read as {minutes}");
    }
    if let Some(language) = Language::accepted(text) {
        assert!(text.contains(language.code()), "{text:?} does not ask for {language:?}");
    }
}
