//! Roles of the API's documents, as `privileges` knows them.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::atlas::roles::{self, CustomRole};
use crate::privileges::definition::{Definition, RoleOn};
use crate::privileges::graph::RoleReading;
use crate::privileges::permission::{Permission, Permissions, Resource};

/// How much of a custom role is understood.
pub fn reading(role: &CustomRole, document: &Value) -> RoleReading {
    match definition(role, document) {
        Some(definition) => RoleReading::Understood(definition),
        None => RoleReading::Inheritance(inherits(role)),
    }
}

/// A role's definition; `None` if its document holds anything that the typed view does not.
pub fn definition(role: &CustomRole, document: &Value) -> Option<Definition> {
    let definition = Definition { permissions: permissions(role)?, inherits: inherits(role) };
    is_plain(document).then_some(definition)
}

fn inherits(role: &CustomRole) -> BTreeSet<RoleOn> {
    role.inherited_roles.iter().map(|r| (r.role.clone(), r.db.clone())).collect()
}

/// Whether a role's document has no field but those that the typed view reads.
fn is_plain(role: &Value) -> bool {
    let only = |value: &Value, known: &[&str]| {
        let fields = value.as_object();
        fields.is_some_and(|fields| fields.keys().all(|name| known.contains(&name.as_str())))
    };
    let each = |value: &Value, check: &dyn Fn(&Value) -> bool| {
        value.as_array().into_iter().flatten().all(check)
    };
    let resource = |resource: &Value| only(resource, &["cluster", "db", "collection"]);
    let action = |action: &Value| {
        only(action, &["action", "resources"]) && each(&action["resources"], &resource)
    };
    only(role, &["roleName", "actions", "inheritedRoles", "links"])
        && each(&role["actions"], &action)
        && each(&role["inheritedRoles"], &|inherited| only(inherited, &["db", "role"]))
}

fn permissions(role: &CustomRole) -> Option<Permissions> {
    let mut all = Permissions::new();
    for action in &role.actions {
        for resource in &action.resources {
            all.insert(Permission {
                action: action.action.clone(),
                resource: self::resource(resource)?,
            });
        }
        // Without a resource it allows nothing that could be compared.
        if action.resources.is_empty() {
            return None;
        }
    }
    Some(all)
}

fn resource(resource: &roles::Resource) -> Option<Resource> {
    match (resource.cluster, &resource.db, &resource.collection) {
        (Some(true), ..) => Some(Resource::Cluster),
        (_, Some(database), collection) => Some(Resource::Namespace {
            database: database.clone(),
            collection: collection.clone().unwrap_or_default(),
        }),
        _ => None,
    }
}
