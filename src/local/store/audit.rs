//! The lines of audit logs, and the deleted instances whose log is still kept.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, Result, params};

/// How long a log outlives its instance.
pub const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

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

/// Returns the lines of a half-open range in the order of their time.
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

/// Remembers that an instance was deleted now, so that its log is kept for [`KEPT`].
///
/// An instance created later under the same name continues its log: otherwise anyone who may create
/// instances could hide what another did. The lines show which instance they belong to.
pub fn instance_deleted(
    db: &Connection,
    now: Timestamp,
    project: &str,
    instance: &str,
) -> Result<()> {
    db.prepare_cached(
        "INSERT OR REPLACE INTO deleted_instances (project, name, deleted) VALUES (?1, ?2, ?3)",
    )?
    .execute(params![project, instance, now.as_millisecond()])
    .map(drop)
}

/// Deletes the logs of instances that have been gone for [`KEPT`]. If an instance of the same name
/// exists again, deletes only what was written before the deletion.
pub fn purge(db: &Connection, now: Timestamp) -> Result<()> {
    let latest = now.as_millisecond() - i64::try_from(KEPT.as_millis()).unwrap_or(i64::MAX);
    let gone: Vec<(String, String, i64)> = db
        .prepare_cached("SELECT project, name, deleted FROM deleted_instances WHERE deleted <= ?1")?
        .query_map([latest], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<Result<_>>()?;
    for (project, name, deleted) in gone {
        let lives: bool = db
            .prepare_cached(
                "SELECT count(*) > 0 FROM resources
                 WHERE kind = 'instance' AND parent = ?1 AND key = ?2",
            )?
            .query_row([&project, &name], |row| row.get(0))?;
        let until = if lives { deleted } else { i64::MAX };
        db.prepare_cached("DELETE FROM audit WHERE project = ?1 AND instance = ?2 AND time <= ?3")?
            .execute(params![project, name, until])?;
        db.prepare_cached("DELETE FROM deleted_instances WHERE project = ?1 AND name = ?2")?
            .execute([&project, &name])?;
    }
    Ok(())
}
