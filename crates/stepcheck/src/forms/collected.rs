//! Sums with like terms collected.

use num_traits::{One, Zero};

use super::number::lowest;
use super::{Form, unsigned};
use crate::exact::Rational;
use crate::tree::{Constant, Expr, Name, Node, Number, Over};
use crate::verdict::Left;

/// A sum without brackets, each term with one number and each letter once, no two alike.
pub(super) fn collected(expr: &Expr) -> Form {
    let mut terms = Vec::new();
    gather_terms(expr.unwrapped(), &mut terms);
    let mut plain = Vec::with_capacity(terms.len());
    for term in &terms {
        match Term::read(term) {
            Some(read) => plain.push(read),
            None if terms.len() > 1 => return Form::Underway,
            None if term.any(&|part| matches!(part.node, Node::Bracket(_))) => {
                return Form::Left(Left::Expand);
            }
            None => return Form::Left(Left::WorkOut),
        }
    }
    if let Some(left) = plain.iter().find_map(Term::left) {
        return Form::Left(left);
    }
    let alike = |(at, term): (usize, &Term)| {
        let same = |other: &Term| other.letters == term.letters;
        plain[..at].iter().any(same) || (plain.len() > 1 && term.is_zero())
    };
    if plain.iter().enumerate().any(alike) {
        return Form::Left(Left::Collect);
    }
    Form::Finished
}

fn gather_terms<'e>(expr: &'e Expr, terms: &mut Vec<&'e Expr>) {
    match &expr.node {
        Node::Sum(a, b) | Node::Difference(a, b) => {
            gather_terms(a, terms);
            gather_terms(b, terms);
        }
        _ => terms.push(expr),
    }
}

/// A term with one coefficient and each letter once, as in `3x²y` or `2x/3`.
#[derive(Default)]
struct Term {
    above: Option<Number>,
    below: Option<Number>,
    /// Each letter with its exponent, in alphabetical order.
    letters: Vec<(Name, i64)>,
    /// A letter stands both above and below, or a sign below.
    unshortened: bool,
}

impl Term {
    /// Reads a term; `None` if it is anything else than a plain one.
    fn read(expr: &Expr) -> Option<Self> {
        let mut term = Self::default();
        term.take(unsigned(expr), true)?;
        term.letters.sort_unstable();
        Some(term)
    }

    fn take(&mut self, expr: &Expr, above: bool) -> Option<()> {
        match &expr.node {
            Node::Number(number) => {
                let place = if above { &mut self.above } else { &mut self.below };
                place.is_none().then(|| *place = Some(number.clone()))
            }
            Node::Mixed { whole, top, bottom } => {
                let free = above && self.above.is_none() && self.below.is_none();
                let value = &whole.value * &bottom.value + &top.value;
                free.then(|| {
                    self.above = Some(Number { value, decimals: 0 });
                    self.below = Some((**bottom).clone());
                })
            }
            Node::Name(letter) => self.take_letter(*letter, 1, above),
            Node::Constant(constant @ (Constant::E | Constant::Pi)) => {
                self.take_letter(Name::from(constant.symbol()), 1, above)
            }
            Node::Power(base, exponent) => match (&base.node, &exponent.node) {
                (Node::Name(letter), Node::Number(size)) if size.is_whole() => {
                    let size = i64::try_from(size.value.to_integer()).ok()?;
                    self.take_letter(*letter, size, above)
                }
                _ => None,
            },
            Node::Product(a, _, b) => self.take(a, above).and_then(|()| self.take(b, above)),
            Node::Quotient(a, Over::Bar, b) if above => {
                let bottom = b.unwrapped();
                self.unshortened |= matches!(bottom.node, Node::Negative(_));
                self.take(unsigned(a.unwrapped()), true)?;
                self.take(unsigned(bottom), false)
            }
            _ => None,
        }
    }

    fn take_letter(&mut self, letter: Name, size: i64, above: bool) -> Option<()> {
        let exponent = if above { size } else { -size };
        match self.letters.iter().find(|(own, _)| *own == letter) {
            Some((_, own)) if own.signum() == exponent.signum() => None,
            Some(_) => {
                self.unshortened = true;
                Some(())
            }
            None => {
                self.letters.push((letter, exponent));
                Some(())
            }
        }
    }

    /// What is left to do with the term by itself.
    fn left(&self) -> Option<Left> {
        let one = Number { value: Rational::one(), decimals: 0 };
        let fraction = self.below.as_ref().and_then(|below| {
            let above = self.above.as_ref().unwrap_or(&one);
            if above.is_whole() && below.is_whole() { lowest(above, below) } else { Some(Left::WorkOut) }
        });
        fraction.or(self.unshortened.then_some(Left::Shorten))
    }

    fn is_zero(&self) -> bool {
        self.above.as_ref().is_some_and(|above| above.value.is_zero())
    }
}
