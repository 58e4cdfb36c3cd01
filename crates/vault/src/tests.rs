//! The engine on real databases.
