//! The open loop: requests become due at a constant rate, whether or not those before were answered, and each is timed
//! from the moment at which it was due. A server that stalls for a second keeps nobody from coming, so the stall is seen
//! by all who came meanwhile. A closed loop, in which everybody waits for an answer first, would count it once.

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    error::Error,
    io,
    net::SocketAddr,
    rc::Rc,
    time::{Duration, Instant},
};

use anyhow::Context;
use proofs::client::{Answer, Ask, Connection, Cut};
use tokio::{
    sync::oneshot,
    task::spawn_local,
    time::{sleep_until, timeout},
};

use crate::figures::{Figures, Kind, Outcome};

/// After so long a request counts as lost.
const PATIENCE: Duration = Duration::from_secs(30);

/// Somebody who asks: a student, a teacher.
pub trait Actor: 'static {
    /// What they ask when their turn comes, and when [`Actor::hear`] has said that they go on.
    fn next(&mut self) -> (Kind, Ask);

    /// The answer; none if there is none. Whether they ask something more at once, as part of the same turn.
    ///
    /// # Errors
    /// An answer that should not have come.
    fn hear(&mut self, answer: Option<&Answer>) -> Result<bool, String>;
}

/// An actor with their connection, which is kept as a browser keeps it.
pub struct Seat<A> {
    pub actor: A,
    connection: Option<Connection>,
}

impl<A> Seat<A> {
    pub const fn of(actor: A) -> Self {
        Self { actor, connection: None }
    }

    /// Asks; on another connection if the server has closed this one meanwhile, which browsers do without a word.
    async fn ask(&mut self, to: SocketAddr, ask: &Ask) -> Result<Answer, Cut> {
        if let Some(kept) = self.connection.as_mut().filter(|kept| kept.is_open()) {
            match kept.ask(ask).await {
                Err(Cut::Connection(error)) if closed_meanwhile(&error) => {}
                outcome => return outcome,
            }
        }
        let mut fresh = Connection::open(to).await?;
        let outcome = fresh.ask(ask).await;
        self.connection = outcome.is_ok().then_some(fresh);
        outcome
    }
}

/// Whether the other side let go of a connection while nothing was asked there.
fn closed_meanwhile(error: &hyper::Error) -> bool {
    let cause = error.source().and_then(|cause| cause.downcast_ref::<io::Error>()).map(io::Error::kind);
    let is_reset = matches!(cause, Some(io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe));
    is_reset || error.is_canceled() || error.is_incomplete_message() || error.is_closed()
}

/// How many arrive a second, and for how long.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    pub rate: f64,
    pub lasting: Duration,
}

impl Pace {
    /// When the `number`th is due after the start; none after the end.
    fn due(&self, number: u32) -> Option<Duration> {
        let due = Duration::from_secs_f64(f64::from(number) / self.rate);
        (due < self.lasting).then_some(due)
    }
}

/// Who waits for a turn, and turns that wait for somebody.
#[derive(Default)]
struct Turns {
    waiting: RefCell<VecDeque<oneshot::Sender<Instant>>>,
    due: RefCell<VecDeque<Instant>>,
    ended: Cell<bool>,
}

impl Turns {
    /// Gives a turn to the one who has waited longest; to the next who is ready, if nobody waits.
    fn give(&self, due: Instant) {
        while let Some(next) = self.waiting.borrow_mut().pop_front() {
            if next.send(due).is_ok() {
                return;
            }
        }
        self.due.borrow_mut().push_back(due);
    }

    /// When the turn that is taken was due; none when there will be no more.
    async fn take(&self) -> Option<Instant> {
        if let Some(due) = self.due.borrow_mut().pop_front() {
            return Some(due);
        }
        if self.ended.get() {
            return None;
        }
        let (tell, told) = oneshot::channel();
        self.waiting.borrow_mut().push_back(tell);
        told.await.ok()
    }

    fn end(&self) {
        self.ended.set(true);
        self.waiting.borrow_mut().clear();
    }
}

/// Lets the actors ask at this pace, in turn, and waits for the last answers. Needs a `LocalSet`.
///
/// # Errors
/// When an actor's own program fails.
pub async fn run<A: Actor>(to: SocketAddr, seats: &mut Vec<Seat<A>>, pace: Pace) -> anyhow::Result<Figures> {
    let (turns, figures) = (Rc::new(Turns::default()), Rc::new(RefCell::new(Figures::default())));
    let tasks: Vec<_> =
        seats.drain(..).map(|seat| spawn_local(sit(to, seat, Rc::clone(&turns), Rc::clone(&figures)))).collect();
    // So that all are waiting when the first turn is given.
    tokio::task::yield_now().await;
    let start = Instant::now();
    for number in 0.. {
        let Some(due) = pace.due(number) else { break };
        let due = start + due;
        if Instant::now() < due {
            sleep_until(due.into()).await;
        }
        turns.give(due);
    }
    turns.end();
    for task in tasks {
        seats.push(task.await.context("an actor")?);
    }
    Ok(Rc::try_unwrap(figures).ok().context("an actor goes on")?.into_inner())
}

/// One actor's turns, to the end.
async fn sit<A: Actor>(to: SocketAddr, mut seat: Seat<A>, turns: Rc<Turns>, figures: Rc<RefCell<Figures>>) -> Seat<A> {
    while let Some(mut due) = turns.take().await {
        figures.borrow_mut().left(due.elapsed());
        loop {
            let (kind, ask) = seat.actor.next();
            let outcome = timeout(PATIENCE, seat.ask(to, &ask)).await;
            let took = due.elapsed();
            let (outcome, answer) = match &outcome {
                Ok(Ok(answer)) => (Outcome::Answered(answer), Some(answer)),
                Ok(Err(cut)) => (Outcome::Cut(cut), None),
                Err(_) => (Outcome::Silence, None),
            };
            figures.borrow_mut().record(kind, took, &outcome);
            if matches!(outcome, Outcome::Silence) {
                seat.connection = None;
            }
            match seat.actor.hear(answer) {
                Ok(true) => due = Instant::now(),
                Ok(false) => break,
                Err(fault) => {
                    figures.borrow_mut().fault(format!("{kind}: {fault}"));
                    break;
                }
            }
        }
    }
    seat
}

#[cfg(test)]
mod tests {
    use std::{
        io::{Read, Write},
        net::{TcpListener, TcpStream},
        sync::{
            Arc, Mutex,
            atomic::{AtomicU64, Ordering::SeqCst},
            mpsc,
        },
        thread,
    };

    use super::*;
    use crate::figures::{longest, milliseconds};

    /// Asks for one page, again and again.
    struct Reader;

    impl Actor for Reader {
        fn next(&mut self) -> (Kind, Ask) {
            ("page", Ask::get("/"))
        }

        fn hear(&mut self, _: Option<&Answer>) -> Result<bool, String> {
            Ok(false)
        }
    }

    const DONE: &str = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
    const REFUSED: &str = "HTTP/1.1 503 Service Unavailable\r\nretry-after: 1\r\ncontent-length: 0\r\n\r\n";

    /// A server that gives `answer(n)` to the nth request, and stalls all of them while `gate` is held.
    fn stub(gate: Arc<Mutex<()>>, asked: Arc<AtomicU64>, answer: fn(u64) -> &'static str) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (gate, asked) = (Arc::clone(&gate), Arc::clone(&asked));
                thread::spawn(move || serve(stream, &gate, &asked, answer));
            }
        });
        address
    }

    fn serve(mut stream: TcpStream, gate: &Mutex<()>, asked: &AtomicU64, answer: fn(u64) -> &'static str) {
        let mut bytes = [0; 4096];
        while stream.read(&mut bytes).is_ok_and(|count| count > 0) {
            let number = asked.fetch_add(1, SeqCst);
            drop(gate.lock().unwrap());
            if stream.write_all(answer(number).as_bytes()).is_err() {
                return;
            }
        }
    }

    fn measure(to: SocketAddr, actors: usize, pace: Pace) -> Figures {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        tokio::task::LocalSet::new().block_on(&runtime, async {
            let mut seats = (0..actors).map(|_| Seat::of(Reader)).collect();
            let figures = run(to, &mut seats, pace).await.unwrap();
            assert_eq!(seats.len(), actors);
            figures
        })
    }

    #[test]
    fn everything_that_is_due_is_asked_and_counted() {
        let asked = Arc::new(AtomicU64::new(0));
        let to = stub(Arc::default(), Arc::clone(&asked), |number| if number % 4 == 3 { REFUSED } else { DONE });
        let figures = measure(to, 10, Pace { rate: 200.0, lasting: Duration::from_secs(1) });
        let all = figures.all();
        assert_eq!((all.statuses[&200], all.statuses[&503]), (150, 50));
        assert_eq!((all.done.len(), all.refused.len(), all.without_retry_after, all.lost), (150, 50, 0, 0));
        assert_eq!((asked.load(SeqCst), figures.failed), (200, 0));
    }

    #[test]
    fn a_stall_is_seen_by_all_who_came_meanwhile() {
        let (gate, asked) = (Arc::new(Mutex::new(())), Arc::new(AtomicU64::new(0)));
        let to = stub(Arc::clone(&gate), Arc::clone(&asked), |_| DONE);
        let (tell, shut) = mpsc::channel();
        let holder = thread::spawn(move || {
            let _held = gate.lock().unwrap();
            tell.send(()).unwrap();
            while asked.load(SeqCst) == 0 {
                thread::sleep(Duration::from_millis(1));
            }
            thread::sleep(Duration::from_secs(1));
        });
        shut.recv().unwrap();
        // Few actors: what is due beyond them waits in the generator, and its time runs all the same.
        let figures = measure(to, 3, Pace { rate: 100.0, lasting: Duration::from_secs(2) });
        holder.join().unwrap();
        let times = figures.all().done;
        assert_eq!(times.len(), 200);
        // A closed loop would have seen three slow answers of two hundred, and the p95 of a fast server. A hundred came
        // during the stall; the later they came, the less they waited, but never less than what was left of it. A slow
        // machine makes all of this longer only.
        assert!(longest(&times) >= 995.0, "{}", longest(&times));
        assert!(milliseconds(&times, 0.9) >= 750.0, "{}", milliseconds(&times, 0.9));
        assert!(milliseconds(&times, 0.6) >= 150.0, "{}", milliseconds(&times, 0.6));
    }

    #[test]
    fn nobody_there_is_no_answer() {
        let to = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let figures = measure(to, 2, Pace { rate: 50.0, lasting: Duration::from_millis(100) });
        let all = figures.all();
        assert_eq!((all.lost, all.done.len(), figures.failed), (5, 0, 5));
        assert!(figures.faults[0].contains("no connection"), "{:?}", figures.faults);
    }
}
