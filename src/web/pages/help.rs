//! How to write maths, how lines are judged, whom to ask; and what holds of accessibility.

use actix_web::{HttpRequest, get};
use askama::Template;

use crate::web::{
    frame::{Frame, Html, Tab},
    maths::maths,
    page::{Answer, html},
    who::Anyone,
};

/// What one wants to write (the end of a key), as it is typed.
const WRITING: [(&str, &str); 9] = [
    ("times", "3*4"),
    ("fraction", "3/4"),
    ("mixed", "1 3/4"),
    ("bracket", "2(x + 3)"),
    ("power", "x^2"),
    ("decimal", "3,5"),
    ("negative", "-7"),
    ("percent", "25 %"),
    ("equation", "2x + 6 = 20"),
];

/// What a line can get as an answer: the verdict, the icon in its mark.
const MARKS: [(&str, &str); 5] = [
    ("right", "check"),
    ("unfinished", "check"),
    ("goal", "flag"),
    ("wrong", "undo-2"),
    ("unreadable", "text-cursor-input"),
];

struct Example {
    about: String,
    typed: &'static str,
    read: Html,
}

struct Mark {
    verdict: &'static str,
    icon: &'static str,
    word: String,
    says: String,
}

#[derive(Template)]
#[template(path = "help.html")]
struct HelpPage {
    frame: Frame,
    examples: Vec<Example>,
    marks: Vec<Mark>,
}

/// Help for everybody.
#[get("/help")]
pub async fn help(request: HttpRequest, Anyone(signed): Anyone) -> Answer {
    let frame = Frame::of(&request, signed.as_ref(), Tab::Elsewhere);
    let example = |(key, typed)| Example {
        about: frame.t(&format!("help-write-{key}")),
        typed,
        read: maths(typed, frame.language),
    };
    let mark = |(verdict, icon)| Mark {
        verdict,
        icon,
        word: frame.t(&format!("line-{verdict}")),
        says: frame.t(&format!("help-mark-{verdict}")),
    };
    html(&HelpPage { examples: WRITING.map(example).into(), marks: MARKS.map(mark).into(), frame })
}

#[derive(Template)]
#[template(path = "accessibility.html")]
struct AccessibilityPage {
    frame: Frame,
}

/// What holds, what nobody has tried yet, whom to tell.
#[get("/accessibility")]
pub async fn accessibility(request: HttpRequest, Anyone(signed): Anyone) -> Answer {
    html(&AccessibilityPage { frame: Frame::of(&request, signed.as_ref(), Tab::Elsewhere) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::Language;

    #[test]
    fn every_example_can_be_read_and_is_said_in_both_languages() {
        for (key, typed) in WRITING {
            assert!(stepcheck::read(typed).is_ok(), "{typed}");
            let key = format!("help-write-{key}");
            assert!(Language::ALL.iter().all(|language| language.t(&key) != key), "{key}");
        }
    }

    #[test]
    fn every_mark_is_said_in_both_languages() {
        for (verdict, _) in MARKS {
            let key = format!("help-mark-{verdict}");
            assert!(Language::ALL.iter().all(|language| language.t(&key) != key), "{key}");
        }
    }
}
