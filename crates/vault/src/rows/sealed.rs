//! What is sealed in the rows, and for which place: a text of a person's is opened by their key, where it lies.

use crate::{
    Fault, Keys,
    ids::{AssignmentId, CalculationId, ControllerId, HoldId, PersonId, RequestId},
    keys::envelope::Spot,
};

/// What stands for the name of somebody who is forgotten.
pub const FORGOTTEN: &str = "—";

/// A column of a person's own row.
pub(crate) const fn of_person(controller: ControllerId, person: PersonId, column: &'static str) -> Spot<'static> {
    Spot { table: "person", column, controller: Some(controller), person: Some(person), row: &[] }
}

/// The title of an assignment, which is its giver's words.
pub(crate) const fn title(controller: ControllerId, given_by: PersonId, id: &AssignmentId) -> Spot<'_> {
    Spot {
        table: "assignment",
        column: "title",
        controller: Some(controller),
        person: Some(given_by),
        row: id.as_bytes().as_slice(),
    }
}

/// Why a request is not granted, which is about whoever asked.
pub(crate) const fn answer(controller: ControllerId, about: PersonId, id: &RequestId) -> Spot<'_> {
    Spot {
        table: "request",
        column: "answer",
        controller: Some(controller),
        person: Some(about),
        row: id.as_bytes().as_slice(),
    }
}

/// The ground of a hold, which is about whose data are held.
pub(crate) const fn ground(controller: ControllerId, about: PersonId, id: &HoldId) -> Spot<'_> {
    Spot {
        table: "hold",
        column: "ground",
        controller: Some(controller),
        person: Some(about),
        row: id.as_bytes().as_slice(),
    }
}

/// The key of a line: its calculation and its number.
pub(crate) struct LineRow([u8; 18]);

impl LineRow {
    pub(crate) fn new(calculation: CalculationId, number: i16) -> Self {
        let mut row = [0; 18];
        row[..16].copy_from_slice(calculation.as_bytes());
        row[16..].copy_from_slice(&number.to_be_bytes());
        Self(row)
    }

    /// A column of the line, written by `student`.
    pub(crate) const fn spot(&self, controller: ControllerId, student: PersonId, column: &'static str) -> Spot<'_> {
        Spot { table: "line", column, controller: Some(controller), person: Some(student), row: self.0.as_slice() }
    }
}

/// A person's name; [`FORGOTTEN`] if they are.
pub(crate) fn name(keys: &Keys, controller: ControllerId, of: PersonId, sealed: &[u8]) -> Result<String, Fault> {
    let name = keys.unseal(&of_person(controller, of, "name"), sealed)?;
    Ok(name.unwrap_or_else(|| FORGOTTEN.to_owned()))
}
