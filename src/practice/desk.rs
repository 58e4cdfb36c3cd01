//! A desk: what the server keeps in memory of a student who is working, so that judging a line reads nothing from the
//! database. A desk is only ever a copy: every write compares the student's version, and one that is behind is thrown
//! away and read again.

use std::{
    num::NonZeroUsize,
    sync::{Arc, Mutex, PoisonError},
};

use lru::LruCache;
use stepcheck::Statement;
use vault::{
    CalculationId, IdempotencyKey, Me, Millis, PersonId, StudentSight, Tx,
    rows::calculations::{self, Calculation},
    rows::consents::{self, Allowed},
    rows::hints::{self, OpenedHint},
    rows::maraton::{self, Entered},
    rows::students::General,
};

use super::{PracticeError, Written};
use crate::{
    exercises::{Bank, ExerciseId, Item, draw},
    model,
};

/// A student, the calculation they are at, and its lines.
#[derive(Clone)]
pub struct Desk {
    pub general: General,
    pub student: adaptive::Student,
    pub calculation: Calculation,
    pub item: Arc<Item>,
    pub lines: Vec<Written>,
    /// The lines of a solution that hold, oldest first: what the next one is judged against.
    pub standing: Vec<Statement>,
    /// The hints that were opened, oldest first.
    pub hints: Vec<OpenedHint>,
    /// Difficulties may hear of the responses.
    pub tells_difficulty: bool,
    /// What items count in that are finished while it is open.
    pub entered: Option<Entered>,
    /// The stored model cannot be used, and this one was made from the responses: it is stored before anything else is.
    pub is_anew: bool,
}

impl Desk {
    /// Reads everything about a calculation of the student in sight.
    pub fn read(tx: &mut Tx, bank: &Bank, sight: &StudentSight, id: CalculationId) -> Result<Self, PracticeError> {
        let model::Known { general, student, is_anew } = model::read(tx, bank, sight)?;
        let calculation = calculations::seen(tx, sight, id)?;
        let lines = calculations::lines(tx, &calculation)?;
        let hints = hints::opened(tx, &calculation)?;
        let item = Arc::new(item_of(bank, &calculation)?);
        let lines: Vec<Written> = lines.into_iter().map(Written::from).collect();
        let standing = match item.task() {
            Some(_) => lines.iter().filter_map(Written::standing).collect(),
            None => Vec::new(),
        };
        let (tells_difficulty, entered) = (false, None);
        Ok(Self { general, student, calculation, item, lines, standing, hints, tells_difficulty, entered, is_anew })
    }

    /// The same for one's own practice, to be gone on with.
    ///
    /// # Errors
    /// [`PracticeError::NoConsent`] if it is not consented to now.
    pub fn read_own(tx: &mut Tx, bank: &Bank, me: &Me, id: CalculationId) -> Result<Self, PracticeError> {
        let desk = Self::read(tx, bank, &me.own(), id)?;
        let entered = maraton::entered(tx, &me.own())?;
        Ok(Self { tells_difficulty: allowed(tx, me)?.difficulty, entered, ..desk })
    }

    /// The desk at which a calculation was opened just now: `known` is how the student stood before.
    #[must_use]
    pub fn opened(
        known: model::Known,
        calculation: Calculation,
        item: Item,
        tells_difficulty: bool,
        entered: Option<Entered>,
    ) -> Self {
        let model::Known { general, student, is_anew } = known;
        let general = General { version: general.version + 1, ..general };
        let (lines, standing, hints) = (Vec::new(), Vec::new(), Vec::new());
        let item = Arc::new(item);
        Self { general, student, calculation, item, lines, standing, hints, tells_difficulty, entered, is_anew }
    }

    /// The same after the calculation was left.
    #[must_use]
    pub fn left(&self, at: Millis) -> Self {
        let mut left = self.clone();
        left.general.version += 1;
        left.calculation.left_at = Some(at);
        left
    }

    #[must_use]
    pub fn line_with(&self, key: IdempotencyKey) -> Option<&Written> {
        self.lines.iter().find(|line| line.key == key)
    }

    /// The newest line, if it was a wrong one: the next may follow from it.
    #[must_use]
    pub fn newest_wrong(&self) -> Option<Statement> {
        let newest = self.lines.last().filter(|line| line.is_wrong())?;
        stepcheck::read(&newest.entered).ok()
    }

    /// The number of the newest line that holds; 0, the task, if there is none yet.
    #[must_use]
    pub fn newest_standing(&self) -> i16 {
        self.lines.iter().rev().find(|line| line.standing().is_some()).map_or(0, |line| line.number)
    }

    /// The lines that hold, as they were typed.
    #[must_use]
    pub fn held(&self) -> Vec<&str> {
        self.lines.iter().filter(|line| line.holds()).map(|line| line.entered.as_str()).collect()
    }

    #[must_use]
    pub fn is_open(&self) -> bool {
        self.calculation.finished_at.is_none() && self.calculation.left_at.is_none()
    }
}

/// What somebody's practice may be used for. Read together with the student's version, which every write compares and
/// which a withdrawal raises: what is written then is still allowed.
///
/// # Errors
/// [`PracticeError::NoConsent`] if it may not be gone on with at all.
pub fn allowed(tx: &mut Tx, me: &Me) -> Result<Allowed, PracticeError> {
    let allowed = consents::allowed(tx, me)?;
    if allowed.practice { Ok(allowed) } else { Err(PracticeError::NoConsent) }
}

/// The item of a calculation, drawn anew from its exercise and seed.
pub fn item_of(bank: &Bank, calculation: &Calculation) -> Result<Item, PracticeError> {
    let gone = || PracticeError::ExerciseGone(calculation.exercise.clone());
    let exercise = bank.exercise(&ExerciseId::from(calculation.exercise.as_str())).ok_or_else(gone)?;
    draw(exercise, calculation.seed).map_err(|error| {
        tracing::error!(%error, calculation = %calculation.id, "an item cannot be drawn");
        gone()
    })
}

/// All desks in memory, by student; the least used go first.
pub struct Desks {
    shards: Vec<Mutex<LruCache<PersonId, Arc<Desk>>>>,
}

const SHARDS: usize = 16;

impl Desks {
    /// Room for about `most` desks (a desk is some 5 kB).
    #[must_use]
    pub fn new(most: usize) -> Self {
        let each = NonZeroUsize::new(most.div_ceil(SHARDS)).unwrap_or(NonZeroUsize::MIN);
        Self { shards: (0..SHARDS).map(|_| Mutex::new(LruCache::new(each))).collect() }
    }

    fn shard(&self, of: PersonId) -> Option<&Mutex<LruCache<PersonId, Arc<Desk>>>> {
        // The last byte: the first ones are shared by all who stand on one shelf.
        self.shards.get(usize::from(of.as_bytes()[15]) % SHARDS)
    }

    /// The student's desk, if it holds this calculation.
    #[must_use]
    pub fn at(&self, of: PersonId, calculation: CalculationId) -> Option<Arc<Desk>> {
        let mut shard = self.shard(of)?.lock().unwrap_or_else(PoisonError::into_inner);
        shard.get(&of).filter(|desk| desk.calculation.id == calculation).cloned()
    }

    /// The student's desk, whatever they are at.
    #[must_use]
    pub fn of(&self, of: PersonId) -> Option<Arc<Desk>> {
        self.shard(of)?.lock().unwrap_or_else(PoisonError::into_inner).get(&of).cloned()
    }

    /// Keeps a desk as it is after a commit.
    pub fn keep(&self, desk: Arc<Desk>) {
        if let Some(shard) = self.shard(desk.calculation.student_id) {
            shard.lock().unwrap_or_else(PoisonError::into_inner).put(desk.calculation.student_id, desk);
        }
    }

    /// Forgets what is behind.
    pub fn forget(&self, of: PersonId) {
        if let Some(shard) = self.shard(of) {
            shard.lock().unwrap_or_else(PoisonError::into_inner).pop(&of);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::chance::Chance;

    #[test]
    fn those_who_stand_on_one_shelf_do_not_share_a_lock() {
        let (desks, chance) = (Desks::new(16), Chance::seeded(1));
        let shards: HashSet<_> = (0..200).map(|_| desks.shard(chance.person()).map(std::ptr::from_ref)).collect();
        assert_eq!(shards.len(), SHARDS);
    }
}
