//! More requests at once than can be worked on: the surplus is told at once to come back, and nobody keeps the others out
//! by waiting or by sending slowly. The writer is held up, so that what is under way stays so.

use std::{
    io::{Read, Write},
    net::TcpStream,
    sync::{Arc, Mutex, mpsc},
    thread::{self, ScopedJoinHandle},
    time::Duration,
};

use crate::{
    app::TestApp,
    client::{Answer, Client, key},
    world::PASSWORD,
};

/// One request at a time.
const ONE: [(&str, &str); 1] = [("STEGVIS_OVERLOAD__REQUESTS_AT_ONCE", "1")];

fn wait_until(what: &str, is_so: impl Fn() -> bool) {
    for _ in 0..6_000 {
        if is_so() {
            return;
        }
        thread::sleep(Duration::from_millis(10));
    }
    panic!("never: {what}");
}

/// Holds the writer up while `meanwhile` goes on, then lets it go on.
fn while_nothing_is_written(app: &TestApp, meanwhile: impl FnOnce()) {
    let gate = Arc::new(Mutex::new(()));
    let (tell, held) = mpsc::channel();
    thread::scope(|scope| {
        let shut = gate.lock().unwrap();
        let behind = Arc::clone(&gate);
        let writer = scope.spawn(move || {
            app.write(move |_| {
                let _told = tell.send(());
                drop(behind.lock());
                Ok(())
            });
        });
        held.recv().unwrap();
        meanwhile();
        drop(shut);
        writer.join().unwrap();
    });
}

#[test]
fn the_surplus_is_told_at_once_to_come_back() {
    let app = TestApp::set(&ONE);
    let (alva, bo, nobody) = (app.signed_in("alva"), app.signed_in("bo"), app.nobody());
    thread::scope(|scope| {
        let mut opening: Option<ScopedJoinHandle<Answer>> = None;
        while_nothing_is_written(&app, || {
            opening = Some(scope.spawn(|| alva.post("/calculations", &[])));
            wait_until("a request is under way", || app.under_way() == 1);
            let page = bo.get("/today");
            assert_eq!((page.status, page.header("retry-after"), page.problem().as_str()), (503, "1", "busy"));
            assert!(page.header("content-security-policy").contains("default-src 'self'"));
            for answer in [
                bo.get("/api/v1/me"),
                bo.post_fragment("/calculations/0/lines", &[]),
                bo.post_json("/api/v1/calculations", &serde_json::json!({})),
            ] {
                assert_eq!((answer.status, answer.header("retry-after")), (503, "1"));
                assert_eq!(answer.json()["code"], "busy");
            }
            // Supervisors and stylesheets do not wait for anybody.
            assert_eq!(nobody.get("/health").status, 200);
            assert_eq!(nobody.get("/assets/nothing.css").status, 404);
        });
        assert_eq!(opening.unwrap().join().unwrap().status, 303);
    });
    assert_eq!((app.under_way(), bo.get("/today").status), (0, 200));
}

#[test]
fn who_waits_for_a_password_keeps_nobody_out() {
    let app = TestApp::set(&ONE);
    let (bo, alva) = (app.signed_in("bo"), app.nobody());
    let checked = app.checked_passwords();
    thread::scope(|scope| {
        let mut signing_in: Option<ScopedJoinHandle<Answer>> = None;
        while_nothing_is_written(&app, || {
            signing_in = Some(scope.spawn(|| alva.post("/sign-in", &[("user_name", "alva"), ("password", PASSWORD)])));
            wait_until("the password is looked at", || app.checked_passwords() > checked);
            // The session cannot be written yet, and a reader comes in all the same.
            assert_eq!((app.under_way(), bo.get("/today").status), (0, 200));
        });
        assert_eq!(signing_in.unwrap().join().unwrap().status, 303);
    });
}

#[test]
fn who_sends_slowly_keeps_nobody_out() {
    let app = TestApp::set(&ONE);
    let (alva, bo) = (app.signed_in("alva"), app.signed_in("bo"));
    let (address, _) = alva.follow("/calculations", &[]);
    let body = format!("line=1&key={}", key(1));
    let (first, rest) = body.split_at(3);
    let mut slow = begin_to_send(&app, &alva, &format!("{address}/lines"), &body);
    slow.write_all(first.as_bytes()).unwrap();
    assert_eq!(bo.get("/today").status, 200);
    slow.write_all(rest.as_bytes()).unwrap();
    let mut answer = String::new();
    slow.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    let huge = alva.post(&format!("{address}/lines"), &[("line", &"1".repeat(70_000)), ("key", &key(2))]);
    assert_eq!(huge.problem(), "too-big");
}

/// Sends the head of a form as our own script does, and comes back when the server has read it.
fn begin_to_send(app: &TestApp, by: &Client, path: &str, body: &str) -> TcpStream {
    let mut stream = TcpStream::connect(app.socket()).unwrap();
    let (host, session) = (by.host(), by.cookie("stegvis").unwrap());
    write!(
        stream,
        "POST {path} HTTP/1.1\r\nhost: {host}\r\ncookie: stegvis={session}\r\nsec-fetch-site: same-origin\r\n\
         x-fragment: line\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\
         expect: 100-continue\r\nconnection: close\r\n\r\n",
        body.len()
    )
    .unwrap();
    let mut told = [0; 25];
    stream.read_exact(&mut told).unwrap();
    assert_eq!(told, *b"HTTP/1.1 100 Continue\r\n\r\n");
    stream
}
