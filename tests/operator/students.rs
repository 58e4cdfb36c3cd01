//! A site with students, and what they do there.

use std::{os::unix::net::UnixDatagram, time::Duration};

use serde_json::Value;
use stegvis::{accounts, app, chance::Chance, config::Config, keys};
use vault::{
    ControllerId, Fault, MembershipId, Millis, Options, Role, SchoolId, Tx, Vault, rows,
    rows::people::{self, NewMembership, NewPerson, NewSchool},
};

use crate::{
    client::Client,
    site::{Serving, Site},
};

pub const PASSWORD: &str = "sol-tiger-lampa-42";
pub const STUDENTS: [&str; 4] = ["alva", "bo", "cleo", "dag"];

/// A site with students, and where its server tells systemd how it is.
pub fn site_with_students(site: &Site) -> UnixDatagram {
    site.set_up();
    add_students(site, &STUDENTS);
    let told = UnixDatagram::bind(site.path("notify")).unwrap();
    told.set_read_timeout(Some(Duration::from_mins(2))).unwrap();
    told
}

/// A school more, with these students, whose names are their user names.
pub fn add_students(site: &Site, names: &[&str]) {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let chance = Chance::seeded(5);
    let hash = accounts::hash(PASSWORD, &chance).unwrap();
    in_vault(site, async move |vault| {
        let add = move |tx: &mut Tx| {
            let controller = people::controllers(tx)?[0];
            let school = chance.draw(SchoolId::random);
            add_school(tx, controller, school)?;
            names.iter().try_for_each(|name| add_student(tx, controller, school, name, &hash, &chance))
        };
        vault.write(add).await.unwrap();
    });
}

/// Does something in what is stored, as the server's own binary would.
pub fn in_vault<T>(site: &Site, act: impl AsyncFnOnce(&Vault) -> T) -> T {
    in_place(site, async |_, options| {
        let vault = Vault::open(options).unwrap();
        let came = act(&vault).await;
        vault.close().await;
        came
    })
}

/// Does something with the site's settings, where everything is.
pub fn in_place<T>(site: &Site, act: impl AsyncFnOnce(Config, Options) -> T) -> T {
    let config = Config::load(Some(&site.path("etc/stegvis.toml")), std::iter::empty()).unwrap();
    let place = app::place(&config.database).unwrap();
    let store = keys::store(&config, &place).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(act(config, Options::new(place, store)))
}

fn add_school(tx: &mut Tx, controller_id: ControllerId, id: SchoolId) -> Result<(), Fault> {
    let school = NewSchool {
        controller_id,
        id,
        external_id: None,
        name: "Ekskolan".to_owned(),
        number_of_students: 4,
        address: None,
        latitude: None,
        longitude: None,
    };
    people::add_school(tx, &school)
}

fn add_student(
    tx: &mut Tx,
    controller: ControllerId,
    school: SchoolId,
    name: &str,
    hash: &str,
    chance: &Chance,
) -> Result<(), Fault> {
    let (person, from) = (chance.person(), Millis(1));
    let student = NewPerson {
        controller_id: controller,
        id: person,
        external_id: None,
        name: name.to_owned(),
        user_name: name.to_owned(),
        email: None,
        school_year: Some(7),
        language: "sv".to_owned(),
        language_form: None,
        created_at: from,
    };
    people::add_person(tx, &student)?;
    rows::accounts::set_password(tx, controller, person, hash, from)?;
    let id = chance.draw(MembershipId::random);
    let (school, role) = (Some(school), Role::Student);
    people::add_membership(tx, &NewMembership { controller, id, person, school, group: None, role, from, to: None })
}

/// A calculation that a student has opened.
pub fn opened(serving: &Serving, student: &str) -> (Client, String) {
    let client = serving.sign_in(student, PASSWORD).expect("a student signs in");
    let answer = client.post_json("/api/v1/calculations", &Value::Null);
    assert_eq!(answer.status, 201, "{}", answer.body);
    let at = answer.location().to_owned();
    (client, at)
}

pub fn text(number: u32) -> String {
    format!("{number} + (")
}
