//! What is stored of oneself: how much, until when, a copy, asking to be forgotten; and who is their own controller:
//! signing up, what was consented to, the end.

use actix_web::{
    HttpRequest, HttpResponse, delete, get,
    http::header::CONTENT_DISPOSITION,
    post,
    web::{Data, Json, Query},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use vault::{
    Role,
    rows::{
        consents::{Purpose, Step, TEXT},
        requests::Asked,
    },
};

use super::answers::language_of;
use crate::{
    app::App,
    individuals::{self, Form, Standing},
    privacy::{
        self, DueEntry,
        retention::{Anchor, Mode},
    },
    web::{
        problem::Problem,
        visitor::visitor,
        who::{self, Someone},
    },
};

/// Something that practice is used for.
#[derive(Serialize, ToSchema)]
#[schema(as = Purpose)]
struct PurposeBody {
    /// `practice` or `difficulty`.
    purpose: &'static str,
    /// In the reader's language.
    title: String,
    says: String,
    given: bool,
}

/// Something that was consented to or withdrawn.
#[derive(Serialize, ToSchema)]
#[schema(as = ConsentStep)]
struct StepBody {
    purpose: &'static str,
    given: bool,
    at: i64,
    /// The version of the sentences.
    text: i32,
}

/// How much is kept of oneself.
#[derive(Serialize, ToSchema)]
#[schema(as = Kept)]
struct KeptBody {
    calculations: i64,
    lines: i64,
    /// Skills that the model says something of.
    skills: i64,
    distances: i64,
    /// Assignments that one gave.
    given: i64,
}

/// When everything is forgotten.
#[derive(Serialize, ToSchema)]
#[schema(as = MyDue)]
struct MyDueBody {
    /// The last day on which it is kept, if nothing happens until then.
    #[schema(value_type = String, format = Date)]
    on: String,
    /// The day from which it is counted.
    #[schema(value_type = String, format = Date)]
    from: String,
    /// What is counted from, such as `last_activity`.
    #[schema(value_type = String, example = "last_activity")]
    anchor: Anchor,
    /// The controller is asked first, and nothing happens by itself.
    is_proposed: bool,
}

/// Something that one asked for.
#[derive(Serialize, ToSchema)]
#[schema(as = MyRequest)]
struct RequestBody {
    asked_at: i64,
    /// `null` while nobody has answered.
    #[schema(required)]
    answered_at: Option<i64>,
    /// Why it is not done.
    #[schema(required)]
    answer: Option<String>,
}

/// What is stored of oneself, when it is forgotten, and what one has consented to.
#[derive(Serialize, ToSchema)]
#[schema(as = MyData)]
struct MyDataBody {
    user_name: String,
    /// Who decides over it.
    controller: String,
    kept: KeptBody,
    /// `null` where the controller alone decides when.
    #[schema(required)]
    due: Option<MyDueBody>,
    /// It is kept whatever is due, and looked at again on this day at the latest.
    #[schema(required, value_type = Option<String>, format = Date)]
    held_until: Option<String>,
    /// Newest first.
    requests: Vec<RequestBody>,
    /// For somebody who is their own controller; empty for others, as is the history.
    purposes: Vec<PurposeBody>,
    /// Oldest first.
    history: Vec<StepBody>,
    /// When the account is deleted unless practice is consented to again.
    #[schema(required)]
    deleted_on: Option<i64>,
    /// The version of the sentences that hold now: to be sent with a consent.
    text: i32,
}

/// What is stored of oneself, and when it is forgotten.
#[utoipa::path(
    get, path = "/my-data", operation_id = "getMyData", tag = "own data",
    responses((status = 200, description = "How much, until when, what was asked for and consented to.", body = MyDataBody)),
)]
#[get("/my-data")]
pub async fn show(app: Data<App>, request: HttpRequest, Someone(signed): Someone) -> Result<HttpResponse, Problem> {
    let data = privacy::my_data(&app, &signed.me).await?;
    let standing = if data.own.is_individual { Some(individuals::standing(&app, &signed.me).await?) } else { None };
    let language = language_of(&request, &signed);
    let purpose = |standing: &Standing, purpose: Purpose| PurposeBody {
        purpose: purpose.name(),
        title: language.t(&format!("consent-{}-title", purpose.name())),
        says: language.t(&format!("consent-{}-says", purpose.name())),
        given: standing.is_given(purpose),
    };
    let step = |step: &vault::rows::consents::Consent| StepBody {
        purpose: step.purpose.name(),
        given: step.step == Step::Given,
        at: step.at.0,
        text: step.text_version,
    };
    let of = standing.as_ref();
    Ok(HttpResponse::Ok().json(MyDataBody {
        kept: KeptBody {
            calculations: data.own.calculations,
            lines: data.own.lines,
            skills: data.own.skills,
            distances: data.own.distances,
            given: data.own.given,
        },
        due: data.due.as_ref().map(my_due),
        held_until: data.held_until.first().cloned(),
        requests: data.asked.iter().map(asked).collect(),
        purposes: of.map(|of| Purpose::ALL.map(|each| purpose(of, each)).into()).unwrap_or_default(),
        history: of.map(|of| of.history.iter().map(step).collect()).unwrap_or_default(),
        deleted_on: of.and_then(|of| of.deleted_on).map(|at| at.0),
        user_name: data.own.user_name,
        controller: data.own.controller,
        text: TEXT,
    }))
}

fn my_due(due: &DueEntry) -> MyDueBody {
    MyDueBody {
        on: due.on.to_string(),
        from: due.from.to_string(),
        anchor: due.anchor,
        is_proposed: due.mode == Mode::Propose || due.may,
    }
}

fn asked(of: &Asked) -> RequestBody {
    RequestBody { asked_at: of.asked_at.0, answered_at: of.answered_at.map(|at| at.0), answer: of.answer.clone() }
}

/// Ask one's controller to be forgotten.
///
/// It is a question and no deletion. While nobody has answered there is one, however often it is sent. Somebody who is
/// their own controller does not ask but deletes.
#[utoipa::path(
    post, path = "/my-data/request", operation_id = "askToBeForgotten", tag = "own data",
    responses((status = 204, description = "The controller has it.")),
    extensions(("x-problems" = json!(["not-found"]))),
)]
#[post("/my-data/request")]
pub async fn ask(app: Data<App>, Someone(signed): Someone) -> Result<HttpResponse, Problem> {
    privacy::ask(&app, &signed.me).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Take it back, while nobody has answered.
#[utoipa::path(
    delete, path = "/my-data/request", operation_id = "takeRequestBack", tag = "own data",
    responses((status = 204, description = "Nothing of one's own waits for an answer.")),
)]
#[delete("/my-data/request")]
pub async fn take_back(app: Data<App>, Someone(signed): Someone) -> Result<HttpResponse, Problem> {
    privacy::take_back(&app, &signed.me).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// A purpose of practice.
#[derive(Deserialize, ToSchema, Clone, Copy)]
#[schema(as = PurposeName)]
#[serde(rename_all = "snake_case")]
pub enum PurposeName {
    Practice,
    Difficulty,
}

impl PurposeName {
    const fn meant(self) -> Purpose {
        match self {
            Self::Practice => Purpose::Practice,
            Self::Difficulty => Purpose::Difficulty,
        }
    }
}

/// Consenting, or withdrawing.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Chosen {
    purpose: PurposeName,
    give: bool,
    /// The version of the sentences that were read.
    text: i32,
}

/// Consent, or withdraw.
///
/// Sent again it changes nothing more.
#[utoipa::path(
    post, path = "/my-data/consent", operation_id = "chooseConsent", tag = "own data", request_body = Chosen,
    responses((status = 204, description = "It is written down.")),
    extensions(("x-problems" = json!(["not-found", "other-text"]))),
)]
#[post("/my-data/consent")]
pub async fn choose(app: Data<App>, someone: Someone, chosen: Json<Chosen>) -> Result<HttpResponse, Problem> {
    let signed = someone.who_is(Role::Individual)?;
    let step = if chosen.give { Step::Given } else { Step::Withdrawn };
    individuals::choose(&app, &signed.me, chosen.purpose.meant(), step, chosen.text).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// How the copy is written.
#[derive(Deserialize, ToSchema, Clone, Copy, Default)]
#[serde(rename_all = "lowercase")]
pub enum FormName {
    #[default]
    Json,
    Csv,
}

/// As what a copy comes.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct As {
    /// `json` if it is left out; `csv` is one table of path, row, field and value.
    #[serde(default)]
    #[param(inline, required = false)]
    form: FormName,
}

/// A copy of everything that is stored of oneself.
#[utoipa::path(
    get, path = "/my-data/copy", operation_id = "copyMyData", tag = "own data", params(As),
    responses((status = 200, description = "Everything, as a file.",
        content((Object = "application/json"), (String = "text/csv")),
        headers(("content-disposition" = String, description = "The file's name.")))),
    extensions(("x-problems" = json!(["wait"]))),
)]
#[get("/my-data/copy")]
pub async fn copy(
    app: Data<App>,
    request: HttpRequest,
    Someone(signed): Someone,
    asked: Query<As>,
) -> Result<HttpResponse, Problem> {
    let about = language_of(&request, &signed).t("my-data-copy-about");
    let (form, kind) = match asked.form {
        FormName::Json => (privacy::Form::Json, "application/json"),
        FormName::Csv => (privacy::Form::Csv, "text/csv; charset=utf-8"),
    };
    let written = privacy::copy(&app, &signed.me, about, form).await?;
    let name = (CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", written.file_name));
    Ok(HttpResponse::Ok().content_type(kind).insert_header(name).body(written.text))
}

/// The password once more.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    password: String,
}

/// Delete oneself and everything that is stored.
///
/// There is no way back.
#[utoipa::path(
    post, path = "/my-data/delete", operation_id = "deleteMyself", tag = "own data", request_body = Proof,
    responses((status = 204, description = "Everything is gone.")),
    extensions(("x-problems" = json!(["not-found", "no-match", "wait"]))),
)]
#[post("/my-data/delete")]
pub async fn delete(
    app: Data<App>,
    request: HttpRequest,
    someone: Someone,
    proof: Json<Proof>,
) -> Result<HttpResponse, Problem> {
    let signed = someone.who_is(Role::Individual)?;
    individuals::leave(&app, &signed.me, proof.into_inner().password, visitor(&app, &request)).await?;
    Ok(HttpResponse::NoContent().cookie(who::no_cookie(&app)).finish())
}

/// A language of the house.
#[derive(Deserialize, ToSchema, Clone, Copy)]
#[serde(rename_all = "lowercase")]
pub enum LanguageCode {
    Sv,
    En,
}

/// Somebody who will practise on their own.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewIndividual {
    #[schema(example = "ada-99")]
    user_name: String,
    #[schema(min_length = 10)]
    password: String,
    #[schema(minimum = 1, maximum = 12)]
    school_year: Option<u8>,
    language: LanguageCode,
    /// Old enough to consent alone. No date of birth is asked for.
    is_old_enough: bool,
    /// What is consented to: `practice` has to be among them.
    consents: Vec<PurposeName>,
    /// The version of the sentences that were read.
    text: i32,
}

/// Sign up as somebody who is their own controller.
///
/// Where the server takes individuals. The answer sets a session's cookie; a program takes tokens afterwards. Sent again
/// it is answered with `user-name-taken`.
#[utoipa::path(
    post, path = "/individuals", operation_id = "signUp", tag = "signing in", security(()),
    request_body = NewIndividual,
    responses((status = 204, description = "Signed up and in.",
        headers(("set-cookie" = String, description = "The session.")))),
    extensions(("x-problems" = json!([
        "not-found", "user-name-unusable", "user-name-taken", "password-weak", "choice-unusable", "not-consented",
        "other-text", "wait"
    ]))),
)]
#[post("/individuals")]
pub async fn sign_up(app: Data<App>, request: HttpRequest, new: Json<NewIndividual>) -> Result<HttpResponse, Problem> {
    let new = new.into_inner();
    let form = Form {
        user_name: new.user_name,
        password: new.password,
        school_year: new.school_year,
        language: match new.language {
            LanguageCode::Sv => "sv".to_owned(),
            LanguageCode::En => "en".to_owned(),
        },
        is_old_enough: new.is_old_enough,
        consents: new.consents.into_iter().map(PurposeName::meant).collect(),
        text_version: new.text,
    };
    let token = individuals::sign_up(&app, form, visitor(&app, &request)).await?;
    Ok(HttpResponse::NoContent().cookie(who::cookie(&app, &token)).finish())
}
