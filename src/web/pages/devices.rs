//! Where somebody is signed in: their devices, each of which they can sign out.

use actix_web::{
    HttpRequest, get, post,
    web::{Data, Path},
};
use askama::Template;
use vault::{SessionId, rows::sessions::Mine};

use crate::{
    accounts,
    app::App,
    web::{
        days,
        frame::{Frame, Tab},
        page::{Answer, html, on_to},
        problem::Problem,
        who::{self, Someone},
    },
};

/// One device as its owner tells it from the others.
struct Device {
    id: SessionId,
    /// «Chrome på Windows»
    name: String,
    since: String,
    used: String,
    is_this: bool,
}

#[derive(Template)]
#[template(path = "devices.html")]
struct DevicesPage {
    frame: Frame,
    devices: Vec<Device>,
}

/// The page.
#[get("/devices")]
pub async fn show(app: Data<App>, request: HttpRequest, Someone(signed): Someone) -> Answer {
    let token = who::token(&request).ok_or(Problem::SignInFirst)?;
    let found = accounts::devices(&app, &signed, token.hash()).await?;
    let frame = Frame::of(&request, Some(&signed), Tab::Elsewhere);
    let device = |session: &Mine| Device {
        id: session.id,
        name: name(&frame, session),
        since: frame.with(
            match (session.by_card, session.by_code) {
                (true, _) => "devices-since-by-card",
                (_, true) => "devices-since-by-code",
                _ => "devices-since",
            },
            "when",
            days::moment(session.opened, found.now, &frame.time_zone, frame.language),
        ),
        used: frame.with("devices-used", "day", days::written(&session.used_on, found.now, &frame)),
        is_this: found.this == Some(session.id),
    };
    let devices = found.sessions.iter().map(device).collect();
    html(&DevicesPage { devices, frame })
}

fn name(frame: &Frame, session: &Mine) -> String {
    if session.by_tokens {
        return match &session.system {
            Some(system) => frame.with2("device-named", "browser", frame.t("device-program"), "system", system),
            None => frame.t("device-program"),
        };
    }
    match (&session.browser, &session.system) {
        (Some(browser), Some(system)) => frame.with2("device-named", "browser", browser, "system", system),
        (Some(word), None) | (None, Some(word)) => word.clone(),
        (None, None) => frame.t("device-unknown"),
    }
}

/// Signs one of them out.
#[post("/devices/{session}/end")]
pub async fn end(app: Data<App>, Someone(signed): Someone, session: Path<SessionId>) -> Answer {
    if accounts::end_device(&app, &signed, *session).await? { Ok(on_to("/devices")) } else { Err(Problem::NotFound) }
}

/// Signs all the others out.
#[post("/devices/end-others")]
pub async fn end_others(app: Data<App>, request: HttpRequest, Someone(signed): Someone) -> Answer {
    let token = who::token(&request).ok_or(Problem::SignInFirst)?;
    accounts::end_other_devices(&app, &signed, token.hash()).await?;
    Ok(on_to("/devices"))
}
