//! Equations and inequalities: moving terms, getting rid of a factor.

use num_integer::Integer;

use super::super::monomial::{exact, integer, literal, signed, whole};
use super::MAX_PARTS;
use crate::account::Misconception as M;
use crate::exact::Exact;
use crate::rewrite::{Signed, factors, negated, product_of, quotient, sum_of, terms};
use crate::tree::{Expr, Node, Sign};

/// Two sides and what is claimed of them.
#[derive(Debug, Clone)]
pub(in super::super) struct Sides {
    pub(in super::super) left: Expr,
    pub(in super::super) sign: Sign,
    pub(in super::super) right: Expr,
}

/// What two sides are made to by a wrong rule.
pub(in super::super) struct Changed {
    pub(in super::super) rule: M,
    pub(in super::super) sides: Sides,
    /// The same done right, if it shows which part of the wrong one broke.
    pub(in super::super) right: Option<Sides>,
    /// Whether it explains a line only if every side is as it says: what follows from it also follows from a slip.
    pub(in super::super) strict: bool,
}

impl Sides {
    pub(in super::super) fn mirrored(&self) -> Self {
        Self { left: self.right.clone(), sign: self.sign.flipped(), right: self.left.clone() }
    }
}

/// The wrong rewrites of two sides.
pub(in super::super) fn on_sides(sides: &Sides, found: &mut Vec<Changed>) {
    for sides in [sides.clone(), sides.mirrored()] {
        let (left, right) = (terms(&sides.left), terms(&sides.right));
        if left.len() + right.len() > MAX_PARTS {
            return;
        }
        moved(&sides, &left, &right, found);
        if let Some(factor) = Factor::of(&sides.left) {
            undone(&sides, &factor, found);
        }
        if left.len() + right.len() > 2 {
            partly(&sides, &left, &right, found);
        }
    }
}

fn without(terms: &[Signed<'_>], at: usize) -> Expr {
    super::with_term(terms, at, [])
}

/// `x+a = b → x = b+a`: a term changes sides and keeps its sign. Also one from each side.
fn moved(sides: &Sides, left: &[Signed<'_>], right: &[Signed<'_>], found: &mut Vec<Changed>) {
    if left.len() == 1 && right.len() == 1 {
        return;
    }
    let relation = |left: Expr, right: Expr| Sides { left, sign: sides.sign, right };
    for (at, term) in left.iter().enumerate() {
        let rest = without(left, at);
        let to = |new: Expr| sum_of([sides.right.clone(), new]);
        // The only terms with letters moved to the numbers: all that is left of it in the end is another sign.
        let strict = !term.body.is_numeric() && sides.right.is_numeric();
        found.push(Changed {
            strict,
            rule: M::MoveWithoutSign,
            sides: relation(rest.clone(), to(term.to_expr())),
            right: Some(relation(rest.clone(), to(negated(term.to_expr())))),
        });
        // A number to the one side and a letter to the other.
        let backs = right.iter().enumerate().filter(|(_, back)| back.body.is_numeric() != term.body.is_numeric());
        for (other, back) in backs.filter(|_| left.len() > 1 && right.len() > 1) {
            let left = sum_of([rest.clone(), back.to_expr()]);
            let right = sum_of([without(right, other), term.to_expr()]);
            found.push(Changed { rule: M::MoveWithoutSign, sides: relation(left, right), right: None, strict });
        }
    }
}

/// A side that is `top/bottom` times something.
struct Factor {
    top: Exact,
    bottom: Exact,
    of: Expr,
}

impl Factor {
    /// `None` if there is no number to get rid of.
    fn of(side: &Expr) -> Option<Self> {
        let mut found = Self { top: Exact::ONE, bottom: Exact::ONE, of: integer(1) };
        let mut rest = Vec::new();
        let [term] = terms(side)[..] else { return None };
        if term.negative {
            found.top = Exact::Small(-1, 1);
        }
        found.gather(term.body, &mut rest);
        if rest.is_empty() || found.top.is_zero() || (found.top.is_one() && found.bottom.is_one()) {
            return None;
        }
        found.of = product_of(rest);
        Some(found)
    }

    fn gather(&mut self, expr: &Expr, rest: &mut Vec<Expr>) {
        if let Node::Quotient(top, _, bottom) = &expr.node
            && let Some(value) = literal(bottom).filter(|value| !value.is_zero())
        {
            self.bottom = &self.bottom * &value;
            return self.gather(top.unwrapped(), rest);
        }
        for factor in factors(expr) {
            match (literal(factor), &factor.unwrapped().node) {
                (Some(value), _) => self.top = &self.top * &value,
                (None, Node::Quotient(..)) if !std::ptr::eq(factor, expr) => self.gather(factor.unwrapped(), rest),
                (None, Node::Negative(inner)) => {
                    self.top = -&self.top;
                    self.gather(inner, rest);
                }
                _ => rest.push(factor.clone()),
            }
        }
    }

    fn value(&self) -> Exact {
        &self.top / &self.bottom
    }
}

/// `ax = b`: the factor is not divided by, but something else is done with it.
fn undone(sides: &Sides, factor: &Factor, found: &mut Vec<Changed>) {
    let value = factor.value();
    let negative = !value.is_positive();
    let b = &sides.right;
    let times = |value: &Exact| product_of([exact(value), b.clone()]);
    let sign = if negative { sides.sign.flipped() } else { sides.sign };
    let right = Sides { left: factor.of.clone(), sign, right: times(&(&Exact::ONE / &value)) };
    let mut add = |rule, left: Expr, new: Expr, plain: bool| {
        for sign in [sides.sign, sides.sign.flipped()] {
            // Whether the sign of an inequality was turned is another question, where it has to be.
            if sign == sides.sign || negative {
                let sides = Sides { left: left.clone(), sign, right: new.clone() };
                found.push(Changed { rule, sides, right: plain.then(|| right.clone()), strict: false });
            }
            if sign == sign.flipped() {
                break;
            }
        }
    };
    if negative {
        add(M::DivideLostSign, factor.of.clone(), times(&(&Exact::ONE / &value.abs())), true);
    }
    if value.abs().is_one() {
        return;
    }
    if factor.bottom.is_one() && value.is_whole() {
        let subtracted = sum_of([b.clone(), signed(!negative, exact(&value.abs()))]);
        add(M::SubtractCoefficient, factor.of.clone(), subtracted, true);
        // 4x = 1 gives 4 both by multiplying and by dividing the wrong way.
        add(M::DivideSwapped, factor.of.clone(), quotient(exact(&value), b.clone()), true);
    }
    add(M::WrongInverseMulDiv, factor.of.clone(), times(&value), true);
    if !factor.bottom.is_one() && !factor.top.abs().is_one() {
        let (top, below) = (factor.top.clone(), &Exact::ONE / &factor.bottom);
        add(M::WrongInverseMulDiv, product_of([exact(&top), factor.of.clone()]), times(&below), false);
        add(M::WrongInverseMulDiv, product_of([exact(&below), factor.of.clone()]), times(&top), false);
    }
    add(M::OperateOnSomeTerms, factor.of.clone(), b.clone(), true);
}

/// `ax+b = c → x+b = c/a`: not every term is divided, or multiplied.
fn partly(sides: &Sides, left: &[Signed<'_>], right: &[Signed<'_>], found: &mut Vec<Changed>) {
    for (by, source) in operations(left, right) {
        skipping(sides, (left, right), &by, source, found);
    }
}

/// `x+y = 5 → 2x+2y = 5`: an equation is multiplied by a number of one digit, and one term is not.
pub(in super::super) fn on_scaled(sides: &Sides, found: &mut Vec<Changed>) {
    let (left, right) = (terms(&sides.left), terms(&sides.right));
    let count = left.len() + right.len();
    if !(3..=MAX_PARTS).contains(&count) {
        return;
    }
    for by in (2..=9).chain([-1]) {
        skipping(sides, (&left, &right), &integer(by), None, found);
    }
}

/// All terms but one divided by `by` if they have it from term number `source`, otherwise multiplied; and that one alone.
fn skipping(
    sides: &Sides,
    (left, right): (&[Signed<'_>], &[Signed<'_>]),
    by: &Expr,
    source: Option<usize>,
    found: &mut Vec<Changed>,
) {
    let negative = literal(by).is_some_and(|value| !value.is_positive());
    let sign = if negative { sides.sign.flipped() } else { sides.sign };
    let side = |terms: &[Signed<'_>], skipped: &dyn Fn(usize) -> bool, from: usize| {
        sum_of(terms.iter().enumerate().map(|(at, term)| {
            let done =
                if skipped(at + from) { term.body.clone() } else { by_operation(by, term.body, source.is_some()) };
            signed(term.negative, done)
        }))
    };
    let all = |skipped: &dyn Fn(usize) -> bool| Sides {
        left: side(left, skipped, 0),
        sign,
        right: side(right, skipped, left.len()),
    };
    let done = all(&|_| false);
    let mut add = |sides, right| found.push(Changed { rule: M::OperateOnSomeTerms, sides, right, strict: true });
    for skipped in (0..left.len() + right.len()).filter(|skipped| source != Some(*skipped)) {
        add(all(&|at| at == skipped), Some(done.clone()));
    }
    if let Some(source) = source {
        add(all(&|at| at != source), None);
    }
}

/// What both sides may be divided by, with the number of the term it comes from, and multiplied by.
fn operations(left: &[Signed<'_>], right: &[Signed<'_>]) -> Vec<(Expr, Option<usize>)> {
    let mut found: Vec<(Expr, Option<usize>)> = Vec::new();
    let (mut common, mut bottoms) = (1_i64, 0);
    for (at, term) in left.iter().chain(right).enumerate() {
        if let Some(factor) = Factor::of(term.body).filter(|factor| factor.bottom.is_one() && factor.top.is_whole()) {
            let value = if term.negative { -&factor.top } else { factor.top };
            if !value.abs().is_one() {
                found.push((exact(&value), Some(at)));
            }
        }
        if let Node::Quotient(_, _, bottom) = &term.body.unwrapped().node {
            found.push((bottom.unwrapped().clone(), None));
            if let Some(value) = whole(bottom).filter(|value| (1..1000).contains(value)) {
                common = common.lcm(&value).min(100_000);
                bottoms += 1;
            }
        }
    }
    if bottoms > 1 {
        found.push((integer(common), None));
    }
    found.dedup_by(|later, kept| later == kept);
    found.truncate(6);
    found
}

fn by_operation(by: &Expr, of: &Expr, divides: bool) -> Expr {
    if divides { quotient(of.clone(), by.clone()) } else { product_of([by.clone(), of.clone()]) }
}
