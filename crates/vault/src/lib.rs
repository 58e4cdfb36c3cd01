//! Where everything that lasts is kept: the only crate that talks to a database.
//!
//! [`Vault::open`] opens either an encrypted SQLite file or PostgreSQL, brings its tables up to
//! date and refuses what would be unsafe. Then there are two ways in, each taking a closure:
//! [`Vault::read`] and [`Vault::write`]. What a closure may ask for are the row functions of this
//! crate; a [`Tx`] itself runs no SQL outside of it.
//!
//! | file | what stands there |
//! |---|---|
//! | `engine.rs` | `Vault`, `Options`, `Place`: open, read, write, close, check |
//! | `writer.rs`, `writer/` | SQLite's one writing thread: queue, batch, job |
//! | `pool.rs` | connections for reading, and on PostgreSQL for writing |
//! | `postgres.rs` | a write as one PostgreSQL transaction, tried again when it collides |
//! | `connection.rs` | the connection to either database, `on_each!`, `Tx` |
//! | `settings.rs`, `settings/` | what each new connection is told and has to answer |
//! | `access/` | need to know: who may see what, as a table and as values that only it can make |
//! | `care.rs`, `care/` | looking at the data, copying them, bringing them up to date, without opening a vault |
//! | `audit/` | who looked at whose data: noted by guards, chained before anything is shown |
//! | `keys/` | the key store: keys, sealing, blind indexes, exchange of keys |
//! | `names.rs` | the order of names |
//! | `registry.rs`, `registry/` | what every column tells, and what becomes of it |
//! | `rows/` | the rows, one file a table family |
//! | `figures.rs` | what is counted of all this |
//! | `lock.rs`, `key.rs`, `migrations.rs`, `fault.rs` | one process a file, its key, its tables, what can go wrong |

pub mod access;
pub mod audit;
pub mod care;
mod connection;
mod engine;
mod fault;
mod figures;
pub mod ids;
mod key;
pub mod keys;
mod lock;
mod migrations;
pub mod names;
mod pool;
mod postgres;
mod priority;
pub mod registry;
pub mod rows;
mod schema;
mod settings;
mod time;
mod writer;

#[cfg(test)]
mod tests;

pub use access::{ForgetSight, IndividualSight, Me, OwnSight, Refusal, Role, StudentSight};
pub use engine::{Alone, Options, Place, Tx, Vault};
pub use fault::{Fault, OpenError};
pub use figures::Figures;
pub use ids::{
    AssignmentId, CalculationId, ControllerId, DistanceId, EntitlementId, EventId, GroupId, HoldId, IdempotencyKey,
    MembershipId, NotAnId, PersonId, ReportId, RequestId, SchoolId, SessionId, Shelf, SteeringId, Ticket,
};
pub use key::Key;
pub use keys::{Decided, KeyStore, Keys, Mark, REQUEST, SigningKey};
pub use time::Millis;
