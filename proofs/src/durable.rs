//! Power cuts without a switch: a library that is loaded before the server (`shim/durable.c`) keeps what a disk would
//! have kept, and a place is rebuilt from that.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, ensure};

/// The folders of a [`crate::place::Place`] that a server writes in, under `house`.
const FOLDERS: [&str; 2] = ["data", "keys"];
const SOURCE: &str = include_str!("../shim/durable.c");

/// What of it the disk does by itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Disk {
    /// Only what was synced is there.
    Strict,
    /// What was synced, and of the rest some, in any order, some of it torn at 512 bytes.
    Stray,
    /// Syncs are answered with success and do nothing. A proof has to notice.
    Deaf,
}

/// The shim and what it keeps.
pub struct Durable {
    library: PathBuf,
    store: PathBuf,
    house: PathBuf,
}

impl Durable {
    /// Compiles the shim into `folder`, with `cc`; `house` is what it watches.
    ///
    /// # Errors
    /// When there is no C compiler, or it refuses.
    pub fn build(folder: &Path, house: PathBuf) -> anyhow::Result<Self> {
        let (source, library) = (folder.join("durable.c"), folder.join("durable.so"));
        fs::write(&source, SOURCE)?;
        let words = ["-std=gnu11", "-O2", "-shared", "-fPIC", "-o"];
        let made = Command::new("cc").args(words).arg(&library).arg(&source).args(["-ldl", "-pthread"]).output();
        let made = made.context("there is no C compiler (cc); scripts/need.sh compiler says how to get one")?;
        ensure!(made.status.success(), "cc: {}", String::from_utf8_lossy(&made.stderr));
        Ok(Self { library, store: folder.join("durable"), house })
    }

    /// Takes what is there now for safe: before a server is started with [`Durable::settings`].
    ///
    /// # Errors
    /// When it cannot be copied.
    pub fn begin(&self) -> anyhow::Result<()> {
        let _none_yet = fs::remove_dir_all(&self.store);
        fs::create_dir(&self.store)?;
        let mut number = 0;
        for folder in FOLDERS {
            let mut names = String::new();
            for entry in fs::read_dir(self.house.join(folder))? {
                let (path, name) = entry.map(|entry| (entry.path(), entry.file_name()))?;
                let name = name.to_string_lossy();
                if name.ends_with("-shm") {
                    continue;
                }
                number += 1;
                fs::copy(&path, self.store.join(format!("blob.{number}")))?;
                names.push_str(&format!("{name}\t{number}\n"));
            }
            fs::write(self.store.join(format!("dir.{folder}")), names)?;
        }
        Ok(())
    }

    /// Variables for the server.
    #[must_use]
    pub fn settings(&self, disk: Disk, seed: u64) -> Vec<(String, String)> {
        let text = |path: &Path| path.display().to_string();
        let mut settings = vec![
            ("LD_PRELOAD", text(&self.library)),
            ("DURABLE_ROOT", text(&self.house)),
            ("DURABLE_STORE", text(&self.store)),
            ("DURABLE_SEED", seed.to_string()),
        ];
        match disk {
            Disk::Strict => {}
            Disk::Stray => settings.push(("DURABLE_STRAY", "30".to_owned())),
            Disk::Deaf => settings.push(("DURABLE_DEAF", "1".to_owned())),
        }
        settings.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }

    /// Replaces what is in the folders by what was safe: after the server was killed.
    ///
    /// # Errors
    /// When it cannot be copied.
    pub fn cut(&self) -> anyhow::Result<()> {
        for folder in FOLDERS {
            let house = self.house.join(folder);
            for entry in fs::read_dir(&house)? {
                fs::remove_file(entry?.path())?;
            }
            for (name, blob) in self.names(folder)? {
                fs::copy(blob, house.join(name))?;
            }
        }
        Ok(())
    }

    /// Files that are not the same on the disk as by what was safe; none after an orderly end, when all was synced.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn differing(&self) -> anyhow::Result<BTreeSet<String>> {
        let mut differing = BTreeSet::new();
        for folder in FOLDERS {
            for (name, blob) in self.names(folder)?.into_iter().filter(|(name, _)| name.ends_with(".db")) {
                if fs::read(blob)? != fs::read(self.house.join(folder).join(&name))? {
                    differing.insert(name);
                }
            }
        }
        Ok(differing)
    }

    fn names(&self, folder: &str) -> anyhow::Result<Vec<(String, PathBuf)>> {
        let names = fs::read_to_string(self.store.join(format!("dir.{folder}")))?;
        let read = |line: &str| {
            let (name, number) = line.split_once('\t')?;
            Some((name.to_owned(), self.store.join(format!("blob.{number}"))))
        };
        Ok(names.lines().filter_map(read).collect())
    }
}
