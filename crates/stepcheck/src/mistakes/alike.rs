//! Whether two lines of the same worth are also written alike: `21/27` like `(3·7)/(3·9)` and not like `7/9`.

use crate::rewrite::{At, Probe, factors, is_near, near, terms};
use crate::tree::{Expr, Node, Statement};

/// True if every side has as many terms, and the numerators and denominators of each are worth the same. Whole numbers and
/// decimals of `a` may have been worked out: `−2−2` is also written −4.
pub(super) fn are_alike(a: &Statement, b: &Statement) -> bool {
    let (first, second): (Vec<&Expr>, Vec<&Expr>) = (a.sides().collect(), b.sides().collect());
    let same = |mut pairs: std::iter::Zip<std::slice::Iter<'_, &Expr>, std::slice::Iter<'_, &Expr>>| {
        pairs.all(|(a, b)| sides_alike(a, b))
    };
    let turned: Vec<&Expr> = second.iter().rev().copied().collect();
    first.len() == second.len() && (same(first.iter().zip(&second)) || same(first.iter().zip(&turned)))
}

/// True if both have as many sides, and each of one as many terms as that of the other.
pub(super) fn have_as_many_terms(a: &Statement, b: &Statement) -> bool {
    let counts =
        |statement: &Statement| statement.sides().map(|side| terms(side.unwrapped()).len()).collect::<Vec<_>>();
    counts(a) == counts(b)
}

/// True if a side of `line` is a fraction of whole numbers that could be reduced, and the same side of `a` a sum with a
/// fraction that does not go into its denominator: whoever adds `1/4+3/4` writes 4/4 or 1, and 5/5 only by chance.
pub(super) fn is_worth_it_by_chance(a: &Statement, line: &Statement) -> bool {
    a.sides().zip(line.sides()).any(|(sum, side)| {
        let Node::Quotient(top, _, bottom) = &side.unwrapped().node else { return false };
        let (Some(top), Some(bottom)) = (whole(top), whole(bottom)) else { return false };
        let added = terms(sum.unwrapped());
        let goes_in = |below: f64| bottom % below == 0.0;
        added.len() > 1
            && has_common_factor(top, bottom)
            && added.iter().any(|term| match &term.body.unwrapped().node {
                Node::Quotient(_, _, below) => whole(below).is_some_and(|below| !goes_in(below)),
                _ => false,
            })
    })
}

/// A whole number above 0 that a sum of numbers comes to, up to a million.
fn whole(expr: &Expr) -> Option<f64> {
    let value = expr.is_numeric().then(|| near(expr, At::round(0)))?;
    (value.fract() == 0.0 && (1.0..=1e6).contains(&value)).then_some(value)
}

fn has_common_factor(mut a: f64, mut b: f64) -> bool {
    while b > 0.0 {
        (a, b) = (b, a % b);
    }
    a > 1.0
}

/// True if every side has the terms that it has above, in any order and with any signs.
pub(super) fn has_terms_of<'e>(
    mut line: impl Iterator<Item = &'e Expr>,
    mut above: impl Iterator<Item = &'e Expr>,
) -> bool {
    loop {
        match (line.next(), above.next()) {
            (Some(line), Some(above)) if have_terms_but_for_signs(line, above) => {}
            (None, None) => return true,
            _ => return false,
        }
    }
}

fn have_terms_but_for_signs(a: &Expr, b: &Expr) -> bool {
    let probes = |side| terms(side).into_iter().map(|term| Probe::of(term.body)).collect::<Option<Vec<_>>>();
    let (Some(mut left), Some(others)) = (probes(a), probes(b)) else { return false };
    let taken = others.iter().all(|term| {
        let at = left.iter().position(|other| term.agrees_but_for_sign(other));
        at.map(|at| left.swap_remove(at)).is_some()
    });
    taken && left.is_empty()
}

fn sides_alike(a: &Expr, b: &Expr) -> bool {
    let is_plain = a.is_numeric() && !a.any(&|part| matches!(part.node, Node::Quotient(..)));
    let written = terms(b.unwrapped());
    if let ([only], true) = (written.as_slice(), is_plain)
        && matches!(only.body.unwrapped().node, Node::Number(_))
    {
        return is_near(near(a, At::round(0)), near(b, At::round(0)));
    }
    let (mut first, mut second) = (Vec::new(), Vec::new());
    gather(a, false, &mut first);
    gather(b, false, &mut second);
    first.len() == second.len()
        && first.iter().zip(&second).all(|((negative, a), (other, b))| {
            let ((top, bottom), (above, below)) = (parts(a), parts(b));
            let sign = if negative == other { 1.0 } else { -1.0 };
            is_near(top, sign * above) && is_near(bottom, below)
        })
}

/// The terms with their signs, those in brackets too: a tree that was put together has none where a line needs them.
fn gather<'e>(expr: &'e Expr, negative: bool, found: &mut Vec<(bool, &'e Expr)>) {
    for term in terms(expr.unwrapped()) {
        let negative = negative != term.negative;
        match &term.body.node {
            Node::Bracket(inner) => gather(inner, negative, found),
            _ => found.push((negative, term.body)),
        }
    }
}

/// What stands above and below the fraction bars of a term.
fn parts(term: &Expr) -> (f64, f64) {
    factors(term.unwrapped()).into_iter().fold((1.0, 1.0), |(above, below), factor| match &factor.unwrapped().node {
        Node::Quotient(top, _, bottom) => (above * near(top, At::round(0)), below * near(bottom, At::round(0))),
        _ => (above * near(factor, At::round(0)), below),
    })
}
