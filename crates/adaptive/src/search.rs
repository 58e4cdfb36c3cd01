//! The best exercises of all groups, best first, looking only where a bound can win.
//!
//! What a skill is worth bounds the worth of each of its exercises, since a misfit only takes away, and what a block of
//! skills is worth at most bounds that. So a block is reckoned, a group looked into, and the next exercise of a group looked
//! for only when its bound is the highest of all; each time the bound falls to what was found. At equal worth the lower
//! group comes first, so that of many alike only those at the front are looked into.

use std::array::from_fn;

use crate::logit::Logit;
use crate::peers::BLOCK;
use crate::policy;
use crate::skills::SkillIndex;
use crate::tier::Tier;
use crate::walk::{Admission, Walk};

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

/// Neighbouring groups.
#[derive(Clone, Copy, Debug)]
struct Block {
    /// What each is worth at most; negative infinity for those that are out of the question.
    bounds: [f64; BLOCK],
    /// Which walk goes through each, and a bit for those through which one does.
    walks: [u16; BLOCK],
    walked: u16,
    /// Whether the bounds are those of this search.
    is_reckoned: bool,
}

/// Buffers that are used again.
#[derive(Clone, Debug, Default)]
pub(crate) struct Search {
    blocks: Vec<Block>,
    /// What none of a block's groups exceeds: the highest of their bounds, once they are reckoned.
    pub tops: Vec<f64>,
    /// The block with the highest top, the first of several, and the highest top of all others.
    front: (usize, f64),
    second: f64,
    pub walks: Vec<Looked>,
    /// Exercises taken of each main skill in this call.
    pub taken: Vec<u16>,
}

/// A group that was looked into.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Looked {
    /// Stands at the best exercise that is left.
    pub walk: Walk,
    main: SkillIndex,
    /// The worth of its main skill.
    worth: f64,
    /// Whether that exercise was taken and the next one not yet looked for.
    is_spent: bool,
}

impl Looked {
    /// A group, before its first exercise is looked for.
    #[inline]
    pub fn new(walk: Walk, main: SkillIndex, worth: f64) -> Self {
        Self { walk, main, worth, is_spent: true }
    }

    /// What the best exercise that is left is worth; negative infinity when none is.
    fn worth(&mut self, parts: &[Logit], admission: &Admission, taken: &[u16]) -> f64 {
        if self.is_spent && !self.walk.go_on(parts, admission) {
            return f64::NEG_INFINITY;
        }
        self.is_spent = false;
        self.bound(taken)
    }

    /// The same for one that is worth no less than any that is left.
    fn bound(&self, taken: &[u16]) -> f64 {
        self.worth - policy::REPEATED * f64::from(taken[self.main.place()]) - self.walk.misfit
    }
}

/// What a search asks of the outside.
pub(crate) trait Guide {
    /// Reckons the bounds of a block of groups.
    fn bounds(&self, block: usize, bounds: &mut [f64; BLOCK]);
    /// Begins with a group that has this bound, if it is not out of the question.
    fn look_into(&self, group: u16, bound: f64) -> Option<Looked>;
}

impl Search {
    /// Begins with the tops of all blocks.
    pub fn begin(&mut self) {
        const NOTHING: Block =
            Block { bounds: [f64::NEG_INFINITY; BLOCK], walks: [0; BLOCK], walked: 0, is_reckoned: false };
        let count = self.tops.len();
        self.blocks.resize(count.max(self.blocks.len()), NOTHING);
        self.blocks[..count].iter_mut().for_each(|block| block.is_reckoned = false);
        self.tops.resize(count.next_multiple_of(BLOCK), f64::NEG_INFINITY);
        self.walks.clear();
        self.find_front();
    }

    fn find_front(&mut self) {
        let chunks = self.tops.as_chunks::<BLOCK>().0;
        let (mut chunk, mut top, mut second) = (0, f64::NEG_INFINITY, f64::NEG_INFINITY);
        for (number, of) in chunks.iter().enumerate() {
            let (here, next) = two_highest(of);
            second = larger(larger(second, next), smaller(top, here));
            (chunk, top) = if here > top { (number, here) } else { (chunk, top) };
        }
        self.front = (chunks.get(chunk).map_or(0, |of| chunk * BLOCK + first(of, top)), top);
        self.second = second;
    }

    /// Takes in that the top of the first block has become this, which is no more than before.
    fn lower(&mut self, top: f64) {
        self.tops[self.front.0] = top;
        if top > self.second {
            self.front.1 = top;
        } else {
            self.find_front();
        }
    }

    /// The next best exercise: its group, its worth, and which of the walks stands at it.
    pub fn next(&mut self, parts: &[Logit], admission: &Admission, guide: &impl Guide) -> Option<(u16, f64, usize)> {
        loop {
            let (number, top) = self.front;
            if top == f64::NEG_INFINITY {
                return None;
            }
            let block = &mut self.blocks[number];
            if !block.is_reckoned {
                guide.bounds(number, &mut block.bounds);
                (block.is_reckoned, block.walked) = (true, 0);
                let top = highest(&block.bounds);
                self.lower(top);
                continue;
            }
            let at = first(&block.bounds, top);
            let (_, second) = two_highest(&block.bounds);
            let group = (number * BLOCK + at) as u16;
            if block.walked >> at & 1 == 0 {
                let Some(looked) = guide.look_into(group, top) else {
                    block.bounds[at] = f64::NEG_INFINITY;
                    self.lower(second);
                    continue;
                };
                block.walked |= 1 << at;
                block.walks[at] = self.walks.len() as u16;
                self.walks.push(looked);
            }
            let walk = usize::from(block.walks[at]);
            let looked = &mut self.walks[walk];
            // It may be less, after another group of its skill was taken from, too.
            let worth = looked.worth(parts, admission, &self.taken);
            let is_best = worth == top;
            if is_best {
                looked.is_spent = true;
                self.taken[looked.main.place()] += 1;
            }
            let bound = if is_best { looked.bound(&self.taken) } else { worth };
            block.bounds[at] = bound;
            self.lower(larger(second, bound));
            if is_best {
                return Some((group, worth, walk));
            }
        }
    }
}

fn larger(a: f64, b: f64) -> f64 {
    if b > a { b } else { a }
}

fn smaller(a: f64, b: f64) -> f64 {
    if b < a { b } else { a }
}

/// The highest, by halves: without a branch, and several at once.
fn highest(of: &[f64; BLOCK]) -> f64 {
    let eight: [f64; 8] = from_fn(|at| larger(of[at], of[at + 8]));
    let four: [f64; 4] = from_fn(|at| larger(eight[at], eight[at + 4]));
    larger(larger(four[0], four[2]), larger(four[1], four[3]))
}

/// The highest and the next one, which may be as high.
#[inline]
fn two_highest(of: &[f64; BLOCK]) -> (f64, f64) {
    let eight: [f64; 8] = from_fn(|at| larger(of[at], of[at + 8]));
    let next: [f64; 8] = from_fn(|at| smaller(of[at], of[at + 8]));
    let four: [f64; 4] = from_fn(|at| larger(eight[at], eight[at + 4]));
    let then: [f64; 4] = from_fn(|at| larger(smaller(eight[at], eight[at + 4]), larger(next[at], next[at + 4])));
    let two: [f64; 2] = from_fn(|at| larger(four[at], four[at + 2]));
    let last: [f64; 2] = from_fn(|at| larger(smaller(four[at], four[at + 2]), larger(then[at], then[at + 2])));
    (larger(two[0], two[1]), larger(smaller(two[0], two[1]), larger(last[0], last[1])))
}

/// The first place of a value that is among these.
fn first(of: &[f64; BLOCK], value: f64) -> usize {
    const ALL: f64 = BLOCK as f64;
    let ahead = from_fn(|at| if of[at] == value { ALL - at as f64 } else { 0.0 });
    (ALL - highest(&ahead)) as usize % BLOCK
}
