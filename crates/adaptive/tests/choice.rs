//! What must hold of the choice of the next exercise.

use std::collections::BTreeMap;

use adaptive::{
    BAND, Candidate, Catalogue, Millis, PREREQUISITE_MASTERY, Reason, Response, Skill, SkillIndex, Skills, Stage,
    Student, choose, mastery, predict,
};
use proptest::prelude::*;

const START: Millis = Millis(1_700_000_000_000);

fn skill(stage: Stage, prerequisites: &[u16]) -> Skill {
    Skill { prerequisites: prerequisites.iter().copied().map(SkillIndex).collect(), stage }
}

/// Nine items a skill, from −2 to 2, for the years of the skill's stage.
fn catalogue(skills: Vec<Skill>) -> Catalogue {
    let items = |(place, skill): (usize, &Skill)| {
        let years = skill.stage.years();
        (0..9usize).map(move |item| Candidate {
            exercise: (place * 9 + item) as u32,
            skill: SkillIndex(place as u16),
            difficulty: -2.0 + 0.5 * item as f64,
            years,
        })
    };
    let candidates = skills.iter().enumerate().flat_map(items).collect();
    let skills = Skills::new(skills).expect("no cycle");
    Catalogue::new(skills, candidates).expect("every skill exists")
}

/// 0 in years 4-6; 1 and 3 build on it in years 7-9, and 2 on 1.
fn small() -> Catalogue {
    catalogue(vec![
        skill(Stage::Years4To6, &[]),
        skill(Stage::Years7To9, &[0]),
        skill(Stage::Years7To9, &[1]),
        skill(Stage::Years7To9, &[0]),
    ])
}

fn practise(student: &mut Student, skill: u16, correct: bool, times: u32, at: Millis) {
    for _ in 0..times {
        student.update(&Response { skill: SkillIndex(skill), difficulty: 0.0, correct, at, attempt: 1 });
    }
}

/// Whether everything a skill rests on is there, told apart from how the crate tells it.
fn is_open(student: &Student, catalogue: &Catalogue, index: SkillIndex, now: Millis) -> bool {
    let authored = catalogue.skills().get(index).expect("exists");
    authored.prerequisites.iter().all(|&prerequisite| {
        let known = mastery(student, prerequisite, now);
        let stage = catalogue.skills().get(prerequisite).expect("exists").stage;
        let earlier = student.year.is_some_and(|year| year > stage.years().1);
        (known.enough && known.probability >= PREREQUISITE_MASTERY) || (!known.enough && earlier)
    })
}

prop_compose! {
    fn a_graph()(
        links in prop::collection::vec((prop::collection::vec(any::<prop::sample::Index>(), 0..3), 0u8..3), 1..14)
    ) -> Vec<Skill> {
        links.iter().enumerate().map(|(place, (links, stage))| {
            let mut before: Vec<u16> = match place {
                0 => Vec::new(),
                _ => links.iter().map(|link| link.index(place) as u16).collect(),
            };
            before.dedup();
            let stage = [Stage::Years1To3, Stage::Years4To6, Stage::Years7To9][usize::from(*stage)];
            skill(stage, &before)
        }).collect()
    }
}

proptest! {
    #[test]
    fn nothing_beyond_the_frontier_is_chosen(
        skills in a_graph(),
        year in prop::option::of(1u8..12),
        answers in prop::collection::vec((any::<prop::sample::Index>(), any::<bool>(), 1u32..6, 0.0..90.0f64), 0..20),
        avoid in prop::collection::vec(0u32..130, 0..60),
        seed: u64,
    ) {
        let catalogue = catalogue(skills);
        let mut student = Student::new(year);
        let mut now = START;
        for (place, correct, times, days) in answers {
            now = now.plus_days(days);
            let index = place.index(catalogue.skills().len());
            practise(&mut student, index as u16, correct, times, now);
        }
        // Skills without prerequisites are always open, so there is always something.
        let chosen = choose(&student, &catalogue, &avoid, now, seed).expect("something is open");
        prop_assert!(is_open(&student, &catalogue, chosen.skill, now));
        prop_assert!(chosen.propensity > 0.0 && chosen.propensity <= 1.0);
        prop_assert!(chosen.probability > 0.0 && chosen.probability < 1.0);
        let again = choose(&student, &catalogue, &avoid, now, seed);
        prop_assert_eq!(Some(chosen), again);
    }
}

#[test]
fn a_newcomer_starts_at_the_own_stage_inside_the_band() {
    let chosen = choose(&Student::new(Some(7)), &small(), &[], START, 1).expect("open");
    assert_eq!(chosen.reason, Reason::Start);
    assert!([SkillIndex(1), SkillIndex(3)].contains(&chosen.skill));
    assert!((BAND.0..=BAND.1).contains(&chosen.probability));
    // Of whom not even the year is known, nothing is presumed.
    let chosen = choose(&Student::default(), &small(), &[], START, 1).expect("open");
    assert_eq!((chosen.skill, chosen.reason), (SkillIndex(0), Reason::Start));
}

#[test]
fn of_a_skill_the_item_nearest_three_in_four_is_chosen() {
    let bank = catalogue(vec![skill(Stage::Years7To9, &[])]);
    let mut student = Student::new(Some(7));
    for _ in 0..3 {
        let next = (0..)
            .filter_map(|seed| choose(&student, &bank, &[], START, seed))
            .find(|chosen| !chosen.explored)
            .expect("most are not explored");
        let off = |c: &Candidate| {
            let predicted = predict(&student, c.skill, c.difficulty, START).probability;
            (predicted - 0.75).abs()
        };
        let nearest = bank.candidates().iter().min_by(|a, b| off(a).total_cmp(&off(b)));
        assert_eq!(Some(next.exercise), nearest.map(|c| c.exercise));
        practise(&mut student, 0, true, 2, START);
    }
}

#[test]
fn a_mastered_skill_opens_what_builds_on_it() {
    let mut student = Student::new(Some(7));
    practise(&mut student, 1, true, 10, START);
    let reasons: Vec<_> = (0..40)
        .filter_map(|seed| choose(&student, &small(), &[], START, seed))
        .map(|chosen| (chosen.skill, chosen.reason))
        .collect();
    let builds_on = vec![SkillIndex(1)];
    assert!(reasons.contains(&(SkillIndex(2), Reason::New { builds_on })));
}

#[test]
fn what_is_begun_goes_on() {
    let mut student = Student::new(Some(7));
    practise(&mut student, 1, true, 2, START);
    let chosen = choose(&student, &small(), &[], START, 1).expect("open");
    assert_eq!((chosen.skill, chosen.reason), (SkillIndex(1), Reason::Continue));
}

#[test]
fn what_has_faded_is_reviewed() {
    let mut student = Student::new(Some(7));
    for skill in [1, 2, 3] {
        practise(&mut student, skill, true, 12, START);
    }
    let chosen = choose(&student, &small(), &[], START.plus_days(90.0), 1).expect("open");
    assert_eq!(chosen.reason, Reason::Review { days: 90 });
}

#[test]
fn with_everything_in_hand_it_stretches() {
    let mut student = Student::new(Some(7));
    for skill in [1, 2, 3] {
        practise(&mut student, skill, true, 25, START);
    }
    let chosen = choose(&student, &small(), &[], START, 1).expect("open");
    assert_eq!(chosen.reason, Reason::Stretch);
    assert!(chosen.difficulty > 0.0 && chosen.probability < BAND.1);
}

#[test]
fn under_a_skill_that_is_too_hard_the_ground_is_laid() {
    let mut student = Student::new(Some(7));
    practise(&mut student, 3, false, 3, START);
    let chosen = choose(&student, &small(), &[], START, 1).expect("open");
    let carries = SkillIndex(3);
    assert_eq!((chosen.skill, chosen.reason), (SkillIndex(0), Reason::Foundation { carries }));
}

#[test]
fn after_misses_the_items_get_easier() {
    let alone = || catalogue(vec![skill(Stage::Years7To9, &[])]);
    let mut student = Student::new(Some(7));
    let mut chosen = Vec::new();
    for _ in 0..4 {
        let next = choose(&student, &alone(), &[], START, 1).expect("open");
        chosen.push((next.difficulty, next.probability));
        practise(&mut student, 0, false, 1, START);
    }
    assert!(chosen[3].0 < chosen[0].0);
}

#[test]
fn recently_seen_exercises_wait() {
    let student = Student::new(Some(7));
    let mut avoid = Vec::new();
    for seed in 0..12 {
        let chosen = choose(&student, &small(), &avoid, START, seed).expect("open");
        assert!(!avoid.contains(&chosen.exercise));
        avoid.push(chosen.exercise);
    }
    let everything: Vec<u32> = (0..36).collect();
    assert!(choose(&student, &small(), &everything, START, 1).is_some());
}

#[test]
fn rather_seen_again_than_out_of_reach() {
    let item = |exercise, difficulty| Candidate { exercise, skill: SkillIndex(0), difficulty, years: (7, 9) };
    let skills = Skills::new(vec![skill(Stage::Years7To9, &[])]).expect("no cycle");
    let bank = Catalogue::new(skills, vec![item(0, -1.0), item(1, 2.0)]).expect("valid");
    let chosen = choose(&Student::new(Some(7)), &bank, &[0], START, 1).expect("open");
    assert_eq!(chosen.exercise, 0);
}

#[test]
fn exercises_for_older_years_wait() {
    let bank = catalogue(vec![skill(Stage::Years4To6, &[]), skill(Stage::Years7To9, &[])]);
    let student = Student::new(Some(5));
    for seed in 0..100 {
        let chosen = choose(&student, &bank, &[], START, seed).expect("open");
        assert_eq!(chosen.skill, SkillIndex(0));
    }
}

#[test]
fn with_nothing_for_the_own_year_older_ones_serve() {
    let bank = catalogue(vec![skill(Stage::Years4To6, &[])]);
    let mut student = Student::new(Some(1));
    assert!(choose(&student, &bank, &[], START, 1).is_some());
    practise(&mut student, 0, false, 1, START);
    assert!(choose(&student, &bank, &[], START, 1).is_some());
}

#[test]
fn propensities_are_the_frequencies() {
    let mut student = Student::new(Some(7));
    practise(&mut student, 1, true, 5, START);
    let mut counted: BTreeMap<u32, (f64, f64)> = BTreeMap::new();
    let rounds = 20_000;
    for seed in 0..rounds {
        let chosen = choose(&student, &small(), &[], START, seed).expect("open");
        let entry = counted.entry(chosen.exercise).or_insert((0.0, 0.0));
        *entry = (entry.0 + 1.0 / rounds as f64, chosen.propensity);
    }
    let sum: f64 = counted.values().map(|(_, propensity)| propensity).sum();
    assert!((sum - 1.0).abs() < 1e-9, "{counted:?}");
    for (share, propensity) in counted.values() {
        assert!((share - propensity).abs() < 0.01, "{counted:?}");
    }
}

#[test]
fn without_exercises_there_is_nothing_to_choose() {
    let skills = Skills::new(vec![skill(Stage::Years7To9, &[])]).expect("no cycle");
    let bank = Catalogue::new(skills, Vec::new()).expect("empty is allowed");
    assert_eq!(choose(&Student::default(), &bank, &[], START, 1), None);
}

#[test]
fn reasons_are_written_in_snake_case() {
    let text = serde_json::to_string(&Reason::Review { days: 9 }).expect("serialises");
    assert_eq!(text, r#"{"kind":"review","days":9}"#);
}
