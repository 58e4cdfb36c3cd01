//! Written expressions as quotients of polynomials, with a letter for whatever is none.

use crate::exact::{Fraction, Polynomial, Refusal, Work};
use crate::factors::is_irreducible;
use crate::tree::{Expr, Name, Node};

/// Private-use characters from here on stand for kernels.
const FIRST: u32 = 0x000F_8000;

/// The parts that are no polynomials (`√2`, `sin x`, `a^n`), each with the letter for it.
#[derive(Default)]
pub(crate) struct Kernels {
    known: Vec<(Expr, Name)>,
    work: Work,
    /// The squares of the degrees of what was tried to be split.
    tried: usize,
}

/// So much may be tried in one line, about ten milliseconds.
const MOST_TRIED: usize = 1200;

impl Kernels {
    /// True if it is known that `polynomial` can be split; false also once too much was tried.
    pub(super) fn can_be_split(&mut self, polynomial: &Polynomial) -> bool {
        let degrees = polynomial.letters().into_iter().map(|letter| polynomial.by_powers_of(letter).len());
        self.tried += degrees.map(|degree| degree.pow(2)).sum::<usize>();
        self.tried <= MOST_TRIED && is_irreducible(polynomial) == Some(false)
    }

    /// `None` if it divides by zero or grows too large.
    pub(crate) fn fraction(&mut self, expr: &Expr) -> Option<Fraction> {
        self.value(expr).ok()
    }

    /// The polynomial that it is; `None` also if there is a letter in a denominator.
    pub(super) fn polynomial(&mut self, expr: &Expr) -> Option<Polynomial> {
        self.fraction(expr).filter(|fraction| fraction.bottom.is_one()).map(|fraction| fraction.top)
    }

    /// The top of the quotient that it is, if `variable` is not in the bottom.
    pub(super) fn polynomial_in(&mut self, expr: &Expr, variable: Name) -> Option<Polynomial> {
        let fraction = self.fraction(expr)?;
        (!fraction.bottom.letters().contains(&variable)).then_some(fraction.top)
    }

    /// What `name` stands for, if it stands for a kernel.
    pub(crate) fn written(&self, name: Name) -> Option<&Expr> {
        self.known.iter().find(|(_, own)| *own == name).map(|(known, _)| known)
    }

    fn value(&mut self, expr: &Expr) -> Result<Fraction, Refusal> {
        match &expr.node {
            Node::Number(number) => Ok(Fraction::constant((&number.value).into())),
            Node::Name(name) => Ok(Fraction::whole(Polynomial::letter(*name))),
            Node::Bracket(inner) | Node::Positive(inner) => self.value(inner),
            Node::Negative(inner) => Ok(self.value(inner)?.negated()),
            Node::Sum(a, b) => self.value(a)?.plus(self.value(b)?, &mut self.work),
            Node::Difference(a, b) => self.value(a)?.plus(self.value(b)?.negated(), &mut self.work),
            Node::Product(a, _, b) => self.value(a)?.times(&self.value(b)?, &mut self.work),
            Node::Quotient(a, _, b) => {
                let (top, bottom) = (self.value(a)?, self.value(b)?);
                top.over(&bottom, &mut self.work)
            }
            Node::Power(base, exponent) => match super::whole(exponent) {
                Some(size) => self.value(base)?.raised(size, &mut self.work),
                None => Ok(self.kernel(expr)),
            },
            Node::Mixed { .. } | Node::Percent(_) | Node::Permille(_) => {
                crate::exact::normal(expr).map_err(|_| Refusal::Undecided)
            }
            _ => Ok(self.kernel(expr)),
        }
    }

    fn kernel(&mut self, expr: &Expr) -> Fraction {
        let bare = without_brackets(expr);
        let known = self.known.iter().find(|(known, _)| *known == bare).map(|(_, name)| *name);
        let name = known.unwrap_or_else(|| {
            let count = u32::try_from(self.known.len()).unwrap_or(0);
            let name = Name::from(char::from_u32(FIRST + count).unwrap_or('\u{F8000}'));
            self.known.push((bare, name));
            name
        });
        Fraction::whole(Polynomial::letter(name))
    }
}

/// The tree without any bracket: the shape says it all.
pub(crate) fn without_brackets(expr: &Expr) -> Expr {
    expr.unwrapped().map_parts(&mut without_brackets)
}
