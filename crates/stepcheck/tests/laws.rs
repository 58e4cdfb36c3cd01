//! Laws that must hold for every line.

use proptest::prelude::*;
use stepcheck::{
    Demand, Expr, Node, Notation, Number, Over, Place, Rational, Sign, Statement, Task, Times, Verdict, equivalent,
    evaluate, expression_text, judge, mathml, read, text,
};

fn expr(node: Node) -> Expr {
    let place = Place::before(0);
    Expr { place, node }
}

fn whole(value: i64) -> Number {
    let value = Rational::from_integer(value.into());
    Number { value, decimals: 0 }
}

fn leaf() -> impl Strategy<Value = Expr> {
    prop_oneof![
        4 => (0..40_i64).prop_map(|n| expr(Node::Number(whole(n)))),
        1 => (10_000..2_000_000_i64).prop_map(|n| expr(Node::Number(whole(n)))),
        1 => (0..5000_i64, 1..4_usize).prop_map(|(n, decimals)| {
            let scale = 10_i64.pow(u32::try_from(decimals).unwrap_or(0));
            let value = Rational::new(n.into(), scale.into());
            expr(Node::Number(Number { value, decimals }))
        }),
        1 => (1..30_i64, 1..30_i64, 2..30_i64).prop_map(|(whole_part, top, bottom)| {
            let [whole, top, bottom] = [whole_part, top, bottom].map(|part| Box::new(whole(part)));
            expr(Node::Mixed { whole, top, bottom })
        }),
        4 => prop::sample::select(vec!['x', 'y', 'k', 'm']).prop_map(|l| expr(Node::Name(l.into()))),
    ]
}

/// Trees of every shape, also those that nobody can type without more brackets.
fn tree() -> impl Strategy<Value = Expr> {
    leaf().prop_recursive(4, 24, 2, |inner| {
        let pair = (inner.clone(), inner.clone()).prop_map(|(a, b)| (Box::new(a), Box::new(b)));
        let times = prop::sample::select(vec![Times::Dot, Times::Cross, Times::Implied]);
        let over = prop::sample::select(vec![Over::Bar, Over::Colon, Over::Obelus]);
        prop_oneof![
            pair.clone().prop_map(|(a, b)| expr(Node::Sum(a, b))),
            pair.clone().prop_map(|(a, b)| expr(Node::Difference(a, b))),
            (pair.clone(), times).prop_map(|((a, b), t)| expr(Node::Product(a, t, b))),
            (pair, over).prop_map(|((a, b), o)| expr(Node::Quotient(a, o, b))),
            inner.clone().prop_map(|a| expr(Node::Negative(Box::new(a)))),
            inner.clone().prop_map(|a| expr(Node::Positive(Box::new(a)))),
            inner.clone().prop_map(|a| expr(Node::Bracket(Box::new(a)))),
            inner.clone().prop_map(|a| expr(Node::Percent(Box::new(a)))),
            (inner, -2..4_i64).prop_map(|(a, n)| {
                let size = expr(Node::Number(whole(n.abs())));
                let exponent = if n < 0 { expr(Node::Negative(Box::new(size))) } else { size };
                expr(Node::Power(Box::new(a), Box::new(exponent)))
            }),
        ]
    })
}

fn values() -> [(char, Rational); 4] {
    let value = |top: i64, bottom: i64| Rational::new(top.into(), bottom.into());
    [('x', value(3, 1)), ('y', value(-7, 2)), ('k', value(11, 5)), ('m', value(13, 1))]
}

/// A linear expression in x, as a student would type it.
fn linear() -> impl Strategy<Value = (i64, i64, String)> {
    let number = -9..10_i64;
    (number.clone(), number).prop_map(|(a, b)| (a, b, format!("{a}x + ({b})")))
}

fn equation(text: &str) -> Statement {
    read(text).unwrap_or_else(|why| panic!("{text}: {why:?}"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_printed_means_the_same(made in tree(), point in any::<bool>()) {
        let notation = if point { Notation::English } else { Notation::Swedish };
        let printed = expression_text(&made, notation);
        // Zero below and other refusals are not about printing.
        if let Ok(Statement::Expression(again)) = read(&printed) {
            prop_assert_eq!(evaluate(&made, &values()), evaluate(&again, &values()), "{}", printed);
        } else {
            prop_assert!(
                evaluate(&made, &values()).is_none() || printed.chars().count() > 400
                    || refused_by_value(&printed),
                "{}", printed
            );
        }
    }

    #[test]
    fn reading_what_was_printed_gives_the_same_tree(made in tree()) {
        if let Ok(first) = read(&expression_text(&made, Notation::Swedish)) {
            let printed = text(&first, Notation::Swedish);
            let second = read(&printed);
            prop_assert_eq!(second.as_ref(), Ok(&first), "{}", printed);
        }
    }

    #[test]
    fn garbage_is_answered_calmly(garbage in "[0-9xya ,.+*/:=()^%²\u{2212}-]{0,60}") {
        if let Ok(statement) = read(&garbage) {
            prop_assert!(mathml(&statement).starts_with("<math alttext=\""));
        }
        let task = Task::new(equation("2x = 6"), Demand::Solved { variable: 'x'.into() });
        let _ = judge(&task, &[], &garbage);
        let task = Task::new(equation("2(x+1)"), Demand::Simplified);
        let _ = judge(&task, &[], &garbage);
    }

    #[test]
    fn any_text_at_all_is_answered(anything in any::<String>()) {
        let task = Task::new(equation("1/2+1/3"), Demand::Value);
        if let Verdict::Unreadable(why) = judge(&task, &[], &anything).verdict {
            prop_assert!(why.place.start <= why.place.end);
            prop_assert!(why.place.end <= anything.chars().count());
        }
    }

    #[test]
    fn being_equivalent_works_both_ways(a in tree(), b in tree()) {
        let (a, b) = (Statement::Expression(a), Statement::Expression(b));
        prop_assert_eq!(equivalent(&a, &b), equivalent(&b, &a));
        if let Ok(known) = read(&text(&a, Notation::Swedish)) {
            prop_assert!(equivalent(&known, &known));
        }
    }

    #[test]
    fn the_same_added_to_both_sides_stays_right(
        (_, _, left) in linear(), (_, _, right) in linear(), (_, _, more) in linear(), factor in 1..9_i64,
    ) {
        let start = equation(&format!("{left} = {right}"));
        let task = Task::new(start, Demand::Solved { variable: 'x'.into() });
        let line = format!("{factor}({left}) + {more} = ({right})·{factor} + {more}");
        let verdict = judge(&task, &[], &line).verdict;
        let right = matches!(verdict, Verdict::Right { .. } | Verdict::Unfinished { .. });
        prop_assert!(right, "{}: {:?}", line, verdict);
    }

    #[test]
    fn more_on_one_side_only_is_never_right((a, b, left) in linear(), n in 1..9_i64) {
        prop_assume!(a != 0);
        let start = equation(&format!("{left} = {b}"));
        let task = Task::new(start, Demand::Solved { variable: 'x'.into() });
        let verdict = judge(&task, &[], &format!("{left} + {n} = {b}")).verdict;
        let wrong = matches!(verdict, Verdict::Wrong { .. });
        prop_assert!(wrong, "{verdict:?}");
    }

    #[test]
    fn equal_values_are_what_evaluation_says(a in tree(), b in tree()) {
        let (first, second) = (evaluate(&a, &values()), evaluate(&b, &values()));
        let same = equivalent(&Statement::Expression(a), &Statement::Expression(b));
        if let (true, Some(first), Some(second)) = (same, first, second) {
            prop_assert_eq!(first, second);
        }
    }
}

/// True if only the value stands in the way: it is read as a side next to which `0 =` can stand.
fn refused_by_value(printed: &str) -> bool {
    use stepcheck::Missing::{DivisionByZero, TooDeep, TooLarge, WholeExponent};
    let refusal = read(printed).err().map(|why| why.missing);
    matches!(refusal, Some(DivisionByZero | TooDeep | TooLarge | WholeExponent))
}

#[test]
fn a_relation_keeps_its_sides() {
    let statement = equation("2x = 8 = 4+4");
    let Statement::Relation { rest, .. } = &statement else {
        panic!("not a relation");
    };
    assert!(rest.iter().all(|(sign, _)| *sign == Sign::Equal));
    assert_eq!(statement.sides().count(), 3);
    assert_eq!(statement.names(), ['x']);
}

#[test]
fn a_product_below_a_number_gets_its_brackets() {
    let number = |n| Box::new(expr(Node::Number(whole(n))));
    let letter = Box::new(expr(Node::Name('x'.into())));
    let below = Box::new(expr(Node::Product(number(2), Times::Implied, letter)));
    let made = expr(Node::Quotient(number(1), Over::Bar, below));
    // Without them it would be read as half of x.
    assert_eq!(expression_text(&made, Notation::Swedish), "1/(2x)");
}
