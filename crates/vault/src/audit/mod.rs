//! Who looked at whose data, and what was decided: a chain of hashes for each controller, and one for the operator
//! (`docs/decisions/0014-audit.md`).
//!
//! A guard or a row function that opens somebody else's data notes a look in the transaction, and gets a `Noted` for
//! it, without which there is no sight. What was noted in a closure is on the disk before what the closure gave leaves
//! the vault; see [`crate::Vault::read`] and [`crate::Vault::write`]. So nothing that shows a person can forget it.
//!
//! | file | what stands there |
//! |---|---|
//! | `note.rs` | what is noted, in which words |
//! | `chain.rs` | what is hashed, byte by byte |
//! | `record.rs` | notes become links of their chains |
//! | `exchanges.rs` | exchanges of keys, carried over from the key store |
//! | `seen.rs` | who looked at somebody's data |
//! | `redact.rs` | taking a person out, the chain stays whole |
//! | `verify.rs` | is every link where it was put |
//! | `anchor.rs` | the ends of the chains, kept in a second place |

mod anchor;
mod chain;
mod exchanges;
mod note;
mod record;
mod redact;
mod seen;
mod verify;

pub use self::{
    anchor::{Anchor, Moved, NotAnAnchor, heads, moved},
    note::{Action, Class, Outcome},
    redact::{redact_actor, redact_before, redact_subject},
    seen::{By, Place, Seen, of_child, of_me},
    verify::{Broken, Verified, Why, verify},
};
pub(crate) use self::{
    chain::day_of,
    note::{Actor, Chain, Note, Noted, Subject},
    record::{Recent, record},
};

/// One person, group and kind of data are written down once in so many milliseconds for the same one who looks.
pub const GRAIN: i64 = 3_600_000;
