//! The pages, one file for each place in the house; each is a struct and the template of the same name.

pub mod classroom;
pub mod sign_in;
