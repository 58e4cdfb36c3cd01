//! What is thrown away: by the rules alone, and never by a clock that leapt.

use std::path::Path;

use anyhow::Context;
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use vault::{Millis, Place, care::Part};

use super::all;
use crate::privacy::retention::{Keeping, Standing};

pub(super) const STAYS: Standing = Standing::Stays;

/// How a copy that was taken `at` stands now.
pub(super) fn standing(keeping: &Keeping, part: Part, at: Millis, now: Millis) -> Standing {
    match part {
        Part::Data => keeping.of_data(day(at), day(now)),
        Part::Keys => keeping.of_keys(day(at), day(now)),
    }
}

fn day(at: Millis) -> Date {
    Timestamp::from_millisecond(at.0).unwrap_or_default().to_zoned(TimeZone::UTC).date()
}

/// Throws away what is too old in a folder. What may go and need not stays as long as none that is newer `opens`.
///
/// # Errors
/// When something cannot be removed; the rest is.
pub(super) fn throw_away(
    folder: &Path,
    place: &Place,
    part: Part,
    keeping: &Keeping,
    now: Millis,
    opens: impl Fn(&Path) -> bool,
) -> anyhow::Result<usize> {
    let copies = all(folder, place, part).with_context(|| format!("cannot look into {}", folder.display()))?;
    let stands = |at: Millis| standing(keeping, part, at, now);
    let any_may_go = copies.iter().any(|(_, at)| stands(*at) == Standing::MayGo);
    let newest_good = match any_may_go {
        true => copies.iter().rev().find(|(copy, _)| opens(copy)).map(|(_, at)| *at),
        false => None,
    };
    let (mut gone, mut failed) = (0, None);
    for (copy, at) in &copies {
        let goes = match stands(*at) {
            Standing::Stays => false,
            Standing::MayGo => newest_good.is_some_and(|good| good > *at),
            Standing::MustGo => true,
        };
        if !goes {
            continue;
        }
        match std::fs::remove_file(copy) {
            Ok(()) => gone += 1,
            Err(cause) => failed = Some(anyhow::Error::new(cause).context(format!("cannot remove {}", copy.display()))),
        }
    }
    if gone > 0 {
        tracing::info!(gone, folder = %folder.display(), "copies that are too old are thrown away");
    }
    failed.map_or(Ok(gone), Err)
}
