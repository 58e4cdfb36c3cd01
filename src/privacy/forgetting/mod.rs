//! Carrying out what is due: summing up over many, and then forgetting one by one.
//!
//! | file | what stands there |
//! |---|---|
//! | `term.rs` | half-years |
//! | `sums.rs` | what many did is summed up before any of them is forgotten |
//! | `person.rs` | forgetting these persons |
//! | `notices.rs` | when it is asked whether somebody's data are to stay |
//! | `night.rs` | everything that is due, once a day |

mod night;
mod notices;
mod person;
mod sums;
pub mod term;

pub use self::{
    night::{Night, NightError},
    person::{ForgetError, forget, forget_asked},
};
