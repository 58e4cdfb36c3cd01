//! What the student did and when: every calculation, newest first, each open to its lines.

use actix_web::{
    HttpRequest, get,
    web::{Data, Query},
};
use askama::Template;
use serde::Deserialize;
use vault::Millis;

use crate::{
    app::App,
    practice,
    web::{
        frame::{Frame, Tab},
        page::{Answer, html},
        past::PastShown,
        who::Someone,
    },
};

/// All calculations of one day.
struct DayOfWork {
    day: String,
    entries: Vec<PastShown>,
}

#[derive(Template)]
#[template(path = "done.html")]
struct DonePage {
    frame: Frame,
    days: Vec<DayOfWork>,
    /// Where the older ones are, if there are any.
    more: Option<String>,
}

/// Which part of the history is asked for.
#[derive(Deserialize)]
pub struct Part {
    /// Only what was opened before this moment, milliseconds.
    before: Option<i64>,
}

/// One's own history.
#[get("/done")]
pub async fn show(app: Data<App>, request: HttpRequest, Someone(signed): Someone, part: Query<Part>) -> Answer {
    let done = practice::history(&app, &signed.me, part.before.map(Millis), practice::A_PAGE).await?;
    let frame = Frame::of(&request, Some(&signed), Tab::Done);
    let now = app.clock.now();
    let mut days: Vec<DayOfWork> = Vec::new();
    for entry in done.entries.iter().map(|entry| PastShown::of(&app, &frame, entry, now)) {
        match days.last_mut() {
            Some(last) if last.day == entry.day => last.entries.push(entry),
            _ => days.push(DayOfWork { day: entry.day.clone(), entries: vec![entry] }),
        }
    }
    let more = done.more.map(|before| format!("/done?before={}", before.0));
    html(&DonePage { frame, days, more })
}
