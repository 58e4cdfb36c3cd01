//! Giving work: choose exercises, see them as a student does, give them, follow them, take them back.

use vault::{
    AssignmentId, CalculationId, GroupId, Me, Millis, access,
    rows::{assignments, people},
};

use super::ClassroomError;
use crate::{
    app::App,
    exercises::{Exercise, Item, draw},
};

/// Exercises in one assignment at most.
pub(super) const MOST_ITEMS: usize = 40;

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

/// All exercises of the bank, in its order, each with a sample item.
#[must_use]
pub fn choices(app: &App) -> Vec<Choice<'_>> {
    app.bank
        .exercises()
        .iter()
        .filter_map(|exercise| Some(Choice { exercise, sample: draw(exercise, 1).ok()? }))
        .collect()
}

/// Gives work to a whole group that I teach now.
///
/// # Errors
/// Somebody else's group, no exercises, too many, unknown ones, a title or a date that cannot be used.
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
    if new.due_at.is_some_and(|due| due <= active_from) {
        return Err(ClassroomError::Due);
    }
    let items = new.exercises.iter().map(|id| set_item(app, id)).collect::<Result<Vec<_>, _>>()?;
    let row = assignments::NewAssignment {
        id: app.chance.draw(AssignmentId::random),
        kind: new.kind.name().to_owned(),
        title: new.title.trim().to_owned(),
        given_at: now,
        active_from,
        due_at: new.due_at,
        items,
    };
    let (me, id) = (*me, row.id);
    app.vault
        .write(move |tx| {
            let group = access::group(tx, &me, to, now)?;
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

/// What has been given to the groups that I teach, newest first, with the group's name.
///
/// # Errors
/// No answer from the vault.
pub async fn assignments(
    app: &App,
    me: &Me,
) -> Result<Vec<(assignments::Assignment, people::NamedGroup)>, ClassroomError> {
    let (me, now) = (*me, app.clock.now());
    app.vault
        .read(move |tx| {
            let mut all = Vec::new();
            for sight in access::taught(tx, &me, now)? {
                for given in assignments::given_to(tx, &sight)? {
                    all.push((given, people::group_named(tx, &sight, now)?));
                }
            }
            all.sort_by_key(|(given, _)| std::cmp::Reverse(given.given_at));
            Ok(all)
        })
        .await
}

/// The items of an assignment as a student sees them.
pub struct Previewed {
    pub assignment: assignments::Assignment,
    pub items: Vec<Item>,
}

/// An assignment as a student sees it, without opening anything.
///
/// # Errors
/// Somebody else's assignment is not found.
pub async fn preview(app: &App, me: &Me, id: AssignmentId) -> Result<Previewed, ClassroomError> {
    let (me, now) = (*me, app.clock.now());
    let (assignment, items) = app
        .vault
        .read(move |tx| {
            let sight = access::assignment(tx, &me, id, now)?;
            Ok::<_, ClassroomError>((assignments::seen(tx, &sight)?, assignments::items(tx, &me, id)?))
        })
        .await?;
    let items = items
        .iter()
        .filter_map(|item| draw(app.bank.exercise(&item.exercise.as_str().into())?, item.seed).ok())
        .collect();
    Ok(Previewed { assignment, items })
}

/// How far one student has come: for each item nothing, begun or finished.
pub struct Progress {
    pub student: people::NamedStudent,
    pub items: Vec<Option<(CalculationId, bool)>>,
}

/// An assignment with how far everyone has come.
pub struct AssignmentReport {
    pub assignment: assignments::Assignment,
    pub group: Option<people::NamedGroup>,
    pub items: Vec<Item>,
    pub students: Vec<Progress>,
}

/// How far the students of the group have come.
///
/// # Errors
/// Somebody else's assignment is not found.
pub async fn report(app: &App, me: &Me, id: AssignmentId) -> Result<AssignmentReport, ClassroomError> {
    let Previewed { assignment, items } = preview(app, me, id).await?;
    let (me, now, count) = (*me, app.clock.now(), items.len());
    let to = assignment.group;
    let (group, students) = app
        .vault
        .read(move |tx| {
            let sight = access::assignment(tx, &me, id, now)?;
            let work = assignments::work(tx, &sight)?;
            let Some(to) = to else { return Ok((None, Vec::new())) };
            let group = access::group(tx, &me, to, now)?;
            let students = people::students_of(tx, &group, now)?
                .into_iter()
                .map(|(student, _)| Progress { items: progress(&work, student.id, count), student })
                .collect();
            Ok::<_, ClassroomError>((Some(people::group_named(tx, &group, now)?), students))
        })
        .await?;
    Ok(AssignmentReport { assignment, group, items, students })
}

fn progress(work: &[assignments::Work], of: vault::PersonId, count: usize) -> Vec<Option<(CalculationId, bool)>> {
    (1_i16..)
        .take(count)
        .map(|number| {
            work.iter()
                .filter(|work| work.student == of && work.number == Some(number))
                .map(|work| (work.calculation, work.finished_at.is_some()))
                .next_back()
        })
        .collect()
}

/// Takes an assignment back; what was written stays. False if it was taken back before.
///
/// # Errors
/// Somebody else's assignment is not found.
pub async fn take_back(app: &App, me: &Me, id: AssignmentId) -> Result<bool, ClassroomError> {
    let (me, now) = (*me, app.clock.now());
    app.vault
        .write(move |tx| {
            let sight = access::assignment(tx, &me, id, now)?;
            Ok::<_, ClassroomError>(assignments::take_back(tx, &sight, now)?)
        })
        .await
}
