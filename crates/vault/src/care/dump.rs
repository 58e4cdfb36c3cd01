//! A copy of a PostgreSQL database by the server's own programs.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    path::Path,
    process::{Child, ChildStdin, Command, Stdio},
    thread::{self, JoinHandle},
};

use super::{CareError, Refusal, back::Content};
use crate::time::Millis;

const DUMP: &str = "pg_dump";
const RESTORE: &str = "pg_restore";
const MIGRATIONS: &str = "__diesel_schema_migrations";
/// The columns that tell when somebody was there, as `look::NEWEST` asks for them.
const MOMENTS: [(&str, &str); 2] = [("session", "created_at"), ("student", "last_at")];

/// Hands the dump on as `pg_dump` writes it: it never lies on a disk as it is.
pub(super) fn make(url: &str, schema: Option<&str>, to: &mut dyn Write) -> Result<(), CareError> {
    let mut command = program(DUMP, url);
    command.args(["--format=custom", "--no-owner", "--no-privileges"]);
    if let Some(schema) = schema {
        command.arg(format!("--schema={schema}"));
    }
    let mut running = Running::start(command, DUMP, Stdio::null())?;
    let copied = match running.child.stdout.take() {
        Some(mut dump) => io::copy(&mut dump, to).map(drop),
        None => Ok(()),
    };
    if copied.is_err() {
        running.kill();
    }
    let ended = running.end();
    copied.map_err(|cause| CareError::NotWritten(cause.to_string()))?;
    ended
}

/// Reads all of a dump, and says what is in it. A dump that breaks off is told by its own error, not by what the program
/// then thinks of it.
pub(super) fn scan(mut dump: impl Read + Send) -> Result<Content, ScanError> {
    let mut command = Command::new(RESTORE);
    command.arg("--file=-");
    let mut running = Running::start(command, RESTORE, Stdio::piped())?;
    let (to, script) = (running.child.stdin.take(), running.child.stdout.take());
    let (fed, held) = thread::scope(|scope| {
        let feeder = scope.spawn(move || to.map_or(Ok(()), |mut to| feed(&mut dump, &mut to)));
        let held = script.map_or_else(|| Ok(Content::default()), |script| read_script(BufReader::new(script)));
        (feeder.join().unwrap_or_else(|_| Err(io::Error::other("reading panicked"))), held)
    });
    let ended = running.end();
    fed.map_err(ScanError::Broken)?;
    ended?;
    let held = held.map_err(|cause| CareError::Program { program: RESTORE, said: cause.to_string() })?;
    if held.versions.is_empty() { Err(ScanError::Empty) } else { Ok(held) }
}

/// Why a dump could not be read to its end.
pub(super) enum ScanError {
    /// What it is read from broke off.
    Broken(io::Error),
    /// It is whole, and nothing of Stegvis' is in it.
    Empty,
    Care(CareError),
}

impl From<CareError> for ScanError {
    fn from(error: CareError) -> Self {
        Self::Care(error)
    }
}

impl ScanError {
    pub(super) fn of(self, file: &Path) -> CareError {
        match self {
            Self::Broken(cause) => super::sealed::broken(file, cause),
            Self::Empty => Refusal::Within.of(file),
            Self::Care(error) => damaged(file, error),
        }
    }

    /// When what the program says is of the database, not of the copy.
    pub(super) fn of_bringing(self, file: &Path) -> CareError {
        match self {
            Self::Care(error) => error,
            other => other.of(file),
        }
    }
}

/// Gives a program all of it. Whoever stops listening earlier has made up its mind; all of it is read nevertheless.
fn feed(from: &mut impl Read, to: &mut ChildStdin) -> io::Result<()> {
    let (mut bytes, mut listens) = (vec![0; 1 << 16], true);
    loop {
        let read = from.read(&mut bytes)?;
        if read == 0 {
            return Ok(());
        }
        listens = listens && to.write_all(bytes.get(..read).unwrap_or_default()).is_ok();
    }
}

/// What a script of SQL puts into which table.
fn read_script(mut script: impl BufRead) -> io::Result<Content> {
    let mut held = Content::default();
    let mut within: Option<(String, Option<usize>)> = None;
    let mut line = Vec::new();
    while script.read_until(b'\n', &mut line)? > 0 {
        let text = String::from_utf8_lossy(line.strip_suffix(b"\n").unwrap_or(&line));
        match &within {
            Some(_) if text == "\\." => within = None,
            Some((table, moment)) => {
                let words: Vec<&str> = text.split('\t').collect();
                if let Some(rows) = held.rows.get_mut(table) {
                    *rows += 1;
                }
                if table == MIGRATIONS {
                    held.versions.extend(words.first().map(|version| (*version).to_owned()));
                }
                let at = moment.and_then(|at| words.get(at)?.parse().ok()).map(Millis);
                held.newest = held.newest.max(at);
            }
            None => {
                within = copied_table(&text);
                if let Some((table, _)) = &within {
                    held.rows.insert(table.clone(), 0);
                }
            }
        }
        line.clear();
    }
    held.versions.sort_unstable();
    Ok(held)
}

/// The table of `COPY public.session (id, …) FROM stdin;`, and which of its columns tells when somebody was there.
fn copied_table(line: &str) -> Option<(String, Option<usize>)> {
    let (name, columns) = line.strip_prefix("COPY ")?.strip_suffix(" FROM stdin;")?.split_once(" (")?;
    let table = name.rsplit('.').next()?.trim_matches('"').to_owned();
    let moment = MOMENTS.iter().find(|(of, _)| *of == table).map(|(_, column)| *column);
    let mut columns = columns.trim_end_matches(')').split(", ");
    let at = moment.and_then(|moment| columns.position(|column| column.trim_matches('"') == moment));
    Some((table, at))
}

/// Whether a dump of the time before copies were encrypted can be opened.
pub(super) fn opens(dump: &Path) -> Result<(), CareError> {
    let mut list = Command::new(RESTORE);
    list.arg("--list").arg(dump);
    let mut running = Running::start(list, RESTORE, Stdio::null())?;
    drop(running.child.stdout.take().map(|mut listed| io::copy(&mut listed, &mut io::sink())));
    running.end().map_err(|error| damaged(dump, error))
}

fn damaged(file: &Path, error: CareError) -> CareError {
    match error {
        CareError::Program { program, said } => {
            let what =
                format!("{program} says: {said}. Take another copy, or install programs of the server's version");
            CareError::Damaged { file: file.to_owned(), what }
        }
        other => other,
    }
}

/// Brings it back: all of it, or nothing.
pub(super) fn bring_back(url: &str, mut from: impl Read) -> Result<(), ScanError> {
    let mut command = program(RESTORE, url);
    command.args(["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]);
    let mut running = Running::start(command, RESTORE, Stdio::piped())?;
    let mut to = running.child.stdin.take();
    let fed = to.as_mut().map_or(Ok(()), |to| feed(&mut from, to));
    if fed.is_err() {
        // Before it sees an end: it would take what it has for all.
        running.kill();
    }
    drop(to);
    let ended = running.end();
    fed.map_err(ScanError::Broken)?;
    Ok(ended?)
}

/// A program that runs, and what it complains of.
struct Running {
    child: Child,
    name: &'static str,
    complaints: Option<JoinHandle<String>>,
}

impl Running {
    fn start(mut command: Command, name: &'static str, stdin: Stdio) -> Result<Self, CareError> {
        command.stdin(stdin).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|cause| match cause.kind() {
            io::ErrorKind::NotFound => CareError::NoProgram(name),
            _ => CareError::Program { program: name, said: cause.to_string() },
        })?;
        let complaints = child.stderr.take().map(|mut stderr| {
            thread::spawn(move || {
                let mut said = Vec::new();
                let _all_or_less = stderr.read_to_end(&mut said);
                String::from_utf8_lossy(&said).into_owned()
            })
        });
        Ok(Self { child, name, complaints })
    }

    fn kill(&mut self) {
        // It may have ended by itself.
        let _gone = self.child.kill();
    }

    fn end(mut self) -> Result<(), CareError> {
        drop((self.child.stdin.take(), self.child.stdout.take()));
        let status = self.child.wait();
        let said = self.complaints.take().and_then(|complaints| complaints.join().ok()).unwrap_or_default();
        let failed = |said: String| CareError::Program { program: self.name, said };
        if status.map_err(|cause| failed(cause.to_string()))?.success() {
            return Ok(());
        }
        let said = said.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("; ");
        Err(failed(said))
    }
}

/// The program with the address, and the password where other accounts of the machine do not see it.
fn program(name: &str, url: &str) -> Command {
    let (address, password) = without_password(url);
    let mut command = Command::new(name);
    command.arg("--no-password").arg(format!("--dbname={address}"));
    if let Some(password) = password {
        command.env("PGPASSWORD", password);
    }
    command
}

/// Splits the password off an address, wherever libpq would find it.
fn without_password(url: &str) -> (String, Option<String>) {
    let decode = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned();
    let (rest, query) = url.split_once('?').map_or((url, None), |(rest, query)| (rest, Some(query)));
    let mut password = None;
    let mut address = rest.to_owned();
    if let Some((kind, after)) = rest.split_once("://") {
        let (authority, path) = after.find('/').map_or((after, ""), |at| after.split_at(at));
        if let Some((user, hosts)) = authority.rsplit_once('@')
            && let Some((user, secret)) = user.split_once(':')
        {
            password = Some(decode(secret));
            address = format!("{kind}://{user}@{hosts}{path}");
        }
    }
    let mut kept = Vec::new();
    for pair in query.into_iter().flat_map(|query| query.split('&')) {
        match pair.split_once('=') {
            Some(("password", secret)) => password = Some(decode(secret)),
            _ => kept.push(pair),
        }
    }
    if !kept.is_empty() {
        address = format!("{address}?{}", kept.join("&"));
    }
    (address, password)
}

#[cfg(test)]
mod tests {
    use super::without_password;

    #[test]
    fn a_password_is_never_an_argument() {
        for (url, address, password) in [
            ("postgres://a:b%40c@h:5/d", "postgres://a@h:5/d", Some("b@c")),
            ("postgres://a@h/d?sslmode=require", "postgres://a@h/d?sslmode=require", None),
            ("postgres:///d?host=/tmp&password=x&user=a", "postgres:///d?host=/tmp&user=a", Some("x")),
            ("postgres://a:b@h1,h2/d?x=1", "postgres://a@h1,h2/d?x=1", Some("b")),
            ("postgres://h/d", "postgres://h/d", None),
        ] {
            assert_eq!(without_password(url), (address.to_owned(), password.map(str::to_owned)), "{url}");
        }
    }
}
