//! Lines of all families, reached by hints and by rewritings of every kind: from each of them the hints are right and lead
//! to the goal.

use super::families::{self, Draw};
use super::rewrites::rewritten;
use crate::hints::route::route;
use crate::judge::judge;
use crate::print::{Notation, text};
use crate::tree::Statement;
use crate::verdict::{Task, Verdict};

const STATES: u64 = 2000;

fn verdict(task: &Task, line: &Statement) -> (Verdict, Option<Statement>) {
    let judged = judge(task, &[], &text(line, Notation::Swedish));
    (judged.verdict, judged.statement)
}

fn is_right(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Right { .. } | Verdict::Unfinished { .. })
}

const FINISHED: Verdict = Verdict::Right { finished: true };

/// A right line that is not finished: some hints on from the start, then some rewritings.
fn state(task: &Task, draw: &mut Draw) -> Statement {
    let mut line = task.start.clone();
    if let Some(way) = route(task, &[], &task.start) {
        let on = usize::try_from(draw.next()).unwrap_or(0) % way.len();
        line = way.into_iter().take(on).next_back().map_or(line, |hint| hint.line);
    }
    for _ in 0..draw.whole(0, 2) {
        if let Some(new) = rewritten(&line, draw)
            && let (found, Some(read)) = verdict(task, &new)
            && is_right(&found)
            && found != FINISHED
        {
            line = read;
        }
    }
    line
}

#[test]
fn from_every_state_the_hints_are_right_and_lead_to_the_goal() {
    let mut without = Vec::new();
    let mut states = 0;
    let mut steps = 0;
    for seed in 0.. {
        if states == STATES {
            break;
        }
        let task = families::draw(seed);
        let line = state(&task, &mut Draw(seed.wrapping_mul(31) + 7));
        if verdict(&task, &line).0 == FINISHED {
            continue;
        }
        states += 1;
        let shown = || {
            format!(
                "{seed}: {} {:?}: {}",
                text(&task.start, Notation::Swedish),
                task.demand,
                text(&line, Notation::Swedish)
            )
        };
        let Some(way) = route(&task, &[], &line) else {
            without.push(shown());
            continue;
        };
        steps += way.len();
        let mut above = &line;
        for (at, hint) in way.iter().enumerate() {
            let (found, _) = verdict(&task, &hint.line);
            assert!(is_right(&found), "{}: {hint:?}", shown());
            assert_eq!(found == FINISHED, at + 1 == way.len(), "{}: {hint:?}", shown());
            assert_ne!(*above, hint.line, "{}", shown());
            let length = text(above, Notation::Swedish).chars().count();
            assert!(hint.place.start < hint.place.end && hint.place.end <= length, "{}: {hint:?}", shown());
            above = &hint.line;
        }
        // The measure: what is left of the route falls by one with each hint.
        let first = &way[0].line;
        let rest = route(&task, &[], first).unwrap_or_default();
        assert_eq!(rest, way[1..], "{}", shown());
    }
    println!("{} of {STATES} states have a hint, {steps} steps", STATES - without.len() as u64);
    assert!(without.is_empty(), "{} without\n{}", without.len(), without.join("\n"));
}
