//! Hints as people see them: a stair with a step for each strength.

use askama::Template;
use stepcheck::Place;
use vault::{CalculationId, Millis, rows::hints::OpenedHint};

use super::{
    account,
    appeals::AppealShown,
    days,
    frame::{Frame, Html},
    lines::LineShown,
    maths::{escaped, maths, maths_marked, sentence, written},
    speech::Language,
};
use crate::{
    exercises::Item,
    practice::{Desk, Says, Written, stair},
};

/// The hints of a desk that is open, as a page shows them.
#[derive(Template)]
#[template(path = "hints.html")]
pub struct StairShown {
    language: Language,
    id: CalculationId,
    note: String,
    steps: Vec<HintShown>,
    /// The one that was opened just now: the focus goes there.
    new: Option<usize>,
}

/// A hint in its place on the stair.
struct HintShown {
    strength: usize,
    title: String,
    /// What it says, once it has been opened.
    says: Option<Html>,
}

impl StairShown {
    #[must_use]
    pub fn of(desk: &Desk, language: Language) -> Self {
        let stair = stair(desk);
        let steps = stair.says.iter().enumerate().map(|(place, says)| HintShown {
            strength: place + 1,
            title: language.t(title(says, place)),
            says: (place < stair.open).then(|| html(says, language)),
        });
        Self {
            language,
            id: desk.calculation.id,
            note: language.t(if stair.from_line == 0 { "hints-note" } else { "hints-note-line" }),
            steps: steps.collect(),
            new: None,
        }
    }

    /// The same after a press on the hint of this strength.
    #[must_use]
    pub fn pressed(self, strength: i16) -> Self {
        Self { new: usize::try_from(strength).ok().map(|new| new.min(self.open())), ..self }
    }

    /// How many are open.
    #[must_use]
    pub fn open(&self) -> usize {
        self.steps.iter().filter(|step| step.says.is_some()).count()
    }

    fn is_new(&self, strength: &usize) -> bool {
        self.new == Some(*strength)
    }

    /// A stair with a step for every hint; as many are filled as the hint is strong.
    fn icon(&self, strength: &usize) -> Html {
        // In tenths, so that whole numbers do: 300 wide and 240 high, with room for the stroke.
        let (tread, rise) = (280 / self.steps.len().max(1), 210 / self.steps.len().max(1));
        let steps: String = (1..=self.steps.len())
            .map(|step| {
                let class = if step <= *strength { r#" class="on""# } else { "" };
                let (x, height) = (10 + tread * (step - 1), rise * step);
                let (y, width) = (230 - height, tread - 10);
                format!(r#"<rect{class} x="{x}" y="{y}" width="{width}" height="{height}" rx="15"/>"#)
            })
            .collect();
        Html(format!(r#"<svg class="stair-i" viewBox="0 0 300 240" aria-hidden="true">{steps}</svg>"#))
    }
}

/// The strengths before the solution itself: where to look, which rule.
const AFTER_THE_RULE: usize = 2;

const fn title(says: &Says, place: usize) -> &'static str {
    match says {
        Says::Line(_) => "hint-line",
        Says::Look { .. } => "hint-where",
        Says::Words(_) if place == 0 => "hint-where",
        Says::Words(_) if place >= AFTER_THE_RULE => "hint-start",
        Says::Words(_) | Says::Rule(_) => "hint-rule",
    }
}

/// What a hint says, with its mathematics as MathML.
fn html(says: &Says, language: Language) -> Html {
    match says {
        Says::Words(words) => sentence(language.of(words)),
        Says::Look { line, place } => {
            let whole = maths_marked(line, Some(*place), language).0;
            Html(match part(line, *place) {
                Some(part) => language.with("hint-look", [("part", maths(&part, language).0), ("line", whole)]),
                None => language.with("hint-look-whole", [("line", maths(line, language).0)]),
            })
        }
        Says::Rule(step) => Html(escaped(&format!("{}.", account::rule(step, language)))),
        Says::Line(line) => written(line, language),
    }
}

/// The same as plain text.
#[must_use]
pub fn text(says: &Says, language: Language) -> String {
    let in_language = |text: &str| match stepcheck::read(text) {
        Ok(read) => stepcheck::text(&read, language.notation()),
        Err(_) => text.to_owned(),
    };
    match says {
        Says::Words(words) => language.of(words).to_owned(),
        Says::Look { line, place } => match part(line, *place) {
            Some(part) => language.with("hint-look", [("part", in_language(&part)), ("line", in_language(line))]),
            None => language.with("hint-look-whole", [("line", in_language(line))]),
        },
        Says::Rule(step) => format!("{}.", account::rule(step, language)),
        Says::Line(line) => stepcheck::text(line, language.notation()),
    }
}

/// The part of a line at a place; nothing if that is all of it.
fn part(line: &str, place: Place) -> Option<String> {
    let part: String = line.chars().skip(place.start).take(place.end.saturating_sub(place.start)).collect();
    let part = part.trim();
    (!part.is_empty() && part != line.trim()).then(|| part.to_owned())
}

/// Lines with their times as a teacher sees them, each with the hints that were opened before it, and those after the
/// last.
pub struct Climb {
    pub lines: Vec<LineShown>,
    pub helped_last: Option<String>,
}

impl Climb {
    /// `appeal` gives what stands under a wrong line.
    #[must_use]
    pub fn of(
        (item, lines): (Option<&Item>, &[Written]),
        hints: &[OpenedHint],
        appeal: impl Fn(i16) -> Option<AppealShown>,
        frame: &Frame,
    ) -> Self {
        let mut left = hints;
        let mut until = |at: Millis| {
            let (before, after) = left.split_at(left.partition_point(|hint| hint.at <= at));
            left = after;
            opened(before, frame)
        };
        let shown = |line: &Written| {
            let shown = LineShown::of(line, item.map(|item| &item.answer), frame.language)
                .timed(&frame.time_zone)
                .helped(until(line.at));
            shown.appealed(|| appeal(line.number))
        };
        let lines = lines.iter().map(shown).collect();
        Self { lines, helped_last: opened(left, frame) }
    }
}

/// «Öppnade ledtråd 1–3, 10:36» of hints that were opened one after the other; nothing if there are none.
fn opened(hints: &[OpenedHint], frame: &Frame) -> Option<String> {
    let first = hints.first()?;
    let strengths = hints.iter().map(|hint| hint.strength);
    let (least, most) = (strengths.clone().min()?, strengths.max()?);
    let which = if least == most { least.to_string() } else { format!("{least}–{most}") };
    Some(frame.with2("hint-opened", "which", which, "time", days::clock(first.at, &frame.time_zone)))
}

#[cfg(test)]
mod tests {
    use stepcheck::{Step, StepKind, read};

    use super::*;
    use crate::exercises::Words;

    #[test]
    fn each_says_its_own_in_both_languages() {
        let look = Says::Look { line: "2,5x+3 = 8".into(), place: Place::new(4, 6) };
        assert_eq!(text(&look, Language::Swedish), "Titta på +3 i 2,5x+3 = 8.");
        assert_eq!(text(&look, Language::English), "Look at +3 in 2.5x+3 = 8.");
        assert!(html(&look, Language::Swedish).0.contains("<math"), "{}", html(&look, Language::Swedish).0);
        let whole = Says::Look { line: "x = 3".into(), place: Place::new(0, 5) };
        assert_eq!(text(&whole, Language::Swedish), "Titta på hela raden: x = 3");
        let rule = Says::Rule(Step { kind: StepKind::SubtractFromBothSides, with: Some("2,5x".into()) });
        assert_eq!(text(&rule, Language::English), "Subtract 2.5x from both sides.");
        let line = Says::Line(read("x = 2,5 eller x = 1").expect("a line"));
        assert_eq!(text(&line, Language::English), "x = 2.5 or x = 1");
        let words = Says::Words(Words { sv: "Är 1 < 2?".into(), en: "Is 1 < 2?".into() });
        assert_eq!(html(&words, Language::Swedish).0, "Är 1 &lt; 2?");
    }
}
