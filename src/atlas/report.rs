//! From a failed call to the error that a person reads.

use http::StatusCode;

use super::error::{ApiError, Cause};
use crate::error::{ApiFacts, Error, Kind};
use crate::privileges::operations;

/// The status decides, because codes are absent from many answers.
fn kind(error: &ApiError) -> Kind {
    if error.is_throttled() {
        return Kind::Unavailable;
    }
    match error.cause() {
        Cause::Status(_) if has_processors(error) => Kind::Conflict,
        Cause::Status(status) => match status.as_u16() {
            401 | 403 => Kind::NotPermitted,
            404 => Kind::NotFound,
            409 => Kind::Conflict,
            502..=504 => Kind::Unavailable,
            _ => Kind::Failed,
        },
        Cause::NoConnection | Cause::Timeout | Cause::Cut => Kind::Unavailable,
        Cause::Refused => Kind::Usage,
        Cause::Redirected
        | Cause::Untrusted
        | Cause::Unreadable
        | Cause::Incomplete
        | Cause::Setup => Kind::Failed,
    }
}

/// A refusal because of processors, which the API answers with 403 as if it were a matter of
/// permissions (seen recorded, for instances and for connections).
fn has_processors(error: &ApiError) -> bool {
    error.error_code().is_some_and(|code| code.ends_with("_HAS_STREAM_PROCESSORS"))
}

/// What to do about it.
fn hints(error: &ApiError) -> Vec<String> {
    let facts = error.facts();
    let mut hints = Vec::new();
    match error.status() {
        Some(StatusCode::UNAUTHORIZED) if !facts.with_credential => {
            hints.push(
                "no credentials are set: set MONGODB_ATLAS_PUBLIC_API_KEY and \
                 MONGODB_ATLAS_PRIVATE_API_KEY, or MONGODB_ATLAS_CLIENT_ID and \
                 MONGODB_ATLAS_CLIENT_SECRET, or use --local"
                    .to_owned(),
            );
        }
        Some(StatusCode::UNAUTHORIZED) => hints.push(
            "the credentials were not accepted: check both halves, that they belong to this \
             server, and that the key still exists"
                .to_owned(),
        ),
        Some(StatusCode::FORBIDDEN)
            if error.error_code() == Some("IP_ADDRESS_NOT_ON_ACCESS_LIST") =>
        {
            let address = error.detail().and_then(address_in);
            hints.push(format!(
                "add {} to the access list of the API key or service account itself; the \
                 project's IP access list does not matter here",
                address.as_deref().unwrap_or("your IP address")
            ));
        }
        Some(StatusCode::FORBIDDEN) if has_processors(error) => {
            hints.push("stop or delete the processors that use it first".to_owned());
        }
        Some(StatusCode::FORBIDDEN) => {
            let roles = operations::roles(facts.operation).unwrap_or_default();
            if !roles.is_empty() {
                hints.push(format!("one of these roles would do: {}", roles.join(", ")));
            }
        }
        _ => {}
    }
    if error.is_throttled() {
        hints.push(match facts.retry_after {
            Some(wait) => format!("try again in {} s", wait.as_secs().max(1)),
            None => "try again in a minute".to_owned(),
        });
    }
    match error.cause() {
        Cause::NoConnection => {
            hints.push("check the network, the base URL and https_proxy".to_owned());
        }
        Cause::Untrusted => hints.push(
            "if a proxy of yours signs connections, name its bundle of authorities in \
             SSL_CERT_FILE"
                .to_owned(),
        ),
        Cause::Incomplete => {
            hints.push("the list changed while it was read: run the command again".to_owned());
        }
        Cause::Unreadable | Cause::Redirected => {
            hints.push("check that the base URL is that of an Atlas Admin API".to_owned());
        }
        _ => {}
    }
    hints
}

/// The first IP address of a sentence.
fn address_in(detail: &str) -> Option<String> {
    detail
        .split(|c: char| !(c.is_ascii_hexdigit() || c == '.' || c == ':'))
        .map(|word| word.trim_end_matches(['.', ':']))
        .find(|word| word.parse::<std::net::IpAddr>().is_ok())
        .map(str::to_owned)
}

impl From<ApiError> for Error {
    fn from(error: ApiError) -> Error {
        let facts = error.facts();
        let api = ApiFacts {
            status: error.status().map(|status| status.as_u16()),
            error_code: facts.error_code.clone(),
            request_id: facts.request_id.clone(),
        };
        hints(&error)
            .into_iter()
            .fold(Error::new(kind(&error), error.to_string()).api(api), Error::hint)
    }
}

#[cfg(test)]
#[path = "tests/report.rs"]
mod tests;
