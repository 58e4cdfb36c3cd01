//! A student says that a line which was judged wrong is right.

use vault::{
    CalculationId, Me, access,
    rows::appeals::{self, Appeal},
};

use super::{PracticeError, submit_line::at_desk};
use crate::app::App;

/// Sends a wrong line of one's own calculation to one's teacher, with the version of the checker; once, however often it
/// is asked.
///
/// # Errors
/// Not one's own, no such line, one that was not judged wrong, or of somebody who has no teacher: not found.
pub async fn appeal(app: &App, me: &Me, id: CalculationId, number: i16) -> Result<Appeal, PracticeError> {
    let desk = at_desk(app, me, id).await?;
    if !desk.lines.iter().any(|line| line.number == number && line.is_wrong()) {
        return Err(PracticeError::NotFound);
    }
    let (me, now, calculation) = (*me, app.clock.now(), desk.calculation.clone());
    app.vault
        .write(move |tx| {
            let own = access::own_appeal(tx, &me, now)?;
            appeals::make(tx, &own, &calculation, number, stepcheck::VERSION, now)?;
            let made = appeals::of(tx, &calculation)?.into_iter().find(|appeal| appeal.number == number);
            made.ok_or(PracticeError::NotFound)
        })
        .await
}
