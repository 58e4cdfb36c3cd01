//! A queued closure and who waits for its answer.

use tokio::sync::oneshot;

use crate::{Fault, Tx};

/// A [`Work`] whose types the queue doesn't need to know.
pub(crate) trait Job: Send {
    /// Runs the closure and keeps what it gave; true when its changes are wanted.
    fn run(&mut self, tx: &mut Tx) -> bool;

    /// The closure panicked: this is its answer, whatever happens to the others.
    fn panicked(&mut self);

    /// Answers, after the commit. With a `lost` fault that is the answer, because what a closure
    /// decided may rest on changes that were lost with it.
    fn finish(self: Box<Self>, lost: Option<Fault>);
}

/// How far a closure has come.
enum Stage<T, E> {
    Queued,
    Ran(Result<T, E>),
    Panicked,
}

/// What a waiting caller is told: the closure's own outcome, or why there is none.
pub(crate) type Answer<T, E> = Result<Result<T, E>, Fault>;

pub(crate) struct Work<F, T, E> {
    act: F,
    stage: Stage<T, E>,
    answer: oneshot::Sender<Answer<T, E>>,
}

impl<F, T, E> Work<F, T, E> {
    pub(crate) fn new(act: F) -> (Self, oneshot::Receiver<Answer<T, E>>) {
        let (answer, receiver) = oneshot::channel();
        (
            Self {
                act,
                stage: Stage::Queued,
                answer,
            },
            receiver,
        )
    }
}

impl<F, T, E> Job for Work<F, T, E>
where
    F: Fn(&mut Tx) -> Result<T, E> + Send,
    T: Send,
    E: Send,
{
    fn run(&mut self, tx: &mut Tx) -> bool {
        let outcome = (self.act)(tx);
        let wanted = outcome.is_ok();
        self.stage = Stage::Ran(outcome);
        wanted
    }

    fn panicked(&mut self) {
        self.stage = Stage::Panicked;
    }

    fn finish(self: Box<Self>, lost: Option<Fault>) {
        let answer = match (lost, self.stage) {
            (_, Stage::Panicked) => Err(Fault::Panicked),
            (Some(fault), _) => Err(fault),
            (None, Stage::Ran(outcome)) => Ok(outcome),
            // Only a lost batch leaves a job that never ran.
            (None, Stage::Queued) => Err(Fault::Closed),
        };
        // Nobody may be listening any more; the write stands all the same.
        let _listening = self.answer.send(answer);
    }
}
