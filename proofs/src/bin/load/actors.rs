//! Who asks: students at their desks, teachers looking on, and students who sign in.

use std::{collections::HashMap, rc::Rc};

use anyhow::Context;
use hyper::StatusCode;
use proofs::{
    client::{Answer, Ask},
    world::{PASSWORD, Person, World, lines_of},
};
use serde_json::json;
use stegvis::{
    chance::Chance,
    exercises::{Bank, draw},
};
use stepcheck::Notation;
use vault::IdempotencyKey;

use crate::{arrivals::Actor, figures::Kind};

/// Worked solutions by exercise and task: a student sees the task and knows what to write.
pub struct Solutions(HashMap<(String, String), Vec<String>>);

impl Solutions {
    /// Draws `each` items of every exercise of the bank; the more, the more tasks are known when they are met.
    ///
    /// # Errors
    /// When the bank that is shipped cannot be used.
    pub fn draw(each: i64) -> anyhow::Result<Self> {
        let bank = Bank::shipped()?;
        let mut solutions = HashMap::new();
        for exercise in bank.exercises() {
            for item in (0..each).filter_map(|seed| draw(exercise, seed).ok()) {
                let task = item.ask.sv.clone() + &item.start(Notation::Swedish);
                solutions.entry((exercise.id.as_str().to_owned(), task)).or_insert_with(|| lines_of(&item));
            }
        }
        Ok(Self(solutions))
    }

    /// Lines that finish the calculation that was opened, with a wrong one on the way. For a task that is not known two
    /// wrong ones: the student gives it up then.
    fn of(&self, opened: &serde_json::Value) -> Vec<String> {
        let text = |name: &str| opened[name].as_str().unwrap_or_default().to_owned();
        let known = self.0.get(&(text("exercise"), text("ask") + &text("start"))).cloned();
        known.unwrap_or_else(|| vec!["x = 98765".to_owned(), "y = 98765".to_owned()])
    }
}

/// What a student is about to do.
enum Step {
    Open,
    /// Hands in the line at `at`; the key stays the same until the line is taken.
    Write {
        calculation: String,
        lines: Rc<[String]>,
        at: usize,
        key: String,
    },
    GiveUp {
        calculation: String,
    },
    Look {
        calculation: String,
    },
}

/// A student in a lesson: opens what is recommended, hands in lines, and opens the next when it is finished.
pub struct Student {
    session: Rc<str>,
    solutions: Rc<Solutions>,
    chance: Rc<Chance>,
    step: Step,
}

impl Student {
    pub fn of(person: &Person, solutions: &Rc<Solutions>, chance: &Rc<Chance>) -> Self {
        let (solutions, chance) = (Rc::clone(solutions), Rc::clone(chance));
        Self { session: person.session.as_str().into(), solutions, chance, step: Step::Open }
    }

    fn key(&self) -> String {
        self.chance.draw(IdempotencyKey::random).to_string()
    }

    fn at_desk(&self, opened: &serde_json::Value) -> Step {
        let lines = self.solutions.of(opened);
        let calculation = opened["id"].as_str().unwrap_or_default().to_owned();
        Step::Write { calculation, lines: lines.into(), at: 0, key: self.key() }
    }

    fn go_on(&mut self, answer: &Answer) {
        self.step = match std::mem::replace(&mut self.step, Step::Open) {
            Step::Open | Step::Look { .. } => self.at_desk(&answer.json()),
            Step::Write { calculation, lines, at, .. } => {
                if answer.json()["finished"] == true {
                    Step::Open
                } else if at + 1 < lines.len() {
                    Step::Write { calculation, lines, at: at + 1, key: self.key() }
                } else {
                    Step::GiveUp { calculation }
                }
            }
            Step::GiveUp { .. } => {
                let calculation = answer.header("location").rsplit('/').next().unwrap_or_default().to_owned();
                Step::Look { calculation }
            }
        };
    }
}

impl Actor for Student {
    fn next(&mut self) -> (Kind, Ask) {
        let (kind, ask) = match &self.step {
            Step::Open => ("open", Ask::json("/api/v1/calculations", &json!({}))),
            Step::Write { calculation, lines, at, key } => {
                let path = format!("/api/v1/calculations/{calculation}/lines");
                ("line", Ask::json(path, &json!({ "line": lines.get(*at), "key": key })))
            }
            Step::GiveUp { calculation } => ("open", Ask::form(format!("/calculations/{calculation}/another"), &[])),
            Step::Look { calculation } => ("open", Ask::get(format!("/api/v1/calculations/{calculation}"))),
        };
        (kind, ask.by(&self.session))
    }

    fn hear(&mut self, answer: Option<&Answer>) -> Result<bool, String> {
        match answer {
            Some(answer) if answer.status.is_success() || answer.status == StatusCode::SEE_OTHER => {
                self.go_on(answer);
                Ok(false)
            }
            // The same again when their turn comes next: no line is lost.
            Some(answer) if answer.status == StatusCode::SERVICE_UNAVAILABLE => Ok(false),
            None => Ok(false),
            Some(answer) => {
                self.step = Step::Open;
                Err(answer.told())
            }
        }
    }
}

/// A teacher who goes through the pages of a lesson, one a turn.
pub struct Teacher {
    session: Rc<str>,
    group: String,
    student: String,
    calculation: Option<String>,
    at: usize,
}

impl Teacher {
    /// The teachers of the world's groups, each with the first student of the group.
    ///
    /// # Errors
    /// A group without students.
    pub fn all(world: &World) -> anyhow::Result<Vec<Self>> {
        let of = |(at, group): (usize, &proofs::world::Group)| {
            let student =
                world.students.iter().find(|student| student.group == at).context("a student in each group")?;
            Ok(Self {
                session: group.teacher.session.as_str().into(),
                group: group.id.to_string(),
                student: student.person.id.to_string(),
                calculation: None,
                at: 0,
            })
        };
        world.groups.iter().enumerate().map(of).collect()
    }
}

impl Actor for Teacher {
    fn next(&mut self) -> (Kind, Ask) {
        let (group, student) = (&self.group, &self.student);
        let (kind, path) = match (self.at % 5, &self.calculation) {
            (0, _) => ("groups", "/groups".to_owned()),
            (1, _) => ("group", format!("/groups/{group}")),
            (2, _) => ("live view", format!("/groups/{group}/now")),
            (4, Some(calculation)) => ("a calculation", format!("/groups/{group}/calculations/{calculation}")),
            _ => ("a student", format!("/groups/{group}/students/{student}")),
        };
        (kind, Ask::get(path).by(&self.session))
    }

    fn hear(&mut self, answer: Option<&Answer>) -> Result<bool, String> {
        let Some(answer) = answer else { return Ok(false) };
        match answer.status {
            // Who has one group is led on to it.
            StatusCode::OK | StatusCode::SEE_OTHER => {
                let page = String::from_utf8_lossy(&answer.body);
                let begin = format!("/groups/{}/calculations/", self.group);
                if let Some((_, rest)) = page.split_once(&begin) {
                    self.calculation = rest.split(['"', '#', '?', '/']).next().map(str::to_owned);
                }
                self.at += 1;
                Ok(false)
            }
            StatusCode::SERVICE_UNAVAILABLE => Ok(false),
            _ => Err(answer.told()),
        }
    }
}

/// A student who signs in at the beginning of a lesson: the form, the password, their page.
pub struct Arriving {
    user_name: String,
    at: usize,
    session: Option<Rc<str>>,
}

impl Arriving {
    pub fn of(person: &Person) -> Self {
        Self { user_name: person.user_name.clone(), at: 0, session: None }
    }
}

impl Actor for Arriving {
    fn next(&mut self) -> (Kind, Ask) {
        match (self.at, &self.session) {
            (0, _) => ("1 the form", Ask::get("/sign-in")),
            (1, _) => {
                let fields = [("user_name", self.user_name.as_str()), ("password", PASSWORD)];
                ("2 the password", Ask::form("/sign-in", &fields))
            }
            (_, Some(session)) => ("3 their page", Ask::get("/today").by(session)),
            (_, None) => ("3 their page", Ask::get("/today")),
        }
    }

    fn hear(&mut self, answer: Option<&Answer>) -> Result<bool, String> {
        let Some(answer) = answer else { return Ok(false) };
        let expected = if self.at == 1 { StatusCode::SEE_OTHER } else { StatusCode::OK };
        if answer.status != expected {
            return Err(answer.told());
        }
        if self.at == 1 {
            self.session = answer.session();
        }
        self.at += 1;
        Ok(self.at < 3)
    }
}
