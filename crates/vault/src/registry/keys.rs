//! The columns of the key store. Deleting a person's rows there is what «shred» means in the data.

use super::{
    Category::{Belonging, Impersonal, Key, Link, Person, Security},
    Export::{Not, Path},
    Store, Table,
    Treatment::{Drop, Keep},
};

#[rustfmt::skip]
pub(super) const TABLES: &[Table] = &[
    Table { store: Store::Keys, name: "key_ring", columns: &[
        ("id", Impersonal, Keep, Not("names the key store, not a person")),
        ("master_version", Key, Keep, Not("a key, not about a person")),
        ("index_key", Key, Keep, Not("a key, not about a person")),
        ("sheet_confirmed_at", Impersonal, Keep, Not("about the operator's duty")),
        ("changes", Impersonal, Keep, Not("counts changes, for the program")),
    ] },
    Table { store: Store::Keys, name: "controller_key", columns: &[
        ("controller_id", Link, Keep, Not("an id of the house")),
        ("version", Key, Keep, Not("a key, not about a person")),
        ("sealed", Key, Keep, Not("a key, not about a person")),
        ("created_at", Key, Keep, Not("about a key")),
    ] },
    Table { store: Store::Keys, name: "blind_index", columns: &[
        ("controller_id", Link, Drop, Path("controller")),
        ("person_id", Person, Drop, Path("person.id")),
        ("user_name", Key, Drop, Not("only finds what person.user_name hands out")),
        ("email", Key, Drop, Not("only finds what person.email hands out")),
        ("external_id", Key, Drop, Not("only finds what person.external_id hands out")),
    ] },
    Table { store: Store::Keys, name: "person_key", columns: &[
        ("controller_id", Link, Drop, Path("controller")),
        ("person_id", Person, Drop, Path("person.id")),
        ("version", Key, Drop, Not("a key, which opens what is handed out")),
        ("controller_version", Key, Drop, Not("a key, which opens what is handed out")),
        ("sealed", Key, Drop, Not("a key, which opens what is handed out")),
        ("created_at", Key, Drop, Not("a key, which opens what is handed out")),
        ("retired_at", Key, Drop, Not("a key, which opens what is handed out")),
    ] },
    Table { store: Store::Keys, name: "credential", columns: &[
        ("controller_id", Link, Drop, Path("controller")),
        ("person_id", Person, Drop, Path("person.id")),
        ("password_hash", Security, Drop, Not("it would help whoever wants to get in")),
        ("changed_at", Security, Drop, Path("person.password_changed_at")),
    ] },
    Table { store: Store::Keys, name: "signing_key", columns: &[
        ("id", Impersonal, Keep, Not("names a key, not a person")),
        ("sealed", Key, Keep, Not("a key, not about a person")),
        ("created_at", Key, Keep, Not("about a key")),
        ("signs_from", Key, Keep, Not("about a key")),
    ] },
    Table { store: Store::Keys, name: "key_exchange", columns: &[
        ("id", Impersonal, Keep, Not("names an exchange of keys")),
        ("level", Impersonal, Keep, Not("which keys were exchanged")),
        ("controller_id", Link, Keep, Not("whose keys")),
        ("at", Impersonal, Keep, Not("when keys were exchanged")),
    ] },
    Table { store: Store::Keys, name: "login_card", columns: &[
        ("controller_id", Link, Drop, Path("controller")),
        ("person_id", Person, Drop, Path("person.id")),
        ("group_id", Belonging, Drop, Path("person.login_card.group")),
        ("secret", Security, Drop, Not("it would help whoever wants to get in")),
        ("made_at", Security, Drop, Path("person.login_card.made_at")),
        ("ends_at", Security, Drop, Path("person.login_card.ends_at")),
    ] },
    Table { store: Store::Keys, name: "erasure", columns: &[
        ("mark", Impersonal, Keep, Not("says that somebody is forgotten, to whom nothing leads any more")),
        ("at", Impersonal, Keep, Not("says that somebody is forgotten, to whom nothing leads any more")),
        ("rule", Impersonal, Keep, Not("says that somebody is forgotten, to whom nothing leads any more")),
    ] },
];
