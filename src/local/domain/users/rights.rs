//! What a database user who signed in to an instance may do there.

use std::collections::BTreeSet;

use serde_json::Value;

use super::UserName;
use crate::local::domain::actor::Identity;
use crate::local::domain::instances::InstanceName;
use crate::local::domain::refusal::{Reason, Refusal, Subject};
use crate::local::domain::{Outcome, Work, text};
use crate::local::store::docs::kind;
use crate::privileges::catalogue::actions::Action;
use crate::privileges::decide;
use crate::privileges::definition::{Definition, RoleOn};
use crate::privileges::graph::{GrantedRole, RoleGraph};
use crate::privileges::permission::{Permission, Resource};
use crate::privileges::project::DatabaseUser;
use crate::privileges::rights::Verdict;
use crate::privileges::scopes::{Scope, ScopeKind};

/// What a database user holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Held {
    /// The roles it was granted, and all that they inherit.
    pub roles: Vec<RoleOn>,
    /// The actions on instances that these allow, by their documented names.
    pub actions: Vec<&'static str>,
}

impl<'a> Work<'a> {
    /// Checks an action on an instance against the roles and the scopes that the actor has now: a
    /// database user who signed in to this instance.
    ///
    /// # Errors
    /// Not permitted, in the server's own words.
    pub fn authorize_action(&self, action: &Action, instance: InstanceName<'_>) -> Outcome<()> {
        let here = self.connected().is_some_and(|(_, own)| own == instance);
        match self.database_user()? {
            Some(user) if here && self.holds(&user, action, instance.name)? => Ok(()),
            // A user who is gone or has expired may do nothing more.
            _ => Err(missing(action)),
        }
    }

    /// What the actor holds now; `None` if it is no database user, or one who may not be on its
    /// instance any more.
    ///
    /// # Errors
    /// The store's.
    pub fn held_on_instance(&self) -> Outcome<Option<Held>> {
        let Some(user) = self.database_user()? else { return Ok(None) };
        let graph = self.custom_roles(text(&user, "groupId"))?;
        let closure = graph.closure(granted(&user));
        let mut roles: Vec<RoleOn> =
            closure.0.iter().map(|r| (r.role.role.clone(), r.role.database.clone())).collect();
        let mut seen = BTreeSet::new();
        roles.retain(|role| seen.insert(role.clone()));
        let actions = closure.stream_actions().map(|action| action.documented).collect();
        Ok(Some(Held { roles, actions }))
    }

    /// The database user that the actor is, and the instance that it signs in to.
    pub(super) fn connected(&self) -> Option<(UserName<'a>, InstanceName<'a>)> {
        let actor = self.actor;
        let Identity::DatabaseUser { project, database, instance, .. } = &actor.identity else {
            return None;
        };
        let user = UserName { project, database, name: &actor.name };
        Some((user, InstanceName { project, name: instance }))
    }

    /// The database user that the actor is, while it exists and its scopes let it reach the
    /// instance.
    pub(super) fn database_user(&self) -> Outcome<Option<Value>> {
        let Some((_, instance)) = self.connected() else { return Ok(None) };
        Ok(self.own_user()?.filter(|user| held(user).may_be_on(instance.name, self.now)))
    }

    /// The database user that the actor is, while it exists: who has signed in is not whoever is
    /// created later under the same name.
    pub(in crate::local::domain) fn own_user(&self) -> Outcome<Option<Value>> {
        let Some((name, _)) = self.connected() else { return Ok(None) };
        let Identity::DatabaseUser { row, .. } = &self.actor.identity else { return Ok(None) };
        if row.is_some() && super::row(self, name)? != *row {
            return Ok(None);
        }
        match super::get(self, name) {
            Ok(user) => Ok(Some(user)),
            Err(Refusal { reason: Reason::NotFound, .. }) => Ok(None),
            Err(failure) => Err(failure),
        }
    }

    fn holds(&self, user: &Value, action: &Action, instance: &str) -> Outcome<bool> {
        let graph = self.custom_roles(text(user, "groupId"))?;
        let user = held(user);
        let rights = graph.rights().of_all(&user.roles);
        Ok(decide::verdict(&user, rights, action, instance, self.now) == Verdict::Yes)
    }

    fn custom_roles(&self, project: &str) -> Outcome<RoleGraph> {
        let mut graph = RoleGraph::default();
        for role in self.all(kind::CUSTOM_ROLE, project)? {
            graph.insert(text(&role, "roleName"), definition(&role));
        }
        Ok(graph)
    }
}

fn granted(user: &Value) -> impl Iterator<Item = GrantedRole> {
    items(&user["roles"]).map(|role| on(role, "roleName", "databaseName").into())
}

/// What a stored user holds. That it has not expired is known: else it would not be stored any more.
fn held(user: &Value) -> DatabaseUser {
    let scope =
        |scope: &Value| Scope::new(ScopeKind::from_api(text(scope, "type")), text(scope, "name"));
    DatabaseUser {
        roles: granted(user).collect(),
        scopes: items(&user["scopes"]).map(scope).collect(),
        ..DatabaseUser::default()
    }
}

/// What a custom role says of instances.
fn definition(role: &Value) -> Definition {
    let on_cluster = |action: &&Value| items(&action["resources"]).any(|r| r["cluster"] == true);
    let permission = |action: &Value| Permission {
        action: text(action, "action").to_owned(),
        resource: Resource::Cluster,
    };
    Definition {
        permissions: items(&role["actions"]).filter(on_cluster).map(permission).collect(),
        inherits: items(&role["inheritedRoles"]).map(|role| on(role, "role", "db")).collect(),
    }
}

fn on(role: &Value, name: &str, database: &str) -> RoleOn {
    (text(role, name).to_owned(), text(role, database).to_owned())
}

fn items(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

fn missing(action: &Action) -> Refusal {
    let action = action.documented;
    let detail = format!(
        "not authorized: missing privilege for action {action} on resource {{ cluster: true }}"
    );
    Refusal::new(Reason::NotPermitted, Subject::Operation, action, detail)
}
