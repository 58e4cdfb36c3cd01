//! What reading, judging and printing a line costs, one kind of case at a time.
//!
//! `cargo bench --package stepcheck --bench judging` measures time; `scripts/instructions.sh` counts
//! instructions. Both go through the labelled cases of `cases.jsonl` with the functions [`judging`],
//! [`reading`] and [`printing`], by whose names the script knows what to count.

use std::collections::BTreeMap;
use std::hint::black_box;

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use stepcheck::{Case, CaseVerdict, Notation, Statement, judge_case, latex, mathml, read, text};

/// The cases by kind.
fn kinds() -> BTreeMap<String, Vec<Case>> {
    let mut kinds: BTreeMap<String, Vec<Case>> = BTreeMap::new();
    for line in include_str!("cases.jsonl").lines() {
        let case: Case = serde_json::from_str(line).expect("a case");
        let kind = case.kind.split(':').next().unwrap_or_default().to_owned();
        kinds.entry(kind).or_default().push(case);
    }
    kinds
}

/// All that is written in the cases, as a student types it.
fn typed(kinds: &BTreeMap<String, Vec<Case>>) -> Vec<String> {
    let lines = kinds.values().flatten().flat_map(|case| {
        let pair = [&case.a, &case.b].into_iter().flatten();
        pair.chain(case.lines.iter().flatten())
    });
    lines.filter(|line| read(line).is_ok()).cloned().collect()
}

#[inline(never)]
fn judging(cases: &[Case]) {
    for case in cases {
        black_box(judge_case(black_box(case)));
    }
}

#[inline(never)]
fn reading(lines: &[String]) {
    for line in lines {
        black_box(read(black_box(line)).is_ok());
    }
}

#[inline(never)]
fn printing(statements: &[Statement]) {
    for statement in statements {
        let statement = black_box(statement);
        black_box((text(statement, Notation::Swedish), latex(statement, Notation::Swedish), mathml(statement)));
    }
}

/// A bench whose name ends with how many there are.
fn bench<T>(group: &mut BenchmarkGroup<'_, WallTime>, name: &str, all: &[T], each: fn(&[T])) {
    group.throughput(Throughput::Elements(all.len() as u64));
    group.bench_function(BenchmarkId::new(name, all.len()), |bencher| bencher.iter(|| each(all)));
}

fn all(criterion: &mut Criterion) {
    let kinds = kinds();
    let lines = typed(&kinds);
    let statements: Vec<Statement> = lines.iter().filter_map(|line| read(line).ok()).collect();
    let mut group = criterion.benchmark_group("case");
    for (kind, cases) in &kinds {
        for case in cases {
            let right = if case.expect { CaseVerdict::Right } else { CaseVerdict::Wrong };
            assert_eq!(judge_case(case), right, "a case is only worth measuring if it is judged as labelled: {case:?}");
        }
        bench(&mut group, kind, cases, judging);
    }
    bench(&mut group, "reading", &lines, reading);
    bench(&mut group, "printing", &statements, printing);
    group.finish();
}

criterion_group!(benches, all);
criterion_main!(benches);
