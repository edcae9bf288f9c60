//! The verifiers of database users. A verifier belongs to a user's row and is removed with it: a
//! user created again under the same name has another row.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Result, params};

use super::docs::kind::DATABASE_USER;

/// A key, as long as a SHA-256 digest.
pub type Key = [u8; 32];

/// What a client that signs in by SCRAM-SHA-256 is checked against (RFC 5802).
#[derive(Clone, PartialEq, Eq)]
pub struct Verifier {
    /// Random, and sent to anyone who wants to sign in.
    pub salt: [u8; 28],
    /// How often the password was hashed.
    pub iterations: u32,
    /// Checks the client's proof.
    pub stored_key: Key,
    /// Signs the server's answer.
    pub server_key: Key,
}

impl std::fmt::Debug for Verifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Verifier").field("iterations", &self.iterations).finish_non_exhaustive()
    }
}

/// The table, since schema 4.
pub(super) const TABLE: &str = "
CREATE TABLE IF NOT EXISTS scram (
    user INTEGER PRIMARY KEY,
    salt BLOB NOT NULL,
    iterations INTEGER NOT NULL,
    stored_key BLOB NOT NULL,
    server_key BLOB NOT NULL
);
CREATE TRIGGER IF NOT EXISTS scram_goes_with_its_user AFTER DELETE ON resources
WHEN OLD.kind = 'database_user' BEGIN DELETE FROM scram WHERE user = OLD.seq; END;
";

/// The verifier of a user; `None` for one without a password, one who has expired, and nobody.
pub fn get(db: &Connection, now: Timestamp, project: &str, key: &str) -> Result<Option<Verifier>> {
    db.prepare_cached(
        "SELECT salt, iterations, stored_key, server_key FROM scram JOIN resources ON seq = user
         WHERE kind = ?1 AND parent = ?2 AND key = ?3 AND (expires IS NULL OR expires > ?4)",
    )?
    .query_row(params![DATABASE_USER, project, key, now.as_millisecond()], |row| {
        Ok(Verifier {
            salt: row.get(0)?,
            iterations: row.get(1)?,
            stored_key: row.get(2)?,
            server_key: row.get(3)?,
        })
    })
    .optional()
}

/// Gives a user a verifier, in the place of another.
pub fn set(db: &Connection, project: &str, key: &str, verifier: &Verifier) -> Result<()> {
    db.prepare_cached(
        "INSERT OR REPLACE INTO scram (user, salt, iterations, stored_key, server_key)
         SELECT seq, ?4, ?5, ?6, ?7 FROM resources WHERE kind = ?1 AND parent = ?2 AND key = ?3",
    )?
    .execute(params![
        DATABASE_USER,
        project,
        key,
        verifier.salt,
        verifier.iterations,
        verifier.stored_key,
        verifier.server_key
    ])
    .map(drop)
}

/// Removes a user's verifier.
pub fn remove(db: &Connection, project: &str, key: &str) -> Result<()> {
    db.prepare_cached(
        "DELETE FROM scram WHERE user IN
         (SELECT seq FROM resources WHERE kind = ?1 AND parent = ?2 AND key = ?3)",
    )?
    .execute(params![DATABASE_USER, project, key])
    .map(drop)
}
