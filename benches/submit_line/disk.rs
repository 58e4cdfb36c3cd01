//! The floor: how often the same disk takes a page and says that it is safe.

use std::{
    fs::File,
    io::{Seek, SeekFrom, Write},
    path::Path,
    time::{Duration, Instant},
};

/// Writes of 4 KiB, each followed by fdatasync, a second.
pub fn commits_per_second(folder: &Path, lasting: Duration) -> anyhow::Result<f64> {
    let mut file = File::create(folder.join("bare"))?;
    let page = [7; 4096];
    let start = Instant::now();
    let mut commits = 0_u32;
    while start.elapsed() < lasting {
        if commits % 1024 == 0 {
            file.seek(SeekFrom::Start(0))?;
        }
        file.write_all(&page)?;
        file.sync_data()?;
        commits += 1;
    }
    Ok(f64::from(commits) / start.elapsed().as_secs_f64())
}
