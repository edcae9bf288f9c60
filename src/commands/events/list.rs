//! `events list`.

use std::collections::BTreeSet;

use futures_util::TryStreamExt;

use super::types::TypeFilter;
use crate::atlas::events::{Event, EventFilter};
use crate::comma_list::{CommaList, Items};
use crate::commands::known::Verbatim;
use crate::commands::{range, rows};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::near;
use crate::ui::{Cell, Column, Listing};

/// Which events to list.
#[derive(Debug, clap::Args)]
#[command(after_help = "Types are Atlas' names, in any case, or one of the groups users, roles, \
access, instances, connections, logs, processors, members, peerings and private-links. Atlas adds types \
often: --verbatim sends one that is not known here. Viewing a connection and downloading a log are events \
too; what database users do on an instance is in its audit log (spctl audit download).

Examples:
  spctl events list --since 7d
  spctl events list --type users,roles --by olivia --since 30d
  spctl events list --about alice -o json
  spctl events list --exclude-type STREAM_TENANT_AUDIT_LOGS \\
      --since 2026-11-01 --until 2026-11-02")]
pub struct Args {
    /// The start of the range: 7d, a date, or seconds since 1970
    #[arg(long, value_name = "7d|DATE|EPOCH", allow_hyphen_values = true)]
    since: Option<String>,
    /// The end of the range [default: now]
    #[arg(long, value_name = "DATE|EPOCH|1h", allow_hyphen_values = true)]
    until: Option<String>,
    /// Only events of these types or groups of types
    #[arg(long = "type", value_name = "TYPE|GROUP,…", num_args = 1..)]
    types: Vec<CommaList<String>>,
    /// Exclude events of these types or groups of types
    #[arg(long = "exclude-type", value_name = "TYPE|GROUP,…", num_args = 1..)]
    excluded: Vec<CommaList<String>>,
    #[command(flatten)]
    verbatim: Verbatim,
    /// Only events by this person, key or program: an email address, key, name or id, or part of one
    #[arg(long, value_name = "WHO")]
    by: Option<String>,
    /// Only events about this: the name of a user, instance, connection or entry, or part of one
    #[arg(long, value_name = "NAME")]
    about: Option<String>,
}

static LISTING: Listing<Event> = Listing {
    columns: &[
        Column::identifying("time", |e| Cell::moment(e.created.as_deref())),
        Column::telling_apart("type", |e| e.event_type_name.as_str().into()),
        Column::new("by", |e| Cell::maybe(e.by())),
        Column::new("from", |e| Cell::maybe(e.remote_address.clone())),
        Column::new("about", |e| Cell::List(e.about().map(|(_, name)| name.to_owned()).collect())),
        Column::identifying("id", |e| e.id.as_str().into()),
    ],
    default: 5,
    name: |e| e.id.clone(),
};

/// Lists the events that all filters let pass.
///
/// # Errors
/// Those of the API; usage, if a time cannot be parsed.
pub(super) fn run(context: &Context, args: Args) -> Result<()> {
    context.ui.check(&LISTING)?;
    for (option, text) in [("--by", &args.by), ("--about", &args.about)] {
        if text.as_deref().is_some_and(|text| text.trim().is_empty()) {
            return Err(Error::usage(format!("{option} is empty"))
                .hint("is a variable of the script not set?"));
        }
    }
    let now = context.now()?;
    let moment = |option: &str, text: &Option<String>| {
        text.as_deref().map(|text| range::moment(option, text, now)).transpose()
    };
    let (since, until) = (moment("--since", &args.since)?, moment("--until", &args.until)?);
    range::check(since, until)?;
    let types = TypeFilter::of(args.types.items(), args.verbatim)?;
    let excluded = TypeFilter::of(args.excluded.items(), args.verbatim)?;
    let wanted = EventFilter {
        since: since.map(|time| time.to_string()),
        until: until.map(|time| time.to_string()),
        // A group has more names than are known here, so all types are fetched for it.
        types: if types.prefixes.is_empty() { types.names.clone() } else { Vec::new() },
        excluded: excluded.names.clone(),
    };
    let (by, about) = (args.by.map(|t| t.to_lowercase()), args.about.map(|t| t.to_lowercase()));
    let is_wanted = |event: &Event| {
        let kind = event.event_type_name.as_str();
        let part = |wanted: &str, text: &str| text.to_lowercase().contains(wanted);
        (types.is_empty() || types.has(kind))
            && !excluded.has(kind)
            && by.as_ref().is_none_or(|by| event.actors().any(|text| part(by, text)))
            && about.as_ref().is_none_or(|about| event.about().any(|(_, name)| part(about, name)))
    };
    context.block_on(async {
        let on = context.project().await?;
        let mut seen = BTreeSet::new();
        let rows =
            rows(on.client.streaming().events(&on.project, &wanted)).try_filter(|(_, event)| {
                if by.is_some() {
                    seen.extend(event.actors().map(str::to_owned));
                }
                if about.is_some() {
                    seen.extend(event.about().map(|(_, name)| name.to_owned()));
                }
                std::future::ready(is_wanted(event))
            });
        let count = context.ui.list(&LISTING, rows, "no matching events in this project").await?;
        // Whom no event names may still exist.
        let is_seen = |name: &str| seen.iter().any(|one| one.to_lowercase().contains(name));
        for name in [&by, &about].into_iter().flatten().filter(|n| count == 0 && !is_seen(n)) {
            let meant = near::hint(name, seen.iter().map(String::as_str), "");
            if !meant.is_empty() {
                context.ui.hint(meant);
            }
        }
        Ok(())
    })
}
