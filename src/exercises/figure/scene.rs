//! A drawing as a list of marks, so that it can be measured before it is written as SVG.
//!
//! Arcs are polylines with a corner every few degrees: what is hatched, measured and avoided by labels is then always a
//! polygon. Hatches are drawn as lines of their own, since patterns of SVG need ids that clash on a page.

use std::f64::consts::TAU;
use std::fmt::Write as _;

use super::label::{Anchor, Label, prefixed, short};

/// No drawing is wider, so that its letters are readable on a telephone.
pub(super) const WIDEST: f64 = 320.0;
/// What is left free around a drawing, for the width of its lines.
const MARGIN: f64 = 4.0;

/// A place in the drawing; y grows downwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
}

pub(super) fn at(x: f64, y: f64) -> Point {
    Point { x, y }
}

impl Point {
    pub(super) fn plus(self, dx: f64, dy: f64) -> Self {
        at(self.x + dx, self.y + dy)
    }

    /// The point `distance` away in the direction `turn`, in radians from the right and upwards.
    pub(super) fn toward(self, turn: f64, distance: f64) -> Self {
        at(self.x + distance * turn.cos(), self.y - distance * turn.sin())
    }

    /// The direction in which `other` is seen.
    pub(super) fn turn_to(self, other: Self) -> f64 {
        (self.y - other.y).atan2(other.x - self.x)
    }

    pub(super) fn between(self, other: Self, share: f64) -> Self {
        at(self.x + (other.x - self.x) * share, self.y + (other.y - self.y) * share)
    }

    pub(super) fn distance(self, other: Self) -> f64 {
        (self.x - other.x).hypot(self.y - other.y)
    }
}

/// A rectangle along the axes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Frame {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl Frame {
    const NOTHING: Self =
        Self { left: f64::INFINITY, top: f64::INFINITY, right: f64::NEG_INFINITY, bottom: f64::NEG_INFINITY };

    fn around(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    pub(super) fn width(&self) -> f64 {
        self.right - self.left
    }

    pub(super) fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// How much of the two is common, in square units.
    pub(super) fn common(&self, other: &Self) -> f64 {
        let wide = self.right.min(other.right) - self.left.max(other.left);
        let high = self.bottom.min(other.bottom) - self.top.max(other.top);
        wide.max(0.0) * high.max(0.0)
    }

    fn holds(&self, p: Point) -> bool {
        (self.left..=self.right).contains(&p.x) && (self.top..=self.bottom).contains(&p.y)
    }

    /// How much of the line from `a` to `b` lies inside, roughly.
    fn crossed(&self, a: Point, b: Point) -> f64 {
        const STEP: f64 = 3.0;
        let length = a.distance(b);
        let steps = (length / STEP).ceil().max(1.0);
        let inside = (0..=steps as u32).filter(|i| self.holds(a.between(b, f64::from(*i) / steps))).count();
        inside as f64 * STEP
    }
}

/// One thing drawn; `class` says how in `figures.css`.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Mark {
    Path { points: Vec<Point>, closed: bool, class: &'static str },
    Ellipse { centre: Point, radii: [f64; 2], class: &'static str },
    Label { at: Point, anchor: Anchor, label: Label, class: &'static str },
}

impl Mark {
    pub(super) fn frame(&self) -> Frame {
        match self {
            Self::Path { points, .. } => points
                .iter()
                .fold(Frame::NOTHING, |all, p| all.around(Frame { left: p.x, top: p.y, right: p.x, bottom: p.y })),
            Self::Ellipse { centre, radii: [rx, ry], .. } => {
                Frame { left: centre.x - rx, top: centre.y - ry, right: centre.x + rx, bottom: centre.y + ry }
            }
            Self::Label { at, anchor, label, .. } => label_frame(*at, *anchor, label),
        }
    }
}

fn label_frame(at: Point, anchor: Anchor, label: &Label) -> Frame {
    let (wide, high) = (label.width(), label.height());
    let left = match anchor {
        Anchor::Start => at.x,
        Anchor::Middle => at.x - wide / 2.0,
        Anchor::End => at.x - wide,
    };
    Frame { left, top: at.y - high / 2.0, right: left + wide, bottom: at.y + high / 2.0 }
}

/// A drawing.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Scene {
    pub(super) marks: Vec<Mark>,
}

impl Scene {
    pub(super) fn line(&mut self, class: &'static str, points: &[Point]) {
        self.marks.push(Mark::Path { points: points.to_vec(), closed: false, class });
    }

    pub(super) fn area(&mut self, class: &'static str, points: &[Point]) {
        self.marks.push(Mark::Path { points: points.to_vec(), closed: true, class });
    }

    pub(super) fn circle(&mut self, class: &'static str, centre: Point, radius: f64) {
        self.marks.push(Mark::Ellipse { centre, radii: [radius; 2], class });
    }

    pub(super) fn ellipse(&mut self, class: &'static str, centre: Point, radii: [f64; 2]) {
        self.marks.push(Mark::Ellipse { centre, radii, class });
    }

    /// A text whose place is fixed.
    pub(super) fn write(&mut self, class: &'static str, at: Point, anchor: Anchor, label: Label) {
        if !label.is_empty() {
            self.marks.push(Mark::Label { at, anchor, label, class });
        }
    }

    /// A text at the first of `places` where it covers least of other texts and of lines.
    pub(super) fn write_free(&mut self, class: &'static str, places: &[(Point, Anchor)], label: Label) {
        let costs = places.iter().map(|(at, anchor)| self.covered(&label_frame(*at, *anchor, &label)));
        let best = costs.enumerate().min_by(|a, b| a.1.total_cmp(&b.1)).map(|(i, _)| i);
        if let Some((at, anchor)) = best.and_then(|i| places.get(i)) {
            self.write(class, *at, *anchor, label);
        }
    }

    /// How badly a text in `frame` would stand.
    fn covered(&self, frame: &Frame) -> f64 {
        let of = |mark: &Mark| match mark {
            Mark::Label { .. } => mark.frame().common(frame) * 20.0,
            Mark::Ellipse { class: "dot" | "open", .. } => mark.frame().common(frame) * 20.0,
            Mark::Path { points, closed, class } if !matches!(*class, "grid" | "hatch") => {
                let last = points.last().zip(points.first()).filter(|_| *closed);
                let sides = points.windows(2).map(|two| (two[0], two[1])).chain(last.map(|(a, b)| (*a, *b)));
                sides.map(|(a, b)| frame.crossed(a, b)).sum::<f64>() * 4.0
            }
            _ => 0.0,
        };
        self.marks.iter().map(of).sum()
    }

    /// What all of it takes, without margin.
    pub(super) fn frame(&self) -> Frame {
        self.marks.iter().map(Mark::frame).fold(Frame::NOTHING, Frame::around)
    }

    /// The drawing as `<svg>` with `described` for those who don't see it.
    pub(super) fn svg(&self, language: &str, described: &str, out: &mut String) {
        let frame = self.frame();
        let (left, top) = ((frame.left - MARGIN).floor(), (frame.top - MARGIN).floor());
        let wide = (frame.right + MARGIN).ceil() - left;
        let high = (frame.bottom + MARGIN).ceil() - top;
        // A fifth larger where there is room: then the letters are as large as the text around.
        let _ = write!(
            out,
            "<svg viewBox=\"{} {} {} {}\" width=\"{}\" height=\"{}\" role=\"img\" aria-label=\"{}\">",
            short(left),
            short(top),
            short(wide),
            short(high),
            short((wide * 1.2).round()),
            short((high * 1.2).round()),
            super::label::escaped(described),
        );
        for mark in &self.marks {
            write_mark(mark, language, out);
        }
        out.push_str("</svg>");
    }
}

fn write_mark(mark: &Mark, language: &str, out: &mut String) {
    let _ = match mark {
        Mark::Path { points, closed, class } => {
            let mut d = String::new();
            for (i, p) in points.iter().enumerate() {
                let sign = ["M", "L", " "][i.min(2)];
                let _ = write!(d, "{sign}{} {}", short(p.x), short(p.y));
            }
            let class = prefixed(class);
            write!(out, "<path class=\"{class}\" d=\"{d}{}\"/>", if *closed { "Z" } else { "" })
        }
        Mark::Ellipse { centre, radii: [rx, ry], class } => {
            let (x, y, rx, ry) = (short(centre.x), short(centre.y), short(*rx), short(*ry));
            let class = prefixed(class);
            write!(out, "<ellipse class=\"{class}\" cx=\"{x}\" cy=\"{y}\" rx=\"{rx}\" ry=\"{ry}\"/>")
        }
        Mark::Label { at, anchor, label, class } => {
            label.svg(language, (at.x, at.y), *anchor, class, out);
            Ok(())
        }
    };
}

/// Points on an ellipse from one direction to another, in radians from the right and upwards.
pub(super) fn arc(centre: Point, radii: [f64; 2], from: f64, to: f64) -> Vec<Point> {
    // A corner every five degrees is not seen at these sizes.
    let steps = ((to - from).abs() / TAU * 72.0).ceil().max(2.0);
    let turn = |i: u32| from + (to - from) * f64::from(i) / steps;
    (0..=steps as u32).map(|i| at(centre.x + radii[0] * turn(i).cos(), centre.y - radii[1] * turn(i).sin())).collect()
}

/// The same on a circle.
pub(super) fn round(centre: Point, radius: f64, from: f64, to: f64) -> Vec<Point> {
    arc(centre, [radius; 2], from, to)
}

/// The corners of a rectangle, from the lower left and against the clock.
pub(super) fn corners(left: f64, top: f64, wide: f64, high: f64) -> [Point; 4] {
    [at(left, top + high), at(left + wide, top + high), at(left + wide, top), at(left, top)]
}

/// All the width there is.
pub(super) const ROOM: f64 = WIDEST - 2.0 * MARGIN;

/// Draws with less and less room, from `room` on, until the labels fit as well. `draw` is told how wide the drawing
/// itself may be.
pub(super) fn fitted(room: f64, draw: impl Fn(f64) -> Result<Scene, String>) -> Result<Scene, String> {
    const LEAST: f64 = 60.0;
    let mut room = room;
    for _ in 0..12 {
        let scene = draw(room)?;
        let over = scene.frame().width() - ROOM;
        if over <= 0.5 {
            return Ok(scene);
        }
        room -= over.max(3.0);
        if room < LEAST {
            break;
        }
    }
    Err("the figure gets too wide for a telephone; shorten its labels".into())
}

impl Scene {
    /// The head of an arrow that points in the direction `turn` and ends at `tip`.
    pub(super) fn arrow(&mut self, tip: Point, turn: f64) {
        const LONG: f64 = 10.0;
        const SPREAD: f64 = 0.42;
        let back = turn + std::f64::consts::PI;
        self.area("head", &[tip, tip.toward(back + SPREAD, LONG), tip.toward(back - SPREAD, LONG)]);
    }

    /// Lines so close to each other are drawn thinner.
    pub(super) fn thinner(&mut self) {
        for mark in &mut self.marks {
            if let Mark::Path { class, .. } = mark {
                *class = match *class {
                    "plain" => "plain thin",
                    "tone soft" => "tone soft thin",
                    other => other,
                };
            }
        }
    }

    /// A filled or an open dot.
    pub(super) fn dot(&mut self, centre: Point, open: bool) {
        self.circle(if open { "open" } else { "dot" }, centre, 4.5);
    }
}
