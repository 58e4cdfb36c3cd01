//! `stegvis need-to-know`: who sees what, printed from the table that the server goes by.

/// Prints `docs/need-to-know.md`.
pub fn print() {
    print!("{}", vault::access::page());
}
