//! A password was forgotten: the teacher of the group gives another, in words that are easy to read and to say.

use rand::RngExt;
use vault::{
    GroupId, Me, PersonId, Refusal, StudentSight, Tx, access,
    rows::{
        accounts,
        people::{self, NamedGroup, NamedStudent},
        sessions,
    },
};

use super::{SignInError, words::WORDS};
use crate::app::App;

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
) -> Result<(InGroup, StudentSight), Refusal> {
    let sight = access::group(tx, me, group, now)?;
    let found = people::students_of(tx, &sight, now)?.into_iter().find(|(found, _)| found.id == student);
    let (student, of) = found.ok_or(Refusal::NotFound)?;
    Ok((InGroup { group: people::group_named(tx, &sight, now)?, student }, of))
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
    // Asked first, so that nobody makes the server hash for what they may not.
    student_in_group(app, me, group, student).await?;
    let password = drawn(app);
    let hash = app.passwords.hash(password.clone(), app.chance.clone()).await?;
    let (me, now) = (*me, app.clock.now());
    let (of, user_name, ended) = app
        .vault
        .write(move |tx| {
            let (of, sight) = in_group(tx, &me, group, student, now)?;
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
pub(crate) fn drawn(app: &App) -> String {
    app.chance.draw(|rng| {
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
