//! `stegvis backup` and `stegvis restore`: a copy of the data or of the key store, and back into an empty place.

use std::path::PathBuf;

use anyhow::{Context, bail};
use vault::{
    Place,
    care::{self, Part, Tables},
};

use super::{Settings, copies};
use crate::{app, clock::Clock, config::Config, keys};

/// What `stegvis backup` is told.
#[derive(clap::Args)]
pub(super) struct BackupCommand {
    #[command(flatten)]
    settings: Settings,
    /// Copy the key store instead, into backup.keys_directory; keep none longer than seven days
    #[arg(long)]
    keys: bool,
}

/// What `stegvis restore` is told.
#[derive(clap::Args)]
pub(super) struct RestoreCommand {
    #[command(flatten)]
    settings: Settings,
    /// The copy is of the key store
    #[arg(long)]
    keys: bool,
    /// The copy
    file: PathBuf,
}

fn place(config: &Config, keys: bool) -> anyhow::Result<(Place, Part)> {
    let data = app::place(&config.database)?;
    Ok(if keys { (keys::store_place(config, &data)?, Part::Keys) } else { (data, Part::Data) })
}

impl BackupCommand {
    /// Takes a copy, reads it back, and prints where it is. The server may serve meanwhile.
    ///
    /// # Errors
    /// When no copy that can be relied on could be made.
    pub fn run(self) -> anyhow::Result<()> {
        let config = self.settings.load()?;
        let (place, part) = place(&config, self.keys)?;
        if care::tables(&place, part)? == Tables::Absent {
            bail!("there is nothing to copy yet");
        }
        let copy = copies::take(&config, &place, part, Clock::System.now())?;
        println!("{}", copy.display());
        Ok(())
    }
}

impl RestoreCommand {
    /// Brings a copy back, where there is nothing.
    ///
    /// # Errors
    /// When something is there, or the copy cannot be relied on; nothing is changed then.
    pub fn run(self) -> anyhow::Result<()> {
        let config = self.settings.load()?;
        let (place, part) = place(&config, self.keys)?;
        care::bring_back(&place, part, &self.file)
            .with_context(|| format!("{} is not brought back", self.file.display()))?;
        println!("{} is brought back. See with `stegvis doctor` whether all is well.", self.file.display());
        if matches!(care::tables(&place, part)?, Tables::Older(_)) {
            println!("It is of an older Stegvis: `stegvis upgrade` brings it up to date.");
        }
        Ok(())
    }
}
