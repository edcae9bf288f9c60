//! What the attributes of a database user may be.

use jiff::{SignedDuration, Timestamp, Unit};
use serde_json::Value;

use crate::local::refusal::Refusal;
use crate::local::request::Call;
use crate::local::store::docs::{self, kind};
use crate::privileges::catalogue::built_in;

const LONGEST_LIFE: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Checks an attribute, and hands back how it is kept; `None` takes it away.
pub fn attribute(name: &str, value: &Value, now: Timestamp) -> Result<Option<Value>, Refusal> {
    let one_of = |allowed: &[&str]| match value.as_str() {
        Some(given) if allowed.contains(&given) => Ok(()),
        _ => Err(Refusal::attribute(name, format!("it must be one of {}", allowed.join(", ")))),
    };
    let string = |range: std::ops::RangeInclusive<usize>| match value.as_str() {
        Some(given) if range.contains(&given.chars().count()) => Ok(()),
        _ => {
            let (least, most) = (range.start(), range.end());
            Err(Refusal::attribute(
                name,
                format!("it must be text of {least} to {most} characters"),
            ))
        }
    };
    match name {
        "awsIAMType" => one_of(&["NONE", "USER", "ROLE"])?,
        "ldapAuthType" => one_of(&["NONE", "USER", "GROUP"])?,
        "oidcAuthType" => one_of(&["NONE", "IDP_GROUP", "USER"])?,
        "x509Type" => one_of(&["NONE", "CUSTOMER", "MANAGED"])?,
        "databaseName" => one_of(&["admin", "$external"])?,
        "username" => string(1..=1024)?,
        "description" | "deleteAfterDate" if value.is_null() => return Ok(None),
        "description" => string(0..=100)?,
        "deleteAfterDate" => return expiry(value, now).map(Some),
        "labels" => each(name, value, label)?,
        "scopes" => each(name, value, scope)?,
        "roles" => {}
        _ => {
            let detail = format!("Received JSON has an unknown attribute {name}.");
            return Err(Refusal::bad("INVALID_ATTRIBUTE", detail));
        }
    }
    Ok(Some(value.clone()))
}

/// Checks a password, which is not kept.
pub fn password(value: &Value) -> Result<(), Refusal> {
    match value.as_str() {
        Some(secret) if secret.chars().count() >= 8 => Ok(()),
        _ => Err(Refusal::attribute("password", "it must be text of at least 8 characters")),
    }
}

/// Whether the user logs in with a password.
pub fn is_scram(user: &Value) -> bool {
    ["awsIAMType", "ldapAuthType", "oidcAuthType", "x509Type"].iter().all(|t| user[t] == "NONE")
}

/// Checks that name, authentication database and secret fit the way the user authenticates.
/// LDAP users are taken in either database: the API's own examples have them in `admin`. Their
/// names may be plain, since an LDAP configuration can map names to distinguished names.
pub fn identity(user: &Value, has_password: bool) -> Result<(), Refusal> {
    let kinds = ["awsIAMType", "ldapAuthType", "oidcAuthType", "x509Type"];
    let set: Vec<&str> = kinds.into_iter().filter(|kind| user[kind] != "NONE").collect();
    let text = |name: &str| user[name].as_str().unwrap_or_default();
    let (username, database) = (text("username"), text("databaseName"));
    let (databases, form, fits): (&[&str], &str, bool) = match set.as_slice() {
        [] => (&["admin"], "", true),
        ["awsIAMType"] => (&["$external"], "an ARN", username.starts_with("arn:")),
        ["x509Type"] => (&["$external"], "a distinguished name with a CN", names_cn(username)),
        ["ldapAuthType"] => (&["admin", "$external"], "", true),
        ["oidcAuthType"] => {
            let databases: &[&str] =
                if text("oidcAuthType") == "USER" { &["$external"] } else { &["admin"] };
            (databases, "an identity provider's id, a slash and a name", username.contains('/'))
        }
        several => {
            let detail = format!("only one of {} may be set", several.join(", "));
            return Err(Refusal::attribute(several[0], detail));
        }
    };
    if !databases.contains(&database) {
        let detail = format!("this kind of user authenticates against {}", databases.join(" or "));
        return Err(Refusal::attribute("databaseName", detail));
    }
    if !fits {
        return Err(Refusal::attribute("username", format!("it must be {form}")));
    }
    if set.is_empty() && !has_password {
        let detail = "The required attribute password was not specified.";
        return Err(Refusal::bad("MISSING_ATTRIBUTE", detail));
    }
    if !set.is_empty() && has_password {
        return Err(Refusal::attribute("password", "only users of SCRAM-SHA have one"));
    }
    Ok(())
}

fn names_cn(username: &str) -> bool {
    username.split(',').any(|part| part.trim_start().to_ascii_uppercase().starts_with("CN="))
}

/// Checks that the roles exist, on databases where they may be granted.
pub fn roles(call: &Call<'_>, value: &Value) -> Result<(), Refusal> {
    let Some(roles) = value.as_array().filter(|roles| !roles.is_empty()) else {
        return Err(Refusal::attribute("roles", "it must be a list of at least one role"));
    };
    for role in roles {
        known_keys("roles", role, &["roleName", "databaseName", "collectionName"])?;
        let (Some(name), Some(database)) =
            (role["roleName"].as_str(), role["databaseName"].as_str())
        else {
            return Err(Refusal::attribute("roles", "each needs roleName and databaseName"));
        };
        if role.get("collectionName").is_some_and(|c| !c.is_string() || !is_on_any(name)) {
            return unsupported(format!("The role {name} cannot be limited to a collection."));
        }
        grantable(call, name, database)?;
    }
    Ok(())
}

/// Checks that a role exists, and that it may be granted on this database.
pub fn grantable(call: &Call<'_>, name: &str, database: &str) -> Result<(), Refusal> {
    if is_on_any(name) {
        return Ok(());
    }
    let custom = || docs::get(call.db, call.now, kind::CUSTOM_ROLE, call.project(), name);
    if built_in::find(name).is_none() && custom()?.is_none() {
        return unsupported(format!("No role named {name} exists in this project."));
    }
    if database != "admin" {
        return unsupported(format!("The role {name} is granted on admin, not on {database}."));
    }
    Ok(())
}

/// Whether a role is granted on any database, and on one collection of it.
fn is_on_any(role: &str) -> bool {
    built_in::find(role).is_some_and(|role| !role.on_admin)
}

fn unsupported(detail: String) -> Result<(), Refusal> {
    Err(Refusal::bad("UNSUPPORTED_ROLE", detail))
}

fn each(
    name: &str,
    value: &Value,
    check: impl Fn(&Value) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let items = value.as_array().ok_or_else(|| Refusal::attribute(name, "it must be a list"))?;
    items.iter().try_for_each(check)
}

/// A scope names one cluster, federated database or instance: one that exists or is yet to be.
fn scope(scope: &Value) -> Result<(), Refusal> {
    known_keys("scopes", scope, &["name", "type"])?;
    if !matches!(scope["type"].as_str(), Some("CLUSTER" | "DATA_LAKE" | "STREAM")) {
        return Err(Refusal::attribute("scopes", "type must be CLUSTER, DATA_LAKE or STREAM"));
    }
    let fits = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_alphanumeric())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    match scope["name"].as_str() {
        Some(name) if fits(name) => Ok(()),
        _ => Err(Refusal::attribute("scopes", "name must be letters, digits and hyphens")),
    }
}

fn label(label: &Value) -> Result<(), Refusal> {
    known_keys("labels", label, &["key", "value"])?;
    let fits = |part: &str| {
        label[part].as_str().is_some_and(|text| (1..=255).contains(&text.chars().count()))
    };
    if fits("key") && fits("value") {
        return Ok(());
    }
    Err(Refusal::attribute("labels", "key and value must be text of 1 to 255 characters"))
}

/// Checks that a value is an object of nothing but these attributes.
pub fn known_keys(name: &str, value: &Value, known: &[&str]) -> Result<(), Refusal> {
    let Some(object) = value.as_object() else {
        return Err(Refusal::attribute(name, "each must be an object"));
    };
    match object.keys().find(|key| !known.contains(&key.as_str())) {
        Some(key) => Err(Refusal::attribute(name, format!("{key} is unknown"))),
        None => Ok(()),
    }
}

/// A time in the coming week; without a zone it is UTC.
fn expiry(value: &Value, now: Timestamp) -> Result<Value, Refusal> {
    let wrong = |detail: &str| Refusal::attribute("deleteAfterDate", detail);
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
    // The API keeps whole seconds.
    let time = time.round(Unit::Second).unwrap_or(time);
    Ok(time.to_string().into())
}
