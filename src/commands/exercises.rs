//! `stegvis exercises`: look through the bank and prove it.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};

use crate::exercises::{Bank, lint, read_folder};

/// List the exercise bank or prove it.
#[derive(Debug, Args)]
pub struct ExercisesCommand {
    /// Read this folder instead of the exercises that are part of the program
    #[arg(long, global = true)]
    folder: Option<PathBuf>,
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Show every skill with its exercises
    List,
    /// Draw many items of every exercise and check each; exit code 1 when something needs mending
    Lint {
        /// How many items of each exercise
        #[arg(long, default_value_t = 500, value_parser = clap::value_parser!(u32).range(1..))]
        draws: u32,
    },
}

impl ExercisesCommand {
    /// Does what was asked and prints it on standard output.
    ///
    /// # Errors
    /// When the bank cannot be read or something in it needs mending; the text is for people.
    pub fn run(&self) -> anyhow::Result<()> {
        let bank = self.bank()?;
        let mut out = io::stdout().lock();
        match self.act {
            Act::List => list(&bank, &mut out).context("could not print the list"),
            Act::Lint { draws } => prove(&bank, draws, &mut out),
        }
    }

    fn bank(&self) -> anyhow::Result<Bank> {
        let Some(folder) = &self.folder else {
            return Ok(Bank::shipped()?);
        };
        let texts = read_folder(folder)
            .with_context(|| format!("could not read the folder {}", folder.display()))?;
        if texts.is_empty() {
            bail!(
                "{} holds no <strand>/<skill>.toml; name the folder that holds the strands",
                folder.display()
            );
        }
        Ok(Bank::read(&texts)?)
    }
}

fn list(bank: &Bank, out: &mut impl Write) -> io::Result<()> {
    for (index, skill) in (0_u16..).zip(bank.skills()) {
        let (first, last) = skill.years;
        write!(out, "{} – {}, years {first}–{last}", skill.id, skill.name.en)?;
        let before: Vec<&str> = skill
            .prerequisites
            .iter()
            .filter_map(|p| Some(bank.skill(*p)?.id.as_str()))
            .collect();
        match before.as_slice() {
            [] => writeln!(out)?,
            ids => writeln!(out, ", builds on {}", ids.join(", "))?,
        }
        for exercise in bank.exercises().iter().filter(|e| e.skill == index) {
            let (level, difficulty) = (exercise.level, exercise.difficulty);
            writeln!(out, "  {level}  {difficulty:+.1}  {}", exercise.id)?;
        }
    }
    let (skills, exercises) = (bank.skills().len(), bank.exercises().len());
    writeln!(out, "{exercises} exercises over {skills} skills")
}

fn prove(bank: &Bank, draws: u32, out: &mut impl Write) -> anyhow::Result<()> {
    let findings = lint(bank, draws);
    for finding in &findings {
        writeln!(out, "{finding}")?;
    }
    let exercises = bank.exercises().len();
    match findings.len() {
        0 => writeln!(out, "{exercises} exercises, {draws} items of each: all is well.")?,
        1 => bail!("1 thing to mend in {exercises} exercises, {draws} items of each"),
        n => bail!("{n} things to mend in {exercises} exercises, {draws} items of each"),
    }
    Ok(())
}
