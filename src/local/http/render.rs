//! Answers as HTTP.

use bytes::Bytes;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Value, json};

use super::operation::Answer;
use super::rate::RateStatus;
use super::refusal::ErrorReply;
use super::reply::Body;
use super::request::Request;

/// An answer as it goes over the wire.
#[derive(Debug, Clone)]
pub struct Rendered {
    /// HTTP status.
    pub status: u16,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub body: Bytes,
}

impl Rendered {
    /// A JSON body that is not the API's own.
    pub fn plain_json(status: u16, value: &Value) -> Self {
        let mut rendered =
            Rendered { status, headers: HeaderMap::new(), body: value.to_string().into() };
        rendered.set(CONTENT_TYPE, "application/json");
        rendered
    }

    /// Sets a header; a value that is not valid in a header is omitted.
    pub fn set(&mut self, name: HeaderName, value: &str) {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.insert(name, value);
        }
    }

    fn spent(&mut self, spent: Option<RateStatus>) {
        if let Some(spent) = spent {
            self.set(HeaderName::from_static("ratelimit-limit"), &spent.limit.to_string());
            let remaining = spent.remaining.to_string();
            self.set(HeaderName::from_static("ratelimit-remaining"), &remaining);
        }
    }
}

/// Renders the answer of an operation.
pub fn answer(request: &Request, answer: Answer) -> Rendered {
    let flags = Flags::of(request);
    let mut rendered = match answer.outcome {
        Err(refusal) => return refused(flags, &refusal, answer.spent),
        Ok(reply) => {
            let mut rendered =
                Rendered { status: reply.status, headers: HeaderMap::new(), body: Bytes::new() };
            match reply.body {
                Body::None => {}
                Body::Json(value) => {
                    rendered.set(CONTENT_TYPE, &answer.media_type);
                    rendered.body = flags.text(reply.status, value).into();
                }
                Body::Gzip { bytes, filename } => {
                    rendered.set(CONTENT_TYPE, &answer.media_type);
                    let value = format!("attachment; filename=\"{filename}\"");
                    rendered.set(CONTENT_DISPOSITION, &value);
                    rendered.body = bytes.into();
                }
            }
            rendered
        }
    };
    rendered.spent(answer.spent);
    rendered
}

/// Renders a refusal outside of an operation.
pub fn refusal(request: &Request, refusal: &ErrorReply) -> Rendered {
    refused(Flags::of(request), refusal, None)
}

fn refused(flags: Flags, refusal: &ErrorReply, spent: Option<RateStatus>) -> Rendered {
    let mut rendered = Rendered {
        status: refusal.status,
        headers: HeaderMap::new(),
        body: flags.text(refusal.status, refusal.body()).into(),
    };
    rendered.set(CONTENT_TYPE, "application/json");
    rendered.set(HeaderName::from_static("x-error-code"), &refusal.code);
    for (name, value) in &refusal.headers {
        rendered.set(HeaderName::from_static(name), value);
    }
    rendered.spent(spent);
    rendered
}

#[derive(Clone, Copy)]
struct Flags {
    envelope: bool,
    pretty: bool,
}

impl Flags {
    fn of(request: &Request) -> Self {
        Flags {
            envelope: request.flag("envelope").unwrap_or(false),
            pretty: request.flag("pretty").unwrap_or(false),
        }
    }

    fn text(self, status: u16, value: Value) -> String {
        let value = match self.envelope {
            true => json!({ "status": status, "content": value }),
            false => value,
        };
        if self.pretty { format!("{value:#}") } else { value.to_string() }
    }
}
