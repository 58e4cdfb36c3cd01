//! Who is due to be forgotten under one's controller, and what its officer decides.

mod bodies;

use actix_web::{
    HttpRequest, HttpResponse, delete, get, post,
    web::{Data, Json, Path},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use vault::{HoldId, PersonId, RequestId, rows::holds::NewHold};

use self::bodies::{AskedBody, DoneBody, DueBody, HoldBody, WhomBody};
use super::shapes::Id;
use crate::{
    app::App,
    privacy,
    web::{problem::Problem, visitor::visitor, who::Someone},
};

/// Somebody who is due.
#[derive(Serialize, ToSchema)]
#[schema(as = WhoIsDue)]
struct WhoIsDueBody {
    whom: WhomBody,
    due: DueBody,
}

/// Somebody who asked.
#[derive(Serialize, ToSchema)]
#[schema(as = WhoAsked)]
struct WhoAskedBody {
    whom: WhomBody,
    request: AskedBody,
}

/// Somebody whose data are kept.
#[derive(Serialize, ToSchema)]
#[schema(as = WhoIsHeld)]
struct WhoIsHeldBody {
    whom: WhomBody,
    hold: HoldBody,
}

/// What there is to be seen to.
#[derive(Serialize, ToSchema)]
#[schema(as = Forgetting)]
struct ForgettingBody {
    /// Overdue or due within 60 days, first what is due first; at most 50.
    due: Vec<WhoIsDueBody>,
    /// How many more there are.
    more_due: usize,
    /// Who waits for an answer, oldest first; at most 50.
    requests: Vec<WhoAskedBody>,
    /// First what is to be looked at first; at most 50.
    holds: Vec<WhoIsHeldBody>,
    more_holds: usize,
    /// The newest certificates, newest first; at most 50.
    certificates: Vec<DoneBody>,
}

/// Who is due, who asked, whose data are kept, and what was carried out.
///
/// Everybody whose name is shown is told that one looked.
#[utoipa::path(
    get, path = "/forgetting", operation_id = "listDue", tag = "administration",
    responses((status = 200, description = "Everything to be seen to.", body = ForgettingBody)),
    extensions(("x-problems" = json!(["not-found"]))),
)]
#[get("/forgetting")]
pub async fn list(app: Data<App>, Someone(signed): Someone) -> Result<HttpResponse, Problem> {
    let list = privacy::under_me(&app, &signed.me).await?;
    let due = |one: &privacy::Shown| WhoIsDueBody { whom: WhomBody::listed(one), due: DueBody::of(&one.what) };
    let asked = |one: &privacy::Asking| WhoAskedBody { whom: WhomBody::listed(one), request: AskedBody::of(&one.what) };
    let held = |one: &privacy::Held| WhoIsHeldBody { whom: WhomBody::listed(one), hold: HoldBody::of(&one.what) };
    Ok(HttpResponse::Ok().json(ForgettingBody {
        due: list.due.iter().map(due).collect(),
        more_due: list.more_due,
        requests: list.asking.iter().map(asked).collect(),
        holds: list.held.iter().map(held).collect(),
        more_holds: list.more_held,
        certificates: list.done.iter().map(DoneBody::of).collect(),
    }))
}

/// Whom is looked for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Sought)]
pub struct Sought {
    /// All of it.
    user_name: String,
}

/// Who was found.
#[derive(Serialize, ToSchema)]
#[schema(as = Found)]
struct FoundBody {
    #[schema(value_type = Id)]
    id: PersonId,
}

/// Find somebody of one's controller by their user name.
#[utoipa::path(
    post, path = "/find-person", operation_id = "findPerson", tag = "administration", request_body = Sought,
    responses((status = 200, description = "Whose it is.", body = FoundBody)),
    extensions(("x-problems" = json!(["not-found"]))),
)]
#[post("/find-person")]
pub async fn find(app: Data<App>, Someone(signed): Someone, sought: Json<Sought>) -> Result<HttpResponse, Problem> {
    let id = privacy::find(&app, &signed.me, &sought.user_name).await?;
    Ok(HttpResponse::Ok().json(FoundBody { id }))
}

/// One person.
#[derive(Serialize, ToSchema)]
#[schema(as = PersonToForget)]
struct OneBody {
    whom: WhomBody,
    /// `null` where the controller alone decides when.
    #[schema(required)]
    due: Option<DueBody>,
    /// Newest first.
    requests: Vec<AskedBody>,
    holds: Vec<HoldBody>,
}

/// One person: when they are due, what they asked for, what keeps their data.
#[utoipa::path(
    get, path = "/forgetting/{person}", operation_id = "getPersonToForget", tag = "administration",
    params(("person" = Id, Path)),
    responses((status = 200, description = "What is to be decided about.", body = OneBody)),
)]
#[get("/forgetting/{person}")]
pub async fn show(app: Data<App>, Someone(signed): Someone, id: Path<PersonId>) -> Result<HttpResponse, Problem> {
    let one = privacy::one(&app, &signed.me, *id).await?;
    Ok(HttpResponse::Ok().json(OneBody {
        whom: WhomBody::of(&one.whom, true),
        due: one.due.as_ref().map(DueBody::of),
        requests: one.asked.iter().map(AskedBody::of).collect(),
        holds: one.held.iter().map(HoldBody::of).collect(),
    }))
}

/// What demands that somebody's data stay.
#[derive(Deserialize, ToSchema, Clone, Copy)]
#[serde(rename_all = "snake_case")]
#[schema(as = HoldKind)]
pub enum KindName {
    LegalClaim,
    Archive,
    Accounting,
    Restriction,
}

impl KindName {
    const fn name(self) -> &'static str {
        match self {
            Self::LegalClaim => "legal_claim",
            Self::Archive => "archive",
            Self::Accounting => "accounting",
            Self::Restriction => "restriction",
        }
    }
}

/// A hold to be set.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewHold)]
pub struct HoldForm {
    /// Drawn at random: the hold's id.
    #[schema(value_type = Id)]
    key: HoldId,
    kind: KindName,
    #[schema(min_length = 1, max_length = 500)]
    ground: String,
    /// From today to a year from now.
    #[schema(format = Date)]
    review_on: String,
}

/// Keep somebody's data from being forgotten.
#[utoipa::path(
    post, path = "/forgetting/{person}/holds", operation_id = "setHold", tag = "administration",
    params(("person" = Id, Path)), request_body = HoldForm,
    responses((status = 204, description = "They are kept.")),
    extensions(("x-problems" = json!(["ground-unusable", "review-unusable", "key-used"]))),
)]
#[post("/forgetting/{person}/holds")]
pub async fn keep(
    app: Data<App>,
    Someone(signed): Someone,
    id: Path<PersonId>,
    form: Json<HoldForm>,
) -> Result<HttpResponse, Problem> {
    let HoldForm { key, kind, ground, review_on } = form.into_inner();
    let new = NewHold { id: key, kind: kind.name().to_owned(), ground, review_on };
    privacy::hold(&app, &signed.me, *id, new).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// End a hold: what is due by then is forgotten the next night.
#[utoipa::path(
    delete, path = "/forgetting/{person}/holds/{hold}", operation_id = "liftHold", tag = "administration",
    params(("person" = Id, Path), ("hold" = Id, Path)),
    responses((status = 204, description = "It has ended.")),
)]
#[delete("/forgetting/{person}/holds/{hold}")]
pub async fn lift(
    app: Data<App>,
    Someone(signed): Someone,
    ids: Path<(PersonId, HoldId)>,
) -> Result<HttpResponse, Problem> {
    privacy::lift(&app, &signed.me, ids.0, ids.1).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Why not.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Reasons)]
pub struct Reasons {
    /// For whoever asked to read.
    #[schema(min_length = 1, max_length = 500)]
    why: String,
}

/// Refuse what somebody asked for, with reasons.
#[utoipa::path(
    post, path = "/forgetting/{person}/requests/{request}/refuse", operation_id = "refuseRequest",
    tag = "administration", params(("person" = Id, Path), ("request" = Id, Path)), request_body = Reasons,
    responses((status = 204, description = "It is answered.")),
    extensions(("x-problems" = json!(["ground-unusable"]))),
)]
#[post("/forgetting/{person}/requests/{request}/refuse")]
pub async fn refuse(
    app: Data<App>,
    Someone(signed): Someone,
    ids: Path<(PersonId, RequestId)>,
    reasons: Json<Reasons>,
) -> Result<HttpResponse, Problem> {
    privacy::refuse(&app, &signed.me, ids.0, ids.1, &reasons.why).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// One's own password once more.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = OfficerProof)]
pub struct Proof {
    password: String,
}

/// Have somebody forgotten.
///
/// There is no way back.
#[utoipa::path(
    post, path = "/forgetting/{person}/forget", operation_id = "forgetPerson", tag = "administration",
    params(("person" = Id, Path)), request_body = Proof,
    responses((status = 204, description = "Nothing of theirs is left.")),
    extensions(("x-problems" = json!(["held", "no-match", "wait"]))),
)]
#[post("/forgetting/{person}/forget")]
pub async fn forget(
    app: Data<App>,
    request: HttpRequest,
    Someone(signed): Someone,
    id: Path<PersonId>,
    proof: Json<Proof>,
) -> Result<HttpResponse, Problem> {
    let visitor = visitor(&app, &request);
    privacy::carry_out(&app, &signed.me, *id, proof.into_inner().password, visitor).await?;
    Ok(HttpResponse::NoContent().finish())
}
