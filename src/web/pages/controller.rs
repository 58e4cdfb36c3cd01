//! What a controller's officer sees: its schools, groups and how many, nobody's name and nobody's lines.

use actix_web::{HttpRequest, get, web::Data};
use askama::Template;

use crate::{
    app::App,
    classroom,
    web::{
        frame::{Frame, Tab},
        numbers::whole,
        overviews::SchoolShown,
        page::{Answer, html},
        who::Someone,
    },
};

#[derive(Template)]
#[template(path = "controller.html")]
struct ControllerPage {
    frame: Frame,
    name: String,
    /// Municipality, company or individual, in words.
    kind: String,
    persons: String,
    schools: Vec<SchoolShown>,
}

/// The controller whose officer is signed in.
#[get("/controller")]
pub async fn show(app: Data<App>, request: HttpRequest, Someone(signed): Someone) -> Answer {
    let (controller, schools) = classroom::controller(&app, &signed.me).await?;
    let frame = Frame::of(&request, Some(&signed), Tab::Controller);
    html(&ControllerPage {
        kind: frame.t(match controller.kind.as_str() {
            "municipality" => "controller-municipality",
            "company" => "controller-company",
            _ => "controller-individual",
        }),
        name: controller.name,
        persons: whole(u64::try_from(controller.persons).unwrap_or_default()),
        schools: schools.iter().map(|school| SchoolShown::of(&app, &frame, school)).collect(),
        frame,
    })
}
