//! The addresses of a project's own clusters. They lie in the documentation ranges, and follow
//! from the clusters' ids.

use serde_json::{Value, json};

use crate::local::crypto;
use crate::local::reply::{Outcome, Reply};
use crate::local::request::Call;
use crate::local::routes::Route;
use crate::local::store::docs::{self, kind};

pub const ROUTES: &[Route] = &[Route::json(
    "getGroupIpAddresses",
    "GET",
    "/groups/{groupId}/ipAddresses",
    "2023-01-01",
    get,
)];

fn get(call: &Call<'_>) -> Outcome {
    let clusters = docs::list(call.db, call.now, kind::CLUSTER, call.project(), -1, 0)?;
    let clusters: Vec<Value> = clusters.iter().map(addresses).collect();
    Ok(Reply::ok(json!({ "groupId": call.project(), "services": { "clusters": clusters } })))
}

fn addresses(cluster: &Value) -> Value {
    let id = cluster["id"].as_str().unwrap_or_default();
    let digest = crypto::sha256_hex(id);
    let octet = |at: usize| {
        let digits = digest.get(at..at + 2).unwrap_or("00");
        u8::from_str_radix(digits, 16).unwrap_or(0)
    };
    let three = |network: &str, at: usize| -> Vec<String> {
        (0..3).map(|n| format!("{network}.{}", octet(at + 2 * n))).collect()
    };
    json!({
        "clusterName": cluster["name"],
        "inbound": three("198.51.100", 0),
        "outbound": three("203.0.113", 6),
        "futureInbound": [],
        "futureOutbound": [],
    })
}
