//! Skills by the block: what none of a block's skills exceeds. A choice looks only into blocks that can win by it.

use crate::columns::Moment;
use crate::frontier::Place;
use crate::logit::Logit;
use crate::policy;

/// Skills in a block.
pub(crate) const BLOCK: usize = 16;

/// A block of a column that reaches to the end of the last block.
pub(crate) fn block_of<T>(column: &[T], block: usize) -> &[T; BLOCK] {
    &column.as_chunks().0[block]
}

/// More than rounding can make of what has faded.
const SLACK: f64 = 1e-9;

/// A block of neighbouring skills.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peers {
    /// A bit for each place where one of them stands, before anything is due or a foundation.
    places: u16,
    /// The most that progress and optimism add.
    lean: f64,
    /// Of those that fade: the earliest last response, and the fewest days of rest that do not stretch with the student,
    /// and that do.
    last: f64,
    rest: f64,
    stretching_rest: f64,
    /// The least of what, added to the general ability, says whether a skill is out of reach.
    pub reach: Logit,
}

impl Peers {
    /// A block of nothing.
    pub const NONE: Self = Self {
        places: 0,
        lean: f64::NEG_INFINITY,
        last: f64::MAX,
        rest: f64::INFINITY,
        stretching_rest: f64::INFINITY,
        reach: Logit::INFINITY,
    };

    /// Takes in a skill that stands here.
    pub fn take(&mut self, still: Place, lean: f64, reach: Logit) {
        self.places |= 1 << still as u16;
        self.lean = self.lean.max(lean);
        self.reach = self.reach.min(reach);
    }

    /// Takes in when a skill that fades was practised last, and how long it rests.
    pub fn take_rest(&mut self, last: f64, (rest, stretching): (f64, f64)) {
        self.last = self.last.min(last);
        if stretching > 0.0 {
            self.stretching_rest = self.stretching_rest.min(stretching);
        } else {
            self.rest = self.rest.min(rest);
        }
    }

    /// What the worth of none of them exceeds, foundations and wishes aside, where places are worth so much.
    pub fn bound(&self, bases: &[f64; Place::COUNT], moment: &Moment) -> f64 {
        const SECURE: u16 = 1 << Place::Secure as u16;
        let larger = |a: f64, b: f64| if b > a { b } else { a };
        let (mut standing, mut left) = (f64::NEG_INFINITY, self.places & !SECURE);
        while left != 0 {
            standing = larger(standing, bases[left.trailing_zeros() as usize % Place::COUNT]);
            left &= left - 1;
        }
        let still = standing + self.lean;
        if self.places & SECURE == 0 {
            return still;
        }
        let stretching = self.stretching_rest * moment.stretch();
        let rest = if stretching < self.rest { stretching } else { self.rest };
        let faded = moment.faded(self.last, rest) + SLACK;
        let secure = bases[Place::Secure as usize];
        let standing = if faded >= policy::DUE { larger(secure, bases[Place::Due as usize]) } else { secure };
        larger(still, standing + self.lean + policy::FADED * faded)
    }
}
