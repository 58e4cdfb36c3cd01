//! What a student who has reached both goals prints and takes home, and what a class that has qualified hangs up.

use actix_web::{
    HttpRequest, get,
    web::{Data, Path},
};
use askama::Template;
use vault::GroupId;

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

#[derive(Template)]
#[template(path = "class_diploma.html")]
struct ClassDiplomaPage {
    frame: Frame,
    /// None for a class that has not qualified.
    class: Option<ClassDiploma>,
}

struct ClassDiploma {
    event: String,
    name: String,
    school: String,
    /// The last day of the event, where it is over.
    day: Option<String>,
}

/// Of a class of one's own that has qualified in the latest event; no student's name is on it.
#[get("/maraton/groups/{group}/diploma")]
pub async fn show_class(
    app: Data<App>,
    request: HttpRequest,
    Someone(signed): Someone,
    group: Path<GroupId>,
) -> Answer {
    let found = maraton::class_diploma(&app, &signed.me, *group).await?;
    let frame = Frame::of(&request, Some(&signed), Tab::Maraton);
    let now = app.clock.now();
    let class = found.map(|(event, class)| ClassDiploma {
        day: (event.closes_at <= now)
            .then(|| days::printed(calendar::day(event.closes_at.plus(-1), &frame.time_zone), frame.language)),
        event: event.name,
        name: class.name,
        school: class.school,
    });
    html(&ClassDiplomaPage { frame, class })
}
