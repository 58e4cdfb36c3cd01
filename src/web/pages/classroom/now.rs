//! The live part of the group's page: who needs the teacher, and a tile a student.

use vault::rows::appeals::Waiting as Appeal;

use super::names::{Names, calculation_address, group_address, student_address};
use crate::{
    classroom::{At, Live, State, StudentNow},
    web::{
        days,
        frame::{Frame, Html},
        maths::{self, maths},
        speech::Language,
    },
};

/// What `templates/group_live.html` shows.
pub struct LiveShown {
    /// How many are here and how many wait.
    pub counts: String,
    pub waiting: Vec<Waiting>,
    /// By name.
    pub tiles: Vec<Tile>,
    /// The time of day.
    pub time: String,
    /// Where the same is asked for again.
    pub again: String,
    /// The whole page anew.
    pub here: String,
    /// Said to a screen reader: somebody needs the teacher since the last time.
    pub said: Option<String>,
}

/// A card for somebody who should be gone to.
pub struct Waiting {
    /// The same as long as the card is there: who has come to its button by keyboard stays there.
    pub of: String,
    pub name: String,
    pub sentence: Html,
    pub href: String,
    pub button: String,
}

/// One student.
pub struct Tile {
    /// 1 and up
    pub place: usize,
    pub href: String,
    pub name: String,
    /// working, stuck, done or away
    pub state: &'static str,
    pub icon: &'static str,
    pub word: String,
    /// Exercise and line, or since when; empty for who is away.
    pub detail: String,
}

/// The live part for a reader who saw it last at `since`, if ever.
pub fn shown(frame: &Frame, live: &Live, names: Names, since: Option<vault::Millis>) -> LiveShown {
    let group = live.group.id;
    let name = |place: usize, student: &StudentNow| names.in_list(frame, &student.student.name, place + 1);
    let said = since
        .and_then(|since| live.newly_waiting(since))
        .map(|(place, student)| frame.with("group-needs-you", "name", name(place, student)));
    LiveShown {
        counts: counts(frame, live),
        waiting: live
            .waiting()
            .filter_map(|(place, student)| {
                let at = student.at.as_ref()?;
                Some(waiting(frame, live, names, at, student.state, name(place, student)))
            })
            .chain(live.students.iter().enumerate().flat_map(|(place, student)| {
                let appeals = student.appeals.iter();
                appeals.map(move |appeal| appealing(frame, live, names, appeal, name(place, student)))
            }))
            .collect(),
        tiles: live
            .students
            .iter()
            .enumerate()
            .map(|(place, student)| tile(frame, live, names, student, name(place, student), place + 1))
            .collect(),
        time: days::clock(live.now, &frame.time_zone),
        again: names.keep(format!("{}/now?since={}", group_address(group), live.now.0)),
        here: names.keep(group_address(group)),
        said,
    }
}

fn counts(frame: &Frame, live: &Live) -> String {
    let here = frame.with2("group-here", "here", live.here(), "all", live.students.len());
    format!("{here} {}", frame.n("group-waiting", live.waiting().count()))
}

fn waiting(frame: &Frame, live: &Live, names: Names, at: &At, state: State, name: String) -> Waiting {
    let sentence = match state {
        State::Stuck => {
            let count = at.side_steps(live.now).count();
            frame.with2("waiting-stuck", "n", count, "maths", standing(at, frame.language))
        }
        _ if at.lines.is_empty() => frame.n("waiting-silent-empty", minutes(at, state, live)),
        _ => frame.with2("waiting-silent", "n", minutes(at, state, live), "maths", standing(at, frame.language)),
    };
    let button = frame.t(if at.lines.is_empty() { "open-the-task" } else { "open-the-lines" });
    let calculation = at.calculation.id;
    let href = names.keep(calculation_address(live.group.id, calculation));
    Waiting { of: calculation.to_string(), name, sentence: Html(sentence), href, button }
}

/// A card for a line that its student holds to be right.
fn appealing(frame: &Frame, live: &Live, names: Names, appeal: &Appeal, name: String) -> Waiting {
    let page = names.keep(calculation_address(live.group.id, appeal.calculation));
    Waiting {
        of: format!("{}_{}", appeal.calculation, appeal.number),
        name,
        sentence: Html(frame.n("waiting-appeal", appeal.number)),
        href: format!("{page}#appeal-{}", appeal.number),
        button: frame.t("open-the-line"),
    }
}

/// Whole minutes since the trouble began, at least 1.
fn minutes(at: &At, state: State, live: &Live) -> i64 {
    let began = match state {
        State::Stuck => at.side_steps(live.now).last().map_or(live.now, |line| line.at),
        _ => at.last_at(live.now),
    };
    (live.now.since(began) / 60_000).max(1)
}

fn tile(frame: &Frame, live: &Live, names: Names, student: &StudentNow, name: String, place: usize) -> Tile {
    let (state, icon, word) = match student.state {
        State::Working => ("working", "pencil", "tile-working"),
        State::Stuck => ("stuck", "hand", "tile-stuck"),
        State::Silent => ("stuck", "hand", "tile-silent"),
        State::Done => ("done", "flag", "tile-done"),
        State::Away => ("away", "moon", "tile-away"),
    };
    let (href, detail) = match &student.at {
        Some(at) if student.state != State::Away => {
            (calculation_address(live.group.id, at.calculation.id), detail(frame, live, at, student.state))
        }
        _ => (student_address(live.group.id, student.student.id), String::new()),
    };
    Tile { place, href: names.keep(href), name, state, icon, word: frame.t(word), detail }
}

fn detail(frame: &Frame, live: &Live, at: &At, state: State) -> String {
    let task = task(frame, at);
    match state {
        State::Stuck | State::Silent => frame.with2("tile-since", "task", task, "n", minutes(at, state, live)),
        State::Done => frame.with2("tile-lines", "task", task, "n", at.lines.len()),
        _ => frame.with2("tile-line", "task", task, "n", at.lines.len() + 1),
    }
}

/// What the student stands on: the last line that holds or what it starts from, or the task itself where the answer is no
/// solution line by line.
fn standing(at: &At, language: Language) -> Html {
    if at.item.task().is_some() { maths(at.standing(), language) } else { maths::task(&at.item, language) }
}

/// «Uppg. 4» of an assignment, or practice of one's own.
fn task(frame: &Frame, at: &At) -> String {
    match at.calculation.assignment_number {
        Some(number) => frame.n("tile-task", number),
        None => frame.t("tile-practice"),
    }
}
