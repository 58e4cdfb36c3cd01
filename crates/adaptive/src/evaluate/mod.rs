//! How good predictions are: of students the model was not fitted on, one response ahead.
//!
//! Rows are handed in; reading files and measuring time are the caller's.

mod bootstrap;
mod elo;
mod online;
mod score;

use std::collections::{BTreeMap, HashMap};

pub use bootstrap::{Difference, difference};
pub use elo::{Elo, Steps};
pub use online::{predict_frozen, predict_online};
pub use score::{Report, Score, report, score};

use crate::fit::{Difficulties, Record, known};
use crate::response::ItemId;
use crate::student::Student;

/// A further attempt is one at an item that was met within this many answers.
const ATTEMPT_WITHIN: u32 = 10;

/// The records of students outside a fold, to fit on, and those inside it, to predict; both in the order they came.
/// Students without a fold are in neither.
pub fn split(records: &[Record], folds: &BTreeMap<u64, u32>, fold: u32) -> (Vec<Record>, Vec<Record>) {
    let known = records.iter().filter(|r| folds.contains_key(&r.student));
    known.partition(|r| folds.get(&r.student) != Some(&fold))
}

/// Gives every response its attempt, where the data do not tell: 1 more than the last one at the same item when the
/// student met that within the last ten answers, otherwise 1. The records of one student must stand together.
pub fn count_attempts(records: &mut [Record]) {
    let mut met: HashMap<ItemId, (u32, u16)> = HashMap::new();
    let mut place = 0u32;
    let mut whose = None;
    for Record { student, response, .. } in records {
        if whose != Some(*student) {
            met.clear();
            place = 0;
            whose = Some(*student);
        }
        let again = met.get(&response.item).filter(|(last, _)| place - last <= ATTEMPT_WITHIN);
        response.attempt = again.map_or(1, |(_, attempt)| attempt.saturating_add(1));
        met.insert(response.item, (place, response.attempt));
        place += 1;
    }
}

/// The records with the fitted difficulties in them, as the server would have stored them.
pub fn with_difficulties(difficulties: &Difficulties, records: &[Record]) -> Vec<Record> {
    let explained = |r: &Record| Record { response: known(&r.response, difficulties).0, ..*r };
    records.iter().map(explained).collect()
}

/// Takes all records in, and gives how many there were and the sum of what was predicted; for measuring updates.
pub fn update_all(records: &[Record]) -> (u64, f64) {
    let mut sum = 0.0;
    for student in records.chunk_by(|a, b| a.student == b.student) {
        let mut state = Student::new(student[0].start);
        for Record { response, .. } in student {
            sum += state.update(response).predicted;
        }
    }
    (records.len() as u64, sum)
}
