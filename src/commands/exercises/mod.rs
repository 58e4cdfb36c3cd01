//! `stegvis exercises`: look through the bank and prove it.

mod preview;

use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::Serialize;

use crate::exercises::{Answer, Bank, Course, Exercise, Item, Kind, Piece, bank_of, course, draw, lint};

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
    List {
        /// Print JSON instead, one object a template
        #[arg(long)]
        json: bool,
    },
    /// Print stems and solutions of items drawn by chance, for reading
    Sample {
        /// The same seed gives the same items
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// How many items
        #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=100_000))]
        n: u32,
        /// Only those whose skill, template or kind is called so
        #[arg(long)]
        only: Option<String>,
    },
    /// Print a course of MatteMaraton: 200 items for a school year at a level
    Course {
        /// The school year
        #[arg(long, value_parser = clap::value_parser!(u8).range(4..=9))]
        year: u8,
        /// From 1, the gentlest, to 5
        #[arg(long, value_parser = clap::value_parser!(u8).range(1..=5))]
        level: u8,
        /// Print JSON instead, one object an item
        #[arg(long)]
        json: bool,
    },
    /// Serve the exercises as students meet them, to try while writing; reachable from this machine only
    Preview {
        /// Address and port to listen on; this machine's own only
        #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8081")]
        listen: SocketAddr,
    },
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
        let mut out = io::stdout().lock();
        match self.act {
            Act::List { json: false } => list(&*self.bank()?, &mut out).context("could not print the list"),
            Act::List { json: true } => list_json(&*self.bank()?, &mut out),
            Act::Sample { seed, n, ref only } => sample(&*self.bank()?, seed, n, only.as_deref(), &mut out),
            Act::Course { year, level, json } => {
                let bank = self.bank()?;
                write_course(&bank, &course(&bank, year, level)?, json, &mut out)
            }
            Act::Preview { listen } => preview::run(self.folder.clone(), listen),
            Act::Lint { draws } => prove(&*self.bank()?, draws, &mut out),
        }
    }

    fn bank(&self) -> anyhow::Result<Arc<Bank>> {
        let Some(folder) = &self.folder else {
            return Ok(Bank::shipped()?);
        };
        Ok(Arc::new(bank_of(folder)?))
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
    writeln!(out, "{}", extent(bank))
}

/// How much there is: the exercises, and how many of the skills have any.
fn extent(bank: &Bank) -> String {
    let (exercises, practised, skills) = (bank.exercises().len(), bank.practised().count(), bank.skills().len());
    format!("{exercises} exercises in {practised} of {skills} skills")
}

/// A template, as `list --json` has it.
#[derive(Serialize)]
struct Listed<'b> {
    skill: &'b str,
    template: &'b str,
    kind: Kind,
    levels: Vec<String>,
    languages: Vec<&'static str>,
}

fn list_json(bank: &Bank, out: &mut impl Write) -> anyhow::Result<()> {
    let listed: Vec<Listed<'_>> = bank
        .exercises()
        .iter()
        .filter_map(|exercise| {
            Some(Listed {
                skill: bank.skill(exercise.skill)?.id.as_str(),
                template: exercise.id.as_str(),
                kind: exercise.kind(),
                levels: vec![exercise.level.to_string()],
                languages: exercise.languages().to_vec(),
            })
        })
        .collect();
    serde_json::to_writer_pretty(&mut *out, &listed)?;
    writeln!(out)?;
    Ok(())
}

/// Prints items drawn by chance, each exercise as likely.
fn sample(bank: &Bank, seed: u64, n: u32, only: Option<&str>, out: &mut impl Write) -> anyhow::Result<()> {
    let is_called = |exercise: &&Exercise| {
        let skill = bank.skill(exercise.skill).map_or("", |skill| skill.id.as_str());
        let names = [skill, exercise.id.as_str(), exercise.kind().name()];
        only.is_none_or(|only| names.contains(&only))
    };
    let open: Vec<&Exercise> = bank.exercises().iter().filter(is_called).collect();
    if open.is_empty() {
        bail!("nothing in the bank is called {}; `stegvis exercises list` shows the names", only.unwrap_or_default());
    }
    let mut chance = ChaCha8Rng::seed_from_u64(seed);
    for number in 1..=n {
        let exercise = open[chance.random_range(0..open.len())];
        let item = draw(exercise, i64::from(chance.random::<u32>()))?;
        writeln!(out, "── {number}. {} ({}, {})", exercise.id, exercise.level, exercise.source.file)?;
        write_item(&item, out)?;
    }
    Ok(())
}

/// An item of a course, as `course --json` has it.
#[derive(Serialize)]
struct CourseLine<'b> {
    number: usize,
    template: &'b str,
    skill: &'b str,
    strand: &'b str,
    seed: i64,
    height: f64,
}

fn write_course(bank: &Bank, course: &Course, json: bool, out: &mut impl Write) -> anyhow::Result<()> {
    let lines: Vec<CourseLine<'_>> = (1..)
        .zip(&course.items)
        .filter_map(|(number, item)| {
            let skill = bank.skill(bank.exercise(&item.exercise)?.skill)?;
            Some(CourseLine {
                number,
                template: item.exercise.as_str(),
                skill: skill.id.as_str(),
                strand: &skill.strand,
                seed: item.seed,
                height: item.height,
            })
        })
        .collect();
    if json {
        serde_json::to_writer_pretty(&mut *out, &lines)?;
        writeln!(out)?;
        return Ok(());
    }
    for line in &lines {
        writeln!(out, "{:3}  {:+.2}  {:24}  {}", line.number, line.height, line.strand, line.template)?;
    }
    Ok(())
}

/// The stem in both languages, what is shown, what is asked for, hints and solution.
fn write_item(item: &Item, out: &mut impl Write) -> io::Result<()> {
    for (language, ask) in item.ask.each() {
        writeln!(out, "{language}  {ask}")?;
        if let Some(support) = &item.support {
            writeln!(out, "    + {}", support.of(language))?;
        }
    }
    if let Some(figure) = &item.figure {
        writeln!(out, "    [{}  /  {}]", figure.description().sv, figure.description().en)?;
    }
    if !item.start_text.is_empty() {
        writeln!(out, "    {}", item.start_text)?;
    }
    write_answer(&item.answer, "    ", out)?;
    for hint in &item.hints {
        writeln!(out, "  ? {}  /  {}", hint.sv, hint.en)?;
    }
    for step in &item.solution {
        writeln!(out, "  = {}", both(step))?;
    }
    writeln!(out, "  → {}\n", item.worked.join("  |  "))
}

fn both(piece: &Piece) -> String {
    match piece {
        Piece::Maths(text) => text.clone(),
        Piece::Words(words) => format!("{}  /  {}", words.sv, words.en),
    }
}

fn write_answer(answer: &Answer, indent: &str, out: &mut impl Write) -> io::Result<()> {
    let lettered = |pieces: &[&Piece]| -> Vec<String> {
        ('A'..).zip(pieces).map(|(letter, piece)| format!("{letter}) {}", both(piece))).collect()
    };
    match answer {
        Answer::Choice(choice) => {
            for (letter, option) in ('A'..).zip(&choice.options) {
                let mark = if option.is_right { "*" } else { " " };
                let from = option.misconception.map(|rule| format!("   ({rule:?})")).unwrap_or_default();
                writeln!(out, "{indent}{mark}{letter}) {}{from}", both(&option.text))?;
            }
        }
        Answer::Order(order) => {
            writeln!(out, "{indent}{}", lettered(&order.pieces.iter().collect::<Vec<_>>()).join("   "))?;
        }
        Answer::Match(pairs) => {
            let left: Vec<String> = (1..).zip(&pairs.left).map(|(n, piece)| format!("{n}) {}", both(piece))).collect();
            writeln!(out, "{indent}{}", left.join("   "))?;
            writeln!(out, "{indent}{}", lettered(&pairs.right.iter().collect::<Vec<_>>()).join("   "))?;
        }
        Answer::Gaps(gaps) => writeln!(out, "{indent}{}", both(&gaps.text))?,
        Answer::Parts(parts) => {
            for (letter, part) in ('a'..).zip(parts) {
                writeln!(out, "{indent}{letter}) {}  /  {}", part.ask.sv, part.ask.en)?;
                write_answer(&part.answer, &format!("{indent}   "), out)?;
            }
        }
        Answer::Value { unit: Some(unit), .. } => writeln!(out, "{indent}[   ] {}  /  {}", unit.sv, unit.en)?,
        Answer::Lines(_) | Answer::Value { .. } | Answer::Point(_) | Answer::Explain(_) => {}
    }
    Ok(())
}

fn prove(bank: &Bank, draws: u32, out: &mut impl Write) -> anyhow::Result<()> {
    let findings = lint(bank, draws);
    for finding in &findings {
        writeln!(out, "{finding}")?;
    }
    let extent = extent(bank);
    match findings.len() {
        0 => writeln!(out, "{extent}, {draws} items of each: all is well.")?,
        1 => bail!("1 thing to mend among {extent}, {draws} items of each"),
        n => bail!("{n} things to mend among {extent}, {draws} items of each"),
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
        let bank = Bank::shipped().unwrap();
        list(&bank, &mut out).unwrap();
        let page = String::from_utf8(out).unwrap();
        let (practised, skills) = (bank.practised().count(), bank.skills().len());
        assert!(page.ends_with(&format!(" exercises in {practised} of {skills} skills\n")), "{page}");
        let head = "equations-two-step – Two-step equations, years 6–8, \
                    builds on equations-add-sub, equations-mult-div\n  A  -0.6  two-step-plain\n";
        assert!(page.contains(head), "{page}");
    }

    #[test]
    fn findings_are_printed_and_end_in_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let strand = folder.path().join("number");
        std::fs::create_dir(&strand).unwrap();
        let text = include_str!("../../../exercises/number/fraction-simplify.toml");
        let alone =
            text.replace("prerequisites = [\"fraction-equivalent\", \"factors-multiples\"]", "prerequisites = []");
        let spoiled = alone.replacen("{n}/{q}", "{p}/{q}", 1);
        std::fs::write(strand.join("fraction-simplify.toml"), spoiled).unwrap();

        let command = parse(&format!("lint --folder {}", folder.path().display()));
        let mut out = Vec::new();
        let error = prove(&command.bank().unwrap(), 3, &mut out).unwrap_err();
        assert_eq!(error.to_string(), "1 thing to mend among 7 exercises in 1 of 1 skills, 3 items of each");
        let page = String::from_utf8(out).unwrap();
        assert!(
            page.starts_with("number/fraction-simplify.toml:20: shorten-once, wrong[1] (seed 0, 3 in all)"),
            "{page}"
        );
    }

    #[test]
    fn the_preview_is_for_this_machine_only() {
        let error = parse("preview --listen 0.0.0.0:0").run().unwrap_err().to_string();
        assert!(error.contains("for this machine only"), "{error}");
        let error = parse("preview --folder /nowhere/at/all").run().unwrap_err().to_string();
        assert!(error.contains("/nowhere/at/all is no folder"), "{error}");
    }

    #[test]
    fn an_empty_folder_is_told_apart_from_a_sound_bank() {
        let folder = tempfile::tempdir().unwrap();
        let error = parse(&format!("list --folder {}", folder.path().display())).run();
        assert!(error.unwrap_err().to_string().contains("holds no <strand>/<skill>.toml"));
    }
}
