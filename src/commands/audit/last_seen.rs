//! When database users were last seen in logs, for commands about users.

use std::collections::HashSet;
use std::sync::Arc;

use jiff::Timestamp;

use super::reading::{self, SourceArgs};
use crate::audit::event::Micros;
use crate::audit::folds::last_seen::LastSeen as Fold;
use crate::context::Context;
use crate::error::Result;
use crate::privileges::findings::LastSeen;

/// Reads logs, of instances from `since` on: when each of these users, `admin.alice`, was last seen.
///
/// # Errors
/// Those of reading logs: without all of them, a user who was seen would pass for one who was not.
pub fn last_seen(
    context: &Context,
    sources: &[String],
    users: impl IntoIterator<Item = String>,
    since: Timestamp,
) -> Result<LastSeen> {
    let users: HashSet<Arc<str>> = users.into_iter().map(Arc::from).collect();
    let users = Arc::new(users);
    let reading = reading::open_since(context, &SourceArgs::named(sources), since)?;
    let reading = reading.into_baseline();
    let (fold, tally) = reading.fold(|| Fold::of(&users));
    let named =
        |source: &crate::audit::source::Source| source.instance.as_deref().map(str::to_owned);
    let instances: Option<Vec<String>> = reading.sources.iter().map(named).collect();
    // What an instance hands out begins where it was asked to; a file begins with its first event.
    let is_fetched = |source: &str| {
        reading
            .sources
            .iter()
            .any(|one| one.instance.as_ref() == Some(&one.label) && one.label.as_ref() == source)
    };
    let begins = fold.first.iter().filter(|(source, _)| !is_fetched(source));
    let begins = begins.filter_map(|(_, first)| moment(*first)).max();
    let asked = reading.is_fetched().then_some(since);
    let seen = fold.last.iter().filter_map(|(user, last)| Some((user.to_string(), moment(*last)?)));
    let seen = LastSeen { begins: begins.max(asked), users: seen.collect(), instances };
    reading.finish(context, tally)?;
    Ok(seen)
}

fn moment(Micros(micros): Micros) -> Option<Timestamp> {
    Timestamp::from_microsecond(micros).ok()
}
