//! `stegvis backup` and `stegvis restore`: a copy of the data or of the key store, back into an empty place, and a drill.

use std::{
    path::{Path, PathBuf},
    time::Instant,
};

use anyhow::{Context, bail};
use jiff::Timestamp;
use vault::{
    KeyStore, Keys, Millis, Place,
    care::{self, Content, CopyKeys, Part, Tables},
};

use super::Settings;
use crate::{
    app,
    clock::Clock,
    config::Config,
    copies::{self, Copier, Ledgers, keys_for},
    keys::{self, KeyError},
};

/// What `stegvis backup` is told.
#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct BackupCommand {
    #[command(subcommand)]
    verify: Option<Verify>,
    #[command(flatten)]
    settings: Settings,
    /// Copy the key store instead, into backup.keys_directory; none is kept longer than seven days
    #[arg(long)]
    keys: bool,
}

#[derive(clap::Subcommand)]
enum Verify {
    /// A drill: bring a copy back into a place that is thrown away, read it whole, and say how long that took
    Verify(VerifyFlags),
}

#[derive(clap::Args)]
struct VerifyFlags {
    #[command(flatten)]
    settings: Settings,
    /// A copy of the key store
    #[arg(long)]
    keys: bool,
    /// A file with an identity of age's, or with the master key of the time at which the copy was taken
    #[arg(long, value_name = "FILE")]
    identity: Option<PathBuf>,
    /// The copy; the newest if none is named
    file: Option<PathBuf>,
}

/// What `stegvis restore` is told.
#[derive(clap::Args)]
pub(super) struct RestoreCommand {
    #[command(flatten)]
    settings: Settings,
    /// The copy is of the key store
    #[arg(long)]
    keys: bool,
    /// A file with an identity of age's, or with the master key of the time at which the copy was taken
    #[arg(long, value_name = "FILE")]
    identity: Option<PathBuf>,
    /// The copy
    file: PathBuf,
}

const fn part(keys: bool) -> Part {
    if keys { Part::Keys } else { Part::Data }
}

fn place(config: &Config, keys: bool) -> anyhow::Result<Place> {
    let data = app::place(&config.database)?;
    Ok(if keys { keys::store_place(config, &data)? } else { data })
}

/// What opens copies: what comes from the master key, if it is at hand, and what stands in the file.
fn opening(config: &Config, identity: Option<&Path>) -> anyhow::Result<CopyKeys> {
    let data = app::place(&config.database)?;
    let own = match (keys::store(config, &data), identity) {
        (Ok(store), _) => keys_for(&store, &config.backup)?,
        (Err(KeyError::NoMasterKey | KeyError::Unreadable { .. }), Some(_)) => CopyKeys::without_master(),
        (Err(error), _) => return Err(error.into()),
    };
    let Some(file) = identity else { return Ok(own) };
    let mut text =
        std::fs::read_to_string(file).with_context(|| format!("cannot read the identity {}", file.display()))?;
    let with = own.with_identities(&text);
    zeroize::Zeroize::zeroize(&mut text);
    with.with_context(|| format!("{}", file.display()))
}

impl BackupCommand {
    /// Takes a copy, reads it back, and prints where it is; or tries one out. The server may serve meanwhile.
    ///
    /// # Errors
    /// When no copy that can be relied on could be made, when not all is well with the others, or when the one that is tried
    /// out cannot be relied on.
    pub fn run(self) -> anyhow::Result<()> {
        if let Some(Verify::Verify(flags)) = self.verify {
            return flags.run();
        }
        let config = self.settings.load()?;
        let data = app::place(&config.database)?;
        let store = keys::store(&config, &data)?;
        let part = part(self.keys);
        if care::tables(if self.keys { &store.place } else { &data }, part)? == Tables::Absent {
            bail!("there is nothing to copy yet");
        }
        let taken = Copier::of(&config, &data, &store)?.take(part, Clock::System.now())?;
        println!("{}", taken.file.display());
        match taken.troubles.as_slice() {
            [] => Ok(()),
            troubles => {
                let all: Vec<_> = troubles.iter().map(|trouble| format!("{trouble:#}")).collect();
                bail!("the copy is good, and not all is well with the others: {}", all.join("; "))
            }
        }
    }
}

impl VerifyFlags {
    fn run(self) -> anyhow::Result<()> {
        let config = self.settings.load()?;
        let (place, part) = (place(&config, self.keys)?, part(self.keys));
        let file = match (self.file, copies::folder(&config.backup, part)) {
            (Some(file), _) => file,
            (None, folder) => {
                let folder = folder?;
                let newest = copies::newest(folder, &place, part)
                    .with_context(|| format!("cannot look into {}", folder.display()))?;
                newest.with_context(|| format!("there is no copy in {}: run `stegvis backup`", folder.display()))?.0
            }
        };
        let keys = opening(&config, self.identity.as_deref())?;
        let began = now();
        // Where copies lie there is room for one, and nobody else looks.
        let within = copies::folder(&config.backup, part).ok().filter(|folder| folder.is_dir());
        let within = within.map_or_else(std::env::temp_dir, Path::to_owned);
        let content = care::try_out(&place, part, &file, &keys, &within)?;
        tell(&file, &content, began.elapsed().as_secs_f64(), Clock::System.now());
        Ok(())
    }
}

#[expect(clippy::disallowed_methods, reason = "measures how long work takes; nothing is decided by it")]
fn now() -> Instant {
    Instant::now()
}

fn tell(file: &Path, content: &Content, seconds: f64, now: Millis) {
    let moment = |at: Millis| format!("{:.0}", Timestamp::from_millisecond(at.0).unwrap_or_default());
    println!("{:<16}{}", "copy", file.display());
    if let Some(taken) = content.taken {
        let minutes = now.since(taken) / 60_000;
        println!("{:<16}{}", "taken", moment(taken));
        println!("{:<16}{} h {} min: what was done since is not in it", "recovery point", minutes / 60, minutes % 60);
    }
    if let Some(newest) = content.newest {
        println!("{:<16}{}", "newest record", moment(newest));
    }
    let rows: u64 = content.rows.values().sum();
    let filled: Vec<_> =
        content.rows.iter().filter(|(_, rows)| **rows > 0).map(|(table, rows)| format!("{table} {rows}")).collect();
    println!("{:<16}{rows} in {} tables: {}", "rows", content.rows.len(), filled.join(", "));
    println!("{:<16}{seconds:.1} s to bring it back and read it whole", "recovery time");
    println!("\nThe copy is good. Nothing of it is left elsewhere.");
}

impl RestoreCommand {
    /// Brings a copy back, where there is nothing. A key store learns from its ledger whom it has to forget.
    ///
    /// # Errors
    /// When something is there, or the copy cannot be relied on; nothing is changed then.
    pub fn run(self) -> anyhow::Result<()> {
        let config = self.settings.load()?;
        let (place, part) = (place(&config, self.keys)?, part(self.keys));
        let keys = opening(&config, self.identity.as_deref())?;
        care::bring_back(&place, part, &self.file, &keys)
            .with_context(|| format!("{} is not brought back", self.file.display()))?;
        println!("{} is brought back. See with `stegvis doctor` whether all is well.", self.file.display());
        let tables = care::tables(&place, part)?;
        if matches!(tables, Tables::Older(_)) {
            println!("It is of an older Stegvis: `stegvis upgrade` brings it up to date.");
        }
        if self.keys {
            let store = keys::store(&config, &app::place(&config.database)?);
            forget_again(&config, store, &tables)?;
        }
        Ok(())
    }
}

/// Lets a key store that was brought back forget whom it had forgotten since. Where that cannot be done yet, the server does
/// it before it lets anybody in.
fn forget_again(config: &Config, store: Result<KeyStore, KeyError>, tables: &Tables) -> anyhow::Result<()> {
    let (Ok(store), Tables::Current) = (store, tables) else {
        println!("Who was forgotten since is forgotten again before the server lets anybody in.");
        return Ok(());
    };
    let again = Ledgers::of(&config.backup).bring_forward(&Keys::open(&store)?, Clock::System.now())?;
    match again {
        0 => println!("Nobody was forgotten since."),
        some => println!("Forgotten since, and forgotten again: {some}."),
    }
    Ok(())
}
