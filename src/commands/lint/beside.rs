//! What is read beside the project: audit logs, and what administrators did.

use std::collections::HashMap;

use futures_util::{StreamExt, TryStreamExt};
use jiff::{SignedDuration, Timestamp};

use super::Args;
use crate::atlas::events::{Event, EventFilter};
use crate::audit::detect::name_in_log;
use crate::commands::audit::last_seen;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::privileges::findings::{Deed, Deeds, Facts};
use crate::privileges::project::Project;
use crate::times::rfc3339;

const USER_ADDED: &str = "MONGODB_USER_ADDED";
const ENTRY_ADDED: &str = "NETWORK_PERMISSION_ENTRY_ADDED";

/// So far back it is looked what owners did.
const OWNERS: SignedDuration = SignedDuration::from_hours(30 * 24);

/// How the types of events begin that whoever owns stream processing brings about, too.
const OF_STREAMS: [&str; 4] = ["STREAM_", "STREAMS_", "MONGODB_USER_", "MONGODB_ROLE_"];

/// The most frequent of these, which need not be sent.
const FREQUENT: [&str; 10] = [
    "STREAM_TENANT_CONNECTIONS_LISTED",
    "STREAM_TENANT_CONNECTION_VIEWED",
    "STREAM_TENANT_AUDIT_LOGS",
    "STREAM_PROCESSOR_CREATED",
    "STREAM_PROCESSOR_MODIFIED",
    "STREAM_PROCESSOR_STARTED",
    "STREAM_PROCESSOR_STOPPED",
    "STREAM_PROCESSOR_DROPPED",
    "STREAM_PROCESSOR_STATE_IS_FAILED",
    "STREAM_PROCESSOR_AUTOSCALE_INITIATED",
];

/// More events than this are not looked through for what owners did.
const MOST: usize = 50_000;

/// All that is known.
///
/// # Errors
/// Those of reading logs; of the API, but that the events may not be read.
pub(super) fn facts(
    context: &Context,
    args: &Args,
    project: &Project,
    mut facts: Facts,
) -> Result<Facts> {
    if !args.audit.is_empty() {
        let users = project.users.iter().map(|user| name_in_log(&user.database, &user.name));
        let known: Vec<&str> = project.instances.iter().map(|one| one.name.as_str()).collect();
        let since = facts.now.checked_sub(facts.stale).unwrap_or(Timestamp::MIN);
        facts.log = Ok(last_seen(context, &args.audit, users, &known, since)?);
    }
    facts.events = match args.source.snapshot.is_some() {
        true => Err("a snapshot has no events of the project".to_owned()),
        false => {
            match context.block_on(context.signals.interruptible(events(context, facts.now))) {
                Ok(deeds) => Ok(deeds),
                Err(error) if error.kind() == Kind::NotPermitted => Err(error.to_string()),
                Err(error) => return Err(error),
            }
        }
    };
    Ok(facts)
}

async fn events(context: &Context, now: Timestamp) -> Result<Deeds> {
    let on = context.project().await?;
    let types = [USER_ADDED, ENTRY_ADDED].map(str::to_owned).into();
    let made = EventFilter { types, ..EventFilter::default() };
    let since = now.checked_sub(OWNERS).unwrap_or(Timestamp::MIN);
    let done = EventFilter {
        since: Some(rfc3339(since)),
        excluded: FREQUENT.map(str::to_owned).into(),
        ..EventFilter::default()
    };
    let mut deeds = Deeds { since, ..Deeds::default() };
    let (mut users, mut entries) = (HashMap::new(), HashMap::new());
    let made = on.client.events(&on.project, &made).map_err(Error::from).try_for_each(|row| {
        let event = row.view;
        let (list, fields): (&mut HashMap<_, _>, &[&str]) = match event.event_type_name.as_str() {
            USER_ADDED => (&mut users, &["dbUserUsername", "targetUsername"]),
            _ => (&mut entries, &["whitelistEntry"]),
        };
        let name = event.about().find(|(field, _)| fields.contains(field));
        if let Some((_, name)) = name {
            let at = event.created.as_deref().and_then(|time| time.parse().ok());
            if let Some(at) = at.filter(|_| event.event_type_name == USER_ADDED) {
                deeds.added.entry(name.to_owned()).or_insert(at);
            }
            // The newest first: who made it last counts.
            let by_program = event.delegate_principal.is_some();
            list.entry(name.to_owned()).or_insert_with(|| by_program.then(|| deed(&event)));
        }
        std::future::ready(Ok(()))
    });
    made.await?;
    deeds.users = users.into_iter().filter_map(|(name, deed)| Some((name, deed?))).collect();
    deeds.entries = entries.into_iter().filter_map(|(name, deed)| Some((name, deed?))).collect();
    let done = on.client.events(&on.project, &done).map_err(Error::from).take(MOST);
    let done = done.try_for_each(|row| {
        let event = row.view;
        if !OF_STREAMS.iter().any(|begin| event.event_type_name.starts_with(begin)) {
            for actor in event.actors() {
                deeds.beyond_streams.entry(actor.to_owned()).or_insert_with(|| deed(&event));
            }
        }
        std::future::ready(Ok(()))
    });
    done.await?;
    Ok(deeds)
}

fn deed(event: &Event) -> Deed {
    Deed {
        kind: event.event_type_name.clone(),
        at: event.created.as_deref().and_then(|time| time.parse().ok()),
        by: event.by().unwrap_or_else(|| "somebody".to_owned()),
    }
}
