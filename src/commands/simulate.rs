//! `stegvis simulate`: does it teach? Simulated students practise a term by several ways to choose.

use std::{
    fs,
    io::{self, Write},
    path::PathBuf,
};

use adaptive::simulate::{School, Setup, World, compare, picture};
use anyhow::Context;

use crate::{exercises::Bank, model};

/// What `stegvis simulate` is told.
#[derive(clap::Args)]
pub(super) struct SimulateCommand {
    /// Students of each kind
    #[arg(long, default_value_t = 60)]
    students: u32,
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The skills to practise, with the columns id, stage and prerequisites (ids with ; between them); those of the
    /// exercises that come with Stegvis if it is left out
    #[arg(long, value_name = "FILE.csv")]
    skills: Option<PathBuf>,
    /// In the world alone that ways to choose may be tuned in; none of it is in what is reported
    #[arg(long)]
    tuning: bool,
    /// By our way to choose alone
    #[arg(long)]
    ours: bool,
    /// Days between the last practice and the test
    #[arg(long, value_name = "DAYS", value_parser = at_least_nothing)]
    pause: Option<f64>,
    /// A skill counts as retained from this probability of solving an item of it
    #[arg(long, value_name = "PROBABILITY", value_parser = a_probability)]
    known_from: Option<f64>,
    /// Print JSON instead of a table
    #[arg(long)]
    json: bool,
    /// Draw what came of it into this folder, as SVG
    #[arg(long, value_name = "FOLDER")]
    pictures: Option<PathBuf>,
}

impl SimulateCommand {
    /// Compares and prints. One thread; the same seed gives the same bytes.
    ///
    /// # Errors
    /// Skills that cannot be read, a folder that cannot be written.
    pub fn run(&self) -> anyhow::Result<()> {
        let skills = match &self.skills {
            Some(file) => skills(file)?,
            None => model::graph(&*Bank::shipped()?)?,
        };
        let school = School::new(skills, 1)?;
        let comparison = compare(&school, &self.setup());
        if let Some(folder) = &self.pictures {
            fs::create_dir_all(folder).with_context(|| format!("could not make {}", folder.display()))?;
            let drawn = [
                ("recommendation-retained.svg", picture::retained(&comparison)),
                ("recommendation-kinds.svg", picture::by_kind(&comparison)),
                ("recommendation-weeks.svg", picture::weeks(&comparison)),
            ];
            for (name, svg) in drawn {
                let file = folder.join(name);
                fs::write(&file, svg).with_context(|| format!("could not write {}", file.display()))?;
            }
        }
        let mut out = io::stdout().lock();
        if self.json {
            serde_json::to_writer_pretty(&mut out, &comparison)?;
            return writeln!(out).context("could not print what came of it");
        }
        writeln!(out, "{comparison}").context("could not print what came of it")
    }
}

impl SimulateCommand {
    fn setup(&self) -> Setup {
        let mut setup = Setup { students: self.students.max(1), seed: self.seed, ..Setup::default() };
        if self.tuning {
            setup.worlds = vec![World::Practising];
        }
        if self.ours {
            setup.policies.truncate(1);
        }
        setup.protocol.pause_days = self.pause.unwrap_or(setup.protocol.pause_days);
        setup.protocol.known_from = self.known_from.unwrap_or(setup.protocol.known_from);
        setup
    }
}

fn at_least_nothing(text: &str) -> Result<f64, String> {
    let days = text.parse().ok().filter(|days: &f64| days.is_finite() && *days >= 0.0);
    days.ok_or_else(|| "write a number of days, 0 or more".to_owned())
}

fn a_probability(text: &str) -> Result<f64, String> {
    let probability = text.parse().ok().filter(|probability| (0.0..=1.0).contains(probability));
    probability.ok_or_else(|| "write a number from 0 to 1".to_owned())
}

/// The graph of skills in a file.
fn skills(file: &PathBuf) -> anyhow::Result<adaptive::Skills> {
    let mut rows = csv::Reader::from_path(file).with_context(|| format!("could not read {}", file.display()))?;
    let header = rows.headers()?.clone();
    let column = |name: &str| {
        let found = header.iter().position(|column| column == name);
        found.with_context(|| format!("{} has no column {name}; it needs id, stage and prerequisites", file.display()))
    };
    let (id, stage, under) = (column("id")?, column("stage")?, column("prerequisites")?);
    let rows: Vec<csv::StringRecord> = rows.records().collect::<Result<_, _>>()?;
    let field = |row: &csv::StringRecord, at: usize| row.get(at).unwrap_or_default().to_owned();
    let place = |name: &str| {
        let found = rows.iter().position(|row| row.get(id) == Some(name));
        let found = found.and_then(|at| u16::try_from(at).ok()).map(adaptive::SkillIndex);
        found.with_context(|| format!("{}: there is no skill {name}", file.display()))
    };
    let skills = rows.iter().map(|row| {
        let prerequisites =
            field(row, under).split(';').filter(|name| !name.is_empty()).map(place).collect::<Result<_, _>>()?;
        Ok(adaptive::Skill { prerequisites, stage: field(row, stage).parse()? })
    });
    Ok(adaptive::Skills::new(skills.collect::<anyhow::Result<_>>()?)?)
}
