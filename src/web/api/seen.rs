//! Who looked at one's data, or at one's child's, and what one sees oneself.

use std::{fmt, str::FromStr};

use actix_web::{
    HttpRequest, HttpResponse, get,
    web::{Data, Path, Query},
};
use serde::Serialize;
use utoipa::ToSchema;
use vault::{
    Millis, PersonId, Role,
    audit::{Place, Seen},
};

use super::{
    answers::{IfNoneMatch, language_of, tagged},
    paging::{Page, Paging, cursor},
    shapes::Id,
};
use crate::{
    app::App,
    privacy::{self, SeenList},
    web::{problem::Problem, who::Someone},
};

/// A place in the list, as a cursor holds it.
struct At(Place);

impl fmt::Display for At {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {}", self.0.at.0, self.0.seq)
    }
}

impl FromStr for At {
    type Err = Problem;
    fn from_str(text: &str) -> Result<Self, Problem> {
        let unusable = |_| Problem::CursorUnusable;
        let (at, seq) = text.split_once(' ').ok_or(Problem::CursorUnusable)?;
        Ok(Self(Place { at: Millis(at.parse().map_err(unusable)?), seq: seq.parse().map_err(unusable)? }))
    }
}

/// Somebody looked, or decided about something.
#[derive(Serialize, ToSchema)]
#[schema(as = Seen)]
struct SeenBody {
    at: i64,
    /// What was done, such as `look` or `give_password`.
    action: &'static str,
    /// What was looked at, such as `practice` or `names`.
    class: &'static str,
    /// As what they did it; `null` where that is nobody's role.
    #[schema(required)]
    role: Option<&'static str>,
    /// Who it was; `null` where that is not said.
    #[schema(required)]
    name: Option<String>,
    /// It was oneself.
    is_me: bool,
    /// The group, where it was everyone in it.
    #[schema(required)]
    group: Option<String>,
}

impl SeenBody {
    fn of(seen: Seen) -> Self {
        Self {
            at: seen.place.at.0,
            action: seen.action.name(),
            class: seen.class.name(),
            role: seen.by.role.map(Role::name),
            name: seen.by.name,
            is_me: seen.by.is_me,
            group: seen.group,
        }
    }
}

fn page(found: SeenList) -> Page<SeenBody> {
    Page {
        items: found.entries.into_iter().map(SeenBody::of).collect(),
        next: found.more.map(|place| cursor(&At(place))),
    }
}

fn after(paging: &Paging) -> Result<Option<Place>, Problem> {
    Ok(paging.after::<At>()?.map(|at| at.0))
}

/// Who looked at one's data, newest first.
#[utoipa::path(
    get, path = "/seen", operation_id = "listSeen", tag = "own data", params(Paging),
    responses((status = 200, description = "A piece of the list.", body = Page<SeenBody>)),
    extensions(("x-problems" = json!(["cursor-unusable"]))),
)]
#[get("/seen")]
pub async fn list(app: Data<App>, Someone(signed): Someone, paging: Query<Paging>) -> Result<HttpResponse, Problem> {
    let found = privacy::seen(&app, &signed.me, after(&paging)?, paging.most()?).await?;
    Ok(HttpResponse::Ok().json(page(found)))
}

/// Who looked at a child's data, newest first.
#[utoipa::path(
    get, path = "/children/{student}/seen", operation_id = "listSeenOfChild", tag = "guardian",
    params(("student" = Id, Path), Paging),
    responses((status = 200, description = "A piece of the list.", body = Page<SeenBody>)),
    extensions(("x-problems" = json!(["cursor-unusable"]))),
)]
#[get("/children/{student}/seen")]
pub async fn list_of_child(
    app: Data<App>,
    someone: Someone,
    id: Path<PersonId>,
    paging: Query<Paging>,
) -> Result<HttpResponse, Problem> {
    let signed = someone.who_is(Role::Guardian)?;
    let (_, found) = privacy::seen_of_child(&app, &signed.me, *id, after(&paging)?, paging.most()?).await?;
    Ok(HttpResponse::Ok().json(page(found)))
}

/// What one sees as one of one's roles.
#[derive(Serialize, ToSchema)]
#[schema(as = Sight)]
struct SightBody {
    #[schema(example = "teacher")]
    role: &'static str,
    /// In the reader's language.
    sees: String,
    does_not_see: String,
    why: String,
}

/// What one sees, what not, and why that is right.
#[utoipa::path(
    get, path = "/sight", operation_id = "getSight", tag = "own data", params(IfNoneMatch),
    responses(
        (status = 200, description = "One entry a role.", body = Vec<SightBody>, headers(("etag" = String))),
        (status = 304, description = "It is as it was."),
    ),
)]
#[get("/sight")]
pub async fn sight(request: HttpRequest, Someone(signed): Someone) -> Result<HttpResponse, Problem> {
    let language = language_of(&request, &signed);
    let said = |role: Role| {
        let key = role.name().replace('_', "-");
        SightBody {
            role: role.name(),
            sees: language.t(&format!("role-{key}-sees")),
            does_not_see: language.t(&format!("role-{key}-not")),
            why: language.t(&format!("role-{key}-why")),
        }
    };
    let roles = Role::ALL.into_iter().filter(|role| signed.profile.is(*role));
    tagged(&request, &roles.map(said).collect::<Vec<_>>())
}
