//! What users did to stream processors, for questions about privileges.

use std::collections::HashSet;
use std::sync::Arc;

use jiff::Timestamp;

use super::reading::{self, FilterArgs, Reading, SourceArgs};
use crate::audit::folds::coverage::{Coverage, Whole};
use crate::audit::folds::uses::{ByUser, Uses};
use crate::audit::scan::Tally;
use crate::context::Context;
use crate::error::Result;

/// What was read of some logs.
pub struct Used {
    /// What the users did.
    pub uses: ByUser,
    /// When there were events at all.
    pub coverage: Whole,
    /// Where they were read from.
    pub sources: Vec<From>,
    reading: Reading,
    tally: Tally,
}

/// A source of events.
pub struct From {
    /// What it is called.
    pub label: Arc<str>,
    /// The instance that it is of, where that is known.
    pub instance: Option<Arc<str>>,
    /// Whether it was fetched from the instance itself.
    pub is_live: bool,
}

/// Reads what these users, as logs name them, did since a moment.
///
/// # Errors
/// Usage; that no source can be opened.
pub fn used(
    context: &Context,
    sources: &[String],
    since: Timestamp,
    users: HashSet<Arc<str>>,
) -> Result<Used> {
    let reading =
        reading::open(context, &SourceArgs::named(sources), &FilterArgs::since(since))?.again()?;
    let users = Arc::new(users);
    let ((uses, coverage), tally) = reading.fold(|| (Uses::of(&users), Coverage::default()));
    let from = |source: &crate::audit::source::Source| From {
        label: Arc::clone(&source.label),
        instance: source.instance.clone(),
        is_live: source.instance.as_ref() == Some(&source.label),
    };
    Ok(Used {
        uses: uses.finish(),
        coverage: coverage.finish(&reading.sources),
        sources: reading.sources.iter().map(from).collect(),
        reading,
        tally,
    })
}

impl Used {
    /// Tells what could not be read. Called once the answer is written.
    ///
    /// # Errors
    /// A source that could not be read, or not to its end.
    pub fn finish(self, context: &Context) -> Result<()> {
        self.reading.finish(context, self.tally)
    }

    /// Whether all sources could be opened and read to their ends.
    pub fn is_whole(&self) -> bool {
        self.tally.unreadable.is_empty() && self.reading.failed().next().is_none()
    }
}
