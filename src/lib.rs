pub mod commands;
pub mod exercises;
