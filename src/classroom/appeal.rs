//! Answering a student who holds a line to be right that was judged wrong.

use vault::{
    CalculationId, GroupId, Me, access,
    rows::appeals::{self, Appeal},
};

use super::{ClassroomError, student::member};
use crate::{app::App, practice};

/// Answers the appeal against the verdict on a line of a student of a group that I teach now, and gives it as it is then.
/// A later answer takes the place of an earlier one.
///
/// # Errors
/// Somebody else's group, a calculation of someone who is not in it now, or a line without an appeal is not found.
pub async fn answer(
    app: &App,
    me: &Me,
    group: GroupId,
    id: CalculationId,
    number: i16,
    holds: bool,
) -> Result<Appeal, ClassroomError> {
    let (me, now) = (*me, app.clock.now());
    app.vault
        .write(move |tx| {
            let sight = access::appeal(tx, &me, id, now)?;
            member(tx, &me, group, sight.student(), now)?;
            if !appeals::answer(tx, &sight, number, holds, now)? {
                return Err(ClassroomError::NotFound);
            }
            let appeals = practice::appeals(tx, &me, id, now)?;
            appeals.into_iter().find(|appeal| appeal.number == number).ok_or(ClassroomError::NotFound)
        })
        .await
}
