//! Laws of reading and printing that must hold for every tree and every text.

mod trees;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use stepcheck::{Missing, Notation, Statement, Unreadable, latex, mathml_in, read, read_latex, text};

/// What is readable but refused for its value, or too long or deep to be typed.
fn is_beyond_typing(why: &Unreadable) -> bool {
    matches!(why.missing, Missing::DivisionByZero | Missing::TooLarge | Missing::TooDeep | Missing::TooLong)
}

/// How many trees and texts a law is tried on; more with `PROPTEST_CASES`.
fn cases() -> u32 {
    ProptestConfig::default().cases.max(1000)
}

/// The same lines each time, or those of `PROPTEST_RNG_SEED`: chance finds new corners in `make fuzz`, not in a test
/// that others wait for.
fn seed() -> RngSeed {
    match ProptestConfig::default().rng_seed {
        RngSeed::Random => RngSeed::Fixed(20_261_126),
        given => given,
    }
}

fn notation() -> impl Strategy<Value = Notation> {
    prop::sample::select(Notation::ALL.to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, rng_seed: seed(), ..ProptestConfig::default() })]

    #[test]
    fn reading_what_was_printed_as_text_gives_the_tree(made in trees::statement(), notation in notation()) {
        let tree = made.bracketed();
        let printed = text(&tree, notation);
        match read(&printed) {
            Ok(again) => prop_assert_eq!(&again, &tree, "{}", printed),
            Err(why) => prop_assert!(is_beyond_typing(&why), "{}: {:?}", printed, why),
        }
    }

    #[test]
    fn reading_what_was_printed_as_latex_gives_the_tree(made in trees::statement(), notation in notation()) {
        let tree = made.bracketed();
        let printed = latex(&tree, notation);
        match read_latex(&printed) {
            Ok(again) => prop_assert_eq!(&again, &tree, "{}", printed),
            Err(why) => prop_assert!(is_beyond_typing(&why), "{}: {:?}", printed, why),
        }
    }

    #[test]
    fn what_was_read_has_its_brackets(typed in "[0-9xyamsghkrπe ,.+*/·:=<()^%°²³√|±-]{0,24}") {
        if let Ok(tree) = read(&typed) {
            prop_assert_eq!(&tree.bracketed(), &tree, "{}", typed);
            let printed = text(&tree, Notation::Swedish);
            prop_assert_eq!(read(&printed), Ok(tree), "{} printed as {}", typed, printed);
        }
    }

    #[test]
    fn words_are_read_and_printed_the_same(
        parts in prop::collection::vec(prop::sample::select(vec![
            "sin", "cos ", "lg", "ln ", "log_2", "x", "y", "2", "3 ", "(", ")", "|", "√", "sqrt(", "/", "·", "^", "²", "π", "e",
            " cm", " m", "/s", " kr", "°", " %", " och ", " eller ", " = ", ", ", "; ", "x_1", "-", "+", "±", "<", "30", "abs(",
        ]), 1..9),
    ) {
        let typed: String = parts.concat();
        if let Ok(tree) = read(&typed) {
            let printed = text(&tree, Notation::Swedish);
            prop_assert_eq!(read(&printed), Ok(tree), "{} printed as {}", typed, printed);
        }
    }

    #[test]
    fn latex_in_pieces_is_read_and_printed_the_same(
        parts in prop::collection::vec(prop::sample::select(vec![
            "\\frac", "{", "}", "{x}", "{2}", "{x+1}", "12", "3{,}5", "x", "y", "\\sqrt", "[3]", "^", "_", "_{2}",
            "\\left(", "\\right)", "\\left|", "\\right|", "(", ")", "\\sin ", "\\log", "\\lg ", "\\pi ", "e",
            "\\mathrm{cm}", "\\mathrm{m}", "/", "\\cdot ", "\\,", "^{\\circ}", "\\%", "=", "\\le ", "\\pm ", "-",
            "\\text{ och }", "\\text{ eller }", ";", "\\frac{1}{2}", "\\frac{x+1}{y}", "m", "\\alpha ", "_1",
        ]), 1..12),
    ) {
        let typed: String = parts.concat();
        if let Ok(tree) = read_latex(&typed) {
            prop_assert_eq!(&tree.bracketed(), &tree, "{}", typed);
            let printed = latex(&tree, Notation::Swedish);
            prop_assert_eq!(read_latex(&printed), Ok(tree.clone()), "{} printed as {}", typed, printed);
            let printed = text(&tree, Notation::English);
            prop_assert_eq!(read(&printed), Ok(tree), "{} printed as {}", typed, printed);
        }
    }

    #[test]
    fn every_place_lies_in_the_text(anything in any::<String>()) {
        let length = anything.chars().count();
        match read(&anything) {
            Ok(tree) => prop_assert!(tree.place().end <= length),
            Err(why) => prop_assert!(why.place.start <= why.place.end && why.place.end <= length, "{:?}", why),
        }
        if let Err(why) = read_latex(&anything) {
            prop_assert!(why.place.start <= why.place.end && why.place.end <= length, "{:?}", why);
        }
    }

    #[test]
    fn mathml_closes_what_it_opens(made in trees::statement(), notation in notation()) {
        let printed = mathml_in(&made, notation);
        let mut open = Vec::new();
        for tag in printed.split('<').skip(1) {
            let (inside, _) = tag.split_once('>').unwrap_or_default();
            if let Some(closed) = inside.strip_prefix('/') {
                prop_assert_eq!(open.pop(), Some(closed.to_owned()), "{}", printed);
            } else if !inside.ends_with('/') {
                open.push(inside.split(' ').next().unwrap_or_default().to_owned());
            }
        }
        prop_assert!(open.is_empty(), "{}", printed);
    }
}

#[test]
fn signs_follow_the_notation() {
    let statement = read("2·3 : 4 = x").unwrap_or_else(|why| panic!("{why:?}"));
    let signs = |notation: Notation| {
        let changed: Statement = notation.with_signs(&statement);
        text(&changed, notation)
    };
    assert_eq!(signs(Notation::English), "2×3÷4 = x");
    assert_eq!(signs(Notation::Norwegian), "2·3:4 = x");
}
