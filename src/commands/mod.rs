//! What the binary does, one file a command.

mod attack;
mod audit;
mod backup;
mod check;
mod demo;
mod doctor;
mod entitlement;
mod evaluate;
mod exercises;
mod fit;
mod init;
mod items;
mod judge;
mod keys;
mod maraton;
mod model;
mod need_to_know;
mod privacy;
mod responses;
mod serve;
mod simulate;
mod upgrade;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;

use crate::config::Config;

/// Adaptive mathematics practice, judged line by line.
#[derive(Parser)]
#[command(
    name = "stegvis",
    version,
    about,
    after_help = "Start with `stegvis demo`: a made-up municipality on http://127.0.0.1:8080.\n\
                  docs/operating.md tells how to run Stegvis for a school."
)]
struct Stegvis {
    #[command(subcommand)]
    command: Command,
    /// What to log: error, warn, info, debug or a filter such as stegvis=debug
    #[arg(long, global = true, env = "STEGVIS_LOG", default_value = "warn")]
    log: String,
}

#[derive(Subcommand)]
enum Command {
    /// Set up a server: settings, keys, database, and who administers it
    Init(Box<init::InitCommand>),
    /// See whether everything is well, and what to do if not
    Doctor(doctor::DoctorCommand),
    /// Serve schools
    Serve(Settings),
    /// Serve a made-up municipality to try Stegvis with; reachable from this machine only
    Demo(demo::DemoCommand),
    /// Take a copy and bring the tables up to date, if they are those of an older Stegvis
    #[command(visible_alias = "migrate")]
    Upgrade(Settings),
    /// Take a copy of the data, also while the server serves
    Backup(backup::BackupCommand),
    /// Bring a copy back into an empty place
    Restore(backup::RestoreCommand),
    /// Print and confirm the recovery sheet, exchange keys
    Keys(keys::KeysCommand),
    /// Verify the record of who looked at whose data, and write down where it ends
    Audit(audit::AuditCommand),
    /// See what is due to be forgotten, when and by which rule
    Privacy(privacy::PrivacyCommand),
    /// Show, give and end what schools have of the exercises
    Entitlement(entitlement::EntitlementCommand),
    /// Look through the exercises and prove them
    Exercises(exercises::ExercisesCommand),
    /// Judge lines of a solution, to try the step checker
    Judge(judge::JudgeCommand),
    /// Judge labelled cases and count what was judged as labelled
    Check(check::CheckCommand),
    /// Make the student models anew from the responses
    Model(model::ModelCommand),
    /// Verify the draw of a MatteMaraton
    Maraton(maraton::MaratonCommand),
    /// List exercises that misbehave: harder or easier than their author thought, or telling little
    Items(items::ItemsCommand),
    /// Fit the student model on responses, and print its weights
    Fit(fit::FitCommand),
    /// Fit on all folds but one, predict that one, and print how good the predictions are
    Evaluate(evaluate::EvaluateCommand),
    /// Let simulated students practise by several ways to choose, and compare what they retain
    Simulate(simulate::SimulateCommand),
    /// Print who sees what, as docs/need-to-know.md has it
    NeedToKnow,
}

/// Where the configuration is.
#[derive(clap::Args)]
struct Settings {
    /// The configuration file (TOML); variables such as STEGVIS_DATABASE__URL override it
    #[arg(long, env = "STEGVIS_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
}

impl Settings {
    fn load(&self) -> anyhow::Result<Config> {
        Ok(Config::load(self.config.as_deref(), std::env::vars())?)
    }
}

/// Reads the arguments and does what they say. A refusal is one sentence that says what to do.
#[must_use]
pub fn run() -> ExitCode {
    let stegvis = Stegvis::parse();
    log(&stegvis.log).and_then(|()| stegvis.command.run()).unwrap_or_else(|error| {
        eprintln!("stegvis: {error:#}");
        ExitCode::FAILURE
    })
}

fn log(filter: &str) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(filter).map_err(|error| {
        anyhow::anyhow!("--log {filter:?} cannot be read ({error}). Write a level such as info, or stegvis=debug")
    })?;
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    Ok(())
}

impl Command {
    fn run(self) -> anyhow::Result<ExitCode> {
        match self {
            Self::Doctor(doctor) => return Ok(doctor.run()),
            Self::Init(init) => init.run()?,
            Self::Serve(settings) => serve::serve(settings.load()?)?,
            Self::Demo(demo) => demo.run()?,
            Self::Upgrade(settings) => upgrade::upgrade(&settings.load()?)?,
            Self::Backup(backup) => backup.run()?,
            Self::Restore(restore) => restore.run()?,
            Self::Keys(keys) => keys.run()?,
            Self::Audit(audit) => audit.run()?,
            Self::Privacy(privacy) => privacy.run()?,
            Self::Entitlement(entitlement) => entitlement.run()?,
            Self::Exercises(exercises) => exercises.run()?,
            Self::Judge(judge) => judge.run()?,
            Self::Check(check) => check.run()?,
            Self::Model(model) => model.run()?,
            Self::Maraton(maraton) => maraton.run(&mut std::io::stdout().lock())?,
            Self::Items(items) => items.run()?,
            Self::Fit(fit) => fit.run()?,
            Self::Evaluate(evaluate) => evaluate.run()?,
            Self::Simulate(simulate) => simulate.run()?,
            Self::NeedToKnow => need_to_know::print(),
        }
        Ok(ExitCode::SUCCESS)
    }
}
