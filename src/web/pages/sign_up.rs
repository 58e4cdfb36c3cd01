//! Signing up as somebody who practises on their own.

use actix_web::{
    HttpRequest, get,
    http::header,
    post,
    web::{Data, Form},
};
use askama::Template;
use serde::Deserialize;
use vault::rows::consents::{self, Purpose};

use crate::{
    app::App,
    individuals::{self, IndividualError, SHORTEST_PASSWORD, USER_NAME, YEARS},
    web::{
        cookies,
        frame::{Frame, Tab},
        page::{Answer, html, on_to},
        problem::Problem,
        speech::Language,
        visitor::visitor,
        who::{self, Anyone},
    },
};

/// What the form sends, and shows again when something in it is to be mended.
#[derive(Deserialize)]
pub struct Typed {
    user_name: String,
    password: String,
    /// 1-12, or nothing.
    school_year: String,
    language: String,
    /// Whether one is old enough: `enough` or `younger`.
    age: Option<String>,
    practice: Option<String>,
    difficulty: Option<String>,
    text: i32,
}

#[derive(Template)]
#[template(path = "sign_up.html")]
struct SignUp {
    frame: Frame,
    typed: Typed,
    problem: Option<Problem>,
    age: u8,
    suggestion: String,
}

impl SignUp {
    fn is(&self, code: &str) -> bool {
        self.problem.as_ref().is_some_and(|problem| problem.code() == code)
    }

    fn is_of_year(&self, year: &u8) -> bool {
        self.typed.school_year.parse() == Ok(*year)
    }

    fn is_in(&self, language: &Language) -> bool {
        self.typed.language == language.code()
    }

    fn is_aged(&self, age: &str) -> bool {
        self.typed.age.as_deref() == Some(age)
    }

    fn years(&self) -> std::ops::RangeInclusive<u8> {
        YEARS
    }

    fn name_help(&self) -> String {
        self.frame.with2("sign-up-name-help", "least", USER_NAME.start(), "most", USER_NAME.end())
    }

    fn password_help(&self) -> String {
        self.frame.with2("sign-up-password-help", "least", SHORTEST_PASSWORD, "example", &self.suggestion)
    }
}

#[derive(Template)]
#[template(path = "sign_up_young.html")]
struct TooYoung {
    frame: Frame,
    age: u8,
}

fn page(app: &App, frame: Frame, typed: Typed, problem: Option<Problem>) -> SignUp {
    let (age, suggestion) = (app.config.accounts.consent_age, individuals::suggested_password(app));
    SignUp { frame, typed, problem, age, suggestion }
}

/// The form. Nothing is ticked in it beforehand.
#[get("/sign-up")]
pub async fn show(app: Data<App>, request: HttpRequest, Anyone(signed): Anyone) -> Answer {
    if !individuals::is_open(&app) {
        return Err(Problem::NotFound);
    }
    if signed.is_some() {
        return Ok(on_to("/"));
    }
    let frame = Frame::of(&request, None, Tab::Elsewhere);
    let typed = Typed {
        user_name: String::new(),
        password: String::new(),
        school_year: String::new(),
        language: frame.language.code().to_owned(),
        age: None,
        practice: None,
        difficulty: None,
        text: consents::TEXT,
    };
    html(&page(&app, frame, typed, None))
}

impl Typed {
    fn read(&self) -> Result<individuals::Form, Problem> {
        let school_year = match self.school_year.trim() {
            "" => None,
            year => Some(year.parse().map_err(|_| Problem::ChoiceUnusable)?),
        };
        let is_old_enough = match self.age.as_deref() {
            Some("enough") => true,
            Some("younger") => false,
            _ => return Err(Problem::ChoiceUnusable),
        };
        let language = Language::coded(&self.language).ok_or(Problem::ChoiceUnusable)?;
        let ticked = [(Purpose::Practice, &self.practice), (Purpose::Difficulty, &self.difficulty)];
        Ok(individuals::Form {
            user_name: self.user_name.clone(),
            password: self.password.clone(),
            school_year,
            language: language.code().to_owned(),
            is_old_enough,
            consents: ticked.into_iter().filter(|(_, tick)| tick.is_some()).map(|(purpose, _)| purpose).collect(),
            text_version: self.text,
        })
    }
}

/// Signs up and in, or shows the form again with what to mend.
#[post("/sign-up")]
pub async fn sign_up(app: Data<App>, request: HttpRequest, typed: Form<Typed>) -> Answer {
    if !individuals::is_open(&app) {
        return Err(Problem::NotFound);
    }
    let typed = typed.into_inner();
    let made = match typed.read() {
        Ok(form) => individuals::sign_up(&app, form, visitor(&app, &request)).await,
        Err(problem) => return again(&app, &request, typed, problem),
    };
    match made {
        Ok(token) => {
            let mut response = on_to("/");
            cookies::add(&mut response, &who::cookie(&app, &token));
            Ok(response)
        }
        Err(IndividualError::TooYoung) => {
            let frame = Frame::of(&request, None, Tab::Elsewhere);
            html(&TooYoung { frame, age: app.config.accounts.consent_age })
        }
        Err(error) => again(&app, &request, typed, error.into()),
    }
}

/// The form with all that was typed but the password.
fn again(app: &App, request: &HttpRequest, typed: Typed, problem: Problem) -> Answer {
    let (status, wait) = (problem.status_and_code().0, problem.retry_after());
    if status.is_server_error() && wait.is_none() {
        return Err(problem);
    }
    let typed = Typed { password: String::new(), text: consents::TEXT, ..typed };
    let mut response = html(&page(app, Frame::of(request, None, Tab::Elsewhere), typed, Some(problem)))?;
    *response.status_mut() = status;
    if let Some(seconds) = wait {
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    Ok(response)
}
