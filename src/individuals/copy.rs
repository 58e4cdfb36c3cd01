//! A copy of everything that is stored of an individual, for themselves.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Map, Value};
use stepcheck::Notation;
use vault::{Me, access, rows};

use super::IndividualError;
use crate::{
    app::App,
    calendar,
    exercises::{Bank, ExerciseId, draw},
};

/// The copy with the name of its file.
pub struct Copy {
    pub file_name: String,
    /// JSON, with line breaks for people.
    pub text: String,
}

/// Everything that is stored of me, as JSON. Times are in UTC; to each task it is said how it read. `about` stands at
/// the top.
///
/// # Errors
/// Not found for whoever is not their own controller; too many copies today; no answer from the vault.
pub async fn copy(app: &App, me: &Me, about: String) -> Result<Copy, IndividualError> {
    let (who, now, bank) = (*me, app.clock.now(), Arc::clone(&app.bank));
    app.vault.read(move |tx| Ok::<_, IndividualError>(access::individual(tx, &who, now).map(drop)?)).await?;
    app.limits.copy(me.person())?;
    let (copied, time_zone) = app
        .vault
        .read(move |tx| {
            let sight = access::individual(tx, &who, now)?;
            let time_zone = rows::people::profile(tx, &who, now)?.time_zone;
            Ok::<_, IndividualError>((rows::copy::of(tx, &sight)?, time_zone))
        })
        .await?;
    let mut told = Map::new();
    told.insert("about".to_owned(), Value::String(about));
    for (name, mut value) in copied {
        tell_times(&mut value);
        if name == "calculations" {
            value.as_array_mut().into_iter().flatten().for_each(|calculation| tell_task(&bank, calculation));
        }
        told.insert(name, value);
    }
    let text = serde_json::to_string_pretty(&told).unwrap_or_default();
    Ok(Copy { file_name: format!("stegvis-{}.json", calendar::day(now, &time_zone)), text })
}

/// Milliseconds become what people read: `2026-11-24T09:00:00Z`.
fn tell_times(value: &mut Value) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(tell_times),
        Value::Object(object) => {
            for (name, value) in object.iter_mut() {
                let is_time = ["at", "from", "to", "active_from"].contains(&name.as_str()) || name.ends_with("_at");
                match value.as_i64().filter(|_| is_time).map(Timestamp::from_millisecond) {
                    Some(Ok(at)) => *value = Value::String(at.to_string()),
                    _ => tell_times(value),
                }
            }
        }
        _ => {}
    }
}

/// What the task was: the rows hold only which exercise, and the number that it was drawn with.
fn tell_task(bank: &Bank, calculation: &mut Value) {
    let (exercise, seed) = (calculation["exercise"].as_str(), calculation["seed"].as_i64());
    let Some((exercise, seed)) = exercise.zip(seed) else { return };
    let Some(Ok(item)) = bank.exercise(&ExerciseId::from(exercise)).map(|exercise| draw(exercise, seed)) else {
        return;
    };
    let start = item.start(Notation::Swedish);
    calculation["task"] = serde_json::json!({ "sv": item.ask.sv, "en": item.ask.en, "start": start });
}
