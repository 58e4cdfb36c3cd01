//! An attack on what is left of forgotten people, on a copy of one's own data or on a made-up school: half of the students
//! are forgotten in the copy, and then it is tried to find them again, with everything that was known before as the judge.
//!
//! | file | what stands there |
//! |---|---|
//! | `school.rs` | a made-up school whose truth is known |
//! | `truth.rs` | whose each row was, and what everybody did |
//! | `attempts.rs` | the attacks |
//! | `run.rs` | one attack from beginning to end |
//! | `report.rs` | what came of it, for an officer |

mod attempts;
mod report;
mod run;
pub mod school;
mod truth;

pub use self::{
    attempts::{
        Release, Stitched, by_moment, found, moments_in_ids, salts_left, singled_out, small_sums, smallest_difference,
        stitched,
    },
    report::{Finding, Report},
    run::{Ground, attack},
    truth::{Event, Id, Truth},
};
