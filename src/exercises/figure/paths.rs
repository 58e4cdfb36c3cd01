//! What goes through a coordinate system: paths from point to point, straight lines and curves.

use std::collections::BTreeSet;
use std::f64::consts::FRAC_PI_2;

use serde::Deserialize;
use stepcheck::Rational;

use super::grid::Plot;
use super::label::{Anchor, Label};
use super::scene::{Frame, Point, Scene, at};
use super::source::{Named, Number, Text, keys};
use super::tone::{TURN, hatch};
use crate::exercises::formula::Values;

/// So many straight pieces look like a curve.
const PIECES: i64 = 80;

keys! {
    /// From point to point.
    Path {
        through: Vec<[Number; 2]>,
        label: Option<Text>,
        /// Back to the first point.
        #[serde(default)]
        closed: bool,
        #[serde(default)]
        shaded: bool,
        #[serde(default)]
        dashed: bool,
        /// With an arrow at its last point.
        #[serde(default)]
        arrow: bool,
    }
}

keys! {
    /// y = kx + m, or upright at x.
    Line {
        k: Option<Number>,
        m: Option<Number>,
        x: Option<Number>,
        label: Option<Text>,
        #[serde(default)]
        dashed: bool,
    }
}

/// y as a formula in a letter.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Curve {
    y: Number,
    /// The letter for the numbers on the x axis.
    #[serde(default = "letter")]
    variable: char,
    from: Option<Number>,
    to: Option<Number>,
    label: Option<Text>,
    #[serde(default)]
    dashed: bool,
}

fn letter() -> char {
    'x'
}

impl Named for Curve {
    fn names(&self, found: &mut BTreeSet<char>) {
        let mut of_y = BTreeSet::new();
        self.y.names(&mut of_y);
        of_y.remove(&self.variable);
        found.extend(of_y);
        self.from.names(found);
        self.to.names(found);
        self.label.names(found);
    }
}

/// What has been drawn and waits for its name, until everything is there that the name should not cover.
pub(super) struct Plotted {
    label: Option<Label>,
    points: Vec<Point>,
    frame: Frame,
}

impl Plotted {
    fn new(text: Option<&Text>, points: Vec<Point>, plot: &Plot, values: &Values) -> Result<Self, String> {
        let label = text.map(|text| text.fill(values)).transpose()?.map(|words| Label::new(&words));
        Ok(Self { label, points, frame: plot.frame })
    }

    /// Writes the name beside it, rather at its end than elsewhere.
    pub(super) fn name(self, scene: &mut Scene) {
        let Some(label) = self.label else { return };
        let mut places = Vec::new();
        let (wide, high) = (label.width(), label.height());
        for share in [0.95, 0.88, 0.8, 0.05, 0.2, 0.65, 0.5, 0.35] {
            let Some((place, turn)) = along(&self.points, share) else { return };
            let normal = turn + FRAC_PI_2;
            let away = 5.0 + (normal.cos().abs() * wide + normal.sin().abs() * high * 0.8) / 2.0;
            for sign in [1.0, -1.0] {
                let centre = place.toward(normal, away * sign);
                let inside = (self.frame.left + wide / 2.0..=self.frame.right - wide / 2.0).contains(&centre.x)
                    && (self.frame.top + high / 2.0 - 4.0..=self.frame.bottom - high / 2.0 + 4.0).contains(&centre.y);
                if inside {
                    places.push((centre, Anchor::Middle));
                }
            }
        }
        if places.is_empty() {
            places.extend(self.points.last().map(|p| (p.plus(8.0, 0.0), Anchor::Start)));
        }
        scene.write_free("halo strong", &places, label);
    }
}

/// The point after a share of the way, and the direction there.
fn along(points: &[Point], share: f64) -> Option<(Point, f64)> {
    let whole: f64 = points.windows(2).map(|two| two[0].distance(two[1])).sum();
    let mut left = whole * share;
    for two in points.windows(2) {
        let long = two[0].distance(two[1]);
        if left <= long && long > 0.0 {
            return Some((two[0].between(two[1], left / long), two[0].turn_to(two[1])));
        }
        left -= long;
    }
    None
}

impl Path {
    fn places(&self, plot: &Plot, values: &Values) -> Result<Vec<Point>, String> {
        let mut places = Vec::new();
        for [x, y] in &self.through {
            let (x, y) = (x.real(values)?, y.real(values)?);
            plot.x.holds("a corner of a path", x)?;
            plot.y.holds("a corner of a path", y)?;
            places.push(plot.place(x, y));
        }
        if places.len() < 2 {
            return Err("paths: «through» needs two points or more, [[x, y], [x, y]]".into());
        }
        Ok(places)
    }

    /// The surface, which lies under everything else.
    pub(super) fn surface(&self, scene: &mut Scene, plot: &Plot, values: &Values) -> Result<(), String> {
        if self.shaded {
            let places = self.places(plot, values)?;
            scene.area("tone tint", &places);
            hatch(scene, &places, TURN);
        }
        Ok(())
    }

    pub(super) fn draw(&self, scene: &mut Scene, plot: &Plot, values: &Values) -> Result<Plotted, String> {
        let places = self.places(plot, values)?;
        let class = stroke(self.dashed);
        if self.closed {
            scene.area(class, &places);
        } else {
            scene.line(class, &places);
        }
        if let (true, [.., before, last]) = (self.arrow, places.as_slice()) {
            scene.arrow(*last, before.turn_to(*last));
        }
        Plotted::new(self.label.as_ref(), places, plot, values)
    }
}

fn stroke(dashed: bool) -> &'static str {
    if dashed { "curve dashed" } else { "curve" }
}

impl Line {
    pub(super) fn draw(&self, scene: &mut Scene, plot: &Plot, values: &Values) -> Result<Plotted, String> {
        let (from, to) = match (&self.x, &self.k, &self.m) {
            (Some(x), None, None) => {
                let x = x.real(values)?;
                plot.x.holds("an upright line", x)?;
                (plot.place(x, plot.y.from), plot.place(x, plot.y.to))
            }
            (None, Some(k), m) => {
                let k = k.real(values)?;
                let m = m.as_ref().map_or(Ok(0.0), |m| m.real(values))?;
                let end = |x: f64| plot.place(x, k * x + m);
                (end(plot.x.from), end(plot.x.to))
            }
            _ => return Err("lines: write k and m (y = kx + m), or x for an upright line".into()),
        };
        let seen = clipped(from, to, &plot.frame);
        let (from, to) = seen.ok_or("a line does not go through the squares; choose other numbers or larger axes")?;
        scene.line(stroke(self.dashed), &[from, to]);
        Plotted::new(self.label.as_ref(), vec![from, to], plot, values)
    }
}

impl Curve {
    pub(super) fn draw(&self, scene: &mut Scene, plot: &Plot, values: &Values) -> Result<Plotted, String> {
        let mut runs: Vec<Vec<Point>> = Vec::new();
        let mut before: Option<Point> = None;
        for x in self.steps(plot, values)? {
            let y = self.y.value_with(values, self.variable, &x);
            let here = y.map(|y| plot.place(super::source::real(&x), y));
            if let Some((from, to)) = before.zip(here).and_then(|(a, b)| clipped(a, b, &plot.frame)) {
                match runs.last_mut() {
                    Some(run) if run.last() == Some(&from) => run.push(to),
                    _ => runs.push(vec![from, to]),
                }
            }
            before = here;
        }
        if runs.is_empty() {
            return Err("a curve does not go through the squares; choose other numbers or larger axes".into());
        }
        for run in &runs {
            scene.line(stroke(self.dashed), run);
        }
        let longest = runs.into_iter().max_by_key(Vec::len).unwrap_or_default();
        Plotted::new(self.label.as_ref(), longest, plot, values)
    }

    fn steps(&self, plot: &Plot, values: &Values) -> Result<impl Iterator<Item = Rational>, String> {
        let end = |number: &Option<Number>, axis: &Rational| match number {
            Some(number) => number.exact(values),
            None => Ok(axis.clone()),
        };
        let (from, to) = (end(&self.from, &plot.ends[0])?, end(&self.to, &plot.ends[1])?);
        let step = (&to - &from) / Rational::from_integer(PIECES.into());
        Ok((0..=PIECES).map(move |i| &from + &step * Rational::from_integer(i.into())))
    }
}

/// The part of a line inside a frame (Liang and Barsky, 1984).
fn clipped(a: Point, b: Point, frame: &Frame) -> Option<(Point, Point)> {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let (mut enters, mut leaves) = (0.0_f64, 1.0_f64);
    let sides = [(-dx, a.x - frame.left), (dx, frame.right - a.x), (-dy, a.y - frame.top), (dy, frame.bottom - a.y)];
    for (p, q) in sides {
        if p == 0.0 {
            if q < 0.0 {
                return None;
            }
        } else if p < 0.0 {
            enters = enters.max(q / p);
        } else {
            leaves = leaves.min(q / p);
        }
    }
    // An end inside stays exactly what it is, so that the pieces of a curve are joined.
    let end = |share: f64| {
        if share == 0.0 {
            a
        } else if share == 1.0 {
            b
        } else {
            at(a.x + dx * share, a.y + dy * share)
        }
    };
    (enters < leaves).then(|| (end(enters), end(leaves)))
}
