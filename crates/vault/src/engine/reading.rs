//! Reading, and writing down what was looked at.

use diesel::connection::SimpleConnection;

use super::{Vault, Way};
use crate::{Fault, audit::Note, connection::Tx, figures::Watch, pool::Pool};

impl Vault {
    /// Runs `look` on a blocking thread, in a transaction that sees one moment of the database
    /// and can't change it. Looks at somebody else's data that were noted in it are on the disk before
    /// what it gives leaves this function.
    ///
    /// # Errors
    /// What `look` gives, [`Fault::Unavailable`] when no connection was free or no answer there in time,
    /// [`Fault::Panicked`], [`Fault::Closed`]; [`Fault::NotRecorded`] or [`Fault::Full`] when a look could not be written.
    pub async fn read<T, E, F>(&self, look: F) -> Result<T, E>
    where
        F: FnOnce(&mut Tx) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Fault> + Send + 'static,
    {
        let seen = self.on_pool(self.looking(look, &[]));
        self.after_a_look(seen).await
    }

    /// The same for what takes as long as it takes, such as a sum over everything: whatever the vault's patience is.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub async fn survey<T, E, F>(&self, look: F) -> Result<T, E>
    where
        F: FnOnce(&mut Tx) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Fault> + Send + 'static,
    {
        let seen = self.when_it_is_its_turn(self.looking(look, &["SET LOCAL statement_timeout = 0"]));
        self.after_a_look(seen).await
    }

    /// Looks in a transaction that can change nothing; `first` is said to PostgreSQL.
    fn looking<T, E, F>(
        &self,
        look: F,
        first: &'static [&'static str],
    ) -> impl FnOnce(&Pool) -> Result<(T, Vec<Note>), E> + Send + use<T, E, F>
    where
        F: FnOnce(&mut Tx) -> Result<T, E> + Send + 'static,
        E: From<Fault>,
    {
        let (begin, first) = match self.rooms.way {
            Way::Thread(_) => ("BEGIN", &[][..]),
            Way::Pool { .. } => ("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY", first),
        };
        move |pool| {
            let mut tx = pool.begin(begin)?;
            let said = first.iter().try_for_each(|sql| tx.connection().batch_execute(sql));
            let _of_who_was_before = tx.take_notes();
            let outcome = said.map_err(|error| Fault::from(error).into()).and_then(|()| look(&mut tx));
            let notes = tx.take_notes();
            // A connection that can't be rolled back is closed when the pool gets it.
            let _closed_instead = tx.roll_back_to(0);
            outcome.map(|seen| (seen, notes))
        }
    }

    async fn after_a_look<T, E: From<Fault>>(
        &self,
        seen: impl Future<Output = Result<(T, Vec<Note>), E>>,
    ) -> Result<T, E> {
        let (watch, figures) = (Watch::start(), &self.rooms.figures);
        let outcome = seen.await;
        figures.reads.inc();
        figures.read_seconds.observe(watch.seconds());
        let (seen, notes) = outcome?;
        self.record(notes).await?;
        Ok(seen)
    }

    /// Writes down what was looked at, but for what was written down a short while ago.
    async fn record(&self, notes: Vec<Note>) -> Result<(), Fault> {
        let notes = self.rooms.recent.leave_out(notes);
        if notes.is_empty() {
            return Ok(());
        }
        let written = notes.clone();
        let write = move |tx: &mut Tx| {
            notes.iter().for_each(|note| tx.note(*note));
            Ok(())
        };
        self.write(write).await.map_err(|fault| match fault {
            Fault::Full | Fault::Closed | Fault::Unavailable(_) => fault,
            other => Fault::NotRecorded(other.to_string()),
        })?;
        self.rooms.recent.remember(&written);
        Ok(())
    }
}
