//! `stegvis keys`: the recovery sheet, and the exchange of keys. All of it may be done while the server serves.

use std::path::PathBuf;

use anyhow::{Context, bail};
use vault::{Key, Keys, keys::check_words};

use super::Settings;
use crate::{
    app::place,
    clock::Clock,
    config::Config,
    keys::{self, read_key, refuse_beside},
};

/// What `stegvis keys` is told.
#[derive(clap::Args)]
pub(super) struct KeysCommand {
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    act: Act,
}

#[derive(clap::Subcommand)]
enum Act {
    /// Print the recovery sheet: the master key, and four words that show that it is kept
    Sheet {
        /// Another master key than the present one, before it takes its place
        #[arg(long, value_name = "FILE")]
        key_file: Option<PathBuf>,
    },
    /// Confirm that the recovery sheet is kept; the server starts after that
    Confirm {
        /// The four words of the sheet
        #[arg(required = true)]
        words: Vec<String>,
    },
    /// Exchange keys: what is written from then on is sealed with the new ones
    Rotate {
        /// Which
        #[arg(long, value_enum)]
        level: Level,
        /// The file with the new master key
        #[arg(long, value_name = "FILE", required_if_eq("level", "master"))]
        new_key_file: Option<PathBuf>,
        /// The four words of the new master key's sheet
        words: Vec<String>,
    },
}

/// Which keys are exchanged.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Level {
    /// The master key
    #[value(alias = "kek")]
    Master,
    /// Every controller's key
    Controller,
    /// The key that signs the access tokens of programs; those that it signed stay good until they end
    Signing,
    /// Every person's key; the server seals anew what was written before
    Person,
}

impl KeysCommand {
    /// Does what it is told, on the key store that the settings name.
    ///
    /// # Errors
    /// A key that cannot be used, words of another sheet, and whatever keeps the key store from being opened.
    pub fn run(self) -> anyhow::Result<()> {
        let config = self.settings.load()?;
        match self.act {
            Act::Sheet { key_file: Some(file) } => print_sheet(&read_key(&file)?),
            Act::Sheet { key_file: None } => print_sheet(&keys::store(&config, &place(&config.database)?)?.master),
            Act::Confirm { words } => confirm(&open(&config)?, &words.join(" "))?,
            Act::Rotate { level: Level::Master, new_key_file, words } => {
                let file = new_key_file.context("--new-key-file has to name the new master key")?;
                refuse_beside(&file, &place(&config.database)?)?;
                rotate_master(&open(&config)?, &read_key(&file)?, &words.join(" "))?;
            }
            Act::Rotate { level: Level::Signing, .. } => rotate_signing(&open(&config)?)?,
            Act::Rotate { level, .. } => rotate(&open(&config)?, level)?,
        }
        Ok(())
    }
}

fn open(config: &Config) -> anyhow::Result<Keys> {
    Ok(Keys::open(&keys::store(config, &place(&config.database)?)?)?)
}

/// On standard output alone: a key has no business in a log.
pub(super) fn print_sheet(master: &Key) {
    println!("Stegvis: recovery sheet\n\nMaster key");
    for half in master.as_bytes().chunks(16) {
        let groups: Vec<String> =
            half.chunks(4).map(|group| group.iter().map(|byte| format!("{byte:02x}")).collect()).collect();
        println!("    {}", groups.join(" "));
    }
    println!("\nWords\n    {}", check_words(master).join(" "));
    println!(
        "\nKeep this where no copy of the data is, and nothing else can read it. Without the master key everything \
         personal is gone. To bring it back, write the 64 digits without spaces into the file that keys.master_key_file \
         names. Confirm that the sheet is kept with `stegvis keys confirm` and the four words."
    );
}

pub(super) fn confirm(keys: &Keys, words: &str) -> anyhow::Result<()> {
    if !keys.confirm(words, Clock::System.now())? {
        bail!("these are not the four words of the present master key's sheet: `stegvis keys sheet` prints it");
    }
    println!("The recovery sheet is confirmed.");
    Ok(())
}

fn rotate_master(keys: &Keys, new: &Key, words: &str) -> anyhow::Result<()> {
    let Some(sealed) = keys.rotate_master(new, words, Clock::System.now())? else {
        bail!(
            "the four words of the new key's sheet have to be given, so that nothing is sealed with a key that nobody \
             kept: `stegvis keys sheet --key-file FILE` prints it"
        )
    };
    println!(
        "The keys of {sealed} controllers are sealed with the new master key. Put it where the old one was, then start the \
         server again when it suits: until then it goes on, but takes no new controllers."
    );
    Ok(())
}

fn rotate_signing(keys: &Keys) -> anyhow::Result<()> {
    keys.rotate_signing(Clock::System.now())?;
    println!(
        "There is a new key to sign access tokens with. The server takes it into use after two minutes, and deletes the old \
         one when the last of its tokens has ended, a quarter of an hour later."
    );
    Ok(())
}

fn rotate(keys: &Keys, level: Level) -> anyhow::Result<()> {
    let now = Clock::System.now();
    let mut count = 0;
    for controller in keys.controllers()? {
        if level == Level::Controller {
            count += keys.rotate_controller(controller, now)?;
            continue;
        }
        for person in keys.persons(controller)? {
            keys.rotate_person(controller, person, now)?;
            count += 1;
        }
    }
    match level {
        Level::Person => println!(
            "{count} persons have new keys. The server seals what was written before anew from the next minute on, and \
             deletes the old keys an hour after that is done."
        ),
        Level::Controller | Level::Master | Level::Signing => {
            println!("{count} persons' keys are sealed with their controllers' new ones.");
        }
    }
    Ok(())
}
