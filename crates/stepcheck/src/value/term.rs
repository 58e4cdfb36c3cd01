//! Value terms and the constructors that keep them flat.

use super::Point;
use crate::ball::Ball;
use crate::exact::Exact;
use crate::tree::Name;

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Term {
    Number(Exact),
    /// A number that is known by a ball: a solution of something.
    Real(Box<Ball>),
    Pi,
    E,
    Name(Name),
    Sum(Vec<Self>),
    Product(Vec<Self>),
    /// To a rational exponent: a negative one divides, an even denominator needs a base of at
    /// least 0, an odd one takes the real root of a negative base too.
    Power(Box<Self>, Exact),
    /// To any other exponent: the exponential function, for a positive base.
    Raised(Box<Self>, Box<Self>),
    Apply(Function, Box<Self>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Function {
    Abs,
    Ln,
    Sin,
    Cos,
    Arcsin,
    Arccos,
    Arctan,
}

impl Term {
    pub(crate) fn whole(value: i64) -> Self {
        Self::Number(Exact::Small(value, 1))
    }

    /// The sum of the parts, numbers added up.
    pub(crate) fn sum(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut flat = Vec::new();
        let mut constant = Exact::ZERO;
        for part in parts {
            match part {
                Self::Number(value) => constant = &constant + &value,
                Self::Sum(inner) => {
                    for part in inner {
                        match part {
                            Self::Number(value) => constant = &constant + &value,
                            other => flat.push(other),
                        }
                    }
                }
                other => flat.push(other),
            }
        }
        if !constant.is_zero() || flat.is_empty() {
            flat.push(Self::Number(constant));
        }
        single(flat, Self::Sum)
    }

    /// The product of the parts, numbers multiplied.
    pub(crate) fn product(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut flat = Vec::new();
        let mut constant = Exact::ONE;
        for part in parts {
            match part {
                Self::Number(value) => constant = &constant * &value,
                Self::Product(inner) => {
                    for part in inner {
                        match part {
                            Self::Number(value) => constant = &constant * &value,
                            other => flat.push(other),
                        }
                    }
                }
                other => flat.push(other),
            }
        }
        if !constant.is_one() || flat.is_empty() {
            flat.insert(0, Self::Number(constant));
        }
        single(flat, Self::Product)
    }

    pub(crate) fn negated(self) -> Self {
        Self::product([Self::whole(-1), self])
    }

    pub(crate) fn minus(self, other: Self) -> Self {
        Self::sum([self, other.negated()])
    }

    /// One over it.
    pub(crate) fn inverted(self) -> Self {
        match self {
            Self::Number(value) if !value.is_zero() => Self::Number(&Exact::ONE / &value),
            other => Self::Power(Box::new(other), Exact::Small(-1, 1)),
        }
    }

    pub(crate) fn over(self, other: Self) -> Self {
        Self::product([self, other.inverted()])
    }

    /// The real root of degree `degree`.
    pub(crate) fn root(self, degree: i64) -> Self {
        self.power(Exact::Small(1, degree))
    }

    /// To a rational exponent.
    pub(crate) fn power(self, exponent: Exact) -> Self {
        if exponent.is_one() {
            return self;
        }
        if let (Self::Number(base), Some(size)) = (&self, exponent.to_whole())
            && (1..=16).contains(&size)
            && base.bits() <= 64
        {
            return Self::Number((0..size).fold(Exact::ONE, |power, _| &power * base));
        }
        if exponent == Exact::Small(-1, 1) {
            return self.inverted();
        }
        Self::Power(Box::new(self), exponent)
    }

    /// `base` to the power `exponent`, whatever that is: `x^√4` is `x²`.
    pub(crate) fn raised(self, exponent: Self) -> Self {
        match exponent {
            Self::Number(value @ Exact::Small(..)) => self.power(value),
            other => match other.exactly(&Point::new(Vec::new())) {
                Some(Some(value @ Exact::Small(..))) => self.power(value),
                _ => Self::Raised(Box::new(self), Box::new(other)),
            },
        }
    }

    pub(crate) fn apply(self, function: Function) -> Self {
        Self::Apply(function, Box::new(self))
    }

    /// The logarithm to `base`.
    pub(crate) fn logarithm(self, base: Self) -> Self {
        let top = self.apply(Function::Ln);
        if base == Self::E { top } else { top.over(base.apply(Function::Ln)) }
    }

    pub(crate) fn tangent(self) -> Self {
        self.clone().apply(Function::Sin).over(self.apply(Function::Cos))
    }

    /// The parts it is made of.
    pub(crate) fn parts(&self) -> &[Self] {
        match self {
            Self::Number(_) | Self::Real(_) | Self::Pi | Self::E | Self::Name(_) => &[],
            Self::Sum(parts) | Self::Product(parts) => parts,
            Self::Power(inner, _) | Self::Apply(_, inner) => std::slice::from_ref(inner),
            Self::Raised(base, _) => std::slice::from_ref(base),
        }
    }

    /// Calls `visit` on it and on every part of it, from the outside in.
    pub(crate) fn visit<'t>(&'t self, visit: &mut impl FnMut(&'t Self)) {
        visit(self);
        for part in self.parts() {
            part.visit(visit);
        }
        if let Self::Raised(_, exponent) = self {
            exponent.visit(visit);
        }
    }

    pub(crate) fn gather_names(&self, found: &mut Vec<Name>) {
        self.visit(&mut |part| {
            if let Self::Name(name) = part
                && !found.contains(name)
            {
                found.push(*name);
            }
        });
    }

    pub(crate) fn has_name(&self, name: Name) -> bool {
        let mut found = false;
        self.visit(&mut |part| found |= *part == Self::Name(name));
        found
    }

    pub(crate) fn is_constant(&self) -> bool {
        let mut constant = true;
        self.visit(&mut |part| constant &= !matches!(part, Self::Name(_)));
        constant
    }

    /// True if it has a value for any real values of its names, as far as its shape shows.
    pub(crate) fn is_everywhere(&self) -> bool {
        let mut everywhere = true;
        self.visit(&mut |part| {
            let gaps = match part {
                Self::Power(base, Exact::Small(size, degree)) => (*size <= 0 || degree % 2 == 0).then_some(base),
                Self::Power(base, Exact::Big(_)) => Some(base),
                Self::Raised(base, _) if **base == Self::E => None,
                Self::Raised(base, _) => Some(base),
                Self::Apply(Function::Ln | Function::Arcsin | Function::Arccos, of) => Some(of),
                _ => None,
            };
            everywhere &= gaps.is_none_or(|base| matches!(&**base, Self::Number(value) if value.is_positive()));
        });
        everywhere
    }

    /// The term with every rational power needing a base of at least 0, not only the even roots.
    pub(crate) fn with_strict_powers(&self) -> Self {
        let inner = Self::with_strict_powers;
        match self {
            Self::Number(_) | Self::Real(_) | Self::Pi | Self::E | Self::Name(_) => self.clone(),
            Self::Sum(parts) => Self::sum(parts.iter().map(inner)),
            Self::Product(parts) => Self::product(parts.iter().map(inner)),
            Self::Power(base, Exact::Small(size, degree)) if degree % 2 == 1 && *degree > 1 => {
                let base = inner(base);
                // The square of the square root exists exactly where the base is not negative.
                let guarded = base.root(2).power(Exact::Small(2, 1));
                guarded.power(Exact::Small(*size, *degree))
            }
            Self::Power(base, exponent) => inner(base).power(exponent.clone()),
            Self::Raised(base, exponent) => inner(base).raised(inner(exponent)),
            Self::Apply(function, of) => inner(of).apply(*function),
        }
    }

    /// The term with `value` in place of `name`.
    pub(crate) fn with(&self, name: Name, value: &Self) -> Self {
        let inner = |part: &Self| part.with(name, value);
        match self {
            Self::Name(own) if *own == name => value.clone(),
            Self::Number(_) | Self::Real(_) | Self::Pi | Self::E | Self::Name(_) => self.clone(),
            Self::Sum(parts) => Self::sum(parts.iter().map(inner)),
            Self::Product(parts) => Self::product(parts.iter().map(inner)),
            Self::Power(base, exponent) => inner(base).power(exponent.clone()),
            Self::Raised(base, exponent) => inner(base).raised(inner(exponent)),
            Self::Apply(function, of) => inner(of).apply(*function),
        }
    }
}

fn single(mut parts: Vec<Term>, many: fn(Vec<Term>) -> Term) -> Term {
    match parts.len() {
        1 => parts.swap_remove(0),
        _ => many(parts),
    }
}
