//! The load generator against the real server, small and short: that it runs and that nothing fails. Whether the server is
//! fast enough is asked by `make load`, on a machine that does nothing else.

use std::process::Command;

#[test]
fn a_small_load_is_carried_and_every_line_is_stored() {
    let folder = tempfile::tempdir().unwrap();
    let done = Command::new(env!("CARGO_BIN_EXE_load"))
        .args(["--quick", "start", "class", "lesson", "--within"])
        .arg(folder.path())
        .output()
        .unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    assert!(done.status.success(), "{said}");
    // Whatever the machine: these have nothing to do with time.
    for goal in ["class start: nobody fails", "every acknowledged line is stored, once"] {
        let reached = said.lines().any(|line| line.contains(goal) && line.ends_with("| reached |"));
        assert!(reached, "{goal}: {said}");
    }
}
