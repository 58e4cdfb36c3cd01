//! When a skill is to be practised again.
//!
//! A skill has a level. A right answer that was due raises it by one (the very first one by two), a wrong one lowers it by one; a right answer
//! before it was due says little and changes nothing. The higher the level, the longer the skill rests: expanding
//! retrieval (Landauer and Bjork 1978; the boxes of Leitner 1972). One right answer in a sitting is enough for the day,
//! since massed practice is soon forgotten (Cepeda et al. 2006).
//!
//! What is likely to have faded after `t` days is `t / (t + s)`, a power curve (Wixted and Ebbesen 1991), where `s` is the
//! rest that belongs to the level: half has faded when the skill is due. The rests of a student stretch with reviews that
//! come out right and shrink with those that do not, so that some nine reviews in ten come out right.
//!
//! The constants were tuned in the world for tuning ([`crate::simulate`]); none of them matters much there, but that
//! there is a rest before the next day at all.

use crate::time::Millis;

/// The highest level.
const HIGHEST: u8 = 5;
/// Days of rest by level; hours less than a day, so that a sitting at the same time tomorrow is not too early.
const REST_DAYS: [f64; HIGHEST as usize + 1] = [0.0, 0.8, 1.8, 5.0, 10.0, 25.0];
/// The level after a very first answer that is right: likely the skill was known before.
const FIRST: u8 = 2;
/// What a wrong answer takes.
const FALL: u8 = 1;
/// From this level on rests stretch and shrink with the student.
const STRETCHING: u8 = 2;
/// What a review that comes out right, or wrong, adds to the logarithm of the student's stretch.
const RIGHT: f64 = 0.03;
const WRONG: f64 = -0.3;
/// The stretch lies within 0.3 and 4.
const STRETCH: (f64, f64) = (-1.2, 1.4);

/// Days a skill of this level rests, for a student whose rests are stretched so (a natural logarithm).
pub(crate) fn rest_days(level: u8, stretch: f64) -> f64 {
    let days = REST_DAYS[usize::from(level.min(HIGHEST))];
    if level < STRETCHING { days } else { days * libm::exp(stretch) }
}

/// The days of rest at a level that do not stretch with the student, and those that do. What has no rest yet does not
/// fade either: endless.
pub(crate) fn rest_parts(level: u8) -> (f64, f64) {
    let days = REST_DAYS[usize::from(level.min(HIGHEST))];
    match level {
        0 => (f64::INFINITY, 0.0),
        level if level < STRETCHING => (days, 0.0),
        _ => (0.0, days),
    }
}

/// The part that is likely to have faded, in [0, 1); 0.5 when the skill is due.
pub(crate) fn faded(idle_days: f64, rest_days: f64) -> f64 {
    if rest_days > 0.0 { idle_days / (idle_days + rest_days) } else { 0.0 }
}

/// What one answer makes of the level and of the student's stretch. `last` is when the skill was practised before, if
/// it was.
pub(crate) fn answered(level: u8, stretch: f64, last: Option<Millis>, (correct, now): (bool, Millis)) -> (u8, f64) {
    let is_due = last.is_none_or(|last| now.days_since(last) >= rest_days(level, stretch));
    let is_review = is_due && level >= STRETCHING;
    let stretched = match (is_review, correct) {
        (false, _) => stretch,
        (true, true) => stretch + RIGHT,
        (true, false) => stretch + WRONG,
    };
    let level = match (correct, is_due) {
        (true, true) if last.is_none() => FIRST,
        (true, true) => (level + 1).min(HIGHEST),
        (true, false) => level,
        (false, _) => level.saturating_sub(FALL),
    };
    (level, stretched.clamp(STRETCH.0, STRETCH.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Millis = Millis(1_700_000_000_000);

    #[test]
    fn right_answers_in_one_sitting_raise_it_once() {
        let (mut level, _) = answered(0, 0.0, None, (false, START));
        for minute in 1..10 {
            let [before, now] = [minute - 1, minute].map(|minute| START.plus_days(f64::from(minute) / 1440.0));
            (level, _) = answered(level, 0.0, Some(before), (true, now));
        }
        assert_eq!(level, 1);
        assert_eq!(answered(0, 0.0, None, (true, START)).0, FIRST);
    }

    #[test]
    fn right_answers_when_due_raise_it_to_the_top_and_a_wrong_one_lowers_it() {
        let (mut level, mut now) = (0, START);
        for wanted in [1, 2, 3, 4, 5, 5] {
            now = now.plus_days(rest_days(level, 0.0));
            (level, _) = answered(level, 0.0, Some(START), (true, now));
            assert_eq!(level, wanted);
        }
        assert_eq!(answered(5, 0.0, Some(now), (false, now)).0, 4);
        assert_eq!(answered(0, 0.0, Some(now), (false, now)).0, 0);
    }

    #[test]
    fn rests_shrink_for_those_who_forget_and_stay_within_bounds() {
        let due = |stretch: f64| START.plus_days(rest_days(3, stretch) + 0.1);
        let (mut short, mut long) = (0.0, 0.0);
        for _ in 0..100 {
            (_, short) = answered(3, short, Some(START), (false, due(short)));
            (_, long) = answered(3, long, Some(START), (true, due(long)));
        }
        assert_eq!((short, long), STRETCH);
        assert!(rest_days(3, short) < 2.0 && rest_days(3, long) > 15.0);
        assert_eq!(rest_days(1, short), rest_days(1, long));
    }

    #[test]
    fn half_has_faded_when_it_is_due() {
        for level in 1..=5 {
            let rest = rest_days(level, 0.2);
            assert!((faded(rest, rest) - 0.5).abs() < 1e-12);
            assert!(faded(0.0, rest) == 0.0 && faded(3.0 * rest, rest) > 0.7);
        }
        assert_eq!(faded(10.0, rest_days(0, 0.0)), 0.0);
    }
}
