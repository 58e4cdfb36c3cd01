//! Something to show beside a wrong line that never gives the answer away.

use num_bigint::BigInt;
use num_traits::Signed;

use super::Line;
use super::equation::Equation;
use crate::exact::{Fraction, Rational, Roots, bits, evaluate};
use crate::forms::unsigned;
use crate::print::{Notation, decimals_needed, expression_text, number_text};
use crate::tree::{Expr, Name, Node, Number, Over, Statement, Times};
use crate::unreadable::Place;
use crate::verdict::{Task, Witness};

const NOTATION: Notation = Notation::Swedish;
/// Values longer than this are nothing to look at.
const MAX_SHOWN_BITS: u64 = 40;

/// For a wrong line of an equation: its own solution put into the line above, or its own sides if
/// they are numbers. A line above like `x = 14/2` would give the answer away when a value is put
/// in, so the nearest line before it is taken.
pub(super) fn of_equation(
    task: &Task,
    earlier: &[Statement],
    variable: Name,
    line: &Line<'_>,
    equation: &Equation,
) -> Option<Witness> {
    if line.statement.names().is_empty() {
        return differing_sides(line);
    }
    let mut lines = earlier.iter().rev().chain([&task.start]);
    let above = lines.find(|line| !isolates(line, variable))?;
    let candidates = match equation.roots(variable)? {
        Roots::AllBut(_) => [1, 2, 3, 0].map(|n| Rational::from_integer(n.into())).into(),
        roots @ Roots::Of(_) => vec![roots.single()?],
    };
    candidates.into_iter().find_map(|value| substitute(above, variable, &value))
}

/// True if a side is the variable by itself and another a number.
pub(super) fn isolates(line: &Statement, variable: Name) -> bool {
    let alone = |side: &Expr| unsigned(side.unwrapped()).node == Node::Name(variable);
    line.sides().any(alone) && line.sides().any(Expr::is_numeric)
}

/// `value` put into two sides of the line above that then differ.
pub(super) fn substitute(above: &Statement, variable: Name, value: &Rational) -> Option<Witness> {
    let given = [(variable, value.clone())];
    let sides: Vec<(&Expr, Rational)> =
        above.sides().map(|side| evaluate(side, &given).map(|result| (side, result))).collect::<Option<_>>()?;
    let pair = sides.windows(2).find(|pair| pair[0].1 != pair[1].1)?;
    let worked = |side: &Expr| expression_text(&with(side, variable, value), NOTATION);
    Some(Witness::Substitute {
        variable,
        value: shown(value)?,
        left: shown(&pair[0].1)?,
        right: shown(&pair[1].1)?,
        left_worked: worked(pair[0].0),
        right_worked: worked(pair[1].0),
    })
}

/// The first two neighbouring sides of a line of numbers that differ, worked out.
fn differing_sides(line: &Line<'_>) -> Option<Witness> {
    let values: Vec<Rational> = line.values.iter().map(Fraction::to_rational).collect::<Option<_>>()?;
    let pair = values.windows(2).find(|pair| pair[0] != pair[1])?;
    Some(Witness::Sides { left: shown(&pair[0])?, right: shown(&pair[1])? })
}

/// For a wrong line of a task with a value: `side` is the first side that is not worth `target`.
pub(super) fn of_value(
    above: &Statement,
    target: &Fraction,
    line: &Line<'_>,
    side: &Expr,
    value: &Fraction,
) -> Option<Witness> {
    if let Some(target) = target.to_rational() {
        // The value above is the answer itself here, so it is not shown.
        let sides: Vec<&Expr> = line.statement.sides().collect();
        let differ = |at: &usize| matches!(line.values[*at].equals(&line.values[at + 1]), Ok(false));
        if let Some(at) = (0..sides.len() - 1).find(differ) {
            return Some(self::sides(sides[at], sides[at + 1]));
        }
        return Some(if target > value.to_rational()? { Witness::Larger } else { Witness::Smaller });
    }
    evaluated(above, side)
}

/// Two neighbouring sides that differ, as written.
pub(super) fn sides(left: &Expr, right: &Expr) -> Witness {
    Witness::Sides { left: expression_text(left, NOTATION), right: expression_text(right, NOTATION) }
}

/// A value of the one letter for which the line above and `side` have different rational values.
pub(super) fn evaluated(above: &Statement, side: &Expr) -> Option<Witness> {
    let [variable] = above.names()[..] else {
        return None;
    };
    // Small values first: they are easy to check by hand.
    [2, 3, 1, -1, 0, 5, 10].into_iter().find_map(|n: i64| {
        let value = Rational::from_integer(n.into());
        let given = [(variable, value.clone())];
        let before = evaluate(above.last()?, &given)?;
        let here = evaluate(side, &given)?;
        let witness =
            Witness::Evaluate { variable, value: shown(&value)?, above: shown(&before)?, here: shown(&here)? };
        (before != here).then_some(witness)
    })
}

fn shown(value: &Rational) -> Option<String> {
    (bits(value) <= MAX_SHOWN_BITS).then(|| number_text(value, NOTATION))
}

/// `expr` with `value` in place of `variable`: `5x−13` becomes `5·3−13`.
fn with(expr: &Expr, variable: Name, value: &Rational) -> Expr {
    if expr.node == Node::Name(variable) {
        return Expr::new(expr.place, number(value));
    }
    let mut changed = expr.map_parts(&mut |part| with(part, variable, value));
    let is_variable = |part: &Expr| match &part.node {
        Node::Power(base, _) => base.node == Node::Name(variable),
        node => *node == Node::Name(variable),
    };
    changed.node = match (&expr.node, changed.node) {
        (Node::Product(a, ..), Node::Product(left, Times::Implied, right)) if is_variable(a) => {
            Node::Product(left, Times::Dot, right)
        }
        (Node::Product(_, _, b), Node::Product(left, Times::Implied, right)) if is_variable(b) => {
            Node::Product(left, Times::Dot, right)
        }
        (_, Node::Negative(inner)) => negative(*inner),
        (_, node) => node,
    };
    changed
}

/// `−a`; the sign goes to the first factor of a product, as in `−2·4`.
fn negative(of: Expr) -> Node {
    match of.node {
        Node::Product(a, times @ (Times::Dot | Times::Cross), b) => {
            let place = a.place;
            Node::Product(Box::new(Expr::new(place, negative(*a))), times, b)
        }
        node => Node::Negative(Box::new(Expr::new(of.place, node))),
    }
}

/// A value as it is put in for a letter: in brackets if negative or a fraction.
fn number(value: &Rational) -> Node {
    let at = |node| Box::new(Expr::new(Place::before(0), node));
    let size = value.abs();
    let decimals = decimals_needed(&size);
    let mut node = if let Some(decimals) = decimals {
        let value = size;
        Node::Number(Number { value, decimals })
    } else {
        let part = |n: &BigInt| {
            let value = Rational::from_integer(n.clone());
            at(Node::Number(Number { value, decimals: 0 }))
        };
        Node::Quotient(part(size.numer()), Over::Bar, part(size.denom()))
    };
    if value.is_negative() {
        node = Node::Negative(at(node));
    }
    if value.is_negative() || decimals.is_none() {
        node = Node::Bracket(at(node));
    }
    node
}
