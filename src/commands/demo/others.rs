//! Those who see little: a guardian, the organiser of the event, somebody who practises on her own, and the people of
//! the operator.

use vault::{
    ControllerId, Fault, MembershipId, Millis, PersonId, Role, Tx, Vault, access,
    rows::{
        accounts,
        children::{self, NewGuardianLink},
        consents::{self, Consent, Purpose, Step},
        people::{self, NewController, NewMembership, NewPerson},
    },
};

use super::{
    people::{CONTROLLER, hash_password, officer_id},
    roster::{ALVA, TIME_ZONE, user_name},
};
use crate::chance::Chance;

/// Who runs the server on behalf of the municipality.
pub(super) const OPERATOR: ControllerId = ControllerId::from_bytes(*b"Norrlida, server");
/// Somebody who decides over her own data.
pub(super) const ALONE: ControllerId = ControllerId::from_bytes(*b"Norrlida, alone!");

/// kind of the account, name, role, whose person
pub(super) const OTHERS: [(&str, &str, Role, ControllerId); 7] = [
    ("guardian", "Karin Bergström", Role::Guardian, CONTROLLER),
    ("individual", "Ellen Strand", Role::Individual, ALONE),
    ("organiser", "Petra Ålund", Role::Organiser, CONTROLLER),
    ("support", "Sofia Nordin", Role::Support, OPERATOR),
    ("database-staff", "Anders Viklund", Role::DatabaseStaff, OPERATOR),
    ("operator", "Ingrid Falk", Role::Operator, OPERATOR),
    ("researcher", "Tomas Hjort", Role::Researcher, OPERATOR),
];

/// All rows of them, made before they are written, since a write may run twice.
struct Others {
    controllers: [NewController; 2],
    persons: Vec<(NewPerson, NewMembership)>,
}

/// Lets them move in, after everyone else.
pub(super) async fn move_in(vault: &Vault, chance: &Chance, since: Millis) -> anyhow::Result<()> {
    let password = hash_password(chance).await?;
    let others = Others::new(chance, since);
    vault.write(move |tx| others.write(tx, &password, since)).await?;
    Ok(())
}

impl Others {
    fn new(chance: &Chance, since: Millis) -> Self {
        let controller = |id, kind: &str, name: &str| NewController {
            id,
            kind: kind.to_owned(),
            name: name.to_owned(),
            time_zone: TIME_ZONE.to_owned(),
            created_at: since,
        };
        let controllers =
            [controller(OPERATOR, "company", "Norrlida drift"), controller(ALONE, consents::INDIVIDUAL, "individual")];
        let persons = OTHERS.map(|(_, name, role, of)| {
            let (id, membership) = (chance.person(), chance.draw(MembershipId::random));
            (person(id, name, of, since), member(membership, id, role, of, since))
        });
        Self { controllers, persons: persons.into() }
    }

    fn write(&self, tx: &mut Tx, password: &str, since: Millis) -> Result<(), Fault> {
        self.controllers.iter().try_for_each(|controller| people::add_controller(tx, controller))?;
        for (person, membership) in &self.persons {
            people::add_person(tx, person)?;
            people::add_membership(tx, membership)?;
            accounts::set_password(tx, person.controller_id, person.id, password, since)?;
            if membership.role == Role::Individual {
                consent(tx, &person.user_name, since)?;
            }
        }
        let alva = accounts::credential(tx, &user_name(ALVA))?.map(|credential| credential.proven().person());
        let guardian = self.persons.iter().find(|(_, membership)| membership.role == Role::Guardian);
        if let (Some(child), Some((guardian, _))) = (alva, guardian) {
            let link = NewGuardianLink {
                controller_id: CONTROLLER,
                guardian_id: guardian.id,
                child_id: child,
                from_at: since,
                to_at: None,
                confirmed_by: Some(officer_id()),
            };
            children::add_guardian(tx, &link, since)?;
        }
        Ok(())
    }
}

/// What was ticked when signing up.
fn consent(tx: &mut Tx, user_name: &str, at: Millis) -> Result<(), Fault> {
    let me = accounts::credential(tx, user_name)?.ok_or(Fault::NoKey)?.proven();
    let sight = access::individual(tx, &me, at).map_err(|_| Fault::NoKey)?;
    for purpose in Purpose::ALL {
        consents::add(tx, &sight, &Consent { purpose, step: Step::Given, text_version: consents::TEXT, at })?;
    }
    Ok(())
}

fn person(id: PersonId, name: &str, of: ControllerId, since: Millis) -> NewPerson {
    NewPerson {
        controller_id: of,
        id,
        external_id: None,
        name: name.to_owned(),
        user_name: user_name(name),
        email: None,
        school_year: None,
        language: "sv".to_owned(),
        language_form: None,
        created_at: since,
    }
}

const fn member(id: MembershipId, person: PersonId, role: Role, of: ControllerId, since: Millis) -> NewMembership {
    NewMembership { controller: of, id, person, school: None, group: None, role, from: since, to: None }
}
