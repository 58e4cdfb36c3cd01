//! The groups that a teacher has; one group leads straight in.

use actix_web::{HttpRequest, get, web::Data};
use askama::Template;
use vault::rows::people::NamedGroup;

use super::names::group_address;
use crate::{
    app::App,
    classroom,
    web::{
        frame::{Frame, Tab},
        page::{Answer, html, on_to},
        who::Teaching,
    },
};

#[derive(Template)]
#[template(path = "groups.html")]
struct Groups {
    frame: Frame,
    groups: Vec<NamedGroup>,
}

/// All groups, or the only one.
#[get("/groups")]
pub async fn list(app: Data<App>, request: HttpRequest, Teaching(signed): Teaching) -> Answer {
    let groups = classroom::groups(&app, &signed.me).await?;
    if let [only] = groups.as_slice() {
        return Ok(on_to(&group_address(only.id)));
    }
    html(&Groups { frame: Frame::of(&request, Some(&signed), Tab::Groups), groups })
}
