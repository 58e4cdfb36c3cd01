//! `kind = "clock"`: a clock face with hands, or a digital clock; one, or two beside each other.

use std::f64::consts::{FRAC_PI_2, TAU};

use super::label::{Anchor, Label};
use super::scene::{Point, Scene, at, corners};
use super::source::{Number, Text, both, keys};
use super::{Drawing, Picture};
use crate::exercises::formula::Values;

const RADIUS: f64 = 72.0;
/// The width and height of a digital clock.
const DISPLAY: [f64; 2] = [140.0, 66.0];
/// From the middle of one clock to that of the next.
const APART: f64 = 160.0;

keys! {
    /// The keys of a clock.
    Clock {
        hour: Number,
        minute: Option<Number>,
        #[serde(default)]
        digital: bool,
        /// Under the clock.
        label: Option<Text>,
        /// A second clock.
        other: Option<Other>,
        /// Whether the hours stand on the face.
        #[serde(default = "yes")]
        numbers: bool,
    }
}

keys! {
    /// The clock beside the first.
    Other {
        hour: Number,
        minute: Option<Number>,
        #[serde(default)]
        digital: bool,
        label: Option<Text>,
    }
}

fn yes() -> bool {
    true
}

impl Drawing for Clock {
    fn draw(&self, values: &Values) -> Result<Picture, String> {
        let mut scene = Scene::default();
        let faces = !self.digital || self.other.as_ref().is_some_and(|other| !other.digital);
        let low = if faces { RADIUS } else { DISPLAY[1] / 2.0 };
        let mut one = |x: f64, hour: &Number, minute: Option<&Number>, digital: bool, label: Option<&Text>| {
            let hour = hour.count(values, [0, 24])?;
            let minute = minute.map_or(Ok(0), |minute| minute.count(values, [0, 59]))?;
            match digital {
                true => display(&mut scene, at(x, 0.0), hour % 24, minute),
                false => face(&mut scene, at(x, 0.0), hour, minute, self.numbers),
            }
            if let Some(text) = label {
                let label = Label::wrapped(&text.fill(values)?, APART - 10.0);
                scene.write("", at(x, low + 8.0 + label.height() / 2.0), Anchor::Middle, label);
            }
            Ok::<(), String>(())
        };
        one(0.0, &self.hour, self.minute.as_ref(), self.digital, self.label.as_ref())?;
        if let Some(other) = &self.other {
            one(APART, &other.hour, other.minute.as_ref(), other.digital, other.label.as_ref())?;
        }
        Ok(Picture::Scene(scene))
    }
}

/// The direction of a share of a turn with the clock, from the top.
fn turn(share: f64) -> f64 {
    FRAC_PI_2 - share * TAU
}

fn face(scene: &mut Scene, centre: Point, hour: usize, minute: usize, numbers: bool) {
    scene.circle("plain", centre, RADIUS);
    for i in 0..60_u32 {
        let way = turn(f64::from(i) / 60.0);
        let (class, long) = if i % 5 == 0 { ("line", 8.0) } else { ("thin", 4.0) };
        scene.line(class, &[centre.toward(way, RADIUS), centre.toward(way, RADIUS - long)]);
    }
    // The hour hand goes on between the hours.
    let minutes = minute as f64 / 60.0;
    let hours = ((hour % 12) as f64 + minutes) / 12.0;
    // Both hands end before the numbers, so that every hour can be read.
    scene.line("thick", &[centre, centre.toward(turn(hours), RADIUS * 0.4)]);
    scene.line("hand", &[centre, centre.toward(turn(minutes), RADIUS * 0.6)]);
    scene.circle("dot", centre, 4.0);
    if numbers {
        for i in 1..=12_u32 {
            let place = centre.toward(turn(f64::from(i) / 12.0), RADIUS - 19.0);
            scene.write("", place, Anchor::Middle, Label::new(&both(i.to_string())));
        }
    }
}

/// Which of the seven strokes of a digit are lit: top, upper left, upper right, middle, lower left, lower right, bottom.
const LIT: [[u8; 7]; 10] = [
    [1, 1, 1, 0, 1, 1, 1],
    [0, 0, 1, 0, 0, 1, 0],
    [1, 0, 1, 1, 1, 0, 1],
    [1, 0, 1, 1, 0, 1, 1],
    [0, 1, 1, 1, 0, 1, 0],
    [1, 1, 0, 1, 0, 1, 1],
    [1, 1, 0, 1, 1, 1, 1],
    [1, 0, 1, 0, 0, 1, 0],
    [1, 1, 1, 1, 1, 1, 1],
    [1, 1, 1, 1, 0, 1, 1],
];

fn display(scene: &mut Scene, centre: Point, hour: usize, minute: usize) {
    let [wide, high] = DISPLAY;
    scene.area("plain", &corners(centre.x - wide / 2.0, centre.y - high / 2.0, wide, high));
    let digits = [hour / 10, hour % 10, minute / 10, minute % 10];
    for (digit, x) in digits.into_iter().zip([-56.0, -28.0, 12.0, 40.0]) {
        seven(scene, centre.plus(x, 0.0), digit);
    }
    for y in [-8.0, 8.0] {
        scene.circle("dot", centre.plus(1.0, y), 2.0);
    }
}

/// A digit of seven strokes; `left` is the middle of its left side.
fn seven(scene: &mut Scene, left: Point, digit: usize) {
    const WIDE: f64 = 16.0;
    const HALF: f64 = 17.0;
    // Strokes don't quite touch.
    const GAP: f64 = 3.0;
    let level = |y: f64| [left.plus(GAP, y), left.plus(WIDE - GAP, y)];
    let upright = |x: f64, from: f64| [left.plus(x, from + GAP), left.plus(x, from + HALF - GAP)];
    let strokes = [
        level(-HALF),
        upright(0.0, -HALF),
        upright(WIDE, -HALF),
        level(0.0),
        upright(0.0, 0.0),
        upright(WIDE, 0.0),
        level(HALF),
    ];
    let lit = LIT.get(digit).into_iter().flatten();
    for (stroke, _) in strokes.iter().zip(lit).filter(|(_, lit)| **lit == 1) {
        scene.line("hand", stroke);
    }
}
