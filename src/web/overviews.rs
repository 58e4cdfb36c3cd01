//! A school with its groups and counts, as pages show it.

use vault::rows::entitlements::{ALL, Entitlement};

use super::{days, frame::Frame, numbers::whole};
use crate::{app::App, calendar, classroom::School};

/// A school and how many are in its groups.
pub struct SchoolShown {
    pub name: String,
    /// How many students the school has, as it said itself.
    pub students: String,
    pub groups: Vec<GroupShown>,
    pub materials: Vec<MaterialShown>,
}

/// A material and until when, in words.
pub struct MaterialShown {
    pub name: String,
    pub when: String,
}

/// A group and how many students are in it now.
pub struct GroupShown {
    pub name: String,
    pub students: String,
}

impl SchoolShown {
    #[must_use]
    pub fn of(app: &App, frame: &Frame, school: &School) -> Self {
        let School { overview: school, has, now } = school;
        let today = calendar::day(*now, &frame.time_zone);
        let day = |at| days::long(calendar::day(at, &frame.time_zone), today, frame.language);
        let when = |held: &Entitlement| match held.to {
            _ if held.from > *now => frame.with("material-from", "day", day(held.from)),
            Some(to) => frame.with("material-until", "day", day(to.plus(-1))),
            None => frame.t("material-without-end"),
        };
        let name = |id: &str| match app.bank.materials().iter().find(|material| material.id == id) {
            Some(material) => frame.language.of(&material.name).to_owned(),
            None if id == ALL => frame.t("material-all"),
            None => id.to_owned(),
        };
        let groups = school.groups.iter().map(|group| GroupShown {
            name: group.name.clone(),
            students: whole(u64::try_from(group.students).unwrap_or_default()),
        });
        Self {
            name: school.name.clone(),
            students: whole(u64::try_from(school.number_of_students).unwrap_or_default()),
            groups: groups.collect(),
            materials: has.iter().map(|held| MaterialShown { name: name(&held.material), when: when(held) }).collect(),
        }
    }
}
