//! What a student can, and what to practise next.
//!
//! Pure: no I/O, no clock, no randomness but a seed that is handed in. The same responses in the same order
//! give the same [`Student`], bit by bit, on every machine.
//!
//! * [`Student::update`] takes a [`Response`] and moves the abilities: O(1), no history needed.
//! * [`predict`] gives the probability of solving, as a sum of contributions that can be shown to a teacher.
//! * [`mastery`] gives the probability of solving a typical item of a skill, with an interval.
//! * [`choose`] picks the next exercise from a [`Catalogue`] and says why.
//! * [`Difficulty`] moves with the responses and is merged between processes by adding deltas.
//! * [`simulate`] has seeded students for tests and demonstrations, [`evaluate`] the scores of a prediction.
//!
//! Every constant of the model stands in the file of its formula with its source. None is fitted on responses
//! of real students: they come from published practice and from the simulated students in [`simulate`].

mod catalogue;
mod chance;
mod choose;
mod difficulty;
pub mod evaluate;
mod forgetting;
mod frontier;
mod logit;
mod mastery;
mod predict;
mod recommendation;
pub mod simulate;
mod skills;
mod student;
pub mod time;

pub use catalogue::{Candidate, Catalogue, CatalogueError};
pub use choose::{BAND, EXPLORATION, TARGET, choose, choose_among};
pub use difficulty::{Difficulty, DifficultyDelta};
pub use frontier::PREREQUISITE_MASTERY;
pub use logit::{Logit, logistic, logit};
pub use mastery::{ENOUGH_RESPONSES, Mastery, mastery};
pub use predict::{Contribution, Prediction, predict};
pub use recommendation::{Reason, Recommendation};
pub use skills::{CycleError, Skill, SkillIndex, Skills, Stage, StageError};
pub use student::{Ability, Outcome, Response, SkillState, Student};
pub use time::Millis;
