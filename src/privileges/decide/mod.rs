//! Who may do which stream action on which instance, and by which way: database users by their roles
//! and scopes, people and programs by their roles in the project and its organisation.

use jiff::Timestamp;

use super::catalogue::actions::Action;
use super::effective::{Chain, End};
use super::graph::GrantedRole;
use super::project::{DatabaseUser, Instance, Principal, PrincipalKind, Project};
use super::rights::{Rights, RoleRights, Verdict, Ways};
use super::scopes::{Scope, ScopeKind};

mod between;
mod holders;
pub mod paths;
mod principals;

pub use between::{Moment, Period, Standing, between};
pub use holders::{Asked, Grant, Instances, who_can};
pub use principals::{Obtained, PrincipalWay, ways as principal_ways};

/// Why a database user may not do something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    /// It has expired.
    Expired(Timestamp),
    /// Its scopes do not name the instance.
    OutOfScope,
    /// None of its roles allows it.
    NoRole,
}

/// What lets a user reach an instance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// It has no scopes.
    Unrestricted,
    /// A scope names the instance.
    Scoped(Scope),
}

impl DatabaseUser {
    /// Whether it has expired at a moment.
    pub fn has_expired(&self, at: Timestamp) -> bool {
        self.expires.is_some_and(|end| end <= at)
    }

    /// What lets it reach something of this kind and name, if anything does.
    pub fn reach(&self, kind: ScopeKind, name: &str) -> Option<Reach> {
        if self.scopes.is_empty() {
            return Some(Reach::Unrestricted);
        }
        let scope = Scope::new(kind, name);
        self.scopes.contains(&scope).then_some(Reach::Scoped(scope))
    }

    /// Whether it may act on an instance at all, whatever its roles are.
    pub fn may_be_on(&self, instance: &str, at: Timestamp) -> bool {
        !self.has_expired(at) && self.reach(ScopeKind::Stream, instance).is_some()
    }
}

/// Whether a database user whose roles come to these rights may do an action on an instance.
pub fn verdict(
    user: &DatabaseUser,
    rights: Rights,
    action: &Action,
    instance: &str,
    at: Timestamp,
) -> Verdict {
    match user.may_be_on(instance, at) {
        true => rights.verdict(action),
        false => Verdict::No,
    }
}

/// What a project's roles and scopes allow: everything is decided from here, at the moment that the
/// project was read.
pub struct Decider<'a> {
    /// The project.
    pub project: &'a Project,
    roles: RoleRights<'a>,
}

impl<'a> Decider<'a> {
    /// Reads the roles of a project, once.
    pub fn new(project: &'a Project) -> Self {
        Decider { project, roles: project.roles.rights() }
    }

    /// What a user's roles come to, wherever they count.
    pub fn rights(&self, user: &DatabaseUser) -> Rights {
        self.roles.of_all(&user.roles)
    }

    /// Whether a user may do an action on an instance.
    pub fn verdict(&self, user: &DatabaseUser, action: &Action, instance: &str) -> Verdict {
        verdict(user, self.rights(user), action, instance, self.project.taken)
    }

    /// Everything that keeps a user from an action on an instance.
    pub fn obstacles(&self, user: &DatabaseUser, action: &Action, instance: &str) -> Vec<Obstacle> {
        let mut obstacles = Vec::new();
        if let Some(end) = user.expires.filter(|_| user.has_expired(self.project.taken)) {
            obstacles.push(Obstacle::Expired(end));
        }
        if user.reach(ScopeKind::Stream, instance).is_none() {
            obstacles.push(Obstacle::OutOfScope);
        }
        if self.rights(user).verdict(action) == Verdict::No {
            obstacles.push(Obstacle::NoRole);
        }
        obstacles
    }

    /// Every way from the roles that a user holds to an action: those that allow it for sure, or else
    /// those that might.
    pub fn ways(&self, user: &DatabaseUser, action: &Action) -> Ways {
        self.ways_from(&user.roles, action)
    }

    fn ways_from(&self, held: &[GrantedRole], action: &Action) -> Ways {
        let mut all = Ways::default();
        for role in held {
            let ways = self.roles.ways(role, action);
            all.chains.extend(ways.chains);
            all.has_more |= ways.has_more;
        }
        if all.chains.iter().any(Chain::is_sure) {
            all.chains.retain(Chain::is_sure);
        }
        all
    }

    /// The instance of a name.
    pub fn instance(&self, name: &str) -> Option<&'a Instance> {
        self.project.instances.iter().find(|instance| instance.name == name)
    }
}

/// A role on a way to an action, and how whoever goes it comes to that role.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Link {
    /// The role.
    pub role: String,
    /// The database that it is granted on; none for a role of the project or the organisation.
    pub database: Option<String>,
    /// How it is come by.
    pub via: Via,
}

/// How a role on a way is come by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Via {
    /// It is granted to the user.
    Granted,
    /// The role before inherits it.
    Inherited,
    /// It is held in the project.
    Project,
    /// It is held in the organisation.
    Organization,
    /// A team holds it.
    Team(String),
    /// The role before includes it, and it allows this operation of the API.
    Operation(&'static str),
    /// Whoever calls the operation before can obtain it.
    Obtained,
    /// The same as `Granted` or `Inherited`, of a role that might allow the action: why that is unclear.
    Unclear(String),
}

impl Via {
    /// For programs: a word, and for some what it is about.
    pub fn word(&self) -> String {
        match self {
            Via::Granted => "granted".to_owned(),
            Via::Inherited => "inherited".to_owned(),
            Via::Project => "project".to_owned(),
            Via::Organization => "organization".to_owned(),
            Via::Team(team) => format!("team {team}"),
            Via::Operation(operation) => (*operation).to_owned(),
            Via::Obtained => "obtained".to_owned(),
            Via::Unclear(why) => format!("unclear: {why}"),
        }
    }
}

/// The links of a database user's way.
pub fn links(chain: &Chain) -> Vec<Link> {
    let last = chain.roles.len().saturating_sub(1);
    let link = |(index, role): (usize, &GrantedRole)| Link {
        role: role.role.clone(),
        database: Some(role.database.clone()),
        via: match (&chain.end, index) {
            (End::Unclear(doubt), index) if index == last => Via::Unclear(doubt.to_string()),
            (_, 0) => Via::Granted,
            _ => Via::Inherited,
        },
    };
    chain.roles.iter().enumerate().map(link).collect()
}

/// A way for people: `opsLead@admin -> streamOperator@admin`.
pub fn told(links: &[Link]) -> String {
    let told = |link: &Link| {
        let role = match &link.database {
            Some(database) => format!("{}@{database}", link.role),
            None => link.role.clone(),
        };
        match &link.via {
            Via::Granted | Via::Inherited | Via::Project | Via::Organization => role,
            Via::Team(team) => format!("team {team}: {role}"),
            Via::Operation(operation) => (*operation).to_owned(),
            Via::Obtained => role,
            Via::Unclear(why) => format!("{role}, {why}"),
        }
    };
    links.iter().map(told).collect::<Vec<_>>().join(" -> ")
}

/// What a principal is called in rows.
pub fn kind_of(principal: &Principal) -> &'static str {
    match principal.kind {
        PrincipalKind::Person | PrincipalKind::Invited => "person",
        PrincipalKind::ApiKey => "api_key",
        PrincipalKind::ServiceAccount => "service_account",
    }
}

#[cfg(test)]
#[path = "../tests/decide.rs"]
mod tests;
