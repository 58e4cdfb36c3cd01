//! Claims in several unknowns with finitely many solutions: by substitution, and by elimination with
//! pseudo-remainders where nothing can be substituted (G. E. Collins, J. ACM 14, 1967).

use super::elimination::Eliminator;
use super::{Coordinate, RealSet, Unsolved, holds, solve};
use crate::exact::{Polynomial, Work};
use crate::tree::Name;
use crate::value::{Claim, Comparator, Point, Term};

/// The most alternatives and the most cases within them.
const MAX_BRANCHES: usize = 24;
const MAX_STEPS: usize = 120;

/// A value for each unknown.
pub(crate) type Place = Vec<(Name, Coordinate)>;

/// The solutions of one alternative of a claim.
#[derive(Debug, Clone)]
pub(crate) enum Places {
    Finite(Vec<Place>),
    /// Some unknown can have any value, or any of a stretch.
    Infinite,
}

/// The solutions of each alternative of `claim` in `unknowns`.
///
/// # Errors
/// If there is no method for it, or if it would take too many steps.
pub(crate) fn solve_system(claim: &Claim, unknowns: &[Name]) -> Result<Vec<Places>, Unsolved> {
    let branches = alternatives(claim)?;
    branches.into_iter().map(|branch| solve_branch(branch, unknowns)).collect()
}

/// Alternatives of comparisons that hold together.
pub(crate) fn alternatives(claim: &Claim) -> Result<Vec<Vec<Claim>>, Unsolved> {
    let found = match claim {
        Claim::All => vec![Vec::new()],
        Claim::None => Vec::new(),
        Claim::Compare(..) => vec![vec![claim.clone()]],
        Claim::Or(parts) => {
            let mut all = Vec::new();
            for part in parts {
                all.extend(alternatives(part)?);
            }
            all
        }
        Claim::And(parts) => {
            let mut all: Vec<Vec<Claim>> = vec![Vec::new()];
            for part in parts {
                let own = alternatives(part)?;
                if all.len() * own.len() > MAX_BRANCHES {
                    return Err(Unsolved::TooLarge);
                }
                if let [only] = own.as_slice() {
                    all.iter_mut().for_each(|branch| branch.extend_from_slice(only));
                    continue;
                }
                let joined = |before: &Vec<Claim>| {
                    let before = before.clone();
                    own.iter().map(move |more| [before.as_slice(), more.as_slice()].concat())
                };
                all = all.iter().flat_map(joined).collect();
            }
            all
        }
    };
    if found.len() > MAX_BRANCHES { Err(Unsolved::TooLarge) } else { Ok(found) }
}

/// The most equations that an alternative of `claim` joins; 0 if there are too many alternatives.
pub(crate) fn joined_equations(claim: &Claim) -> usize {
    alternatives_and_equations(claim).map_or(0, |(_, equations)| equations)
}

/// How many alternatives there are, and the most equations in one; `None` if they are too many.
fn alternatives_and_equations(claim: &Claim) -> Option<(usize, usize)> {
    let (all, equations) = match claim {
        Claim::All => (1, 0),
        Claim::None => (0, 0),
        Claim::Compare(_, comparator, _) => (1, usize::from(*comparator == Comparator::Equal)),
        Claim::Or(parts) => parts.iter().try_fold((0, 0), |(all, most), part| {
            let (own, equations) = alternatives_and_equations(part)?;
            Some((all + own, most.max(equations)))
        })?,
        Claim::And(parts) => parts.iter().try_fold((1, 0), |(all, sum), part| {
            let (own, equations) = alternatives_and_equations(part)?;
            let all = all * own;
            (all <= MAX_BRANCHES).then_some((all, if all == 0 { 0 } else { sum + equations }))
        })?,
    };
    (all <= MAX_BRANCHES).then_some((all, equations))
}

fn solve_branch(branch: Vec<Claim>, unknowns: &[Name]) -> Result<Places, Unsolved> {
    let mut search =
        Search { whole: Claim::And(branch.clone()), unknowns, found: Vec::new(), infinite: false, steps: 0 };
    search.reduce(branch, Vec::new(), false)?;
    Ok(if search.infinite { Places::Infinite } else { Places::Finite(search.found) })
}

struct Search<'n> {
    whole: Claim,
    unknowns: &'n [Name],
    found: Vec<Place>,
    infinite: bool,
    steps: usize,
}

type Values = Vec<(Name, Term)>;

impl Search<'_> {
    /// Takes one name out of the open claims after the other.
    fn reduce(&mut self, open: Vec<Claim>, values: Values, eliminated: bool) -> Result<(), Unsolved> {
        self.steps += 1;
        if self.steps > MAX_STEPS {
            return Err(Unsolved::TooLarge);
        }
        let mut left = Vec::with_capacity(open.len());
        for claim in open {
            if !claim.is_constant() {
                left.push(claim);
            } else if !holds(&claim, &[])? {
                return Ok(());
            }
        }
        if values.len() == self.unknowns.len() {
            return self.keep(&values);
        }
        if left.is_empty() {
            self.infinite = true;
            return Ok(());
        }
        if self.in_one_name(&left, &values, eliminated)?.is_some() {
            return Ok(());
        }
        if let Some((index, name, value)) = left.iter().enumerate().find_map(named) {
            return self.substitute(&left, index, &values, name, &value, eliminated);
        }
        if self.linear(&left, &values, eliminated)? {
            return Ok(());
        }
        if !eliminated && let Some(more) = eliminant(&left)? {
            left.push(more);
            return self.reduce(left, values, true);
        }
        Err(Unsolved::NoMethod)
    }

    /// Solves a claim that has one name left, if it has finitely many solutions.
    fn in_one_name(&mut self, left: &[Claim], values: &Values, eliminated: bool) -> Result<Option<()>, Unsolved> {
        for (index, claim) in left.iter().enumerate() {
            let Some(name) = claim.only_name() else { continue };
            let mut set = RealSet::ALL;
            for alone in left.iter().filter(|other| other.only_name() == Some(name)) {
                set = set.and(&solve(alone, name)?);
            }
            let Some(points) = set.as_points() else {
                // A stretch of values: nothing else may be left to do.
                let others = left.iter().any(|other| other.only_name() != Some(name));
                if set.is_trivial() {
                    let rest = without(left, index);
                    return self.reduce(rest, values.clone(), eliminated).map(Some);
                }
                if others {
                    continue;
                }
                self.infinite = true;
                return Ok(Some(()));
            };
            for point in points {
                self.substitute(left, index, values, name, &point.term(), eliminated)?;
            }
            return Ok(Some(()));
        }
        Ok(None)
    }

    /// Puts `value` for `name` into all claims but number `index`.
    fn substitute(
        &mut self,
        claims: &[Claim],
        index: usize,
        values: &Values,
        name: Name,
        value: &Term,
        eliminated: bool,
    ) -> Result<(), Unsolved> {
        let left = others(claims, index).map(|claim| claim.with(name, value)).collect();
        let mut values: Values = values.iter().map(|(own, term)| (*own, term.with(name, value))).collect();
        values.push((name, value.clone()));
        self.reduce(left, values, eliminated)
    }

    /// Solves an equation for a name that it is linear in.
    fn linear(&mut self, left: &[Claim], values: &Values, eliminated: bool) -> Result<bool, Unsolved> {
        let mut best: Option<(usize, Name, Polynomial, Polynomial)> = None;
        for (index, claim) in left.iter().enumerate() {
            let Some(polynomial) = polynomial(claim) else { continue };
            for name in names(claim) {
                let parts = polynomial.by_powers_of(name);
                let [constant, slope] = parts.as_slice() else { continue };
                let simple = slope.as_constant().is_some();
                if simple || best.is_none() {
                    best = Some((index, name, constant.clone(), slope.clone()));
                }
                if simple {
                    break;
                }
            }
        }
        let Some((index, name, constant, slope)) = best else { return Ok(false) };
        let value = constant.term().negated().over(slope.term());
        self.substitute(left, index, values, name, &value, eliminated)?;
        if slope.as_constant().is_none() {
            // Or both the factor and the rest are zero, and the name is still to be found.
            let zero = |polynomial: &Polynomial| Claim::Compare(polynomial.term(), Comparator::Equal, Term::whole(0));
            let mut rest = without(left, index);
            rest.push(zero(&slope));
            rest.push(zero(&constant));
            self.reduce(rest, values.clone(), eliminated)?;
        }
        Ok(true)
    }

    /// Keeps the place if the whole claim holds there.
    fn keep(&mut self, values: &Values) -> Result<(), Unsolved> {
        let nowhere = Point::new(Vec::new());
        let mut place = Place::new();
        for (name, term) in values {
            let value = match term.exactly(&Point::new(Vec::new())) {
                Some(Some(value)) => Coordinate::Rational(value),
                Some(None) => return Ok(()),
                None => match term.at(&nowhere) {
                    Ok(ball) => Coordinate::Real(ball),
                    Err(crate::ball::Lack::Undefined) => return Ok(()),
                    Err(crate::ball::Lack::Unknown) => return Err(Unsolved::NoMethod),
                },
            };
            place.push((*name, value));
        }
        place.sort_by_key(|(name, _)| *name);
        if holds(&self.whole, &place)? && !self.found.iter().any(|known| same(known, &place)) {
            self.found.push(place);
        }
        Ok(())
    }
}

/// True if two places cannot be told apart.
pub(crate) fn same(a: &Place, b: &Place) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.0 == b.0 && a.1.order(&b.1).is_eq())
}

fn without(claims: &[Claim], index: usize) -> Vec<Claim> {
    others(claims, index).cloned().collect()
}

fn others(claims: &[Claim], index: usize) -> impl Iterator<Item = &Claim> {
    claims.iter().enumerate().filter(move |(at, _)| *at != index).map(|(_, claim)| claim)
}

fn names(claim: &Claim) -> Vec<Name> {
    let mut found = Vec::new();
    claim.gather_names(&mut found);
    found
}

/// `name = value` with a value that does not contain the name.
fn named((index, claim): (usize, &Claim)) -> Option<(usize, Name, Term)> {
    match claim {
        Claim::Compare(Term::Name(name), Comparator::Equal, value)
        | Claim::Compare(value, Comparator::Equal, Term::Name(name))
            if !value.has_name(*name) =>
        {
            Some((index, *name, value.clone()))
        }
        _ => None,
    }
}

/// The polynomial that vanishes where the equation holds, if it has rational coefficients.
pub(super) fn polynomial(claim: &Claim) -> Option<Polynomial> {
    let Claim::Compare(left, Comparator::Equal, right) = claim else { return None };
    let mut eliminator = Eliminator::new(Name::from('x').into());
    let value = eliminator.normal(&left.clone().minus(right.clone())).ok()?;
    let plain = value.top.names().all(|name| eliminator.normalizer.kernel_named(name).is_none());
    plain.then_some(value.top)
}

/// An equation in fewer names that holds wherever two of the equations do.
fn eliminant(claims: &[Claim]) -> Result<Option<Claim>, Unsolved> {
    let polynomials: Vec<Polynomial> = claims.iter().filter_map(polynomial).collect();
    for (index, f) in polynomials.iter().enumerate() {
        for g in polynomials.get(index + 1..).unwrap_or_default() {
            for name in f.names().collect::<std::collections::BTreeSet<_>>() {
                if !g.names().any(|own| own == name) {
                    continue;
                }
                let rest = last_remainder(f, g, name)?;
                if !rest.is_zero() && !rest.names().any(|own| own == name) {
                    return Ok(Some(Claim::Compare(rest.term(), Comparator::Equal, Term::whole(0))));
                }
            }
        }
    }
    Ok(None)
}

/// The last remainder of the two as polynomials in `name`: zero, or without the name.
fn last_remainder(f: &Polynomial, g: &Polynomial, name: Name) -> Result<Polynomial, Unsolved> {
    let work = &mut Work::new();
    let degree = |polynomial: &Polynomial| polynomial.by_powers_of(name).len().saturating_sub(1);
    let (mut f, mut g) = if degree(f) >= degree(g) { (f.clone(), g.clone()) } else { (g.clone(), f.clone()) };
    while degree(&g) > 0 {
        let below = g.by_powers_of(name);
        let Some(leading) = below.last() else { break };
        while degree(&f) >= degree(&g) && !f.is_zero() {
            let above = f.by_powers_of(name);
            let Some(top) = above.last() else { break };
            let shift = u32::try_from(above.len() - below.len()).map_err(|_| Unsolved::TooLarge)?;
            let taken = g.times(&top.times(&Polynomial::power_of(name, shift), work)?, work)?;
            f = f.times(leading, work)?.plus(taken.negated())?;
        }
        std::mem::swap(&mut f, &mut g);
        if g.is_zero() {
            break;
        }
    }
    Ok(g)
}

impl Polynomial {
    /// The polynomial as a value.
    fn term(&self) -> Term {
        Term::sum(self.terms().iter().map(|(monomial, factor)| {
            let powers = monomial
                .iter()
                .map(|(name, exponent)| Term::Name(*name).power(crate::exact::Exact::Small((*exponent).into(), 1)));
            Term::product(std::iter::once(Term::Number(factor.clone())).chain(powers))
        }))
    }
}
