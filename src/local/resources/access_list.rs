//! Addresses that may reach a project's databases.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use std::net::IpAddr;

use ipnet::IpNet;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value, json};

use crate::local::refusal::Refusal;
use crate::local::reply::{self, Outcome, Reply};
use crate::local::request::Call;
use crate::local::routes::Route;
use crate::local::store::docs::{self, kind};

const ALL: &str = "/groups/{groupId}/accessList";
const ONE: &str = "/groups/{groupId}/accessList/{entryValue}";
const STATUS: &str = "/groups/{groupId}/accessList/{entryValue}/status";
const DATE: &str = "2023-01-01";

pub const ROUTES: &[Route] = &[
    Route::json("listGroupAccessListEntries", "GET", ALL, DATE, list),
    Route::json("createGroupAccessListEntry", "POST", ALL, DATE, create),
    Route::json("getGroupAccessListEntry", "GET", ONE, DATE, get),
    Route::json("deleteGroupAccessListEntry", "DELETE", ONE, DATE, delete),
    Route::json("getGroupAccessListStatus", "GET", STATUS, DATE, status),
];

/// In characters, as the document has it.
const LONGEST_COMMENT: usize = 80;
/// The furthest that a temporary entry may end.
const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How long a new entry is on its way to the clouds.
const SPREADING: SignedDuration = SignedDuration::from_secs(1);

fn list(call: &Call<'_>) -> Outcome {
    reply::stored(call, kind::ACCESS_LIST, call.project())
}

fn get(call: &Call<'_>) -> Outcome {
    let key = named(call)?;
    let mut entry = docs::get(call.db, call.now, kind::ACCESS_LIST, call.project(), &key)?
        .ok_or_else(|| not_found(call))?;
    let encoded = utf8_percent_encode(&key, NON_ALPHANUMERIC).to_string().replace("%2E", ".");
    let all = call.request.path().rsplit_once('/').map_or("", |(all, _)| all);
    let href = format!("{}{all}/{encoded}", call.base);
    entry["links"] = json!([{ "href": href, "rel": "self" }]);
    Ok(Reply::ok(entry))
}

fn status(call: &Call<'_>) -> Outcome {
    let key = named(call)?;
    match docs::is_settling(call.db, call.now, kind::ACCESS_LIST, call.project(), &key)? {
        Some(pending) => {
            Ok(Reply::ok(json!({ "STATUS": if pending { "PENDING" } else { "ACTIVE" } })))
        }
        None => Err(not_found(call)),
    }
}

/// Adds all entries or none. One that stands already takes over the comment and the end that it
/// is given again, which is what the event of an updated entry tells of.
fn create(call: &Call<'_>) -> Outcome {
    let Ok(Value::Array(given)) = serde_json::from_slice(&call.request.body) else {
        return Err(Refusal::bad("MALFORMED_JSON", "The body must be a JSON array of entries."));
    };
    if given.is_empty() {
        return Err(Refusal::bad("MISSING_ATTRIBUTE", "The body names no entry."));
    }
    let (db, now, project) = (call.db, call.now, call.project());
    let entries = given.iter().map(|entry| read(call, entry)).collect::<Result<Vec<_>, _>>()?;
    docs::purge(db, now, kind::ACCESS_LIST, project)?;
    for (key, mut entry) in entries {
        let standing = docs::get(db, now, kind::ACCESS_LIST, project, &key)?;
        if let Some(mut standing) = standing {
            if let (Some(old), Value::Object(new)) = (standing.as_object_mut(), entry) {
                old.extend(new);
            }
            docs::update(db, kind::ACCESS_LIST, project, &key, &standing, end(&standing))?;
            call.event("NETWORK_PERMISSION_ENTRY_UPDATED", &[("whitelistEntry", &key)])?;
            continue;
        }
        let ends = end(&entry);
        docs::becomes(&mut entry, now.checked_add(SPREADING).unwrap_or(now), json!({}));
        docs::add(db, kind::ACCESS_LIST, project, &key, &entry, ends)?;
        call.event("NETWORK_PERMISSION_ENTRY_ADDED", &[("whitelistEntry", &key)])?;
    }
    let mut reply = list(call)?;
    reply.status = 201;
    Ok(reply)
}

fn delete(call: &Call<'_>) -> Outcome {
    let key = named(call)?;
    if !docs::delete(call.db, call.now, kind::ACCESS_LIST, call.project(), &key)? {
        return Err(not_found(call));
    }
    call.event("NETWORK_PERMISSION_ENTRY_REMOVED", &[("whitelistEntry", &key)])?;
    Ok(Reply::no_content())
}

fn not_found(call: &Call<'_>) -> Refusal {
    let (entry, project) = (call.param("entryValue"), call.project());
    let detail = format!("{entry} is not on the IP access list of group {project}.");
    Refusal::not_found("ATLAS_NETWORK_PERMISSION_ENTRY_NOT_FOUND", detail)
}

/// The key of the entry that the path names.
fn named(call: &Call<'_>) -> Result<String, Refusal> {
    let text = call.param("entryValue");
    match is_security_group(text) {
        true => Ok(text.to_owned()),
        false => network(text).map(|net| net.to_string()).ok_or_else(|| not_found(call)),
    }
}

/// A single address or a block, without host bits: `198.51.100.7` is `198.51.100.7/32`.
fn network(text: &str) -> Option<IpNet> {
    let net = match text.parse::<IpAddr>() {
        Ok(address) => IpNet::from(address),
        Err(_) => text.parse().ok()?,
    };
    (net.trunc() == net).then_some(net)
}

/// An id, or an account's number and an id. Atlas asks for a peering of the project first; here
/// any group is taken.
fn is_security_group(text: &str) -> bool {
    let (account, id) = text.rsplit_once('/').unwrap_or(("", text));
    let hex = |id: &str| !id.is_empty() && id.bytes().all(|b| b.is_ascii_hexdigit());
    account.bytes().all(|b| b.is_ascii_digit()) && id.strip_prefix("sg-").is_some_and(hex)
}

/// Checks one entry of a body: its key, and what is kept of it.
fn read(call: &Call<'_>, given: &Value) -> Result<(String, Value), Refusal> {
    let Value::Object(given) = given else {
        return Err(Refusal::bad("MALFORMED_JSON", "An entry must be a JSON object."));
    };
    let named = ["awsSecurityGroup", "cidrBlock", "ipAddress"];
    let text = |name: &&str| given.get(*name).is_none_or(|v| v.is_string() || v.is_null());
    if let Some(name) = named.iter().find(|name| !text(name)) {
        return Err(Refusal::attribute(name, "it must be text"));
    }
    let (key, mut entry) = address(given)?;
    for (name, value) in given {
        match name.as_str() {
            "comment" => entry["comment"] = comment(value)?.into(),
            "deleteAfterDate" => {
                if entry.get("awsSecurityGroup").is_some() {
                    let why = "an AWS security group cannot be temporary";
                    return Err(Refusal::attribute(name, why));
                }
                entry["deleteAfterDate"] = date(value, call.now)?.into();
            }
            "awsSecurityGroup" | "cidrBlock" | "ipAddress" | "groupId" | "links" => {}
            _ => return Err(Refusal::attribute(name, "there is no such attribute")),
        }
    }
    entry["groupId"] = call.project().into();
    Ok((key, entry))
}

fn address(given: &Map<String, Value>) -> Result<(String, Value), Refusal> {
    let text = |name: &str| given.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    if let Some(group) = text("awsSecurityGroup") {
        return match is_security_group(group) {
            true => Ok((group.to_owned(), json!({ "awsSecurityGroup": group }))),
            false => Err(Refusal::attribute("awsSecurityGroup", "no id of a security group")),
        };
    }
    let Some(text) = text("ipAddress").or_else(|| text("cidrBlock")) else {
        let detail = "An entry names an ipAddress, a cidrBlock or an awsSecurityGroup.";
        return Err(Refusal::bad("MISSING_ATTRIBUTE", detail));
    };
    let Some(net) = network(text) else {
        let detail = format!("The address {text} must be in valid IPv4 or IPv6 CIDR notation.");
        return Err(Refusal::bad("INVALID_IP_ADDRESS_OR_CIDR_NOTATION", detail));
    };
    let address = in_full(net.addr());
    let mut entry = json!({ "cidrBlock": format!("{address}/{}", net.prefix_len()) });
    if net.prefix_len() == net.max_prefix_len() {
        entry["ipAddress"] = address.into();
    }
    Ok((net.to_string(), entry))
}

/// The document's patterns know an IPv6 address in all its eight groups only.
fn in_full(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => address.segments().map(|group| format!("{group:x}")).join(":"),
    }
}

fn comment(value: &Value) -> Result<&str, Refusal> {
    let fits = |text: &&str| text.chars().count() <= LONGEST_COMMENT;
    value.as_str().filter(fits).ok_or_else(|| {
        Refusal::attribute("comment", format!("it has at most {LONGEST_COMMENT} characters"))
    })
}

fn date(value: &Value, now: Timestamp) -> Result<String, Refusal> {
    let wrong = |why: &str| Refusal::attribute("deleteAfterDate", why);
    let text = value.as_str().ok_or_else(|| wrong("it is a date and time"))?;
    let date: Timestamp = text.parse().map_err(|_| wrong("it is no ISO 8601 date and time"))?;
    if date <= now {
        return Err(wrong("it lies in the past"));
    }
    if date.duration_since(now) > WEEK {
        return Err(wrong("it is more than a week ahead"));
    }
    Ok(Timestamp::from_second(date.as_second()).unwrap_or(date).to_string())
}

fn end(entry: &Value) -> Option<Timestamp> {
    entry["deleteAfterDate"].as_str().and_then(|time| time.parse().ok())
}
