//! What was handed in for anything but a line of mathematics: the fields of a form as the text that is judged, and that text
//! as people read it.

use stepcheck::Verdict;

use super::{
    account,
    frame::Html,
    maths::{escaped, maths},
    speech::Language,
    tasks::{piece, with_gaps},
};
use crate::{
    exercises::{Answer, Piece, for_part, part_of},
    practice::Written,
};

/// The text that the fields of a form stand for.
#[must_use]
pub fn typed(answer: &Answer, fields: &[(String, String)]) -> String {
    let all = |name: &str| -> Vec<&str> {
        fields.iter().filter(|(field, _)| field == name).map(|(_, value)| value.trim()).collect()
    };
    let one = |name: &str| all(name).first().copied().unwrap_or_default();
    let numbered = |name: &str, count: usize| -> Vec<String> {
        (1..=count).map(|number| one(&format!("{name}-{number}")).to_owned()).collect()
    };
    match answer {
        Answer::Lines(_) | Answer::Value { .. } => one("value").to_owned(),
        Answer::Choice(_) => all("choice").join(", "),
        Answer::Order(order) => numbered("place", order.pieces.len()).join(", "),
        Answer::Match(pairs) => {
            let partners = (1..).zip(numbered("pair", pairs.left.len()));
            partners.map(|(number, letter)| format!("{number}{letter}")).collect::<Vec<_>>().join(", ")
        }
        Answer::Gaps(gaps) => numbered("gap", gaps.count()).join("; "),
        Answer::Point(point) if point.coordinates.len() == 2 => format!("({}; {})", one("x"), one("y")),
        Answer::Point(_) => one("x").to_owned(),
        Answer::Explain(_) => one("words").to_owned(),
        Answer::Parts(parts) => {
            let letter = one("part");
            match part_of(&format!("{letter})"), parts.len()).and_then(|(at, _)| Some((at, parts.get(at)?))) {
                Some((at, part)) => for_part(at, &typed(&part.answer, fields)),
                None => letter.to_owned(),
            }
        }
    }
}

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
        pieces.iter().map(|piece| piece.text(language.code())).collect::<Vec<_>>().join(between)
    };
    let html = |pieces: &[&Piece], between: &str| -> Html {
        let html = pieces.iter().map(|one| piece(one, language).0).collect::<Vec<_>>().join(between);
        let are_words = pieces.iter().any(|piece| matches!(piece, Piece::Words(_)));
        // In one piece, so that what stands between them stays on their line.
        if are_words { words(&html) } else { Html(format!("<span>{html}</span>")) }
    };
    match answer {
        Answer::Choice(choice) => {
            let chosen: Vec<&Piece> = choice.chosen(entered).into_iter().map(|option| &option.text).collect();
            (html(&chosen, ", "), plain(&chosen, ", "))
        }
        Answer::Order(order) => (html(&order.put(entered), ", "), plain(&order.put(entered), ", ")),
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
    let (answer, entered) = match answer {
        Answer::Parts(parts) => match part_of(&line.entered, parts.len()) {
            Some((at, inside)) => (&parts.get(at)?.answer, inside),
            None => return Some(language.t("answer-lacks")),
        },
        answer => (answer, line.entered.as_str()),
    };
    let counted = |right: usize, all: usize| {
        language.with("answer-some", [("right", right.to_string()), ("all", all.to_string())])
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
            (None, Answer::Value { .. }) => language.t("answer-other-number"),
            (None, _) => language.t("answer-not-yet"),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exercises::{Bank, draw};

    /// What a form sends for what whoever has it right hands in, as the page's fields are called.
    fn fields(answer: &Answer, typed: &str) -> Vec<(String, String)> {
        let numbered = |name: &str, parts: Vec<String>| {
            (1..).zip(parts).map(|(n, part): (usize, String)| (format!("{name}-{n}"), part)).collect::<Vec<_>>()
        };
        let split = |at: &str| typed.split(at).map(|part| part.trim().to_owned()).collect::<Vec<_>>();
        match answer {
            Answer::Choice(_) => split(",").into_iter().map(|letter| ("choice".to_owned(), letter)).collect(),
            Answer::Order(_) => numbered("place", split(",")),
            Answer::Match(_) => numbered(
                "pair",
                split(",").iter().map(|pair| pair.trim_start_matches(char::is_numeric).to_owned()).collect(),
            ),
            Answer::Gaps(_) => numbered("gap", split(";")),
            Answer::Point(point) if point.coordinates.len() == 2 => {
                let inside = typed.trim_matches(['(', ')']);
                ["x", "y"]
                    .into_iter()
                    .map(str::to_owned)
                    .zip(inside.split(';').map(|part| part.trim().to_owned()))
                    .collect()
            }
            Answer::Point(_) => vec![("x".to_owned(), typed.to_owned())],
            Answer::Explain(_) => vec![("words".to_owned(), typed.to_owned())],
            Answer::Parts(parts) => {
                let (at, inside) = part_of(typed, parts.len()).expect("a part");
                let letter = typed.chars().next().expect("a letter").to_string();
                let mut of_part = fields(&parts[at].answer, inside);
                of_part.push(("part".to_owned(), letter));
                of_part
            }
            Answer::Lines(_) | Answer::Value { .. } => vec![("value".to_owned(), typed.to_owned())],
        }
    }

    #[test]
    fn the_forms_of_every_exercise_send_what_is_right() {
        for exercise in Bank::shipped().expect("a bank").exercises() {
            for seed in 0..5 {
                let item = draw(exercise, seed).expect("an item");
                if item.task().is_some() {
                    continue;
                }
                for line in &item.worked {
                    assert_eq!(&typed(&item.answer, &fields(&item.answer, line)), line, "{} {seed}", exercise.id);
                }
            }
        }
    }
}
