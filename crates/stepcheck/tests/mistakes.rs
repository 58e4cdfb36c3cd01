//! The Markdown cases in `tests/mistakes`: what is said of lines that are not right. `README.md` there explains the words.

mod missing;
mod tables;

use stepcheck::{Account, Before, Cause, Misconception, Place, Slip, Task, Verdict, explain, read};

const SOLUTIONS: &str = "losningar.md";

#[test]
fn every_wrong_line_is_explained_as_written() {
    tables::check_rows("tests/mistakes", 450, |file, row| if file == SOLUTIONS { Ok(()) } else { check(row) });
}

#[test]
fn every_misconception_is_told_of_three_lines_or_more() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mistakes");
    let files = std::fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("an entry").path());
    let tables = files.filter(|file| !file.ends_with(SOLUTIONS));
    let all: String = tables.map(|file| std::fs::read_to_string(file).expect("a table")).collect();
    for one in Misconception::ALL {
        let rows = all.lines().filter(|row| row.split('|').any(|cell| cell.trim() == one.id())).count();
        assert!(rows >= 3, "{}: {rows} rows", one.id());
    }
}

fn check(row: &str) -> Result<(), String> {
    let cells: Vec<&str> = row.trim().trim_matches('|').split('|').map(str::trim).collect();
    let [above, line, cause, marked] = cells[..] else { return Err("not four cells".into()) };
    let (above, line) = (above.trim_matches('`'), line.trim_matches('`'));
    let task = Task::usual(read(above).map_err(|why| format!("above: {why:?}"))?);
    let (judged, account) = explain(&task, Before::default(), line);
    if !matches!(judged.verdict, Verdict::Wrong { .. }) {
        return Err(format!("judged {:?}", judged.verdict));
    }
    let (found, part) = in_words(line, account.as_ref());
    let expected = (cause.to_owned(), marked.trim_matches('`').to_owned());
    (expected == (found.clone(), part.clone())).then_some(()).ok_or(format!("found «{found}», marked «{part}»"))
}

/// The cause and the marked part of a mistake.
fn in_words(line: &str, account: Option<&Account>) -> (String, String) {
    let Some(Account::Mistake { cause, broken, .. }) = account else { return ("–".into(), "–".into()) };
    let cause = match cause {
        Some(Cause::Misconception { id }) => id.id(),
        Some(Cause::Slip { slip: Slip::Sign }) => "teckenfel",
        Some(Cause::Slip { slip: Slip::Number }) => "räknefel",
        None => "–",
    };
    (cause.into(), broken.map_or_else(|| "–".into(), |place| part(line, place)))
}

fn part(line: &str, place: Place) -> String {
    let signs: String = line.chars().skip(place.start).take(place.end - place.start).collect();
    signs.trim().to_owned()
}

/// A student's whole solution: the task and its lines with what is said of each.
struct Solution {
    task: Task,
    title: String,
    lines: Vec<(String, String)>,
}

fn solutions() -> Vec<Solution> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mistakes").join(SOLUTIONS);
    let text = std::fs::read_to_string(path).expect("the solutions");
    let mut found: Vec<Solution> = Vec::new();
    for line in text.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            let start = title.split('`').nth(1).expect("a task between backticks");
            let task = Task::usual(read(start).unwrap_or_else(|why| panic!("{title}: {why:?}")));
            found.push(Solution { task, title: title.into(), lines: Vec::new() });
        } else if line.starts_with("| `") {
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            let [typed, said] = cells[..] else { panic!("{line}: not two cells") };
            let solution = found.last_mut().expect("a title before its lines");
            solution.lines.push((typed.trim_matches('`').into(), said.into()));
        }
    }
    found
}

/// What is said of each line, a right line being what the next one starts from, and a wrong one the one it may follow from.
fn told(solution: &Solution) -> Vec<String> {
    let mut right = Vec::new();
    let mut wrong = None;
    let mut all = Vec::new();
    for (line, _) in &solution.lines {
        let (judged, account) = explain(&solution.task, Before { right: &right, wrong: wrong.as_ref() }, line);
        all.push(match (&judged.verdict, &account) {
            (Verdict::Right { finished: true }, _) => "klart".into(),
            (Verdict::Right { finished: false }, _) => "rätt".into(),
            (Verdict::Unfinished { .. }, _) => "kvar".into(),
            (Verdict::Unreadable(why), _) => format!("oläslig: {}", missing::in_words(&why.missing)),
            (Verdict::Wrong { .. }, Some(Account::Mistake { follows: true, .. })) => "följer".into(),
            (Verdict::Wrong { .. }, account) => {
                let (cause, part) = in_words(line, account.as_ref());
                format!("fel: {cause}, {}", if part == "–" { part } else { format!("`{part}`") })
            }
        });
        match (judged.verdict, judged.statement) {
            (Verdict::Right { .. } | Verdict::Unfinished { .. }, Some(statement)) => {
                right.push(statement);
                wrong = None;
            }
            (_, statement) => wrong = statement,
        }
    }
    all
}

#[test]
fn every_line_of_whole_solutions_is_told_as_written() {
    let all = solutions();
    let mut differing = Vec::new();
    for solution in &all {
        for ((line, expected), found) in solution.lines.iter().zip(told(solution)) {
            if *expected != found {
                differing.push(format!("{}: | `{line}` | {expected} | but {found}", solution.title));
            }
        }
        let wrong = solution.lines.iter().filter(|(_, said)| said.starts_with("fel")).count();
        assert!(wrong >= 2, "{}: a solution here has two errors or more", solution.title);
    }
    assert!(differing.is_empty(), "\n{}", differing.join("\n"));
    assert!(all.len() >= 40, "only {} solutions were found", all.len());
}
