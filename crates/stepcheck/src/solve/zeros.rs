//! Where a term in one unknown can vanish or change its course.

use super::elimination::Eliminator;
use super::isolated::isolated;
use super::{Coordinate, Unknown, Unsolved};
use crate::exact::Exact;
use crate::value::{Function, Term};

/// Places among which are all zeros of a term.
#[derive(Debug, Default)]
pub(super) struct Zeros {
    pub(super) places: Vec<Coordinate>,
    /// It may be different from zero at some of them.
    pub(super) loose: bool,
    /// It is zero wherever it has a value.
    pub(super) everywhere: bool,
    /// It may be zero in whole stretches.
    pub(super) partly: bool,
}

/// The zeros of `term` in `unknown`; every other name has a value by now.
pub(super) fn zeros(term: &Term, unknown: Unknown) -> Result<Zeros, Unsolved> {
    zeros_within(term, unknown, 0)
}

/// The same for a derivative; `order` of them were taken.
pub(super) fn zeros_within(term: &Term, unknown: Unknown, order: usize) -> Result<Zeros, Unsolved> {
    match term {
        Term::Number(value) => Ok(Zeros { everywhere: value.is_zero(), ..Zeros::default() }),
        Term::Name(name) if *name == unknown.name => {
            Ok(Zeros { places: vec![Coordinate::Rational(Exact::ZERO)], ..Zeros::default() })
        }
        Term::Product(parts) => {
            let mut all = Zeros::default();
            for part in parts {
                let own = zeros_within(part, unknown, order)?;
                all.places.extend(own.places);
                all.loose |= own.loose || parts.len() > 1;
                all.everywhere |= own.everywhere;
                all.partly |= own.partly;
            }
            Ok(all)
        }
        Term::Power(base, exponent) => {
            let own = zeros_within(base, unknown, order)?;
            if exponent.is_positive() { Ok(own) } else { Ok(Zeros::default()) }
        }
        Term::Raised(base, _) => Ok(Zeros { loose: true, ..zeros_within(base, unknown, order)? }),
        Term::Apply(Function::Abs, of) => zeros_within(of, unknown, order),
        _ if !term.has_name(unknown.name) => {
            // It may be zero in disguise; whoever asks tries it out.
            Ok(Zeros { everywhere: vanishes(term), ..Zeros::default() })
        }
        _ => {
            let mut eliminator = Eliminator::new(unknown);
            let value = match eliminator.normal(term) {
                Err(Unsolved::NoMethod) => return alone(term, unknown, order),
                value => value?,
            };
            if value.top.is_zero() {
                return Ok(Zeros { everywhere: true, ..Zeros::default() });
            }
            let places = match eliminator.vanishing(&value.top, 0) {
                Err(Unsolved::NoMethod) => return alone(term, unknown, order),
                places => places?,
            };
            if !eliminator.repeating {
                unknown.within(&places)?;
            }
            let loose = eliminator.loose || !value.bottom.is_one();
            Ok(Zeros { places, loose, everywhere: false, partly: eliminator.partly })
        }
    }
}

/// The zeros that can only be told apart from each other.
fn alone(term: &Term, unknown: Unknown, order: usize) -> Result<Zeros, Unsolved> {
    Ok(Zeros { places: isolated(term, unknown, order)?, loose: true, ..Zeros::default() })
}

fn vanishes(constant: &Term) -> bool {
    let value = constant.at(&crate::value::Point::new(Vec::new()));
    value.is_ok_and(|value| value.settled_sign() == Some(std::cmp::Ordering::Equal))
}

/// Places among which are all where the size of a part turns.
pub(super) fn turns(term: &Term, unknown: Unknown) -> Result<Vec<Coordinate>, Unsolved> {
    let mut sizes = Vec::new();
    term.visit(&mut |part| {
        if let Term::Apply(Function::Abs, of) = part {
            sizes.push(of);
        }
    });
    let mut places = Vec::new();
    for part in sizes.into_iter().filter(|part| part.has_name(unknown.name)) {
        places.extend(zeros(part, unknown)?.places);
    }
    Ok(places)
}

/// Places among which are all where `term` begins or ceases to have a value, or jumps.
pub(crate) fn breaks(term: &Term, unknown: Unknown) -> Result<Vec<Coordinate>, Unsolved> {
    let mut critical = Vec::new();
    term.visit(&mut |part| match part {
        Term::Power(base, Exact::Small(size, degree)) if *size < 0 || degree % 2 == 0 => {
            critical.push((**base).clone());
        }
        Term::Raised(base, _) if **base != Term::E => critical.push((**base).clone()),
        Term::Apply(Function::Ln, of) => critical.push((**of).clone()),
        Term::Apply(Function::Arcsin | Function::Arccos, of) => {
            critical.push((**of).clone().minus(Term::whole(1)));
            critical.push((**of).clone().minus(Term::whole(-1)));
        }
        _ => {}
    });
    let mut places = Vec::new();
    for part in critical {
        if part.has_name(unknown.name) {
            places.extend(zeros(&part, unknown)?.places);
        }
    }
    Ok(places)
}
