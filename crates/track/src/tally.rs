//! What counts: distances and times of points as they come, one at a time.

use jiff::Timestamp;

use crate::{Format, MOST_POINTS, Measured, Track, TrackError, place::Place};

/// Nobody is faster than this under their own power, in metres a second (108 km/h, faster than any descent that a pupil
/// rides): a longer step between two points is a fault of the watch and is left out.
pub const FASTEST: f64 = 30.0;
/// The longest distance that is believed, in metres: 1,000 km.
pub const LONGEST_METRES: u32 = 1_000_000;
/// The longest time that is believed, in seconds: 31 days.
pub const LONGEST_SECONDS: u32 = 31 * 24 * 60 * 60;

/// 2000-01-01T00:00:00Z in milliseconds: a watch that says less was never set.
const SET: i64 = 946_684_800_000;

/// A moment in milliseconds since 1970-01-01T00:00:00Z.
pub type Stamp = i64;

/// The sum of a file, whose points are told in their order.
#[derive(Default)]
pub struct Tally {
    points: u32,
    began: Option<Stamp>,
    now: Activity,
    done: Option<Sum>,
}

/// One activity while it is read.
#[derive(Default)]
struct Activity {
    /// The last place of the segment, with its stamp: the only place that is held.
    last_place: Option<(Place, Option<Stamp>)>,
    /// The first and the last stamp of the segment.
    stamps: Option<(Stamp, Stamp)>,
    /// Of this activity alone.
    points: u32,
    metres: f64,
    jumps: u32,
    /// Of the segments that have ended.
    millis: i64,
    /// By the watch's own total; 0 if it tells none.
    watch_metres: f64,
    watch_seconds: f64,
}

/// Activities that have ended, together.
#[derive(Clone, Copy)]
struct Sum {
    metres: f64,
    seconds: Option<f64>,
    measured: Measured,
    jumps: u32,
}

impl Tally {
    /// A point, with what is known of it: a treadmill's has no place.
    pub fn point(&mut self, place: Option<Place>, stamp: Option<Stamp>) -> Result<(), TrackError> {
        self.points += 1;
        if self.points > MOST_POINTS {
            return Err(TrackError::TooManyPoints);
        }
        if let Some(stamp) = stamp {
            self.began(stamp);
        }
        self.now.point(place, stamp);
        Ok(())
    }

    /// The file says that it began then; the earliest such moment is kept.
    pub fn began(&mut self, stamp: Stamp) {
        if stamp >= SET {
            self.began = Some(self.began.map_or(stamp, |began| began.min(stamp)));
        }
    }

    /// The segment ends: the way to the next point is not counted, nor the time.
    pub fn pause(&mut self) {
        self.now.pause();
    }

    /// The watch's own totals of the activity, in metres and seconds; what is not told is 0.
    pub fn by_watch(&mut self, metres: f64, seconds: f64) {
        (self.now.watch_metres, self.now.watch_seconds) = (metres, seconds);
    }

    /// The activity ends, and with it its segment.
    pub fn end_activity(&mut self) {
        let mut activity = std::mem::take(&mut self.now);
        activity.pause();
        let Some(sum) = activity.sum() else { return };
        self.done = Some(self.done.map_or(sum, |done| done.and(sum)));
    }

    /// What it all comes to.
    pub fn finish(mut self, format: Format) -> Result<Track, TrackError> {
        self.end_activity();
        let Some(sum) = self.done else {
            return Err(if self.points == 0 { TrackError::NoPoints } else { TrackError::NoDistance });
        };
        let metres = sum.metres.round();
        if metres > f64::from(LONGEST_METRES) {
            return Err(TrackError::TooFar);
        }
        if metres < 1.0 {
            return Err(TrackError::NoDistance);
        }
        let seconds = sum.seconds.filter(|seconds| *seconds <= f64::from(LONGEST_SECONDS));
        Ok(Track {
            metres: metres as u32,
            seconds: seconds.map(|seconds| seconds as u32),
            began: self.began.and_then(|began| Timestamp::from_millisecond(began).ok()),
            format,
            measured: sum.measured,
            jumps: sum.jumps,
        })
    }
}

impl Activity {
    fn point(&mut self, place: Option<Place>, stamp: Option<Stamp>) {
        self.points += 1;
        if let Some(stamp) = stamp {
            self.stamps = Some((self.stamps.map_or(stamp, |(first, _)| first), stamp));
        }
        let Some(place) = place else { return };
        if let Some((last, last_stamp)) = self.last_place {
            self.step(last.metres_to(place), last_stamp.zip(stamp));
        }
        self.last_place = Some((place, stamp));
    }

    /// A step between two points, which counts unless its stamps tell that nobody can have taken it.
    fn step(&mut self, metres: f64, stamps: Option<(Stamp, Stamp)>) {
        // Stamps are cut to whole seconds by most writers, and a clock that is set goes back: a second at least.
        let seconds = |(from, to): (Stamp, Stamp)| (to.saturating_sub(from) as f64 / 1000.0).max(1.0);
        if stamps.is_some_and(|stamps| metres > FASTEST * seconds(stamps)) {
            self.jumps += 1;
        } else {
            self.metres += metres;
        }
    }

    fn pause(&mut self) {
        if let Some((first, last)) = self.stamps.take() {
            self.millis = self.millis.saturating_add(last.saturating_sub(first).max(0));
        }
        self.last_place = None;
    }

    /// None if there is nothing in it at all.
    fn sum(&self) -> Option<Sum> {
        let told = |figure: f64| (figure.is_finite() && figure > 0.0).then_some(figure);
        let watch = told(self.watch_metres);
        if self.points == 0 && watch.is_none() {
            return None;
        }
        let stamped = told(self.millis as f64 / 1000.0);
        let by_watch = told(self.watch_seconds);
        let longest = stamped.into_iter().chain(by_watch).reduce(f64::max);
        let sum = Sum { metres: 0.0, seconds: stamped.or(by_watch), measured: Measured::Points, jumps: 0 };
        Some(match watch.filter(|watch| self.is_plausible(*watch, longest)) {
            Some(metres) => Sum { metres, measured: Measured::Watch, ..sum },
            None => Sum { metres: self.metres, jumps: self.jumps, ..sum },
        })
    }

    /// Whether the watch's own total can be: not too far, not too fast, and not less than half of what the points say, which
    /// is a total that was lost on the way. It may be more: a treadmill has few places or none.
    fn is_plausible(&self, watch: f64, seconds: Option<f64>) -> bool {
        watch <= f64::from(LONGEST_METRES)
            && seconds.is_none_or(|seconds| watch <= FASTEST * seconds)
            && watch >= self.metres / 2.0
    }
}

impl Sum {
    fn and(self, other: Self) -> Self {
        let points = [self.measured, other.measured].contains(&Measured::Points);
        Self {
            metres: self.metres + other.metres,
            seconds: self.seconds.zip(other.seconds).map(|(one, two)| one + two),
            measured: if points { Measured::Points } else { Measured::Watch },
            jumps: self.jumps + other.jumps,
        }
    }
}
