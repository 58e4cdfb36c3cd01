//! Two expressions of the same value, taken apart to the smallest parts that differ.

use super::trail::Trail;
use super::values::is_rational;
use super::written::{alike, bare, digits, is_sum, open_factors, open_terms, same_head};
use super::{arithmetic, fractions, functions, polynomials, powers, worked};
use crate::account::StepKind;
use crate::exact::{Exact, Fraction, Monomial, Work};
use crate::rewrite::{Signed, negated, product_of, sum_of};
use crate::tree::{Expr, Node};

/// Sums and products of more parts are not split into groups.
const MOST_GROUPED: usize = 12;

/// Notes what was done within an expression.
pub(super) fn inside(trail: &mut Trail, a: &Expr, b: &Expr) {
    if !trail.look() || alike(a, b) {
        return note_brackets(trail, a, b);
    }
    let (a, b) = (bare(a), bare(b));
    if let (Node::Negative(one), Node::Negative(two)) = (&a.node, &b.node) {
        return inside(trail, one, two);
    }
    if is_sum(a) || is_sum(b) {
        return sums(trail, a, b);
    }
    if is_product(a) || is_product(b) {
        return products(trail, a, b);
    }
    if same_parts(trail, a, b) {
        let is_power = matches!(a.node, Node::Power(..));
        for (at, (one, two)) in a.each_part().zip(b.each_part()).enumerate() {
            if !(is_power && at == 0 && work_out_bracket(trail, one, two)) {
                inside(trail, one, two);
            }
        }
        return;
    }
    recognise(trail, a, b);
}

fn note_brackets(trail: &mut Trail, a: &Expr, b: &Expr) {
    if a != b {
        trail.note_slight(in_the_same_order(a, b));
    }
}

/// What is different where all parts are alike and in their order: zeros behind decimals, or brackets.
fn in_the_same_order(a: &Expr, b: &Expr) -> StepKind {
    let decimals = |expr: &Expr| {
        let mut found = Vec::new();
        gather_decimals(expr, &mut found);
        found
    };
    if decimals(a) == decimals(b) { StepKind::DropBrackets } else { StepKind::WriteZeros }
}

fn gather_decimals(expr: &Expr, found: &mut Vec<usize>) {
    match &expr.node {
        Node::Number(number) => found.push(number.decimals),
        _ => expr.each_part().for_each(|part| gather_decimals(part, found)),
    }
}

pub(super) fn is_product(expr: &Expr) -> bool {
    match &expr.node {
        Node::Product(..) => true,
        Node::Negative(inner) => is_product(bare(inner)),
        _ => false,
    }
}

/// True if it is a power of a sum.
pub(super) fn is_squared_sum(expr: &Expr) -> bool {
    matches!(&bare(expr).node, Node::Power(base, _) if is_sum(bare(base)))
}

/// True if both are the same operation on parts that are worth the same one by one.
fn same_parts(trail: &mut Trail, a: &Expr, b: &Expr) -> bool {
    let leaf = matches!(a.node, Node::Number(_) | Node::Mixed { .. } | Node::Name(_) | Node::Constant(_));
    !leaf && same_head(a, b) && a.each_part().zip(b.each_part()).all(|(one, two)| trail.values.same(one, two))
}

/// Notes what happened to a part that cannot be split further.
pub(super) fn recognise(trail: &mut Trail, a: &Expr, b: &Expr) {
    let known = arithmetic::units(trail, a, b)
        || arithmetic::is_sign_of_bracket(trail, a, b)
        || arithmetic::written_otherwise(trail, a, b)
        || powers::rule(trail, a, b)
        || functions::rule(trail, a, b)
        || fractions::rule(trail, a, b)
        || worked::worked_out(trail, a, b)
        || powers::simplified(trail, a, b)
        || functions::identity(trail, a, b)
        || polynomials::rule(trail, a, b);
    if !known {
        trail.unnamed();
    }
}

/// Terms that are worth together what others are.
struct Group<'e> {
    above: Vec<Signed<'e>>,
    below: Vec<Signed<'e>>,
}

fn sums(trail: &mut Trail, a: &Expr, b: &Expr) {
    let (above, below) = (open_terms(a), open_terms(b));
    let (mut left, mut right) = (above.clone(), below.clone());
    let same = |one: &Signed<'_>, two: &Signed<'_>| one.negative == two.negative && alike(one.body, two.body);
    take_pairs(&mut left, &mut right, same);
    if left.is_empty() && right.is_empty() {
        let ordered = above.len() == below.len() && above.iter().zip(&below).all(|(one, two)| same(one, two));
        if added_negatives(a) > added_negatives(b) {
            return trail.note(StepKind::AddNegative);
        }
        return trail.note_slight(if ordered { in_the_same_order(a, b) } else { StepKind::Reorder });
    }
    if left.is_empty() {
        return trail.note(StepKind::AddZero);
    }
    if fractions::brought_together(trail, &above, &below) {
        return;
    }
    let untouched = left.len() == above.len() && right.len() == below.len();
    let groups = grouped(trail, left, right);
    if untouched && groups.len() == 1 {
        if arithmetic::is_sign_of_bracket(trail, a, b) {
            return;
        }
        return recognise(trail, a, b);
    }
    for group in groups {
        of_group(trail, &group);
    }
}

fn of_group(trail: &mut Trail, group: &Group<'_>) {
    if let ([one], [two]) = (group.above.as_slice(), group.below.as_slice())
        && one.negative == two.negative
    {
        if matches!(one.body.node, Node::Bracket(_)) && work_out_bracket(trail, one.body, two.body) {
            return;
        }
        return inside(trail, one.body, two.body);
    }
    let of = |terms: &[Signed<'_>]| sum_of(terms.iter().map(|term| term.to_expr()));
    let (a, b) = (of(&group.above), of(&group.below));
    if alike(&a, &b) {
        return;
    }
    if group.below.is_empty() {
        let plain = group.above.iter().all(|term| term.body.is_numeric());
        return trail.note(if plain { StepKind::AddNumbers } else { StepKind::CollectTerms });
    }
    if arithmetic::is_sign_of_bracket(trail, &a, &b) {
        return;
    }
    if group.above.len() == 1 && group.below.len() == 1 && !is_sum(bare(&a)) && !is_sum(bare(&b)) {
        return inside(trail, &a, &b);
    }
    recognise(trail, &a, &b);
}

/// How often a negative number in brackets is added.
fn added_negatives(expr: &Expr) -> usize {
    let negative = |b: &Expr| matches!(b.node, Node::Bracket(_)) && matches!(bare(b).node, Node::Negative(_));
    let own = matches!(&expr.node, Node::Sum(_, b) if negative(b));
    usize::from(own) + expr.each_part().map(added_negatives).sum::<usize>()
}

/// How many factors have a minus of their own.
fn negative_factors(expr: &Expr) -> usize {
    match &bare(expr).node {
        Node::Product(a, _, b) => negative_factors(a) + negative_factors(b),
        Node::Negative(inner) => 1 + negative_factors(inner),
        _ => 0,
    }
}

/// A bracket of numbers that became one number.
fn work_out_bracket(trail: &mut Trail, a: &Expr, b: &Expr) -> bool {
    let found = is_sum(bare(a)) && a.is_numeric() && digits(b).is_some() && trail.values.same(a, b);
    if found {
        trail.note(StepKind::WorkOutBracket);
    }
    found
}

/// Takes away what is the same on both sides.
fn take_pairs<T>(left: &mut Vec<T>, right: &mut Vec<T>, same: impl Fn(&T, &T) -> bool) {
    if left.len() * right.len() > 900 {
        return;
    }
    left.retain(|one| match right.iter().position(|two| same(one, two)) {
        Some(at) => {
            right.remove(at);
            false
        }
        None => true,
    });
}

/// Splits the terms into groups that are worth the same: the terms with the same letters, and runs of terms.
fn grouped<'e>(trail: &mut Trail, mut left: Vec<Signed<'e>>, mut right: Vec<Signed<'e>>) -> Vec<Group<'e>> {
    let mut groups = Vec::new();
    if left.len().max(right.len()) <= MOST_GROUPED
        && let (Some(mut above), Some(mut below)) = (values(trail, &left), values(trail, &right))
    {
        let mut size = 2;
        while size < left.len() + right.len() {
            let Some((at, to)) = matching_runs(&above, &below, size) else {
                size += 1;
                continue;
            };
            above.drain(at.clone());
            below.drain(to.clone());
            groups.push(Group { above: left.drain(at).collect(), below: right.drain(to).collect() });
        }
        let (alone, others) = by_letters(&above, &below);
        if alone {
            for (at, to) in others {
                let pick = |terms: &[Signed<'e>], which: &[usize]| {
                    which.iter().filter_map(|at| terms.get(*at).copied()).collect()
                };
                groups.push(Group { above: pick(&left, &at), below: pick(&right, &to) });
            }
            return groups;
        }
    }
    let with_root = |terms: &[Signed<'_>]| terms.iter().any(|term| !is_rational(term.body));
    if left.len() == right.len()
        && left.len() > 1
        && (with_root(&left) || with_root(&right))
        && left
            .iter()
            .zip(&right)
            .all(|(one, two)| one.negative == two.negative && trail.values.same(one.body, two.body))
    {
        groups.extend(left.into_iter().zip(right).map(|(one, two)| Group { above: vec![one], below: vec![two] }));
    } else if !left.is_empty() || !right.is_empty() {
        groups.push(Group { above: left, below: right });
    }
    groups
}

/// The value of each term with its sign.
fn values(trail: &mut Trail, terms: &[Signed<'_>]) -> Option<Vec<Fraction>> {
    let mut found = Vec::with_capacity(terms.len());
    for term in terms {
        let value = trail.values.fraction(term.body)?;
        found.push(if term.negative { value.negated() } else { value });
    }
    Some(found)
}

type Run = std::ops::Range<usize>;

/// A run above and a run below of `size` terms together that are worth the same, smaller than all.
fn matching_runs(above: &[Fraction], below: &[Fraction], size: usize) -> Option<(Run, Run)> {
    for count in 1..size {
        let (first, second) = (size - count, count);
        if first > above.len() || second > below.len() {
            continue;
        }
        for at in 0..=above.len() - first {
            let sum = total(above.get(at..at + first)?)?;
            for to in 0..=below.len() - second {
                if total(below.get(to..to + second)?)?.equals(&sum) == Ok(true) {
                    return Some((at..at + first, to..to + second));
                }
            }
        }
    }
    None
}

fn total(values: &[Fraction]) -> Option<Fraction> {
    let (first, rest) = values.split_first()?;
    let mut sum = first.clone();
    for value in rest {
        sum = sum.plus(value.clone(), &mut Work::new()).ok()?;
    }
    Some(sum)
}

/// Places of terms above and below.
type Pick = (Vec<usize>, Vec<usize>);

/// Which terms have the same letters, above and below; true if those are worth the same and there are several kinds.
fn by_letters(above: &[Fraction], below: &[Fraction]) -> (bool, Vec<Pick>) {
    let mut kinds: Vec<(Monomial, Exact, Vec<usize>, Vec<usize>)> = Vec::new();
    let all = above.iter().map(|value| (value, true)).chain(below.iter().map(|value| (value, false)));
    for (at, (value, is_above)) in all.enumerate() {
        let [(monomial, size)] = value.top.terms() else { return (false, Vec::new()) };
        if !value.bottom.is_one() {
            return (false, Vec::new());
        }
        let known = kinds.iter().position(|(own, ..)| own == monomial);
        let at_kind = known.unwrap_or_else(|| {
            kinds.push((monomial.clone(), Exact::ZERO, Vec::new(), Vec::new()));
            kinds.len() - 1
        });
        let Some((_, sum, ups, downs)) = kinds.get_mut(at_kind) else { continue };
        if is_above {
            *sum = &*sum + size;
            ups.push(at);
        } else {
            *sum = &*sum - size;
            downs.push(at - above.len());
        }
    }
    let alone = kinds.len() > 1 && kinds.iter().all(|(_, sum, ups, _)| sum.is_zero() && !ups.is_empty());
    (alone, kinds.into_iter().map(|(_, _, ups, downs)| (ups, downs)).collect())
}

fn products(trail: &mut Trail, a: &Expr, b: &Expr) {
    let ((minus, above), (turned, below)) = (open_factors(a), open_factors(b));
    let (mut left, mut right) = (above.clone(), below.clone());
    take_pairs(&mut left, &mut right, |one, two| alike(one, two));
    if left.is_empty() && right.is_empty() {
        let ordered = above.len() == below.len() && above.iter().zip(&below).all(|(one, two)| alike(one, two));
        return match minus == turned {
            true if negative_factors(a) > negative_factors(b) + 1 => trail.note(StepKind::MultiplyNegatives),
            true => trail.note_slight(if ordered { in_the_same_order(a, b) } else { StepKind::Reorder }),
            false => recognise(trail, a, b),
        };
    }
    if powers::rule(trail, a, b) || functions::rule(trail, a, b) {
        return;
    }
    let mut pairs = Vec::new();
    if minus == turned && left.len().max(right.len()) <= MOST_GROUPED {
        left.retain(|one| match right.iter().position(|two| trail.values.same(one, two)) {
            Some(at) => {
                pairs.push((*one, right.remove(at)));
                false
            }
            None => true,
        });
    }
    let one_left = |left: &[&Expr]| {
        left.iter().all(|factor| digits(factor).is_some_and(|one| crate::exact::Exact::from(&one.value).is_one()))
    };
    let rest = !(one_left(&left) && one_left(&right) && minus == turned);
    if pairs.is_empty() && left.len() == above.len() && right.len() == below.len() {
        if minus && turned {
            let of = |factors: &[&Expr]| product_of(factors.iter().map(|factor| (*factor).clone()));
            return inside(trail, &of(&above), &of(&below));
        }
        return recognise(trail, a, b);
    }
    if rest || !left.is_empty() || !right.is_empty() {
        let of = |factors: &[&Expr], minus: bool| {
            let product = product_of(factors.iter().map(|factor| (*factor).clone()));
            if minus { negated(product) } else { product }
        };
        let unlike = minus != turned;
        let (one, two) = (of(&left, unlike && minus), of(&right, unlike && turned));
        let narrower = !unlike && (above.len() > left.len());
        let numbers = left.iter().all(|factor| digits(factor).is_some()) && digits(&two).is_some();
        if narrower && numbers && !a.is_numeric() {
            trail.note(StepKind::MultiplyFactors);
        } else if narrower && (!is_product(bare(&one)) && !is_product(bare(&two))) {
            inside(trail, &one, &two);
        } else {
            recognise(trail, &one, &two);
        }
    }
    for (one, two) in pairs {
        if !work_out_bracket(trail, one, two) {
            inside(trail, one, two);
        }
    }
}
