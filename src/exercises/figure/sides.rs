//! A shape with corners, and what is written at its sides and in its corners.

use std::f64::consts::{FRAC_PI_2, PI, TAU};

use super::label::{Anchor, Label};
use super::round::angle_mark;
use super::scene::{Point, Scene, at};
use super::source::{Text, fill_all, keys};
use crate::exercises::formula::Values;
use crate::exercises::words::Words;

/// How wide a shape is drawn, and how high.
pub(super) const WIDE: f64 = 240.0;
const HIGH: f64 = 190.0;
/// A shape is drawn at most so many times wider than high, and higher than wide.
const FLATTEST: f64 = 4.0;
const STEEPEST: f64 = 2.5;

keys! {
    /// What is written at sides and corners. All lists begin at the lower left corner, or at the side from there to the
    /// right, and go against the clock; `""` is none.
    Sides {
        #[serde(default)]
        labels: Vec<Text>,
        /// Names of the corners.
        #[serde(default)]
        corners: Vec<Text>,
        /// Words at arcs in the corners.
        #[serde(default)]
        angles: Vec<Text>,
        /// Corners with the sign of the right angle, counted from 1.
        right: Option<Vec<usize>>,
        /// How many small strokes each side has: sides with as many are equally long.
        #[serde(default)]
        marks: Vec<usize>,
        inside: Option<Text>,
        #[serde(default = "yes")]
        filled: bool,
        #[serde(default = "yes")]
        to_scale: bool,
    }
}

fn yes() -> bool {
    true
}

/// The corners of a shape in its own measure, y upwards.
#[derive(Debug)]
pub(super) struct Outline {
    corners: Vec<(f64, f64)>,
    /// Corners that are exactly right.
    right: Vec<usize>,
    height: Option<Height>,
}

/// A height drawn inside: from where, and how long the lower side is that it stands on.
#[derive(Debug)]
struct Height {
    from: (f64, f64),
    base: f64,
    label: Label,
}

impl Outline {
    pub(super) fn new(corners: Vec<(f64, f64)>) -> Self {
        Self { corners, right: Vec::new(), height: None }
    }

    /// With the sign of the right angle where there is one.
    pub(super) fn with_right_corners(mut self) -> Self {
        let n = self.corners.len();
        let right = |i: &usize| {
            let (a, b, c) = (self.corners[(i + n - 1) % n], self.corners[*i], self.corners[(i + 1) % n]);
            let (u, v) = ((a.0 - b.0, a.1 - b.1), (c.0 - b.0, c.1 - b.1));
            (u.0 * v.0 + u.1 * v.1).abs() < 1e-9 * u.0.hypot(u.1) * v.0.hypot(v.1)
        };
        self.right = (0..n).filter(right).collect();
        self
    }

    pub(super) fn with_height(mut self, from: (f64, f64), base: f64, label: Label) -> Self {
        self.height = Some(Height { from, base, label });
        self
    }
}

/// How a shape's own measure becomes that of the drawing.
struct Fit {
    left: f64,
    bottom: f64,
    across: f64,
    up: f64,
}

impl Fit {
    /// The second value is whether the proportions could be kept.
    fn new(corners: &[(f64, f64)], room: f64) -> (Self, bool) {
        let least = |of: fn(&(f64, f64)) -> f64| corners.iter().map(of).fold(f64::INFINITY, f64::min);
        let most = |of: fn(&(f64, f64)) -> f64| corners.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
        let (left, bottom) = (least(|p| p.0), least(|p| p.1));
        let (wide, high) = (most(|p| p.0) - left, most(|p| p.1) - bottom);
        let ratio = wide / high;
        let shown = ratio.clamp(1.0 / STEEPEST, FLATTEST);
        let across_all = room.min(HIGH * shown);
        let fit = Self { left, bottom, across: across_all / wide, up: across_all / shown / high };
        (fit, (ratio - shown).abs() < 1e-9)
    }

    fn place(&self, p: (f64, f64)) -> Point {
        at((p.0 - self.left) * self.across, -(p.1 - self.bottom) * self.up)
    }
}

impl Sides {
    /// Draws the shape no wider than `room`, and its words around it.
    pub(super) fn scene(&self, outline: &Outline, room: f64, values: &Values) -> Result<Scene, String> {
        let n = outline.corners.len();
        self.count(n)?;
        let (fit, kept) = Fit::new(&outline.corners, room);
        let corners: Vec<Point> = outline.corners.iter().map(|p| fit.place(*p)).collect();
        let mut scene = Scene::default();
        scene.area(if self.filled { "body" } else { "line" }, &corners);
        let own: Vec<usize> = outline.right.clone();
        let right = self.right.as_ref().map_or(own, |list| list.iter().map(|corner| corner - 1).collect());
        let angles = fill_all(&self.angles, values)?;
        for corner in 0..n {
            let around = [corners[(corner + n - 1) % n], corners[corner], corners[(corner + 1) % n]];
            let label = angles.get(corner).map(Label::new).filter(|label| !label.is_empty());
            corner_mark(&mut scene, around, right.contains(&corner), label);
        }
        for (side, strokes) in self.marks.iter().enumerate() {
            equal_mark(&mut scene, corners[side], corners[(side + 1) % n], *strokes);
        }
        let mut labels: Vec<Label> = fill_all(&self.labels, values)?.iter().map(Label::new).collect();
        if let Some(height) = &outline.height {
            height.draw(&mut scene, &fit, &mut labels, n);
        }
        if let Some(text) = &self.inside {
            let label = Label::wrapped(&text.fill(values)?, 140.0);
            let high = label.height();
            let centre = middle(&corners);
            let places: Vec<_> = [0.0, 0.6, -0.6].map(|down| (centre.plus(0.0, down * high), Anchor::Middle)).into();
            scene.write_free("inner", &places, label);
        }
        for (side, label) in labels.into_iter().enumerate().take(n) {
            side_label(&mut scene, corners[side], corners[(side + 1) % n], label);
        }
        for (corner, words) in fill_all(&self.corners, values)?.iter().enumerate() {
            let around = [corners[(corner + n - 1) % n], corners[corner], corners[(corner + 1) % n]];
            corner_name(&mut scene, around, Label::new(words));
        }
        if !(kept && self.to_scale) {
            note(&mut scene);
        }
        Ok(scene)
    }

    /// Lists that are longer than the shape has sides are slips.
    fn count(&self, n: usize) -> Result<(), String> {
        let lists = [
            ("labels", self.labels.len()),
            ("corners", self.corners.len()),
            ("angles", self.angles.len()),
            ("marks", self.marks.len()),
        ];
        if let Some((key, long)) = lists.into_iter().find(|(_, long)| *long > n) {
            return Err(format!("{key} has {long} of them, but the shape has {n} sides; write at most {n}"));
        }
        match self.right.iter().flatten().find(|corner| !(1..=n).contains(*corner)) {
            Some(corner) => Err(format!("right: there is no corner {corner}; count them from 1 to {n}")),
            None => Ok(()),
        }
    }
}

/// «Not to scale», under everything.
pub(super) fn note(scene: &mut Scene) {
    let frame = scene.frame();
    let words = Words { sv: "Ej skalenlig".into(), en: "Not to scale".into() };
    let label = Label::new(&words);
    scene.write("note", at((frame.left + frame.right) / 2.0, frame.bottom + 14.0), Anchor::Middle, label);
}

/// The middle of the surface (the centroid of a polygon).
fn middle(corners: &[Point]) -> Point {
    let (mut area, mut x, mut y) = (0.0, 0.0, 0.0);
    for (a, b) in corners.iter().zip(corners.iter().cycle().skip(1)) {
        let part = a.x * b.y - b.x * a.y;
        area += part;
        x += (a.x + b.x) * part;
        y += (a.y + b.y) * part;
    }
    at(x / (3.0 * area), y / (3.0 * area))
}

fn corner_mark(scene: &mut Scene, [before, corner, after]: [Point; 3], right: bool, label: Option<Label>) {
    if right {
        const SIDE: f64 = 12.0;
        let (u, v) = (corner.turn_to(before), corner.turn_to(after));
        let across = corner.toward(u, SIDE).toward(v, SIDE);
        scene.line("thin", &[corner.toward(u, SIDE), across, corner.toward(v, SIDE)]);
    }
    if right || label.is_some() {
        let from = corner.turn_to(after);
        let width = (corner.turn_to(before) - from).rem_euclid(TAU);
        let reach = corner.distance(before).min(corner.distance(after));
        angle_mark(scene, corner, [from, width], reach, (!right).then_some(24.0), label.map(|label| (label, "inner")));
    }
}

/// Small strokes across a side.
fn equal_mark(scene: &mut Scene, a: Point, b: Point, strokes: usize) {
    let turn = a.turn_to(b);
    let centre = a.between(b, 0.5);
    for i in 0..strokes.min(4) {
        let on = centre.toward(turn, (i as f64 - (strokes as f64 - 1.0) / 2.0) * 5.0);
        scene.line("line", &[on.toward(turn + FRAC_PI_2, 6.0), on.toward(turn - FRAC_PI_2, 6.0)]);
    }
}

/// Words on the outer side of the side from `a` to `b`.
fn side_label(scene: &mut Scene, a: Point, b: Point, label: Label) {
    let outward = a.turn_to(b) - FRAC_PI_2;
    let (wide, high) = (label.width(), label.height() * 0.8);
    let half = (outward.cos().abs() * wide + outward.sin().abs() * high) / 2.0;
    // At last on the inner side, where a notch has no room for them.
    let places: Vec<_> = [(0.5, 7.0), (0.5, 12.0), (0.35, 7.0), (0.65, 7.0), (0.5, 18.0), (0.5, -7.0)]
        .map(|(share, gap): (f64, f64)| {
            let away = gap + half * gap.signum();
            (a.between(b, share).toward(outward, away), Anchor::Middle)
        })
        .into();
    scene.write_free("halo", &places, label);
}

/// The name of a corner, outside.
fn corner_name(scene: &mut Scene, [before, corner, after]: [Point; 3], label: Label) {
    let from = corner.turn_to(after);
    let width = (corner.turn_to(before) - from).rem_euclid(TAU);
    let outward = from + width / 2.0 + PI;
    let places: Vec<_> = [13.0, 17.0, 22.0].map(|away| (corner.toward(outward, away), Anchor::Middle)).into();
    scene.write_free("halo strong", &places, label);
}

impl Height {
    fn draw(&self, scene: &mut Scene, fit: &Fit, labels: &mut Vec<Label>, sides: usize) {
        let foot = (self.from.0, 0.0);
        let slack = self.base * 1e-9;
        // A height along a side is that side.
        if sides == 3 && (foot.0.abs() < slack || (foot.0 - self.base).abs() < slack) {
            let side = if foot.0.abs() < slack { 2 } else { 1 };
            labels.resize(labels.len().max(side + 1), Label::default());
            labels[side] = self.label.clone();
            return;
        }
        let (top, low) = (fit.place(self.from), fit.place(foot));
        if foot.0 < 0.0 || foot.0 > self.base {
            let end = fit.place((if foot.0 < 0.0 { 0.0 } else { self.base }, 0.0));
            scene.line("line dashed", &[low, end]);
        }
        scene.line("line dashed", &[top, low]);
        let inner = if foot.0 > self.base { -1.0 } else { 1.0 };
        let side = 11.0 * inner;
        scene.line("thin", &[low.plus(side, 0.0), low.plus(side, -11.0), low.plus(0.0, -11.0)]);
        let places: Vec<_> = [(0.55, inner), (0.55, -inner), (0.7, inner), (0.4, inner), (0.7, -inner)]
            .map(|(share, way)| {
                let anchor = if way > 0.0 { Anchor::Start } else { Anchor::End };
                (top.between(low, share).plus(7.0 * way, 0.0), anchor)
            })
            .into();
        scene.write_free(if inner > 0.0 && foot.0 >= 0.0 { "inner" } else { "halo" }, &places, self.label.clone());
    }
}
