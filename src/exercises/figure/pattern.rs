//! `kind = "pattern"`: the first figures of a growing pattern, beside each other.

use std::collections::BTreeSet;

use serde::Deserialize;
use stepcheck::Rational;

use super::label::{Anchor, Label};
use super::scene::{Point, ROOM, Scene, at, corners, fitted};
use super::source::{Named, Number, both, nameless};
use super::{Drawing, Picture};
use crate::exercises::formula::Values;
use crate::exercises::words::Words;

/// More elements would not be counted.
const MOST: usize = 60;

/// The keys of a pattern.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pattern {
    form: Form,
    /// How many there are in figure n.
    elements: Number,
    /// The letter for the number of the figure.
    #[serde(default = "letter")]
    variable: char,
    /// How many figures are shown.
    #[serde(default = "three")]
    figures: Number,
    /// How many stand in a column of figure n.
    high: Option<Number>,
}

fn letter() -> char {
    'n'
}

fn three() -> Number {
    Number::from(3)
}

#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Form {
    Squares,
    Dots,
    MatchSquares,
    MatchTriangles,
}

nameless!(Form);

impl Named for Pattern {
    fn names(&self, found: &mut BTreeSet<char>) {
        let mut inner = BTreeSet::new();
        self.elements.names(&mut inner);
        self.high.names(&mut inner);
        inner.remove(&self.variable);
        found.extend(inner);
        self.figures.names(found);
    }
}

impl Drawing for Pattern {
    fn draw(&self, values: &Values) -> Result<Picture, String> {
        let figures = self.figures.count(values, [1, 5])?;
        let mut columns: Vec<Vec<usize>> = Vec::new();
        let counts: Vec<usize> =
            (1..=figures + 1).map(|n| self.at(&self.elements, values, n)).collect::<Result<_, _>>()?;
        for (i, count) in counts.iter().take(figures).enumerate() {
            let high = match &self.high {
                Some(high) => self.at(high, values, i + 1)?.max(1),
                // A linear pattern grows by one column each time.
                None => counts[1].saturating_sub(counts[0]).clamp(1, 5),
            };
            let first = count % high;
            let whole = std::iter::repeat_n(high, count / high);
            columns.push(std::iter::once(first).filter(|first| *first > 0).chain(whole).collect());
        }
        fitted(ROOM, |room| Ok(self.scene(&columns, &counts, room))).map(Picture::Scene)
    }
}

impl Pattern {
    /// The value of a formula in the number of the figure.
    fn at(&self, formula: &Number, values: &Values, n: usize) -> Result<usize, String> {
        let value = formula.value_with(values, self.variable, &Rational::from_integer(n.into()));
        let whole = value.filter(|value| value.fract() == 0.0 && (0.0..=MOST as f64).contains(value));
        whole.map(|value| value as usize).ok_or_else(|| {
            let what = value.map_or("no value".into(), |value| value.to_string());
            format!("figure {n} would have {what} elements; it must be a whole number from 0 to {MOST}")
        })
    }

    fn scene(&self, columns: &[Vec<usize>], counts: &[usize], room: f64) -> Scene {
        let matches = matches!(self.form, Form::MatchSquares | Form::MatchTriangles);
        let wide = |i: usize| match self.form {
            Form::MatchTriangles => (counts[i] as f64 + 1.0) / 2.0,
            Form::MatchSquares => counts[i] as f64,
            _ => columns[i].len() as f64,
        };
        const GAP: f64 = 22.0;
        // Where many stand beside each other there is only room for their numbers.
        let name = |i: usize| match columns.len() {
            1..=3 => Label::new(&Words { sv: format!("Figur {}", i + 1), en: format!("Figure {}", i + 1) }),
            _ => Label::new(&both((i + 1).to_string())),
        };
        let across: f64 = (0..columns.len()).map(|i| wide(i).max(1.0)).sum();
        let gaps = GAP * (columns.len() as f64 - 1.0);
        let mut side = ((room - gaps) / across).min(if matches { 40.0 } else { 26.0 });
        while side > 6.0 && (0..columns.len()).map(|i| (wide(i) * side).max(name(i).width())).sum::<f64>() + gaps > room
        {
            side -= 0.5;
        }
        let mut scene = Scene::default();
        let mut left = 0.0;
        for (i, stacks) in columns.iter().enumerate() {
            let room = (wide(i) * side).max(name(i).width());
            let start = at(left + (room - wide(i) * side) / 2.0, 0.0);
            match self.form {
                Form::MatchSquares => match_squares(&mut scene, start, side, counts[i]),
                Form::MatchTriangles => match_triangles(&mut scene, start, side, counts[i]),
                _ => self.stacks(&mut scene, start, side, stacks),
            }
            scene.write("", at(left + room / 2.0, 16.0), Anchor::Middle, name(i));
            left += room + GAP;
        }
        scene
    }

    fn stacks(&self, scene: &mut Scene, start: Point, side: f64, stacks: &[usize]) {
        for (column, high) in stacks.iter().enumerate() {
            for row in 0..*high {
                let (left, top) = (start.x + side * column as f64, start.y - side * (row as f64 + 1.0));
                match self.form {
                    Form::Squares => scene.area("tone soft", &corners(left, top, side, side)),
                    _ => scene.circle("full", at(left + side / 2.0, top + side / 2.0), side * 0.36),
                }
            }
        }
    }
}

/// A match from one place to another, a little short of both, with its head.
fn stick(scene: &mut Scene, from: Point, to: Point) {
    let (a, b) = (from.between(to, 0.1), from.between(to, 0.9));
    scene.line("curve ink", &[a, b]);
    scene.circle("dot", b, 2.4);
}

fn match_squares(scene: &mut Scene, start: Point, side: f64, count: usize) {
    for i in 0..=count {
        let foot = start.plus(side * i as f64, 0.0);
        if count > 0 {
            stick(scene, foot, foot.plus(0.0, -side));
        }
        if i < count {
            stick(scene, foot, foot.plus(side, 0.0));
            stick(scene, foot.plus(0.0, -side), foot.plus(side, -side));
        }
    }
}

fn match_triangles(scene: &mut Scene, start: Point, side: f64, count: usize) {
    let high = side * 0.866;
    // Corners in a zigzag: below, above, below …
    let corner = |i: usize| start.plus(side / 2.0 * i as f64, if i.is_multiple_of(2) { 0.0 } else { -high });
    for i in 0..count {
        if i == 0 {
            stick(scene, corner(0), corner(1));
        }
        stick(scene, corner(i + 1), corner(i + 2));
        stick(scene, corner(i), corner(i + 2));
    }
}
