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
        let texts = read_folder(folder).with_context(|| format!("could not read the folder {}", folder.display()))?;
        if texts.is_empty() {
            bail!("{} holds no <strand>/<skill>.toml; name the folder that holds the strands", folder.display());
        }
        Ok(Bank::read(&texts)?)
    }
}

fn list(bank: &Bank, out: &mut impl Write) -> io::Result<()> {
    for (index, skill) in (0_u16..).zip(bank.skills()) {
        let (first, last) = skill.years;
        write!(out, "{} – {}, years {first}–{last}", skill.id, skill.name.en)?;
        let before: Vec<&str> = skill.prerequisites.iter().filter_map(|p| Some(bank.skill(*p)?.id.as_str())).collect();
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

#[cfg(test)]
mod tests {
    use super::{Act, ExercisesCommand, list, prove};
    use crate::exercises::Bank;
    use clap::Parser;

    #[derive(Parser)]
    struct Program {
        #[command(flatten)]
        exercises: ExercisesCommand,
    }

    fn parse(line: &str) -> ExercisesCommand {
        let words = std::iter::once("exercises").chain(line.split(' '));
        Program::try_parse_from(words).unwrap().exercises
    }

    #[test]
    fn draws_have_a_default_and_may_not_be_none() {
        assert!(matches!(parse("lint").act, Act::Lint { draws: 500 }));
        assert!(matches!(parse("lint --draws 7").act, Act::Lint { draws: 7 }));
        assert!(Program::try_parse_from(["exercises", "lint", "--draws", "0"]).is_err());
    }

    #[test]
    fn the_list_shows_skills_with_what_they_build_on() {
        let mut out = Vec::new();
        list(&Bank::shipped().unwrap(), &mut out).unwrap();
        let page = String::from_utf8(out).unwrap();
        let head = "equations-two-step – Two-step equations, years 6–8, \
                    builds on equations-add-sub, equations-mult-div\n  A  -0.6  two-step-plain\n";
        assert!(page.contains(head), "{page}");
    }

    #[test]
    fn findings_are_printed_and_end_in_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let strand = folder.path().join("number");
        std::fs::create_dir(&strand).unwrap();
        let text = include_str!("../../exercises/number/fraction-simplify.toml");
        let spoiled = text.replacen("{n}/{q}", "{p}/{q}", 1);
        std::fs::write(strand.join("fraction-simplify.toml"), spoiled).unwrap();

        let command = parse(&format!("lint --folder {}", folder.path().display()));
        let mut out = Vec::new();
        let error = prove(&command.bank().unwrap(), 3, &mut out).unwrap_err();
        assert_eq!(error.to_string(), "1 thing to mend in 3 exercises, 3 items of each");
        let page = String::from_utf8(out).unwrap();
        assert!(page.starts_with("shorten-once, wrong[1] (seed 0, 3 in all)"), "{page}");
    }

    #[test]
    fn an_empty_folder_is_told_apart_from_a_sound_bank() {
        let folder = tempfile::tempdir().unwrap();
        let error = parse(&format!("list --folder {}", folder.path().display())).run();
        assert!(error.unwrap_err().to_string().contains("holds no <strand>/<skill>.toml"));
    }
}
