//! The audit's chains: what is changed behind the server's back is found, what is taken out by the rules is not missed.

mod looks;

use std::collections::BTreeSet;

use diesel::{prelude::*, sql_types::Binary};
use rand::{RngExt, SeedableRng, rngs::StdRng};

use super::*;
use crate::{
    ControllerId, Millis, PersonId, Role,
    audit::{self, Action, Actor, Anchor, Broken, Class, Moved, Note, Subject, Verified, Why, heads, moved, verify},
    schema::audit_event,
};

const NOW: Millis = Millis(1_800_000_000_000);
const HOME: ControllerId = ControllerId::from_bytes([1; 16]);
const AWAY: ControllerId = ControllerId::from_bytes([2; 16]);

fn person(number: u32) -> PersonId {
    let mut bytes = [0x5a; 16];
    bytes[..4].copy_from_slice(&number.to_be_bytes());
    PersonId::from_bytes(bytes)
}

fn teacher(number: u32) -> Actor {
    Actor { controller: HOME, person: person(number), role: Some(Role::Teacher) }
}

/// The `number`th act: a distance of somebody's that somebody approved.
fn approved(number: u32) -> Note {
    let at = NOW.plus(i64::from(number) * 1_000);
    let what = (Action::Approve, Class::Distance);
    Note::act(HOME, Some(teacher(1_000_000 + number)), what, Subject::Person(person(number)), at).about([7; 16])
}

async fn note(vault: &Vault, notes: impl IntoIterator<Item = Note>) {
    let notes: Vec<Note> = notes.into_iter().collect();
    vault
        .write(move |tx| {
            notes.iter().for_each(|note| tx.note(*note));
            Ok::<_, Fault>(())
        })
        .await
        .unwrap();
}

async fn verified(vault: &Vault) -> Vec<Verified> {
    vault.read(verify).await.unwrap()
}

/// What somebody saw in a transaction that is then rolled back.
enum Saw<T> {
    Fault(Fault),
    This(T),
}

impl<T> From<Fault> for Saw<T> {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// Changes the tables with SQL, looks, and takes the change back.
async fn after<T: Send + 'static>(
    vault: &Vault,
    sql: String,
    look: impl Fn(&mut Tx) -> Result<T, Fault> + Send + 'static,
) -> T {
    let saw = vault.write(move |tx| {
        run(tx, &sql)?;
        Err::<(), _>(Saw::This(look(tx)?))
    });
    match saw.await {
        Err(Saw::This(saw)) => saw,
        Err(Saw::Fault(fault)) => panic!("{fault}"),
        Ok(()) => unreachable!(),
    }
}

/// Where the home's chain is broken after a change.
async fn broken_after(vault: &Vault, sql: &str) -> Option<Broken> {
    let chains = after(vault, sql.to_owned(), verify).await;
    chains.into_iter().find(|chain| chain.controller == Some(HOME)).and_then(|chain| chain.broken)
}

fn literal(postgres: bool, bytes: &[u8]) -> String {
    let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    if postgres { format!("'\\x{digits}'::bytea") } else { format!("x'{digits}'") }
}

async fn is_postgres(vault: &Vault) -> bool {
    let asked = |tx: &mut Tx| Ok::<_, Fault>(matches!(tx.connection(), crate::connection::Connection::Postgres(_)));
    vault.read(asked).await.unwrap()
}

#[test]
fn every_chain_holds_and_is_counted() {
    on_both(|vault| async move {
        note(&vault, (0..5).map(approved)).await;
        let nobody =
            Note::act(ControllerId::from_bytes([0; 16]), None, (Action::SignIn, Class::Session), Subject::Nobody, NOW);
        note(&vault, [nobody.refused(), approved(5)]).await;
        let chains = verified(&vault).await;
        let told: Vec<_> = chains.iter().map(|c| (c.controller, c.events, c.with_actor, c.with_subject)).collect();
        assert_eq!(told, [(None, 1, 1, 1), (Some(HOME), 6, 6, 6)]);
        assert!(chains.iter().all(|chain| chain.broken.is_none()));
    });
}

/// T-chain: whichever byte of a link is changed, it is found at that link.
#[test]
fn a_changed_byte_is_found_at_its_link() {
    on_both(|vault| async move {
        note(&vault, (0..6).map(approved)).await;
        let postgres = is_postgres(&vault).await;
        for column in ["day = day + 1", "action = 'give_back'", "class = 'names'", "outcome = 'refused'"] {
            let sql = format!("UPDATE audit_event SET {column} WHERE seq = 3");
            assert_eq!(broken_after(&vault, &sql).await, Some(Broken { seq: 3, why: Why::Changed }), "{column}");
        }
        let third = vault.read(|tx| {
            let row: (Vec<u8>, Vec<u8>, Vec<u8>) = audit_event::table
                .filter(audit_event::seq.eq(3))
                .select((audit_event::actor, audit_event::subject, audit_event::hash))
                .first(tx.connection())?;
            Ok::<_, Fault>(row)
        });
        let (actor, subject, hash) = third.await.unwrap();
        for (column, bytes) in [("actor", actor), ("subject", subject), ("hash", hash)] {
            for at in 0..bytes.len() {
                let mut changed = bytes.clone();
                changed[at] ^= 1;
                let changed = literal(postgres, &changed);
                let sql = format!("UPDATE audit_event SET {column} = {changed} WHERE seq = 3");
                let broken = broken_after(&vault, &sql).await;
                assert_eq!(broken, Some(Broken { seq: 3, why: Why::Changed }), "{column} {at}");
            }
        }
        assert!(verified(&vault).await.iter().all(|chain| chain.broken.is_none()));
    });
}

#[test]
fn what_is_told_of_persons_cannot_be_changed_either() {
    on_both(|vault| async move {
        note(&vault, (0..4).map(approved)).await;
        let other = literal(is_postgres(&vault).await, &[9; 16]);
        for (change, why) in [
            (format!("actor_controller_id = {other}"), Why::Actor),
            (format!("actor_id = {other}"), Why::Actor),
            ("actor_id = NULL".to_owned(), Why::Actor),
            ("actor_role = 'guardian'".to_owned(), Why::Actor),
            (format!("actor_salt = {other}"), Why::Actor),
            ("actor_salt = NULL".to_owned(), Why::Actor),
            ("subject_kind = 'group'".to_owned(), Why::Subject),
            (format!("subject_id = {other}"), Why::Subject),
            ("at = at + 1".to_owned(), Why::Subject),
            ("at = NULL".to_owned(), Why::Subject),
            (format!("detail = {other}"), Why::Subject),
            ("detail = NULL".to_owned(), Why::Subject),
            (format!("subject_salt = {other}"), Why::Subject),
            ("subject_salt = NULL".to_owned(), Why::Subject),
        ] {
            let sql = format!("UPDATE audit_personal SET {change} WHERE seq = 2");
            assert_eq!(broken_after(&vault, &sql).await, Some(Broken { seq: 2, why }), "{change}");
        }
    });
}

#[test]
fn what_is_missing_moved_or_put_in_is_found() {
    on_both(|vault| async move {
        note(&vault, (0..6).map(approved)).await;
        let away = literal(is_postgres(&vault).await, AWAY.as_bytes());
        let no_sides = "DELETE FROM audit_personal; ";
        for (sql, seq, why) in [
            ("DELETE FROM audit_event WHERE seq = 4".to_owned(), 4, Why::Missing),
            ("DELETE FROM audit_event WHERE seq = 1".to_owned(), 1, Why::Missing),
            ("DELETE FROM audit_event WHERE seq > 4".to_owned(), 5, Why::End),
            (format!("UPDATE audit_event SET controller_id = {away} WHERE seq = 2"), 2, Why::Missing),
            (
                "UPDATE audit_event SET seq = 0 WHERE seq = 3; UPDATE audit_event SET seq = 3 WHERE seq = 4; \
                 UPDATE audit_event SET seq = 4 WHERE seq = 0"
                    .to_owned(),
                3,
                Why::Changed,
            ),
            ("UPDATE audit_event SET seq = 0 WHERE seq = 1".to_owned(), 0, Why::Changed),
            ("UPDATE audit_head SET seq = 7".to_owned(), 7, Why::End),
            ("DELETE FROM audit_head".to_owned(), 7, Why::End),
        ] {
            let broken = broken_after(&vault, &format!("{no_sides}{sql}")).await;
            assert_eq!(broken, Some(Broken { seq, why }), "{sql}");
        }
        // A link that is put into another chain is found there too.
        let sql = format!("{no_sides}UPDATE audit_event SET controller_id = {away} WHERE seq = 1");
        let chains = after(&vault, sql, verify).await;
        let there = chains.iter().find(|chain| chain.controller == Some(AWAY)).and_then(|chain| chain.broken);
        assert_eq!(there, Some(Broken { seq: 1, why: Why::Changed }));
    });
}

/// What the chain itself cannot tell: its end was cut off and written down anew, or all of it was.
#[test]
fn an_anchor_that_was_carried_away_tells_of_a_cut_end() {
    on_both(|vault| async move {
        note(&vault, (0..6).map(approved)).await;
        let anchors = vault.read(heads).await.unwrap();
        assert_eq!(anchors.iter().map(|anchor| (anchor.controller, anchor.seq)).collect::<Vec<_>>(), [(Some(HOME), 6)]);
        let anchor = anchors[0];
        note(&vault, [approved(6)]).await;
        assert_eq!(vault.read(move |tx| moved(tx, &anchor)).await.unwrap(), None);
        let cut = "DELETE FROM audit_personal WHERE seq > 4; DELETE FROM audit_event WHERE seq > 4; \
                   UPDATE audit_head SET seq = 4, hash = (SELECT hash FROM audit_event WHERE seq = 4)";
        assert_eq!(broken_after(&vault, cut).await, None, "the chain alone does not tell");
        assert_eq!(after(&vault, cut.to_owned(), move |tx| moved(tx, &anchor)).await, Some(Moved::Gone));
        let anew = "DELETE FROM audit_personal; DELETE FROM audit_event; DELETE FROM audit_head";
        let written_anew = move |tx: &mut Tx| {
            audit::record(tx, &(10..17).map(approved).collect::<Vec<_>>())?;
            Ok((verify(tx)?.iter().all(|chain| chain.broken.is_none()), moved(tx, &anchor)?))
        };
        assert_eq!(after(&vault, anew.to_owned(), written_anew).await, (true, Some(Moved::Another)));
        let other = Anchor { controller: None, ..anchor };
        assert_eq!(vault.read(move |tx| moved(tx, &other)).await.unwrap(), Some(Moved::Gone));
    });
}

#[derive(diesel::QueryableByName)]
struct Bytes {
    #[diesel(sql_type = Binary)]
    bytes: Vec<u8>,
}

/// Everything in the side table that is bytes.
fn bytes_of_sides(tx: &mut Tx) -> Result<BTreeSet<Vec<u8>>, Fault> {
    let mut all = BTreeSet::new();
    for column in ["actor_controller_id", "actor_id", "actor_salt", "subject_id", "subject_salt", "detail"] {
        let sql = format!("SELECT {column} AS bytes FROM audit_personal WHERE {column} IS NOT NULL");
        let rows: Vec<Bytes> = sql_query(sql).load(tx.connection())?;
        all.extend(rows.into_iter().map(|row| row.bytes));
    }
    Ok(all)
}

/// T-redact: 10,000 of 12,000 sides are taken away at random; the chain holds and nothing of those persons is left.
#[test]
fn whoever_is_taken_out_is_gone_and_the_chain_holds() {
    const ENTRIES: u32 = 6_000;
    on_both(|vault| async move {
        note(&vault, (0..ENTRIES).map(approved)).await;
        let mut chance = StdRng::seed_from_u64(14);
        let mut sides: Vec<(u32, bool)> = (0..ENTRIES).flat_map(|number| [(number, true), (number, false)]).collect();
        for at in (1..sides.len()).rev() {
            sides.swap(at, chance.random_range(0..=at));
        }
        let left = sides.split_off(10_000);
        let gone = sides.clone();
        vault
            .write(move |tx| {
                for (number, is_actor) in &sides {
                    let redacted = if *is_actor {
                        audit::redact_actor(tx, HOME, person(1_000_000 + number))?
                    } else {
                        audit::redact_subject(tx, HOME, person(*number))?
                    };
                    assert_eq!(redacted, 1);
                }
                Ok::<_, Fault>(())
            })
            .await
            .unwrap();
        let chain = verified(&vault).await.remove(0);
        assert!(chain.broken.is_none(), "{:?}", chain.broken);
        assert_eq!((chain.events, chain.with_actor + chain.with_subject), (i64::from(ENTRIES), 2_000));
        let there = vault.read(bytes_of_sides).await.unwrap();
        let id = |(number, is_actor): &(u32, bool)| person(if *is_actor { 1_000_000 + number } else { *number });
        assert!(gone.iter().all(|side| !there.contains(id(side).as_bytes().as_slice())));
        assert!(left.iter().all(|side| there.contains(id(side).as_bytes().as_slice())));
        // Who is gone took the exact time along, and a row of nobody is no row.
        let rows = vault.read(|tx| {
            numbers(tx, "SELECT count(*) AS number FROM audit_personal WHERE at IS NOT NULL OR actor_salt IS NOT NULL")
        });
        let all = vault.read(|tx| numbers(tx, "SELECT count(*) AS number FROM audit_personal"));
        assert_eq!(rows.await.unwrap(), all.await.unwrap());
        let timed = vault.read(|tx| numbers(tx, "SELECT count(*) AS number FROM audit_personal WHERE at IS NOT NULL"));
        let subjects = left.iter().filter(|(_, is_actor)| !is_actor).count();
        assert_eq!(timed.await.unwrap(), [i64::try_from(subjects).unwrap()]);
        assert_eq!(audit_before(&vault, NOW.plus(86_400_000)).await, all_sides(&left));
        assert!(verified(&vault).await.remove(0).broken.is_none());
    });
}

async fn audit_before(vault: &Vault, moment: Millis) -> usize {
    vault.write(move |tx| audit::redact_before(tx, HOME, moment)).await.unwrap()
}

/// Rows that have a side left.
fn all_sides(left: &[(u32, bool)]) -> usize {
    left.iter().map(|(number, _)| number).collect::<BTreeSet<_>>().len()
}
