//! A student picks the course of an event that suits them, and another one whenever they like.

use std::sync::Arc;

use vault::{
    Me, access,
    rows::maraton::{self, Choice, Course},
    rows::{people, students},
};

use super::MaratonError;
use crate::{app::App, exercises::Bank};

/// How often a choice is tried again because the student's practice changed in between.
const TRIES: u32 = 5;

/// A course as a student sees it.
pub struct Offer {
    pub course: Course,
    /// How many items of it the student has finished since the event opened, picked or not.
    pub items: i64,
    /// It is the student's own.
    pub is_own: bool,
    /// It is the one for the student's school year.
    pub is_suggested: bool,
}

/// Whether an exercise is one of a course's: its skill is worked with in one of the course's school years.
#[must_use]
pub fn belongs(bank: &Bank, course: &Course, exercise: &str) -> bool {
    bank.is_of_years(&exercise.into(), (course.from_year, course.to_year))
}

/// Picks a course of the open event, or another one. What was finished since the event opened is counted for it, so going
/// back gives the same figure again.
///
/// # Errors
/// No open event, no student at a school, no such course.
pub async fn choose_course(app: &App, me: &Me, number: i16) -> Result<(), MaratonError> {
    for _ in 0..TRIES {
        let (who, bank, now) = (*me, Arc::clone(&app.bank), app.clock.now());
        let chosen = app
            .vault
            .write(move |tx| {
                let (own, sight) = (who.own(), access::event(tx, &who, now)?);
                let event = maraton::latest_event(tx, &sight, now)?.filter(|event| event.closes_at > now);
                let event = event.ok_or(MaratonError::NoEvent)?;
                let school = people::profile(tx, &who, now)?.student_school().ok_or(MaratonError::NotFound)?;
                let courses = maraton::courses(tx, &sight, event.id)?;
                let course = courses.iter().find(|course| course.number == number).ok_or(MaratonError::NotFound)?;
                let seen = students::general(tx, &own)?;
                let items = finished(&bank, course, &maraton::finished_exercises(tx, &own, &event)?);
                let items = i32::try_from(items).unwrap_or(i32::MAX);
                let choice = Choice { seen: &seen, event: &event, course: number, school, items, at: now };
                Ok::<_, MaratonError>(maraton::choose(tx, &own, &choice)?)
            })
            .await?;
        app.desks.forget(me.person());
        if chosen {
            return Ok(());
        }
    }
    Err(MaratonError::Collided(TRIES))
}

/// How many of these items are of a course.
fn finished(bank: &Bank, course: &Course, done: &[(String, i64)]) -> i64 {
    done.iter().filter(|(exercise, _)| belongs(bank, course, exercise)).map(|(_, count)| count).sum()
}

/// The courses as a student of a school year sees them, who has picked one or none and has done so much.
pub(super) fn offers(
    bank: &Bank,
    courses: Vec<Course>,
    own: Option<i16>,
    year: Option<u8>,
    done: &[(String, i64)],
) -> Vec<Offer> {
    let suggested = year.and_then(|year| suggested(&courses, i16::from(year)));
    let offer = |course: Course| Offer {
        items: finished(bank, &course, done),
        is_own: own == Some(course.number),
        is_suggested: suggested == Some(course.number),
        course,
    };
    courses.into_iter().map(offer).collect()
}

/// The number of the course for a school year: the first that has the year, otherwise the one that comes nearest.
fn suggested(courses: &[Course], year: i16) -> Option<i16> {
    let away = |course: &Course| (course.from_year - year).max(year - course.to_year).max(0);
    courses.iter().min_by_key(|course| (away(course), course.number)).map(|course| course.number)
}

#[cfg(test)]
mod tests {
    use vault::{ControllerId, EventId};

    use super::*;

    fn course(number: i16, from_year: i16, to_year: i16) -> Course {
        let (controller_id, event_id) = (ControllerId::from_bytes([1; 16]), EventId::from_bytes([1; 16]));
        Course { controller_id, event_id, number, name: "Stigen".to_owned(), from_year, to_year }
    }

    #[test]
    fn the_course_for_a_school_year_is_suggested_and_the_nearest_where_there_is_none() {
        let courses = [course(1, 2, 3), course(2, 4, 6), course(3, 6, 9)];
        for (year, number) in [(1, 1), (3, 1), (4, 2), (6, 2), (7, 3), (12, 3)] {
            assert_eq!(suggested(&courses, year), Some(number), "{year}");
        }
        assert_eq!(suggested(&[], 7), None);
    }

    #[test]
    fn an_exercise_belongs_where_the_years_of_its_skill_meet_the_course() {
        let bank = Bank::shipped().unwrap();
        for exercise in bank.exercises() {
            let (first, last) = bank.skill(exercise.skill).unwrap().years;
            let (first, last) = (i16::from(first), i16::from(last));
            let is_in = |from, to| belongs(&bank, &course(1, from, to), exercise.id.as_str());
            assert!(is_in(first, last) && is_in(last, last + 3) && is_in(first - 3, first), "{}", exercise.id);
            assert!(!is_in(last + 1, last + 3) && !is_in(first - 3, first - 1), "{}", exercise.id);
        }
        assert!(!belongs(&bank, &course(1, 1, 12), "gone-from-the-bank"));
    }
}
