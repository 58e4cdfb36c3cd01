//! An event, a student's own course and distances and those that wait for a teacher, as pages show them.

use jiff::civil::Date;
use vault::{
    DistanceId, GroupId, Millis,
    rows::{
        maraton::{Distance, Event, Source, Waiting},
        people::NamedGroup,
    },
};

use super::{
    days,
    frame::{Frame, short_name},
    numbers,
    speech::Language,
};
use crate::{
    calendar,
    maraton::{Doubt, Offer, Own, doubt},
};

/// The event's name and dates.
pub struct EventShown {
    pub name: String,
    /// «42,2»
    pub kilometres: String,
    pub items: i32,
    /// The first day, «måndag 3 november».
    pub first: String,
    /// The last day.
    pub last: String,
    /// Days after today until the last one; none when it has closed.
    pub days_left: Option<i32>,
    /// ISO dates between which a distance may lie.
    pub earliest: Date,
    pub latest: Date,
    /// How it goes, by paragraph; none where the organiser says nothing.
    pub rules: Vec<String>,
    pub announcement: Vec<String>,
}

impl EventShown {
    #[must_use]
    pub fn of(event: &Event, now: Millis, frame: &Frame) -> Self {
        let day = |at: Millis| calendar::day(at, &frame.time_zone);
        // It closes at a moment that is no longer part of it.
        let (first, last, today) = (day(event.opens_at), day(Millis(event.closes_at.0 - 1)), day(now));
        Self {
            name: event.name.clone(),
            kilometres: numbers::kilometres(i64::from(event.goal_metres), frame.language),
            items: event.goal_items,
            first: days::long(first, today, frame.language),
            last: days::long(last, today, frame.language),
            days_left: (event.closes_at > now).then(|| today.until(last).map_or(0, |span| span.get_days())),
            earliest: first,
            latest: today.min(last),
            rules: paragraphs(&event.rules),
            announcement: paragraphs(&event.announcement),
        }
    }
}

/// What stands between the empty lines.
fn paragraphs(text: &str) -> Vec<String> {
    text.split("\n\n").map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned).collect()
}

/// A student's own way.
pub struct OwnShown {
    pub items: Track,
    pub kilometres: Track,
    /// «3,2», if something waits.
    pub waiting: Option<String>,
    /// Both goals were reached.
    pub is_finished: bool,
    /// The name of the course that was picked.
    pub course: Option<String>,
    /// What there is to pick from.
    pub courses: Vec<CourseShown>,
    /// Newest first.
    pub distances: Vec<DistanceShown>,
}

/// A course to pick.
pub struct CourseShown {
    pub number: i16,
    pub name: String,
    /// «Årskurs 7–9, du har räknat 12 uppgifter»
    pub told: String,
    /// It is the student's own.
    pub is_own: bool,
    /// It is the one for the student's school year.
    pub is_suggested: bool,
    /// It is ticked: the own one or, until there is one, the suggested.
    pub is_ticked: bool,
}

impl CourseShown {
    fn of(offer: &Offer, is_any_own: bool, frame: &Frame) -> Self {
        let (from, to) = (offer.course.from_year, offer.course.to_year);
        Self {
            number: offer.course.number,
            name: offer.course.name.clone(),
            told: frame.with3("maraton-course-told", "from", from, "to", to, "n", offer.items),
            is_own: offer.is_own,
            is_suggested: offer.is_suggested,
            is_ticked: offer.is_own || (offer.is_suggested && !is_any_own),
        }
    }
}

/// How far towards a goal, as words and as a bar of 100.
pub struct Track {
    pub done: String,
    pub goal: String,
    pub filled: i64,
    pub waits: i64,
}

impl Track {
    fn of(done: i64, waiting: i64, goal: i64, write: impl Fn(i64) -> String) -> Self {
        let part = |of: i64| of.saturating_mul(100).checked_div(goal).unwrap_or_default().clamp(0, 100);
        let filled = part(done);
        Self { done: write(done), goal: write(goal), filled, waits: part(done + waiting) - filled }
    }
}

impl OwnShown {
    #[must_use]
    pub fn of(own: &Own, event: &Event, today: Date, frame: &Frame) -> Self {
        let language = frame.language;
        let kilometres = |metres| numbers::kilometres(metres, language);
        Self {
            items: Track::of(own.items, 0, i64::from(event.goal_items), |n| {
                numbers::whole(u64::try_from(n).unwrap_or_default())
            }),
            kilometres: Track::of(own.approved(), own.waiting(), i64::from(event.goal_metres), kilometres),
            is_finished: own.finished_at.is_some(),
            course: own.course().map(|offer| offer.course.name.clone()),
            courses: own.courses.iter().map(|offer| CourseShown::of(offer, own.course().is_some(), frame)).collect(),
            waiting: (own.waiting() > 0).then(|| kilometres(own.waiting())),
            distances: own.distances.iter().map(|distance| DistanceShown::of(distance, today, language)).collect(),
        }
    }
}

/// One reported distance.
pub struct DistanceShown {
    pub id: DistanceId,
    /// «18 nov»
    pub day: String,
    /// «3,2 km på 25 minuter»
    pub told: String,
    /// waiting, approved or returned
    pub state: &'static str,
    pub icon: &'static str,
}

impl DistanceShown {
    #[must_use]
    pub fn of(distance: &Distance, today: Date, language: Language) -> Self {
        let (state, icon) = match (distance.approved_at, distance.returned_at) {
            (Some(_), _) => ("approved", "check"),
            (None, Some(_)) => ("returned", "undo-2"),
            (None, None) => ("waiting", "hourglass"),
        };
        let day = distance
            .travelled_on
            .parse()
            .map_or_else(|_| distance.travelled_on.clone(), |day| days::short(day, today, language));
        Self { id: distance.id, day, told: told(distance, language), state, icon }
    }

    /// Whether it can still be taken back.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.state == "waiting"
    }

    /// The key of the word beside it.
    #[must_use]
    pub fn state_key(&self) -> &'static str {
        match self.state {
            "approved" => "maraton-state-approved",
            "returned" => "maraton-state-returned",
            _ => "maraton-state-waiting",
        }
    }
}

/// How far, how long, and where that is known from if it was not typed so.
fn told(distance: &Distance, language: Language) -> String {
    let kilometres = numbers::distance(i64::from(distance.metres), language);
    // What took less than a minute took one.
    let minutes = distance.seconds.map(|seconds| (seconds / 60).max(1).to_string());
    match (distance.source(), minutes) {
        (Source::Minutes, Some(minutes)) => language.with("maraton-told-counted", [("km", kilometres), ("n", minutes)]),
        (Source::Track, Some(minutes)) => {
            language.with("maraton-told-track-minutes", [("km", kilometres), ("n", minutes)])
        }
        (Source::Track, None) => language.with("maraton-told-track", [("km", kilometres)]),
        (_, Some(minutes)) => language.with("maraton-told-minutes", [("km", kilometres), ("n", minutes)]),
        (_, None) => language.with("maraton-told", [("km", kilometres)]),
    }
}

/// What waits in one group.
pub struct WaitingShown {
    pub id: GroupId,
    pub group: String,
    pub count: usize,
    /// How many of them are doubtful.
    pub held: usize,
    pub rows: Vec<ToDecide>,
}

/// One distance for a teacher to decide about.
pub struct ToDecide {
    pub name: String,
    pub distance: DistanceShown,
    /// A question, where there is reason to ask.
    pub doubt: Option<String>,
}

impl WaitingShown {
    #[must_use]
    pub fn of(group: &NamedGroup, waiting: &[Waiting], today: Date, frame: &Frame) -> Self {
        let row = |waiting: &Waiting| ToDecide {
            name: waiting.name.as_deref().map_or_else(|| frame.t("maraton-nameless"), short_name),
            distance: DistanceShown::of(&waiting.distance, today, frame.language),
            doubt: doubt(waiting).map(|doubt| match doubt {
                Doubt::Far => frame.t("maraton-doubt-far"),
                Doubt::Fast => frame.t("maraton-doubt-fast"),
                Doubt::Double => frame.t("maraton-doubt-double"),
                Doubt::Much => frame.t("maraton-doubt-much"),
            }),
        };
        let rows: Vec<ToDecide> = waiting.iter().map(row).collect();
        let held = rows.iter().filter(|row| row.doubt.is_some()).count();
        Self { id: group.id, group: group.name.clone(), count: rows.len(), held, rows }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_never_leaves_its_box() {
        let track = |done, waiting, goal| {
            let track = Track::of(done, waiting, goal, |n| n.to_string());
            (track.filled, track.waits)
        };
        assert_eq!(track(24_200, 3_200, 42_200), (57, 7));
        assert_eq!(track(0, 0, 42_200), (0, 0));
        assert_eq!(track(40_000, 10_000, 42_200), (94, 6));
        assert_eq!(track(90_000, 10_000, 42_200), (100, 0));
        assert_eq!(track(5, 5, 0), (0, 0));
    }
}
