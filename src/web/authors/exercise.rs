//! One exercise as students meet it, in every language beside each other, with its solution and what the proof says.

use actix_web::{
    HttpRequest, get,
    web::{Data, Path, Query},
};
use askama::Template;

use super::{FIRST_SEED, Shelf, exercise_address, frame_of, skill_address, trouble::Trouble};
use crate::{
    exercises::{Answer as Asked, Bank, Earlier, Exercise, ExerciseId, Item, draw, lint_exercise},
    practice::trial,
    web::{
        Language, fields,
        frame::{Frame, Html},
        lines::LineShown,
        maths::{maths, sentence},
        page::{Answer, html},
        tasks::{TaskShown, piece},
    },
};

/// So many items are proven each time the page is shown.
const PROVEN: u32 = 50;

#[derive(Template)]
#[template(path = "author_exercise.html")]
struct ExercisePage {
    frame: Frame,
    id: String,
    skill: String,
    skill_href: String,
    /// Kind, level and difficulty.
    facts: String,
    /// File and line.
    place: String,
    seed: i64,
    /// The addresses of the item before and the one after.
    before: String,
    after: String,
    findings: Vec<String>,
    proven: String,
    /// Why there is no item.
    undrawn: Option<String>,
    sides: Vec<Side>,
}

/// The item in one language.
struct Side {
    frame: Frame,
    task: TaskShown,
    /// What was typed, a line each.
    typed: String,
    lines: Vec<LineShown>,
    hints: Vec<Html>,
    solution: Vec<Html>,
    /// Lines or options that the exercise expects to be wrong.
    expected: Vec<Expected>,
}

/// Something wrong that the exercise expects, and what a student is told of it.
struct Expected {
    written: Html,
    /// What it is declared to come from.
    declared: String,
    says: String,
}

/// An item, and what is tried on it.
#[get("/exercises/{exercise}")]
pub async fn show(
    request: HttpRequest,
    shelf: Data<Shelf>,
    id: Path<String>,
    asked: Query<Vec<(String, String)>>,
) -> Answer {
    let bank = match shelf.bank() {
        Ok(bank) => bank,
        Err(error) => return Trouble::from(error).page(&request),
    };
    let Some(exercise) = bank.exercise(&ExerciseId::from(id.as_str())) else {
        return Trouble::NoSuch(id.into_inner()).page(&request);
    };
    html(&page(frame_of(&request), &bank, exercise, &asked))
}

fn page(frame: Frame, bank: &Bank, exercise: &Exercise, asked: &[(String, String)]) -> ExercisePage {
    let one = |name: &str| asked.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str());
    let seed = one("seed").and_then(|seed| seed.trim().parse().ok()).unwrap_or(FIRST_SEED);
    let (item, undrawn) = match draw(exercise, seed) {
        Ok(item) => (Some(item), None),
        Err(error) => (None, Some(error.to_string())),
    };
    let tried = one("language").and_then(Language::coded);
    let side = |item: &Item, language: Language| {
        let fields = if tried == Some(language) { asked } else { &[] };
        Side::of(&frame, item, fields, language)
    };
    let findings = lint_exercise(exercise, bank, PROVEN);
    let at = |seed: i64| format!("{}?seed={seed}", exercise_address(exercise.id.as_str()));
    let skill = bank.skill(exercise.skill);
    ExercisePage {
        id: exercise.id.as_str().to_owned(),
        skill: skill.map(|skill| frame.language.of(&skill.name).to_owned()).unwrap_or_default(),
        skill_href: skill.map(|skill| skill_address(skill.id.as_str())).unwrap_or_default(),
        facts: frame.with3(
            "author-facts",
            "kind",
            exercise.kind().name(),
            "level",
            exercise.level,
            "difficulty",
            format!("{:+.1}", exercise.difficulty),
        ),
        place: format!("{}:{}", exercise.source.file, exercise.source.line_of("")),
        seed,
        before: at(seed.saturating_sub(1)),
        after: at(seed.saturating_add(1)),
        proven: frame.n("author-proven", PROVEN),
        findings: findings.iter().map(ToString::to_string).collect(),
        undrawn,
        sides: item.iter().flat_map(|item| Language::ALL.map(|language| side(item, language))).collect(),
        frame,
    }
}

impl Side {
    fn of(page: &Frame, item: &Item, fields: &[(String, String)], language: Language) -> Self {
        let typed = typed(item, fields);
        let judge = |earlier: Earlier<'_>, line: &str| item.judge(earlier, line);
        let judged = trial(judge, typed.iter().map(String::as_str));
        Self {
            frame: page.in_language(language),
            task: TaskShown::of(item, &judged, language),
            typed: typed.join("\n"),
            lines: judged.iter().map(|line| LineShown::of(line, Some(&item.answer), language)).collect(),
            hints: item.hints.iter().map(|hint| sentence(language.of(hint))).collect(),
            solution: item.solution.iter().map(|step| piece(step, language)).collect(),
            expected: expected(item, language),
        }
    }
}

/// What is tried: the lines of a solution, or what the fields of a form stand for.
fn typed(item: &Item, fields: &[(String, String)]) -> Vec<String> {
    let is_written = matches!(item.answer, Asked::Lines(_) | Asked::Value { .. });
    if is_written {
        let text = fields.iter().filter(|(name, _)| name == "lines").map(|(_, text)| text.as_str());
        return text.flat_map(str::lines).map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    }
    if fields.is_empty() { Vec::new() } else { vec![fields::typed(&item.answer, fields)] }
}

fn expected(item: &Item, language: Language) -> Vec<Expected> {
    let says = |line: &str| {
        let judged = trial(|earlier, line| item.judge(earlier, line), [line]);
        let shown = judged.first().map(|line| LineShown::of(line, Some(&item.answer), language));
        shown.map(|shown| format!("{} {}", shown.word, shown.sentence)).unwrap_or_default()
    };
    let declared =
        |misconception: Option<stepcheck::Misconception>| misconception.map_or("", |rule| rule.id()).to_owned();
    let mut expected: Vec<Expected> = item
        .wrong
        .iter()
        .map(|wrong| Expected {
            written: maths(&wrong.line, language),
            declared: declared(wrong.misconception),
            says: says(&wrong.line),
        })
        .collect();
    if let Asked::Choice(choice) = &item.answer {
        for (letter, option) in ('A'..).zip(&choice.options).filter(|(_, option)| !option.is_right) {
            expected.push(Expected {
                written: piece(&option.text, language),
                declared: declared(option.misconception),
                says: says(&letter.to_string()),
            });
        }
    }
    expected
}
