//! Work that was given: see it as a student does, follow it, take it back.

use vault::{
    AssignmentId, CalculationId, Me, Millis, PersonId, Tx,
    access::{self, GroupSight},
    audit::Class,
    rows::{assignments, entitlements, people},
};

use super::ClassroomError;
use crate::{
    app::App,
    exercises::{Item, draw},
};

/// An assignment in the list of all: to whom, and how many have done it.
pub struct Given {
    pub assignment: assignments::Assignment,
    pub group: people::NamedGroup,
    pub items: usize,
    /// Students in the group now who have finished every item.
    pub finished: usize,
}

/// What has been given to the groups that I teach, newest first.
///
/// # Errors
/// No answer from the vault.
pub async fn assignments(app: &App, me: &Me) -> Result<Vec<Given>, ClassroomError> {
    let (me, now) = (*me, app.clock.now());
    app.vault
        .read(move |tx| {
            let mut all = Vec::new();
            for sight in access::taught(tx, &me, now)? {
                all.extend(given_to(tx, &me, &sight, now)?);
            }
            all.sort_by_key(|given| std::cmp::Reverse(given.assignment.given_at));
            Ok(all)
        })
        .await
}

fn given_to(tx: &mut Tx, me: &Me, group: &GroupSight, now: Millis) -> Result<Vec<Given>, ClassroomError> {
    let mut all = Vec::new();
    for assignment in assignments::given_to(tx, group)? {
        let items = assignments::items(tx, me, assignment.id)?.len();
        let finished = assignments::finished(tx, group, assignment.id, items, now)?;
        all.push(Given { assignment, group: people::group_named(tx, group, now)?, items, finished });
    }
    Ok(all)
}

/// The items of an assignment as a student sees them.
pub struct Previewed {
    pub assignment: assignments::Assignment,
    /// Nothing for an item whose exercise is no longer in the bank.
    pub items: Vec<Option<Item>>,
    /// For each item whether the school has a material with it now, so that it can be looked at.
    pub has: Vec<bool>,
}

/// An assignment as a student sees it, without opening anything.
///
/// # Errors
/// Somebody else's assignment is not found.
pub async fn preview(app: &App, me: &Me, id: AssignmentId) -> Result<Previewed, ClassroomError> {
    let (me, now) = (*me, app.clock.now());
    let (assignment, items, has) = app
        .vault
        .read(move |tx| {
            let sight = access::assignment(tx, &me, id, now)?;
            let assignment = assignments::seen(tx, &sight)?;
            // Work for one student is of the school of the groups in which the teacher has them.
            let mut has = Vec::new();
            for group in access::taught(tx, &me, now)? {
                if assignment.group.is_none_or(|to| to == group.group()) {
                    has.extend(entitlements::of_group(tx, &group, now)?);
                }
            }
            Ok::<_, ClassroomError>((assignment, assignments::items(tx, &me, id)?, has))
        })
        .await?;
    let materials = app.bank.materials_named(&has);
    let gone = |id: &_| app.bank.index_of(id).is_none();
    let has =
        items.iter().map(|item| item.exercise.as_str().into()).map(|id| gone(&id) || app.bank.has(&id, materials));
    let has = has.collect();
    let items =
        items.iter().map(|item| draw(app.bank.exercise(&item.exercise.as_str().into())?, item.seed).ok()).collect();
    Ok(Previewed { assignment, items, has })
}

/// An assignment as it was given.
pub struct Kept {
    pub assignment: assignments::Assignment,
    /// Exercise ids in their order.
    pub exercises: Vec<String>,
}

/// What an assignment was given as.
///
/// # Errors
/// Somebody else's assignment is not found.
pub async fn kept(app: &App, me: &Me, id: AssignmentId) -> Result<Kept, ClassroomError> {
    let (me, now) = (*me, app.clock.now());
    app.vault
        .read(move |tx| {
            let sight = access::assignment(tx, &me, id, now)?;
            let assignment = assignments::seen(tx, &sight)?;
            let exercises = assignments::items(tx, &me, id)?.into_iter().map(|item| item.exercise).collect();
            Ok::<_, ClassroomError>(Kept { assignment, exercises })
        })
        .await
}

/// How far one student has come: for each item nothing, begun or finished.
pub struct Progress {
    pub student: people::NamedStudent,
    pub items: Vec<Option<(CalculationId, bool)>>,
}

impl Progress {
    /// How many items are finished.
    #[must_use]
    pub fn finished(&self) -> usize {
        self.items.iter().filter(|item| matches!(item, Some((_, true)))).count()
    }

    #[must_use]
    pub fn is_done(&self) -> bool {
        self.finished() == self.items.len()
    }

    #[must_use]
    pub fn is_begun(&self) -> bool {
        self.items.iter().any(Option::is_some)
    }
}

/// An assignment with how far everyone has come.
pub struct AssignmentReport {
    pub assignment: assignments::Assignment,
    pub group: Option<people::NamedGroup>,
    /// Nothing for an item whose exercise is no longer in the bank.
    pub items: Vec<Option<Item>>,
    /// By name.
    pub students: Vec<Progress>,
    pub now: Millis,
}

/// How far the students of the group have come.
///
/// # Errors
/// Somebody else's assignment is not found.
pub async fn report(app: &App, me: &Me, id: AssignmentId) -> Result<AssignmentReport, ClassroomError> {
    let Previewed { assignment, items, .. } = preview(app, me, id).await?;
    let (me, now, count) = (*me, app.clock.now(), items.len());
    let to = assignment.group;
    let (group, students) = app
        .vault
        .read(move |tx| {
            let sight = access::assignment(tx, &me, id, now)?;
            let work = assignments::work(tx, &sight, now)?;
            let Some(to) = to else { return Ok((None, Vec::new())) };
            let group = access::group(tx, &me, to, now)?;
            let students = people::students_of(tx, &group, Class::Work, now)?
                .into_iter()
                .map(|student| Progress { items: progress(&work, student.id, count), student })
                .collect();
            Ok::<_, ClassroomError>((Some(people::group_named(tx, &group, now)?), students))
        })
        .await?;
    Ok(AssignmentReport { assignment, group, items, students, now })
}

/// One student's calculation of each item; a finished one goes before one that is not.
fn progress(work: &[assignments::Work], of: PersonId, count: usize) -> Vec<Option<(CalculationId, bool)>> {
    (1_i16..)
        .take(count)
        .map(|number| {
            work.iter()
                .filter(|work| work.student == of && work.number == Some(number))
                .map(|work| (work.calculation, work.finished_at.is_some()))
                .max_by_key(|(_, finished)| *finished)
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
            let sight = access::assignment_to_take_back(tx, &me, id, now)?;
            Ok::<_, ClassroomError>(assignments::take_back(tx, &sight, now)?)
        })
        .await
}
