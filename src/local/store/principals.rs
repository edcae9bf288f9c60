//! API keys, service accounts, their roles and their tokens.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Result, params};
use serde::{Deserialize, Serialize};

/// A role in an organisation or in a project (one of the two ids is set).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Assignment {
    /// The role's API name.
    pub role_name: String,
    /// The organisation in which it is held.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub org_id: Option<String>,
    /// The project in which it is held.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_id: Option<String>,
}

/// Who calls.
#[derive(Debug, Clone)]
pub struct Principal {
    /// The public half of an API key, or the id of a service account.
    pub name: String,
    /// Its id of 24 hexadecimal digits.
    pub id: String,
    /// What is stored of the secret: HA1 of an API key, SHA-256 of a service account's.
    pub secret_digest: String,
    /// Its roles.
    pub roles: Vec<Assignment>,
}

/// Adds a principal.
pub fn insert(db: &Connection, principal: &Principal) -> Result<()> {
    let roles = serde_json::to_string(&principal.roles)
        .map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))?;
    db.execute(
        "INSERT INTO principals (name, id, secret_digest, roles) VALUES (?1, ?2, ?3, ?4)",
        params![principal.name, principal.id, principal.secret_digest, roles],
    )
    .map(drop)
}

/// Finds a principal by name.
pub fn get(db: &Connection, name: &str) -> Result<Option<Principal>> {
    let row: Option<(String, String, String)> = db
        .prepare_cached("SELECT id, secret_digest, roles FROM principals WHERE name = ?1")?
        .query_row([name], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    row.map(|(id, secret_digest, roles)| {
        let roles = serde_json::from_str(&roles).map_err(|e| {
            rusqlite::Error::FromSqlConversionFailure(2, rusqlite::types::Type::Text, Box::new(e))
        })?;
        Ok(Principal { name: name.to_owned(), id, secret_digest, roles })
    })
    .transpose()
}

/// How many principals there are.
pub fn count(db: &Connection) -> Result<i64> {
    db.query_row("SELECT count(*) FROM principals", [], |row| row.get(0))
}

/// Stores a token by its digest, and deletes expired ones.
pub fn add_token(
    db: &Connection,
    digest: &str,
    principal: &str,
    now: Timestamp,
    expires: Timestamp,
) -> Result<()> {
    db.execute("DELETE FROM tokens WHERE expires <= ?1", [now.as_millisecond()])?;
    db.execute(
        "INSERT INTO tokens (digest, principal, expires) VALUES (?1, ?2, ?3)",
        params![digest, principal, expires.as_millisecond()],
    )
    .map(drop)
}

/// Whose token this is, while it is valid.
pub fn token_holder(db: &Connection, digest: &str, now: Timestamp) -> Result<Option<Principal>> {
    let name: Option<String> = db
        .prepare_cached("SELECT principal FROM tokens WHERE digest = ?1 AND expires > ?2")?
        .query_row(params![digest, now.as_millisecond()], |row| row.get(0))
        .optional()?;
    name.map_or(Ok(None), |name| get(db, &name))
}

/// Revokes a token of this principal.
pub fn revoke_token(db: &Connection, digest: &str, principal: &str) -> Result<()> {
    db.execute("DELETE FROM tokens WHERE digest = ?1 AND principal = ?2", [digest, principal])
        .map(drop)
}
