//! `stegvis demo`: a made-up municipality with some weeks behind it, served on this machine only.
//!
//! `roster` says who there is, `home` where the data lie, and `people` lets everyone move in, `others` those who see
//! little. `history` has them live
//! through some weeks and `live` through the minutes before the start, each with a `hand` of their own that writes lines
//! by the same acts as everyone; `slips` are the lines that go wrong. `maraton` is the event.

mod hand;
mod history;
mod home;
mod live;
mod maraton;
mod others;
mod people;
mod roster;
mod slips;
#[cfg(test)]
mod tests;

use std::{net::SocketAddr, path::PathBuf, sync::Arc};

use anyhow::{Context, bail};
use vault::{Millis, rows};

use self::{
    home::Home,
    people::{Cast, Found},
};
use super::serve;
use crate::{
    app::App,
    chance::Chance,
    config::{Config, is_loopback},
};

/// Milliseconds before the start at which everyone has moved in: longer ago than all of the history.
const MOVED_IN_BEFORE: i64 = 60 * 24 * 3_600_000;
/// Weeks of history.
const WEEKS: i64 = 5;
/// Everything made up comes from here, the same every time.
const SEED: u64 = 2026;

/// What `stegvis demo` is told.
#[derive(clap::Args)]
pub(super) struct DemoCommand {
    /// Address and port to listen on; this machine's own only
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// The folder for the demo's data; otherwise stegvis-demo among your own data
    #[arg(long, value_name = "FOLDER", conflicts_with = "database")]
    data: Option<PathBuf>,
    /// Fill an empty PostgreSQL database instead of a folder
    #[arg(long, value_name = "postgres://…", requires = "keys")]
    database: Option<String>,
    /// Another empty PostgreSQL database, for the keys
    #[arg(long, value_name = "postgres://…", requires = "database")]
    keys: Option<String>,
}

impl DemoCommand {
    /// Serves the demo until SIGTERM or Ctrl-C; fills it first if it is new.
    ///
    /// # Errors
    /// An address that others can reach, somebody else's files, and whatever keeps the server from starting.
    pub fn run(self) -> anyhow::Result<()> {
        refuse_open(self.listen)?;
        let home = self.home()?;
        let config = self.config()?;
        actix_web::rt::System::new().block_on(async {
            let app = start(&home, &config).await?;
            serve::until_told(Arc::new(app), None, |address| introduce(address, &home)).await
        })
    }

    fn home(&self) -> anyhow::Result<Home> {
        for (name, url) in [("database", &self.database), ("keys", &self.keys)] {
            let is_other = |url: &String| !url.starts_with("postgres://") && !url.starts_with("postgresql://");
            if url.as_ref().is_some_and(is_other) {
                bail!("--{name} has to begin with postgres://")
            }
        }
        match (&self.database, &self.data) {
            (Some(url), _) => {
                let keys = self.keys.clone().context("--keys has to name another database, for the keys")?;
                Ok(Home::Postgres { url: url.clone(), keys })
            }
            (None, Some(folder)) => Ok(Home::Folder(folder.clone())),
            (None, None) => {
                let xdg = std::env::vars_os().find(|(name, _)| name == "XDG_DATA_HOME").map(|(_, value)| value.into());
                Ok(Home::Folder(home::usual_folder(xdg, std::env::home_dir())?))
            }
        }
    }

    /// The usual settings; those of a real server in the environment are nothing to the demo.
    fn config(&self) -> anyhow::Result<Config> {
        let url = self.database.clone().unwrap_or_else(|| "sqlite:demo.db".to_owned());
        let settings = [
            ("STEGVIS_LISTEN", self.listen.to_string()),
            ("STEGVIS_DATABASE__URL", url),
            ("STEGVIS_STOPPING__NOTICE_SECONDS", "0".to_owned()),
            ("STEGVIS_ACCOUNTS__INDIVIDUALS", "true".to_owned()),
        ];
        Ok(Config::load(None, settings.into_iter().map(|(name, value)| (name.to_owned(), value)))?)
    }
}

fn refuse_open(listen: SocketAddr) -> anyhow::Result<()> {
    if is_loopback(listen.ip()) {
        return Ok(());
    }
    bail!(
        "the demo lets everyone in without a password, so it is for this machine only and does not listen on {listen}. \
         Leave --listen away, or give 127.0.0.1 with another port"
    )
}

/// Opens the demo and fills it if it is new.
async fn start(home: &Home, config: &Config) -> anyhow::Result<App> {
    let (mut app, found) = home.open(config, |what| println!("{what}")).await?;
    let now = app.clock.now();
    // Nobody looks after the demo's clock, and it rests for as long as it likes.
    app.vault.write(move |tx| rows::nights::trust(tx, now)).await?;
    if found == Found::Nobody {
        println!("Nobody lives in {home} yet. Sixty students move in; that takes a moment …");
        fill(&app, now, WEEKS).await?;
    }
    let cast = Cast::call(&app.vault).await?;
    live::set(&app, &cast, now).await?;
    app.demo = Some(people::accounts_in(&app.vault).await?);
    Ok(app)
}

/// Lets everyone move in and live there for some weeks until yesterday.
async fn fill(app: &App, now: Millis, weeks: i64) -> anyhow::Result<()> {
    let chance = Chance::seeded(SEED);
    let since = now.plus(-MOVED_IN_BEFORE);
    people::move_in(&app.vault, &chance, since).await?;
    others::move_in(&app.vault, &Chance::seeded(SEED + 1), since).await?;
    maraton::open(&app.vault, &chance, now).await?;
    let cast = Cast::call(&app.vault).await?;
    history::live_through(app, &cast, now, weeks).await?;
    maraton::decide(app, &cast, now).await?;
    people::finish(&app.vault, &chance, since).await
}

fn introduce(address: SocketAddr, home: &Home) {
    println!("\nStegvis with a made-up municipality: point your browser to http://{address}\n");
    println!("The start page lets you in as one of these without a password:");
    for account in people::accounts() {
        println!("  {:<16}{:<18}{}", account.kind, account.name, account.user_name);
    }
    println!("Everyone has the first name as user name and the password {}.", people::PASSWORD);
    match home {
        Home::Folder(folder) => println!(
            "The data lie in {}, and so do all their keys, as only a demo's may. Remove the folder to begin anew.",
            folder.display()
        ),
        Home::Postgres { .. } => println!(
            "The data and their keys lie in the PostgreSQL databases that you named; the master key is every demo's."
        ),
    }
    println!("Ctrl-C ends it.");
}
