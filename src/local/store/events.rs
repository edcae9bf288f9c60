//! Project events: what administrators changed and read.

use jiff::Timestamp;
use rusqlite::{Connection, Result, params};
use serde_json::Value;

/// Which events of a project are requested.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Events of these types only; all of them when empty.
    pub types: Vec<String>,
    /// No events of these types.
    pub except: Vec<String>,
    /// No event before this time.
    pub from: Option<Timestamp>,
    /// No event after this time.
    pub to: Option<Timestamp>,
}

/// Appends an event.
pub fn append(
    db: &Connection,
    project: &str,
    time: Timestamp,
    kind: &str,
    doc: &Value,
) -> Result<()> {
    db.prepare_cached("INSERT INTO events (project, time, type, doc) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![project, time.as_millisecond(), kind, doc.to_string()])
        .map(drop)
}

/// A part of the matching events, newest first.
pub fn list(
    db: &Connection,
    project: &str,
    filter: &Filter,
    limit: i64,
    offset: i64,
) -> Result<Vec<Value>> {
    let list = |names: &[String]| Value::from(names).to_string();
    db.prepare_cached(
        "SELECT doc FROM events WHERE project = ?1 AND time >= ?2 AND time <= ?3
         AND (?4 = '[]' OR type IN (SELECT value FROM json_each(?4)))
         AND type NOT IN (SELECT value FROM json_each(?5))
         ORDER BY time DESC, seq DESC LIMIT ?6 OFFSET ?7",
    )?
    .query_map(
        params![
            project,
            filter.from.map_or(i64::MIN, Timestamp::as_millisecond),
            filter.to.map_or(i64::MAX, Timestamp::as_millisecond),
            list(&filter.types),
            list(&filter.except),
            limit,
            offset
        ],
        |row| row.get::<_, String>(0),
    )?
    .map(|doc| super::docs::parse(&doc?))
    .collect()
}
