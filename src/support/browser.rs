//! What a browser says of itself, as far as it helps to find a fault: the system, the browser and its number. No more
//! of it is kept.

/// Operating system and browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Browser {
    pub system: &'static str,
    /// With its number, such as «Firefox 140».
    pub name: String,
}

const UNKNOWN: &str = "?";

/// What a `User-Agent` says, and the system that it means; the first that is found counts.
const SYSTEMS: [(&str, &str); 7] = [
    ("Android", "Android"),
    ("iPhone", "iOS"),
    ("iPad", "iPadOS"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

/// The same for browsers; what stands after the word is the number. Most of them also say that they are Chrome and
/// Safari, so those come last.
const BROWSERS: [(&str, &str); 6] = [
    ("Edg/", "Edge"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Version/", "Safari"),
];

impl Browser {
    /// Reads a `User-Agent`.
    #[must_use]
    pub fn read(agent: &str) -> Self {
        let system = SYSTEMS.iter().find(|(sign, _)| agent.contains(sign)).map_or(UNKNOWN, |(_, system)| system);
        let name = BROWSERS.iter().find_map(|(sign, name)| {
            let (_, after) = agent.split_once(sign)?;
            let number: String = after.chars().take_while(char::is_ascii_digit).take(4).collect();
            Some(format!("{name} {number}").trim_end().to_owned())
        });
        Self { system, name: name.unwrap_or_else(|| UNKNOWN.to_owned()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_system_and_the_browser_are_read_and_nothing_else() {
        for (agent, system, name) in [
            (
                "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36",
                "ChromeOS",
                "Chrome 139",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36 Edg/139.0.3405.86",
                "Windows",
                "Edge 139",
            ),
            (
                "Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
                "iPadOS",
                "Safari 18",
            ),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Linux", "Firefox 140"),
            ("curl/8.5.0 <script>Alva Lind</script>", "?", "?"),
            ("", "?", "?"),
        ] {
            assert_eq!(Browser::read(agent), Browser { system, name: name.to_owned() }, "{agent}");
        }
    }
}
