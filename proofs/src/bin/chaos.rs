//! `chaos`: cuts the real server off again and again, and tells whether anything acknowledged was lost or doubled.

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, ValueEnum};
use proofs::{
    chaos::{Cut, Plan, Summary, run},
    cluster::Cluster,
    damaged, server,
};

/// Cuts the real server off in the middle of its work, starts it again, and compares all that is stored with all that
/// was acknowledged. Ends with an error if anything is lost or doubled.
#[derive(Parser)]
struct Arguments {
    /// Only this; all of them otherwise
    #[arg(long)]
    on: Option<On>,
    /// How often it is cut off; 1,000 kills on SQLite, 200 on PostgreSQL and 300 power cuts otherwise
    #[arg(long, value_name = "N")]
    rounds: Option<usize>,
    /// The same seed makes the same people, keys and moments
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The server; the one beside this program otherwise
    #[arg(long, value_name = "FILE")]
    binary: Option<PathBuf>,
    /// Instead of that, damage so many copies of the data, and see whether each is refused
    #[arg(long, value_name = "N")]
    damaged: Option<usize>,
    /// Instead of that, break what the promise rests on, and see whether it is noticed
    #[arg(long)]
    prove: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum On {
    Sqlite,
    Postgres,
    Power,
}

impl On {
    const ALL: [Self; 3] = [Self::Sqlite, Self::Postgres, Self::Power];

    const fn cut_and_rounds(self) -> (Cut, usize) {
        match self {
            Self::Sqlite => (Cut::Sqlite, 1_000),
            Self::Postgres => (Cut::Postgres, 200),
            Self::Power => (Cut::Power, 300),
        }
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match (arguments.damaged, arguments.prove) {
        (Some(copies), _) => refuse(&arguments, copies),
        (None, true) => prove(&arguments),
        (None, false) => keep(&arguments),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("chaos: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn plan(arguments: &Arguments, cut: Cut, rounds: usize) -> anyhow::Result<Plan> {
    let binary = arguments.binary.clone().map_or_else(server::binary, Ok)?;
    let rounds = arguments.rounds.unwrap_or(rounds);
    Ok(Plan { talks: true, ..Plan::new(cut, rounds, arguments.seed, binary) })
}

/// Whether everything held.
fn keep(arguments: &Arguments) -> anyhow::Result<bool> {
    let all = arguments.on.map_or_else(|| On::ALL.to_vec(), |on| vec![on]);
    let mut holds = true;
    for on in all {
        let (cut, rounds) = on.cut_and_rounds();
        let plan = plan(arguments, cut, rounds)?;
        let summary = run(&plan)?;
        tell(&plan, &summary);
        holds &= summary.holds();
    }
    Ok(holds)
}

/// Whether every damaged copy was refused with the reason.
fn refuse(arguments: &Arguments, copies: usize) -> anyhow::Result<bool> {
    let cluster = match arguments.on {
        Some(On::Postgres) => Some(Cluster::start()?),
        _ => None,
    };
    let postgres = cluster.as_ref().map(|cluster| cluster.url.clone());
    let database = if postgres.is_some() { "PostgreSQL" } else { "SQLite" };
    let summary = damaged::run(&damaged::Plan { copies, seed: arguments.seed, postgres, hasty: false })?;
    for ((harm, reason), count) in &summary.refused {
        println!("{count:>7}  {harm}: {reason}");
    }
    for (what, which) in
        [("TAKEN", &summary.taken), ("without a reason", &summary.unclear), ("something changed", &summary.changed)]
    {
        which.iter().take(20).for_each(|copy| println!("{what}: {copy}"));
    }
    println!(
        "damaged copies on {database}: seed {}, tried {}, refused {}, taken {}, without a reason {}, something changed {}; the \
         good one was taken",
        arguments.seed,
        summary.tried,
        summary.refused.values().sum::<usize>(),
        summary.taken.len(),
        summary.unclear.len(),
        summary.changed.len()
    );
    Ok(summary.holds())
}

/// Whether what was broken was noticed.
fn prove(arguments: &Arguments) -> anyhow::Result<bool> {
    let deaf = Plan { rounds_of_a_world: 1, ..plan(arguments, Cut::DeafPower, 10)? };
    let lied_to = run(&deaf)?;
    tell(&deaf, &lied_to);
    let forgetful = Plan { rounds_of_a_world: 6, forgetful: true, ..plan(arguments, Cut::Sqlite, 20)? };
    let forgot = run(&forgetful)?;
    tell(&forgetful, &forgot);
    println!("syncs swallowed: {}", if lied_to.lost > 0 { "noticed" } else { "NOT NOTICED" });
    println!("keys forgotten: {}", if forgot.doubled > 0 { "noticed" } else { "NOT NOTICED" });
    Ok(lied_to.lost > 0 && forgot.doubled > 0)
}

fn tell(plan: &Plan, summary: &Summary) {
    let Summary { rounds, acknowledged, lines, lost, doubled, broken, under_way, stored_unanswered, failed, .. } =
        summary;
    println!(
        "{}{}: seed {}, rounds {rounds}, acknowledged {acknowledged} (lines {lines}), lost {lost}, doubled {doubled}, \
         broken {broken}; under way at the cut {under_way}, lines stored unanswered {stored_unanswered}, 500 \
         answered {failed}, slowest start {} ms",
        plan.cut,
        if plan.forgetful { ", keys forgotten" } else { "" },
        plan.seed,
        summary.slowest_start.as_millis()
    );
}
