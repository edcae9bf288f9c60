//! The addresses of the control plane, and of a project's own clusters. The latter lie in the
//! documentation ranges, and follow from the clusters' ids.

use serde_json::{Value, json};

use super::refusal::{Refusal, Subject};
use super::{Outcome, Work, text};
use crate::local::crypto;
use crate::local::store::docs::kind;

/// The control plane's addresses.
pub fn control_plane(work: &Work<'_>) -> Outcome {
    work.get(kind::CONTROL_PLANE_IPS, "", "")?.ok_or_else(|| {
        let detail = "This store holds no control-plane addresses.";
        Refusal::not_found(Subject::ControlPlaneAddresses, "", detail)
    })
}

/// The addresses of a project's clusters.
pub fn project(work: &Work<'_>, project: &str) -> Outcome {
    let clusters: Vec<Value> = work.all(kind::CLUSTER, project)?.iter().map(addresses).collect();
    Ok(json!({ "groupId": project, "services": { "clusters": clusters } }))
}

fn addresses(cluster: &Value) -> Value {
    let digest = crypto::sha256_hex(text(cluster, "id"));
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
