//! Having somebody forgotten: what goes, what stays, and the officer's own password.

use actix_web::{
    HttpRequest, get, post,
    web::{Data, Form, Path},
};
use askama::Template;
use serde::Deserialize;
use vault::PersonId;

use super::{super::my_data::mark, shown::place};
use crate::{
    accounts::Signed,
    app::App,
    privacy,
    web::{
        frame::{Frame, Tab},
        page::{Answer, html, on_to},
        problem::Problem,
        visitor::visitor,
        who::Someone,
    },
};

#[derive(Template)]
#[template(path = "forgetting_forget.html")]
struct BeforeForgetting {
    frame: Frame,
    href: String,
    name: String,
    place: String,
    is_held: bool,
    problem: Option<Problem>,
}

/// What it means.
#[get("/forgetting/{person}/forget")]
pub async fn before_forgetting(
    app: Data<App>,
    request: HttpRequest,
    Someone(signed): Someone,
    id: Path<PersonId>,
) -> Answer {
    page(&app, &request, &signed, *id, None).await
}

async fn page(app: &App, request: &HttpRequest, signed: &Signed, id: PersonId, problem: Option<Problem>) -> Answer {
    let one = privacy::one(app, &signed.me, id).await?;
    let frame = Frame::of(request, Some(signed), Tab::Forgetting);
    html(&BeforeForgetting {
        href: format!("/forgetting/{id}"),
        place: place(&frame, &one.whom),
        name: one.whom.name,
        is_held: !one.held.is_empty(),
        problem,
        frame,
    })
}

/// What the form sends.
#[derive(Deserialize)]
pub struct Typed {
    /// Nothing is a wrong password, whoever sends it.
    #[serde(default)]
    password: String,
}

/// Has them forgotten.
#[post("/forgetting/{person}/forget")]
pub async fn forget(
    app: Data<App>,
    request: HttpRequest,
    Someone(signed): Someone,
    id: Path<PersonId>,
    typed: Form<Typed>,
) -> Answer {
    let password = typed.into_inner().password;
    let visitor = visitor(&app, &request);
    match privacy::carry_out(&app, &signed.me, *id, password, visitor).await.map_err(Problem::from) {
        Ok(()) => Ok(on_to("/forgetting#done")),
        Err(problem @ (Problem::NoMatch | Problem::Busy | Problem::Wait(_) | Problem::Held)) => {
            let mut response = page(&app, &request, &signed, *id, Some(problem.clone())).await?;
            mark(&mut response, &problem);
            Ok(response)
        }
        Err(problem) => Err(problem),
    }
}
