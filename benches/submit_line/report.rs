//! The table that is printed, ready for docs/performance.md.

use crate::{client::Measured, server::Kind};

/// One server's figures.
pub struct Row {
    pub kind: Kind,
    pub health: Measured,
    /// Lines of students at an opened calculation.
    pub at_desk: Measured,
    /// Microseconds of the server's CPU for each of them.
    pub cpu_per_line: f64,
    /// Lines of students whom the server has not met.
    pub unopened: Measured,
}

/// Prints the table and the ratios that the goals are about.
pub fn print(rows: &[Row], bare: f64) {
    println!("{}", machine());
    println!("bare commit (4 KiB + fdatasync), one after the other: {bare:.0}/s\n");
    println!(
        "| server | health/s | lines/s | p50 ms | p99 ms | lines : health | server CPU µs/line | unopened: lines/s | p99 ms |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for row in rows {
        let milliseconds = |of: &Measured, quantile| of.times.value_at_quantile(quantile) as f64 / 1000.0;
        println!(
            "| {} | {:.0} | {:.0} | {:.2} | {:.2} | {:.1} % | {:.0} | {:.0} | {:.2} |{}",
            row.kind,
            row.health.rate,
            row.at_desk.rate,
            milliseconds(&row.at_desk, 0.5),
            milliseconds(&row.at_desk, 0.99),
            100.0 * row.at_desk.rate / row.health.rate,
            row.cpu_per_line,
            row.unopened.rate,
            milliseconds(&row.unopened, 0.99),
            if row.at_desk.ran_out { " (lines ran out before the time)" } else { "" },
        );
    }
    let rate = |kind| rows.iter().find(|row| row.kind == kind).map(|row| row.at_desk.rate);
    if let (Some(stored), Some(left_out)) = (rate(Kind::Sqlite), rate(Kind::SqliteLeftOut)) {
        println!("\nSQLite : the same with storage left out = {:.2}", stored / left_out);
    }
}

fn machine() -> String {
    let processor = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = processor.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or(": unknown");
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    format!("machine: {} cores of {}", cores, model.trim_start_matches(['\t', ' ', ':']))
}
