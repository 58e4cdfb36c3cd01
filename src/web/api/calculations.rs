//! Calculations and their lines.

use actix_web::{
    HttpResponse, get, post,
    web::{Data, Json, Path},
};
use serde::{Deserialize, Serialize};
use stepcheck::{Notation, Verdict};
use vault::{CalculationId, IdempotencyKey};

use crate::{
    app::App,
    practice::{self, Desk, Shown, Submitted, Why, Written},
    web::{problem::Problem, who::Someone},
};

/// What would be opened next, and why. Probability 0-1.
#[derive(Serialize)]
struct RecommendationBody {
    exercise: String,
    skill: String,
    why: Why,
    probability: f64,
}

/// The recommended exercise, without opening it; `null` when nothing suits.
#[get("/recommendation")]
pub async fn recommendation(app: Data<App>, Someone(signed): Someone) -> Result<HttpResponse, Problem> {
    let today = practice::today(&app, &signed.me).await?;
    if today.is_paused {
        return Err(Problem::NoConsent);
    }
    let body = today.next.and_then(|next| {
        Some(RecommendationBody {
            exercise: app.bank.at(next.exercise)?.id.as_str().to_owned(),
            skill: app.bank.skill(next.skill)?.id.as_str().to_owned(),
            why: next.why,
            probability: next.probability,
        })
    });
    Ok(HttpResponse::Ok().json(body))
}

/// A calculation with its lines. Times are milliseconds UTC.
#[derive(Serialize)]
struct CalculationBody<'a> {
    id: CalculationId,
    exercise: &'a str,
    ask: &'a str,
    /// The task as plain text with decimal comma.
    start: String,
    opened_at: i64,
    finished_at: Option<i64>,
    lines: Vec<LineBody<'a>>,
}

#[derive(Serialize)]
struct LineBody<'a> {
    number: i16,
    key: IdempotencyKey,
    entered: &'a str,
    at: i64,
    verdict: &'a Verdict,
}

impl<'a> LineBody<'a> {
    fn of(line: &'a Written) -> Self {
        Self { number: line.number, key: line.key, entered: &line.entered, at: line.at.0, verdict: &line.verdict }
    }
}

fn body(desk: &Desk) -> CalculationBody<'_> {
    CalculationBody {
        id: desk.calculation.id,
        exercise: &desk.calculation.exercise,
        ask: &desk.item.ask.sv,
        start: stepcheck::text(&desk.item.task.start, Notation::Comma),
        opened_at: desk.calculation.opened_at.0,
        finished_at: desk.calculation.finished_at.map(|at| at.0),
        lines: desk.lines.iter().map(LineBody::of).collect(),
    }
}

/// Opens the recommended item, or gives the half-finished one.
#[post("/calculations")]
pub async fn open(app: Data<App>, Someone(signed): Someone) -> Result<HttpResponse, Problem> {
    let id = practice::open_next(&app, &signed.me).await?;
    let Shown { desk, .. } = practice::show(&app, &signed.me, id).await?;
    Ok(HttpResponse::Created().insert_header(("location", format!("/api/v1/calculations/{id}"))).json(body(&desk)))
}

/// One's own calculation.
#[get("/calculations/{id}")]
pub async fn show(app: Data<App>, Someone(signed): Someone, id: Path<CalculationId>) -> Result<HttpResponse, Problem> {
    let Shown { desk, .. } = practice::show(&app, &signed.me, *id).await?;
    Ok(HttpResponse::Ok().json(body(&desk)))
}

/// A line to be judged. The key makes sending it again harmless.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewLine {
    line: String,
    key: IdempotencyKey,
}

#[derive(Serialize)]
struct SubmittedBody<'a> {
    #[serde(flatten)]
    line: LineBody<'a>,
    finished: bool,
}

/// Judges and stores a line; answered when it is on the disk. 200 instead of 201 when the key was stored before.
#[post("/calculations/{id}/lines")]
pub async fn submit(
    app: Data<App>,
    Someone(signed): Someone,
    id: Path<CalculationId>,
    new: Json<NewLine>,
) -> Result<HttpResponse, Problem> {
    let Submitted { desk, line, again } = practice::submit_line(&app, &signed.me, *id, new.key, &new.line).await?;
    let finished = desk.calculation.finished_at.is_some();
    let mut response = if again { HttpResponse::Ok() } else { HttpResponse::Created() };
    Ok(response.json(SubmittedBody { line: LineBody::of(&line), finished }))
}
