//! What keeps a page of the preview from being shown, and what to do.

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::frame_of;
use crate::{
    exercises::FolderError,
    web::{frame::Frame, page::Answer},
};

/// Why there is no page.
#[derive(Debug)]
pub enum Trouble {
    /// The files cannot be read as a bank; what is to be mended, one thing a line.
    Files(Vec<String>),
    /// There is nothing of this name.
    NoSuch(String),
    NoPage,
}

impl From<FolderError> for Trouble {
    fn from(error: FolderError) -> Self {
        Self::Files(match error {
            FolderError::Bank(bank) => bank.faults.iter().map(ToString::to_string).collect(),
            other => vec![other.to_string()],
        })
    }
}

#[derive(Template)]
#[template(path = "author_trouble.html")]
struct TroublePage {
    frame: Frame,
    title: String,
    advice: String,
    lines: Vec<String>,
}

impl Trouble {
    /// The page about it.
    ///
    /// # Errors
    /// When the template fails.
    pub fn page(self, request: &HttpRequest) -> Answer {
        let frame = frame_of(request);
        let (mut response, title, advice, lines) = match self {
            Self::Files(lines) => {
                (HttpResponse::UnprocessableEntity(), frame.t("author-files"), frame.t("author-files-do"), lines)
            }
            Self::NoSuch(id) => (
                HttpResponse::NotFound(),
                frame.with("author-no-such", "id", id),
                frame.t("author-no-such-do"),
                Vec::new(),
            ),
            Self::NoPage => {
                (HttpResponse::NotFound(), frame.t("author-no-page"), frame.t("author-no-such-do"), Vec::new())
            }
        };
        let page = TroublePage { frame, title, advice, lines };
        Ok(response.content_type("text/html; charset=utf-8").body(page.render()?))
    }
}
