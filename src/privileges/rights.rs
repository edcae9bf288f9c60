//! Which stream actions every role of a project comes to, all roles at once, and the ways that lead to
//! them.
//!
//! An action is decided by the same closure as [`RoleGraph::closure`]: what lies behind a role that is
//! not understood is not certain.

use std::collections::{HashMap, VecDeque};

use super::catalogue::actions::{self, ACTIONS, Action};
use super::catalogue::built_in;
use super::definition::{Definition, RoleOn};
use super::effective::{Chain, Doubt, End, GrantedPermission};
use super::graph::{GrantedRole, RoleGraph, RoleKind, RoleReading};
use super::permission::Permission;

/// More ways from one role to one action than anybody reads.
const MOST_WAYS: usize = 64;

/// Roles that inherit each other in a circle have more paths than end anywhere.
const MOST_STEPS: usize = 4096;

/// A set of stream actions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActionSet(u16);

impl ActionSet {
    /// Every stream action.
    pub const ALL: ActionSet = ActionSet((1 << ACTIONS.len()) - 1);

    /// Whether an action is in it.
    pub fn contains(self, action: &Action) -> bool {
        self.0 & bit(action) != 0
    }

    /// Whether nothing is in it.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// What is in either.
    #[must_use]
    pub fn union(self, other: ActionSet) -> ActionSet {
        ActionSet(self.0 | other.0)
    }

    /// The actions, in the documentation's order.
    pub fn iter(self) -> impl Iterator<Item = &'static Action> {
        ACTIONS.iter().filter(move |action| self.contains(action))
    }
}

impl<'a> FromIterator<&'a Action> for ActionSet {
    fn from_iter<I: IntoIterator<Item = &'a Action>>(actions: I) -> Self {
        ActionSet(actions.into_iter().fold(0, |bits, action| bits | bit(action)))
    }
}

fn bit(action: &Action) -> u16 {
    let index = ACTIONS.iter().position(|known| known.documented == action.documented);
    index.map_or(0, |index| 1 << index)
}

/// Whether something is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// It is.
    Yes,
    /// It depends on a role that is not understood, or does not exist as far as can be seen.
    Might,
    /// It is not.
    No,
}

impl Verdict {
    /// `yes`, `might` or `no`.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Yes => "yes",
            Verdict::Might => "might",
            Verdict::No => "no",
        }
    }
}

/// What roles come to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rights {
    /// The actions that they allow for sure.
    pub sure: ActionSet,
    /// Whether one of them is not understood, so that they might allow any other.
    pub is_unclear: bool,
}

impl Rights {
    const UNCLEAR: Rights = Rights { sure: ActionSet(0), is_unclear: true };

    /// Whether they allow an action.
    pub fn verdict(self, action: &Action) -> Verdict {
        match (self.sure.contains(action), self.is_unclear) {
            (true, _) => Verdict::Yes,
            (false, true) => Verdict::Might,
            (false, false) => Verdict::No,
        }
    }

    /// What both come to together.
    #[must_use]
    pub fn and(self, other: Rights) -> Rights {
        Rights {
            sure: self.sure.union(other.sure),
            is_unclear: self.is_unclear || other.is_unclear,
        }
    }
}

/// What every role of a project comes to.
#[derive(Debug, Clone)]
pub struct RoleRights<'a> {
    graph: &'a RoleGraph,
    custom: HashMap<&'a str, Rights>,
}

/// The ways from a role to an action.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ways {
    /// The ways, the shortest first.
    pub chains: Vec<Chain>,
    /// Whether there are more than anybody reads.
    pub has_more: bool,
}

impl RoleGraph {
    /// What every role comes to: each edge of inheritance is followed only while it adds something.
    pub fn rights(&self) -> RoleRights<'_> {
        let mut rights = RoleRights { graph: self, custom: HashMap::new() };
        let mut heirs: HashMap<&str, Vec<&str>> = HashMap::new();
        for (name, reading) in self.customs() {
            let RoleReading::Understood(definition) = reading else {
                rights.custom.insert(name, Rights::UNCLEAR);
                continue;
            };
            let mut own = Rights { sure: own(definition), is_unclear: false };
            for (inherited, _) in &definition.inherits {
                match self.has_custom(inherited) {
                    true => heirs.entry(inherited).or_default().push(name),
                    false => own = own.and(not_custom(inherited)),
                }
            }
            rights.custom.insert(name, own);
        }
        let mut grown: Vec<&str> = rights.custom.keys().copied().collect();
        while let Some(role) = grown.pop() {
            let gives = rights.of(role);
            for heir in heirs.get(role).into_iter().flatten() {
                let Some(held) = rights.custom.get_mut(heir) else { continue };
                let both = held.and(gives);
                if both != *held {
                    *held = both;
                    grown.push(heir);
                }
            }
        }
        rights
    }
}

fn own(definition: &Definition) -> ActionSet {
    definition.permissions.iter().filter_map(Permission::as_stream).collect()
}

fn not_custom(role: &str) -> Rights {
    match built_in::find(role) {
        Some(role) => Rights { sure: actions::held_by(role.name).collect(), is_unclear: false },
        None => Rights::UNCLEAR,
    }
}

impl<'a> RoleRights<'a> {
    /// What a role comes to.
    pub fn of(&self, role: &str) -> Rights {
        self.custom.get(role).copied().unwrap_or_else(|| not_custom(role))
    }

    /// What several roles come to together.
    pub fn of_all(&self, roles: &[GrantedRole]) -> Rights {
        roles.iter().fold(Rights::default(), |all, role| all.and(self.of(&role.role)))
    }

    /// Every way from a role that is held to an action: the roles inherited one through another, up to
    /// one that allows it. Where none does for sure, the ways to those that might.
    pub fn ways(&self, held: &GrantedRole, action: &Action) -> Ways {
        let verdict = self.of(&held.role).verdict(action);
        let leads = |role: &str| match verdict {
            Verdict::Yes => self.of(role).sure.contains(action),
            Verdict::Might => self.of(role).is_unclear,
            Verdict::No => false,
        };
        let mut ways = Ways::default();
        let mut paths: VecDeque<Vec<&RoleOn>> = VecDeque::new();
        let first = (held.role.clone(), held.database.clone());
        if leads(&first.0) {
            paths.push_back(vec![&first]);
        }
        let mut steps = 0;
        while let Some(path) = paths.pop_front() {
            steps += 1;
            if steps > MOST_STEPS || ways.chains.len() >= MOST_WAYS {
                ways.has_more = true;
                break;
            }
            let Some((role, _)) = path.last() else { continue };
            if let Some(end) = self.end(role, action, verdict) {
                let mut roles: Vec<_> =
                    path.iter().map(|on| GrantedRole::from((*on).clone())).collect();
                if let Some(first) = roles.first_mut() {
                    first.collection.clone_from(&held.collection);
                }
                ways.chains.push(Chain { roles, end });
            }
            // What a role that is not understood inherits is part of what is unclear about it.
            if self.graph.kind(role) == RoleKind::Obscure {
                continue;
            }
            for further in self.graph.inherited(role).filter(|(role, _)| leads(role)) {
                if !path.iter().any(|(role, _)| *role == further.0) {
                    paths.push_back(path.iter().copied().chain([further]).collect());
                }
            }
        }
        ways
    }

    /// What a role does for an action by itself.
    fn end(&self, role: &str, action: &Action, verdict: Verdict) -> Option<End> {
        let allows = |by_built_in| {
            End::Allows(GrantedPermission { permission: Permission::stream(action), by_built_in })
        };
        match (self.graph.kind(role), verdict) {
            (RoleKind::Custom(definition), Verdict::Yes) => {
                own(definition).contains(action).then(|| allows(false))
            }
            (RoleKind::BuiltIn(role), Verdict::Yes) => {
                action.held_by.contains(&role.name).then(|| allows(true))
            }
            (RoleKind::Obscure, Verdict::Might) => Some(End::Unclear(Doubt::Obscure)),
            (RoleKind::Unknown, Verdict::Might) => Some(End::Unclear(Doubt::NoSuchRole)),
            _ => None,
        }
    }
}

#[cfg(test)]
#[path = "tests/rights.rs"]
mod tests;
