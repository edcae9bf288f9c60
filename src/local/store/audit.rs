//! The lines of audit logs, and the instances that are gone but whose log is kept.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Result, params};

/// Appends a line; `time` is what the line says of itself.
pub fn append(
    db: &Connection,
    project: &str,
    instance: &str,
    time: Timestamp,
    processor: Option<&str>,
    line: &str,
) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO audit (project, instance, time, processor, line) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![project, instance, time.as_millisecond(), processor, line])
    .map(drop)
}

/// Hands over the lines of a half-open range in the order of their time.
pub fn each(
    db: &Connection,
    project: &str,
    instance: &str,
    range: (Timestamp, Timestamp),
    processor: Option<&str>,
    mut line: impl FnMut(&str) -> std::io::Result<()>,
) -> Result<()> {
    let mut statement = db.prepare_cached(
        "SELECT line FROM audit WHERE project = ?1 AND instance = ?2 AND time >= ?3 AND time < ?4
         AND (?5 IS NULL OR processor = ?5) ORDER BY time, seq",
    )?;
    let (from, to) = (range.0.as_millisecond(), range.1.as_millisecond());
    let mut rows = statement.query(params![project, instance, from, to, processor])?;
    while let Some(row) = rows.next()? {
        line(row.get_ref(0)?.as_str()?)
            .map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))?;
    }
    Ok(())
}

/// When an instance was deleted, if it was.
pub fn deleted(db: &Connection, project: &str, instance: &str) -> Result<Option<Timestamp>> {
    let time: Option<i64> = db
        .prepare_cached("SELECT deleted FROM deleted_instances WHERE project = ?1 AND name = ?2")?
        .query_row([project, instance], |row| row.get(0))
        .optional()?;
    Ok(time.and_then(|ms| Timestamp::from_millisecond(ms).ok()))
}
