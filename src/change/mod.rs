//! A change is a value: shown, asked about, sent, read back and verified by one executor.

mod beside;
mod execute;
mod expect;
mod fact;
mod failed;
mod plan;
mod preview;
pub mod record;
mod report;
mod rounds;
mod seen;
mod send;
mod settling;
mod single;
mod stage;
mod verify;

pub use beside::Beside;
pub use execute::{apply, execute, execute_all};
pub use expect::Expect;
pub use fact::{Fact, Weight};
pub use plan::{Change, Plan, Remark};
pub use preview::shown;
pub use single::request;
pub use stage::{Planned, Stage};

use std::collections::HashMap;
use std::path::PathBuf;

use serde_json::value::RawValue;

use crate::context::Context;
use crate::error::Result;
pub use crate::object::ObjectId;
use crate::signals::Watch;

/// What every command that changes several named objects takes.
#[derive(Debug, Clone, clap::Args)]
pub struct Batch {
    /// Write the names that failed to this file, ready to be read back with -
    #[arg(long, value_name = "FILE")]
    pub failed: Option<PathBuf>,
}

/// The present state of objects.
pub type ReadBack = HashMap<ObjectId, Box<RawValue>>;

/// The result of a plan: if part of it failed, the rest was still done.
#[derive(Debug)]
pub struct Applied {
    /// What was changed and verified.
    pub done: Vec<ObjectId>,
    /// What may or may not have been changed.
    pub unknown: Vec<ObjectId>,
    /// Usage, if the change was not confirmed; otherwise the worst failure, after each failure was
    /// shown.
    pub outcome: Result<()>,
    /// What follows a change must not be cut off either.
    _watch: Option<Watch>,
}

impl Applied {
    /// Goes on with what was done, whatever else failed; a failure still decides the outcome.
    ///
    /// # Errors
    /// The plan's outcome; otherwise that of going on.
    pub async fn then(
        self,
        context: &Context,
        go_on: impl AsyncFnOnce(&[ObjectId]) -> Result<()>,
    ) -> Result<()> {
        match (self.outcome, go_on(&self.done).await) {
            (Err(first), Err(second)) => {
                context.ui.error(&second);
                Err(first)
            }
            (first, second) => first.and(second),
        }
    }
}
