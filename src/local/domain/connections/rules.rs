//! What the attributes of a connection may be, type by type.

use serde_json::Value;

use super::kafka::{BY_PASSWORD, kafka};
use super::parts::{as_text, aws_role, filled, part, says_nothing, web};
use crate::local::domain::actor::Realm;
use crate::local::domain::refusal::{Refusal, Subject};
use crate::local::domain::{Attributes, Outcome, Work, known_keys, without};
use crate::local::secrets;
use crate::local::store::docs::{self, kind};
use crate::privileges::catalogue::built_in;

/// The attributes that each type has besides the common ones; the required ones come first,
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

/// Parts that only some kinds of an attribute have, and where the kind stands. A body that names
/// another kind takes them away.
const OF_KINDS: &[(&str, &str, &[&str], &[&str])] = &[
    ("authentication", "/mechanism", &BY_PASSWORD, &["/username"]),
    (
        "authentication",
        "/mechanism",
        &["OAUTHBEARER"],
        &["/method", "/clientId", "/tokenEndpointUrl", "/scope", "/saslOauthbearerExtensions"],
    ),
    ("authentication", "/mechanism", &["AWS_MSK_IAM"], &["/aws"]),
    ("networking", "/access/type", &["PRIVATE_LINK"], &["/access/connectionId"]),
    ("networking", "/access/type", &["TRANSIT_GATEWAY"], &["/access/tgwRouteId"]),
    ("publicPrivateNetworking", "/access/type", &["PRIVATE_LINK"], &["/access/connectionId"]),
    ("schemaRegistryAuthentication", "/type", &["USER_INFO"], &["/username"]),
];

/// Checks a name, which is used in pipelines and paths.
pub(super) fn name(name: &Value) -> Outcome<&str> {
    let fits = |name: &&str| {
        (1..=64).contains(&name.len())
            && name.starts_with(|c: char| c.is_ascii_alphanumeric())
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.*".contains(&b))
    };
    if name.is_null() {
        return Err(Refusal::missing("name"));
    }
    name.as_str().filter(fits).ok_or_else(|| {
        let detail = "it must be 1 to 64 letters, digits, hyphens, underscores, dots and asterisks";
        Refusal::invalid("name", detail)
    })
}

/// The type that a body names.
pub(super) fn type_of(given: &Attributes) -> Outcome<&'static str> {
    let Some(given) = given.get("type") else { return Err(Refusal::missing("type")) };
    TYPES.iter().map(|(name, ..)| *name).find(|name| given == name).ok_or_else(|| {
        let names: Vec<&str> = TYPES.iter().map(|(name, ..)| *name).collect();
        Refusal::invalid("type", format!("it must be one of {}", names.join(", ")))
    })
}

/// Takes over what a body gives, and checks what comes of it; `before` is the connection that is
/// being changed. Secrets are looked at and forgotten.
pub(super) fn merge(
    work: &Work<'_>,
    project: &str,
    connection: &mut Value,
    given: &Attributes,
    before: Option<&Value>,
) -> Outcome<()> {
    let kind = connection["type"].as_str().unwrap_or_default().to_owned();
    let (required, known) = TYPES
        .iter()
        .find(|(name, ..)| *name == kind)
        .map_or((0, &[][..]), |(_, required, known)| (*required, *known));
    for (key, value) in given {
        let key = key.as_str();
        if key == "region" && !value.is_null() {
            connection[key] = as_text(key, value)?.into();
        } else if COMMON.contains(&key) || (!known.contains(&key) && says_nothing(value)) {
        } else if !known.contains(&key) {
            let detail = format!("a {kind} connection has no such attribute");
            return Err(Refusal::invalid(key, detail));
        } else if value.is_null() || (key == "clusterGroupId" && value == "") {
            without(connection, key);
        } else if MERGED.contains(&key) && connection[key].is_object() && value.is_object() {
            leave_kinds(&mut connection[key], key, value);
            merge_parts(&mut connection[key], value);
        } else {
            connection[key] = value.clone();
        }
    }
    for key in known.iter().take(required) {
        if connection[key].is_null() {
            return Err(Refusal::missing(key));
        }
    }
    match kind.as_str() {
        "Kafka" => kafka(connection, before)?,
        "Cluster" => cluster(work, project, connection)?,
        "Sample" => sample(connection)?,
        "Https" => https(connection)?,
        "SchemaRegistry" => registry(connection, before)?,
        "AzureBlobStorage" => {
            part(
                "azure",
                &connection["azure"],
                &["storageAccountName", "servicePrincipalId", "region"],
                2,
            )?;
        }
        "GCPPubSub" => part("gcp", &connection["gcp"], &["serviceAccountId"], 1)?,
        _ => aws_role("aws", &connection["aws"])?,
    }
    for (way, known) in [
        ("networking", &["PUBLIC", "VPC", "PRIVATE_LINK", "TRANSIT_GATEWAY"][..]),
        ("publicPrivateNetworking", &["PUBLIC", "PRIVATE_LINK"][..]),
    ] {
        if !connection[way].is_null() {
            networking(work, project, way, &connection[way]["access"], known)?;
        }
    }
    secrets::hide(connection);
    Ok(())
}

/// Takes away what belongs to other kinds than the one that a body names.
fn leave_kinds(stored: &mut Value, attribute: &str, given: &Value) {
    for (of, place, kinds, parts) in OF_KINDS {
        let Some(kind) = given.pointer(place).filter(|_| *of == attribute) else { continue };
        if kinds.iter().any(|known| kind == known) {
            continue;
        }
        for (holder, part) in parts.iter().filter_map(|part| part.rsplit_once('/')) {
            if let Some(holder) = stored.pointer_mut(holder) {
                without(holder, part);
            }
        }
    }
}

fn merge_parts(into: &mut Value, given: &Value) {
    for (key, value) in given.as_object().into_iter().flatten() {
        match value {
            Value::Null => without(into, key),
            Value::Object(_) if into[key].is_object() => merge_parts(&mut into[key], value),
            _ => into[key] = value.clone(),
        }
    }
}

/// The cluster must be there, in this project or in another of its organisation, and the role too.
fn cluster(work: &Work<'_>, own: &str, connection: &Value) -> Outcome<()> {
    let org = |project: &str| {
        docs::find(work.db, kind::PROJECT, project).map(|found| found.map(|(org, _)| org))
    };
    let project = match as_text("clusterGroupId", &connection["clusterGroupId"])? {
        "" => own.to_owned(),
        project => project.to_owned(),
    };
    // Not only if it is named now: changing a connection decides what it does there.
    if project != own {
        work.authorize("createGroupStreamConnection", Realm::Project(&project))?;
    }
    let name = as_text("clusterName", &connection["clusterName"])?;
    let reachable = project == own || org(&project)? == org(own)?;
    if !reachable || work.get(kind::CLUSTER, &project, name)?.is_none() {
        let detail = format!("No cluster named {name} exists in group {project}.");
        return Err(Refusal::not_found(Subject::Cluster, name, detail));
    }
    let role = &connection["dbRoleToExecute"];
    if !role.is_null() {
        executed_role(work, &project, role)?;
    }
    Ok(())
}

fn executed_role(work: &Work<'_>, project: &str, role: &Value) -> Outcome<()> {
    known_keys("dbRoleToExecute", role, &["role", "type", "links"])?;
    let name = as_text("dbRoleToExecute.role", &role["role"])?;
    let exists = match role["type"].as_str() {
        Some("BUILT_IN") => built_in::for_connections().any(|role| role.name == name),
        Some("CUSTOM") => work.get(kind::CUSTOM_ROLE, project, name)?.is_some(),
        _ => {
            let detail = "it must be BUILT_IN or CUSTOM";
            return Err(Refusal::invalid("dbRoleToExecute.type", detail));
        }
    };
    match exists {
        true => Ok(()),
        false => {
            let detail = format!("No role named {name} that a connection can execute as exists.");
            Err(Refusal::unfit(Subject::ExecutedRole, name, detail))
        }
    }
}

fn sample(connection: &Value) -> Outcome<()> {
    match connection["name"].as_str().is_some_and(|name| name.starts_with("sample_stream_")) {
        true => Ok(()),
        false => {
            let detail = "a Sample connection goes by its source, such as sample_stream_solar";
            Err(Refusal::invalid("name", detail))
        }
    }
}

fn https(connection: &Value) -> Outcome<()> {
    if !web(&connection["url"]) {
        return Err(Refusal::invalid("url", "it must be the URL of a web service"));
    }
    let headers = &connection["headers"];
    let texts = headers.as_object().is_some_and(|all| all.values().all(Value::is_string));
    match headers.is_null() || texts {
        true => Ok(()),
        false => Err(Refusal::invalid("headers", "it must be an object of texts")),
    }
}

fn registry(connection: &Value, before: Option<&Value>) -> Outcome<()> {
    if connection["provider"] != "CONFLUENT" {
        return Err(Refusal::invalid("provider", "it must be CONFLUENT"));
    }
    let urls = connection["schemaRegistryUrls"].as_array();
    if !urls.is_some_and(|urls| (1..=10).contains(&urls.len()) && urls.iter().all(web)) {
        let detail = "it must be a list of 1 to 10 URLs";
        return Err(Refusal::invalid("schemaRegistryUrls", detail));
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
            if filled(&given["username"]).is_none() {
                return Err(Refusal::missing(&format!("{holder}.username")));
            }
            match kept || filled(&given["password"]).is_some() {
                true => Ok(()),
                false => Err(Refusal::missing(&format!("{holder}.password"))),
            }
        }
        _ => {
            let detail = "it must be USER_INFO or SASL_INHERIT";
            Err(Refusal::invalid(&format!("{holder}.type"), detail))
        }
    }
}

fn networking(
    work: &Work<'_>,
    project: &str,
    way: &str,
    access: &Value,
    known: &[&str],
) -> Outcome<()> {
    let attribute = format!("{way}.access");
    known_keys(&attribute, access, &["type", "connectionId", "name", "tgwRouteId", "links"])?;
    for key in ["connectionId", "name", "tgwRouteId"] {
        as_text(&format!("{attribute}.{key}"), &access[key])?;
    }
    let way = access["type"].as_str().unwrap_or_default();
    if !known.contains(&way) {
        let detail = format!("type must be one of {}", known.join(", "));
        return Err(Refusal::invalid(&attribute, detail));
    }
    if way != "PRIVATE_LINK" {
        return Ok(());
    }
    let Some(id) = filled(&access["connectionId"]) else {
        return Err(Refusal::missing(&format!("{attribute}.connectionId")));
    };
    match work.get(kind::PRIVATE_LINK, project, id)? {
        Some(_) => Ok(()),
        None => {
            let detail = format!("No private link connection with ID {id} exists.");
            Err(Refusal::not_found(Subject::PrivateLink, id, detail))
        }
    }
}

/// The types whose connections can fail over to another region.
pub(super) const FAILOVER_TYPES: &[&str] = &["Kafka", "Cluster"];
