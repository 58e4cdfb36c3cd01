//! `kind = "tally"`: things to count or to draw from: tally marks, dots, balls, dice and spinners.

use std::f64::consts::{FRAC_PI_2, TAU};
use std::sync::Arc;

use super::fraction::under;
use super::label::{Anchor, Label, SIZE};
use super::scene::{Point, ROOM, Scene, at, corners, round};
use super::source::{Number, Text, fill_all, keys};
use super::{Drawing, Picture, form_of, keys_of};
use crate::exercises::formula::Values;

const FORMS: [&str; 5] = ["marks", "set", "balls", "dice", "spinner"];

/// Reads the keys: which they are depends on `form`.
pub(super) fn read(mut keys: toml::Table) -> Result<Arc<dyn Drawing>, String> {
    match form_of(&mut keys, &FORMS)?.as_str() {
        "marks" => keys_of::<Marks>(keys),
        "set" => keys_of::<Set>(keys),
        "balls" => keys_of::<Balls>(keys),
        "dice" => keys_of::<Dice>(keys),
        _ => keys_of::<Spinner>(keys),
    }
}

keys! {
    /// Strokes in fives.
    Marks {
        count: Number,
        label: Option<Text>,
    }
}

impl Drawing for Marks {
    fn draw(&self, values: &Values) -> Result<Picture, String> {
        const HIGH: f64 = 30.0;
        const APART: f64 = 9.0;
        const FIVE: f64 = 58.0;
        const IN_A_ROW: usize = 5;
        let count = self.count.count(values, [0, 100])?;
        let mut scene = Scene::default();
        for i in 0..count {
            let five = i / 5;
            let (left, top) = ((five % IN_A_ROW) as f64 * FIVE, (five / IN_A_ROW) as f64 * (HIGH + 14.0));
            let stroke = match i % 5 {
                4 => [at(left - 6.0, top + HIGH - 5.0), at(left + 3.0 * APART + 6.0, top + 5.0)],
                n => [at(left + n as f64 * APART, top), at(left + n as f64 * APART, top + HIGH)],
            };
            scene.line("curve ink", &stroke);
        }
        if count == 0 {
            // An empty drawing still has a place.
            scene.line("line", &[at(0.0, HIGH), at(40.0, HIGH)]);
        }
        under(&mut scene, self.label.as_ref(), values)?;
        Ok(Picture::Scene(scene))
    }
}

keys! {
    /// Dots, some of them filled.
    Set {
        count: Number,
        filled: Number,
        /// How many stand in a row.
        columns: Option<Number>,
        label: Option<Text>,
    }
}

impl Drawing for Set {
    fn draw(&self, values: &Values) -> Result<Picture, String> {
        let count = self.count.count(values, [1, 100])?;
        let filled = self.filled.count(values, [0, count])?;
        let columns = match &self.columns {
            Some(columns) => columns.count(values, [1, 20])?,
            None => count.min(if count % 5 == 0 && count <= 50 { 5 } else { 6 }).max(count.div_ceil(10)),
        };
        let pitch = (ROOM / columns as f64).min(32.0);
        let mut scene = Scene::default();
        for i in 0..count {
            let centre = at(pitch * ((i % columns) as f64 + 0.5), pitch * ((i / columns) as f64 + 0.5));
            scene.circle(if i < filled { "full" } else { "open" }, centre, pitch * 0.36);
        }
        under(&mut scene, self.label.as_ref(), values)?;
        Ok(Picture::Scene(scene))
    }
}

keys! {
    /// Balls of some kinds in a box.
    Balls {
        kinds: Vec<Ball>,
        label: Option<Text>,
    }
}

keys! {
    /// So many balls with the same letter.
    Ball {
        letter: Text,
        count: Number,
    }
}

impl Drawing for Balls {
    fn check(&self) -> Result<(), String> {
        match self.kinds.len() {
            1..=4 => Ok(()),
            n => Err(format!("kinds has {n} kinds of balls; write 1 to 4")),
        }
    }

    fn draw(&self, values: &Values) -> Result<Picture, String> {
        const PITCH: f64 = 38.0;
        const RADIUS: f64 = 15.0;
        let mut letters = Vec::new();
        let mut counts = Vec::new();
        for (i, kind) in self.kinds.iter().enumerate() {
            let label = Label::new(&kind.letter.fill(values)?);
            if label.width() > 2.0 * RADIUS - 6.0 {
                return Err(format!("kinds[{}]: the word does not fit in a ball; write one letter", i + 1));
            }
            letters.push(label);
            counts.push(kind.count.count(values, [0, 30])?);
        }
        let order = mixed(&counts);
        if !(1..=40).contains(&order.len()) {
            return Err(format!("there are {} balls; write 1 to 40 in all", order.len()));
        }
        let columns = (order.len() as f64).sqrt().mul_add(1.3, 0.5).floor().clamp(1.0, 8.0) as usize;
        let rows = order.len().div_ceil(columns);
        let mut scene = Scene::default();
        let (wide, high) = (columns as f64 * PITCH + 14.0, rows as f64 * PITCH + 12.0);
        scene.line("line", &[at(-7.0, -6.0), at(-7.0, high - 6.0), at(wide - 7.0, high - 6.0), at(wide - 7.0, -6.0)]);
        for (i, kind) in order.iter().enumerate() {
            let centre = at(PITCH * ((i % columns) as f64 + 0.5), PITCH * ((i / columns) as f64 + 0.5));
            ball(&mut scene, centre, RADIUS, *kind, letters[*kind].clone());
        }
        under(&mut scene, self.label.as_ref(), values)?;
        Ok(Picture::Scene(scene))
    }
}

/// A ball of a kind: open, tinted, dark with a light letter, or with a double rim.
fn ball(scene: &mut Scene, centre: Point, radius: f64, kind: usize, letter: Label) {
    let (class, letters) =
        [("plain", "strong"), ("full", "strong on"), ("tone soft", "strong"), ("plain", "strong")][kind % 4];
    scene.circle(class, centre, radius);
    if kind % 4 == 3 {
        scene.circle("thin", centre, radius - 3.5);
    }
    scene.write(letters, centre, Anchor::Middle, letter);
}

/// Kinds in an order in which each is spread out evenly, as in a shaken box.
fn mixed(counts: &[usize]) -> Vec<usize> {
    let spread = |kind: usize, count: usize| {
        // Half a place and a little more for each kind, so that none always comes first.
        (0..count).map(move |i| ((i as f64 + 0.5 + 0.07 * kind as f64) / count as f64, kind))
    };
    let mut all: Vec<(f64, usize)> = counts.iter().enumerate().flat_map(|(kind, count)| spread(kind, *count)).collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    all.into_iter().map(|(_, kind)| kind).collect()
}

keys! {
    /// Dice, seen from above.
    Dice {
        faces: Vec<Number>,
        label: Option<Text>,
    }
}

impl Drawing for Dice {
    fn check(&self) -> Result<(), String> {
        match self.faces.len() {
            1..=6 => Ok(()),
            n => Err(format!("faces has {n} dice; write 1 to 6, such as faces = [\"a\", \"b\"]")),
        }
    }

    fn draw(&self, values: &Values) -> Result<Picture, String> {
        let side = ((ROOM + 14.0) / self.faces.len() as f64 - 14.0).min(64.0);
        let mut scene = Scene::default();
        for (i, face) in self.faces.iter().enumerate() {
            let dots = face.count(values, [1, 6])?;
            let left = i as f64 * (side + 14.0);
            scene.area("plain", &corners(left, 0.0, side, side));
            let (low, high) = (0.24, 0.76);
            let all = [(0.5, 0.5), (low, low), (high, high), (high, low), (low, high), (low, 0.5), (high, 0.5)];
            let shown: &[usize] = match dots {
                1 => &[0],
                2 => &[1, 2],
                3 => &[0, 1, 2],
                4 => &[1, 2, 3, 4],
                5 => &[0, 1, 2, 3, 4],
                _ => &[1, 2, 3, 4, 5, 6],
            };
            for place in shown {
                let (x, y) = all[*place];
                scene.circle("full", at(left + x * side, y * side), side * 0.085);
            }
        }
        under(&mut scene, self.label.as_ref(), values)?;
        Ok(Picture::Scene(scene))
    }
}

keys! {
    /// A wheel of equal sectors with an arrow.
    Spinner {
        sectors: Vec<Text>,
    }
}

impl Drawing for Spinner {
    fn check(&self) -> Result<(), String> {
        match self.sectors.len() {
            2..=12 => Ok(()),
            n => Err(format!("sectors has {n} words; write 2 to 12")),
        }
    }

    fn draw(&self, values: &Values) -> Result<Picture, String> {
        const RADIUS: f64 = 100.0;
        let words = fill_all(&self.sectors, values)?;
        let width = TAU / words.len() as f64;
        let mut scene = Scene::default();
        let centre = at(0.0, 0.0);
        // The same words look the same.
        let kinds: Vec<usize> =
            words.iter().map(|word| words.iter().position(|first| first == word).unwrap_or(0)).collect();
        let mut seen: Vec<usize> = kinds.clone();
        seen.sort_unstable();
        seen.dedup();
        for (i, word) in words.iter().enumerate() {
            let from = FRAC_PI_2 - width * i as f64;
            let mut sector = round(centre, RADIUS, from, from - width);
            sector.push(centre);
            let tone = seen.iter().position(|kind| *kind == kinds[i]).unwrap_or(0);
            // No hatches: they would lie under the words.
            scene.area(["tone soft", "plain"][tone % 2], &sector);
            let label = Label::wrapped(word, RADIUS * 0.75);
            let chord = 2.0 * (width / 2.0).sin() * RADIUS * 0.68;
            if words.len() > 2 && label.height().min(label.width()) > chord {
                return Err(format!("sectors[{}]: the words do not fit; shorten them", i + 1));
            }
            scene.write("", centre.toward(from - width / 2.0, RADIUS * 0.68), Anchor::Middle, label);
        }
        // The arrow stands still, between two directions that sectors begin at.
        let turn = FRAC_PI_2 - width * 0.35;
        scene.line("hand", &[centre, centre.toward(turn, RADIUS * 0.36)]);
        scene.arrow(centre.toward(turn, RADIUS * 0.36 + SIZE * 0.5), turn);
        scene.circle("dot", centre, 5.0);
        Ok(Picture::Scene(scene))
    }
}
