//! What the attributes of a database user may be.

use jiff::{SignedDuration, Timestamp, Unit};
use serde_json::Value;

use crate::local::domain::refusal::{Refusal, Subject};
use crate::local::domain::{Outcome, Work, known_keys, unknown_attribute, without};
use crate::local::store::docs::kind;
use crate::privileges::catalogue::built_in;

const LONGEST_LIFE: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Checks an attribute, and returns how it is stored; `None` removes it.
pub fn attribute(name: &str, value: &Value, now: Timestamp) -> Outcome<Option<Value>> {
    let one_of = |allowed: &[&str]| match value.as_str() {
        Some(given) if allowed.contains(&given) => Ok(()),
        _ => Err(Refusal::invalid(name, format!("it must be one of {}", allowed.join(", ")))),
    };
    let string = |range: std::ops::RangeInclusive<usize>| match value.as_str() {
        Some(given) if range.contains(&given.chars().count()) => Ok(()),
        _ => {
            let (least, most) = (range.start(), range.end());
            Err(Refusal::invalid(name, format!("it must be text of {least} to {most} characters")))
        }
    };
    match name {
        "awsIAMType" => one_of(&["NONE", "USER", "ROLE"])?,
        "ldapAuthType" => one_of(&["NONE", "USER", "GROUP"])?,
        "oidcAuthType" => one_of(&["NONE", "IDP_GROUP", "USER"])?,
        "x509Type" => one_of(&["NONE", "CUSTOMER", "MANAGED"])?,
        "databaseName" => one_of(&["admin", "$external"])?,
        // What Atlas answers is not known; here no request could name such a user again.
        "username" if value == "certs" => {
            return Err(Refusal::invalid(name, "its path would be that of a user's certificates"));
        }
        "username" => string(1..=1024)?,
        "description" | "deleteAfterDate" if value.is_null() => return Ok(None),
        "description" => string(0..=100)?,
        "deleteAfterDate" => return expiry(value, now).map(Some),
        "labels" => each(name, value, label)?,
        "scopes" => each(name, value, scope)?,
        "roles" => return Ok(Some(on_databases(value))),
        _ => return Err(unknown_attribute(name)),
    }
    Ok(Some(value.clone()))
}

/// Whether the user logs in with a password.
pub fn is_scram(user: &Value) -> bool {
    ["awsIAMType", "ldapAuthType", "oidcAuthType", "x509Type"].iter().all(|t| user[t] == "NONE")
}

/// Checks that name, authentication database and secret fit the way the user authenticates.
/// LDAP users are taken in either database: the API's own examples have them in `admin`. Their
/// names may be plain, since an LDAP configuration can map names to distinguished names.
pub fn identity(user: &Value, has_password: bool) -> Outcome<()> {
    let kinds = ["awsIAMType", "ldapAuthType", "oidcAuthType", "x509Type"];
    let set: Vec<&str> = kinds.into_iter().filter(|kind| user[kind] != "NONE").collect();
    let text = |name: &str| user[name].as_str().unwrap_or_default();
    let (username, database) = (text("username"), text("databaseName"));
    let (databases, form, fits): (&[&str], &str, bool) = match set.as_slice() {
        [] => (&["admin"], "", true),
        ["awsIAMType"] => (&["$external"], "an ARN", username.starts_with("arn:")),
        // Atlas makes the certificate of a MANAGED user itself, from a plain name.
        ["x509Type"] => (
            &["$external"],
            "a distinguished name with a CN",
            text("x509Type") == "MANAGED" || names_cn(username),
        ),
        ["ldapAuthType"] => (&["admin", "$external"], "", true),
        ["oidcAuthType"] => {
            let databases: &[&str] =
                if text("oidcAuthType") == "USER" { &["$external"] } else { &["admin"] };
            (databases, "an identity provider's id, a slash and a name", username.contains('/'))
        }
        several => {
            let detail = format!("only one of {} may be set", several.join(", "));
            return Err(Refusal::invalid(several[0], detail));
        }
    };
    if !databases.contains(&database) {
        let detail = format!("this kind of user authenticates against {}", databases.join(" or "));
        return Err(Refusal::invalid("databaseName", detail));
    }
    if !fits {
        return Err(Refusal::invalid("username", format!("it must be {form}")));
    }
    if set.is_empty() && !has_password {
        return Err(Refusal::missing("password"));
    }
    if !set.is_empty() && has_password {
        return Err(Refusal::invalid("password", "only users of SCRAM-SHA have one"));
    }
    Ok(())
}

fn names_cn(username: &str) -> bool {
    username.split(',').any(|part| part.trim_start().to_ascii_uppercase().starts_with("CN="))
}

/// The roles without collections that are named by nothing, as clients with a field for one send a
/// role on a whole database.
fn on_databases(roles: &Value) -> Value {
    let mut roles = roles.clone();
    for role in roles.as_array_mut().into_iter().flatten() {
        if role.get("collectionName").is_some_and(|name| name.is_null() || name == "") {
            without(role, "collectionName");
        }
    }
    roles
}

/// Checks that the roles exist, on databases where they may be granted.
pub fn roles(work: &Work<'_>, project: &str, value: &Value) -> Outcome<()> {
    let Some(roles) = value.as_array().filter(|roles| !roles.is_empty()) else {
        return Err(Refusal::invalid("roles", "it must be a list of at least one role"));
    };
    for role in roles {
        known_keys("roles", role, &["roleName", "databaseName", "collectionName"])?;
        let (Some(name), Some(database)) =
            (role["roleName"].as_str(), role["databaseName"].as_str())
        else {
            return Err(Refusal::invalid("roles", "each needs roleName and databaseName"));
        };
        if role.get("collectionName").is_some_and(|c| !c.is_string() || !is_on_any(name)) {
            return unsupported(
                name,
                format!("The role {name} cannot be limited to a collection."),
            );
        }
        grantable(work, project, name, database)?;
    }
    Ok(())
}

/// Checks that a role exists, and that it may be granted on this database.
pub fn grantable(work: &Work<'_>, project: &str, name: &str, database: &str) -> Outcome<()> {
    if is_on_any(name) {
        return Ok(());
    }
    let custom = || work.get(kind::CUSTOM_ROLE, project, name);
    if built_in::find(name).is_none() && custom()?.is_none() {
        return unsupported(name, format!("No role named {name} exists in this project."));
    }
    if database != "admin" {
        return unsupported(
            name,
            format!("The role {name} is granted on admin, not on {database}."),
        );
    }
    Ok(())
}

/// Whether a role is granted on any database, and on one collection of it.
fn is_on_any(role: &str) -> bool {
    built_in::find(role).is_some_and(|role| !role.on_admin)
}

fn unsupported(role: &str, detail: String) -> Outcome<()> {
    Err(Refusal::unfit(Subject::GrantedRole, role, detail))
}

fn each(name: &str, value: &Value, check: impl Fn(&Value) -> Outcome<()>) -> Outcome<()> {
    let items = value.as_array().ok_or_else(|| Refusal::invalid(name, "it must be a list"))?;
    items.iter().try_for_each(check)
}

/// A scope names one cluster, federated database or instance: one that exists or is yet to be.
fn scope(scope: &Value) -> Outcome<()> {
    known_keys("scopes", scope, &["name", "type"])?;
    if !matches!(scope["type"].as_str(), Some("CLUSTER" | "DATA_LAKE" | "STREAM")) {
        return Err(Refusal::invalid("scopes", "type must be CLUSTER, DATA_LAKE or STREAM"));
    }
    let fits = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_alphanumeric())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    match scope["name"].as_str() {
        Some(name) if fits(name) => Ok(()),
        _ => Err(Refusal::invalid("scopes", "name must be letters, digits and hyphens")),
    }
}

fn label(label: &Value) -> Outcome<()> {
    known_keys("labels", label, &["key", "value"])?;
    let fits = |part: &str| {
        label[part].as_str().is_some_and(|text| (1..=255).contains(&text.chars().count()))
    };
    if fits("key") && fits("value") {
        return Ok(());
    }
    Err(Refusal::invalid("labels", "key and value must be text of 1 to 255 characters"))
}

/// A time in the coming week; without a zone it is UTC.
fn expiry(value: &Value, now: Timestamp) -> Outcome<Value> {
    let wrong = |detail: &str| Refusal::invalid("deleteAfterDate", detail);
    let text = value.as_str().ok_or_else(|| wrong("it must be an ISO 8601 time"))?;
    let local = || {
        let time: jiff::civil::DateTime = text.parse()?;
        time.in_tz("UTC").map(|zoned| zoned.timestamp())
    };
    let time: Timestamp =
        text.parse().or_else(|_| local()).map_err(|_| wrong("it must be an ISO 8601 time"))?;
    let latest = now.checked_add(LONGEST_LIFE).unwrap_or(now);
    if time <= now || time > latest {
        return Err(wrong("it must lie in the future, and within a week"));
    }
    // The API stores whole seconds.
    let time = time.round(Unit::Second).unwrap_or(time);
    Ok(time.to_string().into())
}
