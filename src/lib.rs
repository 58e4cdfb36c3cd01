//! Stegvis, adaptive mathematics practice judged line by line.
//!
//! Where everything is: `web` is the only place that knows HTTP, `web::routes` its table of contents. A request calls one
//! act (`practice`, `classroom`, `maraton`, `accounts`, `individuals`, `support`, `privacy`), told top to bottom. Acts
//! decide with the pure crates `stepcheck` (is the line right?) and `adaptive` (what next?) and with `exercises` (the
//! bank), and store through `vault`, the only crate that knows a database. `commands` are what the binary does; `app` is
//! what they all share.

pub mod accounts;
pub mod app;
pub mod calendar;
pub mod chance;
pub mod classroom;
pub mod clock;
pub mod commands;
pub mod config;
pub mod copies;
pub mod exercises;
pub mod house;
pub mod individuals;
pub mod keys;
pub mod maraton;
pub mod metrics;
pub mod model;
pub mod overload;
pub mod practice;
pub mod privacy;
pub mod steady;
pub mod support;
pub mod web;
