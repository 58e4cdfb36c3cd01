//! A copy of everything that is stored of somebody, for themselves: as JSON, or as one table for a spreadsheet.
//!
//! The table is one file and not one a list: it opens with a tap on a school's tablet, and a list within a list, such as
//! the lines of a calculation, keeps its place.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Map, Value};
use stepcheck::Notation;
use vault::{Fault, Me, rows};

use crate::{
    accounts::SignInError,
    app::App,
    calendar,
    exercises::{Bank, ExerciseId, draw},
};

/// How the copy is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Json,
    Csv,
}

/// The copy with the name of its file.
pub struct Copy {
    pub file_name: String,
    pub text: String,
}

/// Everything that is stored of me. Times are in UTC; to each task it is said how it read. `about` stands at the top.
///
/// # Errors
/// Too many copies today; no answer from the vault.
pub async fn copy(app: &App, me: &Me, about: String, form: Form) -> Result<Copy, SignInError> {
    let (who, now, bank) = (*me, app.clock.now(), Arc::clone(&app.bank));
    app.limits.copy(me.person())?;
    let (copied, time_zone) = app
        .vault
        .read(move |tx| {
            let time_zone = rows::people::profile(tx, &who, now)?.time_zone;
            Ok::<_, Fault>((rows::copy::of(tx, &who)?, time_zone))
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
    let day = calendar::day(now, &time_zone);
    Ok(match form {
        Form::Json => Copy {
            file_name: format!("stegvis-{day}.json"),
            text: serde_json::to_string_pretty(&told).unwrap_or_default(),
        },
        Form::Csv => Copy { file_name: format!("stegvis-{day}.csv"), text: table(&Value::Object(told)) },
    })
}

/// One line a value: where it stands, in which row of that list, what it is, and the value itself. Semicolons, as
/// spreadsheets want them where the comma is in the numbers.
fn table(copied: &Value) -> String {
    // So that a spreadsheet reads it as UTF-8.
    let mut text = "\u{feff}path;row;field;value\r\n".to_owned();
    write_fields(&mut text, copied, "", "");
    text
}

fn write_fields(text: &mut String, value: &Value, path: &str, row: &str) {
    let Value::Object(object) = value else { return };
    for (field, value) in object {
        let below = if path.is_empty() { field.clone() } else { format!("{path}.{field}") };
        match value {
            Value::Object(_) => write_fields(text, value, &below, row),
            Value::Array(list) if list.iter().any(Value::is_object) => {
                for (number, element) in (1..).zip(list) {
                    let row = if row.is_empty() { format!("{number}") } else { format!("{row}.{number}") };
                    write_fields(text, element, &below, &row);
                }
            }
            Value::Null => write_line(text, [path, row, field, ""]),
            Value::String(value) => write_line(text, [path, row, field, value]),
            other => write_line(text, [path, row, field, &other.to_string()]),
        }
    }
}

fn write_line(text: &mut String, cells: [&str; 4]) {
    let cell = |cell: &str| {
        // A spreadsheet would take what begins so for a formula, and work it out.
        let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
        format!("\"{}{}\"", if is_formula { "'" } else { "" }, cell.replace('"', "\"\""))
    };
    text.push_str(&cells.map(cell).join(";"));
    text.push_str("\r\n");
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_has_a_line_for_every_value() {
        let copied = serde_json::json!({
            "about": "All; of it",
            "person": { "name": "A \"B\" C", "report": { "system": null } },
            "calculations": [
                { "seed": -3, "lines": [{ "entered": "=1+1" }, { "entered": "2x\n= 4" }] },
                { "correct": true, "lines": [{ "entered": "-x = 5" }] },
            ],
        });
        let lines = [
            "path;row;field;value",
            "\"\";\"\";\"about\";\"All; of it\"",
            "\"calculations.lines\";\"1.1\";\"entered\";\"'=1+1\"",
            "\"calculations.lines\";\"1.2\";\"entered\";\"2x\n= 4\"",
            "\"calculations\";\"1\";\"seed\";\"-3\"",
            "\"calculations\";\"2\";\"correct\";\"true\"",
            "\"calculations.lines\";\"2.1\";\"entered\";\"'-x = 5\"",
            "\"person\";\"\";\"name\";\"A \"\"B\"\" C\"",
            "\"person.report\";\"\";\"system\";\"\"",
        ];
        assert_eq!(table(&copied), format!("\u{feff}{}\r\n", lines.join("\r\n")));
    }
}
