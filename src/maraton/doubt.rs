//! What a teacher should look at before approving it. Reckoned when a teacher looks; stored nowhere, told nobody else.

use vault::rows::maraton::{Before, Waiting};

/// Metres without minutes from which on it is worth asking: 30 km is more than most walk or ride in a day, and what
/// minutes typed as kilometres give.
const FAR: i32 = 30_000;
/// Metres in a second from which on it is worth asking: 11 is 40 km/h, faster than children ride.
const FAST: i32 = 11;
/// Metres on one day from which on it is worth asking: a long day by bicycle.
const MUCH: i64 = 60_000;
/// Seconds on one day from which on it is worth asking: twelve hours.
const LONG: i64 = 12 * 3_600;

/// Why a teacher should look at a distance before approving it. Only the teacher sees it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Doubt {
    /// Far, and no minutes were given: perhaps minutes were typed as kilometres.
    Far,
    /// Faster than one gets by one's own power.
    Fast,
    /// As long as another one of that day: perhaps the same one twice.
    Double,
    /// More on one day, together with what came before it, than one gets or keeps going.
    Much,
}

impl Doubt {
    /// As programs are told.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Far => "far",
            Self::Fast => "fast",
            Self::Double => "double",
            Self::Much => "much",
        }
    }
}

/// What is doubtful about a distance that waits, if anything.
#[must_use]
pub fn doubt(waiting: &Waiting) -> Option<Doubt> {
    doubt_of(waiting.distance.metres, waiting.distance.seconds, &waiting.before)
}

/// What is doubtful about so many metres in so many seconds, with what else the student has on that day.
fn doubt_of(metres: i32, seconds: Option<i32>, before: &[Before]) -> Option<Doubt> {
    let all_metres = i64::from(metres) + before.iter().map(|other| i64::from(other.metres)).sum::<i64>();
    let times = before.iter().map(|other| other.seconds).chain([seconds]);
    let all_seconds: i64 = times.flatten().map(i64::from).sum();
    match seconds {
        None if metres >= FAR => Some(Doubt::Far),
        Some(seconds) if i64::from(metres) >= i64::from(FAST) * i64::from(seconds) => Some(Doubt::Fast),
        _ if before.iter().any(|other| other.metres == metres) => Some(Doubt::Double),
        _ if all_metres >= MUCH || all_seconds >= LONG => Some(Doubt::Much),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn before(all: &[(i32, Option<i32>)]) -> Vec<Before> {
        all.iter().map(|&(metres, seconds)| Before { metres, seconds }).collect()
    }

    #[test]
    fn only_what_hardly_can_be_is_doubted() {
        let alone = |metres, seconds| doubt_of(metres, seconds, &[]);
        assert_eq!(alone(3_200, None), None);
        assert_eq!(alone(29_999, None), None);
        assert_eq!(alone(45_000, None), Some(Doubt::Far));
        assert_eq!(alone(45_000, Some(3 * 3_600)), None, "a long ride, but not a fast one");
        assert_eq!(alone(20_000, Some(20 * 60)), Some(Doubt::Fast));
        assert_eq!(alone(200_000, Some(86_400)), Some(Doubt::Much));
    }

    #[test]
    fn the_same_length_on_the_same_day_is_asked_about() {
        let others = before(&[(3_200, None), (1_500, Some(900))]);
        assert_eq!(doubt_of(3_200, Some(2_400), &others), Some(Doubt::Double));
        assert_eq!(doubt_of(3_201, Some(2_400), &others), None);
        assert_eq!(doubt_of(1_500, None, &others), Some(Doubt::Double));
    }

    #[test]
    fn a_day_has_so_many_metres_and_so_many_hours() {
        let others = before(&[(29_000, None), (20_000, Some(5 * 3_600))]);
        assert_eq!(doubt_of(10_999, None, &others), None);
        assert_eq!(doubt_of(11_000, None, &others), Some(Doubt::Much));
        let hours = before(&[(15_000, Some(5 * 3_600)), (14_000, Some(5 * 3_600))]);
        assert_eq!(doubt_of(5_950, Some(2 * 3_600 - 60), &hours), None);
        assert_eq!(doubt_of(6_000, Some(2 * 3_600), &hours), Some(Doubt::Much));
    }
}
