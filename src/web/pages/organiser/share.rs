//! Events of others: take part in them, take no part any more; and what everybody may see.

use actix_web::{
    post,
    web::{Data, Form, Path},
};
use serde::Deserialize;
use vault::EventId;

use crate::{
    app::App,
    maraton::{self, Offered},
    web::{
        days,
        frame::Frame,
        page::{Answer, on_to},
        problem::Problem,
        who::Someone,
    },
};

/// An event of another that one may take part in.
pub(super) struct OfferRow {
    pub name: String,
    pub host: String,
    pub href: String,
    pub stage: &'static str,
    pub days: String,
    /// What there is to reach.
    pub goals: String,
}

impl OfferRow {
    pub fn of(offered: &Offered, frame: &Frame) -> Self {
        let plan = &offered.plan;
        let (first, last) = (days::printed(plan.first, frame.language), days::printed(plan.last, frame.language));
        let kilometres = crate::web::numbers::kilometres(i64::from(plan.metres), frame.language);
        Self {
            name: plan.name.clone(),
            host: offered.host.clone(),
            href: super::address(offered.id),
            stage: super::named(offered.stage),
            days: frame.with2("maraton-dates", "first", first, "last", last),
            goals: frame.with2("organise-offer-goals", "items", plan.items.to_string(), "distance", kilometres),
        }
    }
}

/// Takes part in an event of another.
#[post("/organiser/events/{id}/join")]
pub async fn join(app: Data<App>, Someone(signed): Someone, id: Path<String>) -> Answer {
    let id: EventId = id.parse().map_err(|_| Problem::NotFound)?;
    maraton::join_event(&app, &signed.me, id).await?;
    Ok(on_to("/organiser"))
}

/// An invitation as it was typed.
#[derive(Deserialize)]
pub struct Invitation {
    #[serde(default)]
    invitation: String,
}

/// Takes part in the event to which one has been invited.
#[post("/organiser/invitations")]
pub async fn join_invited(app: Data<App>, Someone(signed): Someone, typed: Form<Invitation>) -> Answer {
    maraton::join_invited(&app, &signed.me, &typed.invitation).await?;
    Ok(on_to("/organiser"))
}

/// Takes no part any more, as long as nobody of one's own has begun.
#[post("/organiser/events/{id}/leave")]
pub async fn leave(app: Data<App>, Someone(signed): Someone, id: Path<String>) -> Answer {
    let id: EventId = id.parse().map_err(|_| Problem::NotFound)?;
    maraton::leave_event(&app, &signed.me, id).await?;
    Ok(on_to("/organiser"))
}

/// What the button sends.
#[derive(Deserialize)]
pub struct Shown {
    /// yes or no
    #[serde(default)]
    shown: String,
}

/// Shows one's own schools on the event's page for all, or no more.
#[post("/organiser/events/{id}/public")]
pub async fn choose_public(app: Data<App>, Someone(signed): Someone, id: Path<String>, chosen: Form<Shown>) -> Answer {
    let id: EventId = id.parse().map_err(|_| Problem::NotFound)?;
    let is_public = match chosen.shown.as_str() {
        "yes" => true,
        "no" => false,
        _ => return Err(Problem::FormUnreadable),
    };
    maraton::show_to_all(&app, &signed.me, id, is_public).await?;
    Ok(on_to("/organiser#events"))
}
