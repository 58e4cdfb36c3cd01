//! Quantities: a number and a unit.

use num_traits::Zero;

use super::{Dimension, find};
use crate::exact::{Exact, Rational};
use crate::forms::Written;
use crate::numeric::{Literal, real_value};
use crate::tree::{Expr, Node, Unit};

/// A quantity, split into its number and its unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    pub number: Literal,
    /// Each unit word with its exponent, in alphabetical order, no exponent 0. Empty without unit.
    pub unit: Vec<(String, i32)>,
    /// What was written without a unit or with several: `2 h 30 min`, in base units with its
    /// dimension. The number is then the base value.
    sum: Option<(Rational, Dimension)>,
}

impl Measure {
    /// A written quantity, `5 km/h`, `2 h 30 min`; a bare number has no unit. `None` if there is no
    /// value.
    #[must_use]
    pub fn of(expr: &Expr) -> Option<Self> {
        match &expr.node {
            Node::Bracket(inner) | Node::Positive(inner) => Self::of(inner),
            Node::Negative(inner) => Some(Self::of(inner)?.negated()),
            Node::Quantity(value, unit) => Some(Self { number: Literal::of(value)?, unit: words_of(unit), sum: None }),
            Node::Degrees(value) => Some(Self { number: Literal::of(value)?, unit: vec![("°".into(), 1)], sum: None }),
            Node::Compound(a, b) | Node::Sum(a, b) if has_unit(expr) => Self::of(a)?.plus(&Self::of(b)?),
            Node::Difference(a, b) if has_unit(expr) => Self::of(a)?.plus(&Self::of(b)?.negated()),
            Node::Product(a, _, b) if has_unit(expr) => match (has_unit(a), has_unit(b)) {
                (true, false) => Self::of(a)?.times(&real_value(b)?),
                (false, true) => Self::of(b)?.times(&real_value(a)?),
                _ => Self::of(a)?.joined(&Self::of(b)?, 1),
            },
            Node::Quotient(a, _, b) if has_unit(expr) => match has_unit(b) {
                false => Self::of(a)?.times(&real_value(b).filter(|size| !size.is_zero())?.recip()),
                true => Self::of(a)?.joined(&Self::of(b)?, -1),
            },
            Node::Power(base, exponent) if has_unit(base) => {
                let size = crate::forms::whole(exponent).filter(|size| (1..=3).contains(size))?;
                let base = Self::of(base)?;
                (1..size).try_fold(base.clone(), |power, _| power.joined(&base, 1))
            }
            _ => Some(Self { number: Literal::of(expr)?, unit: Vec::new(), sum: None }),
        }
    }

    /// A product in machine notation in which every name is a unit: `9.81*m/s^2`. `None` for a sum
    /// with units, and if there is no value.
    #[must_use]
    pub fn of_product(expr: &Expr) -> Option<Self> {
        let mut product = Product { value: Exact::ONE, digits: None, plain: true, unit: Vec::new() };
        product.take(expr, 1)?;
        product.unit.retain(|(_, power)| *power != 0);
        product.unit.sort();
        let written = product.digits.filter(|_| product.plain);
        Some(Self { number: Literal { value: product.value.to_rational(), written }, unit: product.unit, sum: None })
    }

    /// The sum of both in base units; a temperature is no length to be added up, so none of those.
    fn plus(&self, other: &Self) -> Option<Self> {
        if let [(word, 1)] = self.unit.as_slice()
            && !find(word).is_none_or(|known| known.zero().is_zero())
        {
            return None;
        }
        let ((first, dimension), (second, same)) = (self.in_base()?, other.in_base()?);
        let value = first + second;
        let number = Literal { value: value.clone(), written: None };
        (dimension == same).then_some(Self { number, unit: Vec::new(), sum: Some((value, dimension)) })
    }

    fn times(mut self, factor: &Rational) -> Option<Self> {
        self.number = Literal { value: self.number.value * factor, written: None };
        if let Some((value, _)) = &mut self.sum {
            *value = std::mem::take(value) * factor;
        }
        Some(self)
    }

    /// `5 m·3 m` and `10 m/(2 s)`: the product with the other to the power `sign`, 1 or −1.
    fn joined(&self, other: &Self, sign: i32) -> Option<Self> {
        // A degree Celsius is no amount of anything; a degree by itself is only an angle.
        let plain = |(word, _): &(String, i32)| word != "°" && find(word).is_some_and(|known| known.zero().is_zero());
        if !self.unit.iter().chain(&other.unit).all(plain) || (sign < 0 && other.number.value.is_zero()) {
            return None;
        }
        if self.sum.is_none() && other.sum.is_none() {
            let mut unit = self.unit.clone();
            other.unit.iter().for_each(|(word, power)| add(&mut unit, word, power * sign));
            unit.retain(|(_, power)| *power != 0);
            unit.sort();
            let value = &self.number.value * other.number.value.pow(sign);
            return Some(Self { number: Literal { value, written: None }, unit, sum: None });
        }
        let ((first, mut dimension), (second, more)) = (self.in_base()?, other.in_base()?);
        for (sum, own) in dimension.iter_mut().zip(more) {
            *sum = sum.checked_add(own.checked_mul(i8::try_from(sign).ok()?)?)?;
        }
        let value = first * second.pow(sign);
        Some(Self {
            number: Literal { value: value.clone(), written: None },
            unit: Vec::new(),
            sum: Some((value, dimension)),
        })
    }

    fn negated(mut self) -> Self {
        self.number.value = -self.number.value;
        if let Some((value, _)) = &mut self.sum {
            *value = -std::mem::take(value);
        }
        self
    }

    #[must_use]
    pub fn has_unit(&self) -> bool {
        !self.unit.is_empty() || self.sum.is_some()
    }

    /// How many base units one of its unit is, and of what; `None` if a unit is not known.
    fn scale(&self) -> Option<(Exact, Dimension)> {
        let mut factor = Exact::ONE;
        let mut dimension: Dimension = [0; 9];
        for (word, power) in &self.unit {
            // A degree is the base unit of angles.
            let known = find(if word == "°" { "varv" } else { word })?;
            if word != "°" {
                factor = &factor * &known.exact_factor().raised(*power);
            }
            for (sum, own) in dimension.iter_mut().zip(known.entry.dimension) {
                *sum = sum.checked_add(own.checked_mul(i8::try_from(*power).ok()?)?)?;
            }
        }
        Some((factor, dimension))
    }

    /// The value in base units, and what it measures. A temperature in °C is counted from absolute
    /// zero if nothing else is in the unit.
    #[must_use]
    pub fn in_base(&self) -> Option<(Rational, Dimension)> {
        if let Some(sum) = &self.sum {
            return Some(sum.clone());
        }
        let (factor, dimension) = self.scale()?;
        let value = &Exact::from(&self.number.value) * &factor;
        let zero = match self.unit.as_slice() {
            [(word, 1)] => find(word).map_or(Exact::ZERO, |known| Exact::from(&known.zero())),
            _ => Exact::ZERO,
        };
        Some(((&value + &zero).to_rational(), dimension))
    }

    /// How many base units a difference of `size` in its unit is.
    pub(super) fn difference_in_base(&self, size: &Rational) -> Option<Rational> {
        self.scale().map(|(factor, _)| (&factor * &Exact::from(size)).to_rational())
    }
}

/// True if a unit stands anywhere in it.
#[must_use]
pub fn has_unit(expr: &Expr) -> bool {
    expr.any(&|part| matches!(part.node, Node::Quantity(..)))
}

fn words_of(unit: &Unit) -> Vec<(String, i32)> {
    let mut words: Vec<(String, i32)> = Vec::new();
    let above = unit.above.iter().map(|one| (&one.word, i32::from(one.power)));
    let below = unit.below.iter().map(|one| (&one.word, -i32::from(one.power)));
    for (word, power) in above.chain(below) {
        add(&mut words, word, power);
    }
    words.retain(|(_, power)| *power != 0);
    words.sort();
    words
}

fn add(words: &mut Vec<(String, i32)>, word: &str, power: i32) {
    match words.iter_mut().find(|(known, _)| known == word) {
        Some((_, sum)) => *sum = sum.saturating_add(power),
        None => words.push((word.to_owned(), power)),
    }
}

/// A product that is being taken apart.
struct Product {
    value: Exact,
    digits: Option<Written>,
    /// False once a number was met that is neither in digits nor a power of ten.
    plain: bool,
    unit: Vec<(String, i32)>,
}

impl Product {
    fn take(&mut self, expr: &Expr, power: i32) -> Option<()> {
        match &expr.node {
            Node::Bracket(inner) | Node::Positive(inner) => self.take(inner, power),
            Node::Negative(inner) => {
                if power % 2 != 0 {
                    self.value = -&self.value;
                }
                self.take(inner, power)
            }
            Node::Name(name) => {
                add(&mut self.unit, name.as_str(), power);
                Some(())
            }
            Node::Product(a, _, b) => self.take(a, power).and_then(|()| self.take(b, power)),
            Node::Quotient(a, _, b) => self.take(a, power).and_then(|()| self.take(b, -power)),
            Node::Power(base, exponent) if !base.is_numeric() => {
                let size = i32::try_from(crate::forms::whole(exponent)?).ok().filter(|size| size.abs() <= 20)?;
                self.take(base, power.checked_mul(size)?)
            }
            _ => self.take_number(expr, power),
        }
    }

    fn take_number(&mut self, expr: &Expr, power: i32) -> Option<()> {
        let value = Exact::from(&real_value(expr)?);
        if power.unsigned_abs() > 20 || (power < 0 && value.is_zero()) {
            return None;
        }
        self.value = &self.value * &value.raised(power);
        let ten = |part: &Expr| crate::forms::whole(part) == Some(10);
        let is_ten = match &expr.node {
            Node::Power(base, exponent) => ten(base) && crate::forms::whole(exponent).is_some(),
            _ => ten(expr) && self.digits.is_some(),
        };
        match Written::of(expr) {
            _ if is_ten => {}
            Some(written) if power == 1 && self.digits.is_none() => self.digits = Some(written),
            _ => self.plain = false,
        }
        Some(())
    }
}
