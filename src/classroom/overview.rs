//! What a school's administrator and a controller's officer see: groups and counts, nobody's lines.

use vault::{Me, access, rows::people};

use super::ClassroomError;
use crate::app::App;

/// The schools whose administrator I am now.
///
/// # Errors
/// Not found if I am the administrator of none.
pub async fn schools(app: &App, me: &Me) -> Result<Vec<people::SchoolOverview>, ClassroomError> {
    let (me, now) = (*me, app.clock.now());
    app.vault
        .read(move |tx| {
            let sights = access::administered(tx, &me, now)?;
            if sights.is_empty() {
                return Err(ClassroomError::NotFound);
            }
            let mut schools = Vec::new();
            for sight in sights {
                schools.push(people::school_overview(tx, &sight, now)?);
            }
            Ok(schools)
        })
        .await
}

/// The controller whose officer I am now.
///
/// # Errors
/// Not found if I am not its officer.
pub async fn controller(app: &App, me: &Me) -> Result<people::ControllerOverview, ClassroomError> {
    let (me, now) = (*me, app.clock.now());
    app.vault
        .read(move |tx| {
            let sight = access::controller(tx, &me, now)?;
            Ok::<_, ClassroomError>(people::controller_overview(tx, &sight, now)?)
        })
        .await
}
