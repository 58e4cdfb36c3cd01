//! The best exercises of all groups, best first, looking only where a bound can win.
//!
//! The worth of a skill bounds the worth of each of its exercises, since a misfit only takes away. A group is looked into
//! when its bound is above all that was seen, and waits from then on in a heap with the worth of its best exercise. What is
//! at the top of that then is the best of all. At equal worth the lower
//! group comes first, so that of many alike only those at the front are looked into.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use crate::catalogue::Group;
use crate::logit::Logit;
use crate::policy;
use crate::skills::SkillIndex;
use crate::tier::Tier;
use crate::walk::{Admission, Met, Walk};

/// An exercise taken off the top.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Pick {
    /// Place among the catalogue's candidates.
    pub place: u32,
    pub group: u16,
    /// Its worth in this call.
    pub worth: f64,
    /// Log odds that it is solved.
    pub z: Logit,
    /// Within the band that was aimed at.
    pub fits: bool,
    /// The tier it came from.
    pub tier: Tier,
    pub is_pinned: bool,
}

/// Groups in a block of those that were not looked into.
const BLOCK: usize = 16;

/// A group that was looked into waits by what its best exercise was worth when it was put there (it can have fallen
/// since), highest first; at equal worth the lower group.
#[derive(Clone, Copy, Debug)]
struct Waiting {
    key: f64,
    group: u16,
    /// Its place among those looked into.
    walk: u16,
}

impl Ord for Waiting {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key.total_cmp(&other.key).then(other.group.cmp(&self.group))
    }
}

impl PartialOrd for Waiting {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Waiting {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Waiting {}

/// Buffers that are used again.
#[derive(Clone, Debug, Default)]
pub(crate) struct Search {
    /// What bounds the worth of each group that was not looked into; negative infinity for the others and those that
    /// are out of the question.
    pub bounds: Vec<f64>,
    /// The highest of each block of bounds.
    tops: Vec<f64>,
    /// The group with the highest bound.
    front: Option<(u16, f64)>,
    seen: BinaryHeap<Waiting>,
    walks: Vec<Looked>,
    /// Exercises taken of each main skill in this call.
    pub taken: Vec<u16>,
}

/// A group that was looked into.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Looked {
    walk: Walk,
    /// The worth of its main skill.
    worth: f64,
    best: Met,
}

impl Looked {
    /// A group with its first exercise, if it has one that may be chosen.
    pub fn into(mut walk: Walk, worth: f64, ground: &Ground) -> Option<Self> {
        let best = walk.next(ground.parts, &ground.admission)?;
        Some(Self { walk, worth, best })
    }
}

/// What a search looks through.
pub(crate) struct Ground<'a> {
    pub groups: &'a [Group],
    pub parts: &'a [Logit],
    pub admission: Admission<'a>,
}

impl Ground<'_> {
    fn main(&self, group: u16) -> SkillIndex {
        self.groups[usize::from(group)].skills.main()
    }
}

impl Search {
    /// Begins with the bounds of all groups.
    pub fn begin(&mut self) {
        self.tops.clear();
        self.tops.extend(self.bounds.chunks(BLOCK).map(highest));
        self.seen.clear();
        self.walks.clear();
        self.front = self.find_front();
    }

    /// The group with the highest bound, the first of several; `None` when none is left.
    fn find_front(&self) -> Option<(u16, f64)> {
        let top = highest(&self.tops);
        if top == f64::NEG_INFINITY {
            return None;
        }
        let block = self.tops.iter().position(|&of| of == top)?;
        let first = block * BLOCK;
        let within = self.bounds[first..].iter().position(|&of| of == top)?;
        Some(((first + within) as u16, top))
    }

    fn pass(&mut self, group: u16) {
        let at = usize::from(group);
        self.bounds[at] = f64::NEG_INFINITY;
        let first = at / BLOCK * BLOCK;
        let end = self.bounds.len().min(first + BLOCK);
        self.tops[at / BLOCK] = highest(&self.bounds[first..end]);
        self.front = self.find_front();
    }

    /// The next best exercise, with its group and worth. `look_into` begins with a group, if there is anything in it.
    pub fn next(&mut self, ground: &Ground, look_into: impl Fn(u16) -> Option<Looked>) -> Option<(u16, f64, Met)> {
        loop {
            let best = self.seen.peek().copied();
            let is_ahead = |(group, bound): &(u16, f64)| {
                best.is_none_or(|best| *bound > best.key || (*bound == best.key && *group < best.group))
            };
            if let Some((group, _)) = self.front.filter(is_ahead) {
                self.pass(group);
                if let Some(looked) = look_into(group) {
                    let walk = self.walks.len() as u16;
                    self.walks.push(looked);
                    self.seen.push(Waiting { key: self.key(ground, group, walk), group, walk });
                }
                continue;
            }
            let best = best?;
            // Another group of the skill may have been taken from since.
            let key = self.key(ground, best.group, best.walk);
            if key < best.key {
                self.put_back(Waiting { key, ..best });
            } else {
                let met = self.walks[usize::from(best.walk)].best;
                self.go_on(ground, best);
                return Some((best.group, best.key, met));
            }
        }
    }

    /// Takes the exercise at the top and lets its group wait with the next one.
    fn go_on(&mut self, ground: &Ground, taken: Waiting) {
        self.taken[ground.main(taken.group).place()] += 1;
        let looked = &mut self.walks[usize::from(taken.walk)];
        match looked.walk.next(ground.parts, &ground.admission) {
            Some(next) => {
                looked.best = next;
                self.put_back(Waiting { key: self.key(ground, taken.group, taken.walk), ..taken });
            }
            None => drop(self.seen.pop()),
        }
    }

    fn put_back(&mut self, waiting: Waiting) {
        if let Some(mut top) = self.seen.peek_mut() {
            *top = waiting;
        }
    }

    /// What the best exercise of a group is worth now.
    fn key(&self, ground: &Ground, group: u16, walk: u16) -> f64 {
        let Looked { worth, best, .. } = self.walks[usize::from(walk)];
        let taken = self.taken[ground.main(group).place()];
        worth - policy::REPEATED * f64::from(taken) - best.misfit
    }
}

/// Four at a time, which the compiler does at once.
fn highest(of: &[f64]) -> f64 {
    let larger = |a: f64, b: f64| if b > a { b } else { a };
    let mut lanes = [f64::NEG_INFINITY; 4];
    let (fours, rest) = of.as_chunks::<4>();
    for four in fours {
        for (lane, &value) in lanes.iter_mut().zip(four) {
            *lane = larger(*lane, value);
        }
    }
    let [a, b, c, d] = lanes;
    rest.iter().fold(larger(larger(a, b), larger(c, d)), |highest, &value| larger(highest, value))
}
