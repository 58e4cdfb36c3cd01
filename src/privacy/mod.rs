//! What becomes of what is known about somebody: who looked at it, and when it is forgotten.

mod anchors;
pub mod attack;
mod due;
pub mod forgetting;
pub mod retention;
mod seen;

pub use anchors::{Anchors, anchored, anchors_in, stamp};
pub use due::{DueEntry, DueError, Planned, Whose, due_list, due_of_me, plan};
pub use seen::{PLACES, SeenList, seen, seen_of_child};
