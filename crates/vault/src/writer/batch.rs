//! One commit: every job in a savepoint of its own.

use std::panic::{AssertUnwindSafe, catch_unwind};

use diesel::result::Error as DieselError;

use super::job::Job;
use crate::{
    Fault, Tx,
    fault::{is_no_room, is_unavailable},
};

/// Depth inside the batch's transaction, and inside a job's savepoint.
const IN_BATCH: u32 = 1;
const IN_JOB: u32 = 2;

/// Why nothing of a batch is kept. Its connection isn't used again.
#[derive(Clone, Debug, thiserror::Error)]
pub(crate) enum Loss {
    #[error("no room on the disk")]
    NoRoom,
    #[error("a closure left its transaction unbalanced")]
    Unbalanced,
    #[error("the commit failed: {0}")]
    Commit(String),
    #[error("the database can't be reached: {0}")]
    Unavailable(String),
}

impl From<&Loss> for Fault {
    fn from(loss: &Loss) -> Self {
        match loss {
            Loss::NoRoom => Self::NoRoom,
            Loss::Unbalanced => Self::Unbalanced,
            Loss::Commit(reason) => Self::Commit(reason.clone()),
            Loss::Unavailable(reason) => Self::Unavailable(reason.clone()),
        }
    }
}

/// Runs the jobs in order and commits once. A job that refuses or panics loses only its own
/// changes.
///
/// # Errors
/// Nothing is kept then, of any job.
pub(crate) fn write(tx: &mut Tx, jobs: &mut [Box<dyn Job>]) -> Result<(), Loss> {
    tx.begin("BEGIN IMMEDIATE").map_err(|error| refused(&error, Loss::Unavailable))?;
    for job in jobs {
        run_in_savepoint(tx, job.as_mut()).inspect_err(|_| forget_all(tx))?;
    }
    tx.keep().map_err(|error| refused(&error, Loss::Commit))?;
    if tx.depth() == Ok(0) { Ok(()) } else { Err(Loss::Unbalanced) }
}

/// For measurements: the same jobs with storage left out.
pub(crate) fn run_only(tx: &mut Tx, jobs: &mut [Box<dyn Job>]) -> Result<(), Loss> {
    for job in jobs {
        run(tx, job.as_mut());
    }
    Ok(())
}

fn run_in_savepoint(tx: &mut Tx, job: &mut dyn Job) -> Result<(), Loss> {
    tx.savepoint().map_err(|_| unbalanced(tx))?;
    let wanted = run(tx, job);
    let depth = tx.depth().map_err(|_| unbalanced(tx))?;
    // A panic caught inside nested transactions leaves them open: committing once more than was
    // begun would answer Ok and keep nothing.
    if depth < IN_JOB || (wanted && depth > IN_JOB) {
        return Err(unbalanced(tx));
    }
    let settled = if wanted { tx.keep() } else { tx.roll_back_to(IN_BATCH) };
    settled.map_err(|_| unbalanced(tx))?;
    if tx.depth() == Ok(IN_BATCH) { Ok(()) } else { Err(unbalanced(tx)) }
}

/// Whether the job's changes are wanted.
fn run(tx: &mut Tx, job: &mut dyn Job) -> bool {
    catch_unwind(AssertUnwindSafe(|| job.run(tx))).unwrap_or_else(|_| {
        job.panicked();
        false
    })
}

/// SQLite ends the whole transaction by itself when the disk is full or fails, so that the savepoint is
/// gone; that is the cause to tell then.
fn unbalanced(tx: &Tx) -> Loss {
    match tx.trouble() {
        trouble if trouble.no_room() => Loss::NoRoom,
        trouble if trouble.unavailable() => Loss::Unavailable("the disk of the database fails".into()),
        _ => Loss::Unbalanced,
    }
}

fn refused(error: &DieselError, loss: impl FnOnce(String) -> Loss) -> Loss {
    match error {
        full if is_no_room(full) => Loss::NoRoom,
        gone if is_unavailable(gone) => Loss::Unavailable(gone.to_string()),
        other => loss(other.to_string()),
    }
}

/// The connection is thrown away anyway; rolling back at once lets go of the file's write lock
/// while it is.
fn forget_all(tx: &mut Tx) {
    if let Err(error) = tx.roll_back_to(0) {
        tracing::warn!(%error, "a lost batch couldn't be rolled back; its connection is closed instead");
    }
}
