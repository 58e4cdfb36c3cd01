//! What a school's administrator and a controller's officer see: groups and counts, nobody's lines.

use vault::{
    Me, Millis, access,
    rows::{
        entitlements::{self, Entitlement},
        overviews,
    },
};

use super::ClassroomError;
use crate::app::App;

/// A school and what it has.
pub struct School {
    pub overview: overviews::SchoolOverview,
    /// Its own and the whole controller's, also what is to come.
    pub has: Vec<Entitlement>,
    pub now: Millis,
}

/// The schools whose administrator I am now.
///
/// # Errors
/// Not found if I am the administrator of none.
pub async fn schools(app: &App, me: &Me) -> Result<Vec<School>, ClassroomError> {
    let (me, now) = (*me, app.clock.now());
    app.vault
        .read(move |tx| {
            let sights = access::administered(tx, &me, now)?;
            if sights.is_empty() {
                return Err(ClassroomError::NotFound);
            }
            let mut schools = Vec::new();
            for sight in sights {
                let has = entitlements::of_school(tx, &sight, now)?;
                schools.push(School { overview: overviews::school_overview(tx, &sight, now)?, has, now });
            }
            Ok(schools)
        })
        .await
}

/// The controller whose officer I am now, and what each of its schools has.
///
/// # Errors
/// Not found if I am not its officer.
pub async fn controller(app: &App, me: &Me) -> Result<(overviews::ControllerOverview, Vec<School>), ClassroomError> {
    let (me, now) = (*me, app.clock.now());
    app.vault
        .read(move |tx| {
            let sight = access::controller(tx, &me, now)?;
            let mut overview = overviews::controller_overview(tx, &sight, now)?;
            let all = entitlements::of_controller(tx, &sight, now)?;
            let schools = std::mem::take(&mut overview.schools).into_iter().map(|school| {
                let of_it = |has: &&Entitlement| has.school.is_none_or(|of| of == school.id);
                School { has: all.iter().filter(of_it).cloned().collect(), overview: school, now }
            });
            let schools = schools.collect();
            Ok::<_, ClassroomError>((overview, schools))
        })
        .await
}
