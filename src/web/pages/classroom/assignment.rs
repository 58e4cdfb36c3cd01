//! One assignment: how everyone gets on, how it looks to a student, taking it back.

use actix_web::{
    HttpRequest, get, post,
    web::{Data, Path, Query},
};
use askama::Template;
use serde::Deserialize;
use vault::AssignmentId;

use super::{
    calculation::so_far,
    kinds::Assigned,
    names::{Names, calculation_address, group_address, student_address},
};
use crate::{
    app::App,
    classroom::{self, AssignmentReport, Progress},
    exercises::Item,
    web::{
        frame::{Frame, Html, Tab},
        maths::{sentence, task},
        page::{Answer, html, on_to},
        problem::Problem,
        tasks::{TaskShown, piece},
        who::Teaching,
    },
};

#[derive(Template)]
#[template(path = "assignment.html")]
struct Report {
    frame: Frame,
    work: Assigned,
    preview: String,
    group: String,
    group_href: String,
    counts: String,
    names: Names,
    /// What each item starts from; nothing where the exercise is no longer in the bank.
    items: Vec<Option<Html>>,
    rows: Vec<Row>,
    /// Under each item how many have finished it.
    finished: Vec<usize>,
}

struct Row {
    name: String,
    href: String,
    so_far: String,
    cells: Vec<Cell>,
}

/// One student's work on one item.
struct Cell {
    href: Option<String>,
    /// can, nothing or unknown: the class that shades the cell.
    shade: &'static str,
    icon: Option<&'static str>,
    word: String,
}

/// What the address may ask for.
#[derive(Deserialize)]
pub struct Asked {
    names: Option<Names>,
}

/// Student × item.
#[get("/assignments/{assignment}")]
pub async fn show(
    app: Data<App>,
    request: HttpRequest,
    Teaching(signed): Teaching,
    id: Path<AssignmentId>,
    asked: Query<Asked>,
) -> Answer {
    let report = classroom::report(&app, &signed.me, *id).await?;
    let frame = Frame::of(&request, Some(&signed), Tab::Assignments);
    html(&page(frame, &report, Names::asked(asked.names))?)
}

fn page(frame: Frame, report: &AssignmentReport, names: Names) -> Result<Report, Problem> {
    let group = report.group.as_ref().ok_or(Problem::NotFound)?;
    let done = report.students.iter().filter(|progress| progress.is_done()).count();
    let finished = |item: usize| {
        report.students.iter().filter(|progress| matches!(progress.items.get(item), Some(Some((_, true))))).count()
    };
    let row = |(place, progress): (usize, &Progress)| Row {
        name: names.in_list(&frame, &progress.student.name, place),
        href: names.keep(student_address(group.id, progress.student.id)),
        so_far: so_far(&frame, progress),
        cells: progress
            .items
            .iter()
            .map(|item| cell(&frame, item.map(|(id, done)| (names.keep(calculation_address(group.id, id)), done))))
            .collect(),
    };
    Ok(Report {
        work: Assigned::of(&frame, &report.assignment, report.now),
        preview: names.keep(format!("/assignments/{}/preview", report.assignment.id)),
        group: group.name.clone(),
        group_href: names.keep(group_address(group.id)),
        counts: frame.with2("work-done", "done", done, "all", report.students.len()),
        names,
        items: report.items.iter().map(|item| item.as_ref().map(|item| task(item, frame.language))).collect(),
        rows: (1..).zip(&report.students).map(row).collect(),
        finished: (0..report.items.len()).map(finished).collect(),
        frame,
    })
}

fn cell(frame: &Frame, work: Option<(String, bool)>) -> Cell {
    match work {
        Some((href, true)) => {
            Cell { href: Some(href), shade: "can", icon: Some("flag"), word: frame.t("cell-finished") }
        }
        Some((href, false)) => Cell { href: Some(href), shade: "", icon: Some("pencil"), word: frame.t("cell-begun") },
        None => Cell { href: None, shade: "unknown", icon: None, word: frame.t("cell-not-begun") },
    }
}

#[derive(Template)]
#[template(path = "assignment_preview.html")]
struct Preview {
    frame: Frame,
    work: Assigned,
    /// The address of each item.
    items: Vec<String>,
    /// 1 and up
    number: usize,
    item: Option<ItemShown>,
}

/// One item as a student meets it, and for the teacher how it can be solved.
struct ItemShown {
    task: TaskShown,
    worked: Vec<Html>,
    hints: Vec<Html>,
}

impl Preview {
    fn is_current(&self, number: &usize) -> bool {
        self.number == *number
    }
}

/// Which item is looked at.
#[derive(Deserialize)]
pub struct AskedItem {
    item: Option<usize>,
    /// Kept for the way back.
    names: Option<Names>,
}

/// An item as a student sees it; nothing is opened and nothing can be written.
#[get("/assignments/{assignment}/preview")]
pub async fn show_preview(
    app: Data<App>,
    request: HttpRequest,
    Teaching(signed): Teaching,
    id: Path<AssignmentId>,
    asked: Query<AskedItem>,
) -> Answer {
    let names = Names::asked(asked.names);
    let previewed = classroom::preview(&app, &signed.me, *id).await?;
    let number = asked.item.unwrap_or(1);
    let at = number.checked_sub(1).ok_or(Problem::NotFound)?;
    let item = previewed.items.get(at).filter(|_| previewed.has[at]).ok_or(Problem::NotFound)?;
    let frame = Frame::of(&request, Some(&signed), Tab::Assignments);
    html(&Preview {
        items: (1..=previewed.items.len())
            .map(|number| names.keep(format!("/assignments/{id}/preview?item={number}")))
            .collect(),
        work: Assigned::of(&frame, &previewed.assignment, app.clock.now()).keeping(names),
        number,
        item: item.as_ref().map(|item| item_shown(&frame, item)),
        frame,
    })
}

fn item_shown(frame: &Frame, item: &Item) -> ItemShown {
    ItemShown {
        task: TaskShown::of(item, &[], frame.language),
        worked: item.solution.iter().map(|step| piece(step, frame.language)).collect(),
        hints: item.hints.iter().map(|hint| sentence(frame.language.of(hint))).collect(),
    }
}

/// Takes the assignment back; what was written stays.
#[post("/assignments/{assignment}/take-back")]
pub async fn take_back(app: Data<App>, Teaching(signed): Teaching, id: Path<AssignmentId>) -> Answer {
    classroom::take_back(&app, &signed.me, *id).await?;
    Ok(on_to(&format!("/assignments/{id}")))
}
