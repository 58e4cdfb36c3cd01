//! From a written statement to what it is worth.

use num_traits::Zero;

use super::{Claim, Comparator, Function, Line, Term};
use crate::exact::Exact;
use crate::tree::{self, Call, Constant, Expr, Name, Node, Number, PlusMinus, Sign, Statement};

/// What a statement says that has no value here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Missing {
    /// `∞` is no number.
    Infinity,
    /// A quantity: units are compared elsewhere.
    Unit,
    /// `≈` claims no equality.
    Approximate,
    /// An expression joined by «and» or «or».
    NoClaim,
    /// `sin⁻² x`: the inverse function and powers cannot be told apart.
    Exponent,
}

type Lowered<T> = Result<T, Missing>;

/// What `statement` is worth.
///
/// # Errors
/// At what has no real value or claims nothing.
pub(crate) fn lower(statement: &Statement) -> Lowered<Line> {
    if let Statement::Expression(only) = statement {
        if has_two_signs(only) {
            return Ok(Line::Claim(one_of_two(only)?));
        }
        return Ok(Line::Value(term(only, PlusMinus::Plus)?));
    }
    Ok(Line::Claim(claim(statement)?))
}

/// `±3` by itself: that something, which no letter stands for, is one of two values.
fn one_of_two(expr: &Expr) -> Lowered<Claim> {
    let is = |signs| Ok(Claim::Compare(Term::Name(Name::from('±')), Comparator::Equal, term(expr, signs)?));
    Ok(Claim::Or(vec![is(PlusMinus::Plus)?, is(PlusMinus::Minus)?]))
}

fn claim(statement: &Statement) -> Lowered<Claim> {
    match statement {
        Statement::Expression(_) => Err(Missing::NoClaim),
        Statement::Relation { first, rest } => {
            let two = statement.sides().any(has_two_signs);
            let upper = relation(first, rest, PlusMinus::Plus)?;
            Ok(if two { Claim::Or(vec![upper, relation(first, rest, PlusMinus::Minus)?]) } else { upper })
        }
        Statement::And(parts) => Ok(Claim::And(parts.iter().map(claim).collect::<Lowered<_>>()?)),
        Statement::Or(parts) => Ok(Claim::Or(parts.iter().map(claim).collect::<Lowered<_>>()?)),
        Statement::List(parts) if parts.iter().all(|part| matches!(part, Statement::Expression(_))) => point(parts),
        Statement::List(parts) => {
            let claims = parts.iter().map(claim).collect::<Lowered<_>>()?;
            Ok(if is_alternatives(parts) { Claim::Or(claims) } else { Claim::And(claims) })
        }
        Statement::All(_) => Ok(Claim::All),
        Statement::None(_) => Ok(Claim::None),
    }
}

/// `(3; 5)`: a value for each coordinate, which no letter stands for.
fn point(parts: &[Statement]) -> Lowered<Claim> {
    let names = ('①'..='⑳').map(Name::from);
    let coordinate = |(name, part): (Name, &Statement)| match part {
        Statement::Expression(value) if !has_two_signs(value) => {
            Ok(Claim::Compare(Term::Name(name), Comparator::Equal, term(value, PlusMinus::Plus)?))
        }
        _ => Err(Missing::NoClaim),
    };
    if parts.len() > names.clone().count() {
        return Err(Missing::NoClaim);
    }
    Ok(Claim::And(names.zip(parts).map(coordinate).collect::<Lowered<_>>()?))
}

/// True if every part says what one and the same name is: a number, or angles with a period. In
/// `y = 2x, y = 4` one equation is joined with another.
fn is_alternatives(parts: &[Statement]) -> bool {
    let periodic = |part: &Expr| matches!(part.node, Node::Constant(Constant::Pi) | Node::Degrees(_));
    let named = |part: &Statement| match part {
        Statement::Relation { first, rest } => match (&first.unwrapped().node, rest.as_slice()) {
            (Node::Name(name), [(Sign::Equal, value)]) if value.is_numeric() || value.any(&periodic) => Some(*name),
            _ => None,
        },
        _ => None,
    };
    let first = parts.first().and_then(named);
    first.is_some() && parts.iter().all(|part| named(part) == first)
}

fn relation(first: &Expr, rest: &[(Sign, Expr)], signs: PlusMinus) -> Lowered<Claim> {
    let mut left = term(first, signs)?;
    let mut links = Vec::with_capacity(rest.len());
    for (sign, side) in rest {
        let right = term(side, signs)?;
        links.push(Claim::Compare(left, comparator(*sign)?, right.clone()));
        left = right;
    }
    Ok(if links.len() == 1 { links.swap_remove(0) } else { Claim::And(links) })
}

fn comparator(sign: Sign) -> Lowered<Comparator> {
    Ok(match sign {
        Sign::Equal => Comparator::Equal,
        Sign::NotEqual => Comparator::Unequal,
        Sign::Less => Comparator::Less,
        Sign::Greater => Comparator::Greater,
        Sign::LessOrEqual => Comparator::AtMost,
        Sign::GreaterOrEqual => Comparator::AtLeast,
        Sign::Approximately => return Err(Missing::Approximate),
    })
}

fn has_two_signs(expr: &Expr) -> bool {
    expr.any(&|part| matches!(part.node, Node::EitherSign(..) | Node::SumOrDifference(..)))
}

/// The value of `expr`, every `±` taken with its upper or its lower sign.
fn term(expr: &Expr, signs: PlusMinus) -> Lowered<Term> {
    let of = |part: &Expr| term(part, signs);
    Ok(match &expr.node {
        Node::Number(number) => Term::Number(Exact::from(&number.value)),
        Node::Mixed { whole, top, bottom } => mixed(whole, top, bottom),
        Node::Name(name) => Term::Name(*name),
        Node::Constant(Constant::E) => Term::E,
        Node::Constant(Constant::Pi) => Term::Pi,
        Node::Constant(Constant::Infinity) => return Err(Missing::Infinity),
        Node::Bracket(inner) | Node::Positive(inner) => of(inner)?,
        Node::Negative(inner) => of(inner)?.negated(),
        Node::EitherSign(own, inner) if *own == signs => of(inner)?,
        Node::EitherSign(_, inner) => of(inner)?.negated(),
        Node::Percent(inner) => Term::product([Term::Number(Exact::Small(1, 100)), of(inner)?]),
        Node::Permille(inner) => Term::product([Term::Number(Exact::Small(1, 1000)), of(inner)?]),
        Node::Degrees(inner) => Term::product([Term::Number(Exact::Small(1, 180)), Term::Pi, of(inner)?]),
        Node::Abs(inner) => of(inner)?.apply(Function::Abs),
        Node::Sum(a, b) => Term::sum([of(a)?, of(b)?]),
        Node::Difference(a, b) => of(a)?.minus(of(b)?),
        Node::SumOrDifference(a, own, b) if *own == signs => Term::sum([of(a)?, of(b)?]),
        Node::SumOrDifference(a, _, b) => of(a)?.minus(of(b)?),
        Node::Product(a, _, b) => Term::product([of(a)?, of(b)?]),
        Node::Quotient(a, _, b) => of(a)?.over(of(b)?),
        Node::Power(base, exponent) => of(base)?.raised(of(exponent)?),
        Node::Root { degree: None, radicand } => of(radicand)?.root(2),
        Node::Root { degree: Some(degree), radicand } => of(radicand)?.raised(of(degree)?.inverted()),
        Node::Call(call) => called(call, signs)?,
        Node::Quantity(..) | Node::Compound(..) => return Err(Missing::Unit),
    })
}

fn mixed(whole: &Number, top: &Number, bottom: &Number) -> Term {
    if bottom.value.is_zero() {
        return Term::whole(0).inverted();
    }
    Term::Number(Exact::from(&(&whole.value + &top.value / &bottom.value)))
}

fn called(call: &Call, signs: PlusMinus) -> Lowered<Term> {
    let argument = term(&call.argument, signs)?;
    let Some(exponent) = &call.exponent else {
        return function(call, call.function, argument, signs);
    };
    let exponent = term(exponent, signs)?;
    if exponent == Term::whole(-1) {
        let inverse = match call.function {
            tree::Function::Sin => tree::Function::Arcsin,
            tree::Function::Cos => tree::Function::Arccos,
            tree::Function::Tan => tree::Function::Arctan,
            _ => return Err(Missing::Exponent),
        };
        return function(call, inverse, argument, signs);
    }
    Ok(function(call, call.function, argument, signs)?.raised(exponent))
}

fn function(call: &Call, function: tree::Function, of: Term, signs: PlusMinus) -> Lowered<Term> {
    use tree::Function as F;
    Ok(match function {
        F::Ln => of.apply(Function::Ln),
        F::Lg => of.logarithm(Term::whole(10)),
        F::Log => {
            let base = call.base.as_ref().map_or(Ok(Term::whole(10)), |base| term(base, signs))?;
            of.logarithm(base)
        }
        F::Exp => Term::E.raised(of),
        F::Sin => of.apply(Function::Sin),
        F::Cos => of.apply(Function::Cos),
        F::Tan => of.tangent(),
        F::Cot => of.clone().apply(Function::Cos).over(of.apply(Function::Sin)),
        F::Sec => of.apply(Function::Cos).inverted(),
        F::Csc => of.apply(Function::Sin).inverted(),
        F::Arcsin => of.apply(Function::Arcsin),
        F::Arccos => of.apply(Function::Arccos),
        F::Arctan => of.apply(Function::Arctan),
    })
}
