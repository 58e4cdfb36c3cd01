//! A municipality with students who have work before them, made directly through the vault: a thousand a second instead
//! of the few that could sign up over HTTP.

use std::ops::Range;

use anyhow::Context;
use rand::Rng;
use sha2::{Digest, Sha256};
use stegvis::{
    accounts::{Token, hash},
    app::App,
    calendar,
    exercises::{Exercise, Item, draw},
};
use vault::{
    CalculationId, ControllerId, EventId, Fault, GroupId, MembershipId, Millis, PersonId, Role, SchoolId, SessionId,
    Tx, access,
    rows::{
        accounts, calculations,
        consents::{self, Consent, Purpose, Step},
        maraton, people, sessions,
    },
};

/// Everybody's.
pub const PASSWORD: &str = "lugn-torsdag-29";

const TIME_ZONE: &str = "Europe/Stockholm";
const DAY: i64 = 86_400_000;
/// Students that share a commit.
const AT_ONCE: usize = 500;

/// How large a world is made.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub schools: usize,
    /// Groups in each school, each with a teacher of its own.
    pub groups: usize,
    /// Students in all, dealt out over the groups.
    pub students: usize,
    /// Calculations that each of them has opened.
    pub calculations: usize,
    /// Individuals who are their own controller and have consented to everything.
    pub individuals: usize,
}

/// Who is in it.
pub struct World {
    pub controller: ControllerId,
    pub schools: Vec<SchoolId>,
    pub groups: Vec<Group>,
    pub students: Vec<Student>,
    pub individuals: Vec<Person>,
}

/// A group and who teaches it.
pub struct Group {
    pub id: GroupId,
    /// Among the world's schools.
    pub school: usize,
    pub teacher: Person,
}

/// Somebody with a session. Their password is [`PASSWORD`].
#[derive(Clone)]
pub struct Person {
    pub id: PersonId,
    pub user_name: String,
    /// What the cookie holds.
    pub session: String,
}

/// A student in a group.
pub struct Student {
    pub person: Person,
    /// Among the world's groups.
    pub group: usize,
    pub calculations: Vec<Opened>,
}

/// An opened calculation and what may be handed in for it.
#[derive(Clone)]
pub struct Opened {
    pub id: CalculationId,
    pub exercise: String,
    pub seed: i64,
    /// Lines that finish it, with one wrong line before the last.
    pub lines: Vec<String>,
}

/// Lines that finish an item, with one wrong line before the last, as a student writes.
#[must_use]
pub fn lines_of(item: &Item) -> Vec<String> {
    let mut lines = item.worked.clone();
    let wrong = item.wrong.first().map(|wrong| wrong.line.clone()).unwrap_or_else(|| "x = 98765".to_owned());
    lines.insert(lines.len().saturating_sub(1), wrong);
    lines
}

/// Makes a world in an empty place.
///
/// # Errors
/// When the vault does not take it.
pub async fn make(app: &App, size: Size) -> anyhow::Result<World> {
    let maker = Maker { app, hash: hash(PASSWORD, &app.chance)?, now: app.clock.now() };
    let controller = maker.controller("municipality", "Norrlida kommun").await?;
    let schools = maker.schools(controller, size.schools).await?;
    let mut groups = Vec::new();
    for (school, id) in schools.iter().enumerate() {
        for number in 0..size.groups {
            groups.push(maker.group(controller, (school, *id), number).await?);
        }
    }
    let exercises: Vec<&Exercise> =
        app.bank.exercises().iter().filter(|exercise| exercise.id.as_str().contains("step")).collect();
    let exercises = if exercises.is_empty() { app.bank.exercises().iter().collect() } else { exercises };
    let mut students = Vec::with_capacity(size.students);
    while students.len() < size.students {
        let numbers = students.len()..size.students.min(students.len() + AT_ONCE);
        let homes: Vec<_> = groups.iter().map(|group| (schools[group.school], group.id)).collect();
        students.extend(maker.students(controller, &homes, numbers, size.calculations, &exercises).await?);
    }
    let mut individuals = Vec::with_capacity(size.individuals);
    for _ in 0..size.individuals {
        individuals.push(maker.individual().await?);
    }
    Ok(World { controller, schools, groups, students, individuals })
}

/// Somebody about to be stored.
#[derive(Clone)]
struct New {
    row: people::NewPerson,
    membership: people::NewMembership,
    token: [u8; 32],
}

struct Maker<'a> {
    app: &'a App,
    hash: String,
    now: Millis,
}

impl Maker<'_> {
    async fn controller(&self, kind: &str, name: &str) -> anyhow::Result<ControllerId> {
        let (id, event) = (self.app.chance.draw(ControllerId::random), self.app.chance.draw(EventId::random));
        let (kind, name, now) = (kind.to_owned(), name.to_owned(), self.now);
        let event = (kind == "municipality").then(|| maraton::Event {
            controller_id: id,
            id: event,
            name: format!("{name} springer"),
            opens_at: now.plus(-7 * DAY),
            closes_at: now.plus(21 * DAY),
            goal_metres: 42_195,
            goal_items: 200,
            rules: String::new(),
            announcement: String::new(),
            host: id,
            open_to: maraton::OpenTo::Own.name().to_owned(),
            invitation: String::new(),
            is_public: false,
        });
        self.write(move |tx| {
            let (kind, name, time_zone) = (kind.clone(), name.clone(), TIME_ZONE.to_owned());
            people::add_controller(tx, &people::NewController { id, kind, name, time_zone, created_at: now })?;
            event.iter().try_for_each(|event| maraton::add_event(tx, event, &[]))
        })
        .await?;
        Ok(id)
    }

    async fn schools(&self, controller: ControllerId, count: usize) -> anyhow::Result<Vec<SchoolId>> {
        let ids: Vec<_> = (0..count).map(|_| self.app.chance.draw(SchoolId::random)).collect();
        let made = ids.clone();
        self.write(move |tx| {
            made.iter().enumerate().try_for_each(|(number, id)| {
                let school = people::NewSchool {
                    controller_id: controller,
                    id: *id,
                    external_id: None,
                    name: format!("Björkskolan {}", number + 1),
                    number_of_students: 400,
                    address: None,
                    latitude: None,
                    longitude: None,
                };
                people::add_school(tx, &school)
            })
        })
        .await?;
        Ok(ids)
    }

    /// The group and its teacher.
    async fn group(&self, of: ControllerId, (at, school): (usize, SchoolId), number: usize) -> anyhow::Result<Group> {
        let id = self.app.chance.draw(GroupId::random);
        let teacher = self.newcomer(of, Role::Teacher, Some((school, id)));
        let (hash, now, stored) = (self.hash.clone(), self.now, teacher.clone());
        self.write(move |tx| {
            let (name, external_id) = (format!("{}{}", 7 + number % 3, char::from(b'A' + number as u8 % 26)), None);
            let group = people::NewGroup { controller_id: of, id, school_id: school, external_id, name };
            people::add_group(tx, &group)?;
            store(tx, of, std::slice::from_ref(&stored), &hash, now)
        })
        .await?;
        Ok(Group { id, school: at, teacher: teacher.person() })
    }

    async fn students(
        &self,
        of: ControllerId,
        homes: &[(SchoolId, GroupId)],
        numbers: Range<usize>,
        calculations: usize,
        exercises: &[&Exercise],
    ) -> anyhow::Result<Vec<Student>> {
        let mut made = Vec::with_capacity(numbers.len());
        let mut rows = Vec::with_capacity(numbers.len());
        for number in numbers {
            let group = number % homes.len();
            let new = self.newcomer(of, Role::Student, homes.get(group).copied());
            let own = exercises.iter().cycle().skip(number).filter_map(|exercise| self.opened(exercise));
            let own: Vec<Opened> = own.take(calculations).collect();
            made.push(Student { person: new.person(), group, calculations: own.clone() });
            rows.push((new, own));
        }
        let (hash, now) = (self.hash.clone(), self.now);
        self.write(move |tx| {
            let persons: Vec<New> = rows.iter().map(|(new, _)| new.clone()).collect();
            store(tx, of, &persons, &hash, now)?;
            for (new, own) in &rows {
                let Some(credential) = accounts::credential(tx, &new.row.user_name)? else { return Err(Fault::NoKey) };
                let me = credential.proven();
                for opened in own {
                    calculations::open(tx, &me.own(), &opened.row(now), None)?;
                }
            }
            Ok(())
        })
        .await?;
        Ok(made)
    }

    /// Nothing if no item can be drawn.
    fn opened(&self, exercise: &Exercise) -> Option<Opened> {
        let seed = self.app.chance.seed();
        let item = draw(exercise, seed).ok()?;
        let (id, exercise) = (self.app.chance.calculation(), exercise.id.as_str().to_owned());
        Some(Opened { id, exercise, seed, lines: lines_of(&item) })
    }

    async fn individual(&self) -> anyhow::Result<Person> {
        let of = self.controller(consents::INDIVIDUAL, "").await?;
        let new = self.newcomer(of, Role::Individual, None);
        let (hash, now, stored) = (self.hash.clone(), self.now, new.clone());
        self.write(move |tx| {
            store(tx, of, std::slice::from_ref(&stored), &hash, now)?;
            let me = accounts::credential(tx, &stored.row.user_name)?.ok_or(Fault::NoKey)?.proven();
            let sight = access::individual(tx, &me, now).map_err(|_| Fault::NoKey)?;
            Purpose::ALL.iter().try_for_each(|purpose| {
                let (purpose, step, text_version, at) = (*purpose, Step::Given, consents::TEXT, now);
                consents::add(tx, &sight, &Consent { purpose, step, text_version, at })
            })
        })
        .await?;
        Ok(new.person())
    }

    fn newcomer(&self, of: ControllerId, role: Role, home: Option<(SchoolId, GroupId)>) -> New {
        let id = self.app.chance.person();
        let token = self.app.chance.draw(|rng| {
            let mut bytes = [0; 32];
            rng.fill_bytes(&mut bytes);
            bytes
        });
        let row = people::NewPerson {
            controller_id: of,
            id,
            external_id: None,
            name: "Alva Lind".to_owned(),
            user_name: id.to_string(),
            email: None,
            school_year: (role != Role::Teacher).then_some(8),
            language: "sv".to_owned(),
            language_form: None,
            created_at: self.now,
        };
        let membership = people::NewMembership {
            controller: of,
            id: self.app.chance.draw(MembershipId::random),
            person: id,
            school: home.map(|(school, _)| school),
            group: home.map(|(_, group)| group),
            role,
            from: self.now,
            to: None,
        };
        New { row, membership, token }
    }

    async fn write<F>(&self, act: F) -> anyhow::Result<()>
    where
        F: Fn(&mut Tx) -> Result<(), Fault> + Send + 'static,
    {
        self.app.vault.write(act).await.context("the world is not stored")
    }
}

impl New {
    fn person(&self) -> Person {
        let session = Token::from_bytes(self.token).to_text();
        Person { id: self.row.id, user_name: self.row.user_name.clone(), session }
    }
}

impl Opened {
    fn row(&self, now: Millis) -> calculations::NewCalculation {
        calculations::NewCalculation {
            id: self.id,
            exercise: self.exercise.clone(),
            seed: self.seed,
            difficulty: 0.0,
            of_assignment: None,
            opened_at: now,
        }
    }
}

/// Stores people of one controller with their memberships, passwords and sessions.
fn store(tx: &mut Tx, of: ControllerId, new: &[New], hash: &str, now: Millis) -> Result<(), Fault> {
    let rows: Vec<_> = new.iter().map(|new| new.row.clone()).collect();
    people::add_persons(tx, &rows)?;
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    accounts::set_passwords(tx, of, &ids, hash, now)?;
    for new in new {
        people::add_membership(tx, &new.membership)?;
        let me = accounts::credential(tx, &new.row.user_name)?.ok_or(Fault::NoKey)?.proven();
        let token_hash: [u8; 32] = Sha256::digest(new.token).into();
        let session = sessions::NewSession {
            token: token_hash,
            id: SessionId::from_bytes(std::array::from_fn(|at| token_hash[at])),
            browser: None,
            system: None,
            by_code_of: None,
            by_card: false,
            opened: now,
            used_on: calendar::day(now, TIME_ZONE).to_string(),
            expires: now.plus(DAY),
        };
        sessions::open(tx, &me, &session)?;
    }
    Ok(())
}
