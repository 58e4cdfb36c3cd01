//! What a guardian sees: the children, and of each what it practised and can. No lines.

use actix_web::{
    HttpRequest, HttpResponse, get,
    web::{Data, Path, Query},
};
use serde::Serialize;
use utoipa::ToSchema;
use vault::{PersonId, Role};

use super::{
    answers::{IfNoneMatch, language_of, tagged},
    bodies::{self, KnownBody, StudentBody},
    paging::{Page, Paging},
    shapes::Id,
};
use crate::{
    app::App,
    classroom,
    web::{problem::Problem, who::Someone},
};

/// The children that one has a confirmed link to, by name.
#[utoipa::path(
    get, path = "/children", operation_id = "listChildren", tag = "guardian", params(Paging),
    responses((status = 200, description = "A piece of the list.", body = Page<StudentBody>)),
    extensions(("x-problems" = json!(["not-found", "cursor-unusable"]))),
)]
#[get("/children")]
pub async fn list(app: Data<App>, someone: Someone, paging: Query<Paging>) -> Result<HttpResponse, Problem> {
    let signed = someone.who_is(Role::Guardian)?;
    let children = classroom::children(&app, &signed.me).await?;
    let page = paging.cut(children, |child| child.id.to_string(), |child| StudentBody::of(&child))?;
    Ok(HttpResponse::Ok().json(page))
}

/// Something that a child did.
#[derive(Serialize, ToSchema)]
#[schema(as = ChildDone)]
struct DoneBody {
    #[schema(required)]
    skill: Option<String>,
    opened_at: i64,
    #[schema(required)]
    finished_at: Option<i64>,
}

/// A child's practice in short.
#[derive(Serialize, ToSchema)]
#[schema(as = Child)]
struct ChildBody {
    student: StudentBody,
    /// The practised skills.
    known: Vec<KnownBody>,
    /// The newest thirty, newest first.
    done: Vec<DoneBody>,
}

/// A child: what it can and did, without its lines.
#[utoipa::path(
    get, path = "/children/{student}", operation_id = "getChild", tag = "guardian",
    params(("student" = Id, Path), IfNoneMatch),
    responses(
        (status = 200, description = "The child's practice in short.", body = ChildBody, headers(("etag" = String))),
        (status = 304, description = "It is as it was."),
    ),
)]
#[get("/children/{student}")]
pub async fn show(
    app: Data<App>,
    request: HttpRequest,
    someone: Someone,
    id: Path<PersonId>,
) -> Result<HttpResponse, Problem> {
    let signed = someone.who_is(Role::Guardian)?;
    let view = classroom::child(&app, &signed.me, *id).await?;
    let skill = |exercise: &str| {
        let skill = app.bank.skill(app.bank.exercise(&exercise.into())?.skill)?;
        Some(skill.id.as_str().to_owned())
    };
    let done = view.done.iter().map(|done| DoneBody {
        skill: skill(&done.exercise),
        opened_at: done.opened_at.0,
        finished_at: done.finished_at.map(|at| at.0),
    });
    let body = ChildBody {
        student: StudentBody::of(&view.student),
        known: bodies::known(&app, &view.known, language_of(&request, &signed)),
        done: done.collect(),
    };
    tagged(&request, &body)
}
