//! A place of its own for a server: settings, keys, data and copies in a folder, or two databases of PostgreSQL.

use std::{
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::atomic::{AtomicU64, Ordering},
    thread::{JoinHandle, sleep, spawn},
    time::Duration,
};

use diesel::{Connection, PgConnection, SqliteConnection, connection::SimpleConnection};
use tempfile::TempDir;

use crate::{client::Client, databases::Databases};

/// How often something is looked at before it is given up: 2 minutes on a machine of any speed.
const PATIENCE: u32 = 2_400;

/// Comes back once `is_so` holds.
pub fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    for _ in 0..PATIENCE {
        if is_so() {
            return;
        }
        sleep(Duration::from_millis(50));
    }
    panic!("waited in vain: {what}");
}

pub struct Site {
    folder: TempDir,
    postgres: Option<Databases>,
}

impl Site {
    pub fn on_sqlite() -> Self {
        Self { folder: TempDir::new().unwrap(), postgres: None }
    }

    /// None, with a note, without `STEGVIS_TEST_POSTGRES`, unless it is required.
    #[expect(clippy::disallowed_methods, reason = "tests are told where PostgreSQL is by the environment")]
    pub fn on_postgres() -> Option<Self> {
        let Ok(admin) = std::env::var("STEGVIS_TEST_POSTGRES") else {
            let required = std::env::var("STEGVIS_TEST_REQUIRE_POSTGRES").is_ok_and(|required| required == "1");
            assert!(!required, "STEGVIS_TEST_POSTGRES is to name a database");
            eprintln!("note: STEGVIS_TEST_POSTGRES is not set, so this is not tested on PostgreSQL");
            return None;
        };
        Some(Self::on(&admin))
    }

    /// On the PostgreSQL of this address.
    pub fn on(admin: &str) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let number = NEXT.fetch_add(1, Ordering::SeqCst);
        let databases = Databases::make(admin, number);
        Self { folder: TempDir::new().unwrap(), postgres: Some(databases) }
    }

    pub const fn is_sqlite(&self) -> bool {
        self.postgres.is_none()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// `database.url`
    pub fn url(&self) -> String {
        match &self.postgres {
            None => format!("sqlite:{}", self.path("data/stegvis.db").display()),
            Some(databases) => databases.url(&databases.names[0]),
        }
    }

    /// `keys.url`
    pub fn key_url(&self) -> String {
        match &self.postgres {
            None => format!("sqlite:{}", self.path("keys/keys.db").display()),
            Some(databases) => databases.url(&databases.names[1]),
        }
    }

    /// Empty databases more, of PostgreSQL only.
    pub fn more_databases(&self, names: &[&str]) -> Vec<String> {
        let Some(databases) = &self.postgres else { return Vec::new() };
        names.iter().map(|name| databases.add(name)).collect()
    }

    /// The binary with the site's settings.
    pub fn command(&self, words: &[&str]) -> Command {
        self.setting(Command::new(env!("CARGO_BIN_EXE_stegvis")), words)
    }

    pub fn setting(&self, mut command: Command, words: &[&str]) -> Command {
        command.args(words).stdin(Stdio::null());
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("STEGVIS_")) {
            command.env_remove(name);
        }
        command.env_remove("NOTIFY_SOCKET").env_remove("CREDENTIALS_DIRECTORY");
        command.env("STEGVIS_CONFIG", self.path("etc/stegvis.toml")).env("STEGVIS_STOPPING__NOTICE_SECONDS", "0");
        // Copies when a test wants them. The tests' machine may be slow, and a server of theirs busy with others.
        command.env("STEGVIS_BACKUP__AT", "never").env("STEGVIS_DATABASE__PATIENCE_SECONDS", "60");
        command
    }

    pub fn stegvis(&self, words: &[&str]) -> Said {
        Said::of(self.command(words).output().unwrap())
    }

    /// `stegvis init` with where everything is, and `more`.
    pub fn init(&self, more: &[&str]) -> Said {
        let place = |name: &str| self.path(name).display().to_string();
        let mut words = vec!["init".to_owned(), "--backups".to_owned(), place("copies")];
        match &self.postgres {
            None => words.extend(["--data".to_owned(), place("data"), "--keys".to_owned(), place("keys")]),
            Some(databases) => {
                let [data, keys] = databases.names.each_ref().map(|name| databases.url(name));
                words.extend(["--database".to_owned(), data, "--key-database".to_owned(), keys]);
            }
        }
        words.extend(["--listen".to_owned(), "127.0.0.1:0".to_owned()]);
        words.extend(more.iter().map(|word| (*word).to_owned()));
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        self.stegvis(&words)
    }

    /// Sets up a server with an administrator and an officer, and confirms its recovery sheet. Gives their passwords.
    pub fn set_up(&self) -> [String; 2] {
        let said = self.init(&FIRST);
        assert!(said.ok, "{}", said.all());
        self.confirm();
        ["ada", "olof"].map(|user| said.password(user))
    }

    pub fn confirm(&self) {
        let sheet = self.stegvis(&["keys", "sheet"]).out;
        let words = sheet.split_once("Words\n").unwrap().1.lines().next().unwrap().trim().to_owned();
        let mut confirm = vec!["keys", "confirm"];
        confirm.extend(words.split(' '));
        let said = self.stegvis(&confirm);
        assert!(said.ok, "{}", said.all());
    }

    /// Runs SQL on the data behind everybody's back.
    pub fn sql(&self, sql: &str) {
        self.sql_in(&self.url(), sql);
    }

    pub fn sql_in(&self, url: &str, sql: &str) {
        match url.strip_prefix("sqlite:") {
            Some(file) => self.open(file).batch_execute(sql).unwrap(),
            None => PgConnection::establish(url).unwrap().batch_execute(sql).unwrap(),
        }
    }

    /// The only column of all rows, as text.
    pub fn ask(&self, query: &str) -> Vec<String> {
        self.ask_in(&self.url(), query)
    }

    pub fn ask_in(&self, url: &str, query: &str) -> Vec<String> {
        use diesel::{RunQueryDsl, sql_query, sql_types::Text};
        #[derive(diesel::QueryableByName)]
        struct Row {
            #[diesel(sql_type = Text)]
            said: String,
        }
        let query = format!("SELECT CAST(said AS TEXT) AS said FROM ({query}) AS asked ORDER BY said");
        let rows: Vec<Row> = match url.strip_prefix("sqlite:") {
            Some(file) => sql_query(query).load(&mut self.open(file)).unwrap(),
            None => sql_query(query).load(&mut PgConnection::establish(url).unwrap()).unwrap(),
        };
        rows.into_iter().map(|row| row.said).collect()
    }

    /// Opens an SQLite file as anybody would who has the key.
    fn open(&self, file: &str) -> SqliteConnection {
        let mut connection = SqliteConnection::establish(file).unwrap();
        let key = std::fs::read_to_string(self.path("etc/database.key")).unwrap();
        let unlock = format!(
            "PRAGMA key = \"x'{}'\"; PRAGMA cipher_page_size = 4096; PRAGMA cipher_hmac_algorithm = HMAC_SHA256",
            key.trim()
        );
        connection.batch_execute(&unlock).unwrap();
        connection
    }

    /// Puts the house as its first version had it into the place of the data, with one controller.
    pub fn make_old(&self) {
        let (up, id, migrated) = if self.is_sqlite() {
            for end in ["", "-wal", "-shm"] {
                let _there_or_not = std::fs::remove_file(self.path(&format!("data/stegvis.db{end}")));
            }
            let up = include_str!("../../migrations/sqlite/2026-11-22-000000_house/up.sql");
            (up, "X'00112233445566778899aabbccddeeff'", "TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP")
        } else {
            self.sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
            let up = include_str!("../../migrations/postgres/2026-11-22-000000_house/up.sql");
            (up, "'\\x00112233445566778899aabbccddeeff'", "TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP")
        };
        self.sql(up);
        self.sql(&format!(
            "CREATE TABLE __diesel_schema_migrations (version VARCHAR(50) PRIMARY KEY NOT NULL, run_on {migrated}); \
             INSERT INTO __diesel_schema_migrations (version) VALUES ('20261122000000'); \
             INSERT INTO controller (id, kind, name, time_zone, created_at) \
             VALUES ({id}, 'municipality', 'Gamla kommunen', 'Europe/Stockholm', 1)"
        ));
    }

    pub fn versions(&self) -> Vec<String> {
        self.ask("SELECT version AS said FROM __diesel_schema_migrations")
    }

    /// The copies of the data.
    pub fn copies(&self) -> Vec<PathBuf> {
        let Ok(entries) = std::fs::read_dir(self.path("copies")) else { return Vec::new() };
        let mut found: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        found.retain(|path| path.file_name().unwrap().to_str().unwrap().starts_with("stegvis-"));
        found.sort();
        found
    }

    /// Serves until it is told to stop.
    pub fn serve(&self, settings: &[(&str, &str)]) -> Serving {
        let mut command = self.command(&["serve"]);
        command.envs(settings.iter().copied()).stdout(Stdio::piped()).stderr(Stdio::piped());
        Serving::start(command)
    }
}

/// Who `set_up` adds.
pub const FIRST: [&str; 10] = [
    "--controller",
    "Provkommunen",
    "--school",
    "Provskolan",
    "--administrator",
    "ada",
    "--administrator-name",
    "Ada Provsson",
    "--officer",
    "olof",
];

/// What a command said.
pub struct Said {
    pub ok: bool,
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Said {
    pub fn of(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let code = output.status.code();
        Self { ok: output.status.success(), code, out: text(output.stdout), err: text(output.stderr) }
    }

    pub fn all(&self) -> String {
        format!("{}{}", self.out, self.err)
    }

    /// The last word of the line about a user.
    pub fn password(&self, user: &str) -> String {
        let line = self.out.lines().find(|line| line.split_whitespace().any(|word| word == user));
        line.and_then(|line| line.split_whitespace().last()).expect("a line about the user").to_owned()
    }
}

/// A server that runs.
pub struct Serving {
    child: Child,
    pub address: String,
    rest: Option<(JoinHandle<String>, JoinHandle<String>)>,
}

impl Serving {
    pub fn start(mut command: Command) -> Self {
        let mut child = command.spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut err = child.stderr.take().unwrap();
        let mut first = String::new();
        out.read_line(&mut first).unwrap();
        let Some(address) = first.trim().strip_prefix("Stegvis listens on ").map(str::to_owned) else {
            let mut said = String::new();
            err.read_to_string(&mut said).unwrap();
            panic!("the server does not start: {first}{said}");
        };
        let read = |mut from: Box<dyn Read + Send>| {
            spawn(move || {
                let mut said = String::new();
                from.read_to_string(&mut said).unwrap();
                said
            })
        };
        let rest = Some((read(Box::new(out)), read(Box::new(err))));
        Self { child, address, rest }
    }

    pub fn client(&self) -> Client {
        Client::new(self.address.clone())
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// `127.0.0.1:PORT`
    pub fn host(&self) -> &str {
        self.address.trim_start_matches("http://")
    }

    pub fn sign_in(&self, user: &str, password: &str) -> Option<Client> {
        let client = self.client();
        let answer = client.post("/sign-in", &[("user_name", user), ("password", password)]);
        (answer.status == 303).then_some(client)
    }

    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill").arg(format!("-{name}")).arg(self.child.id().to_string()).status().unwrap();
        assert!(sent.success());
    }

    /// Waits for its end; gives the exit code and what it said.
    pub fn end(mut self) -> (Option<i32>, String) {
        let mut status = None;
        until("the server ends", || {
            status = self.child.try_wait().unwrap();
            status.is_some()
        });
        let (out, err) = self.rest.take().unwrap();
        (status.unwrap().code(), format!("{}{}", out.join().unwrap(), err.join().unwrap()))
    }

    pub fn stop(self) {
        self.signal("TERM");
        let (code, said) = self.end();
        assert_eq!(code, Some(0), "{said}");
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        if self.rest.is_some() {
            let _ended_or_not = self.child.kill();
            let _seen = self.child.wait();
        }
    }
}

/// The rights on a file.
pub fn mode(path: &Path) -> u32 {
    std::os::unix::fs::PermissionsExt::mode(&path.metadata().unwrap().permissions()) & 0o777
}

/// Makes of each story a test on SQLite and a test on PostgreSQL.
macro_rules! on_both {
    ($($story:ident),+ $(,)?) => {$(
        mod $story {
            #[test]
            fn on_sqlite() {
                super::$story(&crate::site::Site::on_sqlite());
            }

            #[test]
            fn on_postgres() {
                if let Some(site) = crate::site::Site::on_postgres() {
                    super::$story(&site);
                }
            }
        }
    )+};
}
pub(crate) use on_both;
