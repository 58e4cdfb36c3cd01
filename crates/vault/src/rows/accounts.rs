//! Credentials.

use crate::{
    access::{Me, PasswordsSight, StudentSight},
    audit::{Action, Chain, Class, Note, Subject},
    connection::Tx,
    fault::Fault,
    ids::{ControllerId, PersonId},
    rows::arrival,
    time::Millis,
};

/// What sign-in compares. The hash is a PHC string.
pub struct Credential {
    me: Me,
    pub password_hash: String,
}

impl Credential {
    /// To be called only after the password was found to match.
    #[must_use]
    pub const fn proven(&self) -> Me {
        self.me
    }
}

/// Notes that a sign-in was refused. `credential` is what was found by the user name: where nothing was, it is noted in
/// the operator's part, so that a name that is somebody's takes no longer than one that is nobody's.
pub fn refused(tx: &mut Tx, credential: Option<&Credential>, now: Millis) {
    let whose = credential.map(|credential| credential.me);
    let (chain, subject) =
        whose.map_or((Chain::OPERATOR.0, Subject::Nobody), |me| (me.controller, Subject::Person(me.person)));
    tx.note(Note::act(chain, None, (Action::SignIn, Class::Session), subject, now).refused());
}

/// Notes that a student of the group is about to be given another password. To be committed before [`set_password`],
/// which holds at once: no password is given that the audit does not tell of.
pub fn giving_password(tx: &mut Tx, group: &PasswordsSight, to: &StudentSight, now: Millis) {
    let what = (Action::GivePassword, Class::Password);
    tx.note(Note::act(to.controller, group.by, what, Subject::Person(to.student), now));
}

/// Holds at once, whatever becomes of the transaction: the key store has it.
pub fn set_password(tx: &mut Tx, controller: ControllerId, of: PersonId, hash: &str, now: Millis) -> Result<(), Fault> {
    set_passwords(tx, controller, &[of], hash, now)
}

/// The same hash for several persons, as in a demo.
pub fn set_passwords(
    tx: &mut Tx,
    controller: ControllerId,
    of: &[PersonId],
    hash: &str,
    now: Millis,
) -> Result<(), Fault> {
    tx.keys().set_passwords(controller, of, hash, now)
}

/// Found by the blind index of the user name. A key that a crash left behind without a person lets nobody in.
pub fn credential(tx: &mut Tx, user_name: &str) -> Result<Option<Credential>, Fault> {
    let Some((controller, person, password_hash)) = tx.keys().credential(user_name)? else { return Ok(None) };
    let there = arrival::is_there(tx, controller, person)?;
    Ok(there.then_some(Credential { me: Me { controller, person }, password_hash }))
}

/// Whether a user name is somebody's. One that a crash left behind without a person is nobody's.
pub fn is_taken(tx: &mut Tx, user_name: &str) -> Result<bool, Fault> {
    match tx.keys().owner_of(user_name)? {
        Some((controller, person)) => arrival::is_there(tx, controller, person),
        None => Ok(false),
    }
}
