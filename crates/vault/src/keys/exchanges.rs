//! That keys were exchanged, until the audit tells of it. The exchange may be done while the data are another process's;
//! the row is written with it, and the server carries it over.

use diesel::prelude::*;

use super::{Keys, schema::key_exchange};
use crate::{Fault, audit::Class, connection::Connection, ids::ControllerId, key::fill, time::Millis};

/// One exchange that was done.
pub(crate) struct Exchange {
    pub(crate) id: [u8; 16],
    /// Which keys.
    pub(crate) level: Class,
    /// None for the master key.
    pub(crate) controller: Option<ControllerId>,
    pub(crate) at: Millis,
}

/// Writes down an exchange, in its own transaction. One of many persons' keys at one moment is one.
pub(super) fn note(
    connection: &mut Connection,
    level: Class,
    controller: Option<ControllerId>,
    at: Millis,
) -> Result<(), Fault> {
    let then: Vec<Option<ControllerId>> = key_exchange::table
        .filter(key_exchange::level.eq(level.name()))
        .filter(key_exchange::at.eq(at))
        .select(key_exchange::controller_id)
        .load(connection)?;
    if then.contains(&controller) {
        return Ok(());
    }
    let mut id = [0; 16];
    fill(&mut id)?;
    diesel::insert_into(key_exchange::table)
        .values((
            key_exchange::id.eq(id.as_slice()),
            key_exchange::level.eq(level.name()),
            key_exchange::controller_id.eq(controller),
            key_exchange::at.eq(at),
        ))
        .execute(connection)?;
    Ok(())
}

impl Keys {
    /// What the audit does not tell of yet, oldest first.
    pub(crate) fn exchanges(&self) -> Result<Vec<Exchange>, Fault> {
        let rows: Vec<(Vec<u8>, String, Option<ControllerId>, Millis)> = self.read(|_, connection| {
            Ok(key_exchange::table
                .select((key_exchange::id, key_exchange::level, key_exchange::controller_id, key_exchange::at))
                .order(key_exchange::at)
                .load(connection)?)
        })?;
        let exchange = |(id, level, controller, at): (Vec<u8>, String, Option<ControllerId>, Millis)| {
            Some(Exchange { id: id.try_into().ok()?, level: Class::named(&level)?, controller, at })
        };
        Ok(rows.into_iter().filter_map(exchange).collect())
    }

    /// To be called when the audit tells of them.
    pub(crate) fn exchanges_are_told(&self, ids: &[[u8; 16]]) -> Result<(), Fault> {
        let ids: Vec<&[u8]> = ids.iter().map(<[u8; 16]>::as_slice).collect();
        self.write(|_, connection| {
            diesel::delete(key_exchange::table).filter(key_exchange::id.eq_any(ids)).execute(connection)?;
            Ok(())
        })
    }
}

#[cfg(test)]
impl Keys {
    /// Puts back what was told of.
    pub(crate) fn exchange_again(&self, exchanges: &[Exchange]) -> Result<(), Fault> {
        self.write(|_, connection| {
            for Exchange { id, level, controller, at } in exchanges {
                diesel::insert_into(key_exchange::table)
                    .values((
                        key_exchange::id.eq(id.as_slice()),
                        key_exchange::level.eq(level.name()),
                        key_exchange::controller_id.eq(controller),
                        key_exchange::at.eq(at),
                    ))
                    .execute(connection)?;
            }
            Ok(())
        })
    }
}
