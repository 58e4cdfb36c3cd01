//! What an organiser plans.

use actix_web::{
    HttpResponse, delete, get, post, put,
    web::{Data, Json, Path},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use vault::{
    EventId,
    rows::maraton::{OpenTo, Pace},
};

use super::shapes::Id;
use crate::{
    app::App,
    maraton::{self, CoursePlan, Offered, Organised, Plan, PlanFault, Stage},
    web::{pages::public_event, problem::Problem, who::Someone},
};

/// A course of an event: the exercises of these school years.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = PlannedCourse)]
#[serde(deny_unknown_fields)]
struct CourseBody {
    #[schema(min_length = 1, max_length = 80)]
    name: String,
    #[schema(minimum = 1, maximum = 13)]
    from_year: i16,
    #[schema(minimum = 1, maximum = 13)]
    to_year: i16,
}

/// What an event is to be.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = EventPlan)]
#[serde(deny_unknown_fields)]
pub struct PlanBody {
    #[schema(min_length = 1, max_length = 80)]
    name: String,
    /// It opens when this day begins, where the controller is. Year, month and day; today or later.
    #[schema(example = "2027-05-01")]
    first_day: String,
    /// It closes when this day is over.
    #[schema(example = "2027-05-31")]
    last_day: String,
    /// Items of a course to finish.
    #[schema(minimum = 1, maximum = 2_000, example = 200)]
    goal_items: i32,
    #[schema(minimum = 1, maximum = 200_000, example = 42_200)]
    goal_metres: i32,
    /// The easiest first.
    #[schema(min_items = 1, max_items = 8)]
    courses: Vec<CourseBody>,
    /// Shown to all who take part.
    #[serde(default)]
    #[schema(max_length = 4_000)]
    rules: String,
    /// Stands at the top of the event's page.
    #[serde(default)]
    #[schema(max_length = 500)]
    announcement: String,
    /// Who else of this server may take part.
    #[serde(default)]
    open_to: OpenToName,
}

/// Who may take part in an event beside its host.
#[derive(Clone, Copy, Default, Serialize, Deserialize, ToSchema)]
#[schema(as = OpenTo)]
#[serde(rename_all = "snake_case")]
enum OpenToName {
    /// Nobody.
    #[default]
    Own,
    /// Whoever has its invitation.
    Invited,
    All,
}

impl PlanBody {
    fn plan(self) -> Result<Plan, PlanFault> {
        let day = |text: &str| text.parse::<Date>().map_err(|_| PlanFault::Days);
        let course = |CourseBody { name, from_year, to_year }| CoursePlan { name, from_year, to_year };
        Ok(Plan {
            first: day(&self.first_day)?,
            last: day(&self.last_day)?,
            name: self.name,
            items: self.goal_items,
            metres: self.goal_metres,
            courses: self.courses.into_iter().map(course).collect(),
            rules: self.rules,
            announcement: self.announcement,
            open_to: match self.open_to {
                OpenToName::Own => OpenTo::Own,
                OpenToName::Invited => OpenTo::Invited,
                OpenToName::All => OpenTo::All,
            },
        })
    }

    fn of(plan: &Plan) -> Self {
        let course = |course: &CoursePlan| CourseBody {
            name: course.name.clone(),
            from_year: course.from_year,
            to_year: course.to_year,
        };
        Self {
            name: plan.name.clone(),
            first_day: plan.first.to_string(),
            last_day: plan.last.to_string(),
            goal_items: plan.items,
            goal_metres: plan.metres,
            courses: plan.courses.iter().map(course).collect(),
            rules: plan.rules.clone(),
            announcement: plan.announcement.clone(),
            open_to: match plan.open_to {
                OpenTo::Own => OpenToName::Own,
                OpenTo::Invited => OpenToName::Invited,
                OpenTo::All => OpenToName::All,
            },
        }
    }
}

/// A new event.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewEvent {
    /// Made by the one who sends it, at random; the event is known by it.
    #[schema(value_type = Id)]
    id: EventId,
    plan: PlanBody,
}

/// An event as its organiser sees it.
#[derive(Serialize, ToSchema)]
#[schema(as = PlannedEvent)]
struct EventBody {
    #[schema(value_type = Id)]
    id: EventId,
    stage: StageName,
    /// It is an event of one's own; else another's, in which one takes part and which one cannot change.
    is_own: bool,
    /// The names of the others that take part in an event of one's own.
    guests: Vec<String>,
    /// What others use to take part, if it is open to those who are invited.
    invitation: Option<String>,
    /// One's own schools are shown on its page for all.
    is_public: bool,
    /// The address of its page for all on this server, if its host shows it.
    page: Option<String>,
    plan: PlanBody,
}

/// An event of another that one may take part in.
#[derive(Serialize, ToSchema)]
#[schema(as = OfferedEvent)]
struct OfferBody {
    #[schema(value_type = Id)]
    id: EventId,
    /// The name of whose event it is.
    host: String,
    name: String,
    #[schema(example = "2027-05-01")]
    first_day: String,
    #[schema(example = "2027-05-31")]
    last_day: String,
    goal_items: i32,
    goal_metres: i32,
}

impl OfferBody {
    fn of(Offered { id, host, plan, .. }: &Offered) -> Self {
        Self {
            id: *id,
            host: host.clone(),
            name: plan.name.clone(),
            first_day: plan.first.to_string(),
            last_day: plan.last.to_string(),
            goal_items: plan.items,
            goal_metres: plan.metres,
        }
    }
}

/// How far an event has come.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum StageName {
    /// It can be changed altogether, and taken back.
    Planned,
    /// Its name, rules and announcement can be changed.
    Open,
    Closed,
}

impl EventBody {
    fn of(organised: &Organised) -> Self {
        let stage = match organised.stage {
            Stage::Planned => StageName::Planned,
            Stage::Open => StageName::Open,
            Stage::Closed => StageName::Closed,
        };
        Self {
            id: organised.event.id,
            stage,
            is_own: organised.is_own,
            guests: organised.guests.clone(),
            invitation: organised.invitation().map(str::to_owned),
            is_public: organised.event.is_public,
            page: organised.has_page.then(|| public_event::address(&organised.event)),
            plan: PlanBody::of(&organised.plan),
        }
    }
}

/// What the schools that are shown came to in an hour, or in more of them if nobody counted in between.
#[derive(Serialize, ToSchema)]
#[schema(as = HourOfEvent)]
struct HourBody {
    starts_at: i64,
    ends_at: i64,
    /// Finished. Less than nothing where students went over to another course, in which they had done less.
    items: i64,
    /// Approved.
    metres: i64,
}

impl HourBody {
    const fn of(hour: &Pace) -> Self {
        Self { starts_at: hour.starts_at.0, ends_at: hour.ends_at.0, items: hour.items, metres: hour.metres }
    }
}

/// The events of one's controller.
#[derive(Serialize, ToSchema)]
#[schema(as = PlannedEvents)]
struct EventsBody {
    /// The one that opens last first.
    events: Vec<EventBody>,
    /// Distances of the event that opened last that wait for their teachers, in all schools together.
    waiting: i64,
    /// Its last 24 hours, the first first; none before an hour is over.
    pace: Vec<HourBody>,
    /// Events of others that one may take part in, the next first.
    offers: Vec<OfferBody>,
}

/// The events that one organises.
#[utoipa::path(
    get, path = "/maraton/events", operation_id = "listEvents", tag = "maraton",
    responses((status = 200, description = "All of the controller.", body = EventsBody)),
    extensions(("x-problems" = json!(["not-found"]))),
)]
#[get("/maraton/events")]
pub async fn list(app: Data<App>, Someone(signed): Someone) -> Result<HttpResponse, Problem> {
    let organised = maraton::organised(&app, &signed.me).await?;
    Ok(HttpResponse::Ok().json(EventsBody {
        waiting: organised.latest.as_ref().map_or(0, |latest| latest.waiting),
        pace: organised.latest.iter().flat_map(|latest| &latest.pace).map(HourBody::of).collect(),
        events: organised.events.iter().map(EventBody::of).collect(),
        offers: organised.offers.iter().map(OfferBody::of).collect(),
    }))
}

/// Make an event.
///
/// The same id again changes nothing.
#[utoipa::path(
    post, path = "/maraton/events", operation_id = "makeEvent", tag = "maraton", request_body = NewEvent,
    responses(
        (status = 201, description = "It is made."),
        (status = 204, description = "It was made before, with the same id."),
    ),
    extensions(("x-problems" = json!([
        "not-found", "event-name", "event-days", "event-overlaps", "event-items", "event-kilometres", "event-courses",
        "event-course", "event-course-empty", "event-words"
    ]))),
)]
#[post("/maraton/events")]
pub async fn make(app: Data<App>, Someone(signed): Someone, new: Json<NewEvent>) -> Result<HttpResponse, Problem> {
    let NewEvent { id, plan } = new.into_inner();
    let plan = plan.plan().map_err(Problem::Plan)?;
    let is_new = maraton::make_event(&app, &signed.me, id, plan).await?;
    Ok(if is_new { HttpResponse::Created() } else { HttpResponse::NoContent() }.finish())
}

/// Change an event.
///
/// Everything before it begins, afterwards its name, rules and announcement.
#[utoipa::path(
    put, path = "/maraton/events/{event}", operation_id = "changeEvent", tag = "maraton", request_body = PlanBody,
    params(("event" = Id, Path)),
    responses((status = 204, description = "It is changed.")),
    extensions(("x-problems" = json!([
        "not-found", "event-name", "event-days", "event-overlaps", "event-items", "event-kilometres", "event-courses",
        "event-course", "event-course-empty", "event-words", "event-begun"
    ]))),
)]
#[put("/maraton/events/{event}")]
pub async fn change(
    app: Data<App>,
    Someone(signed): Someone,
    id: Path<EventId>,
    plan: Json<PlanBody>,
) -> Result<HttpResponse, Problem> {
    let plan = plan.into_inner().plan().map_err(Problem::Plan)?;
    maraton::change_event(&app, &signed.me, *id, plan).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Take an event back.
///
/// For as long as it has not begun.
#[utoipa::path(
    delete, path = "/maraton/events/{event}", operation_id = "takeEventBack", tag = "maraton",
    params(("event" = Id, Path)),
    responses((status = 204, description = "It is gone.")),
    extensions(("x-problems" = json!(["not-found", "event-begun"]))),
)]
#[delete("/maraton/events/{event}")]
pub async fn take_back(app: Data<App>, Someone(signed): Someone, id: Path<EventId>) -> Result<HttpResponse, Problem> {
    maraton::drop_event(&app, &signed.me, *id).await?;
    Ok(HttpResponse::NoContent().finish())
}
