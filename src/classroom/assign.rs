//! Giving work: choose exercises, give them.

use std::sync::Arc;

use vault::{
    AssignmentId, GroupId, IdempotencyKey, Me, Millis, access,
    rows::{assignments, entitlements},
};

use super::ClassroomError;
use crate::{
    app::App,
    exercises::{Exercise, Item, draw},
};

/// Exercises in one assignment at most.
pub(super) const MOST_ITEMS: usize = 40;

/// Milliseconds from now, ten years: a day farther off is a slip.
const FARTHEST: i64 = 10 * 366 * 24 * 3_600_000;

/// What kind of work it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AssignmentKind {
    Homework,
    Bookmark,
    Test,
    Discussion,
}

impl AssignmentKind {
    pub const ALL: [Self; 4] = [Self::Homework, Self::Bookmark, Self::Test, Self::Discussion];

    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Homework => "homework",
            Self::Bookmark => "bookmark",
            Self::Test => "test",
            Self::Discussion => "discussion",
        }
    }

    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// What a teacher fills in.
pub struct NewAssignment {
    /// The same key gives the same assignment: a button that is pressed twice gives it once.
    pub key: IdempotencyKey,
    pub kind: AssignmentKind,
    pub title: String,
    /// Exercise ids in the order in which they were chosen; the same twice gives two items.
    pub exercises: Vec<String>,
    pub active_from: Option<Millis>,
    pub due_at: Option<Millis>,
}

/// An exercise that can be chosen, with a sample of what students get.
pub struct Choice<'a> {
    pub exercise: &'a Exercise,
    pub sample: Item,
}

impl<'a> Choice<'a> {
    /// None if no item can be drawn of it.
    #[must_use]
    pub fn of(exercise: &'a Exercise) -> Option<Self> {
        Some(Self { exercise, sample: draw(exercise, 1).ok()? })
    }
}

/// The exercises that the group's school has now, in the order of the bank.
///
/// # Errors
/// Somebody else's group is not found.
pub async fn choices<'a>(app: &'a App, me: &Me, to: GroupId) -> Result<Vec<&'a Exercise>, ClassroomError> {
    let (me, now) = (*me, app.clock.now());
    let has = app
        .vault
        .read(move |tx| {
            let group = access::group_to_assign(tx, &me, to, now)?;
            Ok::<_, ClassroomError>(entitlements::of_group(tx, &group, now)?)
        })
        .await?;
    let materials = app.bank.materials_named(&has);
    Ok(app.bank.exercises().iter().filter(|exercise| app.bank.has(&exercise.id, materials)).collect())
}

/// Gives work to a whole group that I teach now.
///
/// # Errors
/// Somebody else's group, no exercises, too many, unknown ones or such as the school does not have, a title or a date that
/// cannot be used.
pub async fn give(app: &App, me: &Me, to: GroupId, new: NewAssignment) -> Result<AssignmentId, ClassroomError> {
    let now = app.clock.now();
    let active_from = new.active_from.unwrap_or(now);
    let length = new.title.trim().chars().count();
    if length == 0 || length > 80 {
        return Err(ClassroomError::Title(length));
    }
    if new.exercises.is_empty() {
        return Err(ClassroomError::NothingChosen);
    }
    if new.exercises.len() > MOST_ITEMS {
        return Err(ClassroomError::TooMany(new.exercises.len()));
    }
    let is_near = |at: Millis| at.0.saturating_sub(now.0).saturating_abs() <= FARTHEST;
    if ![Some(active_from), new.due_at].into_iter().flatten().all(is_near) {
        return Err(ClassroomError::Due);
    }
    if new.due_at.is_some_and(|due| due <= active_from) {
        return Err(ClassroomError::Due);
    }
    let items = new.exercises.iter().map(|id| set_item(app, id)).collect::<Result<Vec<_>, _>>()?;
    let row = assignments::NewAssignment {
        id: AssignmentId::from_bytes(*new.key.as_bytes()),
        kind: new.kind.name().to_owned(),
        title: new.title.trim().to_owned(),
        given_at: now,
        active_from,
        due_at: new.due_at,
        items,
    };
    let (me, id, bank) = (*me, row.id, Arc::clone(&app.bank));
    app.vault
        .write(move |tx| {
            let group = access::group_to_assign(tx, &me, to, now)?;
            let materials = bank.materials_named(&entitlements::of_group(tx, &group, now)?);
            if !row.items.iter().all(|item| bank.has(&item.exercise.as_str().into(), materials)) {
                return Err(ClassroomError::NotFound);
            }
            assignments::give(tx, &me, &group, None, &row)?;
            Ok::<_, ClassroomError>(())
        })
        .await?;
    Ok(id)
}

/// An exercise with a seed from which it can be drawn: the numbers are set once and are the same for all.
fn set_item(app: &App, id: &str) -> Result<assignments::SetItem, ClassroomError> {
    let unknown = || ClassroomError::UnknownExercise(id.to_owned());
    let exercise = app.bank.exercise(&id.into()).ok_or_else(unknown)?;
    let seed = (0..4).map(|_| app.chance.seed()).find(|seed| draw(exercise, *seed).is_ok()).ok_or_else(unknown)?;
    Ok(assignments::SetItem { exercise: id.to_owned(), seed })
}
