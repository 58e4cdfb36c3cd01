//! Solutions that are written with a whole number: `x = π/6 + n·2π`.

use std::borrow::Cow;

use crate::exact::Exact;
use crate::policy::Policy;
use crate::solve::{Reach, Unsolved};
use crate::tree::Name;
use crate::value::{Claim, Function, Point, Term};

/// The letters that whole numbers have beside an equation with sine or cosine.
const LETTERS: [char; 3] = ['n', 'k', 'm'];
/// The farthest whole number that is written out.
const MOST: i64 = 200;

/// The names that stand for whole numbers, and the one name that is left.
pub(super) fn whole_names(a: &Claim, b: &Claim, names: &[Name], policy: &Policy) -> Option<(Name, Vec<Name>)> {
    if names.len() < 2 {
        return None;
    }
    let named = |name: &Name| policy.whole.contains(name);
    let lettered = |name: &Name| LETTERS.iter().any(|letter| *name == *letter);
    let (mut whole, rest): (Vec<Name>, Vec<Name>) = names.iter().partition(|name| named(name));
    if let [only] = rest.as_slice() {
        return (!whole.is_empty()).then_some((*only, whole));
    }
    let (more, rest): (Vec<Name>, Vec<Name>) = rest.iter().partition(|name| lettered(name));
    let [only] = rest.as_slice() else { return None };
    whole.extend(more);
    // One line is an equation with sine or cosine of the name, and the other says where it holds.
    let turns = |claim: &Claim| is_periodic(claim, *only) && !whole.iter().any(|name| has_name(claim, *name));
    (turns(a) != turns(b)).then_some((*only, whole))
}

pub(super) fn has_name(claim: &Claim, name: Name) -> bool {
    let mut found = Vec::new();
    claim.gather_names(&mut found);
    found.contains(&name)
}

fn is_periodic(claim: &Claim, name: Name) -> bool {
    let mut found = false;
    claim.visit(&mut |left, _, right| {
        for side in [left, right] {
            side.visit(&mut |part| {
                found |= matches!(part, Term::Apply(Function::Sin | Function::Cos, of) if of.has_name(name));
            });
        }
    });
    found
}

/// The claim for every value of its whole numbers that matters within reach, as alternatives.
pub(super) fn written_out<'c>(
    claim: &'c Claim,
    unknown: Name,
    whole: &[Name],
    reach: Option<Reach>,
) -> Result<Cow<'c, Claim>, Unsolved> {
    if whole.is_empty() && reach.is_none() {
        return Ok(Cow::Borrowed(claim));
    }
    if let Claim::Or(parts) = claim {
        let parts = parts.iter().map(|part| Ok(written_out(part, unknown, whole, reach)?.into_owned()));
        return Ok(Cow::Owned(Claim::Or(parts.collect::<Result<_, Unsolved>>()?)));
    }
    if whole.iter().any(|name| has_name(claim, *name)) {
        return every_value(claim, unknown, whole, reach).map(Cow::Owned);
    }
    if let (Claim::Compare(Term::Name(_), _, value), Some(reach)) = (claim, reach) {
        reach.beyond(value.near(&Point::new(Vec::new())).abs())?;
    }
    Ok(Cow::Borrowed(claim))
}

fn every_value(claim: &Claim, unknown: Name, whole: &[Name], reach: Option<Reach>) -> Result<Claim, Unsolved> {
    let Some(name) = whole.iter().copied().find(|name| has_name(claim, *name)) else {
        return Ok(claim.clone());
    };
    let (period, offset) = step(claim, name, unknown).ok_or(Unsolved::NoMethod)?;
    let reach = Reach::for_period(reach, period)?;
    let most = ((reach.size() + offset) / period).ceil() + 2.0;
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "small whole numbers")]
    let most = if most < MOST as f64 { most as i64 } else { return Err(Unsolved::TooLarge) };
    let all = (-most..=most).map(|value| {
        let claim = claim.with(name, &Term::Number(Exact::Small(value, 1)));
        every_value(&claim, unknown, whole, Some(reach))
    });
    Ok(Claim::Or(all.collect::<Result<_, _>>()?))
}

/// By how much the values grow with the whole number, and how far the first is from zero.
fn step(claim: &Claim, name: Name, unknown: Name) -> Option<(f64, f64)> {
    let mut found = None;
    claim.visit(&mut |left, _, right| {
        let side = if left.has_name(name) { left } else { right };
        if found.is_some() || !side.has_name(name) || side.has_name(unknown) {
            return;
        }
        let at = |value: f64| side.near(&Point::new(vec![(name, value)]));
        let (zero, one, two) = (at(0.0), at(1.0), at(2.0));
        let even = ((two - one) - (one - zero)).abs() < 1e-9 * (one - zero).abs();
        if even && one - zero != 0.0 {
            found = Some(((one - zero).abs(), zero.abs()));
        }
    });
    found
}
