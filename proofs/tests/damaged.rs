//! Damaged copies are refused: some of what `make chaos` tries ten thousand times.

use proofs::damaged::{Plan, Summary, run};

const SEED: u64 = 20_261_127;

fn summary(plan: &Plan) -> Summary {
    let summary = run(plan).unwrap_or_else(|error| panic!("{error:#}"));
    assert_eq!(summary.tried, plan.copies);
    summary
}

#[test]
fn two_hundred_damaged_copies_are_refused_with_the_reason_and_the_good_one_is_taken() {
    let summary = summary(&Plan { copies: 210, seed: SEED, postgres: None, hasty: false });
    assert!(summary.holds(), "{summary:#?}");
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the environment tells whether PostgreSQL is to be tested")]
fn damaged_copies_of_postgresql_are_refused_and_the_good_one_is_taken() {
    let Ok(admin) = std::env::var("STEGVIS_TEST_POSTGRES") else {
        let required = std::env::var("STEGVIS_TEST_REQUIRE_POSTGRES").is_ok_and(|required| required == "1");
        assert!(!required, "PostgreSQL is to be tested");
        eprintln!("note: STEGVIS_TEST_POSTGRES is not set, so this is not tested on PostgreSQL");
        return;
    };
    let summary = summary(&Plan { copies: 40, seed: SEED, postgres: Some(admin), hasty: false });
    assert!(summary.holds(), "{summary:#?}");
}

/// The proof notices somebody who believes a copy because it opens.
#[test]
fn who_believes_a_copy_because_it_opens_is_noticed() {
    let summary = summary(&Plan { copies: 42, seed: SEED, postgres: None, hasty: true });
    assert!(!summary.taken.is_empty(), "{summary:#?}");
}
