//! What the server does under load: an open loop of students, teachers and sign-ins against the real binary, on the
//! data of some years. `make load` runs it; docs/performance.md says what was seen.
//!
//! | file | what stands there |
//! |---|---|
//! | `arrivals.rs` | the open loop: who asks when, timed from the moment at which it was due |
//! | `actors.rs` | who asks, and what comes next for them |
//! | `figures.rs` | what came of it |
//! | `history.rs` | lessons of earlier days |
//! | `forgetting.rs` | a night's forgetting while others practise |
//! | `maraton.rs` | an event of the real one's size |
//! | `stand.rs` | the server, and what it uses |
//! | `scenarios.rs` | what it is put through, and what is promised |
//! | `report.rs` | what is printed |
#![expect(clippy::disallowed_methods, reason = "a measurement needs the real time and the environment")]

mod actors;
mod arrivals;
mod figures;
mod forgetting;
mod history;
mod maraton;
mod report;
mod scenarios;
mod stand;

use std::{path::PathBuf, process::ExitCode, rc::Rc, time::Duration};

use anyhow::Context;
use clap::{Parser, ValueEnum};
use proofs::{
    place::Place,
    world::{self, Size, World},
};
use stegvis::chance::Chance;
use tokio::task::LocalSet;

use self::{
    actors::Solutions,
    report::Goal,
    scenarios::Run,
    stand::{Stand, pin},
};

/// Puts the real server under load and says what came of it. Figures depend on the machine, so a goal that is not
/// reached is told and no failure; an error or a lost request is one.
#[derive(Parser)]
struct Flags {
    /// Only these; all but the event of the real size if none is named.
    #[arg(value_enum)]
    only: Vec<Scenario>,
    /// Students, each with a session.
    #[arg(long, default_value_t = 2_000)]
    students: usize,
    /// Lines that are stored before the server starts (SQLite).
    #[arg(long, default_value_t = 1_000_000)]
    stored: usize,
    /// Students who sign in at the class start.
    #[arg(long, default_value_t = 1_000)]
    sign_ins: usize,
    /// Lines a second in the lesson.
    #[arg(long, default_value_t = 500.0)]
    rate: f64,
    /// Seconds that the class start and the lesson last; the overload lasts a third.
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// Everything small and short: whether it runs, not how fast.
    #[arg(long)]
    quick: bool,
    /// The server's cores, as taskset takes them: 0 beside the generator's, or all.
    #[arg(long, default_value = "0,1")]
    cores: String,
    /// A setting of the server, such as STEGVIS_OVERLOAD__REQUESTS_AT_ONCE=64.
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = setting)]
    settings: Vec<(String, String)>,
    #[command(flatten)]
    maraton: maraton::Sizes,
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// The folder in which the data are made and removed again; best on the disk that is to be measured.
    #[arg(long, default_value = ".")]
    within: PathBuf,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Scenario {
    /// The time from the start to /ready.
    Start,
    /// Sign-ins by password.
    Class,
    /// Lines and teachers' pages.
    Lesson,
    /// More than it can.
    Overload,
    /// Half of the students are forgotten while the others practise.
    Forgetting,
    /// The lesson on PostgreSQL, named by `STEGVIS_TEST_POSTGRES`.
    Postgres,
    /// A MatteMaraton of the real event's size, on both databases.
    Maraton,
}

fn setting(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("a setting is NAME=VALUE")?;
    Ok((name.to_owned(), value.to_owned()))
}

impl Flags {
    fn with(&self, scenario: Scenario) -> bool {
        self.only.contains(&scenario) || (self.only.is_empty() && scenario != Scenario::Maraton)
    }
}

fn main() -> anyhow::Result<ExitCode> {
    let mut flags = Flags::parse();
    if flags.quick {
        let maraton = flags.maraton.clone().quick();
        flags = Flags { students: 100, stored: 2_000, sign_ins: 10, rate: 20.0, seconds: 3, maraton, ..flags };
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let failed = LocalSet::new().block_on(&runtime, measure(&flags))?;
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Everything in turn; gives how often something failed.
async fn measure(flags: &Flags) -> anyhow::Result<u64> {
    println!("{}", report::machine());
    let solutions = Rc::new(Solutions::draw(if flags.quick { 20 } else { 1_000 })?);
    let mut failed = 0;
    let on_sqlite = [Scenario::Start, Scenario::Class, Scenario::Lesson, Scenario::Overload];
    if on_sqlite.into_iter().any(|scenario| flags.with(scenario)) {
        failed += sqlite(flags, &solutions).await?;
    }
    if flags.with(Scenario::Forgetting) {
        forgetting(flags, &solutions).await?;
    }
    let admin = std::env::var("STEGVIS_TEST_POSTGRES").ok();
    if let Some(admin) = admin.as_ref().filter(|_| flags.with(Scenario::Postgres)) {
        failed += postgres(flags, &solutions, admin).await?;
    }
    if flags.with(Scenario::Maraton) {
        failed += maraton::measure(flags, &solutions, admin.as_deref()).await?;
    }
    Ok(failed)
}

async fn sqlite(flags: &Flags, solutions: &Rc<Solutions>) -> anyhow::Result<u64> {
    let place = Place::on_sqlite(&flags.within)?;
    let (world, stored) = prepare(flags, &place, flags.stored).await?;
    let stand = Stand::start(&place, pin(), flags).await?;
    println!("\n## SQLite, {stored} lines stored; ready {:.2} s after the start", stand.ready_after.as_secs_f64());
    let mut run = Run::new(&stand, &world, solutions, flags.seed)?;
    let seen = stand.ready_after.as_secs_f64();
    run.goals.push(Goal::at_most("start with 1,000,000 stored lines ≤ 2 s", seen, 2.0, "s"));
    let lasting = Duration::from_secs(flags.seconds);
    if flags.with(Scenario::Class) {
        run.class_start(flags.sign_ins, lasting).await?;
    }
    if flags.with(Scenario::Lesson) {
        run.lesson(flags.rate, lasting, true).await?;
    }
    if flags.with(Scenario::Overload) {
        run.overload(flags.rate, 3.0, lasting / 3).await?;
    }
    let Run { mut goals, mut failed, acknowledged, .. } = run;
    let [_, memory] = stand.server.memory()?;
    goals.push(Goal::at_most("resident memory ≤ 300 MB throughout", memory as f64 / 1e6, 300.0, "MB"));
    let end = stand.server.stop()?;
    if end.code != Some(0) {
        failed += 1;
        println!("\n**failed:** the server ended with {:?}: {}", end.code, end.said);
    }
    let found = place.raw()?.read("SELECT count(*) FROM line", |row| Ok(row.concat().parse::<u64>()?))?;
    let found: u64 = found.into_iter().sum();
    let expected = u64::try_from(stored)? + acknowledged;
    goals.push(Goal {
        what: "every acknowledged line is stored, once",
        seen: format!("{found} of {expected}"),
        is_reached: found == expected,
    });
    // A line whose answer was lost may be there or not.
    failed += u64::from(failed == 0 && found != expected);
    report::print_goals(&goals);
    Ok(failed)
}

/// A night beside a lesson.
async fn forgetting(flags: &Flags, solutions: &Rc<Solutions>) -> anyhow::Result<()> {
    forgetting::refuse_before_the_night()?;
    let place = Place::on_sqlite(&flags.within)?;
    let (world, stored) = prepare(flags, &place, flags.stored).await?;
    let (staying, due) = world.students.split_at(world.students.len() / 2);
    let (first, due) = due.split_first().context("at least two students")?;
    anyhow::ensure!(!staying.is_empty(), "at least two students");
    let one = forgetting::one(&place, first)?;
    forgetting::make_due(&place, due)?;
    let stand = Stand::start(&place, pin(), flags).await?;
    println!("\n## Forgetting {} of {} students, {stored} lines stored", due.len(), world.students.len());
    let all = forgetting::watch(&stand, &world, solutions, (staying.len(), due.len(), flags.seed)).await?;
    stand.server.stop()?;
    report::print_goals(&[one, all]);
    Ok(())
}

/// The lesson alone, for its figures.
async fn postgres(flags: &Flags, solutions: &Rc<Solutions>, admin: &str) -> anyhow::Result<u64> {
    let place = Place::on_postgres(admin, &flags.within)?;
    let (world, _) = prepare(flags, &place, 0).await?;
    let stand = Stand::start(&place, pin(), flags).await?;
    println!(
        "\n## PostgreSQL on the same machine; its own processes are on both cores and not counted as the server's"
    );
    let mut run = Run::new(&stand, &world, solutions, flags.seed)?;
    run.lesson(flags.rate, Duration::from_secs(flags.seconds), false).await?;
    let failed = run.failed;
    drop(run);
    stand.server.stop()?;
    Ok(failed)
}

/// The world and its history.
async fn prepare(flags: &Flags, place: &Place, stored: usize) -> anyhow::Result<(World, usize)> {
    // While the data are made, a cache that holds them spares most of the time.
    let app = place.app(Chance::seeded(flags.seed), |options| options.cache_mib = 512).await?;
    let groups = flags.students.div_ceil(25).max(1);
    let schools = groups.div_ceil(16);
    let groups = groups.div_ceil(schools);
    let size = Size { schools, groups, students: flags.students, calculations: 0, individuals: 0 };
    let world = world::make(&app, size).await?;
    let stored = if stored == 0 { 0 } else { history::fill(&app, &world, stored).await? };
    app.close().await;
    Ok((world, stored))
}
