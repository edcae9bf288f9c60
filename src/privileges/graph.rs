//! The database roles of a project: what a role holds by inheritance, and who inherits it. No other
//! code follows inheritance, but for [`super::rights`], which answers for all roles at once.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;

use super::catalogue::actions::{self, Action};
use super::catalogue::built_in::{self, BuiltInRole};
use super::definition::{Definition, RoleOn};
use super::permission::{Permission, Permissions};
use super::reach::{Edges, reach};

/// A role as a user holds it, or another role inherits it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GrantedRole {
    /// The role's name.
    pub role: String,
    /// The database that it is granted on.
    pub database: String,
    /// The collection that it is limited to, if any.
    pub collection: Option<String>,
}

impl GrantedRole {
    /// A role as it is granted on `admin`, where custom roles always are.
    pub fn on_admin(role: impl Into<String>) -> Self {
        GrantedRole { role: role.into(), database: "admin".to_owned(), collection: None }
    }
}

impl From<RoleOn> for GrantedRole {
    fn from((role, database): RoleOn) -> Self {
        GrantedRole { role, database, collection: None }
    }
}

impl fmt::Display for GrantedRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.role, self.database)?;
        self.collection.iter().try_for_each(|collection| write!(f, ".{collection}"))
    }
}

/// How much of a custom role was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RoleReading {
    /// All of it.
    Understood(Definition),
    /// Only what it inherits: the rest is not understood. Such a role is never treated as equal to
    /// another, and never split.
    Inheritance(BTreeSet<RoleOn>),
}

impl RoleReading {
    pub(super) fn inherits(&self) -> &BTreeSet<RoleOn> {
        match self {
            RoleReading::Understood(definition) => &definition.inherits,
            RoleReading::Inheritance(inherits) => inherits,
        }
    }
}

/// What a role name refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoleKind<'a> {
    /// A custom role of the project.
    Custom(&'a Definition),
    /// A custom role that is not fully understood.
    Obscure,
    /// A role that every project has.
    BuiltIn(&'static BuiltInRole),
    /// Neither built in nor one of the project's.
    Unknown,
}

/// The roles of a project: its custom roles, and the built-in ones that every project has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RoleGraph {
    pub(super) custom: BTreeMap<String, RoleReading>,
}

impl FromIterator<(String, RoleReading)> for RoleGraph {
    fn from_iter<I: IntoIterator<Item = (String, RoleReading)>>(roles: I) -> Self {
        RoleGraph { custom: roles.into_iter().collect() }
    }
}

/// A role that is reached by inheritance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached<'a> {
    /// The role.
    pub role: GrantedRole,
    /// The roles it is inherited through, from a starting role on; empty for a starting role.
    pub through: Vec<GrantedRole>,
    /// What it is.
    pub kind: RoleKind<'a>,
    /// Whether every role on the path is understood.
    pub is_certain: bool,
}

impl Reached<'_> {
    /// The roles from the start to this one.
    pub fn chain(&self) -> Vec<GrantedRole> {
        self.through.iter().chain([&self.role]).cloned().collect()
    }
}

/// Roles and all that they inherit, each once and the nearest first, except that those reached only
/// through an obscure role come last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Closure<'a>(pub Vec<Reached<'a>>);

impl<'a> Closure<'a> {
    /// The roles reached only through roles that are understood.
    pub fn certain(&self) -> impl Iterator<Item = &Reached<'a>> {
        self.0.iter().filter(|reached| reached.is_certain)
    }

    /// Everything that custom roles allow.
    pub fn permissions(&self) -> Permissions {
        let custom = self.certain().filter_map(|reached| match reached.kind {
            RoleKind::Custom(definition) => Some(&definition.permissions),
            _ => None,
        });
        custom.flatten().cloned().collect()
    }

    /// The roles that are not custom: built-in ones, and ones that do not exist.
    pub fn others(&self) -> BTreeSet<RoleOn> {
        self.on(|kind| matches!(kind, RoleKind::BuiltIn(_) | RoleKind::Unknown))
    }

    /// The custom roles that are not understood.
    pub fn obscure(&self) -> BTreeSet<RoleOn> {
        self.on(|kind| kind == RoleKind::Obscure)
    }

    /// The stream actions that are effectively allowed, including through built-in roles.
    pub fn stream_actions(&self) -> impl Iterator<Item = &'static Action> {
        actions::ACTIONS.iter().filter(|action| {
            self.certain().any(|reached| match reached.kind {
                RoleKind::Custom(definition) => {
                    definition.permissions.contains(&Permission::stream(action))
                }
                RoleKind::BuiltIn(role) => action.held_by.contains(&role.name),
                RoleKind::Obscure | RoleKind::Unknown => false,
            })
        })
    }

    fn on(&self, wanted: impl Fn(RoleKind<'_>) -> bool) -> BTreeSet<RoleOn> {
        let roles = self.certain().filter(|reached| wanted(reached.kind));
        roles.map(|r| (r.role.role.clone(), r.role.database.clone())).collect()
    }
}

/// A custom role that inherits another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heir {
    /// Its name.
    pub role: String,
    /// The roles it inherits through, the one it names itself first; empty if it names the role
    /// in question.
    pub through: Vec<String>,
}

impl RoleGraph {
    /// What a role name refers to.
    pub fn kind(&self, role: &str) -> RoleKind<'_> {
        match (self.custom.get(role), built_in::find(role)) {
            (Some(RoleReading::Understood(definition)), _) => RoleKind::Custom(definition),
            (Some(RoleReading::Inheritance(_)), _) => RoleKind::Obscure,
            (None, Some(role)) => RoleKind::BuiltIn(role),
            (None, None) => RoleKind::Unknown,
        }
    }

    /// Whether a role of this name is built in, or a custom one of the project.
    pub fn has(&self, role: &str) -> bool {
        self.kind(role) != RoleKind::Unknown
    }

    /// Whether the project has a custom role of this name.
    pub fn has_custom(&self, role: &str) -> bool {
        self.custom.contains_key(role)
    }

    /// The names of all roles, the built-in ones first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let built_in = built_in::ROLES.iter().map(|role| role.name);
        built_in.chain(self.custom.keys().map(String::as_str))
    }

    /// The custom roles that are understood, by name.
    pub fn definitions(&self) -> impl Iterator<Item = (&str, &Definition)> {
        self.custom.iter().filter_map(|(name, reading)| match reading {
            RoleReading::Understood(definition) => Some((name.as_str(), definition)),
            RoleReading::Inheritance(_) => None,
        })
    }

    /// Adds a custom role, or replaces the one of that name.
    pub fn insert(&mut self, name: &str, definition: Definition) {
        self.custom.insert(name.to_owned(), RoleReading::Understood(definition));
    }

    /// The custom roles, by name.
    pub(super) fn customs(&self) -> impl Iterator<Item = (&str, &RoleReading)> {
        self.custom.iter().map(|(name, reading)| (name.as_str(), reading))
    }

    /// The roles that a custom role names itself, each with its database.
    pub(super) fn inherited(&self, role: &str) -> impl Iterator<Item = &RoleOn> {
        self.custom.get(role).into_iter().flat_map(RoleReading::inherits)
    }

    /// What roles inherit, and through which roles.
    pub fn closure(&self, roles: impl IntoIterator<Item = GrantedRole>) -> Closure<'_> {
        let ways = reach(roles, |role: &GrantedRole| {
            let reading = self.custom.get(&role.role);
            let inherited = reading.into_iter().flat_map(RoleReading::inherits);
            Edges {
                to: inherited.cloned().map(GrantedRole::from).collect(),
                last: matches!(reading, Some(RoleReading::Inheritance(_))),
            }
        });
        let reached = |mut way: Vec<GrantedRole>| {
            let role = way.pop()?;
            let kind = self.kind(&role.role);
            let is_certain = way.iter().all(|role| self.kind(&role.role) != RoleKind::Obscure);
            Some(Reached { role, through: way, kind, is_certain })
        };
        Closure(ways.into_iter().filter_map(reached).collect())
    }

    /// The custom roles that inherit a role, on any database, and through which roles; the nearest
    /// first.
    pub fn heirs(&self, role: &str) -> Vec<Heir> {
        let mut heirs: HashMap<&str, Vec<&str>> = HashMap::new();
        for (heir, reading) in &self.custom {
            for (inherited, _) in reading.inherits() {
                heirs.entry(inherited).or_default().push(heir);
            }
        }
        let ways = reach([role], |role| heirs.get(role).cloned().unwrap_or_default());
        let heir = |way: Vec<&str>| {
            let (role, through) = way.split_last()?;
            let (_, through) = through.split_first()?;
            let through = through.iter().rev().map(|role| (*role).to_owned()).collect();
            Some(Heir { role: (*role).to_owned(), through })
        };
        ways.into_iter().filter_map(heir).collect()
    }
}

#[cfg(test)]
#[path = "tests/graph.rs"]
mod tests;
