//! A PostgreSQL of one's own that may be killed, by `scripts/postgres.sh`, with `fsync` on.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Output},
    thread::sleep,
    time::Duration,
};

use anyhow::{Context, bail, ensure};
use tempfile::TempDir;

/// How often a start is tried: what a killed postmaster has left needs a moment to go.
const TRIES: u32 = 240;

/// A throw-away cluster, stopped and gone when it is dropped.
pub struct Cluster {
    folder: TempDir,
    /// What `STEGVIS_TEST_POSTGRES` would name.
    pub url: String,
}

impl Cluster {
    /// # Errors
    /// When PostgreSQL is missing or does not start.
    pub fn start() -> anyhow::Result<Self> {
        let folder = TempDir::new()?;
        // PostgreSQL refuses to run as root, so its own account has to be able to pass through.
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o711))?;
        let url = text(&script("start", &folder.path().join("c"))?)?;
        Ok(Self { folder, url })
    }

    fn directory(&self) -> PathBuf {
        self.folder.path().join("c")
    }

    /// Ends the postmaster as a crash does: SIGKILL. Its own children see that it is gone and go as well.
    ///
    /// # Errors
    /// When there is none, or the operating system refuses.
    pub fn kill(&self) -> anyhow::Result<()> {
        let file = fs::read_to_string(self.directory().join("data/postmaster.pid"))?;
        let id = file.lines().next().context("the postmaster's number")?;
        ensure!(id.parse::<u32>().is_ok_and(|id| id > 1), "the postmaster's number is {id:?}");
        let killed = Command::new("kill").args(["-KILL", id]).status()?;
        ensure!(killed.success(), "the postmaster {id} was not killed");
        // As long as its number is taken it is held for running, and would not be started again.
        let process = Path::new("/proc").join(id);
        for _ in 0..TRIES {
            if !process.exists() {
                return Ok(());
            }
            sleep(Duration::from_millis(50));
        }
        bail!("the postmaster {id} does not go")
    }

    /// Starts it again after [`Cluster::kill`], on the same port, by its own recovery.
    ///
    /// # Errors
    /// What it said, if it does not start within two minutes.
    pub fn start_again(&self) -> anyhow::Result<()> {
        let mut said = String::new();
        for _ in 0..TRIES {
            match script("start", &self.directory()).and_then(|done| text(&done)) {
                Ok(url) if url == self.url => return Ok(()),
                // Another port: those who were told of the first would never come back.
                Ok(url) => bail!("it came back as {url} instead of {}", self.url),
                Err(error) => said = error.to_string(),
            }
            sleep(Duration::from_millis(500));
        }
        bail!("PostgreSQL does not start again: {said}")
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Err(error) = script("stop", &self.directory()).and_then(|done| text(&done)) {
            eprintln!("a throw-away PostgreSQL stays: {error}");
        }
    }
}

fn script(act: &str, directory: &Path) -> anyhow::Result<Output> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scripts/postgres.sh");
    Command::new(&script).arg(act).arg(directory).output().with_context(|| format!("cannot run {}", script.display()))
}

fn text(done: &Output) -> anyhow::Result<String> {
    ensure!(done.status.success(), "postgres.sh: {}", String::from_utf8_lossy(&done.stderr));
    Ok(String::from_utf8_lossy(&done.stdout).trim().to_owned())
}
