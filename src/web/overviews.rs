//! A school with its groups and counts, as pages show it.

use vault::rows::people::SchoolOverview;

use super::numbers::whole;

/// A school and how many are in its groups.
pub struct SchoolShown {
    pub name: String,
    /// How many students the school has, as it said itself.
    pub students: String,
    pub groups: Vec<GroupShown>,
}

/// A group and how many students are in it now.
pub struct GroupShown {
    pub name: String,
    pub students: String,
}

impl SchoolShown {
    #[must_use]
    pub fn of(school: &SchoolOverview) -> Self {
        let groups = school.groups.iter().map(|group| GroupShown {
            name: group.name.clone(),
            students: whole(u64::try_from(group.students).unwrap_or_default()),
        });
        Self {
            name: school.name.clone(),
            students: whole(u64::try_from(school.number_of_students).unwrap_or_default()),
            groups: groups.collect(),
        }
    }
}
