//! The teacher's pages: groups, live view, each student's lines, assignments.

pub mod assign;
pub mod assignment;
pub mod assignments;
pub mod calculation;
pub mod cards;
pub mod door;
pub mod group;
pub mod groups;
pub(super) mod kinds;
mod matrix;
mod names;
mod now;
pub mod password;
pub mod steering;
pub mod student;
