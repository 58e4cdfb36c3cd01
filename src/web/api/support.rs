//! Error reports: what one would hold, sending it, and what support reads until it is closed.

use actix_web::{
    HttpRequest, HttpResponse, get,
    http::header::USER_AGENT,
    post,
    web::{Data, Json, Path, Query},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use vault::{ReportId, Role};

use super::{
    answers::language_of,
    bodies::LineBody,
    paging::{Page, Paging},
    shapes::Id,
    tasks::TaskBody,
};
use crate::{
    app::App,
    exercises::Item,
    practice::Written,
    support::{self, Browser},
    web::{problem::Problem, speech::Language, who::Someone},
};

/// A task with its lines, as it is sent along.
#[derive(Serialize, ToSchema)]
#[schema(as = ReportedTask)]
struct AboutBody {
    /// `null` if it can no longer be drawn.
    #[schema(required)]
    task: Option<TaskBody>,
    lines: Vec<LineBody>,
}

fn about((item, lines): &(Option<Item>, Vec<Written>), language: Language) -> AboutBody {
    AboutBody {
        task: item.as_ref().map(|item| TaskBody::of(item, language)),
        lines: lines.iter().map(LineBody::of).collect(),
    }
}

/// What a report would hold now, and those that were sent.
#[derive(Serialize, ToSchema)]
#[schema(as = ReportDraft)]
struct DraftBody {
    /// The name, as support will see it.
    name: String,
    system: &'static str,
    browser: String,
    #[schema(required)]
    about: Option<AboutBody>,
    /// The newest few, newest first.
    sent: Vec<SentBody>,
}

/// A report that was sent.
#[derive(Serialize, ToSchema)]
#[schema(as = SentReport)]
struct SentBody {
    sent_at: i64,
    /// Support can read it.
    open: bool,
}

fn browser(request: &HttpRequest) -> Browser {
    let agent = request.headers().get(USER_AGENT).and_then(|agent| agent.to_str().ok());
    Browser::read(agent.unwrap_or_default())
}

/// What an error report would hold now.
#[utoipa::path(
    get, path = "/report", operation_id = "draftReport", tag = "support",
    responses((status = 200, description = "Word for word what would be sent.", body = DraftBody)),
)]
#[get("/report")]
pub async fn draft(app: Data<App>, request: HttpRequest, Someone(signed): Someone) -> Result<HttpResponse, Problem> {
    let draft = support::draft(&app, &signed.me).await?;
    let Browser { system, name } = browser(&request);
    let now = app.clock.now();
    Ok(HttpResponse::Ok().json(DraftBody {
        name: signed.profile.name.clone(),
        system,
        browser: name,
        about: draft.about.as_ref().map(|of| about(of, language_of(&request, &signed))),
        sent: draft.sent.iter().map(|sent| SentBody { sent_at: sent.sent_at.0, open: sent.is_open(now) }).collect(),
    }))
}

/// Whether the task goes along. Which one, the server knows.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewReport {
    about: bool,
}

/// Send an error report.
///
/// While a report about the same is open there is no second one: sent again it changes nothing more.
#[utoipa::path(
    post, path = "/report", operation_id = "sendReport", tag = "support", request_body = NewReport,
    responses((status = 204, description = "Support can read it.")),
    extensions(("x-problems" = json!(["no-consent"]))),
)]
#[post("/report")]
pub async fn send(
    app: Data<App>,
    request: HttpRequest,
    Someone(signed): Someone,
    new: Json<NewReport>,
) -> Result<HttpResponse, Problem> {
    support::send(&app, &signed.me, new.about, browser(&request)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// A report that is open.
#[derive(Serialize, ToSchema)]
#[schema(as = WaitingReport)]
struct WaitingBody {
    #[schema(value_type = Id)]
    id: ReportId,
    sent_at: i64,
    /// Who sent it; `null` with a protected identity.
    #[schema(required)]
    sender: Option<String>,
    /// Whether a calculation came with it.
    about: bool,
}

/// The reports that are open, oldest first.
#[utoipa::path(
    get, path = "/support/reports", operation_id = "listReports", tag = "support", params(Paging),
    responses((status = 200, description = "A piece of the list.", body = Page<WaitingBody>)),
    extensions(("x-problems" = json!(["not-found", "cursor-unusable"]))),
)]
#[get("/support/reports")]
pub async fn list(app: Data<App>, someone: Someone, paging: Query<Paging>) -> Result<HttpResponse, Problem> {
    let signed = someone.who_is(Role::Support)?;
    let reports = support::reports(&app, &signed.me).await?;
    let page = paging.cut(
        reports,
        |report| report.id.to_string(),
        |report| WaitingBody { id: report.id, sent_at: report.sent_at.0, sender: report.sender, about: report.about },
    )?;
    Ok(HttpResponse::Ok().json(page))
}

/// A report with what was sent along.
#[derive(Serialize, ToSchema)]
#[schema(as = Report)]
struct ReportBody {
    #[schema(value_type = Id)]
    id: ReportId,
    sent_at: i64,
    #[schema(required)]
    sender: Option<String>,
    #[schema(required)]
    system: Option<String>,
    #[schema(required)]
    browser: Option<String>,
    #[schema(required)]
    about: Option<AboutBody>,
}

/// A report that is open, with what was sent along.
#[utoipa::path(
    get, path = "/support/reports/{report}", operation_id = "getReport", tag = "support",
    params(("report" = Id, Path)),
    responses((status = 200, description = "The report.", body = ReportBody)),
)]
#[get("/support/reports/{report}")]
pub async fn show(
    app: Data<App>,
    request: HttpRequest,
    someone: Someone,
    id: Path<ReportId>,
) -> Result<HttpResponse, Problem> {
    let signed = someone.who_is(Role::Support)?;
    let report = support::report(&app, &signed.me, *id).await?;
    Ok(HttpResponse::Ok().json(ReportBody {
        id: report.id,
        sent_at: report.sent_at.0,
        about: report.about.as_ref().map(|of| about(of, language_of(&request, &signed))),
        sender: report.sender,
        system: report.system,
        browser: report.browser,
    }))
}

/// Close a report.
///
/// From then on it is not found.
#[utoipa::path(
    post, path = "/support/reports/{report}/close", operation_id = "closeReport", tag = "support",
    params(("report" = Id, Path)),
    responses((status = 204, description = "It is closed.")),
)]
#[post("/support/reports/{report}/close")]
pub async fn close(app: Data<App>, someone: Someone, id: Path<ReportId>) -> Result<HttpResponse, Problem> {
    let signed = someone.who_is(Role::Support)?;
    support::close(&app, &signed.me, *id).await?;
    Ok(HttpResponse::NoContent().finish())
}
