//! The server under measurement: this program again, as a child with a world of its own.

use std::{
    fmt,
    io::{BufRead, BufReader, Write},
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    str::FromStr,
    sync::Arc,
    time::Duration,
};

use anyhow::Context;
use stegvis::{app::App, chance::Chance, clock::Clock, config::Config, web};
use vault::{Key, KeyStore, Options, Place};

use crate::world;

/// Which storage is measured.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Sqlite,
    /// The same, but the write does nothing.
    SqliteLeftOut,
    Postgres,
}

impl Kind {
    /// Enough for all rounds at the highest rate that was seen.
    const fn students(self) -> usize {
        match self {
            Self::Sqlite | Self::SqliteLeftOut => 80_000,
            Self::Postgres => 30_000,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sqlite => "SQLite",
            Self::SqliteLeftOut => "SQLite, storage left out",
            Self::Postgres => "PostgreSQL",
        })
    }
}

impl FromStr for Kind {
    type Err = anyhow::Error;
    fn from_str(text: &str) -> anyhow::Result<Self> {
        [Self::Sqlite, Self::SqliteLeftOut, Self::Postgres]
            .into_iter()
            .find(|kind| format!("{kind:?}") == text)
            .with_context(|| format!("no such kind: {text}"))
    }
}

fn options(kind: Kind, folder: &Path) -> anyhow::Result<Options> {
    let place = |store: &str| -> anyhow::Result<Place> {
        Ok(match kind {
            Kind::Postgres => Place::Postgres {
                url: std::env::var("STEGVIS_TEST_POSTGRES")?,
                schema: Some(format!("bench_{}{store}", std::process::id())),
                connections: 16,
            },
            _ => Place::Sqlite { file: folder.join(format!("{kind:?}{store}.db")), key: Key::from_bytes([42; 32]) },
        })
    };
    let keys = KeyStore { beside_data: true, ..KeyStore::new(place("_keys")?, Key::from_bytes([43; 32])) };
    Ok(Options::new(place("")?, keys))
}

/// The child: makes its world, writes down what there is to ask for, says where it listens, serves.
pub fn serve(kind: Kind, folder: &Path) -> anyhow::Result<()> {
    let config = || -> anyhow::Result<Config> {
        let settings = [("STEGVIS_DATABASE__URL", "sqlite:"), ("STEGVIS_LISTEN", "127.0.0.1:0")];
        Ok(Config::load(None, settings.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())))?)
    };
    actix_web::rt::System::new().block_on(async {
        let chance = || Chance::seeded(7);
        let app = App::build_with(config()?, options(kind, folder)?, Clock::System, chance()).await?;
        let plan = folder.join(format!("{kind:?}.plan"));
        world::fill(&app, kind.students(), &plan).await?;
        app.close().await;
        // The file's lock is held for as long as the vault lives.
        drop(app);
        let mut options = options(kind, folder)?;
        options.storage_left_out = kind == Kind::SqliteLeftOut;
        let app = Arc::new(App::build_with(config()?, options, Clock::System, chance()).await?);
        let listener = TcpListener::bind("127.0.0.1:0")?;
        println!("{} {}", listener.local_addr()?, plan.display());
        std::io::stdout().flush()?;
        web::server(Arc::clone(&app), listener, None)?.await?;
        app.close().await;
        Ok(())
    })
}

/// The parent's hold on it.
pub struct Child {
    process: std::process::Child,
    pub address: SocketAddr,
    pub plan: PathBuf,
}

impl Child {
    pub fn start(kind: Kind, folder: &Path) -> anyhow::Result<Self> {
        let mut process = Command::new(std::env::current_exe()?)
            .args(["serve", &format!("{kind:?}")])
            .arg(folder)
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        let out = process.stdout.take().context("the child's output")?;
        BufReader::new(out).read_line(&mut line)?;
        let (address, plan) = line.trim().split_once(' ').context("the child did not start")?;
        Ok(Self { address: address.parse()?, plan: plan.into(), process })
    }

    /// User and system time of the process so far.
    pub fn cpu(&self) -> anyhow::Result<Duration> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.process.id()))?;
        let fields: Vec<&str> = stat.rsplit_once(')').context("stat")?.1.split_whitespace().collect();
        let ticks = |at: usize| fields.get(at).context("stat")?.parse::<u64>().context("stat");
        // Fields 14 and 15 of proc(5), counted from the one after the name; a tick is 10 ms.
        Ok(Duration::from_millis((ticks(11)? + ticks(12)?) * 10))
    }

    pub fn stop(&mut self) -> anyhow::Result<()> {
        Command::new("kill").arg(self.process.id().to_string()).status()?;
        self.process.wait()?;
        Ok(())
    }
}
