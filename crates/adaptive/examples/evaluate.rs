//! Fits on the other folds and predicts one online:
//!
//! `evaluate --responses FILE.csv[.zst] --folds FILE.csv --fold K[,K…] [--json] [--elo] [--without NAME[,NAME…]]…`
//!
//! Difficulties move on with the responses that are predicted; `auc_frozen` and `log_loss_frozen` are with difficulties as
//! fitted. `--elo` tunes and fits Elo on the same students and gives the paired difference with its interval over
//! students. Each `--without` is a model of its own, fitted without the features whose names begin so, or without
//! `cross-fitting`, or predicting without `moving` difficulties; the paired difference to the whole model is given over all
//! folds, with its interval over students.
#![expect(clippy::disallowed_methods, reason = "an example may measure time")]

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::time::Instant;

use adaptive::evaluate::{
    Elo, Report, count_attempts, difference, predict_frozen, predict_online, report, split, update_all,
    with_difficulties,
};
use adaptive::fit::{Fitted, Plan, Record, fit};
use adaptive::{Evidence, ItemId, Millis, Response, SkillIndex, SkillSet, Start};
use anyhow::{Context, Result, bail};

const DRAWS: usize = 500;

struct Asked {
    responses: String,
    folds: String,
    fold: Vec<u32>,
    json: bool,
    elo: bool,
    plan: Plan,
    without: Vec<String>,
}

fn asked() -> Result<Asked> {
    let mut asked = Asked {
        responses: String::new(),
        folds: String::new(),
        fold: Vec::new(),
        json: false,
        elo: false,
        plan: Plan::default(),
        without: Vec::new(),
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().with_context(|| format!("{argument} needs a value"));
        match argument.as_str() {
            "--responses" => asked.responses = value()?,
            "--folds" => asked.folds = value()?,
            "--fold" => asked.fold = value()?.split(',').map(str::parse).collect::<Result<_, _>>()?,
            "--json" => asked.json = true,
            "--elo" => asked.elo = true,
            "--without" => asked.without.push(value()?),
            "--rounds" => asked.plan.rounds = value()?.parse()?,
            "--ridge" => asked.plan.ridge = value()?.parse()?,
            "--own-ridge" => asked.plan.own_ridge = value()?.parse()?,
            other => bail!("unknown argument {other}"),
        }
    }
    Ok(asked)
}

/// What was predicted of all folds by the whole model, and by the one without something.
#[derive(Default)]
struct Both {
    whole: Vec<f64>,
    less: Vec<f64>,
}

#[derive(Default)]
struct Predicted {
    held: Vec<Record>,
    without: BTreeMap<String, Both>,
}

fn main() -> Result<()> {
    let asked = asked()?;
    let records = read_responses(&asked.responses)?;
    let folds = read_folds(&asked.folds)?;
    let mut means: BTreeMap<String, f64> = BTreeMap::new();
    let mut predicted = Predicted::default();
    for &fold in &asked.fold {
        for (name, value) in evaluate(&asked, &records, &folds, fold, &mut predicted)? {
            *means.entry(name).or_default() += value / asked.fold.len() as f64;
        }
    }
    if asked.fold.len() > 1 {
        print("mean", &means.into_iter().collect::<Vec<_>>(), asked.json);
    }
    for (name, Both { whole, less }) in &predicted.without {
        let line = against("less", &predicted.held, less, whole)?;
        print(&format!("without {name}"), &line, asked.json);
    }
    Ok(())
}

/// The paired difference between two models.
fn against(name: &str, held: &[Record], ours: &[f64], theirs: &[f64]) -> Result<Vec<(String, f64)>> {
    let d = difference(held, ours, theirs, DRAWS, 1).context("nobody")?;
    let parts = [("auc", d.auc), ("low", d.low), ("high", d.high), ("log_loss", d.log_loss)];
    Ok(parts.map(|(part, value)| (format!("{name}_{part}"), value)).to_vec())
}

/// What the model predicts of others when something is left out.
fn less(name: &str, mut plan: Plan, whole: &Fitted, train: &[Record], held: &[Record]) -> Result<Vec<f64>> {
    Ok(match name {
        "moving" => predict_frozen(whole, held),
        "cross-fitting" => {
            plan.folds = 1;
            predict_online(&fit(train, &plan)?, held)
        }
        names => {
            plan.without = names.split(',').map(str::to_owned).collect();
            predict_online(&fit(train, &plan)?, held)
        }
    })
}

fn evaluate(
    asked: &Asked,
    records: &[Record],
    folds: &BTreeMap<u64, u32>,
    fold: u32,
    predicted: &mut Predicted,
) -> Result<Vec<(String, f64)>> {
    let (train, held) = split(records, folds, fold);
    let begun = Instant::now();
    let fitted = fit(&train, &asked.plan)?;
    let fit_seconds = begun.elapsed().as_secs_f64();
    let predictions = predict_online(&fitted, &held);
    let Report { auc, accuracy, rmse, log_loss, ece, auc_first_10, band_error } =
        report(&held, &predictions).context("nobody in the fold")?;
    let frozen = report(&held, &predict_frozen(&fitted, &held)).context("nobody in the fold")?;
    let explained = with_difficulties(&fitted.difficulties, &held);
    let begun = Instant::now();
    let mut updates = 0;
    while updates < 2_000_000 {
        updates += update_all(&explained).0;
    }
    let updates_per_second = updates as f64 / begun.elapsed().as_secs_f64();
    let mut line: Vec<(String, f64)> = [
        ("auc", auc),
        ("accuracy", accuracy),
        ("rmse", rmse),
        ("log_loss", log_loss),
        ("ece", ece),
        ("auc_first_10", auc_first_10),
        ("band_error", band_error),
        ("auc_frozen", frozen.auc),
        ("log_loss_frozen", frozen.log_loss),
        ("fit_seconds", fit_seconds),
        ("updates_per_second", updates_per_second.round()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .to_vec();
    if asked.elo {
        let inner = folds.values().copied().filter(|f| *f != fold).min().context("one fold only")?;
        let (tuning, tuned) = split(&train, folds, inner);
        let elo = Elo::fit(&train, Elo::tune(&tuning, &tuned)).predict_online(&held);
        line.extend(against("over_elo", &held, &predictions, &elo)?);
        line.push(("elo_auc".to_owned(), report(&held, &elo).context("nobody")?.auc));
    }
    for name in &asked.without {
        let both = predicted.without.entry(name.clone()).or_default();
        both.less.extend(less(name, asked.plan.clone(), &fitted, &train, &held)?);
        both.whole.extend(&predictions);
    }
    print(&format!("fold {fold}"), &line, asked.json);
    predicted.held.extend(held);
    Ok(line)
}

fn print(title: &str, line: &[(String, f64)], json: bool) {
    let fields = line.iter().map(|(name, value)| match json {
        true => format!("\"{name}\":{value}"),
        false => format!("{name} {value:.4}"),
    });
    let fields: Vec<String> = fields.collect();
    if json { println!("{{{}}}", fields.join(",")) } else { println!("{title}: {}", fields.join("  ")) }
}

fn open(path: &str) -> Result<Box<dyn Read>> {
    let file = File::open(path).with_context(|| path.to_owned())?;
    if path.ends_with(".zst") {
        return Ok(Box::new(ruzstd::decoding::StreamingDecoder::new(file)?));
    }
    Ok(Box::new(file))
}

/// Columns `student,item,skills,correct[,timestamp]`, as numbers; skills joined by `;`, seconds.
fn read_responses(path: &str) -> Result<Vec<Record>> {
    let mut reader = csv::Reader::from_reader(open(path)?);
    let mut records = Vec::new();
    for row in reader.records() {
        let row = row?;
        let field = |place: usize| row.get(place).unwrap_or("");
        let skills: Result<Vec<SkillIndex>, _> = field(2).split(';').map(|s| s.parse().map(SkillIndex)).collect();
        let at = if row.len() > 4 { Millis((field(4).parse::<f64>()? * 1000.0) as i64) } else { Millis(0) };
        let response = Response {
            item: ItemId(field(1).parse()?),
            skills: SkillSet::of(&skills?).context("a row without skills")?,
            evidence: Evidence::Answer,
            attempt: 1,
            difficulty: 0.0,
            correct: field(3) == "1",
            at,
        };
        records.push(Record { student: field(0).parse()?, start: Start::default(), response });
    }
    count_attempts(&mut records);
    Ok(records)
}

fn read_folds(path: &str) -> Result<BTreeMap<u64, u32>> {
    let mut reader = csv::Reader::from_reader(open(path)?);
    reader
        .records()
        .map(|row| {
            let row = row?;
            Ok((row.get(0).unwrap_or("").parse()?, row.get(1).unwrap_or("").parse()?))
        })
        .collect()
}
