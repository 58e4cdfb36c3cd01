//! What a school's administrator sees: groups and how many are in them.

use actix_web::{HttpRequest, get, web::Data};
use askama::Template;

use crate::{
    app::App,
    classroom,
    web::{
        frame::{Frame, Tab},
        overviews::SchoolShown,
        page::{Answer, html},
        who::Someone,
    },
};

#[derive(Template)]
#[template(path = "school.html")]
struct SchoolPage {
    frame: Frame,
    schools: Vec<SchoolShown>,
}

/// The schools whose administrator is signed in.
#[get("/school")]
pub async fn show(app: Data<App>, request: HttpRequest, Someone(signed): Someone) -> Answer {
    let schools = classroom::schools(&app, &signed.me).await?;
    let frame = Frame::of(&request, Some(&signed), Tab::School);
    html(&SchoolPage { schools: schools.iter().map(|school| SchoolShown::of(&app, &frame, school)).collect(), frame })
}
