//! One calculation as the teacher sees it: every line with its time, and the way on to the next student's.

use actix_web::{
    HttpRequest, get, post,
    web::{Data, Form, Path, Query},
};
use askama::Template;
use serde::Deserialize;
use vault::{CalculationId, GroupId};

use super::{
    kinds::Assigned,
    names::{Names, calculation_address, group_address, student_address},
};
use crate::{
    app::App,
    classroom::{self, AssignmentReport, CalculationView, Progress},
    practice::Entry,
    web::{
        appeals::AppealShown,
        days,
        frame::{Frame, Tab},
        hints::Climb,
        page::{Answer, html, on_to},
        past::PastShown,
        tasks::TaskShown,
        who::Teaching,
    },
};

#[derive(Template)]
#[template(path = "group_calculation.html")]
struct CalculationPage {
    frame: Frame,
    group: String,
    group_href: String,
    name: String,
    called: String,
    student_href: String,
    task: TaskShown,
    opened: String,
    past: PastShown,
    climb: Climb,
    class: Option<Class>,
}

/// The assignment that the calculation belongs to, and everyone in it.
struct Class {
    assigned: Assigned,
    counts: String,
    /// The items of the assignment, for this student.
    items: Vec<ItemLink>,
    students: Vec<StudentLink>,
    before: Option<(String, String)>,
    after: Option<(String, String)>,
}

struct ItemLink {
    number: i16,
    href: Option<String>,
    finished: bool,
    current: bool,
}

struct StudentLink {
    name: String,
    href: String,
    progress: String,
    current: bool,
}

/// What the address may ask for.
#[derive(Deserialize)]
pub struct Asked {
    names: Option<Names>,
}

/// The page.
#[get("/groups/{group}/calculations/{calculation}")]
pub async fn show(
    app: Data<App>,
    request: HttpRequest,
    Teaching(signed): Teaching,
    path: Path<(GroupId, CalculationId)>,
    asked: Query<Asked>,
) -> Answer {
    let (group, id) = path.into_inner();
    let view = classroom::calculation(&app, &signed.me, group, id).await?;
    let frame = Frame::of(&request, Some(&signed), Tab::Groups);
    html(&page(frame, &app, &view, Names::asked(asked.names)))
}

/// What the teacher answers.
#[derive(Deserialize)]
pub struct Answered {
    holds: Holds,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Holds {
    Yes,
    No,
}

/// Answers a student who holds a line to be right.
#[post("/groups/{group}/calculations/{calculation}/lines/{line}/appeal")]
pub async fn answer(
    app: Data<App>,
    Teaching(signed): Teaching,
    path: Path<(GroupId, CalculationId, i16)>,
    asked: Query<Asked>,
    answered: Form<Answered>,
) -> Answer {
    let (group, id, number) = path.into_inner();
    classroom::answer(&app, &signed.me, group, id, number, matches!(answered.holds, Holds::Yes)).await?;
    let page = Names::asked(asked.names).keep(calculation_address(group, id));
    Ok(on_to(&format!("{page}#appeal-{number}")))
}

fn page(frame: Frame, app: &App, view: &CalculationView, names: Names) -> CalculationPage {
    let (desk, student) = (&view.shown.desk, &view.shown.student);
    let now = app.clock.now();
    let called = names.in_sentence(&frame, &student.name, view.place);
    let appeal = |number: i16| {
        let made = view.shown.appeals.iter().find(|appeal| appeal.number == number)?;
        let address = calculation_address(view.group.id, desk.calculation.id);
        let action = names.keep(format!("{address}/lines/{number}/appeal"));
        Some(AppealShown::asked(made, &called, action, frame.language))
    };
    let entry = Entry { calculation: desk.calculation.clone(), lines: desk.lines.clone(), hints: desk.hints.clone() };
    CalculationPage {
        group: view.group.name.clone(),
        group_href: names.keep(group_address(view.group.id)),
        name: names.in_list(&frame, &student.name, view.place),
        called: called.clone(),
        student_href: names.keep(student_address(view.group.id, student.id)),
        task: TaskShown::of(&desk.item, &[], frame.language),
        opened: days::moment(desk.calculation.opened_at, now, &frame.time_zone, frame.language),
        past: PastShown::of(app, &frame, &entry, now),
        climb: Climb::of((Some(&desk.item), &desk.lines), &desk.hints, appeal, &frame),
        class: view.report.as_ref().map(|report| class(&frame, view, report, names)),
        frame,
    }
}

fn class(frame: &Frame, view: &CalculationView, report: &AssignmentReport, names: Names) -> Class {
    let number = view.shown.desk.calculation.assignment_number.unwrap_or(1);
    let at = report.students.iter().position(|progress| progress.student.id == view.shown.student.id);
    let link = |place: usize| {
        let progress = report.students.get(place)?;
        let name = names.in_list(frame, &progress.student.name, place + 1);
        Some((names.keep(work_address(view.group.id, progress, number)), name))
    };
    let finished = report.students.iter().filter(|progress| progress.is_done()).count();
    Class {
        assigned: Assigned::of(frame, &report.assignment, report.now).keeping(names),
        counts: frame.with2("work-counts", "all", report.students.len(), "done", finished),
        items: at.and_then(|at| report.students.get(at)).map_or_else(Vec::new, |own| items(own, view, number, names)),
        students: (0..report.students.len())
            .zip(&report.students)
            .filter_map(|(place, progress)| {
                let (href, name) = link(place)?;
                Some(StudentLink { name, href, progress: so_far(frame, progress), current: Some(place) == at })
            })
            .collect(),
        before: at.and_then(|at| link(at.checked_sub(1)?)),
        after: at.and_then(|at| link(at + 1)),
    }
}

fn items(own: &Progress, view: &CalculationView, number: i16, names: Names) -> Vec<ItemLink> {
    (1..)
        .zip(&own.items)
        .map(|(n, item)| ItemLink {
            number: n,
            href: item.map(|(id, _)| names.keep(calculation_address(view.group.id, id))),
            finished: item.is_some_and(|(_, finished)| finished),
            current: n == number,
        })
        .collect()
}

/// The same item of another student, else any that they began, else the student.
fn work_address(group: GroupId, progress: &Progress, number: i16) -> String {
    let same = usize::try_from(number - 1).ok().and_then(|at| progress.items.get(at).copied().flatten());
    match same.or_else(|| progress.items.iter().copied().flatten().next()) {
        Some((id, _)) => calculation_address(group, id),
        None => student_address(group, progress.student.id),
    }
}

/// «3 av 6», or that nothing is begun.
pub fn so_far(frame: &Frame, progress: &Progress) -> String {
    if progress.is_begun() {
        frame.with2("work-so-far", "done", progress.finished(), "all", progress.items.len())
    } else {
        frame.t("work-not-begun")
    }
}
