//! What the attributes of a connection may be, type by type.

use serde_json::{Map, Value, json};

use super::user_rules::known_keys;
use crate::local::access::{self, Place};
use crate::local::refusal::Refusal;
use crate::local::request::Call;
use crate::local::secrets;
use crate::local::store::docs::{self, kind};
use crate::privileges::catalogue::built_in;

/// The attributes that each type has beside the common ones; those that must be there come first,
/// as many as the number says.
const TYPES: &[(&str, usize, &[&str])] = &[
    ("Kafka", 2, &["bootstrapServers", "authentication", "security", "config", "networking"]),
    ("Cluster", 1, &["clusterName", "clusterGroupId", "dbRoleToExecute"]),
    ("Sample", 0, &[]),
    ("Https", 1, &["url", "headers"]),
    ("AWSLambda", 1, &["aws", "publicPrivateNetworking"]),
    ("S3", 1, &["aws", "networking"]),
    ("AWSKinesisDataStreams", 1, &["aws", "networking"]),
    ("SchemaRegistry", 3, &["provider", "schemaRegistryUrls", "schemaRegistryAuthentication"]),
    ("AzureBlobStorage", 1, &["azure", "publicPrivateNetworking"]),
    ("GCPPubSub", 1, &["gcp", "publicPrivateNetworking"]),
];

/// What a body may repeat from an answer.
const COMMON: &[&str] = &["id", "links", "name", "region", "state", "type"];

/// Attributes whose parts a body may name alone; the others are replaced whole.
const MERGED: &[&str] = &[
    "authentication",
    "security",
    "networking",
    "publicPrivateNetworking",
    "aws",
    "azure",
    "gcp",
    "schemaRegistryAuthentication",
];

fn missing(name: &str) -> Refusal {
    let detail = format!("The required attribute {name} was not specified.");
    Refusal::bad("MISSING_ATTRIBUTE", detail)
}

/// Checks a name, which stands in pipelines and paths.
pub fn name(name: &Value) -> Result<&str, Refusal> {
    let fits = |name: &&str| {
        (1..=64).contains(&name.len())
            && name.starts_with(|c: char| c.is_ascii_alphanumeric())
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
    };
    if name.is_null() {
        return Err(missing("name"));
    }
    name.as_str().filter(fits).ok_or_else(|| {
        let detail = "it must be 1 to 64 letters, digits, hyphens, underscores and dots";
        Refusal::attribute("name", detail)
    })
}

/// The type that a body names.
pub fn type_of(given: &Map<String, Value>) -> Result<&'static str, Refusal> {
    let Some(given) = given.get("type") else { return Err(missing("type")) };
    TYPES.iter().map(|(name, ..)| *name).find(|name| given == name).ok_or_else(|| {
        let names: Vec<&str> = TYPES.iter().map(|(name, ..)| *name).collect();
        Refusal::attribute("type", format!("it must be one of {}", names.join(", ")))
    })
}

/// Takes over what a body gives, and checks what comes of it; `before` is the connection that is
/// being changed. Secrets are looked at and forgotten.
pub fn merge(
    call: &Call<'_>,
    connection: &mut Value,
    given: &Map<String, Value>,
    before: Option<&Value>,
) -> Result<(), Refusal> {
    let kind = connection["type"].as_str().unwrap_or_default().to_owned();
    let (required, known) = TYPES
        .iter()
        .find(|(name, ..)| *name == kind)
        .map_or((0, &[][..]), |(_, required, known)| (*required, *known));
    for (key, value) in given {
        let key = key.as_str();
        if key == "region" && !value.is_null() {
            connection[key] = as_text(key, value)?.into();
        } else if COMMON.contains(&key) {
        } else if !known.contains(&key) {
            let detail = format!("a {kind} connection has no such attribute");
            return Err(Refusal::attribute(key, detail));
        } else if value.is_null() {
            if let Some(fields) = connection.as_object_mut() {
                fields.shift_remove(key);
            }
        } else if MERGED.contains(&key) && connection[key].is_object() && value.is_object() {
            merge_parts(&mut connection[key], value);
        } else {
            connection[key] = value.clone();
        }
    }
    for key in known.iter().take(required) {
        if connection[key].is_null() {
            return Err(missing(key));
        }
    }
    match kind.as_str() {
        "Kafka" => kafka(connection, before)?,
        "Cluster" => cluster(call, connection)?,
        "Sample" => sample(connection)?,
        "Https" => https(connection)?,
        "SchemaRegistry" => registry(connection, before)?,
        "AzureBlobStorage" => {
            part(connection, "azure", &["storageAccountName", "servicePrincipalId", "region"], 2)?;
        }
        "GCPPubSub" => part(connection, "gcp", &["serviceAccountId"], 1)?,
        _ => aws(connection)?,
    }
    for (way, known) in [
        ("networking", &["PUBLIC", "VPC", "PRIVATE_LINK", "TRANSIT_GATEWAY"][..]),
        ("publicPrivateNetworking", &["PUBLIC", "PRIVATE_LINK"][..]),
    ] {
        if !connection[way].is_null() {
            networking(call, way, &connection[way]["access"], known)?;
        }
    }
    secrets::hide(connection);
    Ok(())
}

fn merge_parts(into: &mut Value, given: &Value) {
    for (key, value) in given.as_object().into_iter().flatten() {
        match value {
            Value::Null => {
                if let Some(fields) = into.as_object_mut() {
                    fields.shift_remove(key);
                }
            }
            Value::Object(_) if into[key].is_object() => merge_parts(&mut into[key], value),
            _ => into[key] = value.clone(),
        }
    }
}

fn text(value: &Value) -> Option<&str> {
    value.as_str().filter(|text| !text.is_empty())
}

/// What must be text where it is there at all.
fn as_text<'a>(name: &str, value: &'a Value) -> Result<&'a str, Refusal> {
    match value {
        Value::Null => Ok(""),
        Value::String(text) => Ok(text),
        _ => Err(Refusal::attribute(name, "it must be text")),
    }
}

/// An object of texts, of which the first so many must be there.
fn part(connection: &Value, name: &str, known: &[&str], required: usize) -> Result<(), Refusal> {
    known_keys(name, &connection[name], known)?;
    for key in known {
        as_text(&format!("{name}.{key}"), &connection[name][*key])?;
    }
    match known.iter().take(required).find(|key| text(&connection[name][**key]).is_none()) {
        None => Ok(()),
        Some(key) => Err(missing(&format!("{name}.{key}"))),
    }
}

fn aws(connection: &Value) -> Result<(), Refusal> {
    part(connection, "aws", &["roleArn", "testBucket"], 1)?;
    match connection["aws"]["roleArn"].as_str().is_some_and(|arn| arn.starts_with("arn:")) {
        true => Ok(()),
        false => Err(Refusal::attribute("aws.roleArn", "it must be the ARN of an IAM role")),
    }
}

fn kafka(connection: &mut Value, before: Option<&Value>) -> Result<(), Refusal> {
    let host_and_port = |server: &str| {
        server.trim().rsplit_once(':').is_some_and(|(host, port)| {
            !host.is_empty()
                && !host.contains('@')
                && port.parse::<u16>().is_ok_and(|port| port > 0)
        })
    };
    let servers = connection["bootstrapServers"].as_str().unwrap_or_default();
    if servers.is_empty() || !servers.split(',').all(host_and_port) {
        let detail = "it must be host:port, several parted by commas";
        return Err(Refusal::attribute("bootstrapServers", detail));
    }
    let texts = |config: &Value| {
        config.as_object().is_some_and(|config| config.values().all(Value::is_string))
    };
    if !connection["config"].is_null() && !texts(&connection["config"]) {
        return Err(Refusal::attribute("config", "it must be an object of texts"));
    }
    security(connection)?;
    authentication(connection, before)?;
    if connection["networking"].is_null() {
        connection["networking"] = json!({ "access": { "type": "PUBLIC" } });
    }
    Ok(())
}

fn security(connection: &mut Value) -> Result<(), Refusal> {
    if connection["security"].is_null() {
        connection["security"] = json!({ "protocol": "SASL_SSL" });
    }
    let security = &connection["security"];
    known_keys("security", security, &["protocol", "brokerPublicCertificate", "links"])?;
    if !matches!(security["protocol"].as_str(), Some("SASL_PLAINTEXT" | "SASL_SSL" | "SSL")) {
        let detail = "it must be one of SASL_PLAINTEXT, SASL_SSL, SSL";
        return Err(Refusal::attribute("security.protocol", detail));
    }
    certificate("security.brokerPublicCertificate", &security["brokerPublicCertificate"])
}

/// What is a certificate is told again, so it must be nothing else.
fn certificate(attribute: &str, value: &Value) -> Result<(), Refusal> {
    let is_pem = value
        .as_str()
        .is_some_and(|pem| pem.contains("BEGIN CERTIFICATE") && !pem.contains("PRIVATE KEY"));
    match value.is_null() || is_pem {
        true => Ok(()),
        false => Err(Refusal::attribute(attribute, "it must be a certificate in PEM form")),
    }
}

/// How the instance proves itself to the brokers; a secret of the same kind that is there already
/// need not be given again.
fn authentication(connection: &Value, before: Option<&Value>) -> Result<(), Refusal> {
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
        let detail = "it holds a private key, which belongs into sslKey";
        return Err(Refusal::attribute("authentication.sslCertificate", detail));
    }
    if !given["tokenEndpointUrl"].is_null() && !web(&given["tokenEndpointUrl"]) {
        let detail = "it must be the URL of a web service";
        return Err(Refusal::attribute("authentication.tokenEndpointUrl", detail));
    }
    let had = before.map(|before| &before["authentication"]["mechanism"]);
    let needs = |names: &[&str], secret: &str, kept: bool| {
        let lacking = names.iter().find(|name| text(&given[**name]).is_none());
        match lacking {
            Some(name) => Err(missing(&format!("authentication.{name}"))),
            None if kept || text(&given[secret]).is_some() => Ok(()),
            None => Err(missing(&format!("authentication.{secret}"))),
        }
    };
    match given["mechanism"].as_str() {
        Some("PLAIN" | "SCRAM-256" | "SCRAM-512") => {
            let kept = had.is_some_and(|had| !had.is_null() && had != "OAUTHBEARER");
            needs(&["username"], "password", kept)
        }
        Some("OAUTHBEARER") => {
            let kept = had.is_some_and(|had| had == "OAUTHBEARER");
            needs(&["clientId", "tokenEndpointUrl"], "clientSecret", kept)
        }
        None if connection["security"]["protocol"] == "SSL" => {
            let kept = before.is_some_and(|before| before["security"]["protocol"] == "SSL");
            needs(&["sslCertificate"], "sslKey", kept)
        }
        _ => {
            let detail = "it must be one of PLAIN, SCRAM-256, SCRAM-512, OAUTHBEARER";
            Err(Refusal::attribute("authentication.mechanism", detail))
        }
    }
}

/// The cluster must be there, in this project or in another of its organisation, and the role too.
fn cluster(call: &Call<'_>, connection: &mut Value) -> Result<(), Refusal> {
    let org = |project: &str| {
        docs::find(call.db, kind::PROJECT, project).map(|found| found.map(|(org, _)| org))
    };
    let project = match as_text("clusterGroupId", &connection["clusterGroupId"])? {
        "" => call.project().to_owned(),
        project => project.to_owned(),
    };
    // Not only where the body names it: whoever changes a connection decides what it does there.
    if project != call.project() {
        let (operation, there) = ("createGroupStreamConnection", Place::Project(&project));
        access::authorize(call.db, call.now, call.principal, operation, there)?;
    }
    let name = as_text("clusterName", &connection["clusterName"])?;
    let reachable = project == call.project() || org(&project)? == org(call.project())?;
    if !reachable || docs::get(call.db, call.now, kind::CLUSTER, &project, name)?.is_none() {
        let detail = format!("No cluster named {name} exists in group {project}.");
        return Err(Refusal::not_found("CLUSTER_NOT_FOUND", detail));
    }
    let role = &connection["dbRoleToExecute"];
    if !role.is_null() {
        known_keys("dbRoleToExecute", role, &["role", "type", "links"])?;
        let name = as_text("dbRoleToExecute.role", &role["role"])?;
        let exists = match role["type"].as_str() {
            Some("BUILT_IN") => built_in::for_connections().any(|role| role.name == name),
            Some("CUSTOM") => {
                let role = docs::get(call.db, call.now, kind::CUSTOM_ROLE, &project, name)?;
                role.is_some()
            }
            _ => {
                let detail = "it must be BUILT_IN or CUSTOM";
                return Err(Refusal::attribute("dbRoleToExecute.type", detail));
            }
        };
        if !exists {
            let detail = format!("No role named {name} that a connection can execute as exists.");
            return Err(Refusal::bad("STREAM_CONNECTION_INVALID_DB_ROLE", detail));
        }
    }
    connection["clusterGroupId"] = project.into();
    Ok(())
}

fn sample(connection: &Value) -> Result<(), Refusal> {
    match connection["name"].as_str().is_some_and(|name| name.starts_with("sample_stream_")) {
        true => Ok(()),
        false => {
            let detail = "a Sample connection goes by its source, such as sample_stream_solar";
            Err(Refusal::attribute("name", detail))
        }
    }
}

/// Strictly as it is written: what parsers take besides, as `https:user:password@host`, would not
/// be known for an address with a password in it.
fn web(url: &Value) -> bool {
    let Some(text) = url.as_str() else { return false };
    let host = text.split_once("://").map_or("", |(_, behind)| behind);
    let odd = |c: char| c.is_whitespace() || c.is_control() || c == '\\';
    !host.is_empty()
        && !host.starts_with(['/', '@'])
        && !text.contains(odd)
        && url::Url::parse(text).is_ok_and(|url| {
            matches!(url.scheme(), "https" | "http")
                && url.host_str().is_some_and(|h| !h.is_empty())
        })
}

fn https(connection: &Value) -> Result<(), Refusal> {
    if !web(&connection["url"]) {
        return Err(Refusal::attribute("url", "it must be the URL of a web service"));
    }
    let headers = &connection["headers"];
    let texts = headers.as_object().is_some_and(|all| all.values().all(Value::is_string));
    match headers.is_null() || texts {
        true => Ok(()),
        false => Err(Refusal::attribute("headers", "it must be an object of texts")),
    }
}

fn registry(connection: &Value, before: Option<&Value>) -> Result<(), Refusal> {
    if connection["provider"] != "CONFLUENT" {
        return Err(Refusal::attribute("provider", "it must be CONFLUENT"));
    }
    let urls = connection["schemaRegistryUrls"].as_array();
    if !urls.is_some_and(|urls| (1..=10).contains(&urls.len()) && urls.iter().all(web)) {
        let detail = "it must be a list of 1 to 10 URLs";
        return Err(Refusal::attribute("schemaRegistryUrls", detail));
    }
    let holder = "schemaRegistryAuthentication";
    let given = &connection[holder];
    known_keys(holder, given, &["type", "username", "password"])?;
    for key in ["type", "username", "password"] {
        as_text(&format!("{holder}.{key}"), &given[key])?;
    }
    match given["type"].as_str() {
        Some("SASL_INHERIT") => Ok(()),
        Some("USER_INFO") => {
            let kept = before.is_some_and(|before| before[holder]["type"] == "USER_INFO");
            if text(&given["username"]).is_none() {
                return Err(missing(&format!("{holder}.username")));
            }
            match kept || text(&given["password"]).is_some() {
                true => Ok(()),
                false => Err(missing(&format!("{holder}.password"))),
            }
        }
        _ => {
            let detail = "it must be USER_INFO or SASL_INHERIT";
            Err(Refusal::attribute(&format!("{holder}.type"), detail))
        }
    }
}

fn networking(call: &Call<'_>, way: &str, access: &Value, known: &[&str]) -> Result<(), Refusal> {
    let attribute = format!("{way}.access");
    known_keys(&attribute, access, &["type", "connectionId", "name", "tgwRouteId", "links"])?;
    for key in ["connectionId", "name", "tgwRouteId"] {
        as_text(&format!("{attribute}.{key}"), &access[key])?;
    }
    let way = access["type"].as_str().unwrap_or_default();
    if !known.contains(&way) {
        let detail = format!("type must be one of {}", known.join(", "));
        return Err(Refusal::attribute(&attribute, detail));
    }
    if way != "PRIVATE_LINK" {
        return Ok(());
    }
    let Some(id) = text(&access["connectionId"]) else {
        return Err(missing(&format!("{attribute}.connectionId")));
    };
    match docs::get(call.db, call.now, kind::PRIVATE_LINK, call.project(), id)? {
        Some(_) => Ok(()),
        None => {
            let detail = format!("No private link connection with ID {id} exists.");
            Err(Refusal::not_found("STREAM_PRIVATE_LINK_NOT_FOUND", detail))
        }
    }
}

/// The types whose connections can fail over to another region.
pub const FAILOVER_TYPES: &[&str] = &["Kafka", "Cluster"];
