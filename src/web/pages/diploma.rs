//! What a student who has reached both goals prints and takes home.

use actix_web::{HttpRequest, get, web::Data};
use askama::Template;

use crate::{
    app::App,
    calendar, maraton,
    web::{
        days,
        frame::{Frame, Tab},
        numbers,
        page::{Answer, html},
        problem::Problem,
        who::Someone,
    },
};

#[derive(Template)]
#[template(path = "diploma.html")]
struct DiplomaPage {
    frame: Frame,
    name: String,
    event: String,
    items: i32,
    kilometres: String,
    /// The day on which both goals were reached.
    day: String,
}

/// One's own, of the latest event. Who has not finished finds none.
#[get("/maraton/diploma")]
pub async fn show(app: Data<App>, request: HttpRequest, Someone(signed): Someone) -> Answer {
    let maraton = maraton::maraton(&app, &signed.me).await?.ok_or(Problem::NotFound)?;
    let finished_at = maraton.own.and_then(|own| own.finished_at).ok_or(Problem::NotFound)?;
    let frame = Frame::of(&request, Some(&signed), Tab::Maraton);
    html(&DiplomaPage {
        name: signed.profile.name.clone(),
        items: maraton.event.goal_items,
        kilometres: numbers::distance(i64::from(maraton.event.goal_metres), frame.language),
        day: days::printed(calendar::day(finished_at, &frame.time_zone), frame.language),
        event: maraton.event.name,
        frame,
    })
}
