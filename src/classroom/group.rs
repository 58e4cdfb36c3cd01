//! A group as its teacher sees it: how everyone is getting on, what the group can, what it was given.

use std::{collections::BTreeSet, sync::Arc};

use adaptive::Mastery;
use vault::{
    GroupId, Me, Millis, Refusal, Tx, access,
    rows::{
        assignments, people,
        steering::{self, What},
    },
};

use super::{ClassroomError, Live, live};
use crate::{app::App, exercises::Bank, practice};

/// Assignments at most that say what the group is to practise, the newest first.
const NEWEST_GIVEN: usize = 20;

/// A group with everything that its page says.
pub struct GroupView {
    pub live: Live,
    /// For each student, in the same order, the practised skills as indexes into the bank.
    pub known: Vec<Vec<(u16, Mastery)>>,
    /// Skills that are pinned for the group, or that its work now is of.
    pub wanted: BTreeSet<u16>,
    /// Newest first.
    pub assignments: Vec<assignments::Assignment>,
}

/// The groups that I teach now, by name.
///
/// # Errors
/// No answer from the vault.
pub async fn groups(app: &App, me: &Me) -> Result<Vec<people::NamedGroup>, ClassroomError> {
    let (me, now) = (*me, app.clock.now());
    app.vault
        .read(move |tx| {
            let mut groups = Vec::new();
            for sight in access::taught(tx, &me, now)? {
                groups.push(people::group_named(tx, &sight, now)?);
            }
            groups.sort_by(|a, b| a.name.cmp(&b.name));
            Ok(groups)
        })
        .await
}

/// One group that I teach now.
///
/// # Errors
/// Somebody else's group is not found.
pub async fn group(app: &App, me: &Me, id: GroupId) -> Result<GroupView, ClassroomError> {
    let (bank, me, now) = (Arc::clone(&app.bank), *me, app.clock.now());
    app.vault
        .read(move |tx| {
            let sight = access::group(tx, &me, id, now)?;
            let (live, sights) = live::seen(tx, &bank, &sight, now)?;
            let mut known = Vec::new();
            for sight in &sights {
                known.push(practice::mastery_of(tx, &bank, sight, now)?);
            }
            let assignments = assignments::given_to(tx, &sight)?;
            let mut wanted = pinned(tx, &bank, &me, id, now)?;
            wanted.extend(set(tx, &bank, &me, &assignments, now)?);
            Ok(GroupView { live, known, wanted, assignments })
        })
        .await
}

/// The skills that are pinned for the group, as far as one may know.
fn pinned(tx: &mut Tx, bank: &Bank, me: &Me, of: GroupId, now: Millis) -> Result<BTreeSet<u16>, ClassroomError> {
    let sight = match access::group_to_steer(tx, me, of, now) {
        Ok(sight) => sight,
        Err(Refusal::NotFound) => return Ok(BTreeSet::new()),
        Err(refusal) => return Err(refusal.into()),
    };
    let said = steering::of_group(tx, &sight)?;
    let skill = |what: &What| match what {
        What::Skill(name) => bank.skill_index(name),
        What::Exercise(name) => bank.exercise(&name.as_str().into()).map(|exercise| exercise.skill),
    };
    Ok(said.iter().filter(|one| one.pins).filter_map(|one| skill(&one.what)).collect())
}

/// The skills of work that is neither taken back nor past its day.
fn set(
    tx: &mut Tx,
    bank: &Bank,
    me: &Me,
    given: &[assignments::Assignment],
    now: Millis,
) -> Result<BTreeSet<u16>, ClassroomError> {
    let is_now =
        |work: &&assignments::Assignment| work.taken_back_at.is_none() && work.due_at.is_none_or(|due| due >= now);
    let mut skills = BTreeSet::new();
    for work in given.iter().filter(is_now).take(NEWEST_GIVEN) {
        let items = assignments::items(tx, me, work.id)?;
        skills.extend(items.iter().filter_map(|item| Some(bank.exercise(&item.exercise.as_str().into())?.skill)));
    }
    Ok(skills)
}
