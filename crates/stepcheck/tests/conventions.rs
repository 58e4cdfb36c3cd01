//! What rounding and following may never do, whatever the numbers are.

use num_traits::Signed;
use proptest::prelude::*;
use stepcheck::{Demand, Implied, Left, Policy, Rational, Statement, Task, Verdict, judge, read, rounded};

const FINISHED: Verdict = Verdict::Right { finished: true };

fn statement(typed: &str) -> Statement {
    read(typed).unwrap_or_else(|why| panic!("{typed}: {why:?}"))
}

/// `value` with so many decimals; it has no more.
fn decimal(value: &Rational, places: usize) -> String {
    let scale: num_bigint::BigInt = num_traits::pow(10.into(), places);
    let digits = (value.abs() * Rational::from_integer(scale)).to_integer().to_string();
    let digits = format!("{digits:0>width$}", width = places + 1);
    let (whole, part) = digits.split_at(digits.len() - places);
    let sign = if value.is_negative() { "-" } else { "" };
    if places == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole},{part}") }
}

fn unit(places: usize) -> Rational {
    Rational::new(1.into(), num_traits::pow(10.into(), places))
}

proptest! {
    /// The rounded value is the answer, and neither of its neighbours is; of a number and of an equation.
    #[test]
    fn only_the_rounded_value_is_the_answer(top in -500_i64..500, bottom in 2_i64..90, places in 0_u8..5) {
        let value = Rational::new(top.into(), bottom.into());
        let demand = Demand::Decimals { places };
        let number = Task::new(statement(&format!("({top})/{bottom}")), demand);
        let equation = Task::new(statement(&format!("{bottom}x = {top}")), demand);
        let unit = unit(places.into());
        let answer = rounded(&value, &unit);
        for (written, right) in [(answer.clone(), true), (&answer + &unit, false), (&answer - &unit, false)] {
            let line = decimal(&written, places.into());
            for (task, line) in [(&number, line.clone()), (&equation, format!("x ≈ {line}"))] {
                let verdict = judge(task, &[], &line).verdict;
                prop_assert_eq!(verdict == FINISHED, right, "{} {:?}: {:?}", line, task.start, verdict);
                prop_assert_eq!(matches!(verdict, Verdict::Wrong { .. }), !right, "{}: {:?}", line, verdict);
            }
        }
    }

    /// With more digits than are asked for it is right, and to be rounded.
    #[test]
    fn more_digits_are_to_be_rounded(top in 1_i64..500, bottom in 2_i64..90, places in 0_u8..4, more in 3_u8..6) {
        let value = Rational::new(top.into(), bottom.into());
        let written = decimal(&rounded(&value, &unit((places + more).into())), (places + more).into());
        // A half may round either way once it is rounded twice.
        let twice = rounded(&rounded(&value, &unit((places + more).into())), &unit(places.into()));
        prop_assume!(twice == rounded(&value, &unit(places.into())));
        let task = Task::new(statement(&format!("{top}/{bottom}")), Demand::Decimals { places });
        prop_assert_eq!(judge(&task, &[], &written).verdict, Verdict::Unfinished { left: Left::Decimals }, "{}", written);
    }

    /// A line that lost a solution never follows; one with more of them does, and is never finished.
    #[test]
    fn what_follows_has_lost_nothing(p in -9_i64..10, q in -9_i64..10, r in -9_i64..10) {
        let factor = |root: i64| format!("(x-({root}))");
        let start = statement(&format!("{}{} = 0", factor(p), factor(q)));
        let demand = Demand::Solved { variable: 'x'.into() };
        let task = Task { start, demand, policy: Policy { implied: Implied::Accepted, ..Policy::default() } };
        let verdict = |line: String| judge(&task, &[], &line).verdict;
        let kept = verdict(format!("{}{}{} = 0", factor(p), factor(q), factor(r)));
        let follows = Verdict::Unfinished { left: Left::Check };
        prop_assert_eq!(kept == follows, r != p && r != q, "{:?}", kept);
        let lost = verdict(format!("{}{} = 0", factor(p), factor(r)));
        let all_there = q == p || q == r;
        prop_assert_eq!(matches!(lost, Verdict::Wrong { .. }), !all_there, "{:?}", lost);
        let values = verdict(format!("x = {p} eller x = {q} eller x = {r}"));
        prop_assert_ne!(values, follows);
    }
}
