//! Assignments in words: what kind, when, how it stands.

use vault::{Millis, rows::assignments::Assignment};

use super::names::Names;
use crate::{
    calendar,
    classroom::AssignmentKind,
    web::{days, frame::Frame},
};

/// The icon of a kind.
pub const fn icon(kind: AssignmentKind) -> &'static str {
    match kind {
        AssignmentKind::Homework => "notebook-pen",
        AssignmentKind::Bookmark => "bookmark",
        AssignmentKind::Test => "clipboard-check",
        AssignmentKind::Discussion => "messages-square",
    }
}

/// How an assignment stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// Students do not see it yet.
    Coming,
    Open,
    /// The last day has been; students can still do it.
    Past,
    TakenBack,
}

impl Standing {
    pub fn of(assignment: &Assignment, now: Millis) -> Self {
        standing(assignment.active_from, assignment.due_at, assignment.taken_back_at, now)
    }

    pub const fn key(self) -> &'static str {
        match self {
            Self::Coming => "standing-coming",
            Self::Open => "standing-open",
            Self::Past => "standing-past",
            Self::TakenBack => "standing-taken-back",
        }
    }

    pub const fn icon(self) -> &'static str {
        match self {
            Self::Coming => "hourglass",
            Self::Open => "pencil",
            Self::Past => "calendar",
            Self::TakenBack => "undo-2",
        }
    }
}

fn standing(active_from: Millis, due: Option<Millis>, taken_back: Option<Millis>, now: Millis) -> Standing {
    match () {
        () if taken_back.is_some() => Standing::TakenBack,
        () if active_from > now => Standing::Coming,
        () if due.is_some_and(|due| due < now) => Standing::Past,
        () => Standing::Open,
    }
}

/// An assignment as lists and heads show it.
pub struct Assigned {
    pub href: String,
    pub title: String,
    pub icon: &'static str,
    pub kind: String,
    /// «Till tisdag 25 november» or from when, or empty.
    pub when: String,
    pub standing: String,
    pub standing_icon: &'static str,
    pub is_taken_back: bool,
}

impl Assigned {
    pub fn of(frame: &Frame, assignment: &Assignment, now: Millis) -> Self {
        let kind = AssignmentKind::named(&assignment.kind).unwrap_or(AssignmentKind::Homework);
        let standing = Standing::of(assignment, now);
        Self {
            href: format!("/assignments/{}", assignment.id),
            title: assignment.title.clone(),
            icon: icon(kind),
            kind: frame.t(kind_key(kind)),
            when: when(frame, assignment, standing, now),
            standing: frame.t(standing.key()),
            standing_icon: standing.icon(),
            is_taken_back: standing == Standing::TakenBack,
        }
    }
}

impl Assigned {
    /// The same where names stay as they are on the page that leads to it.
    pub fn keeping(mut self, names: Names) -> Self {
        self.href = names.keep(self.href);
        self
    }
}

/// The sentence key of a kind's name.
pub const fn kind_key(kind: AssignmentKind) -> &'static str {
    match kind {
        AssignmentKind::Homework => "kind-homework",
        AssignmentKind::Bookmark => "kind-bookmark",
        AssignmentKind::Test => "kind-test",
        AssignmentKind::Discussion => "kind-discussion",
    }
}

/// The sentence key of what a kind is for.
pub const fn kind_help_key(kind: AssignmentKind) -> &'static str {
    match kind {
        AssignmentKind::Homework => "kind-homework-help",
        AssignmentKind::Bookmark => "kind-bookmark-help",
        AssignmentKind::Test => "kind-test-help",
        AssignmentKind::Discussion => "kind-discussion-help",
    }
}

fn when(frame: &Frame, assignment: &Assignment, standing: Standing, now: Millis) -> String {
    let today = calendar::day(now, &frame.time_zone);
    let day = |at: Millis| days::long(calendar::day(at, &frame.time_zone), today, frame.language);
    match (standing, assignment.due_at) {
        (Standing::Coming, Some(due)) => {
            frame.with2("work-from-to", "from", day(assignment.active_from), "to", day(due))
        }
        (Standing::Coming, None) => frame.with("work-from", "day", day(assignment.active_from)),
        (_, Some(due)) => frame.with("work-due", "day", day(due)),
        (_, None) => frame.t("work-no-due"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_assignment_comes_is_open_and_passes_and_taken_back_goes_before_all() {
        let (from, due) = (Millis(10), Some(Millis(20)));
        let at = |now| standing(from, due, None, Millis(now));
        let expected = [Standing::Coming, Standing::Open, Standing::Open, Standing::Past];
        assert_eq!([9, 10, 20, 21].map(at), expected);
        assert_eq!(standing(from, None, None, Millis(1_000)), Standing::Open);
        assert_eq!(standing(from, due, Some(Millis(5)), Millis(9)), Standing::TakenBack);
    }
}
