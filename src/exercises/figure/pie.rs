//! A chart of a whole and its parts.

use std::f64::consts::{FRAC_PI_2, TAU};

use super::chart::same_length;
use super::label::{Anchor, Label};
use super::scene::{Point, Scene, at, fitted, round};
use super::source::{Number, Text, both, fill_all, keys};
use super::tone::shade;
use super::{Drawing, Picture};
use crate::exercises::formula::Values;
use crate::exercises::words::Words;

/// More sectors can't be told apart.
const MOST: usize = 8;
const RADIUS: f64 = 96.0;

keys! {
    /// Sectors from the top and with the clock.
    Pie {
        categories: Vec<Text>,
        values: Vec<Number>,
        /// Whether the share of each stands at its name.
        #[serde(default)]
        percent: bool,
    }
}

impl Drawing for Pie {
    fn check(&self) -> Result<(), String> {
        same_length(&self.categories, &self.values)?;
        match self.categories.len() {
            1..=MOST => Ok(()),
            n => Err(format!("a pie of {n} sectors can't be read; write at most {MOST}")),
        }
    }

    fn draw(&self, values: &Values) -> Result<Picture, String> {
        let mut parts = Vec::new();
        for number in &self.values {
            let part = number.real(values)?;
            if part < 0.0 {
                return Err(format!("a sector is {part}; a part of a whole is not below 0"));
            }
            parts.push(part);
        }
        let whole: f64 = parts.iter().sum();
        if whole <= 0.0 {
            return Err("all sectors are 0; let some be larger".into());
        }
        let shares: Vec<f64> = parts.iter().map(|part| part / whole).collect();
        let names = fill_all(&self.categories, values)?;
        fitted(2.0 * RADIUS, |room| Ok(self.scene(&shares, &names, room / 2.0))).map(Picture::Scene)
    }
}

impl Pie {
    fn scene(&self, shares: &[f64], names: &[Words], radius: f64) -> Scene {
        let mut scene = Scene::default();
        let centre = at(0.0, 0.0);
        let mut from = FRAC_PI_2;
        let mut middles = Vec::new();
        for (i, share) in shares.iter().enumerate() {
            let to = from - share * TAU;
            let mut sector = round(centre, radius, from, to);
            if *share < 1.0 {
                sector.push(centre);
            }
            if *share > 0.0 {
                shade(&mut scene, i, &sector);
            }
            middles.push((from + to) / 2.0);
            from = to;
        }
        let labels: Vec<Label> = names.iter().zip(shares).map(|(name, share)| self.label(name, *share)).collect();
        place(&mut scene, &middles, shares, radius, labels);
        scene
    }

    fn label(&self, name: &Words, share: f64) -> Label {
        if !self.percent {
            return Label::wrapped(name, 90.0);
        }
        let percent = both(format!("{}\u{a0}%", (share * 100.0).round()));
        let joined =
            |name: &str, percent: &str| if name.is_empty() { percent.to_owned() } else { format!("{name} {percent}") };
        Label::wrapped(&Words { sv: joined(&name.sv, &percent.sv), en: joined(&name.en, &percent.en) }, 90.0)
    }
}

/// Names beside their sectors; where two would meet, the later one is moved along and a line leads to it.
fn place(scene: &mut Scene, middles: &[f64], shares: &[f64], radius: f64, labels: Vec<Label>) {
    let centre = at(0.0, 0.0);
    for ((middle, share), label) in middles.iter().zip(shares).zip(labels) {
        if *share == 0.0 {
            continue;
        }
        let along = |turn: f64, away: f64| -> (Point, Anchor) {
            let half = (turn.cos().abs() * label.width() + turn.sin().abs() * label.height()) / 2.0;
            (centre.toward(turn, radius + away + half), Anchor::Middle)
        };
        let shifts = [0.0, 0.1, -0.1, 0.2, -0.2, 0.3, -0.3, 0.45, -0.45];
        let places: Vec<_> =
            [7.0, 22.0].iter().flat_map(|away| shifts.map(|shift| along(middle + shift, *away))).collect();
        scene.write_free("", &places, label);
    }
}
