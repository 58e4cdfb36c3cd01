//! Everything that reads bytes from outside, each as one function that takes any bytes at all.
//!
//! A target never fails because its bytes are nonsense: that is what they are for. It fails, by a panic, when a reader does
//! something that no bytes may make it do. What that is stands at each target as its oracle. `tests/replay.rs` runs all
//! that was ever kept in `corpus/` through every target; `make fuzz` lets libFuzzer look for more, through the binaries in
//! `targets/`, which do nothing else than call the function of their name.

mod draws;
mod edits;
mod exercises;
mod house;
mod http;
mod keys;
mod lines;
mod secrets;
mod settings;
mod tracks;
mod typed;
mod wire;

/// A target: its name, which is also that of its corpus and its binary, and what it does with bytes.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: [Target; 19] = [
    ("anchors", keys::anchors),
    ("card", secrets::card),
    ("class_code", secrets::class_code),
    ("config", settings::config),
    ("copy_name", keys::copy_name),
    ("draw", draws::draw),
    ("exercise", exercises::exercise),
    ("id", keys::id),
    ("judge", lines::judge),
    ("latex", lines::latex),
    ("line", lines::line),
    ("material", exercises::material),
    ("pem", keys::pem),
    ("recovery", keys::recovery),
    ("request", http::request),
    ("token", secrets::token),
    ("track", tracks::track),
    ("typed", typed::typed),
    ("wire", wire::wire),
];

/// Runs the target of that name; what the binaries of libFuzzer call.
///
/// # Panics
/// When there is none of that name, or when the target found something.
pub fn run(name: &str, data: &[u8]) {
    let found = TARGETS.iter().find(|(known, _)| *known == name);
    let (_, target) = found.unwrap_or_else(|| panic!("{name} stands in the table of targets"));
    target(data);
}

/// Lets go of what the targets of this thread have built for themselves: a house with its database, a server.
pub fn leave() {
    wire::leave();
    house::leave();
}
