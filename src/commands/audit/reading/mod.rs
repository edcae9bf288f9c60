//! What every command that reads logs shares: where they are, what of them is asked for, and what is said
//! of lines and sources that cannot be read.

mod bad;
mod filter;
mod meant;
mod no_log;
mod sources;
mod spool;

use std::cell::RefCell;
use std::num::NonZero;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;

use crate::audit::filter::Filter;
use crate::audit::folds::Fold;
use crate::audit::folds::copies::{Copies, Groups, Once};
use crate::audit::lines::Fault;
use crate::audit::scan::{self, Seen, Tally, Unreadable, What};
use crate::audit::source::{Place, Source};
use crate::commands::names;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::times::rfc3339;
use crate::ui::plural;

use bad::Bad;
pub(super) use filter::FilterArgs;
use filter::Range;
use no_log::LaidOut;
pub(super) use sources::SourceArgs;
pub(super) use sources::is_path;
use sources::{Expects, Found, STDIN, real};
pub(super) use spool::{fetched, unkept};

/// What it means that a baseline cannot be read.
pub(super) const NO_BASELINE: &str =
    "nothing was looked for: without all of the baseline, much would pass for new";

/// Sources that are open, and what of them is asked for.
pub(super) struct Reading {
    pub(super) sources: Vec<Source>,
    pub(super) filter: Filter,
    bad: Option<Bad>,
    laid_out: LaidOut,
    /// Whether all sources can be read several times.
    is_lasting: bool,
    /// The users that are asked for, as they were typed.
    users: Vec<String>,
    /// Those that could not be opened.
    failed: Vec<Error>,
    /// What archives are not that they should be.
    damaged: Vec<Error>,
    /// Whether it is what the answer is held against, without which there is none.
    is_baseline: bool,
    /// How lines are counted once, if sources were found to overlap.
    once: RefCell<Option<Once>>,
}

/// Opens the sources: instances are downloaded, the others are only found. What is no log by its beginning
/// is an error.
///
/// # Errors
/// Usage; that no source can be opened. One that cannot beside others is an error of [`Reading::finish`].
pub(super) fn open(context: &Context, from: &SourceArgs, which: &FilterArgs) -> Result<Reading> {
    opened(context, from, which, which.range(context)?, Expects::Logs)
}

/// The same for who takes lines of any kind as they are.
///
/// # Errors
/// Those of [`open`].
pub(super) fn open_any(
    context: &Context,
    from: &SourceArgs,
    which: &FilterArgs,
) -> Result<Reading> {
    opened(context, from, which, which.range(context)?, Expects::Anything)
}

/// All that files hold, and of instances what came from a moment on.
///
/// # Errors
/// As of [`open`].
pub(super) fn open_since(
    context: &Context,
    from: &SourceArgs,
    start: Timestamp,
) -> Result<Reading> {
    let range = Range { default_start: Some(start), ..Range::default() };
    opened(context, from, &FilterArgs::default(), range, Expects::Logs)
}

/// The same of the whole days in which the range lies.
///
/// # Errors
/// As of [`open`].
pub(super) fn open_days(
    context: &Context,
    from: &SourceArgs,
    which: &FilterArgs,
) -> Result<Reading> {
    let asked = which.range(context)?;
    let range = asked.in_days(context.now()?);
    if (range.since, range.until) != (asked.since, asked.until) {
        let since = range.since.map(|since| format!(" from {}", rfc3339(since)));
        let until = range.until.map(|until| format!(" to {}", rfc3339(until)));
        let [since, until] = [since, until].map(Option::unwrap_or_default);
        context.ui.note(format!("days are exported whole:{since}{until}"));
    }
    opened(context, from, which, range, Expects::Logs)
}

fn opened(
    context: &Context,
    from: &SourceArgs,
    which: &FilterArgs,
    range: Range,
    expects: Expects,
) -> Result<Reading> {
    let filter = which.filter(&range)?;
    let bad = which.bad.as_deref().map(Bad::create).transpose()?;
    let Found { sources, failed, damaged } = from.open(context, &range, which, expects)?;
    let mut reading = Reading {
        is_lasting: sources.iter().all(is_lasting),
        sources,
        filter,
        bad,
        laid_out: LaidOut::default(),
        users: which.users.clone(),
        failed,
        damaged,
        is_baseline: false,
        once: RefCell::default(),
    };
    if reading.sources.is_empty() {
        let failed = reading.failures(Vec::new());
        let asked = failed.len();
        names::failures(context, failed, asked, "source")?;
    }
    Ok(reading)
}

impl Reading {
    /// As what an answer is held against: unless all of it can be read, there is no answer.
    pub(super) fn into_baseline(self) -> Reading {
        Reading { is_baseline: true, ..self }
    }

    /// Has the sources ready to be read several times: stdin and pipes can be read once, so they are kept.
    ///
    /// # Errors
    /// Failed, where one of them cannot be read or kept.
    pub(super) fn again(mut self) -> Result<Reading> {
        for source in self.sources.iter_mut().filter(|source| !is_lasting(source)) {
            *source = spool::kept(source)?;
        }
        self.is_lasting = true;
        Ok(self)
    }

    /// Whether a log was fetched from its instance: that is called as the instance is, and a file by its path.
    pub(super) fn is_fetched(&self) -> bool {
        self.sources.iter().any(|source| source.instance.as_ref() == Some(&source.label))
    }

    /// Whether a file is one of those that are read.
    pub(super) fn reads(&self, path: &Path) -> bool {
        let path = real(path);
        let is_file = |source: &&Source| {
            &*source.label != STDIN && source.instance.as_ref() != Some(&source.label)
        };
        self.sources.iter().filter(is_file).any(|source| real(Path::new(&*source.label)) == path)
    }

    /// Whether all events of the range are asked for.
    pub(super) fn has_all_events(&self) -> bool {
        Filter { since: None, until: None, ..self.filter.clone() }.is_empty()
    }

    /// Folds all events that are asked for, on all cores.
    pub(super) fn fold<F: Fold>(&self, new: impl Fn() -> F + Sync) -> (F, Tally) {
        self.fold_of(&self.filter, new)
    }

    /// The same of what another filter asks for, for answers that take several readings: this is the one
    /// whose tally is told.
    pub(super) fn fold_of<F: Fold>(
        &self,
        filter: &Filter,
        new: impl Fn() -> F + Sync,
    ) -> (F, Tally) {
        self.folded(filter, new, &self.takes_bad())
    }

    /// Folds events; those that are in several sources count once, for which all is read again.
    fn folded<F: Fold>(
        &self,
        filter: &Filter,
        new: impl Fn() -> F + Sync,
        bad: &(dyn Fn(Place<'_>, Fault, &[u8]) + Sync),
    ) -> (F, Tally) {
        let Some(groups) = Groups::of(&self.sources) else {
            return scan::fold(&self.sources, filter, threads(), &new, bad);
        };
        let both = || (new(), Copies::new(Arc::clone(&groups)));
        let ((whole, copies), mut tally) = scan::fold(&self.sources, filter, threads(), &both, bad);
        let Some(mut once) = copies.finish() else { return (whole, tally) };
        let mut whole = whole;
        if self.is_lasting {
            whole = new();
            let mut sources: Vec<&Source> = self.sources.iter().collect();
            sources.sort_by_key(|source| groups.number(&source.label));
            for source in sources {
                let group = groups.number(&source.label);
                scan::each(std::slice::from_ref(source), filter, &mut |seen| {
                    if let What::Event(event) = seen.what
                        && once.counts(group, event.time, seen.line)
                    {
                        whole.take(event, seen.place);
                    }
                    ControlFlow::Continue(())
                });
            }
            tally.passed = tally.passed.saturating_sub(once.dropped);
        }
        let mut told = self.once.borrow_mut();
        if told.as_ref().is_none_or(|told| told.dropped <= once.dropped) {
            *told = Some(once.told());
        }
        drop(told);
        (whole, tally)
    }

    /// Says which sources overlap, and what became of the lines that are in several.
    fn tell_overlap(&self, context: &Context) {
        let told = self.once.borrow();
        let Some(once) = told.as_ref() else { return };
        let Some((one, other)) = once.names.first() else { return };
        let more = match once.names.len() - 1 {
            0 => String::new(),
            more => format!(" (and {} more)", plural(more, "pair")),
        };
        let dropped = plural(usize::try_from(once.dropped).unwrap_or(usize::MAX), "event");
        let overlap = format!("{one} and {other} hold the same events{more}");
        if !self.is_lasting {
            context.ui.warn(format!("{overlap}, which are counted for each"));
            context.ui.hint("name one of them; or save stdin in a file, and events count once");
        } else if once.is_full {
            context.ui.warn(format!("{overlap}: {dropped} left out, too many to leave out all"));
            context.ui.hint("name one of them, or a shorter range");
        } else {
            let are = if once.dropped == 1 { "is" } else { "are" };
            context.ui.note(format!("{overlap}: {dropped} that {are} in both count once"));
        }
    }

    /// Another reading, of which nothing is told.
    pub(super) fn refold<F: Fold>(&self, filter: &Filter, new: impl Fn() -> F + Sync) -> F {
        self.folded(filter, new, &|_, _, _| {}).0
    }

    /// Passes on all lines that are asked for, in order.
    pub(super) fn each(&self, seen: &mut dyn FnMut(Seen<'_>) -> ControlFlow<()>) -> Tally {
        let bad = self.takes_bad();
        scan::each(&self.sources, &self.filter, &mut |line| {
            if let What::Fault(fault) = line.what {
                bad(line.place, fault, line.line);
            }
            seen(line)
        })
    }

    /// Takes every line that is no event.
    fn takes_bad(&self) -> impl Fn(Place<'_>, Fault, &[u8]) + Sync {
        let (bad, laid_out) = (self.bad.as_ref(), &self.laid_out);
        move |place, fault, line| {
            if let Some(bad) = bad {
                bad.take(place, fault, line);
            }
            if fault == Fault::Malformed {
                laid_out.line(place, line);
            }
        }
    }

    /// Why sources could not be opened.
    pub(super) fn failed(&self) -> impl Iterator<Item = String> {
        self.failed.iter().chain(&self.damaged).map(Error::to_string)
    }

    /// Tells what could not be read. Called once the answer is written.
    ///
    /// # Errors
    /// A source that could not be read, or not to its end.
    pub(super) fn finish(mut self, context: &Context, tally: Tally) -> Result<()> {
        self.tell_overlap(context);
        let others = tally.lines.others();
        if others > 0 {
            let are = if others == 1 { "is" } else { "are" };
            let lines = plural(usize::try_from(others).unwrap_or(usize::MAX), "line");
            let looked = match tally.is_prefiltered {
                true => "; lines without what is asked for were looked at from outside only",
                false => "",
            };
            let kinds = tally.lines.kinds();
            context.ui.warn(format!("{lines} {are} no event ({kinds}){looked}"));
        }
        match self.bad.take() {
            Some(bad) => bad.keep(context)?,
            None if tally.lines.malformed > 0 => {
                context.ui.hint("--bad FILE keeps such lines, with where they stand");
            }
            None => {}
        }
        let laid_out = self.laid_out.hint();
        if tally.senseless > 0 {
            let many = plural(usize::try_from(tally.senseless).unwrap_or(usize::MAX), "line");
            let (are, say) = if tally.senseless == 1 { ("is", "names") } else { ("are", "name") };
            context.ui.warn(format!(
                "{many} {are} JSON, but {say} neither an event nor a class: no outcome is inferred"
            ));
            context.ui.hint("audit show SOURCE --report-shape tells which keys lines have");
        }
        if tally.passed == 0 && tally.lines.events > 0 && self.is_lasting {
            for hint in meant::hints(&self.sources, &self.filter, &self.users) {
                context.ui.hint(hint);
            }
        }
        let asked = self.sources.len() + self.failed.len() + self.damaged.len();
        if tally.lines.events == 0 && tally.lines.malformed > 0 && tally.unreadable.is_empty() {
            // Nothing was found because nothing was understood: that is no answer.
            let error = Error::failed("no line that was read is an event");
            self.failed.push(laid_out.into_iter().fold(error, Error::hint));
        } else if let Some(hint) = laid_out {
            context.ui.hint(hint);
        }
        let failed = self.failures(tally.unreadable);
        names::failures(context, failed, asked, "source")
    }

    /// An error for each source that could not be read, or not to its end, and what that means.
    fn failures(&mut self, unreadable: Vec<Unreadable>) -> Vec<Error> {
        let damaged =
            std::mem::take(&mut self.damaged).into_iter().map(|error| match self.is_baseline {
                true => error,
                false => error.hint("what was lost or changed is not in the answer"),
            });
        let cut = unreadable.into_iter().map(|Unreadable { label, lines, error }| {
            if lines == 0 {
                return Error::failed(format!("cannot read {label}")).source(error);
            }
            let lines = plural(usize::try_from(lines).unwrap_or(usize::MAX), "line");
            let what = format!("{label}: cannot be read beyond {lines}");
            Error::failed(what).source(error).hint(match self.is_baseline {
                true => "fetch or restore the file and try again",
                false => {
                    "the answer holds what came before; fetch or restore the file and try again"
                }
            })
        });
        let all = std::mem::take(&mut self.failed).into_iter().chain(damaged).chain(cut);
        match self.is_baseline {
            false => all.collect(),
            true => all.map(|error| error.context("--baseline").hint(NO_BASELINE)).collect(),
        }
    }
}

/// Whether a source can be read several times: a file, or the log of an instance, which is in one.
fn is_lasting(source: &Source) -> bool {
    source.instance.as_ref() == Some(&source.label)
        || &*source.label != STDIN && Path::new(&*source.label).is_file()
}

fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, NonZero::get)
}
