//! Inequalities of the second degree and above: a product against zero by the signs of its factors, a power against a
//! number by its root.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed as _, Zero};

use super::change::Move;
use super::denominators::multiplied;
use super::equation::{Relation, holds};
use super::number::{has_decimals, is_zero, nowhere, small, written};
use super::quadratic::{self, PowerAlone, coefficients};
use super::{factoring, square};
use crate::account::StepKind;
use crate::exact::Rational;
use crate::forms;
use crate::rewrite::{factors, negated, terms};
use crate::tree::{Expr, Name, Node, Sign, Statement};
use crate::unreadable::Place;

/// Products of more factors with the unknown are not looked at.
const MOST_FACTORS: usize = 8;

/// Nor are higher powers.
const MOST_POWER: u32 = 20;

pub(super) const fn is_order(sign: Sign) -> bool {
    matches!(sign, Sign::Less | Sign::Greater | Sign::LessOrEqual | Sign::GreaterOrEqual)
}

/// What the form of an inequality asks for before anything is multiplied out: a product against zero, a power alone.
pub(super) fn by_form(relation: &Relation, variable: Name) -> Option<Move> {
    let ([left, right], [sign]) = (relation.sides.as_slice(), relation.signs.as_slice()) else { return None };
    if !is_order(*sign) {
        return None;
    }
    [(left, *sign, right), (right, sign.flipped(), left)].into_iter().find_map(|(side, sign, other)| {
        if !holds(side, variable) || holds(other, variable) {
            return None;
        }
        let product = if is_zero(other) { product_against_zero(side, sign, variable) } else { None };
        let split = || {
            let is_product = matches!(terms(side).as_slice(), [term] if factors(term.body).len() > 1);
            let at = usize::from(!std::ptr::eq(side, left));
            let found = factoring::next(side, variable).filter(|_| is_product && is_zero(other))?;
            Some(found.into_move(|new| relation.with_side(at, &new).into_statement()))
        };
        product.or_else(split).or_else(|| power_alone(relation, (side, sign, other), variable))
    })
}

/// The next step in an inequality of the second degree or above, its sides multiplied out and collected.
pub(super) fn next(relation: &Relation, variable: Name) -> Option<Move> {
    let ([left, right], [sign]) = (relation.sides.as_slice(), relation.signs.as_slice()) else { return None };
    if !is_order(*sign) {
        return None;
    }
    let zero_side = if is_zero(right) { Some((left, 0)) } else { is_zero(left).then_some((right, 1)) };
    let Some((side, at)) = zero_side else { return quadratic::collect(relation, variable) };
    let coefficients = coefficients(side, variable)?;
    let leading = coefficients.last()?;
    if leading.is_negative() {
        let all = terms(side);
        let term = all.iter().find(|term| holds(term.body, variable))?;
        return Some(multiplied(relation, variable, &-BigInt::one(), term));
    }
    let shared = coefficients.iter().fold(BigInt::zero(), |so_far, value| so_far.gcd(value.numer()));
    if coefficients.iter().all(Rational::is_integer) && !shared.is_one() {
        return Some(quadratic::divided(relation, &Rational::from_integer(shared), side, variable));
    }
    if let Some(found) = factoring::next(side, variable) {
        return Some(found.into_move(|new| relation.with_side(at, &new).into_statement()));
    }
    if coefficients.len() != 3 {
        return None;
    }
    if !leading.is_one() {
        return Some(quadratic::divided(relation, leading, side, variable));
    }
    let found = square::completed(side, variable, true)?;
    Some(found.into_move(|new| relation.with_side(at, &new).into_statement()))
}

/// `x²` or `(x−3)²` against a number.
fn power_alone(relation: &Relation, (side, sign, other): (&Expr, Sign, &Expr), variable: Name) -> Option<Move> {
    let (base, degree, place) = match quadratic::alone(relation, side, other, variable)? {
        PowerAlone::Step(found) => return Some(found),
        PowerAlone::Power { base, degree, place } => (base, degree, place),
    };
    let (value, root) = quadratic::root_of(other, degree)?;
    if degree % 2 == 1 {
        let new = Relation { sides: vec![base.clone(), root], signs: vec![sign] };
        return Some(Move::new(StepKind::RootOfBothSides, place, new.into_statement()));
    }
    Some(by_size(StepKind::RootOfBothSides, (base, sign), (&value, root), place))
}

/// `−3 < x < 3` for a size of `x` below 3, `x < −3 eller x > 3` for one above. The number `value` is written `size`.
pub(super) fn by_size(
    kind: StepKind,
    (base, sign): (&Expr, Sign),
    (value, size): (&Rational, Expr),
    place: Place,
) -> Move {
    let below = matches!(sign, Sign::Less | Sign::LessOrEqual);
    let strict = matches!(sign, Sign::Less | Sign::Greater);
    let single = |sign| Relation { sides: vec![base.clone(), small(0)], signs: vec![sign] }.into_statement();
    if value.is_negative() || value.is_zero() && below == strict {
        let here = Place::before(0);
        return Move::new(StepKind::AllOrNone, place, if below { Statement::None(here) } else { Statement::All(here) });
    }
    if value.is_zero() {
        return Move::new(kind, place, single(if below { Sign::Equal } else { Sign::NotEqual }));
    }
    let line = if below {
        Relation { sides: vec![negated(size.clone()), base.clone(), size], signs: vec![sign, sign] }.into_statement()
    } else {
        let case = |sign, value| Relation { sides: vec![base.clone(), value], signs: vec![sign] }.into_statement();
        Statement::any_of(vec![case(sign.flipped(), negated(size.clone())), case(sign, size)])
    };
    Move::new(kind, place, line)
}

/// Where a product of linear factors is zero, in order, and how often; and whether it is positive to the right of them all.
struct Zeros {
    all: Vec<(Rational, u32)>,
    positive: bool,
}

impl Zeros {
    /// `None` unless it is of the second degree or above.
    fn of(side: &Expr, variable: Name) -> Option<Self> {
        let all = terms(side);
        let [term] = all.as_slice() else { return None };
        let mut found = Self { all: Vec::new(), positive: !term.negative };
        let parts = factors(term.body.unwrapped());
        if parts.len() > MOST_FACTORS {
            return None;
        }
        let mut degree = 0;
        for part in parts {
            let (base, times) = match &part.node {
                Node::Power(base, exponent) => {
                    let times = u32::try_from(forms::whole(exponent)?).ok()?;
                    (base.unwrapped(), Some(times).filter(|times| *times <= MOST_POWER)?)
                }
                _ => (part.unwrapped(), 1),
            };
            let worths = coefficients(base, variable)?;
            degree += times * u32::try_from(worths.len().saturating_sub(1)).ok()?;
            match worths.as_slice() {
                [number] => found.turn(number, times),
                [constant, slope] => {
                    found.turn(slope, times);
                    found.add(-constant / slope, times);
                }
                // Without a zero it has one sign everywhere.
                [c, b, a] if (b * b - Rational::from_integer(4.into()) * a * c).is_negative() => found.turn(a, times),
                _ => return None,
            }
        }
        found.all.sort();
        (degree > 1).then_some(found)
    }

    fn turn(&mut self, number: &Rational, times: u32) {
        self.positive ^= number.is_negative() && times % 2 == 1;
    }

    fn add(&mut self, zero: Rational, times: u32) {
        match self.all.iter_mut().find(|(known, _)| *known == zero) {
            Some((_, own)) => *own += times,
            None => self.all.push((zero, times)),
        }
    }

    /// For each stretch between the zeros and each zero, from left to right, whether the product stands so to 0.
    fn holding(&self, sign: Sign) -> Vec<bool> {
        let wants_positive = matches!(sign, Sign::Greater | Sign::GreaterOrEqual);
        let at_zero = matches!(sign, Sign::LessOrEqual | Sign::GreaterOrEqual);
        let mut positive = self.positive;
        let mut found = vec![positive == wants_positive];
        for (_, times) in self.all.iter().rev() {
            positive ^= times % 2 == 1;
            found.push(at_zero);
            found.push(positive == wants_positive);
        }
        found.reverse();
        found
    }
}

/// `(x−2)(x−3) < 0` → `2 < x < 3`
fn product_against_zero(side: &Expr, sign: Sign, variable: Name) -> Option<Move> {
    let zeros = Zeros::of(side, variable)?;
    let holding = zeros.holding(sign);
    let here = Place::before(0);
    if holding.iter().all(|holds| *holds) {
        return Some(Move::new(StepKind::AllOrNone, side.place, Statement::All(here)));
    }
    let unknown = nowhere(Node::Name(variable));
    let zero = |at: usize| zeros.all.get(at / 2).map(|(zero, _)| written(zero, has_decimals(side)));
    if let ([only], [true, false, true]) = (zeros.all.as_slice(), holding.as_slice()) {
        let value = written(&only.0, has_decimals(side));
        let new = Relation { sides: vec![unknown, value], signs: vec![Sign::NotEqual] };
        return Some(Move::new(StepKind::StudySigns, side.place, new.into_statement()));
    }
    let mut cases = Vec::new();
    let mut at = 0;
    while let Some(start) = (at..holding.len()).find(|at| holding.get(*at) == Some(&true)) {
        let end = (start..holding.len()).find(|at| holding.get(*at) == Some(&false)).unwrap_or(holding.len());
        cases.push(interval(&unknown, start, end, holding.len(), zero)?);
        at = end;
    }
    if cases.is_empty() {
        return Some(Move::new(StepKind::AllOrNone, side.place, Statement::None(here)));
    }
    Some(Move::new(StepKind::StudySigns, side.place, Statement::any_of(cases)))
}

/// The unknown from number `start` of `count` stretches and zeros to before number `end`. Stretches have even numbers;
/// `zero` gives the zero with this number, or that to the right of the stretch.
fn interval(
    unknown: &Expr,
    start: usize,
    end: usize,
    count: usize,
    zero: impl Fn(usize) -> Option<Expr>,
) -> Option<Statement> {
    let relation = |sides, signs| Some(Relation { sides, signs }.into_statement());
    let is_zero = |at: usize| at % 2 == 1;
    if start + 1 == end && is_zero(start) {
        return relation(vec![unknown.clone(), zero(start)?], vec![Sign::Equal]);
    }
    let from = if is_zero(start) { zero(start) } else { start.checked_sub(1).and_then(&zero) };
    let to = if end < count || is_zero(end - 1) { zero(end - 1) } else { None };
    let sign = |closed| if closed { Sign::LessOrEqual } else { Sign::Less };
    let (left, right) = (sign(is_zero(start)), sign(is_zero(end - 1)));
    match (from, to) {
        (Some(from), Some(to)) => relation(vec![from, unknown.clone(), to], vec![left, right]),
        (Some(from), None) => relation(vec![unknown.clone(), from], vec![left.flipped()]),
        (None, Some(to)) => relation(vec![unknown.clone(), to], vec![right]),
        (None, None) => None,
    }
}
