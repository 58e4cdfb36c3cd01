//! `stegvis doctor`: whether everything is well, one line a check, and what to do where it is not. It changes nothing and
//! takes no lock, so a server may be running; it prints no secret and nobody's name.
//!
//! `keys`, `data`, `copies`, `network` and `machine` are the checks, in the order in which they are told.

mod copies;
mod data;
mod keys;
mod machine;
mod network;

use std::process::ExitCode;

use serde::Serialize;

use super::Settings;
use crate::{app, clock::Clock, config::Config};

/// What `stegvis doctor` is told. Its exit code is 0 if all is well, 1 after a warning, 2 after a fault.
#[derive(clap::Args)]
pub(super) struct DoctorCommand {
    #[command(flatten)]
    settings: Settings,
    /// For programs: the same as JSON
    #[arg(long)]
    json: bool,
    /// Read every page of the database and of the newest copy as well; that takes a while
    #[arg(long)]
    thorough: bool,
}

/// How a check went.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
enum State {
    Ok,
    Warning,
    Fault,
}

/// One line of the report.
#[derive(Serialize)]
struct Finding {
    /// Its name, which stays.
    check: &'static str,
    state: State,
    says: String,
    /// What to do about it.
    #[serde(rename = "do")]
    todo: Option<String>,
}

/// What was found so far.
#[derive(Default)]
struct Report(Vec<Finding>);

impl Report {
    fn ok(&mut self, check: &'static str, says: impl Into<String>) {
        self.0.push(Finding { check, state: State::Ok, says: says.into(), todo: None });
    }

    fn warn(&mut self, check: &'static str, says: impl Into<String>, todo: impl Into<String>) {
        self.0.push(Finding { check, state: State::Warning, says: says.into(), todo: Some(todo.into()) });
    }

    fn fault(&mut self, check: &'static str, says: impl Into<String>, todo: impl Into<String>) {
        self.0.push(Finding { check, state: State::Fault, says: says.into(), todo: Some(todo.into()) });
    }

    /// For an error whose text says itself what to do.
    fn error(&mut self, check: &'static str, error: &impl std::fmt::Display) {
        self.0.push(Finding { check, state: State::Fault, says: error.to_string(), todo: None });
    }

    fn worst(&self) -> State {
        self.0.iter().map(|finding| finding.state).max().unwrap_or(State::Ok)
    }
}

/// What the checks are given.
struct Patient<'a> {
    config: &'a Config,
    settings: &'a Settings,
    now: vault::Millis,
    thorough: bool,
}

impl DoctorCommand {
    /// Looks at everything and prints what it found.
    pub fn run(self) -> ExitCode {
        let report = self.examine();
        if self.json {
            let all = serde_json::json!({ "state": report.worst(), "checks": report.0 });
            println!("{all:#}");
        } else {
            print(&report);
        }
        ExitCode::from(report.worst() as u8)
    }

    fn examine(&self) -> Report {
        let mut report = Report::default();
        let config = match self.settings.load() {
            Ok(config) => config,
            Err(error) => {
                report.fault("settings", format!("{error:#}"), "nothing else can be looked at until they can be read");
                return report;
            }
        };
        let patient =
            Patient { config: &config, settings: &self.settings, now: Clock::System.now(), thorough: self.thorough };
        report.ok("settings", "can be read");
        machine::rights(&patient, &mut report);
        match app::place(&config.database) {
            Err(error) => report.error("database-key", &error),
            Ok(place) => {
                if config.database.key_file.is_some() {
                    report.ok("database-key", "can be read, by its owner only, and does not lie with the data");
                }
                let look = data::look(&patient, &place, &mut report);
                keys::look(&patient, &place, look.as_ref(), &mut report);
                copies::look(&patient, &place, &mut report);
                machine::disks(&patient, &place, &mut report);
                machine::clock(&patient, look.as_ref(), &mut report);
            }
        }
        network::look(&patient, &mut report);
        report
    }
}

fn print(report: &Report) {
    for finding in &report.0 {
        let state = match finding.state {
            State::Ok => "ok",
            State::Warning => "warning",
            State::Fault => "FAULT",
        };
        println!("{state:<9}{:<17}{}", finding.check, finding.says);
        if let Some(todo) = &finding.todo {
            println!("{:26}→ {todo}", "");
        }
    }
    let count = |state| report.0.iter().filter(|finding| finding.state == state).count();
    match (count(State::Warning), count(State::Fault)) {
        (0, 0) => println!("\nAll is well."),
        (warnings, faults) => println!("\nWarnings: {warnings}. Faults: {faults}."),
    }
}
