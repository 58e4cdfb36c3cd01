//! The municipality, its schools and groups, and everyone in them with a user name and the one password.

use vault::{
    ControllerId, Fault, GroupId, Me, MembershipId, Millis, PersonId, Role, SchoolId, Tx, Vault,
    rows::{
        accounts,
        people::{self, NewController, NewGroup, NewMembership, NewPerson, NewSchool},
    },
};

use super::{
    others::{self, OTHERS},
    roster::{self, GROUPS, MUNICIPALITY, OFFICER, SCHOOLS, TEACHERS, TIME_ZONE, user_name},
};
use crate::{
    accounts::{SignInError, hash},
    app::DemoAccount,
    chance::Chance,
};

/// The same in every demo, so that a demo is known for one before anybody is let in without a password.
pub(super) const CONTROLLER: ControllerId = ControllerId::from_bytes(*b"Norrlida, a demo");
/// Everyone's.
pub(super) const PASSWORD: &str = "norrlida-demo";

/// What a database holds, as the demo sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    Nobody,
    /// All of it: the officer, who is given her password last, has it.
    Demo,
    /// A filling was interrupted.
    HalfFilled,
    /// Somebody else's data.
    Strangers,
}

/// Looks who is there.
pub(super) async fn look(vault: &Vault) -> Result<Found, Fault> {
    vault
        .read(|tx| {
            let controllers = people::controllers(tx)?;
            let ours = [CONTROLLER, others::OPERATOR, others::ALONE];
            Ok(match controllers.as_slice() {
                [] => Found::Nobody,
                all if all.iter().any(|id| !ours.contains(id)) => Found::Strangers,
                _ if accounts::credential(tx, &user_name(OFFICER))?.is_some() => Found::Demo,
                _ => Found::HalfFilled,
            })
        })
        .await
}

/// Everyone who does something in the demo's history.
pub(super) struct Cast {
    pub teachers: Vec<Me>,
    /// In the order of the roster.
    pub students: Vec<Student>,
}

#[derive(Clone, Copy)]
pub(super) struct Student {
    pub me: Me,
    pub name: &'static str,
    /// in [`GROUPS`]
    pub group: usize,
    /// 0 and up, through all groups
    pub number: u64,
}

impl Cast {
    /// Reads who everyone is.
    pub async fn call(vault: &Vault) -> anyhow::Result<Self> {
        let cast = vault
            .read(|tx| {
                let mut teachers = Vec::new();
                for name in TEACHERS {
                    teachers.extend(me(tx, name)?);
                }
                let mut students = Vec::new();
                for (group, of) in GROUPS.iter().enumerate() {
                    for name in of.students {
                        let number = students.len() as u64;
                        students.extend(me(tx, name)?.map(|me| Student { me, name, group, number }));
                    }
                }
                Ok::<_, Fault>(Self { teachers, students })
            })
            .await?;
        let promised = GROUPS.iter().map(|group| group.students.len()).sum::<usize>();
        anyhow::ensure!(
            cast.teachers.len() == TEACHERS.len() && cast.students.len() == promised,
            "somebody of the demo is no longer there; give another folder with --data, or empty this one"
        );
        Ok(cast)
    }

    /// The students of one group of [`GROUPS`].
    pub fn students_of(&self, group: usize) -> impl Iterator<Item = &Student> {
        self.students.iter().filter(move |student| student.group == group)
    }
}

fn me(tx: &mut Tx, name: &str) -> Result<Option<Me>, Fault> {
    Ok(accounts::credential(tx, &user_name(name))?.map(|credential| credential.proven()))
}

/// The buttons of the start page.
pub(super) fn accounts() -> Vec<DemoAccount> {
    let administrator = SCHOOLS.iter().find_map(|school| school.administrator).unwrap_or_default();
    let [teacher, ..] = TEACHERS;
    [("student", roster::ALVA), ("teacher", teacher), ("school-admin", administrator), ("officer", OFFICER)]
        .into_iter()
        .chain(OTHERS.map(|(kind, name, ..)| (kind, name)))
        .map(|(kind, name)| DemoAccount { kind, user_name: user_name(name), name: name.to_owned() })
        .collect()
}

/// The same without those who are not there: a demo that was filled earlier may not know them.
pub(super) async fn accounts_in(vault: &Vault) -> Result<Vec<DemoAccount>, Fault> {
    vault
        .read(|tx| {
            let mut there = Vec::new();
            for account in accounts() {
                if accounts::credential(tx, &account.user_name)?.is_some() {
                    there.push(account);
                }
            }
            Ok(there)
        })
        .await
}

/// All rows of people, made before they are written, since a write may run twice.
struct Household {
    controller: NewController,
    schools: Vec<NewSchool>,
    groups: Vec<NewGroup>,
    persons: Vec<NewPerson>,
    memberships: Vec<NewMembership>,
}

/// Lets everyone move in, from `since` on; all but the officer can then sign in.
pub(super) async fn move_in(vault: &Vault, chance: &Chance, since: Millis) -> anyhow::Result<()> {
    let password = hash_password(chance).await?;
    let household = Household::new(chance, since);
    vault
        .write(move |tx| {
            household.write(tx)?;
            let others = household.persons.iter().filter(|person| person.name != OFFICER);
            let others: Vec<_> = others.map(|person| person.id).collect();
            accounts::set_passwords(tx, CONTROLLER, &others, &password, since)
        })
        .await?;
    Ok(())
}

/// Gives the officer her password too: from now on the demo counts as filled.
pub(super) async fn finish(vault: &Vault, chance: &Chance, since: Millis) -> anyhow::Result<()> {
    let password = hash_password(chance).await?;
    let officer = officer_id();
    vault.write(move |tx| accounts::set_password(tx, CONTROLLER, officer, &password, since)).await?;
    Ok(())
}

pub(super) const fn officer_id() -> PersonId {
    PersonId::from_bytes(*b"Samira, officer.")
}

/// One hash for all: an honest one for each would make everyone wait.
pub(super) async fn hash_password(chance: &Chance) -> anyhow::Result<String> {
    let chance = chance.clone();
    Ok(tokio::task::spawn_blocking(move || hash(PASSWORD, &chance)).await?.map_err(|error: SignInError| error)?)
}

impl Household {
    fn new(chance: &Chance, since: Millis) -> Self {
        let controller = NewController {
            id: CONTROLLER,
            kind: "municipality".to_owned(),
            name: MUNICIPALITY.to_owned(),
            time_zone: TIME_ZONE.to_owned(),
            created_at: since,
        };
        let mut house = Self { controller, schools: vec![], groups: vec![], persons: vec![], memberships: vec![] };
        house.person(officer_id(), OFFICER, None, since);
        house.member(chance, officer_id(), Role::Officer, None, None);
        for school in &SCHOOLS {
            house.school(chance, school, since);
        }
        let teachers = TEACHERS.map(|name| {
            let id = chance.person();
            house.person(id, name, None, since);
            id
        });
        for group in &GROUPS {
            let school = house.schools.get(group.school).map(|school| school.id);
            let (Some(school), Some(teacher)) = (school, teachers.get(group.teacher)) else { continue };
            house.group(chance, group, school, *teacher, since);
        }
        house
    }

    fn school(&mut self, chance: &Chance, school: &roster::School, since: Millis) {
        let id = chance.draw(SchoolId::random);
        self.schools.push(NewSchool {
            controller_id: CONTROLLER,
            id,
            external_id: None,
            name: school.name.to_owned(),
            number_of_students: school.number_of_students,
            address: Some(school.address.to_owned()),
            latitude: Some(school.place.0),
            longitude: Some(school.place.1),
        });
        if let Some(name) = school.administrator {
            let person = chance.person();
            self.person(person, name, None, since);
            self.member(chance, person, Role::SchoolAdmin, Some(id), None);
        }
    }

    fn group(&mut self, chance: &Chance, group: &roster::Group, school: SchoolId, teacher: PersonId, since: Millis) {
        let id = chance.draw(GroupId::random);
        let name = group.name.to_owned();
        self.groups.push(NewGroup { controller_id: CONTROLLER, id, school_id: school, external_id: None, name });
        self.member(chance, teacher, Role::Teacher, Some(school), Some(id));
        for name in group.students {
            let student = chance.person();
            self.person(student, name, Some(group.year), since);
            self.member(chance, student, Role::Student, Some(school), Some(id));
        }
    }

    fn person(&mut self, id: PersonId, name: &str, school_year: Option<i16>, since: Millis) {
        let user_name = user_name(name);
        self.persons.push(NewPerson {
            controller_id: CONTROLLER,
            id,
            external_id: None,
            name: name.to_owned(),
            email: school_year.is_none().then(|| format!("{user_name}@norrlida.example")),
            user_name,
            school_year,
            language: "sv".to_owned(),
            language_form: None,
            created_at: since,
        });
    }

    fn member(
        &mut self,
        chance: &Chance,
        person: PersonId,
        role: Role,
        school: Option<SchoolId>,
        group: Option<GroupId>,
    ) {
        let id = chance.draw(MembershipId::random);
        let from = self.controller.created_at;
        self.memberships.push(NewMembership {
            controller: CONTROLLER,
            id,
            person,
            school,
            group,
            role,
            from,
            to: None,
        });
    }

    fn write(&self, tx: &mut Tx) -> Result<(), Fault> {
        people::add_controller(tx, &self.controller)?;
        self.schools.iter().try_for_each(|school| people::add_school(tx, school))?;
        self.groups.iter().try_for_each(|group| people::add_group(tx, group))?;
        people::add_persons(tx, &self.persons)?;
        self.memberships.iter().try_for_each(|membership| people::add_membership(tx, membership))
    }
}
