//! Bytes on a connection, before anybody knows that they are a request.

use std::{
    cell::RefCell,
    io::{Read, Write},
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{Arc, mpsc},
    thread::{self, JoinHandle},
    time::Duration,
};

use actix_web::dev::ServerHandle;
use stegvis::web;

use crate::house::{self, with_house};

/// How long an answer may take before the connection is given up; whether the server lives is asked afterwards.
const PATIENCE: Duration = Duration::from_secs(10);
/// After so many bytes of answers nobody reads on.
const ENOUGH: u64 = 64 * 1024;

/// A server in a house of its own.
struct Running {
    address: SocketAddr,
    handle: ServerHandle,
    thread: JoinHandle<()>,
}

thread_local! {
    static RUNNING: RefCell<Option<Running>> = const { RefCell::new(None) };
}

fn start() -> Running {
    let (tell, told) = mpsc::channel();
    let thread = thread::spawn(move || {
        with_house(|house| {
            house.wait(async {
                let listener = TcpListener::bind("127.0.0.1:0")?;
                let address = listener.local_addr()?;
                let server = web::server(Arc::clone(&house.app), listener, None)?;
                let _nobody_waits_any_more = tell.send((address, server.handle()));
                server.await
            })
        })
        .unwrap_or_else(|error| panic!("no server: {error}"));
        house::leave();
    });
    let (address, handle) = told.recv().unwrap_or_else(|_| panic!("the server did not start"));
    Running { address, handle, thread }
}

/// Stops this thread's server, if there is one.
pub fn leave() {
    let Some(Running { handle, thread, .. }) = RUNNING.take() else { return };
    actix_web::rt::System::new().block_on(handle.stop(false));
    assert!(thread.join().is_ok(), "the server ended in a panic");
}

/// A whole connection: the bytes, then its end.
///
/// Oracle: what comes back begins as HTTP does and tells of no fault of the server's own; afterwards the server answers
/// somebody else.
pub fn wire(data: &[u8]) {
    let address = RUNNING.with_borrow_mut(|running| running.get_or_insert_with(start).address);
    let answer = exchange(address, data);
    if !answer.is_empty() {
        assert!(answer.starts_with(b"HTTP/1."), "{:?}", String::from_utf8_lossy(&answer));
        assert_ne!(answer.get(9), Some(&b'5'), "{:?}", String::from_utf8_lossy(&answer));
    }
    let health = exchange(address, b"GET /health HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    assert!(health.starts_with(b"HTTP/1.1 200 "), "the server does not live: {:?}", String::from_utf8_lossy(&health));
}

fn exchange(address: SocketAddr, bytes: &[u8]) -> Vec<u8> {
    let mut answer = Vec::new();
    let Ok(mut stream) = TcpStream::connect(address) else { return answer };
    let told = stream.set_read_timeout(Some(PATIENCE)).and_then(|()| stream.write_all(bytes));
    if told.and_then(|()| stream.shutdown(Shutdown::Write)).is_ok() {
        let _cut_off = (&stream).take(ENOUGH).read_to_end(&mut answer);
    }
    answer
}
