//! What the server does when something under it fails: it says so, loses nothing that it acknowledged, and goes on by
//! itself when it can.

use std::{
    fs::{self, File},
    io::{Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread::scope,
    time::Duration,
};

use serde_json::json;

use crate::{
    client::{Answer, Client, key},
    cluster::Cluster,
    site::{Serving, Site, on_both, until},
    students::{PASSWORD, opened, site_with_students},
};

on_both!(files_that_run_out_keep_nobody_out_for_good);

/// A student who sends lines, and remembers which were taken.
struct Lesson {
    client: Client,
    at: String,
    taken: Vec<String>,
}

impl Lesson {
    fn begin(serving: &Serving) -> Self {
        let (client, at) = opened(serving, "alva");
        Self { client, at, taken: Vec::new() }
    }

    /// Sends the next line; the same with the same key, until it is taken.
    fn send(&mut self) -> Answer {
        let number = u32::try_from(self.taken.len()).unwrap() + 1;
        let text = format!("{number} + (");
        let body = json!({ "line": text, "key": key(number) });
        let answer = self.client.post_json(&format!("{}/lines", self.at), &body);
        if answer.status == 201 || answer.status == 200 {
            self.taken.push(text);
        }
        answer
    }

    fn send_some(&mut self) {
        for _ in 0..5 {
            let answer = self.send();
            assert_eq!(answer.status, 201, "{}", answer.body);
        }
    }

    /// Sends until a line is refused with the problem.
    fn send_until(&mut self, status: u16, problem: &str) {
        let before = self.taken.len();
        loop {
            let answer = self.send();
            if answer.status != 201 {
                assert_eq!((answer.status, answer.problem().as_str()), (status, problem), "{}", answer.body);
                assert!(!answer.header("retry-after").is_empty());
                return;
            }
            assert!(self.taken.len() - before < 150, "every line is taken");
        }
    }

    fn send_until_taken(&mut self) {
        until("a line is taken again", || {
            let answer = self.send();
            assert!(matches!(answer.status, 200 | 201 | 503 | 507), "{}", answer.body);
            answer.status < 500
        });
        self.send_some();
    }

    /// What was taken, in order, once each, and nothing else.
    fn must_be_there(&self, client: &Client) {
        let shown = client.get(&self.at);
        assert_eq!(shown.status, 200, "{}", shown.body);
        let shown = shown.json();
        let there: Vec<&str> =
            shown["lines"].as_array().unwrap().iter().filter_map(|line| line["entered"].as_str()).collect();
        assert_eq!(there, self.taken);
    }
}

/// Ends the server and looks from another one.
fn must_all_be_there(site: &Site, serving: Serving, lesson: &Lesson) {
    serving.signal("KILL");
    let (_, said) = serving.end();
    assert!(!said.contains("panicked"), "{said}");
    let serving = site.serve(&[]);
    lesson.must_be_there(&serving.sign_in("alva", PASSWORD).unwrap());
    serving.stop();
}

/// Serves, and does not end when it gets this signal.
fn serve_ignoring(site: &Site, signal: &str) -> Serving {
    let mut deaf = Command::new("env");
    deaf.arg(format!("--ignore-signal={signal}")).arg(env!("CARGO_BIN_EXE_stegvis"));
    let mut command = site.setting(deaf, &["serve"]);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    Serving::start(command)
}

/// How often the metrics have counted something.
fn counted(serving: &Serving, what: &str) -> f64 {
    let told = serving.client().page("/metrics").body;
    let line = told.lines().find_map(|line| line.strip_prefix(what)?.strip_prefix(' '));
    line.unwrap_or_else(|| panic!("{what} is not counted: {told}")).parse().unwrap()
}

/// A file system of its own under the data; only where the tests may mount one.
struct SmallDisk(PathBuf);

impl SmallDisk {
    fn under(place: PathBuf) -> Option<Self> {
        fs::create_dir(&place).unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=24m,mode=0700", "tmpfs"]).arg(&place);
        let mounted = mount.output().is_ok_and(|done| done.status.success());
        if !mounted {
            eprintln!("note: no right to mount a small disk, this test is left out");
        }
        mounted.then_some(Self(place))
    }

    /// Leaves some hundred kilobytes.
    fn fill(&self) {
        let mut ballast = File::create(self.0.join("ballast")).unwrap();
        let block = [1; 1 << 16];
        let mut length = 0;
        while let Ok(written) = ballast.write(&block) {
            length += written as u64;
        }
        ballast.set_len(length.saturating_sub(300 << 10)).unwrap();
    }

    fn empty(&self) {
        fs::remove_file(self.0.join("ballast")).unwrap();
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _unmounted = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_is_said_and_reading_goes_on() {
    let site = Site::on_sqlite();
    let Some(disk) = SmallDisk::under(site.path("data")) else { return };
    let _told = site_with_students(&site);
    let serving = site.serve(&[]);
    let mut lesson = Lesson::begin(&serving);
    let bo = serving.sign_in("bo", PASSWORD).unwrap();
    lesson.send_some();
    disk.fill();
    lesson.send_until(507, "no-room");
    // One's own things need no look to be written down.
    lesson.must_be_there(&lesson.client);
    assert_eq!(bo.get("/today").status, 200);
    assert!(counted(&serving, "stegvis_faults_total{kind=\"no_room\"}") >= 1.0);
    disk.empty();
    lesson.send_until_taken();
    serving.signal("KILL");
    let (_, said) = serving.end();
    assert!(said.contains("the disk of the database is full") && !said.contains("panicked"), "{said}");
    let serving = site.serve(&[]);
    lesson.must_be_there(&serving.sign_in("alva", PASSWORD).unwrap());
    serving.stop();
}

/// Sets a limit of a running process, as a number or «unlimited».
fn limit(serving: &Serving, what: &str, most: &str) {
    let set = Command::new("prlimit").arg(format!("--pid={}", serving.id())).arg(format!("--{what}={most}:")).status();
    assert!(set.unwrap().success());
}

/// Not one byte can be written to any file, and SQLite calls that an error of the disk.
#[test]
fn a_disk_that_takes_nothing_is_said_and_healed_from() {
    let site = Site::on_sqlite();
    let _told = site_with_students(&site);
    let serving = serve_ignoring(&site, "XFSZ");
    let mut lesson = Lesson::begin(&serving);
    lesson.send_some();
    limit(&serving, "fsize", "0");
    lesson.send_until(503, "unavailable");
    lesson.must_be_there(&lesson.client);
    assert!(counted(&serving, "stegvis_faults_total{kind=\"unavailable\"}") >= 1.0);
    limit(&serving, "fsize", "unlimited");
    lesson.send_until_taken();
    must_all_be_there(&site, serving, &lesson);
}

/// Asks for /health over a connection that is kept.
fn is_well(stream: &mut TcpStream) -> bool {
    let mut answer = [0; 4096];
    stream.write_all(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    stream.read(&mut answer).is_ok_and(|read| answer[..read].starts_with(b"HTTP/1.1 200"))
}

fn files_that_run_out_keep_nobody_out_for_good(site: &Site) {
    let _told = site_with_students(site);
    let serving = site.serve(&[("STEGVIS_LIMITS__IDLE_SECONDS", "600")]);
    let mut lesson = Lesson::begin(&serving);
    lesson.send_some();
    let connect = || {
        let stream = TcpStream::connect(serving.host()).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(1))).unwrap();
        stream
    };
    let mut before = connect();
    before.set_read_timeout(Some(Duration::from_mins(2))).unwrap();
    assert!(is_well(&mut before));
    limit(&serving, "nofile", "16");
    let mut after = connect();
    assert!(!is_well(&mut after), "there was a file left for the connection");
    assert!(is_well(&mut before), "who was there before is served");
    limit(&serving, "nofile", "4096");
    after.set_read_timeout(Some(Duration::from_mins(2))).unwrap();
    let mut answer = [0; 4096];
    let read = after.read(&mut answer).unwrap();
    assert!(answer[..read].starts_with(b"HTTP/1.1 200"), "who waited is let in");
    lesson.send_until_taken();
    must_all_be_there(site, serving, &lesson);
}

/// A server on a PostgreSQL of its own, that waits for it no longer than two seconds.
fn on_a_cluster() -> Option<(Cluster, Site)> {
    let cluster = Cluster::start()?;
    let site = Site::on(&cluster.url);
    let _told = site_with_students(&site);
    Some((cluster, site))
}

const IMPATIENT: [(&str, &str); 1] = [("STEGVIS_DATABASE__PATIENCE_SECONDS", "2")];

/// Everybody is refused, more of them than there are connections, and nobody waits for ever.
fn everybody_is_refused(serving: &Serving, lesson: &mut Lesson) {
    lesson.send_until(503, "unavailable");
    // Nobody's cookie, and only the database knows that.
    let cookie = format!("stegvis={}", "A".repeat(43));
    scope(|scope| {
        for _ in 0..12 {
            scope.spawn(|| {
                let answer = serving.client().ask("GET", "/api/v1/me", &[("cookie", &cookie)], "");
                assert_eq!((answer.status, answer.problem().as_str()), (503, "unavailable"), "{}", answer.body);
            });
        }
    });
    let ready = serving.client().get("/ready");
    assert_eq!((ready.status, ready.problem().as_str()), (503, "unavailable"));
    assert_eq!(serving.client().get("/health").status, 200);
    assert!(counted(serving, "stegvis_faults_total{kind=\"unavailable\"}") >= 12.0);
}

fn everybody_is_back(serving: &Serving, lesson: &mut Lesson) {
    lesson.send_until_taken();
    until("the server is ready again", || serving.client().get("/ready").status == 200);
    lesson.must_be_there(&lesson.client);
    assert!(serving.sign_in("bo", PASSWORD).is_some());
}

#[test]
fn a_database_that_hangs_keeps_nobody_waiting() {
    let Some((cluster, site)) = on_a_cluster() else { return };
    let serving = site.serve(&IMPATIENT);
    let mut lesson = Lesson::begin(&serving);
    lesson.send_some();
    for _ in 0..2 {
        cluster.hang();
        everybody_is_refused(&serving, &mut lesson);
        cluster.go_on();
        everybody_is_back(&serving, &mut lesson);
    }
    must_all_be_there(&site, serving, &lesson);
}

#[test]
fn a_database_that_is_gone_and_back_is_found_again() {
    let Some((cluster, site)) = on_a_cluster() else { return };
    let serving = site.serve(&IMPATIENT);
    let mut lesson = Lesson::begin(&serving);
    lesson.send_some();
    cluster.kill();
    everybody_is_refused(&serving, &mut lesson);
    cluster.start_again();
    everybody_is_back(&serving, &mut lesson);
    must_all_be_there(&site, serving, &lesson);
}

/// As after a failover to a server that only follows.
#[test]
fn a_database_that_may_only_be_read_is_read() {
    let Some((_cluster, site)) = on_a_cluster() else { return };
    let serving = site.serve(&IMPATIENT);
    let mut lesson = Lesson::begin(&serving);
    lesson.send_some();
    let only_read = |only: &str| {
        let set = format!("ALTER SYSTEM SET default_transaction_read_only = {only}");
        // Each has to stand alone.
        [set.as_str(), "SELECT pg_reload_conf()"].iter().for_each(|sql| site.sql(sql));
    };
    only_read("on");
    lesson.send_until(503, "unavailable");
    lesson.must_be_there(&lesson.client);
    only_read("off");
    lesson.send_until_taken();
    must_all_be_there(&site, serving, &lesson);
}

#[test]
fn what_is_open_is_counted() {
    let site = Site::on_sqlite();
    site.set_up();
    let serving = site.serve(&[]);
    let open = fs::read_dir(Path::new("/proc").join(serving.id().to_string()).join("fd")).unwrap().count();
    let told = counted(&serving, "process_open_fds");
    assert!((told - f64::from(u32::try_from(open).unwrap())).abs() < 16.0, "{told} of {open}");
    assert!(counted(&serving, "process_resident_memory_bytes") > 1_000_000.0);
    serving.stop();
}
