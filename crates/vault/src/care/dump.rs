//! A copy of a PostgreSQL database by the server's own programs.

use std::{io, path::Path, process::Command};

use super::CareError;

const DUMP: &str = "pg_dump";
const RESTORE: &str = "pg_restore";

/// Writes the dump; `to` is there and empty.
pub(super) fn make(url: &str, schema: Option<&str>, to: &Path) -> Result<(), CareError> {
    let mut command = program(DUMP, url);
    command.args(["--format=custom", "--no-owner", "--no-privileges", "--file"]).arg(to);
    if let Some(schema) = schema {
        command.arg(format!("--schema={schema}"));
    }
    run(command, DUMP).map(drop)
}

/// Whether a dump can be opened.
pub(super) fn opens(dump: &Path) -> Result<(), CareError> {
    let mut list = Command::new(RESTORE);
    list.arg("--list").arg(dump);
    run(list, RESTORE).map(drop).map_err(|error| damaged(dump, error))
}

/// Reads all of a dump, and says which migrations it has.
pub(super) fn check(dump: &Path) -> Result<Vec<String>, CareError> {
    let mut whole = Command::new(RESTORE);
    whole.arg("--file=/dev/null").arg(dump);
    run(whole, RESTORE).map_err(|error| damaged(dump, error))?;
    let mut versions = Command::new(RESTORE);
    versions.args(["--data-only", "--table=__diesel_schema_migrations", "--file=-"]).arg(dump);
    let text = run(versions, RESTORE).map_err(|error| damaged(dump, error))?;
    let mut versions: Vec<String> = text
        .lines()
        .skip_while(|line| !line.starts_with("COPY "))
        .skip(1)
        .take_while(|line| *line != "\\.")
        .filter_map(|line| line.split('\t').next().map(str::to_owned))
        .collect();
    versions.sort_unstable();
    match versions.is_empty() {
        true => Err(CareError::Damaged { file: dump.to_owned(), what: "it holds no tables of Stegvis'".into() }),
        false => Ok(versions),
    }
}

fn damaged(file: &Path, error: CareError) -> CareError {
    match error {
        CareError::Program { said, .. } => CareError::Damaged { file: file.to_owned(), what: said },
        other => other,
    }
}

/// Brings it back: all of it, or nothing.
pub(super) fn bring_back(url: &str, from: &Path) -> Result<(), CareError> {
    let mut command = program(RESTORE, url);
    command.args(["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]).arg(from);
    run(command, RESTORE).map(drop)
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

fn run(mut command: Command, name: &'static str) -> Result<String, CareError> {
    let output = command.output().map_err(|cause| match cause.kind() {
        io::ErrorKind::NotFound => CareError::NoProgram(name),
        _ => CareError::Program { program: name, said: cause.to_string() },
    })?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("; ");
    Err(CareError::Program { program: name, said })
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
