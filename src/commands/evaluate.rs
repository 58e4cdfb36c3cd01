//! `stegvis evaluate`: how well the student model predicts students it was not fitted on.

use std::{
    collections::BTreeMap,
    io::{self, Write},
    path::PathBuf,
    time::Instant,
};

use adaptive::{
    evaluate::{Elo, difference, predict_frozen, predict_online, report, split, update_all, with_difficulties},
    fit::{Fitted, Plan, Record, fit},
};
use anyhow::Context;
use serde::Serialize;
use serde_json::{Map, Value};

use super::responses;

/// Updates are repeated until there are so many, to be measured.
const UPDATES: u64 = 2_000_000;
/// Samples of students for an interval, and the seed that draws them.
const SAMPLES: usize = 500;
const SEED: u64 = 1;

/// What `stegvis evaluate` is told.
#[derive(clap::Args)]
pub(super) struct EvaluateCommand {
    /// Responses with the columns student,item,skills,correct[,timestamp]; may be packed by zstd
    #[arg(long, value_name = "FILE.csv[.zst]")]
    responses: PathBuf,
    /// Which student is in which fold: student,fold
    #[arg(long, value_name = "FILE.csv")]
    folds: PathBuf,
    /// The fold to predict; the model is fitted on the others. With several each in its turn, and their mean
    #[arg(long, value_name = "K", required = true, value_delimiter = ',')]
    fold: Vec<u32>,
    /// Tune and fit Elo on the same students, and give the paired difference to it with its interval over students
    #[arg(long)]
    elo: bool,
    /// Give the difference that it makes to leave out the features whose names begin so (several with a comma between
    /// them), cross-fitting, or the moving of difficulties; may be repeated, each is a model of its own
    #[arg(long, value_name = "NAME")]
    without: Vec<String>,
    /// Print JSON instead of a table
    #[arg(long)]
    json: bool,
}

/// How good the predictions of one fold are.
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
    #[serde(flatten)]
    elo: Option<OverElo>,
    fit_seconds: f64,
    updates_per_second: f64,
}

/// Against Elo that was tuned and fitted on the same students.
#[derive(Serialize)]
struct OverElo {
    elo_auc: f64,
    over_elo_auc: f64,
    over_elo_low: f64,
    over_elo_high: f64,
    over_elo_log_loss: f64,
}

/// What leaving something out does to the predictions of all folds, with the 95 % interval of the first.
#[derive(Serialize)]
struct Without {
    name: String,
    auc: f64,
    low: f64,
    high: f64,
    log_loss: f64,
}

/// What is printed for several folds, or where something is left out.
#[derive(Serialize)]
struct Folds {
    folds: Vec<Figures>,
    mean: Map<String, Value>,
    without: Vec<Without>,
}

/// What was predicted of the folds so far.
#[derive(Default)]
struct Predicted {
    held: Vec<Record>,
    whole: Vec<f64>,
    /// By what was left out.
    less: BTreeMap<String, Vec<f64>>,
}

impl EvaluateCommand {
    /// Fits, predicts and prints. One thread; the same files give the same figures, but for the two of time.
    ///
    /// # Errors
    /// Files that cannot be read, or a fold that nobody is in.
    pub fn run(&self) -> anyhow::Result<()> {
        let records = responses::read(&self.responses)?;
        let folds = responses::folds(&self.folds)?;
        let mut predicted = Predicted::default();
        let mut figures = Vec::new();
        for fold in &self.fold {
            figures.push(self.one(&records, &folds, *fold, &mut predicted)?);
        }
        let left_out = |name: &String| {
            let against = difference(&predicted.held, &predicted.less[name], &predicted.whole, SAMPLES, SEED);
            let against = against.context("nobody to compare on")?;
            let (auc, low, high, log_loss) = (against.auc, against.low, against.high, against.log_loss);
            Ok(Without { name: name.clone(), auc, low, high, log_loss })
        };
        let without: Vec<Without> = self.without.iter().map(left_out).collect::<anyhow::Result<_>>()?;
        match (figures.as_slice(), without.as_slice()) {
            ([one], []) => self.print(one),
            _ => self.print(&Folds { mean: mean(&figures)?, folds: figures, without }),
        }
    }

    /// One fold, predicted by a model of the others.
    #[expect(clippy::disallowed_methods, reason = "how long it takes is one of the figures")]
    fn one(
        &self,
        records: &[Record],
        folds: &BTreeMap<u64, u32>,
        fold: u32,
        predicted: &mut Predicted,
    ) -> anyhow::Result<Figures> {
        let (others, held) = split(records, folds, fold);
        let plan = Plan::default();
        let begun = Instant::now();
        let fitted = fit(&others, &plan).with_context(|| format!("nobody to fit on beside fold {fold}"))?;
        let fit_seconds = begun.elapsed().as_secs_f64();
        let report_of = |predicted: &[f64]| {
            report(&held, predicted).with_context(|| {
                format!("nobody of {} is in fold {fold} of {}", self.responses.display(), self.folds.display())
            })
        };
        let predictions = predict_online(&fitted, &held);
        let adaptive::evaluate::Report { auc, accuracy, rmse, log_loss, ece, auc_first_10, band_error } =
            report_of(&predictions)?;
        let frozen = report_of(&predict_frozen(&fitted, &held))?;
        let elo = if self.elo { Some(over_elo((&others, &held), folds, fold, &predictions)?) } else { None };
        for name in &self.without {
            let less = less(name, &plan, &fitted, &others, &held)?;
            predicted.less.entry(name.clone()).or_default().extend(less);
        }
        let updates_per_second = updates_per_second(&fitted, &held);
        predicted.whole.extend(predictions);
        predicted.held.extend(held);
        Ok(Figures {
            auc,
            accuracy,
            rmse,
            log_loss,
            ece,
            auc_first_10,
            band_error,
            auc_frozen: frozen.auc,
            log_loss_frozen: frozen.log_loss,
            elo,
            fit_seconds,
            updates_per_second,
        })
    }

    fn print(&self, figures: &impl Serialize) -> anyhow::Result<()> {
        let mut out = io::stdout().lock();
        if self.json {
            serde_json::to_writer(&mut out, figures)?;
            return writeln!(out).context("could not print the figures");
        }
        write_table("", &serde_json::to_value(figures)?, &mut out).context("could not print the figures")
    }
}

/// Names and numbers, a line each; lists and what stands in them by their names and places.
fn write_table(name: &str, value: &Value, out: &mut impl Write) -> io::Result<()> {
    let within = |part: &str| if name.is_empty() { part.to_owned() } else { format!("{name} {part}") };
    match value {
        Value::Object(parts) => parts.iter().try_for_each(|(part, value)| write_table(&within(part), value, out)),
        Value::Array(parts) => (1..)
            .zip(parts)
            .try_for_each(|(place, value): (u32, _)| write_table(&within(&place.to_string()), value, out)),
        Value::String(text) => writeln!(out, "{name:<28} {text:>12}"),
        value => writeln!(out, "{name:<28} {:>12.4}", value.as_f64().unwrap_or_default()),
    }
}

/// The mean of each figure over the folds.
fn mean(figures: &[Figures]) -> anyhow::Result<Map<String, Value>> {
    let mut sums: BTreeMap<String, f64> = BTreeMap::new();
    for one in figures {
        for (name, value) in serde_json::to_value(one)?.as_object().into_iter().flatten() {
            *sums.entry(name.clone()).or_default() += value.as_f64().unwrap_or_default() / figures.len() as f64;
        }
    }
    Ok(sums.into_iter().map(|(name, value)| (name, value.into())).collect())
}

/// The paired difference to Elo, tuned on one of the other folds.
fn over_elo(
    (others, held): (&[Record], &[Record]),
    folds: &BTreeMap<u64, u32>,
    fold: u32,
    ours: &[f64],
) -> anyhow::Result<OverElo> {
    let inner = folds.values().copied().filter(|other| *other != fold).min();
    let inner = inner.context("Elo is tuned on a fold of its own; there are too few folds")?;
    let (tuning, tuned) = split(others, folds, inner);
    let elo = Elo::fit(others, Elo::tune(&tuning, &tuned)).predict_online(held);
    let over = difference(held, ours, &elo, SAMPLES, SEED).context("nobody to compare on")?;
    Ok(OverElo {
        elo_auc: report(held, &elo).context("nobody to compare on")?.auc,
        over_elo_auc: over.auc,
        over_elo_low: over.low,
        over_elo_high: over.high,
        over_elo_log_loss: over.log_loss,
    })
}

/// What the model predicts of others when something is left out.
fn less(name: &str, plan: &Plan, whole: &Fitted, others: &[Record], held: &[Record]) -> anyhow::Result<Vec<f64>> {
    let plan = match name {
        "moving" => return Ok(predict_frozen(whole, held)),
        "cross-fitting" => Plan { folds: 1, ..plan.clone() },
        names => Plan { without: names.split(',').map(str::to_owned).collect(), ..plan.clone() },
    };
    Ok(predict_online(&fit(others, &plan)?, held))
}

#[expect(clippy::disallowed_methods, reason = "how long it takes is one of the figures")]
fn updates_per_second(fitted: &Fitted, held: &[Record]) -> f64 {
    let known = with_difficulties(&fitted.difficulties, held);
    let begun = Instant::now();
    let mut updates = 0;
    while updates < UPDATES {
        updates += update_all(&known).0;
    }
    (updates as f64 / begun.elapsed().as_secs_f64()).round()
}
