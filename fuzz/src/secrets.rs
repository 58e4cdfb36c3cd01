//! What lets somebody in.

use std::cell::RefCell;

use stegvis::accounts::{self, CardCode, Pair, Token, read_class_code};

use crate::{edits::edited, house::with_house};

/// Signs of a card's code.
const LENGTH: usize = 28;

/// A login card as it is typed or scanned: the bytes as text, and as changes of a good one (16 bytes say which).
///
/// Oracle: what is read says the same as what was typed, sign for sign, once small letters, spaces, hyphens and the three
/// letters that are taken for digits are out of the way; one slip in a good one is never taken for another card.
pub fn card(data: &[u8]) {
    read_card(&String::from_utf8_lossy(data));
    let Some((bytes, changes)) = data.split_first_chunk::<16>() else { return };
    let good = CardCode::from_bytes(*bytes);
    for text in [good.to_text(), good.in_groups()] {
        assert!(read_card(&text) == Some(good), "{text} is not read");
        read_card(&edited(&text, changes));
        let one = edited(&text, changes.get(..4).unwrap_or_default());
        if let Some(other) = read_card(&one) {
            assert!(other == good || signs(&one).len() != LENGTH, "{text} and {one} are both good");
        }
    }
}

/// The signs that count, as they are printed.
fn signs(typed: &str) -> String {
    let code = typed.rsplit('#').next().unwrap_or_default();
    let counts = code.chars().filter(|sign| !sign.is_whitespace() && !matches!(sign, '-' | '–'));
    let as_printed = |sign: char| match sign.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        sign => sign,
    };
    counts.map(as_printed).collect()
}

fn read_card(typed: &str) -> Option<CardCode> {
    let code = CardCode::read(typed)?;
    assert_eq!(code.to_text(), signs(typed), "{typed:?} is read as another card");
    Some(code)
}

/// A class code as it is typed.
///
/// Oracle: it is six signs of its alphabet, in two halves, and nothing else but spaces and hyphens.
pub fn class_code(data: &[u8]) {
    let Ok(typed) = str::from_utf8(data) else { return };
    let signs = typed.chars().filter(|sign| !sign.is_whitespace() && *sign != '-');
    let signs: String = signs.map(|sign| sign.to_ascii_uppercase()).collect();
    let good = signs.chars().count() == 6 && signs.chars().all(|sign| "ACDEFGHJKMNPQRTUVWXY34679".contains(sign));
    match read_class_code(typed) {
        Some(code) => {
            assert!(good, "{typed:?} is no code");
            assert_eq!(format!("{}{}", code.place, code.secret), signs, "{typed:?}");
        }
        None => assert!(!good, "{typed:?} is a code"),
    }
}

/// Good ones of one person, made once a thread.
struct Good {
    session: Token,
    pair: Pair,
}

thread_local! {
    static GOOD: RefCell<Option<Good>> = const { RefCell::new(None) };
}

/// A session's token, an access token and a refresh token: the bytes as text, or as changes of a good one (the first byte
/// says which).
///
/// Oracle: only the good one itself, byte for byte, lets anybody in.
pub fn token(data: &[u8]) {
    let Some((which, rest)) = data.split_first() else { return };
    with_house(|house| {
        GOOD.with_borrow_mut(|kept| {
            let good = kept.get_or_insert_with(|| {
                let made = house.session("alva").zip(house.tokens("alva"));
                let (session, pair) = made.unwrap_or_else(|| panic!("alva cannot sign in"));
                Good { session, pair }
            });
            let session = good.session.to_text();
            let good = [session.as_str(), &good.pair.access, &good.pair.refresh];
            let kind = usize::from(which % 3);
            let text = match which / 3 % 2 {
                0 => edited(good[kind], rest),
                _ => String::from_utf8_lossy(rest).into_owned(),
            };
            let is_good = text == good[kind];
            let app = &house.app;
            let let_in = match kind {
                0 => Token::from_text(&text).is_some_and(|token| {
                    assert_eq!(token.to_text(), text, "a session's token can be written in two ways");
                    house.wait(accounts::signed(app, &token)).is_ok_and(|signed| signed.is_some())
                }),
                1 => house.wait(accounts::signed_by_token(app, &text)).is_ok_and(|signed| signed.is_some()),
                // The good one would be used up.
                _ if is_good => true,
                _ => house.wait(accounts::refresh_tokens(app, &text)).is_ok(),
            };
            assert_eq!(let_in, is_good, "{text:?} beside {:?}", good[kind]);
        });
    });
}
