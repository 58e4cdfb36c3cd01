//! Letters by which options and pieces are handed in: `B`, `B, D`, `C A B`, `1C, 2A`.

/// The letter of a place: A for 0. There are never more than 26.
pub(super) fn letter(place: usize) -> char {
    u8::try_from(place).ok().filter(|place| *place < 26).map_or('?', |place| char::from(b'A' + place))
}

/// The places of the letters in `typed`, in the order they stand in. `None` if there is anything else in it, a letter
/// beyond the first `count`, or one twice.
pub(super) fn places(typed: &str, count: usize) -> Option<Vec<usize>> {
    let mut places = Vec::new();
    for sign in typed.chars().filter(|sign| !is_between(*sign)) {
        let place = place(sign, count).filter(|place| !places.contains(place))?;
        places.push(place);
    }
    Some(places)
}

/// The pairs of a number (1 and up) and a letter in `typed`, as places. `None` if there is anything else in it.
pub(super) fn pairs(typed: &str, numbers: usize, letters: usize) -> Option<Vec<(usize, usize)>> {
    let mut pairs = Vec::new();
    let mut signs = typed.chars().filter(|sign| !is_between(*sign)).peekable();
    while signs.peek().is_some() {
        let mut number = String::new();
        while let Some(digit) = signs.next_if(char::is_ascii_digit) {
            number.push(digit);
        }
        let number = number.parse::<usize>().ok().filter(|number| (1..=numbers).contains(number))? - 1;
        let letter = place(signs.next()?, letters)?;
        if pairs.iter().any(|(other, _)| *other == number) {
            return None;
        }
        pairs.push((number, letter));
    }
    Some(pairs)
}

fn is_between(sign: char) -> bool {
    sign.is_whitespace() || matches!(sign, ',' | ';' | '.' | ':' | '-' | '–' | '→' | '=' | '<' | '>' | '(' | ')')
}

fn place(sign: char, count: usize) -> Option<usize> {
    let sign = sign.to_ascii_uppercase();
    (0..count).find(|at| letter(*at) == sign)
}

#[cfg(test)]
mod tests {
    use super::{pairs, places};

    #[test]
    fn letters_are_read_however_they_are_set_apart() {
        for typed in ["B, D", "bd", "B D", "b;D", "(B), (D)"] {
            assert_eq!(places(typed, 4), Some(vec![1, 3]), "{typed}");
        }
        assert_eq!(places("", 4), Some(vec![]));
        for typed in ["E", "BB", "5", "Bö"] {
            assert_eq!(places(typed, 4), None, "{typed}");
        }
    }

    #[test]
    fn pairs_are_read_however_they_are_set_apart() {
        for typed in ["1C, 2A, 3B", "1c2a3b", "1–C 2–A 3–B"] {
            assert_eq!(pairs(typed, 3, 4), Some(vec![(0, 2), (1, 0), (2, 1)]), "{typed}");
        }
        for typed in ["C1", "1", "4A", "1E", "1A 1B"] {
            assert_eq!(pairs(typed, 3, 4), None, "{typed}");
        }
    }
}
