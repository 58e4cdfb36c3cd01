//! Multiplying out.

use num_traits::{One, Signed};

use super::change::{Change, place_with_sign};
use super::monomial::Monomial;
use super::number::{later_factor, nowhere, small};
use crate::account::StepKind;
use crate::forms;
use crate::rewrite::{factors, negated, product_of, quotient, sum_of, terms};
use crate::tree::{Expr, Node, Over, Times};

/// A term multiplied out one step: what kind of step, and the signed terms that it becomes.
struct Expanded {
    kind: StepKind,
    terms: Vec<Expr>,
    /// True if it stays one term, in a bracket, after a minus.
    together: bool,
}

/// The first term of the sum that can be multiplied out, multiplied out. `split` if fractions of sums are to be split too.
pub(super) fn next(expr: &Expr, split: bool) -> Option<Change> {
    let all = terms(expr);
    let (at, found) = all.iter().enumerate().find_map(|(at, term)| Some((at, expanded(term.body, split)?)))?;
    let term = all.get(at)?;
    let kind = match found.kind {
        StepKind::DropBrackets if term.negative => StepKind::MinusBracket,
        kind => kind,
    };
    let keeps_bracket = found.together && term.negative;
    let new = all.iter().enumerate().flat_map(|(index, other)| {
        if index != at {
            return vec![other.to_expr()];
        }
        if keeps_bracket {
            let bracket = nowhere(Node::Bracket(Box::new(sum_of(found.terms.clone()))));
            return vec![if term.negative { negated(bracket) } else { bracket }];
        }
        let signed = |new: &Expr| if term.negative { negated(new.clone()) } else { new.clone() };
        found.terms.iter().map(signed).collect()
    });
    // A minus before the bracket is what it is about.
    let signed = matches!(kind, StepKind::MinusBracket | StepKind::Distribute);
    let place = if signed { place_with_sign(term) } else { term.body.place };
    Some(Change::new(kind, place, sum_of(new)))
}

fn as_sum(expr: &Expr) -> Option<&Expr> {
    match &expr.node {
        Node::Bracket(inner) => {
            as_sum(inner).or_else(|| matches!(inner.node, Node::Sum(..) | Node::Difference(..)).then_some(&**inner))
        }
        _ => None,
    }
}

fn expanded(body: &Expr, split: bool) -> Option<Expanded> {
    if let Some(inner) = as_sum(body) {
        let terms = terms(inner).into_iter().map(|term| term.to_expr()).collect();
        return Some(Expanded { kind: StepKind::DropBrackets, terms, together: false });
    }
    match &body.node {
        Node::Power(base, exponent) => {
            let size = forms::whole(exponent).filter(|size| (2..=6).contains(size))?;
            power(as_sum(base)?, base, size)
        }
        Node::Quotient(top, Over::Bar, bottom) if split => {
            let inner = as_sum(top).filter(|_| Monomial::of(bottom).is_some())?;
            let parts = terms(inner).into_iter().map(|term| {
                let part = quotient(term.body.clone(), (**bottom).clone());
                if term.negative { negated(part) } else { part }
            });
            Some(Expanded { kind: StepKind::SplitFraction, terms: parts.collect(), together: false })
        }
        Node::Product(..) => product(body),
        _ => None,
    }
}

fn power(inner: &Expr, base: &Expr, size: i64) -> Option<Expanded> {
    let monomials: Option<Vec<Monomial>> = terms(inner).into_iter().map(|term| Monomial::of(&term.to_expr())).collect();
    if let (2, Some([a, b])) = (size, monomials.as_deref()) {
        let kind = if b.coefficient.is_negative() { StepKind::SquareOfDifference } else { StepKind::SquareOfSum };
        let two = Monomial::number(num_bigint::BigInt::from(2).into());
        let all = [a.times(a)?, two.times(&a.times(b)?)?, b.times(b)?];
        return Some(Expanded { kind, terms: all.iter().map(Monomial::to_expr).collect(), together: true });
    }
    let rest = match size {
        2 => base.clone(),
        size => nowhere(Node::Power(Box::new(base.clone()), Box::new(small(size - 1)))),
    };
    let product = nowhere(Node::Product(Box::new(base.clone()), Times::Implied, Box::new(rest)));
    Some(Expanded { kind: StepKind::PowerAsProduct, terms: vec![product], together: false })
}

fn product(body: &Expr) -> Option<Expanded> {
    let all = factors(body);
    // A power of a sum first, then two brackets, then what stands before one.
    for (at, factor) in all.iter().enumerate() {
        if let Node::Power(base, _) = &factor.node
            && as_sum(base).is_some()
        {
            let found = expanded(factor, false)?;
            let bracket = nowhere(Node::Bracket(Box::new(sum_of(found.terms))));
            let with = all.iter().enumerate().map(
                |(index, other)| {
                    if index == at { bracket.clone() } else { (*other).clone() }
                },
            );
            return Some(Expanded { kind: found.kind, terms: vec![product_of(with)], together: false });
        }
    }
    let brackets: Vec<usize> =
        all.iter().enumerate().filter(|(_, part)| as_sum(part).is_some()).map(|(at, _)| at).collect();
    match brackets.as_slice() {
        [] => None,
        [only] => {
            let inner = as_sum(all.get(*only)?)?;
            let others: Vec<Expr> =
                all.iter().enumerate().filter(|(at, _)| at != only).map(|(_, part)| (*part).clone()).collect();
            let factor = product_of(others);
            let factor_worth = Monomial::of(&factor);
            let multiplied =
                terms(inner).into_iter().map(|term| times(&factor, factor_worth.as_ref(), &term.to_expr()));
            Some(Expanded { kind: StepKind::Distribute, terms: multiplied.collect(), together: false })
        }
        [first, second, ..] => {
            let (kind, terms) = brackets_multiplied(as_sum(all.get(*first)?)?, as_sum(all.get(*second)?)?);
            if all.len() == 2 {
                return Some(Expanded { kind, terms, together: true });
            }
            let bracket = nowhere(Node::Bracket(Box::new(sum_of(terms))));
            let with = all
                .iter()
                .enumerate()
                .filter(|(at, _)| at != second)
                .map(|(at, other)| if at == *first { bracket.clone() } else { (*other).clone() });
            Some(Expanded { kind, terms: vec![product_of(with)], together: false })
        }
    }
}

/// The product of a factor and a term with its sign.
fn times(factor: &Expr, worth: Option<&Monomial>, term: &Expr) -> Expr {
    if let (Some(worth), Some(other)) = (worth, Monomial::of(term))
        && let Some(product) = worth.times(&other)
    {
        return product.to_expr();
    }
    match &term.node {
        Node::Negative(size) => negated(times(factor, worth, size)),
        _ => product_of([factor.clone(), later_factor(term.clone())]),
    }
}

/// `(a+b)(c+d)` → `ac+ad+bc+bd`, `(a+b)(a−b)` → `a²−b²`
fn brackets_multiplied(left: &Expr, right: &Expr) -> (StepKind, Vec<Expr>) {
    let (a, b) = (terms(left), terms(right));
    let worth = |parts: &[crate::rewrite::Signed<'_>]| -> Option<Vec<Monomial>> {
        parts.iter().map(|term| Monomial::of(&term.to_expr())).collect()
    };
    if let (Some([a, b]), Some([c, d])) = (worth(&a).as_deref(), worth(&b).as_deref())
        && a.letters == c.letters
        && a.coefficient == c.coefficient
        && b.letters == d.letters
        && (&b.coefficient + &d.coefficient) == Default::default()
        && let (Some(square), Some(other)) = (a.times(a), b.times(b))
    {
        return (StepKind::SumTimesDifference, vec![square.to_expr(), other.negated().to_expr()]);
    }
    let all = a.iter().flat_map(|first| {
        let first = first.to_expr();
        let worth = Monomial::of(&first);
        b.iter().map(move |second| times(&first, worth.as_ref(), &second.to_expr()))
    });
    (StepKind::MultiplyBrackets, all.collect())
}

/// True for a number 1 that a factor may be left out for.
pub(super) fn is_one(worth: &Monomial) -> bool {
    worth.is_number() && worth.coefficient.is_one()
}
