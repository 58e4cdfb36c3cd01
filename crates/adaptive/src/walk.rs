//! The exercises of a group from the aimed-at success outwards.

use crate::logit::Logit;
use crate::policy::{self, Aim};

/// What may be chosen of a group at the moment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Admission<'a> {
    pub exercises: &'a [u32],
    pub first_years: &'a [u8],
    /// One bit for each exercise of the bank: not to be given.
    pub barred: &'a [u64],
    /// Exercises for older years are left out.
    pub year: u8,
    /// Exercises with a smaller logit are left out.
    pub floor: Logit,
}

impl Admission<'_> {
    fn admits(&self, place: u32) -> bool {
        let exercise = self.exercises[place as usize] as usize;
        self.first_years[place as usize] <= self.year && self.barred[exercise / 64] >> (exercise % 64) & 1 == 0
    }
}

/// How much an exercise loses by its predicted success, at least 0; never falls with the distance from the target to
/// either side.
pub(crate) fn misfit(z: Logit, aim: &Aim) -> f64 {
    policy::OFF_TARGET * ((z - aim.target).abs() - policy::NEAR).max(0.0)
        + policy::OUT_OF_BAND * ((aim.low - z).max(0.0) + (z - aim.high).max(0.0))
}

/// A walk through one group: the next easier and the next harder exercise, and the better of the two.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Walk {
    aim: Aim,
    /// The student's part of the logit.
    student: Logit,
    start: u32,
    end: u32,
    /// Exercises before this one are easier than the target and not yet passed.
    easier: u32,
    /// This one and those after it are harder and not yet passed.
    harder: u32,
}

/// An exercise met on a walk.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Met {
    pub place: u32,
    pub misfit: f64,
    /// Log odds that it is solved.
    pub z: Logit,
    /// Within the band that is aimed at.
    pub fits: bool,
}

impl Walk {
    /// Begins at the target, by halving. `parts` fall from `start` to `end`.
    pub fn new(parts: &[Logit], (start, end): (u32, u32), student: Logit, aim: Aim) -> Self {
        let of = &parts[start as usize..end as usize];
        let split = start + of.partition_point(|part| student + part > aim.target) as u32;
        Self { aim, student, start, end, easier: split, harder: split }
    }

    /// The next exercise that may be chosen: by [`misfit`], then by distance from the target, then the easier one.
    pub fn next(&mut self, parts: &[Logit], admission: &Admission) -> Option<Met> {
        while self.easier > self.start && !admission.admits(self.easier - 1) {
            self.easier -= 1;
        }
        while self.harder < self.end && !admission.admits(self.harder) {
            self.harder += 1;
        }
        let met = |place: u32| {
            let z = self.student + parts[place as usize];
            let fits = z >= self.aim.low && z <= self.aim.high;
            (z >= admission.floor).then(|| Met { place, misfit: misfit(z, &self.aim), z, fits })
        };
        let easier = if self.easier > self.start { met(self.easier - 1) } else { None };
        let harder = if self.harder < self.end { met(self.harder) } else { None };
        match (easier, harder) {
            (Some(e), Some(h)) if self.is_nearer(&h, &e) => self.pass_harder(h),
            (Some(e), _) => {
                self.easier -= 1;
                Some(e)
            }
            (None, Some(h)) => self.pass_harder(h),
            (None, None) => None,
        }
    }

    fn is_nearer(&self, harder: &Met, easier: &Met) -> bool {
        let target = self.aim.target;
        harder.misfit < easier.misfit || (harder.misfit == easier.misfit && target - harder.z < easier.z - target)
    }

    fn pass_harder(&mut self, met: Met) -> Option<Met> {
        self.harder += 1;
        Some(met)
    }
}
