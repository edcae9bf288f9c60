//! The API's own root, and the addresses of the control plane.

use serde_json::{Value, json};

use crate::local::refusal::Refusal;
use crate::local::reply::{Outcome, Reply};
use crate::local::request::Call;
use crate::local::routes::Route;
use crate::local::store::docs::{self, kind};

pub const ROUTES: &[Route] = &[
    Route::json("getSystemStatus", "GET", "", "2023-01-01", status),
    Route::json(
        "listControlPlaneIpAddresses",
        "GET",
        "/unauth/controlPlaneIPAddresses",
        "2023-11-15",
        control_plane_ips,
    ),
];

/// Stands where Atlas names the commit it was built from: this server is none of those builds.
const BUILD: &str = "0000000000000000000000000000000000000000";

fn status(call: &Call<'_>) -> Outcome {
    let principal = call.principal;
    // Only an API key has a public half of eight characters; others have no key to describe.
    let key = match principal.name.len() {
        8 => json!({
            "accessList": [],
            "id": principal.id,
            "publicKey": principal.name,
            "roles": principal.roles,
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

fn control_plane_ips(call: &Call<'_>) -> Outcome {
    docs::get(call.db, call.now, kind::CONTROL_PLANE_IPS, "", "")?.map(Reply::ok).ok_or_else(|| {
        Refusal::not_found("RESOURCE_NOT_FOUND", "This store holds no control-plane addresses.")
    })
}
