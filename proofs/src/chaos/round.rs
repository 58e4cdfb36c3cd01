//! A world, its server, and the rounds in it: people at work, the cut, the start, the comparison.
#![expect(clippy::disallowed_methods, reason = "how long a start takes is measured")]

use std::{
    cell::Cell,
    collections::BTreeMap,
    mem::take,
    rc::Rc,
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use serde_json::json;
use stegvis::{chance::Chance, exercises::Bank};
use tempfile::TempDir;
use tokio::task::LocalSet;

use super::{
    Cut, Finding, Plan, Summary,
    cast::{learn, people},
    compare::{Given, compare, stored_unanswered},
    people::{Doing, Person, Site},
    rows::Rows,
    shadow::line_of,
    whole::aggregates,
};
use crate::{
    client::{Answer, Ask, Connection},
    cluster::Cluster,
    durable::{Disk, Durable},
    place::Place,
    server::{Launch, Server},
    world::{self, PASSWORD, Size},
};

const SIZE: Size = Size { schools: 2, groups: 1, students: 14, calculations: 1, individuals: 1 };
/// Milliseconds of work before a cut, at most.
const LONGEST: u64 = 500;
/// Every so manieth start is cut off as well.
const CUT_STARTS: usize = 7;
/// Every so manieth time, the audit is verified by the command, on what the cut has left.
const VERIFIED: usize = 5;
/// How often the server is asked whether it is ready before it is given up.
const PATIENCE: u32 = 6_000;

/// Runs a plan to its end.
///
/// # Errors
/// When there is nothing to test with, or the server does not start again.
pub fn run(plan: &Plan) -> anyhow::Result<Summary> {
    let mut summary = Summary::default();
    let cluster = (plan.cut == Cut::Postgres).then(Cluster::start).transpose()?;
    let mut rng = StdRng::seed_from_u64(plan.seed);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut told = 0;
    while summary.rounds < plan.rounds {
        let rounds = plan.rounds_of_a_world.min(plan.rounds - summary.rounds);
        let seed = rng.random();
        let ended = LocalSet::new().block_on(&runtime, async {
            let mut house = House::build(plan, cluster.as_ref(), seed).await?;
            for _ in 0..rounds {
                house.round(&mut summary).await.with_context(|| format!("round {}", summary.rounds))?;
            }
            house.end(&mut summary)
        });
        if plan.talks {
            // At once: a world that cannot go on would take them with it.
            summary.findings.iter().skip(told).for_each(|finding| eprintln!("  {finding}"));
            told = summary.findings.len();
        }
        ended?;
        if plan.talks {
            let Summary { rounds, acknowledged, lost, doubled, broken, .. } = &summary;
            eprintln!(
                "  {rounds} {}: {acknowledged} acknowledged, {lost} lost, {doubled} doubled, {broken} broken",
                plan.cut
            );
        }
    }
    Ok(summary)
}

/// A world with its server.
struct House<'a> {
    plan: &'a Plan,
    cluster: Option<&'a Cluster>,
    // Before the place, so that it ends first.
    server: Option<Server>,
    durable: Option<Durable>,
    place: Place,
    _shim: TempDir,
    bank: std::sync::Arc<Bank>,
    people: Vec<Person>,
    /// Whose calculation it is, as a session.
    sessions: BTreeMap<String, Rc<str>>,
    site: Rc<Site>,
    rng: StdRng,
    rounds: usize,
    /// Who has signed up and has signed in since.
    known: Vec<String>,
}

impl<'a> House<'a> {
    async fn build(plan: &'a Plan, cluster: Option<&'a Cluster>, seed: u64) -> anyhow::Result<Self> {
        let within = std::env::temp_dir();
        let place = match cluster {
            Some(cluster) => Place::on_postgres(&cluster.url, &within)?,
            None => Place::on_sqlite(&within)?,
        };
        let app = place.app(Chance::seeded(seed), |_| {}).await?;
        let world = world::make(&app, SIZE).await?;
        app.close().await;
        drop(app);
        let shim = TempDir::new_in(&within)?;
        let is_cut = matches!(plan.cut, Cut::Power | Cut::DeafPower);
        let durable = is_cut.then(|| Durable::build(shim.path(), place.path("house"))).transpose()?;
        let bank = Bank::shipped()?;
        let mut rng = StdRng::seed_from_u64(seed);
        let (people, sessions) = people(&world, &bank, &mut rng);
        let site = Site {
            shadow: Rc::default(),
            found: Rc::default(),
            ends: Cell::new(false),
            forgetful: plan.forgetful,
            loses_database: cluster.is_some(),
            failed: Cell::new(0),
        };
        let mut house = Self {
            plan,
            cluster,
            server: None,
            durable,
            place,
            _shim: shim,
            bank,
            people,
            sessions,
            site: Rc::new(site),
            rng,
            rounds: 0,
            known: Vec::new(),
        };
        house.start().await?;
        Ok(house)
    }

    fn launch(&mut self) -> anyhow::Result<Launch> {
        let mut launch =
            Launch { binary: self.plan.binary.clone(), settings: self.place.settings(), before: Vec::new() }
                .with("STEGVIS_ACCOUNTS__INDIVIDUALS", "true")
                .with("STEGVIS_ACCOUNTS__SIGN_UPS_FROM_ONE_ADDRESS", "1000000")
                .with("STEGVIS_ACCOUNTS__SIGN_UPS_IN_ALL", "1000000");
        if let Some(durable) = &self.durable {
            durable.begin()?;
            let disk = match self.plan.cut {
                Cut::DeafPower => Disk::Deaf,
                _ if self.rng.random_bool(0.5) => Disk::Stray,
                _ => Disk::Strict,
            };
            launch.settings.extend(durable.settings(disk, self.rng.random_range(1..u64::MAX / 4)));
        }
        Ok(launch)
    }

    /// Starts the server; gives how long it took until it was ready.
    async fn start(&mut self) -> anyhow::Result<Duration> {
        let launch = self.launch()?;
        let began = Instant::now();
        let server = launch.start()?;
        self.server = Some(server);
        self.until_ready().await?;
        Ok(began.elapsed())
    }

    async fn until_ready(&self) -> anyhow::Result<()> {
        let address = self.server()?.address;
        for _ in 0..PATIENCE {
            if let Ok(mut connection) = Connection::open(address).await
                && let Ok(answer) = connection.ask(&Ask::get("/ready")).await
                && answer.status == 200
            {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        anyhow::bail!("the server is never ready: {}", self.server()?.said())
    }

    /// Until the round has had the least that the plan wants.
    async fn until_acknowledged(&self) {
        let wanted = self.site.shadow.borrow().acknowledged + self.plan.least;
        for _ in 0..PATIENCE {
            if self.site.shadow.borrow().acknowledged >= wanted {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    fn server(&self) -> anyhow::Result<&Server> {
        self.server.as_ref().context("no server runs")
    }

    async fn round(&mut self, summary: &mut Summary) -> anyhow::Result<()> {
        self.site.ends.set(false);
        let address = self.server()?.address;
        let tasks: Vec<_> = take(&mut self.people)
            .into_iter()
            .map(|person| tokio::task::spawn_local(person.work(address, Rc::clone(&self.site))))
            .collect();
        self.until_acknowledged().await;
        tokio::time::sleep(Duration::from_millis(self.rng.random_range(1..=LONGEST))).await;
        let of_database = self.cluster.filter(|_| self.rounds % 2 == 1);
        let cut = Instant::now();
        match of_database {
            // People go on meanwhile: the server is there and has nothing to ask.
            Some(cluster) => cluster.kill().and_then(|()| cluster.start_again())?,
            None => drop(self.server.take().context("no server runs")?.kill()?),
        }
        self.site.ends.set(true);
        for task in tasks {
            self.people.push(task.await?);
        }
        summary.under_way += self.people.iter().map(|person| u64::from(person.pending.is_some())).sum::<u64>();
        let took = match of_database {
            Some(_) => self.until_ready().await.map(|()| cut.elapsed())?,
            None => self.come_back().await?,
        };
        summary.slowest_start = summary.slowest_start.max(took);
        self.check(summary).await?;
        self.rounds += 1;
        summary.rounds += 1;
        Ok(())
    }

    /// After a cut: what is left is all there is, and the server starts with it by itself.
    async fn come_back(&mut self) -> anyhow::Result<Duration> {
        if let Some(durable) = &self.durable {
            durable.cut()?;
        }
        if self.rounds % CUT_STARTS == CUT_STARTS - 1 {
            let launch = self.launch()?;
            launch.start_and_kill(Duration::from_millis(self.rng.random_range(1..=LONGEST)))?;
            if let Some(durable) = &self.durable {
                durable.cut()?;
            }
        }
        if self.rounds % VERIFIED == VERIFIED - 1 {
            self.verify_audit();
        }
        self.start().await
    }

    /// `stegvis audit verify`, as the operator would run it.
    fn verify_audit(&self) {
        let launch = Launch { binary: self.plan.binary.clone(), settings: self.place.settings(), before: Vec::new() };
        if let Err(error) = launch.run(&["audit", "verify"]) {
            self.site.found.borrow_mut().push(Finding::Broken(error.to_string()));
        }
    }

    /// Compares everything, and tells people what they go by in the next round.
    async fn check(&mut self, summary: &mut Summary) -> anyhow::Result<()> {
        let rows = Rows::read(&self.place)?;
        self.meet(&rows);
        let given = self.given().await?;
        self.sign_in_new().await?;
        let mut found = take(&mut *self.site.found.borrow_mut());
        {
            let shadow = self.site.shadow.borrow();
            found.extend(compare(&shadow, &rows, &given));
            summary.stored_unanswered += stored_unanswered(&shadow, &rows);
        }
        found.extend(aggregates(&rows, &self.bank));
        found.iter().for_each(|finding| summary.find(finding));
        self.go_on(&rows);
        Ok(())
    }

    /// Whose calculations there are by now.
    fn meet(&mut self, rows: &Rows) {
        let mine: BTreeMap<&str, Rc<str>> =
            self.people.iter().map(|person| (person.id.as_str(), Rc::clone(&person.session))).collect();
        for row in &rows.calculations {
            if let Some(session) = mine.get(row.student.as_str()) {
                self.sessions.insert(row.id.clone(), Rc::clone(session));
            }
        }
    }

    /// Every calculation with an acknowledged line, as the server gives it to its student.
    async fn given(&self) -> anyhow::Result<Given> {
        let mut connection = Connection::open(self.server()?.address).await?;
        let mut given = Given::new();
        let calculations: Vec<String> = self.site.shadow.borrow().lines.keys().cloned().collect();
        for calculation in calculations {
            // Without a row it is nobody's: lost, as `compare` tells.
            let Some(session) = self.sessions.get(&calculation) else { continue };
            let asked = Ask::get(format!("/api/v1/calculations/{calculation}")).by(session);
            let said = Self::answered(&mut connection, &asked).await?.json();
            let lines = said["lines"].as_array().into_iter().flatten().filter_map(line_of).collect();
            given.insert(calculation, lines);
        }
        Ok(given)
    }

    /// The answer, once it is neither «later» nor «too slow», as it may be on a crowded machine.
    async fn answered(connection: &mut Connection, ask: &Ask) -> anyhow::Result<Answer> {
        for _ in 0..PATIENCE {
            let answer = connection.ask(ask).await?;
            if !matches!(answer.status.as_u16(), 408 | 503) {
                return Ok(answer);
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        anyhow::bail!("{} is never answered: {}", ask.path, connection.ask(ask).await?.told())
    }

    /// Whoever was told that they have an account can sign in.
    async fn sign_in_new(&mut self) -> anyhow::Result<()> {
        let acknowledged: Vec<String> = {
            let shadow = self.site.shadow.borrow();
            let names = shadow.sign_ups.iter().filter(|(name, done)| **done && !self.known.contains(name));
            names.map(|(name, _)| name.clone()).collect()
        };
        let mut connection = Connection::open(self.server()?.address).await?;
        for user_name in acknowledged {
            let body = json!({ "user_name": user_name, "password": PASSWORD });
            let answer = Self::answered(&mut connection, &Ask::json("/api/v1/session", &body)).await?;
            if answer.status != 204 {
                let lost = Finding::Lost(format!("the account {user_name}: {}", answer.told()));
                self.site.found.borrow_mut().push(lost);
            }
            self.known.push(user_name);
        }
        Ok(())
    }

    /// What people go by from now on: what is stored.
    fn go_on(&mut self, rows: &Rows) {
        let waiting: Vec<_> = rows.distances.iter().filter(|row| !row.is_approved && !row.is_returned).collect();
        for person in &mut self.people {
            match &mut person.doing {
                Doing::Student { work: Some(work), .. } if work.lines.is_none() => learn(work, rows, &self.bank),
                Doing::Teacher(teacher) => {
                    let shadow = self.site.shadow.borrow();
                    let mine = waiting.iter().filter(|row| teacher.students.contains(&row.student));
                    let undecided = mine.filter(|row| !shadow.decisions.contains_key(&row.id));
                    teacher.waiting = undecided.map(|row| row.id.clone()).collect();
                    let mine = rows.appeals.iter().filter(|row| teacher.students.contains(&row.student));
                    let unanswered = mine.filter(|row| !shadow.answers.contains_key(&row.appeal));
                    teacher.appeals = unanswered.map(|row| row.appeal.clone()).collect();
                }
                _ => {}
            }
        }
    }

    /// An orderly end: with all of it synced, what is safe is what is there.
    fn end(&mut self, summary: &mut Summary) -> anyhow::Result<()> {
        let end = self.server.take().context("no server runs")?.stop()?;
        ensure!(end.code == Some(0), "the server ended with {:?}: {}", end.code, end.said);
        if let Some(durable) = self.durable.as_ref().filter(|_| self.plan.cut == Cut::Power) {
            let differing = durable.differing()?;
            if !differing.is_empty() {
                let said = format!("after an orderly end {differing:?} are not what was synced");
                summary.find(&Finding::Broken(said));
            }
        }
        self.verify_audit();
        take(&mut *self.site.found.borrow_mut()).iter().for_each(|finding| summary.find(finding));
        let shadow = self.site.shadow.borrow();
        summary.acknowledged += shadow.acknowledged;
        summary.failed += self.site.failed.get();
        summary.lines += shadow.lines.values().map(|of| of.len() as u64).sum::<u64>();
        Ok(())
    }
}
