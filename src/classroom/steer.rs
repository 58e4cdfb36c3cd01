//! What a teacher wants to be recommended next, or not at all.

use vault::{
    GroupId, Me, PersonId, SteeringId, StudentSight, Tx, access,
    rows::steering::{self, Steering, What},
};

use super::{ClassroomError, student::member};
use crate::{app::App, exercises::Bank};

/// For whom it is said: a group that I teach, or one student in it.
#[derive(Clone, Copy)]
pub struct Whom {
    pub group: GroupId,
    pub student: Option<PersonId>,
}

/// Says that something is to be chosen next (`pins`), or not at all, and gives its id. What was said of the same before is
/// replaced.
///
/// # Errors
/// Somebody else's group, somebody who is not in it now, an exercise that the bank does not have, or a skill
/// without any.
pub async fn steer(app: &App, me: &Me, whom: Whom, pins: bool, what: What) -> Result<SteeringId, ClassroomError> {
    if !is_in(&app.bank, &what) {
        return Err(ClassroomError::NotFound);
    }
    let (me, now, id) = (*me, app.clock.now(), app.chance.draw(SteeringId::random));
    let new = Steering { id, group: whom.student.is_none().then_some(whom.group), pins, what, at: now };
    app.vault
        .write(move |tx| {
            let sight = access::group_to_steer(tx, &me, whom.group, now)?;
            let student = student_of(tx, &me, whom, now)?;
            steering::put(tx, &sight, student.as_ref(), &new)?;
            Ok(id)
        })
        .await
}

/// Takes back what was said.
///
/// # Errors
/// Somebody else's group, somebody who is not in it now, something that was not said for them or was taken back before.
pub async fn stop_steering(app: &App, me: &Me, whom: Whom, id: SteeringId) -> Result<(), ClassroomError> {
    let (me, now) = (*me, app.clock.now());
    app.vault
        .write(move |tx| {
            let sight = access::group_to_steer(tx, &me, whom.group, now)?;
            let student = student_of(tx, &me, whom, now)?;
            let is_gone = steering::take_back(tx, &sight, student.as_ref(), id, now)?;
            if is_gone { Ok(()) } else { Err(ClassroomError::NotFound) }
        })
        .await
}

/// What holds for a group that I teach, or for one student in it, newest first.
///
/// # Errors
/// Somebody else's group, or somebody who is not in it now, is not found.
pub async fn steering(app: &App, me: &Me, whom: Whom) -> Result<Vec<Steering>, ClassroomError> {
    let (me, now) = (*me, app.clock.now());
    app.vault
        .read(move |tx| {
            let sight = access::group_to_steer(tx, &me, whom.group, now)?;
            Ok(match student_of(tx, &me, whom, now)? {
                Some(student) => steering::of_student(tx, &sight, &student)?,
                None => steering::of_group(tx, &sight)?,
            })
        })
        .await
}

fn student_of(tx: &mut Tx, me: &Me, whom: Whom, now: vault::Millis) -> Result<Option<StudentSight>, ClassroomError> {
    let Some(student) = whom.student else { return Ok(None) };
    Ok(Some(member(tx, me, whom.group, student, now)?.sight))
}

fn is_in(bank: &Bank, what: &What) -> bool {
    match what {
        What::Skill(name) => bank.skill_index(name).is_some_and(|skill| bank.has_exercises(skill)),
        What::Exercise(name) => bank.exercise(&name.as_str().into()).is_some(),
    }
}
