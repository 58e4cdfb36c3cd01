//! SQLite's one writer: a thread that takes what is queued, writes it in one commit, and only
//! then answers. It never waits for a fuller batch.

mod batch;
mod job;

use std::{
    sync::{
        atomic::{AtomicBool, Ordering::SeqCst},
        mpsc::{Receiver, SyncSender, TrySendError, sync_channel},
    },
    thread::{self, JoinHandle},
};

use tokio::sync::oneshot;

use self::{
    batch::{Loss, write},
    job::{Job, Work},
};
use crate::{Fault, Figures, OpenError, Tx, connection::checkpoint, pool::Maker};

/// The sending end of the queue, and the closing of it.
///
/// Dropping it waits for the thread: what is queued is written, and nobody uses SQLite any more when the program ends.
/// SQLCipher gives its memory back at the very end of a program, and a thread that still used it would crash.
pub(crate) struct Writer {
    /// Present until it is dropped.
    queue: Option<SyncSender<Message>>,
    thread: Option<JoinHandle<()>>,
    closed: AtomicBool,
    figures: Figures,
}

enum Message {
    Job(Box<dyn Job>),
    /// After what was queued before, the log goes into the file.
    EmptyLog(oneshot::Sender<bool>),
    /// What was queued before is written, then the thread ends and tells.
    Close(oneshot::Sender<()>),
}

impl Writer {
    /// Starts the thread with its connection `tx`; `maker` makes another when this one can't be
    /// trusted any more. At most `queue` jobs wait, at most `batch` share a commit.
    pub(crate) fn start(
        tx: Tx,
        maker: Maker,
        queue: usize,
        batch: usize,
        figures: &Figures,
    ) -> Result<Self, OpenError> {
        let (sender, receiver) = sync_channel(queue.max(1));
        let desk = Desk { tx: Some(tx), maker, batch: batch.max(1), figures: figures.clone() };
        let thread = thread::Builder::new()
            .name("vault-writer".into())
            .spawn(move || desk.work(&receiver))
            .map_err(OpenError::Thread)?;
        Ok(Self { queue: Some(sender), thread: Some(thread), closed: AtomicBool::new(false), figures: figures.clone() })
    }

    /// Queues `act`, and comes back when it is on the disk or certainly not.
    pub(crate) async fn write<T, E, F>(&self, act: F) -> Result<T, E>
    where
        F: Fn(&mut Tx) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Fault> + Send + 'static,
    {
        let Some(queue) = self.queue.as_ref().filter(|_| !self.closed.load(SeqCst)) else {
            return Err(Fault::Closed.into());
        };
        let (work, answer) = Work::new(act);
        self.figures.waiting.inc();
        let sent = queue.try_send(Message::Job(Box::new(work)));
        if sent.is_err() {
            self.figures.waiting.dec();
        }
        match sent {
            Ok(()) => match answer.await {
                Ok(Ok(outcome)) => outcome,
                Ok(Err(fault)) => Err(fault.into()),
                // The thread ended with the job still in the queue, so it never ran.
                Err(_) => Err(Fault::Closed.into()),
            },
            Err(TrySendError::Full(_)) => Err(Fault::Full.into()),
            Err(TrySendError::Disconnected(_)) => Err(Fault::Closed.into()),
        }
    }

    /// Comes back when the log lies in the file; false when a reader holds it up.
    pub(crate) async fn empty_log(&self) -> Result<bool, Fault> {
        let Some(queue) = self.queue.as_ref().filter(|_| !self.closed.load(SeqCst)) else {
            return Err(Fault::Closed);
        };
        let (told, tell) = oneshot::channel();
        queue.try_send(Message::EmptyLog(told)).map_err(|error| match error {
            TrySendError::Full(_) => Fault::Full,
            TrySendError::Disconnected(_) => Fault::Closed,
        })?;
        tell.await.map_err(|_| Fault::Closed)
    }

    /// Writes what is queued and ends the thread. Later writes are answered with
    /// [`Fault::Closed`]; closing twice is the same as once.
    pub(crate) async fn close(&self) {
        self.closed.store(true, SeqCst);
        let Some(queue) = self.queue.clone() else { return };
        let (told, tell) = oneshot::channel();
        // Blocking, because the queue may be full; it empties, so this ends.
        let sent = tokio::task::spawn_blocking(move || queue.send(Message::Close(told)));
        if let Ok(Ok(())) = sent.await {
            let _ended = tell.await;
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        drop(self.queue.take());
        // A closure may hold the last handle of the vault; the thread cannot wait for itself.
        if let Some(thread) = self.thread.take().filter(|thread| thread.thread().id() != thread::current().id())
            && thread.join().is_err()
        {
            tracing::error!("the writing thread ended in a panic");
        }
    }
}

/// What the thread works with.
struct Desk {
    /// Absent after a loss, until another connection could be made.
    tx: Option<Tx>,
    maker: Maker,
    batch: usize,
    figures: Figures,
}

impl Desk {
    fn work(mut self, queue: &Receiver<Message>) {
        let mut jobs: Vec<Box<dyn Job>> = Vec::with_capacity(self.batch);
        let mut emptying = Vec::new();
        let mut closing = None;
        while closing.is_none() {
            let Ok(first) = queue.recv() else { break };
            closing = take(first, &mut jobs, &mut emptying);
            while closing.is_none() && jobs.len() < self.batch {
                let Ok(next) = queue.try_recv() else { break };
                closing = take(next, &mut jobs, &mut emptying);
            }
            self.settle(&mut jobs);
            if !emptying.is_empty() {
                let is_empty = self.empty_log();
                for told in emptying.drain(..) {
                    let _listening = told.send(is_empty);
                }
            }
        }
        let _held_up = self.empty_log();
        drop(self);
        if let Some(told) = closing {
            let _listening = told.send(());
        }
    }

    /// Writes the jobs and answers each.
    fn settle(&mut self, jobs: &mut Vec<Box<dyn Job>>) {
        if jobs.is_empty() {
            return;
        }
        let together = u32::try_from(jobs.len()).unwrap_or(u32::MAX);
        self.figures.waiting.dec_by(together.into());
        self.figures.batch.observe(together.into());
        let end = self.write(jobs);
        if let Err(loss) = &end {
            tracing::error!(%loss, jobs = jobs.len(), "a batch of writes was lost");
            // Whatever state it is in: closing it rolls back what is open.
            self.tx = None;
        }
        for job in jobs.drain(..) {
            job.finish(end.as_ref().err().map(Fault::from));
        }
    }

    fn write(&mut self, jobs: &mut [Box<dyn Job>]) -> Result<(), Loss> {
        if self.tx.is_none() {
            self.tx = Some(self.maker.make().map_err(|e| Loss::Unavailable(e.to_string()))?);
        }
        let Some(tx) = &mut self.tx else {
            return Err(Loss::Unbalanced);
        };
        if tx.left_out() { batch::run_only(tx, jobs) } else { write(tx, jobs) }
    }

    /// Puts the log into the file, so that one file is what a closed vault leaves behind, and nothing that was deleted.
    fn empty_log(&mut self) -> bool {
        let Some(tx) = &mut self.tx else { return false };
        match checkpoint(tx.connection()) {
            Ok(is_empty) => is_empty,
            Err(error) => {
                tracing::warn!(%error, "the log stays beside the database");
                false
            }
        }
    }
}

/// Puts a job with the others, or who waits for an empty log with those; says who waits for the end.
fn take(
    message: Message,
    jobs: &mut Vec<Box<dyn Job>>,
    emptying: &mut Vec<oneshot::Sender<bool>>,
) -> Option<oneshot::Sender<()>> {
    match message {
        Message::Job(job) => {
            jobs.push(job);
            None
        }
        Message::EmptyLog(told) => {
            emptying.push(told);
            None
        }
        Message::Close(told) => Some(told),
    }
}
