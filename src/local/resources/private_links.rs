//! Private links, through which connections reach a provider's services without the internet.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value, json};

use crate::local::refusal::Refusal;
use crate::local::reply::{self, Outcome, Reply};
use crate::local::request::Call;
use crate::local::routes::Route;
use crate::local::store::docs::{self, kind};
use crate::local::store::meta;

const ALL: &str = "/groups/{groupId}/streams/privateLinkConnections";
const ONE: &str = "/groups/{groupId}/streams/privateLinkConnections/{connectionId}";

pub const ROUTES: &[Route] = &[
    Route::json("listGroupStreamPrivateLinkConnections", "GET", ALL, "2023-02-01", list),
    Route::json("createGroupStreamPrivateLinkConnection", "POST", ALL, "2023-02-01", create),
    Route::json("getGroupStreamPrivateLinkConnection", "GET", ONE, "2023-02-01", get),
    Route::json("updateGroupStreamPrivateLinkConnection", "PATCH", ONE, "2025-03-12", update),
    Route::json("deleteGroupStreamPrivateLinkConnection", "DELETE", ONE, "2023-02-01", delete),
];

/// How long an endpoint takes to come up, and to go.
const WORKING: SignedDuration = SignedDuration::from_secs(2);

/// What a body may hold beside `provider`.
const TEXTS: [&str; 6] =
    ["arn", "authenticationScheme", "dnsDomain", "region", "serviceEndpointId", "vendor"];
const LISTS: [&str; 4] =
    ["azureResourceIds", "dnsSubDomain", "gcpConnectionIds", "gcpServiceAttachmentUris"];
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

/// The vendors of a provider, each with the attributes that it cannot do without.
const VENDORS: &[(&str, &str, &[&str])] = &[
    ("AWS", "GENERIC", &[]),
    ("AWS", "MSK", &["arn"]),
    ("AWS", "CONFLUENT", &["serviceEndpointId", "dnsDomain", "dnsSubDomain"]),
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

fn list(call: &Call<'_>) -> Outcome {
    reply::stored(call, kind::PRIVATE_LINK, call.project())
}

fn get(call: &Call<'_>) -> Outcome {
    find(call).map(Reply::ok)
}

fn create(call: &Call<'_>) -> Outcome {
    let given = call.object()?;
    let (provider, vendor) = kind_of(&given)?;
    let mut link = json!({ "_id": meta::next_id(call.db)? });
    for (name, value) in &given {
        let name = name.as_str();
        let fits = match value {
            Value::String(_) => name == "provider" || TEXTS.contains(&name),
            Value::Array(items) => LISTS.contains(&name) && items.iter().all(Value::is_string),
            _ => false,
        };
        match fits {
            true => link[name] = value.clone(),
            false if READ_ONLY.contains(&name) => {}
            false => return Err(Refusal::attribute(name, "there is none of this name and type")),
        }
    }
    let twin = |other: &Value| {
        let same = |name: &str| other[name] == link[name];
        let target = ["arn", "serviceEndpointId"].iter().any(|name| link[*name].is_string());
        target
            && other["provider"] == provider
            && other["vendor"] == vendor
            && ["arn", "serviceEndpointId", "region"].into_iter().all(same)
    };
    let standing = docs::list(call.db, call.now, kind::PRIVATE_LINK, call.project(), -1, 0)?;
    if let Some(twin) = standing.iter().find(|other| twin(other)) {
        let detail = format!("The private link {} leads there already.", text(&twin["_id"]));
        return Err(Refusal::conflict("STREAM_PRIVATE_LINK_ALREADY_EXISTS", detail));
    }
    // The answer repeats what was sent; what is kept has its final spelling, and a state.
    let echo = link.clone();
    link["provider"] = provider.into();
    link["vendor"] = vendor.into();
    link["state"] = "IDLE".into();
    let id = text(&echo["_id"]).to_owned();
    let mut done = json!({ "state": "DONE" });
    match provider {
        "AWS" => done["interfaceEndpointId"] = format!("vpce-{}", &id[..17]).into(),
        _ => done["interfaceEndpointName"] = format!("pe-{id}").into(),
    }
    docs::becomes(&mut link, later(call), done);
    docs::insert(call.db, call.now, kind::PRIVATE_LINK, call.project(), &id, &link, None)?;
    Ok(Reply::ok(echo))
}

/// Provider and vendor in the document's spelling, with all that the two need.
fn kind_of(given: &Map<String, Value>) -> Result<(&'static str, &'static str), Refusal> {
    let name = |key: &str| given.get(key).and_then(Value::as_str).map(str::to_uppercase);
    let Some(provider) = name("provider") else {
        let detail = "The required attribute provider was not specified.";
        return Err(Refusal::bad("MISSING_ATTRIBUTE", detail));
    };
    let vendor = name("vendor").unwrap_or_else(|| "GENERIC".to_owned());
    let known = VENDORS.iter().find(|(p, v, _)| *p == provider && *v == vendor);
    let Some((provider, vendor, needed)) = known else {
        return match VENDORS.iter().any(|(p, ..)| *p == provider) {
            true => Err(Refusal::attribute("vendor", format!("{provider} has no {vendor}"))),
            false => Err(Refusal::attribute("provider", "it is AWS, AZURE or GCP")),
        };
    };
    if let Some(missing) = needed.iter().find(|name| !given.contains_key(**name)) {
        let detail = format!("A private link to {vendor} on {provider} needs {missing}.");
        return Err(Refusal::bad("MISSING_ATTRIBUTE", detail));
    }
    Ok((provider, vendor))
}

fn update(call: &Call<'_>) -> Outcome {
    let mut link = find(call)?;
    let given = call.object()?;
    let mut wanted = None;
    for (name, value) in &given {
        match (name.as_str(), value) {
            ("dnsDomain", Value::String(domain)) => wanted = Some(domain.clone()),
            _ => return Err(Refusal::attribute(name, "only dnsDomain can be changed")),
        }
    }
    let Some(domain) = wanted else { return Ok(Reply::ok(link)) };
    if link.get("dnsDomain").is_some() && link["state"] != "IDLE" {
        let detail = "A DNS domain that is set can be changed only while the link is IDLE.";
        return Err(Refusal::conflict("STREAM_PRIVATE_LINK_NOT_IDLE", detail));
    }
    let idle = link["state"] == "IDLE";
    link["dnsDomain"] = domain.into();
    if idle {
        docs::becomes(&mut link, later(call), json!({ "state": "DONE" }));
    }
    docs::update(call.db, kind::PRIVATE_LINK, call.project(), text(&link["_id"]), &link, None)?;
    if let Some(fields) = link.as_object_mut() {
        fields.retain(|name, _| !name.starts_with('_') || name == "_id");
    }
    Ok(Reply::ok(link))
}

fn delete(call: &Call<'_>) -> Outcome {
    let mut link = find(call)?;
    let id = text(&link["_id"]).to_owned();
    if link["state"] == "DELETING" {
        let detail = format!("The private link {id} is being deleted already.");
        return Err(Refusal::conflict("STREAM_PRIVATE_LINK_BEING_DELETED", detail));
    }
    let below = format!("{}/", call.project());
    let connections = docs::list_below(call.db, call.now, kind::CONNECTION, &below)?;
    let uses = |c: &&Value| c["networking"]["access"]["connectionId"] == id;
    if let Some(user) = connections.iter().find(uses) {
        let detail = format!("The connection {} uses private link {id}.", text(&user["name"]));
        return Err(Refusal::conflict("STREAM_PRIVATE_LINK_IN_USE", detail));
    }
    link["state"] = "DELETING".into();
    let gone = Some(later(call));
    docs::update(call.db, kind::PRIVATE_LINK, call.project(), &id, &link, gone)?;
    Ok(Reply::json(202, json!({})))
}

fn find(call: &Call<'_>) -> Result<Value, Refusal> {
    let id = call.param("connectionId");
    docs::get(call.db, call.now, kind::PRIVATE_LINK, call.project(), id)?.ok_or_else(|| {
        let detail = format!("No private link {id} exists in group {}.", call.project());
        Refusal::not_found("STREAM_PRIVATE_LINK_NOT_FOUND", detail)
    })
}

fn later(call: &Call<'_>) -> Timestamp {
    call.now.checked_add(WORKING).unwrap_or(call.now)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
