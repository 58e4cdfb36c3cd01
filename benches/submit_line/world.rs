//! Students with a session and an open calculation each, and the lines that they will hand in.

use std::{
    fs::File,
    io::{BufRead, BufReader, BufWriter, Write},
    path::Path,
};

use anyhow::Context;
use rand::Rng;
use sha2::{Digest, Sha256};
use stegvis::{
    accounts::Token,
    app::App,
    calendar,
    exercises::{Exercise, Item, draw},
};
use vault::{
    ControllerId, Fault, GroupId, IdempotencyKey, MembershipId, Role, SchoolId, SessionId, Tx,
    rows::{accounts, calculations, people, sessions},
};

const AT_ONCE: usize = 500;
const TIME_ZONE: &str = "Europe/Stockholm";

/// What one student hands in.
pub struct Calculation {
    token: String,
    id: String,
    lines: Vec<(String, String)>,
}

impl Calculation {
    /// The request that opens it, as it goes over the wire.
    pub fn opening(&self) -> Vec<u8> {
        format!(
            "GET /api/v1/calculations/{} HTTP/1.1\r\nhost: bench\r\ncookie: stegvis={}\r\n\r\n",
            self.id, self.token
        )
        .into_bytes()
    }

    /// The requests that hand in its lines.
    pub fn requests(&self) -> Vec<Vec<u8>> {
        let line = |(key, line): &(String, String)| {
            let body = format!(r#"{{"key":"{key}","line":"{line}"}}"#);
            format!(
                "POST /api/v1/calculations/{}/lines HTTP/1.1\r\nhost: bench\r\ncookie: stegvis={}\r\nsec-fetch-site: same-origin\r\n\
                 content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
                self.id,
                self.token,
                body.len()
            )
            .into_bytes()
        };
        self.lines.iter().map(line).collect()
    }
}

/// Makes the students and writes down what they will hand in.
pub async fn fill(app: &App, students: usize, plan: &Path) -> anyhow::Result<()> {
    let mut out = BufWriter::new(File::create(plan)?);
    let home = home(app).await?;
    let exercises: Vec<&Exercise> =
        app.bank.exercises().iter().filter(|exercise| exercise.id.as_str().contains("step")).collect();
    let exercises = if exercises.is_empty() { app.bank.exercises().iter().collect() } else { exercises };
    let mut made = 0;
    while made < students {
        let mut batch = Vec::with_capacity(AT_ONCE);
        for exercise in exercises.iter().cycle().take(AT_ONCE) {
            let seed = app.chance.seed();
            let Ok(item) = draw(exercise, seed) else { continue };
            batch.push(student(app, &home, exercise, seed, &item));
        }
        for student in &batch {
            write!(out, "{}\t{}", student.token, student.calculation.id)?;
            for line in &student.lines {
                write!(out, "\t{}\t{line}", app.chance.draw(IdempotencyKey::random))?;
            }
            writeln!(out)?;
        }
        made += batch.len();
        app.vault
            .write(move |tx| {
                let persons: Vec<_> = batch.iter().map(|student| student.person.clone()).collect();
                people::add_persons(tx, &persons)?;
                let ids: Vec<_> = persons.iter().map(|person| person.id).collect();
                accounts::set_passwords(tx, home.controller, &ids, "nobody signs in with it", home.now)?;
                batch.iter().try_for_each(|student| student.store(tx))
            })
            .await?;
    }
    out.flush()?;
    Ok(())
}

/// What [`fill`] wrote down.
pub fn read(plan: &Path) -> anyhow::Result<Vec<Calculation>> {
    BufReader::new(File::open(plan)?)
        .lines()
        .map(|line| {
            let line = line?;
            let mut parts = line.split('\t').map(str::to_owned);
            let token = parts.next().context("a token")?;
            let id = parts.next().context("an id")?;
            let rest: Vec<String> = parts.collect();
            let lines = rest.chunks_exact(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect();
            Ok(Calculation { token, id, lines })
        })
        .collect()
}

#[derive(Clone, Copy)]
struct Home {
    controller: ControllerId,
    school: SchoolId,
    group: GroupId,
    now: vault::Millis,
}

async fn home(app: &App) -> anyhow::Result<Home> {
    let controller = app.chance.draw(ControllerId::random);
    let (school, group) = (app.chance.draw(SchoolId::random), app.chance.draw(GroupId::random));
    let now = app.clock.now();
    app.vault
        .write(move |tx| {
            let (name, time_zone) = ("Norrlida".to_owned(), TIME_ZONE.to_owned());
            let kind = "municipality".to_owned();
            people::add_controller(
                tx,
                &people::NewController { id: controller, kind, name, time_zone, created_at: now },
            )?;
            people::add_school(
                tx,
                &people::NewSchool {
                    controller_id: controller,
                    id: school,
                    external_id: None,
                    name: "Björkskolan".to_owned(),
                    number_of_students: 400,
                    address: None,
                    latitude: None,
                    longitude: None,
                },
            )?;
            let name = "8B".to_owned();
            people::add_group(
                tx,
                &people::NewGroup { controller_id: controller, id: group, school_id: school, external_id: None, name },
            )
        })
        .await
        .map_err(|fault: Fault| fault)?;
    Ok(Home { controller, school, group, now })
}

/// One student, ready to be stored.
struct Student {
    person: people::NewPerson,
    membership: people::NewMembership,
    token: String,
    hash: [u8; 32],
    calculation: calculations::NewCalculation,
    lines: Vec<String>,
}

fn student(app: &App, home: &Home, exercise: &Exercise, seed: i64, item: &Item) -> Student {
    let now = app.clock.now();
    let id = app.chance.person();
    let token = app.chance.draw(|rng| {
        let mut bytes = [0; 32];
        rng.fill_bytes(&mut bytes);
        bytes
    });
    // The worked lines with one wrong line before the last, as a student writes.
    let mut lines = item.worked.clone();
    let wrong = item.wrong.first().map(|wrong| wrong.line.clone()).unwrap_or_else(|| "x = 98765".to_owned());
    lines.insert(lines.len().saturating_sub(1), wrong);
    Student {
        person: people::NewPerson {
            controller_id: home.controller,
            id,
            external_id: None,
            name: "Alva Lind".to_owned(),
            user_name: id.to_string(),
            email: None,
            school_year: Some(8),
            language: "sv".to_owned(),
            language_form: None,
            created_at: home.now,
        },
        membership: people::NewMembership {
            controller: home.controller,
            id: app.chance.draw(MembershipId::random),
            person: id,
            school: Some(home.school),
            group: Some(home.group),
            role: Role::Student,
            from: home.now,
            to: None,
        },
        token: Token::from_bytes(token).to_text(),
        hash: Sha256::digest(token).into(),
        calculation: calculations::NewCalculation {
            id: app.chance.calculation(),
            exercise: exercise.id.as_str().to_owned(),
            seed,
            difficulty: 0.0,
            of_assignment: None,
            opened_at: now,
        },
        lines,
    }
}

impl Student {
    fn store(&self, tx: &mut Tx) -> Result<(), Fault> {
        let now = self.person.created_at;
        people::add_membership(tx, &self.membership)?;
        let Some(credential) = accounts::credential(tx, &self.person.user_name)? else { return Ok(()) };
        let me = credential.proven();
        let session = sessions::NewSession {
            token: self.hash,
            id: SessionId::from_bytes(std::array::from_fn(|at| self.hash[at])),
            browser: None,
            system: None,
            by_code_of: None,
            by_card: false,
            opened: now,
            // Today, or each student would first have the day written down.
            used_on: calendar::day(now, TIME_ZONE).to_string(),
            expires: now.plus(86_400_000),
        };
        sessions::open(tx, &me, &session)?;
        calculations::open(tx, &me.own(), &self.calculation, None)?;
        Ok(())
    }
}
