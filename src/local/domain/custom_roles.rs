//! Custom roles of database users.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::refusal::{Refusal, Subject};
use super::users::grantable;
use super::{Attributes, Outcome, Work, known_keys, text, unknown_attribute};
use crate::local::store::docs::{self, kind};
use crate::privileges::catalogue::{actions, built_in};
use crate::privileges::definition::Definition;
use crate::privileges::graph::{GrantedRole, RoleGraph};
use crate::privileges::permission::{self, Permission, Resource};

/// A custom role, which is known by a name within a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoleName<'a> {
    /// Id of the project.
    pub project: &'a str,
    /// The name.
    pub name: &'a str,
}

/// All custom roles of a project.
pub fn list(work: &Work<'_>, project: &str) -> Outcome<Vec<Value>> {
    work.all(kind::CUSTOM_ROLE, project)
}

/// One role.
pub fn get(work: &Work<'_>, role: RoleName<'_>) -> Outcome {
    work.get(kind::CUSTOM_ROLE, role.project, role.name)?.ok_or_else(|| {
        let detail = format!("No custom role named {} exists in this project.", role.name);
        Refusal::not_found(Subject::CustomRole, role.name, detail)
    })
}

/// Creates a role.
pub fn create(work: &Work<'_>, project: &str, wanted: &Attributes) -> Outcome {
    let name = wanted.get("roleName").and_then(Value::as_str).unwrap_or_default();
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if name.is_empty() || !name.chars().all(fits) || name.starts_with("xgen-") {
        let detail = "it must be letters, digits, hyphens and underscores";
        return Err(Refusal::invalid("roleName", detail));
    }
    let mut role = json!({ "actions": [], "inheritedRoles": [], "roleName": name });
    merge(work, project, &mut role, wanted)?;
    let (db, now) = (work.db, work.now);
    if built_in::find(name).is_some()
        || !docs::insert(db, now, kind::CUSTOM_ROLE, project, name, &role, None)?
    {
        let detail = format!("A role named {name} already exists.");
        return Err(Refusal::taken(Subject::CustomRole, name, detail));
    }
    event(work, project, "MONGODB_ROLE_ADDED", name)?;
    Ok(role)
}

/// Changes a role's actions, or what it inherits.
pub fn update(work: &Work<'_>, name: RoleName<'_>, wanted: &Attributes) -> Outcome {
    let mut role = get(work, name)?;
    if wanted.get("roleName").is_some_and(|name| *name != role["roleName"]) {
        return Err(Refusal::invalid("roleName", "it cannot be changed"));
    }
    merge(work, name.project, &mut role, wanted)?;
    docs::update(work.db, kind::CUSTOM_ROLE, name.project, name.name, &role, None)?;
    event(work, name.project, "MONGODB_ROLE_UPDATED", name.name)?;
    Ok(role)
}

/// Deletes a role that nothing holds.
pub fn delete(work: &Work<'_>, role: RoleName<'_>) -> Outcome<()> {
    get(work, role)?;
    let RoleName { project, name } = role;
    if let Some((by, user)) = in_use(work, role)? {
        let detail = format!("The role {name} is in use by {user}.");
        return Err(Refusal::in_use(Subject::CustomRole, name, by, detail));
    }
    docs::delete(work.db, work.now, kind::CUSTOM_ROLE, project, name)?;
    event(work, project, "MONGODB_ROLE_DELETED", name)
}

fn event(work: &Work<'_>, project: &str, kind: &str, name: &str) -> Outcome<()> {
    work.event(project, kind, &[("roleName", name)])
}

/// What holds the role: a user, a connection that executes as it, or a role that inherits it.
fn in_use(work: &Work<'_>, role: RoleName<'_>) -> Outcome<Option<(Subject, String)>> {
    let RoleName { project, name } = role;
    let names = |list: &Value, key: &str| {
        list.as_array().is_some_and(|list| list.iter().any(|item| item[key] == name))
    };
    for user in work.all(kind::DATABASE_USER, project)? {
        if names(&user["roles"], "roleName") {
            let user = format!("the database user {}", text(&user, "username"));
            return Ok(Some((Subject::DatabaseUser, user)));
        }
    }
    for kind in [kind::CONNECTION, kind::FAILOVER_CONNECTION] {
        // A connection to another project's cluster executes as a role of that project.
        let below = |parent: &str| docs::list_below(work.db, work.now, kind, parent);
        let elsewhere = |connection: &Value| connection["clusterGroupId"].as_str() == Some(project);
        let own = below(&format!("{project}/"))?.into_iter();
        let own = own.filter(|c| c["clusterGroupId"].is_null() || elsewhere(c));
        let others = below("")?.into_iter().filter(elsewhere);
        let executes = |connection: &Value| {
            let executes = &connection["dbRoleToExecute"];
            executes["type"] == "CUSTOM" && executes["role"] == name
        };
        if let Some(connection) = own.into_iter().find(executes) {
            let connection = format!("the connection {}", text(&connection, "name"));
            return Ok(Some((Subject::Connection, connection)));
        }
        // Its name is for those who may see that project.
        if others.into_iter().any(|connection| executes(&connection)) {
            return Ok(Some((Subject::Connection, "a connection of another project".to_owned())));
        }
    }
    for other in work.all(kind::CUSTOM_ROLE, project)? {
        if names(&other["inheritedRoles"], "role") {
            let role = format!("the custom role {}", text(&other, "roleName"));
            return Ok(Some((Subject::CustomRole, role)));
        }
    }
    Ok(None)
}

fn merge(work: &Work<'_>, project: &str, role: &mut Value, wanted: &Attributes) -> Outcome<()> {
    for (name, value) in wanted {
        match name.as_str() {
            "roleName" => continue,
            "actions" => check_actions(value)?,
            "inheritedRoles" => check_inherited(work, project, role, value)?,
            _ => return Err(unknown_attribute(name)),
        }
        role[name] = value.clone();
    }
    check_substance(role)
}

fn check_substance(role: &Value) -> Outcome<()> {
    let empty = |name: &str| role[name].as_array().is_none_or(Vec::is_empty);
    if empty("actions") && empty("inheritedRoles") {
        return Err(Refusal::invalid("actions", "a role needs an action or an inherited role"));
    }
    Ok(())
}

fn items<'a>(name: &str, value: &'a Value) -> Outcome<&'a Vec<Value>> {
    value.as_array().ok_or_else(|| Refusal::invalid(name, "it must be a list"))
}

fn check_actions(value: &Value) -> Outcome<()> {
    let mut seen = HashSet::new();
    for item in items("actions", value)? {
        known_keys("actions", item, &["action", "resources"])?;
        let action = item["action"].as_str().unwrap_or_default();
        if !permission::is_action(action) {
            return Err(Refusal::invalid("actions", format!("there is no action {action:?}")));
        }
        if !seen.insert(action) {
            let detail =
                format!("The action {action} is listed more than once: merge its resources.");
            return Err(Refusal::unfit(Subject::Action, action, detail));
        }
        let is_stream = actions::ACTIONS.iter().any(|known| known.api == action);
        let resources = item["resources"].as_array().filter(|resources| !resources.is_empty());
        let on_cluster = |r: &Value| r["cluster"] == true;
        let on_data = |r: &Value| r["db"].is_string() && r["collection"].is_string();
        let fits = match is_stream {
            true => resources.is_some_and(|all| all.iter().all(on_cluster)),
            false => resources.is_some_and(|all| all.iter().all(|r| on_cluster(r) || on_data(r))),
        };
        if !fits {
            let detail = match is_stream {
                true => format!("{action} needs the resource {{\"cluster\": true}}"),
                false => format!("{action} needs resources, a cluster or db and collection each"),
            };
            return Err(Refusal::invalid("actions", detail));
        }
    }
    Ok(())
}

fn check_inherited(work: &Work<'_>, project: &str, role: &Value, value: &Value) -> Outcome<()> {
    let wrong = |detail: String| Err(Refusal::invalid("inheritedRoles", detail));
    let own_name = role["roleName"].as_str().unwrap_or_default();
    let roles = graph(work, project)?;
    let mut seen = HashSet::new();
    for item in items("inheritedRoles", value)? {
        known_keys("inheritedRoles", item, &["db", "role"])?;
        let (Some(name), Some(database)) = (item["role"].as_str(), item["db"].as_str()) else {
            return wrong("each needs role and db".into());
        };
        if !seen.insert((name, database)) {
            return wrong(format!("{name} on {database} is listed more than once"));
        }
        let closure = roles.closure([GrantedRole::on_admin(name)]);
        if closure.0.iter().any(|reached| reached.role.role == own_name) {
            return wrong(format!("{own_name} would inherit itself through {name}"));
        }
        grantable(work, project, name, database)?;
    }
    Ok(())
}

/// The project's roles: what they allow, and what they inherit.
pub(super) fn graph(work: &Work<'_>, project: &str) -> Outcome<RoleGraph> {
    let mut graph = RoleGraph::default();
    for role in work.all(kind::CUSTOM_ROLE, project)? {
        graph.insert(text(&role, "roleName"), definition(&role));
    }
    Ok(graph)
}

fn definition(role: &Value) -> Definition {
    let list = |value: &'static str| role[value].as_array().into_iter().flatten();
    let resource = |resource: &Value| match resource["cluster"] == true {
        true => Resource::Cluster,
        false => Resource::Namespace {
            database: text(resource, "db").to_owned(),
            collection: text(resource, "collection").to_owned(),
        },
    };
    let permissions = |action: &Value| {
        let name = text(action, "action").to_owned();
        let resources = action["resources"].as_array().cloned().unwrap_or_default();
        resources
            .into_iter()
            .map(move |place| Permission { action: name.clone(), resource: resource(&place) })
    };
    let inherited = |role: &Value| (text(role, "role").to_owned(), text(role, "db").to_owned());
    Definition {
        permissions: list("actions").flat_map(permissions).collect(),
        inherits: list("inheritedRoles").map(inherited).collect(),
    }
}
