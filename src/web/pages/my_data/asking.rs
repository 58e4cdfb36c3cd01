//! Asking one's controller to be forgotten. It is a question and no deletion: the controller answers.

use actix_web::{HttpRequest, get, post, web::Data};
use askama::Template;
use vault::{Millis, rows::requests::Asked};

use crate::{
    app::App,
    calendar, privacy,
    web::{
        days,
        frame::{Frame, Tab},
        page::{Answer, html, on_to},
        problem::Problem,
        who::Someone,
    },
};

/// What was asked for, in words.
pub(super) struct AskedShown {
    pub(super) asked: String,
    /// When it was answered, and why it is not done.
    pub(super) answer: Option<(String, String)>,
}

impl AskedShown {
    pub(super) fn of(frame: &Frame, asked: &Asked, now: Millis) -> Self {
        let today = calendar::day(now, &frame.time_zone);
        let day = |at| days::long(calendar::day(at, &frame.time_zone), today, frame.language);
        let why = asked.answer.clone().unwrap_or_default();
        Self {
            asked: frame.with("my-data-asked", "day", day(asked.asked_at)),
            answer: asked.answered_at.map(|at| (frame.with("my-data-answered", "day", day(at)), why)),
        }
    }
}

#[derive(Template)]
#[template(path = "my_data_ask.html")]
struct BeforeAsking {
    frame: Frame,
    controller: String,
}

/// What it means, before it is asked.
#[get("/my-data/ask")]
pub async fn before_asking(app: Data<App>, request: HttpRequest, Someone(signed): Someone) -> Answer {
    let data = privacy::my_data(&app, &signed.me).await?;
    if data.own.is_individual {
        return Err(Problem::NotFound);
    }
    if data.open().is_some() {
        return Ok(on_to("/my-data#asked"));
    }
    let frame = Frame::of(&request, Some(&signed), Tab::MyData);
    html(&BeforeAsking { frame, controller: data.own.controller })
}

/// Asks.
#[post("/my-data/ask")]
pub async fn ask(app: Data<App>, Someone(signed): Someone) -> Answer {
    privacy::ask(&app, &signed.me).await?;
    Ok(on_to("/my-data#asked"))
}

/// Takes it back.
#[post("/my-data/take-back")]
pub async fn take_back(app: Data<App>, Someone(signed): Someone) -> Answer {
    privacy::take_back(&app, &signed.me).await?;
    Ok(on_to("/my-data#do"))
}
