//! Who is their own controller: signing up, what was consented to, a copy, the end; and everybody's language.

use actix_web::{
    HttpRequest, HttpResponse, get,
    http::header::CONTENT_DISPOSITION,
    post,
    web::{Data, Json},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use vault::{
    Role,
    rows::consents::{Purpose, Step, TEXT},
};

use super::answers::language_of;
use crate::{
    app::App,
    individuals::{self, Form},
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

/// What is stored of oneself, and what one has consented to.
#[derive(Serialize, ToSchema)]
#[schema(as = MyData)]
struct MyDataBody {
    user_name: String,
    purposes: Vec<PurposeBody>,
    /// Oldest first.
    history: Vec<StepBody>,
    /// When the account is deleted unless practice is consented to again.
    #[schema(required)]
    deleted_on: Option<i64>,
    /// The version of the sentences that hold now: to be sent with a consent.
    text: i32,
}

/// What one has consented to.
#[utoipa::path(
    get, path = "/my-data", operation_id = "getMyData", tag = "own data",
    responses((status = 200, description = "The consents and their history.", body = MyDataBody)),
    extensions(("x-problems" = json!(["not-found"]))),
)]
#[get("/my-data")]
pub async fn show(app: Data<App>, request: HttpRequest, someone: Someone) -> Result<HttpResponse, Problem> {
    let signed = someone.who_is(Role::Individual)?;
    let standing = individuals::standing(&app, &signed.me).await?;
    let language = language_of(&request, &signed);
    let purpose = |purpose: Purpose| PurposeBody {
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
    Ok(HttpResponse::Ok().json(MyDataBody {
        purposes: Purpose::ALL.map(purpose).into(),
        history: standing.history.iter().map(step).collect(),
        deleted_on: standing.deleted_on.map(|at| at.0),
        user_name: standing.user_name,
        text: TEXT,
    }))
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

/// A copy of everything that is stored of oneself.
#[utoipa::path(
    get, path = "/my-data/copy", operation_id = "copyMyData", tag = "own data",
    responses((status = 200, description = "Everything, as a file.", content_type = "application/json", body = Object,
        headers(("content-disposition" = String, description = "The file's name.")))),
    extensions(("x-problems" = json!(["not-found", "wait"]))),
)]
#[get("/my-data/copy")]
pub async fn copy(app: Data<App>, request: HttpRequest, someone: Someone) -> Result<HttpResponse, Problem> {
    let signed = someone.who_is(Role::Individual)?;
    let about = language_of(&request, &signed).t("my-data-copy-about");
    let copy = individuals::copy(&app, &signed.me, about).await?;
    let name = (CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", copy.file_name));
    Ok(HttpResponse::Ok().content_type("application/json").insert_header(name).body(copy.text))
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
