//! The control plane's rules, independent of any transport: who may do what, what an object may
//! look like, and which events a change causes.
//!
//! A noun is a file or a folder here. Its queries and commands are functions whose first parameter
//! is the [`Work`]: one actor at one moment, within a transaction that the caller began and ends.
//! What they are about comes next, under the names of the domain ([`users::UserName`]); then what
//! is wanted: typed where the choices are few, as a JSON object ([`Attributes`]) where the API's
//! document is open-ended. They answer with the object as the API shows it, or with a [`Refusal`],
//! and they write the project's events and the instance's audit log themselves, in the actor's
//! name.
//!
//! A transport (`http/`) finds out who the actor is, asks [`Work::authorize`] (for a database user
//! on an instance [`Work::authorize_action`]), calls the noun and translates what comes back. A
//! rule that only a transport knows is in the wrong room.

pub mod access_list;
pub mod actor;
pub mod addresses;
pub mod audit;
pub mod clusters;
pub mod connections;
pub mod custom_roles;
pub mod events;
pub mod instances;
pub mod named;
pub mod organizations;
pub mod peerings;
pub mod people;
pub mod private_links;
pub mod processors;
pub mod projects;
pub mod refusal;
pub mod users;

use jiff::Timestamp;
use rusqlite::Connection;
use serde_json::{Map, Value};

use actor::Actor;
use refusal::{Refusal, Subject};

use super::store::docs;

/// Attributes of an object, as a caller wants them.
pub type Attributes = Map<String, Value>;

/// The result of a command or a query.
pub type Outcome<T = Value> = Result<T, Refusal>;

/// What one actor does at one moment, all or nothing; the caller provides the transaction.
#[derive(Debug, Clone, Copy)]
pub struct Work<'a> {
    /// The store, within the transaction.
    pub db: &'a Connection,
    /// The store's time.
    pub now: Timestamp,
    /// Who acts.
    pub actor: &'a Actor,
}

/// Which part of a listing is requested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// How many at most.
    pub limit: i64,
    /// How many to skip.
    pub skip: i64,
}

impl Part {
    /// Everything.
    pub const ALL: Part = Part { limit: i64::MAX, skip: 0 };
}

/// A part of a listing, and the total.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Listing {
    /// The objects of the part.
    pub results: Vec<Value>,
    /// The total.
    pub total: i64,
}

impl Listing {
    /// The part of what was chosen one by one.
    fn chosen(all: Vec<Value>, part: Part) -> Listing {
        let total = i64::try_from(all.len()).unwrap_or(i64::MAX);
        let skip = usize::try_from(part.skip).unwrap_or(usize::MAX);
        let limit = usize::try_from(part.limit).unwrap_or(usize::MAX);
        Listing { results: all.into_iter().skip(skip).take(limit).collect(), total }
    }
}

impl Work<'_> {
    /// One document, unless it has expired.
    fn get(&self, kind: &str, parent: &str, key: &str) -> Outcome<Option<Value>> {
        Ok(docs::get(self.db, self.now, kind, parent, key)?)
    }

    /// All documents of a kind under a parent.
    fn all(&self, kind: &str, parent: &str) -> Outcome<Vec<Value>> {
        Ok(docs::list(self.db, self.now, kind, parent, -1, 0)?)
    }

    /// A part of the documents of a kind under a parent.
    fn list(&self, kind: &str, parent: &str, part: Part) -> Outcome<Listing> {
        Ok(Listing {
            total: docs::count(self.db, self.now, kind, parent)?,
            results: docs::list(self.db, self.now, kind, parent, part.limit, part.skip)?,
        })
    }
}

/// A text within a document; empty if there is none.
fn text<'a>(doc: &'a Value, name: &str) -> &'a str {
    doc[name].as_str().unwrap_or_default()
}

/// Takes a field out of a document.
fn without(doc: &mut Value, name: &str) {
    if let Some(fields) = doc.as_object_mut() {
        fields.shift_remove(name);
    }
}

/// Refuses attributes that lack one of these.
fn require(given: &Attributes, names: &[&str]) -> Outcome<()> {
    match names.iter().find(|name| !given.contains_key(**name)) {
        None => Ok(()),
        Some(name) => Err(Refusal::missing(name)),
    }
}

/// Checks that a value is an object of nothing but these attributes.
fn known_keys(name: &str, value: &Value, known: &[&str]) -> Outcome<()> {
    let Some(object) = value.as_object() else {
        return Err(Refusal::invalid(name, "an object is expected"));
    };
    match object.keys().find(|key| !known.contains(&key.as_str())) {
        Some(key) => Err(Refusal::invalid(name, format!("{key} is unknown"))),
        None => Ok(()),
    }
}

/// Refuses what a list of attributes does not have.
fn unknown_attribute(name: &str) -> Refusal {
    let detail = format!("Received JSON has an unknown attribute {name}.");
    Refusal::unfit(Subject::Attribute, name, detail)
}

#[cfg(test)]
pub(super) mod tests;
