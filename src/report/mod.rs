//! Turns a failed call into the error that a person reads: its kind, and hints, which may name
//! commands and options that `atlas` does not know.

mod hints;

use http::StatusCode;

use crate::atlas::{ApiError, Cause};
use crate::error::{ApiFacts, Error, Kind};

/// The status decides, because many answers have no code.
fn kind(error: &ApiError) -> Kind {
    if error.is_throttled() {
        return Kind::Unavailable;
    }
    match error.cause() {
        Cause::Status(_) if has_processors(error) => Kind::Conflict,
        Cause::Status(_) if is_wrong_secret(error) => Kind::NotPermitted,
        // It is then the API itself that is missing.
        Cause::Status(StatusCode::NOT_FOUND) if error.facts().web_page => Kind::Failed,
        Cause::Status(status) => match status.as_u16() {
            401 | 403 => Kind::NotPermitted,
            404 => Kind::NotFound,
            409 => Kind::Conflict,
            502..=504 => Kind::Unavailable,
            _ => Kind::Failed,
        },
        Cause::NoConnection | Cause::Timeout | Cause::Cut | Cause::Stale => Kind::Unavailable,
        Cause::Stopped => Kind::Interrupted,
        Cause::Refused | Cause::ClearText | Cause::Bundle | Cause::ProxyUrl => Kind::Usage,
        Cause::Redirected
        | Cause::Proxy
        | Cause::NoTls
        | Cause::Untrusted(_)
        | Cause::Unreadable
        | Cause::TooLarge
        | Cause::WebPage
        | Cause::Incomplete
        | Cause::Setup => Kind::Failed,
    }
}

/// A refusal because of processors: the API answers 403 as if permissions were missing (as recorded
/// for instances and for connections).
fn has_processors(error: &ApiError) -> bool {
    error.error_code().is_some_and(|code| code.ends_with("_HAS_STREAM_PROCESSORS"))
}

/// The token endpoint's code for a wrong id or secret (RFC 6749, 5.2), sent with 400 or 401.
fn is_wrong_secret(error: &ApiError) -> bool {
    matches!(error.error_code(), Some("invalid_client" | "unauthorized_client"))
}

impl From<ApiError> for Error {
    fn from(error: ApiError) -> Error {
        let facts = error.facts();
        let api = ApiFacts {
            status: error.status().map(|status| status.as_u16()),
            error_code: facts.error_code.clone(),
            request_id: facts.request_id.clone(),
            may_be_done: error.may_be_done(),
        };
        hints::of(&error)
            .into_iter()
            .fold(Error::new(kind(&error), error.to_string()).api(api), Error::hint)
    }
}

#[cfg(test)]
mod tests;
