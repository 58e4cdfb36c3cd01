//! Looks: written once in an hour, before anything is shown; and what is written besides.

use super::*;
use crate::{GroupId, audit::GRAIN, schema::audit_personal};

const GROUP: GroupId = GroupId::from_bytes([5; 16]);

fn look(tx: &mut Tx, class: Class, at: Millis) -> Result<(), Fault> {
    let _noted = tx.look(HOME, Some(teacher(1)), class, Subject::Group(GROUP), at);
    Ok(())
}

async fn entries(vault: &Vault) -> i64 {
    vault.read(|tx| numbers(tx, "SELECT count(*) AS number FROM audit_event")).await.unwrap()[0]
}

#[test]
fn the_same_look_is_written_once_in_an_hour() {
    on_both(|vault| async move {
        for (after, class, entries_then) in [
            (0, Class::Practice, 1),
            (4_000, Class::Practice, 1),
            (4_000, Class::Names, 2),
            (GRAIN - 1, Class::Practice, 2),
            (GRAIN, Class::Practice, 3),
            // The clock went back: what was written then says nothing of now.
            (-5 * GRAIN, Class::Practice, 4),
        ] {
            vault.read(move |tx| look(tx, class, NOW.plus(after))).await.unwrap();
            assert_eq!(entries(&vault).await, entries_then, "{after}");
            // In a write it is the database alone that knows.
            vault.write(move |tx| look(tx, class, NOW.plus(after))).await.unwrap();
            assert_eq!(entries(&vault).await, entries_then, "{after}");
        }
        assert!(verified(&vault).await.remove(0).broken.is_none());
    });
}

#[test]
fn what_is_not_found_was_not_looked_at() {
    on_both(|vault| async move {
        let refused = vault.read(|tx| {
            look(tx, Class::Names, NOW)?;
            Err::<(), _>(Refused::Unwanted)
        });
        assert!(matches!(refused.await, Err(Refused::Unwanted)));
        let refused = vault.write(|tx| {
            look(tx, Class::Names, NOW)?;
            Err::<(), _>(Refused::Unwanted)
        });
        assert!(matches!(refused.await, Err(Refused::Unwanted)));
        vault.read(|_| Ok::<_, Fault>(())).await.unwrap();
        vault.write(|_| Ok::<_, Fault>(())).await.unwrap();
        assert_eq!(entries(&vault).await, 0);
    });
}

#[test]
fn what_cannot_be_written_down_is_not_shown() {
    on_both(|vault| async move {
        vault.write(|tx| run(tx, "ALTER TABLE audit_event RENAME TO hidden")).await.unwrap();
        for _ in 0..2 {
            let shown = vault.read(|tx| look(tx, Class::Names, NOW)).await;
            assert!(matches!(shown, Err(Fault::NotRecorded(_))), "{shown:?}");
        }
        let act = vault.write(|tx| {
            mark(tx, 1)?;
            look(tx, Class::Names, NOW)
        });
        assert!(act.await.is_err());
        assert_eq!(marks(&vault).await, Vec::<i64>::new(), "an act that is not written down does not happen");
        vault.write(|tx| run(tx, "ALTER TABLE hidden RENAME TO audit_event")).await.unwrap();
        vault.read(|tx| look(tx, Class::Names, NOW)).await.unwrap();
        assert_eq!(entries(&vault).await, 1);
    });
}

/// Done while the data are another process's, told of when the server comes by; once, also after a stop in between.
#[test]
fn an_exchange_of_keys_is_told_of_once() {
    on_both(|vault| async move {
        let new = Key::from_bytes([8; 32]);
        let words = crate::keys::check_words(&new).join(" ");
        vault.keys().rotate_master(&new, &words, NOW).unwrap();
        assert_eq!(entries(&vault).await, 0);
        let exchanges = vault.keys().exchanges().unwrap();
        assert_eq!(vault.tell_of_exchanges().await.unwrap(), 1);
        assert_eq!(vault.tell_of_exchanges().await.unwrap(), 0);
        // As if the server had stopped before the key store heard of it.
        vault.keys().exchange_again(&exchanges).unwrap();
        assert_eq!(vault.tell_of_exchanges().await.unwrap(), 1);
        let chain = verified(&vault).await.remove(0);
        assert_eq!((chain.controller, chain.events), (None, 1));
        assert!(chain.kinds.contains_key(&(Action::ExchangeKeys, Class::MasterKey, audit::Outcome::Done)));
    });
}

/// Many at a time make one chain, without gaps; the same look of many is one.
#[test]
fn many_at_a_time_make_one_chain() {
    on_both(|vault| async move {
        let mut tasks = Vec::new();
        for number in 0..40_u32 {
            tasks.push(
                queue(&vault, move |tx: &mut Tx| {
                    tx.note(approved(number));
                    look(tx, Class::Names, NOW)
                })
                .await,
            );
        }
        for task in tasks {
            task.await.unwrap().unwrap();
        }
        let chain = verified(&vault).await.remove(0);
        assert_eq!((chain.events, chain.broken), (41, None));
        let sides: i64 =
            vault.read(|tx| Ok::<_, Fault>(audit_personal::table.count().get_result(tx.connection())?)).await.unwrap();
        assert_eq!(sides, 41);
    });
}
