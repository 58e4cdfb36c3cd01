//! The draw of an event as its organiser sees it.

use actix_web::{
    post,
    web::{Data, Form, Path},
};
use serde::Deserialize;
use vault::EventId;

use crate::{
    accounts::Signed,
    app::App,
    maraton::{self, Drawing, Wish},
    web::{
        draws::DrawShown,
        frame::Frame,
        page::{Answer, on_to},
        problem::Problem,
        who::Someone,
    },
};

/// The draw as its organiser sees it.
pub(super) struct DrawingShown {
    pub draw: Option<DrawShown>,
    pub waiting: i64,
    /// It has closed and is not drawn.
    pub is_time: bool,
}

impl DrawingShown {
    pub async fn of(app: &App, signed: &Signed, id: EventId, frame: &Frame) -> Result<Self, Problem> {
        let Drawing { draw, waiting, is_over } = maraton::drawing(app, &signed.me, id).await?;
        let is_time = is_over && draw.as_ref().is_some_and(|draw| draw.outcome.is_none());
        Ok(Self { draw: draw.map(|draw| DrawShown::of(id, &draw, frame)), waiting, is_time })
    }
}

/// What the form for a draw sends.
#[derive(Deserialize)]
pub struct DrawTyped {
    #[serde(default)]
    winners: String,
    /// Ticked: although distances wait.
    although: Option<String>,
}

/// Draws among those who have finished, once.
#[post("/organiser/events/{id}/draw")]
pub async fn draw_winners(
    app: Data<App>,
    Someone(signed): Someone,
    id: Path<EventId>,
    typed: Form<DrawTyped>,
) -> Answer {
    // What is no number is none that can be used.
    let wish = Wish { winners: typed.winners.trim().parse().unwrap_or(0), although_waiting: typed.although.is_some() };
    maraton::draw(&app, &signed.me, *id, wish).await?;
    Ok(on_to(&format!("{}#draw", super::address(*id))))
}
