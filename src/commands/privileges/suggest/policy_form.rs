//! A suggestion as a policy file: what would change, and nothing else.

use serde_json::{Value, json};

use super::output::{For, Suggested, is_elsewhere};
use crate::commands::estate;
use crate::policy::{self, Instance as PolicyInstance, Policy};
use crate::privileges::graph::GrantedRole;

/// The policy of what would change, and of nothing else.
pub(super) fn changed(
    policy: &Policy,
    suggested: &Suggested<'_>,
    name: &str,
    body: &Value,
) -> Value {
    let Suggested { suggestion, project, whom } = suggested;
    let mut own = policy.project.clone();
    let mut lists: Vec<(&str, Value)> = vec![("roles", json!([body]))];
    let mut instances = None;
    match whom {
        For::Role(_) => {}
        For::User(_, user) => {
            let is_it = |document: &&Value| {
                document["username"] == user.name && document["databaseName"] == user.database
            };
            if let Some(document) = policy.each("users").iter().find(is_it) {
                let mut document = document.clone();
                document["roles"] =
                    suggestion.roles_after(name).iter().map(held).collect::<Vec<_>>().into();
                if let Some(scopes) = &suggestion.scopes {
                    document["scopes"] = estate::document(scopes);
                }
                lists.push(("users", json!([document])));
            }
        }
        For::Connection { cluster, .. } if is_elsewhere(project, cluster) => {
            own = policy::Named {
                id: cluster.project.clone().unwrap_or_default(),
                name: String::new(),
            };
        }
        For::Connection { instance, name: connection, .. } => {
            let known = policy.instances.iter().flatten().find(|one| one.name() == instance);
            let is_it = |document: &&Value| document["name"] == **connection;
            instances = known.map(|known| {
                let documents = known.connections.iter().flatten().filter(is_it);
                let executing = |document: &Value| {
                    let mut document = document.clone();
                    document["dbRoleToExecute"] = json!({"role": name, "type": "CUSTOM"});
                    document
                };
                vec![PolicyInstance {
                    document: known.document.clone(),
                    connections: Some(documents.map(executing).collect()),
                    processors: None,
                }]
            });
        }
    }
    let mut changed = Policy::default();
    (changed.project, changed.taken, changed.instances) = (own, policy.taken, instances);
    for (key, documents) in lists {
        if let (Some(kind), Value::Array(documents)) = (policy::kind(key), documents) {
            changed.set(kind, documents);
        }
    }
    changed.value()
}

fn held(role: &GrantedRole) -> Value {
    let mut document = json!({"databaseName": role.database, "roleName": role.role});
    if let Some(collection) = &role.collection {
        document["collectionName"] = json!(collection);
    }
    document
}
