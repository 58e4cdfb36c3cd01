//! The rows, one file a table family. Every function that gives a person's rows takes a sight from [`crate::access`].

pub mod accounts;
pub mod assignments;
pub mod calculations;
pub mod class_codes;
pub mod difficulties;
pub mod maraton;
pub mod people;
pub mod sessions;
pub mod students;
