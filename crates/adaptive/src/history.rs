//! What a student did with the same item before: the last 200 items, the oldest go.
//!
//! An item is looked for by comparing a 32-bit tag of each, which the compiler does several at a time; a list through
//! the places says which was met longest ago. Meeting an item costs the same whatever was met before.

use serde::{Deserialize, Serialize};

use crate::response::ItemId;
use crate::time::Millis;

/// So many items are remembered.
pub const REMEMBERED_ITEMS: usize = 200;
/// Tags compared at a time.
const BLOCK: usize = 8;

/// What is remembered of one item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Met {
    pub item: ItemId,
    /// Attempts so far.
    pub attempts: u16,
    /// Of these, correct.
    pub wins: u16,
    /// Whether the newest was correct.
    pub correct: bool,
    /// The student's count of answers when it came.
    pub count: u32,
    /// When the newest came.
    pub last: Millis,
}

/// The items a student met last.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(from = "Vec<Met>", into = "Vec<Met>")]
pub struct ItemHistory {
    tags: Vec<u32>,
    met: Vec<Met>,
    /// The place met next after each and next before it: a list from the oldest to the newest.
    links: Vec<Link>,
    oldest: u8,
    newest: u8,
}

/// Neighbours in time; without meaning beyond the ends.
#[derive(Clone, Copy, Debug, Default)]
struct Link {
    newer: u8,
    older: u8,
}

impl ItemHistory {
    /// How many items are remembered, at most 200.
    pub fn len(&self) -> usize {
        self.met.len()
    }

    pub fn is_empty(&self) -> bool {
        self.met.is_empty()
    }

    /// What is remembered of an item.
    pub fn get(&self, item: ItemId) -> Option<&Met> {
        self.place(item).map(|place| &self.met[place])
    }

    /// All remembered items, the one met longest ago first.
    pub fn iter(&self) -> impl Iterator<Item = &Met> {
        let mut next = self.oldest;
        (0..self.met.len()).map(move |_| {
            let place = usize::from(next);
            next = self.links[place].newer;
            &self.met[place]
        })
    }

    fn place(&self, item: ItemId) -> Option<usize> {
        let tag = tag(item);
        for (block, tags) in self.tags.chunks(BLOCK).enumerate() {
            if tags.iter().fold(false, |any, &t| any | (t == tag)) {
                let start = block * BLOCK;
                let found = (start..start + tags.len()).find(|&place| self.met[place].item == item);
                if found.is_some() {
                    return found;
                }
            }
        }
        None
    }

    /// Takes in an attempt. When 200 others are remembered, the one met longest ago goes.
    pub(crate) fn meet(&mut self, item: ItemId, correct: bool, count: u32, at: Millis) {
        let place = match self.place(item) {
            Some(place) => {
                self.unlink(place);
                place
            }
            None => self.room_for(item),
        };
        self.link(place);
        let met = &mut self.met[place];
        met.attempts = met.attempts.saturating_add(1);
        met.wins = met.wins.saturating_add(u16::from(correct));
        met.correct = correct;
        met.count = count;
        met.last = at;
    }

    /// A place outside the list, for an item that is not remembered.
    fn room_for(&mut self, item: ItemId) -> usize {
        let fresh = Met { item, ..Met::default() };
        if self.met.len() < REMEMBERED_ITEMS {
            self.tags.push(tag(item));
            self.met.push(fresh);
            self.links.push(Link::default());
            return self.met.len() - 1;
        }
        let oldest = usize::from(self.oldest);
        self.unlink(oldest);
        self.tags[oldest] = tag(item);
        self.met[oldest] = fresh;
        oldest
    }

    fn unlink(&mut self, place: usize) {
        let Link { newer, older } = self.links[place];
        let (first, last) = (usize::from(self.oldest) == place, usize::from(self.newest) == place);
        if first {
            self.oldest = newer;
        } else {
            self.links[usize::from(older)].newer = newer;
        }
        if last {
            self.newest = older;
        } else {
            self.links[usize::from(newer)].older = older;
        }
    }

    /// Makes a place outside the list the newest. Places are below 200 and fit.
    fn link(&mut self, place: usize) {
        let here = place as u8;
        if self.met.len() == 1 {
            self.oldest = here;
        } else {
            self.links[usize::from(self.newest)].newer = here;
        }
        self.links[place].older = self.newest;
        self.newest = here;
    }
}

/// Equal when the same was met in the same order, wherever it is kept.
impl PartialEq for ItemHistory {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for ItemHistory {}

/// 32 bits of an id, mixed so that ids counted from 0 differ too (Fibonacci hashing, Knuth 1973).
fn tag(item: ItemId) -> u32 {
    (item.0.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as u32
}

/// From the oldest to the newest; of more than 200 the oldest are left out.
impl From<Vec<Met>> for ItemHistory {
    fn from(mut met: Vec<Met>) -> Self {
        met.drain(..met.len().saturating_sub(REMEMBERED_ITEMS));
        let mut history = Self { tags: met.iter().map(|m| tag(m.item)).collect(), ..Self::default() };
        for met in met {
            history.met.push(met);
            history.links.push(Link::default());
            history.link(history.met.len() - 1);
        }
        history
    }
}

impl From<ItemHistory> for Vec<Met> {
    fn from(history: ItemHistory) -> Self {
        history.iter().copied().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_of_two_hundred_goes() {
        let mut history = ItemHistory::default();
        for count in 0..500u32 {
            history.meet(ItemId(u64::from(count)), count % 3 == 0, count, Millis(0));
            // Met again and again, it is never the oldest.
            history.meet(ItemId(7), true, count, Millis(0));
            assert!(history.len() <= REMEMBERED_ITEMS);
        }
        assert_eq!(history.len(), REMEMBERED_ITEMS);
        assert!(history.get(ItemId(7)).is_some_and(|met| met.attempts > 490));
        assert!(history.get(ItemId(499)).is_some());
        assert!(history.get(ItemId(301)).is_some());
        assert!(history.get(ItemId(300)).is_none());
    }

    #[test]
    fn written_and_read_back_it_forgets_the_same() {
        let (mut once, mut again) = (ItemHistory::default(), ItemHistory::default());
        for count in 0..900u32 {
            let item = ItemId(u64::from(count.wrapping_mul(2_654_435_761) >> 23));
            once.meet(item, count % 3 == 0, count, Millis(0));
            again = ItemHistory::from(Vec::from(again));
            again.meet(item, count % 3 == 0, count, Millis(0));
            assert_eq!(once, again);
            let counts: Vec<u32> = once.iter().map(|met| met.count).collect();
            assert!(counts.is_sorted() && counts.len() == once.len());
        }
        assert_eq!(once.len(), REMEMBERED_ITEMS);
    }

    #[test]
    fn what_was_done_is_told() {
        let mut history = ItemHistory::default();
        history.meet(ItemId(4), false, 1, Millis(5));
        history.meet(ItemId(4), true, 2, Millis(9));
        let met = Met { item: ItemId(4), attempts: 2, wins: 1, correct: true, count: 2, last: Millis(9) };
        assert_eq!(history.get(ItemId(4)), Some(&met));
        assert_eq!(history.get(ItemId(5)), None);
    }
}
