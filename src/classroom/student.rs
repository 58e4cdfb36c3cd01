//! One student of a group as the teacher sees them: every calculation with every line.

use std::sync::Arc;

use adaptive::{Mastery, Prediction};
use vault::{
    CalculationId, GroupId, Me, Millis, PersonId, StudentSight, Tx, access,
    audit::Class,
    rows::{
        people,
        steering::{self, Steering},
    },
};

use super::{AssignmentReport, ClassroomError, report};
use crate::{
    app::App,
    exercises::{Bank, SkillId},
    model,
    practice::{self, Entry, Shown},
};

/// Which part of a history is asked for.
#[derive(Clone)]
pub struct Part {
    /// Calculations at most.
    pub most: usize,
    /// Only exercises of this skill.
    pub skill: Option<SkillId>,
    /// Only what was opened before this moment.
    pub before: Option<Millis>,
}

/// A student's history in a group.
pub struct StudentView {
    pub group: people::NamedGroup,
    pub student: people::NamedStudent,
    /// The student's place in the group by name, 1 and up.
    pub place: usize,
    pub known: Vec<(u16, Mastery)>,
    /// For each of these, what speaks for and against solving a typical exercise of the skill first time.
    pub behind: Vec<Prediction>,
    /// What is said about what is to be chosen.
    pub steering: Vec<Steering>,
    /// Newest first.
    pub entries: Vec<Entry>,
    /// There is more before this moment.
    pub more: Option<Millis>,
}

/// A calculation of a student in a group.
pub struct CalculationView {
    pub group: people::NamedGroup,
    /// The student's place in the group by name, 1 and up.
    pub place: usize,
    pub shown: Shown,
    /// How everyone is getting on, if the calculation belongs to an assignment to this group.
    pub report: Option<AssignmentReport>,
}

/// What a student of a group that I teach now did and can.
///
/// # Errors
/// Somebody else's group, or a student who is not in it now, is not found.
pub async fn student(
    app: &App,
    me: &Me,
    group: GroupId,
    of: PersonId,
    part: Part,
) -> Result<StudentView, ClassroomError> {
    let (bank, me, now) = (Arc::clone(&app.bank), *me, app.clock.now());
    app.vault
        .read(move |tx| {
            let Member { group, place, student, sight } = member(tx, &me, group, of, now)?;
            let model = model::read(tx, &bank, &sight)?.student;
            let known = practice::masteries(&bank, &model, now);
            let behind = known.iter().map(|(skill, _)| practice::predicted(&model, *skill, now)).collect();
            let steering = steering::of(tx, &sight, now)?;
            let practice::History { entries, more } =
                practice::page_of_history(tx, &sight, exercises(&bank, &part).as_deref(), part.before, part.most)?;
            Ok(StudentView { group, student, place, known, behind, steering, entries, more })
        })
        .await
}

/// The names of the exercises of the skill that was asked for.
fn exercises(bank: &Bank, part: &Part) -> Option<Vec<String>> {
    let wanted = part.skill.as_ref()?;
    let of_skill = |skill: u16| bank.skill(skill).is_some_and(|skill| skill.id == *wanted);
    let found = bank.exercises().iter().filter(|exercise| of_skill(exercise.skill));
    Some(found.map(|exercise| exercise.id.as_str().to_owned()).collect())
}

/// One calculation of a student of a group that I teach now.
///
/// # Errors
/// Somebody else's group, or a calculation of someone who is not in it now, is not found.
pub async fn calculation(
    app: &App,
    me: &Me,
    group: GroupId,
    id: CalculationId,
) -> Result<CalculationView, ClassroomError> {
    let (bank, who, now) = (Arc::clone(&app.bank), *me, app.clock.now());
    let (shown, group, place) = app
        .vault
        .read(move |tx| {
            let shown = practice::shown(tx, &bank, &who, id, now)?;
            let member = member(tx, &who, group, shown.student.id, now)?;
            Ok::<_, ClassroomError>((shown, member.group, member.place))
        })
        .await?;
    let report = match &shown.assignment {
        None => None,
        Some(pace) => match report(app, me, pace.assignment).await {
            Ok(report) => report.group.as_ref().is_some_and(|to| to.id == group.id).then_some(report),
            // Given to another group of the student's: this teacher sees the lines, not that group.
            Err(ClassroomError::NotFound) => None,
            Err(error) => return Err(error),
        },
    };
    Ok(CalculationView { group, place, shown, report })
}

/// Somebody who is a student in a group that I teach now.
pub(super) struct Member {
    group: people::NamedGroup,
    place: usize,
    student: people::NamedStudent,
    pub(super) sight: StudentSight,
}

pub(super) fn member(
    tx: &mut Tx,
    me: &Me,
    group: GroupId,
    of: PersonId,
    now: Millis,
) -> Result<Member, ClassroomError> {
    let sight = access::group(tx, me, group, now)?;
    let named = people::group_named(tx, &sight, now)?;
    let found = people::member_of(tx, &sight, of, Class::Practice, now)?;
    let (place, student, sight) = found.ok_or(ClassroomError::NotFound)?;
    Ok(Member { group: named, place, student, sight })
}
