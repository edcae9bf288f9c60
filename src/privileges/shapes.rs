//! Custom roles as values: what one allows in the end, which one allows exactly something, and what
//! is left of one without an action.

use std::collections::{BTreeMap, BTreeSet};

use super::actions::{self, Action};
use super::permissions::{Permission, Permissions};
use super::presets::PRESETS;

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

/// What a role amounts to when custom roles are followed through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Closure {
    /// Everything that custom roles allow.
    pub permissions: Permissions,
    /// Roles that are reached and not custom: built-in ones, or such as are not there.
    pub others: BTreeSet<RoleOn>,
    /// Custom roles that are reached and not understood.
    pub obscure: BTreeSet<String>,
}

impl Closure {
    /// The built-in role through which this permission is held, where it is a stream action.
    pub fn built_in(&self, permission: &Permission) -> Option<&str> {
        let action = permission.as_stream()?;
        let holds = |(role, _): &&RoleOn| action.held_by.contains(&role.as_str());
        self.others.iter().find(holds).map(|(role, _)| role.as_str())
    }

    /// The stream actions that are allowed in the end, through built-in roles too.
    pub fn stream_actions(&self) -> impl Iterator<Item = &'static Action> {
        actions::ACTIONS.iter().filter(|action| {
            let permission = Permission::stream(action);
            self.permissions.contains(&permission) || self.built_in(&permission).is_some()
        })
    }
}

/// Why an action cannot be taken out of a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inseparable {
    /// It comes from this built-in role.
    BuiltIn(String),
    /// This custom role says something that is not understood.
    Obscure(String),
}

impl Catalogue {
    /// Follows roles through.
    pub fn closure<'a>(&self, roles: impl IntoIterator<Item = &'a RoleOn>) -> Closure {
        let mut waiting: Vec<RoleOn> = roles.into_iter().cloned().collect();
        let mut seen = BTreeSet::new();
        let mut closure = Closure::default();
        while let Some(role) = waiting.pop() {
            if !seen.insert(role.clone()) {
                continue;
            }
            match self.0.get(&role.0) {
                None => drop(closure.others.insert(role)),
                Some(None) => drop(closure.obscure.insert(role.0)),
                Some(Some(shape)) => {
                    closure.permissions.extend(shape.permissions.iter().cloned());
                    waiting.extend(shape.inherits.iter().cloned());
                }
            }
        }
        closure
    }

    /// Whether a role says exactly this, and nothing else.
    pub fn says_exactly(&self, name: &str, shape: &Shape) -> bool {
        self.0.get(name).is_some_and(|there| there.as_ref() == Some(shape))
    }

    /// A role that says exactly this: the first by name.
    pub fn exactly(&self, wanted: &Shape) -> Option<&str> {
        let mut roles = self.0.iter();
        roles.find(|(_, shape)| shape.as_ref() == Some(wanted)).map(|(name, _)| name.as_str())
    }

    /// What is left of a role when these permissions are taken out of it; inheritance stays where
    /// it does not bring them, and is resolved where it does. `None` where the role has none.
    ///
    /// # Errors
    /// A permission that cannot be separated.
    pub fn without(
        &self,
        role: &RoleOn,
        taken: &Permissions,
    ) -> Result<Option<Shape>, Inseparable> {
        let whole = self.closure([role]);
        if let Some(built_in) = taken.iter().find_map(|p| whole.built_in(p)) {
            return Err(Inseparable::BuiltIn(built_in.to_owned()));
        }
        if let Some(obscure) = whole.obscure.first() {
            return Err(Inseparable::Obscure(obscure.clone()));
        }
        if whole.permissions.is_disjoint(taken) {
            return Ok(None);
        }
        let Some(Some(shape)) = self.0.get(&role.0) else { return Ok(None) };
        let (bringing, harmless): (Vec<_>, Vec<_>) = shape
            .inherits
            .iter()
            .partition(|inherited| !self.closure([*inherited]).permissions.is_disjoint(taken));
        let resolved = self.closure(bringing);
        let permissions = shape.permissions.union(&resolved.permissions);
        Ok(Some(Shape {
            permissions: permissions.filter(|p| !taken.contains(p)).cloned().collect(),
            inherits: harmless.into_iter().chain(&resolved.others).cloned().collect(),
        }))
    }

    /// A name for a role to be, that says what it allows and that no other role has.
    pub fn fresh_name(&self, shape: &Shape) -> String {
        let inherited = self.closure(&shape.inherits);
        let whole = Shape {
            permissions: shape.permissions.union(&inherited.permissions).cloned().collect(),
            inherits: inherited.others,
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
#[path = "shapes_tests.rs"]
mod tests;
