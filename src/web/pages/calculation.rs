//! The line page: the task, the lines, the line being written, hints and why this task.

use actix_web::{
    HttpRequest, HttpResponse, get, post,
    web::{Data, Form, Path},
};
use askama::Template;
use serde::Deserialize;
use vault::{AssignmentId, CalculationId, IdempotencyKey};

use super::keys::{Key, keys_for};
use crate::{
    app::App,
    practice::{self, PracticeError, Shown, Submitted},
    web::{
        appeals::AppealShown,
        fields,
        frame::{Frame, Tab, language},
        hints::StairShown,
        lines::LineShown,
        maths::maths,
        page::{Answer as Answered, html, on_to},
        problem::Problem,
        reasons,
        tasks::TaskShown,
        who::Someone,
    },
};

/// Where in an assignment the task stands, as dots.
pub struct PaceShown {
    pub address: String,
    pub title: String,
    pub dots: Vec<&'static str>,
    pub number: i16,
    pub count: usize,
}

#[derive(Template)]
#[template(path = "calculation.html", blocks = ["desk"])]
struct CalculationPage {
    frame: Frame,
    id: CalculationId,
    task: TaskShown,
    /// The letter of the first part that is open.
    first_open: char,
    lines: Vec<LineShown>,
    next_number: usize,
    /// Made here for browsers without script; the script makes its own.
    key: IdempotencyKey,
    finished: bool,
    /// Left for another task: to be read, not written in.
    left: bool,
    hints: Option<StairShown>,
    why: Vec<String>,
    pace: Option<PaceShown>,
    keys: Vec<Key>,
}

impl CalculationPage {
    fn of(app: &App, frame: Frame, shown: Shown) -> Self {
        let language = frame.language;
        let Shown { desk, why, assignment, appeals, .. } = shown;
        let appeal = |number: i16| {
            let made = appeals.iter().find(|appeal| appeal.number == number);
            AppealShown::own(desk.calculation.id, number, made, frame.is_student, language)
        };
        let hints = desk.is_open().then(|| StairShown::of(&desk, language));
        let task = TaskShown::of(&desk.item, &desk.lines, language);
        Self {
            id: desk.calculation.id,
            first_open: task.first_open(),
            task,
            next_number: desk.lines.len() + 1,
            key: app.chance.draw(IdempotencyKey::random),
            finished: desk.calculation.finished_at.is_some(),
            left: desk.calculation.left_at.is_some(),
            lines: desk
                .lines
                .iter()
                .map(|line| {
                    LineShown::of(line, Some(&desk.item.answer), language).appealed(|| Some(appeal(line.number)))
                })
                .collect(),
            hints,
            why: why.map(|(why, probability)| reasons::sentences(app, language, &why, probability)).unwrap_or_default(),
            pace: assignment.map(|pace| pace_shown(&pace)),
            keys: keys_for(&desk.item),
            frame,
        }
    }

    /// Whether a line is the newest of several, beside which «Sparad» stands.
    fn is_newest(&self, index: &usize) -> bool {
        index + 1 == self.lines.len()
    }

    fn is_closed(&self) -> bool {
        self.finished || self.left
    }
}

fn pace_shown(pace: &practice::Pace) -> PaceShown {
    let dots = (1_i16..)
        .zip(&pace.done)
        .map(|(number, done)| {
            if number == pace.number {
                "now"
            } else if *done {
                "done"
            } else {
                ""
            }
        })
        .collect();
    PaceShown {
        address: format!("/assigned/{}", pace.assignment),
        title: pace.title.clone(),
        dots,
        number: pace.number,
        count: pace.done.len(),
    }
}

/// One's own calculation; as a fragment for the script after the last line.
#[get("/calculations/{id}")]
pub async fn show(app: Data<App>, request: HttpRequest, Someone(signed): Someone, id: Path<CalculationId>) -> Answered {
    let shown = practice::show(&app, &signed.me, *id).await?;
    let page = CalculationPage::of(&app, Frame::of(&request, Some(&signed), Tab::Today), shown);
    if request.headers().get("x-fragment").is_some_and(|fragment| fragment == "desk") {
        return html(&page.as_desk());
    }
    html(&page)
}

/// Opens the recommended item, or goes on with the half-finished one.
#[post("/calculations")]
pub async fn open_recommended(app: Data<App>, Someone(signed): Someone) -> Answered {
    let id = practice::open_next(&app, &signed.me).await?;
    Ok(on_to(&format!("/calculations/{id}")))
}

/// Leaves this task and opens another.
#[post("/calculations/{id}/another")]
pub async fn open_another(app: Data<App>, Someone(signed): Someone, id: Path<CalculationId>) -> Answered {
    let id = practice::another(&app, &signed.me, *id).await?;
    Ok(on_to(&format!("/calculations/{id}")))
}

/// What the button of a hint sends.
#[derive(Deserialize)]
pub struct WantedHint {
    /// 1 and up
    strength: i16,
}

/// Opens the hints up to a strength: as a fragment for the script, or on to the page for a plain form.
#[post("/calculations/{id}/hints")]
pub async fn open_hint(
    app: Data<App>,
    request: HttpRequest,
    Someone(signed): Someone,
    id: Path<CalculationId>,
    wanted: Form<WantedHint>,
) -> Answered {
    let desk = practice::open_hint(&app, &signed.me, *id, wanted.strength).await?;
    let shown = StairShown::of(&desk, language(&request, Some(&signed.profile))).pressed(wanted.strength);
    if request.headers().contains_key("x-fragment") {
        return html(&shown);
    }
    Ok(on_to(&format!("/calculations/{id}#hint-{}", shown.open())))
}

/// What the writing form sends.
#[derive(Deserialize)]
pub struct TypedLine {
    line: String,
    key: String,
}

#[derive(Template)]
#[template(path = "line.html")]
struct LineFragment {
    frame: Frame,
    line: LineShown,
    /// The hints that there are now, if the line changed them.
    hints: Option<StairShown>,
}

/// Judges a line: as a fragment for the script, or on to the page for a plain form.
#[post("/calculations/{id}/lines")]
pub async fn submit(
    app: Data<App>,
    request: HttpRequest,
    Someone(signed): Someone,
    id: Path<CalculationId>,
    typed: Form<TypedLine>,
) -> Answered {
    let key = typed.key.parse().map_err(|_| Problem::FormUnreadable)?;
    let submitted = practice::submit_line(&app, &signed.me, *id, key, &typed.line).await;
    if !request.headers().contains_key("x-fragment") {
        return match submitted {
            Ok(_) => Ok(on_to(&format!("/calculations/{id}#next"))),
            Err(PracticeError::Closed) => Ok(on_to(&format!("/calculations/{id}"))),
            Err(error) => Err(error.into()),
        };
    }
    let Submitted { desk, line, .. } = submitted?;
    let frame = Frame::of(&request, Some(&signed), Tab::Today);
    let is_newest = desk.is_open() && desk.newest_standing() == line.number;
    let hints = is_newest.then(|| StairShown::of(&desk, frame.language));
    let number = line.number;
    let appeal = || Some(AppealShown::own(*id, number, None, frame.is_student, frame.language));
    let line = LineShown::of(&line, Some(&desk.item.answer), frame.language).appealed(appeal).saved(frame.language);
    let mut response: HttpResponse = html(&LineFragment { frame, line, hints })?;
    if desk.calculation.finished_at.is_some() {
        let name = actix_web::http::header::HeaderName::from_static("x-finished");
        response.headers_mut().insert(name, actix_web::http::header::HeaderValue::from_static("true"));
    }
    Ok(response)
}

/// What the form of an answer sends beside its own fields.
const KEY: &str = "key";

/// Judges what was handed in by letters, numbers or words, and goes on to the page.
#[post("/calculations/{id}/answer")]
pub async fn answer(
    app: Data<App>,
    Someone(signed): Someone,
    id: Path<CalculationId>,
    fields: Form<Vec<(String, String)>>,
) -> Answered {
    let key = fields.iter().find(|(name, _)| name == KEY).map(|(_, key)| key.as_str()).unwrap_or_default();
    let key = key.parse().map_err(|_| Problem::FormUnreadable)?;
    let item = practice::show(&app, &signed.me, *id).await?.desk.item;
    let typed = fields::typed(&item.answer, &fields);
    match practice::submit_line(&app, &signed.me, *id, key, &typed).await {
        Ok(_) => Ok(on_to(&format!("/calculations/{id}#next"))),
        Err(PracticeError::Closed) => Ok(on_to(&format!("/calculations/{id}"))),
        Err(error) => Err(error.into()),
    }
}

/// Says that a wrong line is right: as a fragment for the script, or on to the page for a plain form.
#[post("/calculations/{id}/lines/{line}/appeal")]
pub async fn send_appeal(
    app: Data<App>,
    request: HttpRequest,
    Someone(signed): Someone,
    path: Path<(CalculationId, i16)>,
) -> Answered {
    let (id, number) = path.into_inner();
    let made = practice::appeal(&app, &signed.me, id, number).await?;
    if request.headers().contains_key("x-fragment") {
        return html(&AppealShown::sent(&made, language(&request, Some(&signed.profile))));
    }
    Ok(on_to(&format!("/calculations/{id}#next")))
}

/// What is to be read while it is typed.
#[derive(Deserialize)]
pub struct TypedText {
    text: String,
}

/// How a line would be read: MathML, or nothing while it cannot be read.
#[post("/read")]
pub async fn preview(request: HttpRequest, Someone(signed): Someone, typed: Form<TypedText>) -> HttpResponse {
    let fragment = match stepcheck::read(&typed.text) {
        Ok(_) => maths(&typed.text, Frame::of(&request, Some(&signed), Tab::Today).language).0,
        Err(_) => String::new(),
    };
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(fragment)
}

/// Opens the next unfinished item of an assignment, or leads to today's page when all are finished.
#[post("/assigned/{id}")]
pub async fn open_assigned(app: Data<App>, Someone(signed): Someone, id: Path<AssignmentId>) -> Answered {
    match practice::next_of(&app, &signed.me, *id).await? {
        Some(number) => {
            let calculation = practice::open_assigned(&app, &signed.me, *id, number).await?;
            Ok(on_to(&format!("/calculations/{calculation}")))
        }
        None => Ok(on_to("/today")),
    }
}
