//! `stegvis privacy attack`: on a copy of one's own data, or on a made-up school.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use vault::{Key, KeyStore, Place};

use super::Settings;
use crate::{
    app::{App, place},
    chance::Chance,
    clock::Clock,
    config::Config,
    keys,
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
    /// The folder in which a copy of the database and of the key store lie, under their own names; they are not changed
    #[arg(long, value_name = "DIR", required_unless_present = "demo", conflicts_with = "demo")]
    data: Option<PathBuf>,
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
                Some(data) => on_copy(&self.settings.load()?, data, folder.path()).await,
                None => on_school(folder.path()).await,
            }
        })?;
        fs::write(&self.report, report.text()).with_context(|| format!("cannot write {}", self.report.display()))?;
        println!("{} attempts; the report is {}.", report.findings.len(), self.report.display());
        println!("{}", report.verdict());
        if report.passes() { Ok(()) } else { bail!("the report says what was found") }
    }
}

async fn on_copy(config: &Config, data: &Path, folder: &Path) -> anyhow::Result<Report> {
    let of_server = place(&config.database)?;
    let keys = keys::store(config, &of_server)?;
    let (Place::Sqlite { file, key }, Place::Sqlite { file: key_file, key: of_keys }) = (of_server, keys.place.clone())
    else {
        bail!(
            "a copy in a folder is of SQLite. Of PostgreSQL, the attack on a made-up school is run by the tests; see \
             docs/privacy.md"
        )
    };
    let copied = |from: &Path, to: &str| -> anyhow::Result<PathBuf> {
        let from = data.join(from.file_name().context("the settings name no file")?);
        let to = folder.join(to);
        fs::copy(&from, &to).with_context(|| {
            format!("{} is not there. Put copies of the database and of the key store into one folder", from.display())
        })?;
        Ok(to)
    };
    let older = Place::Sqlite { file: copied(&file, "older.db")?, key: key.clone() };
    let place = Place::Sqlite { file: copied(&file, "copy.db")?, key };
    let store = Place::Sqlite { file: copied(&key_file, "copy.keys")?, key: of_keys };
    let keys = KeyStore { beside_data: true, ..KeyStore::new(store, keys.master) };
    let ground = Ground { config: config.clone(), place, keys, older: Some(older), clock: Clock::System };
    Ok(attack(ground, &format!("a copy in {}", data.display()), SEED).await?)
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
