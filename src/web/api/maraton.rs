//! MatteMaraton: the event, one's own distances, what waits for a teacher, how the schools stand.

use actix_web::{
    HttpRequest, HttpResponse, delete, get, post,
    web::{Data, Json, Path, Query},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use vault::{
    DistanceId, GroupId, IdempotencyKey,
    rows::maraton::{Decision, Distance, Event},
};

use super::{
    answers::{IfNoneMatch, language_of, tagged},
    courses::CourseBody,
    paging::{Page, Paging},
    shapes::Id,
    ways::WayBody,
};
use crate::{
    app::App,
    maraton::{self, Approved, Doubt, Maraton, Report, Reported},
    web::{
        assets,
        problem::Problem,
        speech::Language,
        who::{Someone, Teaching},
    },
};

/// The event that opened last.
#[derive(Serialize, ToSchema)]
#[schema(as = Event)]
struct EventBody {
    name: String,
    opens_at: i64,
    closes_at: i64,
    #[schema(minimum = 0)]
    goal_metres: i32,
    #[schema(minimum = 0)]
    goal_items: i32,
    /// What the organiser says how it goes; may be empty.
    rules: String,
    /// What the organiser tells all; may be empty.
    announcement: String,
}

impl EventBody {
    fn of(event: &Event) -> Self {
        let Event { name, opens_at, closes_at, goal_metres, goal_items, rules, announcement, .. } = event.clone();
        Self { name, opens_at: opens_at.0, closes_at: closes_at.0, goal_metres, goal_items, rules, announcement }
    }
}

/// How a school stands. Schools stand by the share of their students who finish; there are no places.
#[derive(Serialize, ToSchema)]
#[schema(as = SchoolStanding)]
struct StandingBody {
    school: String,
    /// The name of the school's controller, such as a municipality.
    controller: String,
    students: i64,
    metres: i64,
    metres_per_student: i64,
    is_own: bool,
    /// Students who take part, at least five.
    entrants: i64,
    /// Those of them who reached both goals.
    finishers: i64,
    /// Finished by those who take part, each in the own course.
    items: i64,
    items_per_student: f64,
    /// What schools are ordered by, 0 to 1: the share of students who finish, counted as if there were twenty more who finish
    /// like those of all schools in the list.
    share: f64,
}

/// A student's own way.
#[derive(Serialize, ToSchema)]
#[schema(as = OwnWay)]
struct OwnBody {
    /// Items of one's course, finished since the event opened; 0 without a course.
    items: i64,
    approved_metres: i64,
    waiting_metres: i64,
    /// When both goals were reached first.
    #[schema(required)]
    finished_at: Option<i64>,
    courses: Vec<CourseBody>,
}

/// The MatteMaraton as the one who asks sees it.
#[derive(Serialize, ToSchema)]
#[schema(as = Maraton)]
struct MaratonBody {
    event: EventBody,
    /// `null` for who is no student at a school.
    #[schema(required)]
    own: Option<OwnBody>,
    /// Who is where on the route: oneself, groups, schools. A group is left out where its sum would tell somebody's own.
    routes: Vec<WayBody>,
    schools: Vec<StandingBody>,
    /// Schools of which a figure would be somebody's own: fewer than five students, or fewer than five who take part.
    folded: usize,
}

fn body(open: &Maraton, language: Language) -> MaratonBody {
    let school = |school: &maraton::SchoolStanding| StandingBody {
        school: school.name.clone(),
        controller: school.controller.clone(),
        students: school.students,
        metres: school.metres,
        metres_per_student: school.metres_per_student(),
        is_own: school.is_own,
        entrants: school.entrants,
        finishers: school.finishers,
        items: school.items,
        items_per_student: school.items_per_student(),
        share: open.standings.share(school),
    };
    MaratonBody {
        event: EventBody::of(&open.event),
        own: open.own.as_ref().map(|own| OwnBody {
            items: own.items,
            approved_metres: own.approved(),
            waiting_metres: own.waiting(),
            finished_at: own.finished_at.map(|at| at.0),
            courses: own.courses.iter().map(CourseBody::of).collect(),
        }),
        routes: open.ways.iter().map(|way| WayBody::of(way, assets::route(), language)).collect(),
        schools: open.standings.schools.iter().map(school).collect(),
        folded: open.standings.folded,
    }
}

/// The MatteMaraton that opened last: one's own way, who is where on the route, and how the schools stand.
///
/// `null` when there was none, or for who has no role in one.
#[utoipa::path(
    get, path = "/maraton", operation_id = "getMaraton", tag = "maraton", params(IfNoneMatch),
    responses(
        (status = 200, description = "The event, or `null`.", body = Option<MaratonBody>, headers(("etag" = String))),
        (status = 304, description = "It is as it was."),
    ),
)]
#[get("/maraton")]
pub async fn show(app: Data<App>, request: HttpRequest, Someone(signed): Someone) -> Result<HttpResponse, Problem> {
    let open = maraton::maraton(&app, &signed.me).await?;
    let language = language_of(&request, &signed);
    tagged(&request, &open.as_ref().map(|open| body(open, language)))
}

/// A distance.
#[derive(Serialize, ToSchema)]
#[schema(as = Distance)]
pub struct DistanceBody {
    #[schema(value_type = Id)]
    id: DistanceId,
    #[schema(minimum = 1, maximum = 200_000)]
    metres: i32,
    #[schema(required, minimum = 1, maximum = 44_640)]
    minutes: Option<i32>,
    /// What the metres were counted from: `kilometres` that were typed, `minutes` at 3 km an hour, or the `track` of a watch.
    source: &'static str,
    /// Year, month and day.
    #[schema(example = "2025-11-18")]
    day: String,
    reported_at: i64,
    #[schema(required)]
    approved_at: Option<i64>,
    /// Given back by a teacher.
    #[schema(required)]
    returned_at: Option<i64>,
}

impl DistanceBody {
    fn of(distance: &Distance) -> Self {
        Self {
            id: distance.id,
            metres: distance.metres,
            minutes: distance.seconds.map(|seconds| (seconds / 60).max(1)),
            source: distance.source().name(),
            day: distance.travelled_on.clone(),
            reported_at: distance.reported_at.0,
            approved_at: distance.approved_at.map(|at| at.0),
            returned_at: distance.returned_at.map(|at| at.0),
        }
    }
}

/// The answer to a distance that was sent: stored now, or before with the same key.
///
/// # Errors
/// [`Problem::KeyUsed`] if something else came with the key.
pub fn answer(reported: &Reported) -> Result<HttpResponse, Problem> {
    let body = DistanceBody::of(&reported.distance);
    match (reported.again, reported.is_same) {
        (false, _) => Ok(HttpResponse::Created().json(body)),
        (true, true) => Ok(HttpResponse::Ok().json(body)),
        (true, false) => Err(Problem::KeyUsed),
    }
}

/// One's own distances in the event, newest first.
#[utoipa::path(
    get, path = "/maraton/distances", operation_id = "listDistances", tag = "maraton", params(Paging),
    responses((status = 200, description = "A piece of the list.", body = Page<DistanceBody>)),
    extensions(("x-problems" = json!(["cursor-unusable"]))),
)]
#[get("/maraton/distances")]
pub async fn list(app: Data<App>, Someone(signed): Someone, paging: Query<Paging>) -> Result<HttpResponse, Problem> {
    let open = maraton::maraton(&app, &signed.me).await?;
    let own = open.and_then(|open| open.own).map(|own| own.distances).unwrap_or_default();
    let page = paging.cut(own, |distance| distance.id.to_string(), |distance| DistanceBody::of(&distance))?;
    Ok(HttpResponse::Ok().json(page))
}

/// A distance to report: metres, minutes or both. Never where.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDistance {
    /// Made by the one who sends it, at random, one for each distance.
    #[schema(value_type = Id)]
    key: IdempotencyKey,
    /// Left out where it cannot be measured, such as swimming or skipping: then 3 km are counted for an hour.
    #[schema(minimum = 1, maximum = 200_000, example = 3_200)]
    metres: Option<u32>,
    #[schema(minimum = 1, maximum = 1440)]
    minutes: Option<u32>,
    /// A day of the event, year, month and day; today, where it is not said.
    #[schema(example = "2025-11-18")]
    day: Option<String>,
}

/// Report a distance.
///
/// It waits for a teacher. The same key again gives the same distance again, for as long as it is there.
#[utoipa::path(
    post, path = "/maraton/distances", operation_id = "reportDistance", tag = "maraton", request_body = NewDistance,
    responses(
        (status = 201, description = "It is stored and waits.", body = DistanceBody),
        (status = 200, description = "The key was stored before: the same distance again.", body = DistanceBody),
    ),
    extensions(("x-problems" = json!([
        "not-found", "no-event", "distance-missing", "distance-unreadable", "minutes-unreadable", "day-unusable", "key-used"
    ]))),
)]
#[post("/maraton/distances")]
pub async fn report(app: Data<App>, Someone(signed): Someone, new: Json<NewDistance>) -> Result<HttpResponse, Problem> {
    let NewDistance { key, metres, minutes, day } = new.into_inner();
    let kilometres = metres.map(|metres| format!("{},{:03}", metres / 1_000, metres % 1_000)).unwrap_or_default();
    let minutes = minutes.map(|minutes| minutes.to_string()).unwrap_or_default();
    let day = day.unwrap_or_default();
    let report = Report { kilometres: &kilometres, minutes: &minutes, day: &day, key };
    answer(&maraton::report(&app, &signed.me, report).await?)
}

/// Take a distance back.
///
/// One's own, for as long as it waits for a teacher. It is deleted.
#[utoipa::path(
    delete, path = "/maraton/distances/{distance}", operation_id = "takeDistanceBack", tag = "maraton",
    params(("distance" = Id, Path)),
    responses((status = 204, description = "It is gone.")),
    extensions(("x-problems" = json!(["distance-decided"]))),
)]
#[delete("/maraton/distances/{distance}")]
pub async fn take_back(
    app: Data<App>,
    Someone(signed): Someone,
    id: Path<DistanceId>,
) -> Result<HttpResponse, Problem> {
    maraton::take_back(&app, &signed.me, *id).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// A distance that waits for a teacher.
#[derive(Serialize, ToSchema)]
#[schema(as = WaitingDistance)]
struct WaitingBody {
    #[schema(value_type = Id)]
    group: GroupId,
    /// The student's name; `null` with a protected identity.
    #[schema(required)]
    student: Option<String>,
    distance: DistanceBody,
    /// Why it is worth asking: `far` (without minutes), `fast`, `double` (as long as another of that day) or `much` (with
    /// what else there is on that day).
    #[schema(required)]
    doubt: Option<&'static str>,
}

/// What waits for approval in the groups that one teaches, group by group, oldest first.
#[utoipa::path(
    get, path = "/maraton/waiting", operation_id = "listWaitingDistances", tag = "maraton", params(Paging),
    responses((status = 200, description = "A piece of the list.", body = Page<WaitingBody>)),
    extensions(("x-problems" = json!(["not-found", "cursor-unusable"]))),
)]
#[get("/maraton/waiting")]
pub async fn waiting(
    app: Data<App>,
    Teaching(signed): Teaching,
    paging: Query<Paging>,
) -> Result<HttpResponse, Problem> {
    let open = maraton::maraton(&app, &signed.me).await?;
    let groups = open.map(|open| open.waiting).unwrap_or_default().into_iter();
    let all = groups.flat_map(|(group, waiting)| waiting.into_iter().map(move |waiting| (group.id, waiting)));
    let page = paging.cut(
        all,
        |(group, waiting)| format!("{group}{}", waiting.distance.id),
        |(group, waiting)| WaitingBody {
            group,
            doubt: maraton::doubt(&waiting).map(Doubt::name),
            distance: DistanceBody::of(&waiting.distance),
            student: waiting.name,
        },
    )?;
    Ok(HttpResponse::Ok().json(page))
}

/// Approve a distance.
///
/// Of a student whom one teaches. Sent again it changes nothing more.
#[utoipa::path(
    post, path = "/maraton/distances/{distance}/approve", operation_id = "approveDistance", tag = "maraton",
    params(("distance" = Id, Path)),
    responses((status = 204, description = "It is decided about.")),
)]
#[post("/maraton/distances/{distance}/approve")]
pub async fn approve(app: Data<App>, Someone(signed): Someone, id: Path<DistanceId>) -> Result<HttpResponse, Problem> {
    maraton::decide(&app, &signed.me, *id, Decision::Approve).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Give a distance back.
///
/// To a student whom one teaches. Sent again it changes nothing more.
#[utoipa::path(
    post, path = "/maraton/distances/{distance}/return", operation_id = "returnDistance", tag = "maraton",
    params(("distance" = Id, Path)),
    responses((status = 204, description = "It is decided about.")),
)]
#[post("/maraton/distances/{distance}/return")]
pub async fn give_back(
    app: Data<App>,
    Someone(signed): Someone,
    id: Path<DistanceId>,
) -> Result<HttpResponse, Problem> {
    maraton::decide(&app, &signed.me, *id, Decision::GiveBack).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// What came of approving all.
#[derive(Serialize, ToSchema)]
#[schema(as = Approved)]
struct ApprovedBody {
    /// Distances that were approved now.
    approved: usize,
    /// Distances with a doubt, which wait on.
    held: usize,
}

/// Approve all that waits in a group.
///
/// What is doubtful waits on, to be approved or given back one by one.
#[utoipa::path(
    post, path = "/maraton/groups/{group}/approve", operation_id = "approveDistancesOfGroup", tag = "maraton",
    params(("group" = Id, Path)),
    responses((status = 200, description = "How many were approved, and how many wait on.", body = ApprovedBody)),
)]
#[post("/maraton/groups/{group}/approve")]
pub async fn approve_group(
    app: Data<App>,
    Someone(signed): Someone,
    group: Path<GroupId>,
) -> Result<HttpResponse, Problem> {
    let Approved { approved, held } = maraton::approve_group(&app, &signed.me, *group).await?;
    Ok(HttpResponse::Ok().json(ApprovedBody { approved, held }))
}
