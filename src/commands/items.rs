//! `stegvis items`: how the exercises behave.

use std::collections::BTreeMap;

use adaptive::{Misbehaviour, Why};
use vault::rows::difficulties;

use super::Settings;
use crate::{
    app::App,
    chance::Chance,
    clock::Clock,
    practice::{FIRST_ATTEMPT, delta, guessed, statistics},
};

/// What `stegvis items` is told.
#[derive(clap::Args)]
pub(super) struct ItemsCommand {
    #[command(subcommand)]
    act: Act,
}

#[derive(clap::Subcommand)]
enum Act {
    /// List exercises that misbehave, each with what speaks against it and how sure that is
    Review {
        #[command(flatten)]
        settings: Settings,
        /// Print JSON, one object an exercise
        #[arg(long)]
        json: bool,
    },
}

/// An exercise that misbehaves.
#[derive(serde::Serialize)]
struct Listed {
    exercise: String,
    responses: i64,
    difficulty: f64,
    error: f64,
    guessed: f64,
    against: Vec<Misbehaviour>,
}

impl ItemsCommand {
    /// Lists them, from the sums that the first answers have left in the database that the settings name.
    ///
    /// # Errors
    /// Whatever keeps the server from starting.
    pub fn run(self) -> anyhow::Result<()> {
        let Act::Review { settings, json } = self.act;
        let config = settings.load()?;
        let listed = actix_web::rt::System::new().block_on(async {
            let app = App::build(config, Clock::System, Chance::from_system()?).await?;
            let rows = app.vault.read(difficulties::all).await;
            let listed = rows.map(|rows| review(&app, &rows));
            app.close().await;
            anyhow::Ok(listed?)
        })?;
        if json {
            println!("{}", serde_json::to_string_pretty(&listed)?);
            return Ok(());
        }
        if listed.is_empty() {
            println!("No exercise misbehaves, as far as its first answers tell.");
        }
        for item in &listed {
            println!("{}  ({} first answers)", item.exercise, item.responses);
            for one in &item.against {
                println!("  {}", sentence(one));
            }
        }
        Ok(())
    }
}

fn review(app: &App, rows: &[difficulties::Moved]) -> Vec<Listed> {
    let first: BTreeMap<&str, &difficulties::Moved> = rows
        .iter()
        .filter(|row| row.attempt == i16::from(FIRST_ATTEMPT))
        .map(|row| (row.exercise.as_str(), row))
        .collect();
    let of = |exercise: &crate::exercises::Exercise| {
        let row = first.get(exercise.id.as_str())?;
        let mut difficulty = guessed(exercise.difficulty, FIRST_ATTEMPT);
        difficulty.merge(delta(row));
        let against = statistics(row).review(exercise.difficulty, &difficulty);
        (!against.is_empty()).then(|| Listed {
            exercise: exercise.id.as_str().to_owned(),
            responses: row.responses,
            difficulty: difficulty.value,
            error: difficulty.error(),
            guessed: exercise.difficulty,
            against,
        })
    };
    let mut listed: Vec<Listed> = app.bank.exercises().iter().filter_map(of).collect();
    let certainty =
        |item: &Listed| item.against.iter().map(|one| (one.value - one.expected).abs() / one.error).fold(0.0, f64::max);
    listed.sort_by(|a, b| certainty(b).total_cmp(&certainty(a)));
    listed
}

fn sentence(one: &Misbehaviour) -> String {
    let Misbehaviour { kind, value, expected, error } = one;
    match kind {
        Why::Harder => {
            format!("harder than its author thought: {value:.2} ± {error:.2} instead of {expected:.2} logits")
        }
        Why::Easier => {
            format!("easier than its author thought: {value:.2} ± {error:.2} instead of {expected:.2} logits")
        }
        Why::DoesNotDiscriminate => {
            format!(
                "able students hardly do better than others: slope {value:.2} ± {error:.2} instead of {expected:.0}"
            )
        }
        Why::Unpredictable => {
            format!("who solves it cannot be told: outfit {value:.2} ± {error:.2} instead of {expected:.0}")
        }
    }
}
