//! The exercises of a group from the aimed-at success outwards.

use crate::catalogue::Door;
use crate::logit::Logit;
use crate::policy::{self, Aim};

/// What may be chosen of a group at the moment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Admission<'a> {
    pub doors: &'a [Door],
    /// One bit for each exercise of the bank: not to be given.
    pub barred: &'a [u64],
    /// Exercises for older years are left out.
    pub year: u8,
    /// Exercises with a smaller logit are left out.
    pub floor: Logit,
}

impl Admission<'_> {
    #[inline]
    fn admits(&self, place: u32) -> bool {
        let Door { exercise, first_year } = self.doors[place as usize];
        let is_barred = self.barred[exercise as usize / 64] >> (exercise % 64) & 1 == 1;
        (first_year <= self.year) & !is_barred
    }
}

/// How much an exercise loses by its predicted success, at least 0; never falls with the distance from the target to
/// either side.
pub(crate) fn misfit(z: Logit, aim: &Aim) -> f64 {
    policy::OFF_TARGET * ((z - aim.target).abs() - policy::NEAR).max(0.0)
        + policy::OUT_OF_BAND * ((aim.low - z).max(0.0) + (z - aim.high).max(0.0))
}

/// Counted at once instead of halved further.
const FEW: usize = 16;

/// How many of these, of which the first ones are `so` and the others are not, are so: by halving and then by counting,
/// which needs no step to wait for the one before.
fn count_first(of: &[Logit], so: impl Fn(Logit) -> bool) -> usize {
    let count = |few: &[Logit]| few.iter().map(|part| usize::from(so(*part))).sum::<usize>();
    let Some(last) = of.len().checked_sub(FEW) else { return count(of) };
    let (mut first, mut left) = (0, of.len());
    while left > FEW {
        let half = left / 2;
        first += half * usize::from(so(of[first + half - 1]));
        left -= half;
    }
    // Whatever lies before is so, and what lies behind is not.
    let first = first.min(last);
    first + of[first..].first_chunk::<FEW>().map_or(0, |few| count(few))
}

/// A walk through one group: where it stands, and the next easier and the next harder exercise.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Walk {
    aim: &'static Aim,
    /// The student's part of the logit.
    student: Logit,
    start: u32,
    end: u32,
    /// Exercises before this one are easier than the target and not yet passed.
    easier: u32,
    /// This one and those after it are harder and not yet passed.
    harder: u32,
    /// Where it stands, once it has gone on.
    pub place: u32,
    pub misfit: f64,
    /// Log odds that the exercise is solved.
    pub z: Logit,
}

impl Walk {
    /// Begins before the target. `parts` fall from `start` to `end`.
    #[inline]
    pub fn new(parts: &[Logit], (start, end): (u32, u32), student: Logit, aim: &'static Aim) -> Self {
        let of = &parts[start as usize..end as usize];
        let split = start + count_first(of, |part| student + part > aim.target) as u32;
        Self { aim, student, start, end, easier: split, harder: split, place: split, misfit: 0.0, z: 0.0 }
    }

    /// Goes on to the next exercise that may be chosen: by [`misfit`], then by distance from the target, then the easier
    /// one. False when there is none.
    pub fn go_on(&mut self, parts: &[Logit], admission: &Admission) -> bool {
        while self.easier > self.start && !admission.admits(self.easier - 1) {
            self.easier -= 1;
        }
        while self.harder < self.end && !admission.admits(self.harder) {
            self.harder += 1;
        }
        // The logit and what it costs, which is endless where there is nothing.
        let side = |is_there: bool, place: u32| {
            let z = if is_there { self.student + parts[place as usize] } else { f64::NEG_INFINITY };
            (z, if is_there && z >= admission.floor { misfit(z, self.aim) } else { f64::INFINITY })
        };
        let (easy, too_easy) = side(self.easier > self.start, self.easier.wrapping_sub(1));
        let (hard, too_hard) = side(self.harder < self.end, self.harder);
        if too_easy.min(too_hard) == f64::INFINITY {
            return false;
        }
        let target = self.aim.target;
        let is_harder = too_hard < too_easy || (too_hard == too_easy && target - hard < easy - target);
        self.place = if is_harder { self.harder } else { self.easier - 1 };
        (self.z, self.misfit) = if is_harder { (hard, too_hard) } else { (easy, too_easy) };
        self.harder += u32::from(is_harder);
        self.easier -= u32::from(!is_harder);
        true
    }

    /// Whether the exercise lies within the band that is aimed at.
    pub fn fits(&self) -> bool {
        self.z >= self.aim.low && self.z <= self.aim.high
    }
}
