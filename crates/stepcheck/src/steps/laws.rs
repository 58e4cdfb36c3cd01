//! What holds for any two lines: naming ends, names something or nothing, and does not look at how letters are called.

use proptest::prelude::*;

use super::between;
use crate::account::Step;
use crate::policy::Policy;
use crate::read::read_notation;
use crate::tree::Statement;

fn line(text: &str) -> Statement {
    read_notation(text).unwrap_or_else(|why| panic!("cannot read {text}: {why:?}"))
}

/// Expressions in x and y with everything that can stand in one.
fn expression() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        (0..9_i64).prop_map(|n| n.to_string()),
        Just("x".to_owned()),
        Just("y".to_owned()),
        (1..5_i64, 1..5_i64).prop_map(|(a, b)| format!("({a}/{b})")),
    ];
    leaf.prop_recursive(5, 24, 2, |inner| {
        let pair = (inner.clone(), inner.clone());
        prop_oneof![
            3 => pair.clone().prop_map(|(a, b)| format!("({a}+{b})")),
            2 => pair.clone().prop_map(|(a, b)| format!("({a}-{b})")),
            3 => pair.clone().prop_map(|(a, b)| format!("{a}*{b}")),
            2 => pair.clone().prop_map(|(a, b)| format!("({a}/{b})")),
            1 => pair.prop_map(|(a, b)| format!("({a})^({b})")),
            1 => (inner.clone(), 0..4_i64).prop_map(|(a, n)| format!("({a})^{n}")),
            1 => inner.clone().prop_map(|a| format!("(-({a}))")),
            1 => inner.clone().prop_map(|a| format!("sqrt({a})")),
            1 => inner.clone().prop_map(|a| format!("abs({a})")),
            1 => inner.clone().prop_map(|a| format!("ln({a})")),
            1 => inner.prop_map(|a| format!("sin({a})")),
        ]
    })
}

fn statement() -> impl Strategy<Value = String> {
    let sign = prop_oneof![4 => Just("="), 1 => Just("<"), 1 => Just(">=")];
    let relation = (expression(), sign, expression()).prop_map(|(a, sign, b)| format!("{a} {sign} {b}")).boxed();
    prop_oneof![
        2 => expression(),
        4 => relation.clone(),
        1 => (relation.clone(), relation.clone()).prop_map(|(a, b)| format!("{a} or {b}")),
        1 => (relation.clone(), relation).prop_map(|(a, b)| format!("{a} and {b}")),
    ]
}

fn told(above: &str, below: &str) -> Option<(Vec<Step>, u8)> {
    between(&line(above), &line(below), &Policy::default())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    /// Also between lines that have nothing to do with each other, which are never asked about.
    #[test]
    fn naming_ends(above in statement(), below in statement()) {
        if let Some((steps, size)) = told(&above, &below) {
            prop_assert!(!steps.is_empty() && size > 0);
        }
    }

    #[test]
    fn a_line_that_is_repeated_has_no_step(text in statement()) {
        prop_assert_eq!(told(&text, &text), None);
    }

    #[test]
    fn names_of_letters_do_not_matter(above in expression(), below in expression()) {
        let renamed = |text: &str| text.replace('y', "z");
        let kinds = |found: Option<(Vec<Step>, u8)>| {
            found.map(|(steps, size)| (steps.into_iter().map(|step| step.kind).collect::<Vec<_>>(), size))
        };
        let rewritten = format!("({below})+({above})-({below})");
        prop_assert_eq!(
            kinds(told(&above, &rewritten)),
            kinds(told(&renamed(&above), &renamed(&rewritten))),
            "{} | {}", above, rewritten
        );
    }
}
