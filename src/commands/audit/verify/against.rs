//! `--against-events`: what the project's events tell of, the log must tell of too.

use std::collections::BTreeMap;

use futures_util::TryStreamExt;
use jiff::Timestamp;

use super::instance::Archive;
use crate::atlas::Client;
use crate::atlas::events::{Event, EventFilter};
use crate::audit::archive::against::{Act, Acts, What};
use crate::audit::archive::manifest::NAME;
use crate::audit::archive::problem::{Fault, Problem};
use crate::audit::filter::Filter;
use crate::audit::scan;
use crate::commands::audit::archive::file;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::times::rfc3339;

/// Events that change what the log can prove.
const OF_THE_LOG: [(&str, &str); 2] = [
    ("STREAMS_AUDIT_LOG_CONFIGURATION_UPDATED", "auditing was configured"),
    ("STREAM_TENANT_AUDIT_LOGS_DELETED", "the audit log was deleted"),
];

/// Near the beginning of an archive, the line of an event may lie before it; in seconds.
const EDGE: i64 = 120;

/// Compares the archives with the events of their projects. That they may not be read is said, and is no
/// failure.
pub(super) fn events(context: &Context, archives: &mut [Archive], jobs: usize) -> Result<()> {
    let mut projects: BTreeMap<String, Vec<&mut Archive>> = BTreeMap::new();
    for archive in archives {
        if let Some(header) = &archive.manifest().header {
            projects.entry(header.project.clone()).or_default().push(archive);
        }
    }
    let client = context.client()?;
    for (project, archives) in &mut projects {
        match context.block_on(context.signals.interruptible(fetch(client, project, archives))) {
            Ok(events) => {
                for archive in archives.iter_mut() {
                    compare(archive, &events, jobs);
                }
            }
            Err(error) if error.kind() == Kind::NotPermitted => {
                let why = format!("not compared with the events of project {project}: {error}");
                context.ui.warn(why);
            }
            Err(error) => return Err(error.context(format!("events of project {project}"))),
        }
    }
    Ok(())
}

/// The events of the time that is settled in one of the archives.
async fn fetch(client: &Client, project: &str, archives: &[&mut Archive]) -> Result<Vec<Event>> {
    let ranges = archives.iter().filter_map(|archive| range(archive));
    let Some((from, until)) = ranges.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))) else {
        return Ok(Vec::new());
    };
    let moment = |second| Timestamp::from_second(second).ok().map(rfc3339);
    let of_the_log = OF_THE_LOG.iter().map(|(kind, _)| *kind);
    let types = Act::ALL.iter().map(|(_, kind)| *kind).chain(of_the_log);
    let wanted = EventFilter {
        since: moment(from),
        until: moment(until),
        types: types.map(str::to_owned).collect(),
        excluded: Vec::new(),
    };
    let rows = client.events(project, &wanted).map_ok(|row| row.view);
    rows.try_collect().await.map_err(Error::from)
}

/// From when to when an archive must hold all lines.
fn range(archive: &Archive) -> Option<(i64, i64)> {
    let coverage = &archive.manifest().coverage;
    let (from, _) = coverage.range()?;
    Some((from + EDGE, coverage.settled()?)).filter(|(from, until)| from < until)
}

fn compare(archive: &mut Archive, events: &[Event], jobs: usize) {
    let Some((from, until)) = range(archive) else { return };
    let own: Vec<(&Event, Timestamp)> = events
        .iter()
        .filter(|event| text(event, "instanceName") == Some(archive.instance()))
        .filter_map(|event| Some((event, event.created.as_deref()?.parse().ok()?)))
        .filter(|(_, time): &(_, Timestamp)| (from..until).contains(&time.as_second()))
        .collect();
    for (event, time) in &own {
        if let Some((_, said)) = OF_THE_LOG.iter().find(|(kind, _)| *kind == event.event_type_name)
        {
            let by = event.by().map_or(String::new(), |by| format!(" by {by}"));
            archive.notes.push(format!("{said} at {}{by}", rfc3339(*time)));
        }
    }
    let told: Vec<(&Event, (What, i64))> = own
        .iter()
        .filter_map(|(event, time)| {
            let (act, _) = Act::ALL.iter().find(|(_, kind)| *kind == event.event_type_name)?;
            let processor = text(event, "processorName").filter(|_| *act != Act::LogRead);
            Some((*event, ((*act, processor.map(str::to_owned)), time.as_microsecond())))
        })
        .collect();
    let directory = archive.directory();
    let sources: Vec<_> =
        archive.manifest().files().map(|entry| file(&directory.join(&entry.path))).collect();
    // What cannot be read was found before.
    let (acts, _) = scan::fold(&sources, &Filter::default(), jobs, &Acts::default, &|_, _, _| {});
    let acts_told: Vec<_> = told.iter().map(|(_, told)| told.clone()).collect();
    for lacking in acts.lacks(&acts_told) {
        let (event, ((_, processor), _)) = &told[lacking];
        let about = processor.as_deref().map_or(String::new(), |name| format!(" of {name}"));
        let by = event.by().map_or(String::new(), |by| format!(" by {by}"));
        let at = event.created.as_deref().unwrap_or_default();
        let what = format!(
            "no line tells of the project event {}{about}{by} at {at}",
            event.event_type_name
        );
        archive.findings.push(Problem::new(Fault::Event, NAME, what));
    }
    let compared = match told.len() {
        1 => "compared with 1 project event".to_owned(),
        n => format!("compared with {n} project events"),
    };
    archive.notes.push(compared);
}

fn text<'e>(event: &'e Event, field: &str) -> Option<&'e str> {
    event.rest.get(field)?.as_str()
}
