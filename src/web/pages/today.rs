//! The student's first page: what is next and why, what teachers gave, what was done this week.

use actix_web::{HttpRequest, get, web::Data};
use askama::Template;
use vault::Millis;

use super::classroom::kinds::{icon, kind_key};
use crate::{
    app::App,
    calendar,
    classroom::AssignmentKind,
    practice::{self, Given, Today},
    web::{
        api::practice::purpose_name,
        days::{self, DayShown},
        frame::{Frame, Html, Tab, first_name},
        maths::task,
        page::{Answer, html, on_to},
        past::PastShown,
        reasons::{self, out_of_ten},
        who::Someone,
    },
};

/// The one thing to do now.
struct NextShown {
    skill: String,
    /// Goes on with something half finished.
    unfinished: Option<(String, Html)>,
    why: String,
    out_of_ten: Option<u8>,
}

/// One exercise of today's plan.
struct PlannedShown {
    purpose: String,
    skill: String,
    why: String,
}

/// An assignment as a card.
struct GivenShown {
    address: String,
    kind: String,
    icon: &'static str,
    title: String,
    given_by: String,
    due: Option<String>,
    finished: usize,
    items: usize,
    is_done: bool,
}

impl GivenShown {
    /// Width of the filled part of a bar of 100.
    fn filled(&self) -> usize {
        (self.finished * 100).checked_div(self.items).unwrap_or_default()
    }
}

#[derive(Template)]
#[template(path = "today.html")]
struct TodayPage {
    frame: Frame,
    name: String,
    next: Option<NextShown>,
    /// Purpose, its icon, skill and why, of what comes after.
    plan: Vec<PlannedShown>,
    given: Vec<GivenShown>,
    days: Vec<DayShown>,
    minutes: i64,
    active_days: usize,
    past: Vec<PastShown>,
}

/// Today's page of the student who is signed in.
#[get("/today")]
pub async fn show(app: Data<App>, request: HttpRequest, Someone(signed): Someone) -> Answer {
    let today = practice::today(&app, &signed.me).await?;
    if today.is_paused {
        // Where one can consent again, or not.
        return Ok(on_to("/my-data"));
    }
    let frame = Frame::of(&request, Some(&signed), Tab::Today);
    let now = app.clock.now();
    let days = days::this_week(&today.week, now, &frame.time_zone, frame.language);
    html(&TodayPage {
        name: first_name(&signed.profile.name).to_owned(),
        next: next_shown(&app, &frame, &today),
        plan: plan_shown(&app, &frame, &today),
        given: today.assigned.iter().map(|given| given_shown(&frame, given, now)).collect(),
        minutes: days.iter().map(|day| day.minutes).sum(),
        active_days: days.iter().filter(|day| day.minutes > 0).count(),
        days,
        past: today.newest.iter().map(|entry| PastShown::of(&app, &frame, entry, now)).collect(),
        frame,
    })
}

fn next_shown(app: &App, frame: &Frame, today: &Today) -> Option<NextShown> {
    let name = |skill: u16| app.bank.skill(skill).map(|skill| frame.language.of(&skill.name).to_owned());
    if let Some((id, skill, item)) = &today.unfinished {
        return Some(NextShown {
            skill: name(*skill)?,
            unfinished: Some((format!("/calculations/{id}"), task(item, frame.language))),
            why: frame.t("today-half-finished"),
            out_of_ten: None,
        });
    }
    let next = today.next.as_ref()?;
    Some(NextShown {
        skill: name(next.skill)?,
        unfinished: None,
        why: reasons::reason(app, frame.language, &next.why),
        out_of_ten: Some(out_of_ten(next.probability)),
    })
}

/// The exercises of the plan, if there is more than one.
fn plan_shown(app: &App, frame: &Frame, today: &Today) -> Vec<PlannedShown> {
    let shown = today.plan.iter().filter_map(|(purpose, next)| {
        let purpose = purpose_name(*purpose);
        Some(PlannedShown {
            purpose: frame.t(&format!("plan-{purpose}")),
            skill: frame.language.of(&app.bank.skill(next.skill)?.name).to_owned(),
            why: reasons::reason(app, frame.language, &next.why),
        })
    });
    let shown: Vec<PlannedShown> = shown.collect();
    if shown.len() > 1 { shown } else { Vec::new() }
}

fn given_shown(frame: &Frame, given: &Given, now: Millis) -> GivenShown {
    let kind = AssignmentKind::named(&given.assignment.kind).unwrap_or(AssignmentKind::Homework);
    GivenShown {
        address: format!("/assigned/{}", given.assignment.id),
        kind: frame.t(kind_key(kind)),
        icon: icon(kind),
        title: given.assignment.title.clone(),
        given_by: first_name(&given.assignment.given_by).to_owned(),
        due: given.assignment.due_at.map(|due| {
            let day = calendar::day(due, &frame.time_zone);
            days::long(day, calendar::day(now, &frame.time_zone), frame.language)
        }),
        finished: given.finished,
        items: given.items,
        is_done: given.next.is_none(),
    }
}
