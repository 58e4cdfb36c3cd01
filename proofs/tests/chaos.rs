//! A few rounds of what `make chaos` does a thousand times, and that it would notice.

use proofs::{
    chaos::{Cut, Plan, Summary, run},
    server,
};

fn of(cut: Cut, rounds: usize) -> Plan {
    let binary = server::binary().unwrap_or_else(|error| panic!("{error}"));
    Plan { rounds_of_a_world: 10, least: 5, ..Plan::new(cut, rounds, 20_261_126, binary) }
}

fn summary(plan: &Plan) -> Summary {
    let summary = run(plan).unwrap_or_else(|error| panic!("{error:#}"));
    assert_eq!(summary.rounds, plan.rounds);
    assert!(summary.lines > 0, "nobody did anything: {summary:?}");
    summary
}

fn must_hold(plan: &Plan) {
    let summary = summary(plan);
    assert!(summary.holds(), "{summary:#?}");
}

#[test]
fn nothing_acknowledged_is_lost_or_doubled_by_kills_on_sqlite() {
    must_hold(&of(Cut::Sqlite, 20));
}

#[test]
fn nothing_acknowledged_is_lost_or_doubled_by_power_cuts() {
    must_hold(&of(Cut::Power, 6));
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the environment tells whether PostgreSQL is to be tested")]
fn nothing_acknowledged_is_lost_or_doubled_by_kills_on_postgresql() {
    if std::env::var("STEGVIS_TEST_POSTGRES").is_err() {
        let required = std::env::var("STEGVIS_TEST_REQUIRE_POSTGRES").is_ok_and(|required| required == "1");
        assert!(!required, "PostgreSQL is to be tested");
        eprintln!("note: STEGVIS_TEST_POSTGRES is not set, so this is not tested on PostgreSQL");
        return;
    }
    // On a cluster of its own: its postmaster is killed as well.
    must_hold(&of(Cut::Postgres, 4));
}

#[test]
fn a_disk_that_lies_about_its_syncs_is_noticed() {
    let summary = summary(&Plan { rounds_of_a_world: 1, ..of(Cut::DeafPower, 2) });
    assert!(summary.lost > 0, "{summary:#?}");
}

#[test]
fn a_client_that_forgets_its_keys_is_noticed() {
    let plan = Plan { rounds_of_a_world: 6, forgetful: true, ..of(Cut::Sqlite, 12) };
    assert!(summary(&plan).doubled > 0);
}
