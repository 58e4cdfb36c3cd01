//! `stegvis upgrade`: brings the tables up to date, after a copy was taken.

use std::path::PathBuf;

use anyhow::{Context, anyhow};
use vault::{
    Place,
    care::{Held, Part, Tables},
};

use crate::{app, clock::Clock, config::Config, copies::Copier, keys};

/// Takes a copy of whatever has older tables and brings those up to date: all of a database's, or none. Where nothing is
/// to be done, nothing is done.
///
/// # Errors
/// When a server has the database open, when the copy cannot be made (nothing is migrated then), and when a migration
/// fails (the tables are as they were then).
pub fn upgrade(config: &Config) -> anyhow::Result<()> {
    let data = app::place(&config.database)?;
    let keys = keys::store_place(config, &data)?;
    let parts = [(&data, Part::Data, "the database"), (&keys, Part::Keys, "the key store")];
    let mut older = Vec::new();
    for (place, part, name) in parts {
        let held = Held::take(place, part)?;
        match held.tables()? {
            Tables::Newer(version) => return Err(vault::OpenError::Newer(version).into()),
            Tables::Older(pending) => older.push((held, place, part, name, pending.len())),
            // Made, with keys or without, by whoever opens it first.
            Tables::Absent if part == Part::Keys => {}
            Tables::Absent => older.push((held, place, part, name, 0)),
            Tables::Current => println!("The tables of {name} are up to date."),
        }
    }
    let mut copied = Vec::new();
    for (_, _, part, name, pending) in &older {
        copied.push(if *pending == 0 { None } else { Some(copy(config, &data, *part, name)?) });
    }
    for ((mut held, _, _, name, pending), copy) in older.into_iter().zip(copied) {
        held.bring_up_to_date().map_err(|error| failed(error, name, copy.as_ref()))?;
        match pending {
            0 => println!("The tables of {name} are made."),
            1 => println!("The tables of {name} are up to date: one migration."),
            _ => println!("The tables of {name} are up to date: {pending} migrations."),
        }
    }
    Ok(())
}

fn copy(config: &Config, data: &Place, part: Part, name: &str) -> anyhow::Result<PathBuf> {
    let taken = keys::store(config, data)
        .map_err(anyhow::Error::new)
        .and_then(|store| Copier::of(config, data, &store)?.take(part, Clock::System.now()));
    let taken = taken.with_context(|| format!("nothing was migrated, because {name} could not be copied first"))?;
    println!("A copy of {name} as it was lies in {}.", taken.file.display());
    for trouble in taken.troubles {
        eprintln!("stegvis: the copy is good, and not all is well with the others: {trouble:#}");
    }
    Ok(taken.file)
}

fn failed(error: vault::OpenError, name: &str, copy: Option<&PathBuf>) -> anyhow::Error {
    let copy = copy.map(|copy| format!(" Should you need it, its copy is {}.", copy.display())).unwrap_or_default();
    anyhow!(error).context(format!(
        "the tables of {name} are as they were, and the older Stegvis can go on with them.{copy} What went wrong"
    ))
}
