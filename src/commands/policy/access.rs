//! What a difference of policies means for access: who gains and who loses what.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::policy::Policy;
use crate::privileges::catalogue::actions;
use crate::privileges::delta::{self, Access, Delta, Holder, Places};
use crate::privileges::project::Project;

/// Somebody who gains or loses actions in the same places.
pub(in crate::commands) struct AccessChange {
    /// Whether they are gained, rather than lost.
    pub is_gain: bool,
    /// Who.
    pub who: Holder,
    /// Where.
    pub places: Rc<Places>,
    /// Which actions, sorted.
    pub actions: Vec<String>,
}

impl AccessChange {
    /// Whether it is of stream actions, too.
    pub fn is_of_streams(&self) -> bool {
        self.actions.iter().any(|action| actions::find(action).is_some())
    }
}

/// Who gains and who loses what if a project goes from one policy to another; gains come first. A
/// list that only one of them has says nothing, and is taken from the other. What the new one does not
/// name stays, or with `removes` goes: whoever keeps it gains by what is changed beside it, until it
/// is gone.
pub(super) fn changes(before: &Policy, after: &Policy, removes: bool) -> Vec<AccessChange> {
    let mut old = before.completed_by(after).project();
    let mut kept = after.beside(before).project();
    // Whoever expires meanwhile loses nothing by the change.
    old.taken = old.taken.max(kept.taken);
    kept.taken = old.taken;
    if !removes {
        return between(&old, &kept);
    }
    let mut rest = after.completed_by(before).project();
    rest.taken = old.taken;
    grouped(Delta { gained: delta::gained(&old, &kept), lost: delta::gained(&rest, &old) })
}

/// The same between two projects, as they are.
pub(in crate::commands) fn between(old: &Project, new: &Project) -> Vec<AccessChange> {
    grouped(delta::between(old, new))
}

fn grouped(delta: Delta) -> Vec<AccessChange> {
    let grouped = |accesses: Vec<Access>, is_gain| {
        let mut groups: BTreeMap<(Holder, Rc<Places>), Vec<String>> = BTreeMap::new();
        for access in accesses {
            let mut action = access.action;
            if access.is_doubtful {
                action += " (cannot be told)";
            }
            groups.entry((access.who, access.places)).or_default().push(action);
        }
        let group = |((who, places), mut actions): (_, Vec<String>)| {
            actions.sort();
            actions.dedup();
            AccessChange { is_gain, who, places, actions }
        };
        let mut all: Vec<AccessChange> = groups.into_iter().map(group).collect();
        all.sort_by_cached_key(|change| (change.who.to_string(), change.places.to_string()));
        all
    };
    let (gained, lost) = (grouped(delta.gained, true), grouped(delta.lost, false));
    gained.into_iter().chain(lost).collect()
}
