//! Does it teach? Students that are not, a school term of practice, other ways to choose, and what is left of it all
//! a month later.
//!
//! * A [`School`] is a graph of skills with items; what is believed of the items' difficulty is open to everyone, what
//!   is true of it is not.
//! * A [`World`] says how students learn and forget. None has the form of [`crate::Student`]: [`World::Activation`]
//!   keeps every practice as a trace (ACT-R), [`World::States`] knows three states of a skill. Nothing is ever tuned on
//!   these two. [`World::Practising`], with [`SimulatedStudent`], is there for that.
//! * A [`Kind`] says how a student goes about it: steadily, forgetting fast, guessing, gaming, with gaps, fast.
//!
//! Everything comes from seeds: the same seeds give the same numbers on every machine, and all ways to choose meet the
//! same students with the same luck.

mod activation;
mod comparison;
mod kind;
mod learner;
pub mod picture;
mod policies;
mod practising;
mod school;
mod states;
pub mod statistics;
mod table;
mod term;
mod tuning;

pub use comparison::{Against, Comparison, InWorld, OfPolicy, Setup, compare};
pub use kind::{Kind, Traits};
pub use learner::{Answer, Learner, World};
pub use policies::{Choosing, Heard, Policy};
pub use practising::{Answered, SimulatedStudent};
pub use school::{Bank, BankItem, School};
pub use term::{Place, Protocol, Term, practise};
