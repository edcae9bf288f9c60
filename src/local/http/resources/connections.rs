//! The connection registry of an instance.

use serde_json::json;

use super::instances;
use crate::local::domain::connections::{self, ConnectionName};
use crate::local::http::paging;
use crate::local::http::refusal::ErrorReply;
use crate::local::http::reply::{Outcome, Reply};
use crate::local::http::request::Admitted;
use crate::local::http::routes::Route;

const ALL: &str = "/groups/{groupId}/streams/{tenantName}/connections";
const ONE: &str = "/groups/{groupId}/streams/{tenantName}/connections/{connectionName}";
const DATE: &str = "2023-02-01";

pub const ROUTES: &[Route] = &[
    Route::json("listGroupStreamConnections", "GET", ALL, DATE, list).then(listed),
    Route::json("createGroupStreamConnection", "POST", ALL, DATE, create),
    Route::json("getGroupStreamConnection", "GET", ONE, DATE, get).then(viewed),
    Route::json("updateGroupStreamConnection", "PATCH", ONE, DATE, update),
    Route::json("deleteGroupStreamConnection", "DELETE", ONE, DATE, delete),
];

fn list(call: &Admitted<'_>) -> Outcome {
    paging::page(call, |part| connections::list(&call.work, instances::named(call), part))
}

fn listed(call: &Admitted<'_>, outcome: &Outcome) -> Result<(), ErrorReply> {
    if outcome.is_ok() {
        connections::listed(&call.work, instances::named(call))?;
    }
    Ok(())
}

fn get(call: &Admitted<'_>) -> Outcome {
    Ok(Reply::ok(connections::get(&call.work, named(call))?))
}

fn viewed(call: &Admitted<'_>, outcome: &Outcome) -> Result<(), ErrorReply> {
    if outcome.is_ok() {
        connections::viewed(&call.work, instances::named(call))?;
    }
    Ok(())
}

fn create(call: &Admitted<'_>) -> Outcome {
    Ok(Reply::ok(connections::create(&call.work, instances::named(call), &call.object()?)?))
}

fn update(call: &Admitted<'_>) -> Outcome {
    Ok(Reply::ok(connections::update(&call.work, named(call), &call.object()?)?))
}

fn delete(call: &Admitted<'_>) -> Outcome {
    connections::delete(&call.work, named(call))?;
    Ok(Reply::json(202, json!({})))
}

/// The connection that the path names.
pub fn named<'a>(call: &Admitted<'a>) -> ConnectionName<'a> {
    ConnectionName { instance: instances::named(call), name: call.param("connectionName") }
}
