//! The graph of skills: in which order they can be learned, and those that wait for exercises.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use adaptive::{Catalogue, Millis, Part, Recommendation, Request, SkillIndex, Start, Student, Weights, recommend};
use stegvis::exercises::{Bank, Materials, read_folder};
use stegvis::model;
use stegvis::practice::Difficulties;
use vault::rows::students::{General, SeenResponse};

use super::{SOUND, read};

/// A skill alone, under the sound one.
fn without_exercises() -> String {
    let (skill, _) = SOUND.split_once("[[exercise]]").unwrap();
    skill.replace("\"sums\"", "\"counting\"")
}

#[test]
fn a_skill_may_wait_for_its_exercises() {
    let above = SOUND.replace("prerequisites = []", "prerequisites = [\"counting\"]");
    let bank = read(&[("number/counting.toml", &without_exercises()), ("number/sums.toml", &above)]).unwrap();
    let names = |of: Vec<u16>| of.iter().map(|at| bank.skill(*at).unwrap().id.to_string()).collect::<Vec<_>>();
    assert_eq!(names((0..2).collect()), ["counting", "sums"]);
    assert_eq!(names(bank.practised().map(|(at, _)| at).collect()), ["sums"]);
    assert_eq!(names(bank.skill(1).unwrap().prerequisites.clone()), ["counting"], "it keeps its place");
}

#[test]
fn no_shipped_skill_comes_before_what_it_builds_on() {
    let bank = Bank::shipped().unwrap();
    let stage = |text: &str| text.parse::<adaptive::Stage>().unwrap();
    for skill in bank.skills() {
        for need in skill.prerequisites.iter().map(|need| bank.skill(*need).unwrap()) {
            assert!(stage(&need.stage) <= stage(&skill.stage), "{} needs {} of a later stage", skill.id, need.id);
            assert!(need.years.0 <= skill.years.0, "{} needs {}, which begins later", skill.id, need.id);
        }
    }
}

#[test]
fn every_strand_is_in_a_material() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("exercises");
    let materials = fs::read_to_string(folder.join("materials.toml")).unwrap();
    for skill in Bank::shipped().unwrap().skills() {
        assert!(materials.contains(&format!("\"{}\"", skill.strand)), "{} is in no material", skill.strand);
    }
}

fn catalogue(bank: &Bank, materials: Materials) -> Arc<Catalogue> {
    Difficulties::new(bank, &[]).unwrap().known().catalogue(bank, materials)
}

/// What a student of the year is given who has answered nothing.
fn first(bank: &Bank, materials: Materials, year: u8) -> Recommendation {
    let student = Student::new(Start { ability: 0.0, year: Some(year) });
    let catalogue = catalogue(bank, materials);
    let now = Millis(1_764_068_400_000);
    let asked = Request { exploration: 0.0, ..Request::new(&student, Weights::shipped(), &catalogue, now, 1) };
    recommend(&asked).remove(0)
}

#[test]
fn who_has_answered_nothing_is_given_something_of_their_year_at_once() {
    let bank = Bank::shipped().unwrap();
    let algebra = bank.materials_named(&["algebra".to_owned()]);
    for (year, materials) in [(4, Materials::ALL), (7, Materials::ALL), (7, algebra), (9, Materials::ALL)] {
        let given = first(&bank, materials, year);
        let skill = bank.skill(given.skills.main().0).unwrap();
        assert!((skill.years.0..=skill.years.1).contains(&year), "year {year}: {}", skill.id);
        assert_eq!(given.reason.main, Part::Start, "year {year}: {}", skill.id);
    }
}

#[test]
fn nothing_waits_for_a_skill_that_the_school_cannot_practise() {
    let bank = Bank::shipped().unwrap();
    for material in bank.materials() {
        let materials = bank.materials_named(std::slice::from_ref(&material.id));
        let catalogue = catalogue(&bank, materials);
        for (skill, seen) in catalogue.skills().iter() {
            let strange = seen.prerequisites.iter().find(|need| catalogue.of(**need).is_empty());
            assert_eq!(strange, None, "{} in {}", bank.skill(skill.0).unwrap().id, material.id);
        }
    }
}

/// The file of a skill that has exercises, as if it stood on nothing.
fn alone((path, text): &(String, String)) -> Option<(String, String)> {
    let (skill, exercises) = text.split_once("[[exercise]]")?;
    let (before, list) = skill.split_once("prerequisites = [")?;
    let (_, after) = list.split_once(']')?;
    Some((path.clone(), format!("{before}prerequisites = []{after}[[exercise]]{exercises}")))
}

#[test]
fn a_model_is_the_same_whatever_skills_stand_beside_those_that_were_practised() {
    let texts = read_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("exercises")).unwrap();
    let whole = Bank::read(&texts).unwrap();
    let few: Vec<(String, String)> = texts.iter().filter_map(alone).collect();
    let few = Bank::read(&few).unwrap();
    assert!(few.skills().len() < whole.skills().len());

    let nothing = General {
        version: 0,
        ability: 0.0,
        responses: 0,
        last_at: vault::Millis(0),
        start: None,
        state: String::new(),
    };
    let responses: Vec<SeenResponse> = (0_i64..)
        .zip(few.exercises().iter().cycle().take(200))
        .map(|(count, exercise)| SeenResponse {
            skill: few.skill(exercise.skill).unwrap().id.to_string(),
            also: None,
            exercise: exercise.id.to_string(),
            difficulty: exercise.difficulty,
            correct: count % 3 > 0,
            attempt: 1,
            is_line: false,
            at: vault::Millis(1_764_068_400_000 + count * 90_000),
        })
        .collect();
    let rows = |bank: &Bank| model::rows(bank, &nothing, &responses, Some(7));
    assert!(rows(&few).is_as(&rows(&whole)), "names are stored, not places");

    let rows = rows(&few);
    let read = |bank: &Bank| model::from_rows(bank, &rows.general, &rows.skills, &rows.items, Some(7)).unwrap();
    let (before, after) = (read(&few), read(&whole));
    for (skill, state) in before.skills.iter() {
        let name = few.skill(skill.0).unwrap().id.as_str();
        let now = SkillIndex(whole.skill_index(name).unwrap());
        assert_eq!(after.skills.get(&now), Some(state), "{name}");
    }
}
