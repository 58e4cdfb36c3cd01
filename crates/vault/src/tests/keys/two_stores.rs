//! What a crash between the two stores leaves, and what is left of somebody who is forgotten.

use super::*;
use crate::{access, audit::Class, rows::sealed::FORGOTTEN};

async fn vault_with(options: Options) -> Vault {
    let vault = Vault::open(options).unwrap();
    settle(&vault).await;
    vault
}

const CLEO: PersonId = PersonId::from_bytes([7; 16]);
const DINA: PersonId = PersonId::from_bytes([8; 16]);

#[test]
fn a_key_without_its_person_lets_nobody_in_and_gives_way() {
    on_both_grounds(|options| async move {
        let vault = vault_with(options).await;
        // As a crash after the key and the password, before the commit of the row.
        let lost = vault.write(|tx| {
            people::add_person(tx, &new_person(CLEO, "Cleo Ask", "cleo"))?;
            accounts::set_password(tx, CONTROLLER, CLEO, "$argon2id$left behind", NOW)?;
            Err::<(), _>(Refused::Unwanted)
        });
        assert!(lost.await.is_err());
        assert_eq!(vault.keys().persons(CONTROLLER).unwrap(), [ALVA, BO, CLEO], "the key came first");
        let found = vault.read(|tx| accounts::credential(tx, "cleo")).await.unwrap();
        assert!(found.is_none());
        // The same person again, and somebody else with the same names after another crash.
        vault.write(|tx| people::add_person(tx, &new_person(CLEO, "Cleo Ask", "cleo"))).await.unwrap();
        assert_eq!(vault.read(|tx| name_of(tx, CLEO)).await.unwrap(), "Cleo Ask");
        let lost = vault.write(|tx| {
            people::add_person(tx, &new_person(DINA, "Dina Al", "dina"))?;
            Err::<(), _>(Refused::Unwanted)
        });
        assert!(lost.await.is_err());
        let again = PersonId::from_bytes([9; 16]);
        vault.write(move |tx| people::add_person(tx, &new_person(again, "Dina Al", "dina"))).await.unwrap();
        assert_eq!(vault.keys().persons(CONTROLLER).unwrap(), [ALVA, BO, CLEO, again]);
        assert_eq!(vault.read(move |tx| name_of(tx, again)).await.unwrap(), "Dina Al");
    });
}

#[test]
fn names_that_only_one_may_have_are_refused_to_another() {
    on_both_grounds(|options| async move {
        let vault = vault_with(options).await;
        let add = |new: NewPerson| vault.write(move |tx| people::add_person(tx, &new));
        let taken = add(new_person(CLEO, "Cleo Ask", " ALVA ")).await;
        assert!(matches!(taken, Err(Fault::Taken)), "{taken:?}");
        let same_id = NewPerson { external_id: Some("roster-alva".to_owned()), ..new_person(CLEO, "Cleo Ask", "cleo") };
        assert!(matches!(add(same_id).await, Err(Fault::Taken)));
        let same_email =
            NewPerson { email: Some("alva@skola.example".to_owned()), ..new_person(CLEO, "Cleo Ask", "cleo") };
        add(same_email).await.unwrap();
        assert_eq!(vault.read(|tx| name_of(tx, ALVA)).await.unwrap(), "Alva Lind");
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn one_of_two_who_add_the_same_name_at_once_gets_it() {
    let Some(schema) = Schema::new() else { return };
    let vault = vault_with(schema.options()).await;
    for round in 0..20_u8 {
        let adding: Vec<_> = (0..2_u8)
            .map(|who| {
                let vault = vault.clone();
                let id = PersonId::from_bytes([50 + 2 * round + who; 16]);
                tokio::spawn(async move {
                    let new = new_person(id, "Någon", &format!("same-{round}"));
                    let added = vault.write(move |tx| people::add_person(tx, &new)).await;
                    (id, added)
                })
            })
            .collect();
        let mut got_it = 0;
        for added in adding {
            let (id, added) = added.await.unwrap();
            match added {
                Ok(()) => {
                    got_it += 1;
                    assert_eq!(vault.read(move |tx| name_of(tx, id)).await.unwrap(), "Någon");
                }
                Err(fault) => assert!(matches!(fault, Fault::Taken), "{fault:?}"),
            }
        }
        assert_eq!(got_it, 1, "round {round}");
    }
}

#[test]
fn whoever_is_forgotten_is_passed_over_until_the_rows_go() {
    on_both_grounds(|options| async move {
        let vault = vault_with(options.clone()).await;
        // As a crash after the key was deleted, before the rows were.
        vault.keys().take_back(CONTROLLER, ALVA).unwrap();
        vault.write(|tx| people::add_membership(tx, &in_group(BO, 99, Role::Teacher))).await.unwrap();
        let names = vault.read(|tx| {
            let group = access::group(tx, &own(BO), GROUP, NOW).map_err(|_| Fault::NoKey)?;
            let students = people::students_of(tx, &group, Class::Names, NOW)?;
            Ok::<_, Fault>(students.into_iter().map(|student| student.name).collect::<Vec<_>>())
        });
        let mut shown = names.await.unwrap();
        shown.sort();
        assert_eq!(shown, ["Bo Ek", FORGOTTEN]);
        assert_eq!(vault.read(|tx| entered(tx, ALVA)).await.unwrap(), Vec::<String>::new());
        assert_eq!(vault.read(|tx| entered(tx, BO)).await.unwrap(), ["4x = 20"]);
        assert!(vault.read(|tx| accounts::credential(tx, "alva")).await.unwrap().is_none());
        let new_line = vault.write(|tx| seen(tx, ALVA).and_then(|of| hand_in(tx, &of, &line(2, "x = 4"))));
        assert!(matches!(new_line.await, Err(Fault::NoKey)));
        vault.close().await;
        drop(vault);
        // A copy of the data from before is no other: the key is gone.
        let vault = Vault::open(options).unwrap();
        assert_eq!(vault.read(|tx| name_of(tx, ALVA)).await.unwrap(), FORGOTTEN);
        assert_eq!(vault.read(|tx| name_of(tx, BO)).await.unwrap(), "Bo Ek");
    });
}

#[test]
fn another_process_forgets_when_it_looks_again() {
    on_both_grounds(|options| async move {
        let vault = vault_with(options.clone()).await;
        assert_eq!(vault.read(|tx| name_of(tx, ALVA)).await.unwrap(), "Alva Lind");
        let other = Keys::open(&options.keys).unwrap();
        other.take_back(CONTROLLER, ALVA).unwrap();
        vault.keys().refresh().unwrap();
        assert_eq!(vault.read(|tx| name_of(tx, ALVA)).await.unwrap(), FORGOTTEN);
    });
}
