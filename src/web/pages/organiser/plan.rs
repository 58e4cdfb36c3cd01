//! What an organiser types, kept as it was typed until it is a plan.

use jiff::{ToSpan, civil::Date};
use vault::{EventId, rows::maraton::OpenTo};

use crate::{
    exercises::Bank,
    maraton::{CoursePlan, MOST_COURSES, Organised, Plan, PlanFault, exercises_in, read_kilometres},
    web::{frame::Frame, numbers},
};

/// Days that a new event is suggested to run: one in four weeks, for four weeks.
const IN_DAYS: i64 = 28;
/// School years of the courses that are suggested, where there are exercises for them.
const YEARS: [(i16, i16); 4] = [(1, 3), (4, 6), (7, 9), (10, 13)];

fn has_exercises(bank: &Bank, (from_year, to_year): (i16, i16)) -> bool {
    exercises_in(bank, &CoursePlan { name: String::new(), from_year, to_year }) > 0
}

/// The fields of the form.
#[derive(Default)]
pub struct Typed {
    pub key: String,
    pub name: String,
    pub first: String,
    pub last: String,
    pub items: String,
    pub kilometres: String,
    pub rules: String,
    pub announcement: String,
    /// Own, invited or all.
    pub open_to: String,
    /// As many as there may be; empty ones are none.
    pub courses: Vec<CourseTyped>,
}

/// The fields of a course.
#[derive(Default)]
pub struct CourseTyped {
    pub name: String,
    pub from: String,
    pub to: String,
}

impl Typed {
    /// What was sent; a course is three fields one after the other.
    pub fn of(sent: Vec<(String, String)>) -> Self {
        let mut typed = Self::default();
        for (field, value) in sent {
            match field.as_str() {
                "key" => typed.key = value,
                "name" => typed.name = value,
                "first" => typed.first = value,
                "last" => typed.last = value,
                "items" => typed.items = value,
                "kilometres" => typed.kilometres = value,
                "rules" => typed.rules = value,
                "announcement" => typed.announcement = value,
                "open_to" => typed.open_to = value,
                "course" => typed.courses.push(CourseTyped { name: value, ..CourseTyped::default() }),
                "from" => typed.last_course().from = value,
                "to" => typed.last_course().to = value,
                _ => {}
            }
        }
        typed.with_room()
    }

    fn last_course(&mut self) -> &mut CourseTyped {
        if self.courses.is_empty() {
            self.courses.push(CourseTyped::default());
        }
        let last = self.courses.len() - 1;
        &mut self.courses[last]
    }

    /// A new event as the real one is: two hundred exercises of a course, and a marathon, for four weeks.
    pub fn suggested(frame: &Frame, bank: &Bank, key: EventId, today: Date) -> Self {
        let later = |day: Date| day.checked_add(IN_DAYS.days()).unwrap_or(day);
        let course = |(number, (from, to)): (usize, (i16, i16))| CourseTyped {
            name: frame.n("organise-course-name", number),
            from: from.to_string(),
            to: to.to_string(),
        };
        Self {
            key: key.to_string(),
            name: "MatteMaraton".to_owned(),
            first: later(today).to_string(),
            last: later(later(today)).to_string(),
            items: "200".to_owned(),
            kilometres: numbers::distance(42_200, frame.language),
            open_to: OpenTo::Own.name().to_owned(),
            courses: (1..).zip(YEARS.into_iter().filter(|years| has_exercises(bank, *years))).map(course).collect(),
            ..Self::default()
        }
        .with_room()
    }

    /// An event as it is stored.
    pub fn written(organised: &Organised, frame: &Frame) -> Self {
        let Plan { name, first, last, items, metres, courses, rules, announcement, open_to } = &organised.plan;
        let course = |course: &CoursePlan| CourseTyped {
            name: course.name.clone(),
            from: course.from_year.to_string(),
            to: course.to_year.to_string(),
        };
        Self {
            key: organised.event.id.to_string(),
            name: name.clone(),
            first: first.to_string(),
            last: last.to_string(),
            items: items.to_string(),
            kilometres: numbers::distance(i64::from(*metres), frame.language),
            courses: courses.iter().map(course).collect(),
            rules: rules.clone(),
            announcement: announcement.clone(),
            open_to: open_to.name().to_owned(),
        }
        .with_room()
    }

    /// With empty courses, so that there are as many as there may be.
    fn with_room(mut self) -> Self {
        while self.courses.len() < MOST_COURSES {
            self.courses.push(CourseTyped::default());
        }
        self
    }

    /// What was typed as a plan.
    ///
    /// # Errors
    /// The first thing that cannot be read.
    pub fn plan(&self) -> Result<Plan, PlanFault> {
        let day = |typed: &str| typed.trim().parse::<Date>().map_err(|_| PlanFault::Days);
        let year = |typed: &str| typed.trim().parse::<i16>().map_err(|_| PlanFault::Course);
        let is_meant =
            |course: &&CourseTyped| [&course.name, &course.from, &course.to].iter().any(|text| !text.trim().is_empty());
        let courses = self.courses.iter().filter(is_meant).map(|course| {
            Ok(CoursePlan { name: course.name.clone(), from_year: year(&course.from)?, to_year: year(&course.to)? })
        });
        Ok(Plan {
            name: self.name.clone(),
            first: day(&self.first)?,
            last: day(&self.last)?,
            items: self.items.trim().parse().map_err(|_| PlanFault::Items)?,
            metres: read_kilometres(&self.kilometres).ok_or(PlanFault::Kilometres)?,
            courses: courses.collect::<Result<_, PlanFault>>()?,
            rules: self.rules.clone(),
            announcement: self.announcement.clone(),
            open_to: OpenTo::named(&self.open_to),
        })
    }
}
