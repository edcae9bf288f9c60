//! What a connection connects to, in a few words.

use crate::atlas::connections::{Connection, ExecuteAs};
use crate::atlas::redact;

/// What it connects to.
pub(super) fn target(of: &Connection) -> Option<String> {
    let shown = |url: &String| redact::anonymous(url).unwrap_or_else(|| url.clone());
    let registries: Vec<_> = of.schema_registry_urls.iter().map(shown).collect();
    let registry = (!registries.is_empty()).then(|| registries.join(","));
    let aws = of.aws.as_ref().and_then(|aws| {
        aws.test_bucket.as_ref().map(|bucket| format!("s3://{bucket}")).or(aws.role_arn.clone())
    });
    of.cluster_name
        .clone()
        .or(of.bootstrap_servers.clone())
        .or(of.url.as_ref().map(shown))
        .or(registry)
        .or(aws)
        .or(of.azure.as_ref().and_then(|azure| azure.storage_account_name.clone()))
        .or(of.gcp.as_ref().and_then(|gcp| gcp.service_account_id.clone()))
}

/// The kind of network access.
pub(super) fn network(of: &Connection) -> Option<String> {
    let networking = of.networking.as_ref().or(of.public_private_networking.as_ref())?;
    Some(networking.access.as_ref()?.kind.clone())
}

/// `role (custom)`
pub(super) fn execute_as(role: &ExecuteAs) -> String {
    format!("{} ({})", role.role, role.kind.to_lowercase())
}

/// A connection in one line.
pub fn summary(connection: &Connection) -> String {
    let mut line = format!("{} ({})", connection.name, connection.kind);
    if let Some(target) = target(connection) {
        line.push_str(&format!(" to {target}"));
    }
    if let Some(role) = &connection.db_role_to_execute {
        line.push_str(&format!(" as {}", role.role));
    }
    line
}
