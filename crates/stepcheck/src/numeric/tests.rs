use super::*;
use crate::read::read_notation;

fn literal(text: &str) -> Literal {
    Literal::parse(text).expect("a number")
}

fn judged(precision: &Precision, key: &str, answer: &str) -> Nearness {
    precision.judge(Some(&literal(key).value), &literal(answer))
}

#[test]
fn digits_are_counted_as_they_are_written() {
    for (text, least, most, decimals) in [
        ("0.0010", 2, 2, 4),
        ("100", 1, 3, 0),
        ("100.", 3, 3, 0),
        ("1.00e3", 3, 3, 2),
        ("10.0", 3, 3, 1),
        ("0", 1, 1, 0),
        ("0.00", 1, 2, 2),
        (".5", 1, 1, 1),
        ("-12000", 2, 5, 0),
    ] {
        let written = literal(text).written.expect("in digits");
        assert_eq!((written.significant, written.decimals), ((least, most), decimals), "{text}");
    }
    for text in ["", "-", ".", "1.2.3", "12a", "e5", "1e", "0x10"] {
        assert_eq!(Literal::parse(text), None, "{text}");
    }
}

#[test]
fn significant_digits_and_how_many_are_correct() {
    let exactly = |digits, correct| Precision::Significant { digits, correct };
    for (precision, key, answer, expected) in [
        (exactly(3, 3), "2.7182818", "2.72", Nearness::Right),
        (exactly(3, 3), "2.7182818", "2.71", Nearness::Far),
        (exactly(3, 3), "2.7182818", "2.718", Nearness::Digits),
        (exactly(3, 2), "2.7182818", "2.71", Nearness::Right),
        (exactly(2, 2), "15.5", "16", Nearness::Right),
        (exactly(2, 2), "-15.5", "16", Nearness::Far),
        (exactly(1, 1), "0", "0", Nearness::Right),
        (exactly(2, 2), "99.6", "100", Nearness::Right),
        (exactly(3, 0), "1", "777", Nearness::Right),
        (Precision::AtLeast { digits: 2 }, "7.4", "7.4000", Nearness::Right),
        (Precision::AtLeast { digits: 2 }, "7.4", "7", Nearness::Digits),
        (Precision::AtLeast { digits: 2 }, "7.4", "7.45", Nearness::Far),
        (Precision::Written { digits: 1 }, "1", "300", Nearness::Right),
        (Precision::Written { digits: 3 }, "1", "300", Nearness::Digits),
    ] {
        assert_eq!(judged(&precision, key, answer), expected, "{precision:?} {key} {answer}");
    }
}

#[test]
fn decimals_and_tolerances() {
    let tenth = || Rational::new(1.into(), 10.into());
    for (precision, key, answer, expected) in [
        (Precision::Decimals { places: 2 }, "2.345", "2.35", Nearness::Right),
        (Precision::Decimals { places: 2 }, "2.345", "2.34", Nearness::Far),
        (Precision::Decimals { places: 2 }, "2.5", "2.5", Nearness::Digits),
        (Precision::Decimals { places: 2 }, "-2.345", "-2.35", Nearness::Right),
        (Precision::Relative(tenth()), "-50", "-55", Nearness::Right),
        (Precision::Relative(tenth()), "50", "55.1", Nearness::Far),
        (Precision::Relative(tenth()), "0", "0", Nearness::Right),
        (Precision::Absolute(tenth()), "50", "49.9", Nearness::Right),
        (Precision::Absolute(tenth()), "50", "49.89", Nearness::Far),
        (Precision::Exact, "0.5", "0.50", Nearness::Right),
    ] {
        assert_eq!(judged(&precision, key, answer), expected, "{precision:?} {key} {answer}");
    }
}

#[test]
fn roots_have_a_value_but_no_digits() {
    let side = |text: &str| read_notation(text).expect("readable").sides().next().expect("a side").clone();
    let root = Literal::of(&side("sqrt(2)")).expect("a value");
    assert_eq!(root.written, None);
    let near = Precision::Absolute(Rational::new(1.into(), 1_000_000.into()));
    assert!(near.is_near(&literal("1.41421356").value, &root.value));
    assert_eq!(Literal::of(&side("1/0")), None);
    assert_eq!(Literal::of(&side("x+1")), None);
}
