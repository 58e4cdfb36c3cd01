//! Predictions one response ahead, of students nothing was fitted on.

use std::collections::HashMap;

use crate::difficulty::{Difficulty, DifficultyKey};
use crate::fit::{Fitted, Record, known};
use crate::item::Item;
use crate::response::{Outcome, Response};
use crate::student::Student;

/// Predicts every response of the records, each in (0, 1) and in the place of its record, from what came before it: the
/// state of its student takes it in, and so does the difficulty of its item, as in practice.
///
/// Responses are taken in order of time, whoever gave them; where times are equal or missing, in the order of the
/// records. The records of one student must stand together, in order of time. Difficulties begin as fitted, of items that
/// were never seen as their combination of skills or their skills say, and move by [`Difficulty::delta`], where what the
/// whole model expected stands for the ability.
pub fn predict_online(fitted: &Fitted, records: &[Record]) -> Vec<f64> {
    let mut moved: HashMap<DifficultyKey, Difficulty> = HashMap::new();
    let mut students: HashMap<u64, Student> = HashMap::new();
    let mut predictions = vec![0.0; records.len()];
    for place in in_time(records) {
        let Record { student, start, response } = &records[place];
        let key = response.key();
        let difficulty = moved.entry(key).or_insert_with(|| fitted.difficulties.of(key, &response.skills));
        let item =
            Item { id: response.item, skills: response.skills, difficulty: *difficulty, attempt: response.attempt };
        let state = students.entry(*student).or_insert_with(|| Student::new(*start));
        let prediction = fitted.weights.predict(state, &item, response.at);
        predictions[place] = prediction.probability;
        let response = Response { difficulty: difficulty.value, ..*response };
        state.update(&response);
        let ability = prediction.logit + difficulty.bounded();
        let delta = difficulty.delta(&response, &Outcome { predicted: prediction.probability, ability });
        difficulty.merge(delta);
    }
    predictions
}

/// As [`predict_online`], but difficulties stay as fitted.
pub fn predict_frozen(fitted: &Fitted, records: &[Record]) -> Vec<f64> {
    let mut predictions = Vec::with_capacity(records.len());
    for student in records.chunk_by(|a, b| a.student == b.student) {
        let mut state = Student::new(student[0].start);
        for Record { response, .. } in student {
            let (response, item): (Response, _) = known(response, &fitted.difficulties);
            predictions.push(fitted.weights.predict(&state, &item, response.at).probability);
            state.update(&response);
        }
    }
    predictions
}

/// Places of the records in order of time, equal times in the order of the records.
pub(super) fn in_time(records: &[Record]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..records.len()).collect();
    places.sort_by_key(|&place| records[place].response.at);
    places
}
