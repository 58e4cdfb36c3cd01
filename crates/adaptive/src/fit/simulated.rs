//! Weights fitted on students that are not: the ones that are shipped.
//!
//! [`SimulatedStudent`]s of years 4 to 12 practise for some months, in sittings that lie days and sometimes weeks
//! apart, mostly what they practised last. Items carry their author's guess, or what responses have made of it, with
//! the error that leaves. Nothing of it has the form of the model that is fitted, and none of it is a real student's.

use crate::chance::Chance;
use crate::difficulty::Difficulty;
use crate::fit::{FitError, Plan, Record, fit_weights};
use crate::logit::Logit;
use crate::response::{Evidence, ItemId, Response, SkillSet};
use crate::simulate::SimulatedStudent;
use crate::skills::SkillIndex;
use crate::student::Start;
use crate::time::Millis;
use crate::weights::Weights;

const STUDENTS: u64 = 1200;
/// Students in a group.
const GROUP: usize = 25;
/// The mean ability of simulated students; see [`SimulatedStudent::new`].
const MEAN_ABILITY: f64 = 0.3;
const SKILLS: usize = 40;
const ITEMS_A_SKILL: usize = 10;
/// How far items of one skill differ in difficulty, and skills among themselves.
const ITEM_SPREAD: f64 = 0.9;
/// How far an author's guess lies from the truth.
const GUESS_ERROR: f64 = 0.6;
/// What must not be learned from students that are not: the indexes of their skills mean nothing to a school, and
/// minutes mean nothing to them, since they forget by the day.
const MEANINGLESS: [&str; 5] = ["own.", "general.pause", "skill.gap_minutes", "skill.gap_ability", "meeting.met_gap"];
const BEGIN: Millis = Millis(1_700_000_000_000);

/// Responses of simulated students, with the difficulty each item was believed to have.
#[derive(Clone, Debug, Default)]
pub struct Simulated {
    pub records: Vec<Record>,
    pub difficulties: Vec<Difficulty>,
}

struct BankItem {
    id: ItemId,
    skills: SkillSet,
    truth: Logit,
    believed: Difficulty,
}

/// Fits weights on simulated students; the same seed gives the same weights.
///
/// # Errors
/// As [`crate::fit::fit`].
pub fn fit_simulated(seed: u64) -> Result<Weights, FitError> {
    let Simulated { records, difficulties } = simulate(seed, STUDENTS);
    let plan = Plan {
        seed,
        without: MEANINGLESS.map(str::to_owned).to_vec(),
        fitted_on: format!("simulated students only (SimulatedStudent, seed {seed}); no response of a real student"),
        ..Plan::default()
    };
    fit_weights(&records, &difficulties, &plan)
}

/// Simulates so many students, in groups whose mean ability is known about, but for every other group.
pub fn simulate(seed: u64, students: u64) -> Simulated {
    let mut chance = Chance::new(seed);
    let bank = bank(&mut chance);
    // Far apart, so that one seed's students are not another seed's.
    let own_seed = |number: u64| seed.wrapping_mul(1_000_003).wrapping_add(number);
    // Groups differ: those who are alike are rather in one.
    let mut able: Vec<(f64, f64, u64)> = (0..students)
        .map(|number| {
            let ability = whole_ability(&SimulatedStudent::new(own_seed(number), 7));
            (ability + chance.normal(), ability, number)
        })
        .collect();
    able.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut simulated = Simulated::default();
    for (place, group) in able.chunks(GROUP).enumerate() {
        let mean = group.iter().map(|g| g.1).sum::<f64>() / group.len() as f64 - MEAN_ABILITY;
        let ability = if place % 2 == 0 { mean + 0.1 * chance.normal() } else { 0.0 };
        for &(_, _, number) in group {
            practise(&bank, (number, Start { ability, year: None }), own_seed(number), &mut simulated);
        }
    }
    simulated
}

/// The mean of a student's skills before practice, logits.
fn whole_ability(student: &SimulatedStudent) -> f64 {
    (0..SKILLS as u16).map(|skill| student.true_ability(SkillIndex(skill), BEGIN)).sum::<f64>() / SKILLS as f64
}

fn bank(chance: &mut Chance) -> Vec<BankItem> {
    let mut bank = Vec::new();
    for skill in 0..SKILLS {
        for place in 0..ITEMS_A_SKILL {
            let main = SkillIndex(skill as u16);
            let second = SkillIndex(chance.below(SKILLS) as u16);
            let skills = if chance.happens(0.15) { SkillSet::of(&[main, second]) } else { None };
            let truth = ITEM_SPREAD * chance.normal();
            let responses = [0, 0, 5, 20, 100][chance.below(5)];
            let information = 0.2 * f64::from(responses);
            let error = 1.0 / (1.0 / (GUESS_ERROR * GUESS_ERROR) + information).sqrt();
            let value = truth + error * chance.normal();
            bank.push(BankItem {
                id: ItemId((skill * ITEMS_A_SKILL + place) as u64),
                skills: skills.unwrap_or(SkillSet::one(main)),
                truth,
                believed: Difficulty { value, responses, information },
            });
        }
    }
    bank
}

fn practise(bank: &[BankItem], (number, start): (u64, Start), seed: u64, into: &mut Simulated) {
    let mut chance = Chance::new(seed ^ 0x5EED);
    let mut simulated = SimulatedStudent::new(seed, 4 + (number % 9) as u8);
    let mut now = BEGIN.plus_days(30.0 * chance.uniform());
    let mut skill = chance.below(SKILLS);
    for _ in 0..3 + chance.below(12) {
        for _ in 0..4 + chance.below(12) {
            if chance.happens(0.35) {
                // Mostly among a few skills, so that they come back.
                skill = (number as usize * 7 + chance.below(8)) % SKILLS;
            }
            let item = &bank[skill * ITEMS_A_SKILL + chance.below(ITEMS_A_SKILL)];
            now = answer(item, (number, start), now, &mut simulated, into);
        }
        // Pauses are long-tailed: mostly days, at times weeks, and holidays.
        let holiday = if chance.happens(0.1) { 60.0 * chance.uniform() } else { 0.0 };
        now = now.plus_days(1.0 + 4.0 * libm::exp(1.3 * chance.normal()) + holiday);
    }
}

/// One item with all its attempts; gives the time after it.
fn answer(
    item: &BankItem,
    (number, start): (u64, Start),
    now: Millis,
    simulated: &mut SimulatedStudent,
    into: &mut Simulated,
) -> Millis {
    let main = item.skills.main();
    // Several skills count as their mean.
    let mean: f64 = item.skills.iter().map(|s| simulated.true_ability(s, now)).sum::<f64>() / item.skills.len() as f64;
    let answered = simulated.answers(main, item.truth + simulated.true_ability(main, now) - mean, now);
    let attempts = answered.attempts_before_right + u16::from(!answered.gave_up);
    let millis = (answered.seconds * 1000.0) as i64 / i64::from(attempts.max(1));
    let mut at = now;
    for attempt in 0..attempts {
        at = Millis(at.0 + millis);
        let correct = attempt + 1 == attempts && !answered.gave_up;
        // After a hint or a judged line the next attempt is easier; authors guess about by how much.
        let eased = 0.5 * f64::from(attempt.min(2));
        let difficulty = Difficulty { value: item.believed.value - eased, ..item.believed };
        let response = Response {
            item: item.id,
            skills: item.skills,
            evidence: Evidence::Answer,
            attempt: attempt + 1,
            difficulty: difficulty.value,
            correct,
            at,
        };
        into.records.push(Record { student: number, start, response });
        into.difficulties.push(difficulty);
    }
    at
}
