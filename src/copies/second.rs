//! The second place: it has what the first has. When it was away, what it missed is brought there once it is back.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{self, Read, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use anyhow::{Context, bail};
use sha2::{Digest, Sha256};
use vault::{
    Millis, Place,
    care::{Part, UNFINISHED},
};

use super::all;
use crate::keys::sync_folder_of;

/// Copies what is in the first place, `stays`, `opens` and is not in the second. Each is read back there before it gets its
/// name. The folder itself is never made: one that is missing is a disk that is not there.
///
/// # Errors
/// When the second place is away, or something cannot be written or does not read back.
pub(super) fn bring_level(
    first: &Path,
    second: &Path,
    place: &Place,
    part: Part,
    stays: impl Fn(Millis) -> bool,
    opens: impl Fn(&Path) -> bool,
) -> anyhow::Result<usize> {
    let away =
        || format!("the second place for copies is away: {}. Mount it, or make the folder there", second.display());
    let there = all(second, place, part).with_context(away)?;
    let there: BTreeSet<_> = there.iter().filter_map(|(copy, _)| copy.file_name()).collect();
    let mut brought = 0;
    for (copy, at) in all(first, place, part)? {
        let Some(name) = copy.file_name().filter(|name| !there.contains(name) && stays(at)) else { continue };
        // One that does not open is told by whoever looks at the first place.
        if opens(&copy) {
            bring(&copy, &second.join(name))
                .with_context(|| format!("{} is not in the second place yet", copy.display()))?;
            brought += 1;
        }
    }
    Ok(brought)
}

fn bring(copy: &Path, to: &Path) -> anyhow::Result<()> {
    let part = to.with_added_extension(UNFINISHED[0]);
    let _of_before = fs::remove_file(&part);
    let brought = write(copy, &part).and_then(|sum| match sum == sum_of(&part)? {
        true => Ok(fs::rename(&part, to).and_then(|()| sync_folder_of(to))?),
        false => bail!("what was read back is not what was written: see that the disk there is well"),
    });
    if brought.is_err() {
        // It may not have been made.
        let _gone = fs::remove_file(&part);
    }
    brought
}

fn write(copy: &Path, to: &Path) -> anyhow::Result<[u8; 32]> {
    let mut from = File::open(copy)?;
    let mut out = File::options().write(true).create_new(true).mode(0o600).open(to)?;
    let sum = summed(&mut from, &mut out)?;
    out.sync_all()?;
    Ok(sum)
}

fn sum_of(file: &Path) -> anyhow::Result<[u8; 32]> {
    Ok(summed(&mut File::open(file)?, &mut io::sink())?)
}

fn summed(from: &mut impl Read, to: &mut impl Write) -> io::Result<[u8; 32]> {
    let (mut sum, mut bytes) = (Sha256::new(), vec![0; 1 << 16]);
    loop {
        let read = from.read(&mut bytes)?;
        let read = bytes.get(..read).unwrap_or_default();
        if read.is_empty() {
            return Ok(sum.finalize().into());
        }
        sum.update(read);
        to.write_all(read)?;
    }
}
