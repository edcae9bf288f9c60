//! The documents of the API, as JSON, each under a kind, a parent and a key.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Result, params};
use serde_json::Value;

/// The kinds of documents, each with its parent and its key.
pub mod kind {
    /// No parent; key: id.
    pub const ORG: &str = "org";
    /// Parent: organisation id; key: id.
    pub const PROJECT: &str = "project";
    /// Parent: project id; key: name.
    pub const CLUSTER: &str = "cluster";
    /// Parent: project id; key: name.
    pub const DATA_FEDERATION: &str = "data_federation";
    /// Parent: project id; key: name.
    pub const INSTANCE: &str = "instance";
    /// Parent: [`instance`](super::instance_parent); key: name.
    pub const CONNECTION: &str = "connection";
    /// Parent: [`instance`](super::instance_parent); key: name.
    pub const PROCESSOR: &str = "processor";
    /// Parent: [`connection`](super::connection_parent); key: id.
    pub const FAILOVER_CONNECTION: &str = "failover_connection";
    /// Parent: project id; key: id.
    pub const PEERING: &str = "peering";
    /// Parent: project id; key: id.
    pub const PRIVATE_LINK: &str = "private_link";
    /// People. Parent: organisation id; key: id.
    pub const ORG_USER: &str = "org_user";
    /// People in a project. Parent: project id; key: id.
    pub const GROUP_USER: &str = "group_user";
    /// Parent: project id; key: [`user_key`](super::user_key).
    pub const DATABASE_USER: &str = "database_user";
    /// Parent: project id; key: name.
    pub const CUSTOM_ROLE: &str = "custom_role";
    /// Parent: project id; key: CIDR block or security group.
    pub const ACCESS_LIST: &str = "access_list";
    /// No parent, no key: one document.
    pub const CONTROL_PLANE_IPS: &str = "control_plane_ips";

    /// The kinds that a status counts, from the top down.
    pub const ALL: &[&str] = &[
        ORG,
        PROJECT,
        CLUSTER,
        DATA_FEDERATION,
        INSTANCE,
        CONNECTION,
        FAILOVER_CONNECTION,
        PROCESSOR,
        PEERING,
        PRIVATE_LINK,
        ORG_USER,
        GROUP_USER,
        DATABASE_USER,
        CUSTOM_ROLE,
        ACCESS_LIST,
    ];
}

/// The objects of an instance have project and instance as their parent.
pub fn instance_parent(project: &str, instance: &str) -> String {
    format!("{project}/{instance}")
}

/// The objects of a connection have project, instance and connection as their parent.
pub fn connection_parent(project: &str, instance: &str, connection: &str) -> String {
    format!("{project}/{instance}/{connection}")
}

/// A database user's name is unique within its authentication database.
pub fn user_key(database: &str, username: &str) -> String {
    format!("{database}/{username}")
}

/// What a document turns into by itself, stored within it and never shown.
const NEXT: &str = "_next";

/// Schedules a change of a document: at a time, these fields take these values. Another call
/// replaces the pending change.
pub fn becomes(doc: &mut Value, at: Timestamp, fields: Value) {
    doc[NEXT] = serde_json::json!({ "at": at.as_millisecond(), "fields": fields });
}

/// Reads a document as of now, with any change that is due.
fn as_of(now: Timestamp, text: &str) -> Result<Value> {
    let mut doc = parse(text)?;
    let Some(next) = doc.as_object_mut().and_then(|fields| fields.shift_remove(NEXT)) else {
        return Ok(doc);
    };
    if next["at"].as_i64().is_some_and(|at| at <= now.as_millisecond())
        && let Some(fields) = next["fields"].as_object()
    {
        for (name, value) in fields {
            doc[name] = value.clone();
        }
    }
    Ok(doc)
}

/// Reads JSON that was stored.
pub(super) fn parse(text: &str) -> Result<Value> {
    serde_json::from_str(text).map_err(|e| {
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(e))
    })
}

/// One document, unless it has expired.
pub fn get(
    db: &Connection,
    now: Timestamp,
    kind: &str,
    parent: &str,
    key: &str,
) -> Result<Option<Value>> {
    db.prepare_cached(
        "SELECT doc FROM resources WHERE kind = ?1 AND parent = ?2 AND key = ?3
         AND (expires IS NULL OR expires > ?4)",
    )?
    .query_row(params![kind, parent, key, now.as_millisecond()], |row| row.get::<_, String>(0))
    .optional()?
    .map(|doc| as_of(now, &doc))
    .transpose()
}

/// The document of this kind and key under any parent, with that parent.
pub fn find(db: &Connection, kind: &str, key: &str) -> Result<Option<(String, Value)>> {
    let row = db
        .prepare_cached("SELECT parent, doc FROM resources WHERE kind = ?1 AND key = ?2")?
        .query_row([kind, key], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))
        .optional()?;
    row.map(|(parent, doc)| Ok((parent, parse(&doc)?))).transpose()
}

/// What tells documents apart that had one key, one after the other; `None` if there is none, or it
/// has expired.
pub fn row(
    db: &Connection,
    now: Timestamp,
    kind: &str,
    parent: &str,
    key: &str,
) -> Result<Option<i64>> {
    db.prepare_cached(
        "SELECT seq FROM resources WHERE kind = ?1 AND parent = ?2 AND key = ?3
         AND (expires IS NULL OR expires > ?4)",
    )?
    .query_row(params![kind, parent, key, now.as_millisecond()], |row| row.get(0))
    .optional()
}

/// How many documents there are under a parent.
pub fn count(db: &Connection, now: Timestamp, kind: &str, parent: &str) -> Result<i64> {
    db.prepare_cached(
        "SELECT count(*) FROM resources WHERE kind = ?1 AND parent = ?2
         AND (expires IS NULL OR expires > ?3)",
    )?
    .query_row(params![kind, parent, now.as_millisecond()], |row| row.get(0))
}

/// How many documents of a kind there are, expired ones included.
pub fn count_kind(db: &Connection, kind: &str) -> Result<i64> {
    db.query_row("SELECT count(*) FROM resources WHERE kind = ?1", [kind], |row| row.get(0))
}

/// Documents under a parent in the order in which they were created; `limit` -1 is all of them.
pub fn list(
    db: &Connection,
    now: Timestamp,
    kind: &str,
    parent: &str,
    limit: i64,
    offset: i64,
) -> Result<Vec<Value>> {
    db.prepare_cached(
        "SELECT doc FROM resources WHERE kind = ?1 AND parent = ?2
         AND (expires IS NULL OR expires > ?3) ORDER BY seq LIMIT ?4 OFFSET ?5",
    )?
    .query_map(params![kind, parent, now.as_millisecond(), limit, offset], |row| {
        row.get::<_, String>(0)
    })?
    .map(|doc| as_of(now, &doc?))
    .collect()
}

/// Documents of a kind under every parent that begins with this.
pub fn list_below(db: &Connection, now: Timestamp, kind: &str, parent: &str) -> Result<Vec<Value>> {
    db.prepare_cached(
        "SELECT doc FROM resources WHERE kind = ?1 AND substr(parent, 1, length(?2)) = ?2
         AND (expires IS NULL OR expires > ?3) ORDER BY seq",
    )?
    .query_map(params![kind, parent, now.as_millisecond()], |row| row.get::<_, String>(0))?
    .map(|doc| as_of(now, &doc?))
    .collect()
}

/// Adds a document; false when the key is taken. Removes expired documents first.
pub fn insert(
    db: &Connection,
    now: Timestamp,
    kind: &str,
    parent: &str,
    key: &str,
    doc: &Value,
    expires: Option<Timestamp>,
) -> Result<bool> {
    purge(db, now, kind, parent)?;
    add(db, kind, parent, key, doc, expires)
}

/// Removes what has expired below a parent. It reads every document there: before many are
/// added, once is enough.
pub fn purge(db: &Connection, now: Timestamp, kind: &str, parent: &str) -> Result<()> {
    db.prepare_cached("DELETE FROM resources WHERE kind = ?1 AND parent = ?2 AND expires <= ?3")?
        .execute(params![kind, parent, now.as_millisecond()])
        .map(drop)
}

/// Adds a document; false when the key is taken, even by an expired one.
pub fn add(
    db: &Connection,
    kind: &str,
    parent: &str,
    key: &str,
    doc: &Value,
    expires: Option<Timestamp>,
) -> Result<bool> {
    let added = db
        .prepare_cached(
            "INSERT INTO resources (kind, parent, key, doc, expires) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO NOTHING",
        )?
        .execute(params![
            kind,
            parent,
            key,
            doc.to_string(),
            expires.map(Timestamp::as_millisecond)
        ])?;
    Ok(added == 1)
}

/// Whether a document has a pending change; `None` when there is no document.
pub fn is_settling(
    db: &Connection,
    now: Timestamp,
    kind: &str,
    parent: &str,
    key: &str,
) -> Result<Option<bool>> {
    db.prepare_cached(
        "SELECT coalesce(json_extract(doc, '$._next.at') > ?4, 0) FROM resources
         WHERE kind = ?1 AND parent = ?2 AND key = ?3 AND (expires IS NULL OR expires > ?4)",
    )?
    .query_row(params![kind, parent, key, now.as_millisecond()], |row| row.get(0))
    .optional()
}

/// Replaces a document.
pub fn update(
    db: &Connection,
    kind: &str,
    parent: &str,
    key: &str,
    doc: &Value,
    expires: Option<Timestamp>,
) -> Result<()> {
    db.prepare_cached(
        "UPDATE resources SET doc = ?4, expires = ?5 WHERE kind = ?1 AND parent = ?2 AND key = ?3",
    )?
    .execute(params![kind, parent, key, doc.to_string(), expires.map(Timestamp::as_millisecond)])
    .map(drop)
}

/// Changes every document of these kinds.
pub fn change_all(db: &Connection, kinds: &[&str], change: impl Fn(&mut Value)) -> Result<()> {
    for kind in kinds {
        let mut rows = db.prepare("SELECT seq, doc FROM resources WHERE kind = ?1")?;
        let rows = rows.query_map([kind], |row| Ok((row.get(0)?, row.get(1)?)))?;
        for (seq, text) in rows.collect::<Result<Vec<(i64, String)>>>()? {
            let mut doc = parse(&text)?;
            change(&mut doc);
            db.prepare_cached("UPDATE resources SET doc = ?2 WHERE seq = ?1")?
                .execute(params![seq, doc.to_string()])?;
        }
    }
    Ok(())
}

/// Removes every document of a kind whose parent is this one, or is below it.
pub fn delete_under(db: &Connection, kind: &str, parent: &str) -> Result<()> {
    db.prepare_cached(
        "DELETE FROM resources WHERE kind = ?1
         AND (parent = ?2 OR substr(parent, 1, length(?2) + 1) = ?2 || '/')",
    )?
    .execute([kind, parent])
    .map(drop)
}

/// Removes a document; false when there was none, or it had expired.
pub fn delete(
    db: &Connection,
    now: Timestamp,
    kind: &str,
    parent: &str,
    key: &str,
) -> Result<bool> {
    let gone = db
        .prepare_cached(
            "DELETE FROM resources WHERE kind = ?1 AND parent = ?2 AND key = ?3
             AND (expires IS NULL OR expires > ?4)",
        )?
        .execute(params![kind, parent, key, now.as_millisecond()])?;
    Ok(gone == 1)
}
