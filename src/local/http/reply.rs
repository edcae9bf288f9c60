//! The answers of handlers.

use serde_json::Value;

use super::refusal::ErrorReply;

/// What a handler returns.
pub type Outcome = Result<Reply, ErrorReply>;

/// A successful answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Body.
    pub body: Body,
}

/// The body of an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// Nothing, as with 204.
    None,
    /// A document.
    Json(Value),
    /// A compressed file and the name it is offered under.
    Gzip {
        /// The compressed bytes.
        bytes: Vec<u8>,
        /// The name in `Content-Disposition`.
        filename: String,
    },
}

impl Reply {
    /// A document with a status.
    pub fn json(status: u16, value: Value) -> Self {
        Reply { status, body: Body::Json(value) }
    }

    /// 200
    pub fn ok(value: Value) -> Self {
        Reply::json(200, value)
    }

    /// 204
    pub fn no_content() -> Self {
        Reply { status: 204, body: Body::None }
    }
}
