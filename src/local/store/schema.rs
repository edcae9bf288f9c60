//! Opening, creating and seeding the file. Several processes may do so at once.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::docs::{self, kind};
use super::place::{self, with_suffix};
use super::{directory, endpoints, failure, scram};
use crate::error::{Error, Kind, Result};
use crate::files;
use crate::local::secrets;

/// Marks the file as ours: "spct" in ASCII.
pub const APPLICATION_ID: i64 = 0x7370_6374;
/// The newest schema that this version knows.
const SCHEMA_VERSION: i64 = 6;
/// Since this schema, connections are stored without their secrets.
const SECRETS_ARE_GONE: i64 = 3;
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// How often a lock that another process has is tried.
const LOCK_EVERY: Duration = Duration::from_millis(10);

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

/// Since schema 5. What has expired is removed before anything is added, and what is left is
/// counted: both without a look at every object.
const EXPIRY: &str = "
CREATE INDEX IF NOT EXISTS resources_by_expiry ON resources (kind, parent, expires);
";

/// Opens the store; creates and seeds it if it does not exist.
///
/// # Errors
/// Others can read the store; what is there is damaged, none of ours, or of a newer schema: it
/// stays untouched.
pub fn open(path: &Path, seed: impl FnOnce(&Connection) -> Result<()>) -> Result<Connection> {
    if !place::is_there(path)? {
        create_directory(path)?;
        let _alone = lock(path)?;
        if !place::is_there(path)? {
            create(path, seed)?;
        }
    }
    connect(path)
}

/// Opens an existing store.
///
/// # Errors
/// As [`open`]; and not found when there is no store.
pub fn open_existing(path: &Path) -> Result<Connection> {
    match place::is_there(path)? {
        true => connect(path),
        false => Err(Error::not_found(format!("there is no local store at {}", path.display()))
            .hint("`spctl local init` creates one")),
    }
}

/// Creates a store next to `path`, and renames it when it is complete: a process that is killed
/// before that leaves nothing that disturbs the next one. The caller holds the lock.
fn create(path: &Path, seed: impl FnOnce(&Connection) -> Result<()>) -> Result<()> {
    let beside = with_suffix(path, ".new");
    let failed =
        |e| Error::failed(format!("cannot create the local store {}", path.display())).source(e);
    for suffix in [""].iter().chain(&place::BESIDE) {
        place::regular(&with_suffix(&beside, suffix))?;
    }
    remove(&beside).map_err(failed)?;
    let made = fill(&beside, path, seed).and_then(|()| {
        File::open(&beside).and_then(|file| file.sync_all()).map_err(failed)?;
        fs::rename(&beside, path).map_err(failed)?;
        sync_directory(path).map_err(failed)
    });
    if made.is_err() {
        // The first failure is the one to report.
        let _ = remove(&beside);
    }
    made
}

/// Fills a new file, and closes it again.
fn fill(beside: &Path, path: &Path, seed: impl FnOnce(&Connection) -> Result<()>) -> Result<()> {
    let failed = |e| failure(path, "cannot create", e);
    // Of mode 0600, before SQLite makes one by the umask; its files next to it take the mode.
    private(beside).map_err(|e| {
        Error::failed(format!("cannot create the local store {}", path.display())).source(e)
    })?;
    let mut db = handle(beside, path)?;
    // Nobody misses this file if it is never completed.
    db.execute_batch("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF").map_err(failed)?;
    let tx = db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
    tx.execute_batch(TABLES).map_err(failed)?;
    tx.execute_batch(EVENTS).map_err(failed)?;
    tx.execute_batch(scram::TABLE).map_err(failed)?;
    tx.execute_batch(EXPIRY).map_err(failed)?;
    tx.execute_batch(endpoints::TABLE).map_err(failed)?;
    seed(&tx)?;
    tx.pragma_update(None, "application_id", APPLICATION_ID).map_err(failed)?;
    tx.pragma_update(None, "user_version", SCHEMA_VERSION).map_err(failed)?;
    tx.commit().map_err(failed)?;
    db.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).map_err(failed)?;
    db.close().map_err(|(_, e)| failed(e))
}

/// Removes what a process that was killed left of a new store.
fn remove(beside: &Path) -> io::Result<()> {
    for suffix in [""].iter().chain(&place::BESIDE) {
        match fs::remove_file(with_suffix(beside, suffix)) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e),
            _ => {}
        }
    }
    Ok(())
}

/// Without this, a crash of the machine could undo the rename.
fn sync_directory(path: &Path) -> io::Result<()> {
    match cfg!(unix) {
        true => File::open(directory(path))?.sync_all(),
        false => Ok(()),
    }
}

/// Opens an existing store, and upgrades it.
fn connect(path: &Path) -> Result<Connection> {
    let mut db = handle(path, path)?;
    let ready = check(&mut db, path).and_then(|()| {
        let failed = |e| failure(path, "cannot open", e);
        db.execute_batch("PRAGMA synchronous = FULL").map_err(failed)?;
        // Otherwise a statement with a LIMIT is planned again each time it is bound.
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map(drop).map_err(failed)
    });
    if ready.is_err() && place::has_log(path) {
        // A store that is not understood is left unchanged, log included.
        let _ = db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true);
    }
    ready.map(|()| db)
}

fn handle(file: &Path, path: &Path) -> Result<Connection> {
    // Not as a URI, which a relative path could look like, and never creating the file: SQLite
    // would do so by the umask.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let failed = |e| failure(path, "cannot open", e);
    let db = Connection::open_with_flags(file, flags).map_err(failed)?;
    db.busy_timeout(BUSY_TIMEOUT).map_err(failed)?;
    match db.is_readonly(rusqlite::MAIN_DB).map_err(failed)? {
        false => Ok(db),
        true => Err(Error::failed(format!("cannot write the local store {}", path.display()))
            .hint("make it writable: even reading it may record an event")),
    }
}

/// Checks that the file is a store, and of a schema that is known.
fn check(db: &mut Connection, path: &Path) -> Result<()> {
    let read = || -> rusqlite::Result<(i64, i64)> {
        // One snapshot: another process may be upgrading the store between two reads.
        let tx = db.unchecked_transaction()?;
        let number = |pragma: &str| tx.query_row(pragma, [], |row| row.get::<_, i64>(0));
        number("SELECT count(*) FROM sqlite_schema")?;
        Ok((number("PRAGMA application_id")?, number("PRAGMA user_version")?))
    };
    match read() {
        Ok((APPLICATION_ID, SCHEMA_VERSION)) => Ok(()),
        Ok((APPLICATION_ID, 1..SCHEMA_VERSION)) => upgrade(db, path),
        Ok((APPLICATION_ID, version)) => Err(Error::failed(format!(
            "the local store {} has schema {version}; this version supports schemas up to {SCHEMA_VERSION}",
            path.display()
        ))
        .hint("use the newer version that wrote it, or another data directory")),
        Ok(_) => Err(place::not_ours(path)),
        Err(e) => Err(failure(path, "cannot read", e)),
    }
}

/// Upgrades an older store, unless another process was faster. If it is killed, the next process
/// does the work: the version is written last.
fn upgrade(db: &mut Connection, path: &Path) -> Result<()> {
    let _alone = lock(path)?;
    let failed = |e| failure(path, "cannot upgrade", e);
    let tx = db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
    let version: i64 = tx.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(failed)?;
    if version == SCHEMA_VERSION {
        return Ok(());
    }
    if version == 1 {
        tx.execute_batch(EVENTS).map_err(failed)?;
        tx.pragma_update(None, "user_version", 2).map_err(failed)?;
    }
    tx.execute_batch(scram::TABLE).map_err(failed)?;
    tx.execute_batch(EXPIRY).map_err(failed)?;
    tx.execute_batch(endpoints::TABLE).map_err(failed)?;
    if version >= SECRETS_ARE_GONE {
        tx.pragma_update(None, "user_version", SCHEMA_VERSION).map_err(failed)?;
        return tx.commit().map_err(failed);
    }
    docs::change_all(&tx, &[kind::CONNECTION, kind::FAILOVER_CONNECTION], secrets::hide)
        .map_err(failed)?;
    tx.commit().map_err(failed)?;
    // What was overwritten remains in free pages and in the log until both are rewritten.
    db.execute_batch("PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; VACUUM")
        .map_err(failed)?;
    let busy: bool =
        db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0)).map_err(failed)?;
    if busy {
        let what = format!("cannot upgrade the local store {}: it is in use", path.display());
        return Err(Error::failed(what).hint("stop the process that uses it, and try again"));
    }
    db.pragma_update(None, "user_version", SCHEMA_VERSION).map_err(failed)
}

fn create_directory(path: &Path) -> Result<()> {
    let parent = directory(path);
    files::private_directory(parent).map_err(|e| {
        Error::failed(format!("cannot create {}", parent.display()))
            .source(e)
            .hint("set SPCTL_DATA_DIR to the directory of the local store")
    })
}

/// Lets one process at a time create a store. The lock ends with its process.
fn lock(path: &Path) -> Result<File> {
    let failed =
        |e| Error::failed(format!("cannot lock the local store {}", path.display())).source(e);
    let name = with_suffix(path, ".lock");
    place::regular(&name)?;
    let file = private(&name).map_err(failed)?;
    let begun = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::Error(e)) => return Err(failed(e)),
            Err(TryLockError::WouldBlock) if begun.elapsed() > BUSY_TIMEOUT => {
                let what = format!("another process holds {}.lock", path.display());
                return Err(Error::new(Kind::Unavailable, what)
                    .hint("another process is creating the store and is stuck: stop it"));
            }
            Err(TryLockError::WouldBlock) => thread::sleep(LOCK_EVERY),
        }
    }
}

pub(super) fn private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::super::private_directory;
    use super::*;

    #[test]
    fn an_upgrade_leaves_no_secret_behind() {
        let dir = private_directory();
        let path = dir.path().join("local.db");
        let db = open(&path, |_| Ok(())).unwrap();
        let secret = |n: usize| {
            serde_json::json!({
                "headers": { "Authorization": format!("hush-{n}") },
                "config": { "sasl.jaas.config": format!("password=hush-{n}") },
                "url": format!("https://u:hush-{n}@example.com/{}", "x".repeat(6000)),
            })
        };
        let add = |kind: &str, n: usize| {
            docs::add(&db, kind, "p/i", &n.to_string(), &secret(n), None).unwrap();
        };
        // Stored, overwritten and deleted, in the file, in free pages and in the log.
        (0..60).for_each(|n| add(kind::CONNECTION, n));
        add(kind::FAILOVER_CONNECTION, 60);
        for n in 0..20 {
            let key = n.to_string();
            docs::update(&db, kind::CONNECTION, "p/i", &key, &secret(n + 100), None).unwrap();
        }
        db.query_row("PRAGMA wal_checkpoint(FULL)", [], |_| Ok(())).unwrap();
        db.execute("DELETE FROM resources WHERE key BETWEEN '20' AND '40'", []).unwrap();
        db.execute_batch("PRAGMA user_version = 2").unwrap();
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).unwrap();
        drop(db);
        let holds = |name: &str| {
            let bytes = files(dir.path()).remove(name).unwrap_or_default();
            bytes.windows(5).any(|window| window == b"hush-")
        };
        assert!(holds("local.db") && holds("local.db-wal"));

        let db = open_existing(&path).unwrap();
        for name in files(dir.path()).keys() {
            assert!(!holds(name), "{name} while it is open");
        }
        let kept = docs::list_below(&db, jiff::Timestamp::MIN, kind::CONNECTION, "p").unwrap();
        assert!(kept.len() > 20, "{}", kept.len());
        assert_eq!(kept[0]["headers"]["Authorization"], "********");
        drop(db);
        for name in files(dir.path()).keys() {
            assert!(!holds(name), "{name}");
        }
    }

    #[test]
    fn many_upgrade_one_store() {
        let dir = private_directory();
        let path = dir.path().join("local.db");
        let db = open(&path, |_| Ok(())).unwrap();
        db.execute_batch("DROP TABLE events; PRAGMA user_version = 1").unwrap();
        drop(db);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let db = open_existing(&path).unwrap();
                    db.execute_batch("SELECT * FROM events").unwrap();
                });
            }
        });
    }

    #[test]
    fn a_foreign_file_is_left_as_it_is() {
        let dir = private_directory();
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
    fn what_a_killed_creator_has_left_is_replaced() {
        let dir = private_directory();
        let path = dir.path().join("local.db");
        let left = ["local.db.new", "local.db.new-journal", "local.db.new-wal", "local.db.lock"];
        for name in left {
            std::fs::write(dir.path().join(name), "half a store").unwrap();
        }
        open(&path, |_| Ok(())).unwrap();
        let names: Vec<_> = files(dir.path()).into_keys().collect();
        assert_eq!(names, ["local.db", "local.db.lock"]);
        let failed = open(&dir.path().join("other.db"), |_| Err(Error::failed("no seed")));
        assert_eq!(failed.unwrap_err().to_string(), "no seed");
        let names: Vec<_> = files(dir.path()).into_keys().collect();
        assert_eq!(names, ["local.db", "local.db.lock", "other.db.lock"]);
    }

    #[test]
    fn a_newer_schema_is_refused() {
        let dir = private_directory();
        let path = dir.path().join("local.db");
        let db = open(&path, |_| Ok(())).unwrap();
        db.pragma_update(None, "user_version", SCHEMA_VERSION + 1).unwrap();
        drop(db);
        assert!(open(&path, |_| Ok(())).unwrap_err().to_string().contains("schema 7"));
    }

    #[test]
    fn an_older_store_is_brought_up_to_date() {
        let dir = private_directory();
        let path = dir.path().join("local.db");
        let db = open(&path, |_| Ok(())).unwrap();
        db.execute_batch(
            "DROP TABLE events; DROP INDEX resources_by_expiry; PRAGMA user_version = 1",
        )
        .unwrap();
        drop(db);
        let db = open_existing(&path).unwrap();
        db.execute_batch("SELECT * FROM events").unwrap();
        let removed = "EXPLAIN QUERY PLAN DELETE FROM resources
                       WHERE kind = 'a' AND parent = 'b' AND expires <= 1";
        let plan: String = db.query_row(removed, [], |row| row.get("detail")).unwrap();
        assert!(plan.contains("resources_by_expiry"), "{plan}");
    }

    fn files(dir: &Path) -> std::collections::BTreeMap<String, Vec<u8>> {
        let files = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap());
        files
            .map(|file| {
                (file.file_name().into_string().unwrap(), std::fs::read(file.path()).unwrap())
            })
            .collect()
    }

    #[test]
    fn many_create_one_store_and_one_of_them_seeds_it() {
        let dir = private_directory();
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
        let dir = private_directory();
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
