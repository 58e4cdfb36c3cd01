//! How far a class has come, and who in it won, as pages show it.

use vault::rows::{maraton::Won, people::NamedGroup};

use super::frame::Frame;
use crate::maraton::{Class, ClassSeen};

/// How far a class has come.
pub struct ClassShown {
    pub name: String,
    /// In one sentence.
    pub told: String,
    /// Where its diploma is, if it has qualified.
    pub diploma: Option<String>,
}

impl ClassShown {
    #[must_use]
    pub fn of(class: &Class, frame: &Frame) -> Self {
        let name = class.name.clone();
        let told = match class.seen {
            ClassSeen::Qualified => frame.with("class-qualified", "name", &name),
            ClassSeen::Count { students, finishers } => {
                frame.with3("class-count", "name", &name, "n", finishers, "of", students)
            }
            ClassSeen::Percent(percent) => frame.with2("class-percent", "name", &name, "percent", percent),
            ClassSeen::NotYet => frame.with("class-not-yet", "name", &name),
        };
        let has_qualified = class.seen == ClassSeen::Qualified;
        Self { name, told, diploma: has_qualified.then(|| format!("/maraton/groups/{}/diploma", class.group)) }
    }
}

/// Who won in a group that one teaches.
pub struct WonShown {
    pub name: String,
    /// Each in words, the first first.
    pub won: Vec<String>,
}

impl WonShown {
    #[must_use]
    pub fn of(group: &NamedGroup, won: &[Won], frame: &Frame) -> Self {
        let one = |won: &Won| {
            let name = won.name.clone().unwrap_or_else(|| frame.t("maraton-nameless"));
            frame.with2("draw-won-one", "name", name, "place", won.place)
        };
        Self { name: group.name.clone(), won: won.iter().map(one).collect() }
    }
}
