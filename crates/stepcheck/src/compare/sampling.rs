//! Points at which a difference between two values would show.

use crate::exact::Exact;
use crate::policy::Letters;
use crate::tree::Name;
use crate::value::{Function, Point, Reading, Term};

/// How many points are tried, and how many are kept.
const TRIED: usize = 160;
const KEPT: usize = 10;
/// How many are kept in each region that signs of parts mark out.
const KEPT_ALIKE: usize = 3;
/// Steps by which a change of sign is looked for, and how often it is halved.
const SCALES: [f64; 15] =
    [0.001, 0.04, 0.3, 1.1, 2.3, 4.7, 9.1, 21.0, 57.0, 170.0, 1_300.0, 11_000.0, 130_000.0, 4e6, 1e9];
const HALVINGS: usize = 40;

/// A sequence of numbers that is the same every time (SplitMix64, G. L. Steele et al., 2014).
pub(super) struct Sequence(u64);

impl Sequence {
    pub(super) fn new() -> Self {
        Self(0x0007_3702_5A1E_u64)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number of few binary digits, so that it is exact everywhere; the `round`-th scale.
    pub(super) fn number(&mut self, round: usize) -> f64 {
        let bits = self.next();
        let scale = [4.0, 1.0, 16.0, 1.0, 4.0, 128.0][round % 6];
        #[expect(clippy::cast_precision_loss, reason = "20 bits")]
        let fraction = ((bits >> 8) & 0xF_FFFF | 1) as f64 / f64::from(1 << 20);
        if bits & 1 == 0 { fraction * scale } else { -fraction * scale }
    }

    fn whole(&mut self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a small number")]
        let size = (self.next() % 7) as f64;
        size - 2.0
    }
}

/// What points are chosen for: two values in the same names.
pub(super) struct Sampler<'t> {
    pub(super) a: &'t Term,
    pub(super) b: &'t Term,
    pub(super) names: Vec<Name>,
    pub(super) letters: Letters,
    /// The parts whose sign changes the course of the value.
    turning: Vec<&'t Term>,
    exponents: Vec<Name>,
    sequence: Sequence,
}

/// A point and the values there, not numbers where there are none.
pub(super) struct Sample {
    pub(super) point: Point<f64>,
    pub(super) first: f64,
    pub(super) second: f64,
}

impl<'t> Sampler<'t> {
    pub(super) fn new(a: &'t Term, b: &'t Term, letters: Letters) -> Self {
        let mut names = Vec::new();
        let mut turning = Vec::new();
        let mut exponents = Vec::new();
        for term in [a, b] {
            term.gather_names(&mut names);
            term.visit(&mut |part| {
                let turns = match part {
                    Term::Apply(Function::Abs | Function::Ln, of) => of,
                    Term::Power(base, Exact::Small(_, degree)) if *degree > 1 => base,
                    Term::Raised(base, exponent) => {
                        exponent.gather_names(&mut exponents);
                        base
                    }
                    _ => return,
                };
                if !turns.is_constant() && !turning.contains(&&**turns) {
                    turning.push(turns);
                }
            });
        }
        names.sort_unstable();
        Self { a, b, names, letters, turning, exponents, sequence: Sequence::new() }
    }

    fn sample(&self, point: Point<f64>) -> Sample {
        Sample { first: self.a.near(&point), second: self.b.near(&point), point }
    }

    /// Points at which at least one of the two has a value; those where both have one first.
    pub(super) fn samples(&mut self, reading: Reading) -> Vec<Sample> {
        let mut kept: Vec<(Sample, u64)> = Vec::new();
        let mut lonely = Vec::new();
        for round in 0..TRIED {
            if kept.len() >= KEPT && self.turning.is_empty() {
                break;
            }
            let point = self.point(round, reading);
            self.keep(point, &mut kept, &mut lonely);
        }
        if reading == Reading::Exponential {
            for (index, part) in self.turning.clone().into_iter().take(8).enumerate() {
                for point in self.about_zeros(part, index) {
                    self.keep(point, &mut kept, &mut lonely);
                }
            }
        }
        kept.into_iter().map(|(sample, _)| sample).chain(lonely).collect()
    }

    fn keep(&self, point: Point<f64>, kept: &mut Vec<(Sample, u64)>, lonely: &mut Vec<Sample>) {
        let sample = self.sample(point);
        let region = self
            .turning
            .iter()
            .take(40)
            .fold(0, |region, part| region << 1 | u64::from(part.near(&sample.point) > 0.0));
        match (sample.first.is_finite(), sample.second.is_finite()) {
            (true, true) => {
                let alike = kept.iter().filter(|(_, own)| *own == region).count();
                let room = if self.turning.is_empty() { KEPT } else { KEPT_ALIKE };
                if alike < room && kept.len() < 4 * KEPT {
                    kept.push((sample, region));
                }
            }
            (false, false) => {}
            _ => {
                if lonely.len() < KEPT_ALIKE {
                    lonely.push(sample);
                }
            }
        }
    }

    fn point(&mut self, round: usize, reading: Reading) -> Point<f64> {
        let mut values = Vec::with_capacity(self.names.len());
        for name in &self.names {
            let whole = reading == Reading::Whole && self.exponents.contains(name);
            let value = if whole { self.sequence.whole() } else { self.sequence.number(round) };
            let value = if self.letters == Letters::Positive { value.abs() } else { value };
            values.push((*name, value));
        }
        Point { values, reading }
    }

    /// Points on both sides of places where `part` changes its sign.
    fn about_zeros(&mut self, part: &Term, index: usize) -> Vec<Point<f64>> {
        let mut found = Vec::new();
        let mut names = Vec::new();
        part.gather_names(&mut names);
        for name in names.into_iter().take(3) {
            let base = self.point(index, Reading::Exponential);
            let at = |value: f64| {
                let mut point = base.clone();
                for (own, slot) in &mut point.values {
                    if *own == name {
                        *slot = value;
                    }
                }
                point
            };
            let grid = SCALES.iter().rev().map(|scale| -scale).chain(SCALES);
            let grid: Vec<f64> = if self.letters == Letters::Positive { SCALES.to_vec() } else { grid.collect() };
            for pair in grid.windows(2) {
                let [low, high] = *pair else { continue };
                let positive = |value: f64| part.near(&at(value)) > 0.0;
                let (below, above) = (positive(low), positive(high));
                if below == above {
                    continue;
                }
                let (mut left, mut right) = (low, high);
                for _ in 0..HALVINGS {
                    let middle = f64::midpoint(left, right);
                    if positive(middle) == below { left = middle } else { right = middle }
                }
                let step = (high - low) * 0.1;
                for value in [left - step, right + step, left - step * 0.02, right + step * 0.02] {
                    found.push(at(rounded(value)));
                }
            }
        }
        found
    }
}

/// The value with few binary digits, so that it is short in every representation.
fn rounded(value: f64) -> f64 {
    f64::from_bits(value.to_bits() & !((1 << 30) - 1))
}
