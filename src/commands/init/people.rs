//! The first who decide and administer. They are made in one write: all of them, or nobody.

use anyhow::{Context, bail};
use vault::{
    ControllerId, Fault, MembershipId, Millis, Role, SchoolId, Tx, Vault,
    rows::{
        accounts,
        people::{self, NewController, NewMembership, NewPerson, NewSchool},
        sessions,
    },
};

use super::Ask;
use crate::{
    accounts::{draw_password, hash},
    chance::Chance,
};

/// Who decides, and who administers.
#[derive(clap::Args)]
pub(super) struct PeopleFlags {
    /// Who decides over the data: the municipality, or the company that runs the school
    #[arg(long, value_name = "NAME")]
    controller: Option<String>,
    /// What they are
    #[arg(long, value_enum, default_value = "municipality")]
    kind: Kind,
    /// Where they are, such as Europe/Oslo
    #[arg(long, value_name = "ZONE", default_value = "Europe/Stockholm")]
    time_zone: String,
    /// The language of those who are added here
    #[arg(long, value_parser = ["sv", "en"], default_value = "sv")]
    language: String,
    /// The first school
    #[arg(long, value_name = "NAME", requires = "administrator")]
    school: Option<String>,
    /// How many students it has
    #[arg(long, value_name = "NUMBER", default_value_t = 0, value_parser = clap::value_parser!(i32).range(0..))]
    students: i32,
    /// User name of the school's administrator
    #[arg(long, value_name = "USER", requires = "school")]
    administrator: Option<String>,
    /// What the administrator is called
    #[arg(long, value_name = "NAME", requires = "administrator")]
    administrator_name: Option<String>,
    /// User name of the officer, who sees the controller's schools and what is kept
    #[arg(long, value_name = "USER")]
    officer: Option<String>,
    /// What the officer is called
    #[arg(long, value_name = "NAME", requires = "officer")]
    officer_name: Option<String>,
    /// Give an administrator or officer who is there a new password, and end where they are signed in
    #[arg(long, value_name = "USER")]
    pub new_password: Option<String>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Kind {
    Municipality,
    Company,
}

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Self::Municipality => "municipality",
            Self::Company => "company",
        }
    }
}

/// Somebody with what signs them in.
struct Newcomer {
    row: NewPerson,
    membership: NewMembership,
    hash: String,
}

/// All rows, made before they are written, since a write may run twice.
struct Founding {
    controller: NewController,
    school: Option<NewSchool>,
    people: Vec<Newcomer>,
}

/// Adds those who the flags or the answers name, and prints their passwords, once.
///
/// # Errors
/// A missing or unusable answer, and what keeps the vault from writing; nobody is added then.
pub(super) async fn move_in(
    vault: &Vault,
    flags: &PeopleFlags,
    ask: &mut Ask,
    chance: &Chance,
    now: Millis,
) -> anyhow::Result<()> {
    let controller = NewController {
        id: chance.draw(ControllerId::random),
        kind: flags.kind.name().to_owned(),
        name: named(&ask.unless(flags.controller.as_ref(), "--controller", "Who decides over the data")?)?,
        time_zone: time_zone(&flags.time_zone)?,
        created_at: now,
    };
    let mut founding = Founding { controller, school: None, people: Vec::new() };
    let mut passwords = Vec::new();
    let mut school = flags.school.clone();
    let (mut administrator, mut officer) = (flags.administrator.clone(), flags.officer.clone());
    if administrator.is_none() && officer.is_none() {
        let user =
            ask.unless(None, "--officer USER, or --school NAME with --administrator USER", "User name of the officer")?;
        officer = Some(user).filter(|user| !user.is_empty());
        school = Some(ask.for_answer("First school (nothing for none)")?).filter(|name| !name.is_empty());
        if school.is_some() {
            administrator = Some(ask.for_answer("User name of its administrator")?);
        }
    }
    if let (Some(name), Some(user)) = (school, administrator) {
        let id = founding.add_school(&named(&name)?, flags.students, chance);
        let who = (user.as_str(), flags.administrator_name.as_ref());
        passwords.push(founding.add_person(who, (Role::SchoolAdmin, Some(id)), &flags.language, chance)?);
    }
    if let Some(user) = officer {
        let who = (user.as_str(), flags.officer_name.as_ref());
        passwords.push(founding.add_person(who, (Role::Officer, None), &flags.language, chance)?);
    }
    if passwords.is_empty() {
        bail!("nobody could sign in. Give --officer USER, or --school NAME with --administrator USER");
    }
    let kind = founding.controller.kind.clone();
    vault.write(move |tx| founding.write(tx, now)).await.map_err(|fault| match fault {
        Fault::Taken => anyhow::anyhow!("two of them have the same user name: give each their own"),
        other => other.into(),
    })?;
    println!("{:<14}made: {kind}", "Controller");
    show(&passwords);
    Ok(())
}

fn show(passwords: &[(String, &str, String)]) {
    println!("\nThese can sign in. Their passwords are shown now and never again:");
    for (user, role, password) in passwords {
        println!("  {role:<14}{user:<20}{password}");
    }
}

impl Founding {
    fn add_school(&mut self, name: &str, students: i32, chance: &Chance) -> SchoolId {
        let id = chance.draw(SchoolId::random);
        self.school = Some(NewSchool {
            controller_id: self.controller.id,
            id,
            external_id: None,
            name: name.to_owned(),
            number_of_students: students,
            address: None,
            latitude: None,
            longitude: None,
        });
        id
    }

    fn add_person(
        &mut self,
        (user, name): (&str, Option<&String>),
        (role, school): (Role, Option<SchoolId>),
        language: &str,
        chance: &Chance,
    ) -> anyhow::Result<(String, &'static str, String)> {
        let (user, password, id) = (user_name(user)?, draw_password(chance), chance.person());
        let row = NewPerson {
            controller_id: self.controller.id,
            id,
            external_id: None,
            name: named(name.map_or(user.as_str(), String::as_str))?,
            user_name: user.clone(),
            email: None,
            school_year: None,
            language: language.to_owned(),
            language_form: None,
            created_at: self.controller.created_at,
        };
        let membership = NewMembership {
            controller: self.controller.id,
            id: chance.draw(MembershipId::random),
            person: id,
            school,
            group: None,
            role,
            from: self.controller.created_at,
            to: None,
        };
        self.people.push(Newcomer { row, membership, hash: hash(&password, chance)? });
        Ok((user, role.name(), password))
    }

    fn write(&self, tx: &mut Tx, now: Millis) -> Result<(), Fault> {
        let of = self.controller.id;
        people::add_controller(tx, &self.controller)?;
        self.school.iter().try_for_each(|school| people::add_school(tx, school))?;
        for newcomer in &self.people {
            people::add_person(tx, &newcomer.row)?;
            people::add_membership(tx, &newcomer.membership)?;
            accounts::set_password(tx, of, newcomer.row.id, &newcomer.hash, now)?;
        }
        Ok(())
    }
}

/// Gives an administrator or officer a new password, prints it, and ends their sessions.
///
/// # Errors
/// Nobody of that name, or somebody who is neither: their teacher gives them one.
pub(super) async fn give_new_password(vault: &Vault, user: &str, chance: &Chance, now: Millis) -> anyhow::Result<()> {
    let (user, password) = (user_name(user)?, draw_password(chance));
    let (hash, name) = (hash(&password, chance)?, user.clone());
    let role = vault
        .write(move |tx| {
            let Some(me) = accounts::credential(tx, &name)?.map(|found| found.proven()) else { return Ok(None) };
            let profile = people::profile(tx, &me, now)?;
            let role = [Role::Officer, Role::SchoolAdmin].into_iter().find(|role| profile.is(*role));
            if role.is_some() {
                accounts::set_password(tx, me.controller(), me.person(), &hash, now)?;
                for session in sessions::mine(tx, &me, now)? {
                    sessions::end(tx, &session.token)?;
                }
            }
            Ok::<_, Fault>(role)
        })
        .await?;
    let role: Role = role.with_context(|| format!("no administrator or officer has the user name {user}"))?;
    show(&[(user, role.name(), password)]);
    Ok(())
}

fn named(name: &str) -> anyhow::Result<String> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 200 || name.chars().any(char::is_control) {
        bail!("a name is missing, or longer than 200 characters")
    }
    Ok(name.to_owned())
}

fn user_name(name: &str) -> anyhow::Result<String> {
    let name = name.trim().to_lowercase();
    if name.is_empty() || name.chars().count() > 100 || name.chars().any(|c| c.is_whitespace() || c.is_control()) {
        bail!("{name:?} cannot be a user name: it has up to 100 letters, digits and signs, and no spaces")
    }
    Ok(name)
}

fn time_zone(name: &str) -> anyhow::Result<String> {
    jiff::tz::TimeZone::get(name)
        .map(|_| name.to_owned())
        .with_context(|| format!("{name:?} is no time zone. Write one such as Europe/Stockholm"))
}
