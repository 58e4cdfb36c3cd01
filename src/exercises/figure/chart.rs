//! `kind = "chart"`: bars and lines over categories; the other forms are in `pie` and `symbols`.

use std::sync::Arc;

use stepcheck::Rational;

use super::label::{Anchor, Label, SIZE};
use super::pie::Pie;
use super::plot::Scale;
use super::scene::{Point, ROOM, Scene, at, corners, fitted};
use super::source::{Number, Text, fill_all, keys, real};
use super::symbols::{Dots, Pictogram};
use super::tone::shade;
use super::{Drawing, Picture, form_of, keys_of};
use crate::exercises::formula::Values;
use crate::exercises::words::Words;

const FORMS: [&str; 5] = ["bar", "line", "pie", "pictogram", "dots"];
const MOST_CATEGORIES: usize = 24;
const HIGH: f64 = 190.0;
/// A row of a chart with lying bars, and the widest name of one.
const ROW: f64 = 38.0;
const NAME: f64 = 110.0;

/// Reads the keys: which they are depends on `form`.
pub(super) fn read(mut keys: toml::Table) -> Result<Arc<dyn Drawing>, String> {
    match form_of(&mut keys, &FORMS)?.as_str() {
        "bar" => keys_of::<Bars>(keys),
        "line" => keys_of::<Lines>(keys),
        "pie" => keys_of::<Pie>(keys),
        "pictogram" => keys_of::<Pictogram>(keys),
        _ => keys_of::<Dots>(keys),
    }
}

keys! {
    /// Bars, standing, or lying where the names are long.
    Bars {
        categories: Vec<Text>,
        #[serde(default)]
        values: Vec<Number>,
        #[serde(default)]
        series: Vec<Series>,
        label: Option<Text>,
        from: Option<Number>,
        to: Option<Number>,
        step: Option<Number>,
        /// Whether the value stands at each bar.
        #[serde(default)]
        show: bool,
        lying: Option<bool>,
    }
}

keys! {
    /// Values joined by lines.
    Lines {
        categories: Vec<Text>,
        #[serde(default)]
        values: Vec<Number>,
        #[serde(default)]
        series: Vec<Series>,
        label: Option<Text>,
        from: Option<Number>,
        to: Option<Number>,
        step: Option<Number>,
        #[serde(default)]
        show: bool,
    }
}

keys! {
    /// Several rows of values with a name each.
    Series {
        name: Text,
        values: Vec<Number>,
    }
}

/// A chart's numbers in place.
struct Data {
    categories: Vec<Words>,
    rows: Vec<Row>,
    scale: Scale,
    label: Option<Label>,
}

struct Row {
    name: Option<Label>,
    values: Vec<(f64, Label)>,
}

/// The keys that bars and lines have in common.
struct Keys<'a> {
    categories: &'a [Text],
    values: &'a [Number],
    series: &'a [Series],
    label: Option<&'a Text>,
    from: Option<&'a Number>,
    to: Option<&'a Number>,
    step: Option<&'a Number>,
}

impl Keys<'_> {
    fn check(&self) -> Result<(), String> {
        match (self.values.is_empty(), self.series.len()) {
            (false, 0) => same_length(self.categories, self.values),
            (true, 1..=3) => self.series.iter().try_for_each(|row| same_length(self.categories, &row.values)),
            _ => Err("write values = [...], or one to three [[exercise.figure.series]] with name and values".into()),
        }
    }

    fn fill(&self, values: &Values) -> Result<Data, String> {
        let row = |numbers: &[Number]| -> Result<Vec<Rational>, String> {
            numbers.iter().map(|number| number.exact(values)).collect()
        };
        let mut rows = Vec::new();
        if self.series.is_empty() {
            rows.push((None, row(self.values)?));
        }
        for one in self.series {
            rows.push((Some(Label::new(&one.name.fill(values)?)), row(&one.values)?));
        }
        let all: Vec<&Rational> = rows.iter().flat_map(|(_, row)| row).collect();
        let scale = self.scale(&all, values)?;
        for value in all {
            scale.holds("a value", real(value))?;
        }
        let print = |value: &Rational| (real(value), Label::new(&super::source::both(super::source::printed(value))));
        let rows = rows.iter().map(|(name, row)| Row { name: name.clone(), values: row.iter().map(print).collect() });
        let label = self.label.map(|text| text.fill(values)).transpose()?;
        Ok(Data {
            categories: fill_all(self.categories, values)?,
            rows: rows.collect(),
            scale,
            label: label.map(|words| Label::new(&words)),
        })
    }

    /// The axis as it is written, or one that goes from 0 past the largest value in round steps.
    fn scale(&self, all: &[&Rational], values: &Values) -> Result<Scale, String> {
        let zero = Rational::from_integer(0.into());
        let from = self.from.map_or(Ok(zero), |from| from.exact(values))?;
        let most = all.iter().copied().max().cloned().unwrap_or_else(|| from.clone());
        let step = match self.step {
            Some(step) => step.exact(values)?,
            None => round_step(real(&most) - real(&from), all.iter().all(|value| value.is_integer())),
        };
        let to = match self.to {
            Some(to) => to.exact(values)?,
            None if step > Rational::from_integer(0.into()) => &from + ((&most - &from) / &step).ceil() * &step,
            None => most,
        };
        let to = if to > from { to } else { &from + &step };
        Scale::of(&from, &to, &step)
    }
}

/// As many values as categories, and not too many.
pub(super) fn same_length(categories: &[Text], values: &[Number]) -> Result<(), String> {
    let (n, m) = (categories.len(), values.len());
    if !(1..=MOST_CATEGORIES).contains(&n) {
        return Err(format!("categories has {n} names; write 1 to {MOST_CATEGORIES}"));
    }
    if n != m {
        return Err(format!("there are {n} categories and {m} values; write as many"));
    }
    Ok(())
}

/// 1, 2 or 5 times a power of ten, so that there are seven steps or fewer.
fn round_step(reach: f64, whole: bool) -> Rational {
    let power = (reach.max(1e-6) / 7.0).log10().floor() as i32;
    let ten = Rational::from_integer(10.into());
    let unit = (0..power.abs()).fold(Rational::from_integer(1.into()), |unit, _| match power > 0 {
        true => unit * &ten,
        false => unit / &ten,
    });
    let steps = [1, 2, 5, 10].map(|n| &unit * Rational::from_integer(n.into()));
    let fits = |step: &&Rational| real(step) * 7.0 >= reach && (!whole || step.is_integer());
    steps.iter().find(fits).cloned().unwrap_or_else(|| Rational::from_integer(1.into()))
}

macro_rules! common {
    ($of:expr) => {
        Keys {
            categories: &$of.categories,
            values: &$of.values,
            series: &$of.series,
            label: $of.label.as_ref(),
            from: $of.from.as_ref(),
            to: $of.to.as_ref(),
            step: $of.step.as_ref(),
        }
    };
}

impl Drawing for Bars {
    fn check(&self) -> Result<(), String> {
        common!(self).check()
    }

    fn draw(&self, values: &Values) -> Result<Picture, String> {
        let data = common!(self).fill(values)?;
        let slot = 270.0 / data.categories.len() as f64;
        let narrow = data.categories.iter().any(|words| Label::wrapped(words, slot - 4.0).width() > slot - 4.0);
        let lying = self.lying.unwrap_or(narrow || slot < 14.0);
        fitted(ROOM, |room| Ok(if lying { data.lying(room, self.show) } else { data.standing(room, self.show) }))
            .map(Picture::Scene)
    }
}

impl Drawing for Lines {
    fn check(&self) -> Result<(), String> {
        common!(self).check()
    }

    fn draw(&self, values: &Values) -> Result<Picture, String> {
        let data = common!(self).fill(values)?;
        fitted(ROOM, |room| Ok(data.joined(room, self.show))).map(Picture::Scene)
    }
}

impl Data {
    /// The axis of values upwards, with level lines.
    fn upward(&self, scene: &mut Scene, wide: f64) {
        for tick in &self.scale.ticks {
            let y = HIGH - self.scale.place(tick.at, HIGH);
            scene.line("grid", &[at(0.0, y), at(wide, y)]);
        }
        for i in self.scale.numbered(1, HIGH, |label| label.height() + 3.0) {
            let tick = &self.scale.ticks[i];
            let y = HIGH - self.scale.place(tick.at, HIGH);
            scene.write("", at(-7.0, y), Anchor::End, tick.label.clone());
        }
        scene.line("line", &[at(0.0, -6.0), at(0.0, HIGH), at(wide, HIGH)]);
    }

    /// What an upward axis shows, over everything that stands at it.
    fn name_upward(&self, scene: &mut Scene) {
        if let Some(label) = &self.label {
            let frame = scene.frame();
            scene.write("", at(frame.left, frame.top - SIZE * 0.75), Anchor::Start, label.clone());
        }
    }

    fn standing(&self, wide: f64, show: bool) -> Scene {
        let mut scene = Scene::default();
        self.upward(&mut scene, wide);
        let slot = wide / self.categories.len() as f64;
        let bar = (slot * 0.66 / self.rows.len() as f64).min(44.0);
        for (i, words) in self.categories.iter().enumerate() {
            let middle = slot * (i as f64 + 0.5);
            let label = Label::wrapped(words, slot - 4.0);
            scene.write("", at(middle, HIGH + 5.0 + label.height() / 2.0), Anchor::Middle, label);
            for (j, row) in self.rows.iter().enumerate() {
                let (value, shown) = &row.values[i];
                let left = middle + bar * (j as f64 - self.rows.len() as f64 / 2.0);
                let high = self.scale.place(*value, HIGH);
                shade(&mut scene, j, &corners(left, HIGH - high, bar, high));
                if show {
                    let label = shown.clone();
                    scene.write("halo", at(left + bar / 2.0, HIGH - high - 11.0), Anchor::Middle, label);
                }
            }
        }
        self.name_upward(&mut scene);
        self.legend(&mut scene, |scene, row, place| shade(scene, row, &corners(place.x, place.y - 8.0, 16.0, 16.0)));
        scene
    }

    fn lying(&self, room: f64, show: bool) -> Scene {
        let mut scene = Scene::default();
        let names: Vec<Label> = self.categories.iter().map(|words| Label::wrapped(words, NAME)).collect();
        let wide = room - 12.0;
        let row_high = names.iter().map(Label::height).fold(ROW, f64::max) + 4.0;
        let high = row_high * names.len() as f64;
        for tick in &self.scale.ticks {
            let x = self.scale.place(tick.at, wide);
            scene.line("grid", &[at(x, 0.0), at(x, high)]);
        }
        for i in self.scale.numbered(1, wide, |label| label.width() + 8.0) {
            let tick = &self.scale.ticks[i];
            scene.write("", at(self.scale.place(tick.at, wide), high + 14.0), Anchor::Middle, tick.label.clone());
        }
        scene.line("line", &[at(0.0, 0.0), at(0.0, high), at(wide + 6.0, high)]);
        let bar = row_high * 0.62 / self.rows.len() as f64;
        for (i, name) in names.into_iter().enumerate() {
            let middle = row_high * (i as f64 + 0.5);
            scene.write("", at(-7.0, middle), Anchor::End, name);
            for (j, row) in self.rows.iter().enumerate() {
                let (value, shown) = &row.values[i];
                let top = middle + bar * (j as f64 - self.rows.len() as f64 / 2.0);
                let long = self.scale.place(*value, wide);
                shade(&mut scene, j, &corners(0.0, top, long, bar));
                if show {
                    scene.write("halo", at(long + 6.0, top + bar / 2.0), Anchor::Start, shown.clone());
                }
            }
        }
        if let Some(label) = &self.label {
            scene.write("", at(wide + 6.0, high + 14.0 + SIZE * 1.3), Anchor::End, label.clone());
        }
        self.legend(&mut scene, |scene, row, place| shade(scene, row, &corners(place.x, place.y - 8.0, 16.0, 16.0)));
        scene
    }

    fn joined(&self, wide: f64, show: bool) -> Scene {
        const STROKES: [&str; 3] = ["curve", "curve dashed", "curve dotted"];
        let mut scene = Scene::default();
        self.upward(&mut scene, wide);
        let slot = wide / self.categories.len() as f64;
        let names: Vec<Label> = self.categories.iter().map(|words| Label::wrapped(words, slot.max(44.0))).collect();
        let widest = names.iter().map(Label::width).fold(0.0, f64::max) + 5.0;
        // Where names would meet, every second or third is written.
        let every = (widest / slot).ceil().max(1.0) as usize;
        for (i, name) in names.into_iter().enumerate() {
            let middle = slot * (i as f64 + 0.5);
            scene.line("line", &[at(middle, HIGH), at(middle, HIGH + 5.0)]);
            if i % every == 0 {
                scene.write("", at(middle, HIGH + 7.0 + name.height() / 2.0), Anchor::Middle, name);
            }
        }
        for (j, row) in self.rows.iter().enumerate() {
            let place = |i: usize, value: f64| at(slot * (i as f64 + 0.5), HIGH - self.scale.place(value, HIGH));
            let places: Vec<Point> = row.values.iter().enumerate().map(|(i, (value, _))| place(i, *value)).collect();
            scene.line(STROKES[j % STROKES.len()], &places);
            for (spot, (_, shown)) in places.iter().zip(&row.values) {
                scene.dot(*spot, j == 1);
                if show {
                    // The first row's values over its points, those of the others under theirs.
                    let away = if j == 0 { -1.0 } else { 1.0 };
                    let places: Vec<_> = [(0.0, 16.0), (-10.0, 17.0), (10.0, 17.0), (0.0, 22.0)]
                        .map(|(dx, dy)| (spot.plus(dx, dy * away), Anchor::Middle))
                        .into();
                    scene.write_free("halo", &places, shown.clone());
                }
            }
        }
        self.name_upward(&mut scene);
        self.legend(&mut scene, |scene, row, place| {
            scene.line(STROKES[row % STROKES.len()], &[place.plus(-6.0, 0.0), place.plus(20.0, 0.0)]);
            scene.dot(place.plus(7.0, 0.0), row == 1);
        });
        scene
    }

    /// Which look belongs to which name, under the chart.
    fn legend(&self, scene: &mut Scene, sample: impl Fn(&mut Scene, usize, Point)) {
        let mut low = scene.frame().bottom + 18.0;
        for (i, row) in self.rows.iter().enumerate() {
            if let Some(name) = &row.name {
                sample(scene, i, at(6.0, low));
                scene.write("", at(32.0, low), Anchor::Start, name.clone());
                low += SIZE * 1.45;
            }
        }
    }
}
