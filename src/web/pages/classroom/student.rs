//! One student's history as the teacher sees it: every calculation with every line, and what the student can.

use actix_web::{
    HttpRequest, get,
    web::{Data, Path, Query},
};
use askama::Template;
use jiff::civil::Date;
use serde::Deserialize;
use vault::{GroupId, Millis, PersonId};

use super::{
    calculation::Account,
    names::{Names, calculation_address, group_address, student_address},
};
use crate::{
    app::App,
    calendar,
    classroom::{self, Part, StudentView},
    exercises::{Bank, SkillId},
    practice::Entry,
    web::{
        band::Estimate,
        dates,
        frame::{Frame, Html, Tab},
        lines::LineShown,
        page::{Answer, html},
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
    estimate: Option<Estimate>,
}

/// What was opened on one day, newest first.
struct Day {
    date: Date,
    name: String,
    entries: Vec<EntryShown>,
}

/// One calculation, folded to a row.
struct EntryShown {
    href: String,
    time: String,
    account: Account,
    lines: Vec<LineShown>,
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
    let part = Part { skill: asked.skill.as_deref().map(SkillId::from), before: asked.before.map(Millis) };
    let view = classroom::student(&app, &signed.me, group, of, part.clone()).await?;
    let frame = Frame::of(&request, Some(&signed), Tab::Groups);
    html(&page(frame, &app, &view, &part, Names::asked(asked.names)))
}

fn page(frame: Frame, app: &App, view: &StudentView, part: &Part, names: Names) -> StudentPage {
    let address = student_address(view.group.id, view.student.id);
    let skill_address = |skill: &SkillId| format!("{address}?skill={skill}");
    let bank = &app.bank;
    let mut known: Vec<_> =
        view.known.iter().filter_map(|(index, mastery)| Some((bank.skill(*index)?, mastery))).collect();
    known.sort_by_key(|(skill, _)| (skill.years, frame.language.of(&skill.name)));
    let skills = known
        .into_iter()
        .map(|(skill, mastery)| Known {
            name: frame.language.of(&skill.name).clone(),
            href: names.keep(skill_address(&skill.id)),
            current: part.skill.as_ref() == Some(&skill.id),
            estimate: Estimate::of(mastery),
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
        skills,
        only: asked.map(|skill| frame.language.of(&skill.name).clone()),
        days: days(&frame, app, view, names),
        more: view.more.map(|before| names.keep(format!("{base}{join}before={}", before.0))),
        frame,
    }
}

fn days(frame: &Frame, app: &App, view: &StudentView, names: Names) -> Vec<Day> {
    let today = calendar::day(app.clock.now(), &frame.time_zone);
    let mut days: Vec<Day> = Vec::new();
    for entry in &view.entries {
        let date = calendar::day(entry.calculation.opened_at, &frame.time_zone);
        let first = days.is_empty();
        let shown = entry_shown(frame, &app.bank, view.group.id, entry, first, names);
        match days.last_mut().filter(|day| day.date == date) {
            Some(day) => day.entries.push(shown),
            None => {
                let name = dates::day(frame.language, date, today);
                days.push(Day { date, name, entries: vec![shown] });
            }
        }
    }
    days
}

fn entry_shown(frame: &Frame, bank: &Bank, group: GroupId, entry: &Entry, open: bool, names: Names) -> EntryShown {
    EntryShown {
        href: names.keep(calculation_address(group, entry.id())),
        time: dates::time(entry.calculation.opened_at, &frame.time_zone),
        account: Account::of(frame, bank, &entry.calculation, &entry.lines),
        lines: entry.lines.iter().map(|line| LineShown::of(line, frame.language).timed(&frame.time_zone)).collect(),
        open,
    }
}
