//! Mistakes in lines of several parts: systems, several cases, and chains of inequalities. The parts that are right are set
//! aside; what is left of the line is explained by what is left of the line above.

use super::rules::Sides;
use super::search::Search;
use super::seen::{Fit, Seen, sides_of};
use super::{Mistake, broken, mistake_of_slip, slips};
use crate::account::{Cause, Misconception};
use crate::compare::compare_within;
use crate::policy::Policy;
use crate::rewrite::with_name;
use crate::tree::{Expr, Name, Node, Sign, Statement};
use crate::unreadable::Place;

/// Lines of more parts are not looked at.
const MAX_PARTS: usize = 6;
/// Nor those of which more are wrong.
const MAX_WRONG: usize = 3;
/// What a right step that is left out costs: more than any fit.
const LEFT_OUT: u8 = 3;

/// How the parts of a line belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joined {
    /// All of them hold.
    All,
    /// One of them holds.
    Any,
    /// `1 < x < 3`: two relations for three sides.
    Chain,
    /// There is one only.
    One,
}

fn parts_of(statement: &Statement) -> Option<(Joined, Vec<Statement>)> {
    let joined = match statement {
        Statement::Or(_) => Joined::Any,
        Statement::And(_) => Joined::All,
        Statement::List(_) if statement.names().len() == 1 => Joined::Any,
        Statement::List(_) => Joined::All,
        Statement::Relation { first, rest } if rest.len() > 1 => return Some((Joined::Chain, links(first, rest)?)),
        Statement::Relation { .. } => Joined::One,
        _ => return None,
    };
    Some((joined, statement.joined().to_vec()))
}

/// `1 < x` and `x < 3` for `1 < x < 3`; `None` for a chain of equal sides.
fn links(first: &Expr, rest: &[(Sign, Expr)]) -> Option<Vec<Statement>> {
    let ordered = rest.iter().all(|(sign, _)| sign.flipped() != *sign);
    let befores = std::iter::once(first).chain(rest.iter().map(|(_, side)| side));
    let link = |(before, (sign, side)): (&Expr, &(Sign, Expr))| Statement::Relation {
        first: before.clone(),
        rest: vec![(*sign, side.clone())],
    };
    ordered.then(|| befores.zip(rest).map(link).collect())
}

/// A wrong part of the line with the parts above that it may come from.
struct Wrong<'s> {
    above: Vec<&'s Statement>,
    part: Statement,
}

/// What is known of a wrong line of several parts, or below one.
pub(super) fn between(above: &Statement, line: &Statement, policy: &Policy) -> Mistake {
    let (Some((joined, from)), Some((own, to))) = (parts_of(above), parts_of(line)) else {
        return Mistake::default();
    };
    let fits = joined == own || joined != Joined::Chain && own == Joined::One;
    if !fits || joined == Joined::One || from.len().max(to.len()) > MAX_PARTS {
        return Mistake::default();
    }
    let wrong = wrong_parts(joined, &from, &to, policy);
    if wrong.is_empty() || wrong.len() > MAX_WRONG {
        return Mistake::default();
    }
    let found: Vec<Mistake> = if joined == Joined::All {
        let derived = combined(&from);
        wrong.iter().map(|one| of_part(one, wrong.len(), Some(&derived), policy)).collect()
    } else {
        wrong.iter().map(|one| of_part(one, wrong.len(), None, policy)).collect()
    };
    together(&found)
}

/// One cause for all wrong parts, or none.
fn together(found: &[Mistake]) -> Mistake {
    let Some(first) = found.first() else { return Mistake::default() };
    if found.iter().any(|other| other.cause != first.cause) {
        return Mistake::default();
    }
    let places: Option<Vec<Place>> = found.iter().map(|one| one.broken).collect();
    Mistake { broken: places.and_then(|places| places.into_iter().reduce(Place::to)), ..*first }
}

/// The parts of the line that are not right, each with what it may come from.
fn wrong_parts<'s>(joined: Joined, from: &'s [Statement], to: &[Statement], policy: &Policy) -> Vec<Wrong<'s>> {
    let mut left: Vec<&Statement> = from.iter().collect();
    let mut open: Vec<&Statement> = to.iter().collect();
    open.retain(|part| match left.iter().position(|own| claims_the_same(own, part)) {
        Some(at) => {
            left.remove(at);
            false
        }
        None => true,
    });
    if open.len() == left.len() {
        let pairs = left.into_iter().zip(open);
        let wrong = pairs.filter(|(above, part)| !compare_within(above, part, policy).is_equal());
        return wrong.map(|(above, part)| Wrong { above: vec![above], part: part.clone() }).collect();
    }
    match (joined, left.as_slice()) {
        (Joined::Any, [only]) if !open.is_empty() => {
            let part = Statement::any_of(open.into_iter().cloned().collect());
            vec![Wrong { above: vec![only], part }]
        }
        (Joined::All, [_, _, ..]) => {
            open.into_iter().map(|part| Wrong { above: left.clone(), part: part.clone() }).collect()
        }
        _ => Vec::new(),
    }
}

fn claims_the_same(above: &Statement, part: &Statement) -> bool {
    let fit = |sides: Sides| Seen::of(part).fit(&sides).is_some_and(|fit| fit <= Fit::Claim);
    above == part || sides_of(above).is_some_and(fit)
}

/// What is known of one wrong part of `count`. In a system `derived` is what may come of the line above by a right step.
fn of_part(wrong: &Wrong<'_>, count: usize, derived: Option<&[Statement]>, policy: &Policy) -> Mistake {
    let line = &wrong.part;
    let is_system = derived.is_some();
    let derived = derived.unwrap_or_default();
    let mut search = Search::one_of(policy, count);
    let sources: Vec<&Statement> = wrong.above.iter().copied().chain(derived).collect();
    for (at, source) in sources.iter().enumerate() {
        let before = if at < wrong.above.len() { 0 } else { LEFT_OUT };
        search.in_part(at, source, line, before);
        if is_system && before == 0 {
            search.scaled(source, line);
        }
    }
    if let Some(hit) = search.choose(line) {
        let source = sources.get(hit.source).copied();
        return Mistake {
            cause: Some(Cause::Misconception { id: hit.rule }),
            broken: source.and_then(|source| super::broken_by(&hit, source, line)),
            follows: false,
        };
    }
    if let [above] = wrong.above.as_slice()
        && above.names() == line.names()
    {
        return mistake_of_slip(slips::in_claim(above, line, policy), broken::in_claim(above, line));
    }
    // One side is what a step gives, and the other is not.
    let near =
        derived.iter().filter_map(|source| Some((source, broken::one_side(&sides_of(source)?, &sides_of(line)?)?)));
    match near.collect::<Vec<_>>().as_slice() {
        [(source, place)] => mistake_of_slip(slips::in_claim(source, line, policy), Some(*place)),
        _ => Mistake::default(),
    }
}

/// What equations that hold together give in one step: one put into another, two added or subtracted.
fn combined(parts: &[Statement]) -> Vec<Statement> {
    let mut found = Vec::new();
    let sides: Vec<Option<Sides>> =
        parts.iter().map(|part| sides_of(part).filter(|own| own.sign == Sign::Equal)).collect();
    for (at, own) in sides.iter().enumerate() {
        let Some((name, value)) = own.as_ref().and_then(isolated) else { continue };
        let others = sides.iter().enumerate().filter(|(index, _)| *index != at);
        for other in others.filter_map(|(_, other)| other.as_ref()) {
            let put = |side: &Expr| with_name(side, name, value);
            let new = equation(put(&other.left), put(&other.right));
            if new.sides().next() != Some(&other.left) || new.last() != Some(&other.right) {
                found.push(new);
            }
        }
    }
    if let [Some(one), Some(two)] = sides.as_slice() {
        let bracket = |side: &Expr| Box::new(Expr::new(side.place, Node::Bracket(Box::new(side.clone()))));
        let minus = |a: &Expr, b: &Expr| Expr::new(a.place, Node::Difference(Box::new(a.clone()), bracket(b)));
        let plus = |a: &Expr, b: &Expr| Expr::new(a.place, Node::Sum(Box::new(a.clone()), bracket(b)));
        found.push(equation(minus(&one.left, &two.left), minus(&one.right, &two.right)));
        found.push(equation(minus(&two.left, &one.left), minus(&two.right, &one.right)));
        found.push(equation(plus(&one.left, &two.left), plus(&one.right, &two.right)));
    }
    found
}

fn equation(left: Expr, right: Expr) -> Statement {
    Statement::Relation { first: left, rest: vec![(Sign::Equal, right)] }
}

/// The name that stands alone on one side and nowhere on the other.
fn isolated(sides: &Sides) -> Option<(Name, &Expr)> {
    [(&sides.left, &sides.right), (&sides.right, &sides.left)].into_iter().find_map(|(side, other)| {
        match side.unwrapped().node {
            Node::Name(name) if !other.names().contains(&name) => Some((name, other)),
            _ => None,
        }
    })
}

/// True for a rule after which what is written is right and not all.
pub(super) const fn only_loses(rule: Misconception) -> bool {
    matches!(rule, Misconception::MissingNegativeRoot | Misconception::DivideByVariable)
}
