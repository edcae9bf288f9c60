//! Users and access-list entries that a program made on somebody's behalf.

use std::collections::HashMap;

use crate::privileges::findings::remedy::Remedy;
use crate::privileges::findings::{Deed, Family, Finding, Object, Rule, Severity, Skipped, View};
use crate::times::rfc3339;

pub(super) static RULE: Rule = Rule {
    id: "SP408",
    name: "made-by-program",
    family: Family::Hygiene,
    severity: Severity::Medium,
    title: "User or access-list entry that a program made",
    what: "A database user or an access-list entry that was made by a program, such as an agent, with the \
rights of somebody.",
    why: "Nobody may have decided that it should exist, and whoever is named as its maker may not know of it.",
    passes: "What people, API keys and service accounts made themselves; what was deleted, and made again by \
one of them.",
    mend: "Look at what was done, and remove what is not wanted.",
    needs: Some("the project's events, which are read live"),
    look,
};

fn look(view: &View<'_>) -> Result<Vec<Finding>, Skipped> {
    let deeds = view.facts.events.as_ref().map_err(|why| Skipped(why.clone()))?;
    let users = view.holders.iter().filter_map(|holder| {
        let deed = deeds.users.get(&holder.user.name)?;
        Some(finding(view, Object::new("database user", &holder.name), &holder.user.name, deed))
    });
    let entries = view.project.access_list.iter().filter_map(|entry| {
        let deed = of_entry(&deeds.entries, &entry.entry)?;
        Some(finding(view, Object::new("access-list entry", &entry.entry), &entry.entry, deed))
    });
    Ok(users.chain(entries).collect())
}

fn finding(view: &View<'_>, object: Object, name: &str, deed: &Deed) -> Finding {
    let at = deed.at.map(|at| format!(" at {}", rfc3339(at))).unwrap_or_default();
    let summary = format!("was made{at} by {}", deed.by);
    let remedy = Remedy::new("events list").option("--about", name);
    Finding::new(&RULE, view, object, summary, remedy).extending([deed.by.as_str()])
}

/// An event may name the entry with its prefix length or without.
fn of_entry<'a>(entries: &'a HashMap<String, Deed>, entry: &str) -> Option<&'a Deed> {
    let bare = entry.strip_suffix("/32").or_else(|| entry.strip_suffix("/128")).unwrap_or(entry);
    let spelled = [entry.to_owned(), bare.to_owned(), format!("{bare}/32"), format!("{bare}/128")];
    spelled.iter().find_map(|name| entries.get(name))
}
