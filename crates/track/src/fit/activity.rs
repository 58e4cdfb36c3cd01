//! What the messages of one FIT file say together.

use crate::{
    TrackError,
    place::Place,
    tally::{Stamp, Tally},
};

use super::{
    Purpose,
    definition::{EVENT, FILE_ID, LAP, Message, RECORD, SESSION, STAMP},
};

/// 1989-12-31T00:00:00Z, from which FIT counts, in seconds since 1970.
const EPOCH: Stamp = 631_065_600;
/// Degrees of one unit of a position: 2³¹ of them are half a circle.
const SEMICIRCLE: f64 = 180.0 / 2_147_483_648.0;
/// Metres of one unit of a distance, seconds of one of a time.
const METRES: f64 = 0.01;
const SECONDS: f64 = 0.001;
/// `event` timer, and the kinds of it that stop it: stop, stop all, stop disable, stop disable all.
const TIMER: u8 = 0;
const STOPS: [u8; 4] = [1, 4, 8, 9];

/// What was read so far.
#[derive(Default)]
pub struct Activity {
    purpose: Option<Purpose>,
    /// The last stamp of any message, in FIT's own seconds: what compressed stamps count from.
    last: Option<u32>,
    sessions: Totals,
    laps: Totals,
    /// The farthest that a record tells, in metres.
    farthest: f64,
}

/// Distance in metres and time on the way in seconds, over all sessions or all laps.
#[derive(Default)]
struct Totals {
    metres: f64,
    seconds: f64,
}

impl Totals {
    fn add(&mut self, message: &Message) {
        self.seconds += message.unsigned(8).map_or(0.0, |time| f64::from(time) * SECONDS);
        self.metres += message.unsigned(9).map_or(0.0, |distance| f64::from(distance) * METRES);
    }
}

impl Activity {
    /// The next message, with the offset of its compressed stamp if it has one.
    pub fn message(&mut self, message: &Message, offset: Option<u8>, tally: &mut Tally) -> Result<(), TrackError> {
        let stamp = self.stamp(message, offset);
        if message.number() == FILE_ID {
            self.purpose = message.byte(0).map(Purpose::from);
        }
        if self.purpose() != Purpose::Activity {
            return Ok(());
        }
        match message.number() {
            RECORD => {
                self.farthest =
                    self.farthest.max(message.unsigned(5).map_or(0.0, |distance| f64::from(distance) * METRES));
                tally.point(place(message), stamp)?;
            }
            SESSION | LAP => {
                let totals = if message.number() == SESSION { &mut self.sessions } else { &mut self.laps };
                totals.add(message);
                if let Some(start) = message.unsigned(2) {
                    tally.began(in_millis(start));
                }
            }
            EVENT if message.byte(0) == Some(TIMER) && message.byte(1).is_some_and(|kind| STOPS.contains(&kind)) => {
                tally.pause();
            }
            _ => {}
        }
        Ok(())
    }

    /// When it was, by its own stamp or counted from the last one: the offset is the last five bits of the time.
    fn stamp(&mut self, message: &Message, offset: Option<u8>) -> Option<Stamp> {
        let counted = |last: u32| {
            let ahead = u32::from(offset?).wrapping_sub(last) & 0x1f;
            last.checked_add(ahead)
        };
        let stamp = message.unsigned(STAMP).or_else(|| self.last.and_then(counted))?;
        self.last = Some(stamp);
        Some(in_millis(stamp))
    }

    /// What the file is for; one that does not say so is nothing that is known.
    pub fn purpose(&self) -> Purpose {
        self.purpose.unwrap_or(Purpose::Other)
    }

    /// The file ends.
    pub fn end(&self, tally: &mut Tally) {
        let told = |figures: [f64; 3]| figures.into_iter().find(|figure| *figure > 0.0).unwrap_or_default();
        let metres = told([self.sessions.metres, self.laps.metres, self.farthest]);
        tally.by_watch(metres, told([self.sessions.seconds, self.laps.seconds, 0.0]));
        tally.end_activity();
    }
}

fn in_millis(stamp: u32) -> Stamp {
    (EPOCH + Stamp::from(stamp)) * 1000
}

/// Where a record was; none if it does not say so, as indoors or before the first fix.
fn place(message: &Message) -> Option<Place> {
    let degrees = |number| message.signed(number).map(|units| f64::from(units) * SEMICIRCLE);
    Place::new(degrees(0)?, degrees(1)?)
}
