//! Who gains and who loses what, between a project as it was and as it is, or would be.
//!
//! What the old project allowed for the future is no gain when the future comes: an unrestricted user
//! gains nothing by a new instance. What cannot be told counts as gained.

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::rc::Rc;

use jiff::Timestamp;

use super::catalogue::atlas_roles;
use super::effective::{Chain, End, GrantedPermission};
use super::graph::{GrantedRole, RoleGraph};
use super::permission::{Permission, Resource};
use super::project::{DatabaseUser, Principal, PrincipalKind, PrincipalRole, Project};
use super::scopes::{self, Scope, ScopeKind, Scopes};

/// Who holds access.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holder {
    /// A database user.
    User {
        /// The name without its database.
        name: String,
        /// The authentication database.
        database: String,
    },
    /// A connection: whoever may run a pipeline on its instance acts with its role.
    Connection {
        /// The instance.
        instance: String,
        /// The connection.
        name: String,
    },
    /// A person or a program that acts through the Admin API.
    Principal {
        /// What it is.
        kind: PrincipalKind,
        /// The user name, the public key or the client id.
        name: String,
    },
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Holder::User { name, database } => write!(f, "{name}@{database}"),
            Holder::Connection { instance, name } => write!(f, "{instance}/{name}"),
            Holder::Principal { name, .. } => f.write_str(name),
        }
    }
}

/// Where something is possible.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Places {
    /// Instances, clusters and federated databases, which need not exist yet.
    pub things: Scopes,
    /// Whether also on whatever is created later.
    pub future: bool,
    /// Whether in the whole project, which is what roles of Atlas are held in.
    pub project: bool,
    /// From when on, if it was possible until then too.
    pub after: Option<Timestamp>,
}

impl Places {
    fn is_nowhere(&self) -> bool {
        self.things.is_empty() && !self.future && !self.project
    }

    /// Each of them in words: `instance orders`, `everything created later`.
    pub fn texts(&self) -> Vec<String> {
        let mut places: Vec<String> = self.things.iter().map(Scope::to_string).collect();
        places.extend(self.future.then(|| "everything created later".to_owned()));
        places.extend(self.project.then(|| "the project".to_owned()));
        places
    }
}

impl fmt::Display for Places {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.texts().join(", "))?;
        self.after.iter().try_for_each(|after| write!(f, " after {after}"))
    }
}

/// Something that is possible on one side and not on the other.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Access {
    /// Who.
    pub who: Holder,
    /// The action, `startStreamProcessor` or `FIND@shop`; of a principal the role of Atlas; of a role
    /// that is not understood its name.
    pub action: String,
    /// Where.
    pub places: Rc<Places>,
    /// The roles by which it is possible, the one that is held first.
    pub chain: Rc<[String]>,
    /// Whether it is only not known to be impossible.
    pub is_doubtful: bool,
}

/// What differs between two projects.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Delta {
    /// Possible in the new one alone.
    pub gained: Vec<Access>,
    /// Possible in the old one alone.
    pub lost: Vec<Access>,
}

/// What is newly possible, and what is no longer.
pub fn between(old: &Project, new: &Project) -> Delta {
    Delta { gained: gained(old, new), lost: gained(new, old) }
}

/// What is possible in the second project and not in the first, sorted.
pub fn gained(old: &Project, new: &Project) -> Vec<Access> {
    let mut gains = Gains {
        old,
        new,
        same_roles: old.roles == new.roles,
        before: HashMap::new(),
        after: HashMap::new(),
        by_roles: HashMap::new(),
        found: Vec::new(),
    };
    gains.of_users();
    gains.of_connections();
    gains.of_principals();
    let mut found = gains.found;
    found.sort();
    found
}

/// What roles allow, each permission once by its nearest chain, and what is not understood.
type Allowed = Rc<[Chain]>;

/// The roles of a user in both projects.
type BeforeAndAfter = (Vec<GrantedRole>, Vec<GrantedRole>);

struct Gains<'a> {
    old: &'a Project,
    new: &'a Project,
    same_roles: bool,
    /// What roles allowed.
    before: HashMap<Vec<GrantedRole>, Allowed>,
    /// What roles allow.
    after: HashMap<Vec<GrantedRole>, Allowed>,
    /// Which of the chains of the new roles are new, by the old and the new roles.
    by_roles: HashMap<BeforeAndAfter, Rc<[bool]>>,
    found: Vec<Access>,
}

impl<'a> Gains<'a> {
    fn of_users(&mut self) {
        let key = |user: &'a DatabaseUser| (user.name.as_str(), user.database.as_str());
        let is_there = |project: &Project, user: &DatabaseUser| {
            user.expires.is_none_or(|end| end > project.taken)
        };
        let before: HashMap<_, &DatabaseUser> =
            self.old.users.iter().map(|u| (key(u), u)).collect();
        for user in &self.new.users {
            if !is_there(self.new, user) {
                continue;
            }
            let was = before.get(&key(user)).copied().filter(|was| is_there(self.old, was));
            self.of_user(was, user);
        }
    }

    fn of_user(&mut self, was: Option<&DatabaseUser>, user: &DatabaseUser) {
        let is_same = |was: &DatabaseUser| was.roles == user.roles && was.scopes == user.scopes;
        let ends = was.and_then(|was| was.expires);
        let longer = ends.filter(|end| user.expires.is_none_or(|until| until > *end));
        if longer.is_none() && self.same_roles && was.is_some_and(is_same) {
            return;
        }
        let who = Holder::User { name: user.name.clone(), database: user.database.clone() };
        let everywhere = self.reach(&user.scopes);
        let further = match was {
            None => everywhere.clone(),
            Some(was) => self.further(&was.scopes, &user.scopes),
        };
        let after = self.allowed(&user.roles);
        let news = match was {
            None => vec![true; after.len()].into(),
            Some(was) => self.news(&was.roles, &user.roles),
        };
        let later = longer.map(|after| Places { after: Some(after), ..everywhere.clone() });
        let [mut all, mut further, mut later] =
            [Some(everywhere), Some(further), later].map(|places| places.map(PlacesByKind::of));
        for (chain, is_new) in after.iter().zip(news.iter()) {
            let places = if *is_new { all.as_mut() } else { further.as_mut() };
            self.add(&who, chain, places);
            if !is_new {
                self.add(&who, chain, later.as_mut());
            }
        }
    }

    fn add(&mut self, who: &Holder, chain: &Chain, places: Option<&mut PlacesByKind>) {
        let Some(places) = places.map(|places| places.of_chain(chain)) else { return };
        if !places.is_nowhere() {
            self.found.push(access(who, chain, places));
        }
    }

    /// Everything that is reached with these scopes.
    fn reach(&self, scopes: &Scopes) -> Places {
        match scopes.is_empty() {
            true => {
                Places { things: self.new.estate.things.clone(), future: true, ..Places::default() }
            }
            false => Places { things: scopes.clone(), ..Places::default() },
        }
    }

    /// What is reached by the new scopes and was not by the old ones.
    fn further(&self, before: &Scopes, after: &Scopes) -> Places {
        let difference = scopes::difference(before, after, &self.new.estate);
        Places {
            things: difference.gained,
            future: difference.gains_the_future,
            ..Places::default()
        }
    }

    fn of_connections(&mut self) {
        let mut before = HashMap::new();
        for (instance, connection) in connections(self.old) {
            before.insert((instance, connection.name.as_str()), connection);
        }
        for (instance, connection) in connections(self.new) {
            let (Some(role), Some(cluster)) = (&connection.executes_as, &connection.cluster) else {
                continue;
            };
            let held = std::slice::from_ref(role);
            let was = before.get(&(instance, connection.name.as_str()));
            let was = was.filter(|was| was.cluster.as_ref() == Some(cluster));
            let after = self.allowed(held);
            let news = match was.and_then(|was| was.executes_as.as_ref()) {
                Some(was) => self.news(std::slice::from_ref(was), held),
                None => vec![true; after.len()].into(),
            };
            let name = match &cluster.project {
                Some(project) => format!("{} of project {project}", cluster.name),
                None => cluster.name.clone(),
            };
            let things = [Scope::new(ScopeKind::Cluster, name)].into();
            let mut places = PlacesByKind::of(Places { things, ..Places::default() });
            let who =
                Holder::Connection { instance: instance.to_owned(), name: connection.name.clone() };
            for (chain, _) in after.iter().zip(news.iter()).filter(|(_, is_new)| **is_new) {
                self.add(&who, chain, Some(&mut places));
            }
        }
    }

    fn of_principals(&mut self) {
        let key = |principal: &'a Principal| (is_human(principal.kind), principal.name.as_str());
        let before: HashMap<_, &Principal> =
            self.old.principals.iter().map(|one| (key(one), one)).collect();
        let everywhere = Rc::new(Places { project: true, ..Places::default() });
        for principal in &self.new.principals {
            let was = before.get(&key(principal));
            let held: Vec<&str> = was
                .into_iter()
                .flat_map(|was| was.roles.iter().map(|role| role.role.as_str()))
                .collect();
            let mut seen = BTreeSet::new();
            for role in &principal.roles {
                let is_held = held.iter().any(|held| atlas_roles::includes(held, &role.role));
                if is_held || !seen.insert(&role.role) {
                    continue;
                }
                let (kind, name) = (principal.kind, principal.name.clone());
                self.found.push(Access {
                    who: Holder::Principal { kind, name },
                    action: display(&role.role).to_owned(),
                    places: Rc::clone(&everywhere),
                    chain: [through(role)].into(),
                    is_doubtful: false,
                });
            }
        }
    }

    fn allowed(&mut self, roles: &[GrantedRole]) -> Allowed {
        allowed(&self.new.roles, &mut self.after, roles)
    }

    /// Which of the chains that the new roles have is of something that the old roles did not allow.
    fn news(&mut self, was: &[GrantedRole], roles: &[GrantedRole]) -> Rc<[bool]> {
        let key = (was.to_vec(), roles.to_vec());
        if let Some(known) = self.by_roles.get(&key) {
            return Rc::clone(known);
        }
        let after = self.allowed(roles);
        let before = allowed(&self.old.roles, &mut self.before, was);
        let mut by_action: HashMap<&str, Vec<&Chain>> = HashMap::new();
        let mut unclear = BTreeSet::new();
        for chain in before.iter() {
            match &chain.end {
                End::Allows(given) => {
                    by_action.entry(&given.permission.action).or_default().push(chain);
                }
                End::Unclear(_) => drop(unclear.insert(chain.roles.last())),
            }
        }
        let is_new = |chain: &Chain| match &chain.end {
            End::Unclear(_) => !unclear.contains(&chain.roles.last()),
            End::Allows(given) => {
                let alike = by_action.get(given.permission.action.as_str()).into_iter().flatten();
                let covers = |old: &&Chain| match &old.end {
                    End::Allows(old) => {
                        old.covers(&given.permission) && !leaves_out_more(old, given)
                    }
                    End::Unclear(_) => false,
                };
                !alike.copied().any(|old| covers(&old))
            }
        };
        let news: Rc<[bool]> = after.iter().map(is_new).collect();
        self.by_roles.insert(key, Rc::clone(&news));
        news
    }
}

/// Whether a built-in role, which leaves out some databases where it names none, allows less than a
/// custom one.
fn leaves_out_more(old: &GrantedPermission, new: &GrantedPermission) -> bool {
    let names_none = matches!(&new.permission.resource,
        Resource::Namespace { database, .. } if database.is_empty());
    old.by_built_in && !new.by_built_in && names_none
}

fn allowed(
    graph: &RoleGraph,
    known: &mut HashMap<Vec<GrantedRole>, Allowed>,
    roles: &[GrantedRole],
) -> Allowed {
    if let Some(allowed) = known.get(roles) {
        return Rc::clone(allowed);
    }
    let mut seen = BTreeSet::new();
    let mut chains = graph.chains(roles);
    chains.retain(|chain| {
        seen.insert(match &chain.end {
            End::Allows(given) => (Some(given.clone()), None),
            End::Unclear(_) => (None, chain.roles.last().cloned()),
        })
    });
    let allowed: Allowed = chains.into();
    known.insert(roles.to_vec(), Rc::clone(&allowed));
    allowed
}

/// Places as the permissions of a kind see them: stream actions apply to instances, all others to what
/// holds data.
struct PlacesByKind {
    streams: Rc<Places>,
    data: Rc<Places>,
    all: Rc<Places>,
}

impl PlacesByKind {
    fn of(all: Places) -> Self {
        let of = |is_stream: bool| {
            let is = |scope: &&Scope| (scope.kind == ScopeKind::Stream) == is_stream;
            let things = all.things.iter().filter(is).cloned().collect();
            Rc::new(Places { things, ..all.clone() })
        };
        PlacesByKind { streams: of(true), data: of(false), all: Rc::new(all) }
    }

    fn of_chain(&self, chain: &Chain) -> Rc<Places> {
        Rc::clone(match &chain.end {
            End::Allows(given) if given.permission.as_stream().is_some() => &self.streams,
            End::Allows(_) => &self.data,
            End::Unclear(_) => &self.all,
        })
    }
}

fn access(who: &Holder, chain: &Chain, places: Rc<Places>) -> Access {
    let roles: Vec<String> = chain.roles.iter().map(GrantedRole::to_string).collect();
    let (action, is_doubtful) = match &chain.end {
        End::Allows(given) => (Permission::spelled(&given.permission), false),
        End::Unclear(doubt) => {
            (format!("{}, {doubt}", roles.last().cloned().unwrap_or_default()), true)
        }
    };
    Access { who: who.clone(), action, places, chain: roles.into(), is_doubtful }
}

fn connections(project: &Project) -> impl Iterator<Item = (&str, &super::project::Connection)> {
    project.instances.iter().flat_map(|instance| {
        instance.connections.iter().flatten().map(|connection| (&*instance.name, connection))
    })
}

/// Somebody who accepts an invitation is the same person; a key is never one.
fn is_human(kind: PrincipalKind) -> bool {
    matches!(kind, PrincipalKind::Person | PrincipalKind::Invited)
}

/// The documentation's name of a role of Atlas, where it is known.
fn display(role: &str) -> &str {
    atlas_roles::find(role).map_or(role, |role| role.display)
}

fn through(role: &PrincipalRole) -> String {
    match &role.team {
        Some(team) => format!("{} through team {team}", display(&role.role)),
        None => display(&role.role).to_owned(),
    }
}

#[cfg(test)]
#[path = "tests/delta.rs"]
mod tests;
