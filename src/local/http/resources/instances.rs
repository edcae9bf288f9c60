//! Stream processing instances, which the API calls workspaces, and tenants.

use serde_json::json;

use crate::local::domain::instances::{self, InstanceName};
use crate::local::http::paging;
use crate::local::http::reply::{Outcome, Reply};
use crate::local::http::request::Admitted;
use crate::local::http::routes::Route;

const ALL: &str = "/groups/{groupId}/streams";
const ONE: &str = "/groups/{groupId}/streams/{tenantName}";
const WITH_SAMPLES: &str = "/groups/{groupId}/streams:withSampleConnections";

pub const ROUTES: &[Route] = &[
    Route::json("listGroupStreamWorkspaces", "GET", ALL, "2023-02-01", list),
    Route::json("createGroupStreamWorkspace", "POST", ALL, "2023-02-01", create),
    Route::json(
        "withGroupStreamSampleConnections",
        "POST",
        WITH_SAMPLES,
        "2024-08-05",
        create_with_samples,
    ),
    Route::json("getGroupStreamWorkspace", "GET", ONE, "2023-02-01", get),
    Route::json("updateGroupStreamWorkspace", "PATCH", ONE, "2023-02-01", update),
    Route::json("deleteGroupStreamWorkspace", "DELETE", ONE, "2023-02-01", delete),
];

fn list(call: &Admitted<'_>) -> Outcome {
    paging::page(call, |part| instances::list(&call.work, call.project(), part))
}

fn get(call: &Admitted<'_>) -> Outcome {
    let instance = match call.request.flag("includeConnections")? {
        true => instances::get_with_connections(&call.work, named(call))?,
        false => instances::get(&call.work, named(call))?,
    };
    Ok(Reply::ok(instance))
}

fn create(call: &Admitted<'_>) -> Outcome {
    Ok(Reply::ok(instances::create(&call.work, call.project(), &call.object()?, false)?))
}

fn create_with_samples(call: &Admitted<'_>) -> Outcome {
    Ok(Reply::ok(instances::create(&call.work, call.project(), &call.object()?, true)?))
}

fn update(call: &Admitted<'_>) -> Outcome {
    Ok(Reply::ok(instances::update(&call.work, named(call), &call.object()?)?))
}

fn delete(call: &Admitted<'_>) -> Outcome {
    instances::delete(&call.work, named(call))?;
    Ok(Reply::json(202, json!({})))
}

/// The instance that the path names.
pub fn named<'a>(call: &Admitted<'a>) -> InstanceName<'a> {
    InstanceName { project: call.project(), name: call.param("tenantName") }
}
