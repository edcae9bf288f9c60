//! A change is a value: shown, asked about, sent, read back and verified by one executor.

mod beside;
mod expect;
mod plan;
mod preview;
mod rounds;
mod seen;
mod send;
mod single;
mod verify;

pub use beside::Beside;
pub use expect::Expect;
pub use plan::{Change, Fact, ObjectId, Plan, Planned, Stage, Weight};
pub use preview::shown;
pub use single::request;

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use serde_json::value::RawValue;

use crate::atlas::Row;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::files::Pending;
use crate::files::output::{self, Replace};
use crate::signals::Watch;
use crate::ui::{Columns, Listing, plural};

/// What every command that changes several named objects takes.
#[derive(Debug, Clone, clap::Args)]
pub struct Batch {
    /// Write the names that failed to this file, ready to be fed back with -
    #[arg(long, value_name = "FILE")]
    pub failed: Option<PathBuf>,
}

/// The present state of a noun's objects, by name.
pub type ReadBack = HashMap<String, Box<RawValue>>;

/// What came of a plan: where a part of it failed, the rest was done all the same.
#[derive(Debug)]
pub struct Applied {
    /// What was changed and verified.
    pub done: Vec<ObjectId>,
    /// What may have been changed, and nobody knows.
    pub unknown: Vec<ObjectId>,
    /// Usage, where the change is not confirmed; otherwise the worst of what failed, after each
    /// failure was shown.
    pub outcome: Result<()>,
    /// Also what comes of what was done must not be cut off.
    _watch: Option<Watch>,
}

impl Applied {
    /// Goes on with what was done, whatever else failed; that failure counts in the end.
    ///
    /// # Errors
    /// The plan's outcome; else what came of going on.
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

/// Shows, asks, sends, reads back, verifies and reports. `shown` is what the command writes of it in
/// the end, so that what the command line says of it is checked before anything is sent.
pub async fn execute<'a, F>(
    context: &Context,
    planned: impl Into<Planned<'a>>,
    batch: Option<&Batch>,
    shown: &dyn Columns,
    read_back: impl FnOnce() -> F + 'a,
) -> Applied
where
    F: Future<Output = Result<ReadBack>> + 'a,
{
    execute_all(context, vec![Stage::new(planned, read_back)], batch, shown).await
}

/// Like [`execute`], for changes that build on each other: all stages are shown and asked about at
/// once, and a stage is sent only when the ones before it were verified whole.
/// What was not begun because of an earlier failure is said, and is a failure.
pub async fn execute_all(
    context: &Context,
    stages: Vec<Stage<'_>>,
    batch: Option<&Batch>,
    shown: &dyn Columns,
) -> Applied {
    let (mut done, mut unknown, mut watch) = (Vec::new(), Vec::new(), None);
    // A dry run writes requests, and checks what was said about those.
    let checked = match context.global.dry_run {
        true => Ok(()),
        false => context.ui.check(shown),
    };
    let outcome = match checked {
        Ok(()) => attempt(context, stages, batch, &mut done, &mut unknown, &mut watch).await,
        Err(error) => Err(error),
    };
    Applied { done, unknown, outcome, _watch: watch }
}

async fn attempt(
    context: &Context,
    mut stages: Vec<Stage<'_>>,
    batch: Option<&Batch>,
    done: &mut Vec<ObjectId>,
    unknown: &mut Vec<ObjectId>,
    watch: &mut Option<Watch>,
) -> Result<()> {
    let mut kept = None;
    if let Some(file) = batch.and_then(|batch| batch.failed.as_deref()) {
        output::free(file, Replace::Forced)?;
        let names = stages.iter().flat_map(|stage| stage.planned.plan.names()).collect();
        replaceable(file, &names)?;
        if !context.global.dry_run {
            // Begun before anything is sent: a directory may refuse it.
            let begun = Pending::create(file);
            kept = Some((file, begun.map_err(|e| output::unwritten(file, Replace::Forced, e))?));
        }
    }
    let mut ends = Vec::new();
    let mut held = None;
    for plan in stages.iter_mut().map(|stage| &mut stage.planned.plan) {
        let total = plan.asked();
        for note in &plan.notes {
            context.ui.note(note);
        }
        for object in &plan.unchanged {
            context.ui.note(format!("unchanged: {} {object}", plan.noun));
        }
        let failures = std::mem::take(&mut plan.refused);
        preview::show(context, plan);
        held = held.or(plan.held.take());
        let failures: Vec<_> =
            failures.into_iter().map(|(name, error)| (plan.object(name), error)).collect();
        let failed = failures.iter().map(|(object, _)| object.clone()).collect();
        ends.push(End { noun: plan.noun, total, failed, unknown: Vec::new(), failures });
    }
    if let Some(error) = held {
        for (_, failure) in ends.iter().flat_map(|end| &end.failures) {
            context.ui.error(failure);
        }
        return Err(error);
    }
    let changes: Vec<&Plan> =
        stages.iter().map(|stage| &stage.planned.plan).filter(|p| !p.changes.is_empty()).collect();
    if context.global.dry_run && (!changes.is_empty() || ends.iter().any(|end| end.total > 1)) {
        let all: Vec<&Change> = changes.iter().flat_map(|plan| &plan.changes).collect();
        preview::requests(context, &all).await?;
    } else if !changes.is_empty() {
        if !context.ui.confirm(&preview::question(&changes))? {
            return Err(Error::usage("not confirmed; nothing was changed"));
        }
        context.say_where();
        *watch = Some(stop_when_told(context)?);
        let mut blocked = false;
        for (stage, end) in stages.into_iter().zip(&mut ends) {
            match blocked {
                true => end.skip(stage.planned.plan),
                false => done.extend(run(context, stage, end).await?),
            }
            blocked |= !end.failures.is_empty();
            unknown.append(&mut end.unknown);
        }
    }
    finish(context, ends, kept)
}

/// Nothing new is begun after a signal, whatever is done meanwhile: reading again, waiting for a
/// limit, writing a record.
fn stop_when_told(context: &Context) -> Result<Watch> {
    let client = context.client()?.clone();
    let watch = context.signals.watch(move |_| client.stop_waiting());
    watch.map_err(|e| Error::failed("signals cannot be handled").source(e))
}

/// Like [`execute`], with the objects of one listing, which go by the names it gives them; those
/// that were changed and are still there are written where a format was asked for.
pub async fn apply<'a, T: 'static, F>(
    context: &Context,
    planned: impl Into<Planned<'a>>,
    batch: Option<&Batch>,
    listing: &'static Listing<T>,
    fetch: impl FnOnce() -> F + 'a,
) -> Applied
where
    F: Future<Output = Result<Vec<Row<T>>>> + 'a,
{
    let rows = Rc::new(RefCell::new(Vec::new()));
    let planned = planned.into();
    let alone = planned.plan.asked() == 1;
    let kept = Rc::clone(&rows);
    let stage = Stage::new(planned, move || async move {
        let fetched = fetch().await?;
        let by_name = |row: &Row<T>| ((listing.name)(&row.view), row.raw.clone());
        let found = fetched.iter().map(by_name).collect();
        kept.replace(fetched);
        Ok(found)
    });
    let mut applied = execute_all(context, vec![stage], batch, listing).await;
    // Also where others failed: what was changed is data all the same.
    if context.ui.wants_data() && !applied.done.is_empty() {
        let done: HashSet<&String> = applied.done.iter().map(|object| &object.name).collect();
        let changed = |row: &Row<T>| done.contains(&(listing.name)(&row.view));
        let rows = rows.take().into_iter().filter(changed).map(|row| (row.raw, row.view)).collect();
        let shown = context.ui.show_asked(listing, rows, alone, |_| Vec::new());
        applied.outcome = applied.outcome.and(shown);
    }
    applied
}

/// How a stage ended.
struct End {
    noun: &'static str,
    total: usize,
    /// All that failed, also those that failed together.
    failed: Vec<ObjectId>,
    /// Those of them that may have been changed all the same.
    unknown: Vec<ObjectId>,
    failures: Vec<(ObjectId, Error)>,
}

impl End {
    /// Nothing of this plan was sent, because what it builds on is not there.
    fn skip(&mut self, plan: Plan) {
        for change in plan.changes {
            let why = "not begun, because what it builds on failed; unchanged";
            self.fail(change, Error::failed(why));
        }
    }

    fn fail(&mut self, change: Change, error: Error) {
        self.failed.extend(change.objects());
        if error.api_facts().may_be_done {
            self.unknown.extend(change.objects());
        }
        self.failures.push((change.object, error));
    }
}

/// Makes the changes of one stage; those that were made.
async fn run(context: &Context, stage: Stage<'_>, end: &mut End) -> Result<Vec<ObjectId>> {
    let Stage { planned, read_back, before } = stage;
    let mut done = Vec::new();
    if planned.plan.changes.is_empty() {
        return Ok(done);
    }
    let verb = planned.plan.done;
    let refused = end.failures.iter().map(|(object, _)| object.clone()).collect();
    let sent = rounds::all(context, planned, refused, before).await?;
    end.total += sent.further;
    for (change, outcome) in verify::verify(context, sent, read_back).await {
        match outcome {
            Ok(()) => {
                context.ui.note(format!("{verb} {}", change.object));
                done.extend(change.objects());
            }
            Err(error) => end.fail(change, error),
        }
    }
    Ok(done)
}

fn finish(context: &Context, ends: Vec<End>, kept: Option<(&Path, Pending)>) -> Result<()> {
    let failures = || ends.iter().flat_map(|end| &end.failures);
    let kept = kept.map_or(Ok(()), |(file, pending)| {
        keep(file, pending, ends.iter().flat_map(|end| &end.failed))
    });
    let Some(kind) = Kind::worst(failures().map(|(_, e)| e.kind())) else {
        return kept;
    };
    if let Err(error) = &kept {
        context.ui.error(error);
    }
    let mut totals: Vec<(&str, usize, usize)> = Vec::new();
    for end in &ends {
        let failed = end.failed.len();
        match totals.iter_mut().find(|(noun, ..)| *noun == end.noun) {
            Some(sum) => (sum.1, sum.2) = (sum.1 + failed, sum.2 + end.total),
            None => totals.push((end.noun, failed, end.total)),
        }
    }
    let part = |&(noun, failed, total): &(&str, usize, usize)| {
        (failed > 0).then(|| format!("{failed} of {}", plural(total, noun)))
    };
    let parts: Vec<String> = totals.iter().filter_map(part).collect();
    let alone = ends.iter().map(|end| end.total).sum::<usize>() == 1;
    let about =
        |(object, error): (ObjectId, Error)| match names_it(&error.to_string(), &object.name) {
            true => error,
            false => error.context(object),
        };
    for end in ends {
        for failure in end.failures {
            let error = about(failure);
            if alone {
                return Err(error);
            }
            context.ui.error(&error);
        }
    }
    Err(Error::new(kind, format!("{} failed", parts.join(" and "))))
}

/// Whether a sentence names an object: as a word of its own, not within one.
fn names_it(sentence: &str, object: &str) -> bool {
    let within = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    sentence.match_indices(object).any(|(at, _)| {
        let before = sentence.get(..at).and_then(|text| text.chars().next_back());
        let after = sentence.get(at + object.len()..).and_then(|text| text.chars().next());
        !within(before) && !within(after)
    })
}

/// The names that an earlier run has kept are replaced by a run that is about them again; whatever
/// else stands there would be lost. It is not shown: it may be anything.
fn replaceable(file: &Path, names: &HashSet<String>) -> Result<()> {
    let holds_others = match std::fs::read_to_string(file) {
        Ok(text) => text.lines().any(|line| !line.is_empty() && !names.contains(line)),
        Err(error) => error.kind() != ErrorKind::NotFound,
    };
    match holds_others {
        false => Ok(()),
        true => Err(Error::new(
            Kind::Conflict,
            format!("{} holds more than names that this command is about", file.display()),
        )
        .hint("name another file with --failed, or move that one away; nothing was changed")),
    }
}

fn keep<'a>(
    file: &Path,
    mut pending: Pending,
    failed: impl Iterator<Item = &'a ObjectId>,
) -> Result<()> {
    let names: String = failed.map(|object| format!("{}\n", object.name)).collect();
    let written = pending.write_all(names.as_bytes()).and_then(|()| pending.keep(true));
    written.map_err(|e| Error::failed(format!("cannot write {}", file.display())).source(e))
}
