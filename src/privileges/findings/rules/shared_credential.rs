//! One credential that several connections use.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::privileges::findings::remedy::Remedy;
use crate::privileges::findings::view::some;
use crate::privileges::findings::{Family, Finding, Object, Rule, Severity, Skipped, View};
use crate::privileges::project::Connection;

pub(super) static RULE: Rule = Rule {
    id: "SP301",
    name: "shared-credential",
    family: Family::Secrets,
    severity: Severity::Medium,
    title: "Credential that several connections use",
    what: "A user of the same brokers or the same schema registry, an OAuth client, a client certificate, a \
cloud role or a service principal that more than one connection authenticates with. Brokers are the same \
if a host is, or if all that differs is the first part of its name.",
    why: "What leaks in one place opens the others; the broker's log cannot tell who it was; and the \
credential cannot be changed in one place without breaking the others.",
    passes: "Users of one name at different brokers, which are different users.",
    mend: "Give each connection a user of its own at the other side, and set it here; the command asks for \
the new password.",
    needs: None,
    look,
};

fn look(view: &View<'_>) -> Result<Vec<Finding>, Skipped> {
    let mut used: BTreeMap<(String, String), BTreeSet<(&str, &str)>> = BTreeMap::new();
    for (instance, connection) in view.connections() {
        for credential in credentials(connection) {
            used.entry(credential).or_default().insert((&instance.name, &connection.name));
        }
    }
    let mut found: BTreeMap<(&str, &str), Finding> = BTreeMap::new();
    for ((what, _), places) in used.iter().filter(|(_, places)| places.len() > 1) {
        for (instance, name) in places {
            let others = places.iter().filter(|place| **place != (*instance, *name));
            let others: Vec<String> = others.map(|(i, n)| format!("{n} of {i}")).collect();
            let summary = format!("{what} is also that of {}", some(&others));
            let object = Object::inside("connection", name, instance);
            let remedy =
                Remedy::new("connections update").name(name).option("--instance", instance);
            let remedy = match what.split(' ').next() {
                Some("user") => remedy.word("--username USER"),
                Some("OAuth") => remedy.word("--client-id CLIENT"),
                Some("client") => remedy.word("--client-certificate FILE --client-key FILE"),
                Some("cloud") => remedy.word("--role-arn ROLE"),
                _ => remedy.word("--file FILE"),
            };
            let finding = Finding::new(&RULE, view, object, summary, remedy);
            // A connection is told of once, however many hosts it shares.
            found.entry((instance, name)).or_insert_with(|| finding.extending(others));
        }
    }
    Ok(found.into_values().collect())
}

/// What a connection authenticates with: in words, and what makes it the same elsewhere.
fn credentials(connection: &Connection) -> Vec<(String, String)> {
    let document = &connection.document;
    let text = |value: &Value| value.as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    let (kafka, registry) =
        (&document["authentication"], &document["schemaRegistryAuthentication"]);
    let mut found = Vec::new();
    if let Some(user) = text(&kafka["username"]) {
        let brokers = text(&document["bootstrapServers"]).unwrap_or_default();
        let at = brokers.split(',').map(site).collect::<BTreeSet<_>>();
        found.extend(
            at.into_iter().map(|site| (format!("user {user}"), format!("kafka {site} {user}"))),
        );
    }
    if let Some(user) = text(&registry["username"]) {
        let urls = document["schemaRegistryUrls"].as_array().into_iter().flatten();
        let at = urls.filter_map(Value::as_str).map(site).collect::<BTreeSet<_>>();
        found.extend(
            at.into_iter().map(|site| (format!("user {user}"), format!("registry {site} {user}"))),
        );
    }
    if let Some(client) = text(&kafka["clientId"]) {
        let at = text(&kafka["tokenEndpointUrl"]).unwrap_or_default();
        found.push((format!("OAuth client {client}"), format!("oauth {at} {client}")));
    }
    if let Some(certificate) = text(&kafka["sslCertificate"]) {
        let packed: String = certificate.split_whitespace().collect();
        found.push(("client certificate".to_owned(), packed));
    }
    let roles = [&document["aws"]["roleArn"], &kafka["aws"]["roleArn"]];
    found.extend(roles.into_iter().filter_map(text).map(|arn| (format!("cloud role {arn}"), arn)));
    let principals =
        [&document["azure"]["servicePrincipalId"], &document["gcp"]["serviceAccountId"]];
    let principals = principals.into_iter().filter_map(text);
    found.extend(principals.map(|id| (format!("principal {id}"), id)));
    found
}

/// What hosts of one cluster have in common: all but the first part of a name; an address as it is.
fn site(host: &str) -> String {
    let host = host.trim().to_ascii_lowercase();
    let host = host.split_once("://").map_or(host.as_str(), |(_, rest)| rest);
    let host = host.split('/').next().unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let is_address = name.trim_matches(['[', ']']).parse::<std::net::IpAddr>().is_ok();
    match name.split_once('.') {
        Some((_, rest)) if !is_address && rest.contains('.') => rest.to_owned(),
        _ => name.to_owned(),
    }
}
