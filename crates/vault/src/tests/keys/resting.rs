//! What lies on the disk: nothing of anybody's names or lines, and nothing that opens elsewhere than where it lies.

use diesel::{Connection as _, PgConnection, QueryableByName, sql_types::Text};

use super::*;
use crate::key;

/// Something that nobody would find by chance.
pub(super) fn marker(of: &str) -> String {
    let mut bytes = [0_u8; 8];
    key::fill(&mut bytes).unwrap();
    format!("{of}{}", bytes.map(|byte| format!("{byte:02x}")).concat())
}

#[derive(QueryableByName)]
struct Told {
    #[diesel(sql_type = Text)]
    told: String,
}

pub(super) fn told(connection: &mut PgConnection, sql: &str) -> Vec<String> {
    sql_query(sql).load::<Told>(connection).unwrap().into_iter().map(|row| row.told).collect()
}

pub(super) fn finds(bytes: &[u8], planted: &[String]) -> Option<String> {
    planted.iter().find(|text| bytes.windows(text.len()).any(|part| part == text.as_bytes())).cloned()
}

/// The same texts and how they look when a database shows bytes.
pub(super) fn in_every_dress(planted: &[String]) -> Vec<String> {
    let hex = |text: &String| text.bytes().map(|byte| format!("{byte:02x}")).collect::<String>();
    planted.iter().flat_map(|text| [text.clone(), hex(text), hex(text).to_uppercase()]).collect()
}

async fn plant(vault: &Vault) -> Vec<String> {
    let planted = ["Alvhild", "alvnamn", "7x = ", "kort"].map(marker);
    let [name, user_name, line, card] = planted.clone();
    vault
        .write(move |tx| {
            lay_places(tx)?;
            move_in(tx, ALVA, &name, &user_name, &line)?;
            tx.keys().make_cards(CONTROLLER, GROUP, &[(ALVA, card.clone())], (NOW, NOW.plus(1)))
        })
        .await
        .unwrap();
    let [name, user_name, line, card] = planted.clone();
    assert!(vault.read(move |tx| login_cards::is_valid(tx, &card, NOW)).await.unwrap());
    assert_eq!(vault.read(|tx| name_of(tx, ALVA)).await.unwrap(), name);
    assert_eq!(vault.read(|tx| entered(tx, ALVA)).await.unwrap(), [line]);
    assert!(vault.read(move |tx| accounts::credential(tx, &user_name)).await.unwrap().is_some());
    planted.to_vec()
}

#[tokio::test]
async fn sqlite_holds_no_name_and_no_line_behind_its_own_cipher() {
    let ground = Ground::new();
    let vault = ground.open();
    let planted = plant(&vault).await;
    let search_files = |when: &str| {
        let mut names = Vec::new();
        for entry in std::fs::read_dir(ground.directory.path()).unwrap() {
            let path = entry.unwrap().path();
            let bytes = std::fs::read(&path).unwrap();
            assert_eq!(finds(&bytes, &planted), None, "{when}: {}", path.display());
            names.push(path.file_name().unwrap().to_str().unwrap().to_owned());
        }
        names
    };
    let names = search_files("with the logs");
    for name in ["stegvis.db", "stegvis.db-wal", "stegvis.keys", "stegvis.keys-wal"] {
        assert!(names.iter().any(|found| found == name), "{name}: {names:?}");
    }
    vault.close().await;
    drop(vault);
    search_files("closed");
    // And to whoever has the file's key as well: every value of every table of both.
    let dressed = in_every_dress(&planted);
    let mut rows = 0;
    for file in [ground.file(), ground.file().with_extension("keys")] {
        let mut connection =
            crate::settings::sqlite::open(&file, &key(), crate::settings::sqlite::Purpose::Read, 1).unwrap();
        let tables: Vec<Told> = sql_query(
            "SELECT 'SELECT ' || group_concat('quote(\"' || c.name || '\")', ' || '' '' || ') || ' AS told FROM \"' || t.name || '\"'
                 AS told FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table' GROUP BY t.name",
        )
        .load(&mut connection)
        .unwrap();
        assert!(tables.len() >= 5);
        for table in tables {
            for row in sql_query(&table.told).load::<Told>(&mut connection).unwrap() {
                rows += 1;
                assert_eq!(finds(row.told.as_bytes(), &dressed), None, "{}", table.told);
            }
        }
    }
    assert!(rows > 10, "there was something to search: {rows}");
}

#[tokio::test]
async fn postgresql_holds_no_name_and_no_line() {
    let Some(schema) = Schema::new() else { return };
    let vault = schema.open();
    let planted = plant(&vault).await;
    vault.close().await;
    let Place::Postgres { url, schema: Some(data), .. } = schema.options().place else { panic!("not PostgreSQL") };
    let mut connection = PgConnection::establish(&url).unwrap();
    let schemas = format!("('{data}', '{data}_keys')");
    let dressed = in_every_dress(&planted);
    let tables = told(
        &mut connection,
        &format!(
            "SELECT format('SELECT t::text AS told FROM %I.%I t', schemaname, tablename) AS told FROM pg_tables
             WHERE schemaname IN {schemas}"
        ),
    );
    assert!(tables.len() > 20, "{tables:?}");
    let mut rows = 0;
    for table in tables {
        for row in told(&mut connection, &table) {
            rows += 1;
            assert_eq!(finds(row.as_bytes(), &dressed), None, "{table}");
        }
    }
    assert!(rows > 10, "there was something to search: {rows}");
    search_cluster(&mut connection, &schemas, &planted);
}

/// The raw bytes of the tables, their indexes and the log, where the cluster's directory can be read.
pub(super) fn search_cluster(connection: &mut PgConnection, schemas: &str, planted: &[String]) {
    let may = "SELECT (rolsuper)::text AS told FROM pg_roles WHERE rolname = current_user";
    if told(connection, may) != ["true"] {
        eprintln!(
            "note: the role of STEGVIS_TEST_POSTGRES may not ask for a checkpoint, so no raw files were searched"
        );
        return;
    }
    connection.batch_execute("CHECKPOINT").unwrap();
    let directory = PathBuf::from(told(connection, "SELECT current_setting('data_directory') AS told").remove(0));
    if std::fs::read_dir(&directory).is_err() {
        eprintln!("note: {} cannot be read, so no raw files were searched", directory.display());
        return;
    }
    let mut files = told(
        connection,
        &format!(
            "SELECT pg_relation_filepath(c.oid) AS told FROM pg_class c
             WHERE c.relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname IN {schemas}) AND c.relkind IN ('r', 'i')"
        ),
    );
    files.extend(told(connection, "SELECT 'pg_wal/' || pg_walfile_name(pg_current_wal_lsn()) AS told"));
    let mut searched = 0;
    for file in files {
        let bytes = std::fs::read(directory.join(&file)).unwrap();
        searched += bytes.len();
        assert_eq!(finds(&bytes, planted), None, "{file}");
    }
    assert!(searched > 100_000, "there was something to search: {searched}");
}

/// Puts the value of `from` where `to` is, both as «table.column of whom», and reads both persons.
async fn moved(options: Options, from: (&str, PersonId), to: (&str, PersonId)) {
    let vault = Vault::open(options).unwrap();
    let place = |(column, of): (&str, PersonId), postgres: bool| {
        let (table, column) = column.split_once('.').unwrap();
        let (key, id) =
            if table == "person" { ("id", *of.as_bytes()) } else { ("calculation_id", *calculation(of).as_bytes()) };
        (table.to_owned(), column.to_owned(), format!("{key} = {}", literal(postgres, &id)))
    };
    let (from_text, to_text) = (from.0.to_owned(), to.0.to_owned());
    vault
        .write(move |tx| {
            let postgres = matches!(tx.connection(), crate::connection::Connection::Postgres(_));
            let (from_table, from_column, from_row) = place((&from_text, from.1), postgres);
            let (to_table, to_column, to_row) = place((&to_text, to.1), postgres);
            run(
                tx,
                &format!(
                    "UPDATE {to_table} SET {to_column} = (SELECT {from_column} FROM {from_table} WHERE {from_row}) WHERE {to_row}"
                ),
            )
        })
        .await
        .unwrap();
    let read = vault.read(move |tx| {
        name_of(tx, to.1)?;
        entered(tx, to.1)
    });
    let read = read.await;
    assert!(matches!(read, Err(Fault::Sealed)), "{} of another place was read: {read:?}", from.0);
    vault.close().await;
}

#[test]
fn what_is_moved_does_not_open() {
    for (from, to) in [
        (("person.user_name", ALVA), ("person.name", ALVA)),
        (("person.name", BO), ("person.name", ALVA)),
        (("line.entered", ALVA), ("person.name", ALVA)),
        (("line.answer", ALVA), ("line.entered", ALVA)),
        (("line.entered", BO), ("line.entered", ALVA)),
        (("person.name", ALVA), ("line.entered", ALVA)),
    ] {
        on_both_grounds(move |options| async move {
            let vault = Vault::open(options.clone()).unwrap();
            settle(&vault).await;
            vault.close().await;
            drop(vault);
            moved(options, from, to).await;
        });
    }
}

#[test]
fn a_line_does_not_open_as_another_line_or_with_another_version() {
    on_both_grounds(|options| async move {
        let vault = Vault::open(options).unwrap();
        settle(&vault).await;
        vault.write(|tx| run(tx, "UPDATE line SET number = 9")).await.unwrap();
        assert!(matches!(vault.read(|tx| entered(tx, ALVA)).await, Err(Fault::Sealed)));
        vault.write(|tx| run(tx, "UPDATE line SET number = 1")).await.unwrap();
        assert_eq!(vault.read(|tx| entered(tx, ALVA)).await.unwrap(), ["3x = 12"]);
        vault.keys().rotate_person(CONTROLLER, ALVA, NOW).unwrap();
        // There is a version 2 now, but this was not sealed with it.
        let pretend = |tx: &mut Tx| {
            let postgres = matches!(tx.connection(), crate::connection::Connection::Postgres(_));
            let header = literal(postgres, &crate::keys::envelope::header(2));
            run(
                tx,
                &format!(
                    "UPDATE line SET entered = CAST({header} || substr(entered, 7) AS {})",
                    if postgres { "bytea" } else { "blob" }
                ),
            )
        };
        vault.write(pretend).await.unwrap();
        assert!(matches!(vault.read(|tx| entered(tx, ALVA)).await, Err(Fault::Sealed)));
    });
}
