//! What support sees: error reports that are open, each with what was sent along, until it is closed.

use actix_web::{
    HttpRequest, get, post,
    web::{Data, Path},
};
use askama::Template;
use vault::{ReportId, Role};

use super::report::TaskShown;
use crate::{
    app::App,
    support,
    web::{
        days,
        frame::{Frame, Tab},
        page::{Answer, html, on_to},
        who::Someone,
    },
};

#[derive(Template)]
#[template(path = "support.html")]
struct SupportPage {
    frame: Frame,
    reports: Vec<WaitingShown>,
}

/// A report in the list.
struct WaitingShown {
    id: ReportId,
    when: String,
    sender: String,
    about: bool,
}

/// The reports that are open.
#[get("/support")]
pub async fn list(app: Data<App>, request: HttpRequest, someone: Someone) -> Answer {
    let signed = someone.who_is(Role::Support)?;
    let reports = support::reports(&app, &signed.me).await?;
    let frame = Frame::of(&request, Some(&signed), Tab::Support);
    let now = app.clock.now();
    let shown = reports.into_iter().map(|report| WaitingShown {
        id: report.id,
        when: days::moment(report.sent_at, now, &frame.time_zone, frame.language),
        sender: report.sender.unwrap_or_else(|| frame.t("support-nameless")),
        about: report.about,
    });
    html(&SupportPage { reports: shown.collect(), frame })
}

#[derive(Template)]
#[template(path = "support_report.html")]
struct ReportPage {
    frame: Frame,
    id: ReportId,
    when: String,
    sender: String,
    system: String,
    browser: String,
    about: Option<TaskShown>,
}

/// One report that is open.
#[get("/support/reports/{report}")]
pub async fn show(app: Data<App>, request: HttpRequest, someone: Someone, id: Path<ReportId>) -> Answer {
    let signed = someone.who_is(Role::Support)?;
    let report = support::report(&app, &signed.me, *id).await?;
    let frame = Frame::of(&request, Some(&signed), Tab::Support);
    html(&ReportPage {
        id: report.id,
        when: days::moment(report.sent_at, app.clock.now(), &frame.time_zone, frame.language),
        sender: report.sender.unwrap_or_else(|| frame.t("support-nameless")),
        system: report.system.unwrap_or_default(),
        browser: report.browser.unwrap_or_default(),
        about: report.about.as_ref().map(|about| TaskShown::of(&frame, about)),
        frame,
    })
}

/// Closes a report.
#[post("/support/reports/{report}/close")]
pub async fn close(app: Data<App>, someone: Someone, id: Path<ReportId>) -> Answer {
    let signed = someone.who_is(Role::Support)?;
    support::close(&app, &signed.me, *id).await?;
    Ok(on_to("/support"))
}
