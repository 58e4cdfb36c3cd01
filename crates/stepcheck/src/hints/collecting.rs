//! Sums: numbers two by two, like terms, common denominators.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, Zero};

use super::change::{Change, place_with_sign};
use super::monomial::{Monomial, is_tidy, ratio};
use super::number::{Form, Num, decimals_of, fraction, written};
use crate::account::StepKind;
use crate::exact::Rational;
use crate::rewrite::{Signed as Signs, negated, sum_of, terms};
use crate::tree::{Expr, Node};
use crate::unreadable::Place;

/// The terms of a sum, those that can be collected with what they are worth.
pub(super) struct Terms<'e> {
    pub(super) all: Vec<Term<'e>>,
}

pub(super) struct Term<'e> {
    pub(super) signs: Signs<'e>,
    /// With the sign. Only of terms that need nothing by themselves.
    pub(super) worth: Option<Monomial>,
    /// Upper and lower number as written, with the sign; `None` for decimals and mixed numbers.
    ratio: Option<(BigInt, BigInt)>,
}

impl<'e> Terms<'e> {
    pub(super) fn of(expr: &'e Expr) -> Self {
        let mut all: Vec<Term<'e>> = terms(expr).into_iter().map(Term::of).collect();
        let shares: Vec<bool> = all.iter().enumerate().map(|(at, term)| term.shares_denominator(at, &all)).collect();
        for (term, shares) in all.iter_mut().zip(shares) {
            if !shares && !is_tidy(term.signs.body) {
                term.worth = None;
            }
        }
        Self { all }
    }

    /// Indices of terms with the same letters, in groups of two or more.
    fn groups(&self) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for (at, term) in self.all.iter().enumerate() {
            let Some(worth) = &term.worth else { continue };
            let alike = |group: &&mut Vec<usize>| {
                let first = group.first().and_then(|first| self.all.get(*first)?.worth.as_ref());
                first.is_some_and(|first| first.letters == worth.letters)
            };
            match groups.iter_mut().find(alike) {
                Some(group) => group.push(at),
                None => groups.push(vec![at]),
            }
        }
        groups.retain(|group| group.len() > 1);
        groups
    }

    fn members<'t>(&'t self, group: &'t [usize]) -> impl Iterator<Item = &'t Term<'e>> {
        group.iter().filter_map(|at| self.all.get(*at))
    }

    /// The sum with new terms at some places; `None` for a term that is gone.
    fn with(&self, new: &[(usize, Option<Expr>)]) -> Expr {
        let all =
            self.all.iter().enumerate().filter_map(|(at, term)| match new.iter().find(|(changed, _)| *changed == at) {
                Some((_, new)) => new.clone(),
                None => Some(term.signs.to_expr()),
            });
        sum_of(all)
    }

    /// From the first of the changed terms to the last, the signs counted if there are several.
    fn place(&self, changed: &[(usize, Option<Expr>)]) -> Place {
        let terms = || changed.iter().filter_map(|(at, _)| self.all.get(*at));
        let places =
            terms().map(|term| if changed.len() > 1 { place_with_sign(&term.signs) } else { term.signs.body.place });
        places.reduce(Place::to).unwrap_or(Place::before(0))
    }

    fn change(&self, kind: StepKind, new: &[(usize, Option<Expr>)]) -> Change {
        Change::new(kind, self.place(new), self.with(new))
    }
}

impl<'e> Term<'e> {
    fn of(signs: Signs<'e>) -> Self {
        let worth = Monomial::of(signs.body).filter(|_| !is_product_of_sums(signs.body));
        let ratio = worth.as_ref().and_then(|worth| ratio(signs.body, worth));
        let sign = if signs.negative { -BigInt::one() } else { BigInt::one() };
        Self {
            worth: worth.map(|worth| if signs.negative { worth.negated() } else { worth }),
            ratio: ratio.map(|(top, bottom)| (top * sign, bottom)),
            signs,
        }
    }

    /// True if it is a fraction with the denominator of another term with the same letters: such two are to be added as they are.
    fn shares_denominator(&self, at: usize, all: &[Self]) -> bool {
        let (Some(own), Some((_, bottom))) = (&self.worth, &self.ratio) else { return false };
        let is_fraction = Num::of(self.signs.body).is_some()
            || matches!(&self.signs.body.node, Node::Quotient(a, ..) if is_tidy(a.unwrapped()));
        let same = |other: &Self| {
            other.worth.as_ref().is_some_and(|worth| worth.letters == own.letters)
                && other.ratio.as_ref().is_some_and(|(_, below)| below == bottom)
        };
        let mut others = all.iter().enumerate().filter(|(index, _)| *index != at);
        !bottom.is_one() && is_fraction && others.any(|(_, other)| same(other))
    }

    fn coefficient(&self) -> Rational {
        self.worth.as_ref().map(|worth| worth.coefficient.clone()).unwrap_or_default()
    }

    /// The term with `size` for its coefficient, written as the term is.
    fn times_over(&self, top: &BigInt, bottom: &BigInt) -> Option<Expr> {
        self.worth.as_ref().map(|worth| worth.over(top, bottom))
    }
}

fn is_product_of_sums(expr: &Expr) -> bool {
    expr.any(&|part| matches!(part.node, Node::Sum(..) | Node::Difference(..)))
}

/// The next step in the sum; its terms need nothing by themselves. `decimal` if fractions are to become decimals.
pub(super) fn next(expr: &Expr, decimal: bool, mixed: bool) -> Option<Change> {
    let sum = Terms::of(expr);
    if sum.all.len() < 2 {
        return None;
    }
    if mixed && let Some(found) = joined_to_mixed(expr, &sum) {
        return Some(found);
    }
    let groups = sum.groups();
    if let Some(found) = groups.iter().find_map(|group| prepared(&sum, group, decimal)) {
        return Some(found);
    }
    let numbers_only = sum.all.iter().all(|term| term.worth.as_ref().is_some_and(Monomial::is_number));
    let is_zero = |term: &Term<'_>| term.worth.as_ref().is_some_and(|worth| worth.coefficient.is_zero());
    let has_zero = sum.all.iter().any(is_zero);
    if groups.is_empty() && !has_zero {
        return None;
    }
    if numbers_only {
        return numbers(&sum);
    }
    let mut new: Vec<(usize, Option<Expr>)> = Vec::new();
    for group in &groups {
        let together = total(&sum, group);
        for (at, index) in group.iter().enumerate() {
            new.push((*index, together.clone().filter(|_| at == 0)));
        }
    }
    for (at, term) in sum.all.iter().enumerate() {
        if is_zero(term) && new.iter().all(|(changed, _)| *changed != at) {
            new.push((at, None));
        }
    }
    new.sort_by_key(|(at, _)| *at);
    Some(sum.change(StepKind::CollectTerms, &new))
}

/// `2+1/3` → `2 1/3`
fn joined_to_mixed(expr: &Expr, sum: &Terms<'_>) -> Option<Change> {
    let [first, second] = sum.all.as_slice() else { return None };
    let (whole, part) = (Num::of(first.signs.body)?, Num::of(second.signs.body)?);
    let fits = !first.signs.negative
        && !second.signs.negative
        && whole.form == Form::Whole
        && part.is_fraction()
        && part.value < Rational::one();
    let value = &whole.value + &part.value;
    let new = super::answer::as_mixed(&value)?;
    fits.then(|| Change::new(StepKind::ImproperToMixed, expr.place, new))
}

/// What the terms of a group need before they can be added: one form, one denominator.
fn prepared(sum: &Terms<'_>, group: &[usize], decimal: bool) -> Option<Change> {
    let members: Vec<(usize, &Term<'_>)> = group.iter().copied().zip(sum.members(group)).collect();
    let mixed = |term: &Term<'_>| matches!(term.signs.body.unwrapped().node, Node::Mixed { .. });
    let rewrite = |kind, chosen: &dyn Fn(&Term<'_>) -> Option<Expr>| {
        let new: Vec<_> = members.iter().filter_map(|(at, term)| Some((*at, Some(chosen(term)?)))).collect();
        (!new.is_empty()).then(|| sum.change(kind, &new))
    };
    if members.iter().any(|(_, term)| mixed(term)) {
        return rewrite(StepKind::MixedToImproper, &|term| {
            let value = term.coefficient();
            mixed(term).then(|| fraction(value.numer(), value.denom()))
        });
    }
    let decimals = members.iter().any(|(_, term)| term.worth.as_ref().is_some_and(|worth| worth.style.decimal));
    let is_fraction = |term: &Term<'_>| term.ratio.as_ref().is_some_and(|(_, bottom)| !bottom.is_one());
    if (decimals || decimal) && members.iter().any(|(_, term)| is_fraction(term)) {
        let mut fractions = members.iter().filter(|(_, term)| is_fraction(term));
        if fractions.all(|(_, term)| decimals_of(&term.coefficient()).is_some()) {
            return rewrite(StepKind::FractionToDecimal, &|term| {
                let mut worth = term.worth.clone()?;
                worth.style.decimal = true;
                is_fraction(term).then(|| worth.to_expr())
            });
        }
        if decimals {
            return rewrite(StepKind::DecimalToFraction, &|term| {
                let mut worth = term.worth.clone().filter(|worth| worth.style.decimal)?;
                worth.style.decimal = false;
                Some(worth.to_expr())
            });
        }
    }
    let ratios: Vec<&(BigInt, BigInt)> = members.iter().filter_map(|(_, term)| term.ratio.as_ref()).collect();
    let common = ratios.iter().fold(BigInt::one(), |so_far, (_, bottom)| so_far.lcm(bottom));
    if ratios.len() < members.len() || ratios.iter().all(|(_, bottom)| *bottom == common) {
        return None;
    }
    rewrite(StepKind::CommonDenominator, &|term| {
        let (top, bottom) = term.ratio.as_ref()?;
        (*bottom != common).then(|| term.times_over(&(top * (&common / bottom)), &common))?
    })
}

/// The terms of a group in one; `None` if they cancel.
fn total(sum: &Terms<'_>, group: &[usize]) -> Option<Expr> {
    let first = sum.members(group).next()?.worth.as_ref()?;
    let style =
        sum.members(group).filter_map(|term| Some(term.worth.as_ref()?.style)).fold(first.style, |a, b| a.or(b));
    let value: Rational = sum.members(group).map(Term::coefficient).sum();
    if value.is_zero() {
        return None;
    }
    let all = Monomial { coefficient: value, letters: first.letters.clone(), style };
    let bottom = sum.members(group).find_map(|term| term.ratio.as_ref().map(|(_, bottom)| bottom.clone()));
    match bottom.filter(|bottom| !style.decimal && !bottom.is_one()) {
        Some(bottom) => {
            let top = (&all.coefficient * Rational::from_integer(bottom.clone())).to_integer();
            Some(all.over(&top, &bottom))
        }
        None => Some(all.to_expr()),
    }
}

/// A sum of numbers alone: fractions all at once, others two by two from the left.
fn numbers(sum: &Terms<'_>) -> Option<Change> {
    let fractions = sum.all.iter().any(|term| term.ratio.as_ref().is_some_and(|(_, bottom)| !bottom.is_one()));
    let count = if fractions { sum.all.len() } else { 2 };
    let group: Vec<usize> = (0..count.min(sum.all.len())).collect();
    let minus = sum.members(&group).skip(1).all(|term| term.signs.negative);
    let kind = match (fractions, minus) {
        (true, true) => StepKind::SubtractFractions,
        (true, false) => StepKind::AddFractions,
        (false, true) => StepKind::SubtractNumbers,
        (false, false) => StepKind::AddNumbers,
    };
    let value: Rational = sum.members(&group).map(Term::coefficient).sum();
    let together = total(sum, &group).unwrap_or_else(|| written(&value, false));
    let new: Vec<_> = group.iter().map(|at| (*at, Some(together.clone()).filter(|_| *at == 0))).collect();
    Some(sum.change(kind, &new))
}

/// `5−(−3)` → `5+3`, `5+(−3)` → `5−3`, with letters too.
pub(super) fn double_sign(expr: &Expr) -> Option<Change> {
    let all = terms(expr);
    let (at, inner) = all.iter().enumerate().find_map(|(at, term)| match &term.body.node {
        Node::Bracket(inner) => match &inner.node {
            Node::Negative(size) if at > 0 || term.negative => Some((at, size)),
            _ => None,
        },
        _ => None,
    })?;
    let term = all.get(at)?;
    let kind = if term.negative { StepKind::SubtractNegative } else { StepKind::AddNegative };
    let new = all.iter().enumerate().map(|(index, other)| {
        let turned = || if term.negative { (**inner).clone() } else { negated((**inner).clone()) };
        if index == at { turned() } else { other.to_expr() }
    });
    // Both signs are what it is about; a printed line has no space between them.
    let place = Place::new(term.body.place.start.saturating_sub(1), term.body.place.end);
    Some(Change::new(kind, place, sum_of(new)))
}

/// The positive size of a number with its sign apart.
pub(super) fn size_of(worth: &Monomial) -> Monomial {
    Monomial { coefficient: worth.coefficient.abs(), ..worth.clone() }
}
