//! Lines as people write them: those of a worked solution, slips on the way, and ones that break off. Nothing here is
//! believed: what a line is, `stepcheck` says.

use stepcheck::{Statement, Verdict};

use crate::exercises::{Earlier, Item};

/// How far a number is off when somebody miscounts, the likeliest first.
const OFF_BY: [i64; 5] = [1, -1, 2, 10, -2];

/// Lines that somebody may write instead of `meant` and that are judged wrong, the likeliest first, each once.
pub(super) fn wrong_lines(item: &Item, standing: &[Statement], meant: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let slips = sign_slips(meant).into_iter().chain(counting_slips(meant));
    let known = item.wrong.iter().map(|wrong| wrong.line.clone()).chain(other_letters(item, meant));
    for line in known.chain(slips) {
        if matches!(judge(item, standing, &line), Verdict::Wrong { .. }) && !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}

/// `meant` broken off after a sign, if that cannot be read.
pub(super) fn broken_off(item: &Item, standing: &[Statement], meant: &str) -> Option<String> {
    let (at, sign) = meant.char_indices().rev().find(|(_, c)| matches!(c, '+' | '−' | '·' | '/' | '='))?;
    let line = meant.get(..at + sign.len_utf8())?.to_owned();
    matches!(judge(item, standing, &line), Verdict::Unreadable(_)).then_some(line)
}

fn judge(item: &Item, standing: &[Statement], line: &str) -> Verdict {
    item.judge(Earlier { right: standing, ..Earlier::default() }, line).verdict
}

/// Other letters where letters are handed in: another option, two pieces that have changed places, one left out.
fn other_letters(item: &Item, meant: &str) -> Vec<String> {
    if item.task().is_some() {
        return Vec::new();
    }
    let letters: Vec<usize> = meant.char_indices().filter(|(_, c)| c.is_ascii_uppercase()).map(|(at, _)| at).collect();
    let put = |at: usize, letter: char| format!("{}{letter}{}", &meant[..at], &meant[at + 1..]);
    let others = letters.last().into_iter().flat_map(|at| ('A'..='H').map(|letter| put(*at, letter)));
    let swapped = letters.windows(2).map(|two| {
        let letter = |at: usize| meant[at..].chars().next().unwrap_or('A');
        let (first, second) = (letter(two[0]), letter(two[1]));
        let once = put(two[0], second);
        format!("{}{first}{}", &once[..two[1]], &once[two[1] + 1..])
    });
    let fewer =
        letters.last().filter(|_| letters.len() > 1).map(|at| meant[..*at].trim_end_matches([',', ' ']).to_owned());
    others.chain(swapped).chain(fewer).collect()
}

/// `meant` as somebody in a hurry types it: without spaces and with what the keyboard has. As it was, if that is no
/// longer the same.
pub(super) fn in_a_hurry(item: &Item, standing: &[Statement], meant: &str) -> String {
    let tight: String = meant
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '−' => '-',
            '·' => '*',
            other => other,
        })
        .collect();
    if judge(item, standing, &tight) == judge(item, standing, meant) { tight } else { meant.to_owned() }
}

/// A term that changes sides and keeps its sign, or the other way round.
fn sign_slips(meant: &str) -> Vec<String> {
    let swapped = |from: &str, to: &str| meant.contains(from).then(|| meant.replacen(from, to, 1));
    [swapped(" − ", " + "), swapped(" + ", " − "), swapped("= −", "= ")].into_iter().flatten().collect()
}

/// A number that is miscounted: the last one first.
fn counting_slips(meant: &str) -> Vec<String> {
    let mut slips = Vec::new();
    for (start, end) in numbers(meant).into_iter().rev() {
        let Some(number) = meant.get(start..end).and_then(|digits| digits.parse::<i64>().ok()) else { continue };
        for off in OFF_BY {
            if number + off > 0 {
                slips.push(format!("{}{}{}", &meant[..start], number + off, &meant[end..]));
            }
        }
    }
    slips
}

/// Where the runs of digits begin and end, in bytes.
fn numbers(line: &str) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (at, _) in line.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
        match found.last_mut() {
            Some((_, end)) if *end == at => *end = at + 1,
            _ => found.push((at, at + 1)),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exercises::{Bank, Wrong, draw};

    #[test]
    fn for_every_exercise_there_are_wrong_lines_and_they_are_judged_wrong() {
        let bank = Bank::shipped().expect("the shipped bank");
        for exercise in bank.exercises() {
            for seed in 1..12 {
                let item = draw(exercise, seed).expect("the bank can be drawn");
                let meant = item.worked.first().expect("a worked line");
                let wrong = wrong_lines(&item, &[], meant);
                let least = if item.task().is_some() { 3 } else { usize::from(item.answer.is_judged()) };
                assert!(wrong.len() >= least, "{}: {wrong:?} for {meant}", exercise.id);
                for line in wrong {
                    let verdict = judge(&item, &[], &line);
                    assert!(matches!(verdict, Verdict::Wrong { .. }), "{line}: {verdict:?}");
                }
            }
        }
    }

    #[test]
    fn a_slip_that_happens_to_be_right_is_not_taken() {
        let bank = Bank::shipped().expect("the shipped bank");
        let exercise = bank.exercise(&"both-sides-plain".into()).expect("a known exercise");
        let mut item = draw(exercise, 3).expect("the bank can be drawn");
        let right = item.worked.last().expect("a worked line").clone();
        let wrong = |line: &str| Wrong { line: line.to_owned(), misconception: None };
        item.wrong = vec![wrong(&right), wrong("x = ")];
        let wrong = wrong_lines(&item, &[], &item.worked[0]);
        assert!(!wrong.contains(&right) && !wrong.contains(&"x = ".to_owned()), "{wrong:?}");
    }

    #[test]
    fn haste_changes_the_looks_only() {
        let bank = Bank::shipped().expect("the shipped bank");
        let exercise = bank.exercise(&"both-sides-plain".into()).expect("a known exercise");
        let item = draw(exercise, 3).expect("the bank can be drawn");
        for meant in &item.worked {
            let typed = in_a_hurry(&item, &[], meant);
            assert!(!typed.contains(' '), "{typed}");
            assert!(matches!(judge(&item, &[], &typed), Verdict::Right { .. }), "{typed}");
        }
    }
}
