//! Each refusal of a key.

use super::*;
use crate::OpenError;

fn refusal(options: Options) -> OpenError {
    Vault::open(options).err().expect("a refusal")
}

#[test]
fn a_wrong_master_key_is_refused_and_nothing_is_changed() {
    on_both_grounds(|options| async move {
        let vault = Vault::open(options.clone()).unwrap();
        settle(&vault).await;
        vault.close().await;
        drop(vault);
        let mut wrong = options.clone();
        wrong.keys.master = Key::from_bytes([0xab; 32]);
        let refused = refusal(wrong);
        assert!(matches!(refused, OpenError::WrongMasterKey), "{refused:?}");
        assert!(refused.to_string().contains("recovery sheet"));
        assert!(!format!("{refused} {refused:?}").contains("abab"));
        let vault = Vault::open(options).unwrap();
        assert_eq!(vault.read(|tx| name_of(tx, ALVA)).await.unwrap(), "Alva Lind");
    });
}

#[test]
fn data_without_their_key_store_are_refused_and_no_new_one_is_made() {
    let other = Ground::new();
    let elsewhere = move |place: &Place, number: u32| match place {
        Place::Sqlite { key, .. } => {
            Place::Sqlite { file: other.directory.path().join(format!("{number}.db")), key: key.clone() }
        }
        Place::Postgres { url, schema, connections } => Place::Postgres {
            url: url.clone(),
            schema: schema.as_ref().map(|schema| format!("{}_other_{number}", schema.trim_end_matches("_keys"))),
            connections: *connections,
        },
    };
    on_both_grounds(|options| {
        let (missing, foreign) = (elsewhere(&options.keys.place, 1), elsewhere(&options.keys.place, 2));
        async move {
            let vault = Vault::open(options.clone()).unwrap();
            settle(&vault).await;
            vault.close().await;
            drop(vault);
            for _ in 0..2 {
                let mut without = options.clone();
                without.keys.place = missing.clone();
                let refused = refusal(without);
                assert!(matches!(refused, OpenError::KeysMissing), "{refused:?}");
            }
            if let Place::Sqlite { file, .. } = &missing {
                assert!(!file.exists(), "no store was made in its place");
            }
            let mut with_foreign = options.clone();
            with_foreign.keys.place = foreign;
            drop(Keys::open(&with_foreign.keys).unwrap());
            let refused = refusal(with_foreign.clone());
            assert!(matches!(refused, OpenError::ForeignKeys), "{refused:?}");
            drop_schemas(&with_foreign.keys.place, &missing);
            let vault = Vault::open(options).unwrap();
            assert_eq!(vault.read(|tx| name_of(tx, ALVA)).await.unwrap(), "Alva Lind");
        }
    });
}

fn drop_schemas(one: &Place, other: &Place) {
    for place in [one, other] {
        if let Place::Postgres { url, schema: Some(schema), .. } = place {
            let mut connection = <diesel::PgConnection as diesel::Connection>::establish(url).unwrap();
            let drop = format!("SET client_min_messages = warning; DROP SCHEMA IF EXISTS {schema} CASCADE");
            connection.batch_execute(&drop).unwrap();
        }
    }
}

#[test]
fn keys_with_the_data_are_refused() {
    on_both_grounds(|mut options| async move {
        options.keys.beside_data = false;
        if let Place::Postgres { .. } = options.place {
            options.keys.place = options.place.clone();
        }
        assert!(matches!(refusal(options.clone()), OpenError::KeysBesideData));
        // Not even a demo keeps both in one file.
        options.keys.beside_data = true;
        options.keys.place = options.place.clone();
        assert!(matches!(refusal(options), OpenError::KeysBesideData));
    });
}

#[test]
fn a_crash_between_the_two_stores_when_they_are_new_is_harmless() {
    on_both_grounds(|options| async move {
        // The key store was made, the data did not come to name it.
        let keys = Keys::open(&options.keys).unwrap();
        let id = keys.id();
        drop(keys);
        let vault = Vault::open(options).unwrap();
        assert!(vault.keys().id() == id);
        settle(&vault).await;
    });
}

#[test]
fn a_recovery_sheet_is_confirmed_by_its_words_alone() {
    on_both_grounds(|options| async move {
        let keys = Keys::open(&options.keys).unwrap();
        let words = crate::keys::check_words(&options.keys.master).join(" ");
        assert!(!keys.is_confirmed().unwrap());
        for wrong in ["", "apple basket candle donkey", &words[1..], &format!("{words} apple")] {
            assert!(!keys.confirm(wrong, NOW).unwrap(), "{wrong}");
        }
        assert!(!keys.is_confirmed().unwrap());
        assert!(keys.confirm(&format!("  {} ", words.to_uppercase()), NOW).unwrap());
        drop(keys);
        assert!(Keys::open(&options.keys).unwrap().is_confirmed().unwrap());
    });
}
