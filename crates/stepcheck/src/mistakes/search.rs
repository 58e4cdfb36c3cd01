//! Which wrong rules lead from the line above to the wrong one.

use smallvec::SmallVec;

use super::alike::{are_alike, has_terms_of, is_worth_it_by_chance};
use super::between;
use super::rules::{self, Changed, Rewrites, Sides, Within};
use super::seen::{Fit, Seen, sides_of};
use crate::account::Misconception;
use crate::compare::compare_within;
use crate::policy::Policy;
use crate::rewrite::{Probe, replaced};
use crate::tree::{Expr, Name, Sign, Statement};

/// How many nodes of trees may be worked out in one search.
const MAX_NODES: usize = 45_000;
/// How many candidates are compared exactly.
const MAX_COMPARED: usize = 10;

/// A wrong rule that may explain the line.
#[derive(Debug)]
pub(super) struct Hit {
    pub(super) rule: Misconception,
    /// The fit, and one more for a right step that is left out before it; the least is the best.
    cost: u8,
    /// What the rule makes of the line above.
    candidate: Statement,
    pub(super) origin: Origin,
    /// Which of several sources it comes from: see [`Search::in_part`].
    pub(super) source: usize,
}

impl Hit {
    /// True if the rule followed in the line above gives the line side by side, and nothing is left out.
    pub(super) const fn is_as_written(&self) -> bool {
        self.cost == 0
    }
}

/// What the same operation gives when it is done right.
#[derive(Debug, Clone)]
pub(super) enum Origin {
    Line(Sides),
    Unknown,
}

/// A search for wrong rules.
pub(super) struct Search<'s> {
    policy: &'s Policy,
    nodes: usize,
    source: usize,
    /// True if every side has the terms that it has above, but for signs: then none was joined to another or moved.
    has_terms: bool,
    hits: Vec<Hit>,
}

/// Shows every part of `expr` with the way to it and what it directly belongs to.
pub(super) fn each_part<'e>(
    expr: &'e Expr,
    within: Within,
    way: &mut SmallVec<[u8; 12]>,
    see: &mut impl FnMut(&'e Expr, Within, &[u8]),
) {
    see(expr, within, way);
    let within = Within::parts_of(expr);
    for (at, part) in (0_u8..).zip(expr.each_part()) {
        way.push(at);
        each_part(part, within, way, see);
        way.pop();
    }
}

impl<'s> Search<'s> {
    pub(super) const fn new(policy: &'s Policy) -> Self {
        Self { policy, nodes: MAX_NODES, source: 0, has_terms: false, hits: Vec::new() }
    }

    /// One of `count` searches that together are bounded as one.
    pub(super) fn one_of(policy: &'s Policy, count: usize) -> Self {
        Self { nodes: MAX_NODES / count.max(1), ..Self::new(policy) }
    }

    /// True if nothing more may be worked out: then no rule is followed any more.
    const fn is_spent(&self) -> bool {
        self.nodes == 0
    }

    /// True if `nodes` may still be worked out.
    fn spend(&mut self, nodes: usize) -> bool {
        self.nodes = self.nodes.saturating_sub(nodes);
        self.nodes > 0
    }

    /// Wrong rules that make `line` of `above`, two expressions.
    pub(super) fn in_values(&mut self, above: &Expr, line: &Expr) {
        let Some(sought) = Probe::of(line) else { return };
        self.has_terms = has_terms_of(std::iter::once(line), std::iter::once(above));
        self.values_from(above, &sought, 0);
        if self.best_is(0) {
            return;
        }
        for between in between::of_value(above) {
            self.values_from(&between, &sought, 1);
        }
    }

    fn values_from(&mut self, from: &Expr, sought: &Probe, before: u8) {
        let size = from.size();
        let mut rewrites = Rewrites::new();
        each_part(from, Within::Other, &mut SmallVec::new(), &mut |part, within, way| {
            if self.is_spent() {
                return;
            }
            rewrites.clear();
            rules::on_part(part, within, &mut rewrites);
            for (rule, new) in rewrites.drain(..) {
                if !self.spend(size + new.size()) {
                    return;
                }
                if sought.is_with_part(from, way, &new) {
                    let candidate = Statement::Expression(replaced(from, way, &new));
                    self.add(rule, before, candidate, Origin::Unknown);
                }
            }
        });
    }

    /// Wrong rules that make `line` of `above`, two statements that claim something.
    pub(super) fn in_claims(&mut self, above: &Statement, line: &Statement) {
        let seen = Seen::of(line);
        self.has_terms = has_terms_of(line.sides(), above.sides());
        self.sides_rewritten(above, &seen, 0);
        let Some(sides) = sides_of(above) else { return };
        self.claims_from(&sides, &seen, 0);
        if self.best_is(0) {
            return;
        }
        let name = only_name(above);
        for between in between::of_sides(&sides, name) {
            self.claims_from(&between, &seen, 1);
            let statement = statement_of(&between);
            self.sides_rewritten(&statement, &seen, 1);
        }
    }

    /// Wrong rules that make a part of a line of `source`, one of several lines that it may come from. `before` is what a
    /// right step costs that is left out before it; then only expressions are looked at, as too much leads from what is not
    /// written.
    pub(super) fn in_part(&mut self, number: usize, source: &Statement, line: &Statement, before: u8) {
        self.source = number;
        if before == 0 {
            return self.in_claims(source, line);
        }
        self.has_terms = has_terms_of(line.sides(), source.sides());
        self.sides_rewritten(source, &Seen::of(line), before);
    }

    /// Rules for expressions, at every place of every side.
    fn sides_rewritten(&mut self, above: &Statement, seen: &Seen<'_>, before: u8) {
        let Statement::Relation { first, rest } = above else { return };
        let sides: Vec<&Expr> = std::iter::once(first).chain(rest.iter().map(|(_, side)| side)).collect();
        let signs: Vec<Sign> = rest.iter().map(|(sign, _)| *sign).collect();
        let Some(probes) = sides.iter().map(|side| Probe::of(side)).collect::<Option<Vec<_>>>() else { return };
        for (at, side) in sides.iter().enumerate() {
            let size = side.size();
            // The other sides are as they were: then only what is worth this is of interest in a relation of many sides.
            let sought = seen.same_but(&probes, &signs, at).copied();
            let mut rewrites = Rewrites::new();
            each_part(side, Within::Other, &mut SmallVec::new(), &mut |part, within, way| {
                if self.is_spent() {
                    return;
                }
                rewrites.clear();
                rules::on_part(part, within, &mut rewrites);
                for (rule, new) in rewrites.drain(..) {
                    if !self.spend(3 * (size + new.size())) {
                        return;
                    }
                    let fit = match &sought {
                        Some(sought) if sought.is_with_part(side, way, &new) => Some(Fit::Sides),
                        _ => fit_of_side(seen, &sides, &probes, &signs, (at, way, &new)),
                    };
                    if let Some(fit) = fit.filter(|fit| before == 0 || *fit == Fit::Sides) {
                        let mut index = 0;
                        let candidate = above.map_sides(&mut |own| {
                            index += 1;
                            if index == at + 1 { replaced(own, way, &new) } else { own.clone() }
                        });
                        self.add(rule, fit as u8 + before, candidate, Origin::Unknown);
                    }
                }
            });
        }
    }

    /// Rules for whole equations and inequalities.
    fn claims_from(&mut self, above: &Sides, seen: &Seen<'_>, before: u8) {
        if self.is_spent() {
            return;
        }
        let size = above.left.size() + above.right.size();
        let mut changed = Vec::new();
        rules::on_sides(above, &mut changed);
        if !self.changed_sides(changed, size, seen, before) {
            return;
        }
        self.unturned(above, seen, before);
        let Some(name) = only_name(&statement_of(above)) else { return };
        let mut claims = Vec::new();
        rules::on_equation(above, name, &mut claims);
        for (rule, candidate) in claims {
            if !self.spend(6 * size) {
                return;
            }
            let fit = match &candidate {
                Statement::Or(parts) => seen.fit_any(parts),
                other => sides_of(other).and_then(|sides| seen.fit(&sides)),
            };
            if let Some(fit) = fit {
                self.add(rule, fit as u8 + before, candidate, Origin::Unknown);
            }
        }
    }

    /// False if too much was worked out.
    fn changed_sides(&mut self, changed: Vec<Changed>, size: usize, seen: &Seen<'_>, before: u8) -> bool {
        for Changed { rule, sides, right, strict } in changed {
            if !self.spend(6 * size) {
                return false;
            }
            // So does what only follows from what follows.
            let strict = strict || before > 0;
            if let Some(fit) = seen.fit(&sides).filter(|fit| !strict || *fit == Fit::Sides) {
                let origin = right.filter(|_| fit == Fit::Sides).map_or(Origin::Unknown, Origin::Line);
                self.add(rule, fit as u8 + before, statement_of(&sides), origin);
            }
        }
        true
    }

    /// An equation of a system multiplied by a number, one term left out.
    pub(super) fn scaled(&mut self, above: &Statement, line: &Statement) {
        let Some(sides) = sides_of(above).filter(|sides| sides.sign == Sign::Equal) else { return };
        let mut changed = Vec::new();
        rules::on_scaled(&sides, &mut changed);
        self.changed_sides(changed, sides.left.size() + sides.right.size(), &Seen::of(line), 0);
    }

    /// `−ax < b → x < −b/a`: both sides by a negative number, and the sign is left.
    fn unturned(&mut self, above: &Sides, seen: &Seen<'_>, before: u8) {
        if above.sign.flipped() == above.sign {
            return;
        }
        let (Some(left), Some(right)) = (Probe::of(&above.left), Probe::of(&above.right)) else { return };
        if seen.factor_from(&left, above.sign, &right).is_some_and(|factor| factor < 0.0) {
            let turned = Sides { sign: above.sign.flipped(), ..above.clone() };
            self.add(Misconception::InequalityNoFlip, before, statement_of(&turned), Origin::Unknown);
        }
    }

    fn add(&mut self, rule: Misconception, cost: u8, candidate: Statement, origin: Origin) {
        if !(self.has_terms && takes_terms(rule)) {
            self.hits.push(Hit { rule, cost, candidate, origin, source: self.source });
        }
    }

    fn best_is(&self, cost: u8) -> bool {
        self.hits.iter().any(|hit| hit.cost == cost)
    }

    /// The one that explains the line: of those that fit best and are equal to it exactly there must be one rule only.
    pub(super) fn choose(mut self, line: &Statement) -> Option<Hit> {
        self.hits.sort_by_key(|hit| hit.cost);
        let mut compared = 0;
        let mut equal: Vec<Hit> = Vec::new();
        for hit in self.hits.into_iter().filter(|hit| !is_worth_it_by_chance(&hit.candidate, line)) {
            if equal.first().is_some_and(|best| best.cost < hit.cost) {
                break;
            }
            let known = equal.iter().position(|known| known.rule == hit.rule);
            // One that has the sides where the line has them says best what was done.
            let known_well = |at: &usize| !equal.get(*at).is_some_and(|known| is_turned(&known.candidate, line));
            if known.as_ref().is_some_and(known_well) || known.is_some() && is_turned(&hit.candidate, line) {
                continue;
            }
            compared += 1;
            if compared > MAX_COMPARED {
                return None;
            }
            if compare_within(&hit.candidate, line, self.policy).is_equal() {
                equal.retain(|known| known.rule != hit.rule);
                equal.push(hit);
            }
        }
        // Of two rules that come to the same value, the one that also writes it so.
        if equal.len() > 1 && equal.iter().any(|hit| are_alike(&hit.candidate, line)) {
            equal.retain(|hit| are_alike(&hit.candidate, line));
        }
        let rules: Vec<Misconception> = equal.iter().map(|hit| hit.rule).collect();
        let special = |rule: Misconception| rules.iter().all(|other| rule == *other || is_more_special(rule, *other));
        equal.into_iter().find(|hit| special(hit.rule))
    }
}

/// True if the rule joins a term to another or moves it: fewer are left where it was.
const fn takes_terms(rule: Misconception) -> bool {
    use Misconception as M;
    matches!(
        rule,
        M::NegAddSign
            | M::TwoNegativesMakePlus
            | M::ConjoinUnlike
            | M::CollectSquaresVariable
            | M::SubtractVariableAway
            | M::MoveWithoutSign
    )
}

/// True if the left side is not worth what it is in `line`.
fn is_turned(candidate: &Statement, line: &Statement) -> bool {
    let first = |statement: &Statement| statement.sides().next().and_then(Probe::of);
    !matches!((first(candidate), first(line)), (Some(a), Some(b)) if a.agrees(&b))
}

/// True if the first is about a more special shape than the second, so that it is meant where both fit.
pub(super) const fn is_more_special(rule: Misconception, other: Misconception) -> bool {
    use Misconception as M;
    matches!(
        (rule, other),
        // −2x < 0: whether the minus or the sign of the inequality is forgotten, the sign is what has to be seen.
        (M::InequalityNoFlip, _)
            // (−2)² = −4: the minus is what has to be seen, whether 2² or 2·2 was worked out.
            | (M::SquareOfNegative, M::PowerAsProduct)
            // x² = 4 → x = 2: one root is lost in any case.
            | (M::MissingNegativeRoot, M::SqrtAsHalf)
            // x²−5x−6 = 0: a formula is used; moving −5x as it stands would give the same roots.
            | (M::PqFormulaSign, M::MoveWithoutSign)
            // lg(x+5): two logarithms are what is written; lg(5x) is equal to them.
            | (M::LogOfSum, M::ConjoinUnlike)
            // (x+8)/x: x is cancelled; joining x and 8 to 8x before would give the same.
            | (M::CancelTerms, M::ConjoinUnlike)
    )
}

fn fit_of_side(
    seen: &Seen<'_>,
    sides: &[&Expr],
    probes: &[Probe],
    signs: &[Sign],
    (at, way, new): (usize, &[u8], &Expr),
) -> Option<Fit> {
    let ([a, b], [sign], [left, right]) = (sides, signs, probes) else { return None };
    let changed = Probe::with_part(if at == 0 { a } else { b }, way, new)?;
    let (left, right) = if at == 0 { (&changed, right) } else { (left, &changed) };
    seen.fit_of(left, *sign, right).or_else(|| {
        if !seen.has_values() {
            return None;
        }
        let new = replaced(if at == 0 { a } else { b }, way, new);
        let (left, right) = if at == 0 { (new, (*b).clone()) } else { ((*a).clone(), new) };
        seen.fit_by_values(&Sides { left, sign: *sign, right })
    })
}

fn only_name(statement: &Statement) -> Option<Name> {
    if let [only] = statement.names()[..] { Some(only) } else { None }
}

fn statement_of(sides: &Sides) -> Statement {
    Statement::Relation { first: sides.left.clone(), rest: vec![(sides.sign, sides.right.clone())] }
}
