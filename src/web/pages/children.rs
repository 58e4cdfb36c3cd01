//! What a guardian sees: the children, and of each what it practised and can. No lines.

use actix_web::{
    HttpRequest, get,
    web::{Data, Path},
};
use askama::Template;
use vault::{PersonId, Role};

use crate::{
    app::App,
    classroom::{self, ChildView},
    web::{
        days,
        frame::{Frame, Tab, first_name},
        mastery::{Band, band},
        page::{Answer, html},
        who::Someone,
    },
};

#[derive(Template)]
#[template(path = "children.html")]
struct ChildrenPage {
    frame: Frame,
    children: Vec<(PersonId, String)>,
}

/// The children of the guardian who is signed in.
#[get("/children")]
pub async fn list(app: Data<App>, request: HttpRequest, someone: Someone) -> Answer {
    let signed = someone.who_is(Role::Guardian)?;
    let children = classroom::children(&app, &signed.me).await?;
    let frame = Frame::of(&request, Some(&signed), Tab::Children);
    html(&ChildrenPage { children: children.into_iter().map(|child| (child.id, child.name)).collect(), frame })
}

#[derive(Template)]
#[template(path = "child.html")]
struct ChildPage {
    frame: Frame,
    id: PersonId,
    name: String,
    called: String,
    skills: Vec<(String, Option<Band>)>,
    days: Vec<Day>,
}

/// What was done on one day, newest first.
struct Day {
    day: String,
    entries: Vec<Entry>,
}

struct Entry {
    time: String,
    skill: String,
    finished: bool,
}

/// One child.
#[get("/children/{child}")]
pub async fn show(app: Data<App>, request: HttpRequest, someone: Someone, id: Path<PersonId>) -> Answer {
    let signed = someone.who_is(Role::Guardian)?;
    let view = classroom::child(&app, &signed.me, *id).await?;
    let frame = Frame::of(&request, Some(&signed), Tab::Children);
    html(&page(frame, &app, &view))
}

fn page(frame: Frame, app: &App, view: &ChildView) -> ChildPage {
    let language = frame.language;
    let mut known: Vec<_> =
        view.known.iter().filter_map(|(index, mastery)| Some((app.bank.skill(*index)?, mastery))).collect();
    known.sort_by_key(|(skill, _)| (skill.years, language.of(&skill.name)));
    let today = crate::calendar::day(app.clock.now(), &frame.time_zone);
    let mut days: Vec<Day> = Vec::new();
    for done in &view.done {
        let exercise = app.bank.exercise(&done.exercise.as_str().into());
        let skill = exercise.and_then(|exercise| app.bank.skill(exercise.skill));
        let day = days::long(crate::calendar::day(done.opened_at, &frame.time_zone), today, language);
        let entry = Entry {
            time: days::clock(done.opened_at, &frame.time_zone),
            skill: skill.map_or_else(|| frame.t("item-gone"), |skill| language.of(&skill.name).to_owned()),
            finished: done.finished_at.is_some(),
        };
        match days.last_mut() {
            Some(last) if last.day == day => last.entries.push(entry),
            _ => days.push(Day { day, entries: vec![entry] }),
        }
    }
    ChildPage {
        id: view.student.id,
        name: view.student.name.clone(),
        called: first_name(&view.student.name).to_owned(),
        skills: known
            .into_iter()
            .map(|(skill, mastery)| (language.of(&skill.name).to_owned(), mastery.enough.then(|| band(mastery))))
            .collect(),
        days,
        frame,
    }
}
