//! What is to be chosen next for a group or one student in it, or not at all.

use actix_web::{
    HttpRequest, get, post,
    web::{Data, Form, Path},
};
use askama::Template;
use serde::Deserialize;
use vault::{
    GroupId, PersonId, SteeringId,
    rows::steering::{Steering, What},
};

use super::names::{group_address, student_address};
use crate::{
    accounts,
    app::App,
    classroom::{self, Whom},
    web::{
        frame::{Frame, Tab},
        page::{Answer, html, on_to},
        who::Teaching,
    },
};

#[derive(Template)]
#[template(path = "steering.html")]
struct SteeringPage {
    frame: Frame,
    group: String,
    group_href: String,
    /// The group's name, or the student's.
    whom: String,
    student_href: Option<String>,
    href: String,
    said: Vec<Said>,
    /// Id and name of every skill that has exercises, by name.
    skills: Vec<(String, String)>,
}

/// Something that is said.
struct Said {
    pins: bool,
    what: String,
    /// Where it is taken back; nothing for what is said for the whole group on a student's page.
    end: Option<String>,
}

/// What is wished.
#[derive(Deserialize)]
pub struct Wished {
    skill: String,
    wish: Wish,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum Wish {
    Pin,
    Exclude,
}

/// What is said for a group.
#[get("/groups/{group}/steering")]
pub async fn show(app: Data<App>, request: HttpRequest, Teaching(signed): Teaching, group: Path<GroupId>) -> Answer {
    let whom = Whom { group: *group, student: None };
    let said = classroom::steering(&app, &signed.me, whom).await?;
    let groups = classroom::groups(&app, &signed.me).await?;
    let name = groups.into_iter().find(|one| one.id == *group).map(|one| one.name).unwrap_or_default();
    let frame = Frame::of(&request, Some(&signed), Tab::Groups);
    html(&page(frame, &app, whom, (name.clone(), name), &said))
}

/// What is said for a student of a group.
#[get("/groups/{group}/students/{student}/steering")]
pub async fn show_student(
    app: Data<App>,
    request: HttpRequest,
    Teaching(signed): Teaching,
    path: Path<(GroupId, PersonId)>,
) -> Answer {
    let (group, student) = path.into_inner();
    let whom = Whom { group, student: Some(student) };
    let of = accounts::student_in_group(&app, &signed.me, group, student).await?;
    let said = classroom::steering(&app, &signed.me, whom).await?;
    let frame = Frame::of(&request, Some(&signed), Tab::Groups);
    html(&page(frame, &app, whom, (of.group.name.clone(), of.student.name.clone()), &said))
}

fn page(frame: Frame, app: &App, whom: Whom, (group, name): (String, String), said: &[Steering]) -> SteeringPage {
    let href = address(whom);
    let named = |what: &What| match what {
        What::Skill(id) => app.bank.skill_index(id).and_then(|at| app.bank.skill(at)).map(|skill| &skill.name),
        // An exercise has no name of its own.
        What::Exercise(id) => {
            let skill = app.bank.exercise(&id.as_str().into()).and_then(|exercise| app.bank.skill(exercise.skill));
            skill.map(|skill| &skill.name)
        }
    };
    let said = said
        .iter()
        .map(|one| Said {
            pins: one.pins,
            what: match (&one.what, named(&one.what)) {
                (_, Some(words)) => frame.language.of(words).to_owned(),
                (What::Skill(id) | What::Exercise(id), None) => id.clone(),
            },
            end: (one.group.is_some() == whom.student.is_none()).then(|| format!("{href}/{}/end", one.id)),
        })
        .collect();
    let mut skills: Vec<(String, String)> = app
        .bank
        .practised()
        .map(|(_, skill)| (skill.id.as_str().to_owned(), frame.language.of(&skill.name).to_owned()))
        .collect();
    skills.sort_by(|a, b| a.1.cmp(&b.1));
    SteeringPage {
        group,
        group_href: group_address(whom.group),
        whom: name,
        student_href: whom.student.map(|student| student_address(whom.group, student)),
        href,
        said,
        skills,
        frame,
    }
}

fn address(whom: Whom) -> String {
    let of = whom.student.map_or_else(|| group_address(whom.group), |student| student_address(whom.group, student));
    format!("{of}/steering")
}

/// Says it for a group.
#[post("/groups/{group}/steering")]
pub async fn say(app: Data<App>, Teaching(signed): Teaching, group: Path<GroupId>, wished: Form<Wished>) -> Answer {
    put(&app, &signed.me, Whom { group: *group, student: None }, wished.into_inner()).await
}

/// Says it for a student.
#[post("/groups/{group}/students/{student}/steering")]
pub async fn say_of_student(
    app: Data<App>,
    Teaching(signed): Teaching,
    path: Path<(GroupId, PersonId)>,
    wished: Form<Wished>,
) -> Answer {
    let (group, student) = path.into_inner();
    put(&app, &signed.me, Whom { group, student: Some(student) }, wished.into_inner()).await
}

async fn put(app: &App, me: &vault::Me, whom: Whom, wished: Wished) -> Answer {
    classroom::steer(app, me, whom, wished.wish == Wish::Pin, What::Skill(wished.skill)).await?;
    Ok(on_to(&address(whom)))
}

/// Takes back what was said for a group.
#[post("/groups/{group}/steering/{steering}/end")]
pub async fn end(app: Data<App>, Teaching(signed): Teaching, path: Path<(GroupId, SteeringId)>) -> Answer {
    let (group, id) = path.into_inner();
    let whom = Whom { group, student: None };
    classroom::stop_steering(&app, &signed.me, whom, id).await?;
    Ok(on_to(&address(whom)))
}

/// Takes back what was said for a student.
#[post("/groups/{group}/students/{student}/steering/{steering}/end")]
pub async fn end_of_student(
    app: Data<App>,
    Teaching(signed): Teaching,
    path: Path<(GroupId, PersonId, SteeringId)>,
) -> Answer {
    let (group, student, id) = path.into_inner();
    let whom = Whom { group, student: Some(student) };
    classroom::stop_steering(&app, &signed.me, whom, id).await?;
    Ok(on_to(&address(whom)))
}
