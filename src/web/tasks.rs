//! A task as people see it: what is asked, what helps, the figure, the mathematics, and what can be handed in.

use super::{
    fields::fields,
    frame::Html,
    maths::{escaped, printed, sentence, written},
    speech::Language,
};
use crate::{
    exercises::{Answer, GAP, Item, Kind, Part, Piece, is_solved, part_of},
    practice::Written,
};

/// What `templates/task.html` needs of a task.
pub struct TaskShown {
    pub ask: Html,
    /// What is asked, for the title of the page.
    pub title: String,
    /// A text to be read rather than a line of what to do.
    pub is_story: bool,
    pub support: Option<Html>,
    pub figure: Option<Html>,
    /// Empty where words say it all.
    pub start: Html,
    /// Nothing for lines and values, which are written on the paper.
    pub asked: Option<AnswerShown>,
    /// A number or an expression is asked for, and nothing is shown to start from.
    pub is_value: bool,
    /// Beside the field of a number.
    pub unit: String,
}

/// What is handed in by letters, numbers or words.
pub struct AnswerShown {
    pub kind: Kind,
    /// Lettered: options, pieces, or the right column of a match.
    pub options: Vec<Lettered>,
    pub several: bool,
    /// Numbered: the left column of a match.
    pub left: Vec<Html>,
    /// The text with gaps.
    pub text: Html,
    /// How many gaps, or places in an order.
    pub count: usize,
    /// The names of the coordinates.
    pub coordinates: &'static [&'static str],
    pub unit: String,
    pub parts: Vec<PartShown>,
    /// What stands in the fields: what did not hold, to be changed.
    given: Vec<(String, String)>,
}

/// A piece with its letter.
pub struct Lettered {
    pub letter: char,
    pub text: Html,
}

/// One of several questions.
pub struct PartShown {
    pub letter: char,
    pub ask: Html,
    pub is_solved: bool,
    pub asked: AnswerShown,
}

/// Longer than this it is a story.
const LONGEST_ASK: usize = 48;

impl TaskShown {
    /// `lines` is what was handed in so far; what did not hold stands in its fields again, to be changed.
    #[must_use]
    pub fn of(item: &Item, lines: &[Written], language: Language) -> Self {
        let title = language.of(&item.ask).to_owned();
        Self {
            is_story: title.chars().count() > LONGEST_ASK,
            ask: sentence(&title),
            title,
            support: item.support.as_ref().map(|support| sentence(language.of(support))),
            figure: item.figure.as_ref().map(|figure| Html(figure.markup(language.code()))),
            start: printed(&item.start_text, language),
            asked: (!matches!(item.answer, Answer::Lines(_) | Answer::Value { .. }))
                .then(|| AnswerShown::of(&item.answer, lines, language)),
            is_value: matches!(item.answer, Answer::Value { .. }),
            unit: match &item.answer {
                Answer::Value { unit: Some(unit), .. } => language.of(unit).to_owned(),
                _ => String::new(),
            },
        }
    }
}

impl TaskShown {
    /// The letter of the first part that is open; «a» where there are no parts.
    #[must_use]
    pub fn first_open(&self) -> char {
        let parts = self.asked.iter().flat_map(|asked| &asked.parts);
        parts.filter(|part| !part.is_solved).map(|part| part.letter).next().unwrap_or('a')
    }
}

impl AnswerShown {
    fn of(answer: &Answer, lines: &[Written], language: Language) -> Self {
        let mut shown = Self {
            kind: answer.kind(),
            given: lines
                .last()
                .filter(|line| !line.holds())
                .map_or_else(Vec::new, |line| fields(answer, &line.entered)),
            options: Vec::new(),
            several: false,
            left: Vec::new(),
            text: Html(String::new()),
            count: 0,
            coordinates: &[],
            unit: String::new(),
            parts: Vec::new(),
        };
        match answer {
            Answer::Choice(choice) => {
                shown.options = lettered(choice.options.iter().map(|option| &option.text), language);
                shown.several = choice.several;
            }
            Answer::Order(order) => {
                shown.options = lettered(&order.pieces, language);
                shown.count = order.pieces.len();
            }
            Answer::Match(pairs) => {
                shown.left = pairs.left.iter().map(|left| piece(left, language)).collect();
                shown.options = lettered(&pairs.right, language);
            }
            Answer::Gaps(gaps) => {
                shown.text = with_gaps(&gaps.text, None, language);
                shown.count = gaps.count();
            }
            Answer::Point(point) => shown.coordinates = if point.coordinates.len() == 2 { &["x", "y"] } else { &["x"] },
            Answer::Value { unit: Some(unit), .. } => language.of(unit).clone_into(&mut shown.unit),
            Answer::Parts(parts) => shown.parts = parts_shown(parts, lines, language),
            Answer::Lines(_) | Answer::Value { .. } | Answer::Explain(_) => {}
        }
        shown
    }

    /// What was given in the field of this name, where it stands again.
    #[must_use]
    pub fn given(&self, name: &str) -> &str {
        self.given.iter().find(|(given, _)| given == name).map_or("", |(_, value)| value)
    }

    /// The same of one of several fields.
    #[must_use]
    pub fn given_in(&self, name: &str, number: &usize) -> &str {
        self.given(&format!("{name}-{number}"))
    }

    /// Whether this option was chosen, by its letter.
    #[must_use]
    pub fn is_chosen(&self, letter: &char) -> bool {
        self.given.iter().any(|(name, value)| name == "choice" && value.chars().eq([*letter]))
    }

    /// Whether this letter was given in the field of this name and number.
    #[must_use]
    pub fn is_put(&self, name: &str, number: &usize, letter: &char) -> bool {
        self.given_in(name, number).chars().eq([*letter])
    }

    /// Whether it is of this kind, by its name.
    #[must_use]
    pub fn is(&self, kind: &str) -> bool {
        self.kind.name() == kind
    }

    /// The numbers from 1 to the count.
    #[must_use]
    pub fn numbers(&self) -> std::ops::RangeInclusive<usize> {
        1..=self.count
    }
}

fn parts_shown(parts: &[Part], lines: &[Written], language: Language) -> Vec<PartShown> {
    let held: Vec<&str> = lines.iter().filter(|line| line.holds()).map(|line| line.entered.as_str()).collect();
    let each = ('a'..).zip(parts).enumerate();
    each.map(|(at, (letter, part))| {
        // What was handed in for this part, as if it were a question of its own.
        let of_part = lines.iter().filter_map(|line| {
            let (of, inside) = part_of(&line.entered, parts.len())?;
            (of == at).then(|| Written { entered: inside.to_owned(), ..line.clone() })
        });
        PartShown {
            letter,
            ask: sentence(language.of(&part.ask)),
            is_solved: is_solved(parts, &held, at),
            asked: AnswerShown::of(&part.answer, &of_part.collect::<Vec<_>>(), language),
        }
    })
    .collect()
}

fn lettered<'p>(pieces: impl IntoIterator<Item = &'p Piece>, language: Language) -> Vec<Lettered> {
    ('A'..).zip(pieces).map(|(letter, text)| Lettered { letter, text: piece(text, language) }).collect()
}

/// A piece as MathML or words.
#[must_use]
pub fn piece(piece: &Piece, language: Language) -> Html {
    match piece {
        Piece::Maths(text) => printed(text, language),
        Piece::Words(words) => sentence(language.of(words)),
    }
}

/// A text with gaps, with what was put in them where that is given. As MathML where it can be read so.
#[must_use]
pub fn with_gaps(text: &Piece, filled: Option<&[&str]>, language: Language) -> Html {
    let value = |at: usize| filled.and_then(|filled| filled.get(at)).copied().unwrap_or("□");
    let Piece::Maths(line) = text else {
        let Piece::Words(words) = text else { return Html(String::new()) };
        return sentence(&put_in(language.of(words), value));
    };
    // A gap is read as a letter that no exercise has, and shown as what stands in it.
    let letters = ['Æ', 'Ø', 'Þ', 'Ð', 'Œ', 'Ŋ'];
    let names: Vec<stepcheck::Name> = letters.iter().map(|letter| (*letter).into()).collect();
    let lettered = put_in(line, |at| letters.get(at).map_or("□", |letter| letter_text(*letter)));
    let Ok(statement) = stepcheck::read_with_names(&lettered, &names) else {
        return Html(escaped(&put_in(line, value)));
    };
    let Html(mut markup) = written(&language.notation().with_signs(&statement), language);
    for (at, letter) in letters.iter().enumerate() {
        markup = markup
            .replace(&format!("<mi>{letter}</mi>"), &format!("<mtext class=\"gap\">{}</mtext>", escaped(value(at))));
        markup = markup.replace(*letter, "□");
    }
    Html(markup)
}

const fn letter_text(letter: char) -> &'static str {
    match letter {
        'Æ' => "Æ",
        'Ø' => "Ø",
        'Þ' => "Þ",
        'Ð' => "Ð",
        'Œ' => "Œ",
        _ => "Ŋ",
    }
}

fn put_in<'v>(text: &str, value: impl Fn(usize) -> &'v str) -> String {
    let mut parts = text.split(GAP);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for (at, rest) in parts.enumerate() {
        out.push_str(value(at));
        out.push_str(rest);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exercises::Words;

    #[test]
    fn gaps_are_shown_in_mathematics_and_in_words() {
        let maths = Piece::Maths("2/3 = □/12".to_owned());
        let shown = with_gaps(&maths, None, Language::Swedish).0;
        assert!(shown.contains("<mtext class=\"gap\">□</mtext>") && !shown.contains('Æ'), "{shown}");
        let filled = with_gaps(&maths, Some(&["8"]), Language::Swedish).0;
        assert!(filled.contains("<mtext class=\"gap\">8</mtext>"), "{filled}");
        let series = Piece::Maths("5, 8, □, 14, □".to_owned());
        assert!(with_gaps(&series, Some(&["11", "<b>"]), Language::English).0.contains("&lt;b&gt;"));
        let words = Piece::Words(Words { sv: "□ dm är 1 m".to_owned(), en: "□ dm is 1 m".to_owned() });
        assert_eq!(with_gaps(&words, None, Language::English).0, "□ dm is 1\u{a0}m");
    }
}
