//! MatteMaraton: one's own way, what waits for a teacher, how the schools stand.

use actix_multipart::Multipart;
use actix_web::{
    HttpRequest, get, post,
    web::{Data, Form, Path},
};
use askama::Template;
use serde::Deserialize;
use vault::{DistanceId, GroupId, IdempotencyKey, rows::maraton::Decision};

use crate::{
    accounts::Signed,
    app::App,
    maraton::{self, Report, Upload},
    overload::step_aside,
    web::{
        assets,
        classes::{ClassShown, WonShown},
        draws::{DrawShown, LotShown},
        frame::{Frame, Tab},
        page::{Answer, html, on_to},
        problem::Problem,
        route_map::MapShown,
        standing_table::StandingsShown,
        travels::{EventShown, OwnShown, WaitingShown},
        uploads::{self, SentForm},
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
    track: TrackForm,
    /// Only the groups in which something waits; none at all for who teaches nobody.
    waiting: Option<Vec<WaitingShown>>,
    /// Who is where on the route, if there is anybody to show.
    map: Option<MapShown>,
    /// None where there is no school.
    standings: Option<StandingsShown>,
    /// None if the event is older than draws are.
    draw: Option<DrawShown>,
    /// One's own ticket.
    lot: Option<LotShown>,
    /// Who won in the groups that one teaches.
    won: Vec<WonShown>,
    classes: Vec<ClassShown>,
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
            problem @ (Problem::DistanceMissing | Problem::DistanceUnreadable) => ("kilometres", problem),
            problem @ Problem::MinutesUnreadable => ("minutes", problem),
            problem => ("day", problem),
        };
        (of == field).then(|| format!("{} {}", frame.title_of(problem), frame.advice_on(problem)))
    }
}

/// The form for a file of a watch, perhaps with the day that was typed before. No page may hand a file back.
struct TrackForm {
    day: String,
    key: IdempotencyKey,
    problem: Option<Problem>,
}

impl TrackForm {
    /// What to do about a field, by its name.
    fn advice(&self, frame: &Frame, field: &str) -> Option<String> {
        let problem = self.problem.as_ref()?;
        let of = if *problem == Problem::DayUnusable { "day" } else { "file" };
        (of == field).then(|| format!("{} {}", frame.title_of(problem), frame.advice_on(problem)))
    }
}

/// The latest event.
#[get("/maraton")]
pub async fn show(app: Data<App>, request: HttpRequest, Someone(signed): Someone) -> Answer {
    page(&app, &request, &signed, Kept::default()).await
}

/// What was typed and has to be looked at again, in one of the forms.
#[derive(Default)]
struct Kept {
    typed: Typed,
    problem: Option<Problem>,
    track_day: String,
    track_problem: Option<Problem>,
}

async fn page(app: &App, request: &HttpRequest, signed: &Signed, kept: Kept) -> Answer {
    let Kept { typed, problem, track_day, track_problem } = kept;
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
    let track = TrackForm { day: track_day, key: app.chance.draw(IdempotencyKey::random), problem: track_problem };
    let now = Now {
        event: EventShown::of(&open.event, now, &frame),
        own: open.own.as_ref().map(|own| OwnShown::of(own, &open.event, today, &frame)),
        waiting: (!open.waiting.is_empty()).then(|| {
            let groups = open.waiting.iter().filter(|(_, distances)| !distances.is_empty());
            groups.map(|(group, distances)| WaitingShown::of(group, distances, today, &frame)).collect()
        }),
        map: MapShown::of(assets::route(), &open.ways, &frame),
        standings: StandingsShown::of(&open.standings, &frame),
        draw: open.draw.as_ref().map(|draw| DrawShown::of(open.event.id, draw, &frame)),
        lot: open.lot().map(|(lot, draw)| LotShown::of(lot, draw, &frame)),
        won: open.won.iter().map(|(group, won)| WonShown::of(group, won, &frame)).collect(),
        classes: open.classes.iter().map(|class| ClassShown::of(class, &frame)).collect(),
        form,
        track,
    };
    html(&MaratonPage { frame, now: Some(now) })
}

/// What the form for a course sends.
#[derive(Deserialize)]
pub struct Picked {
    course: i16,
}

/// Picks a student's own course, or another one.
#[post("/maraton/course")]
pub async fn pick_course(app: Data<App>, Someone(signed): Someone, picked: Form<Picked>) -> Answer {
    maraton::choose_course(&app, &signed.me, picked.course).await?;
    Ok(on_to("/maraton#own"))
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
        Err(
            problem @ (Problem::DistanceMissing
            | Problem::DistanceUnreadable
            | Problem::MinutesUnreadable
            | Problem::DayUnusable),
        ) => {
            let kept = Kept { typed, problem: Some(problem.clone()), ..Kept::default() };
            again(&app, &request, &signed, &problem, kept).await
        }
        Err(problem) => Err(problem),
    }
}

/// Takes a file of a student's watch, or shows the form again with what to do.
#[post("/maraton/tracks")]
pub async fn report_track(app: Data<App>, request: HttpRequest, Someone(signed): Someone, sent: Multipart) -> Answer {
    step_aside();
    let room = maraton::make_room(&app, &signed.me).await?;
    let SentForm { file, day, key } = uploads::form(sent).await?;
    let key = key.parse().map_err(|_| Problem::FormUnreadable)?;
    let reported = match file {
        Ok(file) => maraton::report_track(&app, &signed.me, Upload { file, day: &day, key }, room).await,
        Err(error) => Err(error.into()),
    };
    match reported.map_err(Problem::from) {
        Ok(_) => Ok(on_to("/maraton#distances")),
        Err(problem @ (Problem::Track(_) | Problem::TrackMissing | Problem::DayUnusable)) => {
            let kept = Kept { track_day: day, track_problem: Some(problem.clone()), ..Kept::default() };
            again(&app, &request, &signed, &problem, kept).await
        }
        Err(problem) => Err(problem),
    }
}

async fn again(app: &App, request: &HttpRequest, signed: &Signed, problem: &Problem, kept: Kept) -> Answer {
    let mut response = page(app, request, signed, kept).await?;
    *response.status_mut() = problem.status_and_code().0;
    Ok(response)
}

/// Takes one's own distance back, for as long as it waits.
#[post("/maraton/distances/{id}/take-back")]
pub async fn take_back(app: Data<App>, Someone(signed): Someone, id: Path<String>) -> Answer {
    let id: DistanceId = id.parse().map_err(|_| Problem::NotFound)?;
    maraton::take_back(&app, &signed.me, id).await?;
    Ok(on_to("/maraton#distances"))
}

/// Approves all that waits in a group that I teach, but for what is doubtful.
#[post("/maraton/groups/{group}/approve")]
pub async fn approve_group(app: Data<App>, Someone(signed): Someone, group: Path<GroupId>) -> Answer {
    maraton::approve_group(&app, &signed.me, *group).await?;
    Ok(on_to("/maraton#waiting"))
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
