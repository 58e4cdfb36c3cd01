//! Terms with one number and each letter once, as they are written.

use num_bigint::BigInt;
use num_traits::{One, Signed, ToPrimitive, Zero};

use super::number::{Num, fraction, has_decimals, nowhere, small, whole, written};
use crate::exact::{Monomial as Letters, Rational, Work, normal};
use crate::forms::{Form, form};
use crate::rewrite::{negated, product_of, quotient};
use crate::tree::{Expr, Name, Node, Over};
use crate::verdict::Demand;

/// A number times letters.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Monomial {
    pub(super) coefficient: Rational,
    pub(super) letters: Letters,
    pub(super) style: Style,
}

/// How a coefficient is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Style {
    /// With decimals: `0,5x`.
    pub(super) decimal: bool,
    /// A fraction before the letters: `2/3x` and not `2x/3`.
    pub(super) before: bool,
}

impl Style {
    pub(super) fn of(expr: &Expr) -> Self {
        let before = |part: &Expr| match &part.node {
            Node::Product(a, ..) => Num::of(a).is_some_and(|number| number.is_fraction()),
            _ => false,
        };
        Self { decimal: has_decimals(expr), before: expr.any(&before) }
    }

    pub(super) const fn or(self, other: Self) -> Self {
        Self { decimal: self.decimal || other.decimal, before: self.before || other.before }
    }
}

impl Monomial {
    /// The value of `expr` as one; `None` if it is a sum, or has letters below a fraction bar or under a root.
    pub(super) fn of(expr: &Expr) -> Option<Self> {
        if expr.any(&|part| matches!(part.node, Node::Sum(..) | Node::Difference(..))) {
            return None;
        }
        let value = normal(&with_letters_for_roots(expr)).ok()?;
        let value = value.without_common_names(&mut Work::new()).ok().filter(|value| value.bottom.is_one())?;
        let (letters, coefficient) = match value.top.terms() {
            [] => (Letters::new(), Rational::zero()),
            [(letters, coefficient)] => (letters.clone(), coefficient.to_rational()),
            _ => return None,
        };
        let (size, letters) = with_one_root(letters)?;
        Some(Self { coefficient: coefficient * size, letters, style: Style::of(expr) })
    }

    pub(super) fn number(value: Rational) -> Self {
        Self { coefficient: value, letters: Letters::new(), style: Style::default() }
    }

    pub(super) fn times(&self, other: &Self) -> Option<Self> {
        let product = Self::of(&product_of([self.to_expr(), super::number::later_factor(other.to_expr())]))?;
        Some(Self { style: self.style.or(other.style), ..product })
    }

    pub(super) fn negated(&self) -> Self {
        Self { coefficient: -&self.coefficient, ..self.clone() }
    }

    pub(super) fn is_number(&self) -> bool {
        self.letters.is_empty()
    }

    /// Written as short as can be, with its sign.
    pub(super) fn to_expr(&self) -> Expr {
        let style = self.style;
        let coefficient = written(&self.coefficient, style.decimal);
        match Num::of(&coefficient).and_then(|number| number.as_fraction()) {
            Some((top, bottom)) => self.over(&top, &bottom),
            None => self.with_coefficient(coefficient),
        }
    }

    /// The letters times `top/bottom`, which is not shortened.
    pub(super) fn over(&self, top: &BigInt, bottom: &BigInt) -> Expr {
        if self.is_number() || top.is_zero() {
            return fraction(top, bottom);
        }
        if bottom.is_one() || self.style.before {
            return self.with_coefficient(fraction(top, bottom));
        }
        let size = quotient(self.with_coefficient(whole(&top.abs())), whole(bottom));
        if top.is_negative() { negated(size) } else { size }
    }

    fn with_coefficient(&self, coefficient: Expr) -> Expr {
        if self.is_number() {
            return coefficient;
        }
        let (negative, size) = match coefficient.node {
            Node::Negative(inner) => (true, *inner),
            node => (false, nowhere(node)),
        };
        let is_one = Num::of(&size).is_some_and(|number| number.value.is_one() && number.is_plain());
        let number = (!is_one).then_some(size);
        let letters = self.letters.iter().map(|(name, power)| {
            let name = match under_root(*name) {
                Some(size) => nowhere(Node::Root { degree: None, radicand: Box::new(small(i64::from(size))) }),
                None => nowhere(Node::Name(*name)),
            };
            match power {
                1 => name,
                power => nowhere(Node::Power(Box::new(name), Box::new(small(i64::from(*power))))),
            }
        });
        let product = product_of(number.into_iter().chain(letters));
        if negative { negated(product) } else { product }
    }
}

/// True if nothing is left to do with the term by itself.
pub(super) fn is_tidy(body: &Expr) -> bool {
    form(&with_letters_for_roots(body), Demand::Simplified) == Form::Finished
}

/// Upper and lower number of a term as written: `(2, 4)` of `2x/4`, `(3, 1)` of `3x`; `None` for decimals and what is no such term.
pub(super) fn ratio(body: &Expr, monomial: &Monomial) -> Option<(BigInt, BigInt)> {
    let bottom = match &body.unwrapped().node {
        Node::Quotient(a, Over::Bar, b)
            if !a.any(&|part| matches!(part.node, Node::Quotient(..) | Node::Mixed { .. })) =>
        {
            Num::of(b).filter(|number| number.is_plain())?.value
        }
        Node::Product(..) if is_tidy(body) => Rational::from_integer(monomial.coefficient.denom().clone()),
        Node::Product(a, ..) => Rational::from_integer(Num::of(a)?.as_fraction()?.1),
        Node::Mixed { .. } => return None,
        _ => Rational::one(),
    };
    let top = &monomial.coefficient * &bottom;
    let is_whole = top.is_integer() && bottom.is_integer() && bottom.is_positive() && !has_decimals(body);
    is_whole.then(|| (top.to_integer(), bottom.to_integer()))
}

/// Private-use characters from here on stand for the square roots of whole numbers.
const ROOTS: u32 = 0x000F_0000;
/// Roots of larger numbers are left alone.
const LARGEST_UNDER_ROOT: u32 = 30_000;

/// The letter for the root of a whole number.
fn letter_for_root(size: u32) -> Option<Name> {
    char::from_u32(ROOTS + size).filter(|_| size <= LARGEST_UNDER_ROOT).map(Name::from)
}

/// The number whose root the letter stands for.
fn under_root(name: Name) -> Option<u32> {
    let size = u32::from(name.letter()?).checked_sub(ROOTS)?;
    (2..=LARGEST_UNDER_ROOT).contains(&size).then_some(size)
}

/// True if a letter stands for a root.
pub(super) fn is_root(name: Name) -> bool {
    under_root(name).is_some()
}

/// The expression with a letter for each square root that cannot be made smaller.
fn with_letters_for_roots(expr: &Expr) -> Expr {
    if let Node::Root { degree: None, radicand } = &expr.node
        && let Some(number) = Num::of(radicand).filter(|number| number.value.is_integer())
        && let Some(size) = number.value.to_integer().to_u32().filter(|size| *size > 1 && largest_square(*size) == 1)
        && let Some(letter) = letter_for_root(size)
    {
        return Expr::new(expr.place, Node::Name(letter));
    }
    expr.map_parts(&mut with_letters_for_roots)
}

/// The largest number whose square divides `size`.
pub(super) fn largest_square(size: u32) -> u32 {
    (1..).take_while(|root| root * root <= size).filter(|root| size.is_multiple_of(root * root)).last().unwrap_or(1)
}

/// The letters with one root at most, and the number that comes out of the roots: `√2·√6` is `2·√3`.
fn with_one_root(letters: Letters) -> Option<(Rational, Letters)> {
    let (roots, mut letters): (Letters, Letters) = letters.into_iter().partition(|(name, _)| is_root(*name));
    if let [] | [(_, 1)] = roots.as_slice() {
        letters.extend(roots);
        letters.sort_unstable();
        return Some((Rational::one(), letters));
    }
    let (mut out, mut under) = (BigInt::one(), 1_u32);
    for (name, power) in roots {
        let size = under_root(name)?;
        out *= BigInt::from(size).pow(power / 2);
        under = under.checked_mul(if power % 2 == 1 { size } else { 1 })?;
    }
    let root = largest_square(under);
    under /= root * root;
    if under > 1 {
        letters.push((letter_for_root(under)?, 1));
        letters.sort_unstable();
    }
    Some((Rational::from_integer(out * root), letters))
}
