//! Which names were probably meant, where nothing is found of those that were asked for.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use crate::audit::filter::Filter;
use crate::audit::scan::{self, What};
use crate::audit::source::Source;
use crate::near;
use crate::shell::quote;

/// So many events are looked at: nobody waits long for a hint.
const LOOKED_AT: u64 = 100_000;

/// So many names are told where none is near.
const TOLD: usize = 8;

/// What to say about the users and processors that were asked for, as the same range of these sources
/// knows them.
pub(super) fn hints(sources: &[Source], filter: &Filter, users: &[String]) -> Vec<String> {
    if users.is_empty() && filter.processors.is_empty() {
        return Vec::new();
    }
    let range = Filter { since: filter.since, until: filter.until, ..Filter::default() };
    let (mut known_users, mut processors) = (BTreeSet::new(), BTreeSet::new());
    let mut count = 0;
    let add = |names: &mut BTreeSet<String>, name: &str| {
        if !names.contains(name) {
            names.insert(name.to_owned());
        }
    };
    scan::each(sources, &range, &mut |seen| {
        let What::Event(event) = seen.what else { return ControlFlow::Continue(()) };
        if let Some(user) = &event.user {
            add(&mut known_users, user.name());
        }
        if let Some(processor) = event.processor() {
            add(&mut processors, processor);
        }
        count += 1;
        if count < LOOKED_AT { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    let of = |what: &str, wanted: &[String], known: &BTreeSet<String>| {
        let bare = |name: &str| {
            let database = ["@admin", "@$external"].iter().find_map(|end| name.strip_suffix(end));
            database.unwrap_or(name.strip_prefix("admin.").unwrap_or(name)).to_owned()
        };
        let unknown = wanted.iter().map(|name| bare(name)).filter(|name| !known.contains(name));
        let all = match known.len() {
            0 => format!("no event names a {what}"),
            1..=TOLD if count < LOOKED_AT => {
                let names: Vec<_> = known.iter().map(|name| quote(name)).collect();
                format!("the {what}s here are {}", names.join(", "))
            }
            _ => String::new(),
        };
        let hint = |name: String| near::hint(&name, known.iter().map(String::as_str), all.as_str());
        unknown.map(hint).filter(|hint| !hint.is_empty()).collect::<Vec<_>>()
    };
    let mut hints = of("user", users, &known_users);
    hints.extend(of("processor", &filter.processors, &processors));
    hints.dedup();
    hints
}
