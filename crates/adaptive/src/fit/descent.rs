//! Weights by L-BFGS (Liu and Nocedal 1989), on standardised features with a ridge.

use argmin::core::{CostFunction, Error, Executor, Gradient, State};
use argmin::solver::linesearch::MoreThuenteLineSearch;
use argmin::solver::quasinewton::LBFGS;

use crate::features::OWN;
use crate::fit::design::{COLUMNS, Design};
use crate::fit::{FitError, Plan};
use crate::weights::{Origin, Weights};

const REMEMBERED_STEPS: usize = 10;

/// The mean negative log likelihood with ridges, over standardised features.
struct Problem<'a> {
    design: &'a Design,
    /// One over each column's deviation; 0 for what is left out or constant.
    scales: Vec<f64>,
    own_scales: [f64; OWN.len()],
    plan: &'a Plan,
}

/// Descends from `begin` in at most so many steps.
pub(super) fn descend(design: &Design, begin: &Weights, steps: u64, plan: &Plan) -> Result<Weights, FitError> {
    let problem = Problem { design, scales: scales(design), own_scales: own_scales(design), plan };
    let size = COLUMNS + design.skills * OWN.len();
    let mut point = vec![0.0; size];
    for ((at, weight), scale) in point.iter_mut().zip(begin.columns()).zip(&problem.scales) {
        *at = if *scale > 0.0 { weight / scale } else { 0.0 };
    }
    for (at, own) in point[COLUMNS..].chunks_exact_mut(OWN.len()).zip(&begin.own) {
        for ((at, weight), scale) in at.iter_mut().zip(own).zip(&problem.own_scales) {
            *at = if *scale > 0.0 { weight / scale } else { 0.0 };
        }
    }
    let unscale: Vec<f64> = problem.scales.clone();
    let own_unscale = problem.own_scales;
    let solver = LBFGS::new(MoreThuenteLineSearch::new(), REMEMBERED_STEPS)
        .with_tolerance_grad(1e-6)
        .and_then(|s| s.with_tolerance_cost(1e-8))
        .map_err(broken)?;
    let done = Executor::new(problem, solver)
        .configure(|state| state.param(point).max_iters(steps))
        .timer(false)
        .run()
        .map_err(broken)?;
    let found = done.state().get_best_param().ok_or_else(|| FitError::Descent("no weights".to_owned()))?;
    let shared: Vec<f64> = found[..COLUMNS].iter().zip(&unscale).map(|(w, s)| w * s).collect();
    let own: Vec<[f64; OWN.len()]> = found[COLUMNS..]
        .chunks_exact(OWN.len())
        .map(|chunk| std::array::from_fn(|place| chunk[place] * own_unscale[place]))
        .collect();
    let own = if own_unscale == [0.0; OWN.len()] { Vec::new() } else { own };
    Ok(Weights::from_columns(&shared, own, Origin::default()))
}

#[expect(clippy::needless_pass_by_value, reason = "the shape `map_err` wants")]
fn broken(error: Error) -> FitError {
    FitError::Descent(error.to_string())
}

/// One over the root mean square around the mean; for the constant 1.
fn scales(design: &Design) -> Vec<f64> {
    let rows = design.rows() as f64;
    let (mut sums, mut squares) = (vec![0.0; COLUMNS], vec![0.0; COLUMNS]);
    for row in design.shared.chunks_exact(COLUMNS) {
        for (place, &x) in row.iter().enumerate() {
            sums[place] += f64::from(x);
            squares[place] += f64::from(x) * f64::from(x);
        }
    }
    let deviation =
        |place: usize| (squares[place] / rows - (sums[place] / rows) * (sums[place] / rows)).max(0.0).sqrt();
    (0..COLUMNS)
        .map(|place| match deviation(place) {
            _ if place == 0 => 1.0,
            _ if !design.keeps_column(place) => 0.0,
            d if d > 1e-6 => 1.0 / d,
            _ => 0.0,
        })
        .collect()
}

fn own_scales(design: &Design) -> [f64; OWN.len()] {
    let mut squares = [0.0; OWN.len()];
    for own in &design.own {
        for (square, &x) in squares.iter_mut().zip(&own.features) {
            *square += f64::from(x) * f64::from(x);
        }
    }
    let count = design.own.len().max(1) as f64;
    std::array::from_fn(|place| match squares[place] {
        square if square > 0.0 && design.keeps_own(place) => 1.0 / (square / count).sqrt(),
        _ => 0.0,
    })
}

impl Problem<'_> {
    fn walk(&self, weights: &[f64], mut gradient: Option<&mut [f64]>) -> f64 {
        let scaled: Vec<f64> = weights.iter().zip(&self.scales).map(|(w, s)| w * s).collect();
        let mut cost = 0.0;
        let mut sums = vec![0.0f64; COLUMNS];
        for (row, x) in self.design.shared.chunks_exact(COLUMNS).enumerate() {
            let own = &self.design.own[self.design.starts[row] as usize..self.design.starts[row + 1] as usize];
            let mut z = dot(&scaled[..COLUMNS], x);
            for o in own {
                let at = COLUMNS + o.skill as usize * OWN.len();
                for place in 0..OWN.len() {
                    z += weights[at + place] * self.own_scales[place] * f64::from(o.features[place]);
                }
            }
            let (loss, slope) = loss(z, self.design.correct[row]);
            cost += loss;
            let Some(gradient) = gradient.as_deref_mut() else { continue };
            sums.iter_mut().zip(x).for_each(|(sum, &x)| *sum += slope * f64::from(x));
            for o in own {
                let at = COLUMNS + o.skill as usize * OWN.len();
                for place in 0..OWN.len() {
                    gradient[at + place] += slope * self.own_scales[place] * f64::from(o.features[place]);
                }
            }
        }
        let rows = self.design.rows() as f64;
        if let Some(gradient) = gradient {
            for ((g, sum), scale) in gradient.iter_mut().zip(&sums).zip(&self.scales) {
                *g += sum * scale;
            }
            for (place, (g, w)) in gradient.iter_mut().zip(weights).enumerate() {
                *g = (*g + self.ridge(place) * w) / rows;
            }
        }
        let ridge: f64 = weights.iter().enumerate().map(|(place, w)| 0.5 * self.ridge(place) * w * w).sum();
        (cost + ridge) / rows
    }

    fn ridge(&self, place: usize) -> f64 {
        match place {
            0 => 0.0,
            _ if place < COLUMNS => self.plan.ridge,
            _ => self.plan.own_ridge,
        }
    }
}

/// In eight lanes, so that the compiler may add them side by side; the order is fixed.
fn dot(weights: &[f64], features: &[f32]) -> f64 {
    let mut lanes = [0.0f64; 8];
    let (ws, xs) = (weights.chunks_exact(8), features.chunks_exact(8));
    let rest: f64 = ws.remainder().iter().zip(xs.remainder()).map(|(w, &x)| w * f64::from(x)).sum();
    for (w, x) in ws.zip(xs) {
        for lane in 0..8 {
            lanes[lane] += w[lane] * f64::from(x[lane]);
        }
    }
    lanes.iter().sum::<f64>() + rest
}

/// −ln of the probability of what happened, and its slope.
fn loss(z: f64, correct: bool) -> (f64, f64) {
    let e = libm::exp(-z.abs());
    let probability = if z >= 0.0 { 1.0 / (1.0 + e) } else { e / (1.0 + e) };
    let y = f64::from(u8::from(correct));
    (z.max(0.0) - y * z + libm::log1p(e), probability - y)
}

impl CostFunction for Problem<'_> {
    type Param = Vec<f64>;
    type Output = f64;

    fn cost(&self, weights: &Vec<f64>) -> Result<f64, Error> {
        Ok(self.walk(weights, None))
    }
}

impl Gradient for Problem<'_> {
    type Param = Vec<f64>;
    type Gradient = Vec<f64>;

    fn gradient(&self, weights: &Vec<f64>) -> Result<Vec<f64>, Error> {
        let mut gradient = vec![0.0; weights.len()];
        self.walk(weights, Some(&mut gradient));
        Ok(gradient)
    }
}
