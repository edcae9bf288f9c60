//! The SQLite file, and the one connection to it.

pub mod audit;
pub mod docs;
pub mod endpoints;
pub mod events;
pub mod meta;
pub mod people;
mod place;
pub mod principals;
mod schema;
pub mod scram;
pub mod serving;
pub mod teams;
mod wal;

use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, mpsc};
use std::thread::JoinHandle;

use rusqlite::{Connection, ErrorCode};

pub use place::{is_there, moves, regular};
pub use schema::{open, open_existing};

use crate::error::Error;

type Job = Box<dyn FnOnce(&mut Connection) + Send>;

/// The one connection to the file, and a thread for slow jobs: SQLite's calls block, and the server
/// should not.
pub struct Store {
    db: Arc<Mutex<Connection>>,
    /// Started when it is first needed: a command that only reads never needs it.
    worker: OnceLock<Option<Worker>>,
}

struct Worker {
    jobs: mpsc::Sender<Job>,
    thread: JoinHandle<()>,
}

impl Store {
    /// Takes over a connection.
    pub fn new(db: Connection) -> Store {
        Store { db: Arc::new(Mutex::new(db)), worker: OnceLock::new() }
    }

    /// Runs a job on the store's thread; `None` when there is no such thread.
    pub async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Connection) -> T + Send + 'static,
    ) -> Option<T> {
        let (reply, answer) = tokio::sync::oneshot::channel();
        let job: Job = Box::new(move |db| {
            // The caller may have hung up; what was done stays done.
            let _ = reply.send(job(db));
        });
        let worker = self.worker.get_or_init(|| Worker::start(&self.db).ok()).as_ref();
        worker?.jobs.send(job).ok()?;
        answer.await.ok()
    }

    /// Runs a job that only reads: immediately if nothing else is running, since changing threads
    /// costs more than one page of a list, otherwise in turn.
    pub async fn read<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Connection) -> T + Send + 'static,
    ) -> Option<T> {
        if let Ok(mut db) = self.db.try_lock() {
            return Some(job(&mut db));
        }
        self.run(job).await
    }
}

impl Worker {
    fn start(db: &Arc<Mutex<Connection>>) -> std::io::Result<Worker> {
        let (jobs, queue) = mpsc::channel::<Job>();
        let db = Arc::clone(db);
        let work = move || {
            for job in queue {
                // After a panic, the transaction was rolled back.
                job(&mut db.lock().unwrap_or_else(PoisonError::into_inner));
            }
        };
        let thread = std::thread::Builder::new().name("spctl-local-store".into()).spawn(work)?;
        Ok(Worker { jobs, thread })
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        if let Some(Some(Worker { jobs, thread })) = self.worker.take() {
            // The thread ends when its queue is closed, after the jobs that are in it.
            drop(jobs);
            let _ = thread.join();
        }
    }
}

/// Empties all tables, within the caller's transaction.
pub fn clear(db: &Connection) -> rusqlite::Result<()> {
    db.execute_batch(
        "DELETE FROM meta; DELETE FROM resources; DELETE FROM audit; DELETE FROM events;
         DELETE FROM deleted_instances; DELETE FROM principals; DELETE FROM tokens;
         DELETE FROM scram; DELETE FROM endpoints;",
    )
}

/// The directory that a store is in.
pub fn directory(path: &Path) -> &Path {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    parent.unwrap_or(Path::new("."))
}

/// An error about a store, naming its file.
pub fn failure(path: &Path, what: &str, error: rusqlite::Error) -> Error {
    let failed = Error::failed(format!("{what} the local store {}", path.display()));
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => place::not_ours(path),
        // What SQLite cannot make sense of, such as its format or a missing table.
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::Unknown) => {
            place::damaged(path, &error.to_string())
        }
        _ if lacks_room(&error) => failed
            .source("there is no space left for the files next to it")
            .hint("free space on that disk, or raise the limit (ulimit -f)"),
        _ => failed.source(error),
    }
}

/// Whether the disk is full, or a limit on file sizes is reached. Reading also writes, to the files
/// next to the store; SQLite then reports an I/O error.
pub fn lacks_room(error: &rusqlite::Error) -> bool {
    use rusqlite::ffi::{SQLITE_FULL, SQLITE_IOERR_SHMSIZE, SQLITE_IOERR_WRITE};
    let code = error.sqlite_error().map(|error| error.extended_code);
    code.is_some_and(|code| [SQLITE_FULL, SQLITE_IOERR_SHMSIZE, SQLITE_IOERR_WRITE].contains(&code))
}

/// A directory that only its owner can access, as a store requires.
#[cfg(all(test, unix))]
pub(super) fn private_directory() -> tempfile::TempDir {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::Permissions::from_mode(0o700);
    tempfile::Builder::new().permissions(mode).tempdir().unwrap()
}

#[cfg(all(test, not(unix)))]
pub(super) fn private_directory() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}
