//! A calculation as an entry of a history: when, what, how many lines, whether it is finished.

use vault::Millis;

use super::{
    days,
    frame::{Frame, Html},
    maths::task,
};
use crate::{
    app::App,
    practice::{self, Entry},
};

/// What a list of past calculations shows of one.
pub struct PastShown {
    pub address: String,
    pub skill: String,
    pub start: Option<Html>,
    /// The day, «idag».
    pub day: String,
    /// The day as short as it can be said, «18 nov».
    pub short_day: String,
    /// The time, «10:42».
    pub time: String,
    /// «3 rader», «ett sidosteg», …
    pub told: String,
    /// done, open or left
    pub state: &'static str,
}

impl PastShown {
    #[must_use]
    pub fn of(app: &App, frame: &Frame, entry: &Entry, now: Millis) -> Self {
        let language = frame.language;
        let exercise = app.bank.exercise(&entry.calculation.exercise.as_str().into());
        let skill = exercise.and_then(|exercise| app.bank.skill(exercise.skill));
        let wrong = entry.lines.iter().filter(|line| line.is_wrong()).count();
        let mut told = vec![language.n("past-lines", entry.lines.len())];
        if wrong > 0 {
            told.push(language.n("past-side-steps", wrong));
        }
        if entry.calculation.hints > 0 {
            told.push(language.n("past-hints", entry.calculation.hints));
        }
        let at = entry.last_at();
        let (here, today) = (crate::calendar::day(at, &frame.time_zone), crate::calendar::day(now, &frame.time_zone));
        Self {
            address: format!("/calculations/{}", entry.id()),
            skill: skill
                .map_or_else(|| entry.calculation.exercise.clone(), |skill| language.of(&skill.name).to_owned()),
            start: practice::item_of(&app.bank, &entry.calculation).ok().map(|item| task(&item, language)),
            day: days::long(here, today, language),
            short_day: days::short(here, today, language),
            time: days::clock(at, &frame.time_zone),
            told: told.join(", "),
            state: match () {
                () if entry.calculation.finished_at.is_some() => "done",
                () if entry.calculation.left_at.is_some() => "left",
                () => "open",
            },
        }
    }

    /// The icon beside the word of its state.
    #[must_use]
    pub fn icon(&self) -> &'static str {
        match self.state {
            "done" => "flag",
            "open" => "pencil",
            _ => "shuffle",
        }
    }

    #[must_use]
    pub fn state_key(&self) -> &'static str {
        match self.state {
            "done" => "past-done",
            "open" => "past-open",
            _ => "past-left",
        }
    }
}
