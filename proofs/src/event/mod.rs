//! A MatteMaraton of any size, written past the vault beside a world whose students can hand in lines: participants and
//! their schools, finished items, approved distances, and the running figures that belong to these.
//!
//! Nobody but the world's students has keys or a session, and no item has lines: whoever only stands in the figures needs
//! neither. All of it is one controller's, as an event is.

mod plan;
mod rows;

use anyhow::Context;
use rand::{Rng, RngExt, SeedableRng, rngs::StdRng};
use stegvis::exercises::Bank;
use vault::Millis;

use self::plan::{Participant, Plan, spread};
pub use self::rows::Rows;
use crate::{place::Place, world::World};

/// Names and school years of the courses.
const COURSES: [(&str, i16, i16); 5] =
    [("Stigen", 1, 3), ("Slingan", 4, 6), ("Loppet", 7, 9), ("Fjället", 10, 12), ("Allt", 1, 12)];
/// Among these, the one that the world's students have picked: every item that they finish counts.
const WRITERS_COURSE: usize = 4;
const GOAL_ITEMS: i32 = 200;
const GOAL_METRES: i32 = 42_195;
const HOUR: i64 = 3_600_000;
/// Of a hundred items, so many were finished before the event opened.
const BEFORE: u32 = 3;

/// How large an event is made, the world's own students and schools counted.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub participants: usize,
    pub schools: usize,
    /// Finished items.
    pub items: usize,
}

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    pub participants: usize,
    pub schools: usize,
    pub items: usize,
    /// Of the items, those that count.
    pub counted: i64,
    pub finishers: usize,
    /// Approved.
    pub distances: usize,
    /// Distances of the world's students that wait for their teachers, one each.
    pub waiting: usize,
}

/// The event that is written.
struct Made<'a> {
    world: &'a World,
    plan: Plan,
    rows: Rows,
    rng: StdRng,
    id: fn(&[u8; 16]) -> String,
    controller: String,
    event: String,
    opens_at: Millis,
    now: Millis,
}

/// Writes an event of this size beside a world that was just made. Nobody else may have the database open.
///
/// # Errors
/// When a database does not take it.
pub fn fill(place: &Place, world: &World, size: Size, seed: u64, now: Millis) -> anyhow::Result<Written> {
    let bank = Bank::shipped()?;
    let mut rng = StdRng::seed_from_u64(seed);
    let plan = Plan::draw(world, &bank, size, &mut rng);
    let told = place.raw()?.read("SELECT {id}, opens_at FROM event", |row| Ok(row.to_vec()))?;
    let [event] = told.as_slice() else { anyhow::bail!("the world has one event") };
    let (digits, opens_at) = (u128::from_str_radix(&event[0], 16)?, Millis(event[1].parse()?));
    let rows = Rows::open(place)?;
    let id = rows.id();
    let (controller, event) = (id(world.controller.as_bytes()), id(&digits.to_be_bytes()));
    let mut made = Made { world, plan, rows, rng, id, controller, event, opens_at, now };
    made.people()?;
    let items = made.items()?;
    let (distances, waiting) = made.distances()?;
    made.figures()?;
    made.rows.settle()?;
    let participants = &made.plan.participants;
    Ok(Written {
        participants: participants.len(),
        schools: made.plan.schools.len(),
        items,
        counted: participants.iter().map(|one| i64::from(one.items)).sum(),
        finishers: participants.iter().filter(|one| is_there(one)).count(),
        distances,
        waiting,
    })
}

fn is_there(one: &Participant) -> bool {
    one.items >= GOAL_ITEMS && one.approved() >= GOAL_METRES
}

impl Made<'_> {
    /// Courses, schools and whoever is not in the world yet.
    fn people(&mut self) -> anyhow::Result<()> {
        let Self { world, plan, rows, rng, id, controller, event, now, .. } = self;
        let id = *id;
        let goals = format!("goal_items = {GOAL_ITEMS}, goal_metres = {GOAL_METRES}");
        rows.run(&format!("UPDATE event SET {goals} WHERE id = {event}"))?;
        let course = |(number, (name, from, to)): (usize, &(&str, i16, i16))| {
            format!("{controller}, {event}, {}, '{name}', {from}, {to}", number + 1)
        };
        let columns = "course (controller_id, event_id, number, name, from_year, to_year)";
        rows.insert(columns, COURSES.iter().enumerate().map(course))?;
        let first = world.schools.len();
        let school = |(number, school): (usize, &vault::SchoolId)| {
            let students = rng.random_range(60..600);
            format!("{controller}, {}, 'Skola {number:05}', {students}", id(school.as_bytes()))
        };
        let new = plan.schools.iter().enumerate().skip(first).map(school);
        rows.insert("school (controller_id, id, name, number_of_students)", new)?;
        let crowd = || plan.participants.iter().filter(|one| !one.writes);
        let person = |one: &Participant| {
            let (whose, year) = (id(one.id.as_bytes()), COURSES[one.course].1);
            format!("{controller}, {whose}, {whose}, {whose}, {year}, 'sv', {}, '2026-01-01'", now.0)
        };
        let columns = "person (controller_id, id, name, user_name, school_year, language, created_at, active_on)";
        rows.insert(columns, crowd().map(person))?;
        rows.run(&format!(
            "UPDATE person SET active_on = {} WHERE active_on = '2026-01-01'",
            "(SELECT MAX(used_on) FROM session)"
        ))?;
        let student = |one: &Participant| format!("{controller}, {}, 0, 0, 0, 0", id(one.id.as_bytes()));
        rows.insert("student (controller_id, person_id, version, ability, responses, last_at)", crowd().map(student))?;
        let membership = |one: &Participant| {
            let (whose, school) = (id(one.id.as_bytes()), id(plan.schools[one.school].as_bytes()));
            format!("{controller}, {whose}, {whose}, {school}, 'student', {}", now.0)
        };
        let columns = "membership (controller_id, id, person_id, school_id, role, from_at)";
        rows.insert(columns, crowd().map(membership)).map(drop)
    }

    /// Finished items, counted as they are written.
    fn items(&mut self) -> anyhow::Result<usize> {
        let Self { plan, rows, rng, id, controller, opens_at, now, .. } = self;
        let id = *id;
        let indexes = rows.drop_indexes("calculation")?;
        let owners = std::mem::take(&mut plan.owners);
        let mut counted = vec![0; plan.participants.len()];
        let of = owners.len();
        let item = |(at, owner): (usize, &u32)| {
            let owner = *owner as usize;
            let one = &plan.participants[owner];
            let (exercise, counts) = plan.exercise(one.course, rng);
            let is_before = rng.random_ratio(BEFORE, 100);
            let finished = if is_before {
                opens_at.0 - rng.random_range(HOUR..400 * HOUR)
            } else {
                rng.random_range(opens_at.0..now.0)
            };
            counted[owner] += i32::from(counts && !is_before);
            let (opened, seed) = (finished - rng.random_range(20_000..600_000), rng.next_u64() >> 11);
            let (calculation, student) = (id(&spread(at, of, rng)), id(one.id.as_bytes()));
            format!("{controller}, {calculation}, {student}, '{exercise}', {seed}, 0, 0, {opened}, {finished}")
        };
        let columns =
            "calculation (controller_id, id, student_id, exercise, seed, difficulty, hints, opened_at, finished_at)";
        let written = rows.insert(columns, owners.iter().enumerate().map(item))?;
        plan.participants.iter_mut().zip(counted).for_each(|(one, items)| one.items = items);
        rows.make_indexes(&indexes)?;
        Ok(written)
    }

    /// Approved distances of everybody, and one of each of the world's students that waits.
    fn distances(&mut self) -> anyhow::Result<(usize, usize)> {
        let Self { world, plan, rows, rng, id, controller, event, opens_at, now, .. } = self;
        let id = *id;
        let teacher = id(world.groups.first().context("a group")?.teacher.id.as_bytes());
        let of = plan.participants.iter().map(|one| one.metres.len() + usize::from(one.writes)).sum();
        let day = format!("'{}'", rows.ask("SELECT MAX(used_on) AS said FROM session")?.concat());
        let all = plan.participants.iter().flat_map(|one| {
            let approved = one.metres.iter().map(move |metres| (one, *metres, true));
            approved.chain(one.writes.then_some((one, 2_500, false)))
        });
        let distance = |(at, (one, metres, is_approved)): (usize, (&Participant, i32, bool))| {
            let (this, whose) = (id(&spread(at, of, rng)), id(one.id.as_bytes()));
            let (school, when) = (id(plan.schools[one.school].as_bytes()), rng.random_range(opens_at.0..now.0));
            let approved = if is_approved { format!("{teacher}, {when}") } else { "NULL, NULL".to_owned() };
            let seconds = metres / 2;
            format!(
                "{controller}, {this}, {event}, {school}, {whose}, {metres}, {seconds}, {day}, {when}, {this}, {approved}"
            )
        };
        let columns = "distance (controller_id, id, event_id, school_id, student_id, metres, seconds, travelled_on, \
                       reported_at, key, approved_by, approved_at)";
        let written = rows.insert(columns, all.enumerate().map(distance))?;
        let waiting = plan.participants.iter().filter(|one| one.writes).count();
        Ok((written - waiting, waiting))
    }

    /// What a line and an approval would have kept up meanwhile.
    fn figures(&mut self) -> anyhow::Result<()> {
        let Self { plan, rows, id, controller, event, now, .. } = self;
        let id = *id;
        let entrant = |one: &Participant| {
            let (whose, school) = (id(one.id.as_bytes()), id(plan.schools[one.school].as_bytes()));
            let finished = if is_there(one) { now.0.to_string() } else { "NULL".to_owned() };
            let (course, items, metres) = (one.course + 1, one.items, one.approved());
            format!("{controller}, {event}, {whose}, {school}, {course}, {items}, {metres}, {finished}")
        };
        let columns = "entrant (controller_id, event_id, student_id, school_id, course, items, metres, finished_at)";
        rows.insert(columns, plan.participants.iter().map(entrant))?;
        let mut sums = vec![[0_i64; 5]; plan.schools.len()];
        for one in &plan.participants {
            let more = [one.approved().into(), one.metres.len() as i64, 1, is_there(one).into(), one.items.into()];
            sums[one.school].iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
        }
        let standing = |(school, [metres, distances, entrants, finishers, items]): (&vault::SchoolId, [i64; 5])| {
            let school = id(school.as_bytes());
            format!("{controller}, {event}, {school}, {metres}, {distances}, {entrants}, {finishers}, {items}")
        };
        let columns = "standing (controller_id, event_id, school_id, metres, distances, entrants, finishers, items)";
        rows.insert(columns, plan.schools.iter().zip(sums).map(standing)).map(drop)
    }
}
