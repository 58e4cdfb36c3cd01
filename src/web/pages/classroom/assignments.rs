//! Everything that was given to my groups, newest first.

use actix_web::{HttpRequest, get, web::Data};
use askama::Template;

use super::{kinds::Assigned, names::group_address};
use crate::{
    app::App,
    classroom::{self, Given},
    web::{
        frame::{Frame, Html, Tab},
        page::{Answer, html},
        who::Teaching,
    },
};

#[derive(Template)]
#[template(path = "assignments.html")]
struct Assignments {
    frame: Frame,
    given: Vec<GivenShown>,
    /// Where new work is given: my groups.
    groups: Vec<(String, String)>,
}

struct GivenShown {
    work: Assigned,
    group: String,
    /// «13 av 24 klara»
    done: String,
    bar: Html,
}

/// The list.
#[get("/assignments")]
pub async fn list(app: Data<App>, request: HttpRequest, Teaching(signed): Teaching) -> Answer {
    let given = classroom::assignments(&app, &signed.me).await?;
    let groups = classroom::groups(&app, &signed.me).await?;
    let frame = Frame::of(&request, Some(&signed), Tab::Assignments);
    let now = app.clock.now();
    html(&Assignments {
        given: given.iter().map(|given| shown(&frame, given, now)).collect(),
        groups: groups.into_iter().map(|group| (format!("{}/assign", group_address(group.id)), group.name)).collect(),
        frame,
    })
}

fn shown(frame: &Frame, given: &Given, now: vault::Millis) -> GivenShown {
    let (done, all) = (given.finished, given.group.students);
    GivenShown {
        work: Assigned::of(frame, &given.assignment, now),
        group: given.group.name.clone(),
        done: frame.with2("work-done", "done", done, "all", all),
        bar: bar(done, all),
    }
}

/// How many have finished, drawn; the words stand beside it.
fn bar(done: usize, all: i64) -> Html {
    Html(format!(
        "<svg class=\"bar\" viewBox=\"0 0 {} 4\" preserveAspectRatio=\"none\" aria-hidden=\"true\">\
         <rect class=\"track\" width=\"100%\" height=\"4\"/><rect class=\"fill\" width=\"{done}\" height=\"4\"/></svg>",
        all.max(1)
    ))
}
