//! Stories about people at the server, told over HTTP on both databases: one file a subject.
//!
//! `app` is the server as the tests meet it, `world` who is in it, `client` somebody at a browser.

#![expect(clippy::unwrap_used, reason = "a test that can't set itself up has failed")]

mod addresses;
mod app;
mod appeals;
mod assignments;
mod attack;
mod audit;
mod client;
mod ground;
mod groups;
mod things;
mod world;

mod accounts;
mod approvals;
mod cards;
mod class_code;
mod classes;
mod clocks;
mod copies;
mod courses;
mod crowd;
mod devices;
mod display;
mod doubts;
mod draws;
mod entitlement;
mod entitlement_command;
mod facts;
mod forged;
mod forgetting;
mod guards;
mod guesses;
mod headers;
mod hints;
mod history;
mod individuals;
mod maraton;
mod metrics;
mod model;
mod my_data;
mod need_to_know;
mod new_password;
mod nights;
mod organising;
mod overload;
mod overviews;
mod pace;
mod practice;
mod problems;
mod public;
mod restart;
mod running;
mod sharing;
mod sign_in;
mod skills;
mod slow;
mod start;
mod tls;
mod together;
mod tokens;
mod tracks;
mod two_processes;
mod v1;
mod v1_acts;
mod v1_document;
mod v1_lists;
