//! How the reader wants pages to look: theme, contrast, roomy reading, stillness. Kept in a cookie of the device.

use actix_web::HttpRequest;

/// The choices; `None` follows the device.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Display {
    /// light or dark
    pub theme: Option<&'static str>,
    /// more or normal
    pub contrast: Option<&'static str>,
    /// roomy
    pub reading: Option<&'static str>,
    /// still
    pub motion: Option<&'static str>,
}

/// The name of the cookie.
pub const COOKIE: &str = "display";

/// What can be chosen, by the name of the choice.
pub const CHOICES: [(&str, &[&str]); 4] =
    [("theme", &["light", "dark"]), ("contrast", &["more", "normal"]), ("reading", &["roomy"]), ("motion", &["still"])];

impl Display {
    #[must_use]
    pub fn of(request: &HttpRequest) -> Self {
        request.cookie(COOKIE).map(|cookie| Self::from_text(cookie.value())).unwrap_or_default()
    }

    /// Reads words parted by dots, such as `dark.roomy`; what is not a choice is passed over.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        let chosen = |name: &str| {
            let (_, words) = CHOICES.iter().find(|(choice, _)| *choice == name)?;
            words.iter().find(|word| text.split('.').any(|part| part == **word)).copied()
        };
        Self {
            theme: chosen("theme"),
            contrast: chosen("contrast"),
            reading: chosen("reading"),
            motion: chosen("motion"),
        }
    }

    #[must_use]
    pub fn to_text(&self) -> String {
        [self.theme, self.contrast, self.reading, self.motion].into_iter().flatten().collect::<Vec<_>>().join(".")
    }

    /// The attributes on `<html>`, with their values.
    #[must_use]
    pub fn attributes(&self) -> Vec<(&'static str, &'static str)> {
        [
            ("data-theme", self.theme),
            ("data-contrast", self.contrast),
            ("data-reading", self.reading),
            ("data-motion", self.motion),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_come_back_and_strangers_do_not() {
        let display = Display::from_text("roomy.dark.<script>");
        assert_eq!(display.to_text(), "dark.roomy");
        assert_eq!(display.attributes(), [("data-theme", "dark"), ("data-reading", "roomy")]);
    }
}
