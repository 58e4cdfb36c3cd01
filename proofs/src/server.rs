//! The real server as a child: `stegvis serve`.

use std::{
    collections::VecDeque,
    fs,
    io::{BufRead, BufReader, Read},
    net::SocketAddr,
    os::unix::process::ExitStatusExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex, PoisonError},
    thread::{JoinHandle, sleep, spawn},
    time::Duration,
};

use anyhow::{Context, bail, ensure};

/// Lines of what the server said that are kept.
const KEPT: usize = 200;
/// How often an end is looked for before it is given up: two minutes on a machine of any speed.
const PATIENCE: u32 = 12_000;

/// The binary beside the program that runs: `target/debug/stegvis`, also from within `target/debug/deps`.
///
/// # Errors
/// When it is not there, with what to do.
pub fn binary() -> anyhow::Result<PathBuf> {
    let here = std::env::current_exe()?;
    let found = here.ancestors().skip(1).take(2).map(|folder| folder.join("stegvis")).find(|file| file.is_file());
    found.with_context(|| {
        format!("there is no stegvis beside {}. Build it with: cargo build --package stegvis", here.display())
    })
}

/// How a server is started.
pub struct Launch {
    pub binary: PathBuf,
    /// Variables, such as [`crate::place::Place::settings`] gives; the program's own `STEGVIS_…` are not handed on.
    pub settings: Vec<(String, String)>,
    /// What stands before the binary, such as `taskset -c 0`.
    pub before: Vec<String>,
}

impl Launch {
    /// A server with these settings.
    ///
    /// # Errors
    /// As [`binary`].
    pub fn new(settings: Vec<(String, String)>) -> anyhow::Result<Self> {
        Ok(Self { binary: binary()?, settings, before: Vec::new() })
    }

    /// One more setting, over the one of the same name.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.settings.retain(|(known, _)| known != name);
        self.settings.push((name.to_owned(), value.into()));
        self
    }

    fn command(&self) -> Command {
        let mut command = match self.before.split_first() {
            Some((program, words)) => {
                let mut command = Command::new(program);
                command.args(words).arg(&self.binary);
                command
            }
            None => Command::new(&self.binary),
        };
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("STEGVIS_")) {
            command.env_remove(name);
        }
        command.env_remove("NOTIFY_SOCKET").env_remove("CREDENTIALS_DIRECTORY");
        command.envs(self.settings.iter().map(|(name, value)| (name, value)));
        command
    }

    /// A command of the binary that ends by itself, such as `audit verify`; gives what it said.
    ///
    /// # Errors
    /// What it said, if it failed.
    pub fn run(&self, words: &[&str]) -> anyhow::Result<String> {
        let done = self.command().args(words).stdin(Stdio::null()).output()?;
        let said = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
        ensure!(done.status.success(), "stegvis {}: {said}", words.join(" "));
        Ok(said)
    }

    /// Starts `stegvis serve` and comes back when it listens; what it serves is ready then.
    ///
    /// # Errors
    /// What the server said instead.
    pub fn start(&self) -> anyhow::Result<Server> {
        let mut child = self
            .command()
            .arg("serve")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot run {}", self.binary.display()))?;
        let said = Said::default();
        let mut out = BufReader::new(child.stdout.take().context("the server's output")?);
        let err = child.stderr.take().context("the server's output")?;
        let mut listeners = vec![said.listen(err)];
        let mut first = String::new();
        out.read_line(&mut first)?;
        let address = first.trim().split_once("://").and_then(|(_, address)| address.parse().ok());
        let Some(address) = address else {
            let _ended_or_not = child.kill();
            let status = child.wait()?;
            listeners.into_iter().for_each(|listener| drop(listener.join()));
            bail!("the server does not start ({status}): {first}{}", said.all());
        };
        listeners.push(said.listen(out));
        Ok(Server { child, address, said, listeners })
    }
}

/// The last lines that the server said.
#[derive(Clone, Default)]
struct Said(Arc<Mutex<VecDeque<String>>>);

impl Said {
    fn listen(&self, from: impl Read + Send + 'static) -> JoinHandle<()> {
        let said = self.clone();
        spawn(move || {
            for line in BufReader::new(from).lines().map_while(Result::ok) {
                let mut lines = said.0.lock().unwrap_or_else(PoisonError::into_inner);
                if lines.len() == KEPT {
                    lines.pop_front();
                }
                lines.push_back(line);
            }
        })
    }

    fn all(&self) -> String {
        let lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lines.iter().map(|line| format!("{line}\n")).collect()
    }
}

/// A server that runs; killed when it is dropped.
pub struct Server {
    child: Child,
    pub address: SocketAddr,
    said: Said,
    listeners: Vec<JoinHandle<()>>,
}

/// How a server ended.
#[derive(Debug)]
pub struct End {
    /// None if a signal ended it.
    pub code: Option<i32>,
    pub signal: Option<i32>,
    /// The last lines that it said.
    pub said: String,
}

impl Server {
    /// The process.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// The last lines that it said so far.
    #[must_use]
    pub fn said(&self) -> String {
        self.said.all()
    }

    /// Whether it still runs.
    ///
    /// # Errors
    /// When the operating system does not tell.
    pub fn runs(&mut self) -> anyhow::Result<bool> {
        Ok(self.child.try_wait()?.is_none())
    }

    /// Ends it as a crash does: SIGKILL.
    ///
    /// # Errors
    /// When the operating system refuses.
    pub fn kill(mut self) -> anyhow::Result<End> {
        self.child.kill()?;
        self.end()
    }

    /// Tells it to stop (SIGTERM) and waits for its end.
    ///
    /// # Errors
    /// When it does not end within two minutes.
    pub fn stop(self) -> anyhow::Result<End> {
        self.signal("TERM")?;
        self.end()
    }

    /// Sends a signal by its name, such as `STOP`.
    ///
    /// # Errors
    /// When it cannot be sent.
    pub fn signal(&self, name: &str) -> anyhow::Result<()> {
        let sent = Command::new("kill").arg(format!("-{name}")).arg(self.id().to_string()).status()?;
        ensure!(sent.success(), "the signal {name} was not sent");
        Ok(())
    }

    /// Waits for its end.
    ///
    /// # Errors
    /// When it does not end within two minutes.
    pub fn end(mut self) -> anyhow::Result<End> {
        for _ in 0..PATIENCE {
            if let Some(status) = self.child.try_wait()? {
                self.listeners.drain(..).for_each(|listener| drop(listener.join()));
                return Ok(End { code: status.code(), signal: status.signal(), said: self.said() });
            }
            sleep(Duration::from_millis(10));
        }
        bail!("the server does not end: {}", self.said())
    }

    /// User and system time so far, to a hundredth of a second.
    ///
    /// # Errors
    /// When it has ended.
    pub fn cpu(&self) -> anyhow::Result<Duration> {
        let stat = fs::read_to_string(self.proc("stat"))?;
        let fields: Vec<&str> = stat.rsplit_once(')').context("stat")?.1.split_whitespace().collect();
        let ticks = |at: usize| fields.get(at).context("stat")?.parse::<u64>().context("stat");
        // Fields 14 and 15 of proc(5), counted from the one after the name; a tick is 10 ms.
        Ok(Duration::from_millis((ticks(11)? + ticks(12)?) * 10))
    }

    /// Resident memory now, and the most there was, in bytes.
    ///
    /// # Errors
    /// When it has ended.
    pub fn memory(&self) -> anyhow::Result<[u64; 2]> {
        let status = fs::read_to_string(self.proc("status"))?;
        let kibibytes = |name: &str| -> anyhow::Result<u64> {
            let line = status.lines().find_map(|line| line.strip_prefix(name)).context("status")?;
            Ok(line.trim_matches([':', '\t', ' ']).trim_end_matches(" kB").parse()?)
        };
        Ok([kibibytes("VmRSS")? * 1024, kibibytes("VmHWM")? * 1024])
    }

    fn proc(&self, name: &str) -> PathBuf {
        Path::new("/proc").join(self.id().to_string()).join(name)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            let _ended_or_not = self.child.kill();
            let _seen = self.child.wait();
        }
    }
}
