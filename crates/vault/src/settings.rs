//! What each new connection is told, and reads back, because a setting that silently didn't take
//! is how data end up in the clear or lost at a power cut.

pub(crate) mod postgres;
pub(crate) mod sqlite;

use diesel::{
    QueryableByName,
    backend::Backend,
    deserialize::{self, FromSql},
    row::{Field, NamedRow, Row},
    sql_types::Text,
};

use crate::OpenError;

/// One setting: what is run (nothing when it is only looked at) and what has to be answered.
#[derive(Clone, Debug)]
pub(crate) struct Setting {
    pub(crate) name: &'static str,
    pub(crate) value: Option<String>,
    pub(crate) answer: String,
}

impl Setting {
    pub(crate) fn new(
        name: &'static str,
        value: impl Into<String>,
        answer: impl Into<String>,
    ) -> Self {
        Self {
            name,
            value: Some(value.into()),
            answer: answer.into(),
        }
    }

    /// A setting that is what it is, but has to be `answer`.
    pub(crate) fn found(name: &'static str, answer: impl Into<String>) -> Self {
        Self {
            name,
            value: None,
            answer: answer.into(),
        }
    }

    pub(crate) fn compare(&self, found: String) -> Result<(), OpenError> {
        if found == self.answer {
            return Ok(());
        }
        Err(OpenError::Setting {
            name: self.name,
            wanted: self.answer.clone(),
            found,
        })
    }
}

/// The first column of an answer as text, whatever its name.
pub(crate) struct Answer(pub(crate) String);

impl<DB: Backend> QueryableByName<DB> for Answer
where
    String: FromSql<Text, DB>,
{
    fn build<'a>(row: &impl NamedRow<'a, DB>) -> deserialize::Result<Self> {
        let field = Row::get(row, 0).ok_or("an answer without a column")?;
        <String as FromSql<Text, DB>>::from_nullable_sql(field.value()).map(Self)
    }
}
