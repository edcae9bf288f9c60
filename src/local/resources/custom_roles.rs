//! Custom roles of database users.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::user_rules;
use crate::local::refusal::Refusal;
use crate::local::reply::{Outcome, Reply};
use crate::local::request::Call;
use crate::local::routes::Route;
use crate::local::store::docs::{self, kind};
use crate::privileges::catalogue::{actions, built_in};
use crate::privileges::graph::{GrantedRole, Reading, RoleGraph};
use crate::privileges::permission;

const ALL: &str = "/groups/{groupId}/customDBRoles/roles";
const ONE: &str = "/groups/{groupId}/customDBRoles/roles/{roleName}";

pub const ROUTES: &[Route] = &[
    Route::json("listGroupCustomDbRoleRoles", "GET", ALL, "2023-01-01", list),
    Route::json("createGroupCustomDbRoleRole", "POST", ALL, "2023-01-01", create),
    Route::json("getGroupCustomDbRoleRole", "GET", ONE, "2023-01-01", get),
    Route::json("updateGroupCustomDbRoleRole", "PATCH", ONE, "2023-01-01", update),
    Route::json("deleteGroupCustomDbRoleRole", "DELETE", ONE, "2023-01-01", delete),
];

fn list(call: &Call<'_>) -> Outcome {
    let roles = docs::list(call.db, call.now, kind::CUSTOM_ROLE, call.project(), -1, 0)?;
    Ok(Reply::ok(Value::Array(roles)))
}

fn get(call: &Call<'_>) -> Outcome {
    find(call).map(Reply::ok)
}

fn create(call: &Call<'_>) -> Outcome {
    let given = call.object()?;
    let name = given.get("roleName").and_then(Value::as_str).unwrap_or_default();
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if name.is_empty() || !name.chars().all(fits) || name.starts_with("xgen-") {
        let detail = "it must be letters, digits, hyphens and underscores";
        return Err(Refusal::attribute("roleName", detail));
    }
    let mut role = json!({ "actions": [], "inheritedRoles": [], "roleName": name });
    merge(call, &mut role, &given)?;
    check_substance(&role)?;
    let (db, now, project) = (call.db, call.now, call.project());
    if built_in::find(name).is_some()
        || !docs::insert(db, now, kind::CUSTOM_ROLE, project, name, &role, None)?
    {
        let detail = format!("A role named {name} already exists.");
        return Err(Refusal::conflict("ATLAS_CUSTOM_ROLE_ALREADY_EXISTS", detail));
    }
    // No key of an event can name a role.
    call.event("MONGODB_ROLE_ADDED", &[])?;
    Ok(Reply::json(202, role))
}

fn update(call: &Call<'_>) -> Outcome {
    let mut role = find(call)?;
    let given = call.object()?;
    if given.get("roleName").is_some_and(|name| *name != role["roleName"]) {
        return Err(Refusal::attribute("roleName", "it cannot be changed"));
    }
    merge(call, &mut role, &given)?;
    check_substance(&role)?;
    let name = call.param("roleName");
    docs::update(call.db, kind::CUSTOM_ROLE, call.project(), name, &role, None)?;
    call.event("MONGODB_ROLE_UPDATED", &[])?;
    Ok(Reply::ok(role))
}

fn delete(call: &Call<'_>) -> Outcome {
    find(call)?;
    let name = call.param("roleName");
    if let Some(user) = in_use(call, name)? {
        let detail = format!("The role {name} is in use by {user}.");
        return Err(Refusal::conflict("ATLAS_CUSTOM_ROLE_IN_USE", detail));
    }
    docs::delete(call.db, call.now, kind::CUSTOM_ROLE, call.project(), name)?;
    call.event("MONGODB_ROLE_DELETED", &[])?;
    Ok(Reply::no_content())
}

fn find(call: &Call<'_>) -> Result<Value, Refusal> {
    let name = call.param("roleName");
    docs::get(call.db, call.now, kind::CUSTOM_ROLE, call.project(), name)?.ok_or_else(|| {
        let detail = format!("No custom role named {name} exists in this project.");
        Refusal::not_found("ATLAS_CUSTOM_ROLE_NOT_FOUND", detail)
    })
}

/// What holds the role: a user, a connection that executes as it, or a role that inherits it.
fn in_use(call: &Call<'_>, role: &str) -> Result<Option<String>, Refusal> {
    let text = |doc: &Value, name: &str| doc[name].as_str().unwrap_or_default().to_owned();
    let names = |list: &Value, key: &str| {
        list.as_array().is_some_and(|list| list.iter().any(|item| item[key] == role))
    };
    let (db, now, project) = (call.db, call.now, call.project());
    for user in docs::list(db, now, kind::DATABASE_USER, project, -1, 0)? {
        if names(&user["roles"], "roleName") {
            return Ok(Some(format!("the database user {}", text(&user, "username"))));
        }
    }
    for kind in [kind::CONNECTION, kind::FAILOVER_CONNECTION] {
        // A connection to another project's cluster executes as a role of that project.
        let elsewhere = |connection: &Value| connection["clusterGroupId"].as_str() == Some(project);
        let own = docs::list_below(db, now, kind, &format!("{project}/"))?.into_iter();
        let own = own.filter(|c| c["clusterGroupId"].is_null() || elsewhere(c));
        let others = docs::list_below(db, now, kind, "")?.into_iter().filter(elsewhere);
        let executes = |connection: &Value| {
            let executes = &connection["dbRoleToExecute"];
            executes["type"] == "CUSTOM" && executes["role"] == role
        };
        if let Some(connection) = own.into_iter().find(executes) {
            return Ok(Some(format!("the connection {}", text(&connection, "name"))));
        }
        // What it is called is for those to know who may look there.
        if others.into_iter().any(|connection| executes(&connection)) {
            return Ok(Some("a connection of another project".to_owned()));
        }
    }
    for other in docs::list(db, now, kind::CUSTOM_ROLE, project, -1, 0)? {
        if names(&other["inheritedRoles"], "role") {
            return Ok(Some(format!("the custom role {}", text(&other, "roleName"))));
        }
    }
    Ok(None)
}

fn merge(call: &Call<'_>, role: &mut Value, given: &Map<String, Value>) -> Result<(), Refusal> {
    for (name, value) in given {
        match name.as_str() {
            "roleName" => continue,
            "actions" => check_actions(value)?,
            "inheritedRoles" => check_inherited(call, role, value)?,
            _ => {
                let detail = format!("Received JSON has an unknown attribute {name}.");
                return Err(Refusal::bad("INVALID_ATTRIBUTE", detail));
            }
        }
        role[name] = value.clone();
    }
    Ok(())
}

fn check_substance(role: &Value) -> Result<(), Refusal> {
    let empty = |name: &str| role[name].as_array().is_none_or(Vec::is_empty);
    if empty("actions") && empty("inheritedRoles") {
        return Err(Refusal::attribute("actions", "a role needs an action or an inherited role"));
    }
    Ok(())
}

fn items<'a>(name: &str, value: &'a Value) -> Result<&'a Vec<Value>, Refusal> {
    value.as_array().ok_or_else(|| Refusal::attribute(name, "it must be a list"))
}

fn check_actions(value: &Value) -> Result<(), Refusal> {
    let mut seen = HashSet::new();
    for item in items("actions", value)? {
        user_rules::known_keys("actions", item, &["action", "resources"])?;
        let action = item["action"].as_str().unwrap_or_default();
        if !permission::is_action(action) {
            return Err(Refusal::attribute("actions", format!("there is no action {action:?}")));
        }
        if !seen.insert(action) {
            let detail = format!("The action {action} stands more than once: merge its resources.");
            return Err(Refusal::bad("ATLAS_DUPLICATE_CUSTOM_ROLE_ACTION", detail));
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
            return Err(Refusal::attribute("actions", detail));
        }
    }
    Ok(())
}

fn check_inherited(call: &Call<'_>, role: &Value, value: &Value) -> Result<(), Refusal> {
    let wrong = |detail: String| Err(Refusal::attribute("inheritedRoles", detail));
    let own_name = role["roleName"].as_str().unwrap_or_default();
    let roles = graph(call)?;
    let mut seen = HashSet::new();
    for item in items("inheritedRoles", value)? {
        user_rules::known_keys("inheritedRoles", item, &["db", "role"])?;
        let (Some(name), Some(database)) = (item["role"].as_str(), item["db"].as_str()) else {
            return wrong("each needs role and db".into());
        };
        if !seen.insert((name, database)) {
            return wrong(format!("{name} on {database} stands more than once"));
        }
        let closure = roles.closure([GrantedRole::on_admin(name)]);
        if closure.0.iter().any(|reached| reached.role.role == own_name) {
            return wrong(format!("{own_name} would inherit itself through {name}"));
        }
        user_rules::grantable(call, name, database)?;
    }
    Ok(())
}

/// The roles of the project, as far as inheritance goes.
fn graph(call: &Call<'_>) -> Result<RoleGraph, Refusal> {
    let roles = docs::list(call.db, call.now, kind::CUSTOM_ROLE, call.project(), -1, 0)?;
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let inheritance = |role: &Value| {
        let all = role["inheritedRoles"].as_array().into_iter().flatten();
        let inherits = all.filter_map(|role| Some((text(&role["role"])?, text(&role["db"])?)));
        Some((text(&role["roleName"])?, Reading::Inheritance(inherits.collect())))
    };
    Ok(roles.iter().filter_map(inheritance).collect())
}
