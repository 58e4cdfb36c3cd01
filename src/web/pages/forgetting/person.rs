//! One person under the officer's controller: when they are due, what they asked for, what keeps their data.

use actix_web::{
    HttpRequest, get, post,
    web::{Data, Form, Path},
};
use askama::Template;
use serde::Deserialize;
use vault::{
    HoldId, PersonId, RequestId,
    rows::holds::{KINDS, NewHold},
};

use super::{
    super::my_data::mark,
    shown::{HoldShown, When, asked_on, place},
};
use crate::{
    accounts::Signed,
    app::App,
    calendar,
    privacy::{self, LONGEST_GROUND},
    web::{
        days,
        frame::{Frame, Tab},
        page::{Answer, html, on_to},
        problem::Problem,
        who::Someone,
    },
};

/// Something that was asked for.
struct RequestShown {
    id: String,
    asked: String,
    /// When it was refused, and why.
    answer: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "forgetting_person.html")]
struct PersonPage {
    frame: Frame,
    href: String,
    name: String,
    user_name: String,
    place: String,
    is_protected: bool,
    controller: String,
    when: Option<When>,
    asked: Vec<RequestShown>,
    held: Vec<HoldShown>,
    /// What was typed into a form that is shown again.
    typed: Typed,
    problem: Option<Problem>,
    kinds: Vec<(&'static str, String)>,
    longest: usize,
    first_day: String,
    last_day: String,
}

impl PersonPage {
    /// What is wrong with a field of the form for a hold, or of the answer to a request.
    fn wrong(&self, field: &str) -> Option<String> {
        let problem = self.problem.as_ref()?;
        let of = match problem {
            Problem::GroundUnusable if self.typed.request.is_some() => "why",
            Problem::GroundUnusable => "ground",
            Problem::ReviewUnusable => "review",
            _ => return None,
        };
        (of == field).then(|| format!("{} {}", self.frame.title_of(problem), self.frame.advice_on(problem)))
    }
}

/// What was typed.
#[derive(Default)]
struct Typed {
    kind: String,
    ground: String,
    review: String,
    key: String,
    why: String,
    /// The request that it was an answer to.
    request: Option<RequestId>,
}

impl Typed {
    fn is_kind(&self, kind: &str) -> bool {
        self.kind == kind
    }

    /// The reasons that were typed for this request.
    fn why_to(&self, request: &str) -> &str {
        if self.request.is_some_and(|id| id.to_string() == request) { &self.why } else { "" }
    }
}

/// The person.
#[get("/forgetting/{person}")]
pub async fn show(app: Data<App>, request: HttpRequest, Someone(signed): Someone, id: Path<PersonId>) -> Answer {
    page(&app, &request, &signed, *id, Typed::default(), None).await
}

async fn page(
    app: &App,
    request: &HttpRequest,
    signed: &Signed,
    id: PersonId,
    typed: Typed,
    problem: Option<Problem>,
) -> Answer {
    let one = privacy::one(app, &signed.me, id).await?;
    let frame = Frame::of(request, Some(signed), Tab::Forgetting);
    let today = one.today;
    let day = |at| days::long(calendar::day(at, &frame.time_zone), today, frame.language);
    let asked = |asked: &vault::rows::requests::Asked| RequestShown {
        id: asked.id.to_string(),
        asked: asked_on(&frame, asked, today),
        answer: asked
            .answered_at
            .map(|at| (frame.with("forgetting-answered-on", "day", day(at)), asked.answer.clone().unwrap_or_default())),
    };
    let key = if typed.key.is_empty() { app.chance.draw(HoldId::random).to_string() } else { typed.key.clone() };
    html(&PersonPage {
        href: format!("/forgetting/{id}"),
        place: place(&frame, &one.whom),
        when: one.due.as_ref().map(|due| When::of(&frame, due, today)),
        asked: one.asked.iter().map(asked).collect(),
        held: one.held.iter().map(|hold| HoldShown::of(&frame, hold, today)).collect(),
        kinds: KINDS.map(|kind| (kind, frame.t(&format!("hold-{}", kind.replace('_', "-"))))).into(),
        longest: LONGEST_GROUND,
        first_day: today.to_string(),
        last_day: today.saturating_add(jiff::ToSpan::year(1)).to_string(),
        name: one.whom.name,
        user_name: one.whom.user_name,
        is_protected: one.whom.is_protected,
        controller: one.controller,
        typed: Typed { key, ..typed },
        problem,
        frame,
    })
}

/// The page once more, with what was typed and what is wrong with it.
async fn again(
    app: &App,
    request: &HttpRequest,
    signed: &Signed,
    id: PersonId,
    typed: Typed,
    problem: Problem,
) -> Answer {
    let mut response = page(app, request, signed, id, typed, Some(problem.clone())).await?;
    mark(&mut response, &problem);
    Ok(response)
}

/// The form for a hold.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct HoldForm {
    kind: String,
    ground: String,
    review: String,
    key: String,
}

/// Keeps the person's data.
#[post("/forgetting/{person}/holds")]
pub async fn keep(
    app: Data<App>,
    request: HttpRequest,
    Someone(signed): Someone,
    id: Path<PersonId>,
    form: Form<HoldForm>,
) -> Answer {
    let HoldForm { kind, ground, review, key } = form.into_inner();
    let hold = key.parse().unwrap_or_else(|_| app.chance.draw(HoldId::random));
    let new = NewHold { id: hold, kind: kind.clone(), ground: ground.clone(), review_on: review.clone() };
    match privacy::hold(&app, &signed.me, *id, new).await.map_err(Problem::from) {
        Ok(()) => Ok(on_to(&format!("/forgetting/{id}#held"))),
        Err(problem @ (Problem::GroundUnusable | Problem::ReviewUnusable)) => {
            let typed = Typed { kind, ground, review, key, ..Typed::default() };
            again(&app, &request, &signed, *id, typed, problem).await
        }
        Err(problem) => Err(problem),
    }
}

/// Ends a hold.
#[post("/forgetting/{person}/holds/{hold}/lift")]
pub async fn lift(app: Data<App>, Someone(signed): Someone, ids: Path<(PersonId, HoldId)>) -> Answer {
    let (person, hold) = *ids;
    privacy::lift(&app, &signed.me, person, hold).await?;
    Ok(on_to(&format!("/forgetting/{person}#held")))
}

/// Why not.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Reasons {
    why: String,
}

/// Refuses what the person asked for.
#[post("/forgetting/{person}/requests/{request}/refuse")]
pub async fn refuse(
    app: Data<App>,
    request: HttpRequest,
    Someone(signed): Someone,
    ids: Path<(PersonId, RequestId)>,
    reasons: Form<Reasons>,
) -> Answer {
    let (person, asked) = *ids;
    match privacy::refuse(&app, &signed.me, person, asked, &reasons.why).await.map_err(Problem::from) {
        Ok(()) => Ok(on_to(&format!("/forgetting/{person}#asked"))),
        Err(problem @ Problem::GroundUnusable) => {
            let typed = Typed { why: reasons.into_inner().why, request: Some(asked), ..Typed::default() };
            again(&app, &request, &signed, person, typed, problem).await
        }
        Err(problem) => Err(problem),
    }
}
