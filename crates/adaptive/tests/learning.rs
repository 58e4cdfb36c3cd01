//! Simulated classes practise what is chosen for them.

use adaptive::simulate::{Answered, SimulatedStudent};
use adaptive::{
    BAND, Candidate, Catalogue, Difficulty, Evidence, ItemId, Millis, Request, Response, Skill, SkillIndex, Skills,
    Stage, Start, Student, Weights, evaluate, recommend,
};

const START: Millis = Millis(1_700_000_000_000);
const SKILLS: u16 = 24;
const ITEMS: u32 = 9;

/// The simulated students meet items of just this difficulty, so it is one that is well known.
fn known(value: f64) -> Difficulty {
    Difficulty { value, responses: 100, information: 20.0 }
}

/// Four strands of six skills, each resting on the one before it; the first two of a strand belong to years 4-6.
fn bank() -> Catalogue {
    let skills = (0..SKILLS)
        .map(|place| Skill {
            prerequisites: place.checked_sub(4).map(SkillIndex).into_iter().collect(),
            stage: if place < 8 { Stage::Years4To6 } else { Stage::Years7To9 },
        })
        .collect();
    let candidates = (0..u32::from(SKILLS) * ITEMS)
        .map(|exercise| Candidate {
            exercise,
            item: ItemId(u64::from(exercise)),
            skills: SkillIndex((exercise / ITEMS) as u16).into(),
            difficulty: known(-1.6 + 0.4 * f64::from(exercise % ITEMS)),
            years: (4, 9),
        })
        .collect();
    let skills = Skills::new(skills).expect("no cycle");
    Catalogue::new(skills, candidates, Weights::shipped()).expect("every skill exists")
}

struct Term {
    student: Student,
    simulated: SimulatedStudent,
    predictions: Vec<(f64, bool)>,
    end: Millis,
}

/// Twenty sittings of eight items, three days apart.
fn practise_a_term(bank: &Catalogue, seed: u64) -> Term {
    let mut student = Student::new(Start { ability: 0.0, year: Some(7) });
    let mut simulated = SimulatedStudent::new(seed, 7);
    let mut predictions = Vec::new();
    let mut seen = Vec::new();
    let mut now = START;
    for sitting in 0..20u64 {
        for item in 0..8u64 {
            let chance = seed * 1000 + sitting * 8 + item;
            let request = Request { recent: &seen, ..Request::new(&student, Weights::shipped(), bank, now, chance) };
            let [next] = recommend(&request)[..] else { panic!("something is open") };
            let Answered { correct, seconds, .. } = simulated.answers(next.skills.main(), next.difficulty, now);
            predictions.push((next.probability, correct));
            student.update(&Response {
                item: next.item,
                skills: next.skills,
                evidence: Evidence::Answer,
                attempt: 1,
                difficulty: next.difficulty,
                correct,
                at: now,
            });
            seen.push(next.exercise);
            seen.drain(..seen.len().saturating_sub(5));
            now = Millis(now.0 + (seconds * 1000.0) as i64);
        }
        now = now.plus_days(3.0);
    }
    Term { student, simulated, predictions, end: now }
}

fn class() -> Vec<Term> {
    let bank = bank();
    (0..40).map(|seed| practise_a_term(&bank, seed)).collect()
}

#[test]
fn success_stays_in_the_band_for_strong_and_weak() {
    let class = class();
    let shares: Vec<f64> = class
        .iter()
        .map(|term| {
            let right = term.predictions.iter().filter(|(_, correct)| *correct);
            right.count() as f64 / term.predictions.len() as f64
        })
        .collect();
    let mean = shares.iter().sum::<f64>() / shares.len() as f64;
    assert!((BAND.0..=BAND.1).contains(&mean), "{mean}");
    let near = shares.iter().filter(|s| (0.6..=0.9).contains(*s)).count();
    assert!(near * 10 >= shares.len() * 9, "{shares:?}");
}

#[test]
fn predictions_tell_apart_and_are_near_the_truth() {
    let predictions: Vec<(f64, bool)> = class().into_iter().flat_map(|t| t.predictions).collect();
    let right = predictions.iter().filter(|(_, correct)| *correct).count();
    let mean = right as f64 / predictions.len() as f64;
    let flat: Vec<(f64, bool)> = predictions.iter().map(|&(_, c)| (mean, c)).collect();
    let ours = evaluate::score(&predictions).expect("not empty");
    let flat = evaluate::score(&flat).expect("not empty");
    // All items are chosen to be solved three times in four, so there is little left to tell apart.
    assert!(ours.log_loss < flat.log_loss, "{ours:?} {flat:?}");
    assert!(ours.auc > 0.56 && ours.ece < 0.06, "{ours:?}");
}

#[test]
fn students_learn_what_they_practise() {
    let (mut gained, mut skills) = (0.0, 0.0);
    for (seed, term) in class().iter().enumerate() {
        let before = SimulatedStudent::new(seed as u64, 7);
        for (&skill, _) in term.student.skills.iter().filter(|(_, s)| s.responses() >= 8) {
            gained += term.simulated.true_ability(skill, term.end);
            gained -= before.true_ability(skill, START);
            skills += 1.0;
        }
    }
    assert!(gained / skills > 0.5, "{}", gained / skills);
}

#[test]
fn the_interval_of_a_mastery_holds_the_truth() {
    let (mut holds, mut judged) = (0, 0);
    for term in class() {
        for &skill in term.student.skills.keys() {
            let known = Weights::shipped().mastery(&term.student, skill, term.end);
            if known.enough {
                let truth = term.simulated.true_probability(skill, 0.0, term.end);
                judged += 1;
                holds += usize::from(known.low <= truth && truth <= known.high);
            }
        }
    }
    assert!(holds * 100 >= judged * 88, "{holds} of {judged}");
}
