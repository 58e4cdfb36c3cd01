//! What an individual consented to, given and withdrawn by one button each.

use actix_web::{
    post,
    web::{Data, Form},
};
use serde::Deserialize;
use vault::{
    Role,
    rows::consents::{Consent, Purpose, Step, TEXT},
};

use crate::{
    app::App,
    calendar,
    individuals::{self, Standing},
    web::{
        days,
        frame::Frame,
        page::{Answer, on_to},
        problem::Problem,
        who::Someone,
    },
};

/// All that was consented to.
pub(super) struct ConsentsShown {
    pub(super) purposes: Vec<PurposeShown>,
    /// Practice is not consented to now.
    pub(super) is_paused: bool,
    pub(super) deleted_on: Option<String>,
    /// The version of the sentences.
    pub(super) text: i32,
}

/// One thing that practice is used for.
pub(super) struct PurposeShown {
    pub(super) name: &'static str,
    pub(super) title: String,
    pub(super) says: String,
    pub(super) is_given: bool,
    /// What was given and withdrawn, newest first.
    pub(super) steps: Vec<String>,
}

impl ConsentsShown {
    pub(super) fn of(frame: &Frame, standing: &Standing) -> Self {
        let day = |at| calendar::day(at, &frame.time_zone);
        Self {
            purposes: Purpose::ALL.map(|purpose| purpose_shown(frame, standing, purpose)).into(),
            is_paused: !standing.is_given(Purpose::Practice),
            deleted_on: standing.deleted_on.map(|on| days::long(day(on), day(standing.now), frame.language)),
            text: TEXT,
        }
    }
}

fn purpose_shown(frame: &Frame, standing: &Standing, purpose: Purpose) -> PurposeShown {
    let name = purpose.name();
    let said = |step: &Consent| {
        let when = days::moment(step.at, standing.now, &frame.time_zone, frame.language);
        let key = if step.step == Step::Given { "consent-given" } else { "consent-withdrawn" };
        frame.with2(key, "when", when, "version", step.text_version)
    };
    PurposeShown {
        name,
        title: frame.t(&format!("consent-{name}-title")),
        says: frame.t(&format!("consent-{name}-says")),
        is_given: standing.is_given(purpose),
        steps: standing.history.iter().rev().filter(|step| step.purpose == purpose).map(said).collect(),
    }
}

/// One button: consenting, or withdrawing.
#[derive(Deserialize)]
pub struct Chosen {
    purpose: String,
    step: String,
    text: i32,
}

/// Gives or withdraws a consent.
#[post("/my-data/consent")]
pub async fn choose(app: Data<App>, someone: Someone, chosen: Form<Chosen>) -> Answer {
    let signed = someone.who_is(Role::Individual)?;
    let purpose = Purpose::named(&chosen.purpose).ok_or(Problem::FormUnreadable)?;
    let step = match chosen.step.as_str() {
        "give" => Step::Given,
        "withdraw" => Step::Withdrawn,
        _ => return Err(Problem::FormUnreadable),
    };
    individuals::choose(&app, &signed.me, purpose, step, chosen.text).await?;
    Ok(on_to("/my-data"))
}
