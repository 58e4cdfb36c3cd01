//! Several cases: `x = 2 eller x = 3`, `x = ±3`, and inequalities joined by «och».

use super::relations::{Sides, against_zero, pair, zero_factors};
use super::trail::Trail;
use super::values::{is_zero, minus, number_between, times};
use super::written::{alike, bare, open_terms};
use super::{align, is_double, roots, statements};
use crate::account::{StepArea, StepKind};
use crate::exact::Fraction;
use crate::rewrite::with_sign;
use crate::tree::{Expr, Node, PlusMinus, Sign, Statement};

/// More cases are not compared with each other.
const MOST_CASES: usize = 8;

/// Notes what leads from one statement to another if one of them has several cases.
pub(super) fn between(trail: &mut Trail, above: &Statement, line: &Statement) {
    let (Some(from), Some(to)) = (cases(above), cases(line)) else { return trail.unnamed() };
    if from.len().max(to.len()) > MOST_CASES {
        return trail.unnamed();
    }
    let (doubled, still) = (above.sides().any(is_double), line.sides().any(is_double));
    if doubled && still && same_shape(trail, above, line) {
        return;
    }
    if doubled && !still && from.len() == to.len() {
        trail.note(StepKind::SplitPlusMinus);
        return matched(trail, &from, &to, true);
    }
    match from.as_slice() {
        [only] if to.len() > 1 || still => split(trail, only, &to, line),
        _ if is_chain(above) || is_chain(line) => chains(trail, above, line),
        // A value and a relation.
        [_] if to.len() == 1 => trail.unnamed(),
        _ => matched(trail, &from, &to, true),
    }
}

/// The cases, those of `±` written out.
fn cases(statement: &Statement) -> Option<Vec<Statement>> {
    let parts = match statement {
        Statement::Or(parts) | Statement::List(parts) => parts.as_slice(),
        Statement::All(_) | Statement::None(_) => return None,
        other => std::slice::from_ref(other),
    };
    let mut found = Vec::new();
    for part in parts {
        if part.sides().any(is_double) {
            found.extend(
                [PlusMinus::Plus, PlusMinus::Minus].map(|sign| part.map_sides(&mut |side| with_sign(side, sign))),
            );
        } else {
            found.push(part.clone());
        }
    }
    Some(found)
}

/// `a±b` as the sum of `a` and `±b`.
fn plus_double(expr: &Expr) -> Expr {
    let mut one = expr.map_parts(&mut plus_double);
    one.node = match one.node {
        Node::SumOrDifference(a, sign, b) => {
            let place = b.place;
            Node::Sum(a, Box::new(Expr::new(place, Node::EitherSign(sign, b))))
        }
        other => other,
    };
    one
}

/// `x = 5/2±√(1/4)` → `x = 5/2±1/2`
fn same_shape(trail: &mut Trail, above: &Statement, line: &Statement) -> bool {
    let (Some(from), Some(to)) = (Sides::of(above), Sides::of(line)) else { return false };
    let (Some((name, value)), Some((other, result))) = (from.both(), to.both()) else { return false };
    let mut branch = trail.branch();
    if alike(name, other) {
        align::inside(&mut branch, value, result);
    } else {
        // As a letter `±2` is moved as any other term.
        let (one, two) = (above.map_sides(&mut plus_double), line.map_sides(&mut plus_double));
        if let (Some(from), Some(to)) = (Sides::of(&one), Sides::of(&two)) {
            pair(&mut branch, &from, &to);
        }
    }
    if branch.is_named() && !branch.is_empty() {
        trail.take(branch, None);
        return true;
    }
    trail.leave(&mut branch);
    false
}

fn is_chain(statement: &Statement) -> bool {
    matches!(statement, Statement::Relation { rest, .. } if rest.len() > 1) || matches!(statement, Statement::And(_))
}

/// `1 < x < 3` and `x > 1 och x < 3`; otherwise the inequality was solved.
fn chains(trail: &mut Trail, above: &Statement, line: &Statement) {
    let (from, to) = (links(above), links(line));
    if let ([only], [_, _, ..]) = (from.as_slice(), to.as_slice()) {
        return split(trail, only, &to, line);
    }
    let read = |one: &Statement, two: &Statement| {
        one == two || matches!((Sides::of(one), Sides::of(two)), (Some(one), Some(two)) if is_turned(&one, &two))
    };
    if from.len() == to.len()
        && is_chain_relation(above) != is_chain_relation(line)
        && from.iter().all(|one| to.iter().any(|two| read(one, two)))
    {
        return trail.note(StepKind::SplitChain);
    }
    if from.len() == 1 && to.len() == 1 {
        return trail.unnamed();
    }
    if from.len() != to.len() {
        return if from.len() > to.len() { trail.note(StepKind::DropCase) } else { trail.unnamed() };
    }
    let written = |statement: &Statement| matches!(statement, Statement::Relation { .. });
    let other_form = written(above) != written(line);
    let begun = trail.size();
    matched(trail, &from, &to, false);
    if other_form {
        trail.note_as(StepKind::SplitChain, u32::from(trail.size() == begun));
    }
}

fn is_chain_relation(statement: &Statement) -> bool {
    matches!(statement, Statement::Relation { .. })
}

/// True if one is the other read from the other side.
fn is_turned(one: &Sides<'_>, two: &Sides<'_>) -> bool {
    let turned = two.swapped();
    one.signs == turned.signs && one.sides.iter().zip(&turned.sides).all(|(one, two)| alike(one, two))
}

/// The single relations that are joined by «och» or stand in one chain.
fn links(statement: &Statement) -> Vec<Statement> {
    match statement {
        Statement::And(parts) => parts.iter().flat_map(links).collect(),
        Statement::Relation { first, rest } if rest.len() > 1 => {
            let mut left = first;
            let pairs = rest.iter().map(|(sign, side)| {
                let link = Statement::Relation { first: left.clone(), rest: vec![(*sign, side.clone())] };
                left = side;
                link
            });
            pairs.collect()
        }
        other => vec![other.clone()],
    }
}

/// Each part became one of the others, or was left out. The parts are `cases`, or hold together: then what was done with
/// one of them is told as what was done.
fn matched(trail: &mut Trail, from: &[Statement], to: &[Statement], cases: bool) {
    let mut left: Vec<&Statement> = to.iter().collect();
    let (mut most, mut solved, mut open) = (0, false, Vec::new());
    for one in from {
        if let Some(at) = left.iter().position(|two| *two == one) {
            left.remove(at);
            continue;
        }
        let found = left.iter().enumerate().find_map(|(at, two)| {
            let mut branch = trail.branch();
            statements(&mut branch, one, two);
            let fits = branch.is_named() && !branch.has(StepKind::SolveEquation) && !branch.has(StepKind::AllOrNone);
            if fits {
                return Some((at, branch));
            }
            trail.leave(&mut branch);
            None
        });
        let Some((at, branch)) = found else {
            open.push(one);
            continue;
        };
        left.remove(at);
        most = most.max(branch.size());
        let moves = cases && branch.is_solving();
        solved |= moves;
        if moves {
            let mut branch = branch;
            trail.leave(&mut branch);
        } else {
            trail.take(branch, Some(0));
        }
    }
    match (open.as_slice(), left.as_slice()) {
        ([], []) => {}
        (_, []) if to.len() < from.len() => trail.note(StepKind::DropCase),
        ([one], rest) if rest.len() > 1 => {
            let rest: Vec<Statement> = rest.iter().map(|two| (*two).clone()).collect();
            let line = Statement::any_of(rest.clone());
            split(trail, one, &rest, &line);
        }
        _ => return solved_in_one_go(trail, to),
    }
    if solved {
        trail.note_as(StepKind::SolveEachCase, most.max(1));
    } else {
        trail.grow(most);
    }
}

fn solved_in_one_go(trail: &mut Trail, to: &[Statement]) {
    if to.iter().all(is_solved) { trail.note_as(StepKind::SolveEquation, 3) } else { trail.unnamed() }
}

fn is_solved(statement: &Statement) -> bool {
    Sides::of(statement).is_some_and(|sides| sides.isolated().is_some() || sides.sides.len() == 3)
        || matches!(statement, Statement::And(parts) if parts.iter().all(is_solved))
}

/// One equation that became several cases.
fn split(trail: &mut Trail, above: &Statement, to: &[Statement], line: &Statement) {
    use StepKind as K;
    let Some(from) = Sides::of(above) else { return solved_in_one_go(trail, to) };
    if from.signs.iter().any(|sign| !matches!(sign, Sign::Equal | Sign::Approximately)) {
        let solved = to.iter().all(is_solved);
        if from.sides.iter().any(|side| side.any(&|part| matches!(part.node, Node::Abs(_)))) {
            trail.note(K::SplitSize);
            return trail.note(K::SolveEachCase);
        }
        return trail.note_as(K::StudySigns, if solved { 2 } else { 1 });
    }
    let Some(parts) = to.iter().map(Sides::of).collect::<Option<Vec<Sides<'_>>>>() else { return trail.unnamed() };
    let rounded = parts.iter().any(|part| part.signs.contains(&Sign::Approximately));
    if sizes(trail, &from, &parts) || zero_product(trail, &from, &parts) || roots::taken(trail, &from, &parts) {
    } else if let Some(call) = trigonometric(&from).filter(|_| to.iter().all(is_solved)) {
        trail.note(call);
    } else if is_formula(trail, &from, &parts, line) {
        trail.note(K::QuadraticFormula);
        if !line.sides().any(|side| side.any(&|part| matches!(part.node, Node::Root { .. }))) {
            trail.note(K::WorkOutRoot);
        }
    } else if to.iter().all(is_solved) {
        trail.note_as(K::SolveEquation, 3);
    } else {
        factors(trail, &from, &parts);
    }
    if rounded {
        trail.note(K::Round);
    }
}

pub(super) fn differences(trail: &mut Trail, parts: &[Sides<'_>]) -> Option<Vec<Fraction>> {
    parts.iter().map(|part| part.difference(trail)).collect()
}

/// True if every case is that something is zero just as it is written there.
fn as_written(trail: &mut Trail, parts: &[Sides<'_>], factors: &[&Expr]) -> bool {
    parts
        .iter()
        .all(|part| against_zero(trail, part).is_some_and(|side| factors.iter().any(|factor| alike(side, factor))))
        || parts.iter().all(|part| {
            part.sides.iter().any(|side| factors.iter().any(|factor| alike(side, factor)))
                && part.sides.iter().any(|side| trail.values.fraction(side).is_some_and(|value| is_zero(&value)))
        })
}

/// `x(x−5) = 0` → `x = 0 eller x−5 = 0`
fn zero_product(trail: &mut Trail, from: &Sides<'_>, parts: &[Sides<'_>]) -> bool {
    let Some(side) = against_zero(trail, from) else { return false };
    let product = zero_factors(side);
    let Some(zeros) = differences(trail, parts) else { return false };
    if product.len() < 2 {
        return false;
    }
    let values: Vec<Fraction> = product.iter().filter_map(|factor| trail.values.fraction(factor)).collect();
    let of_product = zeros.iter().all(|zero| values.iter().any(|value| number_between(value, zero).is_some()));
    if !of_product {
        return false;
    }
    trail.note(StepKind::ZeroProduct);
    if !as_written(trail, parts, &product) {
        trail.note(StepKind::SolveEachCase);
    }
    true
}

/// `|x−1| = 3` → `x−1 = 3 eller x−1 = −3`
fn sizes(trail: &mut Trail, from: &Sides<'_>, parts: &[Sides<'_>]) -> bool {
    let Some((left, right)) = from.both() else { return false };
    let (inner, other) = match (&bare(left).node, &bare(right).node) {
        (Node::Abs(inner), _) => (bare(inner), right),
        (_, Node::Abs(inner)) => (bare(inner), left),
        _ => return false,
    };
    let (Some(inside), Some(size)) = (trail.values.fraction(inner), trail.values.fraction(other)) else { return false };
    let Some(zeros) = differences(trail, parts) else { return false };
    let both = [minus(inside.clone(), size.clone()), minus(inside, size.negated())];
    let all = zeros.iter().all(|zero| both.iter().flatten().any(|value| number_between(value, zero).is_some()));
    if all {
        trail.note(StepKind::SplitSize);
        if !parts.iter().all(|part| part.sides.iter().any(|side| alike(side, inner))) {
            trail.note(StepKind::SolveEachCase);
        }
    }
    all
}

fn trigonometric(from: &Sides<'_>) -> Option<StepKind> {
    use crate::tree::Function as F;
    let is_call = |side: &&Expr| matches!(&bare(side).node, Node::Call(call) if matches!(call.function, F::Sin | F::Cos | F::Tan));
    from.sides.iter().any(is_call).then_some(StepKind::InverseFunction)
}

/// An equation of the second degree and values with `±` or a root that was worked out of its numbers.
fn is_formula(trail: &mut Trail, from: &Sides<'_>, parts: &[Sides<'_>], line: &Statement) -> bool {
    let Some(name) = parts.first().and_then(Sides::isolated) else { return false };
    let Some(difference) = from.difference(trail) else { return false };
    let degrees = difference.top.by_powers_of(name).len();
    let has_root = line.sides().any(|side| side.any(&|part| matches!(part.node, Node::Root { .. })));
    let plus_minus = line.sides().any(is_double);
    let halves = parts
        .iter()
        .all(|part| part.isolated() == Some(name) && part.sides.iter().any(|side| open_terms(side).len() > 1));
    degrees == 3 && difference.bottom.names().all(|own| own != name) && halves && (has_root || plus_minus)
}

/// Cases that are the factors of an equation whose sides are no product yet.
fn factors(trail: &mut Trail, from: &Sides<'_>, parts: &[Sides<'_>]) {
    use StepKind as K;
    let (Some(difference), Some(zeros)) = (from.difference(trail), differences(trail, parts)) else {
        return trail.unnamed();
    };
    let product =
        zeros.iter().try_fold(Fraction::constant(crate::exact::Exact::ONE), |product, zero| times(&product, zero));
    let whole = Fraction::whole(difference.top);
    if product.is_none_or(|product| number_between(&whole, &product).is_none()) {
        return trail.unnamed();
    }
    if against_zero(trail, from).is_none() {
        trail.note(K::CollectOnOneSide);
    }
    trail.note(K::FactorPolynomial);
    trail.note(K::ZeroProduct);
}

/// True if a step between two relations was taken in it, not only within their sides.
pub(super) const fn is_solving(area: StepArea) -> bool {
    matches!(area, StepArea::Equations | StepArea::Inequalities | StepArea::Quadratics)
}

/// Tries `pair` on a branch; what it found if everything has a name.
pub(super) fn tried(trail: &mut Trail, from: &Sides<'_>, to: &Sides<'_>) -> Option<Trail> {
    let mut branch = trail.branch();
    pair(&mut branch, from, to);
    if branch.is_named() && !branch.has(StepKind::SolveEquation) && !branch.has(StepKind::AllOrNone) {
        return Some(branch);
    }
    trail.leave(&mut branch);
    None
}
