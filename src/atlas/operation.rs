//! What an operation is, and one call of it.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use http::Method;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::redact;
use crate::mask::Known;

/// What an operation returns, by its media type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    /// A JSON document.
    Json,
    /// A compressed log.
    Gzip,
}

impl Media {
    /// The suffix of the media type.
    fn suffix(self) -> &'static str {
        match self {
            Media::Json => "json",
            Media::Gzip => "gzip",
        }
    }
}

/// How an operation returns its rows. Pages name the fields that tell one row from another: a row may
/// come twice, in another state, if the list grows while it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paging {
    /// No rows: one object, or nothing.
    None,
    /// Pages that know `includeCount`.
    Counted(&'static [&'static str]),
    /// Pages without `includeCount`; they may announce a total all the same.
    Uncounted(&'static [&'static str]),
    /// One bare array with everything.
    Array,
}

impl Paging {
    /// The fields that tell one row from another.
    pub(super) fn identity(self) -> &'static [&'static str] {
        match self {
            Paging::Counted(fields) | Paging::Uncounted(fields) => fields,
            Paging::None | Paging::Array => &[],
        }
    }
}

/// One operation of the API, as its public document declares it.
#[derive(Debug)]
pub struct Operation {
    /// The document's `operationId`.
    pub id: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path, with parameters in braces: `/api/atlas/v2/groups/{groupId}`.
    pub path: &'static str,
    /// The date of the media type, `YYYY-MM-DD`.
    pub version: &'static str,
    /// What it answers.
    pub media: Media,
    /// How it returns rows.
    pub paging: Paging,
    /// What a call does, for error messages, with path parameters in braces: `read project
    /// {groupId}`.
    pub what: &'static str,
}

impl Operation {
    /// The versioned media type, which `Accept` and `Content-Type` carry.
    pub fn media_type(&self) -> String {
        media_type(self.version, self.media)
    }
}

fn media_type(version: &str, media: Media) -> String {
    format!("application/vnd.atlas.{version}+{}", media.suffix())
}

/// A call that a person wrote, of an operation that this program may know or not.
#[derive(Debug, Clone)]
pub struct UserCall {
    /// The HTTP method.
    pub method: Method,
    /// The percent-encoded path, from `/api` on.
    pub path: String,
    /// The date of the media type, `YYYY-MM-DD`.
    pub version: String,
    /// What it answers.
    pub media: Media,
    /// How it returns rows.
    pub paging: Paging,
    /// The operation that it is.
    pub operation: Option<&'static Operation>,
}

/// What is called.
#[derive(Clone)]
enum CallTarget {
    Known(&'static Operation),
    User(Arc<UserCall>),
}

/// One call: everything but the credential.
#[derive(Clone)]
pub struct Call {
    called: CallTarget,
    path: Vec<(&'static str, String)>,
    query: Vec<(Cow<'static, str>, String)>,
    body: Option<Value>,
    shown: Option<Value>,
    matching: Option<String>,
}

/// Unreserved characters stay (RFC 3986), and `$`, because `$external` is sent as it is.
const SEGMENT: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'$');

impl Call {
    /// A call without parameters.
    pub fn new(operation: &'static Operation) -> Self {
        Call::of(CallTarget::Known(operation))
    }

    /// A call as a person wrote it.
    pub fn typed(call: UserCall) -> Self {
        Call::of(CallTarget::User(Arc::new(call)))
    }

    fn of(called: CallTarget) -> Self {
        Call {
            called,
            path: Vec::new(),
            query: Vec::new(),
            body: None,
            shown: None,
            matching: None,
        }
    }

    /// Fills a path parameter; the value is percent-encoded as one segment.
    #[must_use]
    pub fn path(mut self, name: &'static str, value: impl Into<String>) -> Self {
        debug_assert!(self.template().contains(&format!("{{{name}}}")), "no parameter {name}");
        self.path.push((name, value.into()));
        self
    }

    /// Adds a query parameter; a name may be repeated.
    #[must_use]
    pub fn query(mut self, name: impl Into<Cow<'static, str>>, value: impl ToString) -> Self {
        self.query.push((name.into(), value.to_string()));
        self
    }

    /// Sets the JSON body.
    #[must_use]
    pub fn body(mut self, body: Value) -> Self {
        self.body = Some(body);
        self
    }

    /// Sets what is shown instead of the body: the same document, with the names of environment
    /// variables in place of their values.
    #[must_use]
    pub fn shown(mut self, shown: Value) -> Self {
        self.shown = Some(shown);
        self
    }

    /// Makes the request conditional on the object's fingerprint, for a server that compares. Atlas
    /// does not, and is not sent one.
    #[must_use]
    pub fn matching(mut self, fingerprint: String) -> Self {
        self.matching = Some(fingerprint);
        self
    }

    /// The fingerprint that the object must still have.
    pub(super) fn fingerprint(&self) -> Option<&str> {
        self.matching.as_deref()
    }

    /// The operation that is called, if this program knows it.
    pub fn operation(&self) -> Option<&'static Operation> {
        match &self.called {
            CallTarget::Known(operation) => Some(operation),
            CallTarget::User(call) => call.operation,
        }
    }

    /// The HTTP method.
    pub fn method(&self) -> &Method {
        match &self.called {
            CallTarget::Known(operation) => &operation.method,
            CallTarget::User(call) => &call.method,
        }
    }

    /// The versioned media type, which `Accept` and `Content-Type` carry.
    pub fn media_type(&self) -> String {
        match &self.called {
            CallTarget::Known(operation) => operation.media_type(),
            CallTarget::User(call) => media_type(&call.version, call.media),
        }
    }

    /// What it answers.
    pub fn media(&self) -> Media {
        match &self.called {
            CallTarget::Known(operation) => operation.media,
            CallTarget::User(call) => call.media,
        }
    }

    /// How it returns rows.
    pub fn paging(&self) -> Paging {
        match &self.called {
            CallTarget::Known(operation) => operation.paging,
            CallTarget::User(call) => call.paging,
        }
    }

    /// Whether it is public; no credential is sent then.
    pub fn is_public(&self) -> bool {
        self.template().contains("/unauth/")
    }

    /// The path, with any parameters in braces.
    fn template(&self) -> &str {
        match &self.called {
            CallTarget::Known(operation) => operation.path,
            CallTarget::User(call) => &call.path,
        }
    }

    /// The body as it will be sent, secrets included.
    pub fn body_json(&self) -> Option<&Value> {
        self.body.as_ref()
    }

    /// The body with every secret masked: what may be shown.
    pub fn body_masked(&self) -> Option<Value> {
        self.shown.as_ref().or(self.body.as_ref()).cloned().map(redact::json)
    }

    /// Registers the secrets that it sends.
    pub(super) fn learn(&self, known: &Known) {
        if let Some(body) = &self.body {
            redact::learn(known, body, self.shown.as_ref().unwrap_or(body));
        }
        let secret = |(name, _): &&(Cow<'_, str>, _)| redact::is_secret(name);
        self.query.iter().filter(secret).for_each(|(_, value)| known.learn(value));
    }

    /// The percent-encoded path with the query, as it appears on the request line.
    pub fn target(&self) -> String {
        let mut target =
            self.fill(self.template(), |value| utf8_percent_encode(value, SEGMENT).to_string());
        for (index, (name, value)) in self.query.iter().enumerate() {
            target.push(if index == 0 { '?' } else { '&' });
            target.extend(utf8_percent_encode(name, SEGMENT));
            target.push('=');
            target.extend(utf8_percent_encode(value, SEGMENT));
        }
        target
    }

    /// What the call does, for messages: `read database user alice`.
    pub fn what(&self) -> String {
        match &self.called {
            CallTarget::Known(operation) => self.fill(operation.what, str::to_owned),
            CallTarget::User(call) => format!("{} {}", call.method, call.path),
        }
    }

    /// Whether [what it does](Call::what) mentions this name.
    pub fn names(&self, name: &str) -> bool {
        let CallTarget::Known(operation) = &self.called else { return false };
        let is_said = |parameter: &str| operation.what.contains(&format!("{{{parameter}}}"));
        self.path.iter().any(|(parameter, value)| value == name && is_said(parameter))
    }

    /// A path value that cannot be used in a URL: an empty segment would name the collection, and a
    /// dot segment, encoded or not, is resolved away by every URL parser on the route.
    pub(super) fn unaddressable(&self) -> Option<&str> {
        let values = self.path.iter().map(|(_, value)| value.as_str());
        let segments = match &self.called {
            CallTarget::Known(_) => "",
            CallTarget::User(call) => call.path.strip_prefix('/').unwrap_or(&call.path),
        };
        let segments = segments.split('/').filter(|_| !segments.is_empty());
        values.chain(segments).find(|value| matches!(*value, "" | "." | ".."))
    }

    /// What the rate limits are counted by: the first three segments, `groups/ID/streams`.
    pub(super) fn family(&self) -> String {
        let target = self.target();
        let path = target.split('?').next().unwrap_or_default();
        let rest = path.strip_prefix("/api/atlas/v2/").unwrap_or(path);
        rest.splitn(4, ['/', ':']).take(3).collect::<Vec<_>>().join("/")
    }

    fn fill(&self, template: &str, encode: impl Fn(&str) -> String) -> String {
        self.path.iter().fold(template.to_owned(), |filled, (name, value)| {
            filled.replacen(&format!("{{{name}}}"), &encode(value), 1)
        })
    }
}

/// Shows no secret of the body.
impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("operation", &self.operation().map(|operation| operation.id))
            .field("method", self.method())
            .field("target", &redact::target(&self.target()))
            .field("body", &self.body_masked())
            .finish()
    }
}
