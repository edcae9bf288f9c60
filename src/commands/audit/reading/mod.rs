//! What every command that reads logs shares: where they are, what of them is asked for, and what is said
//! of lines and sources that cannot be read.

mod filter;
mod sources;
mod spool;

use std::num::NonZero;
use std::ops::ControlFlow;

use crate::audit::filter::Filter;
use crate::audit::folds::Fold;
use crate::audit::lines::Fault;
use crate::audit::scan::{self, Seen, Tally};
use crate::audit::source::{Place, Source};
use crate::commands::names;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ui::plural;

pub(super) use filter::FilterArgs;
pub(super) use sources::SourceArgs;
pub(super) use spool::fetched;

/// Sources that are open, and what of them is asked for.
pub(super) struct Reading {
    pub(super) sources: Vec<Source>,
    pub(super) filter: Filter,
    /// How many sources were asked for.
    asked: usize,
    /// Those that could not be opened.
    failed: Vec<Error>,
}

/// Opens the sources: instances are downloaded, the others are only found.
///
/// # Errors
/// Usage; that no source can be opened. One that cannot beside others is an error of [`Reading::finish`].
pub(super) fn open(context: &Context, from: &SourceArgs, which: &FilterArgs) -> Result<Reading> {
    let range = which.range(context)?;
    let filter = which.filter(&range)?;
    let mut found = from.open(context, &range, which)?;
    if found.failed.len() == found.asked {
        names::failures(context, std::mem::take(&mut found.failed), found.asked, "source")?;
    }
    Ok(Reading { sources: found.sources, filter, asked: found.asked, failed: found.failed })
}

impl Reading {
    /// Folds all events that are asked for, on all cores.
    pub(super) fn fold<F: Fold>(&self, new: impl Fn() -> F + Sync) -> (F, Tally) {
        let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
        let bad = |_: Place<'_>, _: Fault, _: &[u8]| {};
        scan::fold(&self.sources, &self.filter, threads, &new, &bad)
    }

    /// Passes on all lines that are asked for, in order.
    pub(super) fn each(&self, seen: &mut dyn FnMut(Seen<'_>) -> ControlFlow<()>) -> Tally {
        scan::each(&self.sources, &self.filter, seen)
    }

    /// Tells what could not be read. Called once the answer is written.
    ///
    /// # Errors
    /// A source that could not be read, or not to its end.
    pub(super) fn finish(mut self, context: &Context, tally: Tally) -> Result<()> {
        let others = tally.lines.others();
        if others > 0 {
            let are = if others == 1 { "is" } else { "are" };
            let lines = plural(usize::try_from(others).unwrap_or(usize::MAX), "line");
            let looked = match tally.is_prefiltered {
                true => "; lines without what is asked for were looked at from outside only",
                false => "",
            };
            context.ui.warn(format!("{lines} {are} no event{looked}"));
        }
        self.failed.extend(tally.unreadable.into_iter().map(|unreadable| {
            let lines = plural(usize::try_from(unreadable.lines).unwrap_or(usize::MAX), "line");
            Error::failed(format!("{}: cannot be read beyond {lines}", unreadable.label))
                .source(unreadable.error)
                .hint("the answer holds what came before; fetch or restore the file and try again")
        }));
        names::failures(context, self.failed, self.asked, "source")
    }
}
