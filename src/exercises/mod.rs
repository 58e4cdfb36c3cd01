//! The exercise bank: what can be practised, and one concrete item of it at a time.
//!
//! - [`Bank`] reads `exercises/<strand>/<skill>.toml`; every slip is told with its place.
//! - [`draw`] makes an [`Item`] of an [`Exercise`] and a seed, the same for ever.
//! - [`lint`] draws many items of every exercise and proves each with the line checker.
//!
//! Inside: `file` is the shape of the TOML, `exercise` what its keys mean, `choices`,
//! `formula`, `template` and `notation` the small language of numbers in texts.
//!
//! Pure: no clock, no chance but the seed; only the functions on a folder touch the disk.

mod answer;
mod bank;
mod choices;
mod conventions;
mod course;
mod demand;
mod english;
mod evidence;
mod exercise;
mod fault;
mod figure;
mod file;
mod folder;
mod formula;
mod fraction;
mod functions;
mod ids;
mod item;
mod lint;
mod material;
mod notation;
mod order;
mod piece;
mod reader;
mod source;
mod template;
mod units;
mod word_lists;
mod words;

pub use answer::{
    Answer, Choice, GAP, Gaps, Judged, Kind, Opt, Order, Pairs, Part, Point, for_part, is_solved, part_of,
};
pub use bank::{Bank, Skill};
pub use conventions::set;
pub use course::{COURSE_ITEMS, COURSE_LEVELS, COURSE_YEARS, Course, CourseItem, NoCourse, course};
pub use exercise::{Exercise, Level};
pub use fault::{BankError, Fault};
pub use folder::{FolderError, bank_of, read_folder, texts_of};
pub use fraction::{FractionInText, fraction_at};
pub use ids::{ExerciseId, SkillId};
pub use item::{DrawError, Earlier, Item, Wrong, draw};
pub use lint::{Finding, Rule, lint, lint_exercise};
pub use material::{Material, Materials};
pub use piece::Piece;
pub use source::Source;
pub use units::is_unit_symbol;
pub use words::Words;
