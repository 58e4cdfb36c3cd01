//! `stegvis fit`: weights of the student model, fitted on responses or on simulated students.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use adaptive::fit::{Plan, fit, fit_simulated};
use anyhow::Context;

use super::responses;

/// What `stegvis fit` is told.
#[derive(clap::Args)]
pub(super) struct FitCommand {
    /// Responses with the columns student,item,skills,correct[,timestamp]; may be packed by zstd
    #[arg(long, value_name = "FILE.csv[.zst]", required_unless_present = "simulated", conflicts_with = "simulated")]
    responses: Option<PathBuf>,
    /// Fit on simulated students drawn by this seed instead; the weights that come with Stegvis are made so
    #[arg(long, value_name = "SEED")]
    simulated: Option<u64>,
    /// By which students are dealt out for cross-fitting
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

impl FitCommand {
    /// Fits and prints the weights as JSON, with what they were fitted on. The same responses and seed give the same bytes.
    ///
    /// # Errors
    /// A file that cannot be read; responses that nothing can be fitted on.
    pub fn run(&self) -> anyhow::Result<()> {
        let weights = match (&self.responses, self.simulated) {
            (Some(file), _) => {
                let records = responses::read(file)?;
                let name =
                    file.file_name().map_or_else(|| file.display().to_string(), |name| name.to_string_lossy().into());
                let plan = Plan { seed: self.seed, fitted_on: name, ..Plan::default() };
                fit(&records, &plan)?.weights
            }
            (None, Some(seed)) => fit_simulated(seed)?,
            (None, None) => anyhow::bail!("name a file with --responses, or a seed with --simulated"),
        };
        writeln!(io::stdout().lock(), "{}", weights.write()?).context("could not print the weights")
    }
}
