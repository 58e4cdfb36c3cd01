//! What an organiser does: plan an event, change what is said of it, see how it goes.
//!
//! | file | what stands there |
//! |---|---|
//! | `drawing.rs` | the draw: draw, and see what came of it |
//! | `latest.rs` | how the event that opened last goes |
//! | `plan.rs` | the form of an event: what was typed, and what of it is a plan |
//! | `share.rs` | events of others: take part, take no part any more; an event's page for all |

mod drawing;
mod latest;
mod plan;
mod share;

use actix_web::{
    HttpRequest, get,
    http::header::CONTENT_DISPOSITION,
    post,
    web::{Data, Form, Path},
};
use askama::Template;
use vault::EventId;

use self::{drawing::DrawingShown, latest::LatestShown, plan::Typed, share::OfferRow};
pub use self::{
    drawing::draw_winners,
    share::{choose_public, join, join_invited, leave},
};
use crate::{
    accounts::Signed,
    app::App,
    calendar,
    maraton::{self, LONGEST_ANNOUNCEMENT, LONGEST_NAME, LONGEST_RULES, MOST_WINNERS, Organised, PlanFault, Stage},
    web::{
        days,
        frame::{Frame, Tab},
        page::{Answer, html, on_to},
        pages::public_event,
        problem::Problem,
        standing_table,
        who::Someone,
    },
};

#[derive(Template)]
#[template(path = "organiser.html")]
struct OrganiserPage {
    frame: Frame,
    latest: Option<LatestShown>,
    events: Vec<EventRow>,
    /// Of others, to take part in.
    offers: Vec<OfferRow>,
}

/// An event in the list.
struct EventRow {
    name: String,
    href: String,
    stage: &'static str,
    days: String,
    /// It is not another's, in which one only takes part.
    is_own: bool,
    /// Who else takes part, in words; empty if nobody does.
    guests: String,
    /// What others type to take part.
    invitation: Option<String>,
    /// One's own schools are shown to all.
    is_public: bool,
    /// The page for all, if the host shows it.
    page: Option<String>,
}

impl EventRow {
    fn of(organised: &Organised, frame: &Frame) -> Self {
        let plan = &organised.plan;
        let (first, last) = (days::printed(plan.first, frame.language), days::printed(plan.last, frame.language));
        Self {
            name: plan.name.clone(),
            href: address(organised.event.id),
            stage: named(organised.stage),
            days: frame.with2("maraton-dates", "first", first, "last", last),
            is_own: organised.is_own,
            guests: organised.guests.join(", "),
            invitation: organised.invitation().map(str::to_owned),
            is_public: organised.event.is_public,
            page: organised.has_page.then(|| public_event::address(&organised.event)),
        }
    }
}

const fn named(stage: Stage) -> &'static str {
    match stage {
        Stage::Planned => "organise-planned",
        Stage::Open => "organise-open",
        Stage::Closed => "organise-closed",
    }
}

fn address(event: EventId) -> String {
    format!("/organiser/events/{event}")
}

/// All events, and how the latest goes.
#[get("/organiser")]
pub async fn show(app: Data<App>, request: HttpRequest, Someone(signed): Someone) -> Answer {
    let organised = maraton::organised(&app, &signed.me).await?;
    let frame = Frame::of(&request, Some(&signed), Tab::Organiser);
    let latest = organised.latest.as_ref().and_then(|latest| LatestShown::of(latest, &organised.events, &frame));
    let events = organised.events.iter().map(|event| EventRow::of(event, &frame)).collect();
    let offers = organised.offers.iter().map(|offered| OfferRow::of(offered, &frame)).collect();
    html(&OrganiserPage { frame, latest, events, offers })
}

#[derive(Template)]
#[template(path = "organiser_event.html")]
struct EventPage {
    frame: Frame,
    /// None for a new one.
    stage: Option<Stage>,
    address: String,
    typed: Typed,
    /// What others type to take part, if it is open to those who have it.
    invitation: Option<String>,
    problem: Option<Problem>,
    /// None for a new one, and while something is to be mended.
    drawing: Option<DrawingShown>,
}

impl EventPage {
    const MOST_WINNERS: usize = MOST_WINNERS;
    const LONGEST_NAME: usize = LONGEST_NAME;
    const LONGEST_RULES: usize = LONGEST_RULES;
    const LONGEST_ANNOUNCEMENT: usize = LONGEST_ANNOUNCEMENT;

    /// Who may take part: the value, and the words beside it.
    const OPEN_TO: [(&str, &str); 3] =
        [("own", "organise-open-own"), ("invited", "organise-open-invited"), ("all", "organise-open-all")];

    /// What is counted cannot be changed any more.
    fn has_begun(&self) -> bool {
        self.stage.is_some_and(|stage| stage != Stage::Planned)
    }

    /// Whether a field is the one to mend.
    fn is_wrong(&self, field: &str) -> bool {
        let Some(Problem::Plan(fault)) = self.problem else { return false };
        let of = match fault {
            PlanFault::Name => "name",
            PlanFault::Days | PlanFault::Overlap => "first",
            PlanFault::Items => "items",
            PlanFault::Kilometres => "kilometres",
            PlanFault::Courses | PlanFault::Course | PlanFault::CourseEmpty => "courses",
            PlanFault::Words => "rules",
            PlanFault::Begun | PlanFault::Invitation => "",
        };
        of == field
    }
}

/// The form of a new event, with courses to begin with.
#[get("/organiser/new")]
pub async fn new(app: Data<App>, request: HttpRequest, Someone(signed): Someone) -> Answer {
    maraton::organised(&app, &signed.me).await?;
    let today = calendar::day(app.clock.now(), &signed.profile.time_zone);
    let frame = Frame::of(&request, Some(&signed), Tab::Organiser);
    let typed = Typed::suggested(&frame, &app.bank, app.chance.draw(EventId::random), today);
    let address = "/organiser/events".to_owned();
    html(&EventPage { frame, stage: None, address, typed, invitation: None, problem: None, drawing: None })
}

/// Makes an event, or shows the form again with what to do.
#[post("/organiser/events")]
pub async fn make(
    app: Data<App>,
    request: HttpRequest,
    Someone(signed): Someone,
    sent: Form<Vec<(String, String)>>,
) -> Answer {
    let typed = Typed::of(sent.into_inner());
    let id = typed.key.parse().map_err(|_| Problem::FormUnreadable)?;
    let made = match typed.plan() {
        Ok(plan) => maraton::make_event(&app, &signed.me, id, plan).await.map_err(Problem::from),
        Err(fault) => Err(Problem::Plan(fault)),
    };
    match made {
        Ok(_) => Ok(on_to("/organiser")),
        Err(problem @ Problem::Plan(_)) => {
            // Who is no organiser finds no form either.
            maraton::organised(&app, &signed.me).await?;
            again(&request, &signed, None, typed, problem)
        }
        Err(problem) => Err(problem),
    }
}

/// An event to be changed.
#[get("/organiser/events/{id}")]
pub async fn show_event(app: Data<App>, request: HttpRequest, Someone(signed): Someone, id: Path<String>) -> Answer {
    let organised = one(&app, &signed, &id).await?;
    let frame = Frame::of(&request, Some(&signed), Tab::Organiser);
    let typed = Typed::written(&organised, &frame);
    let (id, invitation) = (organised.event.id, organised.invitation().map(str::to_owned));
    let drawing = Some(DrawingShown::of(&app, &signed, id, &frame).await?);
    let (stage, address) = (Some(organised.stage), address(id));
    html(&EventPage { frame, stage, address, typed, invitation, problem: None, drawing })
}

/// Changes an event, or shows the form again with what to do.
#[post("/organiser/events/{id}")]
pub async fn change(
    app: Data<App>,
    request: HttpRequest,
    Someone(signed): Someone,
    id: Path<String>,
    sent: Form<Vec<(String, String)>>,
) -> Answer {
    let organised = one(&app, &signed, &id).await?;
    let typed = Typed::of(sent.into_inner());
    let changed = match typed.plan() {
        Ok(plan) => maraton::change_event(&app, &signed.me, organised.event.id, plan).await.map_err(Problem::from),
        Err(fault) => Err(Problem::Plan(fault)),
    };
    match changed {
        Ok(()) => Ok(on_to("/organiser")),
        Err(problem @ Problem::Plan(_)) => again(&request, &signed, Some(&organised), typed, problem),
        Err(problem) => Err(problem),
    }
}

/// Takes an event back that has not begun.
#[post("/organiser/events/{id}/take-back")]
pub async fn take_back(app: Data<App>, Someone(signed): Someone, id: Path<String>) -> Answer {
    let id: EventId = id.parse().map_err(|_| Problem::NotFound)?;
    maraton::drop_event(&app, &signed.me, id).await?;
    Ok(on_to("/organiser"))
}

/// An event of one's own.
async fn one(app: &App, signed: &Signed, id: &str) -> Result<Organised, Problem> {
    let id: EventId = id.parse().map_err(|_| Problem::NotFound)?;
    let all = maraton::organised(app, &signed.me).await?;
    let is_it = |organised: &Organised| organised.event.id == id && organised.is_own;
    all.events.into_iter().find(is_it).ok_or(Problem::NotFound)
}

/// The form of a new event, or of one that there is, with what was typed.
fn again(request: &HttpRequest, signed: &Signed, of: Option<&Organised>, typed: Typed, problem: Problem) -> Answer {
    let frame = Frame::of(request, Some(signed), Tab::Organiser);
    let status = problem.status_and_code().0;
    let mut response = html(&EventPage {
        frame,
        stage: of.map(|organised| organised.stage),
        address: of.map_or_else(|| "/organiser/events".to_owned(), |organised| address(organised.event.id)),
        typed,
        invitation: of.and_then(Organised::invitation).map(str::to_owned),
        problem: Some(problem),
        drawing: None,
    })?;
    *response.status_mut() = status;
    Ok(response)
}

/// How the schools stand, for a spreadsheet: what the page shows and nothing else.
#[get("/maraton/standings.csv")]
pub async fn standings_as_table(app: Data<App>, request: HttpRequest, Someone(signed): Someone) -> Answer {
    let Some((_, standings)) = maraton::standings(&app, &signed.me).await? else { return Err(Problem::NoEvent) };
    let frame = Frame::of(&request, Some(&signed), Tab::Maraton);
    let day = calendar::day(app.clock.now(), &frame.time_zone);
    Ok(actix_web::HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"maraton-{day}.csv\"")))
        .body(standing_table::csv(&standings, &frame)?))
}
