//! What a difference of policies means for access: who gains and who loses what.

use std::collections::BTreeMap;

use crate::policy::Policy;
use crate::privileges::delta::{self, Access};

/// Somebody who gains or loses actions in the same places.
pub(super) struct AccessChange {
    /// Whether they are gained, rather than lost.
    pub is_gain: bool,
    /// Who.
    pub who: String,
    /// Which actions, sorted.
    pub actions: Vec<String>,
    /// Where, in words.
    pub places: String,
}

/// Who gains and who loses what if a project goes from one policy to another; gains come first. A
/// list that only one of them has says nothing, and is taken from the other.
pub(super) fn changes(before: &Policy, after: &Policy) -> Vec<AccessChange> {
    let mut old = before.completed_by(after).project();
    let mut new = after.completed_by(before).project();
    // Whoever expires meanwhile loses nothing by the change.
    old.taken = old.taken.max(new.taken);
    new.taken = old.taken;
    let delta = delta::between(&old, &new);
    let grouped = |accesses: Vec<Access>, is_gain| {
        let mut groups: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
        for access in accesses {
            let mut action = access.action;
            if access.is_doubtful {
                action += " (cannot be told)";
            }
            let key = (access.who.to_string(), access.places.to_string());
            groups.entry(key).or_default().push(action);
        }
        groups.into_iter().map(move |((who, places), mut actions)| {
            actions.sort();
            actions.dedup();
            AccessChange { is_gain, who, actions, places }
        })
    };
    grouped(delta.gained, true).chain(grouped(delta.lost, false)).collect()
}
