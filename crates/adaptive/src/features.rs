//! What a prediction is reckoned from: numbers about a student, a skill, a meeting with an item, and the item.
//!
//! Counts and times enter by [`octaves`], a logarithm made of straight pieces. No number about the student meets the
//! item's difficulty but where the item was met before or is a further attempt, so that for a new item the student's
//! part and the item's part can be reckoned apart.

use crate::difficulty::Difficulty;
use crate::general::General;
use crate::item::Item;
use crate::predict::Contribution::{self, Experience, Forgetting, General as Whole, Recent, Sitting, Skill};
use crate::predict::Contribution::{Item as OfItem, SameItem, Several, Start};
use crate::skill_state::Trace;
use crate::student::Student;
use crate::time::Millis;

/// A feature's name, as the weights file has it, and what it is shown under.
pub(crate) type Named = (&'static str, Contribution);

pub(crate) const GENERAL: [Named; 23] = [
    ("always", Start),
    ("start_ability", Start),
    ("ability", Whole),
    ("fast_ability", Whole),
    ("uncertain_ability", Whole),
    ("uncertainty", Experience),
    ("recent_2", Recent),
    ("recent_7", Recent),
    ("recent_25", Recent),
    ("answers", Experience),
    ("answers_over_32", Experience),
    ("wins_less_losses", Experience),
    ("newest_correct", Recent),
    ("second_newest_correct", Recent),
    ("run", Recent),
    ("right_run_over_1", Recent),
    ("right_run_over_3", Recent),
    ("wrong_run_over_1", Recent),
    ("sitting_answers", Sitting),
    ("pause_seconds", Sitting),
    ("pause_over_30_seconds", Sitting),
    ("pause_over_5_minutes", Sitting),
    ("pause_over_a_day", Sitting),
];

pub(crate) const SKILL: [Named; 29] = [
    ("unseen", Skill),
    ("unseen_ability", Skill),
    ("unseen_recent", Skill),
    ("ability", Skill),
    ("fast_ability", Skill),
    ("uncertain_ability", Skill),
    ("uncertainty", Experience),
    ("recent_2", Recent),
    ("recent_7", Recent),
    ("answers", Experience),
    ("wins", Experience),
    ("losses", Experience),
    ("share_of_wins", Skill),
    ("newest_correct", Recent),
    ("run", Recent),
    ("right_run_over_1", Recent),
    ("right_run_over_3", Recent),
    ("wrong_run_over_1", Recent),
    ("same_as_newest", Sitting),
    ("same_and_correct", Sitting),
    ("lag", Forgetting),
    ("lag_over_1", Forgetting),
    ("lag_over_7", Forgetting),
    ("lag_ability", Forgetting),
    ("lag_recent", Forgetting),
    ("gap_minutes", Forgetting),
    ("gap_over_a_day", Forgetting),
    ("gap_over_a_month", Forgetting),
    ("gap_ability", Forgetting),
];

/// Weights each skill may have of its own.
pub(crate) const OWN: [Named; 6] = [
    ("always", Skill),
    ("general_ability", Skill),
    ("answers", Experience),
    ("recent_7", Recent),
    ("unseen", Skill),
    ("lag", Forgetting),
];

pub(crate) const MEETING: [Named; 14] = [
    ("met", SameItem),
    ("met_newest_correct", SameItem),
    ("met_wins", SameItem),
    ("met_losses", SameItem),
    ("met_lag", SameItem),
    ("met_gap_hours", SameItem),
    ("met_lag_correct", SameItem),
    ("second_attempt", SameItem),
    ("third_attempt", SameItem),
    ("again_at_once", SameItem),
    ("again_ability", SameItem),
    ("several", Several),
    ("weakest_ability", Several),
    ("some_unseen", Several),
];

pub(crate) const ITEM: [Named; 5] = [
    ("difficulty", OfItem),
    ("difficulty_little_known", OfItem),
    ("difficulty_over_1", OfItem),
    ("difficulty_under_minus_1", OfItem),
    ("responses", OfItem),
];

const TWO_TO_52: f64 = (1u64 << 52) as f64;

/// log₂(1 + x) for x ≥ 0, by straight pieces between the powers of two: the exponent and the mantissa of the binary
/// number (Mitchell 1962). At most 0.09 below the logarithm, monotone, and the same bits on every machine.
pub(crate) fn octaves(x: f64) -> f64 {
    let bits = (1.0 + x.max(0.0)).to_bits();
    // Without conversions from integers, of which the machine has none for several at a time; every step is exact.
    let exponent = f64::from_bits((bits >> 52) | 0x4330_0000_0000_0000) - (TWO_TO_52 + 1023.0);
    let mantissa = f64::from_bits((bits & ((1 << 52) - 1)) | 0x3FF0_0000_0000_0000) - 1.0;
    exponent + mantissa
}

fn flag(is: bool) -> f64 {
    if is { 1.0 } else { 0.0 }
}

fn signed(run: i16) -> f64 {
    let length = octaves(f64::from(run.unsigned_abs()));
    if run < 0 { -length } else { length }
}

pub(crate) fn general(start: f64, general: &General, now: Millis) -> [f64; GENERAL.len()] {
    let answers = octaves(f64::from(general.responses));
    let any = flag(general.responses > 0);
    let variance = general.variance_at(now);
    let seconds = if general.begun { now.0.saturating_sub(general.last.0).max(0) as f64 / 1000.0 } else { 0.0 };
    let pause = octaves(seconds);
    let [recent_2, recent_7, recent_25] = general.recent;
    let losses = general.responses.saturating_sub(general.wins);
    let run = signed(general.run);
    [
        1.0,
        start,
        general.ability,
        general.fast,
        variance * general.ability,
        variance,
        recent_2,
        recent_7,
        recent_25,
        answers,
        (answers - 5.0).max(0.0),
        octaves(f64::from(general.wins)) - octaves(f64::from(losses)),
        any * (flag(general.run > 0) - 0.5),
        any * (flag(general.second_newest) - 0.5),
        run,
        (run - 1.0).max(0.0),
        (run - 2.0).max(0.0),
        (-1.0 - run).max(0.0),
        octaves(f64::from(general.sitting)),
        pause,
        (pause - 5.0).max(0.0),
        (pause - 8.25).max(0.0),
        (pause - 16.4).max(0.0),
    ]
}

/// The state of one skill beside the general part.
pub(crate) fn skill(general: &General, trace: Option<&Trace>, same: bool, now: Millis) -> [f64; SKILL.len()] {
    let mut x = [0.0; SKILL.len()];
    let Some(trace) = trace else {
        (x[0], x[1], x[2]) = (1.0, general.ability, general.recent[1]);
        return x;
    };
    let losses = trace.responses.saturating_sub(trace.wins);
    let run = signed(trace.run);
    let variance = trace.variance_at(now);
    let lag = octaves(f64::from(general.responses.saturating_sub(trace.count)));
    let gap = octaves(now.0.saturating_sub(trace.last.0).max(0) as f64 / 60_000.0);
    x[3..].copy_from_slice(&[
        trace.ability,
        trace.fast,
        variance * trace.ability,
        variance,
        trace.recent[0],
        trace.recent[1],
        octaves(f64::from(trace.responses)),
        octaves(f64::from(trace.wins)),
        octaves(f64::from(losses)),
        (f64::from(trace.wins) + 1.0) / (f64::from(trace.responses) + 2.0) - 0.5,
        flag(trace.run > 0) - flag(trace.run < 0),
        run,
        (run - 1.0).max(0.0),
        (run - 2.0).max(0.0),
        (-1.0 - run).max(0.0),
        flag(same),
        flag(same) * (flag(general.run > 0) - 0.5),
        lag,
        (lag - 1.0).max(0.0),
        (lag - 3.0).max(0.0),
        lag * trace.ability,
        lag * trace.recent[1],
        gap,
        (gap - 10.5).max(0.0),
        (gap - 15.4).max(0.0),
        gap * trace.ability,
    ]);
    x
}

/// What the weights of each skill's own are multiplied with.
pub(crate) fn own(general: &General, trace: Option<&Trace>) -> [f64; OWN.len()] {
    let Some(trace) = trace else { return [1.0, general.ability, 0.0, 0.0, 1.0, 0.0] };
    let lag = octaves(f64::from(general.responses.saturating_sub(trace.count)));
    [1.0, general.ability, octaves(f64::from(trace.responses)), trace.recent[1], 0.0, lag]
}

/// Whether a meeting has anything to tell: otherwise all of [`meeting`] is 0.
pub(crate) fn is_plain(student: &Student, item: &Item) -> bool {
    item.attempt <= 1 && item.skills.len() == 1 && student.items.get(item.id).is_none()
}

/// What was done with the same item, and what comes of several skills.
pub(crate) fn meeting(student: &Student, item: &Item, now: Millis) -> [f64; MEETING.len()] {
    let general = &student.general;
    let mut x = [0.0; MEETING.len()];
    if let Some(met) = student.items.get(item.id) {
        let lag = octaves(f64::from(general.responses.saturating_sub(met.count)));
        let correct = flag(met.correct) - 0.5;
        x[0] = 1.0;
        x[1] = correct;
        x[2] = octaves(f64::from(met.wins));
        x[3] = octaves(f64::from(met.attempts.saturating_sub(met.wins)));
        x[4] = lag;
        x[5] = octaves(now.0.saturating_sub(met.last.0).max(0) as f64 / 3_600_000.0);
        x[6] = lag * correct;
    }
    let again = flag(item.attempt > 1);
    x[7] = flag(item.attempt == 2);
    x[8] = flag(item.attempt > 2);
    x[9] = flag(general.responses > 0 && general.last_item == item.id);
    x[10] = again * general.ability;
    let count = item.skills.len();
    if count > 1 {
        let traces = item.skills.iter().map(|s| student.skills.get(&s).map(|state| &state.trace));
        let (mut weakest, mut mean, mut unseen) = (f64::INFINITY, 0.0, 0.0);
        for trace in traces {
            let ability = trace.map_or(0.0, |t| t.ability);
            weakest = ability.min(weakest);
            mean += ability / count as f64;
            unseen += flag(trace.is_none());
        }
        x[11] = count as f64 - 1.0;
        x[12] = weakest - mean;
        x[13] = flag(unseen > 0.0 && unseen < count as f64);
    }
    x
}

/// The item alone. All but the last are 0 at difficulty 0.
pub(crate) fn item(difficulty: &Difficulty) -> [f64; ITEM.len()] {
    let d = difficulty.bounded();
    let responses = f64::from(difficulty.responses);
    [-d, -d / (1.0 + responses / 5.0), -(d - 1.0).max(0.0), (-1.0 - d).max(0.0), octaves(responses)]
}
