//! Preview, ask, send, read back, verify, report.

use std::cell::RefCell;
use std::collections::HashSet;
use std::rc::Rc;

use super::failed::FailedFile;
use super::report::{End, finish};
use super::{
    Applied, Batch, Change, ObjectId, Plan, Planned, ReadBack, Remark, Stage, preview, rounds,
    verify,
};
use crate::atlas::Row;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::signals::Watch;
use crate::ui::{Columns, Listing};

/// Shows, asks, sends, reads back, verifies and reports. `shown` is what the command writes in
/// the end, so that the output options are checked before anything is sent.
pub async fn execute<'a>(
    context: &Context,
    planned: impl Into<Planned<'a>>,
    batch: Option<&Batch>,
    shown: &dyn Columns,
    read_back: impl AsyncFn() -> Result<ReadBack> + 'a,
) -> Applied {
    execute_all(context, vec![Stage::new(planned, read_back)], batch, shown).await
}

/// Like [`execute`], for changes that build on each other: all stages are shown and asked about
/// together, and a stage is sent only if all of the ones before it were verified, or if it is
/// [sent regardless](Stage::regardless) of them.
/// What was not started because of an earlier failure is reported as a failure.
pub async fn execute_all(
    context: &Context,
    stages: Vec<Stage<'_>>,
    batch: Option<&Batch>,
    shown: &dyn Columns,
) -> Applied {
    let (mut done, mut unknown, mut watch) = (Vec::new(), Vec::new(), None);
    // A dry run writes requests, and checks the output options for those.
    let checked = match context.dry_run {
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
        kept = FailedFile::begin(context, file, &stages)?;
    }
    let (mut ends, mut noted) = (Vec::new(), Ok(()));
    let mut held = None;
    for plan in stages.iter_mut().map(|stage| &mut stage.planned.plan) {
        for note in &plan.notes {
            match note {
                Remark::Note(text) => context.ui.note(text),
                Remark::Warning(text) => context.ui.warn(text),
                Remark::Hint(text) => context.ui.hint(text),
            }
        }
        for object in &plan.unchanged {
            context.ui.note_about(object, format!("unchanged: {object}"));
        }
        preview::show(context, plan);
        held = held.or(plan.held.take());
        ends.push(End::begin(plan));
    }
    if let Some(error) = held {
        for failure in ends.iter().flat_map(|end| &end.errors) {
            context.ui.error(failure);
        }
        return Err(error);
    }
    let changes: Vec<&Plan> =
        stages.iter().map(|stage| &stage.planned.plan).filter(|p| !p.changes.is_empty()).collect();
    if context.dry_run && (!changes.is_empty() || ends.iter().any(End::is_several)) {
        let all: Vec<&Change> = changes.iter().flat_map(|plan| &plan.changes).collect();
        preview::requests(context, &all).await?;
    } else if !changes.is_empty() {
        if !context.ui.confirm(&preview::question(&changes))? {
            return Err(Error::usage("not confirmed; nothing was changed"));
        }
        context.say_where();
        *watch = Some(stop_when_told(context)?);
        let mut failed = false;
        for (stage, end) in stages.into_iter().zip(&mut ends) {
            match noted.is_err() || failed && !stage.regardless {
                true => end.skip(stage.planned.plan),
                false => {
                    let (made, recorded) = run(context, stage, end).await?;
                    done.extend(made);
                    noted = recorded;
                }
            }
            failed |= !end.errors.is_empty();
            unknown.append(&mut end.unknown);
        }
    }
    // What was done is reported even if it cannot be written down.
    match (finish(context, ends, kept), noted) {
        (Err(first), Err(second)) => {
            context.ui.error(&second);
            Err(first)
        }
        (first, second) => first.and(second),
    }
}

/// Nothing new is started after a signal, whatever is in progress: reading again, waiting for a
/// limit, writing a record.
fn stop_when_told(context: &Context) -> Result<Watch> {
    let client = context.client()?.clone();
    let watch = context.signals.watch(move |_| client.stop_waiting());
    watch.map_err(|e| Error::failed("signals cannot be handled").source(e))
}

/// Like [`execute`], for the objects of one listing, under the names it gives them; those that were
/// changed and still exist are written if a format was asked for.
pub async fn apply<'a, T: 'static>(
    context: &Context,
    planned: impl Into<Planned<'a>>,
    batch: Option<&Batch>,
    listing: &'a Listing<'_, T>,
    fetch: impl AsyncFn() -> Result<Vec<Row<T>>> + 'a,
) -> Applied {
    let rows = Rc::new(RefCell::new(Vec::new()));
    let planned = planned.into();
    let alone = planned.plan.asked() == 1;
    let (kept, listed) = (Rc::clone(&rows), planned.plan.object(""));
    let own = listed.clone();
    let stage = Stage::new(planned, async move || {
        let fetched = fetch().await?;
        let known = |row: &Row<T>| (own.named((listing.name)(&row.view)), row.raw.clone());
        let found = fetched.iter().map(known).collect();
        kept.replace(fetched);
        Ok(found)
    });
    let mut applied = execute_all(context, vec![stage], batch, listing).await;
    // Even if others failed: what was changed is still data.
    if context.ui.wants_data() && !applied.done.is_empty() {
        let done: HashSet<&ObjectId> = applied.done.iter().collect();
        let changed = |row: &Row<T>| done.contains(&listed.named((listing.name)(&row.view)));
        let rows = rows.take().into_iter().filter(changed).map(|row| (row.raw, row.view)).collect();
        let shown = context.ui.show_asked(listing, rows, alone, |_| Vec::new());
        applied.outcome = applied.outcome.and(shown);
    }
    applied
}

/// Makes the changes of one stage; those that were made, and whether that was written down.
async fn run(
    context: &Context,
    stage: Stage<'_>,
    end: &mut End,
) -> Result<(Vec<ObjectId>, Result<()>)> {
    let Stage { planned, read_back, before, after, regardless: _ } = stage;
    let mut done = Vec::new();
    if planned.plan.changes.is_empty() {
        return Ok((done, Ok(())));
    }
    let verb = planned.plan.done;
    let mut sent = rounds::all(context, planned, end.failed(), before).await?;
    end.add(std::mem::take(&mut sent.further));
    let outcomes = verify::verify(context, sent, &read_back).await;
    let noted = after(&outcomes);
    for (change, outcome) in outcomes {
        match outcome {
            Ok(()) => {
                context.ui.note_about(&change.object, format!("{verb} {}", change.object));
                done.extend(change.objects());
            }
            Err(error) => end.fail(&change, error),
        }
    }
    Ok((done, noted))
}
