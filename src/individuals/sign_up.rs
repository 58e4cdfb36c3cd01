//! Signing up: as little as one can practise with. Without e-mail and without a name nobody can be written to or looked
//! for, and nothing of it can be lost; a password that is forgotten is then gone with the account, which the page says.

use std::ops::RangeInclusive;

use vault::{
    ControllerId, MembershipId, Role, Tx, access,
    rows::{
        accounts as credentials,
        consents::{self, Consent, Purpose, Step},
        people::{self, NewController, NewMembership, NewPerson},
    },
};

use super::IndividualError;
use crate::{
    accounts::{self, Token, Visitor},
    app::App,
};

/// Characters of a user name.
pub const USER_NAME: RangeInclusive<usize> = 3..=30;
/// Characters of a password at least.
pub const SHORTEST_PASSWORD: usize = 10;
/// School years that one may say to be in; without one the first exercises are those for everybody.
pub const YEARS: RangeInclusive<u8> = 1..=12;

/// Where those live who do not say where.
const TIME_ZONE: &str = "Europe/Stockholm";
/// What stands as the controller's name, which is not sealed and therefore says nothing of whom it is.
const NAME: &str = "individual";
/// Passwords of the right length that everybody tries first, without what is not a letter or a digit.
const KNOWN: [&str; 10] = [
    "1234567890",
    "0123456789",
    "qwertyuiop",
    "password12",
    "password123",
    "lösenord12",
    "lösenord123",
    "losenord123",
    "sommar2026",
    "matematik1",
];

/// What the form holds.
pub struct Form {
    pub user_name: String,
    pub password: String,
    pub school_year: Option<u8>,
    /// The code of one of the house's languages.
    pub language: String,
    /// Old enough to consent alone, as one says oneself. No date of birth is asked for.
    pub is_old_enough: bool,
    pub consents: Vec<Purpose>,
    /// Of the sentences that were read.
    pub text_version: i32,
}

/// Whether individuals may sign up here.
#[must_use]
pub fn is_open(app: &App) -> bool {
    app.config.accounts.individuals
}

/// A password of everyday words, for whoever has none in mind.
#[must_use]
pub fn suggested_password(app: &App) -> String {
    accounts::draw_password(&app.chance)
}

/// Makes an account for somebody who is their own controller, and signs them in. Nothing is stored of a form that is
/// refused.
///
/// # Errors
/// What [`IndividualError`] says of a form; too many sign-ups before; no answer from the vault.
pub async fn sign_up(app: &App, form: Form, visitor: Visitor) -> Result<Token, IndividualError> {
    if !is_open(app) {
        return Err(IndividualError::NotFound);
    }
    if !form.is_old_enough {
        return Err(IndividualError::TooYoung);
    }
    let called = form.user_name.trim().to_owned();
    let user_name = called.to_lowercase();
    refuse_user_name(&user_name)?;
    refuse_password(&form.password, &user_name)?;
    if form.school_year.is_some_and(|year| !YEARS.contains(&year)) {
        return Err(IndividualError::Choice);
    }
    if !form.consents.contains(&Purpose::Practice) {
        return Err(IndividualError::NotConsented);
    }
    if form.text_version != consents::TEXT {
        return Err(IndividualError::OtherText);
    }
    // From here on it costs something or tells something.
    app.limits.sign_up(visitor.address)?;
    let hash = app.passwords.hash(form.password, app.chance.clone()).await?;
    let new = New::draw(app, called, user_name.clone(), (form.school_year, form.language), form.consents);
    let opening = accounts::Opening::draw(app, visitor);
    let token = opening.token.clone();
    let made = app.vault.write(move |tx| new.write(tx, &hash, &opening)).await;
    match made {
        Ok(()) => {
            // Somebody may have guessed at the name before it was anybody's.
            app.guesses.forget(&user_name);
            Ok(token)
        }
        Err(IndividualError::Fault(vault::Fault::Taken)) => Err(IndividualError::Taken),
        Err(error) => Err(error),
    }
}

/// Letters, digits, and signs that one can say aloud; it begins with a letter.
fn refuse_user_name(user_name: &str) -> Result<(), IndividualError> {
    let mut signs = user_name.chars();
    let is_usable = USER_NAME.contains(&user_name.chars().count())
        && signs.next().is_some_and(char::is_alphabetic)
        && signs.all(|sign| sign.is_alphanumeric() || matches!(sign, '.' | '-' | '_'));
    if is_usable { Ok(()) } else { Err(IndividualError::UserName) }
}

/// Long enough, not the user name, not one sign again and again, none of those that everybody tries.
fn refuse_password(password: &str, user_name: &str) -> Result<(), IndividualError> {
    let plain = |text: &str| text.chars().filter(|sign| sign.is_alphanumeric()).collect::<String>().to_lowercase();
    let (plain, user_name) = (plain(password), plain(user_name));
    let mut different: Vec<char> = plain.chars().collect();
    different.sort_unstable();
    different.dedup();
    let is_usable = password.chars().count() >= SHORTEST_PASSWORD
        && password.len() <= accounts::LONGEST_PASSWORD
        && !plain.contains(&user_name)
        && different.len() >= 4
        && !KNOWN.contains(&plain.as_str());
    if is_usable { Ok(()) } else { Err(IndividualError::Password) }
}

/// All rows of somebody new, made before they are written, since a write may run twice.
struct New {
    controller: NewController,
    person: NewPerson,
    membership: NewMembership,
    consents: Vec<Consent>,
}

impl New {
    fn draw(
        app: &App,
        called: String,
        user_name: String,
        (school_year, language): (Option<u8>, String),
        consents: Vec<Purpose>,
    ) -> Self {
        let (now, person) = (app.clock.now(), app.chance.person());
        let (controller, membership) = app.chance.draw(|rng| (ControllerId::random(rng), MembershipId::random(rng)));
        let given = |purpose| Consent { purpose, step: Step::Given, text_version: consents::TEXT, at: now };
        Self {
            controller: NewController {
                id: controller,
                kind: consents::INDIVIDUAL.to_owned(),
                name: NAME.to_owned(),
                time_zone: TIME_ZONE.to_owned(),
                created_at: now,
            },
            // What one is called is the user name too: a name of its own would be one thing more that is known.
            person: NewPerson {
                controller_id: controller,
                id: person,
                external_id: None,
                name: called,
                user_name,
                email: None,
                school_year: school_year.map(i16::from),
                language,
                language_form: None,
                created_at: now,
            },
            membership: NewMembership {
                controller,
                id: membership,
                person,
                school: None,
                group: None,
                role: Role::Individual,
                from: now,
                to: None,
            },
            consents: consents.into_iter().map(given).collect(),
        }
    }

    /// The name is asked for first: a sign-up that is refused leaves no key behind.
    fn write(&self, tx: &mut Tx, hash: &str, opening: &accounts::Opening) -> Result<(), IndividualError> {
        if credentials::is_taken(tx, &self.person.user_name)? {
            return Err(IndividualError::Taken);
        }
        people::add_controller(tx, &self.controller)?;
        people::add_person(tx, &self.person)?;
        people::add_membership(tx, &self.membership)?;
        credentials::set_password(tx, self.controller.id, self.person.id, hash, self.controller.created_at)?;
        let me = credentials::credential(tx, &self.person.user_name)?.ok_or(IndividualError::NotFound)?.proven();
        let sight = access::individual(tx, &me, self.controller.created_at)?;
        for consent in &self.consents {
            consents::add(tx, &sight, consent)?;
        }
        Ok(opening.open(tx, &me, accounts::How::Password)?)
    }
}
