//! What is printed: tables for docs/performance.md, and for each goal whether it was reached.

use std::time::Duration;

use crate::figures::{Asked, Figures, Times, longest, milliseconds};

/// The tables' head.
pub const HEAD: &str = "| what | asked | a second | p50 ms | p99 ms | p99.9 ms | longest ms | answers |\n\
                        |---|---|---|---|---|---|---|---|";

/// One row for each kind of request, and one for the refused among them, if there are any.
pub fn print(figures: &Figures, lasting: Duration) {
    print_during("", figures, lasting);
}

/// The same, each row named with `when` before it, such as «coming in: ».
pub fn print_during(when: &str, figures: &Figures, lasting: Duration) {
    for (kind, asked) in &figures.asked {
        print_row(&format!("{when}{kind}"), asked, lasting);
    }
    for fault in &figures.faults {
        println!("\n**failed:** {}", fault.lines().next().unwrap_or_default().chars().take(300).collect::<String>());
    }
}

fn print_row(kind: &str, asked: &Asked, lasting: Duration) {
    let (done, refused) = (&asked.done, &asked.refused);
    let all = done.len() + refused.len() + asked.lost;
    let lost = if asked.lost > 0 { format!(", {} without any", asked.lost) } else { String::new() };
    let statuses: Vec<String> = asked.statuses.iter().map(|(status, count)| format!("{count} × {status}")).collect();
    let row = |what: &str, count: u64, times: &Times, answers: String| {
        println!(
            "| {what} | {count} | {:.0} | {:.1} | {:.1} | {:.1} | {:.1} | {answers} |",
            count as f64 / lasting.as_secs_f64(),
            milliseconds(times, 0.5),
            milliseconds(times, 0.99),
            milliseconds(times, 0.999),
            longest(times),
        );
    };
    row(kind, all, done, format!("{}{lost}", statuses.join(", ")));
    if !refused.is_empty() {
        row(&format!("{kind}: the refused"), refused.len(), refused, "503".to_owned());
    }
}

/// What stands beneath a table.
pub struct Beneath {
    /// Processor time of the server.
    pub cpu: Duration,
    pub answers: u64,
    /// Bytes: the most that was resident since its start.
    pub memory: u64,
    /// Bytes: the longest write-ahead log that was seen. None on PostgreSQL.
    pub log: Option<u64>,
    /// The generator's own delay.
    pub late: (f64, f64),
}

impl Beneath {
    pub fn print(&self) {
        let mib = |bytes: u64| bytes as f64 / 1_048_576.0;
        let log = self.log.map(|bytes| format!("log at most {:.1} MiB; ", mib(bytes))).unwrap_or_default();
        println!(
            "\nserver: {:.2} s of processor time for 1,000 requests; memory at most {:.0} MiB; {log}generator: p99 {:.1} ms \
             late, {:.1} at most\n",
            self.cpu.as_secs_f64() * 1_000.0 / self.answers.max(1) as f64,
            mib(self.memory),
            self.late.0,
            self.late.1,
        );
    }
}

/// What is promised, and what was seen.
pub struct Goal {
    pub what: &'static str,
    pub seen: String,
    pub is_reached: bool,
}

impl Goal {
    /// At most `most`, in `unit`.
    pub fn at_most(what: &'static str, seen: f64, most: f64, unit: &str) -> Self {
        let ratio = seen / most;
        Self { what, seen: format!("{seen:.1} {unit} ({ratio:.2} of it)"), is_reached: seen <= most }
    }
}

pub fn print_goals(goals: &[Goal]) {
    println!("\n| goal | seen | |\n|---|---|---|");
    for goal in goals {
        let word = if goal.is_reached { "reached" } else { "**not reached**" };
        println!("| {} | {} | {word} |", goal.what, goal.seen);
    }
}

/// The machine that the figures are from.
pub fn machine() -> String {
    let read = |file: &str| std::fs::read_to_string(file).unwrap_or_default();
    let processor = read("/proc/cpuinfo");
    let model = processor.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or(": unknown");
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let load = read("/proc/loadavg");
    let load = load.split(' ').next().unwrap_or_default();
    format!("machine: {cores} cores of {}; load before: {load}", model.trim_start_matches(['\t', ' ', ':']))
}
