//! `stegvis privacy`: what is kept how long, and what is due.

use jiff::civil::Date;
use vault::{Options, Vault};

use super::Settings;
use crate::{
    app::place,
    clock::Clock,
    keys,
    privacy::{
        DueEntry, due_list,
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
}

impl PrivacyCommand {
    /// Does what it is told, on the database that the settings name.
    ///
    /// # Errors
    /// A rule in the settings that cannot hold, and whatever keeps the database from being read.
    pub fn run(self) -> anyhow::Result<()> {
        let Act::Due { settings, until, json } = self.act;
        let config = settings.load()?;
        let retention = config.retention.clone();
        let entries = actix_web::rt::System::new().block_on(async {
            let place = place(&config.database)?;
            let keys = keys::store(&config, &place)?;
            let vault = Vault::open(Options::new(place, keys)).map_err(|error| match error {
                in_use @ vault::OpenError::InUse { .. } => anyhow::Error::new(in_use).context(
                    "what is due in a SQLite file is listed while the server rests. Stop the server, or list a restored \
                     copy of its backup; on PostgreSQL it is listed while the server serves",
                ),
                other => other.into(),
            })?;
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
