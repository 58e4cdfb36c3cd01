//! `cases FILE [--wrong]`: judges the labelled cases of a JSONL file and prints how it went.

#![expect(clippy::disallowed_methods, reason = "this is where the clock is handed in from")]

use std::process::ExitCode;
use std::time::Instant;

use stepcheck::{Case, CaseVerdict, score};

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (Some(path), wrong) = (arguments.next(), arguments.next().is_some_and(|word| word == "--wrong")) else {
        eprintln!("cases FILE [--wrong]");
        return ExitCode::FAILURE;
    };
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(why) => {
            eprintln!("{path}: {why}");
            return ExitCode::FAILURE;
        }
    };
    let cases: Vec<Case> = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let begun = Instant::now();
    let clock = || u64::try_from(begun.elapsed().as_nanos()).unwrap_or(u64::MAX);
    let mut times: Vec<(u64, String)> = Vec::new();
    let scores = score(&cases, clock, |case, verdict, time| {
        let shown = format!("{} {} {:?} | {:?} | {:?}", case.kind, case.id, case.a, case.b, case.lines);
        let as_labelled = matches!((verdict, case.expect), (CaseVerdict::Right, true) | (CaseVerdict::Wrong, false));
        if wrong && !as_labelled {
            println!("{verdict:?} but {}: {shown}", case.expect);
        }
        times.push((time, shown));
    });
    if wrong {
        times.sort();
        for (time, shown) in times.iter().rev().take(12) {
            println!("{} µs: {shown}", time / 1000);
        }
    }
    match serde_json::to_string(&scores) {
        Ok(shown) => println!("{}", shown.replace("},", "},\n")),
        Err(why) => eprintln!("{why}"),
    }
    ExitCode::SUCCESS
}
