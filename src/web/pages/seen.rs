//! Who looked at one's data, or at one's child's: who, what and when, newest first.

use actix_web::{
    HttpRequest, get,
    web::{Data, Path, Query},
};
use askama::Template;
use serde::Deserialize;
use vault::{
    Millis, PersonId, Role,
    audit::{Action, By, Class, Place, Seen},
};

use crate::{
    app::App,
    calendar,
    privacy::{self, PLACES, SeenList},
    web::{
        days,
        frame::{Frame, Tab},
        page::{Answer, html},
        who::Someone,
    },
};

/// One entry in words.
pub(super) struct Entry {
    pub(super) time: String,
    pub(super) who: String,
    /// What they are, if that is not already said.
    pub(super) role: Option<String>,
    pub(super) what: String,
}

impl Entry {
    fn of(frame: &Frame, seen: &Seen, time: String) -> Self {
        let (who, role) = by(frame, seen);
        Self { time, who, role, what: what(frame, seen) }
    }

    /// Each with its day, short.
    pub(super) fn with_days(frame: &Frame, seen: &[Seen], now: Millis) -> Vec<Self> {
        let today = calendar::day(now, &frame.time_zone);
        let short = |seen: &Seen| days::short(calendar::day(seen.place.at, &frame.time_zone), today, frame.language);
        seen.iter().map(|seen| Self::of(frame, seen, short(seen))).collect()
    }
}

/// All entries of one day.
struct Day {
    day: String,
    entries: Vec<Entry>,
}

#[derive(Template)]
#[template(path = "seen.html")]
struct SeenPage {
    frame: Frame,
    /// The child, where it is about a child: where it stands, and the name.
    child: Option<(String, String)>,
    days: Vec<Day>,
    more: Option<String>,
}

/// Where the page begins.
#[derive(Deserialize)]
pub struct Part {
    at: Option<i64>,
    seq: Option<i64>,
}

impl Part {
    fn place(&self) -> Option<Place> {
        Some(Place { at: Millis(self.at?), seq: self.seq.unwrap_or(i64::MAX) })
    }
}

/// One's own.
#[get("/seen")]
pub async fn show(app: Data<App>, request: HttpRequest, Someone(signed): Someone, part: Query<Part>) -> Answer {
    let list = privacy::seen(&app, &signed.me, part.place(), PLACES).await?;
    let frame = Frame::of(&request, Some(&signed), Tab::Elsewhere);
    html(&page(frame, app.clock.now(), None, &list))
}

/// A child's.
#[get("/children/{child}/seen")]
pub async fn show_child(
    app: Data<App>,
    request: HttpRequest,
    someone: Someone,
    id: Path<PersonId>,
    part: Query<Part>,
) -> Answer {
    let signed = someone.who_is(Role::Guardian)?;
    let (child, list) = privacy::seen_of_child(&app, &signed.me, *id, part.place(), PLACES).await?;
    let frame = Frame::of(&request, Some(&signed), Tab::Children);
    html(&page(frame, app.clock.now(), Some((format!("/children/{}", child.id), child.name)), &list))
}

fn page(frame: Frame, now: Millis, child: Option<(String, String)>, list: &SeenList) -> SeenPage {
    let today = calendar::day(now, &frame.time_zone);
    let mut days: Vec<Day> = Vec::new();
    for seen in &list.entries {
        let day = days::long(calendar::day(seen.place.at, &frame.time_zone), today, frame.language);
        let entry = Entry::of(&frame, seen, days::clock(seen.place.at, &frame.time_zone));
        match days.last_mut() {
            Some(last) if last.day == day => last.entries.push(entry),
            _ => days.push(Day { day, entries: vec![entry] }),
        }
    }
    let here = child.as_ref().map_or_else(String::new, |(address, _)| address.clone());
    let more = list.more.map(|place| format!("{here}/seen?at={}&seq={}", place.at.0, place.seq));
    SeenPage { frame, child, days, more }
}

/// Who, and as what.
fn by(frame: &Frame, seen: &Seen) -> (String, Option<String>) {
    let By { role, name, is_me } = &seen.by;
    let role = role.map(|role| frame.t(&format!("role-{}", role.name().replace('_', "-"))));
    match (name, role) {
        _ if *is_me => (frame.t("seen-by-you"), None),
        (Some(name), role) => (name.clone(), role),
        (None, Some(role)) => (role, None),
        (None, None) if seen.class == Class::Door => (frame.t("seen-by-door"), None),
        (None, None) => (frame.t("seen-by-gone"), None),
    }
}

fn what(frame: &Frame, seen: &Seen) -> String {
    if let Some(group) = &seen.group {
        let group_too = |key: &str| frame.with(key, "group", group);
        match (seen.action, seen.class) {
            (Action::Look, Class::Names) => return group_too("seen-names-group"),
            (Action::Look, Class::Door) => return group_too("seen-door-group"),
            (Action::Look, Class::Practice) => return group_too("seen-practice-group"),
            (Action::Look, Class::Work) => return group_too("seen-work-group"),
            (Action::Look, Class::LoginCard) => return group_too("seen-cards-group"),
            _ => {}
        }
    }
    frame.t(match (seen.action, seen.class) {
        (Action::GivePassword, _) => "seen-give-password",
        (Action::MakeCard, _) => "seen-make-card",
        (Action::EndCard, _) => "seen-end-card",
        (Action::ThrowOut, _) => "seen-throw-out",
        (Action::Approve, _) => "seen-approve",
        (Action::GiveBack, _) => "seen-give-back",
        (Action::CloseReport, _) => "seen-close-report",
        (Action::ConfirmGuardian, _) => "seen-confirm-guardian",
        (Action::Refuse, _) => "seen-refuse",
        (Action::SetHold, _) => "seen-set-hold",
        (Action::LiftHold, _) => "seen-lift-hold",
        (_, Class::Names) => "seen-names",
        (_, Class::Practice) => "seen-practice",
        (_, Class::Summary) => "seen-summary",
        (_, Class::Work) => "seen-work",
        (_, Class::Distance) => "seen-distance",
        (_, Class::Report) => "seen-report",
        (_, Class::Looks) => "seen-looks",
        (_, Class::Due) => "seen-due",
        _ => "seen-something",
    })
}
