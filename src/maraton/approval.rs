//! A teacher approves distances or gives them back.

use vault::{
    DistanceId, GroupId, Me, Millis, Tx, access,
    rows::maraton::{self, Decision},
};

use super::{MaratonError, doubt};
use crate::app::App;

/// Approves a distance of a student whom I teach now, or gives it back. False if it was decided before.
///
/// # Errors
/// Somebody else's student is not found, and one's own distance is somebody else's to approve.
pub async fn decide(app: &App, me: &Me, id: DistanceId, decision: Decision) -> Result<bool, MaratonError> {
    let (me, now) = (*me, app.clock.now());
    app.vault.write(move |tx| decide_one(tx, &me, id, decision, now)).await
}

/// Approves all of these or, if one of them is not mine to approve, none. Says how many waited until now.
///
/// # Errors
/// As for [`decide`].
pub async fn approve_all(app: &App, me: &Me, ids: Vec<DistanceId>) -> Result<usize, MaratonError> {
    let (me, now) = (*me, app.clock.now());
    app.vault
        .write(move |tx| {
            let mut approved = 0;
            for id in &ids {
                approved += usize::from(decide_one(tx, &me, *id, Decision::Approve, now)?);
            }
            Ok(approved)
        })
        .await
}

/// What came of approving all that waits in a group.
#[derive(Clone, Copy, Default)]
pub struct Approved {
    pub approved: usize,
    /// Distances with a doubt, which wait on.
    pub held: usize,
}

/// Approves all that waits in a group that I teach now, but for what is doubtful.
///
/// # Errors
/// Somebody else's group is not found.
pub async fn approve_group(app: &App, me: &Me, group: GroupId) -> Result<Approved, MaratonError> {
    let (me, now) = (*me, app.clock.now());
    app.vault
        .write(move |tx| {
            let sight = access::group(tx, &me, group, now)?;
            let all = access::event(tx, &me, now)?;
            let mut done = Approved::default();
            let Some(event) = maraton::latest_event(tx, &all, now)? else { return Ok(done) };
            for waiting in maraton::waiting_in(tx, &sight, event.id, now)? {
                let is_own = waiting.distance.student_id == me.person();
                if is_own || doubt(&waiting).is_some() {
                    done.held += 1;
                } else {
                    let approved = decide_one(tx, &me, waiting.distance.id, Decision::Approve, now)?;
                    done.approved += usize::from(approved);
                }
            }
            Ok(done)
        })
        .await
}

fn decide_one(tx: &mut Tx, me: &Me, id: DistanceId, decision: Decision, now: Millis) -> Result<bool, MaratonError> {
    let sight = access::distance(tx, me, id, now)?;
    Ok(maraton::decide(tx, me, &sight, decision, now)?)
}
