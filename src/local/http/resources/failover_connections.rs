//! What connections are replaced by when their instance fails over to another region.

use super::connections::named;
use crate::local::domain::connections::failover;
use crate::local::http::paging;
use crate::local::http::reply::{Outcome, Reply};
use crate::local::http::request::Admitted;
use crate::local::http::routes::Route;

const ALL: &str =
    "/groups/{groupId}/streams/{tenantName}/connections/{connectionName}/failoverConnections";
const ONE: &str = "/groups/{groupId}/streams/{tenantName}/connections/{connectionName}/failoverConnections/{failoverConnectionId}";
const DATE: &str = "2025-03-12";

pub const ROUTES: &[Route] = &[
    Route::json("listGroupStreamConnectionFailoverConnections", "GET", ALL, DATE, list),
    Route::json("createGroupStreamConnectionFailoverConnection", "POST", ALL, DATE, create),
    Route::json("getGroupStreamConnectionFailoverConnection", "GET", ONE, DATE, get),
    Route::json("updateGroupStreamConnectionFailoverConnection", "PATCH", ONE, DATE, update),
    Route::json("deleteGroupStreamConnectionFailoverConnection", "DELETE", ONE, DATE, delete),
];

fn list(call: &Admitted<'_>) -> Outcome {
    paging::page(call, |part| failover::list(&call.work, named(call), part))
}

fn get(call: &Admitted<'_>) -> Outcome {
    Ok(Reply::ok(failover::get(&call.work, named(call), id(call))?))
}

fn create(call: &Admitted<'_>) -> Outcome {
    Ok(Reply::json(201, failover::create(&call.work, named(call), &call.object()?)?))
}

fn update(call: &Admitted<'_>) -> Outcome {
    Ok(Reply::ok(failover::update(&call.work, named(call), id(call), &call.object()?)?))
}

fn delete(call: &Admitted<'_>) -> Outcome {
    failover::delete(&call.work, named(call), id(call))?;
    Ok(Reply::no_content())
}

fn id<'a>(call: &Admitted<'a>) -> &'a str {
    call.param("failoverConnectionId")
}
