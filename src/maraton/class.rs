//! A class qualifies together: it has ten students or more, and nine in ten of them have finished.
//!
//! What students are told before that must not tell who has not finished: a share in tens, and only where at least five
//! others have finished and at least five others have not. A class of fewer than ten is told of to nobody.

use vault::{
    GroupId, Me, Millis, Tx, access,
    rows::maraton::{self, ClassFinish, Event},
};

use super::MaratonError;
use crate::app::App;

/// A smaller class does not qualify.
const FEWEST: i64 = 10;
/// So many in ten have to finish.
const NINE_IN_TEN: i64 = 9;
/// A share is shown to students where it is of so many others, both who have finished and who have not.
const FEWEST_OTHERS: i64 = 5;

/// Whether a class of so many students qualifies by so many of them who have finished.
#[must_use]
pub fn has_qualified(students: i64, finishers: i64) -> bool {
    students >= FEWEST && finishers * 10 >= students * NINE_IN_TEN
}

/// A class of one's own, as one may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Class {
    pub group: GroupId,
    pub name: String,
    /// The school's name.
    pub school: String,
    pub seen: ClassSeen,
}

/// How far a class has come, as somebody may see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClassSeen {
    Qualified,
    /// To who teaches it, who sees each of them anyway.
    Count {
        students: i64,
        finishers: i64,
    },
    /// To who is a student in it: whole tens of a hundred, rounded down.
    Percent(i64),
    /// To who is a student in it, where a figure could be somebody's own.
    NotYet,
}

impl Class {
    /// None for a class that is too small to be told of.
    fn of(finish: ClassFinish) -> Option<Self> {
        let ClassFinish { group, name, school, students, finishers, am_finisher, is_taught } = finish;
        if students < FEWEST {
            return None;
        }
        let (mine, not_mine) = if am_finisher { (1, 0) } else { (0, 1) };
        let others = (finishers - mine).min(students - finishers - not_mine);
        let seen = match (has_qualified(students, finishers), is_taught) {
            (true, _) => ClassSeen::Qualified,
            (false, true) => ClassSeen::Count { students, finishers },
            (false, false) if others >= FEWEST_OTHERS => ClassSeen::Percent(finishers * 10 / students * 10),
            (false, false) => ClassSeen::NotYet,
        };
        Some(Self { group, name, school, seen })
    }
}

/// The classes of the one who looks: all that they teach and, of those that they are a student in, the first by name. Two
/// that differ by one student would tell of that student.
pub(super) fn classes(
    tx: &mut Tx,
    all: &[access::TogetherSight],
    of: &Event,
    now: Millis,
) -> Result<Vec<Class>, MaratonError> {
    let finishes = all.iter().map(|sight| maraton::class_finish(tx, sight, of, now));
    let mut finishes = finishes.collect::<Result<Vec<_>, _>>()?;
    finishes.sort_by(|a, b| (&a.name, a.group).cmp(&(&b.name, b.group)));
    let first = finishes.iter().find(|finish| !finish.is_taught).map(|finish| finish.group);
    let shown = finishes.into_iter().filter(|finish| finish.is_taught || Some(finish.group) == first);
    Ok(shown.filter_map(Class::of).collect())
}

/// A class of one's own of the latest event, if it has qualified, for its diploma; the event with it.
///
/// # Errors
/// Not found for who neither teaches it nor is a student in it, or if there was no event.
pub async fn class_diploma(app: &App, me: &Me, group: GroupId) -> Result<Option<(Event, Class)>, MaratonError> {
    let (me, now) = (*me, app.clock.now());
    app.vault
        .read(move |tx| {
            let together = access::together(tx, &me, now)?;
            if together.iter().all(|sight| sight.group() != group) {
                return Err(MaratonError::NotFound);
            }
            let sight = access::event(tx, &me, now)?;
            let event = maraton::latest_event(tx, &sight, now)?.ok_or(MaratonError::NotFound)?;
            let classes = classes(tx, &together, &event, now)?;
            let class = classes.into_iter().find(|class| class.group == group && class.seen == ClassSeen::Qualified);
            Ok(class.map(|class| (event, class)))
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(students: i64, finishers: i64, am_finisher: bool, is_taught: bool) -> Option<ClassSeen> {
        let (group, name) = (GroupId::from_bytes([1; 16]), "7B".to_owned());
        let finish = ClassFinish { group, school: name.clone(), name, students, finishers, am_finisher, is_taught };
        Class::of(finish).map(|class| class.seen)
    }

    #[test]
    fn nine_in_ten_of_ten_or_more_qualify() {
        for (students, finishers, is_enough) in [
            (9, 9, false),
            (10, 8, false),
            (10, 9, true),
            (11, 9, false),
            (11, 10, true),
            (20, 17, false),
            (20, 18, true),
            (21, 18, false),
            (28, 25, false),
            (28, 26, true),
            (30, 27, true),
        ] {
            assert_eq!(has_qualified(students, finishers), is_enough, "{finishers} of {students}");
        }
    }

    #[test]
    fn a_class_of_nine_is_told_of_to_nobody() {
        for finishers in 0..=9 {
            assert_eq!([seen(9, finishers, true, false), seen(9, finishers, false, true)], [None, None]);
        }
    }

    #[test]
    fn a_student_is_told_a_share_only_where_five_others_have_finished_and_five_have_not() {
        assert_eq!(seen(11, 5, false, false), Some(ClassSeen::Percent(40)));
        assert_eq!(seen(11, 6, true, false), Some(ClassSeen::Percent(50)));
        assert_eq!(seen(11, 5, true, false), Some(ClassSeen::NotYet), "four others have finished");
        assert_eq!(seen(11, 6, false, false), Some(ClassSeen::NotYet), "four others have not");
        assert_eq!(seen(30, 26, true, false), Some(ClassSeen::NotYet), "four are not much harder to tell than one");
        assert_eq!(seen(30, 25, true, false), Some(ClassSeen::Percent(80)));
        assert_eq!(seen(30, 29, false, false), Some(ClassSeen::Qualified), "who is left is not told of");
        assert_eq!(seen(30, 25, false, true), Some(ClassSeen::Count { students: 30, finishers: 25 }));
    }
}
