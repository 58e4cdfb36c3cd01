//! Cutting the real server off in the middle of its work, again and again, and comparing all that is stored afterwards
//! with a model of all that was acknowledged.
//!
//! | file | what stands there |
//! |---|---|
//! | `act.rs` | what people do, and what they ask for it |
//! | `shadow.rs` | what was asked for and what was acknowledged |
//! | `people.rs` | people at work at the same time, who ask again with the same key after a cut |
//! | `cast.rs` | who they are, and what they go by |
//! | `rows.rs` | what is stored, read past the vault |
//! | `compare.rs` | each acknowledged thing once and unchanged, nothing twice |
//! | `whole.rs` | aggregates are what the rows say, counted and learned anew |
//! | `round.rs` | a world, its server, and the rounds in it |

mod act;
mod cast;
mod compare;
mod people;
mod round;
mod rows;
mod shadow;
mod whole;

use std::{fmt, path::PathBuf, time::Duration};

pub use self::round::run;

/// How the server is cut off.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cut {
    /// SIGKILL, on SQLite.
    Sqlite,
    /// SIGKILL of the server or of the postmaster, in turn.
    Postgres,
    /// The power, on SQLite: strict and stray disks in turn.
    Power,
    /// The power with a disk that lies about its syncs: lines have to be lost.
    DeafPower,
}

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sqlite => "kills on SQLite",
            Self::Postgres => "kills on PostgreSQL",
            Self::Power => "power cuts",
            Self::DeafPower => "power cuts, syncs swallowed",
        })
    }
}

/// What is run.
#[derive(Clone, Debug)]
pub struct Plan {
    pub cut: Cut,
    pub rounds: usize,
    pub seed: u64,
    pub binary: PathBuf,
    /// Rounds in one world; then another is made, so that what is compared does not grow for ever.
    pub rounds_of_a_world: usize,
    /// What has to be acknowledged before the moment of the cut is drawn, so that a slow machine does something as well.
    pub least: u64,
    /// Who is cut off asks again with another key, as if there were none: things have to be stored twice.
    pub forgetful: bool,
    /// Says how far it is.
    pub talks: bool,
}

impl Plan {
    #[must_use]
    pub const fn new(cut: Cut, rounds: usize, seed: u64, binary: PathBuf) -> Self {
        Self { cut, rounds, seed, binary, rounds_of_a_world: 20, least: 0, forgetful: false, talks: false }
    }
}

/// What came of it.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    pub rounds: usize,
    /// What was answered as done.
    pub acknowledged: u64,
    /// Of these, lines.
    pub lines: u64,
    /// Acknowledged and not there, or there otherwise.
    pub lost: u64,
    /// There more often than it was asked for.
    pub doubled: u64,
    /// Whatever else does not hold: aggregates, references, the audit's chain, an answer that nobody expected.
    pub broken: u64,
    /// Requests under way at the cut.
    pub under_way: u64,
    /// Of these, those that were stored all the same.
    pub stored_unanswered: u64,
    /// Requests that were answered with 500 while PostgreSQL was gone: not done, and not politely said.
    pub failed: u64,
    /// The longest start after a cut.
    pub slowest_start: Duration,
    /// The first of what does not hold, in words.
    pub findings: Vec<String>,
}

/// Findings that are told.
const TOLD: usize = 20;

impl Summary {
    /// Whether everything held.
    #[must_use]
    pub const fn holds(&self) -> bool {
        self.lost + self.doubled + self.broken == 0
    }

    fn find(&mut self, finding: &Finding) {
        let (count, said) = match finding {
            Finding::Lost(said) => (&mut self.lost, said),
            Finding::Doubled(said) => (&mut self.doubled, said),
            Finding::Broken(said) => (&mut self.broken, said),
        };
        *count += 1;
        if self.findings.len() < TOLD {
            self.findings.push(format!("{}: {said}", finding.word()));
        }
    }
}

/// Something that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Finding {
    Lost(String),
    Doubled(String),
    Broken(String),
}

impl Finding {
    const fn word(&self) -> &'static str {
        match self {
            Self::Lost(_) => "lost",
            Self::Doubled(_) => "doubled",
            Self::Broken(_) => "broken",
        }
    }
}
