//! What is forgotten when: rules as data, and what they mean for somebody.
//!
//! - [`Preset`] reads `policy/retention/<name>.toml`: what is kept how long, counted from what, and what becomes of it.
//! - [`Policy`] is the preset that a controller has chosen, with what it has shortened, or lengthened on a ground.
//! - [`Keeping`] says of a copy of the data, or of the key store, whether it may be there.
//! - [`due`] says for one person which of the rules comes first, and when.
//!
//! Pure: no clock, no database. A day is a day of the civil calendar where the controller is; what is due on a day is due
//! when that day is over.

mod choice;
mod due;
mod keeping;
mod period;
mod preset;
mod rule;

pub use choice::{Change, Choice, Policy, PolicyError};
pub use due::{Anchored, Due, due};
pub use keeping::{Keeping, Standing};
pub use period::Period;
pub use preset::{PRESETS, Preset};
pub use rule::{Action, Anchor, Covers, Limit, Mode, Rule};
