//! What the program does when it is called from a terminal, one file a command.

pub mod exercises;
