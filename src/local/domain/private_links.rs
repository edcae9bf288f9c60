//! Private links, through which connections reach a provider's services without the internet.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::refusal::{Reason, Refusal, Subject};
use super::{Attributes, Listing, Outcome, Part, Work, text};
use crate::local::store::docs::{self, kind};
use crate::local::store::meta;

/// How long an endpoint takes to come up, and to go.
const WORKING: SignedDuration = SignedDuration::from_secs(2);

/// What a body may hold besides `provider`.
const TEXTS: [&str; 6] =
    ["arn", "authenticationScheme", "dnsDomain", "region", "serviceEndpointId", "vendor"];
const LISTS: [&str; 4] =
    ["azureResourceIds", "dnsSubDomain", "gcpConnectionIds", "gcpServiceAttachmentUris"];
/// How connections through a link to MSK may be authenticated.
const SCHEMES: [&str; 3] = ["TLS", "SASL_SCRAM", "IAM"];
/// What the document calls read-only; a body that holds it is a copy of an answer.
const READ_ONLY: [&str; 7] = [
    "_id",
    "errorMessage",
    "interfaceEndpointId",
    "interfaceEndpointName",
    "links",
    "providerAccountId",
    "state",
];

/// The vendors of a provider, each with the attributes that it cannot do without. The document asks
/// for domains of AWS CONFLUENT too, but an update can set one that is not there yet.
const VENDORS: &[(&str, &str, &[&str])] = &[
    ("AWS", "GENERIC", &[]),
    ("AWS", "MSK", &["arn"]),
    ("AWS", "CONFLUENT", &["serviceEndpointId"]),
    ("AWS", "KINESIS", &["region"]),
    ("AWS", "S3", &["region"]),
    ("AWS", "LAMBDA", &["region"]),
    ("AZURE", "GENERIC", &[]),
    ("AZURE", "EVENTHUB", &["serviceEndpointId", "dnsDomain"]),
    ("AZURE", "CONFLUENT", &["azureResourceIds", "dnsDomain"]),
    ("AZURE", "AZURE_BLOB_STORAGE", &[]),
    ("GCP", "GENERIC", &[]),
    ("GCP", "CONFLUENT", &["gcpServiceAttachmentUris"]),
    ("GCP", "PUBSUB", &[]),
];

/// A private link of a project, by its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkId<'a> {
    /// Id of the project.
    pub project: &'a str,
    /// The link's id.
    pub id: &'a str,
}

/// A part of a project's private links.
pub fn list(work: &Work<'_>, project: &str, part: Part) -> Outcome<Listing> {
    work.list(kind::PRIVATE_LINK, project, part)
}

/// One of them.
pub fn get(work: &Work<'_>, link: LinkId<'_>) -> Outcome {
    let LinkId { project, id } = link;
    work.get(kind::PRIVATE_LINK, project, id)?.ok_or_else(|| {
        let detail = format!("No private link {id} exists in group {project}.");
        Refusal::not_found(Subject::PrivateLink, id, detail)
    })
}

/// Creates a private link; returns what was wanted, with the id.
pub fn create(work: &Work<'_>, project: &str, given: &Attributes) -> Outcome {
    let (provider, vendor) = kind_of(given)?;
    let mut link = json!({ "_id": meta::next_id(work.db)? });
    for (name, value) in given {
        let name = name.as_str();
        let fits = match value {
            Value::String(_) => name == "provider" || TEXTS.contains(&name),
            Value::Array(items) => LISTS.contains(&name) && items.iter().all(Value::is_string),
            _ => false,
        };
        match fits {
            true => link[name] = value.clone(),
            false if READ_ONLY.contains(&name) || value.is_null() => {}
            false => return Err(Refusal::invalid(name, "there is none with this name and type")),
        }
    }
    let scheme = text(&link, "authenticationScheme");
    if link["authenticationScheme"].is_string() && !SCHEMES.contains(&scheme) {
        let detail = format!("it must be one of {}", SCHEMES.join(", "));
        return Err(Refusal::invalid("authenticationScheme", detail));
    }
    let twin = |other: &Value| {
        let same = |name: &str| other[name] == link[name];
        let target = ["arn", "serviceEndpointId"].iter().any(|name| link[*name].is_string());
        target
            && other["provider"] == provider
            && other["vendor"] == vendor
            && ["arn", "serviceEndpointId", "region"].into_iter().all(same)
    };
    let standing = work.all(kind::PRIVATE_LINK, project)?;
    if let Some(twin) = standing.iter().find(|other| twin(other)) {
        let id = text(twin, "_id");
        let detail = format!("The private link {id} already leads there.");
        return Err(Refusal::taken(Subject::PrivateLink, id, detail));
    }
    // The answer repeats what was sent; what is stored has its final spelling, and a state.
    let echo = link.clone();
    link["provider"] = provider.into();
    link["vendor"] = vendor.into();
    link["state"] = "IDLE".into();
    if vendor == "MSK" && link["region"].is_null() {
        // The cluster's own: arn:aws:kafka:REGION:…
        let region = text(&link, "arn").split(':').nth(3).unwrap_or_default().to_owned();
        link["region"] = region.into();
    }
    let id = text(&echo, "_id");
    let mut done = json!({ "state": "DONE" });
    match provider {
        "AWS" => done["interfaceEndpointId"] = format!("vpce-{}", &id[..17]).into(),
        _ => done["interfaceEndpointName"] = format!("pe-{id}").into(),
    }
    docs::becomes(&mut link, later(work), done);
    docs::insert(work.db, work.now, kind::PRIVATE_LINK, project, id, &link, None)?;
    Ok(echo)
}

/// Provider and vendor in the document's spelling, with all that the two need.
fn kind_of(given: &Attributes) -> Outcome<(&'static str, &'static str)> {
    let name = |key: &str| given.get(key).and_then(Value::as_str).map(str::to_uppercase);
    let Some(provider) = name("provider") else {
        return Err(Refusal::missing("provider"));
    };
    let vendor = name("vendor").unwrap_or_else(|| "GENERIC".to_owned());
    let known = VENDORS.iter().find(|(p, v, _)| *p == provider && *v == vendor);
    let Some((provider, vendor, needed)) = known else {
        return match VENDORS.iter().any(|(p, ..)| *p == provider) {
            true => Err(Refusal::invalid("vendor", format!("{provider} has no {vendor}"))),
            false => Err(Refusal::invalid("provider", "it must be AWS, AZURE or GCP")),
        };
    };
    let lacks = |name: &&&str| given.get(**name).is_none_or(Value::is_null);
    if let Some(missing) = needed.iter().find(lacks) {
        let detail = format!("A private link to {vendor} on {provider} needs {missing}.");
        return Err(Refusal::new(Reason::Missing, Subject::Attribute, missing, detail));
    }
    Ok((provider, vendor))
}

/// Changes the DNS domain of a link, which is all that can be changed.
pub fn update(work: &Work<'_>, own: LinkId<'_>, given: &Attributes) -> Outcome {
    let mut link = get(work, own)?;
    let mut wanted = None;
    for (name, value) in given {
        match (name.as_str(), value) {
            ("dnsDomain", Value::String(domain)) => wanted = Some(domain.clone()),
            ("dnsDomain", _) => return Err(Refusal::invalid(name, "it must be text")),
            _ => return Err(Refusal::invalid(name, "only dnsDomain can be changed")),
        }
    }
    let Some(domain) = wanted else { return Ok(link) };
    if link.get("dnsDomain").is_some() && link["state"] != "IDLE" {
        let detail = "A DNS domain that is set can be changed only while the link is IDLE.";
        return Err(Refusal::new(Reason::WrongState, Subject::PrivateLink, own.id, detail));
    }
    let idle = link["state"] == "IDLE";
    link["dnsDomain"] = domain.into();
    if idle {
        docs::becomes(&mut link, later(work), json!({ "state": "DONE" }));
    }
    docs::update(work.db, kind::PRIVATE_LINK, own.project, own.id, &link, None)?;
    if let Some(fields) = link.as_object_mut() {
        fields.retain(|name, _| !name.starts_with('_') || name == "_id");
    }
    Ok(link)
}

/// Deletes a link that no connection uses.
pub fn delete(work: &Work<'_>, own: LinkId<'_>) -> Outcome<()> {
    let (mut link, LinkId { project, id }) = (get(work, own)?, own);
    if link["state"] == "DELETING" {
        let detail = format!("The private link {id} is already being deleted.");
        return Err(Refusal::new(Reason::BeingDeleted, Subject::PrivateLink, id, detail));
    }
    let below = format!("{project}/");
    let connections = docs::list_below(work.db, work.now, kind::CONNECTION, &below)?;
    let uses = |c: &&Value| c["networking"]["access"]["connectionId"] == id;
    if let Some(user) = connections.iter().find(uses) {
        let detail = format!("The connection {} uses private link {id}.", text(user, "name"));
        return Err(Refusal::in_use(Subject::PrivateLink, id, Subject::Connection, detail));
    }
    link["state"] = "DELETING".into();
    let gone = Some(later(work));
    Ok(docs::update(work.db, kind::PRIVATE_LINK, project, id, &link, gone)?)
}

fn later(work: &Work<'_>) -> Timestamp {
    work.now.checked_add(WORKING).unwrap_or(work.now)
}
