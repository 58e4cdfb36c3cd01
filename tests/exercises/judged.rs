//! From what a file says of the answer and its conventions to the verdict on a line.

use stegvis::exercises::{Bank, Earlier, Rule, draw, lint};
use stepcheck::Verdict;

use super::{SOUND, read};

/// The sound bank with what is asked for changed; `skill` and `exercise` are more keys.
fn bank(skill: &str, exercise: &str, [start, demand, worked, wrong]: [&str; 4]) -> Result<Bank, String> {
    let text = SOUND
        .replace("prerequisites = []", &format!("prerequisites = []\n{skill}"))
        .replace("\"{a} + {b} + {a}\"", &format!("\"{start}\"\n{exercise}"))
        .replace("{ kind = \"value\" }", demand)
        .replace("[\"{a + b} + {a}\", \"{s}\"]", worked)
        .replace("[\"{s + 1}\"]", wrong);
    read(&[("number/sums.toml", &text)])
}

fn accepted(bank: &Bank, line: &str) -> bool {
    let item = draw(&bank.exercises()[0], 0).unwrap();
    match item.judge(Earlier::default(), line).verdict {
        Verdict::Right { .. } | Verdict::Unfinished { .. } => true,
        Verdict::Wrong { .. } => false,
        Verdict::Unreadable(why) => panic!("{line}: {why:?}"),
    }
}

const SOLVED: &str = "{ kind = \"solved\", variable = \"x\" }";
const SIMPLIFIED: &str = "{ kind = \"simplified\" }";
const VALUE: &str = "{ kind = \"value\" }";

#[test]
fn the_same_line_has_two_verdicts() {
    for (policy, start, demand, line) in [
        ("gaps = \"refused\"", "x/x", SIMPLIFIED, "1"),
        ("letters = \"positive\"", "x^2 = 9", SOLVED, "x = 3"),
        ("odd_roots = \"refused\"", "(−8)^(1/3)", VALUE, "−2"),
        ("alternatives = \"only_or\"", "x^2 = 9", SOLVED, "x = 3 och x = −3"),
        ("implied = \"refused\"", "√(x+2) = x", SOLVED, "x+2 = x^2"),
        ("implied = \"accepted\"", "x = 3", SOLVED, "x^2 = 3x"),
        ("whole = [\"p\"]", "sin x = 0", SOLVED, "x = p·π"),
        ("tolerance = \"0,01\"", "1/3", VALUE, "0,333"),
        ("tolerance = 0.01", "1/3", VALUE, "0,333"),
    ] {
        let policy = format!("policy = {{ {policy} }}");
        let asked = [start, demand, "[\"1\"]", "[]"];
        let without = accepted(&bank("", "", asked).unwrap(), line);
        assert_ne!(without, accepted(&bank("", &policy, asked).unwrap(), line), "{policy} of the exercise");
        assert_ne!(without, accepted(&bank(&policy, "", asked).unwrap(), line), "{policy} of the skill");
    }
}

#[test]
fn what_the_exercise_says_goes_before_what_its_skill_says() {
    let skill = "policy = { tolerance = \"0,01\", gaps = \"refused\" }";
    let third = ["1/3", VALUE, "[\"1\"]", "[]"];
    assert!(accepted(&bank(skill, "policy = { gaps = \"accepted\" }", third).unwrap(), "0,333"));
    assert!(!accepted(&bank(skill, "policy = { tolerance = 0 }", third).unwrap(), "0,333"));
    let gap = ["x/x", SIMPLIFIED, "[\"1\"]", "[]"];
    assert!(!accepted(&bank(skill, "policy = { tolerance = 0 }", gap).unwrap(), "1"));
    assert!(accepted(&bank(skill, "policy = { gaps = \"accepted\" }", gap).unwrap(), "1"));
}

#[test]
fn the_proof_goes_by_the_conventions_and_wants_to_see_why() {
    let rules = |policy: &str, asked: [&str; 4]| -> Vec<Rule> {
        let found = lint(&bank("", policy, asked).unwrap(), 25).into_iter().map(|found| found.rule);
        // The hints are about sums, and some tasks have no number in them.
        found.filter(|rule| ![Rule::Hint, Rule::Variety].contains(rule)).collect()
    };
    let square = ["x^2 = {a^2}", SOLVED, "[\"x = {a}\"]", "[\"x = {a + 1}\"]"];
    assert_eq!(rules("", square), [Rule::Worked]);
    assert_eq!(rules("policy = { letters = \"positive\" }", square), []);
    let sum = ["{a} + {b} + {a}", VALUE, "[\"{a + b} + {a}\", \"{s}\"]", "[\"{s + 1}\"]"];
    assert_eq!(rules("policy = { tolerance = \"0,00001\" }", sum), [Rule::Policy]);
    assert_eq!(rules("policy = { tolerance = \"0,1\" }", sum), [Rule::Wrong], "it shows that the line is wrong");
}

/// Every form that the checker knows, with a solution whose last line has it and an answer that has not.
#[test]
fn every_form_can_be_asked_for_and_the_proof_holds_the_solution_to_it() {
    for (demand, start, answer, other) in [
        ("value", "{a} + {b}", "{a + b}", "{a} + {b} + 0"),
        ("lowest_terms", "{a}/{a*b} + 0", "1/{b}", "{a}/{a*b}"),
        ("decimal", "{a}/10 + {b}", "{a/10 + b:d}", "{a + 10*b}/10"),
        ("mixed", "{a} + 1/{b}", "{a} 1/{b}", "{a*b + 1}/{b}"),
        ("improper", "{a} + 1/{b}", "{a*b + 1}/{b}", "{a} 1/{b}"),
        ("exact", "√({a^2}·2)", "{a}√2", "√{2*a^2}"),
        ("standard", "{a}000 · 10", "{a/10:d}·10^5", "{a}·10^4"),
        ("decimals\", places = \"2", "{a}/{b} + 1", "{a/b + 1:d2}", "{a + b}/{b}"),
        ("significant\", digits = \"2", "{a} + {b}/100", "{a + b/100:d0}", "{a + b/100:d}"),
        ("unit", "{a} m + {b} m", "{a + b} m", "{a} m + {b} m + 0 m"),
        ("simplified", "{a}x + {b}x + {a}", "{a + b}x + {a}", "{a}x + {a} + {b}x"),
        ("expanded", "{a}(x + {b}) + 1", "{a}x + {a*b} + 1", "1 + {a}(x + {b})"),
        ("factored\", variable = \"x", "x^2 + {a}x", "x(x + {a})", "(x^2 + {a}x)"),
        ("completed_square\", variable = \"x", "x^2 + {2*a}x", "(x + {a})^2 − {a^2}", "x^2 + {a}x + {a}x"),
        ("single_fraction", "{a}/x + 1", "({a} + x)/x", "1 + {a}/x"),
        (
            "partial_fractions\", variable = \"x",
            "(2x + {a})/(x(x + {a}))",
            "1/x + 1/(x + {a})",
            "(2x + {a})/(x^2 + {a}x)",
        ),
        ("numbers_in_lowest_terms", "{2*a}/2 · x", "{a}x", "{4*a}/4 · x"),
        ("solved\", variable = \"x", "x + {a} = {b}", "x = {b - a}", "x = {b} − {a}"),
    ] {
        let demand = format!("{{ kind = \"{demand}\" }}").replace("\"2\"", "2");
        let rules = |answer: &str| -> Vec<Rule> {
            let bank = bank("", "", [start, &demand, &format!("[\"{answer}\"]"), "[]"]);
            let found = lint(&bank.unwrap_or_else(|told| panic!("{demand}: {told}")), 25).into_iter();
            let found: Vec<_> = found.filter(|found| found.rule == Rule::Worked || found.rule == Rule::Draw).collect();
            assert!(found.iter().all(|found| found.rule == Rule::Worked), "{demand}: {found:?}");
            found.into_iter().map(|found| found.rule).collect()
        };
        assert_eq!(rules(answer), [], "{demand}: {answer}");
        assert_eq!(rules(other), [Rule::Worked], "{demand}: {other}");
    }
}
