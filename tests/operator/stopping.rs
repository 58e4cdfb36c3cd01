//! How a server goes: first it says so, then everybody finishes, then it ends.

use std::{
    io::{Read, Write},
    net::TcpStream,
    os::unix::net::UnixDatagram,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering::SeqCst},
    },
    thread::spawn,
    time::Duration,
};

use serde_json::json;

use crate::{
    client::{Client, key},
    site::{Serving, Site, on_both, until},
    students::{PASSWORD, STUDENTS, opened, site_with_students, text},
};

on_both!(
    every_acknowledged_line_is_there_afterwards,
    it_says_no_at_once_and_answers_until_nobody_comes,
    who_is_slow_may_finish,
    told_twice_it_ends_at_once,
);

fn hear(told: &UnixDatagram) -> String {
    let mut heard = [0; 256];
    let length = told.recv(&mut heard).expect("systemd is told");
    String::from_utf8_lossy(&heard[..length]).trim().to_owned()
}

fn serve(site: &Site, told: &UnixDatagram, settings: &[(&str, &str)]) -> Serving {
    let notify = site.path("notify");
    let mut all = vec![("NOTIFY_SOCKET", notify.to_str().unwrap())];
    all.extend(settings);
    let serving = site.serve(&all);
    assert_eq!(hear(told), "READY=1");
    serving
}

fn every_acknowledged_line_is_there_afterwards(site: &Site) {
    let told = site_with_students(site);
    let serving = serve(site, &told, &[("STEGVIS_STOPPING__NOTICE_SECONDS", "10")]);
    let acknowledged = Arc::new(AtomicU32::new(0));
    let students = STUDENTS.map(|student| {
        let (client, at) = opened(&serving, student);
        let acknowledged = Arc::clone(&acknowledged);
        let there = at.clone();
        // As behind a load balancer: nobody is sent on once /ready says no. Whatever is sent is answered.
        let sending = spawn(move || {
            let mut sent = Vec::new();
            while client.get("/ready").status == 200 {
                let number = u32::try_from(sent.len()).unwrap() + 1;
                let line = json!({ "line": text(number), "key": key(number) });
                let answer = client.post_json(&format!("{there}/lines"), &line);
                if answer.problem() == "closed" || answer.status == 409 || answer.status == 422 {
                    break;
                }
                assert_eq!(answer.status, 201, "{}", answer.body);
                sent.push(text(number));
                acknowledged.fetch_add(1, SeqCst);
            }
            sent
        });
        (student, at, sending)
    });
    until("lines are sent", || acknowledged.load(SeqCst) > 20);
    serving.signal("TERM");
    assert_eq!(hear(&told), "STOPPING=1");
    let students =
        students.map(|(student, at, sending)| (student, at, sending.join().expect("every line is answered")));
    let (code, said) = serving.end();
    assert_eq!(code, Some(0), "{said}");
    let serving = serve(site, &told, &[]);
    for (student, at, sent) in students {
        let shown = serving.sign_in(student, PASSWORD).unwrap().get(&at).json();
        let there: Vec<&str> =
            shown["lines"].as_array().unwrap().iter().filter_map(|l| l["entered"].as_str()).collect();
        assert_eq!(there, sent, "{student}");
    }
    serving.stop();
}

fn it_says_no_at_once_and_answers_until_nobody_comes(site: &Site) {
    let told = site_with_students(site);
    let serving = serve(site, &told, &[("STEGVIS_STOPPING__NOTICE_SECONDS", "600")]);
    let (client, at) = opened(&serving, "alva");
    assert_eq!(client.get("/ready").status, 200);
    assert_ne!(client.get("/ready").header("connection"), "close");
    serving.signal("INT");
    assert_eq!(hear(&told), "STOPPING=1");
    let ready = serving.client().get("/ready");
    assert_eq!((ready.status, ready.header("connection")), (503, "close"));
    assert_eq!(serving.client().get("/health").status, 200);
    let answer = client.post_json(&format!("{at}/lines"), &json!({ "line": text(1), "key": key(1) }));
    assert_eq!((answer.status, answer.header("connection")), (201, "close"), "{}", answer.body);
    serving.signal("INT");
    let (code, said) = serving.end();
    assert_eq!(code, Some(1), "{said}");
}

/// Half a request, taken up: the server has asked for the rest of it.
///
/// That another request is answered would not do, for a connection of its own may be another worker's: told to stop, a
/// worker that has not yet read a connection lets it go.
fn begin(serving: &Serving, client: &Client, at: &str) -> (TcpStream, String) {
    let body = json!({ "line": text(1), "key": key(1) }).to_string();
    let (half, rest) = body.split_at(5);
    let cookie = client.cookie("stegvis").unwrap();
    let mut stream = TcpStream::connect(serving.host()).unwrap();
    stream.set_read_timeout(Some(Duration::from_mins(2))).unwrap();
    write!(
        stream,
        "POST {at}/lines HTTP/1.1\r\nHost: {}\r\nCookie: stegvis={cookie}\r\nSec-Fetch-Site: same-origin\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\nExpect: 100-continue\r\n\r\n{half}",
        serving.host(),
        body.len()
    )
    .unwrap();
    let mut go_on = [0; "HTTP/1.1 100 Continue\r\n\r\n".len()];
    stream.read_exact(&mut go_on).unwrap();
    assert!(go_on.starts_with(b"HTTP/1.1 100 "), "{}", String::from_utf8_lossy(&go_on));
    (stream, rest.to_owned())
}

fn who_is_slow_may_finish(site: &Site) {
    let told = site_with_students(site);
    let serving = serve(site, &told, &[("STEGVIS_STOPPING__FINISH_SECONDS", "600")]);
    let (client, at) = opened(&serving, "alva");
    let (mut slow, rest) = begin(&serving, &client, &at);
    serving.signal("TERM");
    assert_eq!(hear(&told), "STOPPING=1");
    until("nobody new is let in", || TcpStream::connect(serving.host()).is_err());
    slow.write_all(rest.as_bytes()).unwrap();
    let mut answer = String::new();
    slow.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    assert!(answer.to_lowercase().contains("connection: close"), "{answer}");
    let (code, said) = serving.end();
    assert_eq!(code, Some(0), "{said}");
    let serving = serve(site, &told, &[]);
    let shown = serving.sign_in("alva", PASSWORD).unwrap().get(&at).json();
    assert_eq!(shown["lines"][0]["entered"], text(1));
    serving.stop();
}

fn told_twice_it_ends_at_once(site: &Site) {
    let told = site_with_students(site);
    let serving = serve(site, &told, &[("STEGVIS_STOPPING__FINISH_SECONDS", "600")]);
    let (client, at) = opened(&serving, "alva");
    let (_slow, _) = begin(&serving, &client, &at);
    serving.signal("TERM");
    assert_eq!(hear(&told), "STOPPING=1");
    until("nobody new is let in", || TcpStream::connect(serving.host()).is_err());
    serving.signal("TERM");
    let (code, said) = serving.end();
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("told to stop twice"), "{said}");
    // The lock is let go of, and what was acknowledged is there.
    serve(site, &told, &[]).stop();
}
