//! A night's forgetting while others practise.

use std::{
    rc::Rc,
    time::{Duration, Instant},
};

use anyhow::Context;
use diesel::{RunQueryDsl, sql_query};
use proofs::{
    client::{Ask, Connection},
    place::{self, Place},
    server::Launch,
    world::{Student, World},
};
use stegvis::{calendar, clock::Clock};
use tokio::time::sleep;

use crate::{actors::Solutions, report::Goal, scenarios::Run, stand::Stand};

/// Lines a second of those who stay.
const RATE: f64 = 100.0;
/// The rounds begin a minute after the start, at the latest.
const AT_MOST: Duration = Duration::from_secs(660);
const EACH_S: f64 = 2.0;
const ALL_S: f64 = 600.0;

/// Between midnight and one o'clock, UTC, there is no night to wait for.
///
/// # Errors
/// In that hour.
pub fn refuse_before_the_night() -> anyhow::Result<()> {
    let hour = calendar::local(Clock::System.now(), "UTC").hour();
    anyhow::ensure!(hour >= 1, "a server forgets from 01 UTC on: measure it then");
    Ok(())
}

/// One person alone, by a command of its own: from its start to its end, with opening the database, going through everybody
/// and emptying the log. Terms that are over are summed up before, as after any night.
///
/// # Errors
/// When it is not the one that is forgotten.
pub fn one(place: &Place, whom: &Student) -> anyhow::Result<Goal> {
    let launch = Launch::new(place.settings())?;
    launch.run(&["privacy", "trust-clock"])?;
    launch.run(&["privacy", "run"])?;
    make_due(place, std::slice::from_ref(whom))?;
    let since = Instant::now();
    let said = launch.run(&["privacy", "run"])?;
    let took = since.elapsed().as_secs_f64();
    anyhow::ensure!(said.starts_with("1 persons forgotten"), "{said}");
    println!(
        "
one person forgotten by `stegvis privacy run` in {took:.2} s"
    );
    Ok(Goal::at_most("one person is forgotten in ≤ 2 s, the command from its start to its end", took, EACH_S, "s"))
}

/// These have not been here for years.
///
/// # Errors
/// When the database cannot be written.
pub fn make_due(place: &Place, due: &[Student]) -> anyhow::Result<()> {
    let [data, _] = place.urls();
    let mut connection = place::open(data.strip_prefix("sqlite:").context("on SQLite only")?)?;
    for some in due.chunks(200) {
        let ids: Vec<String> = some.iter().map(|student| format!("X'{}'", student.person.id)).collect();
        let ids = ids.join(", ");
        sql_query(format!("UPDATE person SET active_on = '2020-01-01' WHERE id IN ({ids})"))
            .execute(&mut connection)?;
        sql_query(format!("UPDATE student SET last_at = 1577836800000 WHERE person_id IN ({ids})"))
            .execute(&mut connection)?;
        sql_query(format!("DELETE FROM session WHERE person_id IN ({ids})")).execute(&mut connection)?;
    }
    // The day's forgetting is not done yet.
    sql_query("UPDATE house SET forgot_on = '2020-01-01'").execute(&mut connection)?;
    Ok(())
}

/// Waits for the night while the others practise, and says how long it took.
///
/// # Errors
/// When the server ends, or nobody is forgotten.
pub async fn watch(
    stand: &Stand,
    world: &World,
    solutions: &Rc<Solutions>,
    (staying, due, seed): (usize, usize, u64),
) -> anyhow::Result<Goal> {
    let mut run = Run::new(stand, world, solutions, seed)?;
    run.students.truncate(staying);
    let address = stand.server.address;
    let counting = tokio::task::spawn_local(async move {
        let (mut first, since) = (None, Instant::now());
        let mut connection = Connection::open(address).await.map_err(|cut| anyhow::anyhow!("{cut:?}"))?;
        loop {
            let answer = connection.ask(&Ask::get("/metrics")).await.map_err(|cut| anyhow::anyhow!("{cut:?}"))?;
            let told = answer.told();
            let forgotten: f64 = told
                .lines()
                .find_map(|line| line.strip_prefix("stegvis_forgotten_persons_total ")?.parse().ok())
                .unwrap_or(0.0);
            if forgotten > 0.0 && first.is_none() {
                first = Some(Instant::now());
            }
            if forgotten as usize >= due || since.elapsed() > AT_MOST {
                return anyhow::Ok((forgotten, first.map_or(0.0, |first| first.elapsed().as_secs_f64())));
            }
            sleep(Duration::from_millis(250)).await;
        }
    });
    while !counting.is_finished() {
        run.lesson(RATE, Duration::from_secs(30), false).await?;
    }
    let (forgotten, took) = counting.await??;
    anyhow::ensure!(run.failed == 0, "{} requests failed meanwhile", run.failed);
    println!("\n{forgotten:.0} of {due} persons forgotten in {took:.1} s beside {RATE} lines/s");
    Ok(Goal::at_most("1,000 persons are forgotten in ≤ 10 min", took * 1_000.0 / forgotten.max(1.0), ALL_S, "s"))
}
