//! How pages look and in which language, for this device.

use actix_web::{
    HttpRequest, get, post,
    web::{Data, Form},
};
use askama::Template;
use serde::Deserialize;

use crate::{
    app::App,
    web::{
        Language, device,
        display::{self, Display},
        frame::{Frame, LANGUAGE_COOKIE, Tab},
        page::{Answer, html, on_to},
        who::Anyone,
    },
};

/// One question with its choices.
struct Choices {
    name: &'static str,
    question: String,
    help: String,
    options: Vec<Choice>,
}

struct Choice {
    /// Empty follows the device.
    value: &'static str,
    word: String,
    is_chosen: bool,
}

#[derive(Template)]
#[template(path = "display.html")]
struct DisplayPage {
    frame: Frame,
    questions: Vec<Choices>,
}

/// The choices, with what holds now.
#[get("/display")]
pub async fn show(request: HttpRequest, Anyone(signed): Anyone) -> Answer {
    let frame = Frame::of(&request, signed.as_ref(), Tab::Display);
    let chosen = &frame.display;
    let questions = display::CHOICES
        .iter()
        .zip([chosen.theme, chosen.contrast, chosen.reading, chosen.motion])
        .map(|((name, values), chosen)| choices(&frame, name, values, chosen.unwrap_or_default()))
        .collect();
    html(&DisplayPage { questions, frame })
}

fn choices(frame: &Frame, name: &'static str, values: &[&'static str], chosen: &str) -> Choices {
    let option = |value: &'static str| Choice {
        value,
        word: frame.t(&if value.is_empty() {
            format!("display-{name}-device")
        } else {
            format!("display-{name}-{value}")
        }),
        is_chosen: value == chosen,
    };
    Choices {
        name,
        question: frame.t(&format!("display-{name}")),
        help: frame.t(&format!("display-{name}-help")),
        options: std::iter::once("").chain(values.iter().copied()).map(option).collect(),
    }
}

/// What the form sends; what is left out follows the device.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Chosen {
    theme: String,
    contrast: String,
    reading: String,
    motion: String,
    language: String,
}

/// Remembers the choices on the device.
#[post("/display")]
pub async fn choose(app: Data<App>, chosen: Form<Chosen>) -> Answer {
    let Chosen { theme, contrast, reading, motion, language } = &*chosen;
    let mut response = on_to("/display");
    let display = Display::from_text(&[theme.as_str(), contrast, reading, motion].join("."));
    device::remember(&app, &mut response, display::COOKIE, &display.to_text());
    if let Some(language) = Language::coded(language) {
        device::remember(&app, &mut response, LANGUAGE_COOKIE, language.code());
    }
    Ok(response)
}

/// What the form at the top of a page sends.
#[derive(Deserialize)]
pub struct ChosenLanguage {
    language: String,
    #[serde(default)]
    back: String,
}

/// Remembers the language on the device and goes back.
#[post("/language")]
pub async fn choose_language(app: Data<App>, chosen: Form<ChosenLanguage>) -> Answer {
    let mut response = on_to(device::way_back(&chosen.back));
    if let Some(language) = Language::coded(&chosen.language) {
        device::remember(&app, &mut response, LANGUAGE_COOKIE, language.code());
    }
    Ok(response)
}
