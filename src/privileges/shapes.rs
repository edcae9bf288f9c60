//! Custom roles as values: what one allows in the end, which one allows exactly something, and what
//! is left of one without an action.

use std::collections::{BTreeMap, BTreeSet};

use super::actions::Action;
use super::graph::Held;
use super::permissions::{Permission, Permissions};
use super::presets::PRESETS;
use super::taking::is_taken;

/// A role held or inherited, and the database it holds on.
pub type RoleOn = (String, String);

/// What a custom role says, whatever it is called.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Shape {
    /// What it allows itself.
    pub permissions: Permissions,
    /// Roles whose permissions it has too.
    pub inherits: BTreeSet<RoleOn>,
}

impl Shape {
    /// Whether it says nothing; such a role cannot exist.
    pub fn is_empty(&self) -> bool {
        self.permissions.is_empty() && self.inherits.is_empty()
    }
}

/// The custom roles of a project by name. `None` is one that this program does not understand
/// whole, and so never takes for another or takes apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Catalogue(pub BTreeMap<String, Option<Shape>>);

impl Catalogue {
    /// Whether a role says exactly this, and nothing else.
    pub fn says_exactly(&self, name: &str, shape: &Shape) -> bool {
        self.0.get(name).is_some_and(|there| there.as_ref() == Some(shape))
    }

    /// A role that says exactly this: the first by name.
    pub fn exactly(&self, wanted: &Shape) -> Option<&str> {
        let mut roles = self.0.iter();
        roles.find(|(_, shape)| shape.as_ref() == Some(wanted)).map(|(name, _)| name.as_str())
    }

    /// What is left of a role when permissions are taken out of it, as far as that goes; inheritance
    /// stays where it does not bring them, and is resolved where it does. `None` where custom roles
    /// bring nothing of them.
    pub fn without(&self, role: &Held, taken: &Permissions) -> Option<Shape> {
        let Some(Some(shape)) = self.0.get(&role.role) else { return None };
        let brings = |inherited: &RoleOn| {
            self.closure([inherited]).permissions.iter().any(|p| is_taken(p, taken))
        };
        let (bringing, harmless): (Vec<_>, Vec<_>) =
            shape.inherits.iter().partition(|inherited| brings(inherited));
        if bringing.is_empty() && !shape.permissions.iter().any(|p| is_taken(p, taken)) {
            return None;
        }
        let resolved = self.closure(bringing);
        let permissions = shape.permissions.union(&resolved.permissions);
        let beyond = resolved.others.iter().chain(&resolved.obscure);
        Some(Shape {
            permissions: permissions.filter(|p| !is_taken(p, taken)).cloned().collect(),
            inherits: harmless.into_iter().chain(beyond).cloned().collect(),
        })
    }

    /// A name for a role to be, that says what it allows and that no other role has.
    pub fn fresh_name(&self, shape: &Shape) -> String {
        let inherited = self.closure(&shape.inherits);
        let whole = Shape {
            permissions: shape.permissions.union(&inherited.permissions).cloned().collect(),
            inherits: inherited.others.union(&inherited.obscure).cloned().collect(),
        };
        let wanted = name_of(&whole);
        let names =
            std::iter::once(wanted.clone()).chain((2_u32..).map(|n| format!("{wanted}-{n}")));
        let mut free = names.filter(|name| !self.0.contains_key(name));
        free.next().unwrap_or(wanted)
    }
}

/// `stream-viewer` for a preset, otherwise its actions in a word each, or how many they are.
fn name_of(shape: &Shape) -> String {
    const MOST_WORDS: usize = 4;
    let is = |actions: &mut dyn Iterator<Item = &'static Action>| {
        shape.inherits.is_empty()
            && actions.map(Permission::stream).collect::<Permissions>() == shape.permissions
    };
    if let Some(preset) = PRESETS.iter().find(|preset| is(&mut preset.actions())) {
        return format!("stream-{}", preset.name);
    }
    let streams = shape.permissions.iter().all(|p| p.as_stream().is_some());
    let prefix = if streams { "stream" } else { "custom" };
    let words: BTreeSet<String> = shape.permissions.iter().map(|p| word(&p.action)).collect();
    if !shape.inherits.is_empty() || words.is_empty() || words.len() > MOST_WORDS {
        return format!("{prefix}-{}-actions", shape.permissions.len());
    }
    format!("{prefix}-{}", words.into_iter().collect::<Vec<_>>().join("-"))
}

/// `START_STREAM_PROCESSOR` -> `start`.
fn word(action: &str) -> String {
    let word = match action {
        "STREAM_PROCESSOR_STATS" => "stats",
        "LIST_CONNECTIONS" => "connections",
        _ => {
            let many = action.strip_suffix("_STREAM_PROCESSORS");
            many.or(action.strip_suffix("_STREAM_PROCESSOR")).unwrap_or(action)
        }
    };
    word.to_ascii_lowercase().replace('_', "-")
}

#[cfg(test)]
#[path = "tests/shapes.rs"]
mod tests;
