//! Database users.

use serde_json::{Value, json};

use crate::local::domain::users::{self, UserName, UserSpec};
use crate::local::http::paging;
use crate::local::http::refusal::ErrorReply;
use crate::local::http::reply::{Outcome, Reply};
use crate::local::http::request::{Admitted, Prepared, Request};
use crate::local::http::routes::Route;

const ALL: &str = "/groups/{groupId}/databaseUsers";
const ONE: &str = "/groups/{groupId}/databaseUsers/{databaseName}/{username}";
const DATE: &str = "2023-01-01";

pub const ROUTES: &[Route] = &[
    Route::json("listGroupDatabaseUsers", "GET", ALL, DATE, list),
    Route::json("createGroupDatabaseUser", "POST", ALL, DATE, create).prepared_by(prepare),
    Route::json("getGroupDatabaseUser", "GET", ONE, DATE, get),
    Route::json("updateGroupDatabaseUser", "PATCH", ONE, DATE, update).prepared_by(prepare),
    Route::json("deleteGroupDatabaseUser", "DELETE", ONE, DATE, delete),
];

/// Hashes the password.
fn prepare(request: &Request) -> Prepared {
    Prepared { user: request.object().ok().map(UserSpec::of) }
}

fn list(call: &Admitted<'_>) -> Outcome {
    paging::page(call, |part| users::list(&call.work, call.project(), part))
}

fn get(call: &Admitted<'_>) -> Outcome {
    Ok(Reply::ok(users::get(&call.work, named(call))?))
}

fn create(call: &Admitted<'_>) -> Outcome {
    let mut user = users::create(&call.work, call.project(), wanted(call)?)?;
    // Not stored: the next server has another address.
    user["links"] = self_link(call, &user);
    Ok(Reply::json(201, user))
}

fn update(call: &Admitted<'_>) -> Outcome {
    Ok(Reply::ok(users::update(&call.work, named(call), wanted(call)?)?))
}

fn delete(call: &Admitted<'_>) -> Outcome {
    users::delete(&call.work, named(call))?;
    Ok(Reply::no_content())
}

fn named<'a>(call: &Admitted<'a>) -> UserName<'a> {
    let (database, name) = (call.param("databaseName"), call.param("username"));
    UserName { project: call.project(), database, name }
}

fn wanted(call: &Admitted<'_>) -> Result<UserSpec, ErrorReply> {
    match &call.prepared.user {
        Some(wanted) => Ok(wanted.clone()),
        // It was no object, and says so.
        None => call.object().map(UserSpec::of),
    }
}

fn self_link(call: &Admitted<'_>, user: &Value) -> Value {
    use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
    let text = |name: &str| user[name].as_str().unwrap_or_default();
    let name = utf8_percent_encode(text("username"), NON_ALPHANUMERIC);
    let (all, database) = (call.request.path(), text("databaseName"));
    json!([{ "href": format!("{}{all}/{database}/{name}", call.base), "rel": "self" }])
}
