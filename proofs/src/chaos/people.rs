//! People at work at the same time. Each does one thing after the other, and after a cut asks for the same again with
//! the same key.

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    net::SocketAddr,
    rc::Rc,
    time::Duration,
};

use rand::{Rng, RngExt, rngs::StdRng};

use super::{
    Finding,
    act::{Act, Appeal},
    shadow::Shadow,
};
use crate::client::{Answer, Connection};

/// Lines that are handed in for an item whose way is not known yet: fewer than a calculation may have.
const MOST_GUESSES: usize = 120;
/// What somebody waits who was told that the server cannot just now.
const PAUSE: Duration = Duration::from_millis(20);

/// What all of them share.
pub(super) struct Site {
    pub shadow: Rc<RefCell<Shadow>>,
    pub found: Rc<RefCell<Vec<Finding>>>,
    /// Nobody begins anything new.
    pub ends: Cell<bool>,
    pub forgetful: bool,
    /// The database goes away under the server, which may then say so in any way: counted, nothing more.
    pub loses_database: bool,
    pub failed: Cell<u64>,
}

/// Somebody.
pub(super) struct Person {
    /// Their id.
    pub id: String,
    pub session: Rc<str>,
    pub doing: Doing,
    /// Asked for and not answered.
    pub pending: Option<Act>,
    pub rng: StdRng,
}

/// What they do, and what they go by.
pub(super) enum Doing {
    Student { user_name: String, work: Option<Work>, extra: Vec<String> },
    Teacher(Teacher),
    Individual { is_given: bool },
    Arrival { made: usize },
}

/// A calculation before a student.
pub(super) struct Work {
    pub calculation: String,
    /// Lines that lead to its end, where its item is known.
    pub lines: Option<VecDeque<String>>,
    pub guesses: usize,
    /// The number of a wrong line that was not held to be right yet.
    pub wrong: Option<i64>,
}

impl Work {
    pub(super) fn new(calculation: String, lines: Option<VecDeque<String>>) -> Self {
        Self { calculation, lines, guesses: 0, wrong: None }
    }
}

pub(super) struct Teacher {
    pub group: String,
    pub students: Vec<String>,
    pub exercises: Vec<String>,
    /// Distances of the group that wait.
    pub waiting: Vec<String>,
    /// Lines that students of the group hold to be right, and that wait for an answer.
    pub appeals: Vec<Appeal>,
    /// Assignments that may be taken back.
    pub given: Vec<String>,
    pub is_open: bool,
}

impl Person {
    /// Works until the connection is cut or all end.
    pub(super) async fn work(mut self, to: SocketAddr, site: Rc<Site>) -> Self {
        let Ok(mut connection) = Connection::open(to).await else { return self };
        while !site.ends.get() {
            let (act, anew) = match self.pending.take() {
                Some(act) => (self.again(act, site.forgetful), false),
                None => (self.next(), true),
            };
            site.shadow.borrow_mut().intend(&self.id, &act, anew);
            let ask = match &act {
                Act::SignIn { .. } | Act::SignUp { .. } => act.ask(),
                Act::SignOut { token } => act.ask().by(&token.as_str().into()),
                _ => act.ask().by(&self.session),
            };
            self.pending = Some(act.clone());
            let Ok(answer) = connection.ask(&ask).await else { return self };
            if !self.settle(&act, &answer, anew, &site) {
                tokio::time::sleep(PAUSE).await;
            }
        }
        self
    }

    /// What was under way, once more.
    fn again(&mut self, act: Act, forgetful: bool) -> Act {
        match act {
            Act::Line { calculation, text, .. } if forgetful => {
                Act::Line { calculation, text, key: key(&mut self.rng) }
            }
            act => act,
        }
    }

    /// Takes in an answer. False if the same is to be asked for again after a while.
    fn settle(&mut self, act: &Act, answer: &Answer, anew: bool, site: &Site) -> bool {
        let status = answer.status.as_u16();
        let code = answer.json()["code"].as_str().unwrap_or_default().to_owned();
        // On a crowded machine this program may be too slow to send what it wants to ask: 408, and nothing was done.
        if status >= 500 || status == 408 || code == "collided" {
            // Whether it was done is not known: it may be asked for again.
            match status {
                500 if site.loses_database => site.failed.set(site.failed.get() + 1),
                500 => self.tell(site, act, answer),
                _ => {}
            }
            return false;
        }
        self.pending = None;
        if site.forgetful && code == "closed" {
            self.done(act, answer, true);
            return true;
        }
        if !act.is_done(status) || (status == 409 && anew) {
            self.tell(site, act, answer);
            return true;
        }
        if let Err(error) = site.shadow.borrow_mut().acknowledge(&self.id, act, answer) {
            site.found.borrow_mut().push(Finding::Broken(error));
        }
        self.done(act, answer, answer.json()["finished"].as_bool() == Some(true));
        true
    }

    fn tell(&self, site: &Site, act: &Act, answer: &Answer) {
        let mut told = answer.told();
        told.truncate(told.char_indices().nth(300).map_or(told.len(), |(at, _)| at));
        site.found.borrow_mut().push(Finding::Broken(format!("{act:?} by {}: {told}", self.id)));
    }

    /// What follows for the one who did it.
    fn done(&mut self, act: &Act, answer: &Answer, finished: bool) {
        match (&mut self.doing, act) {
            (Doing::Student { work, .. }, Act::Line { .. }) if finished => *work = None,
            (Doing::Student { work: Some(work), .. }, Act::Line { .. }) => {
                let said = answer.json();
                work.wrong = said["number"].as_i64().filter(|_| said["verdict"]["kind"] == "wrong");
            }
            (Doing::Student { work, .. }, Act::Open) => {
                let calculation = answer.json()["id"].as_str().unwrap_or_default().to_owned();
                *work = Some(Work::new(calculation, None));
            }
            (Doing::Student { extra, .. }, Act::SignIn { .. }) => {
                extra.extend(answer.session().map(|token| token.to_string()));
            }
            (Doing::Teacher(teacher), Act::Give { key, .. }) => teacher.given.push(key.clone()),
            (Doing::Teacher(teacher), Act::OpenCode { .. }) => teacher.is_open = true,
            (Doing::Teacher(teacher), Act::CloseCode { .. }) => teacher.is_open = false,
            (Doing::Individual { is_given }, Act::Consent { give }) => *is_given = *give,
            _ => {}
        }
    }

    fn next(&mut self) -> Act {
        let rng = &mut self.rng;
        match &mut self.doing {
            Doing::Student { user_name, work, extra } => next_of_student(rng, user_name, work, extra),
            Doing::Teacher(teacher) => teacher.next(rng),
            Doing::Individual { is_given } => Act::Consent { give: !*is_given },
            Doing::Arrival { made } => {
                *made += 1;
                Act::SignUp { user_name: format!("ny{}{made}", &key(rng)[..12]) }
            }
        }
    }
}

fn next_of_student(rng: &mut StdRng, user_name: &str, work: &mut Option<Work>, extra: &mut Vec<String>) -> Act {
    match rng.random_range(0..100) {
        0..6 => return Act::Report { key: key(rng), metres: rng.random_range(500..9_000) },
        6..8 => return Act::SignIn { user_name: user_name.to_owned() },
        8..10 => {
            if let Some(token) = extra.pop() {
                return Act::SignOut { token };
            }
        }
        _ => {}
    }
    let Some(work) = work else { return Act::Open };
    let calculation = work.calculation.clone();
    match rng.random_range(0..100) {
        0..8 => return Act::Hint { calculation, strength: rng.random_range(1..4) },
        8..30 => {
            if let Some(line) = work.wrong.take() {
                return Act::Appeal { calculation, line };
            }
        }
        _ => {}
    }
    let guess = format!("x = {}", rng.random_range(100_000..1_000_000_000));
    let text = match &mut work.lines {
        Some(lines) => lines.pop_front().unwrap_or(guess),
        None if work.guesses >= MOST_GUESSES => {
            return Act::Report { key: key(rng), metres: rng.random_range(500..9_000) };
        }
        None => {
            work.guesses += 1;
            guess
        }
    };
    Act::Line { calculation, key: key(rng), text }
}

impl Teacher {
    fn next(&mut self, rng: &mut StdRng) -> Act {
        let group = self.group.clone();
        let pick = |from: &[String], rng: &mut StdRng| from.get(rng.random_range(0..from.len().max(1))).cloned();
        match rng.random_range(0..100) {
            0..20 => {
                if let Some(exercise) = pick(&self.exercises, rng) {
                    return Act::Give { group, key: key(rng), exercise };
                }
            }
            20..35 => {
                if let Some(assignment) = self.given.pop() {
                    return Act::TakeBack { assignment };
                }
            }
            35..65 => {
                if let Some(distance) = self.waiting.pop() {
                    return Act::Decide { distance, approve: rng.random_bool(0.7) };
                }
            }
            75..85 => {
                if let Some(appeal) = self.appeals.pop() {
                    return Act::Answer { group, appeal, holds: rng.random_bool(0.5) };
                }
            }
            65..75 if self.is_open => return Act::CloseCode { group },
            65..75 => return Act::OpenCode { group },
            _ => {}
        }
        let student = pick(&self.students, rng).unwrap_or_default();
        Act::Look { group, student }
    }
}

/// 16 random bytes in hexadecimal digits.
fn key(rng: &mut StdRng) -> String {
    format!("{:016x}{:016x}", rng.next_u64(), rng.next_u64())
}
