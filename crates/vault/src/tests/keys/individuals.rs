//! Individuals: deleted from every table there is, also when something cuts in between, and copied from every column.

use std::{collections::BTreeSet, path::Path};

use diesel::sql_query;
use serde_json::Value;

use super::{
    alone::{EVA, INES, Told, counted, left, plant, school, settle_all},
    resting::{finds, in_every_dress, marker, search_cluster},
    *,
};
use crate::{
    access,
    connection::Connection,
    registry::{Export, Treatment, columns},
    rows::{
        consents::{self, Consent, Purpose, Step},
        copy, erasure, retention,
        sealed::of_person,
    },
};

#[test]
fn who_is_deleted_is_in_no_table_and_everybody_else_is_where_they_were() {
    on_both_grounds(|options| async move {
        let vault = settle_all(&options).await;
        let before = (counted(&vault, EVA).await, school(&vault).await);
        let ended = vault
            .write(|tx| {
                let sight = INES.sight(tx)?;
                erasure::erase(tx, &sight, NOW)
            })
            .await
            .unwrap();
        assert_eq!(ended.len(), 0, "the planted token is no hash");
        assert!(left(&counted(&vault, INES).await).is_empty());
        let controllers = vault.read(people::controllers).await.unwrap();
        assert!(!controllers.contains(&INES.controller()) && controllers.contains(&EVA.controller()));
        assert_eq!((counted(&vault, EVA).await, school(&vault).await), before);
        assert_eq!(vault.read(|tx| entered(tx, ALVA)).await.unwrap(), ["3x = 12"]);
        assert!(vault.read(|tx| accounts::credential(tx, "alone40")).await.unwrap().is_none());
        assert!(vault.read(|tx| accounts::credential(tx, "alone60")).await.unwrap().is_some());
        assert_eq!(vault.write(|tx| erasure::finish(tx, NOW)).await.unwrap(), 0, "nothing was left");
    });
}

#[test]
fn what_a_crash_leaves_is_finished_by_the_next_start() {
    on_both_grounds(|options| async move {
        let vault = settle_all(&options).await;
        let before = (counted(&vault, EVA).await, school(&vault).await);
        // The key store has decided; the data are as they were.
        let cut = vault
            .write(|tx| {
                let sight = INES.sight(tx)?;
                erasure::erase(tx, &sight, NOW)?;
                Err::<(), _>(Fault::NoRoom)
            })
            .await;
        assert!(matches!(cut, Err(Fault::NoRoom)));
        assert!(left(&counted(&vault, INES).await).len() > 15, "the data were to stay for now");
        let named = vault.read(|tx| people::named(tx, &INES.me().own())).await.unwrap();
        assert_eq!(named.name, crate::rows::sealed::FORGOTTEN, "what is left can be read by nobody");
        assert!(vault.read(|tx| accounts::credential(tx, "alone40")).await.unwrap().is_none());
        vault.close().await;
        drop(vault);
        let vault = Vault::open(options).unwrap();
        assert_eq!(vault.write(|tx| erasure::finish(tx, NOW)).await.unwrap(), 1);
        assert!(left(&counted(&vault, INES).await).is_empty());
        assert_eq!((counted(&vault, EVA).await, school(&vault).await), before);
        assert_eq!(vault.write(|tx| erasure::finish(tx, NOW)).await.unwrap(), 0);
        // An older copy of the data may be put back for as long as it is remembered.
        assert!(vault.keys().erasures().unwrap().has_controller(INES.controller()).unwrap());
        vault.write(|tx| erasure::finish(tx, NOW.plus(erasure::REMEMBERED))).await.unwrap();
        assert!(vault.keys().erasures().unwrap().has_controller(INES.controller()).unwrap());
        vault.write(|tx| erasure::finish(tx, NOW.plus(erasure::REMEMBERED + 1))).await.unwrap();
        assert!(vault.keys().erasures().unwrap().is_empty());
    });
}

#[test]
fn nobody_deletes_what_others_share() {
    on_both_grounds(|options| async move {
        let vault = settle_all(&options).await;
        let school = vault.read(|tx| Ok::<_, Fault>(access::individual(tx, &own(ALVA), NOW).is_ok())).await;
        assert!(!school.unwrap(), "a student at a school");
        let shared = vault
            .write(|tx| {
                let second = NewPerson { controller_id: INES.controller(), ..new_person(BO, "Bo", "second") };
                people::add_person(tx, &NewPerson { id: PersonId::from_bytes([99; 16]), ..second })?;
                Ok::<_, Fault>(access::individual(tx, &INES.me(), NOW).is_ok())
            })
            .await;
        assert!(!shared.unwrap(), "somebody who is not alone under their controller");
    });
}

/// Every place in the copy at which something stands, lists without their numbers.
pub(super) fn places(value: &Value, at: &str, into: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => object.iter().for_each(|(name, value)| {
            let below = if at.is_empty() { name.clone() } else { format!("{at}.{name}") };
            into.insert(below.clone());
            places(value, &below, into);
        }),
        Value::Array(list) => list.iter().for_each(|value| places(value, at, into)),
        _ => {}
    }
}

#[test]
fn the_copy_has_every_column_that_says_where_it_stands() {
    on_both_grounds(|options| async move {
        let vault = settle_all(&options).await;
        let copied = vault.read(|tx| copy::of(tx, &INES.me())).await.unwrap();
        let copied = Value::Object(copied);
        let mut found = BTreeSet::new();
        places(&copied, "", &mut found);
        let text = copied.to_string();
        for column in columns() {
            let Export::Path(path) = column.export else { continue };
            assert!(found.contains(path), "{}.{} is to stand at {path}: {text}", column.table, column.name);
            let is_planted = column.treatment == Treatment::Shred && column.table != "person";
            if is_planted {
                assert!(text.contains(&INES.text(&column)), "what was written stands there: {path}");
            }
        }
        for own in ["alone40", "roster-alone40", "alone40@skola.example", "märke 40 session browser"] {
            assert!(text.contains(own), "{own}: {text}");
        }
        for others in ["märke 60", "alone60", "Alva", "3x = 12", "argon2id", "märke 40 class_code"] {
            assert!(!text.contains(others), "{others} is not hers, or helps whoever wants to get in");
        }
        // Where a row names a place by its id, the copy tells the name.
        assert_eq!(copied["distances"][0]["school"], "märke 40 school name");
        assert_eq!(copied["calculations"][0]["lines"][0]["entered"], "märke 40 line entered");
        assert_eq!(copied["calculations"].as_array().unwrap().len(), 1);
    });
}

#[test]
fn consents_keep_their_history_and_the_last_one_holds() {
    on_both_grounds(|options| async move {
        let vault = settle_all(&options).await;
        let step =
            |step, text_version, at| Consent { purpose: Purpose::Practice, step, text_version, at: NOW.plus(at) };
        let may = async |more: Option<Consent>| {
            vault
                .write(move |tx| {
                    let sight = EVA.sight(tx)?;
                    if let Some(step) = more {
                        consents::add(tx, &sight, &step)?;
                    }
                    Ok::<_, Fault>((consents::allowed(tx, &EVA.me())?.practice, consents::history(tx, &sight)?.len()))
                })
                .await
                .unwrap()
        };
        run_on(&vault, "DELETE FROM consent").await;
        assert_eq!(may(None).await, (false, 0), "nothing was ever given");
        assert_eq!(may(Some(step(Step::Given, consents::TEXT, 1))).await, (true, 1));
        assert_eq!(may(Some(step(Step::Withdrawn, consents::TEXT, 2))).await, (false, 2));
        assert_eq!(may(Some(step(Step::Given, consents::TEXT, 3))).await, (true, 3));
        assert_eq!(may(Some(step(Step::Given, consents::TEXT - 1, 4))).await, (false, 4), "to other sentences");
        let school = vault.read(|tx| consents::allowed(tx, &own(ALVA))).await.unwrap();
        assert!(school.practice && school.difficulty, "at a school it is the school's task");
        let withdrawn = async || {
            let sight = |tx: &mut Tx| retention::of_me(tx, &EVA.me(), NOW);
            vault.read(sight).await.unwrap().and_then(|(_, footing)| footing.withdrawn)
        };
        may(Some(step(Step::Withdrawn, consents::TEXT, 5))).await;
        assert_eq!(withdrawn().await, Some(NOW.plus(5)));
        may(Some(step(Step::Given, consents::TEXT, 6))).await;
        assert_eq!(withdrawn().await, None, "who consents again stays");
    });
}

async fn run_on(vault: &Vault, text: &'static str) {
    vault.write(move |tx| run(tx, text)).await.unwrap();
}

/// Plants a name and a line, deletes, and looks at every value of every table and at the raw files.
#[tokio::test]
async fn nothing_of_who_is_deleted_lies_on_the_disk() {
    let planted: Vec<String> = ["alvnamn", "7x = "].map(marker).to_vec();
    let ground = Ground::new();
    let vault = Vault::open(ground.options()).unwrap();
    let sealed = delete_planted(&vault, &planted).await;
    assert_eq!(std::fs::metadata(ground.file().with_extension("db-wal")).map_or(0, |file| file.len()), 0);
    for entry in std::fs::read_dir(ground.directory.path()).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(finds(&std::fs::read(&path).unwrap(), &planted), None, "{}", path.display());
    }
    vault.close().await;
    drop(vault);
    // And to whoever has the file's key as well: not even what was sealed.
    for file in [ground.file(), ground.file().with_extension("keys")] {
        let values = every_value(&file);
        assert!(values.len() > 1_000, "there was something to search");
        assert_eq!(finds(values.as_bytes(), &sealed), None, "{}", file.display());
        assert_eq!(finds(values.as_bytes(), &in_every_dress(&planted)), None, "{}", file.display());
    }
    let Some(schema) = Schema::new() else { return };
    let vault = Vault::open(schema.options()).unwrap();
    delete_planted(&vault, &planted).await;
    vault.close().await;
    let Place::Postgres { url, schema: Some(data), .. } = schema.options().place else { panic!("not PostgreSQL") };
    let mut connection = <diesel::PgConnection as diesel::Connection>::establish(&url).unwrap();
    search_cluster(&mut connection, &format!("('{data}', '{data}_keys')"), &planted);
}

/// Somebody on their own with these as name and line, beside Alva and Bo; then they are deleted. Gives what was sealed of
/// theirs, as SQLite shows bytes.
async fn delete_planted(vault: &Vault, planted: &[String]) -> Vec<String> {
    let (name, typed) = (planted[0].clone(), planted[1].clone());
    settle(vault).await;
    vault.write(|tx| plant(tx, INES)).await.unwrap();
    let sealed = vault
        .write(move |tx| {
            let new = NewCalculation {
                id: CalculationId::from_bytes([77; 16]),
                exercise: "one".to_owned(),
                seed: 1,
                difficulty: 0.0,
                of_assignment: None,
                opened_at: NOW,
            };
            let calculation = calculations::open(tx, &INES.me().own(), &new, None)?;
            let new = line(1, &typed);
            let sealed = Sealed::of(tx, &calculation, &new)?;
            calculations::add_line(tx, &calculation, &new, &sealed)?;
            let is_postgres = matches!(tx.connection(), Connection::Postgres(_));
            let spot = of_person(INES.controller(), INES.me().person(), "name");
            let name = tx.keys().seal(&spot, &name)?;
            let at = literal(is_postgres, INES.controller().as_bytes());
            run(tx, &format!("UPDATE person SET name = {} WHERE controller_id = {at}", literal(is_postgres, &name)))?;
            let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02X}")).collect::<String>();
            Ok::<_, Fault>(vec![hex(&name), hex(&sealed.entered)])
        })
        .await
        .unwrap();
    vault.write(|tx| INES.sight(tx).and_then(|sight| erasure::erase(tx, &sight, NOW))).await.unwrap();
    vault.leave_nothing().await.unwrap();
    assert_eq!(vault.read(|tx| entered(tx, ALVA)).await.unwrap(), ["3x = 12"]);
    sealed
}

/// Every value of every table of a file.
fn every_value(file: &Path) -> String {
    let purpose = crate::settings::sqlite::Purpose::Read;
    let mut connection = crate::settings::sqlite::open(file, &key(), purpose, 1).unwrap();
    let tables: Vec<Told> = sql_query(
        "SELECT 'SELECT ' || group_concat('quote(\"' || c.name || '\")', ' || '' '' || ') || ' AS told FROM \"' || t.name || '\"'
             AS told FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table' GROUP BY t.name",
    )
    .load(&mut connection)
    .unwrap();
    let rows = tables.iter().flat_map(|table| sql_query(&table.told).load::<Told>(&mut connection).unwrap());
    rows.map(|row| row.told + "\n").collect()
}
