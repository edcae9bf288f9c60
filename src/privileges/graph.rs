//! The graph of roles: what is reached from roles by inheritance, and by which chain an action is
//! possible in a place.

use std::collections::{BTreeSet, HashSet, VecDeque};
use std::fmt;
use std::hash::Hash;

use super::actions::{self, Action};
use super::built_in::{self, BuiltIn};
use super::permissions::{Permission, Permissions, Place};
use super::shapes::{Catalogue, RoleOn, Shape};

/// What is reached from some nodes, each once, the nearest first.
#[derive(Debug, Clone)]
pub struct Reached<N>(Vec<(N, Option<usize>)>);

/// Follows edges from nodes, however far, and round circles once.
pub fn reach<N, I>(starts: impl IntoIterator<Item = N>, mut next: impl FnMut(&N) -> I) -> Reached<N>
where
    N: Clone + Eq + Hash,
    I: IntoIterator<Item = N>,
{
    let mut waiting: VecDeque<(N, Option<usize>)> =
        starts.into_iter().map(|start| (start, None)).collect();
    let (mut seen, mut reached) = (HashSet::new(), Vec::new());
    while let Some((node, from)) = waiting.pop_front() {
        if !seen.insert(node.clone()) {
            continue;
        }
        let here = Some(reached.len());
        waiting.extend(next(&node).into_iter().map(|node| (node, here)));
        reached.push((node, from));
    }
    Reached(reached)
}

impl<N: Clone> Reached<N> {
    /// The nodes.
    pub fn nodes(&self) -> impl Iterator<Item = &N> {
        self.0.iter().map(|(node, _)| node)
    }

    /// The nodes with the way to each, from a start to the node itself.
    pub fn ways(&self) -> impl Iterator<Item = Vec<N>> {
        (0..self.0.len()).map(|index| {
            let step = |index: &usize| self.0.get(*index).and_then(|(_, from)| *from);
            let mut way: Vec<N> = std::iter::successors(Some(index), step)
                .filter_map(|index| self.0.get(index).map(|(node, _)| node.clone()))
                .collect();
            way.reverse();
            way
        })
    }
}

/// A role as a user holds it, or another role inherits it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Held {
    /// The role's name.
    pub role: String,
    /// The database that it is granted on.
    pub database: String,
    /// The one collection that it is limited to, where it is.
    pub collection: Option<String>,
}

impl From<RoleOn> for Held {
    fn from((role, database): RoleOn) -> Self {
        Held { role, database, collection: None }
    }
}

impl fmt::Display for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.role, self.database)?;
        self.collection.iter().try_for_each(|collection| write!(f, ".{collection}"))
    }
}

/// A permission as a role gives it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Given {
    /// What, and where.
    pub permission: Permission,
    /// Whether a built-in role gives it, whose rights on every database leave some out.
    pub by_built_in: bool,
}

impl Given {
    /// Whether it allows an action somewhere in a place.
    pub fn meets(&self, wanted: &Permission) -> bool {
        self.is_of(wanted) && self.permission.place.meets(&wanted.place)
    }

    /// Whether it allows an action everywhere in a place.
    pub fn covers(&self, wanted: &Permission) -> bool {
        self.is_of(wanted) && self.permission.place.covers(&wanted.place)
    }

    fn is_of(&self, wanted: &Permission) -> bool {
        let leaves_out = |database: &str| {
            let place = &self.permission.place;
            let is_any = matches!(place, Place::Namespace { database, .. } if database.is_empty());
            self.by_built_in && is_any && !built_in::is_any_database(database)
        };
        let is_left_out = matches!(&wanted.place,
            Place::Namespace { database, .. } if leaves_out(database));
        self.permission.action == wanted.action && !is_left_out
    }
}

/// Why nobody can tell whether a role allows something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// It is neither built in nor one of the project's.
    NoSuchRole,
    /// It is a custom role that says something that is not understood.
    Obscure,
    /// It is built in, and the documentation does not say.
    Undocumented,
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Doubt::NoSuchRole => "which is neither built in nor a role of this project",
            Doubt::Obscure => "which says something that this program does not understand",
            Doubt::Undocumented => "of which the documentation does not say",
        })
    }
}

/// What a chain of roles leads to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// A permission of its last role.
    Allows(Given),
    /// A last role that may allow it.
    Unclear(Doubt),
}

/// Why an action is possible, or may be: a role that is held, those inherited one through another,
/// and what the last of them allows.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Chain {
    /// What it ends in; chains that are sure come first in order.
    pub end: End,
    /// The roles; never none.
    pub roles: Vec<Held>,
}

impl Chain {
    /// Whether the action is possible for sure.
    pub fn is_sure(&self) -> bool {
        matches!(self.end, End::Allows(_))
    }
}

impl fmt::Display for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let roles: Vec<String> = self.roles.iter().map(Held::to_string).collect();
        f.write_str(&roles.join(" -> "))?;
        match &self.end {
            End::Allows(given) => write!(f, " -> {}", given.permission.as_argument()),
            End::Unclear(doubt) => write!(f, ", {doubt}"),
        }
    }
}

/// What a role is.
enum Is<'a> {
    Custom(&'a Shape),
    BuiltIn(&'static BuiltIn),
    Unclear(Doubt),
}

/// What a role amounts to when custom roles are followed through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Closure {
    /// Everything that custom roles allow.
    pub permissions: Permissions,
    /// Roles that are reached and not custom: built-in ones, or such as are not there.
    pub others: BTreeSet<RoleOn>,
    /// Custom roles that are reached and not understood.
    pub obscure: BTreeSet<RoleOn>,
}

impl Closure {
    /// The stream actions that are allowed in the end, through built-in roles too.
    pub fn stream_actions(&self) -> impl Iterator<Item = &'static Action> {
        actions::ACTIONS.iter().filter(|action| {
            let holds = |(role, _): &RoleOn| action.held_by.contains(&role.as_str());
            self.permissions.contains(&Permission::stream(action)) || self.others.iter().any(holds)
        })
    }
}

impl Catalogue {
    fn what_is(&self, role: &str) -> Is<'_> {
        match (self.0.get(role), built_in::find(role)) {
            (Some(Some(shape)), _) => Is::Custom(shape),
            (Some(None), _) => Is::Unclear(Doubt::Obscure),
            (None, Some(role)) => Is::BuiltIn(role),
            (None, None) => Is::Unclear(Doubt::NoSuchRole),
        }
    }

    fn reached(&self, held: impl IntoIterator<Item = Held>) -> Reached<Held> {
        reach(held, |role| match self.what_is(&role.role) {
            Is::Custom(shape) => shape.inherits.iter().cloned().map(Held::from).collect(),
            _ => Vec::new(),
        })
    }

    /// Follows roles through.
    pub fn closure<'a>(&self, roles: impl IntoIterator<Item = &'a RoleOn>) -> Closure {
        let mut closure = Closure::default();
        for role in self.reached(roles.into_iter().cloned().map(Held::from)).nodes() {
            let on = || (role.role.clone(), role.database.clone());
            match self.what_is(&role.role) {
                Is::Custom(shape) => closure.permissions.extend(shape.permissions.iter().cloned()),
                Is::Unclear(Doubt::Obscure) => drop(closure.obscure.insert(on())),
                _ => drop(closure.others.insert(on())),
            }
        }
        closure
    }

    /// Everything that roles allow, each with its chain, and the roles of which that cannot be told.
    pub fn chains(&self, held: &[Held]) -> Vec<Chain> {
        let mut chains = Vec::new();
        for roles in self.reached(held.iter().cloned()).ways() {
            let Some(last) = roles.last() else { continue };
            let mut add = |end| chains.push(Chain { roles: roles.clone(), end });
            match self.what_is(&last.role) {
                Is::Custom(shape) => {
                    for permission in shape.permissions.iter().cloned() {
                        add(End::Allows(Given { permission, by_built_in: false }));
                    }
                }
                Is::BuiltIn(role) => {
                    for permission in role.permissions(&last.database, last.collection.as_deref()) {
                        add(End::Allows(Given { permission, by_built_in: true }));
                    }
                }
                Is::Unclear(doubt) => add(End::Unclear(doubt)),
            }
        }
        chains
    }

    /// The chain by which an action is possible everywhere in its place already.
    pub fn covering(&self, held: &[Held], wanted: &Permission) -> Option<Chain> {
        self.chains(held).into_iter().find(|chain| match &chain.end {
            End::Allows(given) => given.covers(wanted),
            End::Unclear(_) => false,
        })
    }

    /// The chains by which an action is possible somewhere in a place, or may be: the sure ones
    /// first, and one for each built-in role. None means that it is not possible.
    pub fn ways(&self, held: &[Held], wanted: &Permission) -> Vec<Chain> {
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
        for roles in self.reached(held.iter().cloned()).ways() {
            let Some(last) = roles.last() else { continue };
            let Is::BuiltIn(role) = self.what_is(&last.role) else { continue };
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
    fn a_circle_is_walked_once_and_the_nearest_way_told() {
        let next = |node: &u8| match node {
            1 => vec![2, 3],
            2 => vec![4, 1],
            3 => vec![4],
            _ => vec![2],
        };
        let reached = reach([1], next);
        assert_eq!(reached.nodes().copied().collect::<Vec<_>>(), [1, 2, 3, 4]);
        assert_eq!(reached.ways().last().unwrap(), [1, 2, 4]);
    }

    #[test]
    fn every_built_in_role_gives_what_the_manual_says() {
        let ways = |role: &str, wanted: &str| {
            let (name, database) = role.split_once('@').unwrap_or((role, "admin"));
            let held = Held::from((name.to_owned(), database.to_owned()));
            let ways = Catalogue::default().ways(&[held], &wanted.parse().unwrap());
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
