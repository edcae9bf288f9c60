//! What can go wrong with a call.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use http::{HeaderMap, StatusCode};
use serde_json::Value;

use super::Call;
use super::retry::retry_after;

/// What went wrong, as far as retrying and reporting tell cases apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The server answered with a status that is no success.
    Status(StatusCode),
    /// No connection was made, so nothing was sent.
    NoConnection,
    /// The server's certificate is not trusted.
    Untrusted,
    /// The server was silent for too long.
    Timeout,
    /// The server sends elsewhere, which is not followed.
    Redirected,
    /// The connection ended in the middle of an exchange.
    Cut,
    /// The answer is not what the operation answers.
    Unreadable,
    /// A list that came with fewer rows than it announced.
    Incomplete,
    /// The request may not be made at all: a name that no URL can hold, or plain http.
    Refused,
    /// The client cannot be set up.
    Setup,
}

/// A call that failed.
pub struct ApiError(Box<Inner>);

pub(super) struct Inner {
    pub(super) cause: Cause,
    /// The operation's id.
    pub(super) operation: &'static str,
    pub(super) what: String,
    pub(super) detail: Option<String>,
    pub(super) error_code: Option<String>,
    pub(super) request_id: Option<String>,
    pub(super) retry_after: Option<Duration>,
    /// Whether it failed before the call itself was sent, while a challenge or token was fetched.
    pub(super) before_call: bool,
    /// Whether it was already attempted as often as may be.
    pub(super) spent: bool,
    /// Whether the call carried a credential.
    pub(super) with_credential: bool,
}

impl ApiError {
    pub(super) fn new(cause: Cause, detail: impl Into<String>) -> Self {
        let mut error = ApiError::bare(cause);
        error.0.detail = Some(detail.into());
        error
    }

    fn bare(cause: Cause) -> Self {
        ApiError(Box::new(Inner {
            cause,
            operation: "",
            what: String::new(),
            detail: None,
            error_code: None,
            request_id: None,
            retry_after: None,
            before_call: false,
            spent: false,
            with_credential: false,
        }))
    }

    /// From an answer that is no success. The code may stand in the body, in a header, or nowhere.
    pub(super) fn from_answer(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Self {
        let body: Value = serde_json::from_slice(body).unwrap_or_default();
        let text = |name: &str| {
            body.get(name)
                .and_then(Value::as_str)
                .filter(|text| !text.is_empty())
                .map(str::to_owned)
        };
        let header =
            || headers.get("x-error-code").and_then(|value| value.to_str().ok()).map(str::to_owned);
        let mut error = ApiError::bare(Cause::Status(status));
        error.0.detail = ["detail", "reason", "error_description"].into_iter().find_map(text);
        error.0.error_code = text("errorCode").or_else(header);
        error.0.retry_after = retry_after(headers);
        error
    }

    /// From an exchange that came to no answer.
    pub(super) fn from_exchange(error: reqwest::Error) -> Self {
        let mut root: &dyn StdError = &error;
        let mut untrusted = false;
        while let Some(source) = root.source() {
            untrusted |= source.to_string().contains("invalid peer certificate");
            root = source;
        }
        let cause = match () {
            () if untrusted => Cause::Untrusted,
            () if error.is_connect() => Cause::NoConnection,
            () if error.is_timeout() => Cause::Timeout,
            () => Cause::Cut,
        };
        ApiError::new(cause, root.to_string())
    }

    /// Adds which call it was; secrets that the answer quotes from the request are masked.
    pub(super) fn of(mut self, call: &Call, with_credential: bool) -> Self {
        self.0.operation = call.operation().map_or("", |operation| operation.id);
        self.0.what = call.what();
        self.0.with_credential = with_credential;
        if let Some(detail) = &mut self.0.detail {
            call.scrub(detail);
        }
        self
    }

    pub(super) fn request_id(mut self, id: impl Into<String>) -> Self {
        self.0.request_id.get_or_insert(id.into());
        self
    }

    pub(super) fn before_call(mut self) -> Self {
        self.0.before_call = true;
        self
    }

    pub(super) fn spent(mut self) -> Self {
        self.0.spent = true;
        self
    }

    pub(super) fn facts(&self) -> &Inner {
        &self.0
    }

    /// What went wrong.
    pub fn cause(&self) -> Cause {
        self.0.cause
    }

    /// The HTTP status, where there was an answer.
    pub fn status(&self) -> Option<StatusCode> {
        match self.0.cause {
            Cause::Status(status) => Some(status),
            _ => None,
        }
    }

    /// Atlas' `errorCode`, which may be absent.
    pub fn error_code(&self) -> Option<&str> {
        self.0.error_code.as_deref()
    }

    /// What Atlas said, or what happened on the way.
    pub fn detail(&self) -> Option<&str> {
        self.0.detail.as_deref()
    }

    /// Whether the server asks to wait: by 429, or by a 400 whose code says so.
    pub fn is_throttled(&self) -> bool {
        match self.status() {
            Some(StatusCode::TOO_MANY_REQUESTS) => true,
            Some(StatusCode::BAD_REQUEST) => {
                self.error_code().is_some_and(|code| code.contains("RATE_LIMITED"))
            }
            _ => false,
        }
    }
}

/// `cannot read project X: what Atlas said [ITS_CODE]`.
impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &self.0;
        if !inner.what.is_empty() {
            write!(f, "cannot {}: ", inner.what)?;
        }
        match inner.cause {
            Cause::NoConnection => f.write_str("no connection: ")?,
            Cause::Untrusted => f.write_str("the server's certificate is not trusted: ")?,
            Cause::Timeout => f.write_str("no answer in time: ")?,
            Cause::Cut => f.write_str("the connection ended early: ")?,
            _ => {}
        }
        match (&inner.detail, inner.cause) {
            (Some(detail), _) => f.write_str(detail.trim_end_matches('.'))?,
            (None, Cause::Status(status)) => write!(f, "the server answered {status}")?,
            (None, _) => f.write_str("no more is known")?,
        }
        match &inner.error_code {
            Some(code) => write!(f, " [{code}]"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("cause", &self.0.cause)
            .field("message", &self.to_string())
            .field("request_id", &self.0.request_id)
            .finish()
    }
}

impl StdError for ApiError {}
