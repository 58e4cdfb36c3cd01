//! Who takes part in a made-up event, and how much each of them does: the same for the same seed.

use rand::{RngExt, rngs::StdRng, seq::SliceRandom};
use stegvis::exercises::Bank;
use vault::{PersonId, SchoolId};

use super::{COURSES, GOAL_ITEMS, Size, WRITERS_COURSE};
use crate::world::World;

/// Of a hundred who take part, so many do all the items, and most of these go all the way.
const EAGER: usize = 4;
/// Of a hundred items, so many are of the own course.
const OF_COURSE: u32 = 85;

/// One who takes part.
pub struct Participant {
    pub id: PersonId,
    /// Among the plan's schools.
    pub school: usize,
    /// Among the courses.
    pub course: usize,
    /// They are one of the world's students, with a session and keys.
    pub writes: bool,
    /// Of the distances that a teacher has approved.
    pub metres: Vec<i32>,
    /// Finished in the event and of the own course: counted while items are written.
    pub items: i32,
}

impl Participant {
    pub fn approved(&self) -> i32 {
        self.metres.iter().sum()
    }
}

/// The whole event.
pub struct Plan {
    pub schools: Vec<SchoolId>,
    /// The world's students first, then everybody else in the order of their ids.
    pub participants: Vec<Participant>,
    /// Whose each item is, in the order in which the items are stored.
    pub owners: Vec<u32>,
    /// The names of all exercises.
    pub exercises: Vec<String>,
    /// For each course, whether each exercise is one of its own.
    pub belongs: Vec<Vec<bool>>,
    /// For each course, which exercises those are.
    pub of_course: Vec<Vec<usize>>,
}

impl Plan {
    pub fn draw(world: &World, bank: &Bank, size: Size, rng: &mut StdRng) -> Self {
        let others = size.schools.saturating_sub(world.schools.len()).max(1);
        let schools = world.schools.iter().copied();
        let schools = schools.chain((0..others).map(|at| SchoolId::from_bytes(spread(at, others, rng)))).collect();
        let writer = |student: &crate::world::Student| {
            let (id, school) = (student.person.id, world.groups[student.group].school);
            Participant { id, school, course: WRITERS_COURSE, writes: true, metres: Vec::new(), items: 0 }
        };
        let mut participants: Vec<Participant> = world.students.iter().map(writer).collect();
        let crowd = size.participants.saturating_sub(participants.len());
        for at in 0..crowd {
            let (id, school) = (PersonId::from_bytes(spread(at, crowd, rng)), world.schools.len() + at % others);
            let course = rng.random_range(0..COURSES.len());
            participants.push(Participant { id, school, course, writes: false, metres: Vec::new(), items: 0 });
        }
        let owners = owners(participants.len(), size.items, rng);
        let mut done = vec![0_i32; participants.len()];
        owners.iter().for_each(|owner| done[*owner as usize] += 1);
        for (one, done) in participants.iter_mut().zip(done) {
            one.metres = metres(done > GOAL_ITEMS, rng);
        }
        let exercises: Vec<String> = bank.exercises().iter().map(|one| one.id.as_str().to_owned()).collect();
        let is_in =
            |years: (i16, i16)| exercises.iter().map(|one| bank.is_of_years(&one.as_str().into(), years)).collect();
        let belongs: Vec<Vec<bool>> = COURSES.iter().map(|(_, from, to)| is_in((*from, *to))).collect();
        let of_course = belongs.iter().map(|is| (0..is.len()).filter(|at| is[*at]).collect()).collect();
        Self { schools, participants, owners, exercises, belongs, of_course }
    }

    /// The exercise of an item of somebody in this course, and whether it counts there.
    pub fn exercise(&self, course: usize, rng: &mut StdRng) -> (&str, bool) {
        let own = &self.of_course[course];
        let at = if !own.is_empty() && rng.random_ratio(OF_COURSE, 100) {
            own[rng.random_range(0..own.len())]
        } else {
            rng.random_range(0..self.exercises.len())
        };
        (&self.exercises[at], self.belongs[course][at])
    }
}

/// Whose each item is. A few do what is to be done, the others share the rest unevenly.
fn owners(people: usize, items: usize, rng: &mut StdRng) -> Vec<u32> {
    let mut owners = Vec::with_capacity(items);
    for _ in 0..people * EAGER / 100 {
        let who = rng.random_range(0..people) as u32;
        let many = (GOAL_ITEMS * 5 / 4) as usize + rng.random_range(0..40);
        owners.extend(std::iter::repeat_n(who, many.min(items - owners.len())));
    }
    while owners.len() < items {
        let at: f64 = rng.random();
        owners.push((at * at * people as f64) as u32);
    }
    owners.shuffle(rng);
    owners
}

/// Distances of one who takes part: all the way mostly, if they have done the items.
fn metres(is_eager: bool, rng: &mut StdRng) -> Vec<i32> {
    if is_eager && rng.random_ratio(4, 5) {
        return (0..6).map(|_| rng.random_range(7_200..9_000)).collect();
    }
    let many = rng.random_range(0..5);
    (0..many).map(|_| rng.random_range(500..9_000)).collect()
}

/// Sixteen bytes that rise with their number and lie as far from each other as random ones: what is written in their order
/// is written at the end of the table.
pub fn spread(at: usize, of: usize, rng: &mut StdRng) -> [u8; 16] {
    let step = u128::MAX / of.max(1) as u128;
    let low: u128 = rng.random();
    (at as u128 * step + low % step).to_be_bytes()
}
