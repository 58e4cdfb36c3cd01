//! Each acknowledged thing is there once and unchanged, and nothing is there twice.

use std::collections::BTreeMap;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

use super::{
    Finding,
    rows::{Hint, Rows},
    shadow::{Known, Line, Shadow},
};

/// Lines by their calculation, as the server gives them to the student.
pub(super) type Given = BTreeMap<String, Vec<Line>>;

/// Everything that is not as it was acknowledged. `given` has to hold every calculation with an acknowledged line.
pub(super) fn compare(shadow: &Shadow, rows: &Rows, given: &Given) -> Vec<Finding> {
    let mut found = Vec::new();
    lines(shadow, rows, &mut found);
    contents(shadow, rows, given, &mut found);
    calculations(shadow, rows, &mut found);
    hints(shadow, rows, &mut found);
    appeals(shadow, rows, &mut found);
    distances(shadow, rows, &mut found);
    assignments(shadow, rows, &mut found);
    doors(shadow, rows, &mut found);
    looks(shadow, rows, &mut found);
    consents(shadow, rows, &mut found);
    found
}

/// Lines that were asked for, not answered, and stored all the same.
pub(super) fn stored_unanswered(shadow: &Shadow, rows: &Rows) -> u64 {
    let acknowledged: std::collections::BTreeSet<&String> =
        shadow.lines.values().flat_map(BTreeMap::values).map(|line| &line.key).collect();
    rows.lines.iter().map(|line| u64::from(!acknowledged.contains(&line.key))).sum()
}

fn counts<'a, T>(rows: &'a [T], of: impl Fn(&'a T) -> &'a str) -> BTreeMap<&'a str, usize> {
    let mut counts = BTreeMap::new();
    for row in rows {
        *counts.entry(of(row)).or_default() += 1;
    }
    counts
}

/// A thing with this name was acknowledged or not, and is there so often.
fn once(what: &str, name: &str, acknowledged: bool, there: usize, found: &mut Vec<Finding>) {
    if acknowledged && there == 0 {
        found.push(Finding::Lost(format!("{what} {name}")));
    }
    if there > 1 {
        found.push(Finding::Doubled(format!("{what} {name} is there {there} times")));
    }
}

fn lines(shadow: &Shadow, rows: &Rows, found: &mut Vec<Finding>) {
    let there = counts(&rows.lines, |line| &line.key);
    for (calculation, of) in &shadow.lines {
        for line in of.values() {
            once("the line", &line.key, true, there.get(line.key.as_str()).copied().unwrap_or_default(), found);
            let stored = rows.lines.iter().find(|stored| stored.key == line.key);
            if stored.is_some_and(|stored| stored.calculation != *calculation || stored.number != line.number) {
                found.push(Finding::Lost(format!("the line {} stands somewhere else", line.key)));
            }
        }
    }
    for (key, count) in there {
        match shadow.keys.get(key) {
            Some(_) if count > 1 => found.push(Finding::Doubled(format!("the key {key} is there {count} times"))),
            Some(_) => {}
            None => found.push(Finding::Doubled(format!("a line with the key {key}, which nobody sent"))),
        }
    }
}

fn contents(shadow: &Shadow, rows: &Rows, given: &Given, found: &mut Vec<Finding>) {
    let stored = counts(&rows.lines, |line| &line.key);
    for (calculation, of) in &shadow.lines {
        let there = given.get(calculation).map(Vec::as_slice).unwrap_or_default();
        for line in of.values() {
            match there.iter().find(|given| given.number == line.number) {
                Some(given) if given == line => {}
                Some(given) => found.push(Finding::Lost(format!("{line:?} became {given:?}"))),
                // One that is not stored is told of already.
                None if !stored.contains_key(line.key.as_str()) => {}
                None => found.push(Finding::Lost(format!("{line:?} of {calculation} is not shown"))),
            }
        }
        for (text, count) in counts(there, |line| &line.text) {
            let meant = shadow.texts.get(&(calculation.clone(), text.to_owned())).copied().unwrap_or_default();
            if count > meant {
                found.push(Finding::Doubled(format!("«{text}» of {calculation}: {count} times instead of {meant}")));
            }
        }
    }
}

fn calculations(shadow: &Shadow, rows: &Rows, found: &mut Vec<Finding>) {
    let there = counts(&rows.calculations, |row| &row.id);
    for id in &shadow.opened {
        once("the calculation", id, true, there.get(id.as_str()).copied().unwrap_or_default(), found);
    }
    let finished: BTreeMap<&str, bool> =
        rows.calculations.iter().map(|row| (row.id.as_str(), row.is_finished)).collect();
    for id in shadow.finished.iter().filter(|id| finished.get(id.as_str()) != Some(&true)) {
        found.push(Finding::Lost(format!("that the calculation {id} is finished")));
    }
    let open: Vec<_> = rows.calculations.iter().filter(|row| !row.is_finished && !row.is_left).collect();
    for (student, count) in counts(&open, |row| &row.student).into_iter().filter(|(_, count)| *count > 1) {
        found.push(Finding::Doubled(format!("{student} has {count} half-finished calculations")));
    }
}

fn hints(shadow: &Shadow, rows: &Rows, found: &mut Vec<Finding>) {
    for ((calculation, from), open) in &shadow.hints {
        let is_there = |strength: i64| {
            let is_it = |row: &Hint| row.calculation == *calculation && (row.from, row.strength) == (*from, strength);
            rows.hints.iter().any(is_it)
        };
        for strength in (1..=*open).filter(|strength| !is_there(*strength)) {
            found.push(Finding::Lost(format!("the hint {strength} of {calculation} from line {from}")));
        }
    }
    for Hint { calculation, from, strength, .. } in &rows.hints {
        if shadow.hints_asked.get(calculation).is_none_or(|asked| asked < strength) {
            let told = format!("the hint {strength} of {calculation} from line {from}, which nobody opened");
            found.push(Finding::Doubled(told));
        }
    }
}

fn appeals(shadow: &Shadow, rows: &Rows, found: &mut Vec<Finding>) {
    for (appeal, _) in shadow.appeals.iter().filter(|(_, acknowledged)| **acknowledged) {
        if !rows.appeals.iter().any(|row| row.appeal == *appeal) {
            found.push(Finding::Lost(format!("that {appeal:?} is held to be right")));
        }
    }
    for row in &rows.appeals {
        if !shadow.appeals.contains_key(&row.appeal) {
            found.push(Finding::Doubled(format!("{:?}, which nobody held to be right", row.appeal)));
        }
        let meant = shadow.answers.get(&row.appeal);
        match (meant, row.holds) {
            (Some((holds, acknowledged)), there) if there != Some(*holds) && (*acknowledged || there.is_some()) => {
                found.push(Finding::Lost(format!("what was answered to {:?}", row.appeal)));
            }
            (None, Some(_)) => {
                found.push(Finding::Doubled(format!("an answer to {:?}, which nobody gave", row.appeal)));
            }
            _ => {}
        }
    }
}

fn distances(shadow: &Shadow, rows: &Rows, found: &mut Vec<Finding>) {
    let there = counts(&rows.distances, |row| &row.key);
    for (key, (metres, acknowledged)) in &shadow.distances {
        once("the distance", key, *acknowledged, there.get(key.as_str()).copied().unwrap_or_default(), found);
        let stored = rows.distances.iter().find(|row| row.key == *key);
        if stored.is_some_and(|row| row.metres != i64::from(*metres)) {
            found.push(Finding::Lost(format!("the distance {key} is no longer {metres} m")));
        }
    }
    for (id, (approve, acknowledged)) in shadow.decisions.iter().filter(|(_, (_, acknowledged))| *acknowledged) {
        let stored = rows.distances.iter().find(|row| row.id == *id);
        if *acknowledged && stored.is_none_or(|row| (row.is_approved, row.is_returned) != (*approve, !approve)) {
            found.push(Finding::Lost(format!("what was decided of the distance {id}")));
        }
    }
}

fn assignments(shadow: &Shadow, rows: &Rows, found: &mut Vec<Finding>) {
    let there = counts(&rows.assignments, |(id, _)| id);
    for (id, acknowledged) in &shadow.assignments {
        once("the assignment", id, *acknowledged, there.get(id.as_str()).copied().unwrap_or_default(), found);
    }
    for id in there.keys().filter(|id| !shadow.assignments.contains_key(**id)) {
        found.push(Finding::Doubled(format!("an assignment {id} that nobody gave")));
    }
    for (id, is_taken_back) in &rows.assignments {
        let meant = shadow.taken_back.get(id).copied().unwrap_or(Known::Is(false));
        if matches!(meant, Known::Is(meant) if meant != *is_taken_back) {
            found.push(Finding::Lost(format!("whether the assignment {id} is taken back")));
        }
    }
}

/// Sessions and class codes: what was opened is open, what was ended is not.
fn doors(shadow: &Shadow, rows: &Rows, found: &mut Vec<Finding>) {
    let there = counts(&rows.sessions, |hash| hash);
    for (token, known) in &shadow.sessions {
        let Known::Is(open) = known else { continue };
        let hash = hash_of(token);
        if there.contains_key(hash.as_str()) != *open {
            found.push(Finding::Lost(format!("that the session {hash} is {}", if *open { "open" } else { "ended" })));
        }
    }
    let there = counts(&rows.codes, |group| group);
    for (group, known) in &shadow.codes {
        if matches!(known, Known::Is(open) if there.contains_key(group.as_str()) != *open) {
            found.push(Finding::Lost(format!("whether the class code of {group} is open")));
        }
    }
}

fn hash_of(token: &str) -> String {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(token).unwrap_or_default();
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn looks(shadow: &Shadow, rows: &Rows, found: &mut Vec<Finding>) {
    let mut there: BTreeMap<_, usize> = BTreeMap::new();
    for look in &rows.looks {
        *there.entry(look).or_default() += 1;
    }
    for ((who, class, whom), count) in there.iter().filter(|(_, count)| **count > 1) {
        found.push(Finding::Doubled(format!("{who} looked at {class} of {whom}, {count} entries within the hour")));
    }
    for (who, whom) in &shadow.looks {
        if !rows.looks.iter().any(|(by, _, of)| by == who && of == whom) {
            found.push(Finding::Lost(format!("that {who} looked at {whom}")));
        }
    }
}

fn consents(shadow: &Shadow, rows: &Rows, found: &mut Vec<Finding>) {
    for (person, (acknowledged, under_way)) in &shadow.consents {
        let mut steps: Vec<_> = rows.consents.iter().filter(|(of, ..)| of == person).collect();
        steps.sort_by_key(|(_, number, _)| *number);
        // The world has given it once.
        let (least, there) = (1 + acknowledged, steps.len());
        if there < least {
            found.push(Finding::Lost(format!("{} steps of consent of {person}", least - there)));
        }
        if there > least + usize::from(*under_way) {
            found.push(Finding::Doubled(format!("{there} steps of consent of {person} instead of {least}")));
        }
        if steps.windows(2).any(|pair| pair[0].2 == pair[1].2) {
            found.push(Finding::Doubled(format!("a step of consent of {person}")));
        }
    }
}
