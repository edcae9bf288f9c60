//! Access-list entries that nobody explained.

use crate::privileges::findings::remedy::Remedy;
use crate::privileges::findings::rules::open_access_list::{block, is_open};
use crate::privileges::findings::{Family, Finding, Object, Rule, Severity, Skipped, View};
use crate::privileges::project::AccessEntry;
use crate::times::rfc3339;

pub(super) static RULE: Rule = Rule {
    id: "SP406",
    name: "unexplained-entry",
    family: Family::Hygiene,
    severity: Severity::Low,
    title: "Access-list entry without a comment",
    what: "An entry of the access list whose comment is missing or blank.",
    why: "Nobody knows whose address it is, and so nobody dares to remove it.",
    passes: "Any comment that says something; an entry that is open to the world, which is another rule's.",
    mend: "The API cannot change an entry: remove it, and add it again with a comment that says whose it is. \
In between nobody gets in from there.",
    needs: None,
    look,
};

fn look(view: &View<'_>) -> Result<Vec<Finding>, Skipped> {
    let is_blank =
        |comment: &Option<String>| comment.as_deref().is_none_or(|text| text.trim().is_empty());
    let all = &view.project.access_list;
    let is_wide = |entry: &AccessEntry| block(&entry.entry).is_some_and(|net| is_open(&[net]));
    let entries = all.iter().filter(|entry| is_blank(&entry.comment) && !is_wide(entry));
    let found = entries.map(|entry| {
        let object = Object::new("access-list entry", &entry.entry);
        let remedy = Remedy::new("access-lists remove").name(&entry.entry);
        let remedy = if all.len() == 1 { remedy.word("--allow-empty") } else { remedy };
        let remedy = remedy.then("access-lists add").name(&entry.entry);
        let remedy = remedy.option("--comment", "WHOSE");
        let remedy = match entry.expires {
            Some(end) => remedy.option("--expires", &rfc3339(end)),
            None => remedy,
        };
        Finding::new(&RULE, view, object, "has no comment", remedy)
    });
    Ok(found.collect())
}
