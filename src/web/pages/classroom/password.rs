//! A new password for a student who forgot theirs, shown to the teacher once.

use actix_web::{
    HttpRequest, get, post,
    web::{Data, Path},
};
use askama::Template;
use vault::{GroupId, PersonId};

use super::names::{group_address, student_address};
use crate::{
    accounts::{self, InGroup},
    app::App,
    web::{
        frame::{Frame, Tab, first_name},
        page::{Answer, html},
        who::Teaching,
    },
};

#[derive(Template)]
#[template(path = "new_password.html")]
struct PasswordPage {
    frame: Frame,
    group: String,
    group_href: String,
    href: String,
    name: String,
    called: String,
    /// User name and password, once they are given.
    given: Option<(String, String)>,
}

fn page(frame: Frame, of: &InGroup, given: Option<(String, String)>) -> PasswordPage {
    PasswordPage {
        group: of.group.name.clone(),
        group_href: group_address(of.group.id),
        href: student_address(of.group.id, of.student.id),
        name: of.student.name.clone(),
        called: first_name(&of.student.name).to_owned(),
        given,
        frame,
    }
}

/// What will happen, and the button.
#[get("/groups/{group}/students/{student}/password")]
pub async fn show(
    app: Data<App>,
    request: HttpRequest,
    Teaching(signed): Teaching,
    path: Path<(GroupId, PersonId)>,
) -> Answer {
    let (group, student) = path.into_inner();
    let of = accounts::student_in_group(&app, &signed.me, group, student).await?;
    html(&page(Frame::of(&request, Some(&signed), Tab::Groups), &of, None))
}

/// Gives it. The answer is the page itself: what is shown once has no address to come back to.
#[post("/groups/{group}/students/{student}/password")]
pub async fn give(
    app: Data<App>,
    request: HttpRequest,
    Teaching(signed): Teaching,
    path: Path<(GroupId, PersonId)>,
) -> Answer {
    let (group, student) = path.into_inner();
    let new = accounts::give_new_password(&app, &signed.me, group, student).await?;
    let frame = Frame::of(&request, Some(&signed), Tab::Groups);
    html(&page(frame, &new.of, Some((new.user_name, new.password))))
}
