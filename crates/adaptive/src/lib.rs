//! What a student can, and what to practise next.
//!
//! Pure: no I/O, no clock, no randomness but a seed that is handed in. The same responses in the same order
//! give the same [`Student`], bit by bit, on every machine.
//!
//! * [`Student::update`] takes a [`Response`] and moves the abilities: O(1), no history needed.
//! * [`Weights::predict`] gives the probability of solving, as a sum of contributions that can be shown to a teacher.
//! * [`Weights::mastery`] gives the probability of solving a typical item of a skill, with an interval.
//! * [`choose`] picks the next exercises from a [`Catalogue`] for a [`Request`] and says why ([`Reason`]); [`plan`] makes a
//!   sitting of them, [`explain`] lays a choice open for a teacher. An [`Outlook`] is kept beside the student for it.
//! * [`Aims`] are a teacher's goals, pins and exclusions; a [`Sitting`] holds what the student has declined.
//! * [`Placement`] finds in at most fifteen items where a newcomer stands.
//! * [`Difficulty`] moves with the responses and is merged between processes by adding deltas; [`ItemStatistics`] say
//!   which items misbehave.
//! * [`fit`] fits difficulties and weights to responses, [`evaluate`] says how good predictions are.
//! * [`simulate`] has seeded students for tests and demonstrations, and compares ways to choose.
//!
//! Every constant of the model stands in the file of its formula with its source. [`Weights::shipped`] are fitted on
//! simulated students alone; docs/student-model.md has the figures.

mod aims;
mod catalogue;
mod chance;
mod choose;
mod columns;
mod difficulty;
mod draw;
pub mod evaluate;
mod explain;
mod features;
pub mod fit;
mod frontier;
mod general;
mod history;
mod item;
mod logit;
mod mastery;
mod outlook;
mod peers;
mod placement;
pub mod policy;
mod predict;
mod reason;
mod recommendation;
mod response;
mod review;
mod search;
mod session;
pub mod simulate;
mod sitting;
mod skill_state;
mod skills;
mod spacing;
mod standing;
mod student;
mod tier;
pub mod time;
mod walk;
mod weights;
mod worth;

pub use aims::{Aims, Goal, Wishes};
pub use catalogue::{Candidate, Catalogue, CatalogueError};
pub use choose::{Request, Scratch, choose, recommend};
pub use difficulty::{Difficulty, DifficultyDelta, DifficultyKey};
pub use explain::{Explanation, Term, Weighed, explain};
pub use frontier::Place;
pub use general::General;
pub use history::{ItemHistory, Met, REMEMBERED_ITEMS};
pub use item::Item;
pub use logit::{Logit, logistic, logit};
pub use mastery::{ENOUGH_RESPONSES, Mastery};
pub use outlook::{Outlook, Presumed};
pub use placement::{MOST_ITEMS, Placement, Probe, Step};
pub use policy::{BAND, EXPLORATION, TARGET};
pub use predict::{Contribution, Prediction};
pub use reason::{Part, Reason};
pub use recommendation::Recommendation;
pub use response::{Evidence, ItemId, NoSkill, Outcome, Response, SkillSet};
pub use review::{ItemStatistics, Misbehaviour, Why};
pub use session::{Planned, plan};
pub use sitting::Sitting;
pub use skill_state::{SkillState, Trace};
pub use skills::{CycleError, Skill, SkillIndex, Skills, Stage, StageError};
pub use standing::Standing;
pub use student::{Start, Student};
pub use tier::Purpose;
pub use time::Millis;
pub use weights::{FORMAT, FORMAT_CHANGED, Origin, Weights, WeightsError};
