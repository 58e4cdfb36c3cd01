//! The functions that a formula may call: those an author needs to keep whole numbers and fractions tame.

use stepcheck::Rational;

/// A function of formulas.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Function {
    Gcd,
    Lcm,
    Abs,
    Min,
    Max,
    Floor,
    Mod,
}

/// What it is called by, and how many numbers it takes.
const ALL: [(&str, Function, usize); 7] = [
    ("gcd(", Function::Gcd, 2),
    ("lcm(", Function::Lcm, 2),
    ("abs(", Function::Abs, 1),
    ("min(", Function::Min, 2),
    ("max(", Function::Max, 2),
    ("floor(", Function::Floor, 1),
    ("mod(", Function::Mod, 2),
];

impl Function {
    /// The first call in `text`: where it begins, what it is called by with its bracket, and which it is.
    pub(super) fn next_in(text: &str) -> Option<(usize, &'static str, Self)> {
        ALL.iter()
            .filter_map(|(name, function, _)| text.find(name).map(|at| (at, *name, *function)))
            .min_by_key(|found| found.0)
    }

    /// How many numbers it takes.
    pub(super) fn arity(self) -> usize {
        ALL.iter().find(|(_, function, _)| *function == self).map_or(0, |(_, _, arity)| *arity)
    }

    /// The exact value. `None` where there is none: a divisor of something that is no whole number, a rest after
    /// division by 0.
    pub(super) fn value(self, arguments: &[Rational]) -> Option<Rational> {
        match (self, arguments) {
            (Self::Gcd, [a, b]) => gcd(a, b),
            (Self::Lcm, [a, b]) => {
                let divisor = gcd(a, b)?;
                (divisor != whole(0)).then(|| abs(&(a * b / divisor)))
            }
            (Self::Abs, [a]) => Some(abs(a)),
            (Self::Min, [a, b]) => Some(a.min(b).clone()),
            (Self::Max, [a, b]) => Some(a.max(b).clone()),
            (Self::Floor, [a]) => Some(a.floor()),
            (Self::Mod, [a, b]) => (*b != whole(0)).then(|| a - b * (a / b).floor()),
            _ => None,
        }
    }
}

fn whole(n: i64) -> Rational {
    Rational::from_integer(n.into())
}

/// Euclid's algorithm (Elements VII.2) on whole numbers below 2⁶⁴ without their signs.
fn gcd(a: &Rational, b: &Rational) -> Option<Rational> {
    let size = |n: &Rational| -> Option<u64> {
        let whole = n.is_integer().then(|| n.numer().magnitude())?;
        u64::try_from(whole).ok()
    };
    let (mut a, mut b) = (size(a)?, size(b)?);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    Some(Rational::from_integer(a.into()))
}

fn abs(a: &Rational) -> Rational {
    if is_negative(a) { -a } else { a.clone() }
}

/// Whether `a` is below zero.
pub(super) fn is_negative(a: &Rational) -> bool {
    *a < whole(0)
}
