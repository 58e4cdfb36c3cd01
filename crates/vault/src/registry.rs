//! Everything that is stored, column by column: what it is, what becomes of it when a person is anonymised, and where a
//! person finds it in what is handed out. `tests/registry.rs` holds it against the catalogues of both stores on both
//! databases: a column that is not listed fails, and so does one that is listed and not there.

mod data;
mod keys;
mod maraton;

/// Which of the two stores.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Store {
    Data,
    Keys,
}

/// What a column tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Category {
    /// Nothing of any person.
    Impersonal,
    /// Which rows belong together.
    Link,
    /// Whose a row is, where it goes with them; who else has to do with it, where it stays without.
    Person,
    /// Who somebody is.
    Identity,
    /// That somebody must not be found.
    Protection,
    /// Where somebody belongs, as what.
    Belonging,
    /// What somebody did, and when.
    Activity,
    /// What somebody can, as far as the model knows.
    Ability,
    /// Words of somebody's own, which may say anything.
    FreeText,
    /// How somebody wants it.
    Preference,
    /// What somebody sits at.
    Equipment,
    /// How somebody gets in.
    Security,
    /// Keys, and what is only there to find them.
    Key,
}

/// What becomes of a column when its person is anonymised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Treatment {
    /// The row goes.
    Drop,
    /// The row stays, this field does not.
    Null,
    /// It stays as something coarser: the term instead of the moment, the band instead of the year.
    Generalise,
    /// It goes into sums over many persons, and then goes.
    Aggregate,
    /// It stays as it is.
    Keep,
    /// It is sealed with the person's key, and cannot be read once that is deleted; then the row goes.
    Shred,
}

/// Where a person finds a column in what is handed out to them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Export {
    /// Under this path.
    Path(&'static str),
    /// Nowhere, because …
    Not(&'static str),
}

/// One column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    pub store: Store,
    pub table: &'static str,
    pub name: &'static str,
    pub category: Category,
    pub treatment: Treatment,
    pub export: Export,
}

/// Every table of both stores, each after those that it names.
fn tables() -> impl DoubleEndedIterator<Item = &'static Table> {
    data::TABLES.iter().chain(maraton::TABLES).chain(keys::TABLES)
}

/// Every column of both stores.
pub fn columns() -> impl Iterator<Item = Column> {
    tables().flat_map(|table| {
        table.columns.iter().map(|(name, category, treatment, export)| Column {
            store: table.store,
            table: table.name,
            name,
            category: *category,
            treatment: *treatment,
            export: *export,
        })
    })
}

/// What is chained outlasts everybody: it tells of nobody once what it was said of is gone, and without it nobody could
/// tell that the rest of the chain was not tampered with.
const CHAINED: [&str; 2] = ["audit_head", "audit_event"];

/// The tables of a store that are emptied when a controller goes, in an order in which they can be: what is named by
/// others comes after them.
pub fn under_a_controller(store: Store) -> impl Iterator<Item = &'static str> {
    tables()
        .rev()
        .filter(move |table| table.store == store)
        .filter(|table| table.columns.iter().any(|(name, ..)| *name == "controller_id"))
        .filter(|table| !CHAINED.contains(&table.name))
        .map(|table| table.name)
}

/// A column by which rows of the data are a person's, and what becomes of them when the person is forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tie {
    pub table: &'static str,
    pub column: &'static str,
    /// The rows go; otherwise the field does.
    pub goes: bool,
}

/// The ties of persons to the rows of a store, in an order in which rows can be deleted: what is named by others comes
/// after them.
pub fn ties(store: Store) -> impl Iterator<Item = Tie> {
    let of = |table: &'static Table| {
        table
            .columns
            .iter()
            .filter(|(_, category, ..)| *category == Category::Person)
            .map(|(column, _, treatment, _)| Tie { table: table.name, column, goes: *treatment != Treatment::Null })
    };
    let is_branch = |table: &Table| BRANCHES.iter().any(|branch| branch.table == table.name);
    tables().rev().filter(move |table| table.store == store && !is_branch(table)).flat_map(of)
}

/// A table whose rows go with the row of another table that they hang under, by which they are also found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Branch {
    pub table: &'static str,
    pub column: &'static str,
    pub under: &'static str,
    pub key: &'static str,
}

/// What hangs under rows that go with a person.
pub const BRANCHES: [Branch; 6] = [
    Branch { table: "recommendation", column: "calculation_id", under: "calculation", key: "id" },
    Branch { table: "response", column: "calculation_id", under: "calculation", key: "id" },
    Branch { table: "hint", column: "calculation_id", under: "calculation", key: "id" },
    Branch { table: "line", column: "calculation_id", under: "calculation", key: "id" },
    Branch { table: "assignment_item", column: "assignment_id", under: "assignment", key: "id" },
    Branch { table: "token_family", column: "session_hash", under: "session", key: "token_hash" },
];

/// A table with its columns, in the order of the migration.
struct Table {
    store: Store,
    name: &'static str,
    columns: &'static [(&'static str, Category, Treatment, Export)],
}
