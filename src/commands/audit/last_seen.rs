//! When database users were last seen in logs, for commands about users.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::reading::{self, SourceArgs};
use crate::audit::event::Micros;
use crate::audit::folds::last_seen::LastSeen as Fold;
use crate::audit::folds::uses::Uses;
use crate::audit::source::Source;
use crate::context::Context;
use crate::error::Result;
use crate::privileges::catalogue::traces;
use crate::privileges::decide::paths::writing_pipelines;
use crate::privileges::findings::LastSeen;

/// How long after the moment that was asked for the log of an instance may begin, and still has all since
/// then: nobody works on an instance around the clock.
const SLACK: SignedDuration = SignedDuration::from_hours(24);

/// Reads logs, of instances from `since` on: when each of these users, `admin.alice`, was last seen, and
/// where it decided what pipelines do. `known` are the instances that the name of a file may say it is of.
///
/// # Errors
/// Those of reading logs: without all of them, a user who was seen would pass for one who was not.
pub fn last_seen(
    context: &Context,
    sources: &[String],
    users: impl IntoIterator<Item = String>,
    known: &[&str],
    since: Timestamp,
) -> Result<LastSeen> {
    let users: HashSet<Arc<str>> = users.into_iter().map(Arc::from).collect();
    let users = Arc::new(users);
    let reading = reading::open_since(context, &SourceArgs::named(sources), since)?;
    let reading = reading.into_baseline();
    let ((fold, uses), tally) = reading.fold(|| (Fold::of(&users), Uses::of(&users)));
    // A log without events tells nothing of who reaches its instance.
    let has_events = |source: &&Source| {
        fold.first.contains_key(source.instance.as_ref().unwrap_or(&source.label))
    };
    let with_events = reading.sources.iter().filter(has_events);
    let instances: Option<Vec<String>> = with_events
        .map(|source| match &source.instance {
            Some(instance) => Some(instance.to_string()),
            None => instance_of(&source.label, known).map(str::to_owned),
        })
        .collect();
    // What an instance hands out begins where it was asked to, unless the log is younger than that; a
    // file begins with its first event.
    let is_fetched = |source: &str| {
        reading
            .sources
            .iter()
            .any(|one| one.instance.as_ref() == Some(&one.label) && one.label.as_ref() == source)
    };
    let since_about = since.saturating_add(SLACK).unwrap_or(since);
    let begins = fold.first.iter().filter_map(|(source, first)| {
        let first = moment(*first)?;
        Some(if is_fetched(source) && first <= since_about { since } else { first })
    });
    let begins = begins.max();
    let seen = fold.last.iter().filter_map(|(user, last)| Some((user.to_string(), moment(*last)?)));
    let mut writers: HashMap<String, BTreeSet<String>> = HashMap::new();
    for (user, kinds) in uses.finish() {
        for (kind, places) in kinds {
            let action = traces::in_log(kind.name(None));
            if !action.is_some_and(|action| writing_pipelines().any(|one| one == action)) {
                continue;
            }
            for (of, _) in places.into_iter().filter(|(_, used)| used.count > 0) {
                let instance = instance_of(&of.name, known).unwrap_or(&of.name).to_owned();
                writers.entry(user.to_string()).or_default().insert(instance);
            }
        }
    }
    let seen = LastSeen { begins, users: seen.collect(), instances, writers };
    reading.finish(context, tally)?;
    Ok(seen)
}

/// The instance that a file's name says it is of, as spctl audit download names files:
/// `orders_2026-10-29_2026-11-28_audit.log.gz`.
pub fn instance_of<'a>(label: &str, known: &[&'a str]) -> Option<&'a str> {
    let name = Path::new(label).file_name()?.to_str()?;
    let (name, _) = name.split_once("_audit.log")?;
    let is_it = |instance: &&&str| {
        let rest = name.strip_prefix(**instance).and_then(|rest| rest.strip_prefix('_'));
        name == **instance
            || rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    // Of two that fit, the longer one leaves nothing of its name over.
    known.iter().filter(is_it).max_by_key(|instance| instance.len()).copied()
}

fn moment(Micros(micros): Micros) -> Option<Timestamp> {
    Timestamp::from_microsecond(micros).ok()
}

#[cfg(test)]
mod tests {
    use super::instance_of;

    #[test]
    fn files_are_of_the_instance_that_their_name_begins_with() {
        let known = ["orders", "orders_2", "a b"];
        for (name, instance) in [
            ("x/orders_2026-10-29_2026-11-28_audit.log.gz", Some("orders")),
            ("orders_2_2026-10-29_2026-11-28_audit.log", Some("orders_2")),
            ("a b_2026-10-29_2026-11-28_audit.log.zst", Some("a b")),
            ("payments_2026-10-29_2026-11-28_audit.log.gz", None),
            ("orders_audit.log.gz", Some("orders")),
            ("orders.log", None),
            ("stdin", None),
        ] {
            assert_eq!(instance_of(name, &known), instance, "{name}");
        }
    }
}
