//! What can go wrong with a call.

use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::time::Duration;

use http::{HeaderMap, StatusCode, header};
use jiff::fmt::rfc2822;
use jiff::{SignedDuration, Timestamp};
use rustls::CertificateError;
use serde_json::Value;

use super::Call;
use super::caller::Caller;
use super::retry::retry_after;
use crate::mask::Known;

/// What went wrong, as far as retrying and reporting tell cases apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The server answered with a status other than success.
    Status(StatusCode),
    /// No connection was made, so nothing was sent.
    NoConnection,
    /// The proxy refuses the connection.
    Proxy,
    /// The server and this client have no version of TLS in common.
    NoTls,
    /// The server's certificate is not trusted.
    Untrusted(Distrust),
    /// The server was silent for too long.
    Timeout,
    /// The server redirects, which is not followed.
    Redirected,
    /// The connection ended in the middle of an exchange.
    Cut,
    /// The answer is not what the operation returns.
    Unreadable,
    /// The answer is a web page, which the API never sends.
    WebPage,
    /// The answer, or a list, is too large to hold.
    TooLarge,
    /// A list has fewer rows than it announced.
    Incomplete,
    /// The request may not be made at all: a name that no URL can hold, say.
    Refused,
    /// Plain http would expose the credentials.
    ClearText,
    /// The bundle of certificate authorities cannot be used.
    Bundle,
    /// The proxy's URL cannot be used.
    ProxyUrl,
    /// The client cannot be set up.
    Setup,
    /// Its wait was ended by [`super::Client::stop_waiting`], so nothing was done.
    Stopped,
    /// What it is based on was out of date when its turn came, so nothing was done.
    Stale,
}

/// Why a certificate is not trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Distrust {
    /// It is not signed by a trusted authority.
    UnknownAuthority,
    /// It is for another host.
    WrongName,
    /// It has expired.
    Expired,
    /// It is not valid yet.
    NotYetValid,
    /// Something else is wrong with it.
    Other,
}

/// A call that failed.
#[derive(Clone)]
pub struct ApiError(Box<Facts>);

/// What is known of a call that failed.
#[derive(Clone)]
pub struct Facts {
    pub(super) cause: Cause,
    /// The operation's id; empty for a call of no declared operation.
    pub operation: &'static str,
    pub(super) what: String,
    pub(super) detail: Option<String>,
    /// Atlas' `errorCode`, which may be absent.
    pub error_code: Option<String>,
    /// The id under which the server knows the request.
    pub request_id: Option<String>,
    /// How long the server asks to wait.
    pub retry_after: Option<Duration>,
    /// Whether it failed before the call itself was sent, while a challenge or token was fetched.
    pub before_call: bool,
    /// Whether it was already attempted as often as may be.
    pub(super) spent: bool,
    /// Whether it was not sent, or not sent again, because what it is based on is out of date.
    pub(super) stale: bool,
    /// As whom the call was made.
    pub caller: Caller,
    /// How far this machine's clock is ahead of the server's, if the answer has a date.
    pub ahead: Option<SignedDuration>,
    /// Whether the answer is a web page, which the API never sends.
    pub web_page: bool,
    /// The proxy that was in use, as `host:port`.
    pub proxy: Option<String>,
}

impl ApiError {
    pub(super) fn new(cause: Cause, detail: impl Into<String>) -> Self {
        let mut error = ApiError::bare(cause);
        error.0.detail = Some(detail.into());
        error
    }

    fn bare(cause: Cause) -> Self {
        ApiError(Box::new(Facts {
            cause,
            operation: "",
            what: String::new(),
            detail: None,
            error_code: None,
            request_id: None,
            retry_after: None,
            before_call: false,
            spent: false,
            stale: false,
            caller: Caller::Nobody,
            ahead: None,
            web_page: false,
            proxy: None,
        }))
    }

    /// From an answer other than success. The code may be in the body, in a header, or missing.
    /// Secrets are masked before the text is cut, which could leave the beginning of one.
    pub(crate) fn from_answer(
        status: StatusCode,
        headers: &HeaderMap,
        body: &[u8],
        known: &Known,
    ) -> Self {
        let web_page = is_web_page(headers);
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
        let detail = ["detail", "reason", "error_description"].into_iter().find_map(text);
        error.0.detail =
            detail.map(|text| known.mask(&text).chars().take(LONGEST_DETAIL).collect());
        // The token endpoint has OAuth's own codes (RFC 6749, 5.2), as text where the API has the
        // status as a number.
        let code = text("errorCode").or_else(header).or_else(|| text("error"));
        error.0.error_code =
            code.map(|code| known.mask(&code).chars().take(LONGEST_CODE).collect());
        error.0.retry_after = retry_after(headers);
        error.0.ahead = ahead(headers);
        error.0.web_page = web_page;
        error
    }

    /// From an exchange without an answer.
    pub(super) fn from_exchange(error: reqwest::Error) -> Self {
        let mut root: &dyn StdError = &error;
        let (mut tls, mut proxy, mut garbled) = (None, None, None);
        while let Some(source) = root.source() {
            root = source;
            tls = tls.or_else(|| of_tls(root));
            proxy = proxy.or_else(|| of_proxy(root));
            garbled = garbled.or_else(|| of_http(root));
        }
        if let Some(why) = proxy {
            return ApiError::new(Cause::Proxy, why);
        }
        if let Some(why) = garbled {
            return ApiError::new(Cause::Unreadable, why);
        }
        let cause = match () {
            () if let Some(cause) = tls => cause,
            () if error.is_connect() => Cause::NoConnection,
            () if error.is_timeout() => Cause::Timeout,
            () => Cause::Cut,
        };
        ApiError::new(cause, root.to_string())
    }

    /// Adds the call.
    pub(crate) fn of(mut self, call: &Call, caller: Caller) -> Self {
        self.0.operation = call.operation().map_or("", |operation| operation.id);
        self.0.what = call.what();
        self.0.caller = caller;
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

    /// Adds the proxy that was in use.
    pub(crate) fn through(mut self, proxy: Option<&str>) -> Self {
        self.0.proxy = proxy.map(str::to_owned);
        self
    }

    pub(super) fn spent(mut self) -> Self {
        self.0.spent = true;
        self
    }

    /// The same failure, of a request whose basis must be read again before it is repeated.
    pub(super) fn stale(mut self) -> Self {
        self.0.stale = true;
        self
    }

    /// Whether nothing was done, and what the request is based on must be read again before it is
    /// repeated.
    pub fn is_stale(&self) -> bool {
        self.0.stale
    }

    /// What is known of it.
    pub fn facts(&self) -> &Facts {
        &self.0
    }

    /// What went wrong.
    pub fn cause(&self) -> Cause {
        self.0.cause
    }

    /// The HTTP status, if there was an answer.
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

    /// Whether the request may have been carried out although no proper answer came: it was sent,
    /// and what answered, if anything, does not know its outcome. A gateway's 5xx says as little as
    /// a broken connection.
    pub fn may_be_done(&self) -> bool {
        let unknown = match self.0.cause {
            Cause::Status(status) => status.is_server_error() || self.0.web_page,
            Cause::Timeout | Cause::Cut | Cause::Redirected => true,
            Cause::Unreadable | Cause::TooLarge | Cause::WebPage => true,
            _ => false,
        };
        unknown && !self.0.before_call
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
            Cause::NoTls => f.write_str("no TLS connection: ")?,
            Cause::Untrusted(_) => f.write_str("the server's certificate is not trusted: ")?,
            Cause::Timeout => f.write_str("no answer in time: ")?,
            Cause::Cut => f.write_str("the connection ended early: ")?,
            _ => {}
        }
        match (&inner.detail, inner.cause) {
            (Some(detail), _) => f.write_str(&in_one_line(detail.trim_end_matches('.')))?,
            (None, Cause::Status(status)) => write!(f, "the server answered {status}")?,
            (None, _) => f.write_str("no details are known")?,
        }
        match &inner.error_code {
            Some(code) => write!(f, " [{}]", in_one_line(code)),
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

/// A line break in a server's text would start a line that looks like one of ours.
fn in_one_line(text: &str) -> String {
    text.replace('\n', "\\n").replace('\r', "\\r")
}

/// How many characters are shown of an error's code; Atlas' longest has about 70.
const LONGEST_CODE: usize = 200;

/// How many characters are shown of what a server says of an error.
const LONGEST_DETAIL: usize = 2000;

/// Whether an answer says that it is a web page.
pub(super) fn is_web_page(headers: &HeaderMap) -> bool {
    let media = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    media.is_some_and(|media| media.trim_start().to_ascii_lowercase().starts_with("text/html"))
}

/// How far this machine's clock is ahead of the one that dated the answer.
pub(super) fn ahead(headers: &HeaderMap) -> Option<SignedDuration> {
    let date = headers.get(header::DATE)?.to_str().ok()?.trim();
    let theirs = rfc2822::DateTimeParser::new().parse_timestamp(date).ok()?;
    Some(Timestamp::now().duration_since(theirs))
}

/// Why TLS refuses a connection.
fn of_tls(error: &(dyn StdError + 'static)) -> Option<Cause> {
    // An I/O error wraps another one, and finally that of TLS, without naming it as its source.
    let mut error = error;
    while let Some(held) = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        error = held;
    }
    let distrust = match error.downcast_ref::<rustls::Error>()? {
        rustls::Error::InvalidCertificate(why) => match why {
            CertificateError::UnknownIssuer | CertificateError::BadSignature => {
                Distrust::UnknownAuthority
            }
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                Distrust::WrongName
            }
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
                Distrust::Expired
            }
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                Distrust::NotYetValid
            }
            _ => Distrust::Other,
        },
        rustls::Error::InvalidMessage(_)
        | rustls::Error::PeerIncompatible(_)
        | rustls::Error::AlertReceived(_) => return Some(Cause::NoTls),
        _ => return None,
    };
    Some(Cause::Untrusted(distrust))
}

/// What is wrong with an answer that is not valid HTTP, in which case the connection is not to
/// blame.
fn of_http(error: &(dyn StdError + 'static)) -> Option<String> {
    if let Some(error) = error.downcast_ref::<hyper::Error>().filter(|error| error.is_parse()) {
        return Some(match error.is_parse_too_large() {
            true => "the answer cannot be read: its headers are too large or too many".to_owned(),
            false => format!("the answer is not valid HTTP: {error}"),
        });
    }
    // This is how a body with invalid chunks is refused.
    let kind = error.downcast_ref::<io::Error>().filter(|error| error.get_ref().is_some())?.kind();
    matches!(kind, io::ErrorKind::InvalidInput)
        .then(|| format!("the answer's body cannot be read: {error}"))
}

/// What a proxy answered instead of connecting. The type of this error is private to the connector,
/// so its text has to do; an unreachable proxy has another text.
fn of_proxy(error: &(dyn StdError + 'static)) -> Option<&'static str> {
    match error.to_string().as_str() {
        "tunnel error: proxy authorization required" => {
            Some("the proxy asks for a user and a password")
        }
        "tunnel error: unsuccessful" => Some("the proxy refused the connection"),
        "tunnel error: unexpected end of file" => Some("the proxy closed the connection"),
        _ => None,
    }
}
