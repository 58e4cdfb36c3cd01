//! `stegvis audit`: is the record of who looked at whose data whole, and where does it end.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use vault::{
    Fault, Options, Tx, Vault,
    audit::{Action, Anchor, Class, Moved, Outcome, Verified, heads, moved, verify},
};

use super::Settings;
use crate::{
    app::place,
    clock::Clock,
    config::Config,
    keys,
    privacy::{self, Anchors},
};

/// What `stegvis audit` is told.
#[derive(clap::Args)]
pub(super) struct AuditCommand {
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    act: Act,
}

#[derive(clap::Subcommand)]
enum Act {
    /// Read every chain from its beginning and hold it against its hashes, its end and what is told of persons
    Verify {
        /// A file of anchors that lies elsewhere: the chains have to lead through each of them
        #[arg(long, value_name = "FILE")]
        anchor: Option<PathBuf>,
    },
    /// Print where every chain ends, one line each; or add the lines to a file
    Anchor {
        #[arg(long, value_name = "FILE")]
        file: Option<PathBuf>,
    },
}

impl AuditCommand {
    /// Does what it is told, on the database that the settings name.
    ///
    /// # Errors
    /// A chain that does not hold, and whatever keeps the database or the file from being read.
    pub fn run(self) -> anyhow::Result<()> {
        let config = self.settings.load()?;
        let act = self.act;
        actix_web::rt::System::new().block_on(async {
            let vault = open(&config)?;
            let done = match &act {
                Act::Verify { anchor } => verify_all(&vault, anchor.as_deref()).await,
                Act::Anchor { file } => write_anchors(&vault, file.as_deref()).await,
            };
            vault.close().await;
            done
        })
    }
}

fn open(config: &Config) -> anyhow::Result<Vault> {
    let place = place(&config.database)?;
    let keys = keys::store(config, &place)?;
    Vault::open(Options::new(place, keys)).map_err(|error| match error {
        in_use @ vault::OpenError::InUse { .. } => anyhow::Error::new(in_use).context(
            "the audit of a SQLite file is read while the server rests. Stop the server, or verify a restored copy of its \
             backup; on PostgreSQL it is read while the server serves",
        ),
        other => other.into(),
    })
}

async fn verify_all(vault: &Vault, anchors: Option<&Path>) -> anyhow::Result<()> {
    let anchored = anchors.map(privacy::anchored).transpose()?.unwrap_or_default();
    let known: Vec<(usize, Anchor)> =
        anchored.iter().filter_map(|(number, anchor)| Some((*number, (*anchor)?))).collect();
    let look = move |tx: &mut Tx| {
        let chains = verify(tx)?;
        let mut away = Vec::new();
        for (number, anchor) in known {
            away.extend(moved(tx, &anchor)?.map(|how| (number, anchor, how)));
        }
        Ok::<_, Fault>((chains, away))
    };
    let (chains, away) = vault.read(look).await?;
    let mut told = chains.iter().map(tell).collect::<Vec<_>>();
    told.extend(away.iter().map(|(number, anchor, how)| tell_moved(*number, anchor, *how)));
    let unreadable = anchored.iter().filter(|(_, anchor)| anchor.is_none());
    told.extend(unreadable.map(|(number, _)| format!("Line {number} of the anchors cannot be read: BROKEN.")));
    for line in told {
        println!("{line}");
    }
    let broken = chains.iter().filter(|chain| chain.broken.is_some()).count();
    let unread = anchored.iter().filter(|(_, anchor)| anchor.is_none()).count();
    if broken + away.len() + unread > 0 {
        bail!(
            "the audit does not hold. Leave everything as it is, keep a copy of the database, and treat it as an \
             incident: docs/operating.md says how"
        );
    }
    let places = anchored.len();
    println!("Everything holds{}.", if places > 0 { format!(", through {places} anchors") } else { String::new() });
    Ok(())
}

fn name(controller: Option<vault::ControllerId>) -> String {
    controller.map_or_else(|| "The operator's chain".to_owned(), |id| format!("The chain of controller {id}"))
}

fn tell(chain: &Verified) -> String {
    let hash: String = chain.head.iter().map(|byte| format!("{byte:02x}")).collect();
    let holds = format!(
        "{}: {} entries hold, {} of them tell who, {} about whom. It ends with {hash}.",
        name(chain.controller),
        chain.events,
        chain.with_actor,
        chain.with_subject
    );
    let kind = |((action, class, outcome), count): (&(Action, Class, Outcome), &i64)| {
        format!("\n  {count} × {} {} {}", action.name(), class.name(), outcome.name())
    };
    let holds = holds + &chain.kinds.iter().map(kind).collect::<String>();
    match chain.broken {
        None => holds,
        Some(broken) => format!("{holds}\n  BROKEN at entry {}: {}.", broken.seq, broken.why),
    }
}

fn tell_moved(number: usize, anchor: &Anchor, how: Moved) -> String {
    let how = match how {
        Moved::Gone => "it is not there any more, so the end was cut off",
        Moved::Another => "another stands in its place, so the chain was written anew",
    };
    format!("{}: BROKEN at entry {} (line {number} of the anchors): {how}.", name(anchor.controller), anchor.seq)
}

async fn write_anchors(vault: &Vault, file: Option<&Path>) -> anyhow::Result<()> {
    let now = Clock::System.now();
    if let Some(file) = file {
        let mut anchors = Anchors::of(file.to_owned());
        return anchors.write(vault, now).await.context("the anchors were not written");
    }
    let at = privacy::stamp(now);
    for head in vault.read(heads).await? {
        println!("{at} {head}");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use vault::{Key, KeyStore, Millis, Place, rows::accounts};

    use super::*;

    /// A vault of its own with so many refused sign-ins.
    async fn vault(folder: &Path, entries: usize) -> Vault {
        let place = |name: &str| Place::Sqlite { file: folder.join(name), key: Key::from_bytes([7; 32]) };
        let keys = KeyStore { beside_data: true, ..KeyStore::new(place("keys.db"), Key::from_bytes([9; 32])) };
        let vault = Vault::open(Options::new(place("data.db"), keys)).unwrap();
        refuse(&vault, entries).await;
        vault
    }

    async fn refuse(vault: &Vault, times: usize) {
        for at in 0..times {
            let now = Millis(1_800_000_000_000 + i64::try_from(at).unwrap());
            let refused = move |tx: &mut Tx| {
                accounts::refused(tx, None, now);
                Ok::<_, Fault>(())
            };
            vault.write(refused).await.unwrap();
        }
    }

    #[test]
    fn anchors_are_written_when_a_chain_has_moved_and_the_chains_lead_through_them() {
        actix_web::rt::System::new().block_on(async {
            let folder = tempfile::TempDir::new().unwrap();
            let file = folder.path().join("anchors.txt");
            let vault = vault(folder.path(), 2).await;
            let mut anchors = Anchors::of(file.clone());
            anchors.write(&vault, Millis(1_800_000_000_000)).await.unwrap();
            anchors.write(&vault, Millis(1_800_000_000_000)).await.unwrap();
            assert_eq!(privacy::anchored(&file).unwrap().len(), 1, "it has not moved");
            refuse(&vault, 3).await;
            anchors.write(&vault, Millis(1_800_003_600_000)).await.unwrap();
            let lines = std::fs::read_to_string(&file).unwrap();
            assert!(lines.starts_with("2027-01-15T08:00:00Z operator 2 "), "{lines}");
            assert!(lines.contains("\n2027-01-15T09:00:00Z operator 5 "), "{lines}");
            verify_all(&vault, None).await.unwrap();
            verify_all(&vault, Some(&file)).await.unwrap();
            vault.close().await;
        });
    }

    #[test]
    fn a_chain_that_does_not_lead_through_its_anchors_is_told_of() {
        actix_web::rt::System::new().block_on(async {
            let (one, other) = (tempfile::TempDir::new().unwrap(), tempfile::TempDir::new().unwrap());
            let file = one.path().join("anchors.txt");
            let whole = vault(one.path(), 4).await;
            Anchors::of(file.clone()).write(&whole, Millis(0)).await.unwrap();
            whole.close().await;
            for entries in [2, 4] {
                let folder = other.path().join(entries.to_string());
                std::fs::create_dir(&folder).unwrap();
                let cut = vault(&folder, entries).await;
                verify_all(&cut, None).await.unwrap();
                let told = verify_all(&cut, Some(&file)).await.unwrap_err().to_string();
                assert!(told.contains("does not hold"), "{told}");
                std::fs::write(other.path().join("strange.txt"), "not an anchor\n").unwrap();
                assert!(verify_all(&cut, Some(&other.path().join("strange.txt"))).await.is_err());
                let missing = verify_all(&cut, Some(&other.path().join("nowhere"))).await.unwrap_err().to_string();
                assert!(missing.contains("nowhere"), "{missing}");
                cut.close().await;
            }
        });
    }
}
