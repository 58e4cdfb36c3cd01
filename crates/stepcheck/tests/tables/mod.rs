//! Markdown tables that are tests, one a row.

use std::path::Path;

/// Checks every row of the tables in a folder of this crate: those lines that begin with a quoted
/// cell. `check` gets the name of the file and the row, and says what differs.
///
/// # Panics
/// With all rows that differ, or if there are fewer than `least`.
pub fn check_rows(folder: &str, least: usize, check: impl Fn(&str, &str) -> Result<(), String>) {
    let mut rows = 0;
    let mut differing = Vec::new();
    for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).expect("the folder of tables") {
        let path = entry.expect("an entry").path();
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).expect("a readable file");
        for (number, row) in (1..).zip(text.lines()).filter(|(_, line)| line.starts_with("| `")) {
            rows += 1;
            if let Err(reason) = check(&file, row) {
                differing.push(format!("{file}:{number}: {reason}\n    {row}"));
            }
        }
    }
    assert!(differing.is_empty(), "\n{}", differing.join("\n"));
    assert!(rows >= least, "only {rows} rows were found");
}
