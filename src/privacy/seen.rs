//! Who looked at my data, or at my child's.

use vault::{
    Fault, Me, PersonId, Refusal, access,
    audit::{self, Place, Seen},
    rows::{children, people::NamedStudent},
};

use crate::app::App;

/// Entries that stand on one page, where nothing else is asked for.
pub const PLACES: usize = 50;

/// A page of the list.
pub struct SeenList {
    /// Newest first.
    pub entries: Vec<Seen>,
    /// There is more after this place.
    pub more: Option<Place>,
}

impl SeenList {
    /// One more than a page was asked for, to know whether there is more.
    fn of(mut entries: Vec<Seen>, most: usize) -> Self {
        let is_more = entries.len() > most;
        entries.truncate(most);
        let more = entries.last().filter(|_| is_more).map(|last| last.place);
        Self { entries, more }
    }
}

fn one_more(most: usize) -> i64 {
    i64::try_from(most).unwrap_or(i64::MAX).saturating_add(1)
}

/// Who looked at my data, and what others decided about my things: at most `most` entries.
///
/// # Errors
/// No answer from the vault.
pub async fn seen(app: &App, me: &Me, after: Option<Place>, most: usize) -> Result<SeenList, Fault> {
    let me = *me;
    app.vault.read(move |tx| Ok(SeenList::of(audit::of_me(tx, &me, after, one_more(most))?, most))).await
}

/// The same of a child that I have a confirmed link to now.
///
/// # Errors
/// Somebody else's child is not found.
pub async fn seen_of_child(
    app: &App,
    me: &Me,
    child: PersonId,
    after: Option<Place>,
    most: usize,
) -> Result<(NamedStudent, SeenList), Refusal> {
    let (me, now) = (*me, app.clock.now());
    app.vault
        .read(move |tx| {
            let sight = access::child_looked_at(tx, &me, child, now)?;
            let entries = audit::of_child(tx, &me, &sight, after, one_more(most))?;
            Ok((children::named(tx, &sight)?, SeenList::of(entries, most)))
        })
        .await
}
