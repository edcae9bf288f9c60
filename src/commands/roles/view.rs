//! Roles as commands show and compare them.

use std::collections::BTreeMap;

use futures_util::TryStreamExt;
use http::StatusCode;
use serde_json::{Value, json};

use crate::atlas::Row;
use crate::atlas::roles::{Action, CustomRole, InheritedRole};
use crate::change::{ObjectId, ReadBack};
use crate::error::{Error, Result};
use crate::policy;
use crate::privileges::catalogue::actions;
use crate::privileges::catalogue::built_in::{self, BuiltInRole};
use crate::privileges::definition::Definition;
use crate::privileges::graph::{GrantedRole, RoleGraph};
use crate::privileges::permission::{Permission, Permissions, Resource};
use crate::session::ProjectClient;
use crate::ui::row;

/// All custom roles of a project.
pub async fn fetch(on: &ProjectClient) -> Result<Vec<Row<CustomRole>>> {
    on.client.custom_roles(&on.project).try_collect().await.map_err(Error::from)
}

/// The same, and those of these names that only reading them one by one shows: a listing may lack a
/// role that was created a moment ago. A name that nothing has costs a request, and no wait.
pub async fn fetch_with<'a>(
    on: &ProjectClient,
    names: impl IntoIterator<Item = &'a str>,
) -> Result<Vec<Row<CustomRole>>> {
    let roles = fetch(on).await?;
    with_named(on, roles, names).await
}

/// The roles of a listing, and those of these names that only reading them one by one shows.
///
/// # Errors
/// Those of reading them.
pub async fn with_named<'a>(
    on: &ProjectClient,
    mut roles: Vec<Row<CustomRole>>,
    names: impl IntoIterator<Item = &'a str>,
) -> Result<Vec<Row<CustomRole>>> {
    for name in names {
        let is_listed = roles.iter().any(|row| row.view.role_name == name);
        if is_listed || built_in::find(name).is_some() {
            continue;
        }
        match on.client.custom_role(&on.project, name).await {
            Ok(row) => roles.push(row),
            Err(error) if error.status() == Some(StatusCode::NOT_FOUND) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(roles)
}

/// A project's roles, for a change that is read back.
pub fn read_back(project: &str, roles: Vec<Row<CustomRole>>) -> ReadBack {
    let known =
        |row: Row<CustomRole>| (ObjectId::new(super::NOUN, project, row.view.role_name), row.raw);
    roles.into_iter().map(known).collect()
}

/// The graph of a project's roles, given its custom ones.
pub fn graph(roles: &[Row<CustomRole>]) -> RoleGraph {
    let reading = |row: &Row<CustomRole>| {
        let document = serde_json::from_str(row.raw.get()).unwrap_or_default();
        policy::roles::reading(&row.view, &document)
    };
    roles.iter().map(|row| (row.view.role_name.clone(), reading(row))).collect()
}

/// Permissions as the API takes them: each action once, with all of its resources.
pub fn action_documents(permissions: &Permissions) -> Value {
    let mut actions: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for permission in permissions {
        let resource = match &permission.resource {
            Resource::Cluster => json!({"cluster": true}),
            Resource::Namespace { database, collection } => {
                json!({"db": database, "collection": collection})
            }
        };
        actions.entry(&permission.action).or_default().push(resource);
    }
    let document = |(action, resources)| json!({"action": action, "resources": resources});
    actions.into_iter().map(document).collect()
}

/// Inherited roles as the API takes them.
pub fn inherited_documents(definition: &Definition) -> Value {
    definition.inherits.iter().map(|(role, db)| json!({"db": db, "role": role})).collect()
}

/// A role, as the API takes it.
pub fn document(name: &str, definition: &Definition) -> Value {
    json!({
        "roleName": name,
        "actions": action_documents(&definition.permissions),
        "inheritedRoles": inherited_documents(definition),
    })
}

/// A built-in role in the form of a custom one, with the stream actions that it holds; its rights
/// on data have no form there. The document says that no API sent it.
pub fn built_in(role: &BuiltInRole) -> Result<Row<CustomRole>> {
    let held: Permissions = actions::held_by(role.name).map(Permission::stream).collect();
    let document = json!({
        "roleName": role.name,
        "builtIn": true,
        "allows": role.allows,
        "actions": action_documents(&held),
        "inheritedRoles": [],
    });
    Row::parse(row::document(&document)?)
        .map_err(|e| Error::failed("cannot write a built-in role").source(e))
}

/// `role@db`, each.
pub fn inherited(roles: &[InheritedRole]) -> Vec<String> {
    roles.iter().map(|r| format!("{}@{}", r.role, r.db)).collect()
}

/// The same of a definition, for a preview.
pub fn inherits_text(definition: &Definition) -> String {
    let roles = definition.inherits.iter().map(|(role, db)| format!("{role}@{db}"));
    or_none(&roles.collect::<Vec<_>>())
}

/// Permissions for a preview: the documentation's spelling where it has one.
pub fn actions_text(permissions: &Permissions) -> String {
    or_none(&permissions.iter().map(Permission::spelled).collect::<Vec<_>>())
}

fn or_none(texts: &[String]) -> String {
    match texts.is_empty() {
        true => "none".to_owned(),
        false => texts.join(", "),
    }
}

/// The action in both spellings, and where it applies.
pub fn explained(action: &Action) -> String {
    let resources: Vec<String> = action
        .resources
        .iter()
        .map(|r| match (r.cluster, &r.db, &r.collection) {
            (Some(true), ..) => "everywhere".to_owned(),
            (_, Some(db), Some(collection)) if !collection.is_empty() => {
                let db = if db.is_empty() { "*" } else { db };
                format!("{db}.{collection}")
            }
            (_, Some(db), _) if !db.is_empty() => db.clone(),
            _ => "any database".to_owned(),
        })
        .collect();
    match actions::find(&action.action) {
        Some(known) => format!("{} ({}): {}", action.action, known.documented, known.allows),
        None => format!("{} on {}", action.action, resources.join(", ")),
    }
}

/// All permissions that a definition amounts to, and the roles whose permissions are not known.
pub(super) fn allowed_text(definition: &Definition, graph: &RoleGraph) -> String {
    let inherited = graph.closure(definition.inherits.iter().cloned().map(GrantedRole::from));
    let mut all: Permissions =
        definition.permissions.union(&inherited.permissions()).cloned().collect();
    all.extend(inherited.stream_actions().map(Permission::stream));
    let others = inherited.others().into_iter().map(|(role, db)| format!("{role}@{db}"));
    let obscure = inherited.obscure().into_iter().map(|(role, _)| role);
    let others: Vec<String> = others.chain(obscure).collect();
    match others.is_empty() {
        true => actions_text(&all),
        false => format!("{}, and whatever {} allows", actions_text(&all), others.join(", ")),
    }
}
