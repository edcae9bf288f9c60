//! `audit timeline`.

mod events;

use std::collections::HashSet;
use std::sync::Arc;

use futures_util::stream;
use serde::Serialize;

use super::acts;
use super::reading::{self, FilterArgs, Reading, SourceArgs};
use crate::audit::filter::Filter;
use crate::audit::folds::acts::{About, Act, Acts};
use crate::audit::folds::timeline::{Step, Woven, timeline, weave};
use crate::context::Context;
use crate::error::Result;
use crate::ui::{Cell, Column, Listing, row};

/// How many acts are held; one takes about 250 bytes.
const MOST: usize = 100_000;

/// Whose lives.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "A processor's life: created, started, stopped, dropped, sampled, and what was denied; when, by \
whom, from where. A name may have several lives, as it is free once its processor is dropped: they are told \
apart by the processor's id, or where lines have none by its drop and its creation. Without --processor it is \
all processors, one after another. A pipeline that is run without being stored (.process()) has no life.

The audit log does not record modifications. Those, and changes that were made through the API, are in the \
project's events, which are woven in where the log comes from an instance, or else with --project-events. What log and \
event both tell, within ten seconds, is told once (told: log+event). Not to be able to read the project's events is no \
failure. Nothing records who got or listed processors or read their statistics, and only the log records samples.

--processor, --instance, --since and --until bound what is read; other filters choose the steps that are shown; \
those that only events tell take --verbatim: --event STREAM_PROCESSOR_MODIFIED --verbatim. \
Of more than 100000 acts the newest are told.

Examples:
  spctl audit timeline orders --processor low-stock
  spctl audit timeline orders payments --event drop --since 7d
  spctl audit timeline logs/ --processor totals \\
      --project-events -o json"
)]
pub struct Args {
    #[command(flatten)]
    from: SourceArgs,
    #[command(flatten)]
    which: FilterArgs,
    /// Weave in the project's events though the sources are files
    #[arg(long, conflicts_with = "no_project_events")]
    project_events: bool,
    /// Tell what the log tells, without the project's events
    #[arg(long)]
    no_project_events: bool,
}

/// A step as it is written.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    time: Option<String>,
    /// When for the last time, if it was done several times.
    #[serde(skip_serializing_if = "Option::is_none")]
    last: Option<String>,
    count: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    project: Option<String>,
    instance: Option<String>,
    processor: String,
    life: Option<u32>,
    uid: Option<String>,
    event: String,
    outcome: &'static str,
    outcome_is_inferred: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<i64>,
    by: Option<String>,
    from: Option<String>,
    session: Option<String>,
    /// `log`, `event` or `log+event`.
    told: &'static str,
    source: Option<String>,
    line: Option<u64>,
    /// The id of the project's event.
    event_id: Option<String>,
    notes: Vec<String>,
    #[serde(skip)]
    of: Step,
}

impl Row {
    fn of(step: Step) -> Row {
        let act = step.act.as_ref();
        Row {
            time: acts::text(step.time),
            last: acts::text(step.last),
            count: step.count,
            project: acts::own(&step.project),
            instance: acts::own(&step.instance),
            processor: step.processor.to_string(),
            life: step.life,
            uid: step.uid().map(|uid| uid.to_string()),
            event: step.name().to_owned(),
            outcome: step.outcome().name(),
            outcome_is_inferred: act.is_some_and(|act| act.outcome_is_inferred),
            code: act.and_then(|act| act.code).filter(|code| *code != 0),
            by: step.by().map(str::to_owned),
            from: step.from().map(str::to_owned),
            session: act.and_then(|act| acts::own(&act.session)),
            told: step.told().name(),
            source: act.map(|act| act.source.to_string()),
            line: act.map(|act| act.line),
            event_id: step.event.as_ref().map(|event| event.id.clone()),
            notes: step.notes.iter().map(ToString::to_string).collect(),
            of: step,
        }
    }
}

static LISTING: Listing<Row> = Listing {
    columns: &[
        Column::identifying("time", |row| acts::cell(row.of.time)),
        Column::telling_apart("processor", |row| row.processor.as_str().into()),
        Column::telling_apart("life", |row| Cell::count(row.life.map(Into::into))),
        Column::identifying("event", |row| row.event.as_str().into()),
        Column::telling_apart("outcome", |row| row.outcome.into()),
        Column::telling_apart("by", |row| Cell::maybe(row.by.clone())),
        Column::telling_apart("from", |row| Cell::maybe(row.from.clone())),
        Column::new("count", |row| Cell::Count(row.count)),
        Column::new("told", |row| row.told.into()),
        Column::new("instance", |row| Cell::maybe(row.instance.as_deref())),
        Column::new("notes", |row| Cell::List(row.notes.clone())),
        Column::new("last", |row| acts::cell(row.of.last)),
        Column::new("uid", |row| Cell::maybe(row.uid.as_deref())),
        Column::new("session", |row| Cell::maybe(row.session.as_deref())),
        Column::new("source", |row| Cell::maybe(row.source.as_deref())),
        Column::new("line", |row| Cell::count(row.line)),
    ],
    default: 11,
    name: |row| row.processor.clone(),
};

/// Tells the lives of processors.
pub(super) fn run(context: &Context, args: &Args) -> Result<()> {
    context.ui.check(&LISTING)?;
    let reading = reading::open(context, &args.from, &args.which)?.again()?;
    let (read, chooses) = filters(&reading.filter);
    let (acts, tally) = reading.fold_of(&read, || Acts::new(About::Processors, MOST));
    let (acts, older) = acts.finish();
    let chosen = chooses.map(|filter| Chosen::of(&reading, filter));
    let mut events = events::of(context, &reading, &acts, args)?;
    let Woven { steps, joined, added } = weave(acts, std::mem::take(&mut events.found));
    let steps = timeline(steps, |step| chosen.as_ref().is_none_or(|chosen| chosen.has(step)));
    let names: Vec<_> = reading.filter.processors.iter().map(String::as_str).collect();
    let nothing = match names.as_slice() {
        [] => "nothing is told of any processor".to_owned(),
        names => format!("nothing is told of {}", names.join(", ")),
    };
    // By its name alone a processor is told once.
    let (is_named, mut named) = (context.ui.options().names, HashSet::new());
    let steps =
        steps.into_iter().filter(|step| !is_named || named.insert(Arc::clone(&step.processor)));
    let rows = stream::iter(steps.map(|step| row::computed(Row::of(step))));
    context.block_on(context.ui.list(&LISTING, rows, &nothing))?;
    if older > 0 {
        context.ui.warn(format!("the newest {MOST} acts are told, {older} older ones are not"));
        context.ui.hint("name processors with --processor, or a range with --since and --until");
    }
    events.tell(context, joined, added);
    reading.finish(context, tally)
}

/// Which lines are read, and which of them are shown, if not all.
fn filters(filter: &Filter) -> (Filter, Option<&Filter>) {
    let Filter { since, until, processors, parses_all, .. } = filter.clone();
    let read = Filter { since, until, processors, parses_all, ..Filter::default() };
    let rest = Filter { since: None, until: None, processors: Vec::new(), ..filter.clone() };
    (read, (!rest.is_empty()).then_some(filter))
}

/// The steps that are shown where not all are.
struct Chosen<'a> {
    filter: &'a Filter,
    lines: HashSet<(Arc<str>, u64)>,
}

impl<'a> Chosen<'a> {
    fn of(reading: &Reading, filter: &'a Filter) -> Self {
        let acts = reading.refold(filter, || Acts::new(About::Processors, MOST));
        let line = |act: Act| (act.source, act.line);
        Chosen { filter, lines: acts.finish().0.into_iter().map(line).collect() }
    }

    fn has(&self, step: &Step) -> bool {
        let of_line = |act: &Act| self.lines.contains(&(Arc::clone(&act.source), act.line));
        let of_event =
            || step.event.as_ref().is_some_and(|event| events::passes(event, self.filter));
        step.act.as_ref().is_some_and(of_line) || of_event()
    }
}
