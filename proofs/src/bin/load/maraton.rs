//! A MatteMaraton of the real event's size: how the schools stand, the figures reckoned anew, and three times the lines of
//! its peak.

use std::{
    fs,
    rc::Rc,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::Context;
use clap::ValueEnum;
use proofs::{
    event::{self, Rows},
    place::Place,
    world::{self, World},
};
use stegvis::{
    app::App,
    chance::Chance,
    clock::Clock,
    maraton::{Standings, approve_group, belongs},
};
use vault::{
    Fault, Me, Tx, access,
    rows::{
        accounts,
        maraton::{self, Event},
    },
};

use crate::{
    Flags,
    actors::Solutions,
    figures::{milliseconds, no_times},
    report::{self, Goal},
    scenarios::Run,
    stand::{Stand, pin, unpin},
};

const STANDINGS_MS: f64 = 5.0;
const RECOUNT_S: f64 = 60.0;
const RECOUNT_MIB: f64 = 256.0;
const LINE_MS: f64 = 100.0;
/// How often the standings are read.
const READS: usize = 300;
/// How often a database is opened for a first read.
const OPENINGS: usize = 10;
/// Groups in which what waits is approved.
const APPROVED_GROUPS: usize = 4;

/// How large the event is, and what is asked of it.
#[derive(Clone, clap::Args)]
pub struct Sizes {
    /// maraton: who take part.
    #[arg(long, default_value_t = 254_000)]
    participants: usize,
    /// maraton: their schools.
    #[arg(long, default_value_t = 5_000)]
    schools: usize,
    /// maraton: items that they have finished.
    #[arg(long, default_value_t = 7_300_000)]
    items: usize,
    /// maraton: participants who hand in lines.
    #[arg(long, default_value_t = 4_000)]
    writers: usize,
    /// maraton: lines a second.
    #[arg(long, default_value_t = 1_000.0)]
    lines: f64,
    /// maraton: seconds for which they are handed in.
    #[arg(long, default_value_t = 300)]
    lasting: u64,
    /// maraton: on this database alone.
    #[arg(long)]
    on: Option<Database>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Database {
    Sqlite,
    Postgres,
}

impl Sizes {
    /// Whether it runs, not how fast.
    pub fn quick(self) -> Self {
        Self { participants: 400, schools: 30, items: 8_000, writers: 50, lines: 20.0, lasting: 3, ..self }
    }
}

/// On SQLite, and on the PostgreSQL that `admin` names; gives how often something failed.
///
/// # Errors
/// When a database or the server does not do what it is for.
pub async fn measure(flags: &Flags, solutions: &Rc<Solutions>, admin: Option<&str>) -> anyhow::Result<u64> {
    let only = flags.maraton.on;
    let mut failed = 0;
    if only != Some(Database::Postgres) {
        failed += on(&Place::on_sqlite(&flags.within)?, flags, solutions).await?;
    }
    if only != Some(Database::Sqlite)
        && let Some(admin) = admin
    {
        failed += on(&Place::on_postgres(admin, &flags.within)?, flags, solutions).await?;
    }
    Ok(failed)
}

async fn on(place: &Place, flags: &Flags, solutions: &Rc<Solutions>) -> anyhow::Result<u64> {
    unpin();
    let name = if place.is_sqlite() { "SQLite" } else { "PostgreSQL on the same machine" };
    eprintln!("writing the event …");
    let begun = Instant::now();
    let (world, written) = write(place, flags).await?;
    let took = begun.elapsed().as_secs_f64();
    println!(
        "\n## MatteMaraton on {name}: {} participants, {} schools, {} items of which {} count, {} finishers, {} approved \
         distances; written in {took:.0} s",
        written.participants, written.schools, written.items, written.counted, written.finishers, written.distances
    );
    let mut goals = standings(place, &world, written.schools).await?;
    let (again, astray) = recount(place, &world, &mut goals).await?;
    let mut failed = u64::from(astray);
    println!("\nreckoned anew: {again}");
    failed += lessons(place, &world, flags, solutions, &mut goals).await?;
    unpin();
    let mut after = Vec::new();
    let (again, astray) = recount(place, &world, &mut after).await?;
    println!("\nreckoned anew after approvals and lines: {again}");
    goals.extend(
        after.into_iter().take(1).map(|goal| Goal { what: "after approvals and lines it is so still", ..goal }),
    );
    failed += u64::from(astray);
    report::print_goals(&goals);
    Ok(failed)
}

/// A world of those who hand in lines, and the event around it.
async fn write(place: &Place, flags: &Flags) -> anyhow::Result<(World, event::Written)> {
    let sizes = &flags.maraton;
    let app = place.app(Chance::seeded(flags.seed), |options| options.cache_mib = 256).await?;
    let groups = sizes.writers.div_ceil(25).max(1);
    let schools = groups.div_ceil(4);
    let size = world::Size { schools, groups: 4, students: sizes.writers, calculations: 0, individuals: 0 };
    let world = world::make(&app, size).await?;
    app.close().await;
    drop(app);
    let size = event::Size { participants: sizes.participants, schools: sizes.schools, items: sizes.items };
    let written = event::fill(place, &world, size, flags.seed, Clock::System.now())?;
    Ok((world, written))
}

/// The house without its web, as a server opens it.
async fn open(place: &Place) -> anyhow::Result<App> {
    place.app(Chance::from_system()?, |_| {}).await
}

/// The first of the world's teachers.
async fn teacher(app: &App, world: &World, group: usize) -> anyhow::Result<Me> {
    let name = world.groups.get(group).context("a group")?.teacher.user_name.clone();
    let me = move |tx: &mut Tx| Ok::<_, Fault>(accounts::credential(tx, &name)?.ok_or(Fault::NoKey)?.proven());
    Ok(app.vault.read(me).await?)
}

/// What a page asks first, and how all the schools stand; how many there are, and how long it took.
fn read_standings(tx: &mut Tx, me: &Me) -> Result<(usize, Duration), Fault> {
    let begun = Instant::now();
    let (event, sight) = event_of(tx, me)?;
    let standings = Standings::of(maraton::standings(tx, &sight, event.id)?, &[]);
    Ok((standings.schools.len() + standings.folded, begun.elapsed()))
}

fn event_of(tx: &mut Tx, me: &Me) -> Result<(Event, access::EventSight), Fault> {
    let now = Clock::System.now();
    let sight = access::event(tx, me, now).map_err(|_| Fault::NoKey)?;
    let event = maraton::latest_event(tx, &sight, now)?.ok_or(Fault::NoKey)?;
    Ok((event, sight))
}

async fn standings(place: &Place, world: &World, schools: usize) -> anyhow::Result<Vec<Goal>> {
    let touched = touched(place)?;
    let (mut first, mut times) = (no_times(), no_times());
    for opening in 0..=OPENINGS {
        let app = open(place).await?;
        let me = teacher(&app, world, 0).await?;
        let reads = if opening == OPENINGS { READS } else { 1 };
        for _ in 0..reads {
            let (count, took) = app.vault.read(move |tx| read_standings(tx, &me)).await?;
            anyhow::ensure!(count == schools, "{count} schools of {schools}");
            let times = if opening == OPENINGS { &mut times } else { &mut first };
            times.record(u64::try_from(took.as_micros())?)?;
        }
        app.close().await;
    }
    println!(
        "\n| standings of {schools} schools | reads | p50 ms | p99 ms | longest ms |\n|---|---|---|---|---|\n\
         | just opened | {} | {:.1} | {:.1} | {:.1} |\n| one after the other | {} | {:.1} | {:.1} | {:.1} |",
        first.len(),
        milliseconds(&first, 0.5),
        milliseconds(&first, 0.99),
        milliseconds(&first, 1.0),
        times.len(),
        milliseconds(&times, 0.5),
        milliseconds(&times, 0.99),
        milliseconds(&times, 1.0),
    );
    let mut goals = vec![
        Goal::at_most("standings of all schools ≤ 5 ms, p99", milliseconds(&times, 0.99), STANDINGS_MS, "ms"),
        Goal::at_most("the same just opened, median", milliseconds(&first, 0.5), STANDINGS_MS, "ms"),
    ];
    if let (Some(before), Some(after)) = (touched, self::touched(place)?) {
        goals.push(Goal {
            what: "standings look at no calculation, distance or entrant",
            seen: format!("{} scans", after - before),
            is_reached: after == before,
        });
    }
    Ok(goals)
}

/// How often PostgreSQL has begun to go through calculations, distances or entrants; SQLite does not count it.
fn touched(place: &Place) -> anyhow::Result<Option<i64>> {
    if place.is_sqlite() {
        return Ok(None);
    }
    let told = Rows::open(place)?.ask(
        "SELECT CAST(SUM(seq_scan + COALESCE(idx_scan, 0)) AS TEXT) AS said FROM pg_stat_user_tables
         WHERE relname IN ('calculation', 'distance', 'entrant')",
    )?;
    Ok(Some(told.concat().parse()?))
}

/// Reckons everything anew and compares; what came of it in words, and whether something differs.
async fn recount(place: &Place, world: &World, goals: &mut Vec<Goal>) -> anyhow::Result<(String, bool)> {
    let app = open(place).await?;
    let me = teacher(&app, world, 0).await?;
    let (before, _) = memory()?;
    fs::write("/proc/self/clear_refs", "5")?;
    let bank = Arc::clone(&app.bank);
    let begun = Instant::now();
    let count = move |tx: &mut Tx| {
        let (event, sight) = event_of(tx, &me)?;
        let again = maraton::recount(tx, &sight, &event, |course, exercise| belongs(&bank, course, exercise))?;
        let took = begun.elapsed();
        let differs = |standing: &maraton::Standing| {
            let sums = again.schools.get(&standing.school).copied().unwrap_or_default();
            let again = [sums.metres, sums.distances, sums.entrants, sums.finishers, sums.items];
            let running = [standing.metres, standing.distances, standing.entrants, standing.finishers, standing.items];
            again != running
        };
        let all = maraton::standings(tx, &sight, event.id)?;
        let items: i64 = all.iter().map(|standing| standing.items).sum();
        Ok::<_, Fault>((all.iter().filter(|standing| differs(standing)).count(), again.astray, items, took))
    };
    let (schools, entrants, items, took) = app.vault.read(count).await?;
    let (_, most) = memory()?;
    let more = most.saturating_sub(before) as f64 / 1_048_576.0;
    app.close().await;
    let differs = schools + entrants > 0;
    let seen = format!("{schools} schools and {entrants} entrants differ");
    goals.push(Goal { what: "a recount gives the running figures", seen, is_reached: !differs });
    goals.push(Goal::at_most("a recount takes < 60 s", took.as_secs_f64(), RECOUNT_S, "s"));
    goals.push(Goal::at_most("a recount needs ≤ 256 MiB of memory", more, RECOUNT_MIB, "MiB"));
    let told = format!(
        "{items} items count; {schools} schools and {entrants} entrants differ; {:.1} s, {more:.0} MiB more than before",
        took.as_secs_f64()
    );
    Ok((told, differs))
}

/// What is resident, and the most of it since it was asked before, in bytes.
fn memory() -> anyhow::Result<(u64, u64)> {
    let told = fs::read_to_string("/proc/self/status")?;
    let of = |name: &str| {
        let line = told.lines().find_map(|line| line.strip_prefix(name)).context("memory")?;
        let kib: u64 = line.trim().trim_end_matches(" kB").parse()?;
        anyhow::Ok(kib * 1_024)
    };
    Ok((of("VmRSS:")?, of("VmHWM:")?))
}

/// Some teachers approve what waits, and then everybody hands in lines.
async fn lessons(
    place: &Place,
    world: &World,
    flags: &Flags,
    solutions: &Rc<Solutions>,
    goals: &mut Vec<Goal>,
) -> anyhow::Result<u64> {
    let app = open(place).await?;
    let mut approved = 0;
    for group in 0..world.groups.len().min(APPROVED_GROUPS) {
        let me = teacher(&app, world, group).await?;
        approved += approve_group(&app, &me, world.groups[group].id).await?.approved;
    }
    app.close().await;
    drop(app);
    println!("\n{approved} distances approved by their teachers");
    let stand = Stand::start(place, pin(), flags).await?;
    println!("ready {:.2} s after the start", stand.ready_after.as_secs_f64());
    let mut run = Run::new(&stand, world, solutions, flags.seed)?;
    let (rate, lasting) = (flags.maraton.lines, Duration::from_secs(flags.maraton.lasting));
    let figures = run.lesson(rate, lasting, false).await?;
    let failed = run.failed;
    drop(run);
    stand.server.stop()?;
    let lines = figures.asked.get("line").context("lines")?;
    let (done, refused) = (lines.done.len() as f64 / lasting.as_secs_f64(), figures.all().refused.len());
    let p99 = milliseconds(&lines.done, 0.99);
    goals.push(Goal {
        what: "lines a second as asked for, nobody refused, p99 ≤ 100 ms",
        seen: format!("{done:.0} of {rate:.0}, {refused} requests refused, p99 {p99:.1} ms"),
        is_reached: done >= rate * 0.99 && refused == 0 && p99 <= LINE_MS,
    });
    goals.push(Goal {
        what: "approved distances and lines are taken",
        seen: format!("{approved} distances, {failed} requests failed"),
        is_reached: approved > 0 && failed == 0,
    });
    Ok(failed)
}
