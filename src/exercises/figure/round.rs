//! Circles and angles.

use std::f64::consts::{FRAC_PI_2, PI, TAU};

use super::label::{Anchor, Label};
use super::scene::{Point, Scene, at, fitted, round};
use super::source::{Number, Text, fill_all, keys};
use super::{Drawing, Picture};
use crate::exercises::formula::Values;

keys! {
    /// A circle. Its size on the page is always the same; the words say how large it is.
    Circle {
        radius: Option<Text>,
        diameter: Option<Text>,
        /// The name of the centre.
        centre: Option<Text>,
        /// A sector of so many degrees.
        sector: Option<Number>,
        sector_label: Option<Text>,
        inside: Option<Text>,
    }
}

const RADIUS: f64 = 84.0;

impl Drawing for Circle {
    fn check(&self) -> Result<(), String> {
        match self.radius.is_some() && self.diameter.is_some() {
            true => Err("a circle has its radius or its diameter drawn; write one of them".into()),
            false => Ok(()),
        }
    }

    fn draw(&self, values: &Values) -> Result<Picture, String> {
        fitted(2.0 * RADIUS, |room| self.scene(room / 2.0, values)).map(Picture::Scene)
    }
}

impl Circle {
    fn scene(&self, radius: f64, values: &Values) -> Result<Scene, String> {
        let mut scene = Scene::default();
        let centre = at(0.0, 0.0);
        scene.circle("body", centre, radius);
        let mut turn = 0.0;
        if let Some(degrees) = &self.sector {
            let degrees = degrees.real(values)?;
            if !(0.0..360.0).contains(&degrees) || degrees == 0.0 {
                return Err(format!("sector is {degrees} degrees; it must be between 0 and 360"));
            }
            let width = degrees.to_radians();
            let mut sector = vec![centre];
            sector.extend(round(centre, radius, 0.0, width));
            super::tone::shade(&mut scene, 1, &sector);
            let label = self.sector_label.as_ref().map(|text| text.fill(values)).transpose()?;
            angle_mark(
                &mut scene,
                centre,
                [0.0, width],
                radius,
                Some(24.0),
                label.map(|words| (Label::new(&words), "halo")),
            );
            turn = width;
        }
        let (from, text) = match (&self.radius, &self.diameter) {
            (Some(text), _) => (Some(centre), Some(text)),
            (_, Some(text)) => (Some(centre.toward(turn + PI, radius)), Some(text)),
            _ => (None, None),
        };
        if let Some((from, text)) = from.zip(text) {
            let to = centre.toward(turn, radius);
            scene.line("line", &[from, to]);
            let label = Label::new(&text.fill(values)?);
            scene.write_free("inner", &beside_line(from, to, &label), label);
        }
        if self.centre.is_some() || self.radius.is_some() || self.diameter.is_some() {
            scene.dot(centre, false);
        }
        if let Some(text) = &self.centre {
            let label = Label::new(&text.fill(values)?);
            let places = [(at(-8.0, 12.0), Anchor::End), (at(-8.0, -12.0), Anchor::End)];
            scene.write_free("inner strong", &places, label);
        }
        if let Some(text) = &self.inside {
            let label = Label::wrapped(&text.fill(values)?, radius * 1.5);
            let down = if self.centre.is_some() || scene.marks.len() > 1 { radius * 0.5 } else { 0.0 };
            scene.write_free("inner", &[(at(0.0, down), Anchor::Middle), (at(0.0, -down), Anchor::Middle)], label);
        }
        Ok(scene)
    }
}

/// Places on both sides of the middle of a line.
fn beside_line(from: Point, to: Point, label: &Label) -> Vec<(Point, Anchor)> {
    let turn = from.turn_to(to) + FRAC_PI_2;
    let away = 5.0 + (turn.cos().abs() * label.width() + turn.sin().abs() * label.height()) / 2.0;
    let shares = [0.5, 0.62, 0.75, 0.35];
    let places = shares.iter().flat_map(|share| [away, -away].map(|d| from.between(to, *share).toward(turn, d)));
    places.map(|place| (place, Anchor::Middle)).collect()
}

keys! {
    /// Angles side by side with a common vertex, the first from the right.
    Angle {
        degrees: Vec<Number>,
        #[serde(default)]
        labels: Vec<Text>,
        /// Names: first of the vertex, then of the ends of the legs.
        #[serde(default)]
        corners: Vec<Text>,
    }
}

const LEG: f64 = 140.0;

impl Drawing for Angle {
    fn check(&self) -> Result<(), String> {
        match self.degrees.len() {
            1..=6 => Ok(()),
            n => Err(format!("degrees holds {n} angles; write 1 to 6, such as degrees = [\"a\"]")),
        }
    }

    fn draw(&self, values: &Values) -> Result<Picture, String> {
        fitted(2.0 * LEG, |room| self.scene(room / 2.0, values)).map(Picture::Scene)
    }
}

impl Angle {
    fn scene(&self, leg: f64, values: &Values) -> Result<Scene, String> {
        let mut scene = Scene::default();
        let vertex = at(0.0, 0.0);
        let labels = fill_all(&self.labels, values)?;
        let mut turns = vec![0.0_f64];
        let mut whole = 0.0;
        for number in &self.degrees {
            let degrees = number.real(values)?;
            whole += degrees;
            if degrees <= 0.0 || whole > 360.0 {
                return Err(format!(
                    "an angle is {degrees}° and all are {whole}°; they must be above 0 and 360 at most"
                ));
            }
            turns.push(whole.to_radians());
        }
        for (i, turn) in turns.iter().enumerate() {
            if i == 0 || *turn < TAU - 1e-9 {
                scene.line("line", &[vertex, vertex.toward(*turn, leg)]);
            }
        }
        self.corner_names(&mut scene, &turns, leg, values)?;
        for (i, pair) in turns.windows(2).enumerate() {
            let width = pair[1] - pair[0];
            let label = labels.get(i).map(|words| (Label::new(words), "halo"));
            // Neighbouring arcs are not one arc.
            let radius = if i % 2 == 0 { 26.0 } else { 34.0 };
            if (width - FRAC_PI_2).abs() < 1e-9 {
                let (u, v) = (vertex.toward(pair[0], 14.0), vertex.toward(pair[1], 14.0));
                scene.line("thin", &[u, u.toward(pair[1], 14.0), v]);
                angle_mark(&mut scene, vertex, [pair[0], width], leg, None, label);
            } else {
                angle_mark(&mut scene, vertex, [pair[0], width], leg, Some(radius), label);
            }
        }
        Ok(scene)
    }

    fn corner_names(&self, scene: &mut Scene, turns: &[f64], leg: f64, values: &Values) -> Result<(), String> {
        for (i, words) in fill_all(&self.corners, values)?.iter().enumerate() {
            let label = Label::new(words);
            let places: Vec<(Point, Anchor)> = match i.checked_sub(1) {
                None => [1.25, 1.5, 1.0, 1.75, 0.75]
                    .map(|half| (at(0.0, 0.0).toward(half * PI, 15.0), Anchor::Middle))
                    .into(),
                Some(end) => turns
                    .get(end)
                    .map(|turn| (at(0.0, 0.0).toward(*turn, leg + 12.0), Anchor::Middle))
                    .into_iter()
                    .collect(),
            };
            scene.write_free("halo strong", &places, label);
        }
        Ok(())
    }
}

/// An arc in a corner from one direction on, and words inside it. `reach` is how long the shorter leg is.
pub(super) fn angle_mark(
    scene: &mut Scene,
    vertex: Point,
    [from, width]: [f64; 2],
    reach: f64,
    radius: Option<f64>,
    label: Option<(Label, &'static str)>,
) {
    let radius = radius.map(|radius| {
        // A narrow angle is seen farther out.
        let radius = if width < 0.6 { radius * 1.4 } else { radius };
        radius.min(reach * 0.6)
    });
    if let Some(radius) = radius {
        scene.line("thin", &round(vertex, radius, from, from + width));
    }
    let Some((label, class)) = label else { return };
    let middle = from + width / 2.0;
    let half = (middle.cos().abs() * label.width() + middle.sin().abs() * label.height()) / 2.0;
    // Where the words fit between the legs.
    let narrow = if width < PI { label.height() * 0.5 / (width / 2.0).sin() } else { 0.0 };
    let near = (radius.unwrap_or(14.0) + 4.0 + half).max(narrow.min(reach * 0.82));
    let places: Vec<(Point, Anchor)> =
        [0.0, 8.0, 16.0, 28.0, 40.0].iter().map(|more| (vertex.toward(middle, near + more), Anchor::Middle)).collect();
    scene.write_free(class, &places, label);
}
