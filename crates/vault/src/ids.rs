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

use crate::time::Millis;

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

at_random! { ControllerId, SchoolId, GroupId, MembershipId, AssignmentId, EventId, DistanceId, IdempotencyKey }

macro_rules! in_order_of_time {
    ($($name:ident),+) => {$(
        impl $name {
            /// A new id that stands after all earlier ones, so that what belongs to a lesson lies side by side in the
            /// database: 48 bits of the time, then 80 bits from the given source of chance.
            pub fn new(now: Millis, chance: &mut impl Rng) -> Self {
                let mut bytes = [0; 16];
                let (time, rest) = bytes.split_at_mut(6);
                time.copy_from_slice(&now.0.to_be_bytes()[2..]);
                chance.fill_bytes(rest);
                Self(bytes)
            }
        }
    )+};
}

in_order_of_time! { PersonId, CalculationId }

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
    fn calculations_stand_in_the_order_of_their_opening() {
        let mut chance = rand::rngs::StdRng::seed_from_u64(1);
        let ids: Vec<_> = [0, 1, 255, 256, 1_795_000_000_000, 1_795_000_000_001]
            .map(|now| CalculationId::new(Millis(now), &mut chance))
            .into();
        assert!(ids.is_sorted());
        assert_ne!(CalculationId::new(Millis(5), &mut chance), CalculationId::new(Millis(5), &mut chance));
    }

    #[test]
    fn short_long_and_strange_ids_are_refused() {
        for text in ["", "30", "zz313233343536373839616263646566", "3031323334353637383961626364656600"] {
            assert_eq!(text.parse::<PersonId>(), Err(NotAnId), "{text}");
        }
    }
}
