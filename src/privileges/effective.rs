//! What roles effectively allow, and the chain of roles by which an action is possible.

use std::fmt;

use super::catalogue::built_in;
use super::graph::{GrantedRole, RoleGraph, RoleKind};
use super::permission::{Permission, Resource};

/// A permission as a role grants it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct GrantedPermission {
    /// The action, and where it is allowed.
    pub permission: Permission,
    /// Whether a built-in role grants it: on every database, that leaves out some.
    pub by_built_in: bool,
}

impl GrantedPermission {
    /// Whether it allows an action in some part of a resource.
    pub fn meets(&self, wanted: &Permission) -> bool {
        self.is_of(wanted) && self.permission.resource.meets(&wanted.resource)
    }

    /// Whether it allows an action in all of a resource.
    pub fn covers(&self, wanted: &Permission) -> bool {
        self.is_of(wanted) && self.permission.resource.covers(&wanted.resource)
    }

    fn is_of(&self, wanted: &Permission) -> bool {
        let leaves_out = |database: &str| {
            let resource = &self.permission.resource;
            let is_any =
                matches!(resource, Resource::Namespace { database, .. } if database.is_empty());
            self.by_built_in && is_any && !built_in::is_any_database(database)
        };
        let is_left_out = matches!(&wanted.resource,
            Resource::Namespace { database, .. } if leaves_out(database));
        self.permission.action == wanted.action && !is_left_out
    }
}

/// Why it is unknown whether a role allows something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// It is neither built in nor one of the project's.
    NoSuchRole,
    /// It is a custom role that is not fully understood.
    Obscure,
    /// It is built in, and the documentation leaves it open.
    Undocumented,
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Doubt::NoSuchRole => "which is neither built in nor a role of this project",
            Doubt::Obscure => "which this program does not fully understand",
            Doubt::Undocumented => "which the documentation leaves open",
        })
    }
}

/// What a chain of roles leads to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// A permission of its last role.
    Allows(GrantedPermission),
    /// A last role that might allow it.
    Unclear(Doubt),
}

/// Why an action is possible, or might be: a role that is held, the roles inherited one through
/// another, and what the last of them allows.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Chain {
    /// What it ends in; sure chains sort first.
    pub end: End,
    /// The roles, at least one.
    pub roles: Vec<GrantedRole>,
}

impl Chain {
    /// Whether the action is possible for sure.
    pub fn is_sure(&self) -> bool {
        matches!(self.end, End::Allows(_))
    }
}

impl fmt::Display for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let roles: Vec<String> = self.roles.iter().map(GrantedRole::to_string).collect();
        f.write_str(&roles.join(" -> "))?;
        match &self.end {
            End::Allows(given) => write!(f, " -> {}", given.permission.as_argument()),
            End::Unclear(doubt) => write!(f, ", {doubt}"),
        }
    }
}

impl RoleGraph {
    /// Everything that roles allow, each with its chain, and the roles for which this is unknown.
    pub fn chains(&self, held: &[GrantedRole]) -> Vec<Chain> {
        let mut chains = Vec::new();
        for reached in self.closure(held.iter().cloned()).certain() {
            let roles = reached.chain();
            let mut add = |end| chains.push(Chain { roles: roles.clone(), end });
            let mut allow = |permission, by_built_in| {
                add(End::Allows(GrantedPermission { permission, by_built_in }));
            };
            match reached.kind {
                RoleKind::Custom(definition) => {
                    definition.permissions.iter().cloned().for_each(|p| allow(p, false));
                }
                RoleKind::BuiltIn(role) => {
                    let GrantedRole { database, collection, .. } = &reached.role;
                    let permissions = role.permissions(database, collection.as_deref());
                    permissions.for_each(|p| allow(p, true));
                }
                RoleKind::Obscure => add(End::Unclear(Doubt::Obscure)),
                RoleKind::Unknown => add(End::Unclear(Doubt::NoSuchRole)),
            }
        }
        chains
    }

    /// The chain by which an action is already possible in all of its resource.
    pub fn covering(&self, held: &[GrantedRole], wanted: &Permission) -> Option<Chain> {
        self.chains(held).into_iter().find(|chain| match &chain.end {
            End::Allows(given) => given.covers(wanted),
            End::Unclear(_) => false,
        })
    }

    /// The chains by which an action is possible in some part of its resource, or might be: the
    /// sure ones first, and one per built-in role. Empty if it is not possible.
    pub fn ways(&self, held: &[GrantedRole], wanted: &Permission) -> Vec<Chain> {
        let mut ways = self.chains(held);
        ways.retain(|chain| match &chain.end {
            End::Allows(given) => given.meets(wanted),
            End::Unclear(_) => true,
        });
        let by_built_in = |chain: &Chain| match &chain.end {
            End::Allows(given) => given.by_built_in,
            End::Unclear(_) => false,
        };
        ways.dedup_by(|further, first| by_built_in(first) && first.roles == further.roles);
        for reached in self.closure(held.iter().cloned()).certain() {
            let (RoleKind::BuiltIn(role), roles) = (reached.kind, reached.chain()) else {
                continue;
            };
            if !role.is_known_whole(&wanted.action) && !ways.iter().any(|way| way.roles == roles) {
                ways.push(Chain { roles, end: End::Unclear(Doubt::Undocumented) });
            }
        }
        ways.sort();
        ways
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_role_gives_what_the_manual_says() {
        let ways = |role: &str, wanted: &str| {
            let (name, database) = role.split_once('@').unwrap_or((role, "admin"));
            let held = GrantedRole::from((name.to_owned(), database.to_owned()));
            let ways = RoleGraph::default().ways(&[held], &wanted.parse().unwrap());
            (ways.iter().any(Chain::is_sure), !ways.is_empty())
        };
        let (gives, may, not) = ((true, true), (false, true), (false, false));
        for (role, wanted, what) in [
            ("read@shop", "FIND@shop.orders", gives),
            ("read@shop", "FIND@ledger.orders", not),
            ("read@shop", "INSERT@shop.orders", not),
            ("read@shop", "FIND@shop.system.js", gives),
            ("read@shop", "FIND@shop.system.profile", not),
            ("readWrite@shop", "REMOVE@shop.orders", gives),
            ("readWrite@shop", "COLL_MOD@shop.orders", not),
            ("dbAdmin@shop", "COLL_MOD@shop.orders", gives),
            ("dbAdmin@shop", "FIND@shop.orders", not),
            ("dbAdmin@shop", "FIND@shop.system.profile", gives),
            ("readAnyDatabase", "FIND@shop.orders", gives),
            ("readAnyDatabase", "FIND@config.settings", not),
            ("readAnyDatabase", "listDatabases", gives),
            ("readAnyDatabase", "INSERT@shop.orders", not),
            ("readAnyDatabase", "stopStreamProcessor", not),
            ("readAnyDatabase", "getStreamProcessor", gives),
            ("readWriteAnyDatabase", "INSERT@shop", gives),
            ("readWriteAnyDatabase", "FIND@*", gives),
            ("dbAdminAnyDatabase", "VALIDATE@shop.orders", gives),
            ("clusterMonitor", "serverStatus", gives),
            ("clusterMonitor", "FIND@config.settings", gives),
            ("clusterMonitor", "FIND@shop.orders", not),
            ("backup", "FIND@shop.orders", gives),
            ("backup", "UPDATE@config.settings", gives),
            ("enableSharding", "reshardCollection@shop.orders", gives),
            ("enableSharding", "moveChunk@shop.orders", not),
            ("atlasAdmin", "FIND@shop.orders", gives),
            ("atlasAdmin", "serverStatus", gives),
            ("atlasAdmin", "killOp", may),
            ("atlasAdmin", "INSERT@config.settings", gives),
            ("atlasAdmin", "INSERT@config.shards", may),
            ("read@shop", "sqlGetSchema@shop.orders", may),
            ("read@shop", "flyToTheMoon", may),
            ("killOpSession", "FIND@shop.orders", may),
        ] {
            assert_eq!(ways(role, wanted), what, "{role} {wanted}");
        }
    }
}
