//! `stegvis evaluate`: how well the student model predicts students it was not fitted on.

use std::{
    io::{self, Write},
    path::PathBuf,
    time::Instant,
};

use adaptive::{
    evaluate::{predict_frozen, predict_online, report, split, update_all, with_difficulties},
    fit::{Plan, fit},
};
use anyhow::Context;
use serde::Serialize;

use super::responses;

/// Updates are repeated until there are so many, to be measured.
const UPDATES: u64 = 2_000_000;

/// What `stegvis evaluate` is told.
#[derive(clap::Args)]
pub(super) struct EvaluateCommand {
    /// Responses with the columns student,item,skills,correct[,timestamp]; may be packed by zstd
    #[arg(long, value_name = "FILE.csv[.zst]")]
    responses: PathBuf,
    /// Which student is in which fold: student,fold
    #[arg(long, value_name = "FILE.csv")]
    folds: PathBuf,
    /// The fold to predict; the model is fitted on the others
    #[arg(long, value_name = "K")]
    fold: u32,
    /// Print one JSON object instead of a table
    #[arg(long)]
    json: bool,
}

/// How good the predictions are.
#[derive(Serialize)]
struct Figures {
    auc: f64,
    accuracy: f64,
    rmse: f64,
    log_loss: f64,
    ece: f64,
    auc_first_10: f64,
    band_error: f64,
    /// With difficulties that stay as fitted; in all above they move with the responses.
    auc_frozen: f64,
    log_loss_frozen: f64,
    fit_seconds: f64,
    updates_per_second: f64,
}

impl EvaluateCommand {
    /// Fits, predicts and prints. One thread; the same files give the same figures, but for the two of time.
    ///
    /// # Errors
    /// Files that cannot be read, or a fold that nobody is in.
    #[expect(clippy::disallowed_methods, reason = "how long it takes is one of the figures")]
    pub fn run(&self) -> anyhow::Result<()> {
        let records = responses::read(&self.responses)?;
        let folds = responses::folds(&self.folds)?;
        let (others, held) = split(&records, &folds, self.fold);
        let begun = Instant::now();
        let fitted =
            fit(&others, &Plan::default()).with_context(|| format!("nobody to fit on beside fold {}", self.fold))?;
        let fit_seconds = begun.elapsed().as_secs_f64();
        let report_of = |predicted: &[f64]| {
            report(&held, predicted).with_context(|| {
                format!("nobody of {} is in fold {} of {}", self.responses.display(), self.fold, self.folds.display())
            })
        };
        let report = report_of(&predict_online(&fitted, &held))?;
        let frozen = report_of(&predict_frozen(&fitted, &held))?;
        let known = with_difficulties(&fitted.difficulties, &held);
        let begun = Instant::now();
        let mut updates = 0;
        while updates < UPDATES {
            updates += update_all(&known).0;
        }
        let updates_per_second = (updates as f64 / begun.elapsed().as_secs_f64()).round();
        let adaptive::evaluate::Report { auc, accuracy, rmse, log_loss, ece, auc_first_10, band_error } = report;
        self.print(&Figures {
            auc,
            accuracy,
            rmse,
            log_loss,
            ece,
            auc_first_10,
            band_error,
            auc_frozen: frozen.auc,
            log_loss_frozen: frozen.log_loss,
            fit_seconds,
            updates_per_second,
        })
    }

    fn print(&self, figures: &Figures) -> anyhow::Result<()> {
        let mut out = io::stdout().lock();
        if self.json {
            serde_json::to_writer(&mut out, figures)?;
            return writeln!(out).context("could not print the figures");
        }
        let rows = serde_json::to_value(figures)?;
        for (name, value) in rows.as_object().into_iter().flatten() {
            writeln!(out, "{name:<20} {:>12.4}", value.as_f64().unwrap_or_default())?;
        }
        Ok(())
    }
}
