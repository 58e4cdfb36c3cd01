//! What a guardian sees of the child: what it practised and when, and what it can. None of its lines.

use std::sync::Arc;

use adaptive::Mastery;
use vault::{
    Me, PersonId, access,
    rows::{
        children::{self, Done},
        people::NamedStudent,
    },
};

use super::ClassroomError;
use crate::{app::App, model, practice};

/// Calculations that are shown as the newest.
const NEWEST: i64 = 30;

/// A summary of one child's practice.
pub struct ChildView {
    pub student: NamedStudent,
    /// The practised skills as indexes into the bank.
    pub known: Vec<(u16, Mastery)>,
    /// Newest first.
    pub done: Vec<Done>,
}

/// The children that I have a confirmed link to now, by name.
///
/// # Errors
/// No answer from the vault.
pub async fn children(app: &App, me: &Me) -> Result<Vec<NamedStudent>, ClassroomError> {
    let (me, now) = (*me, app.clock.now());
    app.vault
        .read(move |tx| {
            let mut named = Vec::new();
            for sight in access::children(tx, &me, now)? {
                named.push(children::named(tx, &sight)?);
            }
            named.sort_by(|a, b| a.name.cmp(&b.name));
            Ok(named)
        })
        .await
}

/// One child that I have a confirmed link to now.
///
/// # Errors
/// Somebody else's child is not found.
pub async fn child(app: &App, me: &Me, id: PersonId) -> Result<ChildView, ClassroomError> {
    let (bank, me, now) = (Arc::clone(&app.bank), *me, app.clock.now());
    app.vault
        .read(move |tx| {
            let sight = access::child(tx, &me, id, now)?;
            let student = children::named(tx, &sight)?;
            let (general, skills) = children::known(tx, &sight)?;
            let model = match model::from_rows(&bank, &general, &skills, &[], student.school_year) {
                Some(model) => model,
                None => model::replayed(&bank, &general, &children::seen(tx, &sight)?, student.school_year),
            };
            let known = practice::masteries(&bank, &model, now);
            Ok(ChildView { student, known, done: children::done(tx, &sight, NEWEST)? })
        })
        .await
}
