//! A teacher approves distances or gives them back.

use vault::{
    DistanceId, Me, Millis, Tx, access,
    rows::maraton::{self, Decision},
};

use super::MaratonError;
use crate::app::App;

/// Metres without minutes from which on it is worth asking: 30 km is more than most walk or ride in a day, and what
/// minutes typed as kilometres give.
const FAR: i32 = 30_000;
/// Metres in a second from which on it is worth asking: 11 is 40 km/h, faster than children ride.
const FAST: i32 = 11;

/// Why a teacher should look at a distance before approving it. Only the teacher sees it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Doubt {
    /// Far, and no minutes were given: perhaps minutes were typed as kilometres.
    Far,
    /// Faster than one gets by one's own power.
    Fast,
}

/// What is doubtful about a distance of so many metres in so many seconds, if anything.
#[must_use]
pub const fn doubt(metres: i32, seconds: Option<i32>) -> Option<Doubt> {
    match seconds {
        None if metres >= FAR => Some(Doubt::Far),
        Some(seconds) if metres as i64 >= FAST as i64 * seconds as i64 => Some(Doubt::Fast),
        _ => None,
    }
}

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

fn decide_one(tx: &mut Tx, me: &Me, id: DistanceId, decision: Decision, now: Millis) -> Result<bool, MaratonError> {
    let sight = access::distance(tx, me, id, now)?;
    Ok(maraton::decide(tx, me, &sight, decision, now)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_hardly_can_be_is_doubted() {
        assert_eq!(doubt(3_200, None), None);
        assert_eq!(doubt(29_999, None), None);
        assert_eq!(doubt(45_000, None), Some(Doubt::Far));
        assert_eq!(doubt(45_000, Some(3 * 3_600)), None, "a long ride, but not a fast one");
        assert_eq!(doubt(20_000, Some(20 * 60)), Some(Doubt::Fast));
        assert_eq!(doubt(200_000, Some(86_400)), None);
    }
}
