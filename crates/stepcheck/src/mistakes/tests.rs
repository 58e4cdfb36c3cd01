//! Every wrong rule's rewrite of generated lines is found out, and named as itself or not at all.

use std::collections::BTreeMap;

use smallvec::SmallVec;

use super::rules::{self, Within};
use super::search::{each_part, is_more_special};
use super::seen::sides_of;
use crate::account::{Account, Before, Cause, Misconception, explain};
use crate::compare::compare;
use crate::judge::judge;
use crate::policy::Policy;
use crate::print::{Notation, text};
use crate::read::read;
use crate::rewrite::{negated, replaced};
use crate::tree::Statement;
use crate::verdict::{Task, Verdict};

/// Numbers by xorshift: G. Marsaglia, «Xorshift RNGs», Journal of Statistical Software 8, 2003.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }

    fn number(&mut self) -> u64 {
        self.below(11) + 2
    }

    fn one_of<'s>(&mut self, all: &[&'s str]) -> &'s str {
        let at = self.below(all.len() as u64);
        all[usize::try_from(at).expect("a small number")]
    }

    /// One of the templates, every `#` a number, every `@` a letter that is the same throughout and every `~` a sign.
    fn filled(&mut self, templates: &[&str], letter: &str) -> String {
        let template = self.one_of(templates);
        template
            .chars()
            .map(|sign| match sign {
                '#' => self.number().to_string(),
                '@' => letter.to_owned(),
                '~' => self.one_of(&["+", "−"]).to_owned(),
                other => other.to_string(),
            })
            .collect()
    }
}

const TERMS: [&str; 29] = [
    "#",
    "#@",
    "@",
    "#·#",
    "#·#·#",
    "#(@~#)",
    "#(#@~#)",
    "(@~#)^2",
    "(#@~#)^2",
    "(@~#)(@~#)",
    "(#@)^2",
    "(#@)^3",
    "@^2",
    "#@^3",
    "@^2·@^3",
    "(@^2)^3",
    "#/#",
    "#@/#",
    "(#@~#)/#",
    "#/(@~#)",
    "√(#~#@)",
    "√#",
    "#^2",
    "(−#)^2",
    "#^(−2)",
    "@^0",
    "#@−@",
    "lg(@~#)",
    "lg @+lg #",
];
const NUMBERS: [&str; 13] =
    ["#/#", "#·#/#", "(#/#)/(#/#)", "#·#", "√#", "#^2", "(−#)", "#^(−1)", "0,#", "# %", "(#~#)", "#·(#~#)", "0,#+1,#"];
const EQUATIONS: [&str; 14] = [
    "#@~# = #",
    "#@ = #",
    "−#@ = #",
    "@/# = #",
    "@/#~# = #",
    "#@~# = #@~#",
    "#(@~#) = #",
    "#~(@~#) = #@",
    "#@~# < #",
    "−#@~# ≥ #",
    "#~#@ > #@",
    "@~# = #",
    "#@/#~# = #",
    "@/#+@/# = #",
];
const QUADRATICS: [&str; 9] = [
    "@^2 = #",
    "(@~#)^2 = #",
    "@^2 = #@",
    "#@^2~#@ = 0",
    "(@~#)(@~#) = 0",
    "(@~#)(@~#) = #",
    "@^2~#@ = #",
    "@(@~#) = 0",
    "#@^2 = #",
];

/// A line to go wrong below.
fn line(chance: &mut Chance) -> Statement {
    let letter = chance.one_of(&["x", "a", "n", "t"]).to_owned();
    let sum = |chance: &mut Chance, parts: &[&str]| {
        let count = chance.below(3) + 1;
        let terms: Vec<String> = (0..count).map(|_| chance.filled(parts, &letter)).collect();
        terms.join(chance.one_of(&["+", "−"]))
    };
    let typed = match chance.below(4) {
        0 => sum(chance, &NUMBERS),
        1 => chance.filled(&EQUATIONS, &letter),
        2 => chance.filled(&QUADRATICS, &letter),
        _ => sum(chance, &TERMS),
    };
    read(&typed).unwrap_or_else(|why| panic!("{typed}: {why:?}"))
}

/// What the wrong rules make of it.
fn wrong_lines(above: &Statement) -> Vec<(Misconception, Statement)> {
    let mut found = Vec::new();
    for (at, side) in above.sides().enumerate() {
        let mut rewrites = Vec::new();
        each_part(side, Within::Other, &mut SmallVec::new(), &mut |part, within, way| {
            rules::on_part(part, within, &mut rewrites);
            for (rule, new) in rewrites.drain(..) {
                let mut index = 0;
                let changed = above.map_sides(&mut |own| {
                    index += 1;
                    if index == at + 1 { replaced(own, way, &new) } else { own.clone() }
                });
                found.push((rule, changed));
            }
        });
    }
    if let Some(sides) = sides_of(above) {
        let mut changed = Vec::new();
        rules::on_sides(&sides, &mut changed);
        found.extend(changed.into_iter().map(|changed| {
            let rest = vec![(changed.sides.sign, changed.sides.right)];
            (changed.rule, Statement::Relation { first: changed.sides.left, rest })
        }));
        if sides.sign.flipped() != sides.sign {
            let (first, right) = (negated(sides.left.clone()), negated(sides.right.clone()));
            let turned = Statement::Relation { first, rest: vec![(sides.sign, right)] };
            found.push((Misconception::InequalityNoFlip, turned));
        }
        if let [name] = above.names()[..] {
            rules::on_equation(&sides, name, &mut found);
        }
    }
    found
}

/// Of changed units there is another test.
const OF_UNITS: [Misconception; 3] =
    [Misconception::UnitLengthFactor, Misconception::UnitWrongWay, Misconception::TimeAsDecimal];

fn named(above: &Statement, line: &str) -> Option<Misconception> {
    let (judged, account) = explain(&Task::usual(above.clone()), Before::default(), line);
    assert!(matches!(judged.verdict, Verdict::Wrong { .. } | Verdict::Unreadable(_)), "{above:?} {line}: {judged:?}");
    match account {
        Some(Account::Mistake { cause: Some(Cause::Misconception { id }), .. }) => Some(id),
        _ => None,
    }
}

#[test]
fn a_wrong_part_among_right_ones_is_named_as_itself_or_not_at_all() {
    let mut chance = Chance(0x5EED_0000_0002);
    let (mut count, mut known, mut differing) = (0, 0, Vec::new());
    for _ in 0..150 {
        let letter = chance.one_of(&["x", "a", "t"]).to_owned();
        let above = read(&chance.filled(&EQUATIONS, &letter)).expect("an equation");
        if sides_of(&above).is_none_or(|sides| sides.sign.flipped() != sides.sign) {
            continue;
        }
        for (rule, wrong) in wrong_lines(&above) {
            let typed = text(&wrong, Notation::Swedish);
            if typed.chars().count() > 100 || compare(&above, &wrong, &Policy::default()).is_equal() {
                continue;
            }
            let single = named(&above, &typed);
            for (other, join) in [("y = 3", "; "), ("x+y = 5", " och "), ("q = 1000", " eller ")] {
                let other = other.replace('q', &letter);
                let both = read(&format!("{}{join}{other}", text(&above, Notation::Swedish))).expect("two parts");
                let line = format!("{typed}{join}{other}");
                // What holds where the system does follows from it, however it came about.
                if !matches!(judge(&Task::usual(both.clone()), &[], &line).verdict, Verdict::Wrong { .. }) {
                    continue;
                }
                let found = named(&both, &line);
                count += 1;
                known += usize::from(found == Some(rule));
                if found.is_some_and(|id| id != rule && !is_more_special(id, rule) && single != Some(id)) {
                    differing.push(format!("{} → {line} ({}): {found:?}", text(&both, Notation::Swedish), rule.id()));
                }
            }
        }
    }
    assert!(differing.is_empty(), "{} differ:\n{}", differing.len(), differing[..differing.len().min(40)].join("\n"));
    assert!(count > 500 && known * 10 > count * 8, "{known} of {count} named");
}

#[test]
fn a_unit_changed_by_a_wrong_rule_is_named_as_itself() {
    let mut chance = Chance(0x5EED_0000_0003);
    for _ in 0..100 {
        let (large, small, factor) = [("m", "cm", 100), ("dm", "cm", 10), ("m", "dm", 10), ("cm", "mm", 10)]
            [usize::try_from(chance.below(4)).expect("a small number")];
        let power = u32::try_from(chance.below(3)).expect("a small number") + 1;
        let value = chance.number() * 7 + 1;
        let above = read(&format!("{value} {large}^{power}")).expect("a quantity");
        if power > 1 {
            let line = format!("{} {small}^{power}", value * factor);
            assert_eq!(named(&above, &line), Some(Misconception::UnitLengthFactor), "{value} {large}^{power} {line}");
        }
        let above = read(&format!("{} {small}^{power}", value * factor.pow(power))).expect("a quantity");
        let line = format!("{} {large}^{power}", value * factor.pow(2 * power));
        assert_eq!(named(&above, &line), Some(Misconception::UnitWrongWay), "{line}");
        let (hours, minutes) = (chance.number(), chance.number() + 1);
        let above = read(&format!("{hours} h {minutes} min")).expect("a time");
        for line in [format!("{hours},{minutes:02} h"), format!("{} min", hours * 100 + minutes)] {
            assert_eq!(named(&above, &line), Some(Misconception::TimeAsDecimal), "{hours} h {minutes} min: {line}");
        }
    }
}

#[test]
fn wrong_rules_are_rejected_and_named_as_themselves_or_not_at_all() {
    let mut chance = Chance(0x5EED_0000_0001);
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let (mut equal, mut unread, mut special) = (0, 0, 0);
    let mut differing = Vec::new();
    for _ in 0..500 {
        let above = line(&mut chance);
        let task = Task::usual(above.clone());
        for (rule, wrong) in wrong_lines(&above) {
            let typed = text(&wrong, Notation::Swedish);
            let told = || format!("{} → {typed} ({})", text(&above, Notation::Swedish), rule.id());
            if compare(&above, &wrong, &Policy::default()).is_equal() {
                // 2² is 2·2.
                equal += 1;
                continue;
            }
            let (judged, account) = explain(&task, Before::default(), &typed);
            match judged.verdict {
                Verdict::Wrong { .. } => {}
                Verdict::Unreadable(_) => {
                    unread += 1;
                    continue;
                }
                other => {
                    differing.push(format!("{}: judged {other:?}", told()));
                    continue;
                }
            }
            let count = counts.entry(rule.id()).or_default();
            count.1 += 1;
            if let Some(Account::Mistake { cause: Some(Cause::Misconception { id }), .. }) = account {
                count.0 += usize::from(id == rule);
                special += usize::from(id != rule);
                if id != rule && !is_more_special(id, rule) {
                    differing.push(format!("{}: named {}", told(), id.id()));
                }
            }
        }
    }
    assert!(differing.is_empty(), "{} differ:\n{}", differing.len(), differing[..differing.len().min(40)].join("\n"));
    let never = |one: &&Misconception| counts.get(one.id()).is_none_or(|(named, _)| *named == 0);
    let never: Vec<&Misconception> =
        Misconception::ALL.iter().filter(|one| !OF_UNITS.contains(one)).filter(never).collect();
    assert!(never.is_empty(), "never met or never named: {never:?}");
    let (named, all) = counts.values().fold((0, 0), |(a, b), (named, all)| (a + named, b + all));
    let skipped = format!("{equal} are right, {unread} not read, {special} named by the more special rule");
    assert!(all > 3_500 && named * 20 > all * 19, "{named} of {all} named, {skipped}: {counts:?}");
    // What is left out proves nothing, so there may not be much of it.
    assert!(equal * 10 < all && unread * 100 < all && special * 50 < all, "of {all}: {skipped}");
    eprintln!("{named} of {all} named, {skipped}");
}
