//! Addresses that may reach a project's databases.

use std::net::IpAddr;

use ipnet::IpNet;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::refusal::{Reason, Refusal, Subject};
use super::{Attributes, Listing, Outcome, Part, Work, text};
use crate::local::store::docs::{self, kind};
use crate::local::store::meta;

/// In characters, as the document has it.
const LONGEST_COMMENT: usize = 80;
/// The furthest that a temporary entry may end.
const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How long a new entry is on its way to the clouds.
const SPREADING: SignedDuration = SignedDuration::from_secs(1);

/// A part of a project's entries.
pub fn list(work: &Work<'_>, project: &str, part: Part) -> Outcome<Listing> {
    work.list(kind::ACCESS_LIST, project, part)
}

/// One entry, by an address, a block or a security group.
pub fn get(work: &Work<'_>, project: &str, entry: &str) -> Outcome {
    let found = work.get(kind::ACCESS_LIST, project, &key(project, entry)?)?;
    found.ok_or_else(|| not_found(project, entry))
}

/// What an entry is known by: its block, be it of one address, or its security group.
pub fn key_of(entry: &Value) -> String {
    match network(text(entry, "cidrBlock")) {
        Some(net) => net.to_string(),
        None => text(entry, "awsSecurityGroup").to_owned(),
    }
}

/// Whether an entry is still on its way to the clouds.
pub fn is_pending(work: &Work<'_>, project: &str, entry: &str) -> Outcome<bool> {
    let key = key(project, entry)?;
    let pending = docs::is_settling(work.db, work.now, kind::ACCESS_LIST, project, &key)?;
    pending.ok_or_else(|| not_found(project, entry))
}

/// Adds all entries or none. An existing one takes over the comment and the expiry that it
/// is given, which is recorded as an update.
pub fn add(work: &Work<'_>, project: &str, given: &[Attributes]) -> Outcome<()> {
    if given.is_empty() {
        let detail = "The body names no entry.";
        return Err(Refusal::new(Reason::Missing, Subject::AccessListEntry, "", detail));
    }
    let (db, now) = (work.db, work.now);
    let entries = given.iter().map(|entry| read(work, project, entry));
    let entries = entries.collect::<Outcome<Vec<_>>>()?;
    docs::purge(db, now, kind::ACCESS_LIST, project)?;
    let limit = meta::limit(db, &meta::ACCESS_LIST_LIMIT)?;
    let mut count = docs::count(db, now, kind::ACCESS_LIST, project)?;
    for (key, mut entry) in entries {
        if let Some(mut standing) = work.get(kind::ACCESS_LIST, project, &key)? {
            if let (Some(old), Value::Object(new)) = (standing.as_object_mut(), entry) {
                old.extend(new);
            }
            docs::update(db, kind::ACCESS_LIST, project, &key, &standing, end(&standing))?;
            event(work, project, "NETWORK_PERMISSION_ENTRY_UPDATED", &key)?;
            continue;
        }
        count += 1;
        if limit.is_some_and(|most| count > most) {
            let detail =
                format!("A project has at most {} access list entries.", limit.unwrap_or_default());
            return Err(Refusal::new(Reason::LimitReached, Subject::AccessListEntry, &key, detail));
        }
        let ends = end(&entry);
        docs::becomes(&mut entry, now.checked_add(SPREADING).unwrap_or(now), json!({}));
        docs::add(db, kind::ACCESS_LIST, project, &key, &entry, ends)?;
        event(work, project, "NETWORK_PERMISSION_ENTRY_ADDED", &key)?;
    }
    Ok(())
}

/// Removes an entry.
pub fn delete(work: &Work<'_>, project: &str, entry: &str) -> Outcome<()> {
    let key = key(project, entry)?;
    if !docs::delete(work.db, work.now, kind::ACCESS_LIST, project, &key)? {
        return Err(not_found(project, entry));
    }
    event(work, project, "NETWORK_PERMISSION_ENTRY_REMOVED", &key)
}

fn event(work: &Work<'_>, project: &str, kind: &str, key: &str) -> Outcome<()> {
    work.event(project, kind, &[("whitelistEntry", key)])
}

fn not_found(project: &str, entry: &str) -> Refusal {
    let detail = format!("{entry} is not on the IP access list of group {project}.");
    Refusal::not_found(Subject::AccessListEntry, entry, detail)
}

/// The key of an entry.
fn key(project: &str, entry: &str) -> Outcome<String> {
    match is_security_group(entry) {
        true => Ok(entry.to_owned()),
        false => network(entry).map(|net| net.to_string()).ok_or_else(|| not_found(project, entry)),
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

/// Checks one entry: its key, and what is stored of it.
fn read(work: &Work<'_>, project: &str, given: &Attributes) -> Outcome<(String, Value)> {
    let named = ["awsSecurityGroup", "cidrBlock", "ipAddress"];
    let text = |name: &&str| given.get(*name).is_none_or(|v| v.is_string() || v.is_null());
    if let Some(name) = named.iter().find(|name| !text(name)) {
        return Err(Refusal::invalid(name, "it must be text"));
    }
    let (key, mut entry) = address(given)?;
    for (name, value) in given {
        match name.as_str() {
            "comment" => entry["comment"] = comment(value)?.into(),
            "deleteAfterDate" => {
                if entry.get("awsSecurityGroup").is_some() {
                    let why = "an AWS security group cannot be temporary";
                    return Err(Refusal::invalid(name, why));
                }
                entry["deleteAfterDate"] = date(value, work.now)?.into();
            }
            "awsSecurityGroup" | "cidrBlock" | "ipAddress" | "groupId" | "links" => {}
            _ => return Err(Refusal::invalid(name, "there is no such attribute")),
        }
    }
    entry["groupId"] = project.into();
    Ok((key, entry))
}

fn address(given: &Attributes) -> Outcome<(String, Value)> {
    let text = |name: &str| given.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    if let Some(group) = text("awsSecurityGroup") {
        return match is_security_group(group) {
            true => Ok((group.to_owned(), json!({ "awsSecurityGroup": group }))),
            false => {
                Err(Refusal::invalid("awsSecurityGroup", "it is not the id of a security group"))
            }
        };
    }
    let Some(text) = text("ipAddress").or_else(|| text("cidrBlock")) else {
        let detail = "An entry names an ipAddress, a cidrBlock or an awsSecurityGroup.";
        return Err(Refusal::new(Reason::Missing, Subject::AccessListEntry, "", detail));
    };
    let Some(net) = network(text) else {
        let detail = format!("The address {text} must be in valid IPv4 or IPv6 CIDR notation.");
        return Err(Refusal::unfit(Subject::Network, text, detail));
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

fn comment(value: &Value) -> Outcome<&str> {
    let fits = |text: &&str| text.chars().count() <= LONGEST_COMMENT;
    value.as_str().filter(fits).ok_or_else(|| {
        Refusal::invalid("comment", format!("it may have at most {LONGEST_COMMENT} characters"))
    })
}

fn date(value: &Value, now: Timestamp) -> Outcome<String> {
    let wrong = |why: &str| Refusal::invalid("deleteAfterDate", why);
    let text = value.as_str().ok_or_else(|| wrong("it must be a date and time"))?;
    let date: Timestamp = text.parse().map_err(|_| wrong("it is not an ISO 8601 date and time"))?;
    if date <= now {
        return Err(wrong("it lies in the past"));
    }
    if date.duration_since(now) > WEEK {
        return Err(wrong("it is more than a week ahead"));
    }
    Ok(Timestamp::from_second(date.as_second()).unwrap_or(date).to_string())
}

fn end(entry: &Value) -> Option<Timestamp> {
    text(entry, "deleteAfterDate").parse().ok()
}
