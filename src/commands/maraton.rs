//! `stegvis maraton`: what anyone can verify of a MatteMaraton, without a server and without its data.

use std::{fs, io::Write, path::PathBuf};

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use vault::Ticket;

use crate::maraton::{Told, Verified, verify};

/// What `stegvis maraton` is told.
#[derive(Debug, Args)]
pub(super) struct MaratonCommand {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Verify a draw: that its seed was fixed before, and that the winners are those that it gives
    VerifyDraw {
        /// The draw as JSON, from the event's page or /api/v1/maraton/events/EVENT/draw
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// A ticket, to see whether it was in the draw and whether it won; groups may stand apart
        #[arg(long)]
        ticket: Option<String>,
    },
}

impl MaratonCommand {
    /// Says what was found.
    ///
    /// # Errors
    /// What is told is not true, or cannot be read; the text is for people.
    pub(super) fn run(&self, out: &mut impl Write) -> anyhow::Result<()> {
        let Act::VerifyDraw { file, ticket } = &self.act;
        let text = fs::read_to_string(file).with_context(|| {
            format!("could not read {}; name the file that the event's page gives as JSON", file.display())
        })?;
        let told: Told = serde_json::from_str(&text)
            .with_context(|| format!("{} is no draw; fetch it again from the event's page", file.display()))?;
        let Verified { entries, winners } =
            verify(&told).with_context(|| format!("the draw in {} does not hold", file.display()))?;
        writeln!(out, "The draw holds.")?;
        writeln!(out, "Its seed is the one that was fixed before: SHA-256 gives {}.", told.commitment)?;
        writeln!(out, "Of {entries} tickets these {winners} come first in the order that the seed gives:")?;
        let outcome = told.outcome.as_ref();
        for (place, winner) in (1..).zip(outcome.iter().flat_map(|outcome| &outcome.winners)) {
            writeln!(out, "{place:>4}  {winner}")?;
        }
        writeln!(out, "See also that the commitment is the one you saw before the draw.")?;
        match ticket {
            Some(ticket) => say_of(ticket, &told, out),
            None => Ok(()),
        }
    }
}

fn say_of(typed: &str, told: &Told, out: &mut impl Write) -> anyhow::Result<()> {
    let digits: String = typed.chars().filter(|letter| !letter.is_whitespace() && *letter != '-').collect();
    let Ok(ticket) = digits.to_lowercase().parse::<Ticket>() else {
        bail!("{typed:?} is no ticket; write its 32 digits, in groups or not");
    };
    let Some(outcome) = &told.outcome else { return Ok(()) };
    let place = outcome.winners.iter().position(|winner| *winner == ticket);
    match (place, outcome.entries.contains(&ticket)) {
        (Some(at), _) => writeln!(out, "Your ticket won, in place {}. Congratulations!", at + 1)?,
        (None, true) => writeln!(out, "Your ticket was in the draw; this time others won.")?,
        (None, false) => writeln!(
            out,
            "Your ticket is not in this draw. Whoever finishes after the draw is not in it; if you had finished before, \
             ask the organiser."
        )?,
    }
    Ok(())
}

#[cfg(test)]
mod tests;
