//! A request as received, and what handlers read from it.

use std::net::SocketAddr;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, Method};
use serde_json::Value;

use super::refusal::ErrorReply;
use super::routes::Params;
use crate::local::domain::users::UserSpec;
use crate::local::domain::{Attributes, Work};

/// A request, read to its end.
#[derive(Debug, Clone)]
pub struct Request {
    /// HTTP method.
    pub method: Method,
    /// Path and query as they were on the request line.
    pub target: String,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub body: Bytes,
    /// The client's address.
    pub peer: SocketAddr,
    /// Scheme, host and port that it came to.
    pub base: Arc<str>,
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
    pub fn flag(&self, name: &str) -> Result<bool, ErrorReply> {
        self.flag_or(name, false)
    }

    /// A flag of the query.
    pub fn flag_or(&self, name: &str, default: bool) -> Result<bool, ErrorReply> {
        match self.query().find(|(key, _)| key == name) {
            None => Ok(default),
            Some((_, value)) => value.parse().map_err(|_| {
                let detail =
                    format!("The query parameter {name} must be true or false, not {value:?}.");
                ErrorReply::query(detail)
            }),
        }
    }

    /// A whole number of the query.
    pub fn number(&self, name: &str) -> Result<Option<i64>, ErrorReply> {
        let Some((_, value)) = self.query().find(|(key, _)| key == name) else {
            return Ok(None);
        };
        value.parse().map(Some).map_err(|_| {
            let detail =
                format!("The query parameter {name} must be a whole number, not {value:?}.");
            ErrorReply::query(detail)
        })
    }

    /// The body, which must be a JSON object.
    pub fn object(&self) -> Result<Attributes, ErrorReply> {
        match serde_json::from_slice(&self.body) {
            Ok(Value::Object(object)) => Ok(self.given(object)),
            Ok(_) => Err(ErrorReply::bad("MALFORMED_JSON", "The body must be a JSON object.")),
            Err(e) => Err(ErrorReply::bad("MALFORMED_JSON", format!("The body is not JSON: {e}."))),
        }
    }

    /// What an object of the body gives. Nothing that is created has an attribute to take away, so
    /// a null in a POST is an attribute that was not given: clients send optional ones so.
    pub fn given(&self, mut object: Attributes) -> Attributes {
        if self.method == Method::POST {
            object.retain(|_, value| !value.is_null());
        }
        object
    }
}

/// What was prepared of a request before its transaction, because it takes time.
#[derive(Debug, Default)]
pub struct Prepared {
    /// The database user in the body; `None` if the body is not a JSON object.
    pub user: Option<UserSpec>,
}

/// A request that was authenticated and allowed, on its way to its handler.
#[derive(Clone, Copy)]
pub struct Admitted<'a> {
    /// What the caller does, within the call's transaction.
    pub work: Work<'a>,
    /// The request.
    pub request: &'a Request,
    /// What the path's template names.
    pub params: &'a Params,
    /// What was prepared of the request.
    pub prepared: &'a Prepared,
    /// Scheme, host and port that the request came to.
    pub base: &'a str,
    /// Whether objects link to themselves.
    pub object_links: bool,
}

impl<'a> Admitted<'a> {
    /// A decoded segment of the path, by its name in the template.
    pub fn param(&self, name: &str) -> &'a str {
        self.params.get(name)
    }

    /// The project that the path names.
    pub fn project(&self) -> &'a str {
        self.param("groupId")
    }

    /// A query parameter, when it is there and not empty.
    pub fn query(&self, name: &str) -> Option<String> {
        self.request.query().find(|(key, _)| key == name).map(|(_, v)| v).filter(|v| !v.is_empty())
    }

    /// The body, which must be a JSON object.
    pub fn object(&self) -> Result<Attributes, ErrorReply> {
        self.request.object()
    }
}
