//! Private links, through which connections reach a provider's services without the internet.

use serde_json::json;

use crate::local::domain::private_links::{self, LinkId};
use crate::local::http::paging;
use crate::local::http::reply::{Outcome, Reply};
use crate::local::http::request::Admitted;
use crate::local::http::routes::Route;

const ALL: &str = "/groups/{groupId}/streams/privateLinkConnections";
const ONE: &str = "/groups/{groupId}/streams/privateLinkConnections/{connectionId}";
const DATE: &str = "2023-02-01";

pub const ROUTES: &[Route] = &[
    Route::json("listGroupStreamPrivateLinkConnections", "GET", ALL, DATE, list),
    Route::json("createGroupStreamPrivateLinkConnection", "POST", ALL, DATE, create),
    Route::json("getGroupStreamPrivateLinkConnection", "GET", ONE, DATE, get),
    Route::json("updateGroupStreamPrivateLinkConnection", "PATCH", ONE, "2025-03-12", update),
    Route::json("deleteGroupStreamPrivateLinkConnection", "DELETE", ONE, DATE, delete),
];

fn list(call: &Admitted<'_>) -> Outcome {
    paging::page(call, |part| private_links::list(&call.work, call.project(), part))
}

fn get(call: &Admitted<'_>) -> Outcome {
    Ok(Reply::ok(private_links::get(&call.work, named(call))?))
}

fn create(call: &Admitted<'_>) -> Outcome {
    Ok(Reply::ok(private_links::create(&call.work, call.project(), &call.object()?)?))
}

fn update(call: &Admitted<'_>) -> Outcome {
    Ok(Reply::ok(private_links::update(&call.work, named(call), &call.object()?)?))
}

fn delete(call: &Admitted<'_>) -> Outcome {
    private_links::delete(&call.work, named(call))?;
    Ok(Reply::json(202, json!({})))
}

fn named<'a>(call: &Admitted<'a>) -> LinkId<'a> {
    LinkId { project: call.project(), id: call.param("connectionId") }
}
