//! `stegvis privacy`: what is kept how long, what is due, and doing it.

use jiff::civil::Date;
use vault::{Options, Vault, rows::nights};

use super::{Settings, attack::AttackCommand};
use crate::{
    app::{App, BuildError, place},
    calendar,
    chance::Chance,
    clock::Clock,
    config::Config,
    keys,
    privacy::{
        DueEntry, due_list,
        forgetting::Night,
        retention::{Action, Mode},
    },
};

/// What `stegvis privacy` is told.
#[derive(clap::Args)]
pub(super) struct PrivacyCommand {
    #[command(subcommand)]
    act: Act,
}

#[derive(clap::Subcommand)]
enum Act {
    /// Show what will happen to whose data, when and by which rule; nothing is changed
    Due {
        #[command(flatten)]
        settings: Settings,
        /// Only what is due on this day or before, such as 2027-06-30
        #[arg(long, value_name = "DATE")]
        until: Option<Date>,
        /// Print JSON, one object for each
        #[arg(long)]
        json: bool,
    },
    /// Do now what the server does once a night: forget whose data are due
    Run {
        #[command(flatten)]
        settings: Settings,
    },
    /// Try to find forgotten people again, in a copy of one's own data or in a made-up school
    Attack(AttackCommand),
    /// Say that the clock is right although it went on by more than 48 hours, as after a long rest of the server
    TrustClock {
        #[command(flatten)]
        settings: Settings,
    },
}

impl PrivacyCommand {
    /// Does what it is told, on the database that the settings name.
    ///
    /// # Errors
    /// A rule in the settings that cannot hold, and whatever keeps the database from being read.
    pub fn run(self) -> anyhow::Result<()> {
        match self.act {
            Act::Due { settings, until, json } => due(&settings.load()?, until, json),
            Act::Run { settings } => run(settings.load()?),
            Act::Attack(command) => command.run(),
            Act::TrustClock { settings } => trust_clock(&settings.load()?),
        }
    }
}

/// Opens the vault alone, which on SQLite is possible while the server rests.
fn open(config: &Config) -> anyhow::Result<Vault> {
    let place = place(&config.database)?;
    let keys = keys::store(config, &place)?;
    Vault::open(Options::new(place, keys)).map_err(at_rest)
}

fn at_rest(error: vault::OpenError) -> anyhow::Error {
    match error {
        in_use @ vault::OpenError::InUse { .. } => anyhow::Error::new(in_use).context(
            "this is done to a SQLite file while the server rests. Stop the server, or go by a restored copy of its backup; \
             on PostgreSQL it is done while the server serves",
        ),
        other => other.into(),
    }
}

fn run(config: Config) -> anyhow::Result<()> {
    let night = actix_web::rt::System::new().block_on(async {
        let app = App::build(config, Clock::System, Chance::from_system()?).await.map_err(|error| match error {
            BuildError::Open(error) => at_rest(error),
            other => other.into(),
        })?;
        let night = app.forget_due(true).await;
        app.vault.close().await;
        anyhow::Ok(night?)
    })?;
    match night {
        None => println!("A server of the same database does it just now."),
        Some(Night { forgotten, held, proposed, asked, sums, records }) => println!(
            "{forgotten} persons forgotten, {held} kept by a hold, {proposed} for the officer to decide, {asked} asked; {sums} \
             sums frozen, {records} records cleared."
        ),
    }
    Ok(())
}

fn trust_clock(config: &Config) -> anyhow::Result<()> {
    let now = Clock::System.now();
    actix_web::rt::System::new().block_on(async {
        let vault = open(config)?;
        let trusted = vault.write(move |tx| nights::trust(tx, now)).await;
        vault.close().await;
        anyhow::Ok(trusted?)
    })?;
    println!("{} UTC is taken for right.", calendar::local(now, "UTC").strftime("%Y-%m-%d %H:%M"));
    Ok(())
}

fn due(config: &Config, until: Option<Date>, json: bool) -> anyhow::Result<()> {
    let retention = config.retention.clone();
    let entries = actix_web::rt::System::new().block_on(async {
        let vault = open(config)?;
        let now = Clock::System.now();
        let entries = vault.read(move |tx| due_list(tx, &retention, now)).await;
        vault.close().await;
        anyhow::Ok(entries?)
    })?;
    let entries: Vec<DueEntry> =
        entries.into_iter().filter(|entry| until.is_none_or(|until| entry.on <= until)).collect();
    if json {
        println!("{}", serde_json::to_string_pretty(&entries)?);
        return Ok(());
    }
    if entries.is_empty() {
        println!("Nothing is due{}.", until.map_or_else(String::new, |until| format!(" until {until}")));
    }
    for entry in &entries {
        println!("{}", line(entry));
    }
    Ok(())
}

/// `2027-05-02  anonymise  person 3f2a…  Norrlida kommun  kikora inactive: last_activity 2025-11-02`
fn line(entry: &DueEntry) -> String {
    let whose = match (&entry.person, entry.records) {
        (Some(id), _) => format!("person {id}"),
        (None, records) => format!("{} of {}", records.unwrap_or_default(), word(&entry.covers)),
    };
    let action = match (entry.action, entry.may) {
        (action, false) => word(&action),
        (action, true) => format!("may {}", word(&action)),
    };
    let mut line = format!(
        "{}  {action}  {whose}  {}  {} {}: {} {}",
        entry.on,
        entry.controller_name,
        entry.preset,
        entry.rule,
        word(&entry.anchor),
        entry.from
    );
    if entry.mode == Mode::Propose {
        line.push_str("  (proposed to the controller first)");
    }
    if !entry.notices.is_empty() {
        let days: Vec<String> = entry.notices.iter().map(ToString::to_string).collect();
        line.push_str(&format!("  (asked {} before)", days.join(", ")));
    }
    if entry.is_overdue && entry.action != Action::Answer {
        line.push_str("  overdue");
    }
    line
}

/// A value's own word, as files have it.
fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| Some(value.as_str()?.to_owned())).unwrap_or_default()
}
