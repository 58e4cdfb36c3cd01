//! A number together with how it was written.

use num_traits::Signed;

use super::real_value;
use crate::exact::Rational;
use crate::forms::Written;
use crate::tree::{Expr, Number};

/// A number and what its digits tell, if it was written in digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Literal {
    pub value: Rational,
    /// `None` for a fraction, a root and everything else that is no decimal number, with or without
    /// a power of ten.
    pub written: Option<Written>,
}

impl Literal {
    /// Of an expression without letters; `None` if it has no value.
    #[must_use]
    pub fn of(expr: &Expr) -> Option<Self> {
        Some(Self { value: real_value(expr)?, written: Written::of(expr) })
    }

    /// Of a decimal number as machines write it: `.0010`, `100.`, `25.00e1`. The zeros of `100.` are
    /// significant: the point says so. `None` for anything else.
    ///
    /// ```
    /// # use stepcheck::Literal;
    /// let literal = Literal::parse("-1.20e3").expect("a number");
    /// assert_eq!(literal.written.map(|written| written.significant), Some((3, 3)));
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (negative, size) = match text.strip_prefix('-') {
            Some(rest) => (true, rest.trim_start()),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (mantissa, exponent) = match size.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
            None => (size, 0),
        };
        let (before, after) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits: String = [before, after].concat();
        if digits.is_empty() || digits.len() > 200 || !digits.chars().all(|digit| digit.is_ascii_digit()) {
            return None;
        }
        let scale = num_traits::pow(num_bigint::BigInt::from(10), after.len());
        let number = Number { value: Rational::new(digits.parse().ok()?, scale), decimals: after.len() };
        let mut written = Written::of_number(&number);
        if mantissa.ends_with('.') {
            written.significant.0 = written.significant.1;
        }
        let value = number.value.abs() * super::power_of_ten(exponent);
        Some(Self { value: if negative { -value } else { value }, written: Some(written) })
    }
}
