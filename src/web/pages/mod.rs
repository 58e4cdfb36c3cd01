//! The pages, one file for each place in the house; each is a struct and the template of the same name.

pub mod calculation;
pub mod card;
pub mod children;
pub mod class_code;
pub mod classroom;
pub mod controller;
pub mod devices;
pub mod diploma;
pub mod display;
pub mod done;
pub mod forgetting;
pub mod help;
mod keys;
pub mod map;
pub mod maraton;
pub mod my_data;
pub mod organiser;
pub mod public_event;
pub mod report;
pub mod school;
pub mod seen;
pub mod sight;
pub mod sign_in;
pub mod sign_up;
pub mod start;
pub mod support;
pub mod today;
