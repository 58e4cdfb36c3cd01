//! What an author writes: exercises and materials.

use stegvis::exercises::{Bank, draw, lint};
use toml::{Table, Value};

/// A bank of one file is drawn from so often.
const DRAWS: i64 = 3;

/// A skill with its exercises, as TOML.
///
/// Oracle: every refusal names the file; what is read can be drawn from and looked through without end or crash, the same
/// seed gives the same item, and the same text the same bank.
pub fn exercise(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    let texts = [(place(text), text.to_owned())];
    let bank = match Bank::read(&texts) {
        Ok(bank) => bank,
        Err(error) => {
            assert!(!error.faults.is_empty(), "refused for no reason");
            assert!(error.faults.iter().all(|fault| texts.iter().any(|(path, _)| fault.file == *path)), "{error}");
            return;
        }
    };
    for exercise in bank.exercises() {
        for seed in (0..DRAWS).chain([i64::MIN, i64::MAX]) {
            let drawn = format!("{:?}", draw(exercise, seed));
            assert_eq!(drawn, format!("{:?}", draw(exercise, seed)), "another item of the same seed");
        }
    }
    let draws = u32::try_from(DRAWS).unwrap_or_default();
    assert_eq!(lint(&bank, draws), lint(&bank, draws), "another finding in the same bank");
}

/// Where the file has to lie, by what it says of itself.
fn place(text: &str) -> String {
    let table: Option<Table> = text.parse().ok();
    let skill = table.as_ref().and_then(|table| table.get("skill")).and_then(Value::as_table);
    let named = |key| skill.and_then(|skill| skill.get(key)).and_then(Value::as_str).unwrap_or("x");
    format!("{}/{}.toml", named("strand"), named("id"))
}

/// A skill for the materials to be about.
const SKILL: &str = include_str!("../corpus/exercise/seed-one");

/// A bank of two skills in two strands, one exercise each.
fn skills() -> [(String, String); 2] {
    let other = SKILL.replace("\"s\"", "\"t\"").replace("\"one\"", "\"two\"").replace("\"number\"", "\"algebra\"");
    [SKILL.to_owned(), other].map(|text| (place(&text), text))
}

/// What schools are given, as TOML.
///
/// Oracle: every refusal names the file; a set holds what its materials hold and nothing else: «all» has every exercise,
/// nothing has none, and each exercise is in a set of one exactly if it is in that material.
pub fn material(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    let [one, other] = skills();
    let texts = [one, other, ("materials.toml".to_owned(), text.to_owned())];
    let bank = match Bank::read(&texts) {
        Ok(bank) => bank,
        Err(error) => {
            assert!(!error.faults.is_empty(), "refused for no reason");
            assert!(error.faults.iter().all(|fault| fault.file == "materials.toml"), "{error}");
            return;
        }
    };
    let ids: Vec<String> = bank.materials().iter().map(|material| material.id.clone()).collect();
    let all = bank.materials_named(&ids);
    for exercise in bank.exercises() {
        let every = bank.materials_named(&["all".to_owned()]);
        assert!(bank.has(&exercise.id, every), "«all» has not {}", exercise.id);
        assert!(!bank.has(&exercise.id, bank.materials_named(&[])), "nothing has {}", exercise.id);
        let within = ids.iter().any(|id| bank.has(&exercise.id, bank.materials_named(std::slice::from_ref(id))));
        assert_eq!(bank.has(&exercise.id, all), within, "{} is in all together, or in none", exercise.id);
    }
}
