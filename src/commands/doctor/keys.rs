//! The master key and the key store.

use vault::{
    Place,
    care::{self, Look, Tables},
};

use super::{Patient, Report};
use crate::keys::{self, KeyError, MasterKey, VARIABLE};

pub(super) fn look(patient: &Patient<'_>, data: &Place, look: Option<&Look>, report: &mut Report) {
    let store = match keys::store(patient.config, data) {
        Ok(store) => store,
        Err(error @ KeyError::NoMasterKey) => {
            return report.fault(
                "master-key",
                error.to_string(),
                "if systemd passes it on, let doctor have it too: docs/operating.md says how",
            );
        }
        Err(error @ (KeyError::NoStore | KeyError::OtherKind)) => return report.error("key-store", &error),
        Err(error) => return report.error("master-key", &error),
    };
    match &patient.config.master_key {
        Some(MasterKey::Environment(_)) => report.warn(
            "master-key",
            format!("comes from {VARIABLE}, where everyone who may look at the process can read it"),
            "put it into a file (keys.master_key_file) or let systemd pass it on",
        ),
        _ => report.ok("master-key", "can be read, by its owner only, and does not lie with the data"),
    }
    match care::look_at_keys(&store, look) {
        Err(error) => report.error("key-store", &error),
        Ok(found) => {
            match found.tables {
                Tables::Absent => report.warn("key-store", "is not there yet", "run `stegvis init`"),
                Tables::Older(_) => report.fault("key-store", "has older tables", "run `stegvis upgrade`"),
                Tables::Newer(version) => report.fault(
                    "key-store",
                    format!("a newer Stegvis has been at it (migration {version})"),
                    "put that version, or a newer one, in place",
                ),
                Tables::Current if found.confirmed.is_some() => {
                    report.ok("key-store", "opens with the master key and is the one of these data");
                }
                Tables::Current => report.warn("key-store", "has no keys yet", "run `stegvis init`"),
            }
            match found.confirmed {
                Some(true) => report.ok("recovery-sheet", "is kept, somebody has confirmed"),
                Some(false) => report.fault(
                    "recovery-sheet",
                    "nobody has confirmed that it is kept, so the server does not start",
                    "`stegvis keys sheet`, then `stegvis keys confirm` with its four words",
                ),
                None => {}
            }
        }
    }
}
