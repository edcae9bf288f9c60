//! What the connection itself tells: its state, its certificates, its servers.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;

use super::finding::Finding;
use crate::atlas::Row;
use crate::atlas::connections::Connection;
use crate::brokers::listeners::{Speech, misfits};
use crate::brokers::ways::{Peer, Way};
use crate::commands::connections::certificates;
use crate::commands::ips::instance::Reach;
use crate::context::Context;
use crate::shell::quote;

/// How long before its end a certificate is worth a warning.
const SOON: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// Fields in which the API says why an object failed. Its document has none for connections.
const REASONS: [&str; 3] = ["errorMessage", "stateMessage", "statusMessage"];

/// What the state means, and why it is so where that is told.
pub(super) fn state(instance: &str, row: &Row<Connection>) -> Option<Finding> {
    let connection = &row.view;
    let document: Value = serde_json::from_str(row.raw.get()).unwrap_or_default();
    let reason = REASONS.iter().find_map(|field| document[field].as_str());
    let reason = reason.filter(|reason| !reason.is_empty());
    let why = reason.map(|reason| format!(": {reason}")).unwrap_or_default();
    let (name, instance) = (quote(&connection.name), quote(instance));
    let next = format!("spctl connections get {name} --instance {instance}");
    let finding = match connection.state.as_deref() {
        None | Some("READY") => return reason.map(|reason| Finding::warning("state", reason)),
        Some("FAILED") => Finding::error("state", format!("Atlas could not set it up{why}"))
            .hint("correct it with spctl connections update, which sets it up again"),
        Some("PENDING") => Finding::error("state", format!("Atlas is still setting it up{why}"))
            .hint("wait, and look again"),
        Some("DELETING") => Finding::error("state", format!("it is being deleted{why}")),
        Some(state) => Finding::warning("state", format!("state {state} is not known here{why}")),
    };
    Some(finding.next(next))
}

/// Certificates that have ended, are about to, or cannot be read.
pub(super) fn certificates(
    context: &Context,
    instance: &str,
    connection: &Connection,
) -> Vec<Finding> {
    let now = context.ui.now();
    let soon = now.checked_add(SOON).unwrap_or(Timestamp::MAX);
    let (name, instance) = (quote(&connection.name), quote(instance));
    let next = format!("spctl connections check {name} --instance {instance}");
    let option = |field: &str| match field {
        "authentication.sslCertificate" => "--client-certificate and --client-key",
        _ => "--broker-ca-file",
    };
    let found = |certificate: &certificates::Certificate| {
        let told = match certificate.verdict(now, soon) {
            "valid" => return None,
            "ends soon" => {
                Finding::warning("certificate", format!("{certificate}, within 30 days"))
            }
            "ended" => Finding::error("certificate", format!("{certificate}: it has ended")),
            "not yet valid" => {
                Finding::error("certificate", format!("{certificate}: it is not valid yet"))
            }
            _ => Finding::error("certificate", certificate.to_string()),
        };
        let hint =
            format!("spctl connections update with {} sets another", option(certificate.field));
        Some(told.hint(hint).next(next.clone()))
    };
    certificates::certificates(connection).iter().filter_map(found).collect()
}

/// Servers, ports and protocols that do not fit together.
pub(super) fn servers(connection: &Connection, reach: &Reach) -> Vec<Finding> {
    if reach.peer != Peer::Broker || reach.replaces {
        return Vec::new();
    }
    if reach.servers.is_empty() {
        return vec![
            Finding::error("server", "it names no server")
                .hint("spctl connections update with --bootstrap-servers names them"),
        ];
    }
    let authentication = connection.authentication.as_ref();
    let protocol = connection.security.as_ref().and_then(|security| security.protocol.as_deref());
    let speech =
        Speech { protocol, mechanism: authentication.and_then(|a| a.mechanism.as_deref()) };
    let mut found: Vec<(Finding, String)> = Vec::new();
    for server in &reach.servers {
        for misfit in misfits(server, speech, &reach.way) {
            // Brokers of one cluster have one fault together.
            if found.iter().any(|(_, problem)| *problem == misfit.problem) {
                continue;
            }
            let finding = match misfit.is_certain {
                true => Finding::error("server", misfit.problem.clone()),
                false => Finding::warning("server", misfit.problem.clone()),
            };
            found.push((finding.hint(misfit.remedy), misfit.problem));
        }
    }
    let mut found: Vec<Finding> = found.into_iter().map(|(finding, _)| finding).collect();
    if let (Way::Vpc, Some(protocol)) = (&reach.way, protocol.filter(|p| *p != "SASL_SSL")) {
        let what = format!("a connection through a VPC peering speaks SASL_SSL, not {protocol}");
        found.push(
            Finding::error("server", what)
                .hint("spctl connections update with --protocol SASL_SSL changes it"),
        );
    }
    found
}
