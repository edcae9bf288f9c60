//! What a database user who signed in to an instance may do there.

use serde_json::Value;

use super::UserName;
use crate::local::domain::actor::Identity;
use crate::local::domain::instances::InstanceName;
use crate::local::domain::refusal::{Reason, Refusal, Subject};
use crate::local::domain::{Outcome, Work, text};
use crate::local::store::docs::kind;
use crate::privileges::catalogue::actions::Action;
use crate::privileges::definition::{Definition, RoleOn};
use crate::privileges::graph::{GrantedRole, RoleGraph};
use crate::privileges::permission::{Permission, Resource};

impl Work<'_> {
    /// Checks an action on an instance against the roles and the scopes that the actor has now: a
    /// database user who signed in to this instance.
    ///
    /// # Errors
    /// Not permitted, in the server's own words.
    pub fn authorize_action(&self, action: &Action, instance: InstanceName<'_>) -> Outcome<()> {
        let Identity::DatabaseUser { project, database, instance: own } = &self.actor.identity
        else {
            return Err(missing(action));
        };
        let name = UserName { project, database, name: &self.actor.name };
        if (project.as_str(), own.as_str()) != (instance.project, instance.name) {
            return Err(missing(action));
        }
        match super::get(self, name) {
            Ok(user) if reaches(&user, own) && self.holds(project, &user, action)? => Ok(()),
            // A user who is gone or has expired may do nothing more.
            Ok(_) | Err(Refusal { reason: Reason::NotFound, .. }) => Err(missing(action)),
            Err(failure) => Err(failure),
        }
    }

    fn holds(&self, project: &str, user: &Value, action: &Action) -> Outcome<bool> {
        let mut graph = RoleGraph::default();
        for role in self.all(kind::CUSTOM_ROLE, project)? {
            graph.insert(text(&role, "roleName"), definition(&role));
        }
        let held = items(&user["roles"]).map(|role| on(role, "roleName", "databaseName"));
        let closure = graph.closure(held.map(GrantedRole::from));
        Ok(closure.stream_actions().any(|held| held == action))
    }
}

/// Whether a user's scopes let it reach an instance: without any, it reaches all.
fn reaches(user: &Value, instance: &str) -> bool {
    let is_it = |scope: &Value| scope["type"] == "STREAM" && scope["name"] == instance;
    items(&user["scopes"]).next().is_none() || items(&user["scopes"]).any(is_it)
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
