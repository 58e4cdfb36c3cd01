//! What judging a right line and naming its steps costs, one kind of line at a time.
//!
//! `cargo bench --package stepcheck --bench explaining` measures time. The lines are those of the tables in
//! `tests/steps`, one kind a file.

use std::hint::black_box;
use std::path::Path;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use stepcheck::{Account, Before, Demand, Statement, Task, explain, read};

/// A task and the line that is typed below it.
type Row = (Task, String);

fn rows(text: &str) -> Vec<Row> {
    text.lines().filter(|line| line.starts_with("| `")).filter_map(row).collect()
}

fn row(line: &str) -> Option<Row> {
    let mut cells = line.split('`').skip(1).step_by(2);
    let (above, below) = (cells.next()?, cells.next()?);
    let start = read(above).ok()?;
    let demand = match (&start, start.names().first()) {
        (Statement::Expression(_), _) | (_, None) => Demand::Simplified,
        (_, Some(name)) => Demand::Solved { variable: *name },
    };
    Some((Task::new(start, demand), below.to_owned()))
}

#[inline(never)]
fn explaining(rows: &[Row]) {
    for (task, line) in rows {
        black_box(explain(black_box(task), Before::default(), black_box(line)));
    }
}

fn all(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("explain");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/steps");
    for kind in ["algebra", "aritmetik", "ekvationer", "potenser"] {
        let text = std::fs::read_to_string(folder.join(format!("{kind}.md"))).expect("a table");
        let rows = rows(&text);
        let named =
            |(task, line): &&Row| matches!(explain(task, Before::default(), line).1, Some(Account::Step { .. }));
        let told = rows.iter().filter(named).count();
        assert!(told * 10 >= rows.len() * 9, "only what is told is worth measuring: {told} of {}", rows.len());
        group.throughput(Throughput::Elements(rows.len() as u64));
        group.bench_function(BenchmarkId::new(kind, rows.len()), |bencher| bencher.iter(|| explaining(&rows)));
    }
    group.finish();
}

criterion_group!(benches, all);
criterion_main!(benches);
