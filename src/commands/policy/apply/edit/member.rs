//! People, and the roles of the project that they hold themselves.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::super::phase::Phase;
use super::{Subject, text};
use crate::atlas::members::Home;
use crate::change::{Change, Expect, Fact};
use crate::commands::members::{display, displays};

impl Subject<'_> {
    fn home(&self) -> Home {
        Home::Project(self.project.to_owned())
    }

    pub(super) fn add_member(&self, wanted: &Value) -> (Phase, Change) {
        let roles: Vec<String> = held(wanted).into_iter().collect();
        let call = self.home().invite_call(&self.key.name, &roles);
        let expect = Expect::Has(json!({ "roles": roles }));
        let change = Change::new(self.key.object(self.project), call, expect);
        (Phase::GrantMembers, change.fact(Fact::means("gains", displays(&roles))))
    }

    pub(super) fn remove_member(&self, live: &Value) -> (Phase, Change) {
        let call = self.home().remove_call(&text(live, "id"));
        let change = Change::new(self.key.object(self.project), call, Expect::Gone);
        let held: Vec<String> = held(live).into_iter().collect();
        (Phase::RevokeMembers, change.fact(Fact::means("loses", displays(&held))))
    }

    pub(super) fn update_member(&self, live: &Value, wanted: &Value) -> Vec<(Phase, Change)> {
        let (before, after) = (held(live), held(wanted));
        if after.is_empty() {
            let (phase, change) = self.remove_member(live);
            return vec![(phase, self.was(change))];
        }
        let (home, id) = (self.home(), text(live, "id"));
        let object = || self.key.object(self.project);
        let union: Vec<&String> = before.union(&after).collect();
        let gained: Vec<&String> = after.difference(&before).collect();
        let gains = gained.iter().map(|role| {
            let expect = Expect::Has(json!({ "roles": union }));
            let change = Change::new(object(), home.add_role_call(&id, role), expect);
            (Phase::GrantMembers, self.was(change).fact(Fact::means("gains", display(role))))
        });
        let mut changes: Vec<(Phase, Change)> = gains.collect();
        for role in before.difference(&after) {
            let expect = Expect::Has(json!({ "roles": after }));
            let change = Change::new(object(), home.remove_role_call(&id, role), expect)
                .fact(Fact::means("loses", display(role)));
            changes.push(match gained.is_empty() {
                true => (Phase::RevokeMembers, self.was(change)),
                false => (Phase::FinishMembers, change),
            });
        }
        changes
    }
}

/// The roles that somebody holds in the project.
fn held(document: &Value) -> BTreeSet<String> {
    let roles = document["roles"].as_array().into_iter().flatten();
    roles.filter_map(|role| role.as_str().map(str::to_owned)).collect()
}
