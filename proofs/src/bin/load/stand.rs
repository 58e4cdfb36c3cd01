//! The server under load and what is measured at it: processor time, memory, the length of its log.

use std::{
    cell::Cell,
    fs,
    path::{Path, PathBuf},
    rc::Rc,
    time::{Duration, Instant},
};

use proofs::{
    place::Place,
    server::{Launch, Server},
};
use tokio::{task::JoinHandle, time::sleep};

use crate::{Flags, figures::Figures, report::Beneath};

/// The generator's core.
const GENERATOR_CORE: usize = 1;

/// Keeps this thread on its core, if there is more than one. Says whether it did.
pub fn pin() -> bool {
    let more_than_one = std::thread::available_parallelism().is_ok_and(|cores| cores.get() > 1);
    let mut cores = rustix::thread::CpuSet::new();
    cores.set(GENERATOR_CORE);
    more_than_one && rustix::thread::sched_setaffinity(None, &cores).is_ok()
}

/// Lets this thread, and what it starts from now on, run on every core again.
pub fn unpin() {
    let mut cores = rustix::thread::CpuSet::new();
    (0..rustix::thread::CpuSet::MAX_CPU).for_each(|core| cores.set(core));
    // Where it is refused, nothing was pinned either.
    let _done = rustix::thread::sched_setaffinity(None, &cores);
}

/// A running server.
pub struct Stand {
    pub server: Server,
    /// From the start of the program to the answer of /ready.
    pub ready_after: Duration,
    log: Option<PathBuf>,
}

impl Stand {
    /// Starts the server at a place, on its cores and with its settings. `pinned` says that this process is on a core of
    /// its own, on which the server would be, too.
    ///
    /// # Errors
    /// What it said instead.
    pub async fn start(place: &Place, pinned: bool, flags: &Flags) -> anyhow::Result<Self> {
        // As the unit and the image set it.
        let mut launch = Launch::new(place.settings())?.with("MALLOC_ARENA_MAX", "2");
        for (name, value) in &flags.settings {
            launch = launch.with(name, value);
        }
        if pinned {
            launch.before = ["taskset", "-c", &flags.cores].map(str::to_owned).into();
        }
        let begun = Instant::now();
        let server = launch.start()?;
        let mut connection = proofs::client::Connection::open(server.address).await?;
        let answer = connection.ask(&proofs::client::Ask::get("/ready")).await?;
        anyhow::ensure!(answer.status.is_success(), "not ready: {}", answer.told());
        let ready_after = begun.elapsed();
        let log = place.is_sqlite().then(|| place.path("house/data/stegvis.db-wal"));
        Ok(Self { server, ready_after, log })
    }

    /// Begins to measure.
    ///
    /// # Errors
    /// When the server has ended.
    pub fn watch(&self) -> anyhow::Result<Watch> {
        let longest = Rc::new(Cell::new(0));
        let looking = self.log.clone().map(|log| {
            let longest = Rc::clone(&longest);
            tokio::task::spawn_local(async move {
                loop {
                    longest.set(longest.get().max(length(&log)));
                    sleep(Duration::from_millis(250)).await;
                }
            })
        });
        Ok(Watch { cpu: self.server.cpu()?, longest, looking })
    }
}

fn length(file: &Path) -> u64 {
    fs::metadata(file).map_or(0, |data| data.len())
}

/// What was so when measuring began.
pub struct Watch {
    cpu: Duration,
    longest: Rc<Cell<u64>>,
    looking: Option<JoinHandle<()>>,
}

impl Watch {
    /// What the server used meanwhile.
    ///
    /// # Errors
    /// When the server has ended.
    pub fn end(&self, stand: &Stand, figures: &Figures) -> anyhow::Result<Beneath> {
        let all = figures.all();
        let [_, memory] = stand.server.memory()?;
        let late = (crate::figures::milliseconds(&figures.late, 0.99), crate::figures::longest(&figures.late));
        Ok(Beneath {
            cpu: stand.server.cpu()?.saturating_sub(self.cpu),
            answers: all.done.len() + all.refused.len(),
            memory,
            log: self.looking.as_ref().map(|_| self.longest.get()),
            late,
        })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if let Some(looking) = &self.looking {
            looking.abort();
        }
    }
}
