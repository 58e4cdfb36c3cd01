//! Writes the weights that are shipped: `fit_simulated SEED > weights/simulated.json`.

use anyhow::{Context, Result};

fn main() -> Result<()> {
    let seed = std::env::args().nth(1).context("fit_simulated SEED")?.parse()?;
    print!("{}", adaptive::fit::fit_simulated(seed)?.write()?);
    Ok(())
}
