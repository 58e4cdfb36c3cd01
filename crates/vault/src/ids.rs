//! Addressable ids: 16 bytes that cannot be guessed, one newtype a kind, shown as 32 hexadecimal digits.

use std::{fmt, str::FromStr};

use diesel::{
    backend::Backend,
    deserialize::{self, FromSql, FromSqlRow},
    expression::AsExpression,
    serialize::{self, Output, ToSql},
    sql_types::Binary,
};
use rand::Rng;

/// A text that is not an id: it has to be 32 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an id is 32 hexadecimal digits")]
pub struct NotAnId;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow)]
        #[diesel(sql_type = Binary)]
        pub struct $name([u8; 16]);

        impl $name {
            /// The id with exactly these bytes.
            #[must_use]
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(bytes)
            }

            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; 16] {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write_hex(self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                read_hex(text).map(Self)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(d)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }

        impl<DB: Backend> ToSql<Binary, DB> for $name
        where
            [u8]: ToSql<Binary, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                self.0.as_slice().to_sql(out)
            }
        }

        impl<DB: Backend> FromSql<Binary, DB> for $name
        where
            Vec<u8>: FromSql<Binary, DB>,
        {
            fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
                let bytes = Vec::<u8>::from_sql(bytes)?;
                Ok(Self(bytes.as_slice().try_into()?))
            }
        }
    )+};
}

ids! {
    ControllerId,
    SchoolId,
    GroupId,
    PersonId,
    MembershipId,
    CalculationId,
    AssignmentId,
    EventId,
    DistanceId,
    ReportId,
    EntitlementId,
    /// By which a session is ended from elsewhere; it opens nothing.
    SessionId,
    SteeringId,
    RequestId,
    HoldId,
    /// What stands for who has finished an event in its draw.
    Ticket,
    /// Made by the sender, so that the same line or distance sent twice is stored once.
    IdempotencyKey,
}

macro_rules! at_random {
    ($($name:ident),+ $(,)?) => {$(
        impl $name {
            /// A new id from the given source of chance.
            pub fn random(chance: &mut impl Rng) -> Self {
                let mut bytes = [0; 16];
                chance.fill_bytes(&mut bytes);
                Self(bytes)
            }
        }
    )+};
}

at_random! {
    ControllerId, SchoolId, GroupId, MembershipId, AssignmentId, EventId, DistanceId, ReportId, EntitlementId, SessionId, SteeringId,
    RequestId, HoldId, IdempotencyKey
}

/// How many ids stand on a shelf.
const ROOM: u16 = 1024;

/// Where the next ids stand. Those that are made one after the other stand side by side, and so does in the database
/// what a class does at the same time. Shelves are numbered at random: an id tells nothing of when it was made.
#[derive(Clone, Copy, Default)]
pub struct Shelf {
    number: [u8; 4],
    taken: Option<u16>,
}

impl Shelf {
    fn place(&mut self, chance: &mut impl Rng) -> [u8; 16] {
        let place = match self.taken {
            Some(last) if last + 1 < ROOM => last + 1,
            _ => {
                chance.fill_bytes(&mut self.number);
                0
            }
        };
        self.taken = Some(place);
        let mut bytes = [0; 16];
        chance.fill_bytes(&mut bytes);
        bytes[..4].copy_from_slice(&self.number);
        bytes[4..6].copy_from_slice(&place.to_be_bytes());
        bytes
    }
}

macro_rules! on_shelves {
    ($($name:ident),+ $(,)?) => {$(
        impl $name {
            /// A new id beside those that were made before it: 32 random bits of the shelf, its place there, then 80
            /// random bits of its own.
            pub fn on(shelf: &mut Shelf, chance: &mut impl Rng) -> Self {
                Self(shelf.place(chance))
            }
        }
    )+};
}

on_shelves! { PersonId, CalculationId }

fn write_hex(bytes: [u8; 16], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
}

/// Hyphens are passed over, so that a UUID is read as well.
fn read_hex(text: &str) -> Result<[u8; 16], NotAnId> {
    let mut bytes = [0; 16];
    let mut digits = text.chars().filter(|c| *c != '-');
    for byte in &mut bytes {
        let high = digits.next().and_then(|c| c.to_digit(16)).ok_or(NotAnId)?;
        let low = digits.next().and_then(|c| c.to_digit(16)).ok_or(NotAnId)?;
        *byte = u8::try_from(high * 16 + low).map_err(|_| NotAnId)?;
    }
    digits.next().is_none().then_some(bytes).ok_or(NotAnId)
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::*;

    #[test]
    fn an_id_reads_back_what_it_shows() {
        let id = PersonId::from_bytes(*b"0123456789abcdef");
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!("30313233-3435-3637-3839-616263646566".parse(), Ok(id));
    }

    #[test]
    fn ids_that_are_made_together_stand_together() {
        let (mut shelf, mut chance) = (Shelf::default(), rand::rngs::StdRng::seed_from_u64(1));
        let ids: Vec<_> = (0..2 * ROOM).map(|_| CalculationId::on(&mut shelf, &mut chance)).collect();
        let (first, second) = ids.split_at(usize::from(ROOM));
        for shelf in [first, second] {
            assert!(shelf.is_sorted());
            assert!(shelf.iter().all(|id| id.as_bytes()[..4] == shelf[0].as_bytes()[..4]));
        }
        assert_ne!(first[0].as_bytes()[..4], second[0].as_bytes()[..4]);
        assert_ne!(first[0].as_bytes()[6..], first[1].as_bytes()[6..]);
    }

    #[test]
    fn short_long_and_strange_ids_are_refused() {
        for text in ["", "30", "zz313233343536373839616263646566", "3031323334353637383961626364656600"] {
            assert_eq!(text.parse::<PersonId>(), Err(NotAnId), "{text}");
        }
    }
}
