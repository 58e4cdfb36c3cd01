//! What is kept of whoever is signed in, when it is forgotten, and what they can do about it: a copy, asking to be forgotten,
//! and for individuals what they consented to, and the end.
//!
//! | file | what stands there |
//! |---|---|
//! | `kept.rs` | what is kept, in words and numbers |
//! | `countdown.rs` | when it is forgotten, in words |
//! | `consents.rs` | what an individual consented to |
//! | `asking.rs` | asking one's controller to be forgotten |
//! | `leaving.rs` | an individual deletes themselves |

mod asking;
mod consents;
mod countdown;
mod kept;
mod leaving;

use actix_web::{HttpRequest, HttpResponse, get, http::header, web::Data};
use askama::Template;

pub(super) use self::leaving::mark;
use self::{
    asking::AskedShown,
    consents::ConsentsShown,
    countdown::Countdown,
    kept::{Kept, kept},
};
pub use self::{
    asking::{ask, before_asking, take_back},
    consents::choose,
    leaving::{before_deleting, delete},
};
use super::seen::Entry;
use crate::{
    accounts::Signed,
    app::App,
    individuals,
    privacy::{self, Form},
    web::{
        days,
        frame::{Frame, Tab},
        page::{Answer, html},
        who::Someone,
    },
};

#[derive(Template)]
#[template(path = "my_data.html")]
struct MyDataPage {
    frame: Frame,
    lead: String,
    kept: Vec<Kept>,
    seen: Vec<Entry>,
    countdown: Countdown,
    /// When it was last asked whether it is to stay.
    asked_before: Option<String>,
    controller: String,
    /// What was asked for, newest first.
    asked: Vec<AskedShown>,
    /// Nobody has answered yet.
    is_waiting: bool,
    /// What somebody who is their own controller consented to.
    consents: Option<ConsentsShown>,
}

/// The page.
#[get("/my-data")]
pub async fn show(app: Data<App>, request: HttpRequest, Someone(signed): Someone) -> Answer {
    let data = privacy::my_data(&app, &signed.me).await?;
    let frame = Frame::of(&request, Some(&signed), Tab::MyData);
    let consents = if data.own.is_individual {
        Some(ConsentsShown::of(&frame, &individuals::standing(&app, &signed.me).await?))
    } else {
        None
    };
    let lead = match &consents {
        Some(_) => frame.t("my-data-lead"),
        None => frame.with("my-data-lead-of", "controller", &data.own.controller),
    };
    html(&MyDataPage {
        lead,
        kept: kept(&frame, &data, signed.profile.is(vault::Role::Student)),
        seen: Entry::with_days(&frame, &data.seen, data.now),
        countdown: Countdown::of(&frame, &data),
        asked_before: data.notices.last().map(|notice| days::written(&notice.sent_on, data.now, &frame)),
        is_waiting: data.open().is_some(),
        asked: data.asked.iter().map(|asked| AskedShown::of(&frame, asked, data.now)).collect(),
        controller: data.own.controller,
        consents,
        frame,
    })
}

/// A file with everything.
#[get("/my-data/copy")]
pub async fn copy(app: Data<App>, request: HttpRequest, Someone(signed): Someone) -> Answer {
    file(&app, &request, &signed, Form::Json).await
}

/// The same for a spreadsheet.
#[get("/my-data/copy.csv")]
pub async fn copy_as_table(app: Data<App>, request: HttpRequest, Someone(signed): Someone) -> Answer {
    file(&app, &request, &signed, Form::Csv).await
}

async fn file(app: &App, request: &HttpRequest, signed: &Signed, form: Form) -> Answer {
    let frame = Frame::of(request, Some(signed), Tab::MyData);
    let written = privacy::copy(app, &signed.me, frame.t("my-data-copy-about"), form).await?;
    let kind = match form {
        Form::Json => "application/json; charset=utf-8",
        Form::Csv => "text/csv; charset=utf-8",
    };
    Ok(HttpResponse::Ok()
        .content_type(kind)
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", written.file_name)))
        .body(written.text))
}
