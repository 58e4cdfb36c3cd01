//! Everyone, for what the program does to all models alike.

use diesel::prelude::*;

use super::{ForgetSight, Made, OwnSight, StudentSight};
use crate::{
    audit::Noted,
    connection::Tx,
    fault::Fault,
    ids::{ControllerId, PersonId},
    schema::student,
};

/// Every student, for making models anew from what they were made from: for a command of whoever runs the server, which
/// shows nothing of anybody.
pub fn every_student(tx: &mut Tx) -> Result<Vec<OwnSight>, Fault> {
    let all: Vec<(ControllerId, PersonId)> =
        student::table.select((student::controller_id, student::person_id)).load(tx.connection())?;
    let sight = |(controller, student)| StudentSight { controller, student, _noted: Noted::nobody() };
    Ok(all.into_iter().map(sight).map(OwnSight).collect())
}

/// Somebody whose data are due by a rule: for the round that forgets them, which shows nothing of anybody.
#[must_use]
pub const fn due_to_be_forgotten(controller: ControllerId, person: PersonId) -> ForgetSight {
    ForgetSight { controller, person, by: None, _made: Made(()) }
}
