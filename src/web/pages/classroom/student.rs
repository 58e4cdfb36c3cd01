//! One student's history as the teacher sees it: every calculation with every line, and what the student can.

use actix_web::{
    HttpRequest, get,
    web::{Data, Path, Query},
};
use askama::Template;
use serde::Deserialize;
use vault::{
    GroupId, Millis, PersonId,
    rows::steering::{Steering, What},
};

use super::names::{Names, calculation_address, group_address, student_address};
use crate::{
    app::App,
    classroom::{self, Part, StudentView},
    exercises::SkillId,
    practice::{self, Entry},
    web::{
        contributions,
        frame::{Frame, Tab},
        hints::Climb,
        mastery::{Band, band},
        page::{Answer, html},
        past::PastShown,
        who::Teaching,
    },
};

#[derive(Template)]
#[template(path = "group_student.html")]
struct StudentPage {
    frame: Frame,
    group: String,
    group_href: String,
    name: String,
    /// The name in a sentence.
    called: String,
    /// This page with everything in it.
    href: String,
    /// Not while names are hidden: that page shows the name, and the password.
    password_href: Option<String>,
    steering_href: String,
    skills: Vec<Known>,
    /// The skill whose calculations alone are shown.
    only: Option<String>,
    days: Vec<Day>,
    more: Option<String>,
}

/// A practised skill.
struct Known {
    name: String,
    href: String,
    current: bool,
    known: Option<Band>,
    behind: Vec<(String, String)>,
    /// pin or exclude, if a teacher has said so
    steered: Option<&'static str>,
}

/// What was done on one day, newest first.
struct Day {
    day: String,
    entries: Vec<EntryShown>,
}

/// One calculation, folded to a row.
struct EntryShown {
    href: String,
    past: PastShown,
    climb: Climb,
    /// The newest one stands open.
    open: bool,
}

/// What the address may ask for.
#[derive(Deserialize)]
pub struct Asked {
    names: Option<Names>,
    skill: Option<String>,
    /// Only what was opened before, milliseconds UTC.
    before: Option<i64>,
}

/// The page.
#[get("/groups/{group}/students/{student}")]
pub async fn show(
    app: Data<App>,
    request: HttpRequest,
    Teaching(signed): Teaching,
    path: Path<(GroupId, PersonId)>,
    asked: Query<Asked>,
) -> Answer {
    let (group, of) = path.into_inner();
    let (skill, before) = (asked.skill.as_deref().map(SkillId::from), asked.before.map(Millis));
    let part = Part { most: practice::A_PAGE, skill, before };
    let view = classroom::student(&app, &signed.me, group, of, part.clone()).await?;
    let frame = Frame::of(&request, Some(&signed), Tab::Groups);
    html(&page(frame, &app, &view, &part, Names::asked(asked.names)))
}

fn page(frame: Frame, app: &App, view: &StudentView, part: &Part, names: Names) -> StudentPage {
    let address = student_address(view.group.id, view.student.id);
    let skill_address = |skill: &SkillId| format!("{address}?skill={skill}");
    let bank = &app.bank;
    let mut known: Vec<_> = view
        .known
        .iter()
        .zip(&view.behind)
        .filter_map(|((index, m), behind)| Some((bank.skill(*index)?, m, behind)))
        .collect();
    known.sort_by_key(|(skill, ..)| (skill.years, frame.language.of(&skill.name)));
    let skills = known
        .into_iter()
        .map(|(skill, mastery, behind)| Known {
            behind: contributions::told(frame.language, behind)
                .into_iter()
                .map(|told| (told.signed(frame.language), told.words))
                .collect(),
            steered: steered(&view.steering, &skill.id),
            name: frame.language.of(&skill.name).to_owned(),
            href: names.keep(skill_address(&skill.id)),
            current: part.skill.as_ref() == Some(&skill.id),
            known: mastery.enough.then(|| band(mastery)),
        })
        .collect();
    let asked = part.skill.as_ref().and_then(|id| bank.skills().iter().find(|skill| skill.id == *id));
    let base = asked.map_or_else(|| address.clone(), |skill| skill_address(&skill.id));
    let join = if asked.is_some() { '&' } else { '?' };
    StudentPage {
        group: view.group.name.clone(),
        group_href: names.keep(group_address(view.group.id)),
        name: names.in_list(&frame, &view.student.name, view.place),
        called: names.in_sentence(&frame, &view.student.name, view.place),
        href: names.keep(&address),
        steering_href: names.keep(format!("{address}/steering")),
        password_href: (!names.are_hidden()).then(|| format!("{address}/password")),
        skills,
        only: asked.map(|skill| frame.language.of(&skill.name).to_owned()),
        days: days(&frame, app, view, names),
        more: view.more.map(|before| names.keep(format!("{base}{join}before={}", before.0))),
        frame,
    }
}

/// What is said of a skill, for the student before what is said for the group.
fn steered(steering: &[Steering], skill: &SkillId) -> Option<&'static str> {
    let is_this = |one: &&Steering| one.what == What::Skill(skill.as_str().to_owned());
    let all: Vec<&Steering> = steering.iter().filter(is_this).collect();
    let said = all.iter().find(|one| one.group.is_none()).or(all.first())?;
    Some(if said.pins { "pin" } else { "exclude" })
}

fn days(frame: &Frame, app: &App, view: &StudentView, names: Names) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    for entry in &view.entries {
        let shown = entry_shown(frame, app, view.group.id, entry, names);
        match days.last_mut() {
            Some(last) if last.day == shown.past.day => last.entries.push(shown),
            Some(_) => days.push(Day { day: shown.past.day.clone(), entries: vec![shown] }),
            None => {
                days.push(Day { day: shown.past.day.clone(), entries: vec![EntryShown { open: true, ..shown }] });
            }
        }
    }
    days
}

fn entry_shown(frame: &Frame, app: &App, group: GroupId, entry: &Entry, names: Names) -> EntryShown {
    let item = practice::item_of(&app.bank, &entry.calculation).ok();
    EntryShown {
        href: names.keep(calculation_address(group, entry.id())),
        past: PastShown::of(app, frame, entry, app.clock.now()),
        climb: Climb::of((item.as_ref(), &entry.lines), &entry.hints, |_| None, frame),
        open: false,
    }
}
