//! Custom roles as values: finding one with an exact definition, resolving what it inherits, and
//! removing permissions from it.

use std::collections::BTreeSet;

use super::catalogue::actions::{self, Action};
use super::catalogue::presets::PRESETS;
use super::graph::{GrantedRole, RoleGraph, RoleKind};
use super::permission::{Permission, Permissions};
use super::taking::is_taken;

/// A role held or inherited, and the database it holds on.
pub type RoleOn = (String, String);

/// The definition of a custom role, without its name.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Definition {
    /// Permissions of its own.
    pub permissions: Permissions,
    /// Roles whose permissions it inherits.
    pub inherits: BTreeSet<RoleOn>,
}

impl Definition {
    /// Whether it has no content; such a role cannot exist.
    pub fn is_empty(&self) -> bool {
        self.permissions.is_empty() && self.inherits.is_empty()
    }
}

impl RoleGraph {
    /// Whether a custom role has exactly this definition.
    pub fn says_exactly(&self, name: &str, definition: &Definition) -> bool {
        self.kind(name) == RoleKind::Custom(definition)
    }

    /// The custom role with exactly this definition, the first by name.
    pub fn exactly(&self, wanted: &Definition) -> Option<&str> {
        self.definitions().find(|(_, definition)| *definition == wanted).map(|(name, _)| name)
    }

    /// What is left of a role once permissions are removed from it, as far as possible: inheritance
    /// that does not bring them stays, and the rest is resolved. `None` if custom roles bring none
    /// of them.
    pub fn without(&self, role: &GrantedRole, taken: &Permissions) -> Option<Definition> {
        let RoleKind::Custom(definition) = self.kind(&role.role) else { return None };
        let is_one = |permissions: &Permissions| permissions.iter().any(|p| is_taken(p, taken));
        let (bringing, harmless): (BTreeSet<_>, BTreeSet<_>) =
            definition.inherits.iter().cloned().partition(|inherited| {
                is_one(&self.closure([inherited.clone().into()]).permissions())
            });
        if bringing.is_empty() && !is_one(&definition.permissions) {
            return None;
        }
        let mut left = definition.clone();
        left.inherits = bringing;
        let mut left = self.resolved(&left);
        left.permissions.retain(|permission| !is_taken(permission, taken));
        left.inherits.extend(harmless);
        Some(left)
    }

    /// The same role without inheritance from custom roles, as far as they are understood.
    pub fn resolved(&self, definition: &Definition) -> Definition {
        let inherited = self.closure(definition.inherits.iter().cloned().map(GrantedRole::from));
        Definition {
            permissions: definition.permissions.union(&inherited.permissions()).cloned().collect(),
            inherits: inherited.others().union(&inherited.obscure()).cloned().collect(),
        }
    }

    /// An unused name for a new role, which describes what it allows.
    pub fn fresh_name(&self, definition: &Definition) -> String {
        let wanted = name_of(&self.resolved(definition));
        let names =
            std::iter::once(wanted.clone()).chain((2_u32..).map(|n| format!("{wanted}-{n}")));
        let mut free = names.filter(|name| !self.has_custom(name));
        free.next().unwrap_or(wanted)
    }
}

/// `stream-viewer` for a preset, otherwise one word per action, or the number of actions.
fn name_of(definition: &Definition) -> String {
    const MOST_WORDS: usize = 4;
    let is = |actions: &mut dyn Iterator<Item = &'static Action>| {
        definition.inherits.is_empty()
            && actions.map(Permission::stream).collect::<Permissions>() == definition.permissions
    };
    if let Some(preset) = PRESETS.iter().find(|preset| is(&mut preset.actions())) {
        return format!("stream-{}", preset.name);
    }
    let streams = definition.permissions.iter().all(|p| p.as_stream().is_some());
    let prefix = if streams { "stream" } else { "custom" };
    let words: BTreeSet<String> = definition.permissions.iter().map(|p| word(&p.action)).collect();
    if !definition.inherits.is_empty() || words.is_empty() || words.len() > MOST_WORDS {
        return format!("{prefix}-{}-actions", definition.permissions.len());
    }
    format!("{prefix}-{}", words.into_iter().collect::<Vec<_>>().join("-"))
}

/// `START_STREAM_PROCESSOR` -> `start`.
fn word(action: &str) -> String {
    match actions::find(action) {
        Some(action) => action.word(),
        None => action.to_ascii_lowercase().replace('_', "-"),
    }
}

#[cfg(test)]
#[path = "tests/definition.rs"]
mod tests;
