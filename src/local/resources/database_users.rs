//! Database users.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::user_rules;
use crate::local::refusal::Refusal;
use crate::local::reply::{self, Outcome, Reply};
use crate::local::request::Call;
use crate::local::routes::Route;
use crate::local::store::docs::{self, kind};
use crate::local::store::meta;

const ALL: &str = "/groups/{groupId}/databaseUsers";
const ONE: &str = "/groups/{groupId}/databaseUsers/{databaseName}/{username}";

pub const ROUTES: &[Route] = &[
    Route::json("listGroupDatabaseUsers", "GET", ALL, "2023-01-01", list),
    Route::json("createGroupDatabaseUser", "POST", ALL, "2023-01-01", create),
    Route::json("getGroupDatabaseUser", "GET", ONE, "2023-01-01", get),
    Route::json("updateGroupDatabaseUser", "PATCH", ONE, "2023-01-01", update),
    Route::json("deleteGroupDatabaseUser", "DELETE", ONE, "2023-01-01", delete),
];

fn list(call: &Call<'_>) -> Outcome {
    reply::stored(call, kind::DATABASE_USER, call.project())
}

fn get(call: &Call<'_>) -> Outcome {
    find(call).map(|(_, user)| Reply::ok(user))
}

fn create(call: &Call<'_>) -> Outcome {
    let given = call.object()?;
    let mut user = json!({
        "awsIAMType": "NONE",
        "databaseName": "admin",
        "groupId": call.project(),
        "labels": [],
        "ldapAuthType": "NONE",
        "links": [],
        "oidcAuthType": "NONE",
        "roles": [],
        "scopes": [],
        "username": "",
        "x509Type": "NONE",
    });
    for name in ["username", "roles"] {
        if !given.contains_key(name) {
            let detail = format!("The required attribute {name} was not specified.");
            return Err(Refusal::bad("MISSING_ATTRIBUTE", detail));
        }
    }
    merge(call, &mut user, &given)?;
    user_rules::identity(&user, given.contains_key("password"))?;

    let limit = meta::number(call.db, meta::USER_LIMIT)?.unwrap_or(meta::DEFAULT_USER_LIMIT);
    if limit > 0 && docs::count(call.db, call.now, kind::DATABASE_USER, call.project())? >= limit {
        let detail = format!("A project has at most {limit} database users.");
        return Err(Refusal::conflict("MAX_DATABASE_USERS_PER_GROUP_EXCEEDED", detail));
    }
    let text = |name: &str| user[name].as_str().unwrap_or_default().to_owned();
    let (database, username) = (text("databaseName"), text("username"));
    let key = docs::user_key(&database, &username);
    let (db, now, project) = (call.db, call.now, call.project());
    if !docs::insert(db, now, kind::DATABASE_USER, project, &key, &user, expiry(&user))? {
        let detail = format!("The user {username}@{database} already exists in this project.");
        return Err(Refusal::conflict("USER_ALREADY_EXISTS", detail));
    }
    call.event("MONGODB_USER_ADDED", &[("dbUserUsername", &username)])?;
    // Not kept: the next server has another address.
    user["links"] = self_link(call, &database, &username);
    Ok(Reply::json(201, user))
}

fn update(call: &Call<'_>) -> Outcome {
    let (key, mut user) = find(call)?;
    let given = call.object()?;
    for name in ["username", "databaseName"] {
        if given.get(name).is_some_and(|value| *value != user[name]) {
            return Err(Refusal::attribute(name, "it cannot be changed"));
        }
    }
    merge(call, &mut user, &given)?;
    // The secret of a user who has one already need not be given again.
    user_rules::identity(&user, user_rules::is_scram(&user) || given.contains_key("password"))?;
    docs::update(call.db, kind::DATABASE_USER, call.project(), &key, &user, expiry(&user))?;
    call.event("MONGODB_USER_UPDATED", &[("dbUserUsername", call.param("username"))])?;
    Ok(Reply::ok(user))
}

fn delete(call: &Call<'_>) -> Outcome {
    let (key, _) = find(call)?;
    docs::delete(call.db, call.now, kind::DATABASE_USER, call.project(), &key)?;
    call.event("MONGODB_USER_DELETED", &[("dbUserUsername", call.param("username"))])?;
    Ok(Reply::no_content())
}

fn find(call: &Call<'_>) -> Result<(String, Value), Refusal> {
    let (database, username) = (call.param("databaseName"), call.param("username"));
    let key = docs::user_key(database, username);
    match docs::get(call.db, call.now, kind::DATABASE_USER, call.project(), &key)? {
        // An encoded slash in the path could make one key of two other halves.
        Some(user) if user["username"] == username => Ok((key, user)),
        _ => Err(Refusal::not_found(
            "USERNAME_NOT_FOUND",
            format!("No user with username {username} exists on database {database}."),
        )),
    }
}

/// Takes over what a body gives, each attribute by its own rule; the rest stays as it is.
/// The password is checked and forgotten: nothing here logs in with it.
fn merge(call: &Call<'_>, user: &mut Value, given: &Map<String, Value>) -> Result<(), Refusal> {
    for (name, value) in given {
        match name.as_str() {
            "links" => continue,
            "groupId" if value == call.project() => continue,
            "groupId" => {
                return Err(Refusal::attribute(name, "it differs from the path's project"));
            }
            "password" => {
                user_rules::password(value)?;
                continue;
            }
            "roles" => user_rules::roles(call, value)?,
            _ => {}
        }
        match user_rules::attribute(name, value, call.now)? {
            Some(value) => user[name] = value,
            None => {
                if let Some(user) = user.as_object_mut() {
                    user.shift_remove(name);
                }
            }
        }
    }
    Ok(())
}

fn expiry(user: &Value) -> Option<Timestamp> {
    user["deleteAfterDate"].as_str().and_then(|time| time.parse().ok())
}

fn self_link(call: &Call<'_>, database: &str, username: &str) -> Value {
    use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
    let name = utf8_percent_encode(username, NON_ALPHANUMERIC);
    let href = format!("{}{}/{database}/{name}", call.base, call.request.path());
    json!([{ "href": href, "rel": "self" }])
}
