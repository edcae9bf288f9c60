//! Entries of the access list.

use serde_json::{Value, json};

use super::super::phase::Phase;
use super::{Subject, line, text};
use crate::atlas::access_lists::{self, AccessEntry};
use crate::change::{Change, Expect, Fact};
use crate::commands::access_lists::entry::EntryTarget;

/// What a policy says of an entry besides its address.
const FIELDS: [(&str, &str); 2] = [("comment", "comment"), ("deleteAfterDate", "expires")];

impl Subject<'_> {
    pub(super) fn add_entry(&self, wanted: &Value) -> (Phase, Change) {
        let mut facts = self.extent(wanted);
        facts.extend(
            FIELDS
                .into_iter()
                .filter_map(|(key, label)| wanted[key].as_str().map(|text| Fact::new(label, text))),
        );
        (Phase::AddEntries, self.entry_change(wanted).facts(facts))
    }

    pub(super) fn remove_entry(&self, live: &Value) -> (Phase, Change) {
        let entry: AccessEntry = serde_json::from_value(live.clone()).unwrap_or_default();
        let call = access_lists::delete_call(self.project, entry.value());
        let mut facts = self.extent(live);
        facts.extend(entry.comment.map(|comment| Fact::new("comment", comment)));
        let change = Change::new(self.key.object(self.project), call, Expect::Gone);
        (Phase::RemoveEntries, change.facts(facts))
    }

    pub(super) fn update_entry(&self, said: &Value, wanted: &Value) -> Vec<(Phase, Change)> {
        let facts = FIELDS
            .into_iter()
            .filter_map(|(key, label)| line(label, &text(said, key), &text(wanted, key)));
        let facts: Vec<Fact> = facts.collect();
        if facts.is_empty() {
            return Vec::new();
        }
        // What an entry has can be replaced, and not taken away.
        let loses = FIELDS.iter().any(|(key, _)| !said[*key].is_null() && wanted[*key].is_null());
        if !loses {
            let change = self.was(self.entry_change(wanted)).facts(facts);
            return vec![(Phase::AddEntries, change)];
        }
        let (phase, gone) = self.remove_entry(said);
        let again = self.entry_change(wanted).facts(facts);
        vec![(phase, self.was(gone)), (Phase::AddEntriesAgain, again)]
    }

    fn entry_change(&self, wanted: &Value) -> Change {
        let entry: AccessEntry = serde_json::from_value(wanted.clone()).unwrap_or_default();
        let mut body = match EntryTarget::of(&entry) {
            Some(target) => target.document(),
            None => serde_json::Map::new(),
        };
        let said = FIELDS.into_iter().filter(|(key, _)| !wanted[*key].is_null());
        let said: Vec<(String, Value)> =
            said.map(|(key, _)| (key.to_owned(), wanted[key].clone())).collect();
        body.extend(said.iter().cloned());
        let object = self.key.object(self.project);
        let call = access_lists::create_call(self.project, json!([body]));
        Change::new(object, call, Expect::Has(Value::Object(said.into_iter().collect())))
    }

    fn extent(&self, document: &Value) -> Vec<Fact> {
        let entry: Option<AccessEntry> = serde_json::from_value(document.clone()).ok();
        let extent = entry.as_ref().and_then(EntryTarget::of).map(|target| target.extent());
        vec![Fact::means("lets in", extent.unwrap_or_else(|| "unknown".to_owned()))]
    }
}
