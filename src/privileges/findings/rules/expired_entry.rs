//! Access-list entries whose end has passed.

use crate::privileges::findings::remedy::Remedy;
use crate::privileges::findings::{Family, Finding, Object, Rule, Severity, Skipped, View};
use crate::times::rfc3339;

pub(super) static RULE: Rule = Rule {
    id: "SP405",
    name: "expired-entry",
    family: Family::Hygiene,
    severity: Severity::Low,
    title: "Access-list entry whose end has passed",
    what: "An entry of the access list that should have ended by now and is still there.",
    why: "Atlas removes such an entry by itself; one that stays, or that a policy file still holds, would \
open the list again when the file is applied.",
    passes: "Entries that end later, and entries without an end.",
    mend: "Remove it: from the list, or from the policy file.",
    needs: None,
    look,
};

fn look(view: &View<'_>) -> Result<Vec<Finding>, Skipped> {
    let entries = view.project.access_list.iter();
    let ended = entries.filter_map(|entry| Some((entry, entry.expires?)));
    let ended = ended.filter(|(_, end)| *end <= view.facts.now);
    let found = ended.map(|(entry, end)| {
        let summary = format!("ended at {}", rfc3339(end));
        let object = Object::new("access-list entry", &entry.entry);
        let remedy = Remedy::new("access-lists remove").name(&entry.entry);
        Finding::new(&RULE, view, object, summary, remedy)
    });
    Ok(found.collect())
}
