//! What becomes of what is known about somebody: who looked at it.

mod anchors;
mod due;
pub mod retention;
mod seen;

pub use anchors::{Anchors, anchored, anchors_in, stamp};
pub use due::{DueEntry, DueError, due_list};
pub use seen::{PLACES, SeenList, seen, seen_of_child};
