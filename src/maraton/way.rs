//! How far one has come of the kilometres: oneself, one's group, one's school.
//!
//! A group's sum is shown only where nobody's own can be told from it and what else is shown (see
//! `docs/decisions/0037-the-route-on-the-map.md`).

use vault::rows::maraton::{Event, GroupSum};

use super::{Own, Standings, route::share};

/// Whose metres a sum has to hold, beside those of the one who looks; and as many have to be in what is left of the school's
/// sum when the group's is taken away.
const FEWEST: i64 = 5;

/// Whose way it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    Me,
    Group,
    School,
}

impl Whose {
    /// As the API says it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Me => "me",
            Self::Group => "group",
            Self::School => "school",
        }
    }
}

/// How far somebody has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    pub of: Whose,
    /// The name of the group or the school.
    pub name: Option<String>,
    /// Approved.
    pub metres: i64,
    /// The event's goal, once for each student.
    pub goal: i64,
}

impl Way {
    /// How much of the goal is reached, 0 to 1.
    #[must_use]
    pub fn share(&self) -> f64 {
        share(self.metres, self.goal)
    }
}

/// The ways that the one who looks may see: the own, those of groups, those of the own schools.
#[must_use]
pub(super) fn ways(event: &Event, own: Option<&Own>, groups: &[GroupSum], standings: &Standings) -> Vec<Way> {
    let goal = i64::from(event.goal_metres);
    let own = own.map(|own| Way { of: Whose::Me, name: None, metres: own.approved(), goal });
    let group = |group: &GroupSum| Way {
        of: Whose::Group,
        name: Some(group.name.clone()),
        metres: group.metres,
        goal: goal.saturating_mul(group.students),
    };
    let groups = looked_at(groups).into_iter().filter(|group| is_shown(group, standings)).map(group);
    let schools = standings.schools.iter().filter(|school| school.is_own).map(|school| Way {
        of: Whose::School,
        name: Some(school.name.clone()),
        metres: school.metres,
        goal: goal.saturating_mul(school.students),
    });
    own.into_iter().chain(groups).chain(schools).collect()
}

/// By name, all that one teaches; of those that one is a student in the first and no other: of two that differ by one
/// student, the difference would be that one's.
fn looked_at(groups: &[GroupSum]) -> Vec<&GroupSum> {
    let mut all: Vec<&GroupSum> = groups.iter().collect();
    all.sort_by(|a, b| (&a.name, a.group).cmp(&(&b.name, b.group)));
    let mine = all.iter().find(|group| !group.is_taught).map(|group| group.group);
    all.retain(|group| group.is_taught || Some(group.group) == mine);
    all
}

/// The group's school has to be shown too: of one that is not nothing is to be told.
fn is_shown(group: &GroupSum, standings: &Standings) -> bool {
    let school = standings.schools.iter().find(|school| school.id == group.school);
    group.others >= FEWEST && school.is_some_and(|school| school.entrants - group.travellers >= FEWEST)
}

#[cfg(test)]
mod tests {
    use vault::{ControllerId, EventId, GroupId, Millis, SchoolId, rows::maraton::Standing};

    use super::*;

    const OF: SchoolId = SchoolId::from_bytes([1; 16]);

    fn event() -> Event {
        Event {
            controller_id: ControllerId::from_bytes([0; 16]),
            id: EventId::from_bytes([0; 16]),
            name: "Maraton".to_owned(),
            opens_at: Millis(0),
            closes_at: Millis(1),
            goal_metres: 42_200,
            goal_items: 200,
            rules: String::new(),
            announcement: String::new(),
            host: ControllerId::from_bytes([0; 16]),
            open_to: vault::rows::maraton::OpenTo::Own.name().to_owned(),
            invitation: String::new(),
            is_public: false,
        }
    }

    fn group(number: u8, name: &str, travellers: i64, others: i64) -> GroupSum {
        let group = GroupId::from_bytes([number; 16]);
        let is_taught = travellers == others;
        GroupSum {
            group,
            name: name.to_owned(),
            school: OF,
            students: 24,
            metres: 600_000,
            travellers,
            others,
            is_taught,
        }
    }

    fn school(entrants: i64) -> Standings {
        let row = Standing {
            controller: "Aspby".to_owned(),
            school: OF,
            name: "Alby".to_owned(),
            number_of_students: 100,
            metres: 900_000,
            distances: 90,
            entrants,
            finishers: 0,
            items: 0,
        };
        Standings::of(vec![row], &[OF])
    }

    fn shown(groups: &[GroupSum], standings: &Standings) -> Vec<String> {
        ways(&event(), None, groups, standings).into_iter().filter_map(|way| way.name).collect()
    }

    #[test]
    fn the_goal_is_that_of_all_students_of_the_group_and_of_the_school() {
        let all = ways(&event(), None, &[group(1, "8B", 7, 6)], &school(20));
        let goals: Vec<_> = all.iter().map(|way| (way.of, way.metres, way.goal)).collect();
        assert_eq!(goals, [(Whose::Group, 600_000, 1_012_800), (Whose::School, 900_000, 4_220_000)]);
        assert!((all[0].share() - 600.0 / 1_012.8).abs() < 1e-12);
    }

    #[test]
    fn a_group_is_shown_where_five_others_have_a_part_in_it() {
        let school = school(60);
        assert_eq!(shown(&[group(1, "8B", 6, 5)], &school), ["8B", "Alby"]);
        assert_eq!(shown(&[group(1, "8B", 5, 4)], &school), ["Alby"], "the reader knows one of the five");
        assert_eq!(shown(&[group(1, "8B", 5, 5)], &school), ["8B", "Alby"], "the teacher knows none of them so");
        assert_eq!(shown(&[group(1, "8B", 4, 4)], &school), ["Alby"]);
    }

    #[test]
    fn what_is_left_of_the_school_when_the_group_is_taken_away_is_of_five_too() {
        let groups = [group(1, "8B", 7, 6)];
        assert_eq!(shown(&groups, &school(12)), ["8B", "Alby"]);
        for entrants in 5..12 {
            assert_eq!(shown(&groups, &school(entrants)), ["Alby"], "{entrants} take part");
        }
        assert_eq!(shown(&groups, &school(4)), Vec::<String>::new(), "a school that is not shown");
    }

    #[test]
    fn of_several_groups_a_student_sees_the_first_and_a_teacher_all() {
        let school = school(60);
        let two = [group(2, "8B matte", 8, 7), group(1, "8B", 7, 6)];
        assert_eq!(shown(&two, &school), ["8B", "Alby"]);
        let hidden = [group(2, "8B matte", 8, 7), group(1, "8B", 5, 4)];
        assert_eq!(shown(&hidden, &school), ["Alby"], "nor the second where the first is too small");
        assert_eq!(shown(&[group(2, "9A", 8, 8), group(1, "8B", 7, 7)], &school), ["8B", "9A", "Alby"]);
    }
}
