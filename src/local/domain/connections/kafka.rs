//! What a connection to Kafka may be.

use serde_json::{Value, json};

use super::parts::{as_text, aws_role, filled, web};
use crate::local::domain::refusal::Refusal;
use crate::local::domain::{Outcome, known_keys};

/// Checks a connection to Kafka, and fills in what Atlas does.
pub(super) fn kafka(connection: &mut Value, before: Option<&Value>) -> Outcome<()> {
    let host_and_port = |server: &str| {
        server.trim().rsplit_once(':').is_some_and(|(host, port)| {
            !host.is_empty()
                && !host.contains('@')
                && port.parse::<u16>().is_ok_and(|port| port > 0)
        })
    };
    let servers = connection["bootstrapServers"].as_str().unwrap_or_default();
    if servers.is_empty() || !servers.split(',').all(host_and_port) {
        let detail = "it must be host:port, several separated by commas";
        return Err(Refusal::invalid("bootstrapServers", detail));
    }
    let texts = |config: &Value| {
        config.as_object().is_some_and(|config| config.values().all(Value::is_string))
    };
    if !connection["config"].is_null() && !texts(&connection["config"]) {
        return Err(Refusal::invalid("config", "it must be an object of texts"));
    }
    security(connection)?;
    authentication(connection, before)?;
    if connection["networking"].is_null() {
        connection["networking"] = json!({ "access": { "type": "PUBLIC" } });
    }
    Ok(())
}

/// How brokers are reached. The document leaves `PLAINTEXT` out, which Atlas takes.
const PROTOCOLS: [&str; 4] = ["SASL_PLAINTEXT", "SASL_SSL", "SSL", "PLAINTEXT"];

fn security(connection: &mut Value) -> Outcome<()> {
    if connection["security"].is_null() {
        connection["security"] = json!({ "protocol": "SASL_SSL" });
    }
    let security = &connection["security"];
    known_keys("security", security, &["protocol", "brokerPublicCertificate", "links"])?;
    let protocol = security["protocol"].as_str().unwrap_or_default();
    if !PROTOCOLS.contains(&protocol) {
        let detail = format!("it must be one of {}", PROTOCOLS.join(", "));
        return Err(Refusal::invalid("security.protocol", detail));
    }
    if connection["networking"]["access"]["type"] == "VPC" && protocol != "SASL_SSL" {
        let detail = "a connection through a VPC peering needs SASL_SSL";
        return Err(Refusal::invalid("security.protocol", detail));
    }
    certificate("security.brokerPublicCertificate", &security["brokerPublicCertificate"])
}

/// A certificate is shown again, so it must not be anything else.
fn certificate(attribute: &str, value: &Value) -> Outcome<()> {
    let is_pem = value
        .as_str()
        .is_some_and(|pem| pem.contains("BEGIN CERTIFICATE") && !pem.contains("PRIVATE KEY"));
    match value.is_null() || is_pem {
        true => Ok(()),
        false => Err(Refusal::invalid(attribute, "it must be a certificate in PEM form")),
    }
}

/// Mechanisms by which a user with a password is authenticated.
pub(super) const BY_PASSWORD: [&str; 3] = ["PLAIN", "SCRAM-256", "SCRAM-512"];

/// How the instance proves itself to the brokers; a secret of the same kind that is there already
/// need not be given again.
fn authentication(connection: &Value, before: Option<&Value>) -> Outcome<()> {
    const KNOWN: &[&str] = &[
        "mechanism",
        "username",
        "password",
        "method",
        "clientId",
        "clientSecret",
        "tokenEndpointUrl",
        "scope",
        "saslOauthbearerExtensions",
        "sslCertificate",
        "sslKey",
        "sslKeyPassword",
        "aws",
        "links",
    ];
    let given = &connection["authentication"];
    known_keys("authentication", given, KNOWN)?;
    for key in KNOWN.iter().filter(|key| !matches!(**key, "aws" | "links")) {
        as_text(&format!("authentication.{key}"), &given[*key])?;
    }
    if given["sslCertificate"].as_str().is_some_and(|pem| pem.contains("PRIVATE KEY")) {
        let detail = "it contains a private key, which belongs in sslKey";
        return Err(Refusal::invalid("authentication.sslCertificate", detail));
    }
    if !given["tokenEndpointUrl"].is_null() && !web(&given["tokenEndpointUrl"]) {
        let detail = "it must be the URL of a web service";
        return Err(Refusal::invalid("authentication.tokenEndpointUrl", detail));
    }
    let had = before.map(|before| &before["authentication"]["mechanism"]);
    let needs = |names: &[&str], secret: &str, kept: bool| {
        let lacking = names.iter().find(|name| filled(&given[**name]).is_none());
        match lacking {
            Some(name) => Err(Refusal::missing(&format!("authentication.{name}"))),
            None if kept || filled(&given[secret]).is_some() => Ok(()),
            None => Err(Refusal::missing(&format!("authentication.{secret}"))),
        }
    };
    match given["mechanism"].as_str() {
        Some(mechanism) if BY_PASSWORD.contains(&mechanism) => {
            let kept = had.and_then(Value::as_str).is_some_and(|had| BY_PASSWORD.contains(&had));
            needs(&["username"], "password", kept)
        }
        Some("OAUTHBEARER") => {
            let kept = had.is_some_and(|had| had == "OAUTHBEARER");
            needs(&["clientId", "tokenEndpointUrl"], "clientSecret", kept)
        }
        // The brokers trust a role, so there is no secret.
        Some("AWS_MSK_IAM") => aws_role("authentication.aws", &given["aws"]),
        None if connection["security"]["protocol"] == "SSL" => {
            let kept = before.is_some_and(|before| before["security"]["protocol"] == "SSL");
            needs(&["sslCertificate"], "sslKey", kept)
        }
        _ => {
            let detail = "it must be one of PLAIN, SCRAM-256, SCRAM-512, OAUTHBEARER, AWS_MSK_IAM";
            Err(Refusal::invalid("authentication.mechanism", detail))
        }
    }
}
