//! Charts in which things are counted: pictograms and dot plots.

use super::chart::same_length;
use super::label::{Anchor, Label, SIZE};
use super::scene::{ROOM, Scene, at, fitted, round};
use super::source::{Number, Text, fill_all, keys};
use super::{Drawing, Picture};
use crate::exercises::formula::Values;
use crate::exercises::words::Words;

const MOST: usize = 12;
const PITCH: f64 = 24.0;

keys! {
    /// Rows of circles, each of which stands for several things.
    Pictogram {
        categories: Vec<Text>,
        values: Vec<Number>,
        /// What one circle stands for.
        worth: Number,
        /// What is said of it, such as «5 elever».
        key: Text,
    }
}

impl Drawing for Pictogram {
    fn check(&self) -> Result<(), String> {
        same_length(&self.categories, &self.values)
    }

    fn draw(&self, values: &Values) -> Result<Picture, String> {
        let worth = self.worth.length(values)?;
        let mut counts = Vec::new();
        for number in &self.values {
            let count = number.real(values)? / worth;
            if !(0.0..=MOST as f64).contains(&count) {
                return Err(format!("a row would have {count} symbols; at most {MOST} fit, so let one be worth more"));
            }
            counts.push(count);
        }
        let names: Vec<Label> =
            fill_all(&self.categories, values)?.iter().map(|words| Label::wrapped(words, 100.0)).collect();
        let key = self.key.fill(values)?;
        let key = Label::new(&Words { sv: format!("= {}", key.sv), en: format!("= {}", key.en) });
        fitted(ROOM, |room| Ok(rows(&counts, &names, &key, PITCH.min(room / MOST as f64)))).map(Picture::Scene)
    }
}

fn rows(counts: &[f64], names: &[Label], key: &Label, pitch: f64) -> Scene {
    let mut scene = Scene::default();
    let high = names.iter().map(Label::height).fold(30.0, f64::max) + 4.0;
    let radius = pitch * 0.4;
    for (i, (count, name)) in counts.iter().zip(names).enumerate() {
        let y = high * (i as f64 + 0.5);
        scene.write("", at(-10.0, y), Anchor::End, name.clone());
        let whole = count.floor();
        for j in 0..whole as usize {
            scene.circle("full", at(pitch * (j as f64 + 0.5), y), radius);
        }
        let part = count - whole;
        if part > 1e-9 {
            // A part of a thing is a part of its circle, cut upright.
            let centre = at(pitch * (whole + 0.5), y);
            let turn = (1.0 - 2.0 * part).acos();
            scene.area("full", &round(centre, radius, std::f64::consts::PI - turn, std::f64::consts::PI + turn));
        }
    }
    let low = high * counts.len() as f64;
    scene.line("line", &[at(0.0, 0.0), at(0.0, low)]);
    let y = low + 18.0;
    scene.circle("full", at(pitch * 0.5, y), radius);
    scene.write("", at(pitch + 2.0, y), Anchor::Start, key.clone());
    scene
}

keys! {
    /// A dot for each thing, over its category.
    Dots {
        categories: Vec<Text>,
        values: Vec<Number>,
        label: Option<Text>,
    }
}

impl Drawing for Dots {
    fn check(&self) -> Result<(), String> {
        same_length(&self.categories, &self.values)
    }

    fn draw(&self, values: &Values) -> Result<Picture, String> {
        let counts: Vec<usize> =
            self.values.iter().map(|number| number.count(values, [0, 15])).collect::<Result<_, _>>()?;
        let names = fill_all(&self.categories, values)?;
        let label = self.label.as_ref().map(|text| text.fill(values)).transpose()?;
        fitted(ROOM, |room| {
            let mut scene = Scene::default();
            let slot = (room / names.len() as f64).min(60.0);
            for (i, (count, words)) in counts.iter().zip(&names).enumerate() {
                let x = slot * (i as f64 + 0.5);
                let name = Label::wrapped(words, slot - 4.0);
                if name.width() > slot {
                    return Err("the names under the dots are too long; shorten them".into());
                }
                scene.line("line", &[at(x, 0.0), at(x, 5.0)]);
                scene.write("", at(x, 7.0 + name.height() / 2.0), Anchor::Middle, name);
                for j in 0..*count {
                    scene.circle("dot", at(x, -10.0 - 15.0 * j as f64), 5.5);
                }
            }
            scene.line("line", &[at(0.0, 0.0), at(slot * names.len() as f64, 0.0)]);
            if let Some(words) = &label {
                let low = scene.frame().bottom + SIZE * 0.8;
                scene.write("", at(slot * names.len() as f64 / 2.0, low), Anchor::Middle, Label::new(words));
            }
            Ok(scene)
        })
        .map(Picture::Scene)
    }
}
