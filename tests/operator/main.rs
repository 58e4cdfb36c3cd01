//! What whoever runs a server meets: the binary itself as a child process, from `stegvis init` to the end of `stegvis
//! serve`, on both databases.
//!
//! `site` is a server's settings, keys and data in a place of their own.

#![expect(clippy::unwrap_used, reason = "a test that can't set itself up has failed")]

#[path = "../api/client.rs"]
#[expect(dead_code, reason = "shared with the stories about people, who do more")]
mod client;
mod cluster;
mod databases;
mod lesson;
mod site;
mod students;

mod copies;
mod doctor;
mod faults;
mod forgotten;
mod full_disk;
mod init;
mod model;
mod privacy;
mod stopping;
mod tracks;
mod two_servers;
mod unit;
mod upgrade;
