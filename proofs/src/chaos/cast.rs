//! Who is at work, and what they go by.

use std::{collections::BTreeMap, rc::Rc};

use rand::{RngExt, SeedableRng, rngs::StdRng};
use stegvis::exercises::{Bank, draw};

use super::{
    people::{Doing, Person, Teacher, Work},
    rows::Rows,
};
use crate::world::{self, World, lines_of};

/// The item of an opened calculation, and so its way.
pub(super) fn learn(work: &mut Work, rows: &Rows, bank: &Bank) {
    let row = rows.calculations.iter().find(|row| row.id == work.calculation);
    let exercise = row.and_then(|row| Some((bank.exercise(&row.exercise.as_str().into())?, row.seed)));
    let item = exercise.and_then(|(exercise, seed)| draw(exercise, seed).ok());
    work.lines = item.map(|item| lines_of(&item).into());
}

/// Everybody, and whose calculations there are.
pub(super) fn people(world: &World, bank: &Bank, rng: &mut StdRng) -> (Vec<Person>, BTreeMap<String, Rc<str>>) {
    let mut sessions = BTreeMap::new();
    let mut people = Vec::new();
    let mut add = |person: &world::Person, doing: Doing| {
        let session: Rc<str> = person.session.as_str().into();
        let id = person.id.to_string();
        people.push(Person {
            id,
            session: Rc::clone(&session),
            doing,
            pending: None,
            rng: StdRng::seed_from_u64(rng.random()),
        });
        session
    };
    for student in &world.students {
        let first = student.calculations.first();
        let work = first.map(|opened| Work::new(opened.id.to_string(), Some(opened.lines.clone().into())));
        let user_name = student.person.user_name.clone();
        let session = add(&student.person, Doing::Student { user_name, work, extra: Vec::new() });
        sessions.extend(student.calculations.iter().map(|opened| (opened.id.to_string(), Rc::clone(&session))));
    }
    for (number, group) in world.groups.iter().enumerate() {
        let of = world.students.iter().filter(|student| student.group == number);
        let exercises = bank.exercises().iter().map(|exercise| exercise.id.as_str().to_owned()).take(20).collect();
        let teacher = Teacher {
            group: group.id.to_string(),
            students: of.map(|student| student.person.id.to_string()).collect(),
            exercises,
            waiting: Vec::new(),
            appeals: Vec::new(),
            given: Vec::new(),
            is_open: false,
        };
        add(&group.teacher, Doing::Teacher(teacher));
    }
    for individual in &world.individuals {
        add(individual, Doing::Individual { is_given: true });
        add(individual, Doing::Arrival { made: 0 });
    }
    (people, sessions)
}
