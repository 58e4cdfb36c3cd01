//! Connections on which nothing whole arrives any more. Actix lets go of one that is idle and of one whose first request
//! does not come; a connection that was used once and then begins a request without ever ending it, it keeps for good.

use std::{
    any::Any,
    os::fd::{AsFd, OwnedFd},
    sync::{
        Arc, Mutex, PoisonError, Weak,
        atomic::{AtomicU32, AtomicU64, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use actix_tls::accept::rustls_0_23::TlsStream;
use actix_web::{
    Error,
    body::MessageBody,
    dev::{Extensions, ServiceRequest, ServiceResponse},
    middleware::Next,
    rt::net::TcpStream,
};
use rustix::net::{Shutdown, shutdown};

/// How often it is looked.
const EVERY: Duration = Duration::from_secs(1);

/// A connection as it is looked at from outside. Whoever serves it has it; when that is gone, so is this.
struct Connection {
    /// The same socket under another number.
    socket: OwnedFd,
    under_way: AtomicU32,
    /// Milliseconds from the server's start to when it was connected or answered last.
    quiet_since: AtomicU64,
}

/// All connections of a server.
#[derive(Clone)]
pub struct Connections {
    all: Arc<Mutex<Vec<Weak<Connection>>>>,
    started: Instant,
    longest: Duration,
}

impl Connections {
    /// None of them may be without a request under way for longer than `longest`.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "limits how long a connection is kept, whatever the clock says")]
    pub fn limited_to(longest: Duration) -> Self {
        Self { all: Arc::default(), started: Instant::now(), longest }
    }

    fn now(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// Takes in one that was accepted; for actix to call.
    pub fn take_in(&self, connection: &dyn Any, data: &mut Extensions) {
        let plain = connection.downcast_ref::<TcpStream>();
        let stream = plain.or_else(|| connection.downcast_ref::<TlsStream<TcpStream>>().map(|tls| tls.get_ref().0));
        // Without a number that is left for it, it is served all the same.
        let Some(Ok(socket)) = stream.map(|stream| stream.as_fd().try_clone_to_owned()) else { return };
        let (under_way, quiet_since) = (AtomicU32::new(0), AtomicU64::new(self.now()));
        let connection = Arc::new(Connection { socket, under_way, quiet_since });
        self.all.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::downgrade(&connection));
        data.insert(Kept { connection, all: self.clone() });
    }

    /// Looks now and then, for as long as it is awaited.
    pub async fn look_after(self) {
        let mut tick = tokio::time::interval(EVERY);
        loop {
            tick.tick().await;
            if Arc::strong_count(&self.all) == 1 {
                // The server has ended.
                return;
            }
            self.end_quiet_ones();
        }
    }

    fn end_quiet_ones(&self) {
        let now = self.now();
        let longest = u64::try_from(self.longest.as_millis()).unwrap_or(u64::MAX);
        self.all.lock().unwrap_or_else(PoisonError::into_inner).retain(|connection| {
            let Some(connection) = connection.upgrade() else { return false };
            let quiet = now.saturating_sub(connection.quiet_since.load(Relaxed));
            if connection.under_way.load(Relaxed) == 0 && quiet > longest {
                // Whoever reads from it hears that nothing more comes, finishes what is still being sent, and lets go of it.
                let _ended_or_gone = shutdown(&connection.socket, Shutdown::Read);
                return false;
            }
            true
        });
    }
}

/// What a connection's requests find.
struct Kept {
    connection: Arc<Connection>,
    all: Connections,
}

/// A request that is under way on a connection.
struct UnderWay {
    connection: Arc<Connection>,
    all: Connections,
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.connection.quiet_since.store(self.all.now(), Relaxed);
        self.connection.under_way.fetch_sub(1, Relaxed);
    }
}

/// Around everything: knows which connections have a request under way.
///
/// # Errors
/// None of its own.
pub async fn mark(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let _until_answered = request.request().conn_data::<Kept>().map(|Kept { connection, all }| {
        connection.under_way.fetch_add(1, Relaxed);
        UnderWay { connection: Arc::clone(connection), all: all.clone() }
    });
    next.call(request).await
}
