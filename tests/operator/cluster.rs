//! A PostgreSQL of a test's own, that it may stop, hang and start again.

use std::{
    fs,
    os::unix::fs::{MetadataExt, PermissionsExt, chown},
    path::{Path, PathBuf},
    process::Command,
};

use tempfile::TempDir;

pub struct Cluster {
    place: PathBuf,
    /// Where that is, unless it was named.
    folder: Option<TempDir>,
    pub url: String,
}

impl Cluster {
    /// None, with a note, where nothing is tested on PostgreSQL.
    pub fn start() -> Option<Self> {
        let folder = folder();
        let mut cluster = Self::start_in(&folder.path().join("cluster"))?;
        cluster.folder = Some(folder);
        Some(cluster)
    }

    /// The same at a place that PostgreSQL's account can get to.
    #[expect(clippy::disallowed_methods, reason = "tests are told whether PostgreSQL is there by the environment")]
    pub fn start_in(place: &Path) -> Option<Self> {
        if std::env::var("STEGVIS_TEST_POSTGRES").is_err() {
            let required = std::env::var("STEGVIS_TEST_REQUIRE_POSTGRES").is_ok_and(|required| required == "1");
            assert!(!required, "STEGVIS_TEST_POSTGRES is to name a database");
            eprintln!("note: STEGVIS_TEST_POSTGRES is not set, so this is not tested on PostgreSQL");
            return None;
        }
        Some(Self { place: place.to_owned(), folder: None, url: script("start", place) })
    }

    pub fn start_again(&self) {
        script("start", &self.place);
    }

    /// Its first process, and those that this one has.
    fn processes(&self) -> Vec<String> {
        let file = fs::read_to_string(self.place.join("data/postmaster.pid")).unwrap_or_default();
        let Some(first) = file.lines().next() else { return Vec::new() };
        let children = fs::read_to_string(format!("/proc/{first}/task/{first}/children")).unwrap_or_default();
        std::iter::once(first).chain(children.split_whitespace()).map(str::to_owned).collect()
    }

    pub fn is_running(&self) -> bool {
        self.processes().first().is_some_and(|first| Path::new("/proc").join(first).exists())
    }

    /// A folder that is PostgreSQL's own.
    pub fn make_folder(&self, at: &Path) {
        fs::create_dir(at).unwrap();
        let owner = fs::metadata(self.place.join("data")).unwrap();
        chown(at, Some(owner.uid()), Some(owner.gid())).unwrap();
    }

    fn signal(&self, name: &str) {
        // The first one first, so that it makes no others; and who has ended meanwhile does not matter.
        for process in self.processes() {
            let _sent_or_gone = Command::new("kill").arg(format!("-{name}")).arg(process).output();
        }
    }

    /// Nothing of it does anything any more, but nothing is closed either.
    pub fn hang(&self) {
        self.signal("STOP");
    }

    pub fn go_on(&self) {
        self.signal("CONT");
    }

    /// All of it ends at once, as in a crash.
    pub fn kill(&self) {
        let first = self.processes();
        self.signal("KILL");
        crate::site::until("PostgreSQL is gone", || {
            first.iter().all(|process| !Path::new(&format!("/proc/{process}")).exists())
        });
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.go_on();
        if self.is_running() {
            let _stopped_or_not = run("stop", &self.place);
        }
    }
}

/// A folder that PostgreSQL's account can get to: root's PostgreSQL is run by another one.
pub fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o711)).unwrap();
    folder
}

fn run(what: &str, place: &Path) -> std::process::Output {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/postgres.sh");
    Command::new(script).arg(what).arg(place).output().unwrap()
}

fn script(what: &str, place: &Path) -> String {
    let done = run(what, place);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap().trim().to_owned()
}
