//! Figures of exercises, drawn from the numbers of an item: `[exercise.figure]`.
//!
//! - [`FigureTable`] is what stands in the file, [`Figure`] what it means, [`Drawn`] the figure of one item.
//! - `source` holds numbers and texts of the keys, `label` writes words, `scene` measures and prints drawings, `tone` tells
//!   surfaces apart without colour. Every other file is one kind of figure.
//!
//! Pure, and the same figure for the same numbers. Nothing is said by colour alone: how lines and surfaces look is in
//! `assets/css/parts/figures.css`.

mod chart;
mod clock;
mod fraction;
mod grid;
mod label;
mod number_line;
mod paths;
mod pattern;
mod pie;
mod plot;
mod round;
#[cfg(test)]
mod samples;
mod scene;
mod shape;
mod sides;
mod solid;
mod source;
mod symbols;
mod table;
mod tally;
#[cfg(test)]
mod tests;
mod tone;

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use serde::Deserialize;

use self::label::{escaped, said};
use self::scene::Scene;
use self::source::Named;
use self::table::Rows;
use super::english::in_english;
use super::formula::Values;
use super::template::Template;
use super::words::Words;

/// `[exercise.figure]`: which kind, what a screen reader is told, and the keys of the kind.
///
/// The keys are read in a second step, by [`Figure::read`]: which they may be depends on the kind.
#[derive(Debug, Deserialize)]
pub(in crate::exercises) struct FigureTable {
    kind: String,
    describe: Words,
    #[serde(flatten)]
    keys: toml::Table,
}

/// A figure that has been read: its formulas and templates.
#[derive(Clone, Debug)]
pub(in crate::exercises) struct Figure {
    kind: &'static str,
    describe: Words<Template>,
    drawing: Arc<dyn Drawing>,
}

/// What one kind of figure does with its keys.
trait Drawing: Named + fmt::Debug + Send + Sync {
    /// What can be told of the keys before there are numbers. The error says what to write instead.
    fn check(&self) -> Result<(), String> {
        Ok(())
    }

    /// Draws it with the numbers of an item. The error says which number cannot be drawn.
    fn draw(&self, values: &Values) -> Result<Picture, String>;
}

/// What a figure is made of.
#[derive(Clone, Debug, PartialEq)]
enum Picture {
    Scene(Scene),
    Table(Rows),
}

/// A figure with its numbers in place.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    kind: &'static str,
    describe: Words,
    picture: Picture,
}

/// One kind: its name in the file, and how its keys are read.
type Kind = (&'static str, fn(toml::Table) -> Result<Arc<dyn Drawing>, String>);

const KINDS: [Kind; 10] = [
    ("table", keys_of::<table::Table>),
    ("number-line", keys_of::<number_line::NumberLine>),
    ("grid", keys_of::<grid::Grid>),
    ("shape", shape::read),
    ("chart", chart::read),
    ("clock", keys_of::<clock::Clock>),
    ("fraction", fraction::read),
    ("solid", solid::read),
    ("tally", tally::read),
    ("pattern", keys_of::<pattern::Pattern>),
];

/// Reads the keys of one kind. The error names the key.
fn keys_of<D: Drawing + for<'a> Deserialize<'a> + 'static>(keys: toml::Table) -> Result<Arc<dyn Drawing>, String> {
    let read: Result<D, _> = keys.try_into();
    read.map(|drawing| Arc::new(drawing) as Arc<dyn Drawing>).map_err(|error| told(&error))
}

/// The message of the reader on one line: what is the matter, then where.
fn told(error: &toml::de::Error) -> String {
    error.to_string().trim().replace('\n', ", ")
}

/// Takes the key out that chooses between forms of one kind, such as `form = "triangle"`.
fn form_of(keys: &mut toml::Table, forms: &[&str]) -> Result<String, String> {
    let list = || forms.iter().map(|form| format!("\"{form}\"")).collect::<Vec<_>>().join(", ");
    match keys.remove("form") {
        Some(toml::Value::String(form)) if forms.contains(&form.as_str()) => Ok(form),
        Some(other) => Err(format!("form: {other} is not known; write one of {}", list())),
        None => Err(format!("form is missing; write form = one of {}", list())),
    }
}

impl Figure {
    /// Reads what the keys hold. The error says which key and what to write.
    pub fn read(table: &FigureTable) -> Result<Self, String> {
        let Some((kind, read)) = KINDS.iter().find(|(kind, _)| *kind == table.kind) else {
            let known: Vec<_> = KINDS.iter().map(|(kind, _)| *kind).collect();
            return Err(format!("kind: «{}» is not drawn; write one of {}", table.kind, known.join(", ")));
        };
        for (language, text) in table.describe.each() {
            if text.trim().is_empty() {
                return Err(format!("describe.{language} is empty; say what the figure shows, without the answer"));
            }
        }
        let describe =
            table.describe.try_map(|text| Template::read(text)).map_err(|what| format!("describe: {what}"))?;
        let drawing = read(table.keys.clone())?;
        drawing.check()?;
        Ok(Self { kind, describe, drawing })
    }

    /// The numbers it needs, each once.
    pub fn names(&self) -> impl Iterator<Item = char> {
        let mut found = BTreeSet::new();
        for (_, template) in self.describe.each() {
            found.extend(template.names());
        }
        self.drawing.names(&mut found);
        found.into_iter()
    }

    /// Draws it with the numbers of an item. The error says which number has no value or cannot be drawn.
    pub fn fill(&self, values: &Values) -> Result<Drawn, String> {
        let Words { sv, en } = self.describe.try_map(|template| template.fill(values))?;
        let describe = Words { en: in_english(&en), sv };
        let picture = self.drawing.draw(values)?;
        Ok(Drawn { kind: self.kind, describe, picture })
    }
}

impl Drawn {
    /// The figure as HTML in `language`, `sv` or `en`. It has no ids, so that any number can stand on a page.
    pub fn markup(&self, language: &str) -> String {
        let described = said(&self.describe, language);
        let mut out = format!("<figure class=\"drawn drawn-{}\">", self.kind);
        match &self.picture {
            Picture::Scene(scene) => scene.svg(language, described, &mut out),
            Picture::Table(rows) => rows.html(language, &escaped(described), &mut out),
        }
        out.push_str("</figure>");
        out
    }

    /// What it shows, in words.
    pub fn description(&self) -> &Words {
        &self.describe
    }
}
