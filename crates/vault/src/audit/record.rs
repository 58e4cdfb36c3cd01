//! Notes become links of their chains, as the last thing that a transaction does: on PostgreSQL the end of a chain is
//! locked from here to the commit.

use std::{
    num::NonZeroUsize,
    sync::{Mutex, PoisonError},
};

use diesel::prelude::*;
use lru::LruCache;

use super::{
    GRAIN,
    chain::{Hash, Link, Salts, beginning, day_of},
    note::{Action, Chain, Class, Note, Subject},
};
use crate::{
    connection::{Tx, on_each},
    fault::Fault,
    ids::PersonId,
    schema::{audit_event, audit_head, audit_personal},
    time::Millis,
};

/// Looks that are remembered, some 100 bytes each.
const REMEMBERED: NonZeroUsize = NonZeroUsize::new(50_000).expect("more than none");

type Looked = (Chain, Option<PersonId>, Subject, Class);

/// Looks that were written down a short while ago: a page that fetches itself anew every few seconds reads, and writes
/// once in an hour. What is not here is looked up in the database.
pub(crate) struct Recent(Mutex<LruCache<Looked, Millis>>);

impl Recent {
    pub(crate) fn new() -> Self {
        Self(Mutex::new(LruCache::new(REMEMBERED)))
    }

    /// Those that have to be written.
    pub(crate) fn leave_out(&self, mut notes: Vec<Note>) -> Vec<Note> {
        let mut recent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        notes.retain(|note| {
            let before = looked(note).and_then(|key| recent.get(&key).copied());
            !before.is_some_and(|before| is_covered(before, note.at))
        });
        notes
    }

    /// To be called when they are on the disk.
    pub(crate) fn remember(&self, notes: &[Note]) {
        let mut recent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for note in notes {
            if let Some(key) = looked(note) {
                recent.put(key, note.at);
            }
        }
    }
}

/// A clock that went back covers nothing.
const fn is_covered(before: Millis, at: Millis) -> bool {
    before.0 <= at.0 && at.since(before) < GRAIN
}

fn looked(note: &Note) -> Option<Looked> {
    let by = note.actor.map(|actor| actor.person);
    (note.action == Action::Look).then_some((note.chain, by, note.subject, note.class))
}

/// Writes what was noted, chain by chain, in the order in which it was. Says how many entries that are.
pub(crate) fn record(tx: &mut Tx, notes: &[Note]) -> Result<u64, Fault> {
    let mut chains: Vec<Chain> = notes.iter().map(|note| note.chain).collect();
    // Two transactions that write to the same chains lock them in the same order.
    chains.sort_unstable();
    chains.dedup();
    let mut entries = 0;
    for chain in chains {
        let of_chain: Vec<&Note> = notes.iter().filter(|note| note.chain == chain).collect();
        entries += append(tx, chain, &of_chain)?;
    }
    Ok(entries)
}

/// Says how many entries it wrote.
fn append(tx: &mut Tx, chain: Chain, notes: &[&Note]) -> Result<u64, Fault> {
    let (first, mut hash) = end_of(tx, chain)?;
    let mut seq = first;
    for note in notes {
        if note.action == Action::Look && is_written(tx, note)? {
            continue;
        }
        seq += 1;
        hash = write(tx, seq, &hash, note)?;
    }
    if seq != first {
        diesel::update(audit_head::table)
            .filter(audit_head::controller_id.eq(chain.0))
            .set((audit_head::seq.eq(seq), audit_head::hash.eq(hash.as_slice())))
            .execute(tx.connection())?;
    }
    Ok(seq.abs_diff(first))
}

/// Where the chain ends, held until the commit. The update that changes nothing is what waits for others.
fn end_of(tx: &mut Tx, chain: Chain) -> Result<(i64, Hash), Fault> {
    for _ in 0..2 {
        let end: Option<(i64, Vec<u8>)> = on_each!(tx.connection(), each => diesel::update(audit_head::table)
            .filter(audit_head::controller_id.eq(chain.0))
            .set(audit_head::seq.eq(audit_head::seq))
            .returning((audit_head::seq, audit_head::hash))
            .get_result(each)
            .optional())?;
        if let Some((seq, hash)) = end {
            return Ok((seq, hash.try_into().map_err(|_| Fault::Chain)?));
        }
        on_each!(tx.connection(), each => diesel::insert_into(audit_head::table)
            .values((
                audit_head::controller_id.eq(chain.0),
                audit_head::seq.eq(0_i64),
                audit_head::hash.eq(beginning(chain).as_slice()),
            ))
            .on_conflict_do_nothing()
            .execute(each))?;
    }
    Err(Fault::Chain)
}

/// Whether the same look was written by this or another process a short while ago.
fn is_written(tx: &mut Tx, note: &Note) -> Result<bool, Fault> {
    let by = note.actor.map(|actor| actor.person);
    let id = note.subject.id().map(Vec::from);
    let found: Vec<(Option<PersonId>, String, String)> = audit_personal::table
        .inner_join(audit_event::table.on(
            audit_event::controller_id.eq(audit_personal::controller_id).and(audit_event::seq.eq(audit_personal::seq)),
        ))
        .filter(audit_personal::controller_id.eq(note.chain.0))
        .filter(audit_personal::subject_id.eq(id))
        .filter(audit_personal::at.gt(note.at.plus(-GRAIN)))
        .filter(audit_personal::at.le(note.at))
        .select((audit_personal::actor_id, audit_event::action, audit_event::class))
        .load(tx.connection())?;
    let same = |(who, action, class): &(Option<PersonId>, String, String)| {
        *who == by && action == note.action.name() && class == note.class.name()
    };
    Ok(found.iter().any(same))
}

fn write(tx: &mut Tx, seq: i64, before: &Hash, note: &Note) -> Result<Hash, Fault> {
    let salts = Salts::draw()?;
    let (actor, subject) = salts.commit(note);
    let link = Link {
        seq,
        day: day_of(note.at),
        chain: note.chain,
        action: note.action.name(),
        class: note.class.name(),
        outcome: note.outcome.name(),
        actor: &actor,
        subject: &subject,
    };
    let hash = link.hash(before);
    diesel::insert_into(audit_event::table)
        .values((
            audit_event::controller_id.eq(note.chain.0),
            audit_event::seq.eq(seq),
            audit_event::day.eq(link.day),
            audit_event::action.eq(link.action),
            audit_event::class.eq(link.class),
            audit_event::outcome.eq(link.outcome),
            audit_event::actor.eq(actor.as_slice()),
            audit_event::subject.eq(subject.as_slice()),
            audit_event::hash.eq(hash.as_slice()),
        ))
        .execute(tx.connection())?;
    diesel::insert_into(audit_personal::table)
        .values((
            audit_personal::controller_id.eq(note.chain.0),
            audit_personal::seq.eq(seq),
            audit_personal::actor_controller_id.eq(note.actor.map(|actor| actor.controller)),
            audit_personal::actor_id.eq(note.actor.map(|actor| actor.person)),
            audit_personal::actor_role.eq(note.actor.and_then(|actor| actor.role).map(crate::Role::name)),
            audit_personal::actor_salt.eq(salts.actor.as_slice()),
            audit_personal::subject_kind.eq(note.subject.kind()),
            audit_personal::subject_id.eq(note.subject.id().map(Vec::from)),
            audit_personal::at.eq(note.at),
            audit_personal::detail.eq(note.detail.map(Vec::from)),
            audit_personal::subject_salt.eq(salts.subject.as_slice()),
        ))
        .execute(tx.connection())?;
    Ok(hash)
}
