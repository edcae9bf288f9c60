//! Clusters and federated databases: what scopes point at.

use serde_json::Value;

use super::{Listing, Outcome, Part, Work};
use crate::local::store::docs::kind;

/// A part of a project's clusters.
pub fn list(work: &Work<'_>, project: &str, part: Part) -> Outcome<Listing> {
    work.list(kind::CLUSTER, project, part)
}

/// All federated databases of a project.
pub fn federated(work: &Work<'_>, project: &str) -> Outcome<Vec<Value>> {
    work.all(kind::DATA_FEDERATION, project)
}
