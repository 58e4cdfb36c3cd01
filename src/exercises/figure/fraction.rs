//! `kind = "fraction"`: parts of a whole: bars, circles, squares, the hundred square; and arrays of dots.

use std::f64::consts::{FRAC_PI_2, TAU};
use std::sync::Arc;

use super::label::{Anchor, Label, SIZE};
use super::scene::{Point, ROOM, Scene, at, corners, fitted, round};
use super::source::{Number, Text, keys};
use super::tone::{TURN, hatch};
use super::{Drawing, Picture, form_of, keys_of};
use crate::exercises::formula::Values;

const FORMS: [&str; 5] = ["bar", "circle", "squares", "hundred", "array"];
/// Thinner parts can't be counted.
const MOST_PARTS: usize = 24;
const MOST_WHOLES: usize = 6;

/// Reads the keys: which they are depends on `form`.
pub(super) fn read(mut keys: toml::Table) -> Result<Arc<dyn Drawing>, String> {
    match form_of(&mut keys, &FORMS)?.as_str() {
        "bar" => keys_of::<Bar>(keys),
        "circle" => keys_of::<Circle>(keys),
        "squares" => keys_of::<Squares>(keys),
        "hundred" => keys_of::<Hundred>(keys),
        _ => keys_of::<Array>(keys),
    }
}

/// A polygon that is counted: with a tint and a hatch, so that it is seen in grey too.
pub(super) fn counted(scene: &mut Scene, shaded: bool, polygon: &[Point]) {
    scene.area(if shaded { "tone soft" } else { "plain" }, polygon);
    if shaded {
        hatch(scene, polygon, TURN);
    }
}

keys! {
    /// A bar in equal parts, and others under it.
    Bar {
        parts: Number,
        shaded: Number,
        label: Option<Text>,
        #[serde(default)]
        others: Vec<Whole>,
    }
}

keys! {
    /// A circle in equal sectors, and others beside it.
    Circle {
        parts: Number,
        shaded: Number,
        label: Option<Text>,
        #[serde(default)]
        others: Vec<Whole>,
    }
}

keys! {
    /// One more of the same kind.
    Whole {
        parts: Number,
        shaded: Number,
        label: Option<Text>,
    }
}

/// A fraction with its numbers in place.
struct Share {
    parts: usize,
    shaded: usize,
    label: Option<Label>,
}

fn share(parts: &Number, shaded: &Number, label: Option<&Text>, values: &Values) -> Result<Share, String> {
    let parts = parts.count(values, [1, MOST_PARTS])?;
    let shaded = shaded.count(values, [0, MOST_WHOLES * parts])?;
    let label = label.map(|text| text.fill(values)).transpose()?.map(|words| Label::wrapped(&words, 110.0));
    Ok(Share { parts, shaded, label })
}

macro_rules! shares {
    ($of:expr, $values:expr) => {{
        let mut all = vec![share(&$of.parts, &$of.shaded, $of.label.as_ref(), $values)?];
        for other in &$of.others {
            all.push(share(&other.parts, &other.shaded, other.label.as_ref(), $values)?);
        }
        all
    }};
}

impl Share {
    /// How many are shaded in each whole; more than one whole where there are more than it has parts.
    fn wholes(&self) -> Vec<usize> {
        let wholes = self.shaded.div_ceil(self.parts).max(1);
        (0..wholes).map(|i| (self.shaded - i * self.parts).min(self.parts)).collect()
    }
}

impl Drawing for Bar {
    fn draw(&self, values: &Values) -> Result<Picture, String> {
        const HIGH: f64 = 36.0;
        let shares = shares!(self, values);
        fitted(ROOM, |room| {
            let mut scene = Scene::default();
            let mut top = 0.0;
            for share in &shares {
                let start = top;
                for shaded in share.wholes() {
                    let part = room / share.parts as f64;
                    for i in 0..share.parts {
                        counted(&mut scene, i < shaded, &corners(part * i as f64, top, part, HIGH));
                    }
                    top += HIGH + 10.0;
                }
                if let Some(label) = &share.label {
                    let middle = (start + top - 10.0) / 2.0;
                    scene.write("", at(room + 8.0, middle), Anchor::Start, label.clone());
                }
                top += 4.0;
            }
            Ok(scene)
        })
        .map(Picture::Scene)
    }
}

impl Drawing for Circle {
    fn draw(&self, values: &Values) -> Result<Picture, String> {
        const GAP: f64 = 16.0;
        let shares = shares!(self, values);
        let circles: usize = shares.iter().map(|share| share.wholes().len()).sum();
        // Up to three beside each other, then the next row.
        let radius = if circles == 1 { 76.0 } else { (ROOM / circles.min(3) as f64 - GAP) / 2.0 };
        let radius = radius.min(68.0 + 8.0 / circles as f64);
        let labels = shares.iter().filter_map(|share| share.label.as_ref());
        let low = labels.map(Label::height).fold(0.0, f64::max);
        let mut scene = Scene::default();
        let mut place = 0_usize;
        for share in &shares {
            for (i, shaded) in share.wholes().into_iter().enumerate() {
                let across = (place % 3) as f64 * (2.0 * radius + GAP);
                let centre = at(across, (place / 3) as f64 * (2.0 * radius + GAP + low));
                sectors(&mut scene, centre, radius, share.parts, shaded);
                if let (0, Some(label)) = (i, &share.label) {
                    let under = radius + 5.0 + label.height() / 2.0;
                    scene.write("", centre.plus(0.0, under), Anchor::Middle, label.clone());
                }
                place += 1;
            }
        }
        Ok(Picture::Scene(scene))
    }
}

/// A circle in equal sectors, the first from the top and with the clock.
fn sectors(scene: &mut Scene, centre: Point, radius: f64, parts: usize, shaded: usize) {
    let width = TAU / parts as f64;
    for i in 0..parts {
        let from = FRAC_PI_2 - width * i as f64;
        let mut sector = round(centre, radius, from, from - width);
        if parts > 1 {
            sector.push(centre);
        }
        counted(scene, i < shaded, &sector);
    }
}

keys! {
    /// A rectangle of squares, some of them shaded, row by row.
    Squares {
        rows: Number,
        columns: Number,
        shaded: Option<Number>,
        label: Option<Text>,
    }
}

impl Drawing for Squares {
    fn draw(&self, values: &Values) -> Result<Picture, String> {
        let (rows, columns) = (self.rows.count(values, [1, 20])?, self.columns.count(values, [1, 20])?);
        let shaded = self.shaded.as_ref().map_or(Ok(0), |shaded| shaded.count(values, [0, rows * columns]))?;
        net(rows, columns, shaded, self.label.as_ref(), values).map(Picture::Scene)
    }
}

keys! {
    /// Ten by ten squares, so many of them shaded.
    Hundred {
        shaded: Number,
        label: Option<Text>,
    }
}

impl Drawing for Hundred {
    fn draw(&self, values: &Values) -> Result<Picture, String> {
        let shaded = self.shaded.count(values, [0, 100])?;
        net(10, 10, shaded, self.label.as_ref(), values).map(Picture::Scene)
    }
}

fn net(rows: usize, columns: usize, shaded: usize, label: Option<&Text>, values: &Values) -> Result<Scene, String> {
    const TALLEST: f64 = 240.0;
    let side = (ROOM / columns as f64).min(TALLEST / rows as f64).min(36.0);
    let mut scene = Scene::default();
    for i in 0..rows * columns {
        let (row, column) = (i / columns, i % columns);
        counted(&mut scene, i < shaded, &corners(side * column as f64, side * row as f64, side, side));
    }
    if rows * columns > 60 {
        scene.thinner();
    }
    under(&mut scene, label, values)?;
    Ok(scene)
}

/// Words under a drawing, in its middle.
pub(super) fn under(scene: &mut Scene, label: Option<&Text>, values: &Values) -> Result<(), String> {
    if let Some(text) = label {
        let label = Label::wrapped(&text.fill(values)?, ROOM);
        let frame = scene.frame();
        let place = at((frame.left + frame.right) / 2.0, frame.bottom + 6.0 + label.height() / 2.0);
        scene.write("", place, Anchor::Middle, label);
    }
    Ok(())
}

keys! {
    /// Dots in rows and columns.
    Array {
        rows: Number,
        columns: Number,
        label: Option<Text>,
        /// At the left of the rows, and under the columns.
        rows_label: Option<Text>,
        columns_label: Option<Text>,
    }
}

impl Drawing for Array {
    fn draw(&self, values: &Values) -> Result<Picture, String> {
        let (rows, columns) = (self.rows.count(values, [1, 12])?, self.columns.count(values, [1, 15])?);
        let side = self.rows_label.as_ref().map(|text| text.fill(values)).transpose()?.map(|words| Label::new(&words));
        let pitch = ((ROOM - side.as_ref().map_or(0.0, |label| label.width() + 8.0)) / columns as f64).min(26.0);
        let mut scene = Scene::default();
        for row in 0..rows {
            for column in 0..columns {
                scene.circle("full", at(pitch * (column as f64 + 0.5), pitch * (row as f64 + 0.5)), pitch * 0.32);
            }
        }
        if let Some(label) = side {
            scene.write("", at(-4.0, pitch * rows as f64 / 2.0), Anchor::End, label);
        }
        if let Some(text) = &self.columns_label {
            let label = Label::new(&text.fill(values)?);
            let place = at(pitch * columns as f64 / 2.0, pitch * rows as f64 + SIZE * 0.7);
            scene.write("", place, Anchor::Middle, label);
        }
        under(&mut scene, self.label.as_ref(), values)?;
        Ok(Picture::Scene(scene))
    }
}
