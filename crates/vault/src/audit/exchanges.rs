//! Exchanges of keys: done in the key store, told of in the chains of the data. A stop in between tells of none twice.

use diesel::prelude::*;

use super::note::{Action, Chain, Note, Subject};
use crate::{Fault, Tx, Vault, keys::Exchange, schema::audit_personal};

/// The turn of whoever tells of exchanges.
const TELLING: i64 = 5_384_701_231;

impl Vault {
    /// Carries over to the audit what was done to keys since it was asked before, by whichever process. Says how many
    /// exchanges those were.
    ///
    /// # Errors
    /// When one of the stores does not answer; to be tried again then.
    pub async fn tell_of_exchanges(&self) -> Result<usize, Fault> {
        let told = self
            .write(|tx| {
                // Two processes that looked at once would both find that it was not told of.
                tx.take_turn(TELLING)?;
                let exchanges = tx.keys().exchanges()?;
                for exchange in &exchanges {
                    let note = note(exchange);
                    if !is_told(tx, &note)? {
                        tx.note(note);
                    }
                }
                Ok::<_, Fault>(exchanges.into_iter().map(|exchange| exchange.id).collect::<Vec<_>>())
            })
            .await?;
        if told.is_empty() {
            return Ok(0);
        }
        let count = told.len();
        self.write(move |tx| tx.keys().exchanges_are_told(&told)).await?;
        Ok(count)
    }
}

fn note(exchange: &Exchange) -> Note {
    let chain = exchange.controller.unwrap_or(Chain::OPERATOR.0);
    Note::act(chain, None, (Action::ExchangeKeys, exchange.level), Subject::Nobody, exchange.at).about(exchange.id)
}

fn is_told(tx: &mut Tx, note: &Note) -> Result<bool, Fault> {
    let there: i64 = audit_personal::table
        .filter(audit_personal::controller_id.eq(note.chain.0))
        .filter(audit_personal::subject_id.is_null())
        .filter(audit_personal::at.eq(note.at))
        .filter(audit_personal::detail.eq(note.detail.map(Vec::from)))
        .count()
        .get_result(tx.connection())?;
    Ok(there > 0)
}
