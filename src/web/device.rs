//! What a device remembers of its own for a year: how pages look and in which language. Nothing about a person.

use actix_web::{HttpResponse, cookie::time::Duration};

use super::cookies;
use crate::app::App;

/// Lets the answer tell the device to remember `value` under `name`.
pub fn remember(app: &App, response: &mut HttpResponse, name: &'static str, value: &str) {
    let mut cookie = cookies::cookie(app, name, value.to_owned());
    cookie.set_max_age(Duration::days(365));
    cookies::add(response, &cookie);
}

/// Lets the device forget `names`: on a shared one, what was easier to read for one student says something of that
/// student to the next.
pub fn forget(app: &App, response: &mut HttpResponse, names: &[&'static str]) {
    for name in names {
        cookies::add(response, &cookies::gone(app, name));
    }
}

/// Where to go back to: a path of our own, otherwise the start. What a form sends is not believed: `//elsewhere` and
/// `/\elsewhere` are other sites to a browser.
#[must_use]
pub fn way_back(asked: &str) -> &str {
    let own = asked.starts_with('/')
        && !asked[1..].starts_with(['/', '\\'])
        && asked.bytes().all(|byte| byte.is_ascii_graphic());
    if own { asked } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::way_back;

    #[test]
    fn the_way_back_never_leaves_the_house() {
        for own in ["/", "/maraton", "/calculations/0a1b", "/done?page=2"] {
            assert_eq!(way_back(own), own);
        }
        for other in [
            "",
            "maraton",
            "//example.org",
            "/\\example.org",
            "https://example.org",
            "/a\r\nset-cookie: x=1",
            "/a b",
            "\\/example.org",
            "/\t/example.org",
            "/å",
        ] {
            assert_eq!(way_back(other), "/", "{other:?}");
        }
    }
}
