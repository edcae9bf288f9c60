//! The SQLite file, and the one thread that touches it.

pub mod audit;
pub mod docs;
pub mod events;
pub mod meta;
pub mod people;
pub mod principals;
mod schema;
pub mod teams;

use std::path::Path;
use std::sync::mpsc;
use std::thread::JoinHandle;

use rusqlite::Connection;

pub use schema::{open, open_existing};

use crate::error::{Error, Result};

type Job = Box<dyn FnOnce(&mut Connection) + Send>;

/// A handle on the thread that owns the connection: SQLite calls block, the server must not.
pub struct Store {
    jobs: Option<mpsc::Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Store {
    /// Gives a connection its thread.
    pub fn start(mut db: Connection) -> Result<Store> {
        let (jobs, queue) = mpsc::channel::<Job>();
        let thread = std::thread::Builder::new()
            .name("spctl-local-store".into())
            .spawn(move || {
                for job in queue {
                    job(&mut db);
                }
            })
            .map_err(|e| Error::failed("cannot start the store's thread").source(e))?;
        Ok(Store { jobs: Some(jobs), thread: Some(thread) })
    }

    /// Runs a job on the store's thread; `None` when that thread is gone.
    pub async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Connection) -> T + Send + 'static,
    ) -> Option<T> {
        let (reply, answer) = tokio::sync::oneshot::channel();
        let job: Job = Box::new(move |db| {
            // The caller may have hung up: what was done stays done.
            let _ = reply.send(job(db));
        });
        self.jobs.as_ref()?.send(job).ok()?;
        answer.await.ok()
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        // The thread ends when its queue is closed, after the jobs that are in it.
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Removes everything but the tables, within the caller's transaction.
pub fn clear(db: &Connection) -> rusqlite::Result<()> {
    db.execute_batch(
        "DELETE FROM meta; DELETE FROM resources; DELETE FROM audit; DELETE FROM events;
         DELETE FROM deleted_instances; DELETE FROM principals; DELETE FROM tokens;",
    )
}

/// An error about a store, naming its file.
pub fn failure(path: &Path, what: &str, error: rusqlite::Error) -> Error {
    Error::failed(format!("{what} the local store {}", path.display())).source(error)
}
