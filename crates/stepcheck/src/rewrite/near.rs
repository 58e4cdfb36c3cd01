//! Approximate values of written expressions, worked out on the tree itself: nothing is built, so that many changed trees can
//! be tried for what one comparison costs.

use crate::exact::Exact;
use crate::tree::{Call, Constant, Expr, Function, Name, Node, PlusMinus};

/// How many rounds of values for the names there are.
pub(crate) const ROUNDS: usize = 3;
/// Two values that differ by less than so much of their size count as equal.
const NEAR: f64 = 1e-9;

/// What the names stand for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct At {
    round: usize,
    given: Option<(Name, f64)>,
    /// What every `±` is worth: 1, −1, or not a number if it is not to be told.
    upper: f64,
}

impl At {
    /// Values that are positive, so that roots have values, and different for each name.
    pub(crate) const fn round(round: usize) -> Self {
        Self { round, given: None, upper: f64::NAN }
    }

    /// The same with `value` for `name`.
    pub(crate) const fn given(name: Name, value: f64) -> Self {
        Self { round: 0, given: Some((name, value)), upper: f64::NAN }
    }

    /// Every `±` taken with its upper sign, or with its lower one; names have the values of the first round.
    pub(crate) const fn signs(upper: bool) -> Self {
        Self::round(0).with_signs(upper)
    }

    /// The same with every `±` taken with its upper sign, or with its lower one.
    pub(crate) const fn with_signs(self, upper: bool) -> Self {
        Self { upper: if upper { 1.0 } else { -1.0 }, ..self }
    }

    fn value(self, name: Name) -> f64 {
        match self.given {
            Some((own, value)) if own == name => value,
            _ => in_round(name, self.round),
        }
    }

    fn sign(self, sign: PlusMinus) -> f64 {
        if sign == PlusMinus::Plus { self.upper } else { -self.upper }
    }
}

/// The value of a name in a round.
fn in_round(name: Name, round: usize) -> f64 {
    let mut mixed = 0x51_7C_C1_B7_u32;
    for byte in name.as_str().bytes() {
        mixed = (mixed ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    let fraction = f64::from(mixed % 1009) / 1009.0;
    [0.71, 1.93, 5.37][round % ROUNDS] + fraction * [0.5, 1.0, 3.0][round % ROUNDS]
}

/// True if both are the same number but for rounding; what has no value is like what has none.
pub(crate) fn is_near(a: f64, b: f64) -> bool {
    (a.is_nan() && b.is_nan()) || (a - b).abs() <= NEAR * (1.0 + a.abs().max(b.abs()))
}

/// The value of `expr`; not a number if it has none, such as `±3` or a quantity.
pub(crate) fn near(expr: &Expr, at: At) -> f64 {
    worked_out(expr, at, &mut |_, part| near(part, at))
}

/// The value of `expr` if the part at the end of `way` is worth `value`.
pub(crate) fn near_with(expr: &Expr, way: &[u8], value: f64, at: At) -> f64 {
    let Some((first, rest)) = way.split_first() else { return value };
    worked_out(expr, at, &mut |index, part| {
        if index == *first { near_with(part, rest, value, at) } else { near(part, at) }
    })
}

fn worked_out(expr: &Expr, at: At, of: &mut impl FnMut(u8, &Expr) -> f64) -> f64 {
    let value = match &expr.node {
        Node::Number(number) => Exact::from(&number.value).to_f64(),
        Node::Mixed { whole, top, bottom } => {
            let [whole, top, bottom] = [whole, top, bottom].map(|part| Exact::from(&part.value).to_f64());
            whole + top / bottom
        }
        Node::Name(name) => at.value(*name),
        Node::Constant(Constant::E) => std::f64::consts::E,
        Node::Constant(Constant::Pi) => std::f64::consts::PI,
        Node::Bracket(a) | Node::Positive(a) => of(0, a),
        Node::Negative(a) => -of(0, a),
        Node::Percent(a) => of(0, a) / 100.0,
        Node::Permille(a) => of(0, a) / 1000.0,
        Node::Degrees(a) => of(0, a).to_radians(),
        Node::Abs(a) => of(0, a).abs(),
        Node::Sum(a, b) => of(0, a) + of(1, b),
        Node::Difference(a, b) => of(0, a) - of(1, b),
        Node::Product(a, _, b) => of(0, a) * of(1, b),
        Node::Quotient(a, _, b) => of(0, a) / of(1, b),
        Node::Power(a, b) => power(of(0, a), of(1, b)),
        Node::Root { degree: None, radicand } => of(0, radicand).sqrt(),
        Node::Root { degree: Some(degree), radicand } => {
            let degree = of(0, degree);
            root(of(1, radicand), degree)
        }
        Node::Call(call) => called(call, of),
        Node::EitherSign(sign, a) => at.sign(*sign) * of(0, a),
        Node::SumOrDifference(a, sign, b) => {
            let first = of(0, a);
            first + at.sign(*sign) * of(1, b)
        }
        Node::Constant(Constant::Infinity) | Node::Quantity(..) | Node::Compound(..) => f64::NAN,
    };
    // Nothing goes on from an infinity: 2^(−1/0) is not 0.
    if value.is_finite() { value } else { f64::NAN }
}

fn power(base: f64, exponent: f64) -> f64 {
    if exponent.fract() == 0.0 && exponent.abs() <= 1000.0 {
        #[expect(clippy::cast_possible_truncation, reason = "a whole number below 1000")]
        let size = exponent as i32;
        return if size == 0 && base == 0.0 { f64::NAN } else { base.powi(size) };
    }
    if base < 0.0 { f64::NAN } else { base.powf(exponent) }
}

fn root(of: f64, degree: f64) -> f64 {
    if of < 0.0 && degree.rem_euclid(2.0) == 1.0 { -(-of).powf(degree.recip()) } else { of.powf(degree.recip()) }
}

fn called(call: &Call, of: &mut impl FnMut(u8, &Expr) -> f64) -> f64 {
    let mut index = 0;
    let mut next = |part: Option<&Expr>| {
        let value = of(index, part?);
        index += 1;
        Some(value)
    };
    let (base, exponent) = (next(call.base.as_deref()), next(call.exponent.as_deref()));
    let argument = next(Some(&call.argument)).unwrap_or(f64::NAN);
    let inverse = exponent == Some(-1.0);
    let value = match call.function {
        Function::Sin if inverse => argument.asin(),
        Function::Cos if inverse => argument.acos(),
        Function::Tan if inverse => argument.atan(),
        Function::Ln => argument.ln(),
        Function::Lg => argument.log10(),
        Function::Log => argument.log(base.unwrap_or(10.0)),
        Function::Exp => argument.exp(),
        Function::Sin => argument.sin(),
        Function::Cos => argument.cos(),
        Function::Tan => argument.tan(),
        Function::Cot => argument.tan().recip(),
        Function::Sec => argument.cos().recip(),
        Function::Csc => argument.sin().recip(),
        Function::Arcsin => argument.asin(),
        Function::Arccos => argument.acos(),
        Function::Arctan => argument.atan(),
    };
    exponent.filter(|_| !inverse).map_or(value, |exponent| power(value, exponent))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::read;
    use crate::tree::Statement;

    fn expr(typed: &str) -> Expr {
        match read(typed) {
            Ok(Statement::Expression(expr)) => expr,
            other => panic!("{typed}: {other:?}"),
        }
    }

    #[test]
    fn a_written_expression_has_its_value() {
        let at = At::given(Name::from('x'), 2.0);
        for (typed, value) in [
            ("3x²−x/4", 11.5),
            ("√(x+2)+|−x|", 4.0),
            ("∛(−8)", -2.0),
            ("2 1/2", 2.5),
            ("25 %", 0.25),
            ("lg 100 + ln e^x", 4.0),
            ("log_2(8)", 3.0),
            ("sin²(x)+cos²(x)", 1.0),
            ("sin(30°)", 0.5),
            ("x^(−2)", 0.25),
        ] {
            assert!(is_near(near(&expr(typed), at), value), "{typed}");
        }
        assert!(near(&expr("1/(x−2)"), at).is_nan() && near(&expr("√(−x)"), at).is_nan());
    }

    #[test]
    fn a_part_may_be_worth_something_else() {
        let at = At::given(Name::from('x'), 2.0);
        // The x of 3(x+1) is worth 5.
        assert!(is_near(near_with(&expr("3(x+1)−4"), &[0, 1, 0, 0], 5.0, at), 14.0));
    }
}
