//! `stegvis check`: how the step checker does on labelled cases.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    time::Instant,
};

use anyhow::{Context, bail};
use clap::Args;
use stepcheck::{Case, CaseVerdict, Score, score};

/// Judge labelled cases and count what was judged as labelled.
#[derive(Debug, Args)]
pub struct CheckCommand {
    /// A file with one case a line, as {"kind": "equivalent", "a": "2*(x+1)", "b": "2*x+2", "expect": true}
    #[arg(long, value_name = "FILE.jsonl")]
    cases: PathBuf,
    /// Print a JSON array, one object a kind, instead of a table
    #[arg(long)]
    json: bool,
    /// Print each case that was not judged as labelled, on standard error
    #[arg(long)]
    wrong: bool,
}

impl CheckCommand {
    /// Judges the cases and prints one row a kind.
    ///
    /// # Errors
    /// When the file cannot be read or a line in it is no case; the text is for people.
    pub fn run(&self) -> anyhow::Result<()> {
        let cases = read(&self.cases)?;
        let scores = scored(&cases, |case, verdict, _took| {
            if self.wrong && !is_as_labelled(case, verdict) {
                eprintln!("{}", told(case, verdict));
            }
        });
        let mut out = io::stdout().lock();
        if self.json {
            serde_json::to_writer(&mut out, &scores)?;
            return writeln!(out).context("could not print the figures");
        }
        table(&scores, &mut out).context("could not print the figures")
    }
}

fn read(file: &Path) -> anyhow::Result<Vec<Case>> {
    let text = fs::read_to_string(file)
        .with_context(|| format!("could not read {}; name a file with one case a line", file.display()))?;
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    let cases = lines.map(|(number, line)| {
        serde_json::from_str(line)
            .with_context(|| format!("{}, line {number}, is no case; it needs kind, a, b and expect", file.display()))
    });
    let cases: Vec<Case> = cases.collect::<anyhow::Result<_>>()?;
    if cases.is_empty() {
        bail!("{} holds no cases", file.display());
    }
    Ok(cases)
}

#[expect(clippy::disallowed_methods, reason = "what a case takes is measured here")]
fn scored(cases: &[Case], each: impl FnMut(&Case, CaseVerdict, u64)) -> Vec<Score> {
    let begun = Instant::now();
    score(cases, || u64::try_from(begun.elapsed().as_nanos()).unwrap_or(u64::MAX), each)
}

const fn is_as_labelled(case: &Case, verdict: CaseVerdict) -> bool {
    matches!((verdict, case.expect), (CaseVerdict::Right, true) | (CaseVerdict::Wrong, false))
}

fn told(case: &Case, verdict: CaseVerdict) -> String {
    let lines: Vec<&str> = [case.a.as_deref(), case.b.as_deref()]
        .into_iter()
        .flatten()
        .chain(case.lines.iter().flatten().map(String::as_str))
        .collect();
    let label = if case.expect { "right" } else { "wrong" };
    format!("{} {}: {verdict:?}, labelled {label}: {}", case.kind, case.id, lines.join("  |  "))
}

fn table(scores: &[Score], out: &mut impl Write) -> io::Result<()> {
    let heads = [
        "n",
        "right",
        "false accept",
        "false reject",
        "no answer",
        "median µs",
        "p99 µs",
        "longest µs",
        "named",
        "misnamed",
    ];
    write!(out, "{:32}", "kind")?;
    for head in heads {
        write!(out, " {head:>12}")?;
    }
    writeln!(out)?;
    for score in scores {
        write!(out, "{:32} {:>12} {:>12}", score.kind, score.n, score.right)?;
        write!(out, " {:>12} {:>12} {:>12}", score.false_accept, score.false_reject, score.no_answer)?;
        write!(out, " {:>12} {:>12} {:>12}", score.median_us, score.p99_us, score.max_us)?;
        let counted = |count: Option<usize>| count.map_or_else(|| "–".to_owned(), |count| count.to_string());
        writeln!(out, " {:>12} {:>12}", counted(score.named), counted(score.misnamed))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_are_counted_by_kind() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("cases.jsonl");
        let right = r#"{"kind":"equivalent","a":"2*(x+1)","b":"2*x+2","expect":true}"#;
        let lost = r#"{"kind":"solution_set","a":"x^2 = 4*x","b":"x = 4","expect":true}"#;
        let unknown = r#"{"kind":"rhyme","a":"x","b":"x","expect":true}"#;
        fs::write(&file, format!("{right}\n\n{lost}\n{unknown}\n")).unwrap();
        let cases = read(&file).unwrap();
        let mut otherwise = Vec::new();
        let scores = scored(&cases, |case, verdict, _took| {
            if !is_as_labelled(case, verdict) {
                otherwise.push(told(case, verdict));
            }
        });
        let counted = |score: &Score| (score.right, score.false_accept, score.false_reject, score.no_answer);
        assert_eq!(scores.iter().map(counted).collect::<Vec<_>>(), [(1, 0, 0, 0), (0, 0, 0, 1), (0, 0, 1, 0)]);
        assert_eq!(otherwise.len(), 2);
        assert!(otherwise[0].contains("x^2 = 4*x  |  x = 4"), "{otherwise:?}");
        let json = serde_json::to_value(&scores).unwrap();
        let keys: Vec<&String> = json[0].as_object().unwrap().keys().collect();
        let mut expected =
            ["kind", "n", "right", "false_accept", "false_reject", "no_answer", "median_us", "p99_us", "max_us"];
        expected.sort_unstable();
        assert_eq!(
            {
                let mut keys = keys;
                keys.sort();
                keys
            },
            expected
        );
    }

    #[test]
    fn wrong_lines_are_counted_by_whether_their_misconception_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("cases.jsonl");
        let case = |line: &str, id: &str| {
            format!(r#"{{"kind":"misconception","a":"5*(x+2)","b":"{line}","expect":false,"misconception":"{id}"}}"#)
        };
        let cases = [
            case("5*x+2", "distribute_first_only"),
            case("5*x+2", "foil_first_last"),
            case("3*x+88", "distribute_first_only"),
        ];
        fs::write(&file, cases.join("\n")).unwrap();
        let scores = scored(&read(&file).unwrap(), |_, _, _| {});
        let json = serde_json::to_value(&scores).unwrap();
        assert_eq!((&json[0]["right"], &json[0]["named"], &json[0]["misnamed"]), (&3.into(), &1.into(), &1.into()));
    }

    #[test]
    fn what_is_no_case_is_told_with_its_line() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("cases.jsonl");
        fs::write(&file, "{\"kind\":\"equivalent\",\"a\":\"1\",\"b\":\"1\",\"expect\":true}\nx = 3\n").unwrap();
        let refusal = format!("{:#}", read(&file).unwrap_err());
        assert!(refusal.contains("line 2"), "{refusal}");
        assert!(read(&folder.path().join("none")).is_err());
    }
}
