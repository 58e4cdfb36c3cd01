//! Reads, judges and prints lines of school mathematics, exactly. Pure: no I/O, clock or chance.
//!
//! - [`read()`], [`read_latex`], [`read_notation`]: typed text, LaTeX and plain notation → [`Statement`]
//!   (`tree`), or [`Unreadable`] with the place
//! - `precedence`, `brackets`: how tightly parts hold together, shared by reading and printing
//! - [`compare()`]: whether two statements are worth the same, under a [`Policy`]: what they are worth
//!   (`value`), normal forms (`normal`, `exact`), solutions (`solve`), real numbers with bounds (`ball`)
//! - [`judge()`]: a typed line against its [`Task`] → [`Verdict`] (`verdict`); forms in `form`
//! - [`explain`]: the same with what is to be said of it (`account`): the steps of a right line (`steps`), the
//!   misconception and the broken part of a wrong one (`mistakes`); both on changed trees (`rewrite`)
//! - [`hint`], [`worked`]: what to do next (`hints`)
//! - [`text()`], [`latex()`], [`mathml()`]: a statement for people (`print`), in three [`Notation`]s; [`mathml_marked`] marks
//!   a part of it
//! - [`units`]: unit words, what they measure and how large they are
//! - [`evaluate`], [`solve()`]: values for those who write exercises
//! - [`score`]: how labelled cases are judged
//!
#![doc = include_str!("../README.md")]

/// The version of this crate: which checker it was that judged a line.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

mod account;
mod ball;
mod brackets;
mod budget;
mod cases;
mod compare;
mod exact;
mod factors;
mod forms;
mod hints;
mod judge;
mod mistakes;
mod normal;
mod numeric;
mod policy;
mod precedence;
mod print;
mod read;
mod rewrite;
mod solve;
mod standing;
mod steps;
mod tree;
pub mod units;
mod unreadable;
mod value;
mod verdict;

pub use account::{Account, Before, Cause, Misconception, Slip, Step, StepArea, StepKind, explain};
pub use cases::{Case, CaseVerdict, Score, Setting, judge_case, name_case, score};
pub use compare::{Certainty, Comparison, Difference, RealNumber, Reason, Solution, compare, compare_chain};
pub use exact::{Rational, evaluate};
pub use forms::{Form, Sameness, Written, form, same};
pub use hints::{Hint, hint, worked};
pub use judge::{equivalent, judge, solve};
pub use numeric::{Literal, Nearness, Precision, real_value, rounded};
pub use policy::{Alternatives, Gaps, Implied, Letters, OddRoots, Policy};
pub use print::{
    Notation, expression_latex, expression_mathml, expression_mathml_in, expression_text, latex, mathml, mathml_in,
    mathml_marked, number_text, text,
};
pub use read::{MAX_LATEX_LENGTH, MAX_LENGTH, read, read_latex, read_latex_with_names, read_notation, read_with_names};
pub use standing::standing;
pub use tree::{
    Call, Constant, Expr, Function, Name, Node, Number, Over, PlusMinus, Sign, Statement, Times, Unit, UnitPower,
};
pub use unreadable::{Missing, Place, Unreadable};
pub use verdict::{Demand, Judged, Left, Task, Verdict, Witness};
