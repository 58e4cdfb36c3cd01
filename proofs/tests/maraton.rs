//! A MatteMaraton written at a small size, its approvals and lines by the real server: the running figures are what a recount
//! gives, and how the schools stand is read from their sums. How fast is asked by `make bench-maraton`.
#![expect(clippy::disallowed_methods, reason = "the environment tells whether PostgreSQL is to be tested")]

use std::process::Command;

#[test]
fn what_is_written_approved_and_handed_in_is_what_a_recount_gives() {
    let folder = tempfile::tempdir().unwrap();
    let done = Command::new(env!("CARGO_BIN_EXE_load"))
        .args(["--quick", "maraton", "--within"])
        .arg(folder.path())
        .output()
        .unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    assert!(done.status.success(), "{said}");
    let with_postgres = std::env::var_os("STEGVIS_TEST_POSTGRES").is_some();
    let required = std::env::var("STEGVIS_TEST_REQUIRE_POSTGRES").is_ok_and(|required| required == "1");
    assert!(with_postgres || !required, "STEGVIS_TEST_POSTGRES is to name a database");
    let databases = 1 + usize::from(with_postgres);
    // Whatever the machine: these have nothing to do with time.
    for (goal, times) in [
        ("a recount gives the running figures", databases),
        ("after approvals and lines it is so still", databases),
        ("approved distances and lines are taken", databases),
        ("standings look at no calculation, distance or entrant", databases - 1),
    ] {
        let reached = said.lines().filter(|line| line.contains(goal) && line.ends_with("| reached |")).count();
        assert_eq!(reached, times, "{goal}: {said}");
    }
}
