//! Embedded migrations are read when the crate compiles, so a new one has to compile it again.

fn main() {
    println!("cargo:rerun-if-changed=../../migrations");
}
