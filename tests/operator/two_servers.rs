//! Two servers on one PostgreSQL behind a balancer that knows nothing of what it passes on.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{
            AtomicBool, AtomicU32, AtomicUsize,
            Ordering::{Relaxed, SeqCst},
        },
    },
    thread::{scope, spawn},
};

use serde_json::{Value, json};
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::oneshot,
};

use crate::{
    client::{Answer, Client, key},
    site::{Serving, Site, until},
    students::{PASSWORD, STUDENTS, opened, site_with_students, text},
};

/// Gives each connection to the next server; one that cannot be reached is passed over from then on.
struct Balancer {
    address: String,
    end: Option<oneshot::Sender<()>>,
}

impl Balancer {
    fn between(servers: &[&Serving]) -> Self {
        let servers: Vec<SocketAddr> = servers.iter().map(|serving| serving.host().parse().unwrap()).collect();
        let (end, ended) = oneshot::channel();
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                tokio::select! {
                    () = pass_on(TcpListener::from_std(listener).unwrap(), servers) => {}
                    _ = ended => {}
                }
            });
        });
        Self { address, end: Some(end) }
    }

    fn client(&self) -> Client {
        Client::new(self.address.clone())
    }
}

impl Drop for Balancer {
    fn drop(&mut self) {
        let _there_or_gone = self.end.take().unwrap().send(());
    }
}

async fn pass_on(listener: TcpListener, servers: Vec<SocketAddr>) {
    let servers: Arc<Vec<(SocketAddr, AtomicBool)>> =
        Arc::new(servers.into_iter().map(|server| (server, AtomicBool::new(true))).collect());
    let next = Arc::new(AtomicUsize::new(0));
    loop {
        let Ok((mut from, _)) = listener.accept().await else { continue };
        let (servers, next) = (Arc::clone(&servers), Arc::clone(&next));
        tokio::spawn(async move {
            for _ in 0..servers.len() {
                let (server, lives) = &servers[next.fetch_add(1, Relaxed) % servers.len()];
                if !lives.load(Relaxed) {
                    continue;
                }
                match TcpStream::connect(server).await {
                    Ok(mut to) => {
                        let _broken_or_done = copy_bidirectional(&mut from, &mut to).await;
                        return;
                    }
                    Err(_) => lives.store(false, Relaxed),
                }
            }
        });
    }
}

/// A student whose every request comes over a connection of its own, and so to the other server.
struct Student {
    client: Client,
    cookie: String,
    at: String,
}

impl Student {
    fn of(balancer: &Balancer, signed: &Client, at: &str) -> Self {
        let cookie = format!("stegvis={}", signed.cookie("stegvis").unwrap());
        Self { client: balancer.client(), cookie, at: at.to_owned() }
    }

    /// None if the connection broke before there was an answer.
    fn ask(&self, method: &str, path: &str, body: &str) -> Option<Answer> {
        let headers = [
            ("cookie", self.cookie.as_str()),
            ("connection", "close"),
            ("sec-fetch-site", "same-origin"),
            ("content-type", "application/json"),
        ];
        self.client.try_ask(method, path, &headers, body).ok()
    }

    /// Sends a line as the line editor does: with the same key, until it is taken.
    fn send(&self, number: u32) {
        let body = json!({ "line": text(number), "key": key(number) }).to_string();
        until("the line is taken", || {
            let Some(answer) = self.ask("POST", &format!("{}/lines", self.at), &body) else { return false };
            assert!(matches!(answer.status, 200 | 201 | 409 | 503), "{}", answer.body);
            answer.status < 300
        });
    }

    fn lines(&self) -> Vec<String> {
        let shown = self.ask("GET", &self.at, "").expect("somebody answers");
        assert_eq!(shown.status, 200, "{}", shown.body);
        entered(&shown.json())
    }
}

fn entered(shown: &Value) -> Vec<String> {
    let lines = shown["lines"].as_array().unwrap().iter();
    lines.filter_map(|line| line["entered"].as_str().map(str::to_owned)).collect()
}

fn sorted(mut lines: Vec<String>) -> Vec<String> {
    lines.sort_unstable();
    lines
}

fn numbered(numbers: impl Iterator<Item = u32>) -> Vec<String> {
    sorted(numbers.map(text).collect())
}

#[test]
fn one_student_at_both_loses_nothing_and_has_nothing_twice() {
    const EACH: u32 = 30;
    let Some(site) = Site::on_postgres() else { return };
    let _told = site_with_students(&site);
    let (one, other) = (site.serve(&[]), site.serve(&[]));
    let balancer = Balancer::between(&[&one, &other]);
    let (signed, at) = opened(&one, "alva");
    scope(|scope| {
        for tab in 0..2 {
            let student = Student::of(&balancer, &signed, &at);
            scope.spawn(move || (0..EACH).for_each(|line| student.send(tab * 1_000 + line)));
        }
    });
    let sent = numbered((0..2).flat_map(|tab| (0..EACH).map(move |line| tab * 1_000 + line)));
    let student = Student::of(&balancer, &signed, &at);
    // From each of the two, whichever it is.
    let seen = [student.lines(), student.lines()];
    assert_eq!(seen[0], seen[1]);
    assert_eq!(sorted(seen[0].clone()), sent);
    let numbers = site.ask("SELECT count(DISTINCT number) AS said FROM line");
    assert_eq!(numbers, [(2 * EACH).to_string()], "each has a number of its own");
    one.stop();
    other.stop();
}

#[test]
fn one_that_is_killed_in_the_lesson_is_not_missed() {
    const LINES: u32 = 60;
    let Some(site) = Site::on_postgres() else { return };
    let _told = site_with_students(&site);
    let (one, other) = (site.serve(&[]), site.serve(&[]));
    let balancer = Balancer::between(&[&one, &other]);
    let taken = AtomicU32::new(0);
    let students: Vec<(Client, String)> = STUDENTS.iter().map(|student| opened(&other, student)).collect();
    scope(|scope| {
        for (signed, at) in &students {
            let (student, taken) = (Student::of(&balancer, signed, at), &taken);
            scope.spawn(move || {
                for number in 1..=LINES {
                    student.send(number);
                    taken.fetch_add(1, SeqCst);
                }
            });
        }
        until("the lesson goes on", || taken.load(SeqCst) > 20);
        one.signal("KILL");
    });
    one.end();
    for (signed, at) in &students {
        let student = Student::of(&balancer, signed, at);
        let lines = student.lines();
        assert_eq!(lines.len(), usize::try_from(LINES).unwrap());
        assert_eq!(lines, (1..=LINES).map(text).collect::<Vec<_>>(), "in the order in which they were sent");
    }
    assert_eq!(site.ask("SELECT count(*) AS said FROM line"), [(LINES * 4).to_string()]);
    let again = site.serve(&[]);
    assert!(again.sign_in("alva", PASSWORD).is_some());
    again.stop();
    other.stop();
}

#[test]
fn who_signs_out_of_one_is_out_of_the_other() {
    let Some(site) = Site::on_postgres() else { return };
    let _told = site_with_students(&site);
    let (one, other) = (site.serve(&[]), site.serve(&[]));
    let at_one = one.sign_in("alva", PASSWORD).unwrap();
    let cookie = format!("stegvis={}", at_one.cookie("stegvis").unwrap());
    let at_other = || other.client().ask("GET", "/api/v1/me", &[("cookie", &cookie)], "").status;
    assert_eq!(at_other(), 200);
    assert_eq!(at_one.post("/sign-out", &[]).status, 303);
    // Two seconds is what is promised; how long it is on a busy machine is not held against it.
    until("the other server has heard of it", || at_other() == 401);
    one.stop();
    other.stop();
}
