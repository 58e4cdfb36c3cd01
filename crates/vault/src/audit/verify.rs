//! Is every link where it was put? Reads each chain from its beginning, hashes it again, and opens the commitments whose
//! side rows are there.

use std::{collections::BTreeMap, fmt};

use diesel::prelude::*;

use super::{
    chain::{ActorSide, Hash, Link, SubjectSide, beginning, day_of},
    note::{Action, Chain, Class, Outcome},
};
use crate::{
    connection::Tx,
    fault::Fault,
    ids::ControllerId,
    schema::{audit_event, audit_head, audit_personal},
    time::Millis,
};

/// Links that are read at once.
const AT_ONCE: i64 = 1_000;

/// One chain, read from its beginning.
pub struct Verified {
    /// None for the operator's part.
    pub controller: Option<ControllerId>,
    /// Links that hold, from the first.
    pub events: i64,
    /// Of those, with the side row that says who it was, and those that say about whom.
    pub with_actor: i64,
    pub with_subject: i64,
    /// How many there are of each kind.
    pub kinds: BTreeMap<(Action, Class, Outcome), i64>,
    /// The hash of the last link that holds.
    pub head: [u8; 32],
    /// What does not hold, if anything.
    pub broken: Option<Broken>,
}

/// The first place in a chain that does not hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Broken {
    /// The number of the link.
    pub seq: i64,
    pub why: Why,
}

/// What is wrong there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Why {
    /// The link with this number is not there, and later ones are.
    Missing,
    /// The link was changed, or it is another one.
    Changed,
    /// Who did it is not who did it then.
    Actor,
    /// About whom, or when exactly, is not what it was then.
    Subject,
    /// The chain ends somewhere else than where its end was written down.
    End,
    /// A side row without a link.
    Astray,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "it is missing, and later ones are there",
            Self::Changed => "it was changed, or another one was put in its place",
            Self::Actor => "who did it was changed",
            Self::Subject => "about whom, or when exactly, was changed",
            Self::End => "the chain ends elsewhere than where its end was written down: links were cut off, or the end was changed",
            Self::Astray => "personal details are there without the link that they belong to",
        })
    }
}

#[derive(Queryable)]
struct LinkRow {
    seq: i64,
    day: i64,
    action: String,
    class: String,
    outcome: String,
    actor: Vec<u8>,
    subject: Vec<u8>,
    hash: Vec<u8>,
}

#[derive(Queryable)]
struct SideRow {
    seq: i64,
    actor_controller: Option<Vec<u8>>,
    actor: Option<Vec<u8>>,
    role: Option<String>,
    actor_salt: Option<Vec<u8>>,
    kind: Option<String>,
    id: Option<Vec<u8>>,
    at: Option<Millis>,
    detail: Option<Vec<u8>>,
    subject_salt: Option<Vec<u8>>,
}

/// Reads every chain there is.
///
/// # Errors
/// When the database does not answer. A chain that does not hold is no error; see [`Verified::broken`].
pub fn verify(tx: &mut Tx) -> Result<Vec<Verified>, Fault> {
    let mut chains: Vec<ControllerId> = audit_head::table.select(audit_head::controller_id).load(tx.connection())?;
    chains.extend::<Vec<ControllerId>>(
        audit_event::table.select(audit_event::controller_id).distinct().load(tx.connection())?,
    );
    chains.extend::<Vec<ControllerId>>(
        audit_personal::table.select(audit_personal::controller_id).distinct().load(tx.connection())?,
    );
    chains.sort_unstable();
    chains.dedup();
    chains.into_iter().map(|chain| one(tx, Chain(chain))).collect()
}

fn one(tx: &mut Tx, chain: Chain) -> Result<Verified, Fault> {
    let mut read = Verified {
        controller: (chain != Chain::OPERATOR).then_some(chain.0),
        events: 0,
        with_actor: 0,
        with_subject: 0,
        kinds: BTreeMap::new(),
        head: beginning(chain),
        broken: None,
    };
    loop {
        let links = links(tx, chain, read.events)?;
        let Some(last) = links.last().map(|link| link.seq) else { break };
        let sides = sides(tx, chain, read.events, last)?;
        let mut sides = sides.into_iter().peekable();
        for link in links {
            // Side rows of no link would stay in front of those that follow.
            let mut astray = false;
            while sides.next_if(|side| side.seq < link.seq).is_some() {
                astray = true;
            }
            let side = sides.next_if(|side| side.seq == link.seq);
            if let Err(why) = read.hang(chain, &link, side.as_ref()) {
                let seq = if why == Why::Missing { read.events + 1 } else { link.seq };
                return Ok(read.broken_at(seq, why));
            }
            if astray {
                return Ok(read.broken_at(link.seq - 1, Why::Astray));
            }
        }
    }
    ended(tx, chain, read)
}

impl Verified {
    fn broken_at(self, seq: i64, why: Why) -> Self {
        Self { broken: Some(Broken { seq, why }), ..self }
    }

    /// Hangs the next link on the chain, if it holds.
    fn hang(&mut self, chain: Chain, link: &LinkRow, side: Option<&SideRow>) -> Result<(), Why> {
        if link.seq != self.events + 1 {
            return Err(if link.seq > self.events + 1 { Why::Missing } else { Why::Changed });
        }
        let hash = link.rehashed(chain, &self.head);
        let kind = link.kind().filter(|_| hash.as_slice() == link.hash).ok_or(Why::Changed)?;
        if let Some(side) = side {
            self.with_actor += i64::from(side.opens_actor(link)?);
            self.with_subject += i64::from(side.opens_subject(link)?);
        }
        *self.kinds.entry(kind).or_default() += 1;
        self.events = link.seq;
        self.head = hash;
        Ok(())
    }
}

impl LinkRow {
    fn kind(&self) -> Option<(Action, Class, Outcome)> {
        Some((Action::named(&self.action)?, Class::named(&self.class)?, Outcome::named(&self.outcome)?))
    }

    fn rehashed(&self, chain: Chain, before: &Hash) -> Hash {
        let Self { seq, day, action, class, outcome, actor, subject, .. } = self;
        Link { seq: *seq, day: *day, chain, action, class, outcome, actor, subject }.hash(before)
    }
}

impl SideRow {
    /// Whether it says who it was; if it does, that has to be true.
    fn opens_actor(&self, link: &LinkRow) -> Result<bool, Why> {
        let Self { actor_controller: controller, actor: person, role, actor_salt, .. } = self;
        let Some(salt) = actor_salt else {
            let redacted = controller.is_none() && person.is_none() && role.is_none();
            return if redacted { Ok(false) } else { Err(Why::Actor) };
        };
        let side =
            ActorSide { salt, controller: controller.as_deref(), person: person.as_deref(), role: role.as_deref() };
        if side.commitment().as_slice() == link.actor { Ok(true) } else { Err(Why::Actor) }
    }

    /// The same for about whom, and when.
    fn opens_subject(&self, link: &LinkRow) -> Result<bool, Why> {
        let (Some(salt), Some(kind), Some(at)) = (&self.subject_salt, &self.kind, self.at) else {
            let redacted = self.subject_salt.is_none() && self.kind.is_none() && self.at.is_none();
            let redacted = redacted && self.id.is_none() && self.detail.is_none();
            return if redacted { Ok(false) } else { Err(Why::Subject) };
        };
        let side = SubjectSide { salt, kind, id: self.id.as_deref(), at, detail: self.detail.as_deref() };
        let holds = side.commitment().as_slice() == link.subject && day_of(at) == link.day;
        if holds { Ok(true) } else { Err(Why::Subject) }
    }
}

fn links(tx: &mut Tx, chain: Chain, after: i64) -> Result<Vec<LinkRow>, Fault> {
    Ok(audit_event::table
        .filter(audit_event::controller_id.eq(chain.0))
        // The first is 1, but who put in one before it wants to be found too.
        .filter(audit_event::seq.gt(if after == 0 { i64::MIN } else { after }))
        .order(audit_event::seq)
        .limit(AT_ONCE)
        .select((
            audit_event::seq,
            audit_event::day,
            audit_event::action,
            audit_event::class,
            audit_event::outcome,
            audit_event::actor,
            audit_event::subject,
            audit_event::hash,
        ))
        .load(tx.connection())?)
}

fn sides(tx: &mut Tx, chain: Chain, after: i64, last: i64) -> Result<Vec<SideRow>, Fault> {
    Ok(audit_personal::table
        .filter(audit_personal::controller_id.eq(chain.0))
        .filter(audit_personal::seq.gt(if after == 0 { i64::MIN } else { after }))
        .filter(audit_personal::seq.le(last))
        .order(audit_personal::seq)
        .select((
            audit_personal::seq,
            audit_personal::actor_controller_id,
            audit_personal::actor_id,
            audit_personal::actor_role,
            audit_personal::actor_salt,
            audit_personal::subject_kind,
            audit_personal::subject_id,
            audit_personal::at,
            audit_personal::detail,
            audit_personal::subject_salt,
        ))
        .load(tx.connection())?)
}

/// Holds the end against where it was written down.
fn ended(tx: &mut Tx, chain: Chain, read: Verified) -> Result<Verified, Fault> {
    let astray: Option<i64> = audit_personal::table
        .filter(audit_personal::controller_id.eq(chain.0))
        .filter(audit_personal::seq.gt(read.events))
        .select(diesel::dsl::min(audit_personal::seq))
        .first(tx.connection())?;
    if let Some(seq) = astray {
        return Ok(read.broken_at(seq, Why::Astray));
    }
    let end: Option<(i64, Vec<u8>)> = audit_head::table
        .filter(audit_head::controller_id.eq(chain.0))
        .select((audit_head::seq, audit_head::hash))
        .first(tx.connection())
        .optional()?;
    let holds = end.is_some_and(|(seq, hash)| seq == read.events && hash == read.head);
    let next = read.events + 1;
    Ok(if holds { read } else { read.broken_at(next, Why::End) })
}
