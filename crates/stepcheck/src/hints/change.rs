//! What one step does to an expression, and to a line.

use crate::account::{Step, StepKind};
use crate::brackets::set_brackets;
use crate::precedence::begins_with_digit;
use crate::rewrite::{Signed, negated};
use crate::tree::{Expr, Node, Statement, Times};
use crate::unreadable::Place;

/// One step in an expression.
#[derive(Debug, Clone)]
pub(super) struct Change {
    pub(super) step: Step,
    /// The smallest part that it changes, where that stands now.
    pub(super) place: Place,
    /// The expression after it.
    pub(super) new: Expr,
}

impl Change {
    pub(super) const fn new(kind: StepKind, place: Place, new: Expr) -> Self {
        Self { step: Step::new(kind), place, new }
    }

    pub(super) fn with(kind: StepKind, with: String, place: Place, new: Expr) -> Self {
        Self { step: Step { kind, with: Some(with) }, place, new }
    }

    /// The same step seen from the expression around it.
    pub(super) fn map(self, around: impl FnOnce(Expr) -> Expr) -> Self {
        Self { new: around(self.new), ..self }
    }

    pub(super) fn into_move(self, line: impl FnOnce(Expr) -> Statement) -> Move {
        Move { step: self.step, place: self.place, line: line(self.new) }
    }
}

/// One step in a line.
#[derive(Debug, Clone)]
pub(super) struct Move {
    pub(super) step: Step,
    pub(super) place: Place,
    pub(super) line: Statement,
}

impl Move {
    pub(super) const fn new(kind: StepKind, place: Place, line: Statement) -> Self {
        Self { step: Step::new(kind), place, line }
    }

    pub(super) fn with(kind: StepKind, with: String, place: Place, line: Statement) -> Self {
        Self { step: Step { kind, with: Some(with) }, place, line }
    }

    pub(super) fn map(self, around: impl FnOnce(Statement) -> Statement) -> Self {
        Self { line: around(self.line), ..self }
    }
}

/// Where a term stands, with its minus. A printed line has no space between them.
pub(super) fn place_with_sign(term: &Signed<'_>) -> Place {
    let Place { start, end } = term.body.place;
    Place::new(start.saturating_sub(usize::from(term.negative)), end)
}

/// The step that `change` finds first in one of the parts, seen from `expr`.
pub(super) fn in_parts(expr: &Expr, change: &mut impl FnMut(&Expr) -> Option<Change>) -> Option<Change> {
    let (at, found) = expr.each_part().enumerate().find_map(|(at, part)| Some((at, change(part)?)))?;
    Some(found.map(|new| {
        let mut index = 0;
        expr.map_parts(&mut |part| {
            let here = index == at;
            index += 1;
            if here { new.clone() } else { part.clone() }
        })
    }))
}

/// The expression without the brackets that a step has made needless: around what is no sum and has no sign.
pub(super) fn tidied(expr: &Expr) -> Expr {
    let expr = expr.unwrapped();
    if let Node::Positive(inner) = &expr.node {
        return tidied(inner);
    }
    tidied_inside(expr)
}

fn tidied_inside(expr: &Expr) -> Expr {
    if let Node::Bracket(inner) = &expr.node
        && let Node::Bracket(_) = inner.node
    {
        return tidied_inside(inner);
    }
    let mut new = expr.map_parts(&mut tidied_inside);
    if let Node::Product(_, times @ Times::Implied, b) = &mut new.node
        && let Node::Bracket(inner) = &b.node
        && begins_with_digit(inner)
        && holds_together(inner)
    {
        *times = Times::Dot;
    }
    if matches!(new.node, Node::Call(_)) {
        return new;
    }
    for at in 0..3 {
        new = without_bracket(new, at);
    }
    signs_tidied(new)
}

/// The expression with part `at` out of its bracket, if text does without it there.
fn without_bracket(expr: Expr, at: usize) -> Expr {
    let Some(Node::Bracket(inner)) = expr.each_part().nth(at).map(|part| &part.node) else { return expr };
    // 1/xy is read as 1/(xy), and not by everybody.
    if at == 1 && matches!((&expr.node, &inner.node), (Node::Quotient(..), Node::Product(..))) {
        return expr;
    }
    if !holds_together(inner) {
        return expr;
    }
    let mut bare = expr.clone();
    if let Some(part) = bare.each_part_mut().nth(at) {
        *part = (**inner).clone();
    }
    let mut needed = bare.node.clone();
    set_brackets(&mut needed);
    if needed == bare.node { bare } else { expr }
}

fn holds_together(expr: &Expr) -> bool {
    !matches!(
        expr.node,
        Node::Sum(..)
            | Node::Difference(..)
            | Node::SumOrDifference(..)
            | Node::Negative(_)
            | Node::Positive(_)
            | Node::EitherSign(..)
    )
}

/// `−−a` is `a`, `a+−b` is `a−b`, `a·−b` is `a·(−b)`, `(−a)+b` is `−a+b`.
fn signs_tidied(expr: Expr) -> Expr {
    let is_negative = |part: &Expr| matches!(part.node, Node::Negative(_));
    let first = |a: Box<Expr>| match a.node {
        Node::Bracket(inner) if is_negative(&inner) => inner,
        node => Box::new(Expr::new(a.place, node)),
    };
    let node = match expr.node {
        Node::Negative(inner) => return negated(*inner),
        Node::Sum(a, b) if is_negative(&b) => Node::Difference(first(a), Box::new(negated(*b))),
        Node::Difference(a, b) if is_negative(&b) => Node::Sum(first(a), Box::new(negated(*b))),
        Node::Sum(a, b) => Node::Sum(first(a), b),
        Node::Difference(a, b) => Node::Difference(first(a), b),
        Node::Product(a, times, b) if is_negative(&b) => {
            Node::Product(a, times, Box::new(Expr::new(b.place, Node::Bracket(b))))
        }
        node => node,
    };
    Expr::new(expr.place, node)
}
