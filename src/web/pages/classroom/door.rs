//! The door of a group: the teacher opens a class code, sees who comes in and can let somebody out again.

use actix_web::{
    HttpRequest, get, post,
    web::{Data, Form, Path},
};
use askama::Template;
use serde::Deserialize;
use vault::{GroupId, PersonId};

use super::names::group_address;
use crate::{
    accounts::{self, Door, MINUTES, USUAL_MINUTES},
    app::App,
    web::{
        days,
        frame::{Frame, Tab, short_name},
        page::{Answer, html, on_to},
        who::Teaching,
    },
};

/// What `templates/door_now.html` shows.
struct DoorShown {
    /// The two halves, and the time until which it is open.
    open: Option<(String, String, String)>,
    inside: Vec<Inside>,
    address: String,
}

struct Inside {
    id: PersonId,
    name: String,
    since: String,
}

#[derive(Template)]
#[template(path = "door.html")]
struct DoorPage {
    frame: Frame,
    group: String,
    group_href: String,
    door: DoorShown,
    minutes: u32,
    most: u32,
}

/// The live part alone, for a page that asks again.
#[derive(Template)]
#[template(path = "door_now.html")]
struct DoorPart {
    frame: Frame,
    door: DoorShown,
}

fn shown(frame: &Frame, found: &Door) -> DoorShown {
    let clock = |at| days::clock(at, &frame.time_zone);
    DoorShown {
        open: found.open.as_ref().map(|held| (held.code.place.clone(), held.code.secret.clone(), clock(held.closes))),
        inside: found
            .inside
            .iter()
            .map(|came| Inside { id: came.student.id, name: short_name(&came.student.name), since: clock(came.at) })
            .collect(),
        address: address(found.group.id),
    }
}

fn address(group: GroupId) -> String {
    format!("{}/class-code", group_address(group))
}

/// The whole page.
#[get("/groups/{group}/class-code")]
pub async fn show(app: Data<App>, request: HttpRequest, Teaching(signed): Teaching, group: Path<GroupId>) -> Answer {
    let found = accounts::door(&app, &signed.me, *group).await?;
    let frame = Frame::of(&request, Some(&signed), Tab::Groups);
    html(&DoorPage {
        group: found.group.name.clone(),
        group_href: group_address(*group),
        door: shown(&frame, &found),
        minutes: USUAL_MINUTES,
        most: *MINUTES.end(),
        frame,
    })
}

/// The live part as it is now.
#[get("/groups/{group}/class-code/now")]
pub async fn show_live(
    app: Data<App>,
    request: HttpRequest,
    Teaching(signed): Teaching,
    group: Path<GroupId>,
) -> Answer {
    let found = accounts::door(&app, &signed.me, *group).await?;
    let frame = Frame::of(&request, Some(&signed), Tab::Groups);
    html(&DoorPart { door: shown(&frame, &found), frame })
}

/// What the form sends.
#[derive(Deserialize)]
pub struct Opened {
    minutes: Option<u32>,
}

/// Opens a new code.
#[post("/groups/{group}/class-code")]
pub async fn open(app: Data<App>, Teaching(signed): Teaching, group: Path<GroupId>, opened: Form<Opened>) -> Answer {
    let minutes = opened.minutes.unwrap_or(USUAL_MINUTES);
    accounts::open_class_code(&app, &signed.me, *group, minutes).await?;
    Ok(on_to(&address(*group)))
}

/// Closes the code at once.
#[post("/groups/{group}/class-code/close")]
pub async fn close(app: Data<App>, Teaching(signed): Teaching, group: Path<GroupId>) -> Answer {
    accounts::close_class_code(&app, &signed.me, *group).await?;
    Ok(on_to(&address(*group)))
}

/// Signs out somebody who came in by the code.
#[post("/groups/{group}/class-code/students/{student}/out")]
pub async fn throw_out(app: Data<App>, Teaching(signed): Teaching, path: Path<(GroupId, PersonId)>) -> Answer {
    let (group, student) = path.into_inner();
    accounts::throw_out(&app, &signed.me, group, student).await?;
    Ok(on_to(&address(group)))
}
