//! What Stegvis promises under load and when it is cut off, proven on the real server. Nothing of this is shipped.
//!
//! | file | what stands there |
//! |---|---|
//! | `place.rs` | where a server's data, keys and settings are: a folder, or two databases of PostgreSQL's |
//! | `world.rs` | a municipality with students who have work before them, made directly through the vault |
//! | `event/` | a MatteMaraton of any size beside that world, written past the vault |
//! | `server.rs` | the real `stegvis serve` as a child: start, kill, stop, what it uses |
//! | `durable.rs`, `shim/durable.c` | what a disk keeps when the power goes |
//! | `cluster.rs` | a PostgreSQL of one's own that may be killed |
//! | `chaos.rs`, `chaos/` | cutting the server off, and comparing what is stored with what was acknowledged |
//! | `damaged.rs`, `damaged/` | copies that are not what they were: each has to be refused |
//! | `client.rs` | a browser or program on one HTTP/1.1 connection that is kept |

pub mod chaos;
pub mod client;
pub mod cluster;
pub mod damaged;
pub mod durable;
pub mod event;
pub mod place;
pub mod server;
pub mod world;
