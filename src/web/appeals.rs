//! «Min rad är rätt»: what stands under a wrong line, for its student and for the teacher.

use askama::Template;
use vault::{CalculationId, rows::appeals::Appeal};

use super::speech::Language;

/// What can be said against the verdict on a line, or was.
#[derive(Template)]
#[template(path = "appeal.html")]
pub struct AppealShown {
    language: Language,
    state: State,
}

enum State {
    /// The button that sends the line to the teacher, with the address that it goes to.
    Offered(String),
    /// Who has no teacher can tell of it in an error report.
    Reported,
    /// What became of it; the focus goes there if it was sent just now.
    Told { says: String, new: bool },
    /// For the teacher: who holds it to be right, by which checker it was judged, and the address of an answer.
    Asked { number: i16, says: String, judged: String, action: String, holds: Option<bool> },
}

impl AppealShown {
    /// As its own student sees it; `is_taught` is who may have a teacher.
    #[must_use]
    pub fn own(of: CalculationId, number: i16, appeal: Option<&Appeal>, is_taught: bool, language: Language) -> Self {
        let state = match appeal {
            Some(appeal) => State::Told { says: language.t(told(appeal.holds)), new: false },
            None if is_taught => State::Offered(format!("/calculations/{of}/lines/{number}/appeal")),
            None => State::Reported,
        };
        Self { language, state }
    }

    /// The same just after it was sent.
    #[must_use]
    pub fn sent(appeal: &Appeal, language: Language) -> Self {
        Self { language, state: State::Told { says: language.t(told(appeal.holds)), new: true } }
    }

    /// As a teacher sees it, who answers at `action`; `name` is how the student is called.
    #[must_use]
    pub fn asked(appeal: &Appeal, name: &str, action: String, language: Language) -> Self {
        let state = State::Asked {
            number: appeal.number,
            says: language.with("appeal-asks", [("name", name)]),
            judged: language.with("appeal-judged", [("version", &appeal.checker)]),
            action,
            holds: appeal.holds,
        };
        Self { language, state }
    }
}

const fn told(holds: Option<bool>) -> &'static str {
    match holds {
        None => "appeal-sent",
        Some(true) => "appeal-holds",
        Some(false) => "appeal-holds-not",
    }
}
