//! The project's events about processors, and whether they can be had.

use std::collections::{BTreeMap, BTreeSet};
use std::future::ready;
use std::sync::Arc;

use futures_util::TryStreamExt;
use jiff::{SignedDuration, Timestamp};

use super::super::reading::Reading;
use super::Args;
use crate::atlas::events::{Event, EventFilter};
use crate::audit::event::{self, Entity, Micros, Outcome, User};
use crate::audit::filter::Filter;
use crate::audit::folds::acts::Act;
use crate::audit::folds::timeline::ProjectEvent;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::session;
use crate::ui::plural;

/// How the types of events about processors begin.
const PREFIX: &str = "STREAM_PROCESSOR_";

/// How far a log goes back that is fetched without a start.
const FETCHED: SignedDuration = SignedDuration::from_hours(30 * 24);

/// The project's events about processors, and what is to be said of them.
#[derive(Default)]
pub(super) struct Events {
    pub(super) found: Vec<ProjectEvent>,
    /// Whether the project was asked.
    asked: bool,
    /// Whether it would have been, had it been wanted.
    wanted: bool,
    /// Why they could not be read.
    refused: Vec<Error>,
    /// Sources of which nothing tells whose log they are.
    unknown: Vec<Arc<str>>,
}

impl Events {
    /// Says what of the project's events is in the answer.
    pub(super) fn tell(&self, context: &Context, joined: usize, added: usize) {
        let ui = &context.ui;
        if self.asked {
            ui.note(match (joined, added) {
                (0, 0) => "the project has no events about these processors".to_owned(),
                _ => {
                    let events = plural(joined + added, "project event");
                    format!(
                        "{events} woven in: {joined} of what the log tells too, {added} of more"
                    )
                }
            });
        } else if self.wanted {
            ui.note("modifications are not in an audit log: --project-events weaves in the project's events");
        }
        for error in &self.refused {
            ui.warn(format!("without project events, and so without modifications: {error}"));
        }
        if let Some(first) = self.unknown.first() {
            let others = match self.unknown.len() {
                1 => String::new(),
                n => format!(" and {}", plural(n - 1, "other source")),
            };
            let why = "nothing says whose log it is, so that no project events are woven in";
            ui.warn(format!("{first}{others}: {why}"));
            ui.hint("in an archive the directory says it: instance=NAME");
        }
    }
}

/// The events about the processors of these sources.
///
/// # Errors
/// Those of the API, but for a refusal.
pub(super) fn of(
    context: &Context,
    reading: &Reading,
    acts: &[Act],
    args: &Args,
) -> Result<Events> {
    if args.no_project_events || !(args.project_events || reading.is_fetched()) {
        let wanted = !args.no_project_events && !reading.sources.is_empty();
        return Ok(Events { wanted, ..Events::default() });
    }
    let mut instances: BTreeMap<Option<Arc<str>>, BTreeSet<Arc<str>>> = BTreeMap::new();
    let mut events = Events::default();
    for source in &reading.sources {
        match &source.instance {
            Some(name) => {
                let of_project = instances.entry(source.project.clone()).or_default();
                of_project.insert(Arc::clone(name));
            }
            None => events.unknown.push(Arc::clone(&source.label)),
        }
    }
    let range = EventFilter {
        since: since(context, reading, acts)?.map(|time| time.to_string()),
        until: reading.filter.until.and_then(Micros::timestamp).map(|time| time.to_string()),
        ..EventFilter::default()
    };
    for (project, instances) in instances {
        let wanted = Wanted { project, instances, filter: &reading.filter };
        let asked = context.signals.interruptible(wanted.ask(context, &range));
        match context.block_on(asked) {
            Ok(found) => {
                events.asked = true;
                events.found.extend(found);
            }
            Err(error) if error.kind() == Kind::NotPermitted => events.refused.push(error),
            Err(error) => {
                return Err(error.hint("--no-project-events tells what the log tells, and no more"));
            }
        }
    }
    Ok(events)
}

/// From when on there are lines to compare with: a log that is fetched without a start goes back so far by
/// the server's clock, which need not be ours.
fn since(context: &Context, reading: &Reading, acts: &[Act]) -> Result<Option<Timestamp>> {
    if let Some(since) = reading.filter.since {
        return Ok(since.timestamp());
    }
    let first = acts.iter().find_map(|act| act.time?.timestamp());
    let fetched = context.now()?.checked_sub(FETCHED).ok().filter(|_| reading.is_fetched());
    Ok(first.into_iter().chain(fetched).min())
}

/// Which events of a project are asked for.
struct Wanted<'a> {
    /// The project, as the archive names it; the one that the command works on otherwise.
    project: Option<Arc<str>>,
    instances: BTreeSet<Arc<str>>,
    filter: &'a Filter,
}

impl Wanted<'_> {
    async fn ask(&self, context: &Context, range: &EventFilter) -> Result<Vec<ProjectEvent>> {
        let project = match &self.project {
            None => context.project().await?.project.clone(),
            Some(name) => session::project_id(context.client()?, name).await?,
        };
        // New types of events appear, so that they are told by how they begin.
        let events = context.client()?.streaming().events(&project, range);
        let events = events.map_err(Error::from);
        let found = events.try_filter_map(|row| ready(Ok(self.event(&row.view, row.raw.get()))));
        found.try_collect().await
    }

    /// The event, if it is about a processor that is asked for.
    fn event(&self, event: &Event, raw: &str) -> Option<ProjectEvent> {
        let said = |key: &str| event.rest.get(key).and_then(|value| value.as_str());
        let (instance, processor) = (said("instanceName")?, said("processorName")?);
        let time = Micros::of_text(event.created.as_deref()?)?;
        let Filter { since, until, processors, .. } = self.filter;
        let is_wanted = event.event_type_name.starts_with(PREFIX)
            && since.is_none_or(|since| time >= since)
            && until.is_none_or(|until| time < until)
            && (processors.is_empty() || processors.iter().any(|name| name == processor));
        let instance = self.instances.get(instance).filter(|_| is_wanted)?;
        let user = said("dbUserUsername");
        Some(ProjectEvent {
            id: event.id.clone(),
            time,
            type_name: event.event_type_name.clone(),
            kind: ProjectEvent::kind(&event.event_type_name),
            processor: processor.into(),
            project: self.project.clone(),
            instance: Some(Arc::clone(instance)),
            by: event.by().or(user.map(str::to_owned)),
            from: event.remote_address.clone(),
            names: event.actors().chain(user).map(str::to_owned).collect(),
            raw: raw.into(),
        })
    }
}

/// Whether a filter for lines lets an event pass: as one by any of those who are named in it.
pub(super) fn passes(event: &ProjectEvent, filter: &Filter) -> bool {
    let names = event.names.iter().map(|name| Some(User::new(name.as_str())));
    let line = |user| event::Event {
        time: Some(event.time),
        kind: event.kind.clone(),
        user,
        outcome: Some(Outcome::Success),
        ip: event.from.as_deref().map(Into::into),
        entity: Entity {
            name: Some((&*event.processor).into()),
            kind: Some("stream_processor".into()),
            uid: None,
        },
        ..event::Event::default()
    };
    let nobody = event.names.is_empty().then_some(None);
    names.chain(nobody).any(|user| filter.passes(&line(user), event.raw.as_bytes()))
}
