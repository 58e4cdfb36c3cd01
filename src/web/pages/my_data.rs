//! What is stored of somebody who is their own controller, what they consented to, a copy, and the end.

use actix_web::{
    HttpRequest, HttpResponse, get,
    http::{StatusCode, header},
    post,
    web::{Data, Form},
};
use askama::Template;
use serde::Deserialize;
use vault::{
    Role,
    rows::consents::{Consent, Purpose, Step, TEXT},
};

use crate::{
    accounts::Signed,
    app::App,
    calendar,
    individuals::{self, Standing},
    web::{
        cookies, days,
        frame::{Frame, LANGUAGE_COOKIE, Tab},
        page::{Answer, html, on_to},
        problem::Problem,
        visitor::visitor,
        who::{self, Someone},
    },
};

/// One thing that practice is used for.
struct PurposeShown {
    name: &'static str,
    title: String,
    says: String,
    is_given: bool,
    /// What was given and withdrawn, newest first.
    steps: Vec<String>,
}

#[derive(Template)]
#[template(path = "my_data.html")]
struct MyData {
    frame: Frame,
    user_name: String,
    year: String,
    purposes: Vec<PurposeShown>,
    /// Practice is not consented to now.
    is_paused: bool,
    deleted_on: Option<String>,
    text: i32,
}

/// The page.
#[get("/my-data")]
pub async fn show(app: Data<App>, request: HttpRequest, someone: Someone) -> Answer {
    let signed = someone.who_is(Role::Individual)?;
    let standing = individuals::standing(&app, &signed.me).await?;
    let frame = Frame::of(&request, Some(&signed), Tab::MyData);
    let purposes = Purpose::ALL.map(|purpose| purpose_shown(&frame, &standing, purpose));
    html(&MyData {
        user_name: standing.user_name.clone(),
        year: match signed.profile.school_year {
            Some(year) => frame.n("sign-up-year-n", year),
            None => frame.t("sign-up-year-none"),
        },
        is_paused: !standing.is_given(Purpose::Practice),
        deleted_on: standing.deleted_on.map(|on| {
            let day = |at| calendar::day(at, &frame.time_zone);
            days::long(day(on), day(standing.now), frame.language)
        }),
        purposes: purposes.into(),
        text: TEXT,
        frame,
    })
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

/// A file with everything.
#[get("/my-data/copy")]
pub async fn copy(app: Data<App>, request: HttpRequest, someone: Someone) -> Answer {
    let signed = someone.who_is(Role::Individual)?;
    let frame = Frame::of(&request, Some(&signed), Tab::MyData);
    let copy = individuals::copy(&app, &signed.me, frame.t("my-data-copy-about")).await?;
    Ok(HttpResponse::Ok()
        .content_type("application/json; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", copy.file_name)))
        .body(copy.text))
}

#[derive(Template)]
#[template(path = "my_data_delete.html")]
struct BeforeDeleting {
    frame: Frame,
    problem: Option<Problem>,
}

#[derive(Template)]
#[template(path = "my_data_gone.html")]
struct Gone {
    frame: Frame,
}

/// What goes, and the password once more.
#[get("/my-data/delete")]
pub async fn before_deleting(app: Data<App>, request: HttpRequest, someone: Someone) -> Answer {
    let signed = someone.who_is(Role::Individual)?;
    individuals::standing(&app, &signed.me).await?;
    html(&BeforeDeleting { frame: Frame::of(&request, Some(&signed), Tab::MyData), problem: None })
}

/// What the form sends.
#[derive(Deserialize)]
pub struct Typed {
    /// Nothing is a wrong password, whoever sends it.
    #[serde(default)]
    password: String,
}

/// Deletes everything. The answer is the page itself: nobody is left who could come to another.
#[post("/my-data/delete")]
pub async fn delete(app: Data<App>, request: HttpRequest, someone: Someone, typed: Form<Typed>) -> Answer {
    let signed = someone.who_is(Role::Individual)?;
    let left = individuals::leave(&app, &signed.me, typed.into_inner().password, visitor(&app, &request)).await;
    match left.map_err(Problem::from) {
        Ok(()) => {
            let mut response = html(&Gone { frame: farewell(&request, &signed) })?;
            cookies::add(&mut response, &who::no_cookie(&app));
            crate::web::device::forget(&app, &mut response, &[LANGUAGE_COOKIE]);
            Ok(response)
        }
        Err(problem @ (Problem::NoMatch | Problem::Busy | Problem::Wait(_))) => {
            let (status, wait) = (problem.status_and_code().0, problem.retry_after());
            let frame = Frame::of(&request, Some(&signed), Tab::MyData);
            let mut response = html(&BeforeDeleting { frame, problem: Some(problem) })?;
            *response.status_mut() = if status == StatusCode::UNAUTHORIZED { StatusCode::OK } else { status };
            if let Some(seconds) = wait {
                response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
            }
            Ok(response)
        }
        Err(problem) => Err(problem),
    }
}

/// The frame of somebody who is nobody here any more, in their language.
fn farewell(request: &HttpRequest, signed: &Signed) -> Frame {
    let language = Frame::of(request, Some(signed), Tab::Elsewhere).language;
    Frame { language, here: "/".to_owned(), ..Frame::of(request, None, Tab::Elsewhere) }
}
