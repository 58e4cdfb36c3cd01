//! How the event that opened last goes: what it has come to, and how fast.

use vault::rows::maraton::Pace;

use super::EventRow;
use crate::{
    maraton::{Latest, Organised},
    web::{days, frame::Frame, numbers},
};

/// How the event that opened last goes.
pub(super) struct LatestShown {
    pub name: String,
    pub href: String,
    pub stage: &'static str,
    pub days: String,
    /// Everything that is counted, each in words.
    pub figures: Vec<(String, String)>,
    /// None until an hour has been counted.
    pub pace: Option<PaceShown>,
}

impl LatestShown {
    pub fn of(latest: &Latest, organised: &[Organised], frame: &Frame) -> Option<Self> {
        let of = organised.iter().find(|event| event.event.id == latest.event)?;
        let EventRow { name, href, stage, days, .. } = EventRow::of(of, frame);
        let all = latest.standings.together();
        let figure = |key: &str, value: String| (frame.t(key), value);
        let entrants = latest.standings.schools.iter().map(|school| school.entrants).sum();
        let figures = vec![
            figure("organise-schools", latest.standings.schools.len().to_string()),
            figure("organise-entrants", whole(entrants)),
            figure("organise-finishers", whole(all.finishers)),
            figure("organise-items", whole(all.items)),
            figure("organise-kilometres", numbers::kilometres(all.metres, frame.language)),
            figure("organise-waiting", whole(latest.waiting)),
            figure("organise-qualified", latest.qualified.to_string()),
        ];
        Some(Self { name, href, stage, days, figures, pace: PaceShown::of(&latest.pace, frame) })
    }
}

/// The last hours, each as a bar and as a row.
pub(super) struct PaceShown {
    /// The picture in words.
    pub told: String,
    /// How wide the picture is, in its own units.
    pub width: i64,
    pub bars: Vec<Bar>,
    /// The newest first.
    pub rows: Vec<PaceRow>,
}

/// An hour as a bar. Units of the picture.
pub(super) struct Bar {
    pub left: i64,
    pub top: i64,
    pub height: i64,
}

/// An hour in words.
pub(super) struct PaceRow {
    /// From when to when: «14:00–15:00».
    pub hour: String,
    pub items: String,
    pub kilometres: String,
}

/// How high the picture is.
const HIGHEST: i64 = 40;
/// From one bar to the next.
const STEP: i64 = 10;

impl PaceShown {
    fn of(hours: &[Pace], frame: &Frame) -> Option<Self> {
        let most = hours.iter().max_by_key(|hour| hour.items)?;
        let at = |moment| days::clock(moment, &frame.time_zone);
        let between = |hour: &Pace| format!("{}–{}", at(hour.starts_at), at(hour.ends_at));
        let bar = |(left, hour): (i64, &Pace)| {
            // An hour in which anything was done is seen.
            let highest = most.items.max(1);
            let height = (hour.items.max(0) * HIGHEST + highest - 1) / highest;
            Bar { left: left * STEP, top: HIGHEST - height, height }
        };
        let row = |hour: &Pace| PaceRow {
            hour: between(hour),
            items: whole(hour.items),
            kilometres: numbers::kilometres(hour.metres, frame.language),
        };
        Some(Self {
            told: frame.with2("organise-pace-told", "most", whole(most.items), "hour", between(most)),
            width: STEP * i64::try_from(hours.len()).unwrap_or(1),
            bars: (0..).zip(hours).map(bar).collect(),
            rows: hours.iter().rev().map(row).collect(),
        })
    }
}

fn whole(number: i64) -> String {
    numbers::whole(u64::try_from(number).unwrap_or_default())
}
