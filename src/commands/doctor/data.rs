//! The database: reachable, encrypted, durable, whole, and with this program's tables.

use vault::{
    Place,
    care::{self, Look, Tables},
};

use super::{Patient, Report};

/// What was seen, for the checks that compare with it.
pub(super) fn look(patient: &Patient<'_>, place: &Place, report: &mut Report) -> Option<Look> {
    let look = match care::look(place, patient.thorough) {
        Ok(look) => look,
        Err(error) => {
            report.error("database", &error);
            return None;
        }
    };
    match place {
        _ if look.tables == Tables::Absent => {
            report.warn("database", "there is nothing in it yet", "run `stegvis init`");
            return Some(look);
        }
        Place::Sqlite { .. } => report.ok("database", "opens with its key, encrypted, with every commit on the disk"),
        Place::Postgres { .. } => report.ok("database", "answers, with every commit on its disk"),
    }
    match &look.tables {
        Tables::Older(pending) => report.fault(
            "tables",
            format!("are those of an older Stegvis; {} migrations are to come", pending.len()),
            "stop the server and run `stegvis upgrade`, which takes a copy first",
        ),
        Tables::Newer(version) => report.fault(
            "tables",
            format!("a newer Stegvis has been at them (migration {version})"),
            "put that version, or a newer one, in place",
        ),
        Tables::Absent | Tables::Current => report.ok("tables", "are this version's"),
    }
    match (look.damage.len(), patient.thorough) {
        (0, true) => report.ok("integrity", "every page and row was read and is whole"),
        (0, false) => report.ok("integrity", "no damage was found; --thorough reads every page"),
        (found, _) => report.fault(
            "integrity",
            format!("the database found {found} things wrong with itself, the first: {}", first(&look.damage)),
            "stop the server, keep the files as they are, and bring the newest copy back with `stegvis restore`",
        ),
    }
    if look.tables == Tables::Current && look.controllers == 0 {
        report.warn("people", "nobody lives here yet", "run `stegvis init`");
    }
    Some(look)
}

fn first(damage: &[String]) -> &str {
    damage.first().map_or("", String::as_str)
}
