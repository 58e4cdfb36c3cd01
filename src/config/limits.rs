//! What nobody may take too long for or too much of, and who may see what the server counts.

use std::{path::PathBuf, time::Duration};

use serde::Deserialize;

use super::ConfigError;

/// How long a client may take, and how many there may be.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Seconds until the first request of a connection has to be there without its body, and a TLS handshake.
    pub header_seconds: u16,
    /// Seconds until the body of a request has to be there.
    pub body_seconds: u16,
    /// Seconds for which a connection is kept without a request, and in which every further one has to be there.
    pub idle_seconds: u16,
    /// Seconds for which a client may leave an answer unread.
    pub unread_seconds: u16,
    /// Connections at the same time; the next ones wait.
    pub connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { header_seconds: 5, body_seconds: 30, idle_seconds: 5, unread_seconds: 30, connections: 10_000 }
    }
}

impl Limits {
    pub(super) fn refuse_none(&self) -> Result<(), ConfigError> {
        let all = [self.header_seconds, self.body_seconds, self.idle_seconds, self.unread_seconds];
        if all.contains(&0) || self.connections == 0 { Err(ConfigError::NoTime) } else { Ok(()) }
    }

    #[must_use]
    pub const fn header(&self) -> Duration {
        Duration::from_secs(self.header_seconds as u64)
    }

    #[must_use]
    pub const fn body(&self) -> Duration {
        Duration::from_secs(self.body_seconds as u64)
    }

    #[must_use]
    pub const fn idle(&self) -> Duration {
        Duration::from_secs(self.idle_seconds as u64)
    }

    #[must_use]
    pub const fn unread(&self) -> Duration {
        Duration::from_secs(self.unread_seconds as u64)
    }
}

/// Who may see what the server counts.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Metrics {
    /// File with the token that opens /metrics from anywhere: 64 hexadecimal digits.
    pub token_file: Option<PathBuf>,
}
