//! Opening, creating and seeding the file. Several processes may do so at once.

use std::fs::{DirBuilder, File, OpenOptions};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};

use super::failure;
use crate::error::{Error, Result};

/// Marks the file as ours: "spct" in ASCII.
const APPLICATION_ID: i64 = 0x7370_6374;
/// The newest schema that this version knows.
const SCHEMA_VERSION: i64 = 2;
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

const TABLES: &str = "
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE resources (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    parent TEXT NOT NULL,
    key TEXT NOT NULL,
    doc TEXT NOT NULL,
    expires INTEGER,
    UNIQUE (kind, parent, key)
);
CREATE INDEX resources_in_order ON resources (kind, parent, seq);
CREATE TABLE audit (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    project TEXT NOT NULL,
    instance TEXT NOT NULL,
    time INTEGER NOT NULL,
    processor TEXT,
    line TEXT NOT NULL
);
CREATE INDEX audit_in_order ON audit (project, instance, time, seq);
CREATE TABLE deleted_instances (
    project TEXT NOT NULL,
    name TEXT NOT NULL,
    deleted INTEGER NOT NULL,
    PRIMARY KEY (project, name)
) WITHOUT ROWID;
CREATE TABLE principals (
    name TEXT PRIMARY KEY,
    id TEXT NOT NULL,
    secret_digest TEXT NOT NULL,
    roles TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE tokens (
    digest TEXT PRIMARY KEY,
    principal TEXT NOT NULL,
    expires INTEGER NOT NULL
) WITHOUT ROWID;
";

/// Since schema 2.
const EVENTS: &str = "
CREATE TABLE events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    project TEXT NOT NULL,
    time INTEGER NOT NULL,
    type TEXT NOT NULL,
    doc TEXT NOT NULL
);
CREATE INDEX events_in_order ON events (project, time, seq);
";

/// Opens the store, and creates and seeds it when there is none yet.
///
/// # Errors
/// The file cannot be opened, is no store of ours, or is of a newer schema: it stays untouched.
pub fn open(path: &Path, seed: impl FnOnce(&Connection) -> Result<()>) -> Result<Connection> {
    create_directory(path)?;
    create_file(path)?;
    let db = connect(path)?;
    if is_ready(&db, path)? {
        return configured(db, path);
    }
    create(db, path, seed)
}

/// Opens a store that must be there.
///
/// # Errors
/// As [`open`]; and not found when there is no store.
pub fn open_existing(path: &Path) -> Result<Connection> {
    let missing = || {
        Error::not_found(format!("there is no local store at {}", path.display()))
            .hint("`spctl local init` creates one")
    };
    let there = path.try_exists();
    if !there.map_err(|e| Error::failed(format!("cannot open {}", path.display())).source(e))? {
        return Err(missing());
    }
    let db = connect(path)?;
    if !is_ready(&db, path)? {
        return Err(missing());
    }
    configured(db, path)
}

fn create(
    db: Connection,
    path: &Path,
    seed: impl FnOnce(&Connection) -> Result<()>,
) -> Result<Connection> {
    // The switch to WAL fails at once, whatever the busy timeout, when two connections try it:
    // so creation is one process' business at a time. The lock dies with its process.
    let lock = lock_file(path)?;
    lock.lock().map_err(|e| {
        Error::failed(format!("cannot lock the local store {}", path.display())).source(e)
    })?;
    if is_ready(&db, path)? {
        return configured(db, path);
    }
    let failed = |e| failure(path, "cannot create", e);
    db.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).map_err(failed)?;
    let mut db = configured(db, path)?;
    let tx = db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
    tx.execute_batch(TABLES).map_err(failed)?;
    tx.execute_batch(EVENTS).map_err(failed)?;
    seed(&tx)?;
    tx.pragma_update(None, "application_id", APPLICATION_ID).map_err(failed)?;
    tx.pragma_update(None, "user_version", SCHEMA_VERSION).map_err(failed)?;
    tx.commit().map_err(failed)?;
    Ok(db)
}

fn connect(path: &Path) -> Result<Connection> {
    // Not as a URI, which a relative path could look like, and never creating the file: SQLite
    // would do so by the umask.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db =
        Connection::open_with_flags(path, flags).map_err(|e| failure(path, "cannot open", e))?;
    db.busy_timeout(BUSY_TIMEOUT).map_err(|e| failure(path, "cannot open", e))?;
    Ok(db)
}

/// What each connection must be told anew.
fn configured(db: Connection, path: &Path) -> Result<Connection> {
    let failed = |e| failure(path, "cannot open", e);
    db.execute_batch("PRAGMA synchronous = FULL").map_err(failed)?;
    // Otherwise a statement with a LIMIT is planned anew each time that it is bound.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(failed)?;
    Ok(db)
}

/// Whether the file holds a store; false when it is empty.
fn is_ready(db: &Connection, path: &Path) -> Result<bool> {
    let read = || -> rusqlite::Result<(i64, i64, i64)> {
        // One snapshot: another process may be creating the store between two reads.
        let tx = db.unchecked_transaction()?;
        let number = |pragma: &str| tx.query_row(pragma, [], |row| row.get::<_, i64>(0));
        Ok((
            number("PRAGMA application_id")?,
            number("PRAGMA user_version")?,
            number("SELECT count(*) FROM sqlite_schema")?,
        ))
    };
    let not_ours = || {
        Error::failed(format!("{} is not a store of spctl", path.display()))
            .hint("name another file or directory; this one was left as it is")
    };
    match read() {
        Ok((APPLICATION_ID, SCHEMA_VERSION, _)) => Ok(true),
        Ok((APPLICATION_ID, 1, _)) => {
            upgrade(db).map(|()| true).map_err(|e| failure(path, "cannot upgrade", e))
        }
        Ok((APPLICATION_ID, version, _)) => Err(Error::failed(format!(
            "the local store {} has schema {version}; this spctl knows up to {SCHEMA_VERSION}",
            path.display()
        ))
        .hint("use the newer spctl that wrote it, or another data directory")),
        Ok((0, 0, 0)) => Ok(false),
        Ok(_) => Err(not_ours()),
        Err(e) if e.sqlite_error_code() == Some(ErrorCode::NotADatabase) => Err(not_ours()),
        Err(e) => Err(failure(path, "cannot read", e)),
    }
}

/// Brings an older store up to date, unless another process was faster.
fn upgrade(db: &Connection) -> rusqlite::Result<()> {
    let tx = Transaction::new_unchecked(db, TransactionBehavior::Immediate)?;
    let version: i64 = tx.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if version == 1 {
        tx.execute_batch(EVENTS)?;
        tx.pragma_update(None, "user_version", SCHEMA_VERSION)?;
    }
    tx.commit()
}

fn create_directory(path: &Path) -> Result<()> {
    let Some(parent) = path.parent().filter(|p| !p.as_os_str().is_empty()) else {
        return Ok(());
    };
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(parent).map_err(|e| {
        Error::failed(format!("cannot create {}", parent.display()))
            .source(e)
            .hint("SPCTL_DATA_DIR names the directory of the local store")
    })
}

/// An empty file of mode 0600, before SQLite makes one by the umask; its journals take the mode.
fn create_file(path: &Path) -> Result<()> {
    private(path)
        .map(drop)
        .map_err(|e| Error::failed(format!("cannot open {}", path.display())).source(e))
}

fn lock_file(path: &Path) -> Result<File> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let path = PathBuf::from(name);
    private(&path).map_err(|e| Error::failed(format!("cannot open {}", path.display())).source(e))
}

fn private(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_foreign_file_is_left_as_it_is() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("notes.txt");
        std::fs::write(
            &path,
            "these are my notes, and they are long enough to be a page".repeat(99),
        )
        .unwrap();
        let before = std::fs::read(&path).unwrap();
        let error = open(&path, |_| Ok(())).unwrap_err();
        assert!(error.to_string().contains("not a store of spctl"), "{error}");
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }

    #[test]
    fn a_newer_schema_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("local.db");
        let db = open(&path, |_| Ok(())).unwrap();
        db.pragma_update(None, "user_version", SCHEMA_VERSION + 1).unwrap();
        drop(db);
        assert!(open(&path, |_| Ok(())).unwrap_err().to_string().contains("schema 3"));
    }

    #[test]
    fn an_older_store_is_brought_up_to_date() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("local.db");
        let db = open(&path, |_| Ok(())).unwrap();
        db.execute_batch("DROP TABLE events; PRAGMA user_version = 1").unwrap();
        drop(db);
        let db = open_existing(&path).unwrap();
        db.execute_batch("SELECT * FROM events").unwrap();
    }

    #[test]
    fn many_create_one_store_and_one_of_them_seeds_it() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("new/local.db");
        let seeded = std::sync::atomic::AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    open(&path, |_| {
                        seeded.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                        Ok(())
                    })
                    .unwrap()
                });
            }
        });
        assert_eq!(seeded.into_inner(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_can_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("new/local.db");
        let _db = open(&path, |_| Ok(())).unwrap();
        for entry in std::fs::read_dir(path.parent().unwrap()).unwrap() {
            let entry = entry.unwrap();
            assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{entry:?}");
        }
        let mode = path.parent().unwrap().metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
    }
}
