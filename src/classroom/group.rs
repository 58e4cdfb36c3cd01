//! A group as its teacher sees it: how everyone is getting on, what the group can, what it was given.

use std::sync::Arc;

use adaptive::Mastery;
use vault::{
    GroupId, Me, access,
    rows::{assignments, people},
};

use super::{ClassroomError, Live, live};
use crate::{app::App, practice};

/// A group with everything that its page says.
pub struct GroupView {
    pub live: Live,
    /// For each student, in the same order, the practised skills as indexes into the bank.
    pub known: Vec<Vec<(u16, Mastery)>>,
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
            Ok(GroupView { live, known, assignments: assignments::given_to(tx, &sight)? })
        })
        .await
}
