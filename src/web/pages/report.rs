//! An error report: what would be sent, word for word, and sending it.

use actix_web::{
    HttpRequest, get,
    http::header::USER_AGENT,
    post,
    web::{Data, Form},
};
use askama::Template;
use serde::Deserialize;

use crate::{
    app::App,
    support::{self, Browser},
    web::{
        days,
        frame::{Frame, Html, Tab},
        lines::LineShown,
        maths::{maths, sentence},
        page::{Answer, html, on_to},
        who::Someone,
    },
};

#[derive(Template)]
#[template(path = "report.html")]
struct ReportPage {
    frame: Frame,
    /// The whole name, as support will see it.
    whole_name: String,
    system: &'static str,
    browser: String,
    about: Option<TaskShown>,
    sent: Vec<SentShown>,
}

/// A task with its lines, as it is sent.
pub struct TaskShown {
    /// What to do and what it begins with; nothing if the task is no longer there.
    pub task: Option<(Html, Html)>,
    pub lines: Vec<LineShown>,
}

impl TaskShown {
    #[must_use]
    pub fn of(frame: &Frame, (item, lines): &(Option<crate::exercises::Item>, Vec<crate::practice::Written>)) -> Self {
        Self {
            task: item
                .as_ref()
                .map(|item| (sentence(frame.language.of(&item.ask)), maths(&item.start_text, frame.language))),
            lines: lines
                .iter()
                .map(|line| {
                    LineShown::of(line, item.as_ref().map(|item| &item.answer), frame.language).timed(&frame.time_zone)
                })
                .collect(),
        }
    }
}

/// One report that was sent before.
struct SentShown {
    when: String,
    open: bool,
}

/// What a report would hold now, and those that were sent.
#[get("/report")]
pub async fn show(app: Data<App>, request: HttpRequest, Someone(signed): Someone) -> Answer {
    let draft = support::draft(&app, &signed.me).await?;
    let frame = Frame::of(&request, Some(&signed), Tab::Elsewhere);
    let Browser { system, name } = browser(&request);
    let now = app.clock.now();
    let sent = draft.sent.iter().map(|sent| SentShown {
        when: days::moment(sent.sent_at, now, &frame.time_zone, frame.language),
        open: sent.is_open(now),
    });
    html(&ReportPage {
        whole_name: signed.profile.name.clone(),
        system,
        browser: name,
        about: draft.about.as_ref().map(|about| TaskShown::of(&frame, about)),
        sent: sent.collect(),
        frame,
    })
}

/// What the form sends: whether the task goes along. Which one, the server knows.
#[derive(Deserialize)]
pub struct Wanted {
    about: Option<String>,
}

/// Sends the report.
#[post("/report")]
pub async fn send(app: Data<App>, request: HttpRequest, Someone(signed): Someone, wanted: Form<Wanted>) -> Answer {
    support::send(&app, &signed.me, wanted.about.is_some(), browser(&request)).await?;
    Ok(on_to("/report#sent"))
}

fn browser(request: &HttpRequest) -> Browser {
    let agent = request.headers().get(USER_AGENT).and_then(|agent| agent.to_str().ok());
    Browser::read(agent.unwrap_or_default())
}
