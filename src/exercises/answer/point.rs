//! A point on a number line or in a coordinate system. Handed in as `2,5` or `(3; −2)`.

use stepcheck::{Rational, Statement};

use super::Judged;
use crate::exercises::formula::Values;
use crate::exercises::template::Template;

#[derive(Clone, Debug)]
pub(in crate::exercises) struct PointTemplate(Vec<Template>);

/// Where the point lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// One coordinate on a number line, two in a coordinate system.
    pub coordinates: Vec<Rational>,
    written: Vec<String>,
}

impl PointTemplate {
    pub(in crate::exercises) fn read(coordinates: &[String]) -> Result<Self, String> {
        if !(1..=2).contains(&coordinates.len()) {
            return Err("write one coordinate on a number line, two in a coordinate system".into());
        }
        coordinates.iter().map(|text| Template::read(text)).collect::<Result<_, _>>().map(Self)
    }

    pub(in crate::exercises) fn templates(&self) -> Vec<&Template> {
        self.0.iter().collect()
    }

    pub(in crate::exercises) fn fill(&self, numbers: &Values) -> Result<Point, String> {
        let written: Vec<String> = self.0.iter().map(|text| text.fill(numbers)).collect::<Result<_, _>>()?;
        let coordinates = written.iter().map(|text| value(text).ok_or_else(|| format!("«{text}» is no number")));
        Ok(Point { coordinates: coordinates.collect::<Result<_, _>>()?, written })
    }
}

fn value(text: &str) -> Option<Rational> {
    match stepcheck::read(text).ok()? {
        Statement::Expression(expression) => stepcheck::evaluate::<stepcheck::Name>(&expression, &[]),
        _ => None,
    }
}

impl Point {
    pub(super) fn handed_in(&self) -> String {
        if let [x, y] = self.written.as_slice() { format!("({x}; {y})") } else { self.written.join("; ") }
    }

    pub(super) fn judge(&self, typed: &str) -> Judged {
        match self.read(typed) {
            Some(coordinates) if coordinates == self.coordinates => Judged::finished(),
            Some(_) => Judged::wrong(None),
            None => Judged::unreadable(typed),
        }
    }

    /// The coordinates in `typed`; a comma is a decimal comma unless it can only stand between two coordinates.
    fn read(&self, typed: &str) -> Option<Vec<Rational>> {
        let typed = typed.trim();
        let inside = typed.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or(typed);
        let parts: Vec<&str> = if self.coordinates.len() == 1 {
            vec![inside]
        } else if inside.contains(';') {
            inside.split(';').collect()
        } else if inside.contains(", ") {
            inside.split(", ").collect()
        } else {
            inside.split(',').collect()
        };
        let read: Vec<Rational> = parts.into_iter().map(value).collect::<Option<_>>()?;
        (read.len() == self.coordinates.len()).then_some(read)
    }
}
