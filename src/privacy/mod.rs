//! What becomes of what is known about somebody: who looked at it, and when it is forgotten.

mod anchors;
pub mod attack;
mod copy;
mod decide;
mod due;
pub mod forgetting;
mod mine;
pub mod retention;
mod seen;

pub use anchors::{Anchors, anchored, anchors_in, stamp};
pub use copy::{Copy, Form, copy};
pub use decide::{
    Asking, Concerned, DecideError, Done, DueList, Held, LONGEST_GROUND, One, Shown, carry_out, find, hold, lift, one,
    refuse, under_me,
};
pub use due::{DueEntry, DueError, Planned, Whose, due_list, due_of_me, plan, plan_of};
pub use mine::{MyData, ask, my_data, take_back};
pub use seen::{PLACES, SeenList, seen, seen_of_child};
