//! `kind = "number-line"`: a line with ticks, marked points, jumps and intervals.

use std::f64::consts::{FRAC_PI_2, PI};

use serde::Deserialize;

use super::label::{Anchor, Label, SIZE};
use super::plot::Scale;
use super::scene::{Point, ROOM, Scene, arc, at, fitted};
use super::source::{Number, Text, keys, nameless};
use super::{Drawing, Picture};
use crate::exercises::formula::Values;

/// How far the line goes on beyond its ends.
const BEYOND: f64 = 14.0;
const LEVEL: f64 = SIZE * 1.25;

keys! {
    /// The keys of a number line.
    NumberLine {
        from: Number,
        to: Number,
        #[serde(default = "one")]
        step: Number,
        /// Which ticks have their numbers.
        #[serde(default)]
        numbers: Numbers,
        /// With all numbers: only every so manieth.
        #[serde(default = "first")]
        every: usize,
        /// Whether numbers between whole ones are fractions instead of decimals.
        #[serde(default)]
        fractions: bool,
        #[serde(default)]
        points: Vec<Marked>,
        #[serde(default)]
        jumps: Vec<Jump>,
        #[serde(default)]
        intervals: Vec<Interval>,
    }
}

keys! {
    /// A point on the line.
    Marked {
        at: Number,
        label: Option<Text>,
        #[serde(default)]
        open: bool,
    }
}

keys! {
    /// An arrow over the line from one number to another.
    Jump {
        from: Number,
        to: Number,
        label: Option<Text>,
    }
}

keys! {
    /// A part of the line; without an end it goes on for ever there.
    Interval {
        from: Option<Number>,
        to: Option<Number>,
        #[serde(default)]
        open_from: bool,
        #[serde(default)]
        open_to: bool,
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Numbers {
    #[default]
    All,
    Ends,
    None,
}

nameless!(Numbers);

pub(super) fn one() -> Number {
    Number::from(1)
}

pub(super) fn first() -> usize {
    1
}

impl Drawing for NumberLine {
    fn check(&self) -> Result<(), String> {
        match self.intervals.iter().any(|interval| interval.from.is_none() && interval.to.is_none()) {
            true => Err("intervals: write «from», «to» or both".into()),
            false => Ok(()),
        }
    }

    fn draw(&self, values: &Values) -> Result<Picture, String> {
        let scale = Scale::read(&self.from, &self.to, &self.step, values)?;
        let scale = if self.fractions { scale.in_fractions() } else { scale };
        fitted(ROOM, |room| self.scene(&scale, room, values)).map(Picture::Scene)
    }
}

impl NumberLine {
    fn scene(&self, scale: &Scale, room: f64, values: &Values) -> Result<Scene, String> {
        let long = room - 2.0 * BEYOND;
        let mut scene = Scene::default();
        scene.line("line", &[at(-BEYOND, 0.0), at(long + BEYOND - 4.0, 0.0)]);
        scene.arrow(at(long + BEYOND, 0.0), 0.0);
        let low = self.ticks(&mut scene, scale, long);
        for interval in &self.intervals {
            interval.draw(&mut scene, scale, long, values)?;
        }
        for jump in &self.jumps {
            jump.draw(&mut scene, scale, long, values)?;
        }
        self.points(&mut scene, scale, [long, low], values)?;
        Ok(scene)
    }

    /// Draws the ticks; returns how far down their numbers reach.
    fn ticks(&self, scene: &mut Scene, scale: &Scale, long: f64) -> f64 {
        let last = scale.ticks.len() - 1;
        let numbered = match self.numbers {
            Numbers::All => scale.numbered(self.every, long, |label| label.width() + 8.0),
            Numbers::Ends => vec![0, last],
            Numbers::None => Vec::new(),
        };
        let mut low: f64 = 10.0;
        for (i, tick) in scale.ticks.iter().enumerate() {
            let x = scale.place(tick.at, long);
            let long_tick = numbered.contains(&i) || self.numbers == Numbers::None;
            let half = if long_tick { 8.0 } else { 5.0 };
            scene.line("line", &[at(x, -half), at(x, half)]);
            if numbered.contains(&i) {
                let high = tick.label.height();
                scene.write("", at(x, 10.0 + high / 2.0), Anchor::Middle, tick.label.clone());
                low = low.max(10.0 + high);
            }
        }
        low
    }

    /// Points have their words over the line, or under the numbers where jumps take the room above.
    fn points(&self, scene: &mut Scene, scale: &Scale, [long, low]: [f64; 2], values: &Values) -> Result<(), String> {
        let (start, step) = if self.jumps.is_empty() { (-10.0, -1.0) } else { (low, 1.0) };
        let mut taken: Vec<(f64, f64, u32)> = Vec::new();
        for (i, point) in self.points.iter().enumerate() {
            let value = point.at.real(values)?;
            scale.holds(&format!("points[{}]", i + 1), value)?;
            let place = at(scale.place(value, long), 0.0);
            scene.dot(place, point.open);
            let Some(text) = &point.label else { continue };
            let label = Label::new(&text.fill(values)?);
            let (left, right) = (place.x - label.width() / 2.0 - 3.0, place.x + label.width() / 2.0 + 3.0);
            let meets = |level: u32| taken.iter().any(|(l, r, at)| *at == level && *l < right && left < *r);
            let level = (0..8).find(|level| !meets(*level)).unwrap_or(8);
            taken.push((left, right, level));
            let away = start + step * (label.height() / 2.0 + f64::from(level) * LEVEL);
            if level > 0 || step > 0.0 {
                let end = away - step * label.height() / 2.0;
                scene.line("thin", &[place.plus(0.0, step * 8.0), at(place.x, end)]);
            }
            scene.write("halo strong", at(place.x, away), Anchor::Middle, label);
        }
        Ok(())
    }
}

impl Jump {
    fn draw(&self, scene: &mut Scene, scale: &Scale, long: f64, values: &Values) -> Result<(), String> {
        let (from, to) = (self.from.real(values)?, self.to.real(values)?);
        scale.holds("a jump", from)?;
        scale.holds("a jump", to)?;
        let (start, end) = (scale.place(from, long), scale.place(to, long));
        let half = (end - start).abs() / 2.0;
        let high = half.clamp(20.0, 46.0);
        let centre = at((start + end) / 2.0, -9.0);
        let (begin, finish) = if start < end { (PI, 0.0) } else { (0.0, PI) };
        let bow = arc(centre, [half, high], begin, finish);
        scene.line("move", bow.get(..bow.len().saturating_sub(2)).unwrap_or(&bow));
        // Where the bow is narrow its end is upright; otherwise the head leans as the bow does.
        let lean = if start < end { 0.25 } else { -0.25 };
        scene.arrow(at(end, -8.0), -FRAC_PI_2 + if half > 20.0 { lean } else { lean / 2.0 });
        if let Some(text) = &self.label {
            let label = Label::new(&text.fill(values)?);
            let top = centre.y - high - label.height() / 2.0 - 3.0;
            let places: Vec<(Point, Anchor)> =
                (0..4).map(|level| (at(centre.x, top - f64::from(level) * LEVEL), Anchor::Middle)).collect();
            scene.write_free("strong", &places, label);
        }
        Ok(())
    }
}

impl Interval {
    fn draw(&self, scene: &mut Scene, scale: &Scale, long: f64, values: &Values) -> Result<(), String> {
        let end = |number: &Option<Number>| -> Result<Option<f64>, String> {
            let Some(number) = number else { return Ok(None) };
            let value = number.real(values)?;
            scale.holds("an interval", value)?;
            Ok(Some(scale.place(value, long)))
        };
        let (from, to) = (end(&self.from)?, end(&self.to)?);
        let left = at(from.unwrap_or(-BEYOND + 4.0), 0.0);
        let right = at(to.unwrap_or(long + BEYOND - 6.0), 0.0);
        scene.line("thick", &[left, right]);
        for (place, known, open) in [(left, from, self.open_from), (right, to, self.open_to)] {
            if known.is_some() {
                scene.dot(place, open);
            }
        }
        if from.is_none() {
            scene.arrow(at(-BEYOND, 0.0), PI);
        }
        Ok(())
    }
}
