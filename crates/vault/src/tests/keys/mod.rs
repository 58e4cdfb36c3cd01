//! The key store beside real data, on both databases.

mod alone;
mod cards;
mod copies;
mod forgetting;
mod individuals;
mod opening;
mod resting;
mod rotation;
mod signing;
mod submitting;
mod two_stores;

use super::{postgres::Schema, *};
use crate::{
    CalculationId, ControllerId, GroupId, IdempotencyKey, Me, MembershipId, Millis, PersonId, Role, SchoolId,
    rows::{
        accounts,
        calculations::{self, Calculation, Line, NewCalculation, Sealed},
        login_cards,
        people::{self, NewController, NewGroup, NewMembership, NewPerson, NewSchool},
    },
};

const NOW: Millis = Millis(1_800_000_000_000);
const CONTROLLER: ControllerId = ControllerId::from_bytes([1; 16]);
const ALVA: PersonId = PersonId::from_bytes([2; 16]);
const BO: PersonId = PersonId::from_bytes([3; 16]);
const GROUP: GroupId = GroupId::from_bytes([5; 16]);
const SCHOOL: SchoolId = SchoolId::from_bytes([6; 16]);

fn new_person(id: PersonId, name: &str, user_name: &str) -> NewPerson {
    NewPerson {
        controller_id: CONTROLLER,
        id,
        external_id: Some(format!("roster-{user_name}")),
        name: name.to_owned(),
        user_name: user_name.to_owned(),
        email: Some(format!("{user_name}@skola.example")),
        school_year: Some(7),
        language: "sv".to_owned(),
        language_form: None,
        created_at: NOW,
    }
}

fn own(of: PersonId) -> Me {
    Me { controller: CONTROLLER, person: of }
}

fn calculation(of: PersonId) -> CalculationId {
    CalculationId::from_bytes([of.as_bytes()[0] + 100; 16])
}

fn line(number: i16, entered: &str) -> Line {
    Line {
        number,
        key: IdempotencyKey::from_bytes([u8::try_from(number % 250).unwrap(); 16]),
        entered: entered.to_owned(),
        at: NOW,
        verdict: "right".to_owned(),
        answer: format!("{{\"quoted\":\"{entered}\"}}"),
    }
}

/// A controller with a school and a group.
fn lay_places(tx: &mut Tx) -> Result<(), Fault> {
    let (kind, time_zone) = ("municipality".to_owned(), "Europe/Stockholm".to_owned());
    let name = "Aspby".to_owned();
    people::add_controller(tx, &NewController { id: CONTROLLER, kind, name, time_zone, created_at: NOW })?;
    people::add_school(
        tx,
        &NewSchool {
            controller_id: CONTROLLER,
            id: SCHOOL,
            external_id: None,
            name: "Ekskolan".to_owned(),
            number_of_students: 2,
            address: None,
            latitude: None,
            longitude: None,
        },
    )?;
    let name = "7A".to_owned();
    people::add_group(
        tx,
        &NewGroup { controller_id: CONTROLLER, id: GROUP, school_id: SCHOOL, external_id: None, name },
    )
}

fn in_group(person: PersonId, number: u8, role: Role) -> NewMembership {
    let id = MembershipId::from_bytes([number; 16]);
    NewMembership {
        controller: CONTROLLER,
        id,
        person,
        school: Some(SCHOOL),
        group: Some(GROUP),
        role,
        from: NOW,
        to: None,
    }
}

/// A student with a calculation and one line.
fn move_in(tx: &mut Tx, id: PersonId, name: &str, user_name: &str, entered: &str) -> Result<(), Fault> {
    people::add_person(tx, &new_person(id, name, user_name))?;
    accounts::set_password(tx, CONTROLLER, id, "$argon2id$hash", NOW)?;
    people::add_membership(tx, &in_group(id, id.as_bytes()[0], Role::Student))?;
    let new = NewCalculation {
        id: calculation(id),
        exercise: "one".to_owned(),
        seed: 1,
        difficulty: 0.0,
        of_assignment: None,
        opened_at: NOW,
    };
    let calculation = calculations::open(tx, &own(id).own(), &new, None)?;
    hand_in(tx, &calculation, &line(1, entered))
}

fn hand_in(tx: &mut Tx, of: &Calculation, new: &Line) -> Result<(), Fault> {
    let sealed = Sealed::of(tx, of, new)?;
    calculations::add_line(tx, of, new, &sealed)
}

/// Alva and Bo, each with a line.
async fn settle(vault: &Vault) {
    vault
        .write(|tx| {
            lay_places(tx)?;
            move_in(tx, ALVA, "Alva Lind", "alva", "3x = 12")?;
            move_in(tx, BO, "Bo Ek", "bo", "4x = 20")
        })
        .await
        .unwrap();
}

fn seen(tx: &mut Tx, of: PersonId) -> Result<Calculation, Fault> {
    calculations::seen(tx, &own(of).own(), calculation(of)).map_err(|_| Fault::NoKey)
}

fn entered(tx: &mut Tx, of: PersonId) -> Result<Vec<String>, Fault> {
    let seen = seen(tx, of)?;
    Ok(calculations::lines(tx, &seen)?.into_iter().map(|line| line.entered).collect())
}

fn name_of(tx: &mut Tx, of: PersonId) -> Result<String, Fault> {
    people::named(tx, &own(of).own()).map(|named| named.name)
}

/// Runs a test on both databases, each time with Alva and Bo settled in; it is told how to open the same place again.
fn on_both_grounds<F: Future<Output = ()>>(test: impl Fn(Options) -> F) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let ground = Ground::new();
        test(ground.options()).await;
        if let Some(schema) = Schema::new() {
            test(schema.options()).await;
        }
    });
}

/// Hexadecimal digits between the quotes that either database reads bytes from.
fn literal(postgres: bool, bytes: &[u8]) -> String {
    use std::fmt::Write;
    let digits = bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    });
    if postgres { format!("'\\x{digits}'::bytea") } else { format!("x'{digits}'") }
}
