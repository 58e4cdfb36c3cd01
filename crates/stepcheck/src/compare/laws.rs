//! What holds for any two lines: an equality never has a counterexample in sight, whatever way
//! round, however scaled or named.

use proptest::prelude::*;

use super::{Comparison, compare_lines};
use crate::exact::Exact;
use crate::policy::Policy;
use crate::read::read_notation;
use crate::solve::{Coordinate, holds};
use crate::tree::Name;
use crate::value::{Claim, Line, Point, Term, lower};

fn line(text: &str) -> Line {
    lower(&read_notation(text).unwrap_or_else(|why| panic!("cannot read {text}: {why:?}"))).expect("comparable")
}

fn compared(a: &str, b: &str) -> Comparison {
    compare_lines(&line(a), &line(b), &Policy::default())
}

/// Expressions in x and y with everything that can stand in one.
fn expression() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        (1..7_i64).prop_map(|n| n.to_string()),
        Just("x".to_owned()),
        Just("x".to_owned()),
        Just("y".to_owned()),
        (1..5_i64, 2..5_i64).prop_map(|(a, b)| format!("({a}/{b})")),
    ];
    leaf.prop_recursive(4, 14, 2, |inner| {
        let pair = (inner.clone(), inner.clone());
        prop_oneof![
            3 => pair.clone().prop_map(|(a, b)| format!("({a}+{b})")),
            2 => pair.clone().prop_map(|(a, b)| format!("({a}-{b})")),
            3 => pair.clone().prop_map(|(a, b)| format!("({a}*{b})")),
            1 => pair.prop_map(|(a, b)| format!("({a}/{b})")),
            1 => (inner.clone(), 2..4_i64).prop_map(|(a, n)| format!("({a})^{n}")),
            1 => inner.clone().prop_map(|a| format!("sqrt({a})")),
            1 => inner.clone().prop_map(|a| format!("abs({a})")),
            1 => inner.clone().prop_map(|a| format!("ln({a})")),
            1 => inner.clone().prop_map(|a| format!("sin({a})")),
            1 => inner.prop_map(|a| format!("2^({a})")),
        ]
    })
}

/// The text with one number or sign changed, the `at`-th that can be.
fn changed(text: &str, at: usize) -> String {
    let places: Vec<usize> =
        text.char_indices().filter(|(_, c)| c.is_ascii_digit() || matches!(c, '+' | '-')).map(|(i, _)| i).collect();
    let Some(place) = places.get(at % places.len().max(1)) else { return format!("{text}+1") };
    let sign = match &text[*place..=*place] {
        "+" => "-".to_owned(),
        "-" => "+".to_owned(),
        digit => (digit.parse::<u8>().unwrap_or(1) % 8 + 1).to_string(),
    };
    format!("{}{sign}{}", &text[..*place], &text[place + 1..])
}

/// A point at which the doubles differ by far, found without any of what compares. What rounding
/// alone has made of zero is different beside the point.
fn counterexample(a: &Term, b: &Term) -> Option<(f64, f64)> {
    let grid = [-37.3, -8.1, -2.7, -1.3, -0.6, -0.2, 0.15, 0.45, 0.9, 1.6, 2.4, 5.5, 11.2, 40.7];
    let at = |term: &Term, x: f64, y: f64| term.near(&Point::new(vec![(Name::from('x'), x), (Name::from('y'), y)]));
    let steady = |term: &Term, x: f64, y: f64| {
        let (here, beside) = (at(term, x, y), at(term, x + 1e-7, y + 1e-7));
        (here - beside).abs() <= 1e-3 * here.abs()
    };
    grid.iter().flat_map(|x| grid.iter().map(move |y| (*x, *y))).find(|(x, y)| {
        let (first, second) = (at(a, *x, *y), at(b, *x, *y));
        let size = first.abs().max(second.abs());
        let far = first.is_finite() && second.is_finite() && (first - second).abs() > 1e-4 * size.max(1.0);
        far && size < 1e8 && steady(a, *x, *y) && steady(b, *x, *y)
    })
}

fn value(text: &str) -> Term {
    match line(text) {
        Line::Value(term) => term,
        Line::Claim(_) => panic!("{text} is no value"),
    }
}

fn claim(text: &str) -> Claim {
    match line(text) {
        Line::Claim(claim) => claim,
        Line::Value(_) => panic!("{text} is no claim"),
    }
}

/// A factor of a polynomial in x with small roots, or without any.
fn factor() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => (-9..10_i64, 1..4_i64).prop_map(|(a, b)| format!("({b}*x-({a}))")),
        1 => (1..9_i64).prop_map(|c| format!("(x^2-{c})")),
        1 => (1..9_i64).prop_map(|c| format!("(x^2+{c})")),
        1 => (-5..6_i64).prop_map(|c| format!("(abs(x-({c}))-2)")),
        1 => (0..6_i64).prop_map(|c| format!("(sqrt(x+{c})-2)")),
    ]
}

fn relation() -> impl Strategy<Value = String> {
    let sign = prop_oneof![3 => Just("="), 1 => Just("<"), 1 => Just(">="), 1 => Just("!=")];
    (prop::collection::vec(factor(), 1..4), sign).prop_map(|(factors, sign)| format!("{} {sign} 0", factors.join("*")))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn an_equality_has_no_counterexample(text in expression(), at in 0..20_usize) {
        let other = changed(&text, at);
        let found = compared(&text, &other);
        if found.is_equal() {
            prop_assert_eq!(counterexample(&value(&text), &value(&other)), None, "{} | {}", text, other);
        }
    }

    #[test]
    fn everything_equals_itself_written_otherwise(text in expression(), other in expression()) {
        let rewritten = format!("({other})+({text})-({other})");
        let found = compared(&text, &rewritten);
        // Where the other one has no value anywhere, the sum has none either.
        let lacking = matches!(&found, Comparison::Different(super::Difference::Values { first, second, .. })
            if first.is_nan() || second.is_nan());
        prop_assert!(lacking || !matches!(found, Comparison::Different(_)), "{} | {}: {:?}", text, rewritten, found);
    }

    #[test]
    fn it_is_the_same_both_ways(a in expression(), b in expression()) {
        prop_assert_eq!(compared(&a, &b).is_equal(), compared(&b, &a).is_equal(), "{} | {}", a, b);
    }

    #[test]
    fn equal_claims_hold_at_the_same_places(text in relation(), at in 0..20_usize) {
        let other = changed(&text, at);
        if compared(&text, &other).is_equal() {
            let (a, b) = (claim(&text), claim(&other));
            for step in -120..=120_i64 {
                crate::budget::begin();
                let point = [(Name::from('x'), Coordinate::Rational(Exact::from_ratio(step, 6)))];
                prop_assert_eq!(holds(&a, &point), holds(&b, &point), "{} | {} at {}/6", text, other, step);
            }
        }
    }

    #[test]
    fn scaling_and_moving_terms_changes_nothing(text in relation(), other in relation(), k in 2..9_i64) {
        let scaled = |text: &str| {
            let sign = ["<", ">=", "!=", "="].into_iter().find(|sign| text.contains(sign)).unwrap_or("=");
            let (left, _) = text.split_once(sign).unwrap_or((text, ""));
            format!("{k}*({left})+x {sign} x")
        };
        prop_assert!(compared(&text, &scaled(&text)).is_equal(), "{} | {}", text, scaled(&text));
        let verdict = compared(&text, &other).is_equal();
        prop_assert_eq!(verdict, compared(&scaled(&text), &other).is_equal(), "{} | {}", text, other);
        let renamed = |text: &str| text.replace('x', "t");
        prop_assert_eq!(verdict, compared(&renamed(&text), &renamed(&other)).is_equal());
    }

    #[test]
    fn other_roots_are_never_the_same(
        roots in prop::collection::vec(-9..10_i64, 1..4), at in 0..4_usize, by in 1..4_i64,
    ) {
        let product: Vec<String> = roots.iter().map(|root| format!("(x-({root}))")).collect();
        let equation = format!("{} = 0", product.join("*"));
        let listed = |roots: &[i64]| roots.iter().map(|root| format!("x = {root}")).collect::<Vec<_>>().join(" or ");
        prop_assert!(compared(&equation, &listed(&roots)).is_equal());
        let mut moved = roots.clone();
        let index = at % moved.len();
        moved[index] += by;
        let same = |a: &[i64], b: &[i64]| a.iter().all(|root| b.contains(root));
        if !(same(&roots, &moved) && same(&moved, &roots)) {
            prop_assert!(matches!(compared(&equation, &listed(&moved)), Comparison::Different(_)));
        }
    }
}

#[test]
fn what_is_too_much_is_refused() {
    let nested = |open: &str, n: usize| format!("{}x{}", open.repeat(n), ")".repeat(n));
    let long = (0..60).map(|n| format!("(x+y*{n}+1)")).collect::<Vec<_>>().join("*");
    let roots = (1..9).map(|n| format!("sqrt(x+{n})")).collect::<Vec<_>>().join("+");
    let sizes = (1..12).map(|n| format!("abs(x-{n})")).collect::<Vec<_>>().join("+");
    for text in [
        nested("sqrt(1+", 30),
        nested("sin(", 30),
        nested("2^(", 30),
        nested("ln(2+", 30),
        nested("1/(1+", 30),
        long.clone(),
        "(x+y+z+a+b)^60".to_owned(),
        "x^99999999999".to_owned(),
        "9^9^9^9".to_owned(),
        "sin(10^30*x)".to_owned(),
        "x^(1/997)".to_owned(),
    ] {
        let _ = compared(&text, &format!("{text}+x-x"));
        let _ = compared(&format!("{text} = 1"), &format!("{text} = 2"));
    }
    for text in [roots, sizes, "x^40-3*x^7+x+1".to_owned(), "sin(40*x)+cos(39*x)".to_owned()] {
        let _ = compared(&format!("{text} = 20"), &format!("{text} = 21"));
        let _ = compared(&format!("{text} < 20"), "x < 4");
    }
}
