//! `kind = "grid"`: a coordinate system with points, paths, lines and curves.

use std::f64::consts::FRAC_PI_2;

use stepcheck::Rational;

use super::label::{Anchor, Label, SIZE};
use super::number_line::{first, one};
use super::paths::{Curve, Line, Path, Plotted};
use super::plot::Scale;
use super::scene::{Frame, Point, ROOM, Scene, at, fitted};
use super::source::{Number, Text, both, keys};
use super::{Drawing, Picture};
use crate::exercises::formula::Values;

/// How far the axes go on beyond the squares, with their arrows.
const BEYOND: f64 = 14.0;
const TALLEST: f64 = 330.0;
const LEAST_SIDE: f64 = 150.0;
const LARGEST_SQUARE: f64 = 44.0;

keys! {
    /// The keys of a coordinate system.
    Grid {
        x: Axis,
        y: Axis,
        /// Whether numbers stand at the axes.
        #[serde(default = "yes")]
        numbers: bool,
        /// Whether there are squares behind.
        #[serde(default = "yes")]
        squares: bool,
        #[serde(default)]
        points: Vec<Spot>,
        #[serde(default)]
        paths: Vec<Path>,
        #[serde(default)]
        lines: Vec<Line>,
        #[serde(default)]
        curves: Vec<Curve>,
    }
}

keys! {
    /// One axis.
    Axis {
        from: Number,
        to: Number,
        #[serde(default = "one")]
        step: Number,
        #[serde(default = "first")]
        every: usize,
        label: Option<Text>,
    }
}

keys! {
    /// A marked point.
    Spot {
        x: Number,
        y: Number,
        label: Option<Text>,
    }
}

fn yes() -> bool {
    true
}

/// Where numbers are in the drawing.
pub(super) struct Plot {
    pub(super) x: Scale,
    pub(super) y: Scale,
    /// From where to where the x axis goes, exactly.
    pub(super) ends: [Rational; 2],
    /// The squares, from the upper left corner (0, 0).
    pub(super) frame: Frame,
}

impl Plot {
    pub(super) fn place(&self, x: f64, y: f64) -> Point {
        at(self.x.place(x, self.frame.width()), self.frame.bottom - self.y.place(y, self.frame.height()))
    }

    /// Where the axes cross: at 0, or at the edge where 0 is not in sight.
    fn origin(&self) -> Point {
        let zero = |scale: &Scale| if scale.from <= 0.0 && 0.0 <= scale.to { 0.0 } else { scale.from };
        self.place(zero(&self.x), zero(&self.y))
    }
}

impl Drawing for Grid {
    fn draw(&self, values: &Values) -> Result<Picture, String> {
        let scale = |name: &str, axis: &Axis| {
            Scale::read(&axis.from, &axis.to, &axis.step, values).map_err(|what| format!("{name}: {what}"))
        };
        let (x, y) = (scale("x", &self.x)?, scale("y", &self.y)?);
        fitted(ROOM, |room| self.scene(x.clone(), y.clone(), room, values)).map(Picture::Scene)
    }
}

/// The squares are square unless the drawing became too flat or too narrow by it.
fn squares(x: &Scale, y: &Scale, room: f64) -> (f64, f64) {
    let count = |scale: &Scale| match scale.ticks.as_slice() {
        [first, second, ..] => (scale.to - scale.from) / (second.at - first.at),
        _ => 1.0,
    };
    let (across, up) = (count(x), count(y));
    let side = (room / across).min(TALLEST / up).min(LARGEST_SQUARE);
    let least = LEAST_SIDE.min(room);
    ((side * across).max(least), (side * up).max(least))
}

impl Grid {
    fn scene(&self, x: Scale, y: Scale, room: f64, values: &Values) -> Result<Scene, String> {
        let (wide, high) = squares(&x, &y, room - 2.0 * BEYOND);
        let ends = [self.x.from.exact(values)?, self.x.to.exact(values)?];
        let plot = Plot { x, y, ends, frame: Frame { left: 0.0, top: 0.0, right: wide, bottom: high } };
        let mut scene = Scene::default();
        if self.squares {
            paper(&mut scene, &plot);
        }
        for path in &self.paths {
            path.surface(&mut scene, &plot, values)?;
        }
        self.axes(&mut scene, &plot, values)?;
        let mut plotted: Vec<Plotted> = Vec::new();
        for path in &self.paths {
            plotted.push(path.draw(&mut scene, &plot, values)?);
        }
        for line in &self.lines {
            plotted.push(line.draw(&mut scene, &plot, values)?);
        }
        for curve in &self.curves {
            plotted.push(curve.draw(&mut scene, &plot, values)?);
        }
        self.spots(&mut scene, &plot, values)?;
        for one in plotted {
            one.name(&mut scene);
        }
        Ok(scene)
    }

    fn axes(&self, scene: &mut Scene, plot: &Plot, values: &Values) -> Result<(), String> {
        let Frame { right, bottom, .. } = plot.frame;
        let origin = plot.origin();
        scene.line("line", &[at(0.0, origin.y), at(right + BEYOND - 4.0, origin.y)]);
        scene.arrow(at(right + BEYOND, origin.y), 0.0);
        scene.line("line", &[at(origin.x, bottom), at(origin.x, 4.0 - BEYOND)]);
        scene.arrow(at(origin.x, -BEYOND), FRAC_PI_2);
        if self.numbers {
            self.numbers(scene, plot);
        }
        let name = |axis: &Axis, letter: &str| -> Result<Label, String> {
            let words = axis.label.as_ref().map(|text| text.fill(values)).transpose()?;
            Ok(Label::new(&words.unwrap_or_else(|| both(letter))))
        };
        let x = name(&self.x, "x")?;
        let low = if self.numbers && origin.y > bottom - 16.0 { origin.y + 20.0 } else { bottom };
        if x.width() <= SIZE {
            scene.write("", at(right + BEYOND + 5.0, origin.y), Anchor::Start, x);
        } else {
            scene.write("", at(right + BEYOND, low + 16.5), Anchor::End, x);
        }
        let y = name(&self.y, "y")?;
        if y.width() <= SIZE {
            scene.write("", at(origin.x, -BEYOND - 11.0), Anchor::Middle, y);
        } else {
            let start = (origin.x - y.width() / 2.0).min(right + BEYOND - y.width()).max(-30.0);
            scene.write("", at(start, -BEYOND - 14.0), Anchor::Start, y);
        }
        Ok(())
    }

    fn numbers(&self, scene: &mut Scene, plot: &Plot) {
        let Frame { right, bottom, .. } = plot.frame;
        let origin = plot.origin();
        // The 0 of both axes stands once, beside the corner; an axis that is not cut at 0 has no number there.
        let cut_at_zero = |scale: &Scale| scale.from <= 0.0 && 0.0 <= scale.to;
        let common = cut_at_zero(&plot.x) && cut_at_zero(&plot.y);
        for i in plot.x.numbered(self.x.every, right, |label| label.width() + 7.0) {
            let tick = &plot.x.ticks[i];
            let x = plot.place(tick.at, plot.y.from).x;
            let (dx, anchor) = if common && tick.at == 0.0 { (-5.0, Anchor::End) } else { (0.0, Anchor::Middle) };
            scene.line("line", &[at(x, origin.y - 3.0), at(x, origin.y + 3.0)]);
            let down = 5.0 + tick.label.height() / 2.0;
            scene.write("halo", at(x + dx, origin.y + down), anchor, tick.label.clone());
        }
        for i in plot.y.numbered(self.y.every, bottom, |label| label.height() + 3.0) {
            let tick = &plot.y.ticks[i];
            let y = plot.place(plot.x.from, tick.at).y;
            if !(common && tick.at == 0.0) {
                scene.line("line", &[at(origin.x - 3.0, y), at(origin.x + 3.0, y)]);
                scene.write("halo", at(origin.x - 6.0, y), Anchor::End, tick.label.clone());
            }
        }
    }

    fn spots(&self, scene: &mut Scene, plot: &Plot, values: &Values) -> Result<(), String> {
        let mut named = Vec::new();
        for (i, spot) in self.points.iter().enumerate() {
            let (x, y) = (spot.x.real(values)?, spot.y.real(values)?);
            plot.x.holds(&format!("points[{}].x", i + 1), x)?;
            plot.y.holds(&format!("points[{}].y", i + 1), y)?;
            let place = plot.place(x, y);
            scene.dot(place, false);
            if let Some(text) = &spot.label {
                named.push((place, Label::new(&text.fill(values)?)));
            }
        }
        for (place, label) in named {
            beside(scene, place, label);
        }
        Ok(())
    }
}

/// A word beside a point, where there is room.
pub(super) fn beside(scene: &mut Scene, place: Point, label: Label) {
    let away = 6.0 + label.height() / 2.0;
    let places = [
        (place.plus(7.0, 4.0 - away), Anchor::Start),
        (place.plus(-7.0, 4.0 - away), Anchor::End),
        (place.plus(7.0, away - 4.0), Anchor::Start),
        (place.plus(-7.0, away - 4.0), Anchor::End),
        (place.plus(0.0, -away), Anchor::Middle),
        (place.plus(0.0, away), Anchor::Middle),
        (place.plus(9.0, 0.0), Anchor::Start),
        (place.plus(-9.0, 0.0), Anchor::End),
    ];
    scene.write_free("halo strong", &places, label);
}

fn paper(scene: &mut Scene, plot: &Plot) {
    let Frame { right, bottom, .. } = plot.frame;
    for tick in &plot.x.ticks {
        let x = plot.place(tick.at, plot.y.from).x;
        scene.line("grid", &[at(x, 0.0), at(x, bottom)]);
    }
    for tick in &plot.y.ticks {
        let y = plot.place(plot.x.from, tick.at).y;
        scene.line("grid", &[at(0.0, y), at(right, y)]);
    }
}
