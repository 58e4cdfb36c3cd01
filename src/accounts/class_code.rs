//! The class code: a door that a teacher holds open for a group, and who comes in by it.

use rand::RngExt;
use vault::{
    GroupId, Me, Millis, PersonId, access,
    rows::{
        class_codes::{self, AtTheDoor, CameIn, ClassCode, OpenCode},
        people::{self, NamedGroup},
    },
};

use super::{SignInError, Token, Visitor, sessions};
use crate::app::App;

/// Minutes for which a code may be open.
pub const MINUTES: std::ops::RangeInclusive<u32> = 1..=60;
/// Minutes for which it usually is.
pub const USUAL_MINUTES: u32 = 10;

/// Letters and digits that nobody takes for another, in capitals.
const SIGNS: &[u8] = b"ACDEFGHJKMNPQRTUVWXY34679";
/// Signs in each half of a code.
const HALF: usize = 3;
/// Places that are drawn before somebody is asked to try again.
const DRAWS: usize = 8;

/// A group's door as its teacher sees it.
pub struct Door {
    pub group: NamedGroup,
    pub open: Option<OpenCode>,
    /// First to last.
    pub inside: Vec<CameIn>,
    pub now: Millis,
}

/// The door of a group that I teach.
///
/// # Errors
/// Somebody else's group is not found.
pub async fn door(app: &App, me: &Me, group: GroupId) -> Result<Door, SignInError> {
    let (me, now) = (*me, app.clock.now());
    app.vault
        .read(move |tx| {
            let sight = access::door(tx, &me, group, now)?;
            Ok(Door {
                group: people::group_named(tx, &sight, now)?,
                open: class_codes::of_group(tx, &sight, now)?,
                inside: class_codes::came_in(tx, &sight, now)?,
                now,
            })
        })
        .await
}

/// Opens a new code for a group that I teach; the one there was opens nothing from then on.
///
/// # Errors
/// Somebody else's group is not found; [`SignInError::Busy`] if no place is free.
pub async fn open_class_code(app: &App, me: &Me, group: GroupId, minutes: u32) -> Result<(), SignInError> {
    let (me, now) = (*me, app.clock.now());
    let closes = now.plus(i64::from(minutes.clamp(*MINUTES.start(), *MINUTES.end())) * 60_000);
    let codes: Vec<ClassCode> = (0..DRAWS).map(|_| ClassCode { place: drawn(app), secret: drawn(app) }).collect();
    app.vault
        .write(move |tx| {
            let sight = access::door(tx, &me, group, now)?;
            for code in &codes {
                if class_codes::open(tx, &sight, code, now, closes)? {
                    return Ok(());
                }
            }
            Err(SignInError::Busy)
        })
        .await
}

fn drawn(app: &App) -> String {
    app.chance.draw(|rng| (0..HALF).map(|_| char::from(SIGNS[rng.random_range(0..SIGNS.len())])).collect())
}

/// Closes the code of a group that I teach. Who is in stays in.
///
/// # Errors
/// Somebody else's group is not found.
pub async fn close_class_code(app: &App, me: &Me, group: GroupId) -> Result<(), SignInError> {
    let (me, now) = (*me, app.clock.now());
    app.vault
        .write(move |tx| {
            let sight = access::door(tx, &me, group, now)?;
            Ok(class_codes::close(tx, &sight, now)?)
        })
        .await
}

/// Signs out a student who came in by the code of a group that I teach; the name can then be picked again.
///
/// # Errors
/// Somebody else's group, or somebody who did not come in by its code, is not found.
pub async fn throw_out(app: &App, me: &Me, group: GroupId, student: PersonId) -> Result<(), SignInError> {
    let (me, now) = (*me, app.clock.now());
    let ended = app
        .vault
        .write(move |tx| {
            let sight = access::door(tx, &me, group, now)?;
            Ok::<_, SignInError>(class_codes::throw_out(tx, &sight, student, now)?)
        })
        .await?;
    for token in &ended {
        app.sessions.forget(token);
    }
    if ended.is_empty() { Err(SignInError::NotFound) } else { Ok(()) }
}

/// The code as people type it: small letters, spaces and hyphens are nothing.
#[must_use]
pub fn read_class_code(typed: &str) -> Option<ClassCode> {
    let signs: String = typed
        .chars()
        .filter(|sign| !sign.is_whitespace() && *sign != '-')
        .map(|sign| sign.to_ascii_uppercase())
        .collect();
    let is_code = signs.len() == 2 * HALF && signs.bytes().all(|sign| SIGNS.contains(&sign));
    is_code.then(|| ClassCode { place: signs[..HALF].to_owned(), secret: signs[HALF..].to_owned() })
}

/// Who may come in by a code.
///
/// # Errors
/// [`SignInError::NoCode`] if it opens nothing; too many wrong tries before.
pub async fn names_behind(app: &App, typed: &str, visitor: Visitor) -> Result<Vec<AtTheDoor>, SignInError> {
    let now = app.clock.now();
    through(app, typed, visitor, move |tx, entrance| Ok(entrance.students(tx, now)?)).await
}

/// Opens a session for the student who comes in by a code and picks a name.
///
/// # Errors
/// [`SignInError::NoCode`] if the code opens nothing (any more), [`SignInError::NameTaken`] if somebody came in by that name
/// or it is not in the group.
pub async fn come_in(app: &App, typed: &str, name: PersonId, visitor: Visitor) -> Result<Token, SignInError> {
    app.metrics.sign_in("class_code", try_come_in(app, typed, name, visitor).await)
}

async fn try_come_in(app: &App, typed: &str, name: PersonId, visitor: Visitor) -> Result<Token, SignInError> {
    let now = app.clock.now();
    let opening = sessions::Opening::draw(app, visitor);
    let token = opening.token.clone();
    through(app, typed, visitor, move |tx, entrance| {
        let me = entrance.become_student(tx, name, now)?.ok_or(SignInError::NameTaken)?;
        opening.open(tx, &me, sessions::How::ClassCode(entrance.group()))?;
        Ok(())
    })
    .await?;
    Ok(token)
}

/// Goes through the door that a code opens; a wrong one is counted.
async fn through<T: Send + 'static>(
    app: &App,
    typed: &str,
    visitor: Visitor,
    then: impl Fn(&mut vault::Tx, &class_codes::Entrance) -> Result<T, SignInError> + Send + 'static,
) -> Result<T, SignInError> {
    let guess = app.guesses.begin_at_no_account(visitor.address)?;
    let now = app.clock.now();
    let found = match read_class_code(typed) {
        None => None,
        Some(code) => {
            let tried = move |tx: &mut vault::Tx| match class_codes::try_code(tx, &code, now)? {
                // An error would take back what was counted.
                None => Ok::<_, SignInError>(None),
                Some(entrance) => then(tx, &entrance).map(Some),
            };
            app.vault.write(tried).await?
        }
    };
    if found.is_none() {
        guess.was_wrong();
    }
    found.ok_or(SignInError::NoCode)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        for typed in ["KM47TX", "km4 7tx", " KM4-7TX ", "k m 4 7 t x"] {
            let Some(code) = read_class_code(typed) else { panic!("{typed}") };
            assert_eq!((code.place.as_str(), code.secret.as_str()), ("KM4", "7TX"));
        }
        for typed in ["", "KM47T", "KM47TXX", "KM4 7T0", "KM47TÅ", "ÅÅÅ"] {
            assert!(read_class_code(typed).is_none(), "{typed}");
        }
    }
}
