//! What a database user's scopes let it reach, and what a change of scopes gains or loses.
//!
//! A user without scopes reaches every instance, cluster and federated database of the project,
//! those to come included; with scopes it reaches exactly those named, of every type. So adding the
//! first scope removes everything else, and removing the last one restores everything.

use std::collections::BTreeSet;
use std::fmt;

/// What a scope can point at; the API's `scopes[].type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ScopeKind {
    /// A stream processing instance (workspace).
    Stream,
    /// A cluster.
    Cluster,
    /// A federated database instance.
    DataLake,
    /// Something of a type that is not known here. A scope on it restricts all the same.
    Other,
}

impl ScopeKind {
    /// The API's name of the type. Scopes of [`ScopeKind::Other`] are never sent.
    pub fn api_name(self) -> &'static str {
        match self {
            ScopeKind::Stream => "STREAM",
            ScopeKind::Cluster => "CLUSTER",
            ScopeKind::DataLake => "DATA_LAKE",
            ScopeKind::Other => "UNKNOWN",
        }
    }

    /// The type of an API name.
    pub fn from_api(name: &str) -> Self {
        [ScopeKind::Stream, ScopeKind::Cluster, ScopeKind::DataLake]
            .into_iter()
            .find(|kind| kind.api_name() == name)
            .unwrap_or(ScopeKind::Other)
    }

    /// As people call it.
    pub fn noun(self) -> &'static str {
        match self {
            ScopeKind::Stream => "instance",
            ScopeKind::Cluster => "cluster",
            ScopeKind::DataLake => "federated database",
            ScopeKind::Other => "unknown resource",
        }
    }
}

/// One scope of a database user.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scope {
    /// What it points at.
    pub kind: ScopeKind,
    /// The name of what it points at, which need not exist.
    pub name: String,
}

impl Scope {
    /// A scope on something by name.
    pub fn new(kind: ScopeKind, name: impl Into<String>) -> Self {
        Scope { kind, name: name.into() }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind.noun(), self.name)
    }
}

/// The scopes of a user; none means unrestricted.
pub type Scopes = BTreeSet<Scope>;

/// Everything in a project that a scope can point at today.
#[derive(Debug, Clone, Default)]
pub struct Estate {
    /// Instances, clusters and federated databases.
    pub things: Scopes,
}

impl Estate {
    /// Whether something of this kind and name exists.
    pub fn has(&self, kind: ScopeKind, name: &str) -> bool {
        self.things.contains(&Scope::new(kind, name))
    }

    /// The names of one kind, sorted.
    pub fn names(&self, kind: ScopeKind) -> impl Iterator<Item = &str> {
        self.things.iter().filter(move |s| s.kind == kind).map(|s| s.name.as_str())
    }

    /// What a user with these scopes reaches of what exists today.
    pub fn reached(&self, scopes: &Scopes) -> Scopes {
        match scopes.is_empty() {
            true => self.things.clone(),
            false => self.things.intersection(scopes).cloned().collect(),
        }
    }

    /// The scopes that point at nothing. Of an unknown type it cannot be told.
    pub fn dangling(&self, scopes: &Scopes) -> Scopes {
        let gone = scopes.difference(&self.things);
        gone.filter(|scope| scope.kind != ScopeKind::Other).cloned().collect()
    }
}

/// What a change of scopes gains and loses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    /// Reachable after and not before.
    pub gained: Scopes,
    /// Reachable before and not after.
    pub lost: Scopes,
    /// A restricted user becomes unrestricted, and so also reaches whatever is created later.
    pub gains_the_future: bool,
}

/// What changes in reach when scopes change from `before` to `after`.
///
/// A scope on something that does not exist counts as a gain too, since it may exist tomorrow.
pub fn difference(before: &Scopes, after: &Scopes, estate: &Estate) -> Difference {
    let reach = |scopes: &Scopes| match scopes.is_empty() {
        true => estate.things.clone(),
        false => scopes.clone(),
    };
    let (old, new) = (reach(before), reach(after));
    let gained = match before.is_empty() {
        true => Scopes::new(),
        false => new.difference(&old).cloned().collect(),
    };
    Difference {
        gained,
        lost: match after.is_empty() {
            true => Scopes::new(),
            false => old.difference(&new).cloned().collect(),
        },
        gains_the_future: !before.is_empty() && after.is_empty(),
    }
}

/// What `restrict` was asked to do to the scopes of one user.
#[derive(Debug, Clone, Default)]
pub struct Restriction {
    /// Set the user's instances to exactly these, if any are named.
    pub exactly: BTreeSet<String>,
    /// Instances to add to the list.
    pub add: BTreeSet<String>,
    /// Instances to remove from the list.
    pub remove: BTreeSet<String>,
    /// Clusters to name as well.
    pub clusters: BTreeSet<String>,
    /// Federated databases to name as well.
    pub federations: BTreeSet<String>,
    /// Name the clusters and federated databases that the user reaches today.
    pub keep_clusters: bool,
    /// Let the user reach something that it does not reach today.
    pub allow_gain: bool,
}

/// Why a restriction is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// No scope would be left, which would mean everything.
    WouldUnrestrict,
    /// The user has no list of instances to add to or remove from.
    Unrestricted,
    /// The user would reach more than it does today.
    WouldGain(Scopes),
}

impl Restriction {
    /// The new scopes of a user with scopes `before`.
    ///
    /// # Errors
    /// A [`Refusal`]; never a set that is empty, and never a gain that was not asked for.
    pub fn apply(&self, before: &Scopes, estate: &Estate) -> Result<Scopes, Refusal> {
        let edits = !self.add.is_empty() || !self.remove.is_empty();
        if before.is_empty() && edits && self.exactly.is_empty() {
            return Err(Refusal::Unrestricted);
        }
        let mut after: Scopes = match self.exactly.is_empty() {
            true => before.clone(),
            false => before.iter().filter(|s| s.kind != ScopeKind::Stream).cloned().collect(),
        };
        let scopes = |kind: ScopeKind, names: &BTreeSet<String>| -> Scopes {
            names.iter().map(|name| Scope::new(kind, name)).collect()
        };
        after.extend(scopes(ScopeKind::Stream, &self.exactly));
        after.extend(scopes(ScopeKind::Stream, &self.add));
        after.extend(scopes(ScopeKind::Cluster, &self.clusters));
        after.extend(scopes(ScopeKind::DataLake, &self.federations));
        if self.keep_clusters {
            let reached = estate.reached(before);
            after.extend(reached.into_iter().filter(|s| s.kind != ScopeKind::Stream));
        }
        for scope in scopes(ScopeKind::Stream, &self.remove) {
            after.remove(&scope);
        }
        if after.is_empty() {
            return Err(Refusal::WouldUnrestrict);
        }
        let mut gained = difference(before, &after, estate).gained;
        gained.retain(|s| !(s.kind == ScopeKind::Stream && self.add.contains(&s.name)));
        match gained.is_empty() || self.allow_gain {
            true => Ok(after),
            false => Err(Refusal::WouldGain(gained)),
        }
    }
}

#[cfg(test)]
#[path = "tests/scopes.rs"]
mod tests;
