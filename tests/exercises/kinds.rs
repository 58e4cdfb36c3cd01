//! Every kind of answer: from the file to the verdict, and what the proof finds.

use stegvis::exercises::{Answer, Bank, Earlier, Item, Kind, Rule, draw, lint};
use stepcheck::{Account, Cause, Misconception, Verdict};

use super::{SOUND, read};

/// The sound bank with another answer; `more` are more keys of the exercise.
fn bank(answer: &str, worked: &str, more: &str) -> Result<Bank, String> {
    let text = SOUND
        .replace("start = \"{a} + {b} + {a}\"\ndemand = { kind = \"value\" }", answer)
        .replace("[\"{a + b} + {a}\", \"{s}\"]", worked)
        .replace("wrong = [\"{s + 1}\"]\n", "")
        .replace("Addera {a} och {b}.", "Tänk på båda.")
        .replace("Add {a} and {b}.", "Think of both.");
    read(&[("number/sums.toml", &format!("{text}{more}"))])
}

fn item(answer: &str, worked: &str, more: &str) -> Item {
    let bank = bank(answer, worked, more).unwrap();
    // Some tasks have few numbers in them.
    let findings: Vec<_> = lint(&bank, 60).into_iter().filter(|finding| finding.rule != Rule::Variety).collect();
    assert!(findings.is_empty(), "{}", findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
    draw(&bank.exercises()[0], 3).unwrap()
}

fn verdict(item: &Item, typed: &str) -> &'static str {
    match item.judge(Earlier::default(), typed).verdict {
        Verdict::Right { finished: true } => "goal",
        Verdict::Right { finished: false } | Verdict::Unfinished { .. } => "right",
        Verdict::Wrong { .. } => "wrong",
        Verdict::Unreadable(_) => "unreadable",
    }
}

/// What is handed in by whoever has it right is right, one line after the other, and the last one finishes.
fn finishes(item: &Item) {
    let mut typed: Vec<&str> = Vec::new();
    for line in &item.worked {
        let judged = item.judge(Earlier { typed: &typed, ..Earlier::default() }, line);
        typed.push(line);
        let finished = typed.len() == item.worked.len();
        assert_eq!(judged.verdict, Verdict::Right { finished }, "{line}");
    }
}

const EXPLAINED: &str = "[{ sv = \"Så här.\", en = \"Like this.\" }]";

#[test]
fn a_number_is_its_value_with_or_without_its_unit() {
    let answer = "answer = { number = \"2·{a} + {b}\", unit = { sv = \"kronor\", en = \"crowns\" } }";
    let item = item(answer, "[\"{s}\"]", "");
    assert_eq!(item.kind(), Kind::Number);
    assert!(item.start_text.is_empty(), "nothing is shown to start from");
    finishes(&item);
    let value = &item.worked[0];
    for typed in [value.clone(), format!("{value} kronor"), format!("{value} crowns")] {
        assert_eq!(verdict(&item, &typed), "goal", "{typed}");
    }
    for (typed, wanted) in [("2 · 3 = 6", "right"), ("2 · 3 = 7", "wrong"), ("1", "wrong"), ("2 +", "unreadable")] {
        assert_eq!(verdict(&item, typed), wanted, "{typed}");
    }
}

#[test]
fn a_fraction_is_shortened_and_an_expression_is_any_that_is_the_same() {
    let fraction = item("answer = { fraction = \"{a}/{2*a}\" }", "[\"1/2\"]", "");
    assert_eq!(
        (verdict(&fraction, "1/2"), verdict(&fraction, "2/4"), verdict(&fraction, "1/3")),
        ("goal", "right", "wrong")
    );
    let expression = item("answer = { expression = \"x + 7\" }", "[\"x + 7\"]", "");
    assert_eq!((verdict(&expression, "7 + x"), verdict(&expression, "7x")), ("goal", "wrong"));
    let answer = "answer = { expression = \"π · 36\", unit = { sv = \"cm²\", en = \"cm²\" } }";
    let area = item(answer, "[\"36π\"]", "");
    for typed in ["36π", "36π cm²", "36π cm^2", "36π kvadratcentimeter"] {
        assert_eq!(verdict(&area, typed), "goal", "{typed}");
    }
    assert_eq!(verdict(&area, "36π cm"), "wrong");
}

#[test]
fn a_choice_names_the_rule_behind_what_was_chosen() {
    let answer = "start = \"1/2 + 1/3\"\nanswer = { choice = [{ text = \"5/6\", right = true }, \
        { text = \"2/5\", misconception = \"frac_add_parallel\" }, { text = { sv = \"en halv\", en = \"a half\" } }] }";
    let item = item(answer, EXPLAINED, "");
    let Answer::Choice(choice) = &item.answer else { panic!("a choice") };
    finishes(&item);
    let letter_of = |text: &str| {
        let at = choice.options.iter().position(|option| option.text.text("sv") == text).unwrap();
        ('A'..).nth(at).unwrap().to_string()
    };
    let judged = item.judge(Earlier::default(), &letter_of("2/5"));
    let cause = Some(Cause::Misconception { id: Misconception::FracAddParallel });
    assert_eq!(judged.account, Some(Account::Mistake { cause, broken: None, follows: false }));
    assert_eq!(verdict(&item, &letter_of("en halv")), "wrong");
    for typed in ["", "D", "A B", "5/6"] {
        assert_eq!(verdict(&item, typed), "unreadable", "{typed}");
    }
}

#[test]
fn of_several_all_that_are_right_are_wanted_and_numbers_may_decide() {
    let answer = "answer = { several = true, in_order = true, choice = [{ text = \"{a}\", right = \"a > b\" }, \
        { text = \"{b}\", right = \"b > a\" }, { text = \"{s}\", right = true }] }";
    let item = item(answer, EXPLAINED, "");
    finishes(&item);
    assert!(["A, C", "B, C"].contains(&item.worked[0].as_str()), "{:?}", item.worked);
    assert_eq!((verdict(&item, "C"), verdict(&item, "A B C")), ("wrong", "wrong"));
}

#[test]
fn an_order_is_by_value_and_pairs_are_by_letters() {
    let order = item("answer = { order = [\"{a}/10\", \"{b:d}\", \"{s}\"], by = \"descending\" }", EXPLAINED, "");
    finishes(&order);
    let letters = order.worked[0].replace(", ", "");
    assert_eq!(verdict(&order, &letters.to_lowercase()), "goal");
    assert_eq!(verdict(&order, &letters.chars().rev().collect::<String>()), "wrong");
    assert_eq!(verdict(&order, &letters[..2]), "unreadable");
    let pairs = item(
        "answer = { pairs = [[\"{a}\", \"{2*a}\"], [\"{b}\", \"{2*b}\"]], extra = [\"{3*a + 100}\"] }",
        EXPLAINED,
        "",
    );
    finishes(&pairs);
    assert_eq!(verdict(&pairs, &pairs.worked[0].replace(", ", " ")), "goal");
    assert_eq!(verdict(&pairs, "1A"), "unreadable");
}

#[test]
fn gaps_hold_values_and_a_point_its_coordinates() {
    let gaps = item(
        "answer = { gaps = { text = \"{a} + □ = {a + b} − □\", answers = [\"{b}\", \"0\"] } }",
        "[\"{a} + {b} = {a + b}\"]",
        "",
    );
    finishes(&gaps);
    assert_eq!(
        (verdict(&gaps, "1; 2"), verdict(&gaps, "1"), verdict(&gaps, "1; ")),
        ("wrong", "unreadable", "unreadable")
    );
    let grid = "[exercise.figure]\nkind = \"grid\"\nx = { from = \"-50\", to = \"50\", step = \"10\" }\n\
        y = { from = \"-50\", to = \"50\", step = \"10\" }\ndescribe = { sv = \"Ett rutnät.\", en = \"A grid.\" }\n";
    let point = item("answer = { point = [\"{a}\", \"{-b}\"] }", EXPLAINED, grid);
    finishes(&point);
    let (x, y) =
        point.worked[0].trim_matches(['(', ')']).split_once("; ").map(|(x, y)| (x.to_owned(), y.to_owned())).unwrap();
    for typed in [format!("({x}, {y})"), format!("{x};{y}"), format!("{x},{y}")] {
        assert_eq!(verdict(&point, &typed), "goal", "{typed}");
    }
    assert_eq!((verdict(&point, &format!("({y}; {x})")), verdict(&point, &x)), ("wrong", "unreadable"));
}

#[test]
fn parts_are_solved_in_any_order_and_words_are_for_the_teacher() {
    let parts = "[[exercise.part]]\nask = { sv = \"Hur många?\", en = \"How many?\" }\nanswer = { number = \"{s}\" }\n\
        [[exercise.part]]\nask = { sv = \"Varför?\", en = \"Why?\" }\n\
        answer = { explain = { sv = \"Därför.\", en = \"Because.\" } }\n";
    let item = item("", EXPLAINED, parts);
    finishes(&item);
    let (number, words) = (&item.worked[0], "b) för att det är så");
    let second = item.judge(Earlier { typed: &[words], ..Earlier::default() }, number);
    assert_eq!(second.verdict, Verdict::Right { finished: true });
    assert_eq!(item.judge(Earlier::default(), words).verdict, Verdict::Right { finished: false });
    assert_eq!(
        (verdict(&item, "a) 1"), verdict(&item, "c) 1"), verdict(&item, "1")),
        ("wrong", "unreadable", "unreadable")
    );
    assert!(item.answer.is_judged());
}

#[test]
fn the_proof_finds_what_is_wrong_with_each_kind() {
    let rules = |answer: &str, worked: &str, more: &str| -> Vec<Rule> {
        let mut found: Vec<Rule> = lint(&bank(answer, worked, more).unwrap(), 30).into_iter().map(|f| f.rule).collect();
        found.retain(|rule| *rule != Rule::Variety);
        found.dedup();
        found
    };
    let number = "answer = { number = \"2·{a} + {b}\" }";
    assert_eq!(rules(number, "[\"{s}\"]", ""), []);
    assert_eq!(rules(number, "[\"{s + 1}\"]", ""), [Rule::Worked]);
    assert_eq!(rules(number, "[\"2·{a} = {a}\", \"{s}\"]", ""), [Rule::Worked], "a step that does not hold");
    let choice = "start = \"1/2 + 1/3\"\nanswer = { choice = [{ text = \"5/6\", right = true }, { text = \"1/5\", \
        misconception = \"frac_add_parallel\" }] }";
    assert_eq!(rules(choice, EXPLAINED, ""), [Rule::Named]);
    assert_eq!(
        rules("answer = { choice = [{ text = \"{a}\" }, { text = \"{b}\", right = \"a > 1000\" }] }", EXPLAINED, ""),
        [Rule::Draw]
    );
    assert_eq!(
        rules("answer = { order = [\"{a}\", \"{2*a}\", \"{a}\"], by = \"ascending\" }", EXPLAINED, ""),
        [Rule::Draw]
    );
    assert_eq!(rules("answer = { pairs = [[\"1\", \"{a}\"], [\"2\", \"{a}\"]] }", EXPLAINED, ""), [Rule::Draw]);
    let line = "[exercise.figure]\nkind = \"number-line\"\nfrom = \"0\"\nto = \"0\"\ndescribe = { sv = \"En linje.\", en = \"A line.\" }\n";
    assert_eq!(rules("answer = { point = [\"{a}\"] }", EXPLAINED, line), [Rule::Draw], "a figure that cannot be drawn");
}

#[test]
fn slips_in_an_answer_are_told_with_what_to_write() {
    for (answer, told) in [
        ("answer = {}", "exactly one of number"),
        ("answer = { number = \"1\", fraction = \"1/2\" }", "exactly one of number"),
        ("answer = { number = \"1\", several = true }", "has no several"),
        ("answer = { order = [\"1\", \"2\"] }", "3 to 8 pieces"),
        ("answer = { gaps = { text = \"1 = □\", answers = [] } }", "as many □"),
        ("answer = { point = [\"1\", \"2\", \"3\"] }", "one coordinate"),
        ("answer = { number = \"{q}\" }", "uses q"),
        (
            "answer = { choice = [{ text = { sv = \"{@thing}\", en = \"x\" }, right = true }, { text = \"1\" }] }",
            "{@thing}",
        ),
        ("answer = { number = \"1\" }\ndemand = { kind = \"value\" }", "or one answer"),
        ("context = \"moon\"\nanswer = { number = \"1\" }", "write one of food"),
    ] {
        let error = bank(answer, EXPLAINED, "").map(|_| ()).unwrap_err();
        assert!(error.contains(told), "{answer}: {error}");
    }
}

#[test]
fn words_are_drawn_in_both_languages_and_two_people_are_never_one() {
    let words = "[exercise.words]\nthing = { sv = [\"bullar\", \"äpplen\"], en = [\"buns\", \"apples\"] }\n";
    let answer = "answer = { number = \"{s}\" }";
    let text = bank(answer, "[\"{s}\"]", words).map(|_| ()).and_then(|()| {
        let text = SOUND
            .replace("start = \"{a} + {b} + {a}\"\ndemand = { kind = \"value\" }", answer)
            .replace("[\"{a + b} + {a}\", \"{s}\"]", "[\"{s}\"]")
            .replace("wrong = [\"{s + 1}\"]\n", "")
            .replace("Räkna ut", "{@name} och {@friend} har {@thing}")
            .replace("Work out", "{@name} and {@friend} have {@thing}");
        read(&[("number/sums.toml", &format!("{text}{words}"))])
    });
    let bank = text.unwrap();
    for seed in 0..300 {
        let ask = draw(&bank.exercises()[0], seed).unwrap().ask;
        let (name, rest) = ask.sv.split_once(" och ").unwrap();
        assert!(!rest.starts_with(&format!("{name} ")), "{}", ask.sv);
        let same = [("bullar", "buns"), ("äpplen", "apples")];
        assert!(same.iter().any(|(sv, en)| ask.sv.ends_with(sv) && ask.en.ends_with(en)), "{} / {}", ask.sv, ask.en);
    }
}
