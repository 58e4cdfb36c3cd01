//! `stegvis init`: from nothing to a server that somebody can sign in to. Run again it goes on where it was cut short, and
//! changes nothing that is there.
//!
//! `place` sees to the settings, the keys and the folders, `people` to who decides and who administers.

mod people;
mod place;

use std::io::{self, BufRead, IsTerminal, Write};

use anyhow::{Context, bail};
use vault::{
    KeyStore, Options, Place, Vault,
    care::{self, Part, Tables},
};

use self::{people::PeopleFlags, place::PlaceFlags};
use super::keys::{confirm, print_sheet};
use crate::{app, chance::Chance, clock::Clock, keys};

/// What `stegvis init` is told.
#[derive(clap::Args)]
pub(super) struct InitCommand {
    #[command(flatten)]
    place: PlaceFlags,
    #[command(flatten)]
    people: PeopleFlags,
}

impl InitCommand {
    /// Makes whatever is not there yet.
    ///
    /// # Errors
    /// What cannot be made, with what to do; what was made stays, and the next run goes on from there.
    pub fn run(self) -> anyhow::Result<()> {
        let mut ask = Ask::at_terminal();
        let config = self.place.settle()?;
        place::make_keys(&config)?;
        place::make_folders(&config)?;
        let place = app::place(&config.database)?;
        let store = keys::store(&config, &place)?;
        for (of, part, name) in [(&place, Part::Data, "database"), (&store.place, Part::Keys, "key store")] {
            match care::tables(of, part)? {
                Tables::Absent => println!("{:<14}made", capital(name)),
                Tables::Current => println!("{:<14}is there", capital(name)),
                Tables::Older(_) => {
                    bail!("the tables of the {name} are those of an older Stegvis: run `stegvis upgrade`")
                }
                Tables::Newer(version) => return Err(vault::OpenError::Newer(version).into()),
            }
        }
        // Looked at first: what is all there may be served at this moment.
        let look = care::look(&place, false)?;
        if look.controllers > 0 && self.people.new_password.is_none() {
            println!("{:<14}are there; nobody was added or changed", "People");
            let confirmed = care::look_at_keys(&store, Some(&look))?.confirmed;
            return next(confirmed == Some(true));
        }
        let system = actix_web::rt::System::new();
        let confirmed = system.block_on(self.move_in(place, store, &mut ask))?;
        next(confirmed)
    }

    async fn move_in(&self, place: Place, store: KeyStore, ask: &mut Ask) -> anyhow::Result<bool> {
        let master = store.master.clone();
        let vault = Vault::open(Options::new(place, store))?;
        let done = async {
            let (now, chance) = (Clock::System.now(), Chance::from_system()?);
            match &self.people.new_password {
                Some(user_name) => people::give_new_password(&vault, user_name, &chance, now).await?,
                None => people::move_in(&vault, &self.people, ask, &chance, now).await?,
            }
            if !vault.keys().is_confirmed()? && ask.can() {
                println!();
                print_sheet(&master);
                let words = ask.for_answer("\nThe four words, once the sheet is kept (nothing to do that later)")?;
                if !words.is_empty() {
                    confirm(vault.keys(), &words)?;
                }
            }
            anyhow::Ok(vault.keys().is_confirmed()?)
        }
        .await;
        vault.close().await;
        done
    }
}

fn next(confirmed: bool) -> anyhow::Result<()> {
    println!("\nNext:");
    if !confirmed {
        println!("  stegvis keys sheet      print the recovery sheet and put it where no copy of the data is");
        println!("  stegvis keys confirm    with the four words of the sheet");
    }
    println!("  stegvis doctor          see whether all is well");
    println!("  stegvis serve           serve; under systemd: systemctl enable --now stegvis");
    Ok(())
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Asks whoever sits at the terminal; where nobody does, flags have to say it.
pub(super) struct Ask {
    somebody: bool,
}

impl Ask {
    fn at_terminal() -> Self {
        Self { somebody: io::stdin().is_terminal() && io::stdout().is_terminal() }
    }

    const fn can(&self) -> bool {
        self.somebody
    }

    /// The flag's value, or what is answered to the question.
    ///
    /// # Errors
    /// When nobody can be asked.
    fn unless(&mut self, given: Option<&String>, flag: &str, question: &str) -> anyhow::Result<String> {
        match given {
            Some(given) => Ok(given.clone()),
            None if self.somebody => self.for_answer(question),
            None => bail!("{flag} is missing ({question}). Give it, or run this at a terminal, where it is asked for"),
        }
    }

    fn for_answer(&mut self, question: &str) -> anyhow::Result<String> {
        print!("{question}: ");
        io::stdout().flush()?;
        let mut line = String::new();
        io::stdin().lock().read_line(&mut line).context("nothing could be read from the terminal")?;
        Ok(line.trim().to_owned())
    }
}
