//! `kind = "shape"`: plane figures in proportion to their numbers.

use std::f64::consts::{FRAC_PI_2, TAU};
use std::sync::Arc;

use super::label::Label;
use super::round::{Angle, Circle};
use super::scene::fitted;
use super::sides::{Outline, Sides, WIDE};
use super::source::{Named, Number, Text, keys};
use super::{Drawing, Picture, form_of, keys_of, told};
use crate::exercises::formula::Values;

const FORMS: [&str; 10] = [
    "rectangle",
    "square",
    "triangle",
    "parallelogram",
    "trapezium",
    "regular",
    "l-shape",
    "polygon",
    "circle",
    "angle",
];
/// Keys that every shape with corners may have.
const OF_SIDES: [&str; 8] = ["labels", "corners", "angles", "right", "marks", "inside", "filled", "to_scale"];

/// Reads the keys: which they are depends on `form`.
pub(super) fn read(mut keys: toml::Table) -> Result<Arc<dyn Drawing>, String> {
    match form_of(&mut keys, &FORMS)?.as_str() {
        "rectangle" => cornered::<Rectangle>(keys),
        "square" => cornered::<Square>(keys),
        "triangle" => cornered::<Triangle>(keys),
        "parallelogram" => cornered::<Parallelogram>(keys),
        "trapezium" => cornered::<Trapezium>(keys),
        "regular" => cornered::<Regular>(keys),
        "l-shape" => cornered::<LShape>(keys),
        "polygon" => cornered::<Polygon>(keys),
        "circle" => keys_of::<Circle>(keys),
        _ => keys_of::<Angle>(keys),
    }
}

/// A shape with corners, and what is written at them.
#[derive(Debug)]
struct Cornered<F> {
    form: F,
    sides: Sides,
}

/// What makes the corners of a shape.
trait Form: Named + std::fmt::Debug + Send + Sync {
    fn outline(&self, values: &Values) -> Result<Outline, String>;
}

fn cornered<F: Form + for<'a> serde::Deserialize<'a> + 'static>(
    mut keys: toml::Table,
) -> Result<Arc<dyn Drawing>, String> {
    let of_sides: toml::Table =
        OF_SIDES.iter().filter_map(|key| keys.remove(*key).map(|value| ((*key).to_owned(), value))).collect();
    let sides: Sides = of_sides.try_into().map_err(|error| told(&error))?;
    let form: F = keys
        .try_into()
        .map_err(|error| format!("{}; every shape with corners may also have {}", told(&error), OF_SIDES.join(", ")))?;
    Ok(Arc::new(Cornered { form, sides }))
}

impl<F: Named> Named for Cornered<F> {
    fn names(&self, found: &mut std::collections::BTreeSet<char>) {
        self.form.names(found);
        self.sides.names(found);
    }
}

impl<F: Form> Drawing for Cornered<F> {
    fn draw(&self, values: &Values) -> Result<Picture, String> {
        let outline = self.form.outline(values)?;
        fitted(WIDE, |room| self.sides.scene(&outline, room, values)).map(Picture::Scene)
    }
}

keys! {
    Rectangle {
        width: Number,
        height: Number,
    }
}

impl Form for Rectangle {
    fn outline(&self, values: &Values) -> Result<Outline, String> {
        let (w, h) = (self.width.length(values)?, self.height.length(values)?);
        Ok(Outline::new(vec![(0.0, 0.0), (w, 0.0), (w, h), (0.0, h)]))
    }
}

keys! {
    Square {
        side: Number,
    }
}

impl Form for Square {
    fn outline(&self, values: &Values) -> Result<Outline, String> {
        let side = self.side.length(values)?;
        Ok(Outline::new(vec![(0.0, 0.0), (side, 0.0), (side, side), (0.0, side)]))
    }
}

keys! {
    /// By base and height, or by three sides.
    Triangle {
        base: Option<Number>,
        height: Option<Number>,
        /// How far along the base the top stands, from 0 to 1 (or beyond).
        apex: Option<Number>,
        /// The lower side, the right and the left one.
        sides: Option<[Number; 3]>,
        height_label: Option<Text>,
    }
}

impl Form for Triangle {
    fn outline(&self, values: &Values) -> Result<Outline, String> {
        let (base, top) = match (&self.base, &self.height, &self.sides) {
            (Some(base), Some(height), None) => {
                let base = base.length(values)?;
                let share = self.apex.as_ref().map_or(Ok(0.35), |apex| apex.real(values))?;
                (base, (base * share, height.length(values)?))
            }
            (None, None, Some([a, b, c])) => {
                let (a, b, c) = (a.length(values)?, b.length(values)?, c.length(values)?);
                // The law of cosines, at the lower left corner.
                let x = (a * a + c * c - b * b) / (2.0 * a);
                let square = c * c - x * x;
                if square <= 1e-9 * c * c {
                    return Err(format!(
                        "sides {a}, {b}, {c} make no triangle; two of them must be longer than the third"
                    ));
                }
                (a, (x, square.sqrt()))
            }
            _ => return Err("triangle: write base and height, or sides = [lower, right, left]".into()),
        };
        let label = self.height_label.as_ref().map(|text| text.fill(values)).transpose()?;
        let outline = Outline::new(vec![(0.0, 0.0), (base, 0.0), top]).with_right_corners();
        Ok(match label {
            None => outline,
            Some(words) => outline.with_height(top, base, Label::new(&words)),
        })
    }
}

keys! {
    Parallelogram {
        base: Number,
        height: Number,
        /// How far the upper side is moved to the right; a third of the base.
        offset: Option<Number>,
        height_label: Option<Text>,
    }
}

impl Form for Parallelogram {
    fn outline(&self, values: &Values) -> Result<Outline, String> {
        let (base, height) = (self.base.length(values)?, self.height.length(values)?);
        let offset = self.offset.as_ref().map_or(Ok(base / 3.0), |offset| offset.real(values))?;
        let corners = vec![(0.0, 0.0), (base, 0.0), (base + offset, height), (offset, height)];
        let from = if offset < 0.0 { (base + offset, height) } else { (offset, height) };
        high(Outline::new(corners), self.height_label.as_ref(), from, base, values)
    }
}

keys! {
    Trapezium {
        bottom: Number,
        top: Number,
        height: Number,
        /// How far from the left the upper side begins; in the middle.
        offset: Option<Number>,
        height_label: Option<Text>,
    }
}

impl Form for Trapezium {
    fn outline(&self, values: &Values) -> Result<Outline, String> {
        let (bottom, top) = (self.bottom.length(values)?, self.top.length(values)?);
        let height = self.height.length(values)?;
        let offset = self.offset.as_ref().map_or(Ok((bottom - top) / 2.0), |offset| offset.real(values))?;
        let corners = vec![(0.0, 0.0), (bottom, 0.0), (offset + top, height), (offset, height)];
        // From the upper corner that stands over the lower side.
        let from = if offset < 0.0 { (offset + top.min(bottom - offset) / 2.0, height) } else { (offset, height) };
        high(Outline::new(corners).with_right_corners(), self.height_label.as_ref(), from, bottom, values)
    }
}

fn high(
    outline: Outline,
    label: Option<&Text>,
    from: (f64, f64),
    base: f64,
    values: &Values,
) -> Result<Outline, String> {
    Ok(match label {
        None => outline,
        Some(text) => outline.with_height(from, base, Label::new(&text.fill(values)?)),
    })
}

keys! {
    /// All sides and angles the same.
    Regular {
        sides: Number,
    }
}

impl Form for Regular {
    fn outline(&self, values: &Values) -> Result<Outline, String> {
        let n = self.sides.count(values, [3, 12])?;
        let turn = TAU / n as f64;
        // The first side lies at the bottom.
        let first = -FRAC_PI_2 - turn / 2.0;
        let corner = |i: usize| ((first + turn * i as f64).cos(), (first + turn * i as f64).sin());
        Ok(Outline::new((0..n).map(corner).collect()))
    }
}

keys! {
    /// A rectangle without its upper right corner.
    LShape {
        width: Number,
        height: Number,
        cut_width: Number,
        cut_height: Number,
    }
}

impl Form for LShape {
    fn outline(&self, values: &Values) -> Result<Outline, String> {
        let (w, h) = (self.width.length(values)?, self.height.length(values)?);
        let (cw, ch) = (self.cut_width.length(values)?, self.cut_height.length(values)?);
        if cw >= w || ch >= h {
            return Err(format!("l-shape: {cw} × {ch} cannot be cut out of {w} × {h}; cut less"));
        }
        Ok(Outline::new(vec![(0.0, 0.0), (w, 0.0), (w, h - ch), (w - cw, h - ch), (w - cw, h), (0.0, h)]))
    }
}

keys! {
    /// Any corners, against the clock.
    Polygon {
        points: Vec<[Number; 2]>,
    }
}

impl Form for Polygon {
    fn outline(&self, values: &Values) -> Result<Outline, String> {
        if self.points.len() < 3 {
            return Err("points: a polygon has three corners or more, [[x, y], [x, y], [x, y]]".into());
        }
        let mut corners = Vec::new();
        for [x, y] in &self.points {
            corners.push((x.real(values)?, y.real(values)?));
        }
        let following = corners.iter().cycle().skip(1);
        let area: f64 = corners.iter().zip(following).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum();
        if area <= 0.0 {
            return Err("points: write the corners against the clock, beginning at the lower left".into());
        }
        Ok(Outline::new(corners))
    }
}
