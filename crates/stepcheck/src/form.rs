//! Whether what is written has the demanded form, and what is left if not.

use num_integer::Integer;
use num_traits::{One, Zero};

use crate::exact::Rational;
use crate::tree::{Constant, Expr, Name, Node, Number, Over};
use crate::verdict::{Demand, Left};

/// How far an expression with the right value is from the demanded form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Finished,
    /// It could be meant as an answer, but this is left.
    Left(Left),
    /// A step on the way.
    Underway,
}

/// The form of `expr` under `demand`; under [`Demand::Solved`] it is the side without the variable.
pub(crate) fn form(expr: &Expr, demand: Demand) -> Form {
    let left = |left: Option<Left>| left.map_or(Form::Finished, Form::Left);
    match (demand, shape(expr)) {
        (Demand::Simplified, _) => simplified(expr),
        (Demand::Solved { .. }, Shape::Other) => Form::Left(Left::WorkOut),
        (_, Shape::Other) => Form::Underway,
        (Demand::Value | Demand::Solved { .. }, Shape::Fraction(rest)) => left(rest),
        (Demand::LowestTerms, Shape::Fraction(rest)) => left(rest.and(Some(Left::Shorten))),
        (Demand::LowestTerms, Shape::Decimal | Shape::Percent) => Form::Left(Left::FractionForm),
        (Demand::Decimal, Shape::Fraction(_) | Shape::Percent) => Form::Left(Left::DecimalForm),
        (_, Shape::Whole | Shape::Decimal | Shape::Percent) => Form::Finished,
    }
}

/// The ways a number can be written as an answer, sign and outer brackets aside.
enum Shape {
    Whole,
    Decimal,
    Percent,
    /// A fraction or mixed number, and what is left to do with it.
    Fraction(Option<Left>),
    Other,
}

fn shape(expr: &Expr) -> Shape {
    let expr = expr.unwrapped();
    match &unsigned(expr).node {
        Node::Number(number) if number.value.denom().is_one() => Shape::Whole,
        Node::Number(_) => Shape::Decimal,
        Node::Percent(inner) if matches!(inner.node, Node::Number(_)) => Shape::Percent,
        Node::Mixed { top, bottom, .. } => {
            let lowest = top.value < bottom.value && lowest(top, bottom).is_none();
            Shape::Fraction((!lowest).then_some(Left::Shorten))
        }
        Node::Quotient(a, Over::Bar, b) => {
            let (top, bottom) = (a.unwrapped(), b.unwrapped());
            match (&unsigned(top).node, &unsigned(bottom).node) {
                (Node::Number(above), Node::Number(below)) if above.is_whole() && below.is_whole() => {
                    let sign_below = matches!(bottom.node, Node::Negative(_));
                    let left = lowest(above, below);
                    Shape::Fraction(left.or(sign_below.then_some(Left::Shorten)))
                }
                _ => Shape::Other,
            }
        }
        _ => Shape::Other,
    }
}

/// The expression without one prefix sign.
pub(crate) fn unsigned(expr: &Expr) -> &Expr {
    match &expr.node {
        Node::Negative(inner) | Node::Positive(inner) => inner,
        _ => expr,
    }
}

/// What is left to do with a fraction of two whole numbers; nothing if it is in lowest terms.
fn lowest(top: &Number, bottom: &Number) -> Option<Left> {
    let (top, bottom) = (top.value.numer(), bottom.value.numer());
    if bottom.is_zero() || top.is_multiple_of(bottom) {
        return Some(Left::WorkOut);
    }
    (!top.gcd(bottom).is_one()).then_some(Left::Shorten)
}

fn simplified(expr: &Expr) -> Form {
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
                    self.below = Some(bottom.clone());
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
