//! `stegvis privacy attack`: on a copy of one's own data, or on a made-up school.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use vault::{
    Key, KeyStore, Keys, Place,
    care::{self, Part},
};

use super::Settings;
use crate::{
    app::{App, place},
    chance::Chance,
    clock::Clock,
    config::Config,
    copies, keys,
    privacy::attack::{Ground, Report, attack, school},
};

/// Of the made-up school.
const SIZE: school::Size = school::Size { groups: 6, students: 150, weeks: 12, a_week: 6 };
const SEED: u64 = 2026;

/// What `stegvis privacy attack` is told.
#[derive(clap::Args)]
pub(super) struct AttackCommand {
    #[command(flatten)]
    settings: Settings,
    /// The folder with copies of the data and of the key store, as `stegvis backup` writes them; the newest of each is
    /// taken, and they are not changed
    #[arg(long, value_name = "DIR", required_unless_present = "demo", conflicts_with = "demo")]
    data: Option<PathBuf>,
    /// With PostgreSQL: a database without tables, into which the data are brought back to be spoiled; drop it afterwards
    #[arg(long, value_name = "URL", requires_all = ["data", "keys_into"])]
    into: Option<String>,
    /// With PostgreSQL: another one, for the key store
    #[arg(long, value_name = "URL", requires = "into")]
    keys_into: Option<String>,
    /// On a made-up school instead
    #[arg(long)]
    demo: bool,
    /// Where the report is written, as Markdown
    #[arg(long, value_name = "FILE")]
    report: PathBuf,
}

impl AttackCommand {
    /// Attacks, writes the report and prints the verdict.
    ///
    /// # Errors
    /// When there is no copy that can be opened, the report cannot be written, or somebody was found again.
    pub(super) fn run(self) -> anyhow::Result<()> {
        let folder = tempfile::tempdir().context("there is no room for a copy to be spoiled")?;
        let report = actix_web::rt::System::new().block_on(async {
            match &self.data {
                Some(data) => {
                    let ground = self.brought_back(data, folder.path())?;
                    Ok(attack(ground, &format!("the copies in {}", data.display()), SEED).await?)
                }
                None => on_school(folder.path()).await,
            }
        })?;
        fs::write(&self.report, report.text()).with_context(|| format!("cannot write {}", self.report.display()))?;
        println!("{} attempts; the report is {}.", report.findings.len(), self.report.display());
        println!("{}", report.verdict());
        if report.passes() { Ok(()) } else { bail!("the report says what was found") }
    }

    /// The newest copies of a folder, in a place that may be spoiled.
    fn brought_back(&self, data: &Path, folder: &Path) -> anyhow::Result<Ground> {
        let config = self.settings.load()?;
        let of_server = place(&config.database)?;
        let store = keys::store(&config, &of_server)?;
        let [into, keys_into] = [&self.into, &self.keys_into].map(Option::as_deref);
        let aside = |to: &Place, name: &str, url: Option<&str>| match (to, url) {
            (Place::Sqlite { key, .. }, None) => Ok(Place::Sqlite { file: folder.join(name), key: key.clone() }),
            (Place::Postgres { connections, .. }, Some(url)) => {
                Ok(Place::Postgres { url: url.to_owned(), schema: None, connections: *connections })
            }
            (Place::Sqlite { .. }, Some(_)) => bail!("with SQLite no database is needed: leave --into out"),
            (Place::Postgres { .. }, None) => bail!(
                "the copies are of PostgreSQL and are brought back to be spoiled: make two databases without tables and \
                 name them with --into and --keys-into"
            ),
        };
        let place = aside(&of_server, "copy.db", into)?;
        let keys = KeyStore { place: aside(&store.place, "copy.keys", keys_into)?, beside_data: true, ..store };
        let opening = copies::keys_for(&keys, &config.backup)?;
        let bring = |part: Part, to: &Place| {
            let found =
                copies::newest(data, to, part).with_context(|| format!("cannot look into {}", data.display()))?;
            let (file, _) = found.with_context(|| {
                let kind = if part == Part::Keys { "the key store" } else { "the data" };
                format!(
                    "there is no copy of {kind} in {}. Put there what `stegvis backup` and `stegvis backup --keys` write",
                    data.display()
                )
            })?;
            care::bring_back(to, part, &file, &opening)
                .with_context(|| format!("{} is not brought back", file.display()))
        };
        bring(Part::Data, &place)?;
        bring(Part::Keys, &keys.place)?;
        // Whom the copy of the key store has to forget since it was taken.
        copies::Ledgers::of(&config.backup).bring_forward(&Keys::open(&keys)?, Clock::System.now())?;
        let older = into.is_none().then(|| aside(&of_server, "older.db", None)).transpose()?;
        older.iter().try_for_each(|older| bring(Part::Data, older))?;
        Ok(Ground { config, place, keys, older, clock: Clock::System })
    }
}

async fn on_school(folder: &Path) -> anyhow::Result<Report> {
    let settings = [("STEGVIS_DATABASE__URL".to_owned(), "sqlite:school.db".to_owned())];
    let config = Config::load(None, settings.into_iter())?;
    let chance = Chance::from_system()?;
    let [key, master] = [(); 2].map(|()| Key::from_bytes(chance.draw(rand::RngExt::random)));
    let of = |name: &str| Place::Sqlite { file: folder.join(name), key: key.clone() };
    let keys = KeyStore { beside_data: true, ..KeyStore::new(of("school.keys"), master) };
    let app = App::build_in(config.clone(), of("school.db"), keys.clone(), Clock::System, chance).await?;
    let filled = school::fill(&app, SIZE).await;
    app.vault.close().await;
    drop(app);
    filled?;
    fs::copy(folder.join("school.db"), folder.join("older.db")).context("the school cannot be copied")?;
    let ground = Ground { config, place: of("school.db"), keys, older: Some(of("older.db")), clock: Clock::System };
    Ok(attack(ground, "a made-up school", SEED).await?)
}
