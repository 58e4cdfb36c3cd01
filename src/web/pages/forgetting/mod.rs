//! What the officer of a controller sees of who is due to be forgotten, who asked for it and whom a hold keeps, and the
//! way to one person by their user name.
//!
//! | file | what stands there |
//! |---|---|
//! | `shown.rs` | entries in words |
//! | `person.rs` | one person: what is known, holds, an answer |
//! | `farewell.rs` | having somebody forgotten |

mod farewell;
mod person;
mod shown;

use actix_web::{
    HttpRequest, get,
    http::StatusCode,
    post,
    web::{Data, Form},
};
use askama::Template;
use serde::Deserialize;

use self::shown::{AskingShown, DoneShown, DueShown, HeldShown};
pub use self::{
    farewell::{before_forgetting, forget},
    person::{keep, lift, refuse, show as show_person},
};
use crate::{
    accounts::Signed,
    app::App,
    privacy::{self, DueList},
    web::{
        frame::{Frame, Tab},
        page::{Answer, html, on_to},
        problem::Problem,
        who::Someone,
    },
};

#[derive(Template)]
#[template(path = "forgetting.html")]
struct ForgettingPage {
    frame: Frame,
    controller: String,
    due: Vec<DueShown>,
    more_due: usize,
    asking: Vec<AskingShown>,
    held: Vec<HeldShown>,
    more_held: usize,
    done: Vec<DoneShown>,
    /// The user name that was looked for.
    typed: String,
    /// Nobody has it.
    is_nobody: bool,
}

/// Everything that is to be seen to.
#[get("/forgetting")]
pub async fn show(app: Data<App>, request: HttpRequest, Someone(signed): Someone) -> Answer {
    page(&app, &request, &signed, None).await
}

async fn page(app: &App, request: &HttpRequest, signed: &Signed, typed: Option<String>) -> Answer {
    let list = privacy::under_me(app, &signed.me).await?;
    let frame = Frame::of(request, Some(signed), Tab::Forgetting);
    let DueList { controller, due, more_due, asking, held, more_held, done, today, now: _ } = list;
    html(&ForgettingPage {
        due: due.iter().map(|due| DueShown::of(&frame, due, today)).collect(),
        asking: asking.iter().map(|asking| AskingShown::of(&frame, asking, today)).collect(),
        held: held.iter().map(|held| HeldShown::of(&frame, held, today)).collect(),
        done: done.iter().map(|done| DoneShown::of(&frame, done)).collect(),
        is_nobody: typed.is_some(),
        typed: typed.unwrap_or_default(),
        controller,
        more_due,
        more_held,
        frame,
    })
}

/// Whom is looked for.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    user_name: String,
}

/// Leads to the one with a user name, or shows the page again.
#[post("/forgetting/find")]
pub async fn find(app: Data<App>, request: HttpRequest, Someone(signed): Someone, typed: Form<Typed>) -> Answer {
    match privacy::find(&app, &signed.me, &typed.user_name).await.map_err(Problem::from) {
        Ok(person) => Ok(on_to(&format!("/forgetting/{person}"))),
        // Who is no officer finds no page either.
        Err(Problem::NotFound) => {
            let mut response = page(&app, &request, &signed, Some(typed.into_inner().user_name)).await?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(problem) => Err(problem),
    }
}
