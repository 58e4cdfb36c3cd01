//! What was done to the sides of an equation or inequality.

use super::trail::Trail;
use super::values::{is_zero, minus, number_between, times};
use super::written::{alike, bare, is_sum, open_factors, text};
use super::{align, arithmetic, moves, scaling};
use crate::account::StepKind;
use crate::exact::{Exact, Fraction};
use crate::tree::{Call, Expr, Function, Name, Node, Number, Sign, Statement};
use crate::unreadable::Place;

/// The sides of a relation and the signs between them.
#[derive(Debug, Clone)]
pub(super) struct Sides<'s> {
    pub(super) sides: Vec<&'s Expr>,
    pub(super) signs: Vec<Sign>,
}

impl<'s> Sides<'s> {
    pub(super) fn of(statement: &'s Statement) -> Option<Self> {
        let Statement::Relation { first, rest } = statement else { return None };
        let sides = std::iter::once(first).chain(rest.iter().map(|(_, side)| side)).collect();
        Some(Self { sides, signs: rest.iter().map(|(sign, _)| *sign).collect() })
    }

    /// True if it says that two sides are equal.
    pub(super) fn is_equation(&self) -> bool {
        matches!(self.signs.as_slice(), [Sign::Equal])
    }

    pub(super) fn both(&self) -> Option<(&'s Expr, &'s Expr)> {
        match self.sides.as_slice() {
            [left, right] => Some((left, right)),
            _ => None,
        }
    }

    /// The same read from right to left.
    pub(super) fn swapped(&self) -> Self {
        Self {
            sides: self.sides.iter().rev().copied().collect(),
            signs: self.signs.iter().rev().map(|sign| sign.flipped()).collect(),
        }
    }

    /// The name that stands alone on one side and not on the other.
    pub(super) fn isolated(&self) -> Option<Name> {
        let (left, right) = self.both()?;
        let alone = |one: &Expr, two: &Expr| match bare(one).node {
            Node::Name(name) if !two.names().contains(&name) => Some(name),
            _ => None,
        };
        alone(left, right).or_else(|| alone(right, left))
    }

    pub(super) fn difference(&self, trail: &mut Trail) -> Option<Fraction> {
        let (left, right) = (self.sides.first()?, self.sides.last()?);
        minus(trail.values.fraction(left)?, trail.values.fraction(right)?)
    }
}

/// Notes what leads from one relation to another; a line like `x = 10/2 = 5` goes on after its first two sides.
pub(super) fn between(trail: &mut Trail, above: &Statement, line: &Statement) {
    let (Some(mut from), Some(mut to)) = (Sides::of(above), Sides::of(line)) else { return trail.unnamed() };
    let equal = |sign: &Sign| matches!(sign, Sign::Equal | Sign::Approximately);
    if from.sides.len() > 2 && from.signs.iter().all(equal) {
        let last = from.sides.last().copied();
        from.sides.truncate(1);
        from.sides.extend(last);
        from.signs.truncate(1);
    }
    let mut more = Vec::new();
    if to.sides.len() > 2 && to.signs.iter().all(equal) {
        more = to.signs.split_off(1).into_iter().zip(to.sides.split_off(2)).collect();
    }
    let result = to.sides.last().copied();
    if to.signs.contains(&Sign::Approximately) {
        approximate(trail, &from, &to);
    } else {
        pair(trail, &from, &to);
    }
    if let Some(result) = result.filter(|_| !more.is_empty()) {
        super::chain(trail, result, &more);
    }
}

/// `x = √2` → `x ≈ 1,41`
fn approximate(trail: &mut Trail, from: &Sides<'_>, to: &Sides<'_>) {
    let (Some((left, right)), Some((name, value))) = (from.both(), to.both()) else { return trail.unnamed() };
    if alike(left, name) {
        return arithmetic::rounded(trail, right, value);
    }
    trail.note_as(StepKind::SolveEquation, 2);
    trail.note(StepKind::Round);
}

/// Notes what leads from `from` to `to`, as many sides each.
pub(super) fn pair(trail: &mut Trail, from: &Sides<'_>, to: &Sides<'_>) {
    if from.sides.len() != to.sides.len() {
        return trail.unnamed();
    }
    if same_sides(trail, from, to) {
        return from.sides.iter().zip(&to.sides).for_each(|(one, two)| align::inside(trail, one, two));
    }
    let swapped = to.swapped();
    if same_sides(trail, from, &swapped) {
        let plain = from.is_equation();
        trail.note(if plain { StepKind::SwapSides } else { StepKind::ReadFromTheOtherSide });
        return from.sides.iter().zip(&swapped.sides).for_each(|(one, two)| align::inside(trail, one, two));
    }
    if moves::by_numbers(trail, from, to) || scaling::by_expressions(trail, from, to) {
        return;
    }
    if from.is_equation() && to.is_equation() && (functions(trail, from, to) || functions(trail, from, &swapped)) {
        return;
    }
    if to.sides.iter().chain(&from.sides).all(|side| side.is_numeric()) {
        return trail.note(StepKind::AllOrNone);
    }
    if trivial(trail, from) && trivial(trail, to) {
        return trail.note(StepKind::AllOrNone);
    }
    if square_of_zero(trail, from, to) {
        return;
    }
    if factor_left_out(trail, from, to) {
        return trail.note(StepKind::DropCase);
    }
    if to.isolated().is_some() || to.sides.len() == 3 {
        return trail.note_as(StepKind::SolveEquation, 3);
    }
    trail.unnamed();
}

/// `(x−3)² = 0` → `x = 3`
fn square_of_zero(trail: &mut Trail, from: &Sides<'_>, to: &Sides<'_>) -> bool {
    let Some(side) = against_zero(trail, from) else { return false };
    let Node::Power(base, _) = &bare(side).node else { return false };
    let zero = crate::rewrite::number(&Exact::ZERO.to_rational());
    let root = Sides { sides: vec![bare(base), &zero], signs: from.signs.clone() };
    if same_sides(trail, &root, to) {
        trail.note(StepKind::RootOfBothSides);
        return true;
    }
    let Some(branch) = super::alternatives::tried(trail, &root, to) else { return false };
    trail.note(StepKind::RootOfBothSides);
    trail.take(branch, None);
    true
}

/// `(a−b)(a²+ab+b²) = 0` → `a−b = 0`
fn factor_left_out(trail: &mut Trail, from: &Sides<'_>, to: &Sides<'_>) -> bool {
    let (Some(product), Some(rest)) = (against_zero(trail, from), to.difference(trail)) else { return false };
    let factors = zero_factors(product);
    factors.len() > 1
        && factors
            .iter()
            .any(|factor| trail.values.fraction(factor).is_some_and(|value| number_between(&value, &rest).is_some()))
}

fn trivial(trail: &mut Trail, sides: &Sides<'_>) -> bool {
    sides.difference(trail).is_some_and(|difference| difference.as_constant().is_some())
}

fn same_sides(trail: &mut Trail, from: &Sides<'_>, to: &Sides<'_>) -> bool {
    from.signs == to.signs && from.sides.iter().zip(&to.sides).all(|(one, two)| trail.values.same(one, two))
}

fn node(node: Node) -> Expr {
    Expr::new(Place::before(0), node)
}

fn bracket(expr: &Expr) -> Expr {
    node(Node::Bracket(Box::new(expr.clone())))
}

pub(super) fn raised(expr: &Expr, size: u64) -> Expr {
    node(Node::Power(Box::new(bracket(expr)), Box::new(node(Node::Number(Number::whole(size))))))
}

/// A function that was taken of both sides.
fn functions(trail: &mut Trail, from: &Sides<'_>, to: &Sides<'_>) -> bool {
    let (Some((left, right)), Some((first, second))) = (from.both(), to.both()) else { return false };
    if powers(trail, (left, right), (first, second)) {
        return true;
    }
    if logarithms(trail, (left, right), (first, second)) || as_power(trail, (left, right), (first, second)) {
        return true;
    }
    if exponents(trail, (left, right), (first, second)) {
        return true;
    }
    let angle = |expr: &Expr| matches!(&bare(expr).node, Node::Call(call) if matches!(call.function, Function::Sin | Function::Cos | Function::Tan));
    if (angle(left) || angle(right)) && to.isolated().is_some() {
        trail.note(StepKind::InverseFunction);
        return true;
    }
    false
}

type Pair<'e> = (&'e Expr, &'e Expr);

fn powers(trail: &mut Trail, (left, right): Pair<'_>, (first, second): Pair<'_>) -> bool {
    let has_root = |expr: &Expr| expr.any(&|part| matches!(part.node, Node::Root { .. }));
    if (has_root(left) || has_root(right) || left.is_numeric() || right.is_numeric())
        && trail.values.same(&raised(left, 2), first)
        && trail.values.same(&raised(right, 2), second)
    {
        trail.note(StepKind::SquareBothSides);
        return true;
    }
    for size in [2, 3, 4, 5] {
        if trail.values.same(left, &raised(first, size)) && trail.values.same(right, &raised(second, size)) {
            trail.note(StepKind::RootOfBothSides);
            return true;
        }
    }
    false
}

fn logarithm_in(expr: &Expr) -> Option<&Call> {
    if let Node::Call(call) = &expr.node
        && matches!(call.function, Function::Ln | Function::Lg | Function::Log)
    {
        return Some(call);
    }
    expr.each_part().find_map(logarithm_in)
}

/// `10^x = 5` → `x = lg 5`, also divided by a number at once.
fn logarithms(trail: &mut Trail, (left, right): Pair<'_>, (first, second): Pair<'_>) -> bool {
    let Some(call) = logarithm_in(second).or_else(|| logarithm_in(first)) else { return false };
    let of = |side: &Expr| node(Node::Call(Call { argument: Box::new(bracket(side)), exponent: None, ..call.clone() }));
    let (one, two) = (of(left), of(right));
    if trail.values.same(&one, first) && trail.values.same(&two, second) {
        trail.note(StepKind::LogarithmOfBothSides);
        return true;
    }
    let product =
        |a: &Expr, b: &Expr| node(Node::Product(Box::new(bracket(a)), crate::tree::Times::Dot, Box::new(bracket(b))));
    if trail.values.same(&product(&one, second), &product(&two, first)) {
        trail.note(StepKind::LogarithmOfBothSides);
        trail.note_with(StepKind::DivideBothSides, None);
        return true;
    }
    false
}

/// `2^x = 2⁵` → `x = 5`
fn exponents(trail: &mut Trail, (left, right): Pair<'_>, (first, second): Pair<'_>) -> bool {
    let Node::Power(base, exponent) = &bare(left).node else { return false };
    if !trail.values.same(exponent, first) {
        return false;
    }
    if let Node::Power(other, size) = &bare(right).node {
        let found = alike(base, other) && trail.values.same(size, second);
        if found {
            trail.note(StepKind::CompareExponents);
        }
        return found;
    }
    let power = node(Node::Power(Box::new(bracket(base)), Box::new(bracket(second))));
    let found = base.is_numeric() && right.is_numeric() && trail.values.same(&power, right);
    if found {
        trail.note(StepKind::WriteAsPower);
        trail.note(StepKind::CompareExponents);
    }
    found
}

/// `lg x = 2` → `x = 10²`
fn as_power(trail: &mut Trail, (left, right): Pair<'_>, (first, second): Pair<'_>) -> bool {
    for (side, other, below, result) in [(left, right, first, second), (right, left, first, second)] {
        let Node::Call(call) = &bare(side).node else { continue };
        let base = match (call.function, &call.base) {
            (Function::Ln, _) => node(Node::Constant(crate::tree::Constant::E)),
            (Function::Log, Some(base)) => (**base).clone(),
            (Function::Lg | Function::Log, _) => node(Node::Number(Number::whole(10))),
            _ => continue,
        };
        let power = node(Node::Power(Box::new(bracket(&base)), Box::new(bracket(other))));
        if trail.values.same(&call.argument, below) && trail.values.same(&power, result) {
            trail.note(StepKind::LogarithmAsPower);
            if !result.any(&|part| matches!(part.node, Node::Power(..))) && result.is_numeric() && !is_one(trail, other)
            {
                trail.note(StepKind::WorkOutPower);
            }
            return true;
        }
    }
    false
}

fn is_one(trail: &mut Trail, expr: &Expr) -> bool {
    trail.values.number(expr).is_some_and(|value| value.is_one())
}

/// True if the other side is zero, and the side that is not.
pub(super) fn against_zero<'s>(trail: &mut Trail, sides: &Sides<'s>) -> Option<&'s Expr> {
    let (left, right) = sides.both()?;
    let mut zero = |side: &Expr| trail.values.fraction(side).is_some_and(|value| is_zero(&value));
    match (zero(left), zero(right)) {
        (false, true) => Some(left),
        (true, false) => Some(right),
        _ => None,
    }
}

/// The factors of a side that can be zero.
pub(super) fn zero_factors(side: &Expr) -> Vec<&Expr> {
    let (_, factors) = open_factors(side);
    let bases = factors.into_iter().map(|factor| match &factor.node {
        Node::Power(base, _) => bare(base),
        _ => factor,
    });
    bases.filter(|factor| !factor.is_numeric()).collect()
}

/// What a number is told as.
pub(super) fn number_text(value: &Exact) -> String {
    text(&crate::rewrite::number(&value.to_rational()))
}

/// True if a sum stands in it up to a number before it.
pub(super) fn has_sum(trail: &mut Trail, expr: &Expr, sum: &Fraction) -> bool {
    let own =
        is_sum(bare(expr)) && trail.values.fraction(expr).is_some_and(|value| number_between(&value, sum).is_some());
    own || expr.each_part().any(|part| has_sum(trail, part, sum))
}

/// The value times a number.
pub(super) fn scaled(value: &Fraction, factor: &Exact) -> Option<Fraction> {
    times(value, &Fraction::constant(factor.clone()))
}
