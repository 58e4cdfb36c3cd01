//! What the server does when something under it fails: it says so, loses nothing that it acknowledged, and goes on by
//! itself when it can.

use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
    path::Path,
    process::{Command, Stdio},
    thread::scope,
    time::Duration,
};

use crate::{
    cluster::Cluster,
    lesson::{Lesson, counted, must_all_be_there},
    site::{Serving, Site, on_both, until},
    students::{PASSWORD, site_with_students},
};

on_both!(files_that_run_out_keep_nobody_out_for_good);

/// Serves, and does not end when it gets this signal.
fn serve_ignoring(site: &Site, signal: &str) -> Serving {
    let mut deaf = Command::new("env");
    deaf.arg(format!("--ignore-signal={signal}")).arg(env!("CARGO_BIN_EXE_stegvis"));
    let mut command = site.setting(deaf, &["serve"]);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    Serving::start(command)
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
    let _said = must_all_be_there(&site, serving, &lesson);
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
    let _said = must_all_be_there(site, serving, &lesson);
}

/// A server on a PostgreSQL of its own.
fn on_a_cluster() -> Option<(Cluster, Site)> {
    let cluster = Cluster::start()?;
    let site = Site::on(&cluster.url);
    let _told = site_with_students(&site);
    Some((cluster, site))
}

/// Waits for its database no longer than two seconds.
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
    let _said = must_all_be_there(&site, serving, &lesson);
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
    let _said = must_all_be_there(&site, serving, &lesson);
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
    let _said = must_all_be_there(&site, serving, &lesson);
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
