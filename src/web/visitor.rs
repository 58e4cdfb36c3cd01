//! Where a request comes from: the address, and the device in words.

use std::net::IpAddr;

use actix_web::{
    HttpRequest,
    http::header::{HeaderName, USER_AGENT},
};

use crate::{accounts::Visitor, app::App};

/// Where a request comes from.
#[must_use]
pub fn visitor(app: &App, request: &HttpRequest) -> Visitor {
    let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let agent = header(USER_AGENT);
    Visitor { address: address(app, request), browser: word(agent, &BROWSERS), system: word(agent, &SYSTEMS) }
}

/// The other end of the connection; behind a proxy whom that speaks for, which is the last that it added itself. What
/// stands before it was said by the one who asks.
fn address(app: &App, request: &HttpRequest) -> Option<IpAddr> {
    if !app.config.proxy.speaks_tls {
        return Some(request.peer_addr()?.ip());
    }
    let told = request.headers().get_all(HeaderName::from_static("x-forwarded-for")).last()?;
    told.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
}

/// What stands in a user agent, and what people call it. The first that is found holds: most say that they are several.
type Words = [(&'static str, &'static str)];

const BROWSERS: [(&str, &str); 8] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];

const SYSTEMS: [(&str, &str); 7] = [
    ("CrOS", "Chromebook"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
];

fn word(agent: &str, words: &Words) -> Option<&'static str> {
    words.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, word)| *word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_told_as_people_call_it() {
        for (agent, browser, system) in [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 \
                 Safari/537.36",
                "Chrome",
                "Windows",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 \
                 Safari/537.36 Edg/142.0.0.0",
                "Edge",
                "Windows",
            ),
            (
                "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 \
                 Safari/537.36",
                "Chrome",
                "Chromebook",
            ),
            (
                "Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 \
                 Mobile/15E148 Safari/604.1",
                "Safari",
                "iPad",
            ),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox", "Linux"),
        ] {
            assert_eq!((word(agent, &BROWSERS), word(agent, &SYSTEMS)), (Some(browser), Some(system)));
        }
        assert_eq!((word("curl/8", &BROWSERS), word("", &SYSTEMS)), (None, None));
    }
}
