//! The shipped bank, and how slips in a bank are told.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use stegvis::exercises::{Bank, Earlier, ExerciseId, Item, Rule, draw, lint, read_folder};
use stepcheck::{Account, Cause, Verdict};

#[path = "exercises/graph.rs"]
mod graph;
#[path = "exercises/hinted.rs"]
mod hinted;
#[path = "exercises/judged.rs"]
mod judged;
#[path = "exercises/kinds.rs"]
mod kinds;

/// A bank of one sound exercise; tests spoil it in one place.
const SOUND: &str = r#"
[skill]
id = "sums"
name = { sv = "Summor", en = "Sums" }
stage = "4-6"
years = [4, 6]
strand = "number"
prerequisites = []

[[exercise]]
id = "sum-of-three"
level = "A"
difficulty = -0.5
ask = { sv = "Räkna ut", en = "Work out" }
support = { sv = "Ta ett tal i taget.", en = "Take one number at a time." }
start = "{a} + {b} + {a}"
demand = { kind = "value" }
worked = ["{a + b} + {a}", "{s}"]
wrong = ["{s + 1}"]
hints.sv = ["Vilka två tal tar du först?", "Addera {a} och {b}."]
hints.en = ["Which two numbers do you take first?", "Add {a} and {b}."]
where = ["a != b"]
[exercise.parameters]
a = "11..40"
b = "11..40"
[exercise.derived]
s = "a + b + a"
"#;

fn read(texts: &[(&str, &str)]) -> Result<Bank, String> {
    let texts: Vec<(String, String)> =
        texts.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    Bank::read(&texts).map_err(|error| error.to_string())
}

/// The sound bank with `old` replaced by `new`.
fn spoiled(old: &str, new: &str) -> Result<Bank, String> {
    assert!(SOUND.contains(old), "{old}");
    read(&[("number/sums.toml", &SOUND.replacen(old, new, 1))])
}

fn broken_rules(old: &str, new: &str) -> Vec<Rule> {
    let bank = spoiled(old, new).unwrap();
    lint(&bank, 25).into_iter().map(|f| f.rule).collect()
}

fn item(bank: &Bank, id: &str, seed: i64) -> Item {
    draw(bank.exercise(&ExerciseId::from(id)).unwrap(), seed).unwrap()
}

#[test]
fn the_shipped_bank_is_sound() {
    let bank = Bank::shipped().unwrap();
    let findings: Vec<String> = lint(&bank, 25).iter().map(ToString::to_string).collect();
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

#[test]
fn the_shipped_bank_is_what_lies_in_the_folder() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/exercises");
    let folder = Bank::read(&read_folder(folder.as_ref()).unwrap()).unwrap();
    let names = |bank: &Bank| -> Vec<String> { bank.exercises().iter().map(|e| e.id.to_string()).collect() };
    assert_eq!(names(&folder), names(&Bank::shipped().unwrap()));
}

#[test]
fn indexes_and_ids_point_at_the_same_exercise() {
    let bank = Bank::shipped().unwrap();
    for (index, exercise) in (0_u32..).zip(bank.exercises()) {
        assert_eq!(bank.index_of(&exercise.id), Some(index));
        assert_eq!(bank.at(index).unwrap().id, exercise.id);
        assert!(bank.skill(exercise.skill).is_some());
    }
    let beyond = u32::try_from(bank.exercises().len()).unwrap();
    assert!(bank.at(beyond).is_none());
    assert!(bank.exercise(&ExerciseId::from("no-such-exercise")).is_none());
}

#[test]
fn every_skill_that_is_practised_has_all_three_levels() {
    let bank = Bank::shipped().unwrap();
    for (index, skill) in bank.practised() {
        let of_skill = bank.exercises().iter().filter(|e| e.skill == index);
        let levels: BTreeSet<String> = of_skill.map(|e| e.level.to_string()).collect();
        assert_eq!(levels.len(), 3, "{}", skill.id);
    }
}

/// Students' work is stored as (exercise, seed). If this changes, old work is shown beside the
/// wrong task: mend the change, do not accept the snapshot. New exercises may be added to it.
#[test]
fn the_same_seed_gives_the_same_item_for_ever() {
    let bank = Bank::shipped().unwrap();
    let mut page = String::new();
    for exercise in bank.exercises() {
        writeln!(page, "{}", exercise.id).unwrap();
        for seed in [0, 1, i64::MIN, i64::MAX] {
            let item = draw(exercise, seed).unwrap();
            let lines = item.worked.join("  |  ");
            writeln!(page, "  {seed}: {}  |  {lines}", item.start_text).unwrap();
        }
    }
    insta::assert_snapshot!("items", page);
}

/// The page that authors learn from shows files as they are, and findings as they are told.
/// One wrong number comes from several mistakes: of a value only what its author expects is said.
#[test]
fn a_wrong_rule_is_named_of_a_value_where_its_author_expects_it() {
    let bank = Bank::shipped().unwrap();
    let named = |id: &str, line: fn(&Item) -> String| {
        let item = item(&bank, id, 0);
        let judged = item.judge(Earlier::default(), &line(&item));
        assert!(matches!(judged.verdict, Verdict::Wrong { .. }), "{id}");
        match judged.account {
            Some(Account::Mistake { cause: Some(Cause::Misconception { id }), .. }) => Some(id.id()),
            _ => None,
        }
    };
    // «The area was not halved» is what this one knows of, not a fraction that was half shortened.
    assert_eq!(named("area-triangle-right", |item| item.wrong[0].line.clone()), None);
    for exercise in ["unlike-fractions-juice", "like-fractions-juice"] {
        assert_eq!(named(exercise, |item| item.wrong[0].line.clone()), Some("frac_add_parallel"), "{exercise}");
    }
}

#[test]
fn the_page_about_writing_exercises_shows_what_is_there() {
    let file = |path: &str| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    let page = file("docs/writing-exercises.md");
    let shown = |block: &str, kind: &str| page.contains(&format!("```{kind}\n{}\n```\n", block.trim()));

    let two_step = file("exercises/algebra/equations-two-step.toml");
    let (skill, exercises) = two_step.split_once("[[exercise]]").unwrap();
    let first = format!("[[exercise]]{}", exercises.split("[[exercise]]").next().unwrap());
    for block in [skill, first.as_str()] {
        assert!(shown(block, "toml"), "docs/writing-exercises.md does not show this as it is:\n{block}");
    }

    let condition = "where = [\"a*c != a + c\"]";
    let simplify = file("exercises/algebra/expressions-simplify.toml");
    assert!(simplify.contains(condition));
    let alone = simplify.replacen(condition, "", 1).replace(r#"["expressions-write", "negative-add-sub"]"#, "[]");
    let findings = lint(&read(&[("algebra/expressions-simplify.toml", &alone)]).unwrap(), 500);
    let [finding] = &findings[..] else { panic!("one finding, not {findings:?}") };
    assert!(shown(&finding.to_string(), "console"), "docs/writing-exercises.md does not show:\n{finding}");

    let bank = Bank::shipped().unwrap();
    let (exercises, practised, skills) = (bank.exercises().len(), bank.practised().count(), bank.skills().len());
    let well = format!("{exercises} exercises in {practised} of {skills} skills, 500 items of each: all is well.");
    assert!(page.contains(&well), "docs/writing-exercises.md does not say: {well}");
}

#[test]
fn hints_and_tasks_carry_the_numbers_of_the_item() {
    let bank = Bank::shipped().unwrap();
    let item = item(&bank, "two-step-plain", 0);
    assert!(!item.start_text.contains('{'));
    assert!(item.hints.iter().all(|hint| !hint.sv.contains('{') && !hint.en.contains('{')));
    assert_eq!(item.ask.sv, "Lös ekvationen");
    assert_eq!(item.ask.en, "Solve the equation");
    assert_eq!(stepcheck::read(&item.start_text).ok().as_ref(), item.task().map(|task| &task.start));
}

#[test]
fn the_conditions_hold_in_every_item() {
    let bank = spoiled("where = [\"a != b\"]", "where = [\"a < b\", \"b < 20\"]").unwrap();
    for seed in 0..200 {
        let item = item(&bank, "sum-of-three", seed);
        let numbers: Vec<i64> = item.start_text.split(" + ").map(|n| n.parse().unwrap()).collect();
        assert!(numbers[0] < numbers[1] && numbers[1] < 20, "{}", item.start_text);
    }
}

#[test]
fn conditions_nothing_can_meet_give_an_error_and_no_endless_search() {
    let bank = spoiled("where = [\"a != b\"]", "where = [\"a < 0\"]").unwrap();
    let error = draw(&bank.exercises()[0], 7).unwrap_err();
    assert!(error.to_string().contains("sum-of-three with seed 7"), "{error}");
    let rules: Vec<Rule> = lint(&bank, 3).into_iter().map(|f| f.rule).collect();
    assert!(rules.contains(&Rule::Draw), "{rules:?}");
}

#[test]
fn the_sound_bank_has_no_findings() {
    assert_eq!(broken_rules("where", "where"), vec![]);
}

#[test]
fn each_spoiled_exercise_is_found_by_its_rule() {
    let asked = &SOUND[SOUND.find("ask =").unwrap()..SOUND.find("worked =").unwrap()];
    let without_unit = r#"
ask = { sv = "Hur många kronor är {a}, {b} och {a} kr tillsammans?", en = "How much are {a}, {b} and {a} kr?" }
support = { sv = "Ta ett tal i taget.", en = "Take one number at a time." }
answer = { number = "{a} + {b} + {a}" }
"#;
    for (old, new, rule) in [
        ("\"{a + b} + {a}\"", "\"{a + b} + {b}\"", Rule::Worked),
        ("\"{a + b} + {a}\"", "\"{a} + {b} + {a}\"", Rule::Worked),
        ("\"{a + b} + {a}\"", "\"{s}\", \"{a} + {a} + {b}\"", Rule::Worked),
        ("\"{a + b} + {a}\", \"{s}\"", "\"{a + b} + {a}\"", Rule::Worked),
        ("\"{s + 1}\"", "\"{a} + {s - a}\"", Rule::Wrong),
        ("Addera {a} och {b}.", "Det blir {s}.", Rule::Hint),
        ("Add {a} and {b}.", "It makes {s}.", Rule::Hint),
        ("a = \"11..40\"\nb = \"11..40\"", "a = \"11..12\"\nb = \"11..12\"", Rule::Variety),
        ("\"{a + b} + {a}\"", "\"{a + b} - {-a:()}\"", Rule::Notation),
        ("\"{s + 1}\"", "{ line = \"{s + 1}\", misconception = \"frac_add_parallel\" }", Rule::Named),
        ("support = { sv = \"Ta ett tal i taget.\", en = \"Take one number at a time.\" }\n", "", Rule::Support),
        ("difficulty = -0.5", "difficulty = 0.9", Rule::Level),
        ("where = [\"a != b\"]", "where = [\"a != b\"]\nplausible = [\"a < 20\"]", Rule::Plausible),
        (asked, without_unit, Rule::Unit),
        ("Räkna ut", "Räkna bara ut", Rule::Voice),
        ("Work out", "Work out!", Rule::Voice),
    ] {
        assert_eq!(broken_rules(old, new), vec![rule], "{new}");
    }
}

#[test]
fn a_finding_names_the_exercise_the_key_and_a_seed_that_shows_it() {
    let bank = spoiled("\"{s + 1}\"", "\"{s + 1}\", \"{a} + {s - a}\"").unwrap();
    let findings = lint(&bank, 25);
    assert_eq!(findings.len(), 1);
    assert_eq!((findings[0].seed, findings[0].items), (Some(0), 25));
    let told = findings[0].to_string();
    assert!(told.starts_with("number/sums.toml:19: sum-of-three, wrong[2] (seed 0, 25 in all): "), "{told}");
}

#[test]
fn a_higher_level_may_not_be_easier() {
    let second = SOUND.split_once("[[exercise]]").unwrap().1;
    let second = second
        .replace("sum-of-three", "another")
        .replace("level = \"A\"", "level = \"B\"")
        .replace("difficulty = -0.5", "difficulty = -0.6");
    let bank = read(&[("number/sums.toml", &format!("{SOUND}[[exercise]]{second}"))]).unwrap();
    let findings = lint(&bank, 5);
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].rule, Rule::Level);
    assert_eq!(findings[0].exercise, ExerciseId::from("another"));
}

#[test]
fn slips_in_a_file_are_told_with_their_place() {
    for (old, new, told) in [
        ("wrong =", "wrongs =", "exercise sum-of-three, line 19: unknown field `wrongs`"),
        ("sv = \"Summor\", ", "", "number/sums.toml, line 4: missing field `sv`"),
        ("\"value\"", "\"number\"", "exercise sum-of-three, line 17: unknown variant"),
        ("kind = \"value\"", "kind = \"solved\"", "sum-of-three, demand: name the letter"),
        ("kind = \"value\"", "kind = \"decimals\"", "demand: say how many: places = 2"),
        ("kind = \"value\"", "kind = \"significant\", digits = 0", "demand: say how many: digits = 2, from 1"),
        ("kind = \"value\"", "kind = \"factored\"", "demand: name the letter: { kind = \"factored\""),
        ("kind = \"value\"", "kind = \"exact\", places = 2", "demand: this kind has no places"),
        ("{ kind", "{ variable = \"x\", kind", "demand: this kind has no variable"),
        (
            "worked =",
            "policy = { gaps = \"maybe\" }\nworked =",
            "policy.gaps: cannot be «maybe»; write \"accepted\" or",
        ),
        ("worked =", "policy = { whole = [\"nn\"] }\nworked =", "policy.whole: cannot be «nn»; write single letters"),
        (
            "worked =",
            "policy = { tolerance = 2 }\nworked =",
            "sum-of-three, policy.tolerance: cannot be «2»; write a part",
        ),
        ("worked =", "policy = { gap = \"refused\" }\nworked =", "sum-of-three, line 18: unknown field `gap`"),
        ("prerequisites", "policy = { letters = 3 }\nprerequisites", "sums.toml, skill.policy.letters: cannot be «3»"),
        ("[\"a != b\"]", "[\"a != q\"]", "where[1]: uses q"),
        ("{a} + {b} + {a}", "{a} + {b} + {z}", "start: uses z"),
        ("\"{s + 1}\"", "\"{s:e}\"", "wrong[1]: {s:e}: after the colon"),
        ("b = \"11..40\"", "b = \"40..11\"", "parameters.b: 40..11 is empty"),
        ("b = \"11..40\"", "be = \"11..40\"", "parameters.be: a name is a single letter"),
        ("s = \"a + b + a\"", "s = \"a + s\"", "derived.s: needs s"),
        ("s = \"a + b + a\"", "a = \"b\"", "derived.a: is a parameter already"),
        ("-0.5", "5.0", "difficulty: it is in logits"),
        ("\"Which two numbers do you take first?\", ", "", "hints: write two strengths"),
        ("\"sum-of-three\"", "\"Sum of three\"", "id: write it in kebab-case"),
        ("\"sums\"", "\"products\"", "skill: strand and id say the file is number/products"),
        ("[4, 6]", "[6, 4]", "skill.years"),
        ("[4, 6]", "[4, 13]", "skill.years: write the first and the last school year, 1 to 12"),
        ("\"4-6\"", "\"4–6\"", "skill.stage: unknown stage «4–6»: use 1-3"),
        ("prerequisites = []", "prerequisites = [\"counting\"]", "counting has no file"),
        ("prerequisites = []", "prerequisites = [\"sums\"]", "sums builds on itself"),
    ] {
        let error = spoiled(old, new).unwrap_err();
        assert!(error.contains(told), "{new}: {error}");
        assert!(error.contains("number/sums.toml"), "{error}");
    }
}

#[test]
fn all_slips_are_told_at_once() {
    let text = SOUND.replace("{a} + {b} + {a}", "{q}").replace("-0.5", "7");
    let error = read(&[("number/sums.toml", &text)]).unwrap_err();
    assert!(error.contains("start: uses q") && error.contains("difficulty"), "{error}");
}

#[test]
fn a_file_that_cannot_be_read_does_not_spoil_those_that_build_on_it() {
    let next = SOUND
        .replace("\"sums\"", "\"next\"")
        .replace("sum-of-three", "next-one")
        .replace("prerequisites = []", "prerequisites = [\"sums\"]");
    let broken = SOUND.replace("wrong =", "wrongs =");
    let error = read(&[("number/next.toml", &next), ("number/sums.toml", &broken)]).unwrap_err();
    assert_eq!(error.lines().count(), 1, "{error}");
}

#[test]
fn circles_and_ids_used_twice_are_refused() {
    let twin = |id: &str, before: &str| {
        SOUND
            .replace("\"sums\"", &format!("\"{id}\""))
            .replace("prerequisites = []", &format!("prerequisites = [\"{before}\"]"))
    };
    let (one, two) = (twin("one", "two"), twin("two", "one").replace("of-three", "again"));
    let error = read(&[("number/one.toml", &one), ("number/two.toml", &two)]).unwrap_err();
    assert!(error.contains("one builds on itself"), "{error}");
    assert!(error.contains("two builds on itself"), "{error}");

    let other = SOUND.replace("\"sums\"", "\"other\"");
    let error = read(&[("number/sums.toml", SOUND), ("number/other.toml", &other)]).unwrap_err();
    assert!(error.contains("exercise sum-of-three, id: another exercise has it"), "{error}");

    let moved = SOUND.replace("strand = \"number\"", "strand = \"algebra\"");
    let error = read(&[("number/sums.toml", SOUND), ("algebra/sums.toml", &moved)]).unwrap_err();
    assert!(error.contains("skill.id: is also in"), "{error}");
}

const MATERIALS: &str = "[[material]]\nid = \"sums-only\"\nname = { sv = \"Summor\", en = \"Sums\" }\n";

fn with_materials(rest: &str) -> Result<Bank, String> {
    read(&[("number/sums.toml", SOUND), ("materials.toml", &format!("{MATERIALS}{rest}"))])
}

#[test]
fn every_shipped_exercise_is_in_a_material_and_none_is_in_all_of_them() {
    let bank = Bank::shipped().unwrap();
    let ids: Vec<String> = bank.materials().iter().map(|material| material.id.clone()).collect();
    let known = ["number", "algebra", "relations-change", "geometry", "probability-statistics", "problem-solving"];
    assert_eq!(ids, known, "ids are for ever");
    for exercise in bank.exercises() {
        let of: Vec<&String> =
            ids.iter().filter(|id| bank.has(&exercise.id, bank.materials_named(&[(*id).clone()]))).collect();
        assert_eq!(of.len(), 1, "{}: {of:?}", exercise.id);
        assert!(bank.has(&exercise.id, bank.materials_named(&["all".to_owned()])));
        assert!(!bank.has(&exercise.id, bank.materials_named(&["gone".to_owned()])));
    }
}

#[test]
fn a_material_is_a_strand_a_skill_or_single_exercises() {
    for rest in ["strands = [\"number\"]", "skills = [\"sums\"]", "exercises = [\"sum-of-three\"]"] {
        let bank = with_materials(rest).unwrap();
        assert!(bank.has(&"sum-of-three".into(), bank.materials_named(&["sums-only".to_owned()])), "{rest}");
        assert_eq!(lint(&bank, 25), [], "{rest}");
    }
    let rules: Vec<Rule> = lint(&with_materials("").unwrap(), 25).into_iter().map(|found| found.rule).collect();
    assert_eq!(rules, [Rule::Material], "an exercise that nobody can be given");
}

#[test]
fn slips_in_the_materials_are_told() {
    for (rest, told) in [
        ("strands = [\"geometry\"]", "geometry is not in the bank"),
        ("skills = [\"sum\"]", "sum is not in the bank"),
        ("exercises = [\"sum-of-four\"]", "sum-of-four is not in the bank"),
        ("schools = [\"x\"]", "schools"),
        ("[[material]]\nid = \"sums-only\"\nname = { sv = \"S\", en = \"S\" }\n", "stands twice"),
        ("[[material]]\nid = \"all\"\nname = { sv = \"S\", en = \"S\" }\n", "not «all»"),
        ("[[material]]\nid = \"s\"\nname = { sv = \" \", en = \"S\" }\n", "write the name"),
    ] {
        let said = with_materials(rest).err().unwrap_or_default();
        assert!(said.contains("materials.toml") && said.contains(told), "{rest}: {said}");
    }
}
