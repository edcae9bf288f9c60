//! The ports that are kept for instances, and those on which they are listened for. A port belongs to an instance's row and goes with
//! it: an instance created again under the same name has another row, and connections to the first
//! are none to it.

use std::collections::BTreeMap;

use rusqlite::{Connection, Result, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::docs::kind::INSTANCE;
use super::meta;

/// The table, since schema 6.
pub(super) const TABLE: &str = "
CREATE TABLE IF NOT EXISTS endpoints (
    instance INTEGER PRIMARY KEY,
    port INTEGER NOT NULL
);
CREATE TRIGGER IF NOT EXISTS endpoint_goes_with_its_instance AFTER DELETE ON resources
WHEN OLD.kind = 'instance' BEGIN DELETE FROM endpoints WHERE instance = OLD.seq; END;
";

/// An instance, and its port if it has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// What tells instances apart that had one name, one after the other.
    pub row: i64,
    /// Id of its project.
    pub project: String,
    /// Its name.
    pub name: String,
    /// Its names in the network.
    pub hosts: Vec<String>,
    /// The port that is kept for it.
    pub port: Option<u16>,
}

/// All instances, the oldest first.
pub fn list(db: &Connection) -> Result<Vec<Endpoint>> {
    let mut query = db.prepare_cached(
        "SELECT seq, parent, key, json_extract(doc, '$.hostnames'), port
         FROM resources LEFT JOIN endpoints ON instance = seq WHERE kind = ?1 ORDER BY seq",
    )?;
    let rows = query.query_map([INSTANCE], |row| {
        let hosts: Option<String> = row.get(3)?;
        let hosts = hosts.and_then(|hosts| serde_json::from_str::<Vec<Value>>(&hosts).ok());
        let hosts = hosts.into_iter().flatten();
        Ok(Endpoint {
            row: row.get(0)?,
            project: row.get(1)?,
            name: row.get(2)?,
            hosts: hosts.filter_map(|host| Some(host.as_str()?.to_owned())).collect(),
            port: row.get(4)?,
        })
    })?;
    rows.collect()
}

/// Keeps a port for an instance, in the place of another.
pub fn set(db: &Connection, row: i64, port: u16) -> Result<()> {
    db.prepare_cached(
        "INSERT OR REPLACE INTO endpoints (instance, port)
         SELECT seq, ?2 FROM resources WHERE kind = ?3 AND seq = ?1",
    )?
    .execute(params![row, port, INSTANCE])
    .map(drop)
}

/// What the server that listens for the instances says of itself. It is that of the process with the
/// claim (see [`super::serving`]); what one leaves that was killed is written over by the next.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Listening {
    /// The ports, by the instances' rows.
    pub ports: BTreeMap<i64, u16>,
    /// Whether clients may sign in with certificates.
    pub takes_certificates: bool,
}

impl Listening {
    /// As it is stored; nothing, if that cannot be read.
    pub fn get(db: &Connection) -> Result<Listening> {
        let text = meta::get(db, meta::LISTENING)?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
    }

    /// Stores it.
    pub fn set(&self, db: &Connection) -> Result<()> {
        let text = serde_json::to_string(self);
        let text = text.map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))?;
        meta::set(db, meta::LISTENING, text)
    }
}
