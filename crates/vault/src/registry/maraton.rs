//! The columns of MatteMaraton. They stand after all that they name.

use super::{
    Category::{Activity, Belonging, Impersonal, Link, Person, Preference},
    Export::{Not, Path},
    Store, Table,
    Treatment::{Aggregate, Drop, Keep, Null},
};

#[rustfmt::skip]
pub(super) const TABLES: &[Table] = &[
    Table { store: Store::Data, name: "event", columns: &[
        ("controller_id", Link, Keep, Path("controller")),
        ("id", Impersonal, Keep, Not("an id of the house")),
        ("name", Impersonal, Keep, Path("distances.event")),
        ("opens_at", Impersonal, Keep, Not("about the event, not about a person")),
        ("closes_at", Impersonal, Keep, Not("about the event, not about a person")),
        ("goal_metres", Impersonal, Keep, Not("about the event, not about a person")),
        ("goal_items", Impersonal, Keep, Not("about the event, not about a person")),
        ("rules", Impersonal, Keep, Not("about the event, not about a person")),
        ("announcement", Impersonal, Keep, Not("about the event, not about a person")),
    ] },
    Table { store: Store::Data, name: "course", columns: &[
        ("controller_id", Link, Keep, Path("controller")),
        ("event_id", Impersonal, Keep, Not("an id of the house")),
        ("number", Impersonal, Keep, Not("about the event, not about a person")),
        ("name", Impersonal, Keep, Not("about the event, not about a person")),
        ("from_year", Impersonal, Keep, Not("about the event, not about a person")),
        ("to_year", Impersonal, Keep, Not("about the event, not about a person")),
    ] },
    Table { store: Store::Data, name: "distance", columns: &[
        ("controller_id", Link, Drop, Path("controller")),
        ("id", Link, Drop, Not("an id of the house")),
        ("event_id", Link, Drop, Path("distances.event")),
        ("school_id", Belonging, Drop, Path("distances.school")),
        ("student_id", Person, Drop, Path("person.id")),
        ("metres", Activity, Aggregate, Path("distances.metres")),
        ("seconds", Activity, Drop, Path("distances.seconds")),
        ("travelled_on", Activity, Drop, Path("distances.travelled_on")),
        ("reported_at", Activity, Drop, Path("distances.reported_at")),
        ("key", Link, Drop, Not("a random number that the browser made")),
        ("approved_by", Person, Null, Path("distances.approved_by")),
        ("approved_at", Activity, Drop, Path("distances.approved_at")),
        ("returned_at", Activity, Drop, Path("distances.returned_at")),
        ("source", Activity, Drop, Path("distances.source")),
    ] },
    Table { store: Store::Data, name: "standing", columns: &[
        ("controller_id", Link, Keep, Path("controller")),
        ("event_id", Impersonal, Keep, Not("an id of the house")),
        ("school_id", Impersonal, Keep, Not("an id of the house")),
        ("metres", Impersonal, Keep, Not("a sum over a school")),
        ("distances", Impersonal, Keep, Not("a sum over a school")),
        ("entrants", Impersonal, Keep, Not("a sum over a school")),
        ("finishers", Impersonal, Keep, Not("a sum over a school")),
        ("items", Impersonal, Keep, Not("a sum over a school")),
    ] },
    Table { store: Store::Data, name: "entrant", columns: &[
        ("controller_id", Link, Drop, Path("controller")),
        ("event_id", Link, Drop, Path("maratons.event")),
        ("student_id", Person, Drop, Path("person.id")),
        ("school_id", Belonging, Drop, Path("maratons.school")),
        ("course", Preference, Drop, Path("maratons.course")),
        ("items", Activity, Aggregate, Path("maratons.items")),
        ("metres", Activity, Aggregate, Path("maratons.metres")),
        ("finished_at", Activity, Drop, Path("maratons.finished_at")),
    ] },
];
