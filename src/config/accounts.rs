//! Signing in and signing up.

use serde::Deserialize;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SignIn {
    /// How long a session lasts, in hours.
    pub session_hours: u32,
    /// How long a program stays signed in by tokens, in days.
    pub token_days: u32,
    /// The same if it does not use them, in days.
    pub token_idle_days: u32,
    /// How many passwords are checked at the same time; the others queue.
    pub checks_at_once: usize,
    /// Wrong passwords that are taken in an hour from one address.
    pub wrong_from_one_address: u32,
    /// Wrong passwords that are taken in an hour in all.
    pub wrong_in_all: u32,
    /// Days for which a login card opens, a school year at most.
    pub card_days: u32,
}

impl Default for SignIn {
    fn default() -> Self {
        Self {
            session_hours: 12,
            token_days: 30,
            token_idle_days: 7,
            checks_at_once: 1,
            wrong_from_one_address: 300,
            wrong_in_all: 5_000,
            card_days: 310,
        }
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Accounts {
    /// Individuals may sign up.
    pub individuals: bool,
    /// From what age on one consents alone, in the country where the server is; 13 in Sweden, Norway, Finland and Iceland.
    pub consent_age: u8,
    /// Sign-ups that are taken in an hour from one address, refused ones counted as well.
    pub sign_ups_from_one_address: u32,
    /// The same from everywhere together.
    pub sign_ups_in_all: u32,
}

impl Default for Accounts {
    fn default() -> Self {
        Self { individuals: false, consent_age: 13, sign_ups_from_one_address: 100, sign_ups_in_all: 1_000 }
    }
}
