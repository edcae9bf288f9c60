//! Database users.

use serde_json::Value;

use crate::local::domain::users::{self, UserName, UserSpec};
use crate::local::http::refusal::ErrorReply;
use crate::local::http::reply::{Outcome, Reply};
use crate::local::http::request::{Admitted, Prepared, Request};
use crate::local::http::routes::Route;
use crate::local::http::{links, paging};

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
    let query = |part| users::list(&call.work, call.project(), part);
    paging::page_of(call, query, |user| linked(call, user))
}

fn get(call: &Admitted<'_>) -> Outcome {
    Ok(Reply::ok(linked(call, users::get(&call.work, named(call))?)))
}

fn create(call: &Admitted<'_>) -> Outcome {
    let user = users::create(&call.work, call.project(), wanted(call)?)?;
    Ok(Reply::json(201, linked(call, user)))
}

fn update(call: &Admitted<'_>) -> Outcome {
    let user = users::update(&call.work, named(call), wanted(call)?)?;
    Ok(Reply::ok(linked(call, user)))
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

/// A user with a link to itself.
fn linked(call: &Admitted<'_>, user: Value) -> Value {
    let text = |name: &str| user[name].as_str().unwrap_or_default().to_owned();
    let (database, name) = (text("databaseName"), text("username"));
    links::to_self(call, user, &["groups", call.project(), "databaseUsers", &database, &name])
}
