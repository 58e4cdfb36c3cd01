//! How much is worked on at once.

use serde::Deserialize;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Overload {
    /// Requests that are worked on at once; the surplus is told to come back in a second.
    pub requests_at_once: usize,
}

impl Default for Overload {
    fn default() -> Self {
        Self { requests_at_once: 96 }
    }
}
