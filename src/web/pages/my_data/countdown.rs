//! When somebody is forgotten, in words.

use crate::{
    privacy::{
        DueEntry, MyData,
        retention::{Anchor, Mode},
    },
    web::{days, frame::Frame},
};

/// The card about when.
pub(super) struct Countdown {
    pub(super) lead: String,
    /// The day, large.
    pub(super) day: Option<String>,
    /// How much of the time is over, of 100, and in words.
    pub(super) passed: Option<(i32, String)>,
    pub(super) says: Vec<String>,
}

impl Countdown {
    pub(super) fn of(frame: &Frame, data: &MyData) -> Self {
        let controller = data.own.controller.as_str();
        if let Some(review) = data.held_until.first() {
            let day = review.parse().map_or_else(|_| review.clone(), |day| days::printed(day, frame.language));
            let says = vec![frame.with("count-held-until", "day", day)];
            return Self { lead: frame.with("count-held", "controller", controller), day: None, passed: None, says };
        }
        let Some(due) = &data.due else {
            let lead = frame.with("count-none", "controller", controller);
            return Self { lead, day: None, passed: None, says: Vec::new() };
        };
        if due.is_overdue && due.mode == Mode::Auto && !due.may {
            return Self { lead: frame.t("count-now"), day: None, passed: None, says: Vec::new() };
        }
        let day = Some(days::printed(due.on, frame.language));
        if due.mode == Mode::Propose || due.may {
            let says = vec![frame.with("count-proposed-says", "controller", controller)];
            return Self { lead: frame.with("count-proposed", "controller", controller), day, passed: None, says };
        }
        let (key, is_visit) = match due.anchor {
            Anchor::LastActivity => ("count-last-visit", true),
            Anchor::ContractEnd => ("count-agreement", false),
            Anchor::AccountEnd => ("count-account", false),
            Anchor::ConsentWithdrawn => ("count-consent", false),
            _ => ("count-day", false),
        };
        let mut says = vec![frame.n(if is_days(due) { "count-days" } else { "count-months" }, length(due))];
        if is_visit {
            says.push(frame.t("count-begins-again"));
            says.extend((!data.own.is_individual).then(|| frame.n("count-agreement-too", length(due))));
        }
        Self { lead: frame.t(key), day, passed: passed(frame, data, due), says }
    }
}

/// Whether the time is counted in days rather than in months.
fn is_days(due: &DueEntry) -> bool {
    (due.on - due.from).get_days() <= 60
}

/// How long the time is, in days or months.
fn length(due: &DueEntry) -> i32 {
    if is_days(due) { (due.on - due.from).get_days() } else { months(due) }
}

fn months(due: &DueEntry) -> i32 {
    i32::from(due.on.year() - due.from.year()) * 12 + i32::from(due.on.month()) - i32::from(due.from.month())
}

fn passed(frame: &Frame, data: &MyData, due: &DueEntry) -> Option<(i32, String)> {
    let whole = (due.on - due.from).get_days();
    let over = (data.today - due.from).get_days().clamp(0, whole);
    let width = (over * 100).checked_div(whole)?.clamp(2, 100);
    let words = frame.with2("count-passed", "over", over, "whole", whole);
    Some((width, words))
}
