//! The address by which people reach the server. It is printed on login cards, so it is never guessed from what a request
//! says of itself.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::ConfigError;

/// The address without a slash at its end.
///
/// # Errors
/// [`ConfigError::PublicAddress`] if something stands after the host, or if it is without TLS and not this machine's own.
pub(super) fn address(set: &str) -> Result<String, ConfigError> {
    let unusable = || ConfigError::PublicAddress(set.to_owned());
    let address = set.strip_suffix('/').unwrap_or(set);
    let (scheme, host) = address.split_once("://").ok_or_else(unusable)?;
    let usable = match scheme {
        "https" => is_host(host),
        "http" => is_host(host) && is_loopback_host(host),
        _ => false,
    };
    if usable { Ok(address.to_owned()) } else { Err(unusable()) }
}

/// A name or number, perhaps with a port.
fn is_host(host: &str) -> bool {
    let (name, port) = without_port(host);
    let is_bracketed = name.starts_with('[') && name.ends_with(']');
    let is_number = is_bracketed && name[1..name.len() - 1].parse::<Ipv6Addr>().is_ok();
    let is_name = !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'))
        && !name.starts_with(['-', '.']);
    (is_number || is_name) && port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0))
}

fn without_port(host: &str) -> (&str, Option<&str>) {
    match host.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => (name, Some(port)),
        _ => (host, None),
    }
}

/// Whether a host, perhaps with a port, names this machine to itself.
#[must_use]
pub fn is_loopback_host(host: &str) -> bool {
    let (name, _) = without_port(host);
    is_host(host)
        && (name.eq_ignore_ascii_case("localhost")
            || name == "[::1]"
            || name.parse::<Ipv4Addr>().is_ok_and(|number| number.is_loopback()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_ends_at_its_host() {
        for (set, means) in [
            ("https://stegvis.example.se", "https://stegvis.example.se"),
            ("https://stegvis.example.se/", "https://stegvis.example.se"),
            ("https://10.0.0.7:8443", "https://10.0.0.7:8443"),
            ("https://[fd00::7]", "https://[fd00::7]"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("http://localhost", "http://localhost"),
        ] {
            assert_eq!(address(set).ok().as_deref(), Some(means));
        }
        for set in [
            "",
            "stegvis.example.se",
            "ftp://stegvis.example.se",
            "http://stegvis.example.se",
            "https://",
            "https://stegvis.example.se/matte",
            "https://stegvis.example.se//",
            "https://stegvis.example.se?x",
            "https://stegvis.example.se#x",
            "https://teacher@stegvis.example.se",
            "https://stegvis.example.se:",
            "https://stegvis.example.se:0",
            "https://stegvis.example.se:99999",
            "https://steg vis.se",
            "https://-.se",
            "https://[fd00::7",
        ] {
            assert!(address(set).is_err(), "{set}");
        }
    }

    #[test]
    fn this_machine_is_told_from_others() {
        for own in ["localhost", "LOCALHOST:80", "127.0.0.1:8080", "127.1.2.3", "[::1]:8080"] {
            assert!(is_loopback_host(own), "{own}");
        }
        for other in ["", "localhost.example.org", "127.0.0.1.example.org", "10.0.0.1", "[::2]", "localhost/x", "::1"] {
            assert!(!is_loopback_host(other), "{other}");
        }
    }
}
