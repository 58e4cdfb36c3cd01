//! SQLite: the cipher first, then durability and caches.

use std::{fs::File, io::Read, os::unix::fs::OpenOptionsExt, path::Path, sync::Once};

use diesel::{
    Connection as _, RunQueryDsl, SqliteConnection, connection::SimpleConnection, result::Error as DieselError,
    sql_query,
};

use super::{Answer, Setting};
use crate::{Key, OpenError};

/// What a connection is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    Write,
    Read,
}

/// Each reader keeps this much: enough for the inner pages of the large tables, which is what
/// point reads come back to. Decrypting a page again costs far more than finding it, but a reader
/// is one of several and sees the same pages, so it gets less than the writer.
const READER_CACHE_MIB: u32 = 16;

/// A commit that finds this many pages (of 4 KiB) in the log copies them into the file, and all who write wait for it: the
/// fewer pages, the shorter and the more frequent are the pauses (docs/performance.md, «Under load»).
const CHECKPOINT_PAGES: u32 = 1000;

/// Opens `file`, which is made when it isn't there, and refuses to go on unless it is encrypted
/// with `key` and every setting took. For the first connection of a process to that file; see [`open_another`].
///
/// # Errors
/// [`OpenError::WrongKey`], [`OpenError::NotEncrypted`], [`OpenError::Busy`], [`OpenError::Setting`], and
/// [`OpenError::File`] when the file can't be opened at all.
pub(crate) fn open(file: &Path, key: &Key, purpose: Purpose, cache_mib: u32) -> Result<SqliteConnection, OpenError> {
    refuse_plain(file)?;
    open_another(file, key, purpose, cache_mib)
}

/// The same for a process that has the file open already. It looks at the file through SQLite alone: whoever opens and
/// closes a file by himself takes the locks away that the process has on it (POSIX), and another process that then is
/// done with the file would take itself for the last one and remove the log that is being written.
///
/// # Errors
/// As [`open`].
pub(crate) fn open_another(
    file: &Path,
    key: &Key,
    purpose: Purpose,
    cache_mib: u32,
) -> Result<SqliteConnection, OpenError> {
    let mut connection = unlock(file, key)?;
    apply(&mut connection, &durability(purpose, cache_mib))?;
    Ok(connection)
}

/// Opens a file that nobody writes to, as a copy is, and changes nothing about it.
///
/// # Errors
/// As [`open`].
pub(crate) fn open_copy(file: &Path, key: &Key) -> Result<SqliteConnection, OpenError> {
    refuse_plain(file)?;
    let mut connection = unlock(file, key)?;
    apply(&mut connection, &[Setting::new("query_only", "ON", "1"), Setting::new("temp_store", "MEMORY", "2")])?;
    Ok(connection)
}

/// Opens a file that is nobody's yet, to change it.
///
/// # Errors
/// As [`open`].
pub(crate) fn open_alone(file: &Path, key: &Key) -> Result<SqliteConnection, OpenError> {
    let mut connection = unlock(file, key)?;
    apply(&mut connection, &[Setting::new("synchronous", "FULL", "2"), Setting::new("temp_store", "MEMORY", "2")])?;
    Ok(connection)
}

fn unlock(file: &Path, key: &Key) -> Result<SqliteConnection, OpenError> {
    wake();
    let unusable =
        |message: String| OpenError::File { path: file.to_path_buf(), source: std::io::Error::other(message) };
    let name = file.to_str().ok_or_else(|| unusable("the path isn't UTF-8".into()))?;
    let mut connection = SqliteConnection::establish(name).map_err(|error| unusable(error.to_string()))?;
    key.with_statement(|statement| connection.batch_execute(statement))?;
    apply(&mut connection, &cipher())?;
    apply(&mut connection, &[patience()])?;
    // The first page that is read shows whether the key is right.
    let file = file.to_path_buf();
    match sql_query("SELECT count(*) FROM sqlite_schema").get_result::<Answer>(&mut connection) {
        Ok(_) => Ok(connection),
        Err(error) if is_locked(&error) => Err(OpenError::Busy { file }),
        Err(_) => Err(OpenError::WrongKey { file }),
    }
}

/// How long a connection waits for one that holds the whole file, as the last one does for a moment when it is closed.
fn patience() -> Setting {
    Setting::new("busy_timeout", "5000", "5000")
}

/// SQLITE_BUSY, which diesel gives no kind of its own; SQLite's text is fixed.
fn is_locked(error: &DieselError) -> bool {
    matches!(error, DieselError::DatabaseError(_, information) if information.message().contains("database is locked"))
}

/// Lets SQLite set itself up, once and alone: while the first connection of a program is being opened, SQLite already
/// lets a second one through, before SQLCipher is ready for its key.
fn wake() {
    static AWAKE: Once = Once::new();
    // Should it fail, the connection that is opened next says why.
    AWAKE.call_once(|| drop(SqliteConnection::establish(":memory:")));
}

/// Tells and asks the settings in order.
pub(crate) fn apply(connection: &mut SqliteConnection, settings: &[Setting]) -> Result<(), OpenError> {
    for setting in settings {
        if let Some(value) = &setting.value {
            connection.batch_execute(&format!("PRAGMA {} = {value}", setting.name))?;
        }
    }
    for setting in settings {
        let found = sql_query(format!("PRAGMA {}", setting.name))
            .load::<Answer>(connection)?
            .pop()
            .map_or_else(String::new, |answer| answer.0);
        setting.compare(found)?;
    }
    Ok(())
}

/// `cipher_status` answers nothing at all when SQLite was linked without SQLCipher, where
/// `PRAGMA key` would be passed over in silence.
pub(crate) fn cipher() -> Vec<Setting> {
    vec![
        Setting::new("cipher_page_size", "4096", "4096"),
        Setting::new("cipher_hmac_algorithm", "HMAC_SHA256", "HMAC_SHA256"),
        Setting::found("cipher_plaintext_header_size", "0"),
        Setting::found("cipher_status", "1"),
    ]
}

pub(crate) fn durability(purpose: Purpose, cache_mib: u32) -> Vec<Setting> {
    let mib = match purpose {
        Purpose::Write => cache_mib,
        Purpose::Read => READER_CACHE_MIB.min(cache_mib),
    };
    let cache = format!("-{}", mib * 1024);
    let pages = CHECKPOINT_PAGES.to_string();
    let mut settings = vec![
        Setting::new("journal_mode", "WAL", "wal"),
        Setting::new("synchronous", "FULL", "2"),
        Setting::new("secure_delete", "ON", "1"),
        Setting::new("foreign_keys", "ON", "1"),
        Setting::new("temp_store", "MEMORY", "2"), // what spills would be in the clear
        Setting::new("cache_size", &cache, &cache),
        Setting::new("wal_autocheckpoint", &pages, &pages),
    ];
    if purpose == Purpose::Read {
        settings.push(Setting::new("query_only", "ON", "1"));
    }
    settings
}

/// Makes the file readable by its owner only, before SQLite would make it for all; its log gets
/// the same rights from SQLite.
pub(crate) fn make_private(file: &Path) -> Result<(), OpenError> {
    File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .mode(0o600)
        .open(file)
        .map(drop)
        .map_err(|source| OpenError::File { path: file.to_path_buf(), source })
}

fn refuse_plain(file: &Path) -> Result<(), OpenError> {
    const PLAIN: &[u8; 16] = b"SQLite format 3\0";
    let unusable = |source| OpenError::File { path: file.to_path_buf(), source };
    let mut start = Vec::new();
    File::open(file).map_err(unusable)?.take(16).read_to_end(&mut start).map_err(unusable)?;
    if start == PLAIN {
        return Err(OpenError::NotEncrypted { file: file.to_path_buf() });
    }
    Ok(())
}
