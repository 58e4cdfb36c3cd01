//! What was handed in for anything but a line of mathematics, as people read it.

use stepcheck::Verdict;

use super::{
    account,
    frame::Html,
    maths::{escaped, maths},
    speech::Language,
    tasks::{piece, with_gaps},
};
use crate::{
    exercises::{Answer, Kind, Piece, for_part, part_of},
    practice::Written,
};

/// What was handed in, and what there is to say of it.
pub struct HandedIn {
    pub written: Html,
    /// For a screen reader.
    pub plain: String,
    pub sentence: String,
}

/// `None` for lines of a solution, which have their own words.
#[must_use]
pub fn shown(answer: &Answer, line: &Written, language: Language) -> Option<HandedIn> {
    let is_value = matches!(answer, Answer::Value { .. });
    if matches!(answer, Answer::Lines(_)) || is_value && matches!(line.verdict, Verdict::Unreadable(_)) {
        return None;
    }
    let (written, plain) = match &line.verdict {
        // What is not whole is shown as it was sent.
        Verdict::Unreadable(_) => (words(&escaped(&line.entered)), line.entered.clone()),
        _ => written(answer, &line.entered, language),
    };
    Some(HandedIn { written, plain, sentence: sentence(answer, line, language)? })
}

/// Words are set as text and not as large as mathematics.
fn words(html: &str) -> Html {
    Html(format!("<span class=\"words\">{html}</span>"))
}

fn written(answer: &Answer, entered: &str, language: Language) -> (Html, String) {
    let plain = |pieces: &[&Piece], between: &str| -> String {
        pieces.iter().map(|piece| plainly(piece, language)).collect::<Vec<_>>().join(between)
    };
    let html = |pieces: &[&Piece], between: &str| -> Html {
        let html = pieces.iter().map(|one| piece(one, language).0).collect::<Vec<_>>().join(between);
        let are_words = pieces.iter().any(|piece| matches!(piece, Piece::Words(_)));
        // In one piece, so that what stands between them stays on their line.
        if are_words { words(&html) } else { Html(format!("<span>{html}</span>")) }
    };
    // A comma would be taken for one of theirs.
    let listed = |pieces: &[&Piece]| {
        let have_commas = pieces.iter().any(|piece| plainly(piece, language).contains(','));
        let between = if have_commas { "; " } else { ", " };
        (html(pieces, between), plain(pieces, between))
    };
    match answer {
        Answer::Choice(choice) => {
            listed(&choice.chosen(entered).into_iter().map(|option| &option.text).collect::<Vec<_>>())
        }
        Answer::Order(order) => listed(&order.put(entered)),
        Answer::Match(pairs) => {
            let matched: Vec<[&Piece; 2]> = pairs
                .matched(entered)
                .into_iter()
                .filter_map(|(of, at)| Some([pairs.left.get(of)?, pairs.right.get(at)?]))
                .collect();
            let each: String = matched.iter().map(|two| format!("<span>{}</span>", html(two, " – ").0)).collect();
            (
                Html(format!("<span class=\"pairs\">{each}</span>")),
                matched.iter().map(|two| plain(two, " – ")).collect::<Vec<_>>().join("; "),
            )
        }
        Answer::Gaps(gaps) => {
            let filled: Vec<&str> = entered.split(';').map(str::trim).collect();
            (with_gaps(&gaps.text, Some(&filled), language), entered.to_owned())
        }
        Answer::Parts(parts) => {
            match part_of(entered, parts.len()).and_then(|(at, inside)| Some((at, inside, parts.get(at)?))) {
                Some((at, inside, part)) => {
                    let (html, plain) = written(&part.answer, inside, language);
                    (Html(format!("{}\u{a0}{}", for_part(at, "").trim_end(), html.0)), for_part(at, &plain))
                }
                None => (Html(escaped(entered)), entered.to_owned()),
            }
        }
        Answer::Point(_) => point(entered, language),
        Answer::Lines(_) | Answer::Value { .. } => (maths(entered, language), entered.to_owned()),
        Answer::Explain(_) => (words(&escaped(entered)), entered.to_owned()),
    }
}

/// A piece for a screen reader.
fn plainly(piece: &Piece, language: Language) -> String {
    let statement = if let Piece::Maths(text) = piece { stepcheck::read(text).ok() } else { None };
    let in_language = |statement| stepcheck::text(&language.notation().with_signs(&statement), language.notation());
    statement.map_or_else(|| piece.text(language.code()).to_owned(), in_language)
}

/// A point as the tasks write it, `(3, 5)`; with a semicolon where a decimal comma would stand beside it.
fn point(entered: &str, language: Language) -> (Html, String) {
    let inside = entered.trim().strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let Some((x, y)) = inside.and_then(|inside| inside.split_once(';')) else {
        return (maths(entered, language), entered.to_owned());
    };
    let has_comma = language == Language::Swedish && [x, y].iter().any(|part| part.contains([',', '.']));
    let between = if has_comma { "; " } else { ", " };
    let (x, y) = (x.trim(), y.trim());
    let html = format!("<span>({}{between}{})</span>", maths(x, language).0, maths(y, language).0);
    (Html(html), format!("({x}{between}{y})"))
}

/// `None` where a line's own words fit.
fn sentence(answer: &Answer, line: &Written, language: Language) -> Option<String> {
    let (answer, entered, is_part) = match answer {
        Answer::Parts(parts) => match part_of(&line.entered, parts.len()) {
            Some((at, inside)) => (&parts.get(at)?.answer, inside, true),
            None => return Some(language.t("answer-lacks")),
        },
        answer => (answer, line.entered.as_str(), false),
    };
    let counted = |right: usize, all: usize| match right {
        0 => language.t("answer-not-yet"),
        _ => language.with("answer-some", [("right", right.to_string()), ("all", all.to_string())]),
    };
    Some(match &line.verdict {
        Verdict::Right { .. } if matches!(answer, Answer::Explain(_)) => language.t("answer-kept"),
        Verdict::Right { .. } => String::new(),
        Verdict::Unfinished { .. } => return None,
        Verdict::Unreadable(_) if matches!(answer, Answer::Value { .. }) => return None,
        Verdict::Unreadable(_) => language.t("answer-lacks"),
        Verdict::Wrong { .. } => match (account::mistake(line.account.as_ref(), language), answer) {
            (Some(told), _) => told,
            (None, Answer::Order(order)) => counted(order.in_place(entered), order.pieces.len()),
            (None, Answer::Match(pairs)) => counted(pairs.in_place(entered), pairs.left.len()),
            (None, Answer::Gaps(gaps)) if gaps.count() > 1 => {
                let filled = gaps.filled(entered).unwrap_or_default();
                counted(filled.iter().filter(|right| **right).count(), gaps.count())
            }
            (None, Answer::Value { kind, .. }) => language.t(match (kind, is_part) {
                (Kind::Expression, _) => "answer-other-expression",
                // A part has room for its answer only.
                (_, true) => "answer-other-number-part",
                _ => "answer-other-number",
            }),
            (None, _) => language.t("answer-not-yet"),
        },
    })
}
