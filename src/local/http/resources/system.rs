//! The API's own root, and addresses: of the control plane, and of a project's clusters.

use serde_json::{Value, json};

use crate::local::domain::actor::Identity;
use crate::local::domain::addresses;
use crate::local::http::reply::{Outcome, Reply};
use crate::local::http::request::Admitted;
use crate::local::http::routes::Route;

const CONTROL_PLANE: &str = "/unauth/controlPlaneIPAddresses";
const PROJECT: &str = "/groups/{groupId}/ipAddresses";

pub const ROUTES: &[Route] = &[
    Route::json("getSystemStatus", "GET", "", "2023-01-01", status),
    Route::json("listControlPlaneIpAddresses", "GET", CONTROL_PLANE, "2023-11-15", control_plane),
    Route::json("getGroupIpAddresses", "GET", PROJECT, "2023-01-01", project),
];

/// In place of the commit that Atlas was built from: this server is not such a build.
const BUILD: &str = "0000000000000000000000000000000000000000";

fn status(call: &Admitted<'_>) -> Outcome {
    let actor = call.work.actor;
    // Only an API key is described.
    let key = match actor.identity {
        Identity::ApiKey => json!({
            "accessList": [],
            "id": actor.id,
            "publicKey": actor.name,
            "roles": actor.roles,
        }),
        _ => Value::Null,
    };
    let root = format!("{}{}", call.base, call.request.path());
    Ok(Reply::ok(json!({
        "apiKey": key,
        "appName": "MongoDB Atlas",
        "build": BUILD,
        "links": [{ "href": root, "rel": "self" }],
        "throttling": false,
    })))
}

fn control_plane(call: &Admitted<'_>) -> Outcome {
    Ok(Reply::ok(addresses::control_plane(&call.work)?))
}

fn project(call: &Admitted<'_>) -> Outcome {
    Ok(Reply::ok(addresses::project(&call.work, call.project())?))
}
