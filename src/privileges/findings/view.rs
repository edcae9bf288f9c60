//! A project as rules look at it: what many of them ask is found out once.

use std::collections::HashMap;

use crate::privileges::catalogue::actions::{self, Action};
use crate::privileges::catalogue::built_in;
use crate::privileges::decide::Decider;
use crate::privileges::graph::{Closure, GrantedRole};
use crate::privileges::project::{Connection, DatabaseUser, Instance, Project};
use crate::privileges::rights::ActionSet;
use crate::privileges::scopes::ScopeKind;

use super::Facts;
use super::remedy::Remedy;

/// So many instances are named in a command line; of more it asks.
pub(super) const NAMED: usize = 8;

/// What a rule is given.
pub struct View<'a> {
    pub(super) project: &'a Project,
    pub(super) facts: &'a Facts,
    /// Who may do what.
    pub(super) decider: Decider<'a>,
    /// The database users, with what they come to.
    pub(super) holders: Vec<Holder<'a>>,
}

/// A database user, and what the roles come to.
pub(super) struct Holder<'a> {
    pub(super) user: &'a DatabaseUser,
    /// As the next command takes it.
    pub(super) name: String,
    /// The stream actions, wherever the scopes let them be performed.
    pub(super) actions: ActionSet,
    /// The roles from one that is held to an administrator's.
    pub(super) administers: Option<Vec<GrantedRole>>,
}

impl Holder<'_> {
    /// Whether it may perform an action, by the action's API name.
    pub(super) fn may(&self, api: &str) -> bool {
        self.actions.iter().any(|action| action.api == api)
    }
}

impl<'a> View<'a> {
    /// Looks a project through.
    pub fn new(project: &'a Project, facts: &'a Facts) -> Self {
        let mut named: HashMap<&str, usize> = HashMap::new();
        for user in &project.users {
            *named.entry(&user.name).or_default() += 1;
        }
        let decider = Decider::new(project);
        let holder = |user: &'a DatabaseUser| Holder {
            user,
            name: typed(user, named.get(user.name.as_str()).copied().unwrap_or_default() > 1),
            actions: match user.has_expired(project.taken) {
                true => ActionSet::default(),
                false => decider.rights(user).sure,
            },
            administers: administrator(&project.roles.closure(user.roles.iter().cloned())),
        };
        let holders = project.users.iter().map(holder).collect();
        View { project, facts, decider, holders }
    }

    /// The instances, each with its connections, as far as they could be read.
    pub(super) fn connections(&self) -> impl Iterator<Item = (&'a Instance, &'a Connection)> {
        let instances = self.project.instances.iter();
        instances.flat_map(|instance| {
            instance.connections.iter().flatten().map(move |connection| (instance, connection))
        })
    }

    /// The instances that a user reaches, in order.
    pub(super) fn instances_of(&self, holder: &Holder<'_>) -> impl Iterator<Item = &'a Instance> {
        let reaches = |name: &str| holder.user.reach(ScopeKind::Stream, name).is_some();
        self.project.instances.iter().filter(move |instance| reaches(&instance.name))
    }

    /// What leaves a user the actions that the logs of its instances show in use; `None` if it reaches none.
    pub(super) fn trimming(&self, holder: &Holder<'_>) -> Option<Remedy> {
        let all = || self.project.instances.iter().map(|instance| instance.name.as_str());
        let scopes = holder.user.scopes.iter().filter(|scope| scope.kind == ScopeKind::Stream);
        let scoped = scopes.map(|scope| scope.name.as_str());
        // More than are named need not be looked for.
        let names: Vec<&str> = match holder.user.scopes.is_empty() {
            true => all().take(NAMED + 1).collect(),
            false => scoped.filter(|name| all().any(|one| one == *name)).take(NAMED + 1).collect(),
        };
        let trim = Remedy::new("privileges trim").option("--user", &holder.name);
        let trim = match names.len() {
            0 => return None,
            1..=NAMED => trim.words("--audit", names),
            _ => trim.word("--audit $(spctl instances list -q)"),
        };
        Some(trim.option("--window", "30d"))
    }

    /// Whether something could not be read, whose name begins so: `clusters`.
    pub(super) fn is_unseen(&self, what: &str) -> bool {
        self.project.unseen.iter().any(|unseen| unseen.what.starts_with(what))
    }
}

/// The way to the first role that administers a whole cluster.
pub(super) fn administrator(closure: &Closure<'_>) -> Option<Vec<GrantedRole>> {
    closure.certain().find(|r| built_in::administers(&r.role.role)).map(|reached| reached.chain())
}

/// The same of the role that a connection executes as. A custom role of another project is not known.
pub(super) fn administrator_of(
    project: &Project,
    connection: &Connection,
    role: &GrantedRole,
) -> Option<Vec<GrantedRole>> {
    let graph = &project.roles;
    match is_elsewhere(project, connection) && built_in::find(&role.role).is_none() {
        true => None,
        false => administrator(&graph.closure([role.clone()])),
    }
}

/// Whether a connection leads to a cluster of another project.
pub(super) fn is_elsewhere(project: &Project, connection: &Connection) -> bool {
    let other = connection.cluster.as_ref().and_then(|cluster| cluster.project.as_ref());
    other.is_some_and(|other| *other != project.id)
}

/// `alice -> a@admin -> b@admin`
pub(super) fn way(roles: &[GrantedRole]) -> String {
    roles.iter().map(GrantedRole::to_string).collect::<Vec<_>>().join(" -> ")
}

/// The shortest name that means this user alone, as `users` takes it.
fn typed(user: &DatabaseUser, is_shared: bool) -> String {
    let name = &user.name;
    let reads_as_two = ["@admin", "@$external"].iter().any(|end| name.ends_with(end));
    match is_shared || reads_as_two || name == "-" {
        true => format!("{name}@{}", user.database),
        false => name.clone(),
    }
}

/// The documented names of actions.
pub(super) fn documented(actions: impl Iterator<Item = &'static Action>) -> Vec<&'static str> {
    actions.map(|action| action.documented).collect()
}

/// `a, b and 3 more`
pub(super) fn some(names: &[impl AsRef<str>]) -> String {
    const NAMED: usize = 3;
    let shown: Vec<&str> = names.iter().take(NAMED).map(AsRef::as_ref).collect();
    match names.len().saturating_sub(NAMED) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// The stream actions that only look.
pub(super) fn looking() -> impl Iterator<Item = &'static str> {
    actions::ACTIONS.iter().filter(|action| action.only_looks()).map(|action| action.documented)
}

/// Every stream action.
pub(super) fn all_actions() -> impl Iterator<Item = &'static str> {
    actions::ACTIONS.iter().map(|action| action.documented)
}
