//! A line with places for numbers: `{a}x {b:+} = {c}`.

use stepcheck::Rational;

use super::formula::{Formula, Values};
use super::notation::Form;

/// A text that has been taken apart once and is filled with each draw's numbers.
#[derive(Clone, Debug)]
pub(super) struct Template(Vec<Part>);

#[derive(Clone, Debug)]
enum Part {
    Text(String),
    Number { written: String, formula: Box<Formula>, form: Form },
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
            parts.push(read_number(inside)?);
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
                Part::Text(_) => None,
                Part::Number { formula, .. } => Some(formula.names()),
            }
            .into_iter()
            .flatten()
        })
    }

    /// The text with the numbers in place. The error names the place that has no value.
    pub(super) fn fill(&self, values: &Values) -> Result<String, String> {
        let mut line = String::new();
        for part in &self.0 {
            match part {
                Part::Text(text) => line.push_str(text),
                Part::Number { written, formula, form } => {
                    let value: Option<Rational> = formula.value(values);
                    value
                        .and_then(|value| form.print(&value, &mut line))
                        .ok_or_else(|| format!("{{{written}}} has no value to print"))?;
                }
            }
        }
        Ok(line)
    }
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
