//! The courses of MatteMaraton: 200 items for a school year at one of five levels.
//!
//! The same bank gives the same course for ever. How high an exercise lies is its author's difficulty and half a logit for each
//! school year before its skill is begun (as a year is worth in a placement test). Of what a year has in a strand a course
//! rises evenly over two fifths: the first level from the lowest on, the fifth up to the highest. Every strand that the
//! year has takes its turn, so that none has more than one item more than another.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use sha2::{Digest, Sha256};

use super::answer::Kind;
use super::bank::Bank;
use super::exercise::Exercise;
use super::ids::ExerciseId;
use super::item::draw;

/// Items in a course.
pub const COURSE_ITEMS: usize = 200;
/// The years that have courses, and the levels of each.
pub const COURSE_YEARS: std::ops::RangeInclusive<u8> = 4..=9;
pub const COURSE_LEVELS: std::ops::RangeInclusive<u8> = 1..=5;

/// Logits that a school year lifts.
const YEAR: f64 = 0.5;
/// The part of a year's exercises that a course rises over, and how much further on the next level begins.
const RISE: f64 = 0.4;
const LEVEL: f64 = 0.15;
/// A skill that was begun longer ago, or is begun later, is not in a year's courses.
const YEARS_BACK: u8 = 4;
/// What it costs, in logits, to take an exercise once more, and one of a skill that came just before.
const AGAIN: f64 = 0.25;
const SAME_SKILL: f64 = 1.0;
/// So many items of the same strand lie between two of one skill, where there are others.
const APART: usize = 3;
/// Seeds that are tried for an item that differs from those before it.
const TRIES: i64 = 50;

/// A course.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// The school year, 4 to 9.
    pub year: u8,
    /// 1, the gentlest, to 5.
    pub level: u8,
    /// From the first to the last.
    pub items: Vec<CourseItem>,
}

/// One item of a course.
#[derive(Clone, Debug, PartialEq)]
pub struct CourseItem {
    pub exercise: ExerciseId,
    /// The seed that the item is drawn with.
    pub seed: i64,
    /// How high the exercise lies, logits.
    pub height: f64,
}

/// Why there is no course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoCourse {
    /// There are courses for years 4 to 9 at levels 1 to 5.
    NoSuch,
    /// The bank has too little for the year.
    TooLittle,
}

impl fmt::Display for NoCourse {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::NoSuch => "there are courses for years 4 to 9 at levels 1 to 5",
            Self::TooLittle => "the bank has too few exercises of this year for a course",
        })
    }
}

impl std::error::Error for NoCourse {}

/// An exercise that may be in a course.
struct Open<'b> {
    exercise: &'b Exercise,
    height: f64,
    /// How often it was taken.
    taken: u32,
}

/// The course of a school year at a level.
///
/// # Errors
/// There is no such course, or the bank has too little for it.
pub fn course(bank: &Bank, year: u8, level: u8) -> Result<Course, NoCourse> {
    if !COURSE_YEARS.contains(&year) || !COURSE_LEVELS.contains(&level) {
        return Err(NoCourse::NoSuch);
    }
    let mut strands = open(bank, year);
    let mut turns: Vec<String> = strands.keys().cloned().collect();
    let mut lately: BTreeMap<String, Vec<u16>> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    let mut items = Vec::with_capacity(COURSE_ITEMS);
    let begin = LEVEL * f64::from(level - 1);
    while items.len() < COURSE_ITEMS {
        let at = items.len() % turns.len().max(1);
        let strand = turns.get(at).ok_or(NoCourse::TooLittle)?.clone();
        let share = begin + RISE * items.len() as f64 / (COURSE_ITEMS - 1) as f64;
        let before = lately.entry(strand.clone()).or_default();
        let open = strands.get_mut(&strand).ok_or(NoCourse::TooLittle)?;
        let wanted = at_share(open, share);
        match next(open, wanted, before, (year, level, items.len()), &mut seen) {
            Some(item) => items.push(item),
            // All that can be drawn of the strand was.
            None => {
                turns.remove(at);
            }
        }
    }
    Ok(Course { year, level, items: rising(bank, items) })
}

/// The same items with those of each strand in the order of their heights, in the strand's own places.
fn rising(bank: &Bank, items: Vec<CourseItem>) -> Vec<CourseItem> {
    let strand_of = |item: &CourseItem| {
        let skill = bank.exercise(&item.exercise).and_then(|exercise| bank.skill(exercise.skill));
        skill.map_or("", |skill| skill.strand.as_str())
    };
    let strands: Vec<&str> = items.iter().map(strand_of).collect();
    let mut waiting: BTreeMap<&str, Vec<CourseItem>> = BTreeMap::new();
    for (strand, item) in strands.iter().zip(items) {
        waiting.entry(strand).or_default().push(item);
    }
    waiting.values_mut().for_each(|items| items.sort_by(|a, b| b.height.total_cmp(&a.height)));
    strands.iter().filter_map(|strand| waiting.get_mut(strand)?.pop()).collect()
}

/// What a year's courses are made of, by strand: what can be judged, of skills that the year works with.
fn open(bank: &Bank, year: u8) -> BTreeMap<String, Vec<Open<'_>>> {
    let mut strands: BTreeMap<String, Vec<Open<'_>>> = BTreeMap::new();
    for exercise in bank.exercises().iter().filter(|exercise| exercise.kind() != Kind::Explain) {
        let Some(skill) = bank.skill(exercise.skill) else { continue };
        let (first, last) = skill.years;
        if first <= year && year <= last.saturating_add(1) && year - first <= YEARS_BACK {
            let height = YEAR * (f64::from(first) - 1.0) + exercise.difficulty;
            strands.entry(skill.strand.clone()).or_default().push(Open { exercise, height, taken: 0 });
        }
    }
    strands.values_mut().for_each(|open| open.sort_by(|a, b| a.height.total_cmp(&b.height)));
    strands
}

/// The height below which this part of the exercises lies, which are sorted by it.
fn at_share(open: &[Open<'_>], share: f64) -> f64 {
    let at = (share * open.len().saturating_sub(1) as f64).round() as usize;
    open.get(at).or(open.last()).map_or(0.0, |one| one.height)
}

/// The item nearest the wanted height, of an exercise that was taken seldom and a skill that did not come just before.
fn next(
    open: &mut [Open<'_>],
    wanted: f64,
    before: &mut Vec<u16>,
    place: (u8, u8, usize),
    seen: &mut BTreeSet<String>,
) -> Option<CourseItem> {
    let lately: Vec<u16> = before.iter().rev().take(APART).copied().collect();
    let cost = |one: &Open<'_>| {
        let again = AGAIN * f64::from(one.taken) + if lately.contains(&one.exercise.skill) { SAME_SKILL } else { 0.0 };
        (one.height - wanted).abs() + again
    };
    let mut order: Vec<usize> = (0..open.len()).collect();
    order.sort_by(|a, b| cost(&open[*a]).total_cmp(&cost(&open[*b])));
    order.into_iter().find_map(|at| {
        let one = &mut open[at];
        let seed = seed_of(one.exercise, place, seen)?;
        one.taken += 1;
        before.push(one.exercise.skill);
        Some(CourseItem { exercise: one.exercise.id.clone(), seed, height: one.height })
    })
}

/// A seed whose item is not in the course yet.
fn seed_of(exercise: &Exercise, (year, level, number): (u8, u8, usize), seen: &mut BTreeSet<String>) -> Option<i64> {
    let mut digest = Sha256::new();
    digest.update(format!("stegvis course 1 {} {year} {level} {number}", exercise.id));
    let digest: [u8; 32] = digest.finalize().into();
    let [a, b, c, d, ..] = digest;
    let first = i64::from(u32::from_le_bytes([a, b, c, d]));
    (first..first + TRIES).find(|seed| {
        let item = draw(exercise, *seed).ok();
        item.is_some_and(|item| seen.insert(format!("{} {} {:?}", item.ask.sv, item.start_text, item.answer)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean(items: &[CourseItem]) -> f64 {
        items.iter().map(|item| item.height).sum::<f64>() / items.len() as f64
    }

    #[test]
    fn every_year_has_five_courses_that_rise_and_none_is_like_another() {
        let bank = Bank::shipped().expect("a bank");
        for year in COURSE_YEARS {
            let mut below = f64::NEG_INFINITY;
            for level in COURSE_LEVELS {
                let course = course(&bank, year, level).expect("a course");
                assert_eq!(course.items.len(), COURSE_ITEMS);
                let quarters: Vec<f64> = course.items.chunks(COURSE_ITEMS / 4).map(mean).collect();
                assert!(quarters.is_sorted(), "{year} {level}: {quarters:?}");
                assert!(mean(&course.items) > below, "{year}: level {level} is not above the one below");
                below = mean(&course.items);
            }
        }
    }

    #[test]
    fn strands_take_turns_and_no_item_comes_twice() {
        let bank = Bank::shipped().expect("a bank");
        let course = course(&bank, 7, 3).expect("a course");
        let mut strands: BTreeMap<&str, usize> = BTreeMap::new();
        let mut taken: BTreeMap<&str, usize> = BTreeMap::new();
        let mut asked = BTreeSet::new();
        for item in &course.items {
            let exercise = bank.exercise(&item.exercise).expect("an exercise");
            let skill = bank.skill(exercise.skill).expect("a skill");
            *strands.entry(&skill.strand).or_default() += 1;
            *taken.entry(item.exercise.as_str()).or_default() += 1;
            let drawn = draw(exercise, item.seed).expect("an item");
            assert!(
                asked.insert(format!("{} {} {:?}", drawn.ask.sv, drawn.start_text, drawn.answer)),
                "{}",
                item.exercise
            );
        }
        let (least, most) = (strands.values().min(), strands.values().max());
        assert!(strands.len() >= 5 && most <= least.map(|least| least + 1).as_ref(), "{strands:?}");
        assert!(taken.values().all(|times| *times <= 8), "{taken:?}");
    }

    #[test]
    fn the_same_bank_gives_the_same_course_and_no_other_year_has_one() {
        let bank = Bank::shipped().expect("a bank");
        assert_eq!(course(&bank, 9, 5), course(&bank, 9, 5));
        for (year, level) in [(3, 1), (10, 1), (7, 0), (7, 6)] {
            assert_eq!(course(&bank, year, level), Err(NoCourse::NoSuch));
        }
    }
}
