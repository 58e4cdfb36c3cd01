//! The choice is exactly that of the naive version, over random students, banks, goals, pins and exclusions.

mod naive;

use adaptive::{
    Aims, Candidate, Catalogue, Difficulty, Evidence, Goal, ItemId, Millis, Outlook, Presumed, Purpose, Request,
    Response, Scratch, Sitting, Skill, SkillIndex, SkillSet, Skills, Stage, Start, Student, Weights, Wishes, choose,
};
use proptest::prelude::*;
use proptest::sample::Index;

const START: Millis = Millis(1_700_000_000_000);

fn graph() -> impl Strategy<Value = Vec<Skill>> {
    // Up to four blocks of skills.
    prop::collection::vec((prop::collection::vec(any::<Index>(), 0..3), 0u8..3), 1..60).prop_map(|links| {
        let skill = |(place, (links, stage)): (usize, &(Vec<Index>, u8))| {
            let mut before: Vec<SkillIndex> = Vec::new();
            for link in links.iter().filter(|_| place > 0) {
                let prerequisite = SkillIndex(link.index(place) as u16);
                if !before.contains(&prerequisite) {
                    before.push(prerequisite);
                }
            }
            let stage = [Stage::Years1To3, Stage::Years4To6, Stage::Years7To9][usize::from(*stage)];
            Skill { prerequisites: before, stage }
        };
        links.iter().enumerate().map(skill).collect()
    })
}

/// Of a tenth of the exercises two skills are asked; a quarter of the difficulties lie on a grid, so that some are equal.
#[derive(Clone, Debug)]
struct Exercise {
    skill: Index,
    second: Option<Index>,
    difficulty: f64,
    first_year: u8,
}

fn exercise() -> impl Strategy<Value = Exercise> {
    let difficulty = prop_oneof![3 => -3.0..3.0f64, 1 => (-3..4i8).prop_map(f64::from)];
    let second = prop::option::weighted(0.1, any::<Index>());
    (any::<Index>(), second, difficulty, 1u8..9).prop_map(|(skill, second, difficulty, first_year)| Exercise {
        skill,
        second,
        difficulty,
        first_year,
    })
}

/// In the order of the catalogue: one skill before several, then skills, ease, number.
fn bank(exercises: &[Exercise], skills: usize) -> Vec<Candidate> {
    let candidate = |(number, exercise): (usize, &Exercise)| {
        let of = |index: Index| SkillIndex(index.index(skills) as u16);
        let set: Vec<SkillIndex> = std::iter::once(exercise.skill).chain(exercise.second).map(of).collect();
        Candidate {
            exercise: number as u32 * 3 + 1,
            item: ItemId(number as u64),
            skills: SkillSet::of(&set).expect("one"),
            difficulty: Difficulty { value: exercise.difficulty, ..Difficulty::default() },
            years: (exercise.first_year, 9),
        }
    };
    let mut bank: Vec<Candidate> = exercises.iter().enumerate().map(candidate).collect();
    bank.sort_by(|a, b| {
        (a.skills.len() > 1, a.skills)
            .cmp(&(b.skills.len() > 1, b.skills))
            .then(a.difficulty.value.total_cmp(&b.difficulty.value))
            .then(a.exercise.cmp(&b.exercise))
    });
    bank
}

#[derive(Clone, Debug)]
struct Answer {
    skill: Index,
    second: Option<Index>,
    item: u64,
    difficulty: f64,
    correct: bool,
    times: usize,
    days: f64,
    line: bool,
}

fn answer() -> impl Strategy<Value = Answer> {
    let days = prop_oneof![3 => 0.0..0.01f64, 1 => 0.0..60.0f64];
    let second = prop::option::weighted(0.1, any::<Index>());
    let rest = (0u64..40, -2.0..2.0f64, prop::bool::weighted(0.65), 1usize..7, days, prop::bool::weighted(0.1));
    (any::<Index>(), second, rest).prop_map(|(skill, second, (item, difficulty, correct, times, days, line))| Answer {
        skill,
        second,
        item,
        difficulty,
        correct,
        times,
        days,
        line,
    })
}

#[derive(Clone, Debug)]
struct Said {
    goals: Vec<(Index, f64)>,
    pinned_skills: Vec<Index>,
    pinned: Vec<Index>,
    excluded_skills: Vec<Index>,
    excluded: Vec<Index>,
    recent: Vec<Index>,
    declined: Vec<Index>,
    presumed: Option<Vec<Index>>,
    purpose: Purpose,
    count: usize,
}

fn few(most: usize) -> impl Strategy<Value = Vec<Index>> {
    prop_oneof![Just(Vec::new()), prop::collection::vec(any::<Index>(), 0..most)]
}

fn said() -> impl Strategy<Value = Said> {
    let goals = prop_oneof![Just(Vec::new()), prop::collection::vec((any::<Index>(), 0.0..5.0f64), 0..4)];
    let purpose = prop_oneof![4 => Just(Purpose::Practice), 1 => Just(Purpose::WarmUp), 1 => Just(Purpose::Stretch)];
    let teacher = (goals, few(2), few(3), few(4), few(30));
    let student = (few(30), few(8), prop::option::of(few(8)), purpose, 1usize..14);
    (teacher, student).prop_map(|(teacher, student)| {
        let (goals, pinned_skills, pinned, excluded_skills, excluded) = teacher;
        let (recent, declined, presumed, purpose, count) = student;
        Said { goals, pinned_skills, pinned, excluded_skills, excluded, recent, declined, presumed, purpose, count }
    })
}

/// Those that come with the crate, under which every feature counts, and the stages of the skills.
fn weights(skills: &Skills) -> Weights {
    Weights::shipped().clone().knowing(skills)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]
    #[test]
    fn ours_is_the_naive_choice(
        skills in graph(),
        exercises in prop::collection::vec(exercise(), 1..120),
        answers in prop::collection::vec(answer(), 0..40),
        year in prop::option::of(1u8..10),
        said in said(),
        seed: u64,
    ) {
        let skills = Skills::new(skills).expect("no cycle");
        let bank = bank(&exercises, skills.len());
        let weights = weights(&skills);
        let catalogue = Catalogue::new(skills.clone(), bank.clone(), &weights).expect("valid");
        let skill = |index: &Index| SkillIndex(index.index(skills.len()) as u16);
        let exercise = |index: &Index| bank[index.index(bank.len())].exercise;
        let skills_of = |of: &[Index]| of.iter().map(skill).collect::<Vec<_>>();
        let exercises_of = |of: &[Index]| of.iter().map(exercise).collect::<Vec<_>>();

        let goals: Vec<Goal> = said.goals.iter().map(|(of, weight)| Goal { skill: skill(of), weight: *weight }).collect();
        let (pinned_skills, pinned) = (skills_of(&said.pinned_skills), exercises_of(&said.pinned));
        let (excluded_skills, excluded) = (skills_of(&said.excluded_skills), exercises_of(&said.excluded));
        let (recent, declined) = (exercises_of(&said.recent), exercises_of(&said.declined));
        let wishes = Wishes {
            goals: &goals,
            pinned_skills: &pinned_skills,
            pinned_exercises: &pinned,
            excluded_skills: &excluded_skills,
            excluded_exercises: &excluded,
        };
        let aims = Aims::new(&skills, &wishes);
        let mut sitting = Sitting::default();
        let mut declined_of: Vec<(u32, SkillIndex)> = Vec::new();
        for exercise in declined {
            let main = catalogue.find(exercise).expect("of the bank").skills.main();
            sitting.decline(exercise, main);
            if !declined_of.iter().any(|(of, _)| *of == exercise) {
                declined_of.push((exercise, main));
            }
        }
        let presumed = match &said.presumed {
            Some(known) => Presumed::these(&skills, skills_of(known)),
            None => Presumed::by_year(&skills, year),
        };

        let mut student = Student::new(Start { ability: 0.1, year });
        let mut outlook = Outlook::presuming(presumed.clone(), &student, &weights, &skills);
        let (mut scratch, mut chosen) = (Scratch::default(), Vec::new());
        let mut now = START;
        for (number, answer) in answers.iter().enumerate() {
            let set: Vec<SkillIndex> = std::iter::once(&answer.skill).chain(&answer.second).map(skill).collect();
            let set = SkillSet::of(&set).expect("one");
            for time in 0..answer.times {
                now = now.plus_days(answer.days / answer.times as f64).plus_days(0.001);
                student.update(&Response {
                    item: ItemId(answer.item + time as u64),
                    skills: set,
                    evidence: if answer.line { Evidence::Line } else { Evidence::Answer },
                    attempt: 1,
                    difficulty: answer.difficulty,
                    correct: answer.correct,
                    at: now,
                });
                outlook.follow(&student, &weights, &set, &skills);
            }
            if number % 3 != 0 && number + 1 != answers.len() {
                continue;
            }
            now = now.plus_days(0.01);
            let request = Request {
                aims: Some(&aims),
                recent: &recent,
                sitting: Some(&sitting),
                count: said.count,
                purpose: said.purpose,
                exploration: 0.0,
                ..Request::new(&student, &weights, &catalogue, now, seed)
            };
            choose(&request, &outlook, &mut scratch, &mut chosen);
            let naive = naive::choose(
                &naive::Wanted {
                    student: &student,
                    weights: &weights,
                    skills: &skills,
                    bank: &bank,
                    presumed: &presumed,
                    wishes,
                    recent: &recent,
                    declined: &declined_of,
                    now,
                    purpose: said.purpose,
                },
                said.count,
            );
            let ours: Vec<_> = chosen.iter().map(|c| (c.exercise, c.reason)).collect();
            let theirs: Vec<_> = naive.iter().map(|c| (c.exercise, c.reason)).collect();
            prop_assert_eq!(ours, theirs, "{:?} {:?}", chosen, naive);
            for (our, their) in chosen.iter().zip(&naive) {
                prop_assert!((our.probability - their.probability).abs() < 1e-9, "{:?} {:?}", our, their);
                prop_assert!((our.worth - their.worth).abs() < 1e-9, "{:?} {:?}", our, their);
                prop_assert!(our.propensity == 1.0 && !our.explored);
            }
        }
    }
}
