//! A request as it came, and what a handler asks it.

use std::net::SocketAddr;

use bytes::Bytes;
use http::{HeaderMap, Method};
use jiff::Timestamp;
use rusqlite::Connection;
use serde_json::{Map, Value};

use super::project_event;
use super::refusal::Refusal;
use super::routes::Params;
use super::store::principals::Principal;
use super::store::{events, meta};

/// A request, read to its end.
#[derive(Debug, Clone)]
pub struct Request {
    /// HTTP method.
    pub method: Method,
    /// Path and query as they stood on the request line.
    pub target: String,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub body: Bytes,
    /// The client's address.
    pub peer: SocketAddr,
}

impl Request {
    /// The raw path.
    pub fn path(&self) -> &str {
        self.target.split_once('?').map_or(&self.target, |(path, _)| path)
    }

    /// The decoded pairs of the query.
    pub fn query(&self) -> impl Iterator<Item = (String, String)> {
        let query = self.target.split_once('?').map_or("", |(_, query)| query);
        url::form_urlencoded::parse(query.as_bytes()).into_owned()
    }

    /// A header that is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// A flag of the query, false when it is absent.
    pub fn flag(&self, name: &str) -> Result<bool, Refusal> {
        self.flag_or(name, false)
    }

    /// A flag of the query.
    pub fn flag_or(&self, name: &str, default: bool) -> Result<bool, Refusal> {
        match self.query().find(|(key, _)| key == name) {
            None => Ok(default),
            Some((_, value)) => value.parse().map_err(|_| {
                Refusal::bad(
                    "INVALID_QUERY_PARAMETER",
                    format!("The query parameter {name} is true or false, not {value:?}."),
                )
            }),
        }
    }

    /// A whole number of the query.
    pub fn number(&self, name: &str) -> Result<Option<i64>, Refusal> {
        let Some((_, value)) = self.query().find(|(key, _)| key == name) else {
            return Ok(None);
        };
        value.parse().map(Some).map_err(|_| {
            Refusal::bad(
                "INVALID_QUERY_PARAMETER",
                format!("The query parameter {name} is a whole number, not {value:?}."),
            )
        })
    }
}

/// A request that was authenticated and allowed, on its way to its handler.
pub struct Call<'a> {
    /// The store, within the call's transaction.
    pub db: &'a Connection,
    /// The request.
    pub request: &'a Request,
    /// What the path's template names.
    pub params: &'a Params,
    /// Who calls.
    pub principal: &'a Principal,
    /// The store's time.
    pub now: Timestamp,
    /// Scheme, host and port that the server is reached at.
    pub base: &'a str,
}

impl Call<'_> {
    /// A decoded segment of the path, by its name in the template.
    pub fn param(&self, name: &str) -> &str {
        self.params.get(name)
    }

    /// The project that the path names.
    pub fn project(&self) -> &str {
        self.param("groupId")
    }

    /// A query parameter, when it is there and not empty.
    pub fn query(&self, name: &str) -> Option<String> {
        self.request.query().find(|(key, _)| key == name).map(|(_, v)| v).filter(|v| !v.is_empty())
    }

    /// Writes the project event that Atlas would write; `about` names what it is about, under the
    /// document's own keys such as `instanceName`.
    pub fn event(&self, kind: &str, about: &[(&str, &str)]) -> rusqlite::Result<()> {
        let id = meta::next_id(self.db)?;
        let event = project_event::document(self, &id, kind, about);
        events::append(self.db, self.project(), self.now, kind, &event)
    }

    /// The body, which must be a JSON object.
    pub fn object(&self) -> Result<Map<String, Value>, Refusal> {
        match serde_json::from_slice(&self.request.body) {
            Ok(Value::Object(object)) => Ok(object),
            Ok(_) => Err(Refusal::bad("MALFORMED_JSON", "The body must be a JSON object.")),
            Err(e) => Err(Refusal::bad("MALFORMED_JSON", format!("The body is not JSON: {e}."))),
        }
    }
}
