//! Where a row stands in a copy: its columns say it.

use std::collections::HashMap;

use serde_json::Value;

use super::{Names, SINGLE, path};
use crate::{
    Me,
    registry::Column,
    rows::told::{BYTES, Row, bytes},
};

/// Truth values, which SQLite holds as numbers.
const TRUTHS: [&str; 3] = ["protected", "correct", "holds"];
/// Tables whose rows are told as one with those of another, and by which column.
const TOGETHER: [(&str, &str); 4] =
    [("audit_event", "seq"), ("audit_personal", "seq"), ("session", "token_hash"), ("token_family", "session_hash")];
/// Stands in an entry of the audit that is about whose copy it is, until the copy is done.
const ABOUT_ME: &str = "\\me";

/// A copy that is being put together.
pub(super) struct Copied {
    copy: Row,
    /// Where an element stands in its list, by what tells it from others.
    places: HashMap<(&'static str, String), usize>,
    me: Vec<u8>,
}

impl Copied {
    pub(super) fn of(me: &Me) -> Self {
        Self { copy: Row::new(), places: HashMap::new(), me: me.person.as_bytes().to_vec() }
    }

    /// Puts a row where its columns say.
    pub(super) fn put(&mut self, table: &[Column], row: &Row, names: &Names) {
        let told: Vec<_> = table.iter().filter_map(|column| Some((path(column)?, column))).collect();
        let home = told.iter().map(|((at, _), _)| *at).max_by_key(|at| at.matches('.').count() * 100 + own(at, &told));
        let Some(home) = home else { return };
        let mut fields = Row::new();
        let mut parent = None;
        for ((at, field), column) in &told {
            let value = readable(column, row, names);
            if *at == home {
                fields.insert((*field).to_owned(), value);
            } else if SINGLE.contains(at) {
                if let Some(object) = object_at(&mut self.copy, at) {
                    object.entry(*field).or_insert(value);
                }
            } else if *field == "id" {
                parent = value.as_str().map(str::to_owned);
            }
        }
        if bytes(row, "subject_id").is_some_and(|id| id == self.me) {
            fields.insert(ABOUT_ME.to_owned(), Value::Bool(true));
        }
        let (above, last) = home.rsplit_once('.').unwrap_or(("", home));
        if SINGLE.contains(&home) {
            if let Some(object) = object_at(&mut self.copy, home) {
                object.extend(fields);
            }
        } else if above.is_empty() || SINGLE.contains(&above) {
            self.put_into_list(home, key_of(table, row, &fields), fields);
        } else if let Some(above) = parent.and_then(|id| self.element(above, id)) {
            push(above, last, fields);
        }
    }

    /// A new element, or more of one that is there.
    fn put_into_list(&mut self, home: &'static str, key: Option<String>, fields: Row) {
        let (above, last) = home.rsplit_once('.').unwrap_or(("", home));
        if let Some(same) = key.clone().and_then(|key| self.element(home, key)) {
            same.extend(fields);
            return;
        }
        let Some(within) = (if above.is_empty() { Some(&mut self.copy) } else { object_at(&mut self.copy, above) })
        else {
            return;
        };
        let place = push(within, last, fields);
        if let Some((key, place)) = key.zip(place) {
            self.places.insert((home, key), place);
        }
    }

    /// The element of a list at the top that is told from others by this.
    fn element(&mut self, list: &str, key: String) -> Option<&mut Row> {
        let (&(home, _), &place) = self.places.get_key_value(&(known(list)?, key))?;
        self.copy.get_mut(home)?.as_array_mut()?.get_mut(place)?.as_object_mut()
    }

    /// The copy, with what others did to somebody's data apart from what they did themselves.
    pub(super) fn finish(mut self) -> Row {
        let Some(Value::Array(entries)) = self.copy.remove("seen") else { return self.copy };
        let (mut seen, mut did): (Vec<Value>, Vec<Value>) =
            entries.into_iter().partition(|entry| entry.get(ABOUT_ME).is_some());
        for object in seen.iter_mut().filter_map(Value::as_object_mut) {
            object.remove(ABOUT_ME);
        }
        for object in did.iter_mut().filter_map(Value::as_object_mut) {
            object.remove("by");
        }
        for (name, entries) in [("seen", seen), ("did", did)] {
            if !entries.is_empty() {
                self.copy.insert(name.to_owned(), Value::Array(entries));
            }
        }
        self.copy
    }
}

/// The lists whose elements are found again.
fn known(list: &str) -> Option<&'static str> {
    ["calculations", "assignments", "sessions", "seen"].into_iter().find(|known| *known == list)
}

/// What tells a row's element from others.
fn key_of(table: &[Column], row: &Row, fields: &Row) -> Option<String> {
    let name = table.first()?.table;
    let value = match TOGETHER.iter().find(|(table, _)| *table == name) {
        Some((_, column)) => row.get(*column)?,
        None => fields.get("id")?,
    };
    Some(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
}

/// Adds an element to a list in an object. Says where it stands.
fn push(within: &mut Row, list: &str, fields: Row) -> Option<usize> {
    let list = within.entry(list).or_insert_with(|| Value::Array(Vec::new())).as_array_mut()?;
    list.push(Value::Object(fields));
    Some(list.len() - 1)
}

/// How many of a table's columns stand there: where most do, its rows are at home.
fn own(at: &str, told: &[((&str, &str), &Column)]) -> usize {
    told.iter().filter(|((other, _), _)| *other == at).count()
}

fn object_at<'a>(copy: &'a mut Row, at: &str) -> Option<&'a mut Row> {
    let mut object = copy;
    for part in at.split('.') {
        object = object.entry(part).or_insert_with(|| Value::Object(Row::new())).as_object_mut()?;
    }
    Some(object)
}

/// A field as somebody can read it: a name for the id of a place, what is JSON as such.
fn readable(column: &Column, row: &Row, names: &Names) -> Value {
    let value = row.get(column.name).cloned().unwrap_or_default();
    match &value {
        Value::String(text) if text.starts_with(BYTES) => {
            let name = bytes(row, column.name).and_then(|id| names.get(&id).cloned());
            name.unwrap_or_else(|| Value::String(text[BYTES.len()..].to_owned()))
        }
        Value::String(text) if text.starts_with('{') => serde_json::from_str(text).unwrap_or(value),
        Value::Number(number) if TRUTHS.contains(&column.name) => Value::Bool(number.as_i64() != Some(0)),
        _ => value,
    }
}
