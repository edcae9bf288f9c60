//! The control plane that the endpoints are of: its store, its time, and one instance.

use std::sync::Arc;

use rusqlite::TransactionBehavior;

use super::cursors::Cursors;
use super::failure::{Code, Failure};
use crate::local::Clock;
use crate::local::domain::actor::Actor;
use crate::local::domain::refusal::Refusal;
use crate::local::domain::{Outcome, Work};
use crate::local::store::Store;

/// What all connections to all instances share.
#[derive(Clone)]
pub(in crate::local) struct Plane {
    pub(in crate::local) store: Arc<Store>,
    pub(in crate::local) clock: Clock,
    /// What users look at.
    pub(in crate::local) cursors: Arc<Cursors>,
}

impl Plane {
    /// The control plane of a store.
    pub(in crate::local) fn new(store: Arc<Store>, clock: Clock) -> Plane {
        Plane { store, clock, cursors: Arc::default() }
    }

    /// Reads, in a transaction.
    ///
    /// # Errors
    /// The domain's refusal.
    pub(super) async fn read<T: Send + 'static>(
        &self,
        actor: Actor,
        job: impl FnOnce(&Work<'_>) -> Outcome<T> + Send + 'static,
    ) -> Result<T, Failure> {
        self.work(TransactionBehavior::Deferred, actor, job).await
    }

    /// Reads and writes, all or nothing.
    ///
    /// # Errors
    /// The domain's refusal, with which nothing is written.
    pub(super) async fn write<T: Send + 'static>(
        &self,
        actor: Actor,
        job: impl FnOnce(&Work<'_>) -> Outcome<T> + Send + 'static,
    ) -> Result<T, Failure> {
        self.work(TransactionBehavior::Immediate, actor, job).await
    }

    /// Does a job in a transaction, which ends with it: a job that fails leaves nothing.
    ///
    /// # Errors
    /// The job's, or the store's.
    pub(super) async fn work<T: Send + 'static, E: From<Refusal> + Send + 'static>(
        &self,
        behavior: TransactionBehavior,
        actor: Actor,
        job: impl FnOnce(&Work<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, Failure>
    where
        Failure: From<E>,
    {
        let clock = self.clock;
        let done = self.store.run(move |db| {
            let tx = db.transaction_with_behavior(behavior).map_err(Refusal::from)?;
            let now = clock.now(&tx).map_err(Refusal::from)?;
            let done = job(&Work { db: &tx, now, actor: &actor })?;
            tx.commit().map_err(Refusal::from)?;
            Ok(done)
        });
        let done: Option<Result<T, E>> = done.await;
        let gone = || Failure::new(Code::INTERNAL, "the control plane is stopping");
        Ok(done.ok_or_else(gone)??)
    }
}
