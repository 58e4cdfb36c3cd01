//! The start page: what Stegvis is, and in the demo whom one can be. Who is signed in is led on.

use actix_web::{HttpRequest, get, web::Data};
use askama::Template;
use vault::{Role, rows::people::Profile};

use crate::{
    app::{App, DemoAccount},
    individuals,
    web::{
        frame::{Frame, Html, Tab, first_name},
        lines::LineShown,
        page::{Answer, html, on_to},
        sample::sample,
        who::Anyone,
    },
};

#[derive(Template)]
#[template(path = "start.html")]
struct Start {
    frame: Frame,
    sample: Option<(Html, Vec<LineShown>)>,
    /// None outside the demo.
    accounts: Option<Vec<Account>>,
    /// Individuals may sign up here.
    is_open: bool,
}

/// One person whom a visitor of the demo can be.
struct Account {
    kind: &'static str,
    first_name: String,
    says: String,
}

/// The start page, or on to the first page of the one who is signed in.
#[get("/")]
pub async fn start(app: Data<App>, request: HttpRequest, Anyone(signed): Anyone) -> Answer {
    if let Some(signed) = signed {
        return Ok(on_to(first_page(&signed.profile)));
    }
    let frame = Frame::of(&request, None, Tab::Elsewhere);
    let account = |account: &DemoAccount| Account {
        kind: account.kind,
        first_name: first_name(&account.name).to_owned(),
        says: frame.t(&format!("start-{}", account.kind)),
    };
    let accounts = app.demo.as_ref().map(|accounts| accounts.iter().map(account).collect());
    html(&Start { sample: sample(frame.language), accounts, is_open: individuals::is_open(&app), frame })
}

/// Where the first of the roles begins its day.
fn first_page(profile: &Profile) -> &'static str {
    let pages = [
        (Role::Student, "/today"),
        (Role::Individual, "/today"),
        (Role::Teacher, "/groups"),
        (Role::Mentor, "/groups"),
        (Role::SchoolAdmin, "/school"),
        (Role::Officer, "/controller"),
        (Role::Guardian, "/children"),
        (Role::Support, "/support"),
        (Role::Organiser, "/organiser"),
        (Role::Operator, "/sight"),
        (Role::DatabaseStaff, "/sight"),
        (Role::Researcher, "/sight"),
    ];
    // Who has no role any more can still read what is said to everybody.
    pages.into_iter().find(|(role, _)| profile.is(*role)).map_or("/help", |(_, page)| page)
}
