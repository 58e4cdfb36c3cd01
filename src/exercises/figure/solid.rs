//! `kind = "solid"`: bodies seen from the front, a little from above and from the right; hidden edges are dashed.

use std::f64::consts::{PI, TAU};
use std::sync::Arc;

use super::label::{Anchor, Label};
use super::scene::{Point, Scene, arc, at, fitted};
use super::sides::note;
use super::source::{Number, Text, fill_all, keys};
use super::{Drawing, Picture, form_of, keys_of};
use crate::exercises::formula::Values;

const FORMS: [&str; 7] = ["cuboid", "cube", "prism", "pyramid", "cylinder", "cone", "sphere"];
const WIDE: f64 = 200.0;
const HIGH: f64 = 170.0;
/// Depth is drawn obliquely and shortened: so far to the right and so far up.
const DEEP: (f64, f64) = (0.42, 0.32);
/// How flat circles look from the front.
const FLAT: f64 = 0.28;
/// No measure is drawn shorter than this part of the longest.
const SHORTEST: f64 = 0.25;

/// Reads the keys: which they are depends on `form`.
pub(super) fn read(mut keys: toml::Table) -> Result<Arc<dyn Drawing>, String> {
    match form_of(&mut keys, &FORMS)?.as_str() {
        "cuboid" => keys_of::<Cuboid>(keys),
        "cube" => keys_of::<Cube>(keys),
        "prism" => keys_of::<Prism>(keys),
        "pyramid" => keys_of::<Pyramid>(keys),
        "cylinder" => keys_of::<Cylinder>(keys),
        "cone" => keys_of::<Cone>(keys),
        _ => keys_of::<Sphere>(keys),
    }
}

/// Measures as they are drawn, and whether their proportions could be kept.
fn shown<const N: usize>(measures: [f64; N]) -> ([f64; N], bool) {
    let longest = measures.iter().copied().fold(0.0, f64::max);
    let drawn = measures.map(|one| one.max(longest * SHORTEST));
    (drawn, drawn == measures)
}

fn labels(texts: &[Text], values: &Values, most: usize) -> Result<Vec<Label>, String> {
    match texts.len() <= most {
        true => Ok(fill_all(texts, values)?.iter().map(Label::new).collect()),
        false => Err(format!("labels has {} texts; write at most {most}", texts.len())),
    }
}

/// Words beside the line from `a` to `b`: on its right side, seen along it, or on its left.
fn beside(scene: &mut Scene, a: Point, b: Point, label: Option<&Label>, class: &'static str) {
    let Some(label) = label else { return };
    let outward = a.turn_to(b) - PI / 2.0;
    let away =
        |gap: f64| gap + (outward.cos().abs() * label.width() + outward.sin().abs() * label.height() * 0.8) / 2.0;
    let places: Vec<_> = [(0.5, 6.0), (0.5, 10.0), (0.6, 6.0), (0.4, 6.0), (0.7, 6.0), (0.3, 6.0)]
        .map(|(share, gap)| (a.between(b, share).toward(outward, away(gap)), Anchor::Middle))
        .into();
    scene.write_free(class, &places, label.clone());
}

fn finish(mut scene: Scene, kept: bool) -> Scene {
    if !kept {
        note(&mut scene);
    }
    scene
}

keys! {
    Cuboid {
        width: Number,
        height: Number,
        depth: Number,
        /// Of width, depth and height.
        #[serde(default)]
        labels: Vec<Text>,
        /// Whether the faces show cubes of the side 1.
        #[serde(default)]
        cubes: bool,
    }
}

keys! {
    Cube {
        side: Number,
        #[serde(default)]
        labels: Vec<Text>,
        #[serde(default)]
        cubes: bool,
    }
}

impl Drawing for Cuboid {
    fn draw(&self, values: &Values) -> Result<Picture, String> {
        let sides = [self.width.length(values)?, self.height.length(values)?, self.depth.length(values)?];
        let labels = labels(&self.labels, values, 3)?;
        boxed(sides, &labels, self.cubes)
    }
}

impl Drawing for Cube {
    fn draw(&self, values: &Values) -> Result<Picture, String> {
        let labels = labels(&self.labels, values, 3)?;
        boxed([self.side.length(values)?; 3], &labels, self.cubes)
    }
}

fn boxed(sides: [f64; 3], labels: &[Label], cubes: bool) -> Result<Picture, String> {
    if cubes && sides.iter().any(|side| side.fract() != 0.0 || *side > 12.0) {
        return Err(format!("cubes: {sides:?} must be whole numbers up to 12"));
    }
    let ([w, h, d], kept) = if cubes { (sides, true) } else { shown(sides) };
    fitted(WIDE, |room| {
        let scale = (room / (w + d * DEEP.0)).min(HIGH / (h + d * DEEP.1));
        // A corner of the box by its distances from the lower left one in front, in shares of the sides.
        let corner = |x: f64, y: f64, z: f64| at((x * w + z * d * DEEP.0) * scale, -(y * h + z * d * DEEP.1) * scale);
        let mut scene = Scene::default();
        let front = [corner(0.0, 0.0, 0.0), corner(1.0, 0.0, 0.0), corner(1.0, 1.0, 0.0), corner(0.0, 1.0, 0.0)];
        let back = [corner(0.0, 0.0, 1.0), corner(1.0, 0.0, 1.0), corner(1.0, 1.0, 1.0), corner(0.0, 1.0, 1.0)];
        scene.area("body", &[front[0], front[1], back[1], back[2], back[3], front[3]]);
        if !cubes {
            scene.line("thin dashed", &[front[0], back[0], back[1]]);
            scene.line("thin dashed", &[back[0], back[3]]);
        }
        scene.line("line", &[front[3], front[2], front[1]]);
        scene.line("line", &[front[2], back[2]]);
        if cubes {
            nets(&mut scene, corner, sides);
        }
        beside(&mut scene, front[0], front[1], labels.first(), "halo");
        beside(&mut scene, front[1], back[1], labels.get(1), "halo");
        beside(&mut scene, front[3], front[0], labels.get(2), "halo");
        Ok(finish(scene, kept))
    })
    .map(Picture::Scene)
}

/// The edges of cubes on the three faces that are seen.
fn nets(scene: &mut Scene, corner: impl Fn(f64, f64, f64) -> Point, [w, h, d]: [f64; 3]) {
    let cuts = |n: f64| (1..n as u32).map(move |i| f64::from(i) / n);
    for x in cuts(w) {
        scene.line("thin", &[corner(x, 0.0, 0.0), corner(x, 1.0, 0.0), corner(x, 1.0, 1.0)]);
    }
    for y in cuts(h) {
        scene.line("thin", &[corner(0.0, y, 0.0), corner(1.0, y, 0.0), corner(1.0, y, 1.0)]);
    }
    for z in cuts(d) {
        scene.line("thin", &[corner(0.0, 1.0, z), corner(1.0, 1.0, z), corner(1.0, 0.0, z)]);
    }
}

keys! {
    /// A triangle in front, and its length backwards.
    Prism {
        base: Number,
        height: Number,
        length: Number,
        /// Of base, height and length.
        #[serde(default)]
        labels: Vec<Text>,
    }
}

impl Drawing for Prism {
    fn draw(&self, values: &Values) -> Result<Picture, String> {
        let measures = [self.base.length(values)?, self.height.length(values)?, self.length.length(values)?];
        let labels = labels(&self.labels, values, 3)?;
        let ([b, h, l], kept) = shown(measures);
        fitted(WIDE, |room| {
            let scale = (room / (b + l * DEEP.0)).min(HIGH / (h + l * DEEP.1));
            let place = |x: f64, y: f64, z: f64| at((x + z * DEEP.0) * scale, -(y + z * DEEP.1) * scale);
            let front = [place(0.0, 0.0, 0.0), place(b, 0.0, 0.0), place(b / 2.0, h, 0.0)];
            let back = [place(0.0, 0.0, l), place(b, 0.0, l), place(b / 2.0, h, l)];
            let mut scene = Scene::default();
            scene.area("body", &[front[0], front[1], back[1], back[2], front[2]]);
            scene.line("thin dashed", &[front[0], back[0], back[1]]);
            scene.line("thin dashed", &[back[0], back[2]]);
            scene.line("line", &[front[2], front[1]]);
            beside(&mut scene, front[0], front[1], labels.first(), "halo");
            beside(&mut scene, front[1], back[1], labels.get(2), "halo");
            if let Some(label) = labels.get(1).filter(|label| !label.is_empty()) {
                height(&mut scene, front[2], place(b / 2.0, 0.0, 0.0), label);
            }
            Ok(finish(scene, kept))
        })
        .map(Picture::Scene)
    }
}

/// A dashed height with the sign of the right angle at its foot.
fn height(scene: &mut Scene, top: Point, foot: Point, label: &Label) {
    scene.line("thin dashed", &[top, foot]);
    scene.line("thin", &[foot.plus(10.0, 0.0), foot.plus(10.0, -10.0), foot.plus(0.0, -10.0)]);
    let mut places = Vec::new();
    for share in [0.6, 0.7, 0.5, 0.8, 0.4] {
        let place = top.between(foot, share);
        places.push((place.plus(6.0, 0.0), Anchor::Start));
        places.push((place.plus(-6.0, 0.0), Anchor::End));
    }
    scene.write_free("inner", &places, label.clone());
}

keys! {
    /// On a rectangle or a square.
    Pyramid {
        width: Number,
        depth: Option<Number>,
        height: Number,
        /// Of width, depth and height.
        #[serde(default)]
        labels: Vec<Text>,
    }
}

impl Drawing for Pyramid {
    fn draw(&self, values: &Values) -> Result<Picture, String> {
        let width = self.width.length(values)?;
        let depth = self.depth.as_ref().map_or(Ok(width), |depth| depth.length(values))?;
        let labels = labels(&self.labels, values, 3)?;
        let ([w, d, h], kept) = shown([width, depth, self.height.length(values)?]);
        fitted(WIDE, |room| {
            let scale = (room / (w + d * DEEP.0)).min(HIGH / (h + d * DEEP.1 / 2.0));
            let place = |x: f64, y: f64, z: f64| at((x + z * DEEP.0) * scale, -(y + z * DEEP.1) * scale);
            let base = [place(0.0, 0.0, 0.0), place(w, 0.0, 0.0), place(w, 0.0, d), place(0.0, 0.0, d)];
            let (top, foot) = (place(w / 2.0, h, d / 2.0), place(w / 2.0, 0.0, d / 2.0));
            let mut scene = Scene::default();
            scene.area("body", &[base[0], base[1], base[2], top]);
            scene.line("thin dashed", &[base[0], base[3], base[2]]);
            scene.line("thin dashed", &[base[3], top]);
            scene.line("line", &[base[1], top]);
            beside(&mut scene, base[0], base[1], labels.first(), "halo");
            beside(&mut scene, base[1], base[2], labels.get(1), "halo");
            if let Some(label) = labels.get(2).filter(|label| !label.is_empty()) {
                height(&mut scene, top, foot, label);
            }
            Ok(finish(scene, kept))
        })
        .map(Picture::Scene)
    }
}

keys! {
    Cylinder {
        radius: Number,
        height: Number,
        /// Of radius (or diameter) and height.
        #[serde(default)]
        labels: Vec<Text>,
        /// Whether the diameter is drawn instead of the radius.
        #[serde(default)]
        diameter: bool,
    }
}

impl Drawing for Cylinder {
    fn draw(&self, values: &Values) -> Result<Picture, String> {
        let labels = labels(&self.labels, values, 2)?;
        let ([across, h], kept) = shown([2.0 * self.radius.length(values)?, self.height.length(values)?]);
        fitted(WIDE, |room| {
            let scale = (room / across).min(HIGH / (h + across * FLAT));
            let (r, high) = (across / 2.0 * scale, h * scale);
            let (low, top) = (at(0.0, 0.0), at(0.0, -high));
            let radii = [r, r * FLAT];
            let mut scene = Scene::default();
            let mut outline = arc(low, radii, PI, TAU);
            outline.extend(arc(top, radii, 0.0, PI));
            scene.area("body", &outline);
            scene.line("thin dashed", &arc(low, radii, 0.0, PI));
            scene.ellipse("plain", top, radii);
            let from = if self.diameter { top.plus(-r, 0.0) } else { top };
            if let Some(label) = labels.first().filter(|label| !label.is_empty()) {
                scene.line("line", &[from, top.plus(r, 0.0)]);
                scene.dot(top, false);
                across_label(&mut scene, from, top.plus(r, 0.0), radii[1], label);
            }
            beside(&mut scene, low.plus(r, 0.0), top.plus(r, 0.0), labels.get(1), "halo");
            Ok(finish(scene, kept))
        })
        .map(Picture::Scene)
    }
}

/// The words at a radius or diameter on a flat circle: inside it where they fit, otherwise over it.
fn across_label(scene: &mut Scene, from: Point, to: Point, flat: f64, label: &Label) {
    let half = label.height() / 2.0;
    let middle = from.between(to, 0.5);
    let over = middle.plus(0.0, -flat - half - 4.0);
    let inside = middle.plus(0.0, -half - 4.0);
    let fits = flat > half * 2.0 + 6.0 && from.distance(to) > label.width() + 8.0;
    scene.write("halo", if fits { inside } else { over }, Anchor::Middle, label.clone());
}

keys! {
    Cone {
        radius: Number,
        height: Number,
        /// Of radius, height and the slanted side.
        #[serde(default)]
        labels: Vec<Text>,
    }
}

impl Drawing for Cone {
    fn draw(&self, values: &Values) -> Result<Picture, String> {
        let labels = labels(&self.labels, values, 3)?;
        let ([across, h], kept) = shown([2.0 * self.radius.length(values)?, self.height.length(values)?]);
        fitted(WIDE, |room| {
            let scale = (room / across).min(HIGH / (h + across * FLAT / 2.0));
            let (r, high) = (across / 2.0 * scale, h * scale);
            let (foot, top) = (at(0.0, 0.0), at(0.0, -high));
            let radii = [r, r * FLAT];
            let mut scene = Scene::default();
            let mut outline = arc(foot, radii, PI, TAU);
            outline.push(top);
            scene.area("body", &outline);
            scene.line("thin dashed", &arc(foot, radii, 0.0, PI));
            let named = |i: usize| labels.get(i).filter(|label| !label.is_empty());
            if let Some(label) = named(1) {
                height(&mut scene, top, foot, label);
            }
            if let Some(label) = named(0) {
                scene.line("thin dashed", &[foot, foot.plus(r, 0.0)]);
                let under = at(r / 2.0, radii[1] + 4.0 + label.height() / 2.0);
                let inside = at(r / 2.0, 3.0 + label.height() / 2.0);
                let fits = radii[1] > label.height() * 1.4;
                let (class, place) = if fits { ("inner", inside) } else { ("halo", under) };
                scene.write(class, place, Anchor::Middle, label.clone());
            }
            beside(&mut scene, foot.plus(r, 0.0), top, labels.get(2), "halo");
            Ok(finish(scene, kept))
        })
        .map(Picture::Scene)
    }
}

keys! {
    /// Its size on the page is always the same.
    Sphere {
        /// Of the radius or diameter.
        #[serde(default)]
        labels: Vec<Text>,
        #[serde(default)]
        diameter: bool,
    }
}

impl Drawing for Sphere {
    fn draw(&self, values: &Values) -> Result<Picture, String> {
        const RADIUS: f64 = 80.0;
        let labels = labels(&self.labels, values, 1)?;
        let centre = at(0.0, 0.0);
        let radii = [RADIUS, RADIUS * FLAT];
        let mut scene = Scene::default();
        scene.circle("body", centre, RADIUS);
        scene.line("thin", &arc(centre, radii, PI, TAU));
        scene.line("thin dashed", &arc(centre, radii, 0.0, PI));
        if let Some(label) = labels.first() {
            let from = if self.diameter { centre.plus(-RADIUS, 0.0) } else { centre };
            let to = centre.plus(RADIUS, 0.0);
            scene.line("line", &[from, to]);
            scene.dot(centre, false);
            let middle = from.between(to, 0.5);
            scene.write("inner", middle.plus(0.0, -radii[1] - 13.0), Anchor::Middle, label.clone());
        }
        Ok(Picture::Scene(scene))
    }
}
