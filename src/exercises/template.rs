//! A line with places for numbers, `{a}x {b:+} = {c}`, and a text with places for words, `{@who} har {a} kronor`.

use stepcheck::Rational;

use super::formula::{Formula, Values};
use super::notation::Form;
use super::words::Words;

/// The words of one draw by name.
pub(super) type WordValues = Vec<(String, Words)>;

/// A text that has been taken apart once and is filled with each draw's numbers.
#[derive(Clone, Debug)]
pub(super) struct Template(Vec<Part>);

#[derive(Clone, Debug)]
enum Part {
    Text(String),
    Number { written: String, formula: Box<Formula>, form: Form },
    Word(String),
}

impl Template {
    /// Takes `text` apart. The error says what to write instead.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (inside, after) =
                after.split_once('}').ok_or_else(|| format!("«{text}»: a «{{» is never closed by «}}»"))?;
            parts.push(Part::Text(before.to_owned()));
            parts.push(match inside.strip_prefix('@') {
                Some(name) => Part::Word(name.to_owned()),
                None => read_number(inside)?,
            });
            rest = after;
        }
        parts.push(Part::Text(rest.to_owned()));
        let stray = |part: &Part| matches!(part, Part::Text(text) if text.contains('}'));
        if parts.iter().any(stray) {
            return Err(format!("«{text}»: a «}}» stands without its «{{»"));
        }
        Ok(Self(parts))
    }

    /// The names it needs.
    pub(super) fn names(&self) -> impl Iterator<Item = &char> {
        self.0.iter().flat_map(|part| {
            match part {
                Part::Text(_) | Part::Word(_) => None,
                Part::Number { formula, .. } => Some(formula.names()),
            }
            .into_iter()
            .flatten()
        })
    }

    /// The words it needs.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|part| match part {
            Part::Word(name) => Some(name.as_str()),
            Part::Text(_) | Part::Number { .. } => None,
        })
    }

    /// The text with the numbers in place, where no word is needed. The error names the place that has no value.
    pub(super) fn fill(&self, values: &Values) -> Result<String, String> {
        self.filled(values, &WordValues::new(), |word| &word.sv, false)
    }

    /// A text for people with the numbers and words in place; large numbers in groups of three digits. The error names
    /// the place that has no value.
    pub(super) fn fill_with(
        &self,
        values: &Values,
        words: &WordValues,
        language: fn(&Words) -> &String,
    ) -> Result<String, String> {
        self.filled(values, words, language, true)
    }

    fn filled(
        &self,
        values: &Values,
        words: &WordValues,
        language: fn(&Words) -> &String,
        grouped: bool,
    ) -> Result<String, String> {
        let mut line = String::new();
        for part in &self.0 {
            match part {
                Part::Text(text) => line.push_str(text),
                Part::Word(name) => {
                    let word = words.iter().find(|(known, _)| known == name);
                    let (_, word) = word.ok_or_else(|| format!("{{@{name}}} stands where no word can"))?;
                    line.push_str(language(word));
                }
                Part::Number { written, formula, form } => {
                    let value: Option<Rational> = formula.value(values);
                    let begin = line.len();
                    value
                        .and_then(|value| form.print(&value, &mut line))
                        .ok_or_else(|| format!("{{{written}}} has no value to print"))?;
                    if grouped {
                        let number = line.split_off(begin.min(line.len()));
                        line.push_str(&in_groups(&number));
                    }
                }
            }
        }
        Ok(line)
    }
}

/// Whole numbers from 10 000 on with a no-break space between groups of three digits, as in Swedish books.
fn in_groups(number: &str) -> String {
    const NO_BREAK_SPACE: char = '\u{a0}';
    let digits = number.find(|c: char| c.is_ascii_digit()).unwrap_or(number.len());
    let (sign, rest) = number.split_at(digits);
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (whole, after) = rest.split_at(end);
    if whole.len() < 5 || after.starts_with('/') {
        return number.to_owned();
    }
    let mut grouped = sign.to_owned();
    for (at, digit) in whole.char_indices() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            grouped.push(NO_BREAK_SPACE);
        }
        grouped.push(digit);
    }
    grouped + after
}

fn read_number(written: &str) -> Result<Part, String> {
    let (formula, form) = match written.rsplit_once(':') {
        None => (written, Form::default()),
        Some((formula, form)) => {
            let form = Form::read(form).ok_or_else(|| {
                format!(
                    "{{{written}}}: after the colon stands one of + () d d2 +d ()d; \
                     a division is written with /"
                )
            })?;
            (formula, form)
        }
    };
    Ok(Part::Number { written: written.to_owned(), formula: Box::new(Formula::read(formula)?), form })
}

#[cfg(test)]
mod tests {
    use super::Template;
    use stepcheck::Rational;

    fn fill(text: &str) -> Result<String, String> {
        let values = [('a', 5), ('b', -13)].map(|(name, n)| (name, Rational::from_integer(n.into()))).to_vec();
        Template::read(text)?.fill(&values)
    }

    #[test]
    fn numbers_stand_where_they_should() {
        assert_eq!(fill("{a}x {b:+} = 2").as_deref(), Ok("5x − 13 = 2"));
        assert_eq!(fill("{a}x{b:+}").as_deref(), Ok("5x − 13"));
        assert_eq!(fill("{a} · {b:()}").as_deref(), Ok("5 · (−13)"));
        assert_eq!(fill("{(a + b)/10:d}").as_deref(), Ok("−0,8"));
        assert_eq!(fill("ingenting").as_deref(), Ok("ingenting"));
    }

    #[test]
    fn large_numbers_stand_in_groups_in_texts_and_not_in_mathematics() {
        let values =
            [('a', 1_234_567), ('b', -40_000), ('c', 9_999)].map(|(name, n)| (name, Rational::from_integer(n.into())));
        let template = Template::read("{a} {b} {c} {a/10:d}").unwrap();
        let text = template.fill_with(&values.to_vec(), &Vec::new(), |word| &word.sv).unwrap();
        assert_eq!(text, "1\u{a0}234\u{a0}567 −40\u{a0}000 9999 123\u{a0}456,7");
        assert_eq!(template.fill(&values.to_vec()).unwrap(), "1234567 −40000 9999 123456,7");
    }

    #[test]
    fn a_slip_names_its_place() {
        for (text, told) in [
            ("{a", "never closed"),
            ("a}", "without its"),
            ("{a:b}", "after the colon"),
            ("{a +}", "cannot read"),
            ("{a/3:d}", "{a/3:d} has no value"),
            ("{a/(b + 13)}", "has no value"),
        ] {
            let error = fill(text).err().unwrap_or_default();
            assert!(error.contains(told), "{text}: {error}");
        }
    }

    #[test]
    fn names_come_from_every_place() {
        let names = Template::read("{a} och {gcd(b, c)}").map(|t| t.names().collect::<String>());
        assert_eq!(names.as_deref(), Ok("abc"));
    }
}
