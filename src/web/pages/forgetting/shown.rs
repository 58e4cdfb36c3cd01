//! What an officer sees, in words.

use jiff::{ToSpan, civil::Date};
use vault::rows::{forgetting::Known, holds::Hold, requests::Asked};

use crate::{
    calendar,
    privacy::{
        Asking, Concerned, Done, DueEntry, Held, Shown,
        retention::{Anchor, Mode},
    },
    web::{days, frame::Frame},
};

/// So many days before a hold is to be looked at again it is marked.
const SOON: i32 = 14;

/// Somebody in a list.
pub struct WhomShown {
    pub name: String,
    /// School and group, or what they are.
    pub place: String,
    /// Their page; none for the officer's own.
    pub href: Option<String>,
}

impl WhomShown {
    fn of<T>(frame: &Frame, of: &Concerned<T>) -> Self {
        let name = if of.whom.is_protected { frame.t("forgetting-protected") } else { of.whom.name.clone() };
        let place = if of.whom.is_protected { String::new() } else { place(frame, &of.whom) };
        Self { name, place, href: (!of.is_me).then(|| format!("/forgetting/{}", of.whom.id)) }
    }
}

/// Where somebody is or was, and as what.
pub fn place(frame: &Frame, whom: &Known) -> String {
    let role = whom.role.map(|role| frame.t(&format!("role-{}", role.name().replace('_', "-"))));
    [role, whom.school.clone(), whom.group.clone()].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Why somebody is due on a day.
pub struct When {
    pub day: String,
    pub because: String,
    /// In one word, where it is not simply to come.
    pub state: Option<String>,
}

impl When {
    pub fn of(frame: &Frame, due: &DueEntry, today: Date) -> Self {
        let from = days::long(due.from, today, frame.language);
        let because = match due.anchor {
            Anchor::LastActivity => "forgetting-last-activity",
            Anchor::ContractEnd => "forgetting-contract-end",
            Anchor::AccountEnd => "forgetting-account-end",
            _ => "forgetting-collected",
        };
        let state = if due.is_held {
            Some("forgetting-is-held")
        } else if due.mode == Mode::Propose || due.may {
            Some("forgetting-is-proposed")
        } else if due.is_overdue {
            Some("forgetting-is-overdue")
        } else {
            None
        };
        Self {
            day: days::long(due.on, today, frame.language),
            because: frame.with(because, "day", from),
            state: state.map(|key| frame.t(key)),
        }
    }
}

/// Somebody who is due.
pub struct DueShown {
    pub whom: WhomShown,
    pub when: When,
}

impl DueShown {
    pub fn of(frame: &Frame, due: &Shown, today: Date) -> Self {
        Self { whom: WhomShown::of(frame, due), when: When::of(frame, &due.what, today) }
    }
}

/// Somebody who asked.
pub struct AskingShown {
    pub whom: WhomShown,
    pub asked: String,
}

impl AskingShown {
    pub fn of(frame: &Frame, asking: &Asking, today: Date) -> Self {
        Self { whom: WhomShown::of(frame, asking), asked: asked_on(frame, &asking.what, today) }
    }
}

/// When somebody asked.
pub fn asked_on(frame: &Frame, asked: &Asked, today: Date) -> String {
    frame.with(
        "forgetting-asked-on",
        "day",
        days::long(calendar::day(asked.asked_at, &frame.time_zone), today, frame.language),
    )
}

/// A hold in words.
pub struct HoldShown {
    pub id: String,
    pub kind: String,
    pub ground: String,
    pub review: String,
    /// It is to be looked at again soon, or should have been.
    pub is_soon: bool,
}

impl HoldShown {
    pub fn of(frame: &Frame, hold: &Hold, today: Date) -> Self {
        let review: Option<Date> = hold.review_on.parse().ok();
        let word = review.map_or_else(|| hold.review_on.clone(), |day| days::long(day, today, frame.language));
        let key = if review.is_some_and(|day| day < today) { "forgetting-review-over" } else { "forgetting-review" };
        Self {
            id: hold.id.to_string(),
            kind: frame.t(&format!("hold-{}", hold.kind.replace('_', "-"))),
            ground: hold.ground.clone(),
            review: frame.with(key, "day", word),
            is_soon: review.is_some_and(|day| day <= today.saturating_add(SOON.days())),
        }
    }
}

/// Somebody who is held.
pub struct HeldShown {
    pub whom: WhomShown,
    pub hold: HoldShown,
}

impl HeldShown {
    pub fn of(frame: &Frame, held: &Held, today: Date) -> Self {
        Self { whom: WhomShown::of(frame, held), hold: HoldShown::of(frame, &held.what, today) }
    }
}

/// An erasure that was carried out.
pub struct DoneShown {
    pub day: String,
    pub rule: String,
    pub gone: String,
    pub mark: String,
}

impl DoneShown {
    pub fn of(frame: &Frame, done: &Done) -> Self {
        let printed = |day| days::printed(day, frame.language);
        let rule = if done.rule == vault::REQUEST {
            frame.t("forgetting-by-request")
        } else {
            frame.with("forgetting-by-rule", "rule", &done.rule)
        };
        Self {
            day: printed(done.on),
            rule,
            gone: done.gone_on.map(printed).unwrap_or_default(),
            mark: done.mark.clone(),
        }
    }
}
