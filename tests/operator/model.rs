//! The student model in the operator's hands: made anew, looked through, fitted, evaluated, simulated.

use std::{fmt::Write as _, fs, path::Path, process::Command};

use serde_json::{Value, json};

use crate::{
    client::key,
    site::{Said, Site, on_both},
    students::{opened, site_with_students},
};

on_both!(a_model_that_was_stored_otherwise_is_mended, exercises_that_misbehave_are_listed);

fn a_model_that_was_stored_otherwise_is_mended(site: &Site) {
    let _told = site_with_students(site);
    let serving = site.serve(&[]);
    let (client, mut at) = opened(&serving, "alva");
    let responses = || site.ask("SELECT COUNT(*) AS said FROM response").remove(0);
    // Whatever kind of task it is, one of these is a wrong answer to it.
    for number in 0..40 {
        if responses() != "0" {
            break;
        }
        for line in ["x = 98765", "98765", "A", "B", "A, B, C, D"] {
            client.post_json(
                &format!("{at}/lines"),
                &json!({ "line": line, "key": key(number * 8 + line.len() as u32) }),
            );
        }
        let answer = client.post_json(&format!("{at}/another"), &Value::Null);
        answer.location().clone_into(&mut at);
    }
    assert_ne!(responses(), "0", "no answer of the student was judged");
    serving.stop();
    let rebuild = || site.stegvis(&["model", "rebuild"]);
    let models = || site.ask("SELECT state AS said FROM skill_state");
    let before = models();
    assert!(rebuild().out.contains("4 students looked at: 0 models were stored otherwise"), "{}", rebuild().all());
    site.sql("UPDATE skill_state SET responses = responses + 7");
    site.sql("UPDATE student SET ability = ability + 0.5 WHERE responses > 0");
    let said = rebuild();
    assert!(said.ok && said.out.contains("4 students looked at: 1 models were stored otherwise"), "{}", said.all());
    assert!(rebuild().out.contains(" 0 models were stored otherwise"));
    assert_eq!(models(), before);
}

fn exercises_that_misbehave_are_listed(site: &Site) {
    site.set_up();
    let said = site.stegvis(&["items", "review"]);
    assert!(said.ok && said.out.starts_with("No exercise misbehaves"), "{}", said.all());
    // As many have solved it as a much easier one is solved by.
    site.sql(
        "INSERT INTO item_difficulty (exercise, attempt, moved, responses, information, residual, surprise, \
         surprise_variance, covariance, leverage, spread) \
         VALUES ('two-step-plain', 1, -2.5, 400, 80.0, 0.0, 400.0, 800.0, 80.0, 80.0, 80.0)",
    );
    let said = site.stegvis(&["items", "review"]);
    assert!(
        said.out.contains("two-step-plain  (400 first answers)\n  easier than its author thought"),
        "{}",
        said.all()
    );
    let listed: Value = serde_json::from_str(&site.stegvis(&["items", "review", "--json"]).out).unwrap();
    assert_eq!(listed[0]["exercise"], "two-step-plain");
    assert_eq!(listed.as_array().unwrap().len(), 1);
}

/// The binary without settings.
fn stegvis(words: &[&str]) -> Said {
    Said::of(Command::new(env!("CARGO_BIN_EXE_stegvis")).args(words).output().unwrap())
}

/// Thirty students with forty answers each, and their folds: the farther a student and the easier an item, the more is right.
fn write_responses(folder: &Path) -> [String; 2] {
    let (mut responses, mut folds) =
        ("student,item,skills,correct,timestamp\n".to_owned(), "student,fold\n".to_owned());
    let mut state = 1_u64;
    let mut chance = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f64 / f64::from(1_u32 << 31)
    };
    for student in 0..30 {
        writeln!(folds, "{student},{}", student % 3).unwrap();
        for answer in 0..40 {
            let item = (student * 7 + answer * 3) % 24;
            let right = chance() < 0.2 + 0.4 * f64::from(student) / 30.0 + 0.3 * f64::from(item) / 24.0;
            writeln!(responses, "{student},{item},{},{},{}", item % 6, u8::from(right), answer * 60).unwrap();
        }
    }
    [("responses.csv", responses), ("folds.csv", folds)].map(|(name, text)| {
        let file = folder.join(name);
        fs::write(&file, text).unwrap();
        file.display().to_string()
    })
}

#[test]
fn predictions_are_told_by_the_keys_of_the_contract_and_are_the_same_again() {
    let folder = tempfile::tempdir().unwrap();
    let [responses, folds] = write_responses(folder.path());
    let evaluate = |more: &[&str]| {
        let said = stegvis(&[&["evaluate", "--responses", &responses, "--folds", &folds, "--json"], more].concat());
        assert!(said.ok, "{}", said.all());
        serde_json::from_str::<Value>(&said.out).unwrap()
    };
    let timeless = |mut figures: Value| {
        for time in ["fit_seconds", "updates_per_second"] {
            assert!(figures.as_object_mut().unwrap().remove(time).unwrap().as_f64().unwrap() > 0.0);
        }
        figures
    };
    let first = timeless(evaluate(&["--fold", "0"]));
    for key in ["auc", "accuracy", "rmse", "log_loss", "ece", "auc_first_10", "band_error"] {
        assert!(first[key].as_f64().is_some_and(|value| (0.0..=1.0).contains(&value)), "{key} in {first}");
    }
    assert!(first["auc"].as_f64().unwrap() > 0.55, "{first}");
    assert_eq!(timeless(evaluate(&["--fold", "0"])), first);
    let all = evaluate(&["--fold", "0,1", "--elo", "--without", "recent", "--without", "moving"]);
    let aucs: Vec<f64> = all["folds"].as_array().unwrap().iter().map(|fold| fold["auc"].as_f64().unwrap()).collect();
    assert_eq!(aucs.len(), 2);
    assert!((all["mean"]["auc"].as_f64().unwrap() - (aucs[0] + aucs[1]) / 2.0).abs() < 1e-12);
    let over = &all["folds"][0];
    let [low, high] = ["over_elo_low", "over_elo_high"].map(|end| over[end].as_f64().unwrap());
    assert!(low <= over["over_elo_auc"].as_f64().unwrap() && over["over_elo_auc"].as_f64().unwrap() <= high, "{over}");
    assert_eq!(all["without"][1]["name"], "moving");
}

#[test]
fn what_is_no_response_is_told_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let [responses, folds] = write_responses(folder.path());
    let spoiled = fs::read_to_string(&responses).unwrap().replacen("\n0,3,", "\n0,three,", 1);
    fs::write(&responses, spoiled).unwrap();
    for words in [vec!["evaluate", "--folds", &folds, "--fold", "0"], vec!["fit"]] {
        let said = stegvis(&[&words[..], &["--responses", &responses]].concat());
        assert!(!said.ok && said.all().contains("line 3, is no response"), "{}", said.all());
    }
    let said = stegvis(&["evaluate", "--responses", "nowhere.csv", "--folds", &folds, "--fold", "0"]);
    assert!(!said.ok && said.all().contains("nowhere.csv"), "{}", said.all());
}

#[test]
fn weights_say_what_they_were_fitted_on_and_are_the_same_again() {
    let folder = tempfile::tempdir().unwrap();
    let [responses, _] = write_responses(folder.path());
    let first = stegvis(&["fit", "--responses", &responses, "--seed", "3"]);
    assert!(first.ok, "{}", first.all());
    assert_eq!(stegvis(&["fit", "--responses", &responses, "--seed", "3"]).out, first.out);
    let weights: Value = serde_json::from_str(&first.out).unwrap();
    assert!(first.out.contains("responses.csv"), "{weights}");
}

#[test]
fn a_simulation_is_the_same_again_and_draws_pictures() {
    let folder = tempfile::tempdir().unwrap();
    let skills = folder.path().join("skills.csv");
    let rows =
        (0..12).map(|n| format!("s{n},4-6,{}\n", if n > 1 { format!("s{};s{}", n - 1, n - 2) } else { String::new() }));
    fs::write(&skills, format!("id,stage,prerequisites\n{}", rows.collect::<String>())).unwrap();
    let pictures = folder.path().join("pictures").display().to_string();
    let simulate = |more: &[&str]| {
        let words = ["simulate", "--skills", skills.to_str().unwrap(), "--students", "2", "--tuning", "--ours"];
        let said = stegvis(&[&words[..], more].concat());
        assert!(said.ok, "{}", said.all());
        said.out
    };
    let first = simulate(&["--json", "--pictures", &pictures]);
    assert_eq!(simulate(&["--json"]), first);
    assert_ne!(simulate(&["--json", "--seed", "2"]), first);
    serde_json::from_str::<Value>(&first).unwrap();
    assert_eq!(fs::read_dir(&pictures).unwrap().count(), 3);
    let said = stegvis(&["simulate", "--known-from", "7"]);
    assert!(!said.ok && said.all().contains("from 0 to 1"), "{}", said.all());
}
