//! Steps that were taken on purpose are named as what they are, whatever the numbers and letters.

mod trees;

use proptest::prelude::*;
use stepcheck::{Account, Before, Demand, Notation, Statement, StepKind, Task, Verdict, explain, judge, read, text};

const NAMES: [char; 4] = ['x', 'y', 'a', 't'];

fn told(above: &str, line: &str, name: char) -> Vec<(StepKind, Option<String>)> {
    let start = read(above).unwrap_or_else(|why| panic!("cannot read {above}: {why:?}"));
    let demand = match &start {
        Statement::Expression(_) => Demand::Simplified,
        _ => Demand::Solved { variable: name.into() },
    };
    match explain(&Task::new(start, demand), Before::default(), line) {
        (_, Some(Account::Step { steps, .. })) => steps.into_iter().map(|step| (step.kind, step.with)).collect(),
        (judged, other) => panic!("{above} | {line}: {other:?}, {:?}", judged.verdict),
    }
}

/// `+3`, `−3`
fn signed(value: i64) -> String {
    if value < 0 { format!("-{}", -value) } else { format!("+{value}") }
}

fn nonzero(most: i64) -> impl Strategy<Value = i64> {
    (1..=most, any::<bool>()).prop_map(|(size, minus)| if minus { -size } else { size })
}

fn name() -> impl Strategy<Value = char> {
    prop::sample::select(NAMES.to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_moved_term_is_named(n in name(), a in 2..9_i64, b in nonzero(20), c in nonzero(30), k in nonzero(40)) {
        prop_assume!(b + k != 0 && c + k != 0);
        let above = format!("{a}{n}{} = {c}", signed(b));
        let line = format!("{a}{n}{} = {}", signed(b + k), c + k);
        let kind = if k > 0 { StepKind::AddToBothSides } else { StepKind::SubtractFromBothSides };
        prop_assert_eq!(told(&above, &line, n), [(kind, Some(k.abs().to_string()))], "{} | {}", above, line);
    }

    #[test]
    fn a_moved_letter_is_named(n in name(), a in 12..20_i64, b in nonzero(20), c in 2..9_i64, d in nonzero(30)) {
        let above = format!("{a}{n}{} = {c}{n}{}", signed(b), signed(d));
        let line = format!("{}{n}{} = {d}", a - c, signed(b));
        prop_assert_eq!(told(&above, &line, n), [(StepKind::SubtractFromBothSides, Some(format!("{c}{n}")))]);
    }

    #[test]
    fn a_division_is_named(n in name(), a in 2..9_i64, minus in any::<bool>(), c in nonzero(30)) {
        let a = if minus { -a } else { a };
        let above = format!("{a}{n} = {}", a * c);
        let with = if minus { format!("−{}", -a) } else { a.to_string() };
        prop_assert_eq!(told(&above, &format!("{n} = {c}"), n), [(StepKind::DivideBothSides, Some(with))]);
    }

    #[test]
    fn a_multiplication_is_named(n in name(), a in 2..9_i64, c in nonzero(30)) {
        let above = format!("{n}/{a} = {c}");
        let line = format!("{n} = {}", a * c);
        prop_assert_eq!(told(&above, &line, n), [(StepKind::MultiplyBothSides, Some(a.to_string()))]);
    }

    #[test]
    fn an_inequality_is_turned(n in name(), a in 2..9_i64, c in nonzero(30)) {
        let above = format!("-{a}{n} < {}", -a * c);
        let line = format!("{n} > {c}");
        prop_assert_eq!(told(&above, &line, n), [(StepKind::DivideAndTurn, Some(format!("−{a}")))]);
    }

    #[test]
    fn a_bracket_is_multiplied_out(n in name(), a in 2..9_i64, b in nonzero(20)) {
        let above = format!("{a}({n}{})", signed(b));
        let line = format!("{a}{n}{}", signed(a * b));
        prop_assert_eq!(told(&above, &line, n), [(StepKind::Distribute, None)]);
        prop_assert_eq!(told(&line, &above, n), [(StepKind::FactorOut, Some(a.to_string()))]);
    }

    #[test]
    fn two_brackets_are_multiplied(n in name(), a in nonzero(9), b in nonzero(9)) {
        prop_assume!(a != b && a != -b);
        let above = format!("({n}{})({n}{})", signed(a), signed(b));
        let line = format!("{n}²{}{n}{}", signed(a + b), signed(a * b));
        prop_assert_eq!(told(&above, &line, n), [(StepKind::MultiplyBrackets, None), (StepKind::CollectTerms, None)]);
        prop_assert_eq!(told(&line, &above, n), [(StepKind::FactorPolynomial, None)]);
    }

    #[test]
    fn a_square_is_multiplied_out(n in name(), a in nonzero(12)) {
        let above = format!("({n}{})²", signed(a));
        let line = format!("{n}²{}{n}{}", signed(2 * a), signed(a * a));
        let kind = if a > 0 { StepKind::SquareOfSum } else { StepKind::SquareOfDifference };
        prop_assert_eq!(told(&above, &line, n), [(kind, None)]);
        prop_assert_eq!(told(&line, &above, n), [(StepKind::FactorSquare, None)]);
    }

    #[test]
    fn conjugates_are_multiplied(n in name(), a in 1..12_i64) {
        let above = format!("({n}+{a})({n}-{a})");
        let line = format!("{n}²-{}", a * a);
        prop_assert_eq!(told(&above, &line, n), [(StepKind::SumTimesDifference, None)]);
        prop_assert_eq!(told(&line, &above, n), [(StepKind::FactorDifferenceOfSquares, None)]);
    }

    #[test]
    fn like_terms_are_collected(n in name(), a in 2..9_i64, b in 2..9_i64, c in 1..9_i64) {
        let above = format!("{a}{n}+{c}+{b}{n}");
        let line = format!("{}{n}+{c}", a + b);
        prop_assert_eq!(told(&above, &line, n), [(StepKind::CollectTerms, None)]);
    }

    #[test]
    fn a_fraction_is_shortened_and_extended(a in 1..30_i64, b in 2..30_i64, k in 2..9_i64) {
        prop_assume!(a % b != 0);
        let (short, long) = (format!("{a}/{b}"), format!("{}/{}", a * k, b * k));
        prop_assert_eq!(told(&long, &short, 'x'), [(StepKind::ShortenFraction, None)]);
        prop_assert_eq!(told(&short, &long, 'x'), [(StepKind::ExtendFraction, None)]);
    }

    #[test]
    fn fractions_get_a_common_denominator(a in 1..9_i64, b in 2..9_i64, c in 1..9_i64, d in 2..9_i64) {
        prop_assume!(b != d && a % b != 0 && c % d != 0);
        let above = format!("{a}/{b}+{c}/{d}");
        let line = format!("{}/{}+{}/{}", a * d, b * d, c * b, b * d);
        prop_assert_eq!(told(&above, &line, 'x'), [(StepKind::CommonDenominator, None)]);
        let sum = format!("{}/{}", a * d + c * b, b * d);
        prop_assert_eq!(told(&line, &sum, 'x'), [(StepKind::AddFractions, None)]);
    }

    #[test]
    fn cases_are_split_off(n in name(), a in nonzero(9), b in nonzero(9)) {
        prop_assume!(a != b);
        let above = format!("({n}{})({n}{}) = 0", signed(-a), signed(-b));
        let line = format!("{n}{} = 0 eller {n}{} = 0", signed(-a), signed(-b));
        prop_assert_eq!(told(&above, &line, n), [(StepKind::ZeroProduct, None)]);
        prop_assert_eq!(told(&line, &format!("{n} = {a} eller {n} = {b}"), n), [(StepKind::SolveEachCase, None)]);
    }

    /// Whatever is said of a line, it is judged as it is without it, after the same lines.
    #[test]
    fn an_account_keeps_the_verdict(above in trees::statement(), right in trees::statement(), line in trees::statement()) {
        let demand = match &above {
            Statement::Expression(_) => Demand::Simplified,
            _ => Demand::Solved { variable: 'x'.into() },
        };
        let task = Task::new(above.clone(), demand);
        for typed in [&line, &right, &above].map(|line| text(line, Notation::Swedish)) {
            for earlier in [vec![], vec![right.clone()], vec![right.clone(), line.clone()]] {
                let (judged, _) = explain(&task, Before { right: &earlier, wrong: Some(&line) }, &typed);
                prop_assert_eq!(judged, judge(&task, &earlier, &typed), "{}", typed);
            }
        }
    }

    /// A line that was written before is right and not the answer, however it is explained.
    #[test]
    fn an_earlier_line_is_seen(n in name(), a in 2..9_i64, b in nonzero(20), c in nonzero(30)) {
        let task = Task::new(
            read(&format!("{a}{n}{} = {c}", signed(b))).unwrap(),
            Demand::Solved { variable: n.into() },
        );
        let line = format!("{a}{n} = {c}{}", signed(-b));
        let earlier = [read(&line).unwrap()];
        let (judged, _) = explain(&task, Before { right: &earlier, wrong: None }, &line);
        prop_assert_eq!(&judged, &judge(&task, &earlier, &line));
        prop_assert_ne!(judged.verdict, judge(&task, &[], &line).verdict);
    }

    /// A step is told only of a right line, whatever stands in it.
    #[test]
    fn a_wrong_line_has_no_step(above in trees::statement(), line in trees::statement()) {
        let demand = match &above {
            Statement::Expression(_) => Demand::Simplified,
            _ => Demand::Solved { variable: 'x'.into() },
        };
        let typed = text(&line, Notation::Swedish);
        let (judged, account) = explain(&Task::new(above, demand), Before::default(), &typed);
        if matches!(account, Some(Account::Step { .. })) {
            let right = matches!(judged.verdict, Verdict::Right { .. } | Verdict::Unfinished { .. });
            prop_assert!(right);
        }
    }
}
