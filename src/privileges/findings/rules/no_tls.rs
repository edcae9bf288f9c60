//! Connections that send in clear text.

use serde_json::Value;

use crate::privileges::findings::remedy::Remedy;
use crate::privileges::findings::{Family, Finding, Object, Rule, Severity, Skipped, View};

pub(super) static RULE: Rule = Rule {
    id: "SP203",
    name: "no-tls",
    family: Family::NetworkExposure,
    severity: Severity::High,
    title: "Connection without TLS",
    what: "A Kafka connection whose protocol is not SASL_SSL or SSL, or a webhook or a schema registry at a \
plain http address.",
    why: "Records, and with PLAIN the password itself, can be read and changed by whoever is on the way.",
    passes: "Any way that is encrypted, by a private link too: a private network alone does not encrypt.",
    mend: "Let the broker listen with TLS and change the protocol, for most together with the port in the \
list of brokers; or use the https address.",
    needs: None,
    look,
};

fn look(view: &View<'_>) -> Result<Vec<Finding>, Skipped> {
    let found = view.connections().filter_map(|(instance, connection)| {
        let document = &connection.document;
        let remedy = || {
            Remedy::new("connections update")
                .name(&connection.name)
                .option("--instance", &instance.name)
        };
        let (summary, remedy) = match connection.kind.as_str() {
            "Kafka" => {
                let protocol = document["security"]["protocol"].as_str();
                if protocol.is_some_and(is_encrypted) {
                    return None;
                }
                let is_known = protocol.unwrap_or("no protocol");
                let to = if document["authentication"]["sslCertificate"].is_string()
                    && document["authentication"]["username"].is_null()
                {
                    "SSL"
                } else {
                    "SASL_SSL"
                };
                (format!("{is_known}: without TLS"), remedy().option("--protocol", to))
            }
            _ => {
                let address = plain_address(document)?;
                let registry = "SchemaRegistry";
                let option = if connection.kind == registry { "--registry-url" } else { "--url" };
                // What stands around a host in an address may be a secret.
                let host = address.rsplit('@').next().unwrap_or_default();
                let host = host.split(['/', '?', '#']).next().unwrap_or_default();
                let remedy = match address.trim_end_matches('/') == host {
                    true => remedy().option(option, &format!("https://{host}")),
                    false => remedy().word(option).word("HTTPS-ADDRESS"),
                };
                (format!("http://{host}: without TLS"), remedy)
            }
        };
        let object = Object::inside("connection", &connection.name, &instance.name);
        Some(Finding::new(&RULE, view, object, summary, remedy))
    });
    Ok(found.collect())
}

fn is_encrypted(protocol: &str) -> bool {
    ["SASL_SSL", "SSL"].iter().any(|known| protocol.eq_ignore_ascii_case(known))
}

/// The address that a webhook or a registry has without encryption, behind its scheme. A policy may
/// hold a reference in its place, beside what of it is no secret.
fn plain_address(document: &Value) -> Option<&str> {
    let registries = document["schemaRegistryUrls"].as_array().into_iter().flatten();
    let urls = registries.chain([&document["url"], &document["url"]["shown"]]);
    let plain =
        |url: &'_ str| url.get(..7).is_some_and(|begin| begin.eq_ignore_ascii_case("http://"));
    let mut urls = urls.filter_map(Value::as_str).map(str::trim).filter(|url| plain(url));
    urls.next()?.get(7..)
}
