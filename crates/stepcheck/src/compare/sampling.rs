//! Points at which a difference between two values would show.

use crate::budget;
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
/// The most parts whose zeros are looked for.
const MAX_TURNING: usize = 12;
/// The most parts whose signs tell regions apart.
const MAX_SIGNS: usize = 40;
/// How many parts of a term are worked out as doubles in one step.
const PARTS_A_STEP: u64 = 8;

/// A sequence of numbers that is the same every time (SplitMix64, G. L. Steele et al., 2014). Written out here, since a crate
/// for these five lines would bring another one with it into a library that needs none for chance.
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

/// The steps that an approximate value counts.
fn steps_of(term: &Term) -> u64 {
    let mut parts = 0;
    term.visit(&mut |_| parts += 1);
    1 + parts / PARTS_A_STEP
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
    /// The steps that the values of both and of the turning parts at one point count.
    steps: u64,
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
        let signs = turning.iter().take(MAX_SIGNS).map(|part| steps_of(part)).sum::<u64>();
        let steps = steps_of(a) + steps_of(b) + signs;
        Self { a, b, names, letters, turning, exponents, sequence: Sequence::new(), steps }
    }

    fn sample(&self, point: Point<f64>) -> Sample {
        Sample { first: self.a.near(&point), second: self.b.near(&point), point }
    }

    /// Points at which at least one of the two has a value; those where both have one first.
    pub(super) fn samples(&mut self, reading: Reading) -> Vec<Sample> {
        let mut kept: Vec<(Sample, u64)> = Vec::new();
        let mut lonely = Vec::new();
        for round in 0..TRIED {
            // A constant is the same everywhere.
            if !budget::spend(self.steps)
                || (kept.len() >= KEPT && self.turning.is_empty())
                || (self.names.is_empty() && round > 0)
            {
                break;
            }
            let point = self.point(round, reading);
            self.keep(point, &mut kept, &mut lonely);
        }
        kept.into_iter().map(|(sample, _)| sample).chain(lonely).collect()
    }

    fn keep(&self, point: Point<f64>, kept: &mut Vec<(Sample, u64)>, lonely: &mut Vec<Sample>) {
        let sample = self.sample(point);
        let region = self
            .turning
            .iter()
            .take(MAX_SIGNS)
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
            (first, _) => {
                if lonely.iter().filter(|other| other.first.is_finite() == first).count() < KEPT_ALIKE {
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

    /// True if some part turns the course of the values.
    pub(super) fn turns(&self) -> bool {
        !self.turning.is_empty()
    }

    /// Points in every stretch between places where a part that turns the course is zero, along each
    /// name in turn.
    pub(super) fn samples_between_turns(&mut self) -> Vec<Sample> {
        let mut found = Vec::new();
        for name in self.names.clone().into_iter().take(3) {
            let rounds = if self.names.len() == 1 { 1 } else { 2 };
            for round in 0..rounds {
                let base = self.point(round, Reading::Exponential);
                let mut places = Vec::new();
                for part in self.turning.iter().take(MAX_TURNING).filter(|part| part.has_name(name)) {
                    places.extend(self.zeros_along(part, name, &base));
                }
                places.sort_by(f64::total_cmp);
                places.dedup_by(|a, b| (*a - *b).abs() <= 1e-9 * b.abs().max(1e-3));
                for value in between(&places) {
                    if !budget::spend(self.steps) {
                        return found;
                    }
                    if self.letters == Letters::Positive && value <= 0.0 {
                        continue;
                    }
                    let sample = self.sample(moved(&base, name, value));
                    if sample.first.is_finite() || sample.second.is_finite() {
                        found.push(sample);
                    }
                }
            }
        }
        found
    }

    /// Where `part` is zero along `name`; where it changes its sign, if it cannot be solved.
    fn zeros_along(&self, part: &Term, name: Name, base: &Point<f64>) -> Vec<f64> {
        let others = base.values.iter().filter(|(own, _)| *own != name);
        let given =
            others.fold(part.clone(), |part, (own, value)| part.with(*own, &Term::Number(Exact::from_f64(*value))));
        if let Ok(places) = crate::solve::zeros(&given, name) {
            return places.iter().map(crate::solve::Coordinate::near).filter(|place| place.is_finite()).collect();
        }
        // Each end of the grid, and a few halvings.
        if !budget::spend(4 * SCALES.len() as u64 * steps_of(part)) {
            return Vec::new();
        }
        let grid: Vec<f64> = SCALES.iter().rev().map(|scale| -scale).chain(SCALES).collect();
        let positive = |value: f64| part.near(&moved(base, name, value)) > 0.0;
        let crossing = |pair: &[f64]| {
            let [mut low, mut high] = *pair else { return None };
            let below = positive(low);
            if below == positive(high) {
                return None;
            }
            for _ in 0..HALVINGS {
                let middle = f64::midpoint(low, high);
                if positive(middle) == below { low = middle } else { high = middle }
            }
            Some(low)
        };
        grid.windows(2).filter_map(crossing).collect()
    }
}

fn moved(base: &Point<f64>, name: Name, value: f64) -> Point<f64> {
    let mut point = base.clone();
    for (own, slot) in &mut point.values {
        if *own == name {
            *slot = value;
        }
    }
    point
}

/// Two numbers in each stretch between the places and beyond them.
fn between(places: &[f64]) -> Vec<f64> {
    let (Some(first), Some(last)) = (places.first(), places.last()) else {
        return Vec::new();
    };
    let beyond = |place: f64| 1.0 + place.abs() * 0.5;
    let mut found = vec![first - beyond(*first), first - beyond(*first) * 0.37];
    for pair in places.windows(2) {
        if let [low, high] = pair {
            found.extend([low + (high - low) * 0.41, low + (high - low) * 0.87]);
        }
    }
    found.extend([last + beyond(*last) * 0.37, last + beyond(*last)]);
    found.into_iter().map(rounded).collect()
}

/// The value with few binary digits, so that it is short in every representation.
fn rounded(value: f64) -> f64 {
    f64::from_bits(value.to_bits() & !((1 << 30) - 1))
}
