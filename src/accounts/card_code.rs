//! What a login card says: 128 random bits, as a camera reads them and as people can type them.
//!
//! The number stands in Crockford's base 32 (<https://www.crockford.com/base32.html>), 26 signs, with two more that are the
//! number modulo 1021. That is a prime above 31 · 31, so one wrong sign, or two neighbours in the wrong order, is always
//! noticed: a slip is told from a card that opens nothing.

/// Digits, and capitals without those that are taken for another.
const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Signs of the number.
const OF_NUMBER: usize = 26;
/// All signs: seven groups of four.
const LENGTH: usize = 28;
/// The largest prime that two signs have room for.
const CHECK: u128 = 1021;

/// The secret of a card.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct CardCode(u128);

impl CardCode {
    /// The code of these bytes, which have to be random.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(u128::from_be_bytes(bytes))
    }

    /// The code as people type it: small letters, spaces and hyphens are nothing, O is a zero, I and L are ones. From a
    /// whole address what stands after the `#` counts.
    #[must_use]
    pub fn read(typed: &str) -> Option<Self> {
        let (_, code) = typed.rsplit_once('#').unwrap_or(("", typed));
        let values: Vec<u128> = code
            .chars()
            .filter(|sign| !sign.is_whitespace() && !matches!(sign, '-' | '–'))
            .map(value)
            .collect::<Option<_>>()?;
        // The first sign has three bits.
        if values.len() != LENGTH || values[0] >= 8 {
            return None;
        }
        let together = |values: &[u128]| values.iter().fold(0, |number, value| number << 5 | value);
        let (number, check) = (together(&values[..OF_NUMBER]), together(&values[OF_NUMBER..]));
        (number % CHECK == check).then_some(Self(number))
    }

    /// All signs in a row, in capitals.
    #[must_use]
    pub fn to_text(self) -> String {
        let sign = |number: u128, at: usize| char::from(SIGNS[(number >> (5 * at) & 31) as usize]);
        let number = (0..OF_NUMBER).rev().map(|at| sign(self.0, at));
        number.chain((0..LENGTH - OF_NUMBER).rev().map(|at| sign(self.0 % CHECK, at))).collect()
    }

    /// The same in groups of four, for eyes.
    #[must_use]
    pub fn in_groups(self) -> String {
        let text = self.to_text();
        let groups: Vec<&str> = (0..LENGTH / 4).map(|at| &text[at * 4..at * 4 + 4]).collect();
        groups.join("-")
    }
}

fn value(sign: char) -> Option<u128> {
    let sign = match sign.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        sign => sign,
    };
    SIGNS.iter().position(|known| char::from(*known) == sign).map(|value| value as u128)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = CardCode(0x0123_4567_89AB_CDEF_0123_4567_89AB_CDEF);
        assert_eq!(code.in_groups(), "014D-2PF2-DBSQ-QG28-T5CY-4TQK-FFKN");
        for typed in [
            "014D-2PF2-DBSQ-QG28-T5CY-4TQK-FFKN",
            "ol4d 2pf2 dbsq qg28 t5cy 4tqk ffkn",
            " 014D2PF2DBSQQG28T5CY4TQKFFKN\n",
            "https://stegvis.example/card#014D2PF2DBSQQG28T5CY4TQKFFKN",
        ] {
            assert!(CardCode::read(typed) == Some(code), "{typed}");
        }
        for typed in ["", "#", "014D", "014D-2PF2-DBSQ-QG28-T5CY-4TQK-FFK", "Å14D-2PF2-DBSQ-QG28-T5CY-4TQK-FFKN"] {
            assert!(CardCode::read(typed).is_none(), "{typed}");
        }
        // More than 128 bits.
        assert!(CardCode::read(&format!("80000000000000000000000000{}", "00")).is_none());
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(number: u128) {
            prop_assert!(CardCode::read(&CardCode(number).to_text()) == Some(CardCode(number)));
            prop_assert!(CardCode::read(&CardCode(number).in_groups().to_lowercase()) == Some(CardCode(number)));
        }

        #[test]
        fn one_slip_is_always_noticed(number: u128, at in 0..LENGTH, other in 0..32_usize) {
            let right = CardCode(number).to_text();
            let mut wrong = right.clone().into_bytes();
            wrong[at] = SIGNS[other];
            prop_assume!(wrong != right.as_bytes());
            prop_assert!(CardCode::read(&String::from_utf8(wrong).unwrap_or_default()).is_none());
        }

        #[test]
        fn two_neighbours_in_the_wrong_order_are_always_noticed(number: u128, at in 0..LENGTH - 1) {
            let right = CardCode(number).to_text();
            let mut wrong = right.clone().into_bytes();
            wrong.swap(at, at + 1);
            prop_assume!(wrong != right.as_bytes());
            prop_assert!(CardCode::read(&String::from_utf8(wrong).unwrap_or_default()).is_none());
        }
    }
}
