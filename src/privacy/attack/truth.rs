//! What was true before anybody was forgotten: whose each row was, and what everybody did.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use vault::{
    registry::{BRANCHES, Category, Store, Treatment, columns},
    rows::plane::{BYTES, PlaneRow},
};

pub type Id = [u8; 16];

/// Something that somebody did, as a classmate may have seen it.
#[derive(Clone, Debug)]
pub struct Event {
    pub exercise: String,
    /// Milliseconds since 1970.
    pub at: i64,
}

/// Everything of one moment, and whose it is.
pub struct Truth {
    pub plane: Vec<PlaneRow>,
    /// By row of the plane: whose it is, or who else stands in it.
    pub ties: Vec<BTreeSet<Id>>,
    /// By person: their answers to exercises.
    pub events: BTreeMap<Id, Vec<Event>>,
}

impl Truth {
    #[must_use]
    pub fn of(plane: Vec<PlaneRow>) -> Self {
        let ties = ties(&plane);
        let mut events: BTreeMap<Id, Vec<Event>> = BTreeMap::new();
        for row in plane.iter().filter(|row| row.table == "response") {
            let at = row.values.get("at").and_then(Value::as_i64);
            let exercise = row.values.get("exercise").and_then(Value::as_str);
            if let (Some(student), Some(at), Some(exercise)) = (row.id("student_id"), at, exercise) {
                events.entry(student).or_default().push(Event { exercise: exercise.to_owned(), at });
            }
        }
        Self { plane, ties, events }
    }

    /// Everybody with an account.
    pub fn persons(&self) -> impl Iterator<Item = Id> {
        self.plane.iter().filter(|row| row.table == "person").filter_map(|row| row.id("id"))
    }

    /// Texts and ids that stand in rows of one person alone, by person: what would lead back to them. Not the audit's words
    /// and sums: they stay, and whether anybody can be tried in a sum is [`salts_left`](super::salts_left).
    #[must_use]
    pub fn markers(&self) -> BTreeMap<Id, BTreeSet<String>> {
        let mut owners: BTreeMap<String, Option<Id>> = BTreeMap::new();
        for (row, ties) in self.plane.iter().zip(&self.ties).filter(|(row, _)| row.table != "audit_event") {
            for text in row.values.values().filter_map(Value::as_str).filter_map(as_marker) {
                let owner = match (ties.len(), ties.first()) {
                    (1, Some(one)) => Some(*one),
                    _ => None,
                };
                owners
                    .entry(text)
                    .and_modify(|before| *before = before.filter(|one| owner == Some(*one)))
                    .or_insert(owner);
            }
        }
        let mut markers: BTreeMap<Id, BTreeSet<String>> = BTreeMap::new();
        for (text, owner) in owners {
            if let Some(owner) = owner {
                markers.entry(owner).or_default().insert(text);
            }
        }
        for person in self.persons() {
            markers.entry(person).or_default().insert(hex(&person));
        }
        markers
    }
}

/// Ids are told by their digits; of words only what nobody would write by chance.
fn as_marker(text: &str) -> Option<String> {
    match text.strip_prefix(BYTES) {
        Some(digits) => (digits.len() >= 32).then(|| digits.to_owned()),
        None => (text.chars().count() >= 12 && !text.starts_with('{')).then(|| text.to_owned()),
    }
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whose each row is, by the registry: a column that names a person, or the row that it hangs under.
#[must_use]
pub fn ties(plane: &[PlaneRow]) -> Vec<BTreeSet<Id>> {
    let named: Vec<_> = columns()
        .filter(|column| column.category == Category::Person)
        .map(|column| (column.store, column.table, column.name, column.treatment))
        .collect();
    let mut calculations: BTreeMap<Id, Id> = BTreeMap::new();
    let mut assignments: BTreeMap<Id, Id> = BTreeMap::new();
    let mut sessions: BTreeMap<String, Id> = BTreeMap::new();
    let mut said: BTreeMap<(Id, i64), BTreeSet<Id>> = BTreeMap::new();
    for row in plane {
        let whose = row.id("student_id").or_else(|| row.id("person_id"));
        match (row.table, whose) {
            ("calculation", Some(whose)) => calculations.extend(row.id("id").map(|id| (id, whose))),
            ("assignment", Some(whose)) => assignments.extend(row.id("id").map(|id| (id, whose))),
            ("session", Some(whose)) => {
                let token = row.values.get("token_hash").and_then(Value::as_str);
                sessions.extend(token.map(|token| (token.to_owned(), whose)));
            }
            ("audit_personal", _) => {
                let sides = [row.id("actor_id"), row.id("subject_id")].into_iter().flatten().collect();
                said.extend(entry(row).map(|entry| (entry, sides)));
            }
            _ => {}
        }
    }
    plane
        .iter()
        .map(|row| {
            let own = named.iter().filter(|(store, table, ..)| *table == row.table && *store != Store::Keys);
            let keys = named.iter().filter(|(store, table, ..)| *table == row.table && *store == Store::Keys);
            // Who did something for somebody is in that row, and it is not theirs.
            let own = own.filter(|(.., treatment)| *treatment != Treatment::Null).chain(keys);
            let mut ties: BTreeSet<Id> = own.filter_map(|(_, _, column, _)| row.id(column)).collect();
            if BRANCHES.iter().any(|branch| branch.table == row.table) {
                ties.extend(row.id("calculation_id").and_then(|id| calculations.get(&id)));
                ties.extend(row.id("assignment_id").and_then(|id| assignments.get(&id)));
                let session = row.values.get("session_hash").and_then(Value::as_str);
                ties.extend(session.and_then(|session| sessions.get(session)));
            }
            if row.table.starts_with("audit_") {
                ties.extend(entry(row).and_then(|entry| said.get(&entry)).into_iter().flatten());
            }
            ties
        })
        .collect()
}

/// Which entry of which chain of the audit.
pub fn entry(row: &PlaneRow) -> Option<(Id, i64)> {
    Some((row.id("controller_id")?, row.values.get("seq")?.as_i64()?))
}
