//! Copies that are not what they were, or never were what they seem: each has to be refused with the reason, and nothing
//! may have changed where it was to be brought back.
//!
//! | file | what stands there |
//! |---|---|
//! | `harm.rs` | what disks, people and malice do to a file |
//! | `stock.rs` | the copies that it is done to, and those that are wrong from the beginning |

mod harm;
mod stock;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, ensure};
use rand::{SeedableRng, rngs::StdRng};
use vault::{
    OpenError, Place,
    care::{self, CareError, Part, Refusal, Tables},
};

use self::{harm::Harm, stock::Stock};

/// What is tried.
#[derive(Clone, Debug)]
pub struct Plan {
    pub copies: usize,
    pub seed: u64,
    /// The PostgreSQL to do it on; SQLite otherwise.
    pub postgres: Option<String>,
    /// Breaks the promise: copies are taken for good as soon as they open, as if nobody read them whole.
    pub hasty: bool,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Summary {
    pub tried: usize,
    /// How many were refused, by what was done to them and by the reason.
    pub refused: BTreeMap<(&'static str, String), usize>,
    /// Copies that were taken for good.
    pub taken: Vec<String>,
    /// Refusals without a reason of their own, or without what to do.
    pub unclear: Vec<String>,
    /// Refusals after which something was there.
    pub changed: Vec<String>,
}

impl Summary {
    /// Whether all were refused, with the reason, and nothing was changed.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.tried > 0 && self.taken.is_empty() && self.unclear.is_empty() && self.changed.is_empty()
    }

    fn refusal(&mut self, harm: Harm, error: &CareError, seed: u64) {
        let reason = reason(error);
        let said = error.to_string();
        let says_what_to_do = ["ake another copy", "Name the right one", "use that one"];
        let fits = harm.may_be_told_as().contains(&reason.as_str());
        if !fits || !says_what_to_do.iter().any(|words| said.contains(words)) {
            self.unclear.push(format!("{harm:?} {seed}: {said}"));
        }
        *self.refused.entry((harm.name(), reason)).or_default() += 1;
    }
}

/// The reason in one word.
fn reason(error: &CareError) -> String {
    match error {
        CareError::Refused { why, .. } => match why {
            Refusal::Newer => "newer".to_owned(),
            why => format!("{why:?}").to_lowercase(),
        },
        CareError::Open(OpenError::Newer(_)) => "newer".to_owned(),
        // What PostgreSQL's own program says of a dump.
        CareError::Damaged { .. } => "within".to_owned(),
        other => format!("no reason of its own: {other:?}"),
    }
}

/// Damages copies and tries to bring each back; and brings the good one back in the end.
///
/// # Errors
/// When the ground cannot be laid, or the good copy is not taken.
pub fn run(plan: &Plan) -> anyhow::Result<Summary> {
    let mut chance = StdRng::seed_from_u64(plan.seed);
    let folder = tempfile::TempDir::new()?;
    let stock = Stock::make(folder.path(), plan)?;
    let mut summary = Summary::default();
    let harms = Harm::all(plan.postgres.is_some());
    let file = folder.path().join("stegvis-20261126T013000000Z.db.age");
    for harm in (0..plan.copies).filter_map(|number| harms.get(number % harms.len())) {
        let bytes = harm.done_to(&stock, &mut chance);
        ensure!(bytes != stock.good, "{harm:?} did nothing");
        fs::write(&file, &bytes)?;
        summary.tried += 1;
        let sum = bytes.iter().fold(0_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(*byte)));
        match bring_back(plan, &stock, &file) {
            Ok(()) => {
                summary.taken.push(format!("{harm:?} {sum}"));
                stock.clear()?;
            }
            Err(error) => summary.refusal(*harm, &error, sum),
        }
        if !stock.is_untouched()? {
            summary.changed.push(format!("{harm:?} {sum}"));
            stock.clear()?;
        }
    }
    fs::write(&file, &stock.good)?;
    care::bring_back(&stock.target, Part::Data, &file, &stock.keys).context("the good copy is not taken")?;
    ensure!(care::tables(&stock.target, Part::Data)? == Tables::Current, "the good copy is not all there");
    Ok(summary)
}

fn bring_back(plan: &Plan, stock: &Stock, file: &Path) -> Result<(), CareError> {
    match (plan.hasty, &stock.target) {
        (true, Place::Sqlite { .. }) => care::opens(&stock.target, Part::Data, file, &stock.keys).map(drop),
        _ => care::bring_back(&stock.target, Part::Data, file, &stock.keys),
    }
}

/// The files in a folder.
fn files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    Ok(fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?)
}
