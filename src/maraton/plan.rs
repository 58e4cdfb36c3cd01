//! What an organiser wants an event to be: its days, what there is to reach, its courses and what is said of it.

use jiff::civil::Date;
use vault::{
    EventId, Me, Millis,
    rows::maraton::{Course, Event, OpenTo},
};

use crate::{calendar, exercises::Bank};

/// Letters that a name may have.
pub const LONGEST_NAME: usize = 80;
/// Letters that the rules may have.
pub const LONGEST_RULES: usize = 4_000;
/// Letters that an announcement may have.
pub const LONGEST_ANNOUNCEMENT: usize = 500;
/// Courses that an event may have.
pub const MOST_COURSES: usize = 8;
/// Items that there may be to finish.
pub const MOST_ITEMS: i32 = 2_000;
/// Days that an event may run.
const MOST_DAYS: i32 = 366;
/// School years.
const YEARS: std::ops::RangeInclusive<i16> = 1..=13;

/// What an organiser wants an event to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    pub name: String,
    /// It opens when this day begins, where the controller is.
    pub first: Date,
    /// It closes when this day is over.
    pub last: Date,
    pub items: i32,
    pub metres: i32,
    /// The easiest first.
    pub courses: Vec<CoursePlan>,
    /// May be empty.
    pub rules: String,
    /// May be empty.
    pub announcement: String,
    /// Who else may take part.
    pub open_to: OpenTo,
}

/// A course of an event: the exercises of these school years.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoursePlan {
    pub name: String,
    pub from_year: i16,
    pub to_year: i16,
}

/// Why a plan is not one that can be run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanFault {
    /// None, or one of more than [`LONGEST_NAME`] letters.
    #[error("the name is missing or too long")]
    Name,
    /// The last before the first, before today, or more than a year after it.
    #[error("the days cannot be used")]
    Days,
    /// Another event runs on some of the days.
    #[error("another event runs on some of the days")]
    Overlap,
    /// No whole number of items from 1 to [`MOST_ITEMS`].
    #[error("the number of items cannot be used")]
    Items,
    /// No distance from 1 m to [`super::LONGEST_METRES`].
    #[error("the kilometres cannot be used")]
    Kilometres,
    /// None, or more than [`MOST_COURSES`].
    #[error("there has to be a course")]
    Courses,
    /// One without a name, or without a first and a last school year from 1 to 13.
    #[error("a course is not whole")]
    Course,
    /// One for whose years the bank has no exercises.
    #[error("a course has no exercises")]
    CourseEmpty,
    /// More than [`LONGEST_RULES`] or [`LONGEST_ANNOUNCEMENT`] letters.
    #[error("the words are too many")]
    Words,
    /// An invitation to nothing.
    #[error("nothing is open by that invitation")]
    Invitation,
    /// What is counted changes after the event has begun.
    #[error("what is counted stays as it was when the event began")]
    Begun,
}

/// Without space around its words, and with lines that end as they do here.
pub(super) fn tidy(plan: Plan) -> Plan {
    let trim = |text: String| text.trim().replace("\r\n", "\n");
    let course = |course: CoursePlan| CoursePlan { name: trim(course.name), ..course };
    Plan {
        name: trim(plan.name),
        rules: trim(plan.rules),
        announcement: trim(plan.announcement),
        courses: plan.courses.into_iter().map(course).collect(),
        ..plan
    }
}

/// Whether a plan can be run, by itself.
fn check(plan: &Plan, bank: &Bank) -> Result<(), PlanFault> {
    let is_name = |name: &str| !name.is_empty() && name.chars().count() <= LONGEST_NAME;
    if !is_name(&plan.name) {
        return Err(PlanFault::Name);
    }
    let days = plan.first.until(plan.last).map_or(-1, |span| span.get_days());
    if !(0..MOST_DAYS).contains(&days) {
        return Err(PlanFault::Days);
    }
    if !(1..=MOST_ITEMS).contains(&plan.items) {
        return Err(PlanFault::Items);
    }
    if !(1..=super::LONGEST_METRES).contains(&plan.metres) {
        return Err(PlanFault::Kilometres);
    }
    if !(1..=MOST_COURSES).contains(&plan.courses.len()) {
        return Err(PlanFault::Courses);
    }
    for course in &plan.courses {
        let years = course.from_year..=course.to_year;
        if !is_name(&course.name) || years.is_empty() || !YEARS.contains(years.start()) || !YEARS.contains(years.end())
        {
            return Err(PlanFault::Course);
        }
        if exercises_in(bank, course) == 0 {
            return Err(PlanFault::CourseEmpty);
        }
    }
    let [rules, announcement] = [&plan.rules, &plan.announcement].map(|text| text.chars().count());
    if rules > LONGEST_RULES || announcement > LONGEST_ANNOUNCEMENT {
        return Err(PlanFault::Words);
    }
    Ok(())
}

/// How many exercises of the bank a course has.
#[must_use]
pub fn exercises_in(bank: &Bank, course: &CoursePlan) -> usize {
    let years = (course.from_year, course.to_year);
    bank.exercises().iter().filter(|exercise| bank.is_of_years(&exercise.id, years)).count()
}

/// Whether it begins today or later, and while no other event runs.
pub(super) fn check_days(event: &Event, others: &[Event], now: Millis, zone: &str) -> Result<(), PlanFault> {
    let today = calendar::start_of(calendar::day(now, zone), zone);
    if event.opens_at < today.unwrap_or(now) {
        return Err(PlanFault::Days);
    }
    check_alone(event, others)
}

/// Whether none of the others runs on a day of this one.
pub(super) fn check_alone(event: &Event, others: &[Event]) -> Result<(), PlanFault> {
    let meets = |other: &Event| other.opens_at < event.closes_at && event.opens_at < other.closes_at;
    if others.iter().any(meets) { Err(PlanFault::Overlap) } else { Ok(()) }
}

/// What must not change once the event has begun.
pub(super) const fn counted(plan: &Plan) -> (Date, Date, i32, i32, &Vec<CoursePlan>) {
    (plan.first, plan.last, plan.items, plan.metres, &plan.courses)
}

/// The event that is planned, and its courses.
pub(super) fn event_of(
    plan: &Plan,
    bank: &Bank,
    me: &Me,
    id: EventId,
    zone: &str,
) -> Result<(Event, Vec<Course>), PlanFault> {
    check(plan, bank)?;
    let opens = calendar::start_of(plan.first, zone);
    let closes = plan.last.tomorrow().ok().and_then(|next| calendar::start_of(next, zone));
    let (Some(opens_at), Some(closes_at)) = (opens, closes) else { return Err(PlanFault::Days) };
    let event = Event {
        controller_id: me.controller(),
        id,
        name: plan.name.clone(),
        opens_at,
        closes_at,
        goal_metres: plan.metres,
        goal_items: plan.items,
        rules: plan.rules.clone(),
        announcement: plan.announcement.clone(),
        host: me.controller(),
        open_to: plan.open_to.name().to_owned(),
        invitation: String::new(),
        is_public: false,
    };
    let course = |(number, course): (i16, &CoursePlan)| Course {
        controller_id: me.controller(),
        event_id: id,
        number,
        name: course.name.clone(),
        from_year: course.from_year,
        to_year: course.to_year,
    };
    Ok((event, (1..).zip(&plan.courses).map(course).collect()))
}

/// How an event is planned; its days are those of the zone.
pub(super) fn plan_of(event: &Event, courses: &[Course], zone: &str) -> Plan {
    let course = |course: &Course| CoursePlan {
        name: course.name.clone(),
        from_year: course.from_year,
        to_year: course.to_year,
    };
    Plan {
        name: event.name.clone(),
        first: calendar::day(event.opens_at, zone),
        // It closes at a moment that is no longer part of it.
        last: calendar::day(Millis(event.closes_at.0 - 1), zone),
        items: event.goal_items,
        metres: event.goal_metres,
        courses: courses.iter().map(course).collect(),
        rules: event.rules.clone(),
        announcement: event.announcement.clone(),
        open_to: event.open_to(),
    }
}
