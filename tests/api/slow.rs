//! Clients that take their time, on purpose or in a bad net: they are let go of, and the others are served meanwhile.

use std::{
    io::{ErrorKind, Read, Write},
    net::{Shutdown, TcpStream},
    process::Command,
    thread::sleep,
    time::{Duration, Instant},
};

use crate::{app::TestApp, client::key};

/// Short, so that nobody waits for the limits that a school's net needs.
const SHORT: [(&str, &str); 4] = [
    ("STEGVIS_LIMITS__HEADER_SECONDS", "1"),
    ("STEGVIS_LIMITS__BODY_SECONDS", "1"),
    ("STEGVIS_LIMITS__IDLE_SECONDS", "1"),
    ("STEGVIS_LIMITS__UNREAD_SECONDS", "1"),
];

fn connect(app: &TestApp) -> TcpStream {
    let stream = TcpStream::connect(app.socket()).unwrap();
    stream.set_read_timeout(Some(Duration::from_mins(2))).unwrap();
    stream
}

/// Sends a byte now and then until the server has closed the connection; gives what it said before.
fn drip(mut stream: TcpStream, bytes: &mut dyn Iterator<Item = u8>) -> String {
    stream.set_read_timeout(Some(Duration::from_millis(100))).unwrap();
    let mut said = Vec::new();
    // Two minutes on a machine of any speed.
    for _ in 0..1_200 {
        let mut some = [0; 1024];
        match stream.read(&mut some) {
            Ok(0) => return String::from_utf8(said).unwrap(),
            Ok(read) => said.extend(&some[..read]),
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
            Err(_) => return String::from_utf8(said).unwrap(),
        }
        let _sent_or_closed = bytes.next().map(|byte| stream.write_all(&[byte]));
    }
    panic!("the server goes on listening");
}

/// A lesson that goes on.
fn others_are_served(app: &TestApp) {
    let alva = app.alva();
    let (address, _) = alva.follow("/calculations", &[]);
    alva.follow(&format!("{address}/lines"), &[("line", "1"), ("key", &key(1))]);
    assert_eq!(app.nobody().get("/ready").status, 200);
}

#[test]
fn who_never_ends_their_headers_is_let_go() {
    let app = TestApp::set(&SHORT);
    let head = "GET /health HTTP/1.1\r\nHost: localhost\r\nX-Slow: ".bytes().chain(std::iter::repeat(b'a'));
    let stream = connect(&app);
    let said = std::thread::scope(|scope| {
        let dripping = scope.spawn(move || drip(stream, &mut head.into_iter()));
        others_are_served(&app);
        dripping.join().unwrap()
    });
    assert!(said.is_empty() || said.starts_with("HTTP/1.1 408"), "{said}");
}

#[test]
fn who_never_ends_their_body_is_let_go() {
    let app = TestApp::set(&SHORT);
    let alva = app.alva();
    let cookie = alva.cookie("stegvis").unwrap();
    let (address, _) = alva.follow("/calculations", &[]);
    for (path, kind) in [
        (format!("/api/v1{address}/lines"), "application/json"),
        (format!("{address}/lines"), "application/x-www-form-urlencoded"),
    ] {
        let mut stream = connect(&app);
        write!(
            stream,
            "POST {path} HTTP/1.1\r\nHost: localhost\r\nCookie: stegvis={cookie}\r\nSec-Fetch-Site: same-origin\r\n\
             Content-Type: {kind}\r\nContent-Length: 1000\r\n\r\n"
        )
        .unwrap();
        let said = drip(stream, &mut std::iter::repeat(b' '));
        assert!(said.starts_with("HTTP/1.1 408") && said.contains("too-slow"), "{said}");
    }
    others_are_served(&app);
}

#[test]
fn who_says_nothing_or_only_half_is_let_go_by_the_thousand() {
    let app = TestApp::set(&SHORT);
    // Each of them is three files of this process, which may have few to begin with.
    let own = std::process::id();
    let more = Command::new("prlimit").arg(format!("--pid={own}")).arg("--nofile=20000:").output();
    let many = if more.is_ok_and(|done| done.status.success()) { 1_000 } else { 100 };
    let silent: Vec<TcpStream> = (0..many).map(|_| connect(&app)).collect();
    for (number, mut stream) in silent.iter().enumerate() {
        match number % 3 {
            0 => {}
            1 => stream.write_all(b"GET / HT").unwrap(),
            _ => stream.shutdown(Shutdown::Write).unwrap(),
        }
    }
    others_are_served(&app);
    for mut stream in silent {
        let mut said = Vec::new();
        // Closed with or without a word; whatever else, it ends.
        let _ended = stream.read_to_end(&mut said);
    }
    others_are_served(&app);
}

#[test]
fn a_connection_that_was_used_is_not_kept_by_half_a_request() {
    let app = TestApp::set(&SHORT);
    let mut stream = connect(&app);
    stream.write_all(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut some = [0; 1024];
    let read = stream.read(&mut some).unwrap();
    assert!(some[..read].starts_with(b"HTTP/1.1 200"));
    let head = "GET /health HTTP/1.1\r\nHost: localhost\r\nX-Slow: ".bytes().chain(std::iter::repeat(b'a'));
    drip(stream, &mut head.into_iter());
    others_are_served(&app);
}

#[test]
fn a_connection_that_is_used_again_and_again_is_kept() {
    let app = TestApp::set(&[
        ("STEGVIS_LIMITS__HEADER_SECONDS", "1"),
        ("STEGVIS_LIMITS__IDLE_SECONDS", "4"),
        ("STEGVIS_LIMITS__UNREAD_SECONDS", "1"),
    ]);
    // Six seconds without a request would be its end; a test that is kept from asking for four begins again.
    let is_kept = |_| {
        let (mut stream, mut some) = (connect(&app), [0; 1024]);
        let mut longest_pause = Duration::ZERO;
        for _ in 0..100 {
            let before = now();
            sleep(Duration::from_millis(100));
            let sent = stream.write_all(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
            longest_pause = longest_pause.max(before.elapsed());
            let read = sent.and_then(|()| stream.read(&mut some)).unwrap_or_default();
            if !some[..read].starts_with(b"HTTP/1.1 200") {
                assert!(longest_pause > Duration::from_secs(2), "closed in the middle of its use");
                return false;
            }
        }
        true
    };
    assert!((0..20).any(is_kept), "this machine is too busy to tell");
}

#[expect(clippy::disallowed_methods, reason = "the connections' limits go by the real time")]
fn now() -> Instant {
    Instant::now()
}

#[test]
fn who_does_not_read_is_let_go() {
    let app = TestApp::set(&SHORT);
    let mut stream = connect(&app);
    stream.set_write_timeout(Some(Duration::from_millis(200))).unwrap();
    // Asks for more than any buffer holds and takes nothing of it.
    let asks = b"GET /help HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(20_000);
    let mut patience = 600;
    loop {
        match stream.write_all(&asks) {
            Ok(()) => {}
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                sleep(Duration::from_millis(50));
            }
            // Reset: the server has given up.
            Err(_) => break,
        }
        patience -= 1;
        assert!(patience > 0, "the server waits for ever");
    }
    others_are_served(&app);
}

#[test]
fn a_handshake_that_stalls_is_let_go() {
    let app = TestApp::set(&[&SHORT[..], &[("STEGVIS_TLS__SELF_SIGNED", "true")]].concat());
    let mut silent = connect(&app);
    let mut half = connect(&app);
    // The beginning of a record that announces more than comes.
    half.write_all(&[22, 3, 1, 2, 0, 1, 0, 1, 252]).unwrap();
    for stream in [&mut silent, &mut half] {
        let mut said = Vec::new();
        let _ended = stream.read_to_end(&mut said);
    }
}
