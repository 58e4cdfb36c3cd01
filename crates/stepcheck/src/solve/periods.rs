//! Equations in the sine and cosine of one angle.

use super::elimination::{Eliminator, Solved};
use super::{Coordinate, Reach, Unsolved};
use crate::ball::Ball;
use crate::exact::{Exact, Monomial, Polynomial};
use crate::normal::Kernel;
use crate::tree::Name;

/// The most solutions within reach.
const MAX_PLACES: usize = 600;
/// The tangent of half the angle.
const TANGENT: char = '\u{F_FFF0}';

impl Eliminator {
    /// The product whose sine and cosine the kernels are, if it is one and the same.
    pub(super) fn common_angle(&self, kernels: &[Name]) -> Option<Monomial> {
        let angle = |name: &Name| match self.normalizer.kernel_named(*name) {
            Some(Kernel::Sin(of) | Kernel::Cos(of)) => Some(of),
            _ => None,
        };
        let first = angle(kernels.first()?)?;
        kernels.iter().all(|name| angle(name) == Some(first)).then(|| first.clone())
    }

    /// Where a polynomial in sine and cosine of `angle` vanishes, as far as the reach.
    ///
    /// With t = tan(θ/2) it is sin θ = 2t/(1+t²) and cos θ = (1−t²)/(1+t²).
    pub(super) fn periodic(&mut self, polynomial: &Polynomial, angle: &Monomial) -> Solved<Vec<Coordinate>> {
        let factor: Monomial = angle.iter().filter(|(name, _)| *name != self.unknown).copied().collect();
        if !angle.contains(&(self.unknown, 1)) {
            return Err(Unsolved::NoMethod);
        }
        let lacking = |_| Unsolved::NoMethod;
        let scale = Ball::whole(self.normalizer.scale_of(angle).into());
        // x = θ·stretch
        let stretch = scale.over(&self.value_of_monomial(&factor)?).map_err(lacking)?;
        let period = Ball::pi().times(&Ball::whole(2)).times(&stretch).size();
        let reach = Reach::for_period(self.reach, period.to_f64())?;
        self.repeating = true;
        self.loose = true;
        // Farther than the reach, so that the last stretch within it ends at a solution.
        let reach = reach.size() * 2.0;
        let tangent = Name::from(TANGENT);
        let in_tangent = self.in_tangent(polynomial, angle, tangent)?;
        let mut found = vec![Ball::pi().times(&stretch)];
        for root in self.roots_in(&in_tangent, tangent)? {
            let half = root.ball().arctan().map_err(lacking)?;
            found.push(half.times(&Ball::whole(2)).times(&stretch));
        }
        let mut places = Vec::new();
        for first in found {
            let turns = ((reach + first.to_f64().abs()) / period.to_f64()).ceil();
            if !turns.is_finite() || turns * 2.0 > 600.0 {
                return Err(Unsolved::TooLarge);
            }
            #[expect(clippy::cast_possible_truncation, reason = "it is at most 300")]
            let turns = turns as i64;
            for turn in -turns..=turns {
                let place = first.plus(&period.times(&Ball::whole(turn)));
                if place.to_f64().abs() <= reach {
                    places.push(Coordinate::Real(place));
                }
            }
        }
        if places.len() > MAX_PLACES { Err(Unsolved::TooLarge) } else { Ok(places) }
    }

    fn in_tangent(&mut self, polynomial: &Polynomial, angle: &Monomial, tangent: Name) -> Solved<Polynomial> {
        let is = |own: &Self, name: Name| match own.normalizer.kernel_named(name) {
            Some(Kernel::Sin(of)) if of == angle => Some(true),
            Some(Kernel::Cos(of)) if of == angle => Some(false),
            _ => None,
        };
        let mut terms = Vec::new();
        for (monomial, factor) in polynomial.terms() {
            let (mut sines, mut cosines, mut rest) = (0, 0, Monomial::new());
            for (name, exponent) in monomial {
                match is(self, *name) {
                    Some(true) => sines = *exponent,
                    Some(false) => cosines = *exponent,
                    None => rest.push((*name, *exponent)),
                }
            }
            let rest = Polynomial::from_terms([(rest, factor.clone())])?;
            terms.push((sines, cosines, rest));
        }
        let degree = terms.iter().map(|(sines, cosines, _)| sines + cosines).max().unwrap_or(0);
        let work = self.normalizer.work();
        let one = Polynomial::constant(Exact::ONE);
        let square = Polynomial::power_of(tangent, 2);
        let above = one.clone().plus(square.clone())?;
        let cosine = one.plus(square.negated())?;
        let sine = Polynomial::letter(tangent).times(&Polynomial::constant(Exact::Small(2, 1)), work)?;
        let mut sum = Polynomial::zero();
        for (sines, cosines, rest) in terms {
            let mut product = rest.times(&sine.raised(sines, work)?, work)?;
            product = product.times(&cosine.raised(cosines, work)?, work)?;
            product = product.times(&above.raised(degree - sines - cosines, work)?, work)?;
            sum = sum.plus(product)?;
        }
        Ok(sum)
    }
}
