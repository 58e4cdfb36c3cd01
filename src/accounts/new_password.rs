//! A password was forgotten: the teacher of the group gives another, in words that are easy to read and to say.

use rand::RngExt;
use vault::{
    GroupId, Me, PersonId, Refusal, StudentSight, Tx,
    access::{self, PasswordsSight},
    audit::Class,
    rows::{
        accounts,
        people::{self, NamedGroup, NamedStudent},
        sessions,
    },
};

use super::{SignInError, words::WORDS};
use crate::{app::App, chance::Chance};

/// Words in a password; a number of two digits follows them. With the waits after wrong guesses, 190 million are many.
const WORDS_IN_ONE: usize = 3;

/// A student of a group that I teach.
pub struct InGroup {
    pub group: NamedGroup,
    pub student: NamedStudent,
}

/// What is shown once.
pub struct NewPassword {
    pub of: InGroup,
    pub user_name: String,
    pub password: String,
}

fn in_group(
    tx: &mut Tx,
    me: &Me,
    group: GroupId,
    student: PersonId,
    now: vault::Millis,
) -> Result<(InGroup, PasswordsSight, StudentSight), Refusal> {
    let sight = access::passwords_to_give(tx, me, group, now)?;
    let found = people::member_of(tx, &sight, student, Class::Names, now)?;
    let (_, student, of) = found.ok_or(Refusal::NotFound)?;
    Ok((InGroup { group: people::group_named(tx, &sight, now)?, student }, sight, of))
}

/// A student in a group that I teach, before a password is given.
///
/// # Errors
/// Somebody else's group, and who is no student of it, are not found.
pub async fn student_in_group(app: &App, me: &Me, group: GroupId, student: PersonId) -> Result<InGroup, SignInError> {
    let (me, now) = (*me, app.clock.now());
    app.vault.read(move |tx| Ok(in_group(tx, &me, group, student, now)?.0)).await
}

/// Gives a student of a group that I teach a new password. The old one is nothing from then on, wherever the student is
/// signed in they are signed out, and wrong guesses are forgotten.
///
/// # Errors
/// Somebody else's group, and who is no student of it, are not found.
pub async fn give_new_password(
    app: &App,
    me: &Me,
    group: GroupId,
    student: PersonId,
) -> Result<NewPassword, SignInError> {
    let (me, now) = (*me, app.clock.now());
    // First, so that nobody makes the server hash for what they may not, and no password is given unnoted.
    app.vault
        .write(move |tx| {
            let (_, group, of) = in_group(tx, &me, group, student, now)?;
            accounts::giving_password(tx, &group, &of, now);
            Ok::<_, SignInError>(())
        })
        .await?;
    let password = draw_password(&app.chance);
    let hash = app.passwords.hash(password.clone(), app.chance.clone()).await?;
    let (of, user_name, ended) = app
        .vault
        .write(move |tx| {
            let (of, _, sight) = in_group(tx, &me, group, student, now)?;
            accounts::set_password(tx, me.controller(), student, &hash, now)?;
            let user_name = people::user_name(tx, &sight)?;
            Ok::<_, SignInError>((of, user_name, sessions::end_all_of(tx, &sight)?))
        })
        .await?;
    for token in &ended {
        app.sessions.forget(token);
    }
    app.guesses.forget(&user_name);
    Ok(NewPassword { of, user_name, password })
}

/// «sol-tiger-lampa-42»
#[must_use]
pub fn draw_password(chance: &Chance) -> String {
    chance.draw(|rng| {
        let mut parts: Vec<String> =
            (0..WORDS_IN_ONE).map(|_| WORDS[rng.random_range(0..WORDS.len())].to_owned()).collect();
        parts.push(rng.random_range(10..100).to_string());
        parts.join("-")
    })
}

#[cfg(test)]
mod tests {
    use super::WORDS;

    #[test]
    fn every_word_can_be_typed_anywhere_and_stands_there_once() {
        let mut words = WORDS.to_vec();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), WORDS.len());
        assert!(words.iter().all(|word| word.bytes().all(|letter| letter.is_ascii_lowercase())));
    }
}
