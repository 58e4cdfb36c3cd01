//! A tiny world: a municipality with two schools, a company with one, somebody on her own and the operator, so that every
//! wall of need to know has somebody on the other side.

use std::sync::LazyLock;

use argon2::{Algorithm, Argon2, Params, Version, password_hash::PasswordHasher};
use jiff::civil::date;
use sha2::{Digest, Sha256};
use stegvis::app::DemoAccount;
use vault::{
    ControllerId, EventId, Fault, GroupId, Me, MembershipId, Millis, PersonId, Role, SchoolId, Tx, access,
    rows::{
        accounts as credentials, children,
        consents::{self, Consent, Purpose, Step},
        maraton, people, students,
    },
};

/// Everybody's.
pub const PASSWORD: &str = "blå-tisdag-7";

pub const HOUR: i64 = 3_600_000;
pub const DAY: i64 = 24 * HOUR;

/// Tuesday 24 November 2026, ten o'clock in Stockholm, when every story begins.
pub fn morning() -> Millis {
    let morning = date(2026, 11, 24).at(10, 0, 0, 0).in_tz("Europe/Stockholm").unwrap();
    Millis(morning.timestamp().as_millisecond())
}

/// id, kind, name, whether it has a MatteMaraton
const CONTROLLERS: [(&str, &str, &str, bool); 4] = [
    ("aspby", "municipality", "Aspby kommun", true),
    ("bjorkhaga", "company", "Björkhaga friskolor", true),
    ("drift", "company", "Driftbolaget", false),
    ("ensam", "individual", "Ensam på egen hand", false),
];

/// controller, school, name, number of students
const SCHOOLS: [(&str, &str, &str, i32); 4] = [
    ("aspby", "ekskolan", "Ekskolan", 200),
    ("aspby", "linskolan", "Linskolan", 100),
    ("aspby", "lillskolan", "Lillskolan", 3),
    ("bjorkhaga", "hagen", "Hagens friskola", 50),
];

/// controller, school, group
const GROUPS: [(&str, &str, &str); 4] = [
    ("aspby", "ekskolan", "7A"),
    ("aspby", "ekskolan", "7B"),
    ("aspby", "linskolan", "8C"),
    ("bjorkhaga", "hagen", "7X"),
];

/// controller, user name, name, school year, language
pub const PEOPLE: [(&str, &str, &str, Option<i16>, &str); 27] = [
    ("aspby", "alva", "Alva Lind", Some(7), "sv"),
    ("aspby", "bo", "Bo Ek", Some(7), "en"),
    ("aspby", "cleo", "Cleo Granparallell", Some(7), "sv"),
    ("aspby", "dina", "Dina Annorstädes", Some(8), "sv"),
    ("aspby", "folke", "Folke Flyttad", Some(7), "sv"),
    ("aspby", "maria", "Maria Sund", None, "sv"),
    ("aspby", "johan", "Johan Berg", None, "sv"),
    ("aspby", "lena", "Lena Å", None, "sv"),
    ("aspby", "tore", "Tore Slutat", None, "sv"),
    ("aspby", "frida", "Frida Snart", None, "sv"),
    ("aspby", "rut", "Rut Rektor", None, "sv"),
    ("aspby", "olle", "Olle Ombud", None, "sv"),
    ("bjorkhaga", "xenia", "Xenia Hemligsson", Some(7), "sv"),
    ("bjorkhaga", "yngve", "Yngve Utanför", None, "sv"),
    ("bjorkhaga", "zara", "Zara Avsides", None, "sv"),
    // a protected identity
    ("aspby", "selma", "Selma Skyddad", Some(7), "sv"),
    ("aspby", "mona", "Mona Mentor", None, "sv"),
    ("aspby", "gunnar", "Gunnar Vårdnad", None, "sv"),
    ("aspby", "gerd", "Gerd Vårdadevar", None, "sv"),
    ("aspby", "orvar", "Orvar Arrangör", None, "sv"),
    ("aspby", "petter", "Petter Adminvar", None, "sv"),
    ("drift", "sofia", "Sofia Stödjer", None, "sv"),
    ("drift", "sixten", "Sixten Slutatstödja", None, "sv"),
    ("drift", "dag", "Dag Databas", None, "sv"),
    ("drift", "ove", "Ove Operatör", None, "sv"),
    ("drift", "rita", "Rita Forskar", None, "sv"),
    ("ensam", "ines", "Ines Ensam", None, "sv"),
];

/// guardian, child, from and to in days from the morning, whether the school has confirmed it
const GUARDIANS: [(&str, &str, i64, Option<i64>, bool); 6] = [
    ("gunnar", "alva", -90, None, true),
    ("gunnar", "bo", -90, None, false),
    ("gunnar", "cleo", -90, Some(-1), true),
    ("gunnar", "dina", 7, None, true),
    ("gunnar", "selma", -90, None, true),
    ("gerd", "alva", -90, None, true),
];

/// user name, role, school, group, from and to in days from the morning
type Member = (&'static str, Role, Option<&'static str>, Option<&'static str>, i64, Option<i64>);
const MEMBERSHIPS: [Member; 27] = [
    ("alva", Role::Student, Some("ekskolan"), Some("7A"), -90, None),
    ("bo", Role::Student, Some("ekskolan"), Some("7A"), -90, None),
    ("cleo", Role::Student, Some("ekskolan"), Some("7B"), -90, None),
    ("dina", Role::Student, Some("linskolan"), Some("8C"), -90, None),
    ("folke", Role::Student, Some("ekskolan"), Some("7A"), -90, Some(-10)),
    ("folke", Role::Student, Some("linskolan"), Some("8C"), -10, None),
    ("maria", Role::Teacher, Some("ekskolan"), Some("7A"), -90, None),
    ("johan", Role::Teacher, Some("ekskolan"), Some("7B"), -90, None),
    ("lena", Role::Teacher, Some("linskolan"), Some("8C"), -90, None),
    ("tore", Role::Teacher, Some("ekskolan"), Some("7A"), -90, Some(-1)),
    ("frida", Role::Teacher, Some("ekskolan"), Some("7A"), 7, None),
    ("rut", Role::SchoolAdmin, Some("ekskolan"), None, -90, None),
    ("olle", Role::Officer, None, None, -90, None),
    ("xenia", Role::Student, Some("hagen"), Some("7X"), -90, None),
    ("yngve", Role::Teacher, Some("hagen"), Some("7X"), -90, None),
    ("selma", Role::Student, Some("ekskolan"), Some("7B"), -90, None),
    ("mona", Role::Mentor, Some("ekskolan"), Some("7B"), -90, None),
    ("gunnar", Role::Guardian, None, None, -90, None),
    ("gerd", Role::Guardian, None, None, -90, Some(-1)),
    ("orvar", Role::Organiser, None, None, -90, None),
    ("petter", Role::SchoolAdmin, Some("ekskolan"), None, -90, Some(-1)),
    ("sofia", Role::Support, None, None, -90, None),
    ("sixten", Role::Support, None, None, -90, Some(-1)),
    ("dag", Role::DatabaseStaff, None, None, -90, None),
    ("ove", Role::Operator, None, None, -90, None),
    ("rita", Role::Researcher, None, None, -90, None),
    ("ines", Role::Individual, None, None, -90, None),
];

/// 16 bytes that are always the same for a name.
fn bytes(name: &str) -> [u8; 16] {
    let digest: [u8; 32] = Sha256::digest(name).into();
    std::array::from_fn(|at| digest[at])
}

pub fn controller(name: &str) -> ControllerId {
    ControllerId::from_bytes(bytes(name))
}
pub fn school(name: &str) -> SchoolId {
    SchoolId::from_bytes(bytes(name))
}
pub fn group(name: &str) -> GroupId {
    GroupId::from_bytes(bytes(name))
}
pub fn person(user_name: &str) -> PersonId {
    PersonId::from_bytes(bytes(user_name))
}
/// The name of the controller whose person it is.
pub fn controller_of(user_name: &str) -> &'static str {
    PEOPLE.iter().find(|(_, name, ..)| *name == user_name).map_or("", |(of, ..)| *of)
}
/// The event of a controller.
pub fn event(of: &str) -> EventId {
    EventId::from_bytes(bytes(&format!("event of {of}")))
}

/// One hash for all, with the least memory: the real one is slow on purpose, and a hash says itself how it was made.
static PASSWORD_HASH: LazyLock<String> = LazyLock::new(|| {
    let quick = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(8, 1, 1, None).unwrap());
    quick.hash_password_with_salt(PASSWORD.as_bytes(), b"salt of a test").unwrap().to_string()
});

/// Buttons of the start page.
pub fn demo_accounts() -> Vec<DemoAccount> {
    let account = |kind, user_name: &str, name: &str| DemoAccount {
        kind,
        user_name: user_name.to_owned(),
        name: name.to_owned(),
    };
    vec![account("student", "bo", "Bo Ek"), account("teacher", "maria", "Maria Sund")]
}

/// Makes the world in an empty vault.
pub fn make(tx: &mut Tx) -> Result<(), Fault> {
    make_places(tx)?;
    let persons = PEOPLE.map(|(of, user_name, name, school_year, language)| people::NewPerson {
        controller_id: controller(of),
        id: person(user_name),
        external_id: Some(format!("roster-{user_name}")),
        name: name.to_owned(),
        user_name: user_name.to_owned(),
        email: Some(format!("{user_name}@post.example")),
        school_year,
        language: language.to_owned(),
        language_form: Some(format!("form-{user_name}")),
        created_at: morning().plus(-90 * DAY),
    });
    people::add_persons(tx, &persons)?;
    for (of, ..) in CONTROLLERS {
        let mine: Vec<_> = persons.iter().filter(|new| new.controller_id == controller(of)).map(|new| new.id).collect();
        credentials::set_passwords(tx, controller(of), &mine, &PASSWORD_HASH, morning())?;
    }
    for (number, member) in MEMBERSHIPS.into_iter().enumerate() {
        people::add_membership(tx, &membership(member, number))?;
    }
    consent(tx)?;
    people::protect(tx, controller("aspby"), person("selma"), true)?;
    for (guardian, child, from, to, confirmed) in GUARDIANS {
        let link = children::NewGuardianLink {
            controller_id: controller("aspby"),
            guardian_id: person(guardian),
            child_id: person(child),
            from_at: morning().plus(from * DAY),
            to_at: to.map(|to| morning().plus(to * DAY)),
            confirmed_by: confirmed.then(|| person("rut")),
        };
        children::add_guardian(tx, &link, morning().plus(-90 * DAY))?;
    }
    for (of, _, name, _) in CONTROLLERS.into_iter().filter(|(.., has_event)| *has_event) {
        let event = maraton::Event {
            controller_id: controller(of),
            id: event(of),
            name: format!("{name} springer"),
            opens_at: morning().plus(-7 * DAY),
            closes_at: morning().plus(21 * DAY),
            goal_metres: 42_195,
            goal_items: 200,
            rules: String::new(),
            announcement: String::new(),
            host: controller(of),
            open_to: maraton::OpenTo::Own.name().to_owned(),
            invitation: String::new(),
            is_public: false,
        };
        let courses = [(1, "Stigen", 4, 6), (2, "Leden", 7, 9)].map(|(number, name, from_year, to_year)| {
            let (controller_id, event_id, name) = (event.controller_id, event.id, name.to_owned());
            maraton::Course { controller_id, event_id, number, name, from_year, to_year }
        });
        maraton::add_event(tx, &event, &courses)?;
    }
    Ok(())
}

/// Five more students of a school take part in its controller's event, so that the school's figures are shown.
pub fn let_five_enter(tx: &mut Tx, of: &str, at: &str) -> Result<(), Fault> {
    let_five_enter_after(tx, of, at, 0)
}

/// The same so many days after the morning.
pub fn let_five_enter_after(tx: &mut Tx, of: &str, at: &str, days: i64) -> Result<(), Fault> {
    for number in 0..5 {
        let user_name = format!("{at}-{number}");
        add_student(tx, of, &user_name, (at, None))?;
        let me = credentials::credential(tx, &user_name)?.ok_or(Fault::NoKey)?.proven();
        enter(tx, &me, school(at), 2, morning().plus(days * DAY))?;
    }
    Ok(())
}

/// One more student, at a school and perhaps in a group of it, since yesterday.
pub fn add_student(tx: &mut Tx, of: &str, user_name: &str, place: (&str, Option<&str>)) -> Result<(), Fault> {
    let new = people::NewPerson {
        controller_id: controller(of),
        id: person(user_name),
        external_id: None,
        name: format!("Elev {user_name}"),
        user_name: user_name.to_owned(),
        email: None,
        school_year: Some(8),
        language: "sv".to_owned(),
        language_form: None,
        created_at: morning().plus(-DAY),
    };
    people::add_persons(tx, std::slice::from_ref(&new))?;
    credentials::set_passwords(tx, controller(of), &[new.id], &PASSWORD_HASH, morning())?;
    join(tx, of, user_name, place, morning().plus(-DAY))
}

/// Somebody is a student at a school, and perhaps in a group of it, from then on.
pub fn join(tx: &mut Tx, of: &str, who: &str, (at, into): (&str, Option<&str>), from: Millis) -> Result<(), Fault> {
    let id = MembershipId::from_bytes(bytes(&format!("membership of {who} in {}", into.unwrap_or(at))));
    let (controller, person, school, group) = (controller(of), person(who), Some(school(at)), into.map(group));
    let role = Role::Student;
    people::add_membership(tx, &people::NewMembership { controller, id, person, school, group, role, from, to: None })
}

/// Somebody who has done nothing yet picks a course of the latest event.
fn enter(tx: &mut Tx, me: &Me, at: SchoolId, course: i16, now: Millis) -> Result<(), Fault> {
    let own = me.own();
    let sight = access::event(tx, me, now).map_err(|_| Fault::NoKey)?;
    let event = maraton::latest_event(tx, &sight, now)?.ok_or(Fault::NoKey)?;
    let seen = students::general(tx, &own).map_err(|_| Fault::NoKey)?;
    let choice = maraton::Choice { seen: &seen, event: &event, course, school: at, items: 0, at: now };
    maraton::choose(tx, &own, &choice)?;
    Ok(())
}

/// Ines ticked everything when she signed up.
fn consent(tx: &mut Tx) -> Result<(), Fault> {
    let ines = credentials::credential(tx, "ines")?.ok_or(Fault::NoKey)?.proven();
    let (sight, at) = (access::individual(tx, &ines, morning()).map_err(|_| Fault::NoKey)?, morning());
    for purpose in Purpose::ALL {
        consents::add(tx, &sight, &Consent { purpose, step: Step::Given, text_version: consents::TEXT, at })?;
    }
    Ok(())
}

fn make_places(tx: &mut Tx) -> Result<(), Fault> {
    for (id, kind, name, _) in CONTROLLERS {
        let new = people::NewController {
            id: controller(id),
            kind: kind.to_owned(),
            name: name.to_owned(),
            time_zone: "Europe/Stockholm".to_owned(),
            created_at: morning().plus(-90 * DAY),
        };
        people::add_controller(tx, &new)?;
    }
    for (of, id, name, number_of_students) in SCHOOLS {
        let new = people::NewSchool {
            controller_id: controller(of),
            id: school(id),
            external_id: None,
            name: name.to_owned(),
            number_of_students,
            address: None,
            latitude: None,
            longitude: None,
        };
        people::add_school(tx, &new)?;
    }
    for (of, at, name) in GROUPS {
        let (controller_id, id, school_id) = (controller(of), group(name), school(at));
        people::add_group(
            tx,
            &people::NewGroup { controller_id, id, school_id, external_id: None, name: name.to_owned() },
        )?;
    }
    Ok(())
}

fn membership((who, role, at, within, from, to): Member, number: usize) -> people::NewMembership {
    let of = PEOPLE.iter().find(|(_, user_name, ..)| *user_name == who).map_or("", |(of, ..)| *of);
    people::NewMembership {
        controller: controller(of),
        id: MembershipId::from_bytes(bytes(&format!("membership {number}"))),
        person: person(who),
        school: at.map(school),
        group: within.map(group),
        role,
        from: morning().plus(from * DAY),
        to: to.map(|to| morning().plus(to * DAY)),
    }
}
