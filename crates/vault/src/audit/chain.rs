//! What is hashed, byte by byte. Every field goes in with its length before it, so that no two entries read the same, and
//! every kind of hash begins with words of its own.

use sha2::{Digest, Sha256};

use super::note::{Actor, Chain, Note, Subject};
use crate::{fault::Fault, key::fill, time::Millis};

/// A SHA-256.
pub(crate) type Hash = [u8; 32];
/// 128 random bits.
pub(crate) type Salt = [u8; 16];

const MILLISECONDS_IN_A_DAY: i64 = 86_400_000;

/// Days since 1970-01-01, UTC.
pub(crate) const fn day_of(at: Millis) -> i64 {
    at.0.div_euclid(MILLISECONDS_IN_A_DAY)
}

struct Fields(Sha256);

impl Fields {
    fn of(domain: &str) -> Self {
        Self(Sha256::new()).and(domain.as_bytes())
    }

    fn and(mut self, field: &[u8]) -> Self {
        self.0.update((field.len() as u64).to_be_bytes());
        self.0.update(field);
        self
    }

    fn hash(self) -> Hash {
        self.0.finalize().into()
    }
}

/// What the first link of a chain hangs on.
pub(crate) fn beginning(chain: Chain) -> Hash {
    Fields::of("stegvis audit chain 1").and(chain.0.as_bytes()).hash()
}

/// One link as it is chained.
pub(crate) struct Link<'a> {
    pub(crate) seq: i64,
    pub(crate) day: i64,
    pub(crate) chain: Chain,
    pub(crate) action: &'a str,
    pub(crate) class: &'a str,
    pub(crate) outcome: &'a str,
    pub(crate) actor: &'a [u8],
    pub(crate) subject: &'a [u8],
}

impl Link<'_> {
    /// `H(domain ‖ seq ‖ day ‖ controller ‖ action ‖ class ‖ outcome ‖ C_actor ‖ C_subject ‖ hash before)`
    pub(crate) fn hash(&self, before: &[u8]) -> Hash {
        Fields::of("stegvis audit event 1")
            .and(&self.seq.to_be_bytes())
            .and(&self.day.to_be_bytes())
            .and(self.chain.0.as_bytes())
            .and(self.action.as_bytes())
            .and(self.class.as_bytes())
            .and(self.outcome.as_bytes())
            .and(self.actor)
            .and(self.subject)
            .and(before)
            .hash()
    }
}

/// Who did it, as it stands in the side row.
pub(crate) struct ActorSide<'a> {
    pub(crate) salt: &'a [u8],
    pub(crate) controller: Option<&'a [u8]>,
    pub(crate) person: Option<&'a [u8]>,
    pub(crate) role: Option<&'a str>,
}

impl ActorSide<'_> {
    /// `H(domain ‖ salt ‖ controller ‖ person ‖ role)`; what is absent is empty, which no id is.
    pub(crate) fn commitment(&self) -> Hash {
        Fields::of("stegvis audit actor 1")
            .and(self.salt)
            .and(self.controller.unwrap_or_default())
            .and(self.person.unwrap_or_default())
            .and(self.role.unwrap_or_default().as_bytes())
            .hash()
    }
}

/// About whom and exactly when, as it stands in the side row.
pub(crate) struct SubjectSide<'a> {
    pub(crate) salt: &'a [u8],
    pub(crate) kind: &'a str,
    pub(crate) id: Option<&'a [u8]>,
    pub(crate) at: Millis,
    pub(crate) detail: Option<&'a [u8]>,
}

impl SubjectSide<'_> {
    /// `H(domain ‖ salt ‖ kind ‖ id ‖ milliseconds ‖ detail)`
    pub(crate) fn commitment(&self) -> Hash {
        Fields::of("stegvis audit subject 1")
            .and(self.salt)
            .and(self.kind.as_bytes())
            .and(self.id.unwrap_or_default())
            .and(&self.at.0.to_be_bytes())
            .and(self.detail.unwrap_or_default())
            .hash()
    }
}

/// Fresh salts for both sides of a note.
pub(crate) struct Salts {
    pub(crate) actor: Salt,
    pub(crate) subject: Salt,
}

impl Salts {
    pub(crate) fn draw() -> Result<Self, Fault> {
        let mut both = [0; 32];
        fill(&mut both)?;
        let (mut actor, mut subject) = ([0; 16], [0; 16]);
        actor.copy_from_slice(&both[..16]);
        subject.copy_from_slice(&both[16..]);
        Ok(Self { actor, subject })
    }

    /// The commitments to who, and to whom and when.
    pub(crate) fn commit(&self, note: &Note) -> (Hash, Hash) {
        let controller = note.actor.as_ref().map(|actor: &Actor| actor.controller.as_bytes().as_slice());
        let person = note.actor.as_ref().map(|actor| actor.person.as_bytes().as_slice());
        let role = note.actor.and_then(|actor| actor.role).map(crate::Role::name);
        let id = Subject::id(&note.subject);
        let actor = ActorSide { salt: &self.actor, controller, person, role }.commitment();
        let subject = SubjectSide {
            salt: &self.subject,
            kind: note.subject.kind(),
            id: id.as_ref().map(<[u8; 16]>::as_slice),
            at: note.at,
            detail: note.detail.as_ref().map(<[u8; 16]>::as_slice),
        };
        (actor, subject.commitment())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ControllerId;

    const CHAIN: Chain = Chain(ControllerId::from_bytes([1; 16]));

    fn link<'a>(action: &'a str, class: &'a str) -> Link<'a> {
        Link { seq: 1, day: 20_000, chain: CHAIN, action, class, outcome: "done", actor: &[2; 32], subject: &[3; 32] }
    }

    #[test]
    fn no_two_entries_read_the_same() {
        let before = beginning(CHAIN);
        assert_ne!(link("look", "names").hash(&before), link("lookn", "ames").hash(&before));
        assert_ne!(link("look", "names").hash(&before), link("look", "names").hash(&beginning(Chain::OPERATOR)));
        let side = |role| ActorSide { salt: &[1; 16], controller: None, person: None, role };
        assert_ne!(side(None).commitment(), side(Some("teacher")).commitment());
    }

    /// Held by figures that were made outside of this program, so that what was chained once can always be verified:
    /// `python3 -c 'import hashlib,struct; f=lambda *p: hashlib.sha256(b"".join(struct.pack(">Q",len(x))+x for x in p)).hexdigest(); …'`
    #[test]
    fn a_link_is_hashed_as_it_is_written_down() {
        let hex = |hash: Hash| hash.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        let before = beginning(CHAIN);
        assert_eq!(hex(before), "4f23eeb40477f10e12ad06594800eb1dab98e35599d898d52379b924d1174cab");
        assert_eq!(
            hex(link("look", "names").hash(&before)),
            "157d38185b0416d80f90583e4688225d06d1b59641bd71a28d3896690b8c001d"
        );
        let actor =
            ActorSide { salt: &[7; 16], controller: Some(&[1; 16]), person: Some(&[4; 16]), role: Some("teacher") };
        assert_eq!(hex(actor.commitment()), "8ea7771286e3715ab330b0902c347483704ffea783e7b826b52acbf72a8c9cac");
        let subject = SubjectSide {
            salt: &[8; 16],
            kind: "person",
            id: Some(&[5; 16]),
            at: Millis(1_728_000_000_123),
            detail: None,
        };
        assert_eq!(hex(subject.commitment()), "a9556a6a7c06fd7b03f67befcdd6a8dd858ad9ae60382a8fd145defed42a5f26");
    }
}
