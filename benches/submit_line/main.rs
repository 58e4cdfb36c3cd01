//! What a submitted line costs, end to end with a durable commit: 64 connections hand in lines over HTTP while the
//! same run measures the health route, the same request with storage left out, and a bare commit on the same disk. The
//! students have opened their calculation, as one does before writing; a round with students whom the server has not
//! met, so that it reads session and desk for every fifth line, stands beside it.
//! Figures are ratios within one run; client and server share the machine.
//!
//! `make bench` runs it; `STEGVIS_TEST_POSTGRES` adds PostgreSQL. The server is this program again, in a process of
//! its own, so that its CPU time can be told apart.
#![expect(clippy::disallowed_methods, reason = "a measurement needs the real time and the environment")]

mod client;
mod disk;
mod report;
mod server;
mod world;

use std::{path::Path, time::Duration};

use anyhow::Context;
use client::{Load, Measured};
use report::Row;
use server::{Child, Kind};

const CONNECTIONS: usize = 64;
const ROUNDS: usize = 5;
const ROUND: Duration = Duration::from_secs(2);

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, word, kind, folder, ..] = arguments.as_slice() {
        if word == "serve" {
            return server::serve(kind.parse()?, Path::new(folder));
        }
    }
    let postgres = std::env::var("STEGVIS_TEST_POSTGRES").ok();
    let mut kinds = vec![Kind::Sqlite, Kind::SqliteLeftOut];
    if postgres.is_some() {
        kinds.push(Kind::Postgres);
    }
    // `cargo bench … -- Postgres` measures that one alone, such as for a profile.
    let only: Vec<Kind> = arguments.iter().filter_map(|argument| argument.parse().ok()).collect();
    kinds.retain(|kind| only.is_empty() || only.contains(kind));
    let folder = tempfile::tempdir_in(".").context("a folder on the disk to measure")?;
    let mut servers =
        kinds.into_iter().map(|kind| Measurement::of(kind, folder.path())).collect::<Result<Vec<_>, _>>()?;
    // In turn, so that a machine that is slower for a while is so for all of them.
    for round in 0..ROUNDS {
        for server in &mut servers {
            server.run(round)?;
        }
    }
    let rows = servers.into_iter().map(Measurement::end).collect::<Result<Vec<_>, _>>()?;
    let bare = disk::commits_per_second(folder.path(), Duration::from_secs(2))?;
    report::print(&rows, bare);
    Ok(())
}

/// One server and what its rounds gave so far.
struct Measurement {
    kind: Kind,
    server: Child,
    calculations: Vec<world::Calculation>,
    health: Vec<Measured>,
    at_desk: Vec<Measured>,
    cpu: Vec<f64>,
    unopened: Vec<Measured>,
}

impl Measurement {
    fn of(kind: Kind, folder: &Path) -> anyhow::Result<Self> {
        let server = Child::start(kind, folder)?;
        let calculations = world::read(&server.plan)?;
        let (health, at_desk, cpu, unopened) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Ok(Self { kind, server, calculations, health, at_desk, cpu, unopened })
    }

    /// A round of the health route, one of students who have opened their calculation, and one of students whom the
    /// server has not met.
    fn run(&mut self, round: usize) -> anyhow::Result<()> {
        let each = self.calculations.len() / ROUNDS;
        let calculations = self.calculations.chunks(each).nth(round).unwrap_or_default();
        let (opened, unopened) = calculations.split_at(each / 2);
        let (address, lasting) = (self.server.address, ROUND);
        self.health.push(client::run(address, CONNECTIONS, &Load::Health { lasting })?);
        client::run(address, CONNECTIONS, &Load::Open { calculations: opened })?;
        let before = self.server.cpu()?;
        let measured = client::run(address, CONNECTIONS, &Load::Lines { calculations: opened, lasting })?;
        let used = self.server.cpu()? - before;
        self.cpu.push(used.as_secs_f64() * 1e6 / f64::from(u32::try_from(measured.answers).unwrap_or(u32::MAX)));
        self.at_desk.push(measured);
        self.unopened.push(client::run(address, CONNECTIONS, &Load::Lines { calculations: unopened, lasting })?);
        Ok(())
    }

    fn end(mut self) -> anyhow::Result<Row> {
        self.server.stop()?;
        let Self { kind, health, at_desk, cpu, unopened, .. } = self;
        let (health, at_desk, unopened) = (median(health), median(at_desk), median(unopened));
        Ok(Row { kind, health, at_desk, cpu_per_line: middle(cpu), unopened })
    }
}

/// The round with the median rate.
fn median(mut rounds: Vec<Measured>) -> Measured {
    rounds.sort_by(|a, b| a.rate.total_cmp(&b.rate));
    rounds.swap_remove(rounds.len() / 2)
}

fn middle(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}
