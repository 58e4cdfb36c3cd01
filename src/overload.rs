//! How much is worked on at once. What comes beyond it is refused at once: a request that waits its turn among a thousand
//! others is answered when nobody listens any more, and until then all the others wait longer.

use std::{
    cell::Cell,
    future::Future,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, AtomicUsize, Ordering::SeqCst},
    },
};

use vault::Millis;

/// Milliseconds between two lines in the log about what was refused.
const TOLD_EVERY: i64 = 10_000;

/// The limit, and how much is under way.
pub struct Admission {
    most: usize,
    under_way: Arc<AtomicUsize>,
    refused: AtomicU64,
    told_at: AtomicI64,
}

/// One request under way, until it is dropped.
pub struct Place(Arc<AtomicUsize>);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, SeqCst);
    }
}

tokio::task_local! {
    /// The place of the request that this task works on.
    static PLACE: Cell<Option<Place>>;
}

impl Admission {
    /// Lets `most` requests be under way at once, at least 1.
    #[must_use]
    pub fn new(most: usize) -> Self {
        Self {
            most: most.max(1),
            under_way: Arc::default(),
            refused: AtomicU64::new(0),
            told_at: AtomicI64::new(i64::MIN),
        }
    }

    /// A place for a request that has arrived as a whole; none when as many are under way as may.
    #[must_use]
    pub fn enter(&self, now: Millis) -> Option<Place> {
        let before = self.under_way.fetch_add(1, SeqCst);
        let place = Place(Arc::clone(&self.under_way));
        if before < self.most {
            return Some(place);
        }
        let refused = self.refused.fetch_add(1, SeqCst) + 1;
        let told_at = self.told_at.load(SeqCst);
        let is_time = told_at.saturating_add(TOLD_EVERY) <= now.0 || told_at > now.0;
        if is_time && self.told_at.compare_exchange(told_at, now.0, SeqCst, SeqCst).is_ok() {
            tracing::warn!(refused, at_once = self.most, "more is asked for than can be done; the surplus is refused");
        }
        None
    }

    /// How many requests are under way.
    #[must_use]
    pub fn under_way(&self) -> usize {
        self.under_way.load(SeqCst)
    }

    /// How many requests were refused since the start.
    #[must_use]
    pub fn refused(&self) -> u64 {
        self.refused.load(SeqCst)
    }
}

impl Place {
    /// Does `work` at this place.
    pub async fn during<T>(self, work: impl Future<Output = T>) -> T {
        PLACE.scope(Cell::new(Some(self)), work).await
    }
}

/// Gives up the place of the request that is worked on: it is about to wait in a queue that has a limit of its own, such
/// as that of the passwords, and costs nothing meanwhile. Without a place nothing happens.
pub fn step_aside() {
    // Elsewhere than in a request there is none to give up.
    let _outside = PLACE.try_with(|place| drop(place.take()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_are_let_in_than_may_and_who_leaves_makes_room() {
        let admission = Admission::new(2);
        let (first, second) = (admission.enter(Millis(0)), admission.enter(Millis(0)));
        assert!(first.is_some() && second.is_some());
        assert!(admission.enter(Millis(0)).is_none());
        assert_eq!((admission.under_way(), admission.refused()), (2, 1));
        drop(first);
        assert!(admission.enter(Millis(0)).is_some());
        drop(second);
        assert_eq!(admission.under_way(), 0);
    }

    #[tokio::test]
    async fn who_steps_aside_holds_no_place() {
        let admission = Admission::new(1);
        let place = admission.enter(Millis(0)).unwrap();
        place
            .during(async {
                assert_eq!(admission.under_way(), 1);
                step_aside();
                assert_eq!(admission.under_way(), 0);
                step_aside();
            })
            .await;
        step_aside();
        assert_eq!(admission.under_way(), 0);
    }
}
