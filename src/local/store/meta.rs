//! Single values that belong to the whole store: clock, seed, defaults, limits.

use crate::local::crypto;
use rusqlite::{Connection, OptionalExtension, Result, params};

/// How far the store's clock is ahead of the system's, in milliseconds.
pub const CLOCK_OFFSET: &str = "clock_offset_ms";
/// What generated ids are derived from.
pub const ID_SEED: &str = "id_seed";
/// How many ids were generated.
pub const ID_COUNT: &str = "id_count";
/// What the salts of users who do not exist are derived from.
pub const DECOY_SECRET: &str = "scram_decoy_secret";
/// The project that commands use when none is named.
pub const DEFAULT_PROJECT: &str = "default_project";
/// The organisation that commands use when none is named.
pub const DEFAULT_ORG: &str = "default_org";
/// Where the server listens that listens for the instances (see [`super::endpoints::Listening`]).
pub const LISTENING: &str = "listening";

/// How many of something a project may have.
#[derive(Debug)]
pub struct Limit {
    key: &'static str,
    default: i64,
}

/// Database users in a project; by default as many as in Atlas.
pub const USER_LIMIT: Limit = Limit { key: "database_users_per_project", default: 100 };
/// Entries of a project's IP access list; by default as many as in Atlas.
pub const ACCESS_LIST_LIMIT: Limit = Limit { key: "access_list_entries_per_project", default: 200 };

/// How many there may be; `None` is any number.
pub fn limit(db: &Connection, limit: &Limit) -> Result<Option<i64>> {
    let most = number(db, limit.key)?.unwrap_or(limit.default);
    Ok((most > 0).then_some(most))
}

/// Sets how many there may be; `None` is any number.
pub fn set_limit(db: &Connection, limit: &Limit, most: Option<u32>) -> Result<()> {
    // Stored as 0, since a missing value is the default.
    set(db, limit.key, most.unwrap_or(0))
}

/// Reads a value.
pub fn get(db: &Connection, key: &str) -> Result<Option<String>> {
    db.prepare_cached("SELECT value FROM meta WHERE key = ?1")?
        .query_row([key], |row| row.get(0))
        .optional()
}

/// Reads a number.
pub fn number(db: &Connection, key: &str) -> Result<Option<i64>> {
    Ok(get(db, key)?.and_then(|v| v.parse().ok()))
}

/// Writes a value.
pub fn set(db: &Connection, key: &str, value: impl ToString) -> Result<()> {
    db.prepare_cached("INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)")?
        .execute(params![key, value.to_string()])
        .map(drop)
}

/// The next id that follows from the store's seed, within a writing transaction.
pub fn next_id(db: &Connection) -> Result<String> {
    let count = number(db, ID_COUNT)?.unwrap_or(0) + 1;
    set(db, ID_COUNT, count)?;
    Ok(crypto::derived_id(&get(db, ID_SEED)?.unwrap_or_default(), count))
}
