//! What the server does when the disk of its database is full, and when there is room again.

use std::{
    fs::{self, File},
    io::Write,
    path::PathBuf,
    process::Command,
};

use diesel::{Connection, PgConnection, connection::SimpleConnection};

use crate::{
    cluster::{Cluster, folder},
    lesson::{Lesson, counted, must_all_be_there},
    site::{Site, until},
    students::{PASSWORD, site_with_students},
};

/// A file system of its own; only where the tests may mount one.
struct SmallDisk(PathBuf);

impl SmallDisk {
    fn under(place: PathBuf, mebibytes: u32) -> Option<Self> {
        fs::create_dir(&place).unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &format!("size={mebibytes}m,mode=0711"), "tmpfs"]).arg(&place);
        let mounted = mount.output().is_ok_and(|done| done.status.success());
        if !mounted {
            eprintln!("note: no right to mount a small disk, this test is left out");
        }
        mounted.then_some(Self(place))
    }

    /// Leaves so many kilobytes.
    fn fill(&self, leaving: u64) {
        let mut ballast = File::create(self.0.join("ballast")).unwrap();
        for block in [1 << 16, 1 << 12].map(|size| vec![1; size]) {
            while ballast.write_all(&block).is_ok() {}
        }
        let length = ballast.metadata().unwrap().len();
        ballast.set_len(length.saturating_sub(leaving << 10)).unwrap();
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

/// Lines are refused for want of room and all else goes on; once there is room they are taken, and nothing is missing.
fn a_full_disk_is_said(site: &Site, disk: &SmallDisk, leaving: u64) {
    let serving = site.serve(&[]);
    let mut lesson = Lesson::begin(&serving);
    let bo = serving.sign_in("bo", PASSWORD).unwrap();
    lesson.send_some();
    disk.fill(leaving);
    lesson.send_until(507, "no-room");
    // One's own things need no look to be written down.
    lesson.must_be_there(&lesson.client);
    assert_eq!(bo.get("/today").status, 200);
    assert!(counted(&serving, "stegvis_faults_total{kind=\"no_room\"}") >= 1.0);
    disk.empty();
    lesson.send_until_taken();
    let said = must_all_be_there(site, serving, &lesson);
    assert!(said.contains("the disk of the database is full"), "{said}");
}

#[test]
fn a_full_disk_is_said_and_reading_goes_on() {
    let site = Site::on_sqlite();
    let Some(disk) = SmallDisk::under(site.path("data"), 24) else { return };
    let _told = site_with_students(&site);
    a_full_disk_is_said(&site, &disk, 300);
}

/// The tables lie on a disk of their own, so that PostgreSQL itself can go on: its log has another one.
#[test]
fn a_full_disk_of_postgresql_is_said_and_reading_goes_on() {
    let folder = folder();
    let Some(disk) = SmallDisk::under(folder.path().join("tables"), 64) else { return };
    let Some(cluster) = Cluster::start() else { return };
    let tables = disk.0.join("small");
    cluster.make_folder(&tables);
    let place = format!("CREATE TABLESPACE small LOCATION '{}'", tables.display());
    let mut admin = PgConnection::establish(&cluster.url).unwrap();
    for sql in [place.as_str(), "ALTER ROLE ALL SET default_tablespace = small"] {
        admin.batch_execute(sql).unwrap();
    }
    let site = Site::on(&cluster.url);
    let _told = site_with_students(&site);
    a_full_disk_is_said(&site, &disk, 0);
}

/// Its log lies there as well, so PostgreSQL ends when it needs the next file of it, and cannot start again.
#[test]
fn a_postgresql_that_ends_for_want_of_room_is_found_again() {
    let folder = folder();
    let Some(disk) = SmallDisk::under(folder.path().join("all"), 192) else { return };
    let Some(cluster) = Cluster::start_in(&disk.0.join("cluster")) else { return };
    let site = Site::on(&cluster.url);
    let _told = site_with_students(&site);
    let serving = site.serve(&[("STEGVIS_DATABASE__PATIENCE_SECONDS", "2")]);
    let mut lesson = Lesson::begin(&serving);
    lesson.send_some();
    disk.fill(0);
    let mut admin = PgConnection::establish(&cluster.url).unwrap();
    // The next file of the log, again and again, until there is none.
    while admin.batch_execute("SELECT pg_logical_emit_message(true, 'room', 'x'); SELECT pg_switch_wal()").is_ok() {}
    until("PostgreSQL has ended", || !cluster.is_running());
    lesson.send_until(503, "unavailable");
    assert_eq!(serving.client().get("/ready").status, 503);
    disk.empty();
    cluster.start_again();
    lesson.send_until_taken();
    let _said = must_all_be_there(&site, serving, &lesson);
}
