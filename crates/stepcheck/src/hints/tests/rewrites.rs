//! Right lines that a student may have written on a way of their own.

use super::families::Draw;
use crate::hints::denominators::times_sum;
use crate::hints::equation::Relation;
use crate::hints::expanding;
use crate::hints::number::{nowhere, small};
use crate::rewrite::{negated, product_of, sum_of, terms};
use crate::tree::{Expr, Node, Sign, Statement, Times};

/// A line that is worth the same, one rewriting away; `None` if the drawn one does not fit.
pub(super) fn rewritten(line: &Statement, draw: &mut Draw) -> Option<Statement> {
    match line {
        Statement::Expression(only) => Some(Statement::Expression(of_expression(only, draw)?)),
        Statement::Relation { .. } => of_relation(&Relation::of(line)?, draw),
        Statement::And(parts) => Some(Statement::And(in_one(parts, draw)?)),
        Statement::Or(parts) => Some(Statement::Or(in_one(parts, draw)?)),
        Statement::List(parts) => Some(Statement::List(in_one(parts, draw)?)),
        Statement::All(_) | Statement::None(_) => None,
    }
}

fn in_one(parts: &[Statement], draw: &mut Draw) -> Option<Vec<Statement>> {
    let at = pick(parts.len(), draw);
    let mut new = parts.to_vec();
    new[at] = rewritten(&parts[at], draw)?;
    Some(new)
}

fn pick(count: usize, draw: &mut Draw) -> usize {
    usize::try_from(draw.next() % u64::try_from(count.max(1)).unwrap()).unwrap()
}

fn of_expression(expr: &Expr, draw: &mut Draw) -> Option<Expr> {
    match draw.whole(0, 4) {
        0 => reordered(expr, draw),
        1 => expanding::next(expr, false).map(|found| found.new),
        2 => turned_product(expr),
        3 => with_zero(expr, draw),
        _ => bracketed_terms(expr, draw),
    }
}

/// The terms begin with another one.
fn reordered(expr: &Expr, draw: &mut Draw) -> Option<Expr> {
    let mut all: Vec<Expr> = terms(expr).into_iter().map(|term| term.to_expr()).collect();
    let count = all.len();
    all.rotate_left(pick(count, draw));
    (count > 1).then(|| sum_of(all))
}

/// `2·3` → `3·2`, `x·3` for `3x`.
fn turned_product(expr: &Expr) -> Option<Expr> {
    match &expr.node {
        Node::Product(a, Times::Dot | Times::Cross, b) if !matches!(a.node, Node::Product(..) | Node::Quotient(..)) => {
            Some(nowhere(Node::Product(b.clone(), Times::Dot, a.clone())))
        }
        Node::Sum(a, b) => Some(nowhere(Node::Sum(Box::new(turned_product(a)?), b.clone()))),
        Node::Difference(a, b) => Some(nowhere(Node::Difference(Box::new(turned_product(a)?), b.clone()))),
        _ => None,
    }
}

fn with_zero(expr: &Expr, draw: &mut Draw) -> Option<Expr> {
    let number = small(draw.whole(1, 9));
    let all = terms(expr).into_iter().map(|term| term.to_expr());
    Some(sum_of(all.chain([number.clone(), negated(number)])))
}

/// A bracket around the last two terms.
fn bracketed_terms(expr: &Expr, _draw: &mut Draw) -> Option<Expr> {
    let all = terms(expr);
    let (before, last) = all.split_at(all.len().checked_sub(2)?);
    if before.is_empty() || last.iter().all(|term| term.negative) {
        return None;
    }
    let inner = nowhere(Node::Bracket(Box::new(sum_of(last.iter().map(|term| term.to_expr())))));
    Some(sum_of(before.iter().map(|term| term.to_expr()).chain([inner])))
}

fn of_relation(relation: &Relation, draw: &mut Draw) -> Option<Statement> {
    let at = pick(relation.sides.len(), draw);
    let side = relation.sides.get(at)?;
    let number = draw.whole(2, 5);
    let new = match draw.whole(0, 6) {
        0 => swapped(relation),
        1 => relation.map(|(_, side)| times_sum(side, &number.into())),
        2 => relation.map(|(_, side)| {
            let inner = nowhere(Node::Bracket(Box::new(side.clone())));
            product_of([small(number), inner])
        }),
        3 => {
            relation.map(|(_, side)| sum_of(terms(side).into_iter().map(|term| term.to_expr()).chain([small(number)])))
        }
        4 => relation.with_side(at, &reordered(side, draw)?),
        5 => relation.with_side(at, &expanding::next(side, true)?.new),
        _ => relation.with_side(at, &of_expression(side, draw)?),
    };
    Some(new.into_statement())
}

fn swapped(relation: &Relation) -> Relation {
    let mut new = relation.clone();
    new.sides.reverse();
    new.signs.reverse();
    if new.signs.iter().all(|sign| *sign == Sign::Equal) { new } else { new.turned() }
}
