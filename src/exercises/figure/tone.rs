//! Surfaces that are told apart without colour: each tone has a tint and a hatch of its own.

use super::scene::{Point, Scene, at};

/// How many are told apart in turn.
const TONES: usize = 6;

/// A tint of `figures.css`; then the turn of the hatch in degrees, and a second one across.
const LOOKS: [(&str, &[f64]); TONES] = [
    ("tone soft", &[]),
    ("tone blank", &[TURN]),
    ("tone blank", &[0.0]),
    ("tone blank", &[-TURN, TURN]),
    ("tone soft", &[90.0]),
    ("tone soft", &[-TURN]),
];
const GAP: f64 = 7.0;
/// In degrees; no side of a sector of equal parts has this direction, so that hatches are not taken for sides.
pub(super) const TURN: f64 = 52.0;

/// Draws a polygon in one of the tones, in turn when there are more.
pub(super) fn shade(scene: &mut Scene, tone: usize, polygon: &[Point]) {
    let (class, turns) = LOOKS[tone % TONES];
    scene.area(class, polygon);
    for turn in turns {
        hatch(scene, polygon, *turn);
    }
}

/// Lines across a polygon. They lie on a net common to the whole drawing.
pub(super) fn hatch(scene: &mut Scene, polygon: &[Point], degrees: f64) {
    let (sin, cos) = degrees.to_radians().sin_cos();
    // In turned coordinates, in which the lines are level.
    let turned: Vec<Point> = polygon.iter().map(|p| at(p.x * cos - p.y * sin, p.x * sin + p.y * cos)).collect();
    let least = turned.iter().map(|p| p.y).fold(f64::INFINITY, f64::min);
    let most = turned.iter().map(|p| p.y).fold(f64::NEG_INFINITY, f64::max);
    let mut y = ((least / GAP).floor() + 0.5) * GAP;
    while y < most {
        let mut cuts: Vec<f64> = sides(&turned).filter_map(|(a, b)| cut(a, b, y)).collect();
        cuts.sort_by(f64::total_cmp);
        for pair in cuts.chunks_exact(2).filter(|pair| pair[1] - pair[0] > 1.0) {
            let back = |x: f64| at(x * cos + y * sin, y * cos - x * sin);
            scene.line("hatch", &[back(pair[0]), back(pair[1])]);
        }
        y += GAP;
    }
}

fn sides(polygon: &[Point]) -> impl Iterator<Item = (Point, Point)> {
    polygon.iter().copied().zip(polygon.iter().copied().cycle().skip(1))
}

/// Where the side crosses the level line at `y`.
fn cut(a: Point, b: Point, y: f64) -> Option<f64> {
    ((a.y <= y) != (b.y <= y)).then(|| a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y))
}
