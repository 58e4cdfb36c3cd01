//! MatteMaraton: one's own way, what waits for a teacher, how the schools stand.

use actix_web::{
    HttpRequest, get,
    http::StatusCode,
    post,
    web::{Data, Form, Path},
};
use askama::Template;
use serde::Deserialize;
use vault::{DistanceId, IdempotencyKey, rows::maraton::Decision};

use crate::{
    accounts::Signed,
    app::App,
    maraton::{self, Report, Standings},
    web::{
        frame::{Frame, Tab},
        numbers,
        page::{Answer, html, on_to},
        problem::Problem,
        travels::{EventShown, OwnShown, WaitingShown},
        who::Someone,
    },
};

#[derive(Template)]
#[template(path = "maraton.html")]
struct MaratonPage {
    frame: Frame,
    now: Option<Now>,
}

/// What there is while an event is open.
struct Now {
    event: EventShown,
    own: Option<OwnShown>,
    form: ReportForm,
    /// Only the groups in which something waits; none at all for who teaches nobody.
    waiting: Option<Vec<WaitingShown>>,
    standings: Standings,
}

/// The form for a distance, perhaps with what was typed before and could not be read.
struct ReportForm {
    kilometres: String,
    minutes: String,
    day: String,
    key: IdempotencyKey,
    problem: Option<Problem>,
}

impl ReportForm {
    /// What to do about a field, by its name.
    fn advice(&self, frame: &Frame, field: &str) -> Option<String> {
        let (of, problem) = match self.problem.as_ref()? {
            problem @ Problem::DistanceUnreadable => ("kilometres", problem),
            problem @ Problem::MinutesUnreadable => ("minutes", problem),
            problem => ("day", problem),
        };
        (of == field).then(|| format!("{} {}", frame.title_of(problem), frame.advice_on(problem)))
    }
}

impl MaratonPage {
    fn kilometres(&self, metres: i64) -> String {
        numbers::kilometres(metres, self.frame.language)
    }

    fn whole(&self, number: i64) -> String {
        numbers::whole(u64::try_from(number).unwrap_or_default())
    }
}

/// The latest event.
#[get("/maraton")]
pub async fn show(app: Data<App>, request: HttpRequest, Someone(signed): Someone) -> Answer {
    page(&app, &request, &signed, Typed::default(), None).await
}

async fn page(app: &App, request: &HttpRequest, signed: &Signed, typed: Typed, problem: Option<Problem>) -> Answer {
    let frame = Frame::of(request, Some(signed), Tab::Maraton);
    let now = app.clock.now();
    let Some(open) = maraton::maraton(app, &signed.me).await? else { return html(&MaratonPage { frame, now: None }) };
    let today = crate::calendar::day(now, &frame.time_zone);
    let form = ReportForm {
        kilometres: typed.kilometres,
        minutes: typed.minutes,
        day: if typed.day.is_empty() { today.to_string() } else { typed.day },
        key: app.chance.draw(IdempotencyKey::random),
        problem,
    };
    let now = Now {
        event: EventShown::of(&open.event, now, &frame),
        own: open.own.as_ref().map(|own| OwnShown::of(own, &open.event, today, &frame)),
        waiting: (!open.waiting.is_empty()).then(|| {
            let groups = open.waiting.iter().filter(|(_, distances)| !distances.is_empty());
            groups.map(|(group, distances)| WaitingShown::of(&group.name, distances, today, &frame)).collect()
        }),
        standings: open.standings,
        form,
    };
    html(&MaratonPage { frame, now: Some(now) })
}

/// What the form for a distance sends.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Typed {
    kilometres: String,
    minutes: String,
    day: String,
    key: String,
}

/// Takes a student's distance, or shows the form again with what to do.
#[post("/maraton/distances")]
pub async fn report(app: Data<App>, request: HttpRequest, Someone(signed): Someone, typed: Form<Typed>) -> Answer {
    let typed = typed.into_inner();
    let key = typed.key.parse().map_err(|_| Problem::FormUnreadable)?;
    let report = Report { kilometres: &typed.kilometres, minutes: &typed.minutes, day: &typed.day, key };
    match maraton::report(&app, &signed.me, report).await.map_err(Problem::from) {
        Ok(_) => Ok(on_to("/maraton#own")),
        Err(problem @ (Problem::DistanceUnreadable | Problem::MinutesUnreadable | Problem::DayUnusable)) => {
            let mut response = page(&app, &request, &signed, typed, Some(problem)).await?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(problem) => Err(problem),
    }
}

/// Approves one distance of a student whom I teach.
#[post("/maraton/distances/{id}/approve")]
pub async fn approve(app: Data<App>, Someone(signed): Someone, id: Path<String>) -> Answer {
    decide(&app, &signed, &id, Decision::Approve).await
}

/// Gives one distance back to a student whom I teach.
#[post("/maraton/distances/{id}/return")]
pub async fn give_back(app: Data<App>, Someone(signed): Someone, id: Path<String>) -> Answer {
    decide(&app, &signed, &id, Decision::GiveBack).await
}

async fn decide(app: &App, signed: &Signed, id: &str, decision: Decision) -> Answer {
    let id: DistanceId = id.parse().map_err(|_| Problem::NotFound)?;
    maraton::decide(app, &signed.me, id, decision).await?;
    Ok(on_to("/maraton#waiting"))
}

/// Approves all that are ticked: the field `distance` once for each.
#[post("/maraton/approvals")]
pub async fn approve_ticked(app: Data<App>, Someone(signed): Someone, ticked: Form<Vec<(String, String)>>) -> Answer {
    let ids = ticked.iter().filter(|(name, _)| name == "distance").map(|(_, id)| id.parse());
    let ids = ids.collect::<Result<Vec<DistanceId>, _>>().map_err(|_| Problem::FormUnreadable)?;
    maraton::approve_all(&app, &signed.me, ids).await?;
    Ok(on_to("/maraton#waiting"))
}
