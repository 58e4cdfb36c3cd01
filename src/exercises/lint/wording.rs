//! How an item reads: signs as in a book, the tone of the house, hints that do not tell.

use super::super::answer::Answer;
use super::super::english::as_written;
use super::super::item::Item;
use super::super::piece::Piece;
use super::super::units::asked_for;
use super::super::words::Words;
use super::{Notes, Rule};
use stepcheck::Demand;

/// Words that are never said about a task or a line, by language.
const UNWANTED: [(&str, &[&str]); 2] = [
    ("sv", &["fel", "felaktig", "felaktigt", "misslyckades", "tyvärr", "enkel", "enkelt", "enkla", "bara"]),
    ("en", &["wrong", "incorrect", "failed", "unfortunately", "easy", "easily", "just", "simply"]),
];

/// Looks at all texts of an item.
pub(super) fn check(item: &Item, notes: &mut Notes<'_>) {
    check_unit("answer", &item.ask, &item.answer, notes);
    if let Answer::Parts(parts) = &item.answer {
        for (number, part) in (1_usize..).zip(parts) {
            check_unit(&format!("part[{number}].answer"), &part.ask, &part.answer, notes);
        }
    }
    for (key, line) in lines(item) {
        if let Some(slip) = notation_slip(line) {
            notes.add(Rule::Notation, key, format!("«{line}» {slip}"));
        }
    }
    for (key, language, text) in texts(item) {
        if let Some(slip) = voice_slip(language, text) {
            notes.add(Rule::Voice, &key, format!("«{text}» {slip}"));
        }
        let text = as_written(text);
        if key.starts_with("hints") && gives_answer(&text, item) {
            let what = format!("«{text}» gives the answer of «{}»", item.start_text);
            notes.add(Rule::Hint, &key, what);
        }
        if key.starts_with("ask") && tells_value(&text, item) {
            let what = format!("«{text}» holds the answer already; shut these numbers out with `where`");
            notes.add(Rule::Answer, key, what);
        }
    }
}

/// A unit that is asked for must be said beside the field, so that it may be typed too.
fn check_unit(key: &str, ask: &Words, answer: &Answer, notes: &mut Notes<'_>) {
    let Answer::Value { unit: None, task, .. } = answer else { return };
    if let Some(unit) = asked_for(&ask.sv).filter(|_| task.demand != Demand::Unit) {
        let what =
            format!("«{}» asks for {unit}; write unit = {{ sv = \"{unit}\", en = \"…\" }} in the answer", ask.sv);
        notes.add(Rule::Unit, key, what);
    }
}

/// Whether what is asked holds the number that is the answer.
fn tells_value(ask: &str, item: &Item) -> bool {
    let is_told = |answer: &str| numbers(ask).any(|(number, alone)| alone && number == answer);
    if let (Answer::Point(_), Some(point)) = (&item.answer, item.worked.last()) {
        let pair = point.replace("; ", ", ");
        return if pair.starts_with('(') { ask.contains(&pair) } else { is_told(point) };
    }
    let (Answer::Value { .. }, Some(last)) = (&item.answer, item.worked.last()) else { return false };
    let answer = last.rsplit('=').next().unwrap_or(last).trim();
    is_told(answer)
}

/// The lines of mathematics with their keys.
fn lines<'i>(item: &'i Item) -> Vec<(String, &'i str)> {
    let mut lines = vec![("start".to_owned(), item.start_text.as_str())];
    let maths = |piece: &'i Piece| if let Piece::Maths(line) = piece { Some(line.as_str()) } else { None };
    let worked = (1_usize..).zip(&item.solution).filter_map(|(number, piece)| Some((number, maths(piece)?)));
    lines.extend(worked.map(|(number, line)| (format!("worked[{number}]"), line)));
    let wrong = (1_usize..).zip(&item.wrong);
    lines.extend(wrong.map(|(number, wrong)| (format!("wrong[{number}]"), wrong.line.as_str())));
    lines
}

/// The texts for people with their keys and languages.
fn texts(item: &Item) -> Vec<(String, &'static str, &str)> {
    let mut texts = Vec::new();
    for (key, words) in [("ask", Some(&item.ask)), ("support", item.support.as_ref())] {
        for (language, text) in words.iter().flat_map(|words| words.each()) {
            texts.push((format!("{key}.{language}"), language, text.as_str()));
        }
    }
    for (number, hint) in (1_usize..).zip(&item.hints) {
        for (language, text) in hint.each() {
            texts.push((format!("hints.{language}[{number}]"), language, text.as_str()));
        }
    }
    texts
}

/// What is odd about the signs of a line.
fn notation_slip(line: &str) -> Option<&'static str> {
    let signs: Vec<char> = line.chars().collect();
    let around = |at: usize| {
        let before = at.checked_sub(1).map(|i| signs[i]);
        (before, signs.get(at + 1).copied())
    };
    let in_number = |sign: Option<char>| sign.is_some_and(|s| s.is_ascii_digit() || s == ',');
    for (at, sign) in signs.iter().enumerate() {
        let (before, after) = around(at);
        match sign {
            '-' => return Some("has a hyphen; write the real minus −"),
            '*' => return Some("has *; write ·"),
            '.' => return Some("has a decimal point; write a comma"),
            '0' | '1' if !in_number(before) && after.is_some_and(char::is_alphabetic) => {
                return Some("has the coefficient 0 or 1; shut it out with `where`");
            }
            '1' if before == Some('/') && !in_number(after) => {
                return Some("has the denominator 1; shut it out with `where`");
            }
            _ => {}
        }
    }
    let pressed: String = line.split_whitespace().collect();
    let pairs = ["+−", "−−", "·−", "+0", "−0", "=−0"];
    let at_zero = |pair: &str| {
        pressed.match_indices(pair).any(|(at, _)| {
            let after = pressed[at + pair.len()..].chars().next();
            !pair.ends_with('0') || !in_number(after)
        })
    };
    if pairs.into_iter().any(at_zero) {
        return Some("has two signs side by side or a term 0; use {n:+}, {n:()} or `where`");
    }
    line.contains("  ").then_some("has two spaces side by side")
}

fn voice_slip(language: &str, text: &str) -> Option<String> {
    if text.contains('!') {
        return Some("has an exclamation mark; end with a full stop".into());
    }
    let unwanted = UNWANTED.iter().find(|(code, _)| *code == language)?.1;
    text.to_lowercase()
        .split(|c: char| !c.is_alphabetic())
        .find(|word| unwanted.contains(word))
        .map(|word| format!("says «{word}»; say what to look at instead"))
}

/// Whether a hint holds the last line, or an answer that the task does not show anyway.
fn gives_answer(hint: &str, item: &Item) -> bool {
    let figure = item.figure.as_ref().map_or("", |figure| figure.description().sv.as_str());
    let gaps = if let Answer::Gaps(gaps) = &item.answer { gaps.text.text("sv") } else { "" };
    let asked = [item.start_text.as_str(), &item.ask.sv, &as_written(&item.ask.en), figure, gaps];
    let is_given = |answer: &str| asked.iter().any(|text| numbers(text).any(|(number, _)| number == answer));
    answers(item).into_iter().any(|answer| {
        let bare = answer.rsplit('=').next().unwrap_or(answer).trim();
        if !bare.chars().all(|c| c.is_ascii_digit() || "−,/".contains(c)) {
            return hint.contains(bare);
        }
        let told = numbers(hint).any(|(number, alone)| alone && number == bare);
        hint.contains(answer) && answer != bare || told && !is_given(bare)
    })
}

/// What an item is solved by, where it can be told in a text by mistake: what stands in letters or points cannot.
fn answers(item: &Item) -> Vec<&str> {
    match &item.answer {
        Answer::Lines(_) | Answer::Value { .. } => item.worked.last().map(String::as_str).into_iter().collect(),
        Answer::Gaps(_) => item.worked.iter().flat_map(|line| line.split("; ")).collect(),
        _ => Vec::new(),
    }
}

/// The numbers in a text as they are written, `12`, `−3`, `2/3`, `4,5`, and whether each stands
/// alone, unlike the 6 of `6x`.
fn numbers(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let in_number = |c: char| c.is_ascii_digit() || "−,/".contains(c);
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = rest.find(in_number)?;
        let run = &rest[start..];
        let end = run.find(|c| !in_number(c)).unwrap_or(run.len());
        rest = &run[end..];
        let number = run[..end].trim_end_matches([',', '/', '−']);
        Some((number, !rest.starts_with(char::is_alphabetic)))
    })
    .filter(|(number, _)| !number.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{gives_answer, notation_slip, voice_slip};
    use crate::exercises::answer::Answer;
    use crate::exercises::item::Item;
    use crate::exercises::words::Words;
    use stepcheck::{Demand, Task};

    fn item(start: &str, last: &str) -> Option<Item> {
        let task = Task::new(stepcheck::read(start).ok()?, Demand::Value);
        Some(Item {
            ask: Words::default(),
            figure: None,
            support: None,
            start_text: start.to_owned(),
            answer: Answer::Lines(task),
            worked: vec![last.to_owned()],
            solution: Vec::new(),
            hints: Vec::new(),
            wrong: Vec::new(),
        })
    }

    fn gives(hint: &str, start: &str, last: &str) -> Option<bool> {
        Some(gives_answer(hint, &item(start, last)?))
    }

    #[test]
    fn odd_signs_are_found() {
        for line in [
            "3 - 2",
            "3 * 2",
            "3.5",
            "1x + 2",
            "2 − 1y",
            "0x",
            "x/1",
            "3 + −2",
            "3 · −2",
            "x + 0",
            "x − 0 = 2",
            "x  = 2",
        ] {
            assert!(notation_slip(line).is_some(), "{line}");
        }
        for line in ["x + 0,5", "11x − 10y", "3/12", "−3 − (−2)", "x = −2", "2,1x", "0 = 4x"] {
            assert_eq!(notation_slip(line), None, "{line}");
        }
    }

    #[test]
    fn unwanted_words_are_found_as_whole_words() {
        assert!(voice_slip("sv", "Det blev fel").is_some());
        assert!(voice_slip("sv", "Bra!").is_some());
        assert!(voice_slip("en", "Just add 3").is_some());
        assert_eq!(voice_slip("sv", "Svara i enklaste form, felfritt"), None);
    }

    #[test]
    fn a_hint_may_show_the_task_but_not_the_answer() {
        assert_eq!(gives("Talet är 7.", "x + 3 = 10", "x = 7"), Some(true));
        assert_eq!(gives("Då är x = 3", "x + 3 = 6", "x = 3"), Some(true));
        assert_eq!(gives("Subtrahera 3.", "x + 3 = 6", "x = 3"), Some(false));
        assert_eq!(gives("Subtrahera 37.", "x + 37 = 44", "x = 7"), Some(false));
        assert_eq!(gives("Det blir 2/3", "4/6", "2/3"), Some(true));
        assert_eq!(gives("−6x blir +6x", "2 − 6x = 38", "x = −6"), Some(false));
        assert_eq!(gives("Dividera med 3.", "3x = 9", "x = 3"), Some(false));
        assert_eq!(gives("Samla: 2x + 3", "x + x + 3", "2x + 3"), Some(true));
        assert_eq!(gives("Samla x + x", "x + x + 3", "2x + 3"), Some(false));
    }
}
