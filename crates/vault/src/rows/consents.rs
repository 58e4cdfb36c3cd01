//! What an individual has consented to: steps with their history, of which the last one for a purpose holds.

use diesel::prelude::*;

use crate::{
    access::{IndividualSight, Me},
    connection::{Tx, on_each},
    fault::Fault,
    ids::{ControllerId, PersonId},
    schema::{consent, controller, error_report, person, student},
    time::Millis,
};

/// The version of the sentences that are consented to (`consent-practice`, `consent-difficulty` in `locales/`). Raised
/// when they come to mean something else: what was consented to before is then asked for again.
pub const TEXT: i32 = 1;

/// The word under which a controller is an individual.
pub const INDIVIDUAL: &str = "individual";

/// What somebody's practice is used for, each with a consent of its own. Stored by its name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    /// Lines are judged and kept, so that there is something to go on with, to look back at and to recommend from.
    Practice,
    /// Right and wrong answers are summed over everyone to say how hard an exercise is.
    Difficulty,
}

impl Purpose {
    pub const ALL: [Self; 2] = [Self::Practice, Self::Difficulty];

    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Practice => "practice",
            Self::Difficulty => "difficulty",
        }
    }

    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.name() == name)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    Given,
    Withdrawn,
}

impl Step {
    const fn name(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// One step of the history.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Consent {
    pub purpose: Purpose,
    pub step: Step,
    pub text_version: i32,
    pub at: Millis,
}

impl Consent {
    fn is_given(&self) -> bool {
        self.step == Step::Given && self.text_version >= TEXT
    }
}

/// Everything that was given and withdrawn, oldest first.
pub fn history(tx: &mut Tx, sight: &IndividualSight) -> Result<Vec<Consent>, Fault> {
    steps(tx, sight.controller, sight.person)
}

pub(super) fn steps(tx: &mut Tx, controller: ControllerId, person: PersonId) -> Result<Vec<Consent>, Fault> {
    type Row = (String, String, i32, Millis);
    let rows: Vec<Row> = on_each!(tx.connection(), each => consent::table
        .filter(consent::controller_id.eq(controller))
        .filter(consent::person_id.eq(person))
        .order(consent::number)
        .select((consent::purpose, consent::step, consent::text_version, consent::at))
        .load(each))?;
    let read = |(purpose, step, text_version, at): Row| {
        let step = if step == Step::Given.name() { Step::Given } else { Step::Withdrawn };
        Some(Consent { purpose: Purpose::named(&purpose)?, step, text_version, at })
    };
    Ok(rows.into_iter().filter_map(read).collect())
}

/// The last step for a purpose.
#[must_use]
pub fn last(history: &[Consent], purpose: Purpose) -> Option<&Consent> {
    history.iter().rfind(|step| step.purpose == purpose)
}

/// Whether a purpose is consented to now, to the sentences as they read today.
#[must_use]
pub fn is_given(history: &[Consent], purpose: Purpose) -> bool {
    last(history, purpose).is_some_and(Consent::is_given)
}

/// When practice was withdrawn, if it was and was not consented to again.
#[must_use]
pub fn withdrawn_at(history: &[Consent]) -> Option<Millis> {
    last(history, Purpose::Practice).filter(|last| last.step == Step::Withdrawn).map(|last| last.at)
}

/// Adds a step. Practice that is under way comes to its end with the very next write, and what was sent to support is
/// closed when practice is withdrawn.
pub fn add(tx: &mut Tx, sight: &IndividualSight, step: &Consent) -> Result<(), Fault> {
    let number = steps(tx, sight.controller, sight.person)?.len();
    diesel::insert_into(consent::table)
        .values((
            consent::controller_id.eq(sight.controller),
            consent::person_id.eq(sight.person),
            consent::number.eq(i32::try_from(number).unwrap_or(i32::MAX).saturating_add(1)),
            consent::purpose.eq(step.purpose.name()),
            consent::step.eq(step.step.name()),
            consent::text_version.eq(step.text_version),
            consent::at.eq(step.at),
        ))
        .execute(tx.connection())?;
    // Every write of practice compares the version, so none that was allowed before goes through now.
    diesel::update(student::table)
        .filter(student::controller_id.eq(sight.controller))
        .filter(student::person_id.eq(sight.person))
        .set(student::version.eq(student::version + 1_i64))
        .execute(tx.connection())?;
    if step.purpose == Purpose::Practice && step.step == Step::Withdrawn {
        diesel::update(error_report::table)
            .filter(error_report::controller_id.eq(sight.controller))
            .filter(error_report::person_id.eq(sight.person))
            .filter(error_report::closed_at.is_null())
            .set(error_report::closed_at.eq(step.at))
            .execute(tx.connection())?;
    }
    Ok(())
}

/// What somebody's practice may be used for now.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Allowed {
    pub practice: bool,
    pub difficulty: bool,
}

/// For whoever is their own controller it is their consent that allows; at a school it is the school's task. To be read
/// in the transaction that reads the student's version: a write that compares that version is then allowed as well.
pub fn allowed(tx: &mut Tx, me: &Me) -> Result<Allowed, Fault> {
    let kind: String = on_each!(tx.connection(), each => controller::table
        .filter(controller::id.eq(me.controller))
        .select(controller::kind)
        .first(each))?;
    if kind != INDIVIDUAL {
        return Ok(Allowed { practice: true, difficulty: true });
    }
    let history = steps(tx, me.controller, me.person)?;
    let practice = is_given(&history, Purpose::Practice);
    Ok(Allowed { practice, difficulty: practice && is_given(&history, Purpose::Difficulty) })
}

/// The individual who is this controller, if one is.
pub fn individual_of(tx: &mut Tx, of: ControllerId) -> Result<Option<Me>, Fault> {
    let found: Option<(ControllerId, PersonId)> = person::table
        .inner_join(controller::table.on(controller::id.eq(person::controller_id)))
        .filter(person::controller_id.eq(of))
        .filter(controller::kind.eq(INDIVIDUAL))
        .select((person::controller_id, person::id))
        .first(tx.connection())
        .optional()?;
    Ok(found.map(|(controller, person)| Me { controller, person }))
}
