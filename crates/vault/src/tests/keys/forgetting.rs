//! One person of a controller's is forgotten: in no table there is, also when something cuts in between, while everybody
//! else's rows stay, without them.

use diesel::{QueryableByName, sql_query, sql_types::BigInt};

use super::{
    alone::{CLEO, DINA, counted, plant},
    *,
};
use crate::{
    Decided,
    access::due_to_be_forgotten,
    audit,
    connection::{Connection, on_each},
    registry::{BRANCHES, Store, ties},
    rows::{assignments, erasure, sealed::FORGOTTEN},
};

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    rows: i64,
}

async fn settle_both(options: &Options) -> Vault {
    let vault = Vault::open(options.clone()).unwrap();
    settle(&vault).await;
    vault
        .write(|tx| {
            plant(tx, CLEO)?;
            plant(tx, DINA)?;
            // What is planted is no chain; the audit begins one.
            run(tx, "DELETE FROM audit_head")
        })
        .await
        .unwrap();
    vault
}

fn by_a_rule() -> Decided {
    Decided { at: NOW, rule: "inactive".to_owned() }
}

async fn forget(vault: &Vault) -> Result<erasure::Forgotten, Fault> {
    let sight = due_to_be_forgotten(CLEO.controller(), CLEO.person());
    vault.write(move |tx| erasure::forget(tx, &sight, &by_a_rule())).await
}

/// How many rows say that they are this person's, or name them.
async fn tied(vault: &Vault, whose: super::alone::Alone) -> Vec<(String, i64)> {
    let keys = vault.keys().clone();
    let count = move |connection: &mut Connection, table: &str, column: &str| {
        let is_postgres = matches!(connection, Connection::Postgres(_));
        let id = literal(is_postgres, whose.person().as_bytes());
        let query = format!("SELECT count(*) AS rows FROM {table} WHERE {column} = {id}");
        on_each!(connection, each => sql_query(query).get_result::<Count>(each)).unwrap().rows
    };
    vault
        .read(move |tx| {
            let mut tied: Vec<(String, i64)> = Vec::new();
            // Also those whose rows are found by what they hang under.
            let by_student = [("response", "student_id"), ("recommendation", "student_id")];
            let by_audit = [("audit_personal", "subject_id"), ("audit_personal", "actor_id")];
            let data = ties(Store::Data).map(|tie| (tie.table, tie.column)).chain(by_student).chain(by_audit);
            for (table, column) in data {
                tied.push((format!("{table}.{column}"), count(tx.connection(), table, column)));
            }
            for tie in ties(Store::Keys) {
                let rows = keys.look(|connection| Ok(count(connection, tie.table, tie.column))).unwrap();
                tied.push((format!("{}.{}", tie.table, tie.column), rows));
            }
            Ok::<_, Fault>(tied)
        })
        .await
        .unwrap()
}

fn goes(table: &str) -> bool {
    BRANCHES.iter().any(|branch| branch.table == table)
        || [Store::Data, Store::Keys].into_iter().flat_map(ties).any(|tie| tie.table == table && tie.goes)
}

#[test]
fn who_is_forgotten_is_in_no_row_and_everybody_elses_rows_stay() {
    on_both_grounds(|options| async move {
        let vault = settle_both(&options).await;
        let (before, of_cleo, of_dina) =
            (counted(&vault, CLEO).await, tied(&vault, CLEO).await, tied(&vault, DINA).await);
        let unplanted: Vec<_> =
            of_cleo.iter().filter(|(name, rows)| *rows == 0 && !name.starts_with("audit")).collect();
        assert!(of_cleo.len() > 30 && unplanted.is_empty(), "nothing was planted in {unplanted:?}");
        forget(&vault).await.unwrap();
        let left: Vec<_> = tied(&vault, CLEO).await.into_iter().filter(|(_, rows)| *rows > 0).collect();
        assert!(left.is_empty(), "{left:?}");
        assert_eq!(tied(&vault, DINA).await, of_dina);
        for ((table, rows), (_, were)) in counted(&vault, CLEO).await.into_iter().zip(before) {
            // Each of the two had one row; keys have two versions. One certificate and one entry of the audit are new; the
            // entry that was about Cleo, by herself, is gone.
            let wanted = match table {
                "certificate" => were + 1,
                "audit_personal" => were,
                _ if goes(table) => were / 2,
                _ => were,
            };
            assert_eq!(rows, wanted, "{table}");
        }
        let user_name = DINA.user_name();
        assert!(vault.read(|tx| accounts::credential(tx, &CLEO.user_name())).await.unwrap().is_none());
        assert!(vault.read(move |tx| accounts::credential(tx, &user_name)).await.unwrap().is_some());
        assert_eq!(vault.read(|tx| entered(tx, ALVA)).await.unwrap(), ["3x = 12"]);
        assert_eq!(vault.write(|tx| erasure::finish(tx, NOW)).await.unwrap(), 0, "nothing was left");
    });
}

#[test]
fn a_teacher_is_forgotten_and_what_they_gave_stays_for_the_others() {
    on_both_grounds(|options| async move {
        let vault = settle_both(&options).await;
        let given =
            |tx: &mut Tx| assignments::title(tx, &DINA.me(), crate::AssignmentId::from_bytes(DINA.id("assignment")));
        assert!(vault.read(given).await.unwrap().contains("title"));
        forget(&vault).await.unwrap();
        assert_eq!(vault.read(given).await.unwrap(), FORGOTTEN, "it was in their words");
    });
}

#[test]
fn the_certificate_and_the_audit_say_that_it_was_done_and_not_to_whom() {
    on_both_grounds(|options| async move {
        let vault = settle_both(&options).await;
        let mark = forget(&vault).await.unwrap().mark;
        assert_eq!(mark.as_bytes().len(), 32);
        let told = vault
            .read(|tx| {
                let query = "SELECT count(*) AS rows FROM certificate WHERE rule = 'inactive'";
                let certificates = on_each!(tx.connection(), each => sql_query(query).get_result::<Count>(each))?.rows;
                let query = "SELECT count(*) AS rows FROM audit_event e JOIN audit_personal p ON p.seq = e.seq AND \
                     p.controller_id = e.controller_id WHERE e.action = 'forget' AND p.subject_id IS NULL";
                let entries = on_each!(tx.connection(), each => sql_query(query).get_result::<Count>(each))?.rows;
                Ok::<_, Fault>((certificates, entries))
            })
            .await
            .unwrap();
        assert_eq!(told, (1, 1));
    });
}

#[test]
fn what_a_crash_leaves_of_a_person_is_finished_by_the_next_start() {
    on_both_grounds(|options| async move {
        let vault = settle_both(&options).await;
        let of_dina = tied(&vault, DINA).await;
        // The key store has decided; the data are as they were.
        let sight = due_to_be_forgotten(CLEO.controller(), CLEO.person());
        let cut = vault.write(move |tx| {
            erasure::forget(tx, &sight, &by_a_rule())?;
            Err::<(), _>(Fault::NoRoom)
        });
        assert!(matches!(cut.await, Err(Fault::NoRoom)));
        assert!(tied(&vault, CLEO).await.iter().any(|(name, rows)| name == "person.id" && *rows == 1));
        let name = vault.read(|tx| people::named(tx, &CLEO.me().own())).await.unwrap().name;
        assert_eq!(name, FORGOTTEN, "what is left can be read by nobody");
        vault.close().await;
        drop(vault);
        let vault = Vault::open(options).unwrap();
        assert_eq!(vault.write(|tx| erasure::finish(tx, NOW)).await.unwrap(), 1);
        assert!(tied(&vault, CLEO).await.iter().all(|(_, rows)| *rows == 0));
        assert_eq!(tied(&vault, DINA).await, of_dina);
        assert_eq!(vault.write(|tx| erasure::finish(tx, NOW)).await.unwrap(), 0);
        let certificates = "SELECT count(*) AS rows FROM certificate WHERE rule = 'inactive'";
        let count = move |tx: &mut Tx| {
            Ok::<_, Fault>(on_each!(tx.connection(), each => sql_query(certificates).get_result::<Count>(each))?.rows)
        };
        assert_eq!(vault.read(count).await.unwrap(), 1, "what was decided is certified");
    });
}

#[test]
fn the_chain_holds_when_somebody_is_taken_out_of_it() {
    on_both_grounds(|options| async move {
        let vault = Vault::open(options).unwrap();
        settle(&vault).await;
        let sight = due_to_be_forgotten(CONTROLLER, ALVA);
        vault.write(move |tx| erasure::forget(tx, &sight, &by_a_rule())).await.unwrap();
        assert!(vault.read(audit::verify).await.unwrap().iter().all(|chain| chain.broken.is_none()));
        assert_eq!(vault.read(|tx| entered(tx, BO)).await.unwrap(), ["4x = 20"]);
    });
}
